<?php
/**
 * The publisher's static list: where it is, how long a copy holds, and the markup that is let through.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** Seconds for which a copy is as good as the list. */
const FRESH = 900;

/** Seconds after a failure in which nobody asks again. */
const PAUSE = 300;

/** Seconds for which a copy is shown while the list can't be had: after a week its dates say more wrong than right. */
const STALE = 604800;

/** Seconds that one request has for itself. */
const TURN = 30;

/** All that the publisher's tool writes in a list, and nothing else. */
const LIST_MARKUP = array(
	'ul'     => array(),
	'li'     => array(),
	'h3'     => array(
		'dir'  => true,
		'lang' => true,
	),
	'p'      => array(
		'dir'  => true,
		'lang' => true,
	),
	'strong' => array(),
	'del'    => array(),
	'br'     => array(),
	'time'   => array( 'datetime' => true ),
	'a'      => array(
		'href'       => array( 'value_callback' => __NAMESPACE__ . '\is_https' ),
		'aria-label' => true,
	),
);

/**
 * Where the static list of a tag is: where its author or the settings say, else beside the feed, as the publisher's tool
 * writes it. Of several feeds the first one's.
 *
 * @param array  $attributes As `read_attributes` gives them.
 * @param string $language   `fr-CA` or `en-CA`.
 * @return string An address, or nothing where there shall be no list.
 */
function list_address( array $attributes, string $language ): string {
	$named = $attributes['list'] ?? setting( 'list' );
	if ( 'none' === $named ) {
		return '';
	}
	$feed    = strtok( $attributes['feed'] ?? '', ' ' );
	$beside  = preg_replace( '~[^/]*$~', 'list.' . substr( $language, 0, 2 ) . '.html', (string) preg_replace( '/[?#].*$/', '', (string) $feed ), 1 );
	$address = esc_url_raw( '' !== $named ? $named : $beside, array( 'http', 'https' ) );
	if ( preg_match( '~^/(?!/)~', $address ) ) {
		$address = \WP_Http::make_absolute_url( $address, home_url() );
	}
	/**
	 * Where the static list of a tag is fetched, by this server. An empty address refuses it.
	 *
	 * @param string $address    An address, `http:` or `https:`.
	 * @param array  $attributes The tag's attributes.
	 * @param string $language   `fr-CA` or `en-CA`.
	 */
	$address = apply_filters( 'joint_events_list_address', $address, $attributes, $language );
	return is_string( $address ) && preg_match( '~^https?://~i', $address ) ? $address : '';
}

/**
 * The static list at an address, or nothing where it can't be had. Asks at most once in `FRESH` seconds, `PAUSE` after a
 * failure, whoever and however many look at the page; meanwhile and whenever it fails the last good copy stands in.
 *
 * @param string $address Where the list is.
 * @return string Markup that is safe to print.
 */
function static_list( string $address ): string {
	// Another version of the plugin may let other markup through.
	$key  = 'joint_events_' . md5( VERSION . ' ' . $address );
	$copy = get_transient( $key );
	$copy = is_array( $copy ) && isset( $copy['html'], $copy['made'], $copy['until'] ) ? $copy : array(
		'html'  => '',
		'made'  => 0,
		'until' => 0,
	);
	if ( $copy['until'] > time() || ! take_turn( $key ) ) {
		return $copy['html'];
	}
	$html = safe_list( (string) request( $address ) );
	if ( '' !== $html ) {
		$copy = array(
			'html'  => $html,
			'made'  => time(),
			'until' => time() + FRESH,
		);
	} else {
		$copy['html']  = time() - $copy['made'] < STALE ? $copy['html'] : '';
		$copy['until'] = time() + PAUSE;
	}
	set_transient( $key, $copy, STALE );
	return $copy['html'];
}

/**
 * Whether this request may ask, of all that run at once: one row that is written only if it is not there or is old, so
 * that the database decides and not two readers. Turns end by themselves, and old rows go when another is taken.
 *
 * @param string $key Which list.
 */
function take_turn( string $key ): bool {
	global $wpdb;
	$turn = 'joint_events_turn_' . $key;
	$now  = time();
	// phpcs:disable WordPress.DB.DirectDatabaseQuery -- a transient or an option is read and written, not taken.
	$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->options} WHERE option_name = %s AND CAST(option_value AS UNSIGNED) <= %d", $turn, $now - TURN ) );
	// Those of lists that no page asks for any more.
	$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->options} WHERE option_name LIKE %s AND CAST(option_value AS UNSIGNED) < UNIX_TIMESTAMP() - 86400", $wpdb->esc_like( 'joint_events_turn_' ) . '%' ) );
	$taken = $wpdb->query( $wpdb->prepare( "INSERT IGNORE INTO {$wpdb->options} (option_name, option_value, autoload) VALUES (%s, %s, 'no')", $turn, (string) $now ) );
	// phpcs:enable
	return 1 === $taken;
}

/**
 * Whether a link is one of `https:`, as all links of a feed are. Of any other WordPress would only take the scheme away,
 * which leaves a link to this site or, of `http:`, one to the same host.
 *
 * @param string $href A link's address.
 */
function is_https( string $href ): bool {
	return 0 === stripos( $href, 'https://' );
}

/**
 * Markup on one line. The white space of HTML alone: `\s` may take an octet of a letter for a space, by the locale.
 *
 * @param string $html Markup.
 */
function one_line( string $html ): string {
	return trim( (string) preg_replace( '/[ \t\r\n\f]+/', ' ', $html ) );
}

/**
 * A list as it may be printed: the elements of `LIST_MARKUP`, each closed, on one line, with links of `https:` alone.
 * Nothing where the text is no list, such as a whole page that a server shows in place of one.
 *
 * @param string $html What the list's server sent.
 */
function safe_list( string $html ): string {
	$html = trim( wp_check_invalid_utf8( $html ) );
	if ( ! preg_match( '/^<(?:ul|p)>/', $html ) || preg_match( '/<(?:!doctype|html|head|body)\b/i', $html ) ) {
		return '';
	}
	// With their content, which would else be left as words.
	$html = (string) preg_replace( '#<(script|style|template|iframe|noscript|svg|math)\b.*?(?:</\1\s*>|$)#is', '', $html );
	// What is left open, such as <strong>, would go on in the page.
	$html = force_balance_tags( wp_kses( $html, LIST_MARKUP, array( 'https' ) ) );
	// Paragraph filters look for line breaks, and shortcodes for brackets: a text of the feed is no shortcode of the site.
	return str_replace( array( '[', ']' ), array( '&#x5b;', '&#x5d;' ), one_line( $html ) );
}
