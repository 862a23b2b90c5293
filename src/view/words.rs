//! View: names of things in the visitor's language, and texts with the language that they are in.

use joint_events_model::select::{Facet, OTHER};
use joint_events_model::time::Date;
use joint_events_model::{Audience, Feed, Offer, Text, same_language};

pub use joint_events_words::later::words as later;
pub use joint_events_words::names::{
    EventWords, address, association_name, association_names, format, joined, offer_name, place, plain, region, row,
};

use super::doors;
use super::node::{Node, node};
use super::state::Widget;
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

/// What a choice of a facet is called, after the language of that.
pub fn choice(feed: &Feed, facet: Facet, id: &str, language: Language) -> (String, String) {
    let terms = match facet {
        Facet::Province => &*feed.provinces,
        Facet::Theme => &*feed.themes,
        Facet::Format | Facet::Organizer | Facet::EventLanguage | Facet::Month | Facet::Price | Facet::Rate => &[],
    };
    let term = terms.iter().find(|term| term.id == id);
    match term.and_then(|term| term.label.pick(language.tag())) {
        Some((own, label)) => (own.to_owned(), label.clone()),
        None => (language.tag().to_owned(), built_in(feed, facet, id, language)),
    }
}

/// What a choice is called that the feed has no label for.
fn built_in(feed: &Feed, facet: Facet, id: &str, language: Language) -> String {
    let strings = language.strings();
    if id == OTHER {
        return strings.other.to_owned();
    }
    match facet {
        Facet::Province => region(feed, id, language),
        Facet::Theme => id.to_owned(),
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
        Facet::Price | Facet::Rate => doors::price_choice(feed, id, language),
    }
}

/// For whom an offer is, marked where the feed says it in another language.
pub fn offer_text(markup: &str, offer: &Offer, feed: &Feed, language: Language) -> Node {
    let element = node(markup).text(&offer_name(offer, feed, language));
    let own = match &offer.audience {
        Audience::Member | Audience::NonMember => None,
        Audience::Public => offer.name.pick(language.tag()),
        Audience::Other(token) => {
            let term = feed.audiences.iter().find(|term| term.id == *token);
            term.map_or(&offer.name, |term| &term.label).pick(language.tag())
        }
    };
    match own {
        Some((own, _)) => marked(element, own, language),
        None => element,
    }
}
