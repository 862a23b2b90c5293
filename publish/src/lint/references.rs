//! Publish: ids that are named once and refer to what there is.

use std::collections::HashMap;

use serde_json::Value;

use super::events;
use super::shape::one_of;
use crate::finding::{Finding, describe, meant};

/// Repeated ids, and ids of what there is not.
pub(super) fn findings(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    for list in ["associations", "provinces", "themes", "audiences", "events"] {
        repeated(array(document, list), list, &mut findings);
    }
    let associations = ids(document, "associations");
    let themes = ids(document, "themes");
    let mut audiences = vec!["member", "nonMember", "public"];
    audiences.extend(ids(document, "audiences"));
    for (number, event) in events(document).iter().enumerate() {
        let place = format!("events[{number}]");
        known(event, "organizers", &place, &associations, "association", &mut findings);
        known(event, "themes", &place, &themes, "theme", &mut findings);
        let alternatives = event
            .get("registration")
            .map_or(&[][..], |registration| array(registration, "alternatives"));
        for (other, alternative) in alternatives.iter().enumerate() {
            let path = format!("{place}.registration.alternatives[{other}].organizer");
            one(
                alternative.get("organizer"),
                path,
                &associations,
                "association",
                &mut findings,
            );
        }
        let offers = array(event, "offers");
        repeated(offers, &format!("{place}.offers"), &mut findings);
        for (other, offer) in offers.iter().enumerate() {
            let place = format!("{place}.offers[{other}]");
            known(offer, "memberOf", &place, &associations, "association", &mut findings);
            if let Some(token) = offer.get("audience").and_then(Value::as_str)
                && !audiences.contains(&token)
            {
                let found = describe(offer.get("audience"));
                let finding = Finding::error("token", format!("{place}.audience"), one_of(&audiences), found);
                findings.push(finding.suggest(meant(token, audiences.iter().copied())));
            }
        }
    }
    findings
}

fn array<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn ids<'a>(document: &'a Value, list: &str) -> Vec<&'a str> {
    array(document, list)
        .iter()
        .filter_map(|item| item.get("id")?.as_str())
        .collect()
}

/// The second of two things with one id.
fn repeated(items: &[Value], path: &str, findings: &mut Vec<Finding>) {
    let mut met: HashMap<&str, usize> = HashMap::new();
    for (number, item) in items.iter().enumerate() {
        let Some(id) = item.get("id").and_then(Value::as_str) else {
            continue;
        };
        if met.insert(id, number).is_some() {
            let found = format!("{} a second time", describe(item.get("id")));
            findings.push(Finding::error(
                "repeated",
                format!("{path}[{number}].id"),
                "an id of its own",
                found,
            ));
        }
    }
}

fn known(owner: &Value, list: &str, place: &str, ids: &[&str], kind: &str, findings: &mut Vec<Finding>) {
    for (number, item) in array(owner, list).iter().enumerate() {
        one(Some(item), format!("{place}.{list}[{number}]"), ids, kind, findings);
    }
}

fn one(item: Option<&Value>, path: String, ids: &[&str], kind: &str, findings: &mut Vec<Finding>) {
    let Some(id) = item.and_then(Value::as_str).filter(|id| !ids.contains(id)) else {
        return;
    };
    let expected = format!(
        "the id of {} {kind} of this feed",
        if kind == "association" { "an" } else { "a" }
    );
    let finding = Finding::error("unknown-id", path, expected, describe(item));
    findings.push(finding.suggest(meant(id, ids.iter().copied())));
}
