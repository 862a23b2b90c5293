//! Publish: dates in French and English, as the browser's `Intl` prints them for `fr-CA` and `en-CA`; money and zones too.

mod money;
mod zone_name;

use joint_events_model::time::{Date, DateTime, When};
use joint_events_words::strings::Language;

use crate::zone::Zone;
pub use money::{money, price};
use zone_name::zone_name;

/// The days and hours that an event takes, on its own wall: `mardi 9 mars 2027, 14 h 30 – 17 h HNE`.
pub fn span(language: Language, start: When, end: Option<When>, time_zone: &str) -> String {
    match (start, end) {
        (When::Date(start), Some(When::Date(end))) if end > start => days(language, start, end),
        (When::Date(start), _) => day(language, start),
        (When::DateTime(start), end) => {
            let zone = zone_name(language, start, time_zone);
            let hours = match end {
                Some(When::DateTime(end)) if end.instant() > start.instant() => hours(language, start, end),
                _ => format!(
                    "{} {} {}",
                    day(language, start.date),
                    at(language),
                    clock(language, start)
                ),
            };
            format!("{hours} {zone}")
        }
    }
}

/// The last moment of a bound, in the event's zone: the day, and the hour unless the day's end is meant.
pub fn deadline(language: Language, until: DateTime, time_zone: &str) -> String {
    let local = Zone::named(time_zone).map_or(until, |zone| zone.moment(until.instant()));
    let day = short_day(language, local.date);
    if (local.hour, local.minute) == (23, 59) {
        day
    } else {
        format!("{day} {} {}", at(language), clock(language, local))
    }
}

fn day(language: Language, date: Date) -> String {
    match language {
        Language::French => format!(
            "{} {} {}",
            weekday(language, date),
            short_day(language, date),
            date.year
        ),
        Language::English => format!(
            "{}, {}, {}",
            weekday(language, date),
            short_day(language, date),
            date.year
        ),
    }
}

fn short_day(language: Language, date: Date) -> String {
    let month = usize::from(date.month).saturating_sub(1);
    match language {
        Language::French => {
            let first = if date.day == 1 { "er" } else { "" };
            format!("{}{first} {}", date.day, FRENCH_MONTHS.get(month).unwrap_or(&""))
        }
        Language::English => format!("{} {}", ENGLISH_MONTHS.get(month).unwrap_or(&""), date.day),
    }
}

fn days(language: Language, start: Date, end: Date) -> String {
    let last = day(language, end);
    if start.year != end.year {
        return format!("{}{}{last}", day(language, start), dash(language));
    }
    let comma = match language {
        Language::French => "",
        Language::English => ",",
    };
    let first = format!("{}{comma} {}", weekday(language, start), short_day(language, start));
    format!("{first}{}{last}", dash(language))
}

fn hours(language: Language, start: DateTime, end: DateTime) -> String {
    let dash = dash(language);
    if start.date != end.date {
        let each = |moment: DateTime| {
            format!(
                "{} {} {}",
                day(language, moment.date),
                at(language),
                clock(language, moment)
            )
        };
        return format!("{}{dash}{}", each(start), each(end));
    }
    let last = clock(language, end);
    let first = match language {
        Language::French => clock(language, start),
        // One `p.m.` is enough for both.
        Language::English if (start.hour < 12) == (end.hour < 12) => {
            let (hour, minute) = twelve(start);
            format!("{hour}:{minute:02}")
        }
        Language::English => clock(language, start).replace(' ', "\u{202f}"),
    };
    let last = match language {
        Language::French => last,
        Language::English => last.replace(' ', "\u{202f}"),
    };
    format!("{}, {first}{dash}{last}", day(language, start.date))
}

fn clock(language: Language, moment: DateTime) -> String {
    match language {
        Language::French if moment.minute == 0 => format!("{} h", moment.hour),
        Language::French => format!("{} h {:02}", moment.hour, moment.minute),
        Language::English => {
            let half = if moment.hour < 12 { "a.m." } else { "p.m." };
            let (hour, minute) = twelve(moment);
            format!("{hour}:{minute:02} {half}")
        }
    }
}

fn twelve(moment: DateTime) -> (u8, u8) {
    let hour = moment.hour % 12;
    (if hour == 0 { 12 } else { hour }, moment.minute)
}

