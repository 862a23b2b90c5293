<?php
/**
 * What stands inside the tag until the widget shows the events, and where it never does.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/**
 * The static list, what the author put between the shortcode's two halves, or a link, in this order. In a `<div>` and on
 * one line: around a bare `<p>` WordPress' paragraph filter would close the tag early.
 *
 * @param array  $attributes As `read_attributes` gives them.
 * @param string $language   `fr-CA` or `en-CA`.
 * @param string $enclosed   The author's own content, or nothing.
 * @return string Markup that is safe to print.
 */
function fallback( array $attributes, string $language, string $enclosed ): string {
	$address = list_address( $attributes, $language );
	$list    = '' !== $address ? static_list( $address ) : '';
	$own     = one_line( force_balance_tags( wp_kses_post( $enclosed ) ) );
	if ( '' !== $list ) {
		$within = at_level( $list, (int) ( $attributes['heading-level'] ?? 3 ) );
	} elseif ( '' !== $own ) {
		$within = $own;
	} else {
		$within = all_events( $attributes['link'] ?? setting( 'link' ), $address, WORDS[ $language ] );
	}
	return '<div class="joint-events-fallback">' . $within . '</div>';
}

/**
 * The list with its events' titles at the level that the widget gives them, so that the page's outline stays.
 *
 * @param string $html  A list.
 * @param int    $level 3 to 6; another is left to the widget's default.
 */
function at_level( string $html, int $level ): string {
	return $level > 3 && $level <= 6 ? (string) preg_replace( '#(</?h)3\b#', '${1}' . $level, $html ) : $html;
}

/**
 * A link to the page of all events, else to the list itself, which a visitor may reach where this server can't.
 *
 * @param string $link    The page's address, or nothing.
 * @param string $address The list's address, or nothing.
 * @param array  $words   The words of the tag's language.
 */
function all_events( string $link, string $address, array $words ): string {
	$href = esc_url( '' !== $link ? $link : $address, array( 'http', 'https' ) );
	if ( '' === $href ) {
		return esc_html( $words['no_script'] );
	}
	return '<a href="' . $href . '">' . esc_html( $words['all_events'] ) . '</a>';
}
