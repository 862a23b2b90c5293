//! Publish: what a configuration makes of drafts: themes of categories, audiences of tickets, one event of two.

use joint_events_model::text::fold;
use serde_json::{Value, json};

use crate::config::Config;
use crate::draft::{CATEGORIES, Draft, Loss, Members, Problem, put, within};
use crate::town::Towns;

/// Completes a draft: themes, places, audiences, the zone of the feed. What could not be completed is noted.
pub fn complete(draft: &mut Draft, config: &Config, towns: &Towns, zone: Option<&str>) -> Vec<Problem> {
    let event = &mut draft.event;
    let mut problems = Vec::new();
    themes(event, config);
    problems.extend(crate::place::complete(event, towns));
    if let Some(zone) = zone {
        event.entry("timeZone").or_insert_with(|| zone.into());
    }
    audiences(event, config, &mut problems);
    problems
}

/// Themes by the names of categories, in any case and with or without accents; a category without one is nobody's theme.
fn themes(event: &mut Members, config: &Config) {
    let categories: Vec<String> = match event.remove(CATEGORIES) {
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(_) | None => return,
    };
    let mut themes: Vec<Value> = match event.get("themes") {
        Some(Value::Array(themes)) => themes.clone(),
        Some(_) | None => Vec::new(),
    };
    for category in categories {
        let folded = fold(&category);
        let theme = config
            .themes
            .iter()
            .find(|(name, _)| fold(name) == folded)
            .map(|(_, theme)| theme);
        if let Some(theme) = theme.filter(|theme| !themes.contains(&json!(theme))) {
            themes.push(json!(theme));
        }
    }
    if !themes.is_empty() {
        put(event, "themes", themes);
    }
}

/// Audiences by the names of tickets; an offer of nobody knows whom is left out.
fn audiences(event: &mut Members, config: &Config, problems: &mut Vec<Problem>) {
    let Some(Value::Array(offers)) = event.get_mut("offers") else {
        return;
    };
    for (number, offer) in offers.iter_mut().enumerate() {
        let Value::Object(offer) = offer else {
            continue;
        };
        if offer.contains_key("audience") {
            continue;
        }
        let names = offer.get("name").and_then(Value::as_object);
        let names: Vec<String> = names
            .into_iter()
            .flat_map(|names| names.values())
            .filter_map(Value::as_str)
            .map(words)
            .collect();
        let rule = config.tickets.iter().find(|ticket| {
            let wanted = words(&ticket.matches);
            names.iter().any(|name| name.contains(&wanted))
        });
        match rule {
            Some(ticket) => {
                put(offer, "audience", ticket.audience.clone());
                if !ticket.member_of.is_empty() {
                    put(offer, "memberOf", ticket.member_of.clone());
                }
            }
            None => {
                let path = format!("offers[{number}].audience");
                let found = names
                    .first()
                    .map_or_else(|| "nothing".to_owned(), |name| format!("\"{}\"", name.trim()));
                problems.push(Problem::new(
                    Loss::Slight,
                    path,
                    "a ticket that [[tickets]] names",
                    found,
                ));
            }
        }
    }
    offers.retain(|offer| offer.get("audience").is_some());
    if offers.is_empty() {
        event.remove("offers");
    }
}

/// A name's words, each with a space on both sides, so that `member` is not found in `non-member`'s one word.
fn words(name: &str) -> String {
    let folded = fold(name);
    let kept = |character: char| character.is_alphanumeric() || character == '-';
    let words = folded
        .split(|character: char| !kept(character))
        .filter(|word| !word.is_empty());
    let mut text = " ".to_owned();
    for word in words {
        text.push_str(word);
        text.push(' ');
    }
    text
}

/// Makes one event of each two that the configuration calls the same. A pair of which one is missing is noted.
pub fn merge(events: &mut Vec<Draft>, config: &Config) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (other, stays) in &config.same_as {
        let place = |events: &[Draft], id: &str| events.iter().position(|draft| draft.id() == id);
        let (Some(from), Some(_)) = (place(events, other), place(events, stays)) else {
            let missing = if place(events, other).is_none() { other } else { stays };
            let path = format!("same_as.{other}");
            problems.push(Problem::new(
                Loss::None,
                path,
                "two events of the sources",
                format!("no \"{missing}\""),
            ));
            continue;
        };
        if other == stays {
            continue;
        }
        let gone = events.remove(from);
        if let Some(draft) = place(events, stays).and_then(|place| events.get_mut(place)) {
            draft.faulty |= gone.faulty;
            unite(&mut draft.event, gone.event);
        }
    }
    problems
}

/// Takes over what the other event has and this one lacks, and unites what both have a part of.
fn unite(event: &mut Members, mut other: Members) {
    for list in ["organizers", "themes", "provinces", "languages", "x-source"] {
        let mut united: Vec<Value> = array(event, list);
        for item in array(&other, list) {
            if !united.contains(&item) {
                united.push(item);
            }
        }
        if !united.is_empty() {
            put(event, list, united);
        }
    }
    let mut same_as = array(event, "sameAs");
    same_as.extend(other.get("id").cloned());
    same_as.extend(array(&other, "sameAs"));
    put(event, "sameAs", same_as);
    // The other's own way to register stays that of its association.
    let registration = other.get("registration");
    let link = registration
        .and_then(|registration| registration.get("url"))
        .or_else(|| other.get("url"));
    let organizer = other.get("organizers").and_then(|organizers| organizers.get(0));
    let mut alternatives: Vec<Value> = registration
        .and_then(|registration| registration.get("alternatives")?.as_array())
        .cloned()
        .unwrap_or_default();
    if let (Some(organizer), Some(url)) = (organizer, link) {
        alternatives.insert(0, json!({ "organizer": organizer, "url": url }));
    }
    within(event, "registration", |registration| {
        let mut listed = array(registration, "alternatives");
        for alternative in alternatives {
            if !listed.contains(&alternative) {
                listed.push(alternative);
            }
        }
        if !listed.is_empty() {
            put(registration, "alternatives", listed);
        }
    });
    for member in ["id", "start", "end", "timeZone", "status", "registration", "sameAs"] {
        other.remove(member);
    }
    fill(event, other);
}

/// Takes over members, texts and links that are missing.
fn fill(members: &mut Members, other: Members) {
    for (name, value) in other {
        match (members.get_mut(&name), value) {
            (None, value) => {
                members.insert(name, value);
            }
            (Some(Value::Object(own)), Value::Object(value)) if name != "venue" => fill(own, value),
            (Some(_), _) => {}
        }
    }
}

fn array(members: &Members, name: &str) -> Vec<Value> {
    members.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
}
