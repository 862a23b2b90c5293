//! Hostile: any octets as a feed, and any JSON as an event among good ones.

use std::collections::HashSet;

use joint_events_model::merge::Merge;
use joint_events_model::rates::{Memberships, next_boundary, rates};
use joint_events_model::read::{MOST_EVENTS, ReadError, Reader, Reading, is_id, read};
use joint_events_model::registration::{Destination, admission, destination};
use joint_events_model::select::search::search;
use joint_events_model::select::{Filter, Index, Past};
use joint_events_model::text::{LABEL, PLACE, TITLE};
use joint_events_model::time::{Instant, When};
use joint_events_model::{Audience, Event, Feed, Links, Text};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::words::{is_clean_block, is_clean_line, is_sound_link};

/// 26 November 2026, noon.
pub const NOW: Instant = Instant(1_795_694_400_000);

/// Events are read with up to so many others each on its own, to see that none depends on another.
const FEW: usize = 8;

/// Any octets are a feed of which what is good is kept and all else is told, or an error.
pub fn feed(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let outcome = read(&text);
    let octets = bytes.len() % 61;
    assert_eq!(in_steps(&text, octets), outcome, "read {octets} octets at a time");
    let reading = match outcome {
        Ok(reading) => reading,
        Err(error) => return assert!(error.to_string().contains("expected "), "{error}"),
    };
    is_sound(&reading);
    is_usable(&reading.feed);
    becomes_one(&reading.feed);
    // Another reader takes some numbers and halves of characters for a fault that this one takes alone.
    if let Ok(document) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        keeps_the_good(document);
    }
}

/// A feed and itself are what the feed alone is, with each key once, and can be shown.
fn becomes_one(feed: &Feed) {
    let merged = |others| {
        let mut merge = Merge::begin(feed.clone(), others);
        while !merge.step(3) {}
        merge.done()
    };
    let one = merged(Vec::new());
    let keys: HashSet<&str> = one.events.iter().map(|event| event.key.as_str()).collect();
    assert_eq!(keys.len(), one.events.len());
    assert_eq!(merged(vec![feed.clone()]).events.len(), one.events.len());
    is_usable(&one);
}

/// What a reader says that is asked for a bit at a time.
fn in_steps(text: &str, octets: usize) -> Result<Reading, ReadError> {
    let mut reader = Reader::default();
    // Each goes on by something: by an octet at least where it checks, by an event where it reads.
    let mut steps = 0..2 * text.len() + 2;
    steps
        .find_map(|_| reader.step(text, octets))
        .expect("expected an end, found more steps than octets")
}

/// Any JSON among good events is kept or costs itself alone, and is told then.
pub fn event(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let good = |id: &str| json!({"id": id, "title": {"fr": "Gala"}, "start": "2027-03-09", "timeZone": "America/Toronto", "organizers": ["lso"]});
    let feed = format!(
        r#"{{"format": "joint-events", "version": "1.0", "associations": [{{"id": "lso", "name": {{"en": "LSO"}}}}],
        "events": [{}, {text}, {}]}}"#,
        good("first"),
        good("last")
    );
    let reading = read(&feed);
    if serde_json::from_str::<&RawValue>(&text).is_err() {
        return;
    }
    let reading = reading.unwrap_or_else(|error| panic!("good events were lost: {error}"));
    let events = &reading.feed.events;
    assert_eq!(events.len() + reading.skipped, 3);
    let ends = [events.first(), events.last()].map(|event| event.map(|event| event.id.as_str()));
    assert_eq!(ends, [Some("first"), Some("last")]);
    let told = reading
        .problems
        .iter()
        .all(|problem| problem.path.starts_with("events[1]") || problem.path == "events[2].id");
    assert!(told, "{:?}", reading.problems);
    assert!(
        reading.skipped == 0 || !reading.problems.is_empty(),
        "a loss that nobody is told"
    );
    is_sound(&reading);
    is_usable(&reading.feed);
}

/// Bad events among those of a feed change nothing but their own number, and each event is kept by itself too.
fn keeps_the_good(document: Value) {
    let events = document["events"].as_array().cloned().unwrap_or_default();
    let with = |events: Vec<Value>| {
        let mut document = document.clone();
        document["events"] = events.into();
        read(&document.to_string())
    };
    let Ok(whole) = with(events.clone()) else { return };
    assert_eq!(whole.feed.events.len() + whole.skipped, events.len());
    if whole.feed.events.is_empty() || events.len() > FEW {
        return;
    }
    let bad = [
        Value::Null,
        json!({}),
        json!("x"),
        json!({"id": "gala", "title": {"en": "Gala"}, "start": "soon"}),
    ];
    let mut among = events.clone();
    for (place, bad) in bad.iter().enumerate() {
        among.insert((place * 3).min(among.len()), bad.clone());
    }
    let mixed = with(among).unwrap_or_else(|error| panic!("good events were lost: {error}"));
    assert_eq!(mixed.feed, whole.feed);
    assert_eq!(mixed.skipped, whole.skipped + bad.len());
    assert_eq!(mixed.problems.len(), whole.problems.len() + bad.len());
    let alone = events.into_iter().filter(|event| with(vec![event.clone()]).is_ok());
    assert_eq!(
        alone.count(),
        whole.feed.events.len(),
        "events that are kept each by itself"
    );
}

