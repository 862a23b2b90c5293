//! Words: those of what a page downloads only when its visitor wants it: details, calendars, months, links and filters by price.
//!
//! They are apart from the others so that they can come with it. As there, French is Québec French, with a no-break space
//! (U+00A0) before `:`, `$` and `%`.

use crate::strings::Language;

/// The words of a language. What calls this comes with them (`xtask/src/split.rs`): it is not to be inlined.
#[inline(never)]
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::French => &FR,
        Language::English => &EN,
    }
}

/// The words of one language. Those that take something have `{}` where it stands.
#[expect(missing_docs, reason = "the words document themselves")]
pub struct Words {
    pub copy_selection: &'static str,
    /// The day that a week begins with: 0 for Sunday to 6 for Saturday (CLDR, `weekData`).
    pub first_day_of_week: u8,
    pub previous_month: &'static str,
    pub next_month: &'static str,
    pub today: &'static str,
    pub next_event: &'static str,
    pub previous_event: &'static str,
    pub ics_file: &'static str,
    pub subscribe: &'static str,
    pub subscribe_with: &'static str,
    pub all_rates: &'static str,
    pub valid_from: &'static str,
    pub valid_through: &'static str,
    pub place: &'static str,
    pub map: &'static str,
    pub online_access: &'static str,
    pub partners: &'static str,
    pub event_page: &'static str,
    pub copy_link: &'static str,
    pub link_copied: &'static str,
    pub not_in_filters: &'static str,
    pub is_over: &'static str,
    pub back_to_list: &'static str,
    pub more_to_come: &'static str,
    pub part_missing: &'static str,
    pub part_old: &'static str,
    pub price: &'static str,
    pub rate: &'static str,
    pub rate_for_me: &'static str,
    pub price_under: &'static str,
    pub price_between: &'static str,
    pub price_from: &'static str,
    pub filter_removed: &'static str,
    pub join_for_season: &'static str,
}

static FR: Words = Words {
    copy_selection: "Copier le lien de cette sélection",
    first_day_of_week: 0,
    previous_month: "Mois précédent",
    next_month: "Mois suivant",
    today: "Aujourd’hui",
    next_event: "Prochain événement\u{a0}: {}",
    previous_event: "Événement précédent\u{a0}: {}",
    ics_file: "Fichier .ics",
    subscribe: "S’abonner à tous les événements",
    subscribe_with: "S’abonner avec {}",
    all_rates: "Tous les tarifs",
    valid_from: "à partir du {}",
    valid_through: "jusqu’au {}",
    place: "Lieu",
    map: "Voir la carte",
    online_access: "En ligne",
    partners: "Partenaires",
    event_page: "Page de l’événement",
    copy_link: "Copier le lien",
    link_copied: "Lien copié",
    not_in_filters: "Cet événement ne correspond pas aux filtres",
    is_over: "Cet événement est passé",
    back_to_list: "Revenir à la liste",
    more_to_come: "D’autres événements arrivent…",
    part_missing: "Une partie des événements n’a pas pu être chargée.",
    part_old: "Une partie des événements n’a pas pu être mise à jour. Elle date du {}.",
    price: "Prix",
    rate: "Tarif",
    rate_for_me: "Avec un tarif pour moi",
    price_under: "Moins de {}",
    price_between: "{} à moins de {}",
    price_from: "{} et plus",
    filter_removed: "Filtre retiré\u{a0}: {}",
    join_for_season: "Devenez membre de {} et économisez {} cette saison ({})",
};

static EN: Words = Words {
    copy_selection: "Copy link to this selection",
    first_day_of_week: 0,
    previous_month: "Previous month",
    next_month: "Next month",
    today: "Today",
    next_event: "Next event: {}",
    previous_event: "Previous event: {}",
    ics_file: "ICS file",
    subscribe: "Subscribe to all events",
    subscribe_with: "Subscribe with {}",
    all_rates: "All rates",
    valid_from: "from {}",
    valid_through: "until {}",
    place: "Venue",
    map: "View map",
    online_access: "Online",
    partners: "Partners",
    event_page: "Event page",
    copy_link: "Copy link",
    link_copied: "Link copied",
    not_in_filters: "This event does not match the filters",
    is_over: "This event is over",
    back_to_list: "Back to the list",
    more_to_come: "More events are on their way…",
    part_missing: "Some of the events couldn’t be loaded.",
    part_old: "Some of the events couldn’t be updated. They are from {}.",
    price: "Price",
    rate: "Rate",
    rate_for_me: "With a rate for me",
    price_under: "Under {}",
    price_between: "{} to under {}",
    price_from: "{} or more",
    filter_removed: "Filter removed: {}",
    join_for_season: "Join {} and save {} this season ({})",
};
