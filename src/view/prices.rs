//! View: the filters by what an event costs the visitor.

use joint_events_model::select::Facet;
use joint_events_model::select::price::{self, FREE, MINE, Range, TO_BE_ANNOUNCED, is_member};
use joint_events_model::{Feed, Money};

use super::state::Widget;
use super::strings::{Language, fill};
use super::words;
use crate::intl;

/// Prices the events of the feed for the visitor at this moment.
pub fn price(widget: &Widget) {
    if let Some(loaded) = widget.loaded() {
        let (memberships, now) = (widget.memberships(), *widget.now.get());
        price::price(&mut loaded.index.borrow_mut(), &loaded.feed, &memberships, now);
    }
}

/// Takes back the choice of one's own rates from a visitor who has just said to be no member any more, and says so. Tells
/// whether there was one that had force.
pub fn let_go(widget: &Widget) -> bool {
    let (filter, options) = (widget.filter.get(), widget.options.get());
    let Some(loaded) = widget.loaded() else { return false };
    // The index is still that of the visitor before.
    let had_force = !filter.chosen(Facet::Rate).is_empty() && loaded.index.borrow().knows(Facet::Rate, MINE);
    if !had_force || is_member(&widget.memberships()) || !options.offers(Facet::Rate.name()) {
        return false;
    }
    widget.select(|filter| filter.choices.get_mut(Facet::Rate).clear());
    // The number of results follows, as after any choice.
    let strings = words::later(*widget.language.get());
    widget.speak(fill(strings.filter_removed, &[strings.rate_for_me]));
    true
}

/// What a facet of prices is called.
pub fn facet_name(facet: Facet, language: Language) -> &'static str {
    let strings = words::later(language);
    if facet == Facet::Price {
        strings.price
    } else {
        strings.rate
    }
}

/// What one of its choices is called.
pub fn choice(feed: &Feed, id: &str, language: Language) -> String {
    let strings = words::later(language);
    let money = |units: u32| {
        let minor = units.saturating_mul(100);
        let currency = feed.currency;
        intl::money(language, Money { minor, currency })
    };
    match id {
        FREE => return language.strings().free.to_owned(),
        TO_BE_ANNOUNCED => return language.strings().to_be_announced.to_owned(),
        MINE => return strings.rate_for_me.to_owned(),
        _ => {}
    }
    match Range::of(id) {
        Some(Range::Under(to)) => fill(strings.price_under, &[&money(to)]),
        Some(Range::Between(from, to)) => fill(strings.price_between, &[&money(from), &money(to)]),
        Some(Range::From(from)) => fill(strings.price_from, &[&money(from)]),
        None => id.to_owned(),
    }
}
