//! Publish: times against their zones, and against each other.

use joint_events_model::Status;
use joint_events_model::time::{DateTime, Instant, Span, When};
use serde_json::Value;

use super::Placed;
use crate::finding::Finding;
use crate::zone::{Meaning, WallClock, Zone};

/// The longest that an event usually is, in days.
const LONGEST: i64 = 60;

/// The document's own zone.
pub(super) fn document(document: &Value) -> Option<Finding> {
    let name = document.get("timeZone")?.as_str()?;
    zone(name, "timeZone".to_owned()).err().map(|finding| *finding)
}

/// What is wrong in an event's times.
pub(super) fn findings(placed: &Placed, now: Instant) -> Vec<Finding> {
    let event = placed.event;
    let mut findings = Vec::new();
    let zone = match zone(&event.time_zone, placed.path("timeZone")) {
        Ok(zone) => Some(zone),
        Err(finding) => {
            findings.push(*finding);
            Zone::named(&event.time_zone)
        }
    };
    if let Some(zone) = &zone {
        let former = event.previous_start.iter().enumerate();
        let former = former.map(|(number, when)| (format!("previousStart[{number}]"), *when));
        let times = std::iter::once(("start".to_owned(), event.start))
            .chain(event.end.map(|end| ("end".to_owned(), end)))
            .chain(former);
        for (member, when) in times {
            if let When::DateTime(moment) = when {
                findings.extend(offset(moment, zone, placed.path(&member)));
            }
        }
    }
    let registration = &event.registration;
    if let (Some(opens), Some(closes)) = (registration.opens, registration.closes)
        && closes.last_instant() < opens.instant()
    {
        findings.push(order(placed.path("registration.closes"), "opens", opens, closes));
    }
    for (number, offer) in event.offers.iter().enumerate().filter(|_| !event.prices_incomplete) {
        if let (Some(from), Some(through)) = (offer.valid_from, offer.valid_through)
            && through.last_instant() < from.instant()
        {
            let path = placed.path(&format!("offers[{number}].validThrough"));
            findings.push(order(path, "validFrom", from, through));
        }
    }
    if event.status == Status::Rescheduled && event.previous_start.is_empty() {
        let expected = "the former start of a rescheduled event";
        findings.push(Finding::error(
            "rescheduled",
            placed.path("previousStart"),
            expected,
            "nothing",
        ));
    }
    let last = event.end.unwrap_or(event.start);
    let days = last
        .date()
        .days_since_epoch()
        .saturating_sub(event.start.date().days_since_epoch());
    if days > LONGEST {
        let expected = format!("an event of at most {LONGEST} days");
        findings.push(Finding::warning(
            "long",
            placed.path("end"),
            expected,
            format!("{days} days"),
        ));
    }
    let span = Span {
        start: event.start,
        end: event.end,
    };
    if span.is_past(now) {
        let member = if event.end.is_some() { "end" } else { "start" };
        let found = format!("\"{last}\"");
        findings.push(Finding::warning(
            "past",
            placed.path(member),
            "an event that is not over",
            found,
        ));
    }
    findings
}

fn order(path: String, first: &str, from: DateTime, through: DateTime) -> Finding {
    let expected = format!("a moment after {first} ({from})");
    Finding::error("order", path, expected, format!("\"{through}\""))
}

fn zone(name: &str, path: String) -> Result<Zone, Box<Finding>> {
    let found = format!("\"{name}\"");
    let Some(zone) = Zone::named(name) else {
        return Err(Box::new(Finding::error(
            "zone",
            path,
            "a zone of the IANA database",
            found,
        )));
    };
    let canonical = zone.canonical();
    if canonical == name {
        Ok(zone)
    } else {
        let expected = "the zone's canonical name";
        let finding = Finding::warning("zone", path, expected, found);
        Err(Box::new(finding.suggest(Some(format!("\"{canonical}\"")))))
    }
}

/// A wall clock that does not show what its zone's clocks show.
fn offset(moment: DateTime, zone: &Zone, path: String) -> Option<Finding> {
    if zone.offset(moment.instant()) == moment.offset {
        return None;
    }
    let found = format!("\"{moment}\"");
    let clock = WallClock::of(moment);
    let name = zone.canonical();
    Some(match zone.meaning(clock) {
        Meaning::Gap => Finding::error("gap", path, format!("a time that exists in {name}"), found),
        Meaning::Moment(right) => {
            let expected = format!("the offset of {name} at that time");
            Finding::error("offset", path, expected, found).suggest(Some(format!("\"{right}\"")))
        }
        Meaning::Fold => Finding::error(
            "offset",
            path,
            format!("one of the two offsets of {name} at that time"),
            found,
        ),
    })
}
