//! View: money, numbers, dates and names of languages, as the browser's `Intl` says them. No other file calls it.

use std::cell::RefCell;

use joint_events_model::time::{Date, DateTime, Instant, When};
use joint_events_model::{Currency, Money};
use js_sys::{Array, Function, JsString, Object, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

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
const WEEKDAY_NAME: &str = "weekday=short";
const CURRENCY: &str = "style=currency currency=";
const IN_CANADA: &str = " currencyDisplay=narrowSymbol";
const WHOLE: &str = " minimumFractionDigits=0 maximumFractionDigits=0";

const DATE: &str = "DateTimeFormat";
const NUMBER: &str = "NumberFormat";

/// A locale in which a clock is always written `23:59`.
const FIXED: &str = "en-GB";

thread_local! {
    // Making a formatter costs a hundred times what using one does.
    static FORMATTERS: RefCell<Vec<(String, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// An amount: whole ones in Canadian dollars without cents (`495 $`, `$495`), other currencies as `Intl` prints them.
pub fn money(language: Language, money: Money) -> String {
    let code = money.currency.as_str();
    let whole = if money.minor.is_multiple_of(100) { WHOLE } else { "" };
    let symbol = if money.currency == Currency::CAD { IN_CANADA } else { "" };
    let options = [CURRENCY, code, symbol, whole].concat();
    formatter(NUMBER, language.tag(), &options, "")
        .and_then(|formatter| call(&formatter, "format", &[f64::from(money.minor) / 100.0]))
        .unwrap_or_else(|| [&money.decimal(), " ", code].concat())
}

/// A whole number: `10 000`, `10,000`.
pub fn number(language: Language, number: u32) -> String {
    formatter(NUMBER, language.tag(), "", "")
        .and_then(|formatter| call(&formatter, "format", &[f64::from(number)]))
        .unwrap_or_default()
}

/// The days and hours that an event takes, on its own wall: `mardi 9 mars 2027, 14 h 30 – 17 h HAE`.
pub fn span(language: Language, start: When, end: Option<When>, time_zone: &str) -> String {
    match (start, end) {
        (When::Date(start), Some(When::Date(end))) if end > start => {
            range(language, DAY, midnight(start), midnight(end))
        }
        (When::Date(start), _) => date(language, DAY, midnight(start), "UTC"),
        (When::DateTime(start), end) => {
            let hours = match end {
                Some(When::DateTime(end)) if end.instant() > start.instant() => {
                    range(language, DAY_AND_TIME, start.wall_clock(), end.wall_clock())
                }
                _ => date(language, DAY_AND_TIME, start.wall_clock(), "UTC"),
            };
            [&hours, " ", &zone_name(language, start, time_zone)].concat()
        }
    }
}

/// The last moment of a bound, in the event's zone: the day, and the hour unless the day's end is meant.
pub fn deadline(language: Language, until: DateTime, time_zone: &str) -> String {
    let instant = until.instant();
    let clock = date_formatter(FIXED, CLOCK, time_zone)
        .and_then(|formatter| call(&formatter, "format", &[milliseconds(instant)]));
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
    let name = JsString::from(date(language, MONTH, midnight(Date { year, month, day: 1 }), "UTC"));
    let first = name.slice(0, 1).to_upper_case();
    String::from(first.concat(&name.slice(1, name.length())))
}

/// `mars` or `févr.`
pub fn short_month(language: Language, day: Date) -> String {
    date(language, MONTH_NAME, midnight(day), "UTC")
}

/// `mar.`
pub fn short_weekday(language: Language, day: Date) -> String {
    date(language, WEEKDAY_NAME, midnight(day), "UTC")
}

/// What a language is called: `français`.
pub fn language_name(language: Language, tag: &str) -> String {
    formatter("DisplayNames", language.tag(), "type=language", "")
        .and_then(|names| apply(&names, "of", &Array::of1(&tag.into()))?.as_string())
        .unwrap_or_else(|| tag.to_owned())
}

/// The short name of the event's zone at that moment: `HAE`, `EDT`; the offset as written where there is no such zone.
fn zone_name(language: Language, moment: DateTime, time_zone: &str) -> String {
    let field = |part: &JsValue, name: &str| Reflect::get(part, &name.into()).ok()?.as_string();
    let parts = formatter(DATE, language.tag(), ZONE, time_zone).and_then(|formatter| {
        let moment = JsValue::from_f64(milliseconds(moment.instant()));
        apply(&formatter, "formatToParts", &Array::of1(&moment))
    });
    if let Some(parts) = parts {
        for part in Array::from(&parts).iter() {
            if field(&part, "type").as_deref() == ZONE.split_once('=').map(|(name, _)| name) {
                return field(&part, "value").unwrap_or_default();
            }
        }
    }
    When::DateTime(moment)
        .written()
        .get(19..)
        .map(|offset| ["UTC", offset].concat())
        .unwrap_or_default()
}

fn date(language: Language, options: &str, instant: Instant, time_zone: &str) -> String {
    written(language, options, time_zone, "format", &[milliseconds(instant)]).unwrap_or_default()
}

fn range(language: Language, options: &str, start: Instant, end: Instant) -> String {
    let both = [milliseconds(start), milliseconds(end)];
    // Clocks that go back can make the end stand before the start on the wall, which a range refuses.
    written(language, options, "UTC", "formatRange", &both).unwrap_or_else(|| {
        let alone = |instant| date(language, options, instant, "UTC");
        [&alone(start), " – ", &alone(end)].concat()
    })
}

fn written(language: Language, options: &str, time_zone: &str, method: &str, instants: &[f64]) -> Option<String> {
    let formatter = date_formatter(language.tag(), options, time_zone)?;
    let text = call(&formatter, method, instants)?;
    Some(match language {
        Language::French => polished(&text),
        Language::English => text,
    })
}

/// In the visitor's own zone where the browser knows no such one.
fn date_formatter(locale: &str, options: &str, time_zone: &str) -> Option<JsValue> {
    formatter(DATE, locale, options, time_zone).or_else(|| formatter(DATE, locale, options, ""))
}

/// French as it is written in Québec: `14 h`, not `14 h 00`; `1er mars`, not `1 mars`.
fn polished(text: &str) -> String {
    let replaced = |text: &JsString, pattern: &str, by: &str| text.replace_by_pattern(&RegExp::new(pattern, "gu"), by);
    let text = replaced(&text.into(), r"(\sh)\s00", "$1");
    String::from(replaced(&text, r"(?<!\d)1(?=\s(\p{L}{3}|–))", "1er"))
}

fn midnight(date: Date) -> Instant {
    Instant(date.days_since_epoch().saturating_mul(86_400_000))
}

/// A JavaScript time value: exact, for every instant of a feed is far below 2^53 milliseconds.
#[expect(clippy::cast_precision_loss, reason = "a time value is below 2^53")]
fn milliseconds(instant: Instant) -> f64 {
    instant.0 as f64
}

/// A formatter, made once for its locale and options; `None` where the browser refuses them.
fn formatter(class: &str, locale: &str, options: &str, time_zone: &str) -> Option<JsValue> {
    let key = [class, " ", locale, " ", options, " ", time_zone].concat();
    FORMATTERS.with_borrow_mut(|formatters| {
        if let Some((_, made)) = formatters.iter().find(|(other, _)| *other == key) {
            return Some(made.clone());
        }
        // Without a prototype, so that what a page adds to every object is no option.
        let object = Object::create(JsValue::NULL.unchecked_ref());
        for option in options.split_ascii_whitespace() {
            set(&object, option.split_once('=')?);
        }
        if !time_zone.is_empty() {
            set(&object, ("timeZone", time_zone));
        }
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let class = Reflect::get(&intl, &class.into()).ok()?.dyn_into::<Function>().ok()?;
        let made = Reflect::construct(&class, &Array::of2(&locale.into(), &object)).ok()?;
        formatters.push((key, made.clone()));
        Some(made)
    })
}

fn set(object: &Object, (name, value): (&str, &str)) {
    // A new, extensible object takes every member.
    let _ = Reflect::set(object, &name.into(), &value.into());
}

fn call(formatter: &JsValue, method: &str, numbers: &[f64]) -> Option<String> {
    let arguments = Array::new();
    for number in numbers {
        arguments.push(&JsValue::from_f64(*number));
    }
    apply(formatter, method, &arguments)?.as_string()
}

fn apply(formatter: &JsValue, method: &str, arguments: &Array) -> Option<JsValue> {
    let method = Reflect::get(formatter, &method.into())
        .ok()?
        .dyn_into::<Function>()
        .ok()?;
    method.apply(formatter, arguments).ok()
}
