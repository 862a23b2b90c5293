//! Model: a feed's JSON text → a [`Feed`] and the problems met on the way. What is good is kept.

mod event;
mod object;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use crate::problem::Problem;
use crate::text::{LABEL, TITLE};
use crate::{Association, Currency, Feed, Term};
pub use object::is_id;
use object::{Lost, Object, Place, Report, Shape, describe};

/// Longest text that is read as a feed, in octets: 16 MiB.
pub const LONGEST_FEED: usize = 16 << 20;

/// Most events that are read from one feed.
pub const MOST_EVENTS: usize = 10_000;

/// What reading a feed gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// All that was good.
    pub feed: Feed,
    /// All that was left out or not understood, in the order of the document.
    pub problems: Vec<Problem>,
    /// How many events were left out.
    pub skipped: usize,
}

/// Why a text is not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The text is no joint-events feed, or nothing in it can be shown.
    Format(Problem),
    /// It is one of a major version that this reader does not know.
    Version(Problem),
}

impl ReadError {
    /// What was expected and found, and where.
    pub fn problem(&self) -> &Problem {
        match self {
            Self::Format(problem) | Self::Version(problem) => problem,
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem().fmt(f)
    }
}

impl std::error::Error for ReadError {}

/// Reads a feed (format `joint-events`, any version 1.x).
///
/// Every fault costs the smallest thing that holds it and is told in [`Reading::problems`] with its path.
///
/// # Errors
/// Only where nothing can be read: the text is longer than [`LONGEST_FEED`], is no JSON object, has another `format`
/// or major `version`, has no list of events, or not one of its events is good.
///
/// ```
/// use joint_events_model::read::{read, ReadError};
///
/// let error = read(r#"{"format": "joint-events", "version": "2.0"}"#).unwrap_err();
/// assert_eq!(error.to_string(), r#"version: expected "1.x", found "2.0""#);
/// assert!(matches!(error, ReadError::Version(_)));
/// ```
pub fn read(text: &str) -> Result<Reading, ReadError> {
    if text.len() > LONGEST_FEED {
        let found = format!("{} octets", text.len());
        return Err(ReadError::Format(Problem::new(
            "",
            format!("at most {LONGEST_FEED} octets"),
            found,
        )));
    }
    let text = without_lone_surrogates(text.trim_start_matches('\u{feff}'));
    let document: Value = serde_json::from_str(&text).map_err(|error| {
        // serde_json's own words would bring all its messages into the binary: the place is what helps.
        let found = format!("a fault at line {}, column {}", error.line(), error.column());
        ReadError::Format(Problem::new("", "JSON text", found))
    })?;
    let Value::Object(members) = &document else {
        return Err(ReadError::Format(Problem::new(
            "",
            "a JSON object",
            describe(Some(&document)),
        )));
    };
    let document = Object {
        members,
        place: Place::Document,
    };
    check_format(&document)?;
    read_document(&document)
}

fn check_format(document: &Object) -> Result<(), ReadError> {
    let format = document.member("format");
    if format.and_then(Value::as_str) != Some("joint-events") {
        return Err(ReadError::Format(Problem::new(
            "format",
            "\"joint-events\"",
            describe(format),
        )));
    }
    let version = document.member("version");
    let minor = version
        .and_then(Value::as_str)
        .and_then(|version| version.strip_prefix("1."));
    if !minor.is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(ReadError::Version(Problem::new(
            "version",
            "\"1.x\"",
            describe(version),
        )));
    }
    Ok(())
}

fn read_document(document: &Object) -> Result<Reading, ReadError> {
    let mut report = Report::default();
    report.languages = document.tokens("languages", "a BCP 47 language tag", object::is_language, &mut report);
    let currency = document.parsed(
        "currency",
        "an ISO 4217 code such as \"CAD\"",
        Currency::new,
        &mut report,
    );
    let time_zone = document.parsed("timeZone", "an IANA time zone", object::time_zone, &mut report);
    let mut feed = Feed {
        title: document.text("title", Shape::Line(TITLE), &mut report),
        url: document.links("url", &mut report),
        calendar_url: document.links("calendarUrl", &mut report),
        time_zone: time_zone.ok().flatten().unwrap_or_else(|| "America/Toronto".to_owned()),
        currency: currency.ok().flatten().unwrap_or(Currency::CAD),
        languages: report.languages.clone(),
        associations: associations(document, &mut report),
        provinces: terms(document, "provinces", &mut report),
        themes: terms(document, "themes", &mut report),
        audiences: terms(document, "audiences", &mut report),
        events: Vec::new(),
    };
    let skipped = read_events(document, &mut feed, &mut report)?;
    Ok(Reading {
        feed,
        problems: report.problems,
        skipped,
    })
}

