//! Publish: which events are published: the good new ones, and those of the previous feed that nothing takes away.

use std::collections::{BTreeMap, BTreeSet};

use joint_events_model::time::{Instant, When};
use serde_json::Value;

use super::gather::Gathered;
use super::{Options, Removals, is_gone, span, utc};
use crate::draft::{Members, strings};
use crate::finding::{Finding, Severity};
use crate::ids::is_of;
use crate::overlay::links;
use crate::{lint, write};

/// The events of the feed that is made.
pub(super) struct Kept {
    /// In the order in which they are published.
    pub(super) events: Vec<Members>,
    /// Whether something would go that must not.
    pub(super) refused: bool,
    /// What the check of these very events found, if it was made.
    pub(super) checked: Option<Vec<Finding>>,
}

/// Chooses what is published, and notes what is left out, kept or gone.
pub(super) fn keep(gathered: &mut Gathered, header: &Value, former: &Former, options: &Options) -> Kept {
    let mut events: Vec<Members> = Vec::new();
    let mut held: BTreeSet<String> = BTreeSet::new();
    // What can't be read now stands as it was.
    for event in &former.events {
        let mut unread = false;
        for source in gathered.sources.iter_mut().filter(|source| event.is_of(&source.id)) {
            let lost = |name: &str| {
                source
                    .lost
                    .iter()
                    .any(|lost| lost.as_deref().is_some_and(|lost| is_of(name, lost)))
            };
            if !source.read || event.names.iter().any(|name| lost(name)) {
                source.previous_kept = source.previous_kept.saturating_add(1);
                unread = true;
            }
        }
        if unread {
            held.extend(event.names.iter().cloned());
            events.push(event.event());
        }
    }
    let drafts = std::mem::take(&mut gathered.drafts);
    let mut faulty: Vec<Members> = Vec::new();
    for draft in drafts {
        if held.contains(draft.id()) || is_gone(&draft.event, options.now) {
            continue;
        }
        if draft.faulty {
            faulty.push(draft.event);
        } else {
            events.push(draft.event);
        }
    }
    for event in faulty {
        events.extend(stand_in(&event, former, gathered));
    }
    let (mut events, mut checked) = without_errors(events, header, former, gathered, options);
    let mut refused = false;
    let mut added: Vec<Members> = Vec::new();
    {
        let present: BTreeSet<&str> = events.iter().flat_map(names).collect();
        for published in &former.events {
            let id = published.id();
            if present.contains(id) {
                continue;
            }
            let event = published.event();
            // Those that are over stay for a while, whether or not their source still lists them.
            if span(&event).is_some_and(|span| span.is_past(options.now)) {
                added.push(event);
                continue;
            }
            // A row that can't be read and does not say which it is may be this one.
            let unknown = gathered
                .sources
                .iter_mut()
                .find(|source| published.is_of(&source.id) && source.lost.contains(&None));
            if let Some(source) = unknown {
                source.previous_kept = source.previous_kept.saturating_add(1);
                added.push(event);
                continue;
            }
            let renamed: Vec<&Members> = events
                .iter()
                .filter(|other| !former.has(other) && is_renamed(&event, other))
                .collect();
            if let [other] = renamed.as_slice() {
                let expected = format!("\"{id}\" under the id that it had");
                let found = format!("\"{}\" with its start and its link", self::id(other));
                gathered
                    .findings
                    .push(Finding::warning("renamed", id, expected, found).of("feed.json"));
                continue;
            }
            let expected = "an upcoming event of the previous feed";
            gathered
                .findings
                .push(removal(options, "vanished", id, expected).of("feed.json"));
            refused |= options.removals == Removals::Refused;
        }
    }
    if !added.is_empty() {
        checked = None;
    }
    events.extend(added);
    for source in &gathered.sources {
        let gave = former.events.iter().any(|event| event.is_of(&source.id));
        if source.read && source.events == 0 && source.lost.is_empty() && gave {
            let finding = removal(options, "empty-source", "", "events, of which it gave some before");
            gathered.findings.push(finding.of(&source.name));
            refused |= options.removals == Removals::Refused;
        }
    }
    sort(&mut events);
    Kept {
        events,
        refused,
        checked,
    }
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

/// The previous feed's events whose time to stay is not over.
pub(super) struct Former {
    events: Vec<Published>,
    places: BTreeMap<String, usize>,
}

/// An event as it was published: kept as its text, which is a tenth of what its members take.
struct Published {
    names: Vec<String>,
    sources: Vec<String>,
    text: String,
}

impl Published {
    fn of(event: &Members) -> Self {
        Self {
            names: names(event).map(str::to_owned).collect(),
            sources: strings(event, "x-source").map(str::to_owned).collect(),
            text: serde_json::to_string(event).unwrap_or_default(),
        }
    }

    fn id(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    fn is_of(&self, source: &str) -> bool {
        self.sources.iter().any(|own| own == source)
    }

    fn event(&self) -> Members {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

impl Former {
    /// The events of the feed that is published now, if there is one.
    pub(super) fn of(previous: Option<&Value>, now: Instant) -> Self {
        let events = previous.and_then(|previous| previous.get("events")?.as_array());
        let events: Vec<Published> = events
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .filter(|event| !is_gone(event, now))
            .map(Published::of)
            .collect();
        let places = events
            .iter()
            .enumerate()
            .map(|(place, event)| (event.id().to_owned(), place))
            .collect();
        Self { events, places }
    }

    fn find(&self, id: &str) -> Option<Members> {
        let place = self.places.get(id)?;
        self.events.get(*place).map(Published::event)
    }

    fn has(&self, event: &Members) -> bool {
        self.places.contains_key(id(event))
    }
}

/// The event as it was published before, in place of one with an error; counted for its sources.
fn stand_in(event: &Members, former: &Former, gathered: &mut Gathered) -> Option<Members> {
    let previous = former.find(id(event))?;
    for source in &mut gathered.sources {
        if strings(event, "x-source").any(|own| own == source.id) {
            source.previous_kept = source.previous_kept.saturating_add(1);
        }
    }
    Some(previous)
}

/// Takes out the events that the strict profile refuses; each stands as it was before, if that was better.
fn without_errors(
    mut events: Vec<Members>,
    header: &Value,
    former: &Former,
    gathered: &mut Gathered,
    options: &Options,
) -> (Vec<Members>, Option<Vec<Finding>>) {
    // Once for what is new, once for what stood in for it; what still has an error then is left out.
    for round in 0..3_u8 {
        sort(&mut events);
        // The events are lent to a document and taken back: they are too many to be there twice.
        let mut document = document_of(header, events, options.now);
        let text = write::feed(&document);
        let findings = lint::lint_document(&document, &text, options.now);
        events = taken_back(&mut document);
        let mut bad: BTreeSet<usize> = BTreeSet::new();
        for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
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
            return (events, Some(findings));
        }
        let mut kept = Vec::new();
        for (number, event) in events.into_iter().enumerate() {
            if !bad.contains(&number) {
                kept.push(event);
            } else if round == 0 && former.find(id(&event)).as_ref() != Some(&event) {
                kept.extend(stand_in(&event, former, gathered));
            }
        }
        events = kept;
    }
    (events, None)
}

fn document_of(header: &Value, events: Vec<Members>, now: Instant) -> Value {
    let mut document = header.clone();
    if let Value::Object(members) = &mut document {
        members.insert("generatedAt".to_owned(), utc(now).into());
        members.insert("events".to_owned(), events.into_iter().map(Value::Object).collect());
    }
    document
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
    let start = |event: &Members| event.get("start").and_then(Value::as_str).and_then(When::parse);
    events.sort_by(|one, other| {
        let by_start = match (start(one), start(other)) {
            (Some(one), Some(other)) => one.list_order(&other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        };
        by_start.then_with(|| id(one).cmp(id(other)))
    });
}
