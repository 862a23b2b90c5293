//! Publish: a JSON Schema (2020-12) taken apart once, with the keywords that the feed's one uses.

use std::collections::{BTreeMap, HashMap};

use regex::Regex;
use serde_json::Value;

/// The place of a schema among all that a document has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Id(usize);

/// What one schema asks; each keyword by the word that the standard has for it, where Rust lets it.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) description: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) constant: Option<Value>,
    pub(super) tokens: Option<Vec<Value>>,
    pub(super) any_of: Vec<Id>,
    pub(super) all_of: Vec<Id>,
    /// `if` with the members that it speaks of, and `then`.
    pub(super) condition: Option<(Id, Vec<String>, Id)>,
    pub(super) min_length: usize,
    pub(super) max_length: Option<usize>,
    pub(super) pattern: Option<Regex>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) min_items: usize,
    pub(super) unique_items: bool,
    pub(super) items: Option<Id>,
    pub(super) min_properties: usize,
    pub(super) required: Vec<String>,
    pub(super) properties: BTreeMap<String, Id>,
    pub(super) property_names: Option<Id>,
    /// `additionalProperties` as a schema.
    pub(super) additional: Option<Id>,
    /// `additionalProperties` as `false`.
    pub(super) closed: bool,
}

/// A document's schemas.
#[derive(Debug)]
pub(super) struct Schema {
    rules: Vec<Rules>,
    root: Id,
}

impl Schema {
    pub(super) fn of(document: &Value) -> Self {
        let mut reading = Reading {
            document,
            rules: Vec::new(),
            met: HashMap::new(),
        };
        let root = reading.id(document);
        Self {
            rules: reading.rules,
            root,
        }
    }

    pub(super) fn root(&self) -> Id {
        self.root
    }

    pub(super) fn rules(&self, id: Id) -> Option<&Rules> {
        self.rules.get(id.0)
    }

    /// What a schema calls that which it expects.
    pub(super) fn description(&self, id: Id) -> Option<&str> {
        self.rules(id)?.description.as_deref()
    }
}

struct Reading<'a> {
    document: &'a Value,
    rules: Vec<Rules>,
    /// The definitions that were met, which may name each other in a circle.
    met: HashMap<&'a str, Id>,
}

impl<'a> Reading<'a> {
    fn id(&mut self, schema: &'a Value) -> Id {
        let Some(reference) = schema.get("$ref").and_then(Value::as_str) else {
            let id = self.next();
            self.read(id, schema);
            return id;
        };
        if let Some(id) = self.met.get(reference) {
            return *id;
        }
        let id = self.next();
        self.met.insert(reference, id);
        let pointer = reference.strip_prefix('#');
        if let Some(definition) = pointer.and_then(|pointer| self.document.pointer(pointer)) {
            self.read(id, definition);
        }
        id
    }

    fn next(&mut self) -> Id {
        self.rules.push(Rules::default());
        Id(self.rules.len().saturating_sub(1))
    }

    fn read(&mut self, id: Id, schema: &'a Value) {
        let text = |name: &str| schema.get(name).and_then(Value::as_str);
        let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
        let length = |name: &str| bound(name).and_then(|bound| usize::try_from(bound).ok());
        let list = |name: &str| schema.get(name).and_then(Value::as_array).into_iter().flatten();
        let inner = |name: &str| schema.get(name).filter(|inner| inner.is_object());
        let members = |schema: &'a Value| schema.get("properties").and_then(Value::as_object);
        let condition = inner("if").zip(inner("then")).map(|(condition, then)| {
            let names = members(condition)
                .into_iter()
                .flat_map(|members| members.keys().cloned());
            (self.id(condition), names.collect(), self.id(then))
        });
        let rules = Rules {
            description: text("description").map(str::to_owned),
            kind: text("type").map(str::to_owned),
            constant: schema.get("const").cloned(),
            tokens: schema.get("enum").and_then(Value::as_array).cloned(),
            any_of: list("anyOf").map(|choice| self.id(choice)).collect(),
            all_of: list("allOf").map(|part| self.id(part)).collect(),
            condition,
            min_length: length("minLength").unwrap_or(0),
            max_length: length("maxLength"),
            pattern: text("pattern").and_then(|pattern| Regex::new(pattern).ok()),
            minimum: schema.get("minimum").and_then(Value::as_f64),
            maximum: schema.get("maximum").and_then(Value::as_f64),
            min_items: length("minItems").unwrap_or(0),
            unique_items: schema.get("uniqueItems") == Some(&Value::Bool(true)),
            items: inner("items").map(|items| self.id(items)),
            min_properties: length("minProperties").unwrap_or(0),
            required: list("required").filter_map(Value::as_str).map(str::to_owned).collect(),
            properties: members(schema)
                .into_iter()
                .flatten()
                .map(|(name, inner)| (name.clone(), self.id(inner)))
                .collect(),
            property_names: inner("propertyNames").map(|names| self.id(names)),
            additional: inner("additionalProperties").map(|other| self.id(other)),
            closed: schema.get("additionalProperties") == Some(&Value::Bool(false)),
        };
        if let Some(slot) = self.rules.get_mut(id.0) {
            *slot = rules;
        }
    }
}
