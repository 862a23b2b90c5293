<?php
/**
 * The settings' page, under Settings: one form of WordPress' Settings API, which brings the nonce and the check of rights.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** The page's name in its address. */
const PAGE = 'joint-events';

/** Adds the page for those who may change the site's settings. */
function add_settings_page(): void {
	$title = __( 'Joint events', 'joint-events' );
	add_options_page( $title, $title, 'manage_options', PAGE, __NAMESPACE__ . '\settings_page' );
}

/**
 * Adds the page to the plugin's line in the list of plugins.
 *
 * @param string[] $links The line's links.
 */
function add_settings_link( $links ): array {
	$address = admin_url( 'options-general.php?page=' . PAGE );
	return array_merge( array( '<a href="' . esc_url( $address ) . '">' . esc_html__( 'Settings', 'joint-events' ) . '</a>' ), (array) $links );
}

/** Prints the page. */
function settings_page(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1>';
	echo '<p>' . esc_html__( 'Put the block “Joint events” in a page, or the shortcode:', 'joint-events' ) . ' <code>[joint_events]</code></p>';
	echo '<form action="options.php" method="post">';
	settings_fields( OPTION );
	section( __( 'Feed', 'joint-events' ), __( 'What every block and shortcode shows unless it says otherwise.', 'joint-events' ) );
	field( 'feed', __( 'Address of the feed', 'joint-events' ), __( 'Ends in feed.json. Several addresses: with spaces between them.', 'joint-events' ) );
	field( 'association', __( 'This site’s association', 'joint-events' ), __( 'Its id in the feed, such as bioquebec: its colour, and its pages first.', 'joint-events' ) );
	field( 'link', __( 'Page of all events', 'joint-events' ), __( 'Linked where the events can’t be shown.', 'joint-events' ) );
	field( 'list', __( 'Address of the static list', 'joint-events' ), __( 'What visitors and search engines read before any script. Empty: beside the feed, list.fr.html or list.en.html. “none”: no list, and no request by this server.', 'joint-events' ) );
	echo '</table>';
	section( __( 'Members', 'joint-events' ), __( 'Users who are logged in see the rates of their associations first. For each role, the ids of the associations in the feed, with spaces between them; “none” for a role whose users are known to be no members. Without any, nothing is said of users. Cache plugins are told not to keep the pages on which it is.', 'joint-events' ) );
	$members = setting( 'members' );
	foreach ( wp_roles()->get_names() as $role => $name ) {
		input( 'members][' . $role, translate_user_role( $name ), $members[ $role ] ?? '', '' );
	}
	echo '</table>';
	section( __( 'Script', 'joint-events' ), __( 'The widget’s script comes with the plugin. A site that keeps its files elsewhere names the script there; its joint-events.wasm lies beside it, and that host allows this site to read both (CORS).', 'joint-events' ) );
	field( 'assets', __( 'Address of another script', 'joint-events' ), __( 'https, ends in joint-events.js. Empty: the plugin’s own.', 'joint-events' ) );
	field( 'integrity', __( 'Its hash', 'joint-events' ), __( 'sha384-… as in embed.html. A script with another hash does not run.', 'joint-events' ) );
	echo '</table>';
	submit_button();
	echo '</form></div>';
}

/**
 * Begins a table of fields under a heading.
 *
 * @param string $title The heading.
 * @param string $words What the fields are for.
 */
function section( string $title, string $words ): void {
	echo '<h2>' . esc_html( $title ) . '</h2><p style="max-width: 60em">' . esc_html( $words ) . '</p><table class="form-table" role="presentation">';
}

/**
 * Prints the field of a setting.
 *
 * @param string $name  One of `SETTINGS`.
 * @param string $label Its name for people.
 * @param string $words What is written in it.
 */
function field( string $name, string $label, string $words ): void {
	input( $name, $label, (string) setting( $name ), $words );
}

/**
 * Prints one line of the form.
 *
 * @param string $name  The field's name within the option.
 * @param string $label Its name for people.
 * @param string $value What is saved.
 * @param string $words What is written in it, or nothing.
 */
function input( string $name, string $label, string $value, string $words ): void {
	$id = 'joint-events-' . sanitize_html_class( str_replace( '][', '-', $name ) );
	echo '<tr><th scope="row"><label for="' . esc_attr( $id ) . '">' . esc_html( $label ) . '</label></th><td>';
	echo '<input type="text" class="regular-text code" id="' . esc_attr( $id ) . '" name="' . esc_attr( OPTION . '[' . $name . ']' ) . '" value="' . esc_attr( $value ) . '"';
	echo '' === $words ? '>' : ' aria-describedby="' . esc_attr( $id ) . '-words"><p class="description" id="' . esc_attr( $id ) . '-words">' . esc_html( $words ) . '</p>';
	echo '</td></tr>';
}
