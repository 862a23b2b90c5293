//! Publish: which events are published: the good new ones, and those of the previous feed that nothing takes away.

use std::collections::BTreeSet;

use joint_events_model::Feed;
use joint_events_model::time::{Date, Instant, When};
use serde_json::Value;

use super::gather::Gathered;
use super::previous::{Previous, Published};
use super::{Options, Removals, document, is_over, span, utc};
use crate::draft::{Draft, Members, strings};
use crate::finding::{Finding, Severity};
use crate::ids::is_of;
use crate::overlay::links;
use crate::{lint, write};

/// The events of the feed that is made.
pub(super) struct Kept {
    /// How many they are.
    pub(super) count: usize,
    /// The document with them, made now.
    pub(super) text: String,
    /// What a reader makes of them, unless nothing can be read.
    pub(super) feed: Option<Feed>,
    /// What the check of them found.
    pub(super) findings: Vec<Finding>,
    /// Whether something would go that must not.
    pub(super) refused: bool,
}

/// Chooses what is published, and notes what is left out, kept or gone.
pub(super) fn keep(gathered: &mut Gathered, header: &Value, previous: Option<&Previous>, options: &Options) -> Kept {
    let mut events = unread(gathered, previous);
    let held: BTreeSet<String> = events.iter().flat_map(names).map(str::to_owned).collect();
    let drafts = std::mem::take(&mut gathered.drafts).into_iter();
    let stays = |draft: &Draft| {
        let over = span(&draft.event).is_some_and(|span| is_over(span, options.now));
        !held.contains(draft.id()) && !over
    };
    let (faulty, good): (Vec<Draft>, Vec<Draft>) = drafts.filter(stays).partition(|draft| draft.faulty);
    events.extend(good.into_iter().map(|draft| draft.event));
    for draft in faulty {
        events.extend(stand_in(&draft.event, previous, gathered));
    }
    events.extend(unlisted(&events, gathered, previous, options.now));
    let Good { events, text, checked } = without_errors(events, header, previous, gathered, options);
    let vanished = vanished(&events, gathered, previous, options);
    let emptied = emptied(gathered, previous, options);
    Kept {
        count: events.len(),
        text,
        feed: checked.feed,
        findings: checked.findings,
        refused: (vanished || emptied) && options.removals == Removals::Refused,
    }
}

/// The events as they were published of which a source can't be read now, or their own part of it can't.
fn unread(gathered: &mut Gathered, previous: Option<&Previous>) -> Vec<Members> {
    let mut events = Vec::new();
    let Some(previous) = previous else {
        return events;
    };
    for event in &previous.events {
        let mut unread = false;
        for source in gathered.sources.iter_mut().filter(|source| event.is_of(&source.id)) {
            let lost = |name: &String| source.lost.iter().flatten().any(|lost| is_of(name, lost));
            if !source.read || event.names.iter().any(lost) {
                source.previous_kept = source.previous_kept.saturating_add(1);
                unread = true;
            }
        }
        if unread {
            events.push(previous.event(event));
        }
    }
    events
}

/// The published events that no source gives any more and that stay all the same: those that are over, whether or not
/// their source still lists them, and those of a source with a row that can't be read and does not say which it is.
fn unlisted(events: &[Members], gathered: &mut Gathered, previous: Option<&Previous>, now: Instant) -> Vec<Members> {
    let present: BTreeSet<&str> = events.iter().flat_map(names).collect();
    let mut unlisted = Vec::new();
    let Some(previous) = previous else {
        return unlisted;
    };
    for event in previous.events.iter().filter(|event| !present.contains(event.id())) {
        let unknown = |source: &&mut super::gather::Given| event.is_of(&source.id) && source.lost.contains(&None);
        if event.is_past(now) {
            unlisted.push(previous.event(event));
        } else if let Some(source) = gathered.sources.iter_mut().find(unknown) {
            source.previous_kept = source.previous_kept.saturating_add(1);
            unlisted.push(previous.event(event));
        }
    }
    unlisted
}

/// Whether an upcoming event is gone, which is noted; one that has only another id now is not.
fn vanished(events: &[Members], gathered: &mut Gathered, previous: Option<&Previous>, options: &Options) -> bool {
    let present: BTreeSet<&str> = events.iter().flat_map(names).collect();
    let mut vanished = false;
    let Some(previous) = previous else {
        return vanished;
    };
    let is_new = |other: &&Members| !previous.has(id(other));
    for published in &previous.events {
        let own = published.id();
        if present.contains(own) || published.is_past(options.now) {
            continue;
        }
        let event = previous.event(published);
        let is_this = |other: &&Members| is_new(other) && is_renamed(&event, other);
        let renamed: Vec<&Members> = events.iter().filter(is_this).collect();
        let finding = if let [other] = renamed.as_slice() {
            let expected = format!("\"{own}\" under the id that it had");
            let found = format!("\"{}\" with its start and its link", id(other));
            Finding::warning("renamed", own, expected, found)
        } else {
            vanished = true;
            removal(options, "vanished", own, "an upcoming event of the previous feed")
        };
        gathered.findings.push(finding.of("feed.json"));
    }
    vanished
}

