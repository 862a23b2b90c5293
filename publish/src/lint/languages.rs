//! Publish: texts that one of the feed's languages lacks.

use joint_events_model::same_language;
use serde_json::Value;

use super::path::Path;
use crate::finding::Finding;
use crate::write::languages;

/// The members that hold a text by language.
const TEXTS: &[&str] = &[
    "title",
    "summary",
    "description",
    "statusNote",
    "label",
    "alt",
    "name",
    "note",
];

/// Texts that lack one of the document's languages.
pub(super) fn findings(document: &Value) -> Vec<Finding> {
    let languages = languages(document);
    let mut findings = Vec::new();
    if languages.len() > 1 {
        walk(document, &Path::Document, &languages, &mut findings);
    }
    findings
}

fn walk(value: &Value, path: &Path, languages: &[&str], findings: &mut Vec<Finding>) {
    match value {
        Value::Object(members) => {
            for (name, inner) in members.iter().filter(|(name, _)| !name.starts_with("x-")) {
                let path = Path::Member(path, name);
                match inner {
                    Value::Object(texts) if TEXTS.contains(&name.as_str()) => {
                        let lacks = |language: &&&str| !texts.keys().any(|tag| same_language(tag, language));
                        for language in languages.iter().filter(lacks) {
                            let place = Path::Member(&path, language).to_string();
                            let expected = format!("a text in \"{language}\" too");
                            findings.push(Finding::warning("language", place, expected, "nothing"));
                        }
                    }
                    inner => walk(inner, &path, languages, findings),
                }
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                walk(item, &Path::Item(path, number), languages, findings);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
