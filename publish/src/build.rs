//! Publish: a whole build: sources and overlays → the files of a feed, or the reasons why nothing is written.

mod gather;
mod keep;

use std::path::{Path, PathBuf};

use joint_events_model::read::read;
use joint_events_model::time::{DateTime, Instant, Span, When};
use joint_events_words::strings::Language;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::config::{Config, beside};
use crate::draft::Members;
use crate::finding::{Finding, Severity};
use crate::import::Unreadable;
use crate::import::feed::version;
use crate::zone::Zone;
use crate::{calendar, input, json_ld, lint, list, write};
use gather::{Gathered, gather};
use keep::{Former, keep};

/// How many days an event stays after its end.
const STAYS: i64 = 30;

/// What a build is told beside its configuration.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder to write to, in place of the configuration's.
    pub out: Option<PathBuf>,
    /// The feed that is published now, in place of the one in the folder: a file or an address.
    pub previous: Option<String>,
    /// Whether upcoming events may go.
    pub removals: Removals,
    /// Whether an error keeps everything from being written.
    pub profile: Profile,
    /// Now.
    pub now: Instant,
}

/// Whether events that are yet to come may go from a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removals {
    /// They may.
    Allowed,
    /// Nothing is written where one would.
    Refused,
}

/// What an error in an event costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// That event.
    Lenient,
    /// The build.
    Strict,
}

/// What a build found, and wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How many events are published.
    pub events: usize,
    /// Each source, in the configuration's order.
    pub sources: Vec<SourceReport>,
    /// All that was found, in the order in which it was met.
    pub findings: Vec<Finding>,
}

/// What one source gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceReport {
    /// Its id.
    pub id: String,
    /// Whether it could be read.
    pub read: bool,
    /// How many events it gave.
    pub events: usize,
    /// How many findings are its own.
    pub findings: usize,
    /// How many events stand as they were published before.
    pub previous_kept: usize,
}

/// How a build ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All is written.
    Whole,
    /// It is written without the events of a source that could not be read.
    InPart,
    /// Nothing is written.
    Refused,
}

/// Builds a feed.
///
/// # Errors
/// Where the configuration, the header, an overlay or the previous feed can't be read or the folder can't be written,
/// with the file's name.
pub fn build(
    config: &Path,
    options: &Options,
    progress: &mut dyn FnMut(&str),
) -> Result<(Ending, Report, PathBuf), (String, Unreadable)> {
    let name = config.display().to_string();
    let read_text = |name: &str| -> Result<String, (String, Unreadable)> {
        let bytes = input::bytes(name).map_err(|error| (name.to_owned(), error))?;
        Ok(crate::import::decoded(&bytes))
    };
    let parsed = Config::of(&read_text(&name)?).map_err(|error| (name.clone(), error))?;
    let out = options.out.clone().unwrap_or_else(|| beside(config, &parsed.out));
    let header_name = beside(config, &parsed.feed).display().to_string();
    let header = header(&read_text(&header_name)?).map_err(|error| (header_name.clone(), error))?;
    let previous = previous(&out, options)?;
    let former = Former::of(previous.as_ref(), options.now);
    let published = previous.map(Published::of);
    let mut gathered = gather(config, &parsed, &header, options.now, progress)?;
    progress("checking");
    gathered
        .findings
        .extend(header_findings(&header, &header_name, options.now));
    let refused_header = gathered
        .findings
        .iter()
        .any(|finding| finding.file == header_name && finding.severity == Severity::Error);
    let kept = keep(&mut gathered, &header, &former, options);
    let refused =
        refused_header || kept.refused || (options.profile == Profile::Strict && has_errors(&gathered.findings));
    let count = kept.events.len();
    let document = document(header, kept.events, published, options.now);
    let text = write::feed(&document);
    let checked = kept
        .checked
        .unwrap_or_else(|| lint::lint_document(&document, &text, options.now));
    // What is wrong with the whole, such as too many events, no reader would take; the header's own is told already.
    let whole = |finding: &Finding| {
        let events = finding.path.is_empty() || finding.path == "events";
        events && finding.severity == Severity::Error
    };
    let refused = refused || checked.iter().any(whole);
    let told = checked
        .into_iter()
        .filter(|finding| whole(finding) || lint::event_of(&finding.path).is_some());
    gathered.findings.extend(told.map(|finding| finding.of("feed.json")));
    let made = made(&document);
    drop(document);
    let failed = gathered
        .sources
        .iter()
        .any(|source| !source.read && source.previous_kept == 0);
    let report = report(gathered, count);
    let empty_for_failure = failed && count == 0;
    if refused || empty_for_failure {
        return Ok((Ending::Refused, report, out));
    }
    progress("writing");
    let files = files(&text, &report, made, options.now);
    write::replace(&out, &files).map_err(|error| {
        let expected = "a folder that can be written";
        (
            out.display().to_string(),
            Unreadable::new(expected, input::reason(&error)),
        )
    })?;
    let ending = if failed { Ending::InPart } else { Ending::Whole };
    Ok((ending, report, out))
}

fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

