//! Publish: a document against the strict schema, which is the one place that says what a member may hold.

use std::collections::HashMap;
use std::sync::OnceLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::path::Path;
use crate::finding::{Finding, describe, meant};
use crate::schema::strict;

/// All that the strict schema refuses.
pub(super) fn findings(document: &Value) -> Vec<Finding> {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    let schema = SCHEMA.get_or_init(|| Schema::of(strict()));
    let mut findings = Vec::new();
    let root = Place {
        path: Path::Document,
        said: None,
    };
    schema.check(&schema.root, document, &root, &mut findings);
    findings
}

/// A schema of the keywords that the feed's one uses (JSON Schema 2020-12).
struct Schema {
    root: Value,
    patterns: HashMap<String, Regex>,
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
    fn of(root: Value) -> Self {
        let mut patterns = HashMap::new();
        collect_patterns(&root, &mut patterns);
        Self { root, patterns }
    }

    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                let definition = reference
                    .strip_prefix('#')
                    .and_then(|pointer| self.root.pointer(pointer));
                definition.unwrap_or(&Value::Null)
            }
            None => schema,
        }
    }

    fn check(&self, schema: &Value, value: &Value, place: &Place, findings: &mut Vec<Finding>) {
        let schema = self.resolved(schema);
        let said = schema.get("description").and_then(Value::as_str).or(place.said);
        let place = &Place { path: place.path, said };
        if let Some(kind) = schema.get("type").and_then(Value::as_str)
            && !is_of(kind, value)
        {
            refuse("schema", place, &format!("a value of type {kind}"), value, findings);
            return;
        }
        if let Some(constant) = schema.get("const").filter(|constant| *constant != value) {
            refuse("schema", place, &constant.to_string(), value, findings);
        }
        if let Some(tokens) = schema.get("enum").and_then(Value::as_array) {
            self.check_token(tokens, value, place, findings);
        }
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array)
            && !choices.iter().any(|choice| self.fits(choice, value))
        {
            refuse("schema", place, "another value", value, findings);
        }
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.check(part, value, place, findings);
        }
        if let (Some(condition), Some(then)) = (schema.get("if"), schema.get("then")) {
            // A member that is absent fits any schema of it, but then nothing follows from it here.
            let names = condition.get("properties").and_then(Value::as_object);
            let there = names.is_some_and(|names| names.keys().all(|name| value.get(name).is_some()));
            if there && self.fits(condition, value) {
                self.check(then, value, place, findings);
            }
        }
        match value {
            Value::String(text) => self.check_string(schema, text, value, place, findings),
            Value::Number(number) => check_number(schema, number.as_f64(), value, place, findings),
            Value::Array(items) => self.check_array(schema, items, place, findings),
            Value::Object(members) => self.check_object(schema, members, place, findings),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let mut findings = Vec::new();
        let place = Place {
            path: Path::Document,
            said: None,
        };
        self.check(schema, value, &place, &mut findings);
        findings.is_empty()
    }

    fn check_token(&self, tokens: &[Value], value: &Value, place: &Place, findings: &mut Vec<Finding>) {
        if tokens.contains(value) {
            return;
        }
        let words: Vec<&str> = tokens.iter().filter_map(Value::as_str).collect();
        let suggestion = value.as_str().and_then(|word| meant(word, words.iter().copied()));
        let finding = Finding::error("token", place.path.to_string(), one_of(&words), describe(Some(value)));
        findings.push(finding.suggest(suggestion));
    }

    fn check_string(&self, schema: &Value, text: &str, value: &Value, place: &Place, findings: &mut Vec<Finding>) {
        let length = text.chars().count();
        let bound = |name: &str| {
            schema
                .get(name)
                .and_then(Value::as_u64)
                .and_then(|bound| usize::try_from(bound).ok())
        };
        if bound("minLength").is_some_and(|least| length < least) {
            refuse("schema", &unsaid(place), "a text that is not empty", value, findings);
        } else if let Some(most) = bound("maxLength").filter(|most| length > *most) {
            let found = format!("{length}");
            findings.push(Finding::error(
                "schema",
                place.path.to_string(),
                format!("at most {most} characters"),
                found,
            ));
        }
        let pattern = schema
            .get("pattern")
            .and_then(Value::as_str)
            .and_then(|pattern| self.patterns.get(pattern));
        if pattern.is_some_and(|pattern| !pattern.is_match(text)) {
            refuse("schema", place, "another text", value, findings);
        }
    }

    fn check_array(&self, schema: &Value, items: &[Value], place: &Place, findings: &mut Vec<Finding>) {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        if u64::try_from(items.len()).unwrap_or(u64::MAX) < least {
            findings.push(Finding::error(
                "schema",
                place.path.to_string(),
                "at least one item",
                "an empty array",
            ));
        }
        let unique = schema.get("uniqueItems") == Some(&Value::Bool(true));
        for (number, item) in items.iter().enumerate() {
            let path = Path::Item(&place.path, number);
            if unique && items.iter().take(number).any(|other| other == item) {
                let found = format!("{} a second time", describe(Some(item)));
                findings.push(Finding::error(
                    "repeated",
                    path.to_string(),
                    "an item of its own",
                    found,
                ));
            }
            if let Some(inner) = schema.get("items") {
                self.check(inner, item, &Place { path, said: None }, findings);
            }
        }
    }

    fn check_object(&self, schema: &Value, members: &Map<String, Value>, place: &Place, findings: &mut Vec<Finding>) {
        if schema.get("minProperties").is_some() && members.is_empty() {
            refuse(
                "schema",
                place,
                "at least one member",
                &Value::Object(Map::new()),
                findings,
            );
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
            let Some(name) = name.as_str().filter(|name| !members.contains_key(*name)) else {
                continue;
            };
            let definition = properties.and_then(|properties| properties.get(name));
            let said = definition.and_then(|definition| self.resolved(definition).get("description"));
            let expected = said.and_then(Value::as_str).unwrap_or(match name {
                "memberOf" => "the ids of the associations whose members pay this",
                "organizers" => "the id of an association at least",
                _ => "a value",
            });
            findings.push(Finding::error("missing", place.member(name), expected, "nothing"));
        }
        let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        for (name, value) in members {
            let path = Path::Member(&place.path, name);
            let inner = properties.and_then(|properties| properties.get(name));
            let names = schema.get("propertyNames");
            let fits = names.is_none_or(|names| self.fits(names, &Value::from(name.as_str())));
            if !fits {
                let expected = names.and_then(|names| self.resolved(names).get("description"));
                let expected = expected.and_then(Value::as_str).unwrap_or("another name");
                let found = describe(Some(&Value::from(name.as_str())));
                findings.push(Finding::error("schema", path.to_string(), expected, found));
            }
            match inner.or_else(|| schema.get("additionalProperties").filter(|other| other.is_object())) {
                Some(inner) => self.check(inner, value, &Place { path, said: None }, findings),
                None if closed && !name.starts_with("x-") => {
                    let known = properties
                        .into_iter()
                        .flat_map(|properties| properties.keys().map(String::as_str));
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

fn check_number(schema: &Value, number: Option<f64>, value: &Value, place: &Place, findings: &mut Vec<Finding>) {
    let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
    let (least, most) = (bound("minimum"), bound("maximum"));
    let outside =
        number.is_none_or(|number| least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most));
    if outside {
        let said = |bound: Option<f64>| bound.map(|bound| format!("{bound}"));
        let expected = match (said(least), said(most)) {
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
    findings.push(Finding::error(
        rule,
        place.path.to_string(),
        expected,
        describe(Some(value)),
    ));
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

fn collect_patterns(schema: &Value, patterns: &mut HashMap<String, Regex>) {
    match schema {
        Value::Object(members) => {
            if let Some(pattern) = members.get("pattern").and_then(Value::as_str)
                && let Ok(regex) = Regex::new(pattern)
            {
                patterns.insert(pattern.to_owned(), regex);
            }
            members.values().for_each(|inner| collect_patterns(inner, patterns));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect_patterns(inner, patterns)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
