//! Publish: rates against each other: what a visitor would be told wrong, or not be told.

use joint_events_model::rates::{Memberships, is_current, rates};
use joint_events_model::time::{Instant, Span};
use joint_events_model::{Audience, Event, Feed, Offer, Status};

use super::Placed;
use crate::finding::Finding;

/// What is wrong in an event's offers.
pub(super) fn findings(placed: &Placed, feed: &Feed, now: Instant) -> Vec<Finding> {
    let event = placed.event;
    let mut findings = Vec::new();
    // Offers that were lost are told already, and shift the places of those that follow.
    if event.prices_incomplete {
        return findings;
    }
    findings.extend(above_regular(placed, feed));
    findings.extend(overlapping(placed));
    if open_without_offer(event, now) {
        let expected = "an offer that holds while registration is open";
        findings.push(Finding::warning("no-offer", placed.path("offers"), expected, "none"));
    }
    let regular = |offer: &Offer| matches!(offer.audience, Audience::NonMember | Audience::Public);
    let priced = event
        .offers
        .iter()
        .any(|offer| offer.audience == Audience::NonMember && offer.price.is_some())
        || event
            .offers
            .iter()
            .any(|offer| regular(offer) && offer.price.is_some_and(|price| price.minor > 0));
    let member = event
        .offers
        .iter()
        .any(|offer| offer.audience == Audience::Member && offer.price.is_some());
    if priced && !member {
        let expected = "a member price beside the regular one";
        findings.push(Finding::warning(
            "member-price",
            placed.path("offers"),
            expected,
            "none",
        ));
    }
    findings
}

/// Member rates above the regular one at any moment, as the widget itself would work them out.
fn above_regular(placed: &Placed, feed: &Feed) -> Vec<Finding> {
    let event = placed.event;
    let mut told: Vec<usize> = Vec::new();
    let mut findings = Vec::new();
    for moment in moments(event) {
        let rates = rates(event, feed, &Memberships::Unknown, moment);
        let regular = rates
            .regular
            .and_then(|place| Some((place, event.offers.get(place)?.price?)));
        let Some((place, regular)) = regular else {
            continue;
        };
        for member in rates.members {
            let price = event.offers.get(member).and_then(|offer| offer.price);
            let above = price.filter(|price| price.currency == regular.currency && price.minor > regular.minor);
            if let (Some(price), false) = (above, told.contains(&member)) {
                told.push(member);
                let expected = format!("at most the regular price, {} (offers[{place}])", regular.decimal());
                let path = placed.path(&format!("offers[{member}].price"));
                findings.push(Finding::error(
                    "above-regular",
                    path,
                    expected,
                    format!("\"{}\"", price.decimal()),
                ));
            }
        }
    }
    findings
}

/// The beginning of time, and every moment at which an offer begins or has just ceased to hold.
fn moments(event: &Event) -> Vec<Instant> {
    let begins = event
        .offers
        .iter()
        .filter_map(|offer| offer.valid_from)
        .map(|from| from.instant());
    let ceases = event.offers.iter().filter_map(|offer| offer.valid_through);
    let ceases = ceases.map(|through| Instant(through.last_instant().0.saturating_add(1)));
    let mut moments: Vec<Instant> = std::iter::once(Instant(i64::MIN)).chain(begins).chain(ceases).collect();
    moments.sort_unstable();
    moments.dedup();
    moments
}

/// Two offers of one audience that hold at once, so that nobody knows which is meant.
fn overlapping(placed: &Placed) -> Vec<Finding> {
    let offers = &placed.event.offers;
    let mut findings = Vec::new();
    for (number, offer) in offers.iter().enumerate() {
        let same = |other: &&(usize, &Offer)| same_buyers(other.1, offer) && overlap(other.1, offer);
        let before: Vec<(usize, &Offer)> = offers.iter().enumerate().take(number).collect();
        if let Some((other, _)) = before.iter().find(same) {
            let expected =
                format!("an offer that does not hold at the same time as offers[{other}], for the same people");
            let member = match (offer.valid_from, offer.valid_through) {
                (Some(_), _) => ".validFrom",
                (None, Some(_)) => ".validThrough",
                (None, None) => "",
            };
            let path = placed.path(&format!("offers[{number}]{member}"));
            findings.push(Finding::error("overlap", path, expected, window(offer)));
        }
    }
    findings
}

/// Whether two offers are for the same people: of one audience, with an association in common; of an audience without
/// associations, under one name.
fn same_buyers(one: &Offer, other: &Offer) -> bool {
    let currency = |offer: &Offer| offer.price.map(|price| price.currency);
    let comparable = currency(one).is_none() || currency(other).is_none() || currency(one) == currency(other);
    let meet = if one.member_of.is_empty() && other.member_of.is_empty() {
        one.name == other.name
    } else {
        one.member_of.iter().any(|id| other.member_of.contains(id))
    };
    one.audience == other.audience && comparable && meet
}

fn overlap(one: &Offer, other: &Offer) -> bool {
    let before = |first: &Offer, second: &Offer| {
        let ends = first.valid_through.map(|through| through.last_instant());
        let begins = second.valid_from.map(|from| from.instant());
        matches!((ends, begins), (Some(ends), Some(begins)) if ends < begins)
    };
    !before(one, other) && !before(other, one)
}

fn window(offer: &Offer) -> String {
    match (offer.valid_from, offer.valid_through) {
        (Some(from), Some(through)) => format!("one from {from} through {through}"),
        (Some(from), None) => format!("one from {from} on"),
        (None, Some(through)) => format!("one through {through}"),
        (None, None) => "one that always holds".to_owned(),
    }
}

fn open_without_offer(event: &Event, now: Instant) -> bool {
    let registration = &event.registration;
    let span = Span {
        start: event.start,
        end: event.end,
    };
    let open = !registration.url.is_empty()
        && registration.opens.is_none_or(|opens| opens.instant() <= now)
        && registration.closes.is_none_or(|closes| now <= closes.last_instant());
    let stands = !matches!(event.status, Status::Cancelled | Status::Postponed);
    open && stands && !span.is_past(now) && !event.offers.iter().any(|offer| is_current(offer, now))
}
