//! Several feeds become one: who has the say, and that nothing is lost.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use std::collections::BTreeSet;

use joint_events_model::merge::{MOST_SAME, Merge};
use joint_events_model::rates::{Memberships, rates};
use joint_events_model::read::read;
use joint_events_model::registration::{Destination, destination};
use joint_events_model::time::Instant;
use joint_events_model::{Event, Feed, Status};
use proptest::prelude::*;

/// An event of LSO's, with further members.
fn event(id: &str, members: &str) -> String {
    let comma = if members.is_empty() { "" } else { "," };
    format!(
        r#"{{"id": "{id}", "title": {{"en": "{id}"}}, "start": "2027-03-09", "timeZone": "America/Toronto",
        "organizers": ["lso"]{comma} {members}}}"#
    )
}

/// A feed of these events, whose document has further members.
#[track_caller]
fn feed_of(document: &str, events: &[String]) -> Feed {
    let text = format!(
        r#"{{"format": "joint-events", "version": "1.0", {document}
        "associations": [{{"id": "lso", "name": {{"en": "LSO"}}}}, {{"id": "bioquebec", "name": {{"fr": "BIOQuébec"}}}}],
        "events": [{}]}}"#,
        events.join(",")
    );
    read(&text).unwrap_or_else(|error| panic!("{error}")).feed
}

#[track_caller]
fn feed(events: &[String]) -> Feed {
    feed_of("", events)
}

fn merged(first: Feed, others: Vec<Feed>, count: usize) -> Feed {
    let mut merge = Merge::begin(first, others);
    while !merge.step(count) {}
    merge.done()
}

/// The two events as one, the first one's feed first.
#[track_caller]
fn one(first: &str, second: &str) -> Event {
    let first = feed(&[event("first", first)]);
    let mut events = merged(first, vec![feed(&[event("second", second)])], 1).events;
    assert_eq!(events.len(), 1);
    events.remove(0)
}

fn keys(feed: &Feed) -> Vec<&str> {
    feed.events.iter().map(|event| event.key.as_str()).collect()
}

#[test]
fn the_documents_own_fields_are_the_first_ones_and_vocabularies_are_united() {
    let document = |title: &str, currency: &str, theme: &str| {
        format!(
            r#""title": {{"en": "{title}"}}, "currency": "{currency}", "languages": ["en"], "timeZone": "America/Halifax",
            "url": {{"en": "https://{title}.example/"}}, "calendarUrl": {{"en": "https://{title}.example/events.ics"}},
            "provinces": [{{"id": "CA-ON", "label": {{"en": "{title}"}}}}],
            "audiences": [{{"id": "{theme}", "label": {{"en": "{title}"}}}}],
            "themes": [{{"id": "both", "label": {{"en": "{title}"}}}}, {{"id": "{theme}", "label": {{"en": "{theme}"}}}}],"#
        )
    };
    let (first, second) = (document("one", "CAD", "a"), document("two", "USD", "b"));
    let first = feed_of(&first, &[]);
    let feed = merged(first.clone(), vec![feed_of(&second, &[event("x", "")])], 1);
    for (of, own) in [(&feed.url, &first.url), (&feed.calendar_url, &first.calendar_url)] {
        assert_eq!(of, own);
    }
    assert_eq!((&feed.title, feed.currency), (&first.title, first.currency));
    let ids = |terms: &[joint_events_model::Term]| terms.iter().map(|term| term.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&feed.themes), ["both", "a", "b"]);
    assert_eq!(ids(&feed.audiences), ["a", "b"]);
    assert_eq!(ids(&feed.provinces), ["CA-ON"]);
    assert_eq!(feed.provinces[0].label, first.provinces[0].label);
    assert_eq!(feed.associations.len(), 2);
    assert_eq!(keys(&feed), ["x"]);
}

