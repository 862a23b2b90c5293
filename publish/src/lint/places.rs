//! Publish: where an event takes place, against what the vocabulary and the postal code say.

use joint_events_model::{Attendance, Feed};
use serde_json::Value;

use super::Placed;
use crate::finding::{Finding, meant};
use crate::region::{is_province, provinces_of};

/// What is wrong in an event's places.
pub(super) fn findings(placed: &Placed, feed: &Feed) -> Vec<Finding> {
    let event = placed.event;
    let mut findings = Vec::new();
    let raw = placed.raw.get("provinces").and_then(Value::as_array);
    let listed: Vec<&str> = raw.into_iter().flatten().filter_map(Value::as_str).collect();
    for (number, region) in listed.iter().enumerate() {
        findings.extend(in_vocabulary(
            region,
            placed.path(&format!("provinces[{number}]")),
            feed,
        ));
    }
    let Some(venue) = &event.venue else {
        if event.attendance == Some(Attendance::Hybrid) {
            findings.push(Finding::warning(
                "hybrid",
                placed.path("venue"),
                "the place of a hybrid event",
                "nothing",
            ));
        }
        findings.extend(hybrid_online(placed));
        return findings;
    };
    findings.extend(hybrid_online(placed));
    if let Some(region) = &venue.region {
        // The filter uses the venue's region where the event lists none.
        if listed.is_empty() {
            findings.extend(in_vocabulary(region, placed.path("venue.region"), feed));
        }
        let codes = venue.postal_code.as_deref().map(provinces_of).unwrap_or_default();
        if is_province(region) && !codes.is_empty() && !codes.contains(&region.as_str()) {
            let expected = format!("a postal code of {region}");
            let found = format!("one of {}", codes.join(" or "));
            findings.push(Finding::warning(
                "postal-code",
                placed.path("venue.postalCode"),
                expected,
                found,
            ));
        }
    }
    findings
}

fn hybrid_online(placed: &Placed) -> Option<Finding> {
    let lacks =
        placed.event.attendance == Some(Attendance::Hybrid) && !placed.raw.get("online").is_some_and(Value::is_object);
    lacks.then(|| {
        let expected = "how one attends a hybrid event from afar";
        Finding::warning("hybrid", placed.path("online"), expected, "nothing")
    })
}

fn in_vocabulary(region: &str, path: String, feed: &Feed) -> Option<Finding> {
    if region == "CA" || feed.provinces.iter().any(|term| term.id == region) {
        return None;
    }
    let found = format!("\"{region}\"");
    Some(if is_province(region) {
        Finding::warning("province", path, "a province of this feed's vocabulary", found)
    } else {
        let known = feed.provinces.iter().map(|term| term.id.as_str());
        Finding::error("unknown-id", path, "a province of this feed's vocabulary", found).suggest(meant(region, known))
    })
}
