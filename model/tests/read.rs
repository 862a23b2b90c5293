//! Model: keep what is good. Every fault costs the smallest thing that holds it and is told with its path.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use joint_events_model::read::{ReadError, Reader, Reading, read};
use joint_events_model::{Audience, Event, Status};
use proptest::prelude::*;

fn feed(events: &str) -> String {
    format!(
        r#"{{"format": "joint-events", "version": "1.3", "generatedAt": "2026-11-22T14:05:00Z", "languages": ["fr", "en"],
        "associations": [{{"id": "lso", "name": {{"en": "LSO"}}}}], "events": [{events}]}}"#
    )
}

fn event(id: &str, members: &str) -> String {
    let needed = r#""title": {"en": "Gala", "fr": "Gala"}, "start": "2027-03-09", "timeZone": "America/Toronto", "organizers": ["lso"]"#;
    format!(r#"{{"id": "{id}", {needed}, {members} "x-extension": 0}}"#)
}

#[track_caller]
fn reading(text: &str) -> Reading {
    read(text).unwrap_or_else(|error| panic!("{error}"))
}

/// The one event of a feed, and the problems met in it.
#[track_caller]
fn read_event(members: &str) -> (Event, Vec<String>) {
    let reading = reading(&feed(&event("gala", &format!("{members},"))));
    (
        reading.feed.events[0].clone(),
        reading.problems.iter().map(ToString::to_string).collect(),
    )
}

#[track_caller]
fn refused(text: &str, expected: &str) -> ReadError {
    let error = read(text).unwrap_err();
    assert_eq!(error.to_string(), expected);
    error
}

#[test]
fn a_bad_price_costs_its_offer_alone_and_marks_the_prices_incomplete() {
    let offers = r#""offers": [{"id": "a", "audience": "public", "price": "25 $"}, {"id": "b", "audience": "public", "price": "25.00"}]"#;
    let (event, problems) = read_event(offers);
    assert_eq!(
        problems,
        [r#"events[0].offers[0].price: expected a decimal such as "25.00", found "25 $""#]
    );
    assert_eq!((event.offers.len(), event.prices_incomplete), (1, true));
}

#[test]
fn an_event_needs_id_title_start_zone_and_organizers() {
    for needed in ["id", "title", "start", "timeZone", "organizers"] {
        let broken = event("gala", "").replace(&format!("\"{needed}\":"), "\"x\":");
        let reading = reading(&feed(&format!("{broken}, {}", event("other", ""))));
        assert_eq!((reading.feed.events.len(), reading.skipped), (1, 1), "{needed}");
        assert_eq!(reading.problems.len(), 1, "{:?}", reading.problems);
        assert_eq!(reading.problems[0].path, format!("events[0].{needed}"));
    }
}

#[test]
fn a_feed_whose_every_event_is_bad_is_no_empty_feed() {
    let error = read(&feed(&event("gala", "").replace("2027-03-09", "2027-06-31"))).unwrap_err();
    assert!(matches!(error, ReadError::Format(_)));
    assert!(
        error.to_string().contains("events[0].start: expected a date"),
        "{error}"
    );
}

#[test]
fn what_is_no_feed_is_refused_with_what_was_found() {
    refused(
        "<!doctype html>",
        "expected JSON text, found a fault at line 1, column 1",
    );
    refused("[]", "expected a JSON object, found an array");
    refused("{}", r#"format: expected "joint-events", found nothing"#);
    let version = refused(
        r#"{"format": "joint-events", "version": 1}"#,
        r#"version: expected "1.x", found 1"#,
    );
    assert!(matches!(version, ReadError::Version(_)));
    refused(
        r#"{"format": "joint-events", "version": "1.0"}"#,
        "events: expected an array of events, found nothing",
    );
}

#[test]
fn a_feed_without_events_is_empty_and_no_fault() {
    assert_eq!(reading(&feed("")).problems, []);
}

#[test]
fn a_repeated_id_loses_nobodys_event() {
    let reading = reading(&feed(&vec![event("gala", ""); 3].join(",")));
    let keys: Vec<&str> = reading.feed.events.iter().map(|event| event.key.as_str()).collect();
    assert_eq!(keys, ["gala", "gala~2", "gala~3"]);
    assert_eq!(
        reading.problems[0].to_string(),
        r#"events[1].id: expected an id of its own, found "gala" a second time"#
    );
}

#[test]
fn an_unknown_status_never_hides_a_cancellation() {
    let (event, problems) = read_event(r#""status": "calledOff", "attendance": "holographic""#);
    assert_eq!(
        (event.status, event.attendance, problems.len()),
        (Status::Unrecognized, None, 2)
    );
}

#[test]
fn an_unknown_audience_keeps_its_own_name() {
    let (event, problems) = read_event(r#""offers": [{"id": "a", "audience": "retiree", "price": "5.00"}]"#);
    assert_eq!(
        (&event.offers[0].audience, problems.len()),
        (&Audience::Other("retiree".to_owned()), 0)
    );
}

#[test]
fn a_members_offer_that_names_no_known_association_is_lost_and_told_once() {
    for member_of in ["", r#", "memberOf": ["nobody"]"#] {
        let (event, problems) = read_event(&format!(
            r#""offers": [{{"id": "a", "audience": "member"{member_of}}}]"#
        ));
        assert_eq!(
            (event.offers.len(), event.prices_incomplete, problems.len()),
            (0, true, 1),
            "{problems:?}"
        );
    }
}

#[test]
fn a_byte_order_mark_and_half_an_emoji_cost_themselves_alone() {
    let text = format!(
        "\u{feff}{}",
        feed(&event("gala", "").replace("Gala", r"Gala \ud83d \ud83c\udf89 \\ud83d fin"))
    );
    assert_eq!(
        reading(&text).feed.events[0].title.pick("fr").unwrap().1,
        "Gala 🎉 \\ud83d fin"
    );
}

#[test]
fn a_link_that_does_not_pass_the_gate_is_none_and_told() {
    let (event, problems) = read_event(r#""url": {"fr": "javascript:alert(1)", "en": "https://lso.example"}"#);
    assert_eq!(event.url.pick("fr").unwrap().1.as_str(), "https://lso.example/");
    assert_eq!(
        problems,
        [r#"events[0].url.fr: expected an https: link without user information, found "javascript:alert(1)""#]
    );
}

#[test]
fn texts_are_cut_and_told() {
    let (event, problems) = read_event(&format!(r#""summary": {{"fr": "{}"}}"#, "é".repeat(4001)));
    assert_eq!(
        event.summary.pick("fr").unwrap().1.chars().count(),
        4001,
        "4,000 and an ellipsis"
    );
    assert_eq!(
        problems,
        ["events[0].summary.fr: expected at most 4000 characters, found 4001"]
    );
}

#[test]
fn an_end_before_the_start_is_no_end() {
    let (event, problems) = read_event(r#""end": "2027-03-08""#);
    assert_eq!((event.end, problems.len()), (None, 1));
}

#[test]
fn texts_stand_in_the_order_of_the_documents_languages() {
    assert_eq!(
        read_event(r#""status": "scheduled""#).0.title.pick("de").unwrap().0,
        "fr"
    );
}

#[test]
fn more_events_than_the_limit_are_cut_and_told() {
    let events: Vec<String> = (0..10_001).map(|number| event(&format!("gala-{number}"), "")).collect();
    let reading = reading(&feed(&events.join(",")));
    assert_eq!((reading.feed.events.len(), reading.skipped), (10_000, 1));
    assert_eq!(
        reading.problems[0].to_string(),
        "events: expected at most 10000 events, found 10001"
    );
}

#[test]
fn an_association_that_was_lost_does_not_take_its_id_from_a_good_one() {
    let lost_first = feed("").replace(r#"[{"id": "lso","#, r#"[{"id": "lso"}, {"id": "lso","#);
    let reading = reading(&lost_first);
    assert_eq!(reading.feed.associations.len(), 1);
    assert_eq!(reading.problems.len(), 1, "{:?}", reading.problems);
}

#[test]
fn a_list_of_a_hundred_thousand_tokens_is_read_in_order_and_each_once() {
    let ids: Vec<String> = (0..100_000).map(|number| format!("\"a{number}\"")).collect();
    let organizers = format!("\"organizers\": [{0}, {0}]", ids.join(","));
    let text = feed(&event("gala", "").replace(r#""organizers": ["lso"]"#, &organizers));
    let kept = &reading(&text).feed.events[0].organizers;
    assert_eq!(
        (kept.len(), kept[0].as_str(), kept[99_999].as_str()),
        (100_000, "a0", "a99999")
    );
}

/// What a text is where it is read so many octets at a time, and in how many steps.
#[track_caller]
fn read_in_steps(text: &str, octets: usize) -> (Result<Reading, ReadError>, usize) {
    let mut reader = Reader::default();
    for steps in 1..text.len() + 20_000 {
        if let Some(outcome) = reader.step(text, octets) {
            return (outcome, steps);
        }
    }
    panic!("expected an end, found none: {text}");
}

#[test]
fn a_feed_is_what_it_is_however_it_is_parted() {
    let twice = feed(&event("gala", "")).replace(r#""events": ["#, r#""events": [1, {}, 2], "\u0065vents": ["#);
    let list_first = format!(
        r#"{{"events": [{}], {}"#,
        event("gala", ""),
        &feed("")[1..].replace("events\":", "x\":")
    );
    for text in [
        feed(""),
        feed(
            &[
                event("gala", ""),
                event("gala", ""),
                "null".to_owned(),
                event("x", r#""offers": [1],"#),
            ]
            .join(" , \n"),
        ),
        feed(&event("gala", "").replace("2027-03-09", "2027-06-31")),
        feed("[], [[]], {}"),
        twice.clone(),
        list_first.clone(),
        format!(
            "{}, \"events\": {{\"a\": []}}}}",
            feed(&event("gala", "")).strip_suffix('}').unwrap()
        ),
        feed("").replace("1.3", "2.0"),
        format!("\u{feff}\u{feff} \n{} ", feed(&event("gala", ""))),
        format!("{} x", feed(&event("gala", ""))),
        include_str!("../../tests/feeds/cards.json").to_owned(),
        include_str!("../../tests/feeds/prices.json").to_owned(),
        " [1, 2]".to_owned(),
        "\"events\"".to_owned(),
        String::new(),
        " \n".to_owned(),
    ] {
        let whole = read(&text);
        for octets in [0, 1, 2, 7, 64, 1000] {
            assert_eq!(
                read_in_steps(&text, octets).0,
                whole,
                "{octets} octets at a time: {text}"
            );
        }
        // Wherever it ends too early, which is where a part may end.
        let cuts = text.char_indices().map(|(at, _)| at).take(1500);
        for cut in cuts.filter_map(|at| text.get(..at)) {
            assert_eq!(read_in_steps(cut, 64).0, read(cut), "{cut}");
        }
    }
    for (text, events) in [(twice, 1), (list_first, 1)] {
        assert_eq!(reading(&text).feed.events.len(), events, "{text}");
    }
}

#[test]
fn no_step_goes_further_than_asked_by_more_than_an_event() {
    const OCTETS: usize = 2000;
    let events: Vec<String> = (0..1000).map(|number| event(&format!("gala-{number}"), "")).collect();
    let text = feed(&events.join(","));
    let (outcome, steps) = read_in_steps(&text, OCTETS);
    assert_eq!(outcome.unwrap().feed.events.len(), 1000);
    // It is passed over twice: to be checked, and to be read.
    let fewest = 2 * text.len() / (OCTETS + events[999].len());
    assert!(
        steps >= fewest && steps <= fewest + fewest / 5,
        "{steps} steps, {fewest} at least"
    );
}

#[test]
fn a_list_of_more_events_than_the_limit_ends_its_steps_with_the_last_that_is_read() {
    let text = feed(&["0"; 30_000].join(","));
    let (outcome, steps) = read_in_steps(&text, 100);
    assert_eq!(outcome, read(&text));
    assert!(steps < 2 * 30_000 * 2 / 100, "{steps} steps");
}

proptest! {
    #[test]
    fn any_text_is_a_feed_or_an_error(text in "\\PC*") {
        let _ = read(&text);
    }

    #[test]
    fn text_that_is_nearly_a_feed_is_read_the_same_in_steps(
        text in "(\\{|\\}|\\[|\\]|,|:|\"events\":|\"events\"|\"format\":\"joint-events\",|\"version\":\"1.0\",|1|null| |\u{feff}){0,16}",
        octets in 1_usize..9,
    ) {
        for text in [text.clone(), format!("{{\"format\":\"joint-events\",\"version\":\"1.0\",\"events\":[{text}"), feed(&text)] {
            prop_assert_eq!(read_in_steps(&text, octets).0, read(&text));
        }
    }

    #[test]
    fn bad_events_among_good_ones_cost_themselves(bad in prop::collection::vec(any::<bool>(), 1..40)) {
        let event = |(number, bad): (usize, &bool)| {
            let event = event(&format!("gala-{number}"), "");
            if *bad { event.replace("2027-03-09", "soon") } else { event }
        };
        let events: Vec<String> = bad.iter().enumerate().map(event).collect();
        let lost = bad.iter().filter(|bad| **bad).count();
        match read(&feed(&events.join(","))) {
            Ok(reading) => {
                prop_assert_eq!(reading.feed.events.len(), bad.len() - lost);
                prop_assert_eq!((reading.skipped, reading.problems.len()), (lost, lost));
            }
            Err(_) => prop_assert_eq!(lost, bad.len()),
        }
    }
}
