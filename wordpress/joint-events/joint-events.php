<?php
/**
 * Plugin Name:       Joint Events
 * Description:       Shows the joint events of partner associations, with what members pay and what others pay: a shortcode and a block.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       joint-events
 * Domain Path:       /languages
 * Update URI:        false
 *
 * The licence, MIT, is compatible with WordPress' own, the GPL version 2 or later.
 * `Update URI: false`: no plugin of the same name in a directory is ever taken for an update of this one.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** The plugin's version, which is the widget's. */
const VERSION = '0.1.0';

/** This file, which WordPress derives addresses and paths from. */
const MAIN = __FILE__;

require __DIR__ . '/includes/attributes.php';
require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/language.php';
require __DIR__ . '/includes/membership.php';
require __DIR__ . '/includes/request.php';
require __DIR__ . '/includes/static-list.php';
require __DIR__ . '/includes/fallback.php';
require __DIR__ . '/includes/script.php';
require __DIR__ . '/includes/style.php';
require __DIR__ . '/includes/tag.php';
require __DIR__ . '/includes/shortcode.php';
require __DIR__ . '/includes/block.php';
require __DIR__ . '/includes/content.php';
require __DIR__ . '/includes/translation.php';

// Everything that the plugin hangs into WordPress, in one place.
add_filter( 'plugin_locale', __NAMESPACE__ . '\plugin_locale', 10, 2 );
add_filter( 'load_script_translation_file', __NAMESPACE__ . '\script_translation_file', 10, 3 );
add_action( 'init', __NAMESPACE__ . '\load_translation', 1 );
add_action( 'init', __NAMESPACE__ . '\register_settings' );
add_action( 'init', __NAMESPACE__ . '\register_shortcode' );
add_action( 'init', __NAMESPACE__ . '\register_script' );
add_action( 'init', __NAMESPACE__ . '\register_style' );
add_action( 'init', __NAMESPACE__ . '\register_block' );
add_action( 'wp_enqueue_scripts', __NAMESPACE__ . '\foresee_style' );
add_filter( 'script_loader_tag', __NAMESPACE__ . '\script_tag', 10, 2 );
add_filter( 'wp_kses_allowed_html', __NAMESPACE__ . '\allow_tag', 10, 2 );
// After the shortcodes, which WordPress replaces at 11.
foreach ( array( 'the_content', 'widget_text', 'widget_custom_html_content', 'widget_block_content', 'render_block_core/html' ) as $hook ) {
	add_filter( $hook, __NAMESPACE__ . '\bring_script', 20 );
}

if ( is_admin() ) {
	require __DIR__ . '/includes/settings-page.php';
	add_action( 'admin_menu', __NAMESPACE__ . '\add_settings_page' );
	add_filter( 'plugin_action_links_' . plugin_basename( MAIN ), __NAMESPACE__ . '\add_settings_link' );
}
