<?php
/**
 * The sheet of what stands inside the tag. The widget brings its own.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** The sheet's name among WordPress' sheets. */
const STYLE = 'joint-events';

/** Tells WordPress of the sheet; block.json has the editor load it by this name. */
function register_style(): void {
	wp_register_style( STYLE, plugins_url( 'assets/fallback.css', MAIN ), array(), VERSION );
}

/**
 * Has the sheet printed in the head of a page whose content will hold a tag. Classic themes print the head before the
 * content is made: the list would be seen without its sheet, and move when it comes.
 */
function foresee_style(): void {
	$post = is_singular() ? get_post() : null;
	if ( $post && ( has_shortcode( $post->post_content, 'joint_events' ) || has_block( 'joint-events/joint-events', $post ) ) ) {
		need_style();
	}
}

/** Has the sheet printed in this page, once. */
function need_style(): void {
	wp_enqueue_style( STYLE );
}
