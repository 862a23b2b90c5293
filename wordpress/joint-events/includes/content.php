<?php
/**
 * The tag where authors paste it themselves: it is let through, and the script comes with it.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/**
 * Lets the tag and its attributes stand in what authors save who may not save any HTML. The snippet's script is taken
 * from them as before; `bring_script` stands in for it. The `<div data-joint-events>` twin is allowed by WordPress.
 *
 * @param array  $allowed Elements and their attributes.
 * @param string $context Where the HTML is to stand.
 */
function allow_tag( $allowed, $context ) {
	if ( 'post' === $context && is_array( $allowed ) ) {
		$around                  = array_fill_keys( array( 'class', 'id', 'hidden', 'dir', 'title', 'data-*' ), true );
		$allowed['joint-events'] = array_fill_keys( array_keys( ATTRIBUTES ), true ) + $around;
	}
	return $allowed;
}

/**
 * Has the script printed where the content holds a tag or a twin that no shortcode and no block made. The content itself
 * stays as it is.
 *
 * @param mixed $content HTML that is about to be shown.
 */
function bring_script( $content ) {
	$holds = is_string( $content ) && preg_match( '/<joint-events[\s>]|<div\s[^>]*\bdata-joint-events\b/i', $content );
	if ( $holds && ! is_feed() && ! doing_filter( 'get_the_excerpt' ) ) {
		need_script();
	}
	return $content;
}
