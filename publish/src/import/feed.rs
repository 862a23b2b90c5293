//! Publish: another joint-events feed → drafts: its events as they stand.

use serde_json::Value;

use super::{Settings, Unreadable, json};
use crate::draft::{Drafts, Loss, Problem};
use crate::finding::describe;

/// Reads a feed's events, whose members are kept as they are: `check` tells what is wrong in them.
///
/// # Errors
/// Where the text is no feed of version 1.
pub fn read(text: &str, settings: &Settings) -> Result<Drafts, Unreadable> {
    let document = json(text)?;
    version(&document)?;
    let Some(Value::Array(events)) = document.get("events") else {
        return Err(Unreadable::new("an array of events", "none"));
    };
    let mut drafts = Drafts::default();
    for (number, event) in events.iter().enumerate() {
        let place = |member: &str| format!("events[{number}]{member}");
        let Value::Object(event) = event else {
            let problem = Problem::new(Loss::Grave, place(""), "an object", "something else");
            drafts.lose(None, vec![problem]);
            continue;
        };
        let mut event = event.clone();
        if event.get("id").and_then(Value::as_str).is_none() {
            let problem = Problem::new(Loss::Grave, place(".id"), "an id", "nothing");
            drafts.lose(None, vec![problem]);
            continue;
        }
        // Whoever publishes it next says himself where it is from.
        event.remove("x-source");
        settings.put_organizer(&mut event);
        drafts.add(event, Vec::new());
    }
    Ok(drafts)
}

/// Whether a document is a feed that this tool reads.
///
/// # Errors
/// What was expected and found in `format` or `version`.
pub fn version(document: &Value) -> Result<(), Unreadable> {
    let member = |name: &str| describe(document.get(name));
    if document.get("format").and_then(Value::as_str) != Some("joint-events") {
        return Err(Unreadable::new("\"joint-events\" as its format", member("format")));
    }
    let minor = document
        .get("version")
        .and_then(Value::as_str)
        .and_then(|version| version.strip_prefix("1."));
    if minor.is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit())) {
        Ok(())
    } else {
        Err(Unreadable::new("version \"1.x\"", member("version")))
    }
}
