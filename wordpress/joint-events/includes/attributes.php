<?php
/**
 * The attributes of the tag, and how they are read from what authors write.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** Every attribute of `<joint-events>`, in the order of custom-elements.json, and what its value is. */
const ATTRIBUTES = array(
	'feed'           => 'string',
	'lang'           => 'string',
	'association'    => 'string',
	'member-of'      => 'string',
	'province'       => 'string',
	'theme'          => 'string',
	'format'         => 'string',
	'organizer'      => 'string',
	'event-language' => 'string',
	'price'          => 'string',
	'rate'           => 'string',
	'locked'         => 'string',
	'filters'        => 'string',
	'view'           => 'string',
	'limit'          => 'number',
	'past'           => 'boolean',
	'heading-level'  => 'number',
	'url-state'      => 'string',
	'remember'       => 'boolean',
	'color-scheme'   => 'string',
	'json-ld'        => 'boolean',
	'utm-source'     => 'string',
	'utm-medium'     => 'string',
	'utm-campaign'   => 'string',
);

/** What the plugin reads beside them and never prints: where the static list is (or `none`), and the page of all events. */
const OWN_ATTRIBUTES = array(
	'list' => 'string',
	'link' => 'string',
);

/** Marks around a value that editors and word processors make of straight quotes, and the straight ones. */
const QUOTES = '"\'“”„‟″‘’‚‛′«»‹›';

/**
 * The attributes that a shortcode or a block gives, by their names in the tag. Unknown ones and those that are off or
 * empty are left out, so that the widget's own defaults hold.
 *
 * @param array $given As WordPress parsed them: names in any spelling, words without a value under numbers.
 * @return array<string, string|true> `true` for a boolean attribute that is on.
 */
function read_attributes( array $given ): array {
	$known = ATTRIBUTES + OWN_ATTRIBUTES;
	$read  = array();
	foreach ( joined( $given ) as $name => $value ) {
		// A boolean attribute stands alone, as in HTML: [joint_events past].
		list( $name, $value ) = is_int( $name ) ? array( clean( $value ), true ) : array( $name, $value );
		$name                 = str_replace( '_', '-', strtolower( $name ) );
		if ( ! isset( $known[ $name ] ) ) {
			continue;
		}
		if ( 'boolean' === $known[ $name ] ) {
			$off = in_array( strtolower( clean( $value ) ), array( 'false', '0', 'no', 'non', 'off' ), true );
			if ( false !== $value && ! $off ) {
				$read[ $name ] = true;
			}
		} elseif ( true !== $value && '' !== clean( $value ) ) {
			$read[ $name ] = clean( $value );
		}
	}
	if ( isset( $read['feed'] ) ) {
		$read['feed'] = addresses( $read['feed'] );
	}
	return array_filter( $read );
}

/**
 * What WordPress took apart at the spaces within curly quotes, put together again: it knows straight quotes alone, and
 * reads province=“CA-QC CA-ON” as `“CA-QC` and a word without a name.
 *
 * @param array $given Attributes as WordPress parsed them, in the order written.
 */
function joined( array $given ): array {
	$joined = array();
	$open   = null;
	foreach ( $given as $name => $value ) {
		if ( is_int( $name ) && null !== $open ) {
			$joined[ $open ] .= ' ' . $value;
			$open             = preg_match( '/[”“″’»›"\']$/u', decoded( $value ) ) ? null : $open;
			continue;
		}
		$joined[ $name ] = $value;
		$begun           = ! is_int( $name ) && is_string( $value ) && preg_match( '/^[“”„″‘’«‹"\']/u', decoded( $value ) );
		$open            = $begun && ! preg_match( '/.[”“″’»›"\']$/u', decoded( $value ) ) ? $name : null;
	}
	return $joined;
}

/**
 * A value as its author meant it: without the marks that stand around it, without no-break spaces and control
 * characters, and with `&` for `&amp;`, which editors write into addresses.
 *
 * @param mixed $value Text, a number or a boolean.
 */
function clean( $value ): string {
	$text = is_scalar( $value ) ? decoded( (string) $value ) : '';
	$text = (string) preg_replace( '/[\p{Z}\p{Cc}\p{Cf}]+/u', ' ', $text );
	return (string) preg_replace( '/^[\s' . QUOTES . ']+|[\s' . QUOTES . ']+$/u', '', $text );
}

/**
 * Text with characters in place of entities. Twice, since authors' blocks are saved with `&amp;amp;`.
 *
 * @param string $text Text that may hold entities.
 */
function decoded( string $text ): string {
	$once = html_entity_decode( $text, ENT_QUOTES | ENT_HTML5, 'UTF-8' );
	return wp_check_invalid_utf8( html_entity_decode( $once, ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
}

/**
 * The addresses among space-separated words that a browser may fetch: `http:`, `https:` and those of this site.
 *
 * @param string $words Space-separated words.
 */
function addresses( string $words ): string {
	$known = array();
	foreach ( preg_split( '/ +/', clean( $words ), -1, PREG_SPLIT_NO_EMPTY ) as $word ) {
		$known[] = esc_url_raw( $word, array( 'http', 'https' ) );
	}
	return implode( ' ', array_unique( array_filter( $known ) ) );
}
