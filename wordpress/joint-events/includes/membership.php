<?php
/**
 * What the site knows of its visitor: the associations whose member a logged-in user is.
 *
 * @package joint-events
 */

namespace JointEvents;

defined( 'ABSPATH' ) || exit;

/**
 * The associations of the user who is logged in: those of their roles in the settings, and what the site's own code
 * makes of them. Of a visitor who is not logged in nothing is known, so that pages for them can be cached for all.
 *
 * @return string Ids, `none` for a user known to be no member, or nothing where nothing is known.
 */
function member_of(): string {
	if ( ! is_user_logged_in() ) {
		return '';
	}
	$user  = wp_get_current_user();
	$roles = array_intersect_key( setting( 'members' ), array_flip( $user->roles ) );
	$ids   = array_filter( explode( ' ', ids( implode( ' ', $roles ) ) ) );
	/**
	 * The associations whose member a logged-in user is.
	 *
	 * @param string[] $ids  Ids of associations in the feed; `array( 'none' )` says that the user is known to be no member.
	 * @param \WP_User $user The user.
	 */
	$ids = apply_filters( 'joint_events_member_of', array_values( $ids ), $user );
	$ids = is_array( $ids ) ? ids( implode( ' ', array_filter( $ids, 'is_string' ) ) ) : '';
	if ( '' !== $ids ) {
		keep_from_caches();
	}
	return $ids;
}

/**
 * Tells page caches that this page is one user's. WordPress itself tells browsers and proxies so, for every user who is
 * logged in; this constant is what cache plugins read, should they cache pages for such users too.
 */
function keep_from_caches(): void {
	if ( ! defined( 'DONOTCACHEPAGE' ) ) {
		define( 'DONOTCACHEPAGE', true ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals
	}
}