fn read_events(document: &Object, feed: &mut Feed, report: &mut Report) -> Result<usize, ReadError> {
    let found = document.member("events");
    let Some(Value::Array(items)) = found else {
        return Err(ReadError::Format(Problem::new(
            "events",
            "an array of events",
            describe(found),
        )));
    };
    let place = document.place("events");
    if items.len() > MOST_EVENTS {
        report.add(
            &place,
            &format!("at most {MOST_EVENTS} events"),
            format!("{}", items.len()),
        );
    }
    let mut keys = Keys::default();
    for (number, item) in items.iter().enumerate().take(MOST_EVENTS) {
        let place = Place::Item(&place, number);
        let Ok(mut event) = Object::of(item, place, report).and_then(|object| event::event(&object, feed, report))
        else {
            continue;
        };
        if let Some(key) = keys.another(&event.id) {
            report.add(
                &Place::Member(&place, "id"),
                "an id of its own",
                format!("\"{}\" a second time", event.id),
            );
            event.key = key;
        }
        feed.events.push(event);
    }
    let skipped = items.len().saturating_sub(feed.events.len());
    match report.problems.first() {
        Some(_) if feed.events.is_empty() && skipped > 0 => {
            let at_event = report
                .problems
                .iter()
                .find(|problem| problem.path.starts_with("events["));
            let first = at_event.map_or_else(String::new, |problem| format!(" ({problem})"));
            let found = format!("none among {skipped}{first}");
            Err(ReadError::Format(Problem::new(
                "events",
                "at least one event that can be read",
                found,
            )))
        }
        _ => Ok(skipped),
    }
}

/// The keys that are taken, so that a repeated id gets one of its own.
#[derive(Default)]
struct Keys {
    taken: BTreeSet<String>,
    repeats: BTreeMap<String, usize>,
}

impl Keys {
    /// Takes the id as a key, or gives another key where it is taken.
    fn another(&mut self, id: &str) -> Option<String> {
        if self.taken.insert(id.to_owned()) {
            return None;
        }
        let repeats = self.repeats.entry(id.to_owned()).or_insert(1);
        *repeats = repeats.saturating_add(1);
        // `~` stands in no id, so the key is no other event's.
        Some(format!("{id}~{repeats}"))
    }
}

fn associations(document: &Object, report: &mut Report) -> Vec<Association> {
    let mut kept: Vec<Association> = Vec::new();
    let mut met = BTreeSet::new();
    document.each("associations", report, |object, report| {
        let id = object.id("id", report)?;
        if met.contains(&id) {
            report.add(
                &object.place("id"),
                "an id of its own",
                format!("\"{id}\" a second time"),
            );
            return Err(Lost);
        }
        let name = object.required_text("name", LABEL, report)?;
        met.insert(id.clone());
        kept.push(Association {
            id,
            name,
            short_name: object.line("shortName", LABEL, report),
            region: object
                .parsed("region", object::REGION, object::region, report)
                .unwrap_or(None),
            url: object.links("url", report),
            join_url: object.links("joinUrl", report),
            color: object
                .parsed("color", "a colour such as \"#00587C\"", object::color, report)
                .unwrap_or(None),
            logo: object.image("logo", report),
        });
        Ok(())
    });
    kept
}

fn terms(document: &Object, name: &str, report: &mut Report) -> Vec<Term> {
    let mut kept: Vec<Term> = Vec::new();
    let mut met = BTreeSet::new();
    document.each(name, report, |object, report| {
        let id = object.line("id", LABEL, report);
        let id = object.required(id, "id", "a string", report)?;
        if met.contains(&id) {
            report.add(
                &object.place("id"),
                "an id of its own",
                format!("\"{id}\" a second time"),
            );
            return Err(Lost);
        }
        let label = object.required_text("label", LABEL, report)?;
        met.insert(id.clone());
        kept.push(Term { id, label });
        Ok(())
    });
    kept
}

/// The text without escaped halves of surrogate pairs (RFC 8259, section 8.2), each of which would cost the whole text.
fn without_lone_surrogates(text: &str) -> Cow<'_, str> {
    if !text.contains("\\ud") && !text.contains("\\uD") {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        kept.push_str(before);
        let length = match (escaped_unit(escape), escape.get(6..).and_then(escaped_unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (Some(_), _) => 6,
            // The escaped character goes along, so that `\\` does not open an escape of its own.
            (None, _) => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        kept.push_str(escape);
        rest = after;
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// The UTF-16 code unit of a `\uXXXX` escape that the text begins with.
fn escaped_unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}
