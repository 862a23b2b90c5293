//! View: money, numbers, dates and names of languages, as the browser's `Intl` says them. No other file calls it, but
//! for `intl.js`, which asks it: a formatter called from here would cost some kilobyte in the binary.

use joint_events_model::time::{Date, DateTime, Instant, When};
use joint_events_model::{Currency, Money};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::view::strings::Language;

// The options of formatters, as words: `Intl` turns the digits among them into numbers.
const DAY: &str = "weekday=long day=numeric month=long year=numeric";
const DAY_AND_TIME: &str = "weekday=long day=numeric month=long year=numeric hour=numeric minute=2-digit";
const SHORT_DAY: &str = "day=numeric month=long";
const SHORT_DAY_AND_TIME: &str = "day=numeric month=long hour=numeric minute=2-digit";
const CLOCK: &str = "hour=2-digit minute=2-digit hourCycle=h23";
const ZONE: &str = "timeZoneName=short";
const MONTH: &str = "month=long year=numeric";
const MONTH_NAME: &str = "month=short";
const DATE_AND_YEAR: &str = "day=numeric month=long year=numeric";
const DAY_OF_MONTH: &str = "weekday=long day=numeric month=long";
const HOUR: &str = "hour=numeric minute=2-digit";
const NUMERIC_DAY: &str = "year=numeric month=2-digit day=2-digit";
const WEEKDAY: &str = "weekday=long";
const WEEKDAY_NAME: &str = "weekday=short";
const CURRENCY: &str = "style=currency currency=";
const IN_CANADA: &str = " currencyDisplay=narrowSymbol";
const WHOLE: &str = " minimumFractionDigits=0 maximumFractionDigits=0";

const DATE: &str = "DateTimeFormat";
const NUMBER: &str = "NumberFormat";
const FORMAT: &str = "format";

/// A locale in which a clock is always written `23:59`.
const FIXED: &str = "en-GB";
/// A locale in which a day is always written `2027-03-09`.
const FIXED_DAY: &str = "sv";

#[wasm_bindgen(module = "/src/intl.js")]
extern "C" {
    // A method that takes one value is given it twice: another import would weigh more.
    fn say(
        kind: &str,
        locale: &str,
        options: &str,
        time_zone: &str,
        method: &str,
        one: f64,
        other: f64,
    ) -> Option<String>;
    #[wasm_bindgen(js_name = say)]
    fn say_of(kind: &str, locale: &str, options: &str, time_zone: &str, method: &str, tag: &str) -> Option<String>;
    fn polished(text: &str) -> String;
    fn capitalized(text: &str) -> String;
}

/// An amount: whole ones in Canadian dollars without cents (`495 $`, `$495`), other currencies as `Intl` prints them.
pub fn money(language: Language, money: Money) -> String {
    let code = money.currency.code();
    let whole = if money.minor.is_multiple_of(100) { WHOLE } else { "" };
    let symbol = if money.currency == Currency::CAD { IN_CANADA } else { "" };
    let options = [CURRENCY, &code, symbol, whole].concat();
    let amount = f64::from(money.minor) / 100.0;
    say(NUMBER, language.tag(), &options, "", FORMAT, amount, amount)
        .unwrap_or_else(|| [&money.decimal(), " ", &code].concat())
}

/// A whole number: `10 000`, `10,000`.
pub fn number(language: Language, number: u32) -> String {
    let number = f64::from(number);
    say(NUMBER, language.tag(), "", "", FORMAT, number, number).unwrap_or_default()
}

/// The days and hours that an event takes, on its own wall: `mardi 9 mars 2027, 14 h 30 – 17 h HAE`.
pub fn span(language: Language, start: When, end: Option<When>, time_zone: &str) -> String {
    match (start, end) {
        (When::Date(start), Some(When::Date(end))) if end > start => {
            range(language, DAY, midnight(start), midnight(end))
        }
        (When::Date(start), _) => date(language, DAY, midnight(start), "UTC"),
        (When::DateTime(start), Some(When::DateTime(end))) if end.instant() > start.instant() => {
            if start.offset == end.offset {
                let hours = range(language, DAY_AND_TIME, start.wall_clock(), end.wall_clock());
                [&hours, " ", &zone_name(language, start, time_zone)].concat()
            } else {
                // Clocks that change in between give each end a name of its own, and may let the wall's run backwards.
                let at = |moment| alone(language, moment, time_zone);
                [&at(start), " – ", &at(end)].concat()
            }
        }
        (When::DateTime(start), _) => alone(language, start, time_zone),
    }
}

