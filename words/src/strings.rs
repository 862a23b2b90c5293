//! Words: what a visitor reads at once. Each language says it in a file of its own (`languages/`).

use joint_events_model::text::split_off;

pub use crate::languages::Language;

/// The words of one language. Those that take something have `{}` where it stands.
#[expect(missing_docs, reason = "the words document themselves")]
pub struct Strings {
    /// The BCP 47 tag by which `Intl` says dates, numbers and money.
    pub tag: &'static str,
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

    pub register: &'static str,
    pub details: &'static str,
    pub more_details: &'static str,
    pub about: &'static str,
    pub add_to_calendar: &'static str,
    pub add_all_to_calendar: &'static str,
}

/// The forms for one and for more, each with `{}` where the number stands.
pub type Plural = [&'static str; 2];

/// The pattern with each `{}` replaced by the next value, or by that of a number, from 0, where a language says them in
/// another order.
///
/// ```
/// use joint_events_words::strings::fill;
///
/// assert_eq!(fill("until {}, then {}", &["May 1", "$5"]), "until May 1, then $5");
/// assert_eq!(fill("{1} from {0} on", &["May 1", "$5"]), "$5 from May 1 on");
/// ```
pub fn fill(pattern: &str, values: &[&str]) -> String {
    let (first, mut rest) = split_off(pattern, b'{');
    let (mut filled, mut next) = (first.to_owned(), 0_usize);
    while let Some(text) = rest {
        let (part, more) = split_off(text, b'{');
        let (number, after) = split_off(part, b'}');
        let digit = number.bytes().next();
        let place = digit.map_or(next, |digit| usize::from(digit.wrapping_sub(b'0')));
        for text in [values.get(place).copied(), after] {
            filled.push_str(text.unwrap_or_default());
        }
        next = next.wrapping_add(1);
        rest = more;
    }
    filled
}
