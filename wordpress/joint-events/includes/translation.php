<?php
/**
 * The words of the settings and the editor, in the language of whoever reads them.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** Loads the words: English stands in the source, French in `languages/`. */
function load_translation(): void {
	load_plugin_textdomain( 'joint-events', false, dirname( plugin_basename( MAIN ) ) . '/languages' );
}

/**
 * Every French locale reads the French of Québec, which is written; there is no other.
 *
 * @param string $locale The locale whose words are looked for.
 * @param string $domain Whose words.
 */
function plugin_locale( $locale, $domain ) {
	return 'joint-events' === $domain && preg_match( '/^fr(?:_|$)/', $locale ) ? 'fr_CA' : $locale;
}

/**
 * The same for the words of the editor's script, which WordPress looks for by file.
 *
 * @param string|false $file   Where WordPress would look.
 * @param string       $handle Whose words.
 * @param string       $domain Which plugin's.
 */
function script_translation_file( $file, $handle, $domain ) {
	return 'joint-events' === $domain && is_string( $file ) ? preg_replace( '/-fr(?:_[A-Z]+)?-/', '-fr_CA-', $file ) : $file;
}
