//! Model: what a feed's events can be chosen by, facet by facet, in the order in which it is offered.

use std::collections::BTreeMap;

use super::{EVERYWHERE, Facet, ONLINE, OTHER, format};
use crate::{Attendance, Event, Feed, primary_language};

/// ISO 3166-2:CA.
const CANADIAN: [&str; 13] = [
    "CA-AB", "CA-BC", "CA-MB", "CA-NB", "CA-NL", "CA-NS", "CA-NT", "CA-NU", "CA-ON", "CA-PE", "CA-QC", "CA-SK", "CA-YT",
];

/// The choices of one facet, each once, in the order in which they are offered.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    ids: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Vocabulary {
    /// The choices of a feed whose events are given in the order of the list.
    pub(super) fn new(feed: &Feed, events: &[&Event], facet: Facet) -> Self {
        let mut choices = Self::default();
        match facet {
            Facet::Province => {
                feed.provinces.iter().for_each(|term| choices.add(&term.id));
                CANADIAN.into_iter().for_each(|id| choices.add(id));
                choices.add(ONLINE);
                choices.add(OTHER);
            }
            Facet::Theme => {
                feed.themes.iter().for_each(|term| choices.add(&term.id));
                choices.add(OTHER);
            }
            Facet::Format => {
                let ways = [Attendance::InPerson, Attendance::Hybrid, Attendance::Online];
                ways.into_iter().for_each(|way| choices.add(way.token()));
            }
            Facet::Organizer => {
                let associations = feed.associations.iter();
                associations.for_each(|association| choices.add(&association.id));
                choices.add(OTHER);
            }
            Facet::EventLanguage => {
                let tags = feed
                    .languages
                    .iter()
                    .chain(events.iter().flat_map(|event| &event.languages));
                tags.for_each(|tag| choices.add(&language(tag)));
            }
            // The list goes by the date as written, so the months are met in the order of the calendar.
            Facet::Month => events.iter().for_each(|event| choices.add(&month(event))),
        }
        choices
    }

    fn add(&mut self, id: &str) {
        if self.number(id).is_none() {
            self.numbers.insert(id.to_owned(), self.ids.len());
            self.ids.push(id.to_owned());
        }
    }

    pub(super) fn ids(&self) -> &[String] {
        &self.ids
    }

    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// The numbers of what an event itself names of the facet, each once; ids that are not known are `other`.
    pub(super) fn named(&self, event: &Event, facet: Facet) -> Vec<usize> {
        let mut named = Vec::new();
        let mut name = |id: &str| {
            let number = self.number(id).or_else(|| self.number(OTHER));
            if let Some(number) = number.filter(|number| !named.contains(number)) {
                named.push(number);
            }
        };
        match facet {
            Facet::Province if event.provinces.is_empty() => match format(event) {
                Some(Attendance::Online) => name(ONLINE),
                Some(Attendance::InPerson | Attendance::Hybrid) | None => name(OTHER),
            },
            Facet::Province => {
                let provinces = event.provinces.iter().filter(|id| *id != EVERYWHERE);
                provinces.for_each(|id| name(id));
            }
            Facet::Theme => event.themes.iter().for_each(|id| name(id)),
            Facet::Format => format(event).into_iter().for_each(|way| name(way.token())),
            Facet::Organizer => event.organizers.iter().for_each(|id| name(id)),
            Facet::EventLanguage => event.languages.iter().for_each(|tag| name(&language(tag))),
            Facet::Month => name(&month(event)),
        }
        named
    }

    /// The numbers of all choices but `online` and `other`.
    pub(super) fn provinces(&self) -> impl Iterator<Item = usize> {
        let numbered = self.ids.iter().enumerate();
        numbered
            .filter(|(_, id)| *id != ONLINE && *id != OTHER)
            .map(|(number, _)| number)
    }
}

fn language(tag: &str) -> String {
    primary_language(tag).to_ascii_lowercase()
}

fn month(event: &Event) -> String {
    let date = event.start.date();
    format!("{:04}-{:02}", date.year, date.month)
}
