//! Publish: days and hours as people write them.

use std::sync::OnceLock;

use joint_events_model::text::fold;
use joint_events_model::time::{Date, DateTime};
use regex::{Captures, Regex};

/// The order of day, month and year in dates that are all digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day: the only order that is read without being told.
    Ymd,
}

/// An hour and a minute.
pub type Clock = (u8, u8, u8);

/// A day, with or without a time, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A day.
    Day(Date),
    /// A day and a time on a wall clock.
    Local(Date, Clock),
    /// A moment with its offset (RFC 3339).
    Moment(DateTime),
}

/// The expectation that a problem names for a day.
pub const DATE: &str = "a date such as \"2027-03-09\", \"9 mars 2027\" or \"March 9, 2027\"";
/// The expectation that a problem names for a time.
pub const TIME: &str = "a time such as \"14 h 30\", \"14:30\" or \"2:30 PM\"";
/// The expectation that a problem names for a date whose order is not known.
pub const ORDER: &str = "a date whose order is known, such as \"2027-03-09\" (or say it with --date-order)";

/// Reads a day, or a day and a time.
///
/// # Errors
/// What was expected: a date whose order of digits is not known names that.
///
/// ```
/// use joint_events_publish::import::date::{written, Written};
///
/// let moment = written("9 mars 2027, 14 h 30", None);
/// assert_eq!(moment, written("2027-03-09 14:30", None));
/// assert_eq!(moment, written("March 9, 2027 at 2:30 p.m.", None));
/// assert!(written("03/04/2027", None).is_err());
/// ```
pub fn written(text: &str, order: Option<DateOrder>) -> Result<Written, &'static str> {
    let text = text.trim();
    if let Some(moment) = DateTime::parse(text) {
        return Ok(Written::Moment(moment));
    }
    let folded: String = fold(text)
        .chars()
        .map(|character| if character.is_whitespace() { ' ' } else { character })
        .collect();
    let (date, rest) = leading_date(&folded, order)?;
    let rest = rest.trim_start_matches([',', ' ', 't']);
    let rest = rest.strip_prefix("at ").or(rest.strip_prefix("a ")).unwrap_or(rest);
    if rest.is_empty() {
        return Ok(Written::Day(date));
    }
    time(rest).map(|clock| Written::Local(date, clock)).ok_or(DATE)
}

/// Reads a time of the day.
///
/// ```
/// use joint_events_publish::import::date::time;
///
/// assert_eq!(time("14 h 30"), Some((14, 30, 0)));
/// assert_eq!(time("2:30 PM"), Some((14, 30, 0)));
/// assert_eq!(time("25:00"), None);
/// ```
pub fn time(text: &str) -> Option<Clock> {
    static TIME: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = r"^(\d{1,2})(?: ?[h:] ?(\d{2})?)?(?::(\d{2}))?(?: ?(a|p)\.?m\.?)?$";
    let folded: String = fold(text.trim())
        .chars()
        .map(|character| if character.is_whitespace() { ' ' } else { character })
        .collect();
    // "14" alone is a number, not a time.
    if folded.bytes().all(|byte| byte.is_ascii_digit()) || folded.ends_with(':') {
        return None;
    }
    let found = TIME
        .get_or_init(|| Regex::new(pattern).ok())
        .as_ref()?
        .captures(&folded)?;
    let number = |group: usize| {
        found
            .get(group)
            .map_or(Some(0_u8), |digits| digits.as_str().parse().ok())
    };
    let hour = number(1)?;
    let hour = match found.get(4).map(|half| half.as_str()) {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some("a") => hour % 12,
        Some(_) => (hour % 12).saturating_add(12),
    };
    let (minute, second) = (number(2)?, number(3)?);
    (hour < 24 && minute < 60 && second < 60).then_some((hour, minute, second))
}

fn leading_date(text: &str, order: Option<DateOrder>) -> Result<(Date, &str), &'static str> {
    static PATTERNS: OnceLock<Vec<Regex>> = OnceLock::new();
    let patterns = PATTERNS.get_or_init(|| {
        [
            r"^(\d{4})([-/.])(\d{1,2})[-/.](\d{1,2})",
            r"^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})",
            r"^(?:[a-z]+\.?,? )?(?:le )?(\d{1,2})(er|e|st|nd|rd|th)?(?: de)?[ -]([a-z]+)\.?,?[ -](\d{4})",
            r"^(?:[a-z]+\.?,? )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})",
        ]
        .iter()
        .filter_map(|pattern| Regex::new(pattern).ok())
        .collect()
    });
    let found: Vec<Option<Captures>> = patterns.iter().map(|pattern| pattern.captures(text)).collect();
    let digits = |captures: &Captures, group: usize| -> Option<i32> { captures.get(group)?.as_str().parse().ok() };
    let word = |captures: &Captures, group: usize| captures.get(group).and_then(|name| month(name.as_str()));
    let (parts, captures) = match found.as_slice() {
        [Some(year_first), ..] => (
            digits(year_first, 1)
                .zip(digits(year_first, 3))
                .zip(digits(year_first, 4)),
            year_first,
        ),
        [None, Some(all_digits), ..] => {
            let (one, two) = (digits(all_digits, 1), digits(all_digits, 3));
            let (day, month) = match order {
                Some(DateOrder::Dmy) => (one, two),
                Some(DateOrder::Mdy) => (two, one),
                Some(DateOrder::Ymd) | None => return Err(ORDER),
            };
            (digits(all_digits, 4).zip(month).zip(day), all_digits)
        }
        [None, None, Some(day_first), ..] if word(day_first, 3).is_some() => (
            digits(day_first, 4).zip(word(day_first, 3)).zip(digits(day_first, 1)),
            day_first,
        ),
        [None, None, _, Some(month_first)] => (
            digits(month_first, 3)
                .zip(word(month_first, 1))
                .zip(digits(month_first, 2)),
            month_first,
        ),
        _ => return Err(DATE),
    };
    let ((year, month), day) = parts.ok_or(DATE)?;
    // The model's own reading refuses days that the calendar lacks.
    let date = Date::parse(&format!("{year:04}-{month:02}-{day:02}")).ok_or(DATE)?;
    let end = captures.get(0).map_or(0, |whole| whole.end());
    let rest = text.get(end..).unwrap_or_default();
    // "2027-03-091" is no date with a time after it.
    if rest.starts_with(|next: char| next.is_ascii_digit()) {
        return Err(DATE);
    }
    Ok((date, rest))
}

