//! View: names of things in the visitor's language, and texts with the language that they are in.

use joint_events_model::ics::{Calendar, Entry, Purpose, calendar};
use joint_events_model::select::{Facet, OTHER};
use joint_events_model::time::Date;
use joint_events_model::{Event, Feed, Text, same_language};

pub use joint_events_words::names::{EventWords, address, association_name, format, joined, place, plain, region};

use super::node::{Node, node};
use super::state::Widget;
use super::strings::Language;
use crate::intl;

/// A text of the feed, isolated from the direction of what stands around it, and marked where it is in another language.
pub fn text(tag: &'static str, text: &Text, language: Language) -> Option<Node> {
    let (own, words) = text.pick(language.tag())?;
    Some(marked(node(tag), own, language).text(words))
}

/// The element in its own direction, with its language where that is not the view's.
pub fn marked(element: Node, own: &str, language: Language) -> Node {
    let element = element.attr("dir", "auto");
    if same_language(own, language.tag()) {
        element
    } else {
        element.attr("lang", own)
    }
}

/// What a choice of a facet is called.
pub fn choice(feed: &Feed, facet: Facet, id: &str, language: Language) -> String {
    let strings = language.strings();
    if id == OTHER {
        return strings.other.to_owned();
    }
    match facet {
        Facet::Province => region(feed, id, language),
        Facet::Theme => {
            let term = feed.themes.iter().find(|term| term.id == id);
            term.map_or_else(|| id.to_owned(), |term| plain(&term.label, language))
        }
        Facet::Format => match id {
            "inPerson" => strings.in_person.to_owned(),
            "hybrid" => strings.hybrid.to_owned(),
            "online" => strings.online.to_owned(),
            unknown => unknown.to_owned(),
        },
        Facet::Organizer => association_name(feed, id, language),
        Facet::EventLanguage => intl::language_name(language, id),
        Facet::Month => match Date::parse(&format!("{id}-01")) {
            Some(date) => intl::month(language, date.year, date.month),
            None => id.to_owned(),
        },
    }
}

/// The calendar file of one event.
pub fn event_ics(widget: Widget, place: usize) -> Option<String> {
    file(widget, &[place])
}

/// The calendar file of all events that match.
pub fn selection_ics(widget: Widget) -> Option<String> {
    use leptos::prelude::WithUntracked;
    let places: Vec<usize> = widget
        .selection
        .with_untracked(|selection| selection.events.iter().map(|(place, _)| *place).collect());
    file(widget, &places)
}

fn file(widget: Widget, places: &[usize]) -> Option<String> {
    use leptos::prelude::GetUntracked;
    let language = widget.language.get_untracked();
    let loaded = widget.loaded()?;
    let feed = &loaded.feed;
    let events: Vec<&Event> = places.iter().filter_map(|place| feed.events.get(*place)).collect();
    let words: Vec<EventWords> = events
        .iter()
        .map(|event| EventWords::new(event, feed, language))
        .collect();
    let entries: Vec<Entry> = events
        .iter()
        .zip(&words)
        .map(|(event, words)| words.entry(event, language))
        .collect();
    let name = plain(&feed.title, language);
    let header = Calendar {
        name: &name,
        stamp: widget.now.get_untracked(),
        zones: &[],
        purpose: Purpose::Copy,
    };
    Some(calendar(&header, &entries))
}