#[test]
fn of_one_id_in_two_feeds_the_first_ones_event_stands_whole() {
    let first = feed(&[event("a", ""), event("b", "")]);
    let second = feed(&[
        event("c", ""),
        event("b", r#""summary": {"en": "second"}, "themes": ["x"]"#),
    ]);
    let feed = merged(first.clone(), vec![second], 1);
    assert_eq!(keys(&feed), ["a", "b", "c"]);
    assert_eq!(feed.events[1], first.events[1]);
}

#[test]
fn an_id_that_one_feed_repeats_keeps_its_mark_beside_anothers() {
    let feed = merged(
        feed(&[event("a", "")]),
        vec![feed(&[event("a", ""), event("a", "")])],
        1,
    );
    assert_eq!(keys(&feed), ["a", "a~2"]);
}

#[test]
fn two_events_that_are_the_same_are_one_with_the_first_ones_texts_and_what_it_lacks() {
    let first = r#""sameAs": ["second"], "url": {"fr": "https://a.example/"}, "themes": ["x"]"#;
    let second = r#""title": {"fr": "Deuxième", "en": "Second"}, "summary": {"en": "What it is"}, "themes": ["x", "y"],
        "url": {"fr": "https://b.example/", "en": "https://b.example/en"}, "organizers": ["bioquebec"],
        "venue": {"name": "Palais"}, "sameAs": ["third"], "start": "2027-03-10""#;
    let event = one(first, second);
    assert_eq!(event.id, "first");
    assert_eq!(event.title, [("en", "first"), ("fr", "Deuxième")].into());
    assert_eq!(event.summary, [("en", "What it is")].into());
    let url = |language| event.url.pick(language).map(|(_, link)| link.as_str());
    assert_eq!(
        (url("fr"), url("en")),
        (Some("https://a.example/"), Some("https://b.example/en"))
    );
    assert_eq!(event.organizers, ["lso", "bioquebec"]);
    assert_eq!(event.themes, ["x", "y"]);
    assert_eq!(event.venue.and_then(|venue| venue.name).as_deref(), Some("Palais"));
    assert_eq!(event.same_as, ["second", "third"]);
    assert_eq!(event.start.written(), "2027-03-09");
}

#[test]
fn one_whose_own_page_is_all_it_has_is_registered_for_there() {
    let event = one(
        r#""sameAs": ["second"], "registration": {"url": {"en": "https://lso.example/register"}}"#,
        r#""organizers": ["bioquebec"], "url": {"en": "https://bioquebec.example/gala"}"#,
    );
    let pages = event
        .registration
        .alternatives
        .iter()
        .filter(|(id, _)| id == "bioquebec");
    let links: Vec<_> = pages
        .filter_map(|(_, links)| links.pick("en"))
        .map(|(_, link)| link.as_str())
        .collect();
    assert_eq!(links, ["https://bioquebec.example/gala"]);
}

#[test]
fn both_ways_to_register_can_be_reached_and_each_association_prefers_its_own() {
    let (first, second) = (
        r#""sameAs": ["second"], "registration": {"url": {"en": "https://lso.example/register"}}"#,
        r#""organizers": ["bioquebec"], "registration": {"url": {"en": "https://bioquebec.example/register"}}"#,
    );
    let to = |event: &Event, association| {
        let feed = feed(&[]);
        let rates = rates(event, &feed, &Memberships::Unknown, Instant(0));
        match destination(event, &rates, &Memberships::Unknown, association, "en") {
            Some(Destination::Registration(link)) => link.as_str().to_owned(),
            Some(Destination::Details(_)) | None => String::new(),
        }
    };
    let event = one(first, second);
    assert_eq!(to(&event, None), "https://lso.example/register");
    assert_eq!(to(&event, Some("lso")), "https://lso.example/register");
    assert_eq!(to(&event, Some("bioquebec")), "https://bioquebec.example/register");
    let listed: Vec<_> = event
        .registration
        .alternatives
        .iter()
        .map(|(id, _)| id.as_str())
        .collect();
    assert_eq!(listed, ["lso", "bioquebec"]);
    // One that has none of its own takes the other's.
    let event = one(r#""sameAs": ["second"]"#, second);
    assert_eq!(to(&event, None), "https://bioquebec.example/register");
}

#[test]
fn the_first_ones_offers_stand_and_the_others_are_taken_for_whom_it_has_none() {
    let member = |id: &str, of: &str, price: &str| {
        format!(r#"{{"id": "{id}", "audience": "member", "memberOf": [{of}], "price": "{price}"}}"#)
    };
    let other = |id: &str, audience: &str, price: &str| {
        format!(r#"{{"id": "{id}", "audience": "{audience}", "price": "{price}"}}"#)
    };
    let first = format!(
        r#""sameAs": ["second"], "offers": [{}, {}]"#,
        member("m", r#""lso""#, "10.00"),
        other("n", "nonMember", "20.00")
    );
    let second = format!(
        r#""registration": {{"url": {{"en": "https://b.example/register"}}}}, "offers": [{}, {}, {}, {}]"#,
        member("m", r#""lso", "bioquebec""#, "12.00"),
        other("n", "nonMember", "22.00"),
        other("p", "public", "24.00"),
        other("s", "student", "5.00"),
    );
    let event = one(&first, &second);
    let offers: Vec<_> = event
        .offers
        .iter()
        .map(|offer| (offer.id.as_str(), offer.price.unwrap().minor, offer.member_of.join(" ")))
        .collect();
    let none = String::new;
    assert_eq!(
        offers,
        [
            ("m", 1000, "lso".to_owned()),
            ("n", 2000, none()),
            ("m", 1200, "bioquebec".to_owned()),
            ("s", 500, none())
        ]
    );
    let page = |place: usize| event.offers[place].url.pick("en").map(|(_, link)| link.as_str());
    assert_eq!((page(0), page(2)), (None, Some("https://b.example/register")));
}

#[test]
fn prices_are_of_the_document_that_they_stood_in() {
    let offers = r#""offers": [{"id": "n", "audience": "nonMember", "price": "9.00"},
        {"id": "c", "audience": "nonMember", "price": "1.00", "currency": "CAD"}]"#;
    let american = feed_of(r#""currency": "USD","#, &[event("b", offers)]);
    let feed = merged(feed(&[event("a", offers)]), vec![american], 1);
    let regular = |place: usize| {
        let rates = rates(&feed.events[place], &feed, &Memberships::Unknown, Instant(0));
        feed.events[place].offers[rates.regular.unwrap()]
            .price
            .unwrap()
            .currency
    };
    assert_eq!((regular(0).as_str(), regular(1).as_str()), ("CAD", "USD"));
}

#[test]
fn a_cancellation_that_the_first_does_not_know_of_is_not_hidden() {
    assert_eq!(
        one(r#""sameAs": ["second"]"#, r#""status": "cancelled""#).status,
        Status::Unrecognized
    );
    assert_eq!(
        one(r#""sameAs": ["second"], "status": "cancelled""#, "").status,
        Status::Cancelled
    );
}

#[test]
fn what_is_the_same_as_the_same_is_the_same_within_one_feed_too() {
    let events = [
        event("a", ""),
        event("b", r#""sameAs": ["a"]"#),
        event("d", r#""sameAs": ["nowhere"]"#),
        event("c", r#""sameAs": ["b"]"#),
        event("e", r#""sameAs": ["nowhere"]"#),
    ];
    let text_of = feed(&events);
    let merged = merged(text_of, Vec::new(), 1);
    assert_eq!(keys(&merged), ["a", "d", "e"]);
    assert_eq!(merged.events[0].same_as, ["b", "c"]);
}

#[test]
fn what_a_later_feed_says_of_an_event_that_the_first_has_counts() {
    let first = feed(&[event("a", "")]);
    let second = feed(&[event("a", r#""sameAs": ["z"]"#), event("z", "")]);
    let feed = merged(first, vec![second], 1);
    assert_eq!(keys(&feed), ["a"]);
    assert_eq!(feed.events[0].same_as, ["z"]);
}

#[test]
fn no_feed_makes_two_events_of_another_one() {
    let first = feed(&[event("a", ""), event("b", ""), event("c", "")]);
    for words in [
        vec![event("x", r#""sameAs": ["a", "b", "c"]"#)],
        vec![event("a", r#""sameAs": ["b"]"#), event("x", r#""sameAs": ["a"]"#)],
        vec![event("x", r#""sameAs": ["a", "y"]"#), event("y", r#""sameAs": ["b"]"#)],
    ] {
        let feed = merged(first.clone(), vec![feed(&words)], 1);
        assert_eq!(keys(&feed)[..3], ["a", "b", "c"], "{words:?}");
    }
}

#[test]
fn a_feed_that_calls_all_events_the_same_takes_the_list_of_none_but_a_few() {
    let all: Vec<String> = (0..200).map(|number| format!("\"e{number}\"")).collect();
    let same = format!(r#""sameAs": [{}]"#, all.join(","));
    let events: Vec<String> = (0..200).map(|number| event(&format!("e{number}"), &same)).collect();
    let feed = merged(feed(&events), Vec::new(), 7);
    assert!(feed.events.iter().all(|event| event.same_as.len() >= MOST_SAME));
    assert_eq!(feed.events.len(), 200_usize.div_ceil(MOST_SAME));
}

fn events() -> impl Strategy<Value = Vec<(u8, Vec<u8>)>> {
    prop::collection::vec((0..30_u8, prop::collection::vec(0..40_u8, 0..3)), 0..30)
}

fn written(events: &[(u8, Vec<u8>)]) -> Feed {
    let events: Vec<String> = events
        .iter()
        .map(|(id, same)| {
            let same: Vec<String> = same.iter().map(|id| format!("\"e{id}\"")).collect();
            event(&format!("e{id}"), &format!(r#""sameAs": [{}]"#, same.join(",")))
        })
        .collect();
    feed(&events)
}

proptest! {
    #[test]
    fn every_id_of_either_leads_to_one_event_and_the_first_feed_has_the_say(one in events(), other in events(), count in 1..9_usize) {
        let (one, other) = (written(&one), written(&other));
        let feed = merged(one.clone(), vec![other.clone()], count);
        prop_assert_eq!(&feed, &merged(one.clone(), vec![other.clone()], usize::MAX));
        let keys = keys(&feed);
        let unique: BTreeSet<&str> = keys.iter().copied().collect();
        prop_assert_eq!(unique.len(), keys.len());
        for event in one.events.iter().chain(&other.events) {
            let own = feed.events.iter().filter(|known| known.id == event.id).count();
            let within = feed.events.iter().filter(|known| known.id != event.id && known.same_as.contains(&event.id)).count();
            prop_assert!(own + within >= 1, "{} is lost", event.id);
        }
        // What stands is of the first feed that has it, in the order of the feeds.
        let all: Vec<&str> = one.events.iter().chain(&other.events).map(|event| event.key.as_str()).collect();
        let mut from = 0;
        for key in &keys {
            let place = all.iter().position(|known| known == key).unwrap();
            prop_assert!(place >= from, "{key} stands too early");
            from = place;
        }
        let again = merged(feed.clone(), Vec::new(), count);
        prop_assert!(again.events.len() <= feed.events.len());
    }
}
