//! Hostile: documents of JSON in which a few values are others, so that what is read gets past the first brace.

use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

/// What becomes of a value.
#[derive(Clone, Debug)]
enum Graft {
    /// It is this one.
    Plain(Value),
    /// It is a text of the lists.
    Text(Index),
    /// It is a text that a text of the lists is put into.
    Within(Index),
    /// It is a value that stands elsewhere in the documents.
    Elsewhere(Index, Index),
    /// It is an array of itself, so many times.
    Again(usize),
    /// It loses one of its own.
    Lose(Index),
    /// It has a member or an item more, from elsewhere.
    Gain(Index, Index),
}

fn graft() -> impl Strategy<Value = Graft> {
    let plain = prop_oneof![
        Just(json!(null)),
        Just(json!([])),
        Just(json!({})),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        "[0-9]{1,7}\\.[0-9]{2}|[0-9]{4}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](Z|[+-][01][0-9]:[0-5][0-9]))?|\\PC{0,8}"
            .prop_map(Value::from),
    ];
    prop_oneof![
        3 => plain.prop_map(Graft::Plain),
        4 => any::<Index>().prop_map(Graft::Text),
        2 => any::<Index>().prop_map(Graft::Within),
        4 => (any::<Index>(), any::<Index>()).prop_map(|(document, place)| Graft::Elsewhere(document, place)),
        1 => (0..4_usize).prop_map(Graft::Again),
        2 => any::<Index>().prop_map(Graft::Lose),
        3 => (any::<Index>(), any::<Index>()).prop_map(|(document, place)| Graft::Gain(document, place)),
    ]
}

/// The documents, each with a few values that are others.
pub fn documents(documents: Vec<Value>, texts: Vec<String>) -> impl Strategy<Value = Vec<u8>> {
    let documents = Rc::new(documents);
    (any::<Index>(), vec((any::<Index>(), graft()), 1..6)).prop_map(move |(document, grafts)| {
        let mut document = document.get(&documents).clone();
        for (place, graft) in grafts {
            let place = place.index(count(&document));
            if let Some(value) = node(&mut document, &mut place.clone()) {
                change(value, graft, &documents, &texts);
            }
        }
        document.to_string().into_bytes()
    })
}

fn change(value: &mut Value, graft: Graft, documents: &[Value], texts: &[String]) {
    let elsewhere = |document: Index, place: Index| {
        let mut document = document.get(documents).clone();
        let mut place = place.index(count(&document));
        node(&mut document, &mut place).map(Value::take).unwrap_or_default()
    };
    match graft {
        Graft::Plain(other) => *value = other,
        Graft::Text(text) => *value = text.get(texts).clone().into(),
        Graft::Within(text) => {
            let own = value.as_str().unwrap_or_default();
            let (start, end) = own.split_at(
                own.char_indices()
                    .nth(own.chars().count() / 2)
                    .map_or(0, |(place, _)| place),
            );
            *value = [start, text.get(texts).as_str(), end].concat().into();
        }
        Graft::Elsewhere(document, place) => *value = elsewhere(document, place),
        Graft::Again(times) => *value = vec![value.clone(); times].into(),
        Graft::Lose(place) => match value {
            Value::Array(items) if !items.is_empty() => drop(items.remove(place.index(items.len()))),
            Value::Object(members) if !members.is_empty() => {
                let name = members.keys().nth(place.index(members.len())).cloned();
                name.and_then(|name| members.remove(&name));
            }
            _ => *value = Value::Null,
        },
        Graft::Gain(document, place) => match value {
            Value::Array(items) => items.push(elsewhere(document, place)),
            Value::Object(members) => {
                if let Value::Object(others) = elsewhere(document, place) {
                    members.extend(others);
                }
            }
            _ => *value = Map::from_iter([("en".to_owned(), value.take())]).into(),
        },
    }
}

/// How many values a document is, itself among them.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// The value of a document that so many stand before.
fn node<'a>(value: &'a mut Value, before: &mut usize) -> Option<&'a mut Value> {
    if *before == 0 {
        return Some(value);
    }
    *before -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| node(item, before)),
        Value::Object(members) => members.values_mut().find_map(|member| node(member, before)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
