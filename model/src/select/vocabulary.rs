//! Model: what a feed's events can be chosen by, facet by facet, in the order in which it is offered.

use std::borrow::Cow;

use super::{EVERYWHERE, Facet, ONLINE, OTHER, format};
use crate::decimal::push_decimal;
use crate::ids::Ids;
use crate::{Attendance, Event, Feed, Term, primary_language};

/// ISO 3166-2:CA.
const CANADIAN: [&str; 13] = [
    "CA-AB", "CA-BC", "CA-MB", "CA-NB", "CA-NL", "CA-NS", "CA-NT", "CA-NU", "CA-ON", "CA-PE", "CA-QC", "CA-SK", "CA-YT",
];

/// The choices of one facet, each once, in the order in which they are offered.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    ids: Vec<String>,
    numbers: Ids<'static>,
}

impl Vocabulary {
    /// The choices of a feed whose events are given in the order of the list.
    pub(super) fn new(feed: &Feed, events: &[(usize, &Event)], facet: Facet) -> Self {
        let mut choices = Self::default();
        match facet {
            Facet::Province => {
                choices.add_terms(&feed.provinces);
                for id in CANADIAN {
                    choices.add(id);
                }
                choices.add(ONLINE);
                choices.add(OTHER);
            }
            Facet::Theme => {
                choices.add_terms(&feed.themes);
                choices.add(OTHER);
            }
            Facet::Format => {
                for way in [Attendance::InPerson, Attendance::Hybrid, Attendance::Online] {
                    choices.add(way.token());
                }
            }
            Facet::Organizer => {
                for association in &feed.associations {
                    choices.add(&association.id);
                }
                choices.add(OTHER);
            }
            Facet::EventLanguage => {
                choices.add_languages(&feed.languages);
                for (_, event) in events {
                    choices.add_languages(&event.languages);
                }
            }
            // The list goes by the date as written, so the months are met in the order of the calendar.
            Facet::Month => {
                for (_, event) in events {
                    choices.add(&month(event));
                }
            }
            // For one visitor at one moment: `price.rs`.
            Facet::Price | Facet::Rate => {}
        }
        choices
    }

    fn add_terms(&mut self, terms: &[Term]) {
        for term in terms {
            self.add(&term.id);
        }
    }

    fn add_languages(&mut self, tags: &[String]) {
        for tag in tags {
            self.add(&language(tag));
        }
    }

    pub(super) fn add(&mut self, id: &str) {
        if self.number(id).is_none() {
            self.numbers.insert(Cow::Owned(id.to_owned()), self.ids.len());
            self.ids.push(id.to_owned());
        }
    }

    pub(super) fn ids(&self) -> &[String] {
        &self.ids
    }

    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.number(id)
    }

    /// The numbers of what an event itself names of the facet, each once; ids that are not known are `other`.
    pub(super) fn named(&self, event: &Event, facet: Facet) -> Vec<usize> {
        let mut named = Vec::new();
        match facet {
            Facet::Province if event.provinces.is_empty() => match format(event) {
                Some(Attendance::Online) => self.name(ONLINE, &mut named),
                Some(Attendance::InPerson | Attendance::Hybrid) | None => self.name(OTHER, &mut named),
            },
            Facet::Province => {
                for id in &event.provinces {
                    if id != EVERYWHERE {
                        self.name(id, &mut named);
                    }
                }
            }
            Facet::Theme => self.name_all(&event.themes, &mut named),
            Facet::Format => {
                if let Some(way) = format(event) {
                    self.name(way.token(), &mut named);
                }
            }
            Facet::Organizer => self.name_all(&event.organizers, &mut named),
            Facet::EventLanguage => {
                for tag in &event.languages {
                    self.name(&language(tag), &mut named);
                }
            }
            Facet::Month => self.name(&month(event), &mut named),
            Facet::Price | Facet::Rate => {}
        }
        named
    }

    fn name_all(&self, ids: &[String], named: &mut Vec<usize>) {
        for id in ids {
            self.name(id, named);
        }
    }

    fn name(&self, id: &str, named: &mut Vec<usize>) {
        let number = self.number(id).or_else(|| self.number(OTHER));
        if let Some(number) = number.filter(|number| !named.contains(number)) {
            named.push(number);
        }
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
    let mut month = String::new();
    push_decimal(&mut month, date.year.unsigned_abs(), 4);
    month.push('-');
    push_decimal(&mut month, date.month.into(), 2);
    month
}
