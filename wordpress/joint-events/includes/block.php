<?php
/**
 * The block, which the server renders: what the editor saves is its attributes alone.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** Tells WordPress of the block, and where the editor's words are. */
function register_block(): void {
	$folder = plugin_dir_path( MAIN );
	register_block_type( $folder . 'block', array( 'render_callback' => __NAMESPACE__ . '\block' ) );
	$handle = generate_block_asset_handle( 'joint-events/joint-events', 'editorScript' );
	wp_set_script_translations( $handle, 'joint-events', $folder . 'languages' );
}

/**
 * The tag in the block's own `<div>`, which carries the alignment and the classes of the editor.
 *
 * @param array $given The block's attributes.
 */
function block( array $given ): string {
	$tag = tag( $given );
	return '' === $tag ? '' : '<div ' . get_block_wrapper_attributes() . '>' . $tag . '</div>';
}
