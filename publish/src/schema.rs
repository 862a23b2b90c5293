//! Publish: the JSON Schema of a feed: the open one that readers follow, and the strict one that producers do.

use serde_json::{Value, json};

/// The open schema, version 1 (JSON Schema 2020-12), as text.
pub const OPEN: &str = include_str!("feed.schema.json");

/// The tokens of each member that has a list of them; audiences are the document's own.
const TOKENS: [(&str, &str, &[&str]); 3] = [
    (
        "event",
        "status",
        &["scheduled", "cancelled", "postponed", "rescheduled", "movedOnline"],
    ),
    ("event", "attendance", &["inPerson", "online", "hybrid"]),
    (
        "offer",
        "availability",
        &["inStock", "limited", "soldOut", "waitlist", "preSale"],
    ),
];

/// The strict schema: the open one without unknown members, but for those that begin with `x-`, and with lists of
/// tokens.
///
/// ```
/// let strict = joint_events_publish::schema::strict();
/// assert_eq!(strict["$defs"]["offer"]["additionalProperties"], false);
/// ```
pub fn strict() -> Value {
    let mut schema: Value = serde_json::from_str(OPEN).unwrap_or_default();
    close(&mut schema);
    for (definition, member, tokens) in TOKENS {
        if let Some(slot) = schema.pointer_mut(&format!("/$defs/{definition}/properties/{member}")) {
            *slot = json!({ "enum": tokens });
        }
    }
    if let Value::Object(members) = &mut schema {
        members.insert("$id".to_owned(), "urn:joint-events:schema:1:strict".into());
        members.insert(
            "title".to_owned(),
            "Joint events feed, version 1 (strict: what a producer writes)".into(),
        );
    }
    schema
}

/// Refuses unknown members wherever members are listed.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            let condition = members.contains_key("if");
            for (name, inner) in members.iter_mut() {
                // The halves of a condition say something of one member alone.
                if !(condition && matches!(name.as_str(), "if" | "then")) {
                    close(inner);
                }
            }
            let lists = members.get("properties").is_some_and(Value::is_object);
            let is_schema = members.get("type") == Some(&Value::from("object"));
            if lists && is_schema {
                members.insert("additionalProperties".to_owned(), false.into());
                members.insert("patternProperties".to_owned(), json!({ "^x-": true }));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
