//! Publish: what an importer makes of a source: drafts of events, and what it could not read or was not told.

use serde::Serialize;
use serde_json::{Map, Value};

/// The members of a JSON object.
pub type Members = Map<String, Value>;

/// The draft's member that holds the names of its categories until the configuration makes themes of them.
pub const CATEGORIES: &str = "x-categories";

/// What reading a source gave.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    /// The events that could be read, in the order of the source.
    pub events: Vec<Draft>,
    /// What was not read, or not said, in that order.
    pub problems: Vec<Problem>,
    /// The events that could not be read, each by the id that it would have had, where that is known.
    pub lost: Vec<Option<String>>,
}

/// An event as far as its source says what it is.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The members of a feed's event, and [`CATEGORIES`].
    pub event: Members,
    /// Whether something was lost that a visitor must not miss: a time, a price.
    pub faulty: bool,
}

impl Draft {
    /// The event's id.
    pub fn id(&self) -> &str {
        self.event.get("id").and_then(Value::as_str).unwrap_or_default()
    }
}

/// What a problem costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Nothing: the source does not say it, or it is left out on purpose.
    None,
    /// Something whose absence tells nobody anything wrong, such as a link that is no `https:` one.
    Slight,
    /// Something without which the event must not be published.
    Grave,
}

/// One thing that an importer did not read: where, what was expected, what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The place in the drafts, as in `events[2].timeZone`; for an event that was lost, the place in the source.
    pub path: String,
    /// The row of a table, as a spreadsheet counts: 1 is the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// The header of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// What it costs.
    #[serde(skip)]
    pub loss: Loss,
}

impl Problem {
    /// A problem outside of tables.
    pub fn new(loss: Loss, path: impl Into<String>, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            row: None,
            column: None,
            expected: expected.into(),
            found: found.into(),
            loss,
        }
    }

    /// Where it is, in words: the row and the column of a table, else the path.
    pub fn place(&self) -> String {
        match (self.row, &self.column) {
            (Some(row), Some(column)) => format!("row {row}, column {column}"),
            (Some(row), None) => format!("row {row}"),
            (None, Some(column)) => format!("column {column}"),
            (None, None) => self.path.clone(),
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = self.place();
        if !place.is_empty() {
            write!(f, "{place}: ")?;
        }
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

impl Drafts {
    /// Notes a problem of the source as a whole.
    pub fn note(&mut self, loss: Loss, path: impl Into<String>, expected: impl Into<String>, found: impl Into<String>) {
        self.problems.push(Problem::new(loss, path, expected, found));
    }

    /// Adds an event with the problems that were met in it; their paths are members of the event.
    ///
    /// What a feed's event needs and the source does not say is named: organizers and a time zone.
    pub fn add(&mut self, event: Members, problems: Vec<Problem>) {
        let number = self.events.len();
        let faulty = problems.iter().any(|problem| problem.loss == Loss::Grave);
        self.problems.extend(problems.into_iter().map(|problem| Problem {
            path: format!("events[{number}].{}", problem.path),
            ..problem
        }));
        for (member, expected) in [
            ("organizers", "the id of an association at least"),
            ("timeZone", "an IANA time zone such as \"America/Toronto\""),
        ] {
            if !event.contains_key(member) {
                self.note(Loss::None, format!("events[{number}].{member}"), expected, "nothing");
            }
        }
        let offers = event.get("offers").and_then(Value::as_array);
        for (place, offer) in offers.into_iter().flatten().enumerate() {
            if offer.get("audience").is_none() {
                let path = format!("events[{number}].offers[{place}].audience");
                self.note(Loss::None, path, "whom the offer is for", "nothing");
            }
        }
        self.events.push(Draft { event, faulty });
    }

    /// Notes an event that could not be read, with what was wrong in it.
    pub fn lose(&mut self, own_id: Option<&str>, problems: Vec<Problem>) {
        self.lost
            .push(own_id.filter(|own| !own.trim().is_empty()).map(crate::ids::id));
        self.problems.extend(problems);
    }

    /// Whether anything was lost.
    pub fn is_partial(&self) -> bool {
        !self.lost.is_empty() || self.problems.iter().any(|problem| problem.loss != Loss::None)
    }

    /// Gives events that share an id, which was made of their title, an id of their own each, by their day.
    pub fn part_by_day(&mut self, derived: &std::collections::BTreeMap<String, usize>) {
        for draft in &mut self.events {
            let id = draft.id().to_owned();
            if derived.get(&id).is_some_and(|times| *times > 1) {
                let start = draft.event.get("start").and_then(Value::as_str);
                let day = start
                    .and_then(|start| start.get(..10))
                    .and_then(joint_events_model::time::Date::parse);
                if let Some(day) = day {
                    put(&mut draft.event, "id", crate::ids::occurrence(&id, day));
                }
            }
        }
    }
}

/// Sets a member.
pub fn put(members: &mut Members, name: &str, value: impl Into<Value>) {
    members.insert(name.to_owned(), value.into());
}

/// Sets a text or link by language, beside those that stand there in others.
pub fn put_localized(members: &mut Members, name: &str, language: &str, text: impl Into<Value>) {
    let slot = members
        .entry(name.to_owned())
        .or_insert_with(|| Value::Object(Members::new()));
    if let Value::Object(slot) = slot {
        slot.insert(language.to_owned(), text.into());
    }
}

/// Changes the object under a name, which is made where there is none, and left out where it stays empty.
pub fn within(members: &mut Members, name: &str, change: impl FnOnce(&mut Members)) {
    let mut inner = match members.remove(name) {
        Some(Value::Object(inner)) => inner,
        Some(_) | None => Members::new(),
    };
    change(&mut inner);
    if !inner.is_empty() {
        members.insert(name.to_owned(), Value::Object(inner));
    }
}

/// The strings of an array under a name.
pub fn strings<'a>(members: &'a Members, name: &str) -> impl Iterator<Item = &'a str> {
    let items = members.get(name).and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_str)
}
