//! Publish: the strict profile: what a producer must not, or had better not, write into a feed.

mod duplicates;
mod languages;
mod offers;
mod path;
mod places;
mod references;
mod secrets;
mod shape;
mod times;

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::thread;

use joint_events_model::problem::Problem;
use joint_events_model::read::{Reading, read};
use joint_events_model::time::{Instant, When};
use joint_events_model::{Event, Feed};
use serde_json::{Value, json};

use crate::finding::Finding;
use crate::import::feed::version;
use crate::import::{self, Unreadable};

/// Finds all that is wrong in a feed's text, in the order of the document.
///
/// # Errors
/// Where the text is no JSON, or a document of another format or major version.
///
/// ```
/// use joint_events_model::time::Instant;
///
/// let text = r#"{"format": "joint-events", "version": "1.0", "generatedAt": "2026-11-22T14:05:00Z",
///     "associations": [{"id": "lso", "name": {"en": "LSO"}}], "events": [], "evnets": []}"#;
/// let findings = joint_events_publish::lint::lint(text, Instant(0))?;
/// assert_eq!(
///     findings[0].to_string(),
///     "evnets: expected a known member, or one that begins with \"x-\", found \"evnets\" (did you mean \"events\"?)"
/// );
/// # Ok::<(), joint_events_publish::import::Unreadable>(())
/// ```
pub fn lint(text: &str, now: Instant) -> Result<Vec<Finding>, Unreadable> {
    let document = import::json(text)?;
    version(&document)?;
    Ok(lint_document(&document, text, now).findings)
}

/// What checking a document gave.
#[derive(Clone, Debug)]
pub struct Checked {
    /// All that is wrong, in the order of the document.
    pub findings: Vec<Finding>,
    /// What a reader makes of it, unless nothing can be read.
    pub feed: Option<Feed>,
}

/// Finds all that is wrong in a document, which is also given as its text.
pub fn lint_document(document: &Value, text: &str, now: Instant) -> Checked {
    // Half of the checks need no reading: they are made beside it.
    let ((mut findings, meant), reading) = thread::scope(|scope| {
        let beside = scope.spawn(|| (shape::findings(document), findings_of_meaning(document)));
        let reading = read(text);
        (beside.join().unwrap_or_else(|panic| resume_unwind(panic)), reading)
    });
    let problems = match &reading {
        Ok(reading) => reading.problems.clone(),
        Err(error) => all_bad(document).unwrap_or_else(|| vec![error.problem().clone()]),
    };
    let told: BTreeSet<String> = findings.iter().map(|finding| finding.path.clone()).collect();
    let is_told = |path: &str| {
        told.contains(path)
            || told
                .iter()
                .any(|other| other.starts_with(path) && other.len() > path.len())
    };
    let untold = problems.into_iter().filter(|problem| !is_told(&problem.path));
    findings.extend(untold.map(|problem| Finding::error("reading", problem.path, problem.expected, problem.found)));
    findings.extend(meant);
    if let Ok(reading) = &reading {
        let events = placed(document, reading);
        findings.extend(times::document(document));
        for placed in &events {
            findings.extend(times::findings(placed, now));
            findings.extend(places::findings(placed, &reading.feed));
            findings.extend(offers::findings(placed, &reading.feed, now));
        }
        findings.extend(duplicates::findings(&events));
    }
    Checked {
        findings: one_each(findings),
        feed: reading.ok().map(|reading| reading.feed),
    }
}

fn findings_of_meaning(document: &Value) -> Vec<Finding> {
    let mut findings = references::findings(document);
    findings.extend(secrets::findings(document));
    findings.extend(languages::findings(document));
    findings
}

/// What is wrong in each event where not one can be read, of which the reader itself tells the first alone: beside one
/// that is good it tells them all.
fn all_bad(document: &Value) -> Option<Vec<Problem>> {
    let mut document = document.clone();
    let good = json!({"id": "good", "title": {"en": "good"}, "start": "2027-01-01", "timeZone": "UTC", "organizers": ["good"]});
    document.get_mut("events")?.as_array_mut()?.push(good);
    Some(read(&document.to_string()).ok()?.problems)
}

/// An event with its place in the document.
struct Placed<'a> {
    number: usize,
    event: &'a Event,
    raw: &'a Value,
}

impl Placed<'_> {
    fn path(&self, member: &str) -> String {
        format!("events[{}].{member}", self.number)
    }

    /// A path to a member by language: its first one.
    fn first_of(&self, member: &str) -> String {
        let mut slot = self.raw;
        for part in member.split('.') {
            slot = slot.get(part).unwrap_or(&Value::Null);
        }
        match slot.as_object().and_then(|members| members.keys().next()) {
            Some(language) => self.path(&format!("{member}.{language}")),
            None => self.path(member),
        }
    }
}

/// The events that could be read, each with its place: they stand in the document's order, some of which are lost.
fn placed<'a>(document: &'a Value, reading: &'a Reading) -> Vec<Placed<'a>> {
    let mut kept = reading.feed.events.iter().peekable();
    let mut placed = Vec::new();
    for (number, raw) in events(document).iter().enumerate() {
        let text = |name: &str| raw.get(name).and_then(Value::as_str).unwrap_or_default();
        let is_this = |event: &&Event| event.id == text("id") && When::parse(text("start")) == Some(event.start);
        if let Some(event) = kept.next_if(is_this) {
            placed.push(Placed { number, event, raw });
        }
    }
    placed
}

fn events(document: &Value) -> &[Value] {
    document
        .get("events")
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// The number of the event that a path is in.
///
/// ```
/// assert_eq!(joint_events_publish::lint::event_of("events[12].offers[0].price"), Some(12));
/// assert_eq!(joint_events_publish::lint::event_of("associations[0].id"), None);
/// ```
pub fn event_of(path: &str) -> Option<usize> {
    let (number, _) = path.strip_prefix("events[")?.split_once(']')?;
    number.parse().ok()
}

/// Findings without the second of one rule at one place, the document's own first and then event by event.
fn one_each(findings: Vec<Finding>) -> Vec<Finding> {
    let mut met = BTreeSet::new();
    let mut kept: Vec<Finding> = findings
        .into_iter()
        .filter(|finding| met.insert((finding.path.clone(), finding.expected.clone())))
        .collect();
    kept.sort_by_key(|finding| event_of(&finding.path).map(|number| number.saturating_add(1)));
    kept
}