/// Whether a source that reads well gives none any more, which is noted.
fn emptied(gathered: &mut Gathered, previous: Option<&Previous>, options: &Options) -> bool {
    let mut emptied = false;
    for source in &gathered.sources {
        let gave = published(previous).iter().any(|event| event.is_of(&source.id));
        if source.read && source.events == 0 && source.lost.is_empty() && gave {
            emptied = true;
            let finding = removal(options, "empty-source", "", "events, of which it gave some before");
            gathered.findings.push(finding.of(&source.name));
        }
    }
    emptied
}

fn published(previous: Option<&Previous>) -> &[Published] {
    previous.map_or(&[], |previous| &previous.events)
}

fn removal(options: &Options, rule: &str, path: &str, expected: &str) -> Finding {
    match options.removals {
        Removals::Refused => {
            let finding = Finding::error(rule, path, expected, "none");
            finding.suggest(Some("--allow-removals".to_owned()))
        }
        Removals::Allowed => Finding::warning(rule, path, expected, "none"),
    }
}

/// The event as it was published before, in place of one with an error; counted for its sources.
fn stand_in(event: &Members, previous: Option<&Previous>, gathered: &mut Gathered) -> Option<Members> {
    let previous = previous?.find(id(event))?;
    for source in &mut gathered.sources {
        if strings(event, "x-source").any(|own| own == source.id) {
            source.previous_kept = source.previous_kept.saturating_add(1);
        }
    }
    Some(previous)
}

/// Events without an error, in their order, with the document's text and what its check found.
struct Good {
    events: Vec<Members>,
    text: String,
    checked: lint::Checked,
}

/// Takes out the events that the strict profile refuses; each stands as it was before, if that was better.
fn without_errors(
    mut events: Vec<Members>,
    header: &Value,
    previous: Option<&Previous>,
    gathered: &mut Gathered,
    options: &Options,
) -> Good {
    let mut whole = document(header, &utc(options.now));
    // What stood in for an event and has an error too is left out, so that each further round has fewer events.
    let mut first = true;
    loop {
        sort(&mut events);
        // The events are lent to a document and taken back: they are too many to be there twice.
        lend(&mut whole, events);
        let text = write::feed(&whole);
        let checked = lint::lint_document(&whole, &text, options.now);
        events = taken_back(&mut whole);
        let mut bad: BTreeSet<usize> = BTreeSet::new();
        for finding in checked
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
        {
            let Some(number) = lint::event_of(&finding.path) else {
                continue;
            };
            bad.insert(number);
            let Some(event) = events.get(number) else {
                continue;
            };
            let rest = finding.path.split_once(']').map_or("", |(_, rest)| rest).to_owned();
            let source = strings(event, "x-source").next().unwrap_or_default();
            let file = gathered.sources.iter().find(|given| given.id == source);
            let file = file.map_or_else(|| "feed.json".to_owned(), |given| given.name.clone());
            let path = format!("{}{rest}", id(event));
            gathered.findings.push(
                Finding {
                    path,
                    ..finding.clone()
                }
                .of(&file),
            );
        }
        if bad.is_empty() {
            return Good { events, text, checked };
        }
        let mut kept = Vec::new();
        for (number, event) in events.into_iter().enumerate() {
            if !bad.contains(&number) {
                kept.push(event);
            } else if first && previous.and_then(|previous| previous.find(id(&event))).as_ref() != Some(&event) {
                kept.extend(stand_in(&event, previous, gathered));
            }
        }
        events = kept;
        first = false;
    }
}

fn lend(document: &mut Value, events: Vec<Members>) {
    if let Value::Object(members) = document {
        members.insert("events".to_owned(), events.into_iter().map(Value::Object).collect());
    }
}

fn taken_back(document: &mut Value) -> Vec<Members> {
    let events = document.get_mut("events").map(Value::take);
    let events = match events {
        Some(Value::Array(events)) => events,
        Some(_) | None => Vec::new(),
    };
    let members = events.into_iter().map(|event| match event {
        Value::Object(members) => members,
        _ => Members::new(),
    });
    members.collect()
}

fn id(event: &Members) -> &str {
    event.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// The ids that an event has had anywhere.
fn names(event: &Members) -> impl Iterator<Item = &str> {
    std::iter::once(id(event)).chain(strings(event, "sameAs"))
}

/// Whether an event is another under a new id: it has its start, and one of its links.
fn is_renamed(event: &Members, other: &Members) -> bool {
    let links_of = links(event);
    event.get("start") == other.get("start") && links(other).iter().any(|link| links_of.contains(link))
}

/// By day, those of the whole day first, then by time, then by id.
fn sort(events: &mut [Members]) {
    let key = |start: When| -> (Date, Option<Instant>) {
        match start {
            When::Date(date) => (date, None),
            When::DateTime(moment) => (moment.date, Some(moment.instant())),
        }
    };
    events.sort_by_cached_key(|event| {
        let start = event.get("start").and_then(Value::as_str).and_then(When::parse);
        (start.is_none(), start.map(key), id(event).to_owned())
    });
}
