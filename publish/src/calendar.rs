//! Publish: a feed as a calendar subscription in one language, with its zones and its prices.

use joint_events_model::ics::{Calendar, Entry, Purpose, calendar as text_of, utc};
use joint_events_model::rates::{Memberships, Taxes, rates};
use joint_events_model::time::{Instant, When};
use joint_events_model::{Event, Feed};
use joint_events_words::names::{EventWords, audience, plain};
use joint_events_words::strings::{Language, fill};

use crate::say;
use crate::zone::{Change, Zone};

/// A year and a bit, in milliseconds: how far beside the events their zones are described.
const MARGIN: i64 = 400 * 86_400_000;

/// The calendar of all events: `made` is when the feed was, `now` the moment of the prices.
pub fn calendar(feed: &Feed, language: Language, made: Instant, now: Instant) -> String {
    let words: Vec<EventWords> = feed
        .events
        .iter()
        .map(|event| EventWords::new(event, feed, language).with_paragraph(&prices(event, feed, language, now)))
        .collect();
    let entries: Vec<Entry> = feed
        .events
        .iter()
        .zip(&words)
        .map(|(event, words)| words.entry(event, language))
        .collect();
    let calendar = Calendar {
        name: &plain(&feed.title, language),
        stamp: made,
        zones: &zones(feed),
        purpose: Purpose::Subscription,
    };
    text_of(&calendar, &entries)
}

/// The rates of a moment in one line: `Membres de LSO : 45 $; Non-membres : 85 $; taxes en sus`.
fn prices(event: &Event, feed: &Feed, language: Language, now: Instant) -> String {
    let strings = language.strings();
    let rates = rates(event, feed, &Memberships::Unknown, now);
    let mut parts: Vec<String> = Vec::new();
    for line in &rates.lines {
        let name = audience(line, event.offers.get(line.offer), feed, language);
        let mut part = fill(strings.about, &[&name, &say::price(language, line.amount)]);
        if let Some(deadline) = line.deadline {
            let date = say::deadline(language, deadline.until, &event.time_zone);
            let then = fill(strings.until_then, &[&date, &say::price(language, Some(deadline.then))]);
            part.push_str(&format!(" ({then})"));
        }
        parts.push(part);
    }
    if rates.taxes == Taxes::OnTop {
        parts.push(strings.plus_taxes.to_owned());
    }
    parts.join("; ")
}

/// The zones of the timed events, described from before the first of them to after the last.
fn zones(feed: &Feed) -> Vec<(String, String)> {
    let mut bounds: Vec<(&str, Instant, Instant)> = Vec::new();
    for event in &feed.events {
        let When::DateTime(start) = event.start else {
            continue;
        };
        let end = match event.end {
            Some(When::DateTime(end)) => end,
            Some(When::Date(_)) | None => start,
        };
        let (first, last) = (start.instant(), end.instant());
        match bounds.iter_mut().find(|(zone, _, _)| *zone == event.time_zone) {
            Some((_, from, to)) => {
                *from = first.min(*from);
                *to = last.max(*to);
            }
            None => bounds.push((&event.time_zone, first, last)),
        }
    }
    bounds
        .into_iter()
        .filter_map(|(name, from, to)| {
            let from = Instant(from.0.saturating_sub(MARGIN));
            let to = Instant(to.0.saturating_add(MARGIN));
            Some((name.to_owned(), vtimezone(name, &Zone::named(name)?, from, to)))
        })
        .collect()
}

/// A `VTIMEZONE` (RFC 5545, section 3.6.5) with one observance for each time between two changes.
fn vtimezone(name: &str, zone: &Zone, from: Instant, to: Instant) -> String {
    let offset = zone.offset(from);
    let first = Change {
        at: from,
        before: offset,
        after: offset,
        name: zone.abbreviation(from),
        daylight: zone.is_daylight(from),
    };
    let mut text = format!("BEGIN:VTIMEZONE\r\nTZID:{name}\r\n");
    for change in std::iter::once(first).chain(zone.changes(from, to)) {
        let kind = if change.daylight { "DAYLIGHT" } else { "STANDARD" };
        text.push_str(&format!(
            "BEGIN:{kind}\r\nDTSTART:{}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\nTZNAME:{}\r\nEND:{kind}\r\n",
            onset(&change),
            signed(change.before),
            signed(change.after),
            change.name
        ));
    }
    text.push_str("END:VTIMEZONE\r\n");
    text
}

/// The onset of an observance on the wall clock of the one before it.
fn onset(change: &Change) -> String {
    let milliseconds = i64::from(change.before).saturating_mul(60_000);
    let wall = Instant(change.at.0.saturating_add(milliseconds));
    utc(wall).trim_end_matches('Z').to_owned()
}

fn signed(offset: i16) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs();
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}