/// What holds of everything that was read.
pub fn is_sound(reading: &Reading) {
    let feed = &reading.feed;
    for problem in &reading.problems {
        assert!(!problem.expected.is_empty() && !problem.found.is_empty(), "{problem}");
    }
    assert!(
        reading.skipped == 0 || !reading.problems.is_empty(),
        "a loss that nobody is told"
    );
    assert!(feed.events.len() <= MOST_EVENTS);
    let keys: HashSet<&str> = feed.events.iter().map(|event| event.key.as_str()).collect();
    assert_eq!(keys.len(), feed.events.len(), "keys are each one event's");
    is_line(&feed.title, TITLE);
    are_sound(&feed.url);
    are_sound(&feed.calendar_url);
    for association in &feed.associations {
        assert!(is_id(&association.id) && !association.name.is_empty());
        is_line(&association.name, LABEL);
        is_short(association.short_name.as_deref(), LABEL);
        are_sound(&association.url);
        are_sound(&association.join_url);
    }
    for term in feed.provinces.iter().chain(&feed.themes).chain(&feed.audiences) {
        assert!(!term.label.is_empty());
        is_clean_line(&term.id, LABEL);
        is_line(&term.label, LABEL);
    }
    for event in &feed.events {
        is_sound_event(event, feed);
    }
}

fn is_sound_event(event: &Event, feed: &Feed) {
    assert!(is_id(&event.id) && !event.title.is_empty() && !event.organizers.is_empty());
    is_line(&event.title, TITLE);
    for text in [&event.summary, &event.description, &event.status_note] {
        text.values().for_each(|text| is_clean_block(text));
    }
    let in_order = match (event.start, event.end) {
        (When::Date(start), Some(When::Date(end))) => start <= end,
        (When::DateTime(start), Some(When::DateTime(end))) => start.instant() <= end.instant(),
        (_, end) => end.is_none(),
    };
    assert!(in_order, "{:?} to {:?}", event.start, event.end);
    are_sound(&event.url);
    are_sound(&event.registration.url);
    event
        .registration
        .alternatives
        .iter()
        .for_each(|(_, links)| are_sound(links));
    event.image.iter().for_each(is_sound_link);
    if let Some(venue) = &event.venue {
        for part in [
            &venue.name,
            &venue.street,
            &venue.locality,
            &venue.postal_code,
            &venue.country,
        ] {
            is_short(part.as_deref(), PLACE);
        }
        venue.map_url.iter().for_each(is_sound_link);
    }
    if let Some(online) = &event.online {
        is_short(online.platform.as_deref(), LABEL);
        is_line(&online.label, LABEL);
        online.url.iter().for_each(is_sound_link);
    }
    for partner in &event.partners {
        is_clean_line(&partner.name, LABEL);
        partner.url.iter().for_each(is_sound_link);
    }
    for offer in &event.offers {
        is_line(&offer.name, LABEL);
        offer.note.values().for_each(|note| is_clean_block(note));
        are_sound(&offer.url);
        assert!(offer.audience != Audience::Member || !offer.member_of.is_empty());
        assert!(offer.member_of.iter().all(|id| feed.association(id).is_some()));
    }
}

fn is_line(text: &Text, limit: usize) {
    for (tag, line) in &text.0 {
        assert!(!tag.is_empty() && !line.is_empty());
        is_clean_line(line, limit);
    }
}

fn is_short(line: Option<&str>, limit: usize) {
    if let Some(line) = line {
        assert!(!line.is_empty());
        is_clean_line(line, limit);
    }
}

fn are_sound(links: &Links) {
    links.values().for_each(is_sound_link);
}

/// Everything that a widget asks of a feed, for visitors of every kind.
pub fn is_usable(feed: &Feed) {
    let mut index = Index::new(feed);
    let words = feed.events.first().and_then(|event| event.title.values().next());
    for typed in [String::new(), words.cloned().unwrap_or_default()] {
        let filter = Filter {
            search: typed,
            ..Filter::default()
        };
        search(&mut index, feed, &filter.search);
        let mut last = 0;
        for past in [Past::Hidden, Past::Shown] {
            let selection = index.select(&filter, NOW, past);
            let places: HashSet<usize> = selection.events.iter().map(|(place, _)| *place).collect();
            assert!(places.iter().all(|place| *place < feed.events.len()));
            assert_eq!(places.len(), selection.events.len(), "an event twice in the list");
            assert!(places.len() >= last, "past events are more");
            last = places.len();
        }
        assert!(
            !filter.search.is_empty() || last == feed.events.len(),
            "all are shown where nothing is chosen"
        );
    }
    assert!(index.next_change(NOW).is_none_or(|change| change > NOW));
    let members = Memberships::Known(
        feed.associations
            .iter()
            .map(|association| association.id.clone())
            .collect(),
    );
    for event in feed.events.iter().take(FEW) {
        assert!(next_boundary(event, NOW).is_none_or(|boundary| boundary > NOW));
        for memberships in [&Memberships::Unknown, &Memberships::Known(Vec::new()), &members] {
            let rates = rates(event, feed, memberships, NOW);
            assert!(rates.lines.iter().all(|line| line.offer < event.offers.len()));
            for line in &rates.lines {
                let offer = &event.offers[line.offer];
                assert_eq!(line.amount, offer.price, "a price is its offer's");
            }
            admission(event, &rates, NOW);
            match destination(event, &rates, memberships, None, "fr-CA") {
                Some(Destination::Registration(link) | Destination::Details(link)) => is_sound_link(&link),
                None => {}
            }
        }
    }
}
