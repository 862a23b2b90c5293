//! Publish: events that are perhaps the same one, told by two associations.

use std::collections::HashMap;

use joint_events_model::Event;
use joint_events_model::text::fold;
use joint_events_model::time::{Date, Instant, When};

use super::Placed;
use crate::finding::Finding;

/// Most events of one start that each further one is compared with.
const MOST: usize = 50;
const DAY: i64 = 86_400_000;

/// The later of two events with one start and similar titles, or with one registration link within a day.
pub(super) fn findings(events: &[Placed]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut starts: HashMap<Start, Vec<&Placed>> = HashMap::new();
    let mut links: HashMap<&str, Vec<&Placed>> = HashMap::new();
    for placed in events {
        let same_start = starts.entry(Start::of(placed.event)).or_default();
        let similar = same_start
            .iter()
            .rev()
            .take(MOST)
            .find(|other| similar(other.event, placed.event));
        if let Some(other) = similar {
            let found = format!("the start and a similar title of events[{}]", other.number);
            findings.push(suspected(placed.first_of("title"), found, other, placed));
        }
        let mut told = similar.is_some();
        same_start.push(placed);
        for link in placed.event.registration.url.values() {
            let others = links.entry(link.as_str()).or_default();
            let near = |other: &&&Placed| {
                let apart = wall(other.event).saturating_sub(wall(placed.event));
                other.number != placed.number && apart.saturating_abs() <= DAY
            };
            if let Some(other) = others.iter().rev().take(MOST).find(near).filter(|_| !told) {
                told = true;
                let found = format!("the registration link of events[{}], within a day", other.number);
                findings.push(suspected(placed.first_of("registration.url"), found, other, placed));
            }
            others.push(placed);
        }
    }
    findings
}

fn suspected(path: String, found: String, other: &Placed, placed: &Placed) -> Finding {
    let same_as = format!("\"{}\" = \"{}\" under [same_as]", placed.event.id, other.event.id);
    Finding::warning("duplicate", path, "an event that is told once", found).suggest(Some(same_as))
}

#[derive(PartialEq, Eq, Hash)]
enum Start {
    Day(Date),
    At(Instant),
}

impl Start {
    fn of(event: &Event) -> Self {
        match event.start {
            When::Date(date) => Self::Day(date),
            When::DateTime(moment) => Self::At(moment.instant()),
        }
    }
}

/// When it starts, as if its wall clock stood in UTC.
fn wall(event: &Event) -> i64 {
    match event.start {
        When::Date(date) => date.days_since_epoch().saturating_mul(DAY),
        When::DateTime(moment) => moment.wall_clock().0,
    }
}

/// Whether any two of the titles read alike.
fn similar(one: &Event, other: &Event) -> bool {
    one.title.values().any(|title| {
        let title = fold(title);
        other.title.values().any(|other| {
            let other = fold(other);
            let contains = title.len().min(other.len()) >= 8 && (title.contains(&other) || other.contains(&title));
            contains || strsim::normalized_levenshtein(&title, &other) >= 0.8
        })
    })
}
