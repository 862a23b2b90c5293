//! Publish: a document against the strict schema, which is the one place that says what a member may hold.

mod rules;

use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::path::Path;
use crate::finding::{Finding, describe, meant};
use crate::schema::strict;
use rules::{Id, Rules, Schema};

/// All that the strict schema refuses.
pub(super) fn findings(document: &Value) -> Vec<Finding> {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    let schema = SCHEMA.get_or_init(|| Schema::of(&strict()));
    let mut findings = Vec::new();
    let root = Place {
        path: Path::Document,
        said: None,
    };
    schema.check(schema.root(), document, &root, &mut findings);
    findings
}

/// Where a value stands, and what its schema calls what is expected there.
#[derive(Clone, Copy)]
struct Place<'a> {
    path: Path<'a>,
    said: Option<&'a str>,
}

impl Place<'_> {
    fn member(&self, name: &str) -> String {
        Path::Member(&self.path, name).to_string()
    }
}

impl Schema {
    fn check(&self, id: Id, value: &Value, place: &Place, findings: &mut Vec<Finding>) {
        let Some(rules) = self.rules(id) else {
            return;
        };
        let said = rules.description.as_deref().or(place.said);
        let place = &Place { path: place.path, said };
        if let Some(kind) = &rules.kind
            && !is_of(kind, value)
        {
            refuse("schema", place, &format!("a value of type {kind}"), value, findings);
            return;
        }
        if let Some(constant) = rules.constant.as_ref().filter(|constant| *constant != value) {
            refuse("schema", place, &constant.to_string(), value, findings);
        }
        if let Some(tokens) = &rules.tokens {
            check_token(tokens, value, place, findings);
        }
        if !rules.any_of.is_empty() && !rules.any_of.iter().any(|choice| self.fits(*choice, value)) {
            refuse("schema", place, "another value", value, findings);
        }
        for part in &rules.all_of {
            self.check(*part, value, place, findings);
        }
        if let Some((condition, names, then)) = &rules.condition {
            // A member that is absent fits any schema of it, but then nothing follows from it here.
            let there = !names.is_empty() && names.iter().all(|name| value.get(name).is_some());
            if there && self.fits(*condition, value) {
                self.check(*then, value, place, findings);
            }
        }
        match value {
            Value::String(text) => check_string(rules, text, value, place, findings),
            Value::Number(number) => check_number(rules, number.as_f64(), value, place, findings),
            Value::Array(items) => self.check_array(rules, items, place, findings),
            Value::Object(members) => self.check_object(rules, members, place, findings),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn fits(&self, id: Id, value: &Value) -> bool {
        let mut findings = Vec::new();
        let place = Place {
            path: Path::Document,
            said: None,
        };
        self.check(id, value, &place, &mut findings);
        findings.is_empty()
    }

    fn check_array(&self, rules: &Rules, items: &[Value], place: &Place, findings: &mut Vec<Finding>) {
        if items.len() < rules.min_items {
            let path = place.path.to_string();
            findings.push(Finding::error("schema", path, "at least one item", "an empty array"));
        }
        for (number, item) in items.iter().enumerate() {
            let path = Path::Item(&place.path, number);
            if rules.unique_items && items.iter().take(number).any(|other| other == item) {
                let found = format!("{} a second time", describe(Some(item)));
                let path = path.to_string();
                findings.push(Finding::error("repeated", path, "an item of its own", found));
            }
            if let Some(inner) = rules.items {
                self.check(inner, item, &Place { path, said: None }, findings);
            }
        }
    }

    fn check_object(&self, rules: &Rules, members: &Map<String, Value>, place: &Place, findings: &mut Vec<Finding>) {
        if members.len() < rules.min_properties {
            let empty = Value::Object(Map::new());
            refuse("schema", place, "at least one member", &empty, findings);
        }
        for name in rules.required.iter().filter(|name| !members.contains_key(*name)) {
            let said = rules.properties.get(name).and_then(|inner| self.description(*inner));
            let expected = said.unwrap_or(match name.as_str() {
                "memberOf" => "the ids of the associations whose members pay this",
                "organizers" => "the id of an association at least",
                _ => "a value",
            });
            findings.push(Finding::error("missing", place.member(name), expected, "nothing"));
        }
        for (name, value) in members {
            let path = Path::Member(&place.path, name);
            if let Some(names) = rules.property_names
                && !self.fits(names, &Value::from(name.as_str()))
            {
                let expected = self.description(names).unwrap_or("another name");
                let found = describe(Some(&Value::from(name.as_str())));
                findings.push(Finding::error("schema", path.to_string(), expected, found));
            }
            match rules.properties.get(name).copied().or(rules.additional) {
                Some(inner) => self.check(inner, value, &Place { path, said: None }, findings),
                None if rules.closed && !name.starts_with("x-") => {
                    let known = rules.properties.keys().map(String::as_str);
                    let expected = "a known member, or one that begins with \"x-\"";
                    let found = describe(Some(&Value::from(name.as_str())));
                    let finding = Finding::error("unknown-member", path.to_string(), expected, found);
                    findings.push(finding.suggest(meant(name, known)));
                }
                None => {}
            }
        }
    }
}

fn check_token(tokens: &[Value], value: &Value, place: &Place, findings: &mut Vec<Finding>) {
    if tokens.contains(value) {
        return;
    }
    let words: Vec<&str> = tokens.iter().filter_map(Value::as_str).collect();
    let suggestion = value.as_str().and_then(|word| meant(word, words.iter().copied()));
    let finding = Finding::error("token", place.path.to_string(), one_of(&words), describe(Some(value)));
    findings.push(finding.suggest(suggestion));
}

fn check_string(rules: &Rules, text: &str, value: &Value, place: &Place, findings: &mut Vec<Finding>) {
    // A text has no more characters than octets: most need no counting.
    let too_long = |most: usize| text.len() > most && text.chars().count() > most;
    if rules.min_length > 0 && text.chars().count() < rules.min_length {
        refuse("schema", &unsaid(place), "a text that is not empty", value, findings);
    } else if let Some(most) = rules.max_length.filter(|most| too_long(*most)) {
        let expected = format!("at most {most} characters");
        let found = text.chars().count().to_string();
        findings.push(Finding::error("schema", place.path.to_string(), expected, found));
    }
    if rules.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
        refuse("schema", place, "another text", value, findings);
    }
}

fn check_number(rules: &Rules, number: Option<f64>, value: &Value, place: &Place, findings: &mut Vec<Finding>) {
    let (least, most) = (rules.minimum, rules.maximum);
    let outside =
        number.is_none_or(|number| least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most));
    if outside {
        let expected = match (least, most) {
            (Some(least), Some(most)) => format!("a number from {least} to {most}"),
            (Some(least), None) => format!("a number from {least} on"),
            (None, _) => "a number".to_owned(),
        };
        findings.push(Finding::error(
            "schema",
            place.path.to_string(),
            expected,
            value.to_string(),
        ));
    }
}

fn refuse(rule: &str, place: &Place, otherwise: &str, value: &Value, findings: &mut Vec<Finding>) {
    let expected = place.said.unwrap_or(otherwise);
    let finding = Finding::error(rule, place.path.to_string(), expected, describe(Some(value)));
    findings.push(finding);
}

fn unsaid<'a>(place: &Place<'a>) -> Place<'a> {
    Place { said: None, ..*place }
}

/// Words in a row: `a, b or c`.
pub(super) fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        _ => true,
    }
}
