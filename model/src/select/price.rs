//! Model: events by what they cost one visitor at one moment: two facets of an [`Index`], worked out where they are offered.

use super::vocabulary::Vocabulary;
use super::{Facet, Index};
use crate::decimal::{push_decimal, whole};
use crate::rates::{Memberships, applying, is_current};
use crate::time::Instant;
use crate::{Audience, Event, Feed};

/// The choice of events that cost the visitor nothing.
pub const FREE: &str = "free";
/// The choice of events whose price is in another currency than the document's.
pub const OTHER_CURRENCY: &str = "other";
/// The choice of events without a price.
pub const TO_BE_ANNOUNCED: &str = "toBeAnnounced";
/// The choice of events with a rate for the visitor as a member.
pub const MINE: &str = "mine";

/// Where a range of prices ends and the next begins, in whole units of the document's currency. They are the same for all
/// feeds, so that an address or an attribute with a range means the same in a year; those that an event has are offered.
const BOUNDS: [u32; 12] = [
    25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000,
];

/// A range of prices in whole units, as its choice names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// More than nothing and less than this: `0-25`.
    Under(u32),
    /// This or more, and less than that: `25-50`.
    Between(u32, u32),
    /// This or more: `100000-`.
    From(u32),
}

impl Range {
    /// The range of a choice's id.
    ///
    /// ```
    /// use joint_events_model::select::price::Range;
    ///
    /// assert_eq!(Range::of("100-250"), Some(Range::Between(100, 250)));
    /// assert_eq!(Range::of("free"), None);
    /// ```
    pub fn of(id: &str) -> Option<Self> {
        let (from, to) = id.split_once('-')?;
        Some(match (whole(from)?, to) {
            (from, "") => Self::From(from),
            (0, to) => Self::Under(whole(to)?),
            (from, to) => Self::Between(from, whole(to)?),
        })
    }
}

/// Prices the events of an index for a visitor at a moment: until it is done again, it selects and counts by that.
///
/// The price is that of the visitor's own rate, the regular one of a visitor who is unknown. Rates of one's own are there for
/// a known member alone: for others there is no choice of them, and one that is chosen has no force.
///
/// ```
/// use joint_events_model::{rates::Memberships, read::read, select::{price, Facet, Index}, time::Instant};
///
/// let feed = read(r#"{"format": "joint-events", "version": "1.0", "events": []}"#)?.feed;
/// let mut index = Index::new(&feed);
/// price::price(&mut index, &feed, &Memberships::Unknown, Instant(0));
/// assert!(index.knows(Facet::Price, "100-250") && !index.knows(Facet::Rate, price::MINE));
/// # Ok::<(), joint_events_model::read::ReadError>(())
/// ```
pub fn price(index: &mut Index, feed: &Feed, memberships: &Memberships, now: Instant) {
    let prices = index.vocabularies.get_mut(Facet::Price);
    if prices.ids().is_empty() {
        *prices = all_prices();
    }
    let mut rates = Vocabulary::default();
    if is_member(memberships) {
        rates.add(MINE);
    }
    *index.vocabularies.get_mut(Facet::Rate) = rates;
    let prices = index.vocabularies.get(Facet::Price);
    for (entry, event) in index.entries.iter_mut().zip(&feed.events) {
        let choice = prices.number(&choice(event, feed, memberships, now));
        put(entry.choices.get_mut(Facet::Price), choice);
        let is_mine = has_rate(event, memberships, now).then_some(0);
        put(entry.choices.get_mut(Facet::Rate), is_mine);
    }
}

/// Whether a visitor is known to be a member: one who may look for their own rates.
pub fn is_member(memberships: &Memberships) -> bool {
    match memberships {
        Memberships::Unknown => false,
        Memberships::Known(ids) => !ids.is_empty(),
    }
}

fn put(choices: &mut Vec<usize>, number: Option<usize>) {
    choices.clear();
    choices.extend(number);
}

/// Free, the ranges from the lowest on, and what can't be compared.
fn all_prices() -> Vocabulary {
    let mut prices = Vocabulary::default();
    prices.add(FREE);
    let mut from = 0;
    for to in BOUNDS {
        prices.add(&range(from, Some(to)));
        from = to;
    }
    prices.add(&range(from, None));
    prices.add(OTHER_CURRENCY);
    prices.add(TO_BE_ANNOUNCED);
    prices
}

fn range(from: u32, to: Option<u32>) -> String {
    let mut id = String::new();
    push_decimal(&mut id, from, 1);
    id.push('-');
    if let Some(to) = to {
        push_decimal(&mut id, to, 1);
    }
    id
}

/// The choice of what an event costs the visitor.
fn choice(event: &Event, feed: &Feed, memberships: &Memberships, now: Instant) -> String {
    let offer = applying(event, feed, memberships, now).and_then(|place| event.offers.get(place));
    let Some(price) = offer.and_then(|offer| offer.price) else {
        return TO_BE_ANNOUNCED.to_owned();
    };
    if price.minor == 0 {
        return FREE.to_owned();
    }
    if price.currency != feed.currency {
        return OTHER_CURRENCY.to_owned();
    }
    let (mut from, units) = (0, price.minor / 100);
    for to in BOUNDS {
        if units < to {
            return range(from, Some(to));
        }
        from = to;
    }
    range(from, None)
}

/// Whether a rate holds now for members of one of the visitor's associations.
fn has_rate(event: &Event, memberships: &Memberships, now: Instant) -> bool {
    for offer in &event.offers {
        let is_mine = || offer.member_of.iter().any(|id| memberships.contains(id));
        if offer.audience == Audience::Member && is_current(offer, now) && is_mine() {
            return true;
        }
    }
    false
}