fn at(language: Language) -> &'static str {
    match language {
        Language::French => "à",
        Language::English => "at",
    }
}

fn dash(language: Language) -> &'static str {
    match language {
        Language::French => "\u{2009}–\u{2009}",
        Language::English => "–",
    }
}

fn weekday(language: Language, date: Date) -> &'static str {
    // 1970-01-01 was a Thursday.
    let place = date.days_since_epoch().saturating_add(3).rem_euclid(7);
    let place = usize::try_from(place).unwrap_or_default();
    let names = match language {
        Language::French => FRENCH_DAYS,
        Language::English => ENGLISH_DAYS,
    };
    names.get(place).unwrap_or(&"")
}

const FRENCH_DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const ENGLISH_DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        When::parse(text).unwrap()
    }

    /// What `Intl` prints (ICU 78), `14 h 00` as `14 h` and `1 mars` as `1er mars`, which the widget does too.
    #[test]
    fn days_and_hours_read_as_in_the_browser() {
        for (start, end, french, english) in [
            ("2027-03-09", None, "mardi 9 mars 2027", "Tuesday, March 9, 2027"),
            ("2027-03-01", None, "lundi 1er mars 2027", "Monday, March 1, 2027"),
            (
                "2027-03-09T14:30:00-05:00",
                None,
                "mardi 9 mars 2027 à 14 h 30 HNE",
                "Tuesday, March 9, 2027 at 2:30 p.m. EST",
            ),
            (
                "2027-07-09T00:05:00-04:00",
                None,
                "vendredi 9 juillet 2027 à 0 h 05 HAE",
                "Friday, July 9, 2027 at 12:05 a.m. EDT",
            ),
            (
                "2027-03-09",
                Some("2027-03-10"),
                "mardi 9 mars\u{2009}–\u{2009}mercredi 10 mars 2027",
                "Tuesday, March 9–Wednesday, March 10, 2027",
            ),
            (
                "2027-12-30",
                Some("2028-01-02"),
                "jeudi 30 décembre 2027\u{2009}–\u{2009}dimanche 2 janvier 2028",
                "Thursday, December 30, 2027–Sunday, January 2, 2028",
            ),
            (
                "2027-03-09T14:30:00-05:00",
                Some("2027-03-09T17:00:00-05:00"),
                "mardi 9 mars 2027, 14 h 30\u{2009}–\u{2009}17 h HNE",
                "Tuesday, March 9, 2027, 2:30–5:00\u{202f}p.m. EST",
            ),
            (
                "2027-03-09T09:00:00-05:00",
                Some("2027-03-09T14:30:00-05:00"),
                "mardi 9 mars 2027, 9 h\u{2009}–\u{2009}14 h 30 HNE",
                "Tuesday, March 9, 2027, 9:00\u{202f}a.m.–2:30\u{202f}p.m. EST",
            ),
            (
                "2027-03-09T14:30:00-05:00",
                Some("2027-03-10T17:00:00-05:00"),
                "mardi 9 mars 2027 à 14 h 30\u{2009}–\u{2009}mercredi 10 mars 2027 à 17 h HNE",
                "Tuesday, March 9, 2027 at 2:30 p.m.–Wednesday, March 10, 2027 at 5:00 p.m. EST",
            ),
        ] {
            let end = end.map(when);
            assert_eq!(span(Language::French, when(start), end, "America/Toronto"), french);
            assert_eq!(span(Language::English, when(start), end, "America/Toronto"), english);
        }
    }

    #[test]
    fn a_deadline_at_the_end_of_a_day_is_that_day() {
        let until = |text: &str| DateTime::parse(text).unwrap();
        for (text, french, english) in [
            ("2027-01-31T23:59:59-05:00", "31 janvier", "January 31"),
            ("2027-02-01T04:59:59Z", "31 janvier", "January 31"),
            (
                "2027-01-31T17:00:00-05:00",
                "31 janvier à 17 h",
                "January 31 at 5:00 p.m.",
            ),
            ("2027-03-01T23:59:59-05:00", "1er mars", "March 1"),
        ] {
            assert_eq!(deadline(Language::French, until(text), "America/Toronto"), french);
            assert_eq!(deadline(Language::English, until(text), "America/Toronto"), english);
        }
    }
}