fn header(text: &str) -> Result<Value, Unreadable> {
    let document = crate::import::json(text)?;
    version(&document)?;
    let events = document.get("events").and_then(Value::as_array);
    if events.is_some_and(|events| !events.is_empty()) {
        return Err(Unreadable::new("a feed document whose events is empty", "events in it"));
    }
    Ok(document)
}

/// What is wrong in the header; `generatedAt` and `events` are the build's to say.
fn header_findings(header: &Value, name: &str, now: Instant) -> Vec<Finding> {
    let mut whole = header.clone();
    if let Value::Object(members) = &mut whole {
        members.insert("generatedAt".to_owned(), utc(now).into());
        members.insert("events".to_owned(), json!([]));
    }
    let findings = lint::lint_document(&whole, &whole.to_string(), now);
    findings.into_iter().map(|finding| finding.of(name)).collect()
}

/// The feed that is published now, if there is one.
fn previous(out: &Path, options: &Options) -> Result<Option<Value>, (String, Unreadable)> {
    let own = out.join("feed.json").display().to_string();
    let name = match &options.previous {
        Some(name) => name.clone(),
        None if Path::new(&own).exists() => own,
        None => return Ok(None),
    };
    let told = |error| (name.clone(), error);
    let bytes = input::bytes(&name).map_err(told)?;
    let document = crate::import::json(&crate::import::decoded(&bytes)).map_err(told)?;
    version(&document).map_err(told)?;
    Ok(Some(document))
}

/// What a published feed is told by: when it was made, and the digest of all the rest.
struct Published {
    made: Value,
    digest: [u8; 32],
}

impl Published {
    fn of(mut document: Value) -> Self {
        let made = document
            .as_object_mut()
            .and_then(|members| members.remove("generatedAt"));
        Self {
            made: made.unwrap_or_default(),
            digest: digest(&document),
        }
    }
}

fn digest(document: &Value) -> [u8; 32] {
    Sha256::digest(write::feed(document).as_bytes()).into()
}

/// The document that is published: made when its content last changed.
fn document(header: Value, events: Vec<Members>, published: Option<Published>, now: Instant) -> Value {
    let mut members = match header {
        Value::Object(members) => members,
        _ => Members::new(),
    };
    members.insert("events".to_owned(), events.into_iter().map(Value::Object).collect());
    members.remove("generatedAt");
    let mut document = Value::Object(members);
    let unchanged = published
        .filter(|published| published.digest == digest(&document))
        .map(|published| published.made);
    if let Value::Object(members) = &mut document {
        let made = unchanged.filter(|made| !made.is_null());
        members.insert("generatedAt".to_owned(), made.unwrap_or_else(|| utc(now).into()));
    }
    document
}

fn report(gathered: Gathered, events: usize) -> Report {
    let findings = gathered.findings;
    let sources = gathered.sources.into_iter().map(|source| SourceReport {
        findings: findings.iter().filter(|finding| finding.file == source.name).count(),
        id: source.id,
        read: source.read,
        events: source.events,
        previous_kept: source.previous_kept,
    });
    Report {
        events,
        sources: sources.collect(),
        findings,
    }
}

/// The files of a feed, the feed itself last.
fn files(text: &str, report: &Report, made: Instant, now: Instant) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    // What was built was read by the same reader a moment ago.
    let Ok(reading) = read(text) else {
        return files;
    };
    let feed = reading.feed;
    for language in languages(&feed.languages) {
        let tag = joint_events_model::primary_language(language.tag()).to_owned();
        let calendar = calendar::calendar(&feed, language, made, now);
        files.push((format!("events.{tag}.ics"), calendar));
        files.push((format!("list.{tag}.html"), list::list(&feed, language, now)));
    }
    files.push(("events.jsonld".to_owned(), format!("{}\n", json_ld::document(&feed))));
    let report = serde_json::to_string_pretty(report).unwrap_or_default();
    files.push(("report.json".to_owned(), format!("{report}\n")));
    files.push(("feed.json".to_owned(), text.to_owned()));
    files
}

/// When a feed was made.
pub fn made(document: &Value) -> Instant {
    let made = document
        .get("generatedAt")
        .and_then(Value::as_str)
        .and_then(DateTime::parse);
    made.map_or(Instant(0), DateTime::instant)
}

/// The languages that lists and calendars are written in, of those that a feed names; both where it names none.
pub fn languages(tags: &[String]) -> Vec<Language> {
    let mut languages: Vec<Language> = Vec::new();
    for language in tags.iter().map(|tag| Language::of(tag)) {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    if languages.is_empty() {
        languages = vec![Language::French, Language::English];
    }
    languages
}

/// An instant as the feed writes it, to the second.
pub(crate) fn utc(instant: Instant) -> String {
    Zone::named("UTC")
        .map(|utc| utc.moment(instant).to_string())
        .unwrap_or_default()
}

/// When an event takes place, if that can be read.
fn span(event: &Members) -> Option<Span> {
    let when = |name: &str| event.get(name).and_then(Value::as_str).and_then(When::parse);
    Some(Span {
        start: when("start")?,
        end: when("end"),
    })
}

/// Whether an event's time to stay is over.
fn is_gone(event: &Members, now: Instant) -> bool {
    let before = Instant(now.0.saturating_sub(STAYS.saturating_mul(86_400_000)));
    span(event).is_some_and(|span| span.is_past(before))
}
