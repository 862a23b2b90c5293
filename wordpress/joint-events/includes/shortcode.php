<?php
/**
 * The shortcode: [joint_events feed="…"].
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** Tells WordPress of the shortcode. */
function register_shortcode(): void {
	add_shortcode( 'joint_events', __NAMESPACE__ . '\shortcode' );
}

/**
 * The tag in a `<div>`, so that no paragraph closes within it. Inside an excerpt there is no tag: WordPress would leave
 * the list's words in a row.
 *
 * @param array|string $given    The attributes, or an empty text where there are none.
 * @param string|null  $enclosed What stands between [joint_events] and [/joint_events].
 */
function shortcode( $given, $enclosed = null ): string {
	if ( doing_filter( 'get_the_excerpt' ) ) {
		return '';
	}
	$tag = tag( is_array( $given ) ? $given : array(), (string) $enclosed );
	return '' === $tag ? '' : '<div>' . $tag . '</div>';
}
