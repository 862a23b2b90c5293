//! View: names of things in the visitor's language, and texts with the language that they are in.

use joint_events_model::ics::{Calendar, Entry, Purpose, calendar};
use joint_events_model::select::{Facet, OTHER};
use joint_events_model::time::Date;
use joint_events_model::{Attendance, Event, Feed, Text, Venue, same_language};

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

/// The words of a text, without their language.
pub fn plain(text: &Text, language: Language) -> String {
    text.pick(language.tag())
        .map(|(_, words)| words.clone())
        .unwrap_or_default()
}

/// An association's short name, else its name, else its id.
pub fn association_name(feed: &Feed, id: &str, language: Language) -> String {
    let Some(association) = feed.association(id) else {
        return id.to_owned();
    };
    let named = || association.name.pick(language.tag()).map(|(_, name)| name.clone());
    association
        .short_name
        .clone()
        .or_else(named)
        .unwrap_or_else(|| id.to_owned())
}

/// Names in a row: `A`, `A et B`, `A, B et C`.
pub fn joined(names: &[String], language: Language) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), language.strings().and),
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

fn region(feed: &Feed, id: &str, language: Language) -> String {
    let strings = language.strings();
    let term = feed.provinces.iter().find(|term| term.id == id);
    let built_in = || {
        strings
            .provinces
            .iter()
            .find(|(code, _)| *code == id)
            .map(|(_, name)| (*name).to_owned())
    };
    match term {
        Some(term) => plain(&term.label, language),
        None if id == "online" => strings.online.to_owned(),
        None => built_in().unwrap_or_else(|| id.to_owned()),
    }
}

/// How one attends.
pub fn format(attendance: Attendance, language: Language) -> &'static str {
    let strings = language.strings();
    match attendance {
        Attendance::InPerson => strings.in_person,
        Attendance::Hybrid => strings.hybrid,
        Attendance::Online => strings.online,
    }
}

/// Name, town and province, as far as they are known.
pub fn place(feed: &Feed, venue: &Venue, language: Language) -> String {
    let town = match (&venue.locality, &venue.region) {
        (Some(town), Some(code)) => Some(format!("{town} ({})", region(feed, code, language))),
        (Some(town), None) => Some(town.clone()),
        (None, code) => code.as_ref().map(|code| region(feed, code, language)),
    };
    venue.name.iter().cloned().chain(town).collect::<Vec<_>>().join(", ")
}

/// The whole address on one line.
pub fn address(feed: &Feed, venue: &Venue, language: Language) -> String {
    let region = venue.region.as_ref().map(|code| region(feed, code, language));
    let parts = venue
        .name
        .iter()
        .chain(&venue.street)
        .chain(&venue.locality)
        .chain(&region)
        .chain(&venue.postal_code);
    parts.cloned().collect::<Vec<_>>().join(", ")
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

/// The words of an event for a calendar.
pub struct EventWords {
    summary: String,
    description: String,
    location: String,
}

impl EventWords {
    /// The words in a language.
    pub fn new(event: &Event, feed: &Feed, language: Language) -> Self {
        let texts = [&event.status_note, &event.summary, &event.description].map(|text| plain(text, language));
        let description = texts
            .iter()
            .filter(|text| !text.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join("\n\n");
        let location = event
            .venue
            .as_ref()
            .map(|venue| address(feed, venue, language))
            .unwrap_or_default();
        Self {
            summary: plain(&event.title, language),
            description,
            location,
        }
    }

    /// The entry of the event whose words they are.
    pub fn entry<'a>(&'a self, event: &'a Event, language: Language) -> Entry<'a> {
        Entry {
            event,
            summary: &self.summary,
            description: &self.description,
            location: &self.location,
            url: event.url.pick(language.tag()).map(|(_, link)| link),
        }
    }
}
