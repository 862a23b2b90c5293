<?php
/**
 * Installs WordPress in an empty database, with the plugin of an archive active and one user for each role, named as the
 * role.
 *
 * Run as `php install.php FOLDER ARCHIVE`.
 */

define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = 'localhost';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/file.php';

// No mail leaves this machine.
add_filter( 'pre_wp_mail', '__return_true' );
wp_install( 'Site', 'administrator', 'administrator@example.org', true, '', 'administrator' );
foreach ( array( 'editor', 'author', 'contributor', 'subscriber' ) as $role ) {
	wp_insert_user( array( 'user_login' => $role, 'user_pass' => $role, 'user_email' => $role . '@example.org', 'role' => $role ) );
}
// Avatars come from another host.
update_option( 'show_avatars', 0 );
WP_Filesystem();
$error = unzip_file( $argv[2], WP_PLUGIN_DIR );
$error = is_wp_error( $error ) ? $error : activate_plugin( 'joint-events/joint-events.php' );
if ( is_wp_error( $error ) ) {
	fwrite( STDERR, $error->get_error_message() . "\n" );
	exit( 1 );
}
