<?php
/**
 * The language of a tag, and the few words that visitors read in it.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/**
 * What visitors read, in the language of the tag and not in that of the site: a French tag on an English page is French
 * throughout. The words of the static list and of the widget are not ours.
 */
const WORDS = array(
	'fr-CA' => array(
		'all_events' => 'Voir tous les événements',
		'no_script'  => 'Les événements s’affichent ici une fois le script de la page chargé.',
	),
	'en-CA' => array(
		'all_events' => 'See all events',
		'no_script'  => 'The events appear here once the page’s script has loaded.',
	),
);

/**
 * The language of a tag: what its author says, else the page's in Polylang or WPML, else the site's.
 *
 * @param string $own The attribute `lang`, or nothing.
 * @return string `fr-CA` or `en-CA`, the two that the widget speaks.
 */
function language( string $own ): string {
	$tag = '' !== $own ? $own : page_language();
	return preg_match( '/^fr(?:$|[-_])/i', $tag ) ? 'fr-CA' : 'en-CA';
}

/** The language of the page that is made: a tag, a locale or a plugin's code, such as `fr-CA`, `fr_CA` or `fr`. */
function page_language(): string {
	$tag = function_exists( 'pll_current_language' ) ? pll_current_language( 'slug' ) : '';
	if ( ! is_string( $tag ) || '' === $tag ) {
		// WPML's own hook: https://wpml.org/wpml-hook/wpml_current_language/.
		$tag = apply_filters( 'wpml_current_language', null ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals
	}
	if ( ( ! is_string( $tag ) || '' === $tag ) && defined( 'ICL_LANGUAGE_CODE' ) ) {
		$tag = ICL_LANGUAGE_CODE;
	}
	// Both plugins say `all` where every language is shown.
	return is_string( $tag ) && '' !== $tag && 'all' !== $tag ? $tag : determine_locale();
}
