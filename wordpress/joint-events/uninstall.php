<?php
/**
 * Takes away all that the plugin saved: its option, its copies of lists, the turns to ask for them.
 *
 * @package joint-events
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/** Takes it away from the site that is current. */
function joint_events_uninstall(): void {
	global $wpdb;
	delete_option( 'joint_events' );
	// Transients live among the options, or in an object cache, which forgets them by itself.
	foreach ( array( '_transient_joint_events_', '_transient_timeout_joint_events_', 'joint_events_turn_' ) as $prefix ) {
		$names = $wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( $prefix ) . '%' ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery
		array_map( 'delete_option', $names );
	}
}

if ( is_multisite() ) {
	foreach ( get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	) as $joint_events_site ) {
		switch_to_blog( $joint_events_site );
		joint_events_uninstall();
		restore_current_blog();
	}
} else {
	joint_events_uninstall();
}
