//! Publish: a whole build: sources and overlays → the files of a feed, or the reasons why nothing is written.

mod gather;
mod keep;
mod previous;
mod report;

use std::iter::{once, once_with};
use std::path::{Path, PathBuf};

use joint_events_model::Feed;
use joint_events_model::time::{DateTime, Instant, Span, When};
use joint_events_words::strings::Language;
use serde_json::{Value, json};

use crate::config::{Config, beside};
use crate::draft::Members;
use crate::finding::{Finding, Severity};
use crate::import::Unreadable;
use crate::import::feed::version;
use crate::write::File;
use crate::zone::Zone;
use crate::{calendar, input, json_ld, lint, list, write};
use gather::{Given, gather};
use keep::keep;
use previous::Previous;
pub use report::{Report, SourceReport};

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
    let previous = Previous::of(&out, options)?;
    let mut gathered = gather(config, &parsed, &header, options.now, progress)?;
    progress("checking");
    gathered
        .findings
        .extend(header_findings(&header, &header_name, options.now));
    let refused_header = gathered
        .findings
        .iter()
        .any(|finding| finding.file == header_name && finding.severity == Severity::Error);
    let kept = keep(&mut gathered, &header, previous.as_ref(), options);
    let strict = options.profile == Profile::Strict && has_errors(&gathered.findings);
    // What is wrong with the whole, such as too many events, no reader would take; the header's own is told already.
    let whole = |finding: &Finding| {
        let events = finding.path.is_empty() || finding.path == "events";
        events && finding.severity == Severity::Error
    };
    let refused = refused_header || kept.refused || strict || kept.findings.iter().any(whole);
    let told = kept.findings.into_iter();
    let told = told.filter(|finding| whole(finding) || lint::event_of(&finding.path).is_some());
    gathered.findings.extend(told.map(|finding| finding.of("feed.json")));
    let unread = |source: &Given| !source.read && source.previous_kept == 0;
    let failed = gathered.sources.iter().any(unread);
    let count = kept.count;
    let report = Report::of(gathered.sources, gathered.findings, count);
    let empty_for_failure = failed && count == 0;
    let feed = match kept.feed {
        Some(feed) if !refused && !empty_for_failure => feed,
        Some(_) | None => return Ok((Ending::Refused, report, out)),
    };
    progress("writing");
    let (text, made) = published(kept.text, previous, options.now);
    let files = files(text, &feed, &report, made, options.now);
    write::replace(&out, files).map_err(|error| {
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
    let whole = document(header, &utc(now));
    let checked = lint::lint_document(&whole, &whole.to_string(), now);
    checked.findings.into_iter().map(|finding| finding.of(name)).collect()
}

/// The text that is published: made when the content last changed. The former one goes with this: both are large.
fn published(text: String, previous: Option<Previous>, now: Instant) -> (String, Instant) {
    // A line of its own, which no event can hold: line ends in strings are escaped.
    let line = |made: &str| format!("\n\"generatedAt\":{},\n", Value::from(made));
    let unchanged = previous.and_then(|previous| {
        let made = previous.made.as_deref()?;
        let former = text.replacen(&line(&utc(now)), &line(made), 1);
        let moment = DateTime::parse(made).map_or(Instant(0), DateTime::instant);
        previous.is(&former).then_some((former, moment))
    });
    unchanged.unwrap_or((text, now))
}

/// The header as a document that was made at a time, still without events.
fn document(header: &Value, made: &str) -> Value {
    let mut document = header.clone();
    if let Value::Object(members) = &mut document {
        members.insert("generatedAt".to_owned(), made.into());
        members.insert("events".to_owned(), json!([]));
    }
    document
}

/// The files of a feed, the feed itself last.
fn files<'a>(text: String, feed: &'a Feed, report: &Report, made: Instant, now: Instant) -> Vec<File<'a>> {
    let mut files = Vec::new();
    for language in languages(&feed.languages) {
        let tag = joint_events_model::primary_language(language.tag());
        let calendar = once_with(move || calendar::calendar(feed, language, made, now));
        files.push(File::new(format!("events.{tag}.ics"), calendar));
        files.push(File::new(format!("list.{tag}.html"), list::parts(feed, language, now)));
    }
    let line_end = || once("\n".to_owned());
    files.push(File::new("events.jsonld", json_ld::parts(feed).chain(line_end())));
    let report = serde_json::to_string_pretty(report).unwrap_or_default();
    files.push(File::new("report.json", once(report).chain(line_end())));
    files.push(File::new("feed.json", once(text)));
    files
}

/// When a feed was made.
pub fn made_of(document: &Value) -> Instant {
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

/// Whether the time to stay of what took so long is over.
fn is_over(span: Span, now: Instant) -> bool {
    let before = Instant(now.0.saturating_sub(STAYS.saturating_mul(86_400_000)));
    span.is_past(before)
}
