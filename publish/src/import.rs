//! Publish: a source's bytes → drafts of events and the problems met on the way. What is good is kept.

pub mod columns;
pub mod csv;
pub mod date;
pub mod feed;
pub mod ics;
pub mod json_ld;
pub mod money;
pub mod recurrence;
pub mod table;
pub mod tokens;
pub mod tribe;

use std::fmt;

use joint_events_model::Currency;
use joint_events_model::time::Instant;
use serde::Deserialize;
use serde_json::Value;

use crate::draft::{Drafts, Loss, Members, Problem, put};
use crate::zone::{Meaning, WallClock, Zone};
use date::DateOrder;

/// What a source is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A table: the template in either language, or The Events Calendar's export.
    Csv,
    /// iCalendar (RFC 5545).
    Ics,
    /// The Events Calendar's REST answers.
    Tribe,
    /// schema.org events: an HTML page, or JSON-LD alone.
    JsonLd,
    /// A joint-events feed.
    Feed,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Csv => "csv",
            Self::Ics => "ics",
            Self::Tribe => "tribe",
            Self::JsonLd => "json-ld",
            Self::Feed => "feed",
        })
    }
}

/// What is told about a source that it doesn't say itself.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The association whose events these are.
    pub organizer: Option<String>,
    /// BCP 47 language of the texts that carry none; French where nothing says it.
    pub language: Option<String>,
    /// The zone of floating times and bad zones.
    pub time_zone: Option<Zone>,
    /// The order of dates that are all digits.
    pub date_order: Option<DateOrder>,
    /// The currency of amounts that carry none.
    pub currency: Currency,
    /// Now.
    pub now: Instant,
    /// How many months from now on a series gives its occurrences.
    pub horizon_months: u32,
}

impl Settings {
    /// Nothing told, at a moment.
    pub fn at(now: Instant) -> Self {
        Self {
            organizer: None,
            language: None,
            time_zone: None,
            date_order: None,
            currency: Currency::CAD,
            now,
            horizon_months: 18,
        }
    }

    /// The language of texts that carry none.
    pub fn language(&self) -> &str {
        self.language.as_deref().unwrap_or("fr")
    }

    /// Puts the organizer that was told, where the source names none.
    pub(crate) fn put_organizer(&self, event: &mut Members) {
        if let Some(organizer) = &self.organizer {
            event
                .entry("organizers")
                .or_insert_with(|| Value::from(vec![organizer.clone()]));
        }
    }
}

/// Why nothing of a source could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

impl Unreadable {
    pub(crate) fn new(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            expected: expected.into(),
            found: found.into(),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for Unreadable {}

/// Reads a source in the format that is named, else in the one that its content shows.
///
/// # Errors
/// Only where nothing can be read: the text is of no known format, or not of the one that is named.
///
/// ```
/// use joint_events_model::time::Instant;
/// use joint_events_publish::import::{import, Settings};
///
/// let table = "titre_fr;debut\nGala;2027-03-09\n";
/// let drafts = import(table.as_bytes(), None, &Settings::at(Instant(0)))?;
/// assert_eq!(drafts.events[0].event["start"], "2027-03-09");
/// # Ok::<(), joint_events_publish::import::Unreadable>(())
/// ```
pub fn import(bytes: &[u8], format: Option<Format>, settings: &Settings) -> Result<Drafts, Unreadable> {
    let text = decoded(bytes);
    let format = match format {
        Some(format) => format,
        None => detect(&text).ok_or_else(|| {
            Unreadable::new(
                "a table with the template's headers, iCalendar, The Events Calendar's JSON, JSON-LD, HTML or a feed",
                beginning(&text),
            )
        })?,
    };
    match format {
        Format::Csv => csv::read(&text, settings),
        Format::Ics => ics::read(&text, settings),
        Format::Tribe => tribe::read(&text, settings),
        Format::JsonLd => json_ld::read(&text, settings),
        Format::Feed => feed::read(&text, settings),
    }
}

/// The text of bytes: by their byte-order mark, else UTF-8, else Windows-1252.
pub fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

/// The format that a text's content shows.
pub fn detect(text: &str) -> Option<Format> {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if start
        .get(..15)
        .is_some_and(|first| first.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
    {
        return Some(Format::Ics);
    }
    if start.starts_with(['{', '[']) {
        return match serde_json::from_str::<Value>(start) {
            Ok(document) => detect_json(&document),
            Err(_) => None,
        };
    }
    if start.starts_with('<') {
        return Some(Format::JsonLd);
    }
    table::table(text).ok().filter(csv::knows).map(|_| Format::Csv)
}

fn detect_json(document: &Value) -> Option<Format> {
    if document.get("format").and_then(Value::as_str) == Some("joint-events") {
        return Some(Format::Feed);
    }
    let first = document.as_array().map_or(Some(document), |items| items.first())?;
    let has = |name: &str| first.get(name).is_some();
    if has("@type") || has("@graph") || has("@context") {
        Some(Format::JsonLd)
    } else if has("events") || has("start_date") {
        Some(Format::Tribe)
    } else {
        None
    }
}

/// The first words of a text, for a problem.
pub(crate) fn beginning(text: &str) -> String {
    quoted(text.get(..).unwrap_or_default())
}

/// A text in quotes, cut to a readable length.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", joint_events_model::text::clean_line(text, 60).0)
}

/// JSON text, or where it breaks.
pub(crate) fn json<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Unreadable> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let found = format!("a fault at line {}, column {}", error.line(), error.column());
        Unreadable::new("JSON text", found)
    })
}

/// The RFC 3339 text of a wall clock's reading in a zone; without a zone the reading alone.
///
/// # Errors
/// What was expected and found, where the reading does not exist there, or exists twice.
pub(crate) fn in_zone(clock: WallClock, zone: Option<&Zone>) -> Result<String, (String, String)> {
    let Some(zone) = zone else {
        let text = clock.at(0).to_string();
        return Ok(text.trim_end_matches('Z').to_owned());
    };
    match zone.meaning(clock) {
        Meaning::Moment(moment) => Ok(moment.to_string()),
        Meaning::Gap => Err((
            format!("a time that exists in {}", zone.canonical()),
            format!("{clock}, which the clocks skip"),
        )),
        Meaning::Fold => Err((
            format!(
                "a time that exists once in {}, or one with its offset",
                zone.canonical()
            ),
            format!("{clock}, which the clocks repeat"),
        )),
    }
}

/// Puts a link, or notes that it is none.
pub(crate) fn link(text: &str, path: &str, problems: &mut Vec<Problem>) -> Option<String> {
    let link = joint_events_model::link::Link::parse(text);
    if link.is_none() {
        let expected = "an https: link without user information";
        problems.push(Problem::new(Loss::Slight, path, expected, quoted(text)));
    }
    link.map(|link| link.as_str().to_owned())
}

/// Puts the zone of an event, by its canonical name.
pub(crate) fn put_zone(event: &mut Members, zone: Option<&Zone>) {
    if let Some(zone) = zone {
        put(event, "timeZone", zone.canonical());
    }
}
