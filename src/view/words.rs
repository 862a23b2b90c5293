//! View: names of things in the visitor's language, and texts with the language that they are in.

use joint_events_model::ics::{Calendar, Entry, Purpose, calendar};
use joint_events_model::select::{Facet, OTHER};
use joint_events_model::time::Date;
use joint_events_model::{Attendance, Event, Feed, Text, Venue, same_language};

use super::node::{Node, node};
use super::state::{Loaded, Widget};
use super::strings::{Language, Plural, fill};
use crate::intl;

/// A text of the feed, isolated from the direction of what stands around it, and marked where it is in another language.
pub fn text(markup: &str, text: &Text, language: Language) -> Option<Node> {
    let (own, words) = text.pick(language.tag())?;
    Some(marked(node(markup), own, language).text(words))
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

/// A whole number: `10 000`.
pub fn number(language: Language, number: usize) -> String {
    intl::number(language, u32::try_from(number).unwrap_or(u32::MAX))
}

/// So many of something: `12 événements`.
pub fn count(language: Language, [one, more]: Plural, count: usize) -> String {
    let pattern = if (language.strings().is_one)(count) { one } else { more };
    fill(pattern, &[&number(language, count)])
}

/// The number of results.
pub fn results(widget: &Widget) -> String {
    let language = *widget.language.get();
    count(language, language.strings().results, widget.selection().events.len())
}

/// An association's short name, else its name, else its id.
pub fn association_name(feed: &Feed, id: &str, language: Language) -> String {
    let association = feed.association(id);
    let short = association.and_then(|association| association.short_name.as_deref());
    let name = || {
        let (_, name) = association?.name.pick(language.tag())?;
        Some(name.as_str())
    };
    short.or_else(name).unwrap_or(id).to_owned()
}

/// The names of associations in a row.
pub fn association_names(feed: &Feed, ids: &[String], language: Language) -> String {
    let mut names = Vec::new();
    for id in ids {
        names.push(association_name(feed, id, language));
    }
    joined(&names, language)
}

/// Texts in a row, with something between them.
pub fn row(texts: &[String], between: &str) -> String {
    let mut row = String::new();
    for (number, text) in texts.iter().enumerate() {
        if number > 0 {
            row.push_str(between);
        }
        row.push_str(text);
    }
    row
}

/// Names in a row: `A`, `A et B`, `A, B et C`.
pub fn joined(names: &[String], language: Language) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => [&row(first, ", "), " ", language.strings().and, " ", last].concat(),
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
        Facet::Month => match Date::parse(&[id, "-01"].concat()) {
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
    let region = venue.region.as_ref().map(|code| region(feed, code, language));
    let town = match (&venue.locality, region) {
        (Some(town), Some(region)) => Some([town, " (", &region, ")"].concat()),
        (Some(town), None) => Some(town.clone()),
        (None, region) => region,
    };
    listed(&[&venue.name, &town])
}

/// The whole address on one line.
pub fn address(feed: &Feed, venue: &Venue, language: Language) -> String {
    let region = venue.region.as_ref().map(|code| region(feed, code, language));
    listed(&[&venue.name, &venue.street, &venue.locality, &region, &venue.postal_code])
}

fn listed(parts: &[&Option<String>]) -> String {
    let mut known = Vec::new();
    for part in parts.iter().copied().flatten() {
        known.push(part.clone());
    }
    row(&known, ", ")
}

/// The calendar file of these events of a feed.
pub fn calendar_file(widget: &Widget, loaded: &Loaded, events: &[&Event]) -> String {
    let language = *widget.language.get();
    let feed = &loaded.feed;
    let mut words = Vec::new();
    for event in events {
        words.push(EventWords::new(event, feed, language));
    }
    let mut entries: Vec<Entry> = Vec::new();
    for (event, words) in events.iter().zip(&words) {
        entries.push(words.entry(event, language));
    }
    let header = Calendar {
        name: &plain(&feed.title, language),
        stamp: *widget.now.get(),
        zones: &[],
        purpose: Purpose::Copy,
    };
    calendar(&header, &entries)
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
        let mut description = Vec::new();
        for text in [&event.status_note, &event.summary, &event.description] {
            if let Some((_, words)) = text.pick(language.tag()) {
                description.push(words.clone());
            }
        }
        let venue = event.venue.as_ref();
        Self {
            summary: plain(&event.title, language),
            description: row(&description, "\n\n"),
            location: venue.map(|venue| address(feed, venue, language)).unwrap_or_default(),
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
