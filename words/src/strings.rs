//! Words: every word that a visitor reads, in both languages.
//!
//! French is Québec French, with a no-break space (U+00A0) before `:`, `$` and `%` and inside guillemets.

use joint_events_model::text::split_off;

/// The languages that are spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `fr-CA`.
    French,
    /// `en-CA`.
    English,
}

impl Language {
    /// The language of a BCP 47 tag: French for `fr…`, English for any other.
    pub fn of(tag: &str) -> Self {
        if joint_events_model::same_language(tag, "fr") {
            Self::French
        } else {
            Self::English
        }
    }

    /// The BCP 47 tag of its Canadian form.
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr-CA",
            Self::English => "en-CA",
        }
    }

    /// Its words.
    pub fn strings(self) -> &'static Strings {
        match self {
            Self::French => &FR,
            Self::English => &EN,
        }
    }
}

/// The words of one language. Those that take something have `{}` where it stands.
#[expect(missing_docs, reason = "the words document themselves")]
pub struct Strings {
    /// Whether so many take the first form of a [`Plural`] (CLDR's category `one`).
    pub is_one: fn(count: usize) -> bool,
    pub loading: &'static str,
    pub failed: &'static str,
    pub retry: &'static str,
    pub not_downloaded: &'static str,
    pub stale: &'static str,
    pub empty: &'static str,
    pub all_events: &'static str,
    pub nothing_matches: &'static str,
    pub skipped: Plural,

    pub i_am_a_member_of: &'static str,
    pub not_a_member: &'static str,
    pub search: &'static str,
    pub filters: &'static str,
    pub filters_chosen: &'static str,
    pub province: &'static str,
    pub theme: &'static str,
    pub format: &'static str,
    pub organizer: &'static str,
    pub event_language: &'static str,
    pub month: &'static str,
    pub online: &'static str,
    pub other: &'static str,
    pub in_person: &'static str,
    pub hybrid: &'static str,
    pub remove_choice: &'static str,
    pub clear: &'static str,
    pub results: Plural,
    pub show_more: &'static str,
    pub provinces: [(&'static str, &'static str); 13],

    pub view: &'static str,
    pub list: &'static str,

    pub running: &'static str,
    pub past: &'static str,
    pub joint_event: &'static str,
    pub in_language: &'static str,
    pub cancelled: &'static str,
    pub postponed: &'static str,
    pub rescheduled: &'static str,
    pub moved_online: &'static str,
    pub check_the_page: &'static str,
    pub sold_out: &'static str,
    pub waiting_list: &'static str,
    pub few_places: &'static str,
    pub pre_sale: &'static str,
    pub registration_closed: &'static str,
    pub registration_opens: &'static str,
    pub former_date: &'static str,

    pub your_rate: &'static str,
    pub members: &'static str,
    pub members_of: &'static str,
    pub and: &'static str,
    pub non_members: &'static str,
    pub public: &'static str,
    pub regular: &'static str,
    pub free: &'static str,
    pub to_be_announced: &'static str,
    pub incomplete: &'static str,
    pub plus_taxes: &'static str,
    pub you_save: &'static str,
    pub save_up_to: &'static str,
    pub percent: &'static str,
    pub until_then: &'static str,
    pub join: &'static str,

    pub register: &'static str,
    pub details: &'static str,
    pub more_details: &'static str,
    pub about: &'static str,
    pub add_to_calendar: &'static str,
    pub add_all_to_calendar: &'static str,
}

