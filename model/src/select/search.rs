//! Model: what a search finds: the events of an [`Index`] that hold every word, in any of their texts and languages. It is worked out
//! where somebody searches: folding a feed's texts takes as long as reading them.

use super::{Facet, Index};
use crate::text::{fold, holds, push_folded};
use crate::{Event, Feed, Text};

/// What is looked at.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// The names that many events share, folded once: by the number of the choice that they name.
    organizers: Vec<String>,
    themes: Vec<String>,
    /// All texts of an event, folded, by its place in the feed, as far as they are made.
    of: Vec<String>,
    /// Whether an event is found, by its place; those after the last are.
    found: Vec<bool>,
}

impl Texts {
    /// Whether what is searched for is found in the event of a place.
    pub(super) fn has(&self, place: usize) -> bool {
        self.found.get(place).copied().unwrap_or(true)
    }
}

/// Goes on by the texts of so many events, and tells whether all are there.
///
/// ```
/// use joint_events_model::{read::read, select::{Index, search::step}};
///
/// let feed = read(r#"{"format": "joint-events", "version": "1.0", "events": []}"#)?.feed;
/// assert!(step(&mut Index::new(&feed), &feed, 16));
/// # Ok::<(), joint_events_model::read::ReadError>(())
/// ```
pub fn step(index: &mut Index, feed: &Feed, count: usize) -> bool {
    let begun = index.texts.of.len();
    if begun == 0 {
        name(&mut index.texts, feed);
    }
    for (place, event) in feed.events.iter().enumerate().skip(begun).take(count) {
        let text = text(index, place, event);
        index.texts.of.push(text);
    }
    index.texts.of.len() >= feed.events.len()
}

/// Has an index select and count by these words alone, as typed, until it is done again; by none all are found. Every word
/// counts as part of a word, without accents and case.
pub fn search(index: &mut Index, feed: &Feed, typed: &str) {
    index.texts.found.clear();
    if typed.trim_ascii().is_empty() {
        return;
    }
    step(index, feed, usize::MAX);
    let query = fold(typed);
    let words = words(&query);
    for text in &index.texts.of {
        let is_found = words.iter().all(|word| holds(text, word));
        index.texts.found.push(is_found);
    }
}

/// The words of a folded text; some may be empty, which every text holds.
fn words(text: &str) -> Vec<&str> {
    let (mut words, mut first) = (Vec::new(), 0);
    for (place, character) in text.char_indices() {
        if character.is_whitespace() {
            words.extend(text.get(first..place));
            first = place.wrapping_add(character.len_utf8());
        }
    }
    words.extend(text.get(first..));
    words
}

fn text(index: &Index, place: usize, event: &Event) -> String {
    let mut text = String::new();
    for texts in [&event.title, &event.summary, &event.description] {
        push_values(&mut text, texts);
    }
    if let Some(venue) = &event.venue {
        for part in [&venue.name, &venue.locality] {
            push_part(&mut text, part.as_deref());
        }
    }
    if let Some(entry) = index.entries.get(place) {
        push_names(&mut text, entry.choices.get(Facet::Organizer), &index.texts.organizers);
        push_names(&mut text, entry.choices.get(Facet::Theme), &index.texts.themes);
    }
    text
}

// A feed has each id once, so the place of its owner is its number.
fn name(texts: &mut Texts, feed: &Feed) {
    texts.organizers.clear();
    for association in &feed.associations {
        let mut name = String::new();
        push_values(&mut name, &association.name);
        push_part(&mut name, association.short_name.as_deref());
        texts.organizers.push(name);
    }
    texts.themes.clear();
    for term in &feed.themes {
        let mut name = String::new();
        push_values(&mut name, &term.label);
        texts.themes.push(name);
    }
}

fn push_values(folded: &mut String, texts: &Text) {
    for (_, text) in &texts.0 {
        push_part(folded, Some(text));
    }
}

fn push_part(folded: &mut String, text: Option<&str>) {
    if let Some(text) = text {
        push_folded(folded, text);
        // A word is part of one text, never of the end of one and the start of the next.
        folded.push('\n');
    }
}

fn push_names(folded: &mut String, numbers: &[usize], names: &[String]) {
    for number in numbers {
        if let Some(name) = names.get(*number) {
            folded.push_str(name);
        }
    }
}
