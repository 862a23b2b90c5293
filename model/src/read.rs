//! Model: a feed's JSON text → a [`Feed`] and the problems met on the way. What is good is kept.
//!
//! A [`Reader`] does it bit by bit, for who must not be kept from other things meanwhile; [`read`] does it at once.

mod event;
mod object;

use std::borrow::Cow;
use std::fmt;
use std::mem;

use crate::decimal::decimal;
use crate::ids::Ids;
use crate::json::{Fault, Json, Outline};
use crate::problem::Problem;
use crate::text::{LABEL, TITLE};
use crate::{Association, Currency, Feed, Term};
pub use object::is_id;
use object::{Lost, Object, Place, Report, Shape, describe};

/// Longest text that is read as a feed, in octets: 16 MiB.
pub const LONGEST_FEED: usize = 16 << 20;

/// The list that is read item by item.
const EVENTS: &str = "events";

/// What looking up an event's other ids counts for, in octets that are read.
const LOOK_UP: usize = 32;

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
    /// Whether an event is told to be the same as another of this feed: see [`crate::merge`].
    pub has_twins: bool,
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
    let mut reader = Reader::default();
    loop {
        if let Some(outcome) = reader.step(text, usize::MAX) {
            return outcome;
        }
    }
}

/// How far a feed was read that is read bit by bit, with the outcome of [`read`].
///
/// ```
/// use joint_events_model::read::{Reader, read};
///
/// let text = r#"{"format": "joint-events", "version": "1.0", "events": []}"#;
/// let mut reader = Reader::default();
/// let outcome = loop {
///     if let Some(outcome) = reader.step(text, 16) {
///         break outcome;
///     }
/// };
/// assert_eq!(outcome, read(text));
/// ```
#[derive(Default)]
pub struct Reader {
    outline: Outline,
    /// What was read, once the text was checked and all was read but the events.
    feed: Option<Feed>,
    report: Report,
    /// How often each id was met.
    met: Ids<'static>,
    /// How many items of the list of events were read.
    read: usize,
    /// Of how many events it was looked up whether they have a twin, and whether one has.
    looked_up: usize,
    has_twins: bool,
}

impl Reader {
    /// Goes on in the same text, over about so many octets, and tells the outcome once there is one: then it has ended.
    ///
    /// The text is checked first and read after that. Never parted are one event, all that stands beside the events,
    /// and a text that is no JSON object.
    pub fn step(&mut self, text: &str, octets: usize) -> Option<Result<Reading, ReadError>> {
        if self.feed.is_some() {
            self.read_events(text, octets)
        } else {
            self.check(text, octets).err().map(Err)
        }
    }

    fn check(&mut self, text: &str, octets: usize) -> Result<(), ReadError> {
        if text.len() > LONGEST_FEED {
            let at_most = ["at most ", &decimal(LONGEST_FEED), " octets"].concat();
            let found = [&decimal(text.len()), " octets"].concat();
            return Err(unreadable("", &at_most, found));
        }
        if !self.outline.check(text, EVENTS, octets).map_err(no_json)? {
            return Ok(());
        }
        let document = self.outline.document(text);
        if !matches!(document, Json::Object(_)) {
            return Err(unreadable("", "a JSON object", describe(Some(document))));
        }
        let document = Object {
            members: self.outline.members(text),
            place: Place::Document,
        };
        check_format(&document)?;
        let events = document.member(EVENTS);
        if !matches!(events, Some(Json::Array(_))) {
            return Err(unreadable(EVENTS, "an array of events", describe(events)));
        }
        self.feed = Some(all_but_events(&document, &mut self.report));
        let count = self.outline.count();
        if count > MOST_EVENTS {
            self.report
                .too_many(&document.place(EVENTS), MOST_EVENTS, EVENTS, count);
        }
        Ok(())
    }

    fn read_events(&mut self, text: &str, octets: usize) -> Option<Result<Reading, ReadError>> {
        let feed = self.feed.as_mut()?;
        let mut left = octets;
        while self.read < MOST_EVENTS
            && let Some(written) = self.outline.item(text, self.read)
        {
            read_event(Json::of(written), self.read, feed, &mut self.met, &mut self.report);
            self.read = self.read.wrapping_add(1);
            left = left.saturating_sub(written.len());
            if left == 0 {
                return None;
            }
        }
        while let Some(event) = feed.events.get(self.looked_up) {
            for id in &event.same_as {
                self.has_twins |= *id != event.id && self.met.number(id).is_some();
            }
            self.looked_up = self.looked_up.wrapping_add(1);
            left = left.saturating_sub(LOOK_UP);
            if left == 0 {
                return None;
            }
        }
        let skipped = self.outline.count().saturating_sub(feed.events.len());
        let problems = mem::take(&mut self.report.problems);
        if feed.events.is_empty() && skipped > 0 && !problems.is_empty() {
            return Some(Err(no_event(skipped, &problems)));
        }
        Some(Ok(Reading {
            feed: self.feed.take()?,
            problems,
            skipped,
            has_twins: self.has_twins,
        }))
    }
}

fn no_json(Fault { line, column }: Fault) -> ReadError {
    let found = ["a fault at line ", &decimal(line), ", column ", &decimal(column)].concat();
    unreadable("", "JSON text", found)
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

fn all_but_events(document: &Object, report: &mut Report) -> Feed {
    report.languages = document.tokens("languages", object::LANGUAGE, &object::is_language, report);
    let currency = document.parsed("currency", object::CURRENCY, Currency::new, report);
    let time_zone = document.parsed("timeZone", "an IANA time zone", object::time_zone, report);
    Feed {
        title: document.text("title", Shape::Line(TITLE), report),
        url: document.links("url", report),
        calendar_url: document.links("calendarUrl", report),
        time_zone: time_zone.ok().flatten().unwrap_or_else(|| "America/Toronto".to_owned()),
        currency: currency.ok().flatten().unwrap_or(Currency::CAD),
        languages: report.languages.clone(),
        associations: associations(document, report),
        provinces: terms(document, "provinces", report),
        themes: terms(document, "themes", report),
        audiences: terms(document, "audiences", report),
        events: Vec::new(),
    }
}

fn read_event(item: Json, number: usize, feed: &mut Feed, met: &mut Ids, report: &mut Report) {
    let place = Place::Member(&Place::Document, EVENTS);
    let place = Place::Item(&place, number);
    let Ok(object) = Object::of(item, place, report) else {
        return;
    };
    let Ok(mut event) = event::event(&object, feed, report) else {
        return;
    };
    let times = met.number(&event.id).unwrap_or(0).saturating_add(1);
    if times > 1 {
        report.repeated(&place, &event.id);
        // `~` stands in no id, so the key is no other event's.
        event.key = [&event.id, "~", &decimal(times)].concat();
    }
    met.insert(Cow::from(event.id.clone()), times);
    feed.events.push(event);
}

fn no_event(skipped: usize, problems: &[Problem]) -> ReadError {
    let at_event = problems.iter().find(|problem| problem.path.starts_with("events["));
    let first = at_event.map_or_else(String::new, |problem| [" (", &problem.sentence(), ")"].concat());
    unreadable(
        EVENTS,
        "at least one event that can be read",
        ["none among ", &decimal(skipped), &first].concat(),
    )
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
            url: object.links("url", report),
            join_url: object.links("joinUrl", report),
            color: object
                .parsed("color", "a colour such as \"#00587C\"", object::color, report)
                .unwrap_or(None),
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