fn alone(language: Language, moment: DateTime, time_zone: &str) -> String {
    let hour = date(language, DAY_AND_TIME, moment.wall_clock(), "UTC");
    [&hour, " ", &zone_name(language, moment, time_zone)].concat()
}

/// The last moment of a bound, in the event's zone: the day, and the hour unless the day's end is meant.
pub fn deadline(language: Language, until: DateTime, time_zone: &str) -> String {
    let instant = until.instant();
    let clock = dated(FIXED, CLOCK, instant, time_zone);
    let options = if clock.as_deref() == Some("23:59") {
        SHORT_DAY
    } else {
        SHORT_DAY_AND_TIME
    };
    date(language, options, instant, time_zone)
}

/// A moment's day and hour where the visitor is.
pub fn local(language: Language, instant: Instant) -> String {
    date(language, DAY_AND_TIME, instant, "")
}

/// `Mars 2027`: with a capital, since it heads a list.
pub fn month(language: Language, year: i32, month: u8) -> String {
    capitalized(&date(language, MONTH, midnight(Date { year, month, day: 1 }), "UTC"))
}

/// `mars` or `févr.`
pub fn short_month(language: Language, day: Date) -> String {
    date(language, MONTH_NAME, midnight(day), "UTC")
}

/// `mar.`
pub fn short_weekday(language: Language, day: Date) -> String {
    date(language, WEEKDAY_NAME, midnight(day), "UTC")
}

/// `mardi`
pub fn weekday(language: Language, day: Date) -> String {
    date(language, WEEKDAY, midnight(day), "UTC")
}

/// A day of a month that is known: `mardi 9 mars`.
pub fn day_of_month(language: Language, day: Date) -> String {
    date(language, DAY_OF_MONTH, midnight(day), "UTC")
}

/// `9 mars`, with its year unless it is the one of another day.
pub fn day_after(language: Language, day: Date, known: Date) -> String {
    let options = if day.year == known.year {
        SHORT_DAY
    } else {
        DATE_AND_YEAR
    };
    date(language, options, midnight(day), "UTC")
}

/// `Mardi 9 mars 2027`: with a capital, since it heads a list.
pub fn whole_day(language: Language, day: Date) -> String {
    capitalized(&date(language, DAY, midnight(day), "UTC"))
}

/// The hour on the event's own wall: `14 h 30`.
pub fn hour(language: Language, moment: DateTime) -> String {
    date(language, HOUR, moment.wall_clock(), "UTC")
}

/// The day where the visitor is.
pub fn local_day(instant: Instant) -> Option<Date> {
    Date::parse(&dated(FIXED_DAY, NUMERIC_DAY, instant, "")?)
}

/// What a language is called: `français`.
pub fn language_name(language: Language, tag: &str) -> String {
    say_of("DisplayNames", language.tag(), "type=language", "", "of", tag).unwrap_or_else(|| tag.to_owned())
}

/// The short name of the event's zone at that moment: `HAE`, `EDT`; the offset as written where there is no such zone.
fn zone_name(language: Language, moment: DateTime, time_zone: &str) -> String {
    let instant = milliseconds(moment.instant());
    if let Some(name) = say(DATE, language.tag(), ZONE, time_zone, "formatToParts", instant, instant) {
        return name;
    }
    When::DateTime(moment)
        .written()
        .get(19..)
        .map(|offset| ["UTC", offset].concat())
        .unwrap_or_default()
}

fn date(language: Language, options: &str, instant: Instant, time_zone: &str) -> String {
    written(
        language,
        dated(language.tag(), options, instant, time_zone).unwrap_or_default(),
    )
}

/// In the visitor's own zone where the browser knows no such one.
fn dated(locale: &str, options: &str, instant: Instant, time_zone: &str) -> Option<String> {
    let instant = milliseconds(instant);
    let in_zone = |zone: &str| say(DATE, locale, options, zone, FORMAT, instant, instant);
    in_zone(time_zone).or_else(|| in_zone(""))
}

/// Of an end that does not stand before its start.
fn range(language: Language, options: &str, start: Instant, end: Instant) -> String {
    let (first, last) = (milliseconds(start), milliseconds(end));
    let range = say(DATE, language.tag(), options, "UTC", "formatRange", first, last);
    written(language, range.unwrap_or_default())
}

fn written(language: Language, text: String) -> String {
    if language == Language::French {
        return polished(&text);
    }
    text
}

fn midnight(date: Date) -> Instant {
    Instant(date.days_since_epoch().saturating_mul(86_400_000))
}

/// A JavaScript time value: exact, for every instant of a feed is far below 2^53 milliseconds.
#[expect(clippy::cast_precision_loss, reason = "a time value is below 2^53")]
fn milliseconds(instant: Instant) -> f64 {
    instant.0 as f64
}
