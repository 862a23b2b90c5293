//! Publish: the feed that is published now, and those of its events whose time to stay is not over.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use joint_events_model::time::{Instant, Span, When};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Options, is_over};
use crate::draft::Members;
use crate::import::feed::version;
use crate::import::{Unreadable, decoded, json};
use crate::input;

/// The feed that is published now.
pub(super) struct Previous {
    text: String,
    /// When it says that it was made.
    pub(super) made: Option<String>,
    /// In its order, without those whose time to stay is over.
    pub(super) events: Vec<Published>,
    places: BTreeMap<String, usize>,
}

/// An event as it was published: where its text stands, which is a tenth of what its members take.
pub(super) struct Published {
    /// The ids that it has had anywhere, its own first.
    pub(super) names: Vec<String>,
    sources: Vec<String>,
    span: Option<Span>,
    place: Range<usize>,
}

/// What is read of a document at once; the rest stays text until somebody asks.
#[derive(Deserialize)]
struct Document<'a> {
    #[serde(default)]
    format: Value,
    #[serde(default)]
    version: Value,
    #[serde(default, rename = "generatedAt")]
    made: Value,
    #[serde(default, borrow)]
    events: Option<&'a RawValue>,
}

/// What is read of an event at once.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Head {
    id: Value,
    #[serde(rename = "sameAs")]
    same_as: Value,
    #[serde(rename = "x-source")]
    sources: Value,
    start: Value,
    end: Value,
}

impl Previous {
    /// The feed that is told, else the one in the folder, if there is one yet.
    pub(super) fn of(out: &Path, options: &Options) -> Result<Option<Self>, (String, Unreadable)> {
        let own = out.join("feed.json");
        let name = match &options.previous {
            Some(name) => name.clone(),
            None if own.exists() => own.display().to_string(),
            None => return Ok(None),
        };
        let read = input::bytes(&name).and_then(|bytes| Self::read(decoded(&bytes), options.now));
        read.map(Some).map_err(|error| (name, error))
    }

    fn read(text: String, now: Instant) -> Result<Self, Unreadable> {
        let document: Document = json(&text)?;
        version(&serde_json::json!({ "format": document.format, "version": document.version }))?;
        let events = document.events.map_or("[]", RawValue::get);
        // Events that are no array, or no objects, are none that could be kept.
        let events: Vec<&RawValue> = serde_json::from_str(events).unwrap_or_default();
        // Each is a part of the text, which need not be there twice.
        let place = |event: &str| {
            let start = event.as_ptr().addr().saturating_sub(text.as_ptr().addr());
            start..start.saturating_add(event.len())
        };
        let events = events
            .into_iter()
            .filter_map(|event| Published::of(event.get(), place(event.get())));
        let events: Vec<Published> = events
            .filter(|event| !event.span.is_some_and(|span| is_over(span, now)))
            .collect();
        let places = events
            .iter()
            .zip(0..)
            .map(|(event, place)| (event.id().to_owned(), place));
        Ok(Self {
            made: document.made.as_str().map(str::to_owned),
            places: places.collect(),
            events,
            text,
        })
    }

    pub(super) fn find(&self, id: &str) -> Option<Members> {
        let place = self.places.get(id)?;
        self.events.get(*place).map(|published| self.event(published))
    }

    /// The members of one of its events.
    pub(super) fn event(&self, published: &Published) -> Members {
        let text = self.text.get(published.place.clone()).unwrap_or_default();
        serde_json::from_str(text).unwrap_or_default()
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    /// Whether a feed is this one to the byte.
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }
}

impl Published {
    fn of(text: &str, place: Range<usize>) -> Option<Self> {
        if !text.starts_with('{') {
            return None;
        }
        // Of a member that stands twice the last counts, as everywhere.
        let twice = || serde_json::from_str(text).and_then(serde_json::from_value::<Head>);
        let head: Head = serde_json::from_str(text).or_else(|_| twice()).ok()?;
        let strings = |value: &Value| -> Vec<String> {
            let items = value.as_array().into_iter().flatten();
            items.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let mut names = strings(&head.same_as);
        names.insert(0, head.id.as_str().unwrap_or_default().to_owned());
        let when = |value: &Value| value.as_str().and_then(When::parse);
        let end = when(&head.end);
        Some(Self {
            names,
            sources: strings(&head.sources),
            span: when(&head.start).map(|start| Span { start, end }),
            place,
        })
    }

    pub(super) fn id(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    pub(super) fn is_of(&self, source: &str) -> bool {
        self.sources.iter().any(|own| own == source)
    }

    pub(super) fn is_past(&self, now: Instant) -> bool {
        self.span.is_some_and(|span| span.is_past(now))
    }
}
