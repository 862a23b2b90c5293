//! Publish: the columns of the two templates, and what The Events Calendar calls the same things.

use super::table::{Column, IGNORED};

/// The columns of the events' template, in its order.
pub const EVENTS: &[Column] = &[
    ("id", "id"),
    ("title_fr", "titre_fr"),
    ("title_en", "titre_en"),
    ("summary_fr", "resume_fr"),
    ("summary_en", "resume_en"),
    ("start", "debut"),
    ("end", "fin"),
    ("time_zone", "fuseau"),
    ("status", "statut"),
    ("attendance", "mode"),
    ("venue", "lieu"),
    ("street", "rue"),
    ("city", "ville"),
    ("province", "province"),
    ("postal_code", "code_postal"),
    ("organizers", "organisateurs"),
    ("themes", "themes"),
    ("languages", "langues"),
    ("url_fr", "url_fr"),
    ("url_en", "url_en"),
    ("register_fr", "inscription_fr"),
    ("register_en", "inscription_en"),
    ("member_of", "membre_de"),
    ("price_member", "prix_membre"),
    ("price_nonmember", "prix_non_membre"),
    ("price_student", "prix_etudiant"),
    ("early_price_member", "prix_membre_hatif"),
    ("early_until", "hatif_jusquau"),
    ("tax_included", "taxes_incluses"),
    ("availability_member", "places_membre"),
    ("availability_nonmember", "places_non_membre"),
    ("image", "image"),
    ("image_alt_fr", "image_alt_fr"),
    ("image_alt_en", "image_alt_en"),
];

/// The columns of the price overlay's template, in its order.
pub const OVERLAY: &[Column] = &[
    ("event", "evenement"),
    ("offer", "offre"),
    ("audience", "public"),
    ("member_of", "membre_de"),
    ("name_fr", "nom_fr"),
    ("name_en", "nom_en"),
    ("price", "prix"),
    ("currency", "devise"),
    ("tax_included", "taxes_incluses"),
    ("valid_from", "des"),
    ("valid_through", "jusquau"),
    ("availability", "places"),
    ("url_fr", "url_fr"),
    ("url_en", "url_en"),
    ("note_fr", "note_fr"),
    ("note_en", "note_en"),
];

/// What a header of The Events Calendar's own table holds, by its key.
pub fn the_events_calendar(key: &str) -> Option<&'static str> {
    Some(match key.strip_prefix("event_").unwrap_or(key) {
        "name" | "title" => "title",
        "description" => "description",
        "excerpt" => "summary",
        "start_date" => "start",
        "start_time" => "start_time",
        "end_date" => "end",
        "end_time" => "end_time",
        "all_day" | "all_day_event" => "all_day",
        "timezone" | "time_zone" => "time_zone",
        "venue_name" => "venue",
        "category" | "categories" => "categories",
        "cost" => "cost",
        "website" => "url",
        "featured_image" => "image",
        "hide_event_from_event_listings" | "hide_from_event_listings" | "hide_from_listings" => "hidden",
        "organizer_name_s_or_id_s"
        | "organizer_names_or_ids"
        | "organizer_name_s"
        | "organizer_name"
        | "tags"
        | "sticky_in_month_view"
        | "show_map"
        | "show_map_link"
        | "currency_symbol"
        | "currency_position"
        | "currency_code"
        | "iso_currency_code"
        | "allow_comments"
        | "allow_comments_on_event"
        | "allow_trackbacks_and_pingbacks"
        | "phone"
        | "featured_event"
        | "feature_event" => IGNORED,
        _ => return None,
    })
}
