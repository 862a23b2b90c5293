//! View: money, dates and names of languages, as the browser's `Intl` says them. No other file calls it.

use std::cell::RefCell;

use joint_events_model::time::{Date, DateTime, Instant, When};
use joint_events_model::{Currency, Money};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::view::strings::Language;

const DAY: &[(&str, &str)] = &[
    ("weekday", "long"),
    ("day", "numeric"),
    ("month", "long"),
    ("year", "numeric"),
];
const DAY_AND_TIME: &[(&str, &str)] = &[
    ("weekday", "long"),
    ("day", "numeric"),
    ("month", "long"),
    ("year", "numeric"),
    ("hour", "numeric"),
    ("minute", "2-digit"),
];
const SHORT_DAY: &[(&str, &str)] = &[("day", "numeric"), ("month", "long")];
const SHORT_DAY_AND_TIME: &[(&str, &str)] = &[
    ("day", "numeric"),
    ("month", "long"),
    ("hour", "numeric"),
    ("minute", "2-digit"),
];
const CLOCK: &[(&str, &str)] = &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
const ZONE: &[(&str, &str)] = &[("timeZoneName", "short")];
const MONTH: &[(&str, &str)] = &[("month", "long"), ("year", "numeric")];
const MONTH_NAME: &[(&str, &str)] = &[("month", "short")];
const WEEKDAY_NAME: &[(&str, &str)] = &[("weekday", "short")];

