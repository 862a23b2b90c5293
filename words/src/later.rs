//! Words: those of what a page downloads only when its visitor wants it: details, calendars, months, links and filters by price.
//!
//! They are apart from the others so that they can come with it. Each language says them in its file (`languages/`).

use crate::strings::Language;

/// The words of a language. What calls this comes with them (`xtask/src/split.rs`): it is not to be inlined.
#[inline(never)]
pub fn words(language: Language) -> &'static Words {
    language.later()
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
    pub join: &'static str,
    pub join_for_season: &'static str,
}
