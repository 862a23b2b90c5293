//! Calendar files as another parser (calcard) reads them: names, days, instants, status and texts.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty as Property, ICalendarStatus,
    ICalendarValue,
};
use joint_events_model::ics::{Calendar, Entry, Purpose, calendar};
use joint_events_model::read::read;
use joint_events_model::time::{DateTime, Instant};

/// A text with all that iCalendar escapes, over several folds, in characters of up to four octets.
const TEXT: &str = "Prix : 495 $, taxes en sus ; « Québec–Ontario » 🧬🧪\n\nDeuxième paragraphe, chemin C:\\forum, et une suite \
    assez longue pour être pliée plusieurs fois : ééééééééééééééééééééééééééééééééééééééééééé 🧬🧬🧬🧬🧬🧬🧬🧬🧬🧬🧬🧬";

/// What the parser finds of an event: its days or instants as they are compared here, and its words.
#[derive(Debug, PartialEq)]
struct Found {
    uid: String,
    start: When,
    end: Option<When>,
    status: ICalendarStatus,
    texts: [String; 3],
}

#[derive(Debug, PartialEq)]
enum When {
    /// Year, month and day, without a time.
    Day(u16, u8, u8),
    /// Seconds since 1970, of a time that says its zone.
    Instant(i64),
}

/// The file of these events of LSO's, each with further members, read back: its events and its method.
#[track_caller]
fn read_back(events: &[&str]) -> Vec<Found> {
    let events: Vec<String> = events
        .iter()
        .enumerate()
        .map(|(number, members)| {
            format!(
                r#"{{"id": "e{number}", "title": {{"fr": "Événement {number}"}}, "timeZone": "America/Toronto",
                "organizers": ["lso"], {members}}}"#
            )
        })
        .collect();
    let text = format!(
        r#"{{"format": "joint-events", "version": "1.0", "events": [{}]}}"#,
        events.join(",")
    );
    let feed = read(&text).unwrap_or_else(|error| panic!("{error}")).feed;
    let entries: Vec<Entry> = feed
        .events
        .iter()
        .map(|event| Entry {
            event,
            summary: event.title.pick("fr").map(|(_, title)| title.as_str()).unwrap(),
            description: TEXT,
            location: "Palais des congrès, 1001; Montréal",
            url: None,
        })
        .collect();
    let header = Calendar {
        name: "Événements, à venir",
        stamp: Instant(0),
        zones: &[],
        purpose: Purpose::Copy,
    };
    let parsed = ICalendar::parse(calendar(&header, &entries)).unwrap_or_else(|entry| panic!("{entry:?}"));
    let whole = &parsed.components[0];
    assert_eq!(whole.component_type, ICalendarComponentType::VCalendar);
    assert_eq!(text_of(whole, &Property::Name), "Événements, à venir");
    // A snapshot that a visitor takes in; a method would make it a message between calendars (RFC 5546).
    assert!(whole.property(&Property::Method).is_none());
    let is_event = |component: &&ICalendarComponent| component.component_type == ICalendarComponentType::VEvent;
    parsed.components.iter().filter(is_event).map(found).collect()
}

fn found(event: &ICalendarComponent) -> Found {
    Found {
        uid: text_of(event, &Property::Uid),
        start: when(event, &Property::Dtstart).expect("a start"),
        end: when(event, &Property::Dtend),
        status: match event.property(&Property::Status).and_then(|entry| entry.values.first()) {
            Some(ICalendarValue::Status(status)) => status.clone(),
            other => panic!("{other:?}"),
        },
        texts: [Property::Summary, Property::Description, Property::Location].map(|name| text_of(event, &name)),
    }
}

fn text_of(component: &ICalendarComponent, name: &Property) -> String {
    let entry = component.property(name).unwrap_or_else(|| panic!("no {name:?}"));
    entry
        .values
        .first()
        .and_then(ICalendarValue::as_text)
        .unwrap_or_default()
        .to_owned()
}

