//! Words: names of things in the visitor's language.

use joint_events_model::ics::Entry;
use joint_events_model::rates::{Line, Whose};
use joint_events_model::{Attendance, Audience, Availability, Event, Feed, Offer, Online, Text, Venue};

use crate::strings::{Language, fill};

/// The words of a text, without their language.
pub fn plain(text: &Text, language: Language) -> String {
    text.pick(language.tag())
        .map(|(_, words)| words.clone())
        .unwrap_or_default()
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

/// A province or state: as the feed calls it, else the built-in name, else its code.
pub fn region(feed: &Feed, id: &str, language: Language) -> String {
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

/// Whose rate a line is, in words.
pub fn audience(line: &Line, offer: Option<&Offer>, feed: &Feed, language: Language) -> String {
    match &line.whose {
        Whose::OwnAsMember(_) | Whose::OwnRegular => language.strings().your_rate.to_owned(),
        Whose::Members(ids) => members(ids, feed, language),
        Whose::Regular | Whose::Other => offer.map(|offer| offer_name(offer, feed, language)).unwrap_or_default(),
    }
}

fn members(ids: &[String], feed: &Feed, language: Language) -> String {
    fill(
        language.strings().members_of,
        &[&association_names(feed, ids, language)],
    )
}

/// For whom an offer is, in words.
pub fn offer_name(offer: &Offer, feed: &Feed, language: Language) -> String {
    let strings = language.strings();
    let named = plain(&offer.name, language);
    match &offer.audience {
        Audience::Member => members(&offer.member_of, feed, language),
        Audience::NonMember => strings.non_members.to_owned(),
        Audience::Public if named.is_empty() => strings.public.to_owned(),
        Audience::Public => named,
        Audience::Other(token) => {
            let term = feed.audiences.iter().find(|term| term.id == *token);
            let label = term.map(|term| plain(&term.label, language));
            match label {
                Some(label) if named.is_empty() || named == label => label,
                Some(label) => [&label, " · ", &named].concat(),
                None if named.is_empty() => token.clone(),
                None => named,
            }
        }
    }
}

/// How many places are left at a rate, where that is worth a word.
pub fn availability(availability: Option<Availability>, language: Language) -> Option<&'static str> {
    let strings = language.strings();
    match availability {
        Some(Availability::SoldOut) => Some(strings.sold_out),
        Some(Availability::Waitlist) => Some(strings.waiting_list),
        Some(Availability::Limited) => Some(strings.few_places),
        Some(Availability::PreSale) => Some(strings.pre_sale),
        Some(Availability::InStock) | None => None,
    }
}

/// How one attends from afar, where it is public: what it is called, and its address.
fn online_access(online: &Online, language: Language) -> String {
    let label = plain(&online.label, language);
    let name = if label.is_empty() {
        online.platform.clone()
    } else {
        Some(label)
    };
    let mut parts = Vec::new();
    parts.extend(name);
    if let Some(link) = &online.url {
        parts.push(link.as_str().to_owned());
    }
    row(&parts, " ")
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
        let mut location = venue.map(|venue| address(feed, venue, language)).unwrap_or_default();
        if let Some(online) = &event.online {
            let access = online_access(online, language);
            if location.is_empty() {
                location = access;
            } else if !access.is_empty() {
                description.push(access);
            }
        }
        Self {
            summary: plain(&event.title, language),
            description: row(&description, "\n\n"),
            location,
        }
    }

    /// The same words with another paragraph under the description.
    #[must_use]
    pub fn with_paragraph(mut self, paragraph: &str) -> Self {
        if !self.description.is_empty() && !paragraph.is_empty() {
            self.description.push_str("\n\n");
        }
        self.description.push_str(paragraph);
        self
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
