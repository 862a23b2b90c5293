<?php
/**
 * The one request that the plugin makes: for a static list, within limits, at a public address.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** Seconds after which a page no longer waits, however the answer drips in. */
const TIME_OUT = 3;

/** Octets of the longest list that is taken. */
const LONGEST = 524288;

/** Redirects that are followed: to `https:`, and to where a folder moved. */
const REDIRECTS = 2;

/**
 * The text at an address, or `null` where there is none within the limits.
 *
 * @param string $address Where the list is.
 */
function request( string $address ): ?string {
	$deadline = microtime( true ) + TIME_OUT;
	$watch    = static function () use ( $deadline ) {
		if ( microtime( true ) > $deadline ) {
			throw new \RuntimeException( 'expected an answer in time, found a slow one' );
		}
	};
	// The time-out of a request without cURL holds for each read: a server that drips would hold the page for ever.
	add_action( 'requests-request.progress', $watch );
	try {
		return follow( $address, $deadline );
	} catch ( \RuntimeException $slow ) {
		return null;
	} finally {
		remove_action( 'requests-request.progress', $watch );
	}
}

/**
 * The text at an address or at the one that it redirects to.
 *
 * @param string $address  Where the list is.
 * @param float  $deadline When a page no longer waits.
 */
function follow( string $address, float $deadline ): ?string {
	for ( $redirects = 0; $redirects <= REDIRECTS && is_public( $address ); $redirects++ ) {
		$answer = wp_safe_remote_get(
			$address,
			array(
				'timeout'             => max( 0.1, $deadline - microtime( true ) ),
				// Followed here, since each address must be a public one.
				'redirection'         => 0,
				'limit_response_size' => LONGEST + 1,
				// WordPress' own would tell the site's address.
				'user-agent'          => 'joint-events/' . VERSION,
				'headers'             => array( 'Accept' => 'text/html' ),
			)
		);
		$status = (int) wp_remote_retrieve_response_code( $answer );
		$next   = wp_remote_retrieve_header( $answer, 'location' );
		if ( $status >= 301 && $status <= 308 && is_string( $next ) && '' !== $next ) {
			$address = \WP_Http::make_absolute_url( $next, $address );
			continue;
		}
		$type = strtolower( (string) wp_remote_retrieve_header( $answer, 'content-type' ) );
		$body = wp_remote_retrieve_body( $answer );
		$fits = 200 === $status && 0 === strpos( $type, 'text/html' ) && strlen( $body ) <= LONGEST;
		return $fits ? $body : null;
	}
	return null;
}

/**
 * Whether an address is one that anybody may ask: authors choose it, and the server that asks may see more than they do.
 * WordPress refuses private networks when it asks; link-local and shared ones, where clouds keep their keys, are refused
 * here. A site whose lists are on its own network says so by WordPress' filter `http_request_host_is_external`.
 *
 * @param string $address An address.
 */
function is_public( string $address ): bool {
	$host = wp_parse_url( $address, PHP_URL_HOST );
	if ( ! is_string( $host ) || ! wp_http_validate_url( $address ) ) {
		return false;
	}
	foreach ( (array) gethostbynamel( $host ) as $ip ) {
		$reserved = ! filter_var( $ip, FILTER_VALIDATE_IP, FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE );
		// RFC 6598, which PHP's flags leave out.
		$shared = 0 === strncmp( (string) $ip, '100.', 4 ) && ( ip2long( $ip ) & 0xffc00000 ) === ip2long( '100.64.0.0' );
		$own    = wp_parse_url( home_url(), PHP_URL_HOST ) === $host;
		// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WordPress' own filter.
		if ( ( $reserved || $shared ) && ! $own && ! apply_filters( 'http_request_host_is_external', false, $host, $address ) ) {
			return false;
		}
	}
	return true;
}