/// The forms for one and for more, each with `{}` where the number stands.
pub type Plural = [&'static str; 2];

/// The pattern with each `{}` replaced by the next value.
///
/// ```
/// assert_eq!(joint_events_words::strings::fill("until {}, then {}", &["May 1", "$5"]), "until May 1, then $5");
/// ```
pub fn fill(pattern: &str, values: &[&str]) -> String {
    let (first, mut rest) = split_off(pattern, b'{');
    let mut filled = first.to_owned();
    for value in values {
        let Some(text) = rest else { break };
        let (part, more) = split_off(text, b'{');
        filled.push_str(value);
        filled.push_str(part.strip_prefix("}").unwrap_or(part));
        rest = more;
    }
    filled
}

static FR: Strings = Strings {
    is_one: |count| count < 2,
    loading: "Chargement des événements…",
    failed: "La liste des événements ne peut pas être affichée pour l’instant.",
    retry: "Réessayer",
    not_downloaded: "Cette partie n’a pas pu être téléchargée.",
    stale: "La mise à jour a échoué. Liste du {}.",
    empty: "Aucun événement à venir",
    all_events: "Voir tous les événements",
    nothing_matches: "Aucun événement ne correspond",
    skipped: [
        "{}\u{a0}événement n’a pas pu être affiché.",
        "{}\u{a0}événements n’ont pas pu être affichés.",
    ],

    i_am_a_member_of: "Je suis membre de",
    not_a_member: "Non membre",
    search: "Rechercher",
    filters: "Filtres",
    filters_chosen: "Filtres ({})",
    province: "Province",
    theme: "Thème",
    format: "Formule",
    organizer: "Organisateur",
    event_language: "Langue",
    month: "Mois",
    online: "En ligne",
    other: "Autre",
    in_person: "En personne",
    hybrid: "Hybride",
    remove_choice: "Retirer le filtre {}",
    clear: "Effacer les filtres",
    results: ["{}\u{a0}événement", "{}\u{a0}événements"],
    show_more: "Afficher plus ({})",
    provinces: [
        ("CA-AB", "Alberta"),
        ("CA-BC", "Colombie-Britannique"),
        ("CA-MB", "Manitoba"),
        ("CA-NB", "Nouveau-Brunswick"),
        ("CA-NL", "Terre-Neuve-et-Labrador"),
        ("CA-NS", "Nouvelle-Écosse"),
        ("CA-NT", "Territoires du Nord-Ouest"),
        ("CA-NU", "Nunavut"),
        ("CA-ON", "Ontario"),
        ("CA-PE", "Île-du-Prince-Édouard"),
        ("CA-QC", "Québec"),
        ("CA-SK", "Saskatchewan"),
        ("CA-YT", "Yukon"),
    ],

    view: "Affichage",
    list: "Liste",

    running: "En cours",
    past: "Événements passés",
    joint_event: "Événement conjoint",
    in_language: "En {}",
    cancelled: "Annulé",
    postponed: "Reporté",
    rescheduled: "Nouvelle date",
    moved_online: "Maintenant en ligne",
    check_the_page: "À vérifier sur la page de l’événement",
    sold_out: "Complet",
    waiting_list: "Liste d’attente",
    few_places: "Dernières places",
    pre_sale: "Prévente",
    registration_closed: "Inscriptions closes",
    registration_opens: "Inscriptions à partir du {}",
    former_date: "date précédente\u{a0}:",

    your_rate: "Votre tarif",
    members: "Membres",
    members_of: "Membres de {}",
    and: "et",
    non_members: "Non-membres",
    public: "Grand public",
    regular: "prix courant",
    free: "Gratuit",
    to_be_announced: "Prix à venir",
    incomplete: "Prix incomplets\u{a0}: voir la page de l’événement",
    plus_taxes: "taxes en sus",
    you_save: "Vous économisez {}",
    save_up_to: "Les membres économisent jusqu’à {}",
    percent: "{}\u{a0}%",
    until_then: "jusqu’au {}, puis {}",
    join: "Devenez membre de {} et économisez {}",

    register: "S’inscrire",
    details: "Détails",
    more_details: "Plus",
    about: "{}\u{a0}: {}",
    add_to_calendar: "Ajouter au calendrier",
    add_all_to_calendar: "Ajouter ces événements au calendrier",
};

static EN: Strings = Strings {
    is_one: |count| count == 1,
    loading: "Loading events…",
    failed: "The list of events can’t be shown right now.",
    retry: "Try again",
    not_downloaded: "This part couldn’t be downloaded.",
    stale: "The update failed. List of {}.",
    empty: "No upcoming events",
    all_events: "See all events",
    nothing_matches: "No event matches",
    skipped: ["{} event could not be shown.", "{} events could not be shown."],

    i_am_a_member_of: "I am a member of",
    not_a_member: "Not a member",
    search: "Search",
    filters: "Filters",
    filters_chosen: "Filters ({})",
    province: "Province",
    theme: "Theme",
    format: "Format",
    organizer: "Organizer",
    event_language: "Language",
    month: "Month",
    online: "Online",
    other: "Other",
    in_person: "In person",
    hybrid: "Hybrid",
    remove_choice: "Remove filter {}",
    clear: "Clear filters",
    results: ["{} event", "{} events"],
    show_more: "Show more ({})",
    provinces: [
        ("CA-AB", "Alberta"),
        ("CA-BC", "British Columbia"),
        ("CA-MB", "Manitoba"),
        ("CA-NB", "New Brunswick"),
        ("CA-NL", "Newfoundland and Labrador"),
        ("CA-NS", "Nova Scotia"),
        ("CA-NT", "Northwest Territories"),
        ("CA-NU", "Nunavut"),
        ("CA-ON", "Ontario"),
        ("CA-PE", "Prince Edward Island"),
        ("CA-QC", "Quebec"),
        ("CA-SK", "Saskatchewan"),
        ("CA-YT", "Yukon"),
    ],

    view: "View",
    list: "List",

    running: "Happening now",
    past: "Past events",
    joint_event: "Joint event",
    in_language: "In {}",
    cancelled: "Cancelled",
    postponed: "Postponed",
    rescheduled: "Rescheduled",
    moved_online: "Now online",
    check_the_page: "Check the event’s page",
    sold_out: "Sold out",
    waiting_list: "Waiting list",
    few_places: "Few places left",
    pre_sale: "Presale",
    registration_closed: "Registration closed",
    registration_opens: "Registration opens {}",
    former_date: "former date:",

    your_rate: "Your rate",
    members: "Members",
    members_of: "{} members",
    and: "and",
    non_members: "Non-members",
    public: "General public",
    regular: "regular",
    free: "Free",
    to_be_announced: "Price to be announced",
    incomplete: "Prices incomplete: see the event’s page",
    plus_taxes: "plus taxes",
    you_save: "You save {}",
    save_up_to: "Members save up to {}",
    percent: "{}%",
    until_then: "until {}, then {}",
    join: "Join {} and save {}",

    register: "Register",
    details: "Details",
    more_details: "More",
    about: "{}: {}",
    add_to_calendar: "Add to calendar",
    add_all_to_calendar: "Add these events to my calendar",
};
