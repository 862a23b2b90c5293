//! Model: a feed's JSON text → a [`Feed`] and the problems met on the way. What is good is kept.

mod event;
mod object;

use std::borrow::Cow;
use std::fmt;

use crate::decimal::decimal;
use crate::ids::Ids;
use crate::json::{Fault, Json};
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
        f.write_str(&self.problem().sentence())
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
        let at_most = ["at most ", &decimal(LONGEST_FEED), " octets"].concat();
        let found = [&decimal(text.len()), " octets"].concat();
        return Err(unreadable("", &at_most, found));
    }
    let mut text = text;
    while let Some(rest) = text.strip_prefix('\u{feff}') {
        text = rest;
    }
    let document = Json::parse(text).map_err(|Fault { line, column }| {
        let found = ["a fault at line ", &decimal(line), ", column ", &decimal(column)].concat();
        unreadable("", "JSON text", found)
    })?;
    if !matches!(document, Json::Object(_)) {
        return Err(unreadable("", "a JSON object", describe(Some(document))));
    }
    let document = Object {
        members: document.members(),
        place: Place::Document,
    };
    check_format(&document)?;
    read_document(&document)
}

fn unreadable(path: &str, expected: &str, found: String) -> ReadError {
    ReadError::Format(Problem::new(path, expected, found))
}

fn check_format(document: &Object) -> Result<(), ReadError> {
    let format = document.member("format");
    if format.and_then(Json::text).as_deref() != Some("joint-events") {
        return Err(unreadable("format", "\"joint-events\"", describe(format)));
    }
    let version = document.member("version");
    let written = version.and_then(Json::text).unwrap_or_default();
    let minor = written.strip_prefix("1.").unwrap_or_default();
    if minor.is_empty() || !minor.bytes().all(|byte| byte.is_ascii_digit()) {
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
    report.languages = document.tokens("languages", object::LANGUAGE, &object::is_language, &mut report);
    let currency = document.parsed("currency", object::CURRENCY, Currency::new, &mut report);
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
    let Some(items) = found.and_then(Json::items) else {
        return Err(unreadable("events", "an array of events", describe(found)));
    };
    let place = document.place("events");
    if items.len() > MOST_EVENTS {
        report.too_many(&place, MOST_EVENTS, "events", items.len());
    }
    let mut keys = Ids::default();
    for (number, item) in items.iter().enumerate().take(MOST_EVENTS) {
        let place = Place::Item(&place, number);
        let Ok(object) = Object::of(*item, place, report) else {
            continue;
        };
        let Ok(mut event) = event::event(&object, feed, report) else {
            continue;
        };
        let times = keys.number(&event.id).unwrap_or(0).saturating_add(1);
        if times > 1 {
            report.repeated(&place, &event.id);
            // `~` stands in no id, so the key is no other event's.
            event.key = [&event.id, "~", &decimal(times)].concat();
        }
        keys.insert(Cow::from(event.id.clone()), times);
        feed.events.push(event);
    }
    let skipped = items.len().saturating_sub(feed.events.len());
    if !feed.events.is_empty() || skipped == 0 || report.problems.is_empty() {
        return Ok(skipped);
    }
    let at_event = report
        .problems
        .iter()
        .find(|problem| problem.path.starts_with("events["));
    let first = at_event.map_or_else(String::new, |problem| [" (", &problem.sentence(), ")"].concat());
    Err(unreadable(
        "events",
        "at least one event that can be read",
        ["none among ", &decimal(skipped), &first].concat(),
    ))
}

fn associations(document: &Object, report: &mut Report) -> Vec<Association> {
    let mut kept: Vec<Association> = Vec::new();
    let mut met = Ids::default();
    document.each("associations", report, &mut |object, report| {
        let id = object.id("id", report)?;
        if met.number(&id).is_some() {
            report.repeated(&object.place, &id);
            return Err(Lost);
        }
        let name = object.required_text("name", LABEL, report)?;
        met.insert(Cow::from(id.clone()), 0);
        kept.push(Association {
            id,
            name,
            short_name: object.line("shortName", LABEL, report),
            region: object.region("region", report),
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
    let mut met = Ids::default();
    document.each(name, report, &mut |object, report| {
        let id = object.required_line("id", report)?;
        if met.number(&id).is_some() {
            report.repeated(&object.place, &id);
            return Err(Lost);
        }
        let label = object.required_text("label", LABEL, report)?;
        met.insert(Cow::from(id.clone()), 0);
        kept.push(Term { id, label });
        Ok(())
    });
    kept
}