/// The number of a month by its French or English name, or a short form of it, without accents.
fn month(name: &str) -> Option<i32> {
    const MONTHS: [&[&str]; 12] = [
        &["janvier", "janv", "january", "jan"],
        &["fevrier", "fevr", "fev", "february", "feb"],
        &["mars", "march", "mar"],
        &["avril", "avr", "april", "apr"],
        &["mai", "may"],
        &["juin", "june", "jun"],
        &["juillet", "juill", "juil", "july", "jul"],
        &["aout", "august", "aug"],
        &["septembre", "september", "sept", "sep"],
        &["octobre", "october", "oct"],
        &["novembre", "november", "nov"],
        &["decembre", "december", "dec"],
    ];
    let place = MONTHS.iter().position(|names| names.contains(&name))?;
    i32::try_from(place).ok()?.checked_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day() -> Date {
        Date::parse("2027-03-09").unwrap()
    }

    #[test]
    fn every_spelling_of_a_day_is_read() {
        for text in [
            "2027-03-09",
            "2027/03/09",
            "2027.3.9",
            "9 mars 2027",
            "mardi 9 mars 2027",
            "le 9 mars 2027",
            "09 mars 2027",
            "March 9, 2027",
            "Tuesday, March 9, 2027",
            "Mar. 9, 2027",
            "9 March 2027",
            "9th March 2027",
            "march 9th 2027",
            "9-mar-2027",
            " 2027-03-09 ",
            "9\u{a0}mars\u{a0}2027",
        ] {
            assert_eq!(written(text, None), Ok(Written::Day(day())), "{text}");
        }
        let first = Date::parse("2027-08-01").unwrap();
        assert_eq!(written("1er août 2027", None), Ok(Written::Day(first)));
    }

    #[test]
    fn every_spelling_of_a_time_is_read() {
        for text in [
            "14:30",
            "14:30:00",
            "14 h 30",
            "14h30",
            "14\u{a0}h\u{a0}30",
            "2:30 PM",
            "2:30 p.m.",
            "2:30\u{202f}pm",
            "02:30 pm",
        ] {
            assert_eq!(time(text), Some((14, 30, 0)), "{text}");
            let both = format!("2027-03-09 {text}");
            assert_eq!(written(&both, None), Ok(Written::Local(day(), (14, 30, 0))), "{both}");
        }
        assert_eq!(time("14 h"), Some((14, 0, 0)));
        assert_eq!(time("2 pm"), Some((14, 0, 0)));
        assert_eq!(time("12 am"), Some((0, 0, 0)));
        assert_eq!(time("12:15 p.m."), Some((12, 15, 0)));
        for text in [
            "14", "24:00", "14:60", "0 am", "13 pm", "14:3", "h 30", "", "14:", "midi",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_and_a_time_are_read_together() {
        for text in [
            "2027-03-09T14:30",
            "2027-03-09T14:30:00",
            "9 mars 2027, 14 h 30",
            "9 mars 2027 à 14 h 30",
            "March 9, 2027, 2:30 PM",
            "March 9, 2027 at 2:30 p.m.",
            "mardi 9 mars 2027 à 14h30",
        ] {
            assert_eq!(written(text, None), Ok(Written::Local(day(), (14, 30, 0))), "{text}");
        }
        let moment = DateTime::parse("2027-03-09T14:30:00-05:00").unwrap();
        assert_eq!(written("2027-03-09T14:30:00-05:00", None), Ok(Written::Moment(moment)));
    }

    #[test]
    fn digits_with_slashes_are_refused_until_their_order_is_told() {
        for text in ["03/04/2027", "25/12/2027", "12/25/2027", "9-3-2027", "09.03.2027"] {
            assert_eq!(written(text, None), Err(ORDER), "{text}");
        }
        let april = Ok(Written::Day(Date::parse("2027-04-03").unwrap()));
        assert_eq!(written("03/04/2027", Some(DateOrder::Dmy)), april);
        assert_eq!(written("04/03/2027", Some(DateOrder::Mdy)), april);
        assert_eq!(written("12/25/2027", Some(DateOrder::Dmy)), Err(DATE));
        assert_eq!(
            written("2027/04/03", Some(DateOrder::Dmy)),
            april,
            "year first is plain in any order"
        );
    }

    #[test]
    fn days_that_the_calendar_lacks_are_refused() {
        for text in [
            "2027-02-29",
            "31 juin 2027",
            "February 30, 2027",
            "9 brumaire 2027",
            "2027-03-091",
            "demain",
            "",
        ] {
            assert_eq!(written(text, None), Err(DATE), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "\\PC{0,30}|[0-9a-z :/h.-]{0,30}") {
            written(&text, Some(DateOrder::Dmy)).ok();
            time(&text);
        }
    }
}