fn when(event: &ICalendarComponent, name: &Property) -> Option<When> {
    match event.property(name)?.values.first() {
        Some(ICalendarValue::PartialDateTime(time)) if time.has_time() => {
            assert!(
                time.tz_hour.is_some(),
                "{name:?}: expected an instant, found a floating time"
            );
            Some(When::Instant(time.to_timestamp().expect("an instant")))
        }
        Some(ICalendarValue::PartialDateTime(day)) => Some(When::Day(day.year?, day.month?, day.day?)),
        other => panic!("{name:?}: {other:?}"),
    }
}

fn instant(written: &str) -> When {
    When::Instant(DateTime::parse(written).expect("a time").instant().0 / 1000)
}

#[test]
fn one_event_keeps_its_instants_and_every_character_of_its_texts() {
    let [event] = read_back(&[r#""start": "2027-03-09T17:00:00-05:00", "end": "2027-03-09T20:30:00-05:00""#])
        .try_into()
        .expect("one event");
    assert_eq!(event.uid, "e0@joint-events");
    assert_eq!(event.start, instant("2027-03-09T22:00:00Z"));
    assert_eq!(event.end, Some(instant("2027-03-10T01:30:00Z")));
    assert_eq!(event.status, ICalendarStatus::Confirmed);
    assert_eq!(event.texts, ["Événement 0", TEXT, "Palais des congrès, 1001; Montréal"]);
}

#[test]
fn days_end_before_the_day_that_the_file_names() {
    let events = read_back(&[
        r#""start": "2027-03-09""#,
        r#""start": "2026-12-30", "end": "2026-12-31""#,
        r#""start": "2028-02-28", "end": "2028-02-29""#,
    ]);
    let days: Vec<_> = events.into_iter().map(|event| (event.start, event.end)).collect();
    assert_eq!(
        days,
        [
            (When::Day(2027, 3, 9), Some(When::Day(2027, 3, 10))),
            (When::Day(2026, 12, 30), Some(When::Day(2027, 1, 1))),
            (When::Day(2028, 2, 28), Some(When::Day(2028, 3, 1))),
        ]
    );
}

#[test]
fn an_event_over_the_night_when_clocks_change_is_an_hour_longer_or_shorter() {
    let lasts = |members: &str| match read_back(&[members]).remove(0) {
        Found {
            start: When::Instant(start),
            end: Some(When::Instant(end)),
            ..
        } => (end - start) / 3600,
        other => panic!("{other:?}"),
    };
    // Six in the evening to six in the morning, as the clocks say in Toronto.
    assert_eq!(
        lasts(r#""start": "2027-03-13T18:00:00-05:00", "end": "2027-03-14T06:00:00-04:00""#),
        11
    );
    assert_eq!(
        lasts(r#""start": "2027-11-06T18:00:00-04:00", "end": "2027-11-07T06:00:00-05:00""#),
        13
    );
}

#[test]
fn all_of_a_set_are_there_in_order_with_what_became_of_each() {
    let events = read_back(&[
        r#""start": "2027-03-09", "status": "cancelled""#,
        r#""start": "2027-04-09T17:00:00-04:00", "status": "postponed""#,
        r#""start": "2027-05-09T17:00:00-04:00", "end": "2027-05-11T12:00:00-04:00", "status": "rescheduled""#,
    ]);
    let told: Vec<_> = events.iter().map(|event| (event.uid.as_str(), &event.status)).collect();
    assert_eq!(
        told,
        [
            ("e0@joint-events", &ICalendarStatus::Cancelled),
            ("e1@joint-events", &ICalendarStatus::Tentative),
            ("e2@joint-events", &ICalendarStatus::Confirmed),
        ]
    );
    assert_eq!(events[1].end, None);
    assert_eq!(events[2].end, Some(instant("2027-05-11T16:00:00Z")));
}
