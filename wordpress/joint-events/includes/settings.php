<?php
/**
 * What the site has settled for all its tags, in one option.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** The option's name. */
const OPTION = 'joint_events';

/** Every setting, and its value before anybody has chosen one. */
const SETTINGS = array(
	'feed'        => '',
	'association' => '',
	'link'        => '',
	'list'        => '',
	'members'     => array(),
	'assets'      => '',
	'integrity'   => '',
);

/** Tells WordPress of the option: whatever is saved, from wherever, passes `sanitize_settings`. */
function register_settings(): void {
	$arguments = array(
		'type'              => 'object',
		'default'           => SETTINGS,
		'sanitize_callback' => __NAMESPACE__ . '\sanitize_settings',
		'show_in_rest'      => false,
	);
	register_setting( OPTION, OPTION, $arguments );
}

/**
 * A setting's value.
 *
 * @param string $name One of `SETTINGS`.
 * @return string|array<string, string> For `members` the associations of each role.
 */
function setting( string $name ) {
	$saved = get_option( OPTION );
	$value = is_array( $saved ) && isset( $saved[ $name ] ) ? $saved[ $name ] : null;
	return gettype( SETTINGS[ $name ] ) === gettype( $value ) ? $value : SETTINGS[ $name ];
}

/**
 * Settings in the only form that is ever saved: addresses are addresses, ids are ids, roles exist.
 *
 * @param mixed $given What a form or a script hands over.
 */
function sanitize_settings( $given ): array {
	$given = is_array( $given ) ? $given : array();
	$text  = static function ( string $name ) use ( $given ): string {
		return clean( $given[ $name ] ?? '' );
	};
	$web   = array( 'http', 'https' );
	$saved = array(
		'feed'        => addresses( $text( 'feed' ) ),
		'association' => ids( $text( 'association' ) ),
		'link'        => esc_url_raw( $text( 'link' ), $web ),
		'list'        => 'none' === $text( 'list' ) ? 'none' : esc_url_raw( $text( 'list' ), $web ),
		'members'     => array(),
		'assets'      => esc_url_raw( $text( 'assets' ), $web ),
		'integrity'   => $text( 'integrity' ),
	);
	$roles = isset( $given['members'] ) && is_array( $given['members'] ) ? $given['members'] : array();
	foreach ( array_intersect_key( $roles, wp_roles()->get_names() ) as $role => $associations ) {
		$saved['members'][ $role ] = ids( clean( $associations ) );
	}
	$saved['members'] = array_filter( $saved['members'] );
	// Another address without a hash would run whatever its host sends: both, or the plugin's own files.
	if ( '' !== $saved['assets'] . $saved['integrity'] && ! is_integrity( $saved['integrity'], $saved['assets'] ) ) {
		$saved['assets']    = '';
		$saved['integrity'] = '';
		refuse_assets();
	}
	return $saved;
}

/** Says beside the saved form, and nowhere else, why the other script was not taken. */
function refuse_assets(): void {
	if ( function_exists( 'add_settings_error' ) ) {
		$words = __( 'The script at another address was not saved: it takes an https address that ends in .js and its hash, sha384-… The plugin’s own script is used.', 'joint-events' );
		add_settings_error( OPTION, 'assets', $words );
	}
}

/**
 * Whether a script may be taken from an address: it is one of `https:`, and its hash is known (Subresource Integrity).
 *
 * @param string $integrity `sha256-`, `sha384-` or `sha512-` and a hash in Base64.
 * @param string $address   The script's address.
 */
function is_integrity( string $integrity, string $address ): bool {
	return preg_match( '#^https://.+\.js(?:\?|$)#', $address )
		&& preg_match( '#^(?:sha256-[A-Za-z0-9+/]{43}=|sha384-[A-Za-z0-9+/]{64}|sha512-[A-Za-z0-9+/]{86}==)$#', $integrity );
}

/**
 * The words among space- or comma-separated ones that may be ids of a feed, each once, in the lower case that ids have.
 *
 * @param string $words Words.
 */
function ids( string $words ): string {
	$ids = preg_split( '/[\s,;]+/', strtolower( $words ), -1, PREG_SPLIT_NO_EMPTY );
	return implode( ' ', array_unique( preg_grep( '/^[a-z0-9][a-z0-9._-]{0,79}$/', $ids ) ) );
}
