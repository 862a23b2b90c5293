<?php
/**
 * The tag with what stands inside it: the same for the shortcode and the block.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/**
 * The tag, and the script with it. In a feed (RSS, Atom), where no script runs, only what stands inside the tag. Nothing
 * without a feed of events, but for those who can mend it.
 *
 * @param array  $given    The author's attributes.
 * @param string $enclosed The author's own content for where there is no static list, or nothing.
 * @return string Markup that is safe to print.
 */
function tag( array $given, string $enclosed = '' ): string {
	$attributes = read_attributes( $given ) + array_filter(
		array(
			'feed'        => setting( 'feed' ),
			'association' => setting( 'association' ),
		)
	);
	if ( ! isset( $attributes['feed'] ) ) {
		return current_user_can( 'edit_posts' ) ? '<p>' . esc_html__( 'Joint events: name a feed here or in the settings. Visitors see nothing of this line.', 'joint-events' ) . '</p>' : '';
	}
	$attributes['lang'] = language( $attributes['lang'] ?? '' );
	$attributes        += array_filter( array( 'member-of' => member_of() ) );
	$fallback           = fallback( $attributes, $attributes['lang'], $enclosed );
	if ( is_feed() ) {
		return '<div lang="' . esc_attr( $attributes['lang'] ) . '">' . $fallback . '</div>';
	}
	need_style();
	need_script();
	return '<joint-events' . printed( $attributes ) . '>' . $fallback . '</joint-events>';
}

/**
 * Attributes as HTML, in the order of `ATTRIBUTES`; the plugin's own are not printed.
 *
 * @param array<string, string|true> $attributes As `read_attributes` gives them.
 */
function printed( array $attributes ): string {
	$html = '';
	foreach ( array_keys( ATTRIBUTES ) as $name ) {
		$value = $attributes[ $name ] ?? null;
		if ( true === $value ) {
			$html .= ' ' . $name;
		} elseif ( null !== $value ) {
			// Brackets of an address are no shortcode.
			$html .= ' ' . $name . '="' . str_replace( array( '[', ']' ), array( '&#x5b;', '&#x5d;' ), esc_attr( $value ) ) . '"';
		}
	}
	return $html;
}
