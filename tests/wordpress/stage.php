<?php
/**
 * What a test wants of one page: `?stage=` with Base64 of a JSON object. Nothing is saved, so that tests run side by side.
 *
 * `user` (a role: its user is logged in), `theme`, `settings` (the plugin's option), `locale`, `polylang`, `wpml`,
 * `members` (what a site's own code answers), `filters` (those that run once more after the shortcodes), `later`
 * (seconds by which the plugin's clock is ahead), `private` (this machine is no public address, as in life), `widget`
 * (a widget's class and settings, in place of the page), `uninstall` (what would be left), `saved` (the option as saved),
 * `constants` (whether caches are warned, in a comment).
 */

namespace {
	function stage( string $name ) {
		static $stage = null;
		$stage = $stage ?? (array) json_decode( base64_decode( strtr( $_GET['stage'] ?? '', '-_', '+/' ) ), true );
		return $stage[ $name ] ?? null;
	}

	foreach ( array( 'template', 'stylesheet' ) as $option ) {
		add_filter( "pre_option_$option", function ( $value ) {
			return stage( 'theme' ) ?? $value;
		} );
	}
	add_filter( 'pre_option_joint_events', function ( $value ) {
		return is_admin() || stage( 'saved' ) ? $value : stage( 'settings' ) ?? array();
	} );
	add_filter( 'determine_current_user', function ( $user ) {
		$named = stage( 'user' ) ? get_user_by( 'login', stage( 'user' ) ) : false;
		return $named ? $named->ID : $user;
	}, 99 );
	foreach ( array( 'locale', 'pre_determine_locale' ) as $hook ) {
		add_filter( $hook, function ( $locale ) {
			return stage( 'locale' ) ?? $locale;
		} );
	}
	if ( stage( 'polylang' ) ) {
		function pll_current_language( $field = 'slug' ) {
			return stage( 'polylang' );
		}
	}
	if ( stage( 'wpml' ) ) {
		add_filter( 'wpml_current_language', function () {
			return stage( 'wpml' );
		} );
	}
	if ( null !== stage( 'members' ) ) {
		add_filter( 'joint_events_member_of', function () {
			return stage( 'members' );
		} );
	}
	foreach ( (array) stage( 'filters' ) as $filter ) {
		add_filter( 'the_content', $filter, 30 );
	}
	if ( ! stage( 'private' ) ) {
		add_filter( 'http_request_host_is_external', function ( $external, $host ) {
			return '127.0.0.1' === $host ? true : $external;
		}, 10, 2 );
	}
	// An address with `stage` in it is never the canonical one.
	add_filter( 'redirect_canonical', '__return_false' );
	add_filter( 'http_allowed_safe_ports', function () {
		return range( 1, 65535 );
	} );
	// Every request that a page of the site makes for its visitor. The editor's are WordPress' own affair.
	add_filter( 'pre_http_request', function ( $answer, $arguments, $address ) {
		if ( ! is_admin() && ! defined( 'REST_REQUEST' ) ) {
			file_put_contents( STAGE_REQUESTS, $address . ' ' . $arguments['user-agent'] . "\n", FILE_APPEND );
		}
		return $answer;
	}, 10, 3 );
	add_action( 'shutdown', function () {
		if ( stage( 'constants' ) ) {
			echo "\n<!-- DONOTCACHEPAGE " . ( defined( 'DONOTCACHEPAGE' ) ? 'yes' : 'no' ) . ' -->';
		}
	} );
	add_action( 'template_redirect', function () {
		if ( stage( 'widget' ) ) {
			wp_head();
			the_widget( ...stage( 'widget' ) );
			wp_footer();
			exit;
		}
		if ( stage( 'uninstall' ) ) {
			global $wpdb;
			$left = "SELECT COUNT(*) FROM {$wpdb->options} WHERE option_name LIKE '%joint_events%' AND option_name NOT LIKE '%stage%'";
			$wpdb->query( 'START TRANSACTION' );
			$wpdb->query( "INSERT IGNORE INTO {$wpdb->options} (option_name, option_value) VALUES ('joint_events', 'x'), ('_transient_joint_events_x', 'x'), ('_transient_timeout_joint_events_x', '1'), ('joint_events_turn_x', '1')" );
			$before = $wpdb->get_var( $left );
			define( 'WP_UNINSTALL_PLUGIN', 'joint-events/joint-events.php' );
			require WP_PLUGIN_DIR . '/joint-events/uninstall.php';
			echo $before >= 4 ? 'some' : 'none', ' then ', $wpdb->get_var( $left );
			$wpdb->query( 'ROLLBACK' );
			exit;
		}
	}, 1 );
	// The editor's first visit is no visit to be greeted.
	add_filter( 'get_user_metadata', function ( $value, $user, $key ) {
		$quiet = array( array( 'core/edit-post' => array( 'welcomeGuide' => false, 'fullscreenMode' => false ), '_modified' => gmdate( 'c' ) ) );
		return 'wp_persisted_preferences' === $key ? $quiet : $value;
	}, 10, 3 );
}

namespace JointEvents {
	function time(): int {
		return \time() + (int) \stage( 'later' );
	}
}
