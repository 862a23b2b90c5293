<?php
/**
 * The widget's script: the plugin's own copy, or the one that the settings name, with the hash it must have.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/** The script's name among WordPress' scripts. */
const SCRIPT = 'joint-events';

/**
 * Tells WordPress of the script. It is printed only on the pages that hold a tag, which ask for it by name.
 */
function register_script(): void {
	list( 'address' => $address ) = script();
	if ( '' !== $address ) {
		// The version is part of our own address; another's address says its own.
		wp_register_script( SCRIPT, $address, array(), '' === setting( 'assets' ) ? VERSION : null, true ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters
	}
}

/**
 * Where the script is, and its hash (Subresource Integrity): of the file that lies here, so that what a cache or a proxy
 * changed on the way does not run.
 *
 * @return array{address: string, integrity: string} An empty address where the plugin was installed without its assets.
 */
function script(): array {
	if ( '' !== setting( 'assets' ) && is_integrity( setting( 'integrity' ), setting( 'assets' ) ) ) {
		return array(
			'address'   => setting( 'assets' ),
			'integrity' => setting( 'integrity' ),
		);
	}
	$file = plugin_dir_path( MAIN ) . 'assets/joint-events.js';
	$hash = is_readable( $file ) ? hash_file( 'sha384', $file, true ) : false;
	return array(
		'address'   => false === $hash ? '' : plugins_url( 'assets/joint-events.js', MAIN ),
		'integrity' => false === $hash ? '' : 'sha384-' . base64_encode( $hash ), // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
	);
}

/**
 * The script's tag as a module, with its hash. A module, although the file would run as a classic script too: sites'
 * optimizers leave modules as they are, so that it finds its wasm beside it, and no older browser stumbles over it. What
 * a module asks for, CORS at another host, the wasm needs there anyway; the plugin's own files are at home.
 *
 * @param string $tag    The tag as WordPress wrote it.
 * @param string $handle Which script it is.
 */
function script_tag( string $tag, string $handle ): string {
	if ( SCRIPT !== $handle ) {
		return $tag;
	}
	$integrity = esc_attr( script()['integrity'] );
	// Themes without HTML 5 get a type of WordPress, and of two the first would win.
	$tag = (string) preg_replace( '/\stype=([\'"])text\/javascript\1/', '', $tag );
	return str_replace( '<script ', '<script type="module" integrity="' . $integrity . '" crossorigin="anonymous" async ', $tag );
}

/** Has the script printed in this page, once however many tags there are. */
function need_script(): void {
	wp_enqueue_script( SCRIPT );
}