thread_local! {
    // Making a formatter costs a hundred times what using one does.
    static FORMATTERS: RefCell<Vec<(String, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// An amount: whole ones in Canadian dollars without cents (`495 $`, `$495`), other currencies as `Intl` prints them.
pub fn money(language: Language, money: Money) -> String {
    let whole = money.minor.is_multiple_of(100);
    let currency = money.currency.as_str();
    let mut options = vec![("style", "currency"), ("currency", currency)];
    if money.currency == Currency::CAD {
        options.push(("currencyDisplay", "narrowSymbol"));
    }
    let digits: &[(&str, f64)] = if whole {
        &[("minimumFractionDigits", 0.0), ("maximumFractionDigits", 0.0)]
    } else {
        &[]
    };
    let units = f64::from(money.minor) / 100.0;
    formatter("NumberFormat", language.tag(), &options, digits)
        .and_then(|formatter| call(&formatter, "format", &[units.into()]))
        .unwrap_or_else(|| format!("{} {currency}", money.decimal()))
}

/// The days and hours that an event takes, on its own wall: `mardi 9 mars 2027, 14 h 30 – 17 h HAE`.
pub fn span(language: Language, start: When, end: Option<When>, time_zone: &str) -> String {
    match (start, end) {
        (When::Date(start), Some(When::Date(end))) if end > start => {
            range(language, DAY, midnight(start), midnight(end))
        }
        (When::Date(start), _) => date(language, DAY, midnight(start), "UTC"),
        (When::DateTime(start), end) => {
            let zone = zone_name(language, start, time_zone);
            let hours = match end {
                Some(When::DateTime(end)) if end.instant() > start.instant() => {
                    range(language, DAY_AND_TIME, start.wall_clock(), end.wall_clock())
                }
                _ => date(language, DAY_AND_TIME, start.wall_clock(), "UTC"),
            };
            format!("{hours} {zone}")
        }
    }
}

/// The last moment of a bound, in the event's zone: the day, and the hour unless the day's end is meant.
pub fn deadline(language: Language, until: DateTime, time_zone: &str) -> String {
    let clock = date(Language::French, CLOCK, until.instant(), time_zone);
    let to_the_end = clock.contains("23") && clock.contains("59");
    date(
        language,
        if to_the_end { SHORT_DAY } else { SHORT_DAY_AND_TIME },
        until.instant(),
        time_zone,
    )
}

/// A moment's day and hour where the visitor is.
pub fn local(language: Language, instant: Instant) -> String {
    date(language, DAY_AND_TIME, instant, "")
}

/// `mars 2027`, with a capital where it heads a list.
pub fn month(language: Language, year: i32, month: u8) -> String {
    let name = date(language, MONTH, midnight(Date { year, month, day: 1 }), "UTC");
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
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
    formatter("DisplayNames", language.tag(), &[("type", "language")], &[])
        .and_then(|names| call(&names, "of", &[tag.into()]))
        .unwrap_or_else(|| tag.to_owned())
}

/// The short name of the event's zone at that moment: `HAE`, `EDT`; the offset as written where there is no such zone.
fn zone_name(language: Language, moment: DateTime, time_zone: &str) -> String {
    let mut options = ZONE.to_vec();
    options.push(("timeZone", time_zone));
    let parts = formatter("DateTimeFormat", language.tag(), &options, &[]).and_then(|formatter| {
        let method = Reflect::get(&formatter, &"formatToParts".into())
            .ok()?
            .dyn_into::<Function>()
            .ok()?;
        method
            .call1(&formatter, &milliseconds(moment.instant()))
            .ok()?
            .dyn_into::<Array>()
            .ok()
    });
    let field = |part: &JsValue, name: &str| {
        Reflect::get(part, &name.into())
            .ok()
            .and_then(|value| value.as_string())
    };
    let name = parts.and_then(|parts| {
        let part = parts
            .iter()
            .find(|part| field(part, "type").as_deref() == Some("timeZoneName"))?;
        field(&part, "value")
    });
    name.unwrap_or_else(|| {
        let minutes = moment.offset.unsigned_abs();
        let sign = if moment.offset < 0 { '−' } else { '+' };
        format!("UTC{sign}{}:{:02}", minutes / 60, minutes % 60)
    })
}

fn date(language: Language, options: &[(&str, &str)], instant: Instant, time_zone: &str) -> String {
    date_formatter(language, options, time_zone)
        .and_then(|formatter| call(&formatter, "format", &[milliseconds(instant)]))
        .map(|text| polish(language, text))
        .unwrap_or_default()
}

fn range(language: Language, options: &[(&str, &str)], start: Instant, end: Instant) -> String {
    date_formatter(language, options, "UTC")
        .and_then(|formatter| call(&formatter, "formatRange", &[milliseconds(start), milliseconds(end)]))
        .map(|text| polish(language, text))
        // Clocks that go back can make the end stand before the start on the wall, which a range refuses.
        .unwrap_or_else(|| {
            [start, end]
                .map(|instant| date(language, options, instant, "UTC"))
                .join(" – ")
        })
}

fn date_formatter(language: Language, options: &[(&str, &str)], time_zone: &str) -> Option<JsValue> {
    let mut options = options.to_vec();
    if !time_zone.is_empty() {
        options.push(("timeZone", time_zone));
    }
    formatter("DateTimeFormat", language.tag(), &options, &[])
        .or_else(|| formatter("DateTimeFormat", language.tag(), options.split_last()?.1, &[]))
}

/// French as it is written in Québec: `14 h`, not `14 h 00`; `1er mars`, not `1 mars`.
fn polish(language: Language, text: String) -> String {
    match language {
        Language::English => text,
        Language::French => {
            let text = text.replace("\u{a0}h\u{a0}00", "\u{a0}h").replace(" h 00", " h");
            let mut polished = String::with_capacity(text.len());
            let mut words = text.split(' ').peekable();
            while let Some(word) = words.next() {
                let month_follows = words
                    .peek()
                    .is_some_and(|next| next.chars().all(char::is_alphabetic) && next.len() > 2);
                polished.push_str(if word == "1" && month_follows { "1er" } else { word });
                if words.peek().is_some() {
                    polished.push(' ');
                }
            }
            polished
        }
    }
}

fn midnight(date: Date) -> Instant {
    Instant(date.days_since_epoch().saturating_mul(86_400_000))
}

/// A JavaScript time value: exact, for every instant of a feed is far below 2^53 milliseconds.
#[expect(clippy::cast_precision_loss, reason = "a time value is below 2^53")]
fn milliseconds(instant: Instant) -> JsValue {
    JsValue::from_f64(instant.0 as f64)
}

/// A formatter, made once for its locale and options; `None` where the browser refuses them.
fn formatter(class: &str, locale: &str, words: &[(&str, &str)], numbers: &[(&str, f64)]) -> Option<JsValue> {
    let mut key = format!("{class} {locale}");
    words
        .iter()
        .for_each(|(name, value)| key.extend([" ", name, "=", value]));
    numbers.iter().for_each(|(name, _)| key.extend([" ", name]));
    let made = FORMATTERS.with_borrow(|formatters| {
        formatters
            .iter()
            .find(|(other, _)| *other == key)
            .map(|(_, formatter)| formatter.clone())
    });
    if made.is_some() {
        return made;
    }
    let options = Object::new();
    for (name, value) in words {
        Reflect::set(&options, &(*name).into(), &(*value).into()).ok()?;
    }
    for (name, value) in numbers {
        Reflect::set(&options, &(*name).into(), &(*value).into()).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class = Reflect::get(&intl, &class.into()).ok()?.dyn_into::<Function>().ok()?;
    let made = Reflect::construct(&class, &Array::of2(&locale.into(), &options)).ok()?;
    FORMATTERS.with_borrow_mut(|formatters| formatters.push((key, made.clone())));
    Some(made)
}

fn call(formatter: &JsValue, method: &str, arguments: &[JsValue]) -> Option<String> {
    let method = Reflect::get(formatter, &method.into())
        .ok()?
        .dyn_into::<Function>()
        .ok()?;
    let arguments: Array = arguments.iter().collect();
    method.apply(formatter, &arguments).ok()?.as_string()
}
