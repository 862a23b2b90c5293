/**
 * The block in the editor: the server's own rendering as the preview, and a field for every attribute.
 *
 * Written as browsers run it, without a build step.
 */
( function ( wp ) {
	'use strict';

	var el = wp.element.createElement;
	var __ = wp.i18n.__;
	var components = wp.components;

	/** What an author may say, by panel: the attribute's name, what it is called, and how it is written. */
	function panels() {
		return [
			[
				__( 'Feed', 'joint-events' ),
				true,
				[
					[ 'feed', __( 'Address of the feed', 'joint-events' ), __( 'Empty: the one of the settings.', 'joint-events' ) ],
					[ 'association', __( 'This site’s association', 'joint-events' ), __( 'Its id in the feed, such as bioquebec: its colour, and its pages first.', 'joint-events' ) ],
					[ 'lang', __( 'Language', 'joint-events' ), __( 'fr or en. Empty: the page’s.', 'joint-events' ) ],
					[ 'list', __( 'Address of the static list', 'joint-events' ), __( 'Empty: beside the feed. “none”: no list.', 'joint-events' ) ],
					[ 'link', __( 'Page of all events', 'joint-events' ), __( 'Linked where the events can’t be shown.', 'joint-events' ) ],
				],
			],
			[
				__( 'First selection', 'joint-events' ),
				false,
				[
					[ 'province', __( 'Provinces', 'joint-events' ), __( 'Such as CA-QC CA-ON.', 'joint-events' ) ],
					[ 'theme', __( 'Themes', 'joint-events' ), ids() ],
					[ 'format', __( 'Formats', 'joint-events' ), ids() ],
					[ 'organizer', __( 'Organizers', 'joint-events' ), ids() ],
					[ 'event-language', __( 'Languages of the events', 'joint-events' ), __( 'Such as fr en.', 'joint-events' ) ],
					[ 'price', __( 'Prices', 'joint-events' ), __( 'Such as free 0-25 25-50.', 'joint-events' ) ],
					[ 'rate', __( 'Rates', 'joint-events' ), __( 'mine: with a rate for a reader who is a member.', 'joint-events' ) ],
					[ 'member-of', __( 'Member of', 'joint-events' ), __( 'Ids of associations, for everybody who reads this page. Empty: what the settings say of users who are logged in.', 'joint-events' ) ],
				],
			],
			[
				__( 'What visitors see', 'joint-events' ),
				false,
				[
					[ 'filters', __( 'Filters, in order', 'joint-events' ), __( 'Of: search province theme format organizer event-language month price rate.', 'joint-events' ) ],
					[ 'locked', __( 'Locked filters', 'joint-events' ), __( 'Neither seen nor changed by visitors; “member” too.', 'joint-events' ) ],
					[ 'view', __( 'Shown first', 'joint-events' ), __( 'list or month; list if empty.', 'joint-events' ) ],
					[ 'limit', __( 'Events shown at once', 'joint-events' ), __( '1 to 50; 20 if empty.', 'joint-events' ) ],
					[ 'past', __( 'Past events too', 'joint-events' ) ],
					[ 'heading-level', __( 'Level of the events’ titles', 'joint-events' ), __( '3 to 6; 3 if empty.', 'joint-events' ) ],
					[ 'color-scheme', __( 'Colours', 'joint-events' ), __( 'light, dark or auto; auto if empty.', 'joint-events' ) ],
					[ 'url-state', __( 'Filters in the page’s address', 'joint-events' ), __( 'A prefix, such as je: what is chosen can be shared as a link. Empty: off.', 'joint-events' ) ],
					[ 'remember', __( 'Keep what a visitor is a member of for the tab', 'joint-events' ) ],
				],
			],
			[
				__( 'Search engines and analytics', 'joint-events' ),
				false,
				[
					[ 'json-ld', __( 'Data of the events for search engines', 'joint-events' ) ],
					[ 'utm-source', __( 'Source (utm_source)', 'joint-events' ), __( 'Added to registration links. Empty: nothing.', 'joint-events' ) ],
					[ 'utm-medium', __( 'Medium (utm_medium)', 'joint-events' ), __( 'Added to registration links. Empty: nothing.', 'joint-events' ) ],
					[ 'utm-campaign', __( 'Campaign (utm_campaign)', 'joint-events' ), __( 'Added to registration links. Empty: nothing.', 'joint-events' ) ],
				],
			],
		];
	}

	function ids() {
		return __( 'Ids of the feed, with spaces between them.', 'joint-events' );
	}

	/** The field of an attribute, as the block's own list of attributes has its type. */
	function field( props, entry ) {
		var name = entry[ 0 ];
		var type = wp.blocks.getBlockType( props.name ).attributes[ name ].type;
		var value = props.attributes[ name ];
		var set = function ( given ) {
			var changed = {};
			// An empty field is no attribute: the widget's default holds.
			changed[ name ] = given === '' || given === false ? undefined : given;
			props.setAttributes( changed );
		};
		if ( type === 'boolean' ) {
			return el( components.ToggleControl, { key: name, label: entry[ 1 ], checked: !! value, onChange: set } );
		}
		return el( components.TextControl, {
			key: name,
			label: entry[ 1 ],
			help: entry[ 2 ],
			type: type === 'number' ? 'number' : 'text',
			value: value === undefined ? '' : value,
			onChange: function ( text ) {
				set( type === 'number' && text !== '' ? Number( text ) : text );
			},
		} );
	}

	function edit( props ) {
		var controls = panels().map( function ( panel ) {
			var fields = panel[ 2 ].map( function ( entry ) {
				return field( props, entry );
			} );
			return el( components.PanelBody, { key: panel[ 0 ], title: panel[ 0 ], initialOpen: panel[ 1 ] }, fields );
		} );
		// Disabled: a link in the preview would leave the editor.
		var preview = el(
			components.Disabled,
			{},
			el( wp.serverSideRender, { block: props.name, attributes: props.attributes } )
		);
		return el(
			wp.element.Fragment,
			{},
			el( wp.blockEditor.InspectorControls, {}, controls ),
			el( 'div', wp.blockEditor.useBlockProps(), preview )
		);
	}

	wp.blocks.registerBlockType( 'joint-events/joint-events', {
		edit: edit,
		save: function () {
			return null;
		},
	} );
} )( window.wp );
