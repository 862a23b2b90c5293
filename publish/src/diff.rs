//! Publish: what changed from one feed to another, in words.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A line for each change: events added, removed, moved, re-priced, or changed otherwise; each by its id and title.
///
/// ```
/// use serde_json::json;
///
/// let old = json!({"events": [{"id": "gala", "title": {"en": "Gala"}, "start": "2027-03-09"}]});
/// let new = json!({"events": [{"id": "gala", "title": {"en": "Gala"}, "start": "2027-03-10"}]});
/// assert_eq!(joint_events_publish::diff::diff(&old, &new), ["moved: gala \"Gala\": from 2027-03-09 to 2027-03-10"]);
/// ```
pub fn diff(old: &Value, new: &Value) -> Vec<String> {
    let (before, after) = (by_id(old), by_id(new));
    let mut lines = Vec::new();
    for (id, event) in &after {
        if !before.contains_key(id) {
            lines.push(format!("added: {id} {}: {}", title(event), span(event)));
        }
    }
    for (id, event) in &before {
        if !after.contains_key(id) {
            lines.push(format!("removed: {id} {}: {}", title(event), span(event)));
        }
    }
    for (id, event) in &after {
        if let Some(former) = before.get(id) {
            let named = format!("{id} {}", title(event));
            changes(former, event, &named, &mut lines);
        }
    }
    let own = |document: &Value| -> Map<String, Value> {
        let mut members = document.as_object().cloned().unwrap_or_default();
        members.retain(|name, _| name != "events" && name != "generatedAt");
        members
    };
    let changed = changed_members(&own(old), &own(new));
    if !changed.is_empty() {
        lines.push(format!("changed: the feed's {}", changed.join(", ")));
    }
    lines
}

type Events<'a> = BTreeMap<&'a str, &'a Map<String, Value>>;

fn by_id(document: &Value) -> Events<'_> {
    let events = document.get("events").and_then(Value::as_array).into_iter().flatten();
    events
        .filter_map(Value::as_object)
        .filter_map(|event| Some((event.get("id")?.as_str()?, event)))
        .collect()
}

fn changes(old: &Map<String, Value>, new: &Map<String, Value>, named: &str, lines: &mut Vec<String>) {
    if span(old) != span(new) {
        lines.push(format!("moved: {named}: from {} to {}", span(old), span(new)));
    }
    let status = |event: &Map<String, Value>| text(event, "status").unwrap_or("scheduled").to_owned();
    if status(old) != status(new) {
        lines.push(format!("status: {named}: from {} to {}", status(old), status(new)));
    }
    let prices = prices(old, new);
    if !prices.is_empty() {
        lines.push(format!("re-priced: {named}: {}", prices.join("; ")));
    }
    let rest = |event: &Map<String, Value>| {
        let mut rest = event.clone();
        rest.retain(|name, _| !["start", "end", "status", "updatedAt", "x-source"].contains(&name.as_str()));
        if !prices.is_empty() {
            rest.remove("offers");
        }
        rest
    };
    let changed = changed_members(&rest(old), &rest(new));
    if !changed.is_empty() {
        lines.push(format!("changed: {named}: {}", changed.join(", ")));
    }
}

/// Each offer whose price is another, by the offer's id.
fn prices(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<String> {
    let offers = |event: &Map<String, Value>| -> BTreeMap<String, String> {
        let offers = event.get("offers").and_then(Value::as_array).into_iter().flatten();
        let offers = offers.filter_map(Value::as_object);
        offers
            .filter_map(|offer| {
                let price = match text(offer, "price") {
                    Some(price) => format!("{price} {}", text(offer, "currency").unwrap_or_default()),
                    None => "not announced".to_owned(),
                };
                Some((text(offer, "id")?.to_owned(), price.trim_end().to_owned()))
            })
            .collect()
    };
    let (before, after) = (offers(old), offers(new));
    let mut said = Vec::new();
    for (id, price) in &after {
        match before.get(id) {
            None => said.push(format!("{id} new at {price}")),
            Some(former) if former != price => said.push(format!("{id} from {former} to {price}")),
            Some(_) => {}
        }
    }
    let gone = before.keys().filter(|id| !after.contains_key(*id));
    said.extend(gone.map(|id| format!("{id} gone")));
    said
}

fn changed_members(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<String> {
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let changed = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    changed.cloned().collect()
}

fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name).and_then(Value::as_str)
}

fn title(event: &Map<String, Value>) -> String {
    let titles = event.get("title").and_then(Value::as_object);
    let first = titles.and_then(|titles| titles.values().next()).and_then(Value::as_str);
    format!("\"{}\"", first.unwrap_or_default())
}

fn span(event: &Map<String, Value>) -> String {
    let start = text(event, "start").unwrap_or("no start");
    match text(event, "end") {
        Some(end) => format!("{start} – {end}"),
        None => start.to_owned(),
    }
}
