//! Publish: money and dates in French and English, as the browser's `Intl` prints them for `fr-CA` and `en-CA`.

use joint_events_model::Money;
use joint_events_model::time::{Date, DateTime, When};
use joint_events_words::strings::Language;

use crate::zone::Zone;

/// An amount: whole ones without cents.
///
/// ```
/// use joint_events_model::{Currency, Money};
/// use joint_events_publish::say::money;
/// use joint_events_words::strings::Language;
///
/// let amount = Money { minor: 123_450, currency: Currency::CAD };
/// assert_eq!(money(Language::French, amount), "1\u{a0}234,50\u{a0}$");
/// assert_eq!(money(Language::English, amount), "$1,234.50");
/// ```
pub fn money(language: Language, money: Money) -> String {
    let (units, cents) = (money.minor / 100, money.minor % 100);
    let (group, point) = match language {
        Language::French => ('\u{a0}', ','),
        Language::English => (',', '.'),
    };
    let mut amount = grouped(units, group);
    if cents > 0 {
        amount.push_str(&format!("{point}{cents:02}"));
    }
    let code = money.currency.as_str();
    match (language, code) {
        (Language::French, "CAD") => format!("{amount}\u{a0}$"),
        (Language::French, "USD") => format!("{amount}\u{a0}$\u{a0}US"),
        (Language::French, "EUR") => format!("{amount}\u{a0}€"),
        (Language::French, "GBP") => format!("{amount}\u{a0}£"),
        (Language::French, code) => format!("{amount}\u{a0}{code}"),
        (Language::English, "CAD") => format!("${amount}"),
        (Language::English, "USD") => format!("US${amount}"),
        (Language::English, "EUR") => format!("€{amount}"),
        (Language::English, "GBP") => format!("£{amount}"),
        (Language::English, code) => format!("{code}\u{a0}{amount}"),
    }
}

fn grouped(units: u32, separator: char) -> String {
    let digits = units.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        let rest = digits.len().saturating_sub(place);
        if place > 0 && rest.is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// An amount, or the word for none.
pub fn price(language: Language, amount: Option<Money>) -> String {
    let strings = language.strings();
    match amount {
        None => strings.to_be_announced.to_owned(),
        Some(amount) if amount.minor == 0 => strings.free.to_owned(),
        Some(amount) => money(language, amount),
    }
}

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

/// The zone's short name at a moment: `HNE`, `EST`; the hours from UTC where the language has no name for it.
fn zone_name(language: Language, moment: DateTime, time_zone: &str) -> String {
    let zone = Zone::named(time_zone);
    let abbreviation = zone
        .as_ref()
        .map(|zone| zone.abbreviation(moment.instant()))
        .unwrap_or_default();
    if abbreviation == "UTC" {
        return abbreviation;
    }
    // The same three letters are other zones elsewhere.
    let american = time_zone.starts_with("America/") || time_zone.starts_with("Canada/");
    let named = NAMES.iter().find(|(english, _)| american && *english == abbreviation);
    match (named, language) {
        (Some((_, french)), Language::French) => (*french).to_owned(),
        (Some((english, _)), Language::English) => (*english).to_owned(),
        (None, language) => {
            let offset = zone.map_or(moment.offset, |zone| zone.offset(moment.instant()));
            offset_name(language, offset)
        }
    }
}

fn offset_name(language: Language, offset: i16) -> String {
    let (word, minus) = match language {
        Language::French => ("UTC", '−'),
        Language::English => ("GMT", '-'),
    };
    if offset == 0 && language == Language::English {
        return word.to_owned();
    }
    let sign = if offset < 0 { minus } else { '+' };
    let minutes = offset.unsigned_abs();
    match minutes % 60 {
        0 => format!("{word}{sign}{}", minutes / 60),
        rest => format!("{word}{sign}{}:{rest:02}", minutes / 60),
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
/// The zones' names in English and in Québec's French.
const NAMES: [(&str, &str); 12] = [
    ("NST", "HNT"),
    ("NDT", "HAT"),
    ("AST", "HNA"),
    ("ADT", "HAA"),
    ("EST", "HNE"),
    ("EDT", "HAE"),
    ("CST", "HNC"),
    ("CDT", "HAC"),
    ("MST", "HNR"),
    ("MDT", "HAR"),
    ("PST", "HNP"),
    ("PDT", "HAP"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use joint_events_model::Currency;

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
    fn zones_have_their_names_or_their_hours_from_utc() {
        let name = |language, text: &str, zone: &str| {
            let When::DateTime(moment) = when(text) else {
                panic!("{text}");
            };
            zone_name(language, moment, zone)
        };
        for (zone, french, english) in [
            ("America/Halifax", "HNA", "AST"),
            ("America/St_Johns", "HNT", "NST"),
            ("America/Regina", "HNC", "CST"),
            ("Europe/Paris", "UTC+1", "GMT+1"),
            ("Asia/Kolkata", "UTC+5:30", "GMT+5:30"),
            ("America/Sao_Paulo", "UTC−3", "GMT-3"),
            ("UTC", "UTC", "UTC"),
        ] {
            assert_eq!(name(Language::French, "2027-01-15T12:00:00Z", zone), french, "{zone}");
            assert_eq!(name(Language::English, "2027-01-15T12:00:00Z", zone), english, "{zone}");
        }
    }

    #[test]
    fn amounts_read_as_in_the_browser() {
        for (minor, code, french, english) in [
            (49_500, "CAD", "495\u{a0}$", "$495"),
            (4_950, "CAD", "49,50\u{a0}$", "$49.50"),
            (123_456_700, "CAD", "1\u{a0}234\u{a0}567\u{a0}$", "$1,234,567"),
            (4_550, "USD", "45,50\u{a0}$\u{a0}US", "US$45.50"),
            (4_500, "EUR", "45\u{a0}€", "€45"),
            (1_200, "CHF", "12\u{a0}CHF", "CHF\u{a0}12"),
        ] {
            let amount = Money {
                minor,
                currency: Currency::new(code).unwrap(),
            };
            assert_eq!(money(Language::French, amount), french);
            assert_eq!(money(Language::English, amount), english);
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
