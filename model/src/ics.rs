//! Model: iCalendar text (RFC 5545, with the names of RFC 7986).

use crate::decimal::push_decimal;
use crate::link::Link;
use crate::time::{DateTime, Instant, When};
use crate::{Event, Status};

/// 2020-01-01T00:00:00Z in milliseconds: the moment from which `SEQUENCE` counts its seconds.
const SEQUENCE_START: i64 = 1_577_836_800_000;

/// What a calendar says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// What it is called.
    pub name: &'a str,
    /// `DTSTAMP` of the events that do not say when they last changed.
    pub stamp: Instant,
    /// IANA zones whose `VTIMEZONE` text (RFC 5545, section 3.6.5, lines that end with CRLF) stands in the calendar.
    /// The times of an event in any other zone are written in UTC, which names the same instants.
    pub zones: &'a [(String, String)],
    /// Whether it is read again and again.
    pub purpose: Purpose,
}

/// What a calendar is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be taken in once: a snapshot, which names no method (RFC 5545, section 3.7.2).
    Copy,
    /// To be asked for again: it is published, and says how often (RFC 7986, section 5.7).
    Subscription,
}

/// An event with the words that are chosen for its reader.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The event.
    pub event: &'a Event,
    /// Its title.
    pub summary: &'a str,
    /// Its description, with the prices.
    pub description: &'a str,
    /// Its place; empty for none.
    pub location: &'a str,
    /// Its page.
    pub url: Option<&'a Link>,
}

/// The text of a calendar: lines of at most 75 octets that end with CRLF.
///
/// ```
/// use joint_events_model::{ics::{calendar, Calendar, Purpose}, time::Instant};
///
/// let empty = Calendar { name: "Événements", stamp: Instant(0), zones: &[], purpose: Purpose::Copy };
/// assert!(calendar(&empty, &[]).starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
/// ```
pub fn calendar(calendar: &Calendar, entries: &[Entry]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//joint-events//joint-events//EN\r\n\
        CALSCALE:GREGORIAN\r\n"
        .to_owned();
    match calendar.purpose {
        Purpose::Subscription => {
            text.push_str("METHOD:PUBLISH\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n");
        }
        Purpose::Copy => {}
    }
    // The second is what calendars read before RFC 7986, and many still do.
    for name in ["NAME:", "X-WR-CALNAME:"] {
        push(&mut text, &[name, &escaped(calendar.name)]);
    }
    for (_, zone) in calendar.zones {
        text.push_str(zone);
    }
    for entry in entries {
        push_event(&mut text, calendar, entry);
    }
    text.push_str("END:VCALENDAR\r\n");
    text
}

fn push_event(text: &mut String, calendar: &Calendar, entry: &Entry) {
    let event = entry.event;
    text.push_str("BEGIN:VEVENT\r\n");
    // Two events of one `UID` are one to a calendar, so a repeated id gives its key, which is the id for any other.
    push(text, &["UID:", &event.key, "@joint-events"]);
    let changed = event.updated_at.map(DateTime::instant);
    push(text, &["DTSTAMP:", &utc(changed.unwrap_or(calendar.stamp))]);
    if let Some(changed) = changed {
        push(text, &["LAST-MODIFIED:", &utc(changed)]);
    }
    let seconds = changed.map_or(0, |changed| changed.0.saturating_sub(SEQUENCE_START).div_euclid(1000));
    let seconds = u32::try_from(seconds.clamp(0, i64::from(i32::MAX))).unwrap_or(0);
    text.push_str("SEQUENCE:");
    push_decimal(text, seconds, 1);
    text.push_str("\r\n");
    let known = calendar.zones.iter().any(|(zone, _)| *zone == event.time_zone);
    let zone = known.then_some(event.time_zone.as_str());
    push_time(text, "DTSTART", event.start, zone);
    if let Some(end) = end(event) {
        push_time(text, "DTEND", end, zone);
    }
    let status = match event.status {
        Status::Scheduled | Status::Rescheduled | Status::MovedOnline | Status::Unrecognized => "CONFIRMED",
        Status::Cancelled => "CANCELLED",
        Status::Postponed => "TENTATIVE",
    };
    push(text, &["STATUS:", status]);
    for (name, value) in [
        ("SUMMARY", entry.summary),
        ("DESCRIPTION", entry.description),
        ("LOCATION", entry.location),
    ] {
        if !value.is_empty() {
            push(text, &[name, ":", &escaped(value)]);
        }
    }
    if let Some(url) = entry.url {
        push(text, &["URL:", url.as_str()]);
    }
    text.push_str("END:VEVENT\r\n");
}

/// The first day or moment that is not part of the event (RFC 5545, section 3.6.1), if it can be written as later than
/// the start (section 3.8.2.2).
fn end(event: &Event) -> Option<When> {
    match (event.start, event.end) {
        (When::Date(start), end) => end.map_or(start, When::date).next().map(When::Date),
        (When::DateTime(start), Some(When::DateTime(end))) => {
            let later = utc(start.instant()) < utc(end.instant());
            later.then_some(When::DateTime(end))
        }
        (When::DateTime(_), Some(When::Date(_)) | None) => None,
    }
}

fn push_time(text: &mut String, name: &str, when: When, zone: Option<&str>) {
    let mut time = String::new();
    match (when, zone) {
        (When::Date(date), _) => {
            date.push(&mut time, "");
            push(text, &[name, ";VALUE=DATE:", &time]);
        }
        (When::DateTime(moment), None) => push(text, &[name, ":", &utc(moment.instant())]),
        (When::DateTime(moment), Some(zone)) => {
            moment.push_basic(&mut time);
            push(text, &[name, ";TZID=", zone, ":", &time]);
        }
    }
}

/// `20270309T220000Z` (RFC 5545, section 3.3.5, form 2); an instant outside the years 0 to 9999 as the nearest in them.
///
/// ```
/// use joint_events_model::{ics::utc, time::Instant};
///
/// assert_eq!(utc(Instant(0)), "19700101T000000Z");
/// ```
pub fn utc(instant: Instant) -> String {
    let mut text = String::new();
    DateTime::utc(instant).push_basic(&mut text);
    text.push('Z');
    text
}

/// The text as a TEXT value (RFC 5545, section 3.3.11); controls that it can't hold are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' => escaped.push_str("\\n"),
            control if control.is_control() && control != '\t' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Adds a content line, given in parts, folded before its 76th octet (RFC 5545, section 3.1), never inside a character.
fn push(text: &mut String, parts: &[&str]) {
    let mut octets = 0_usize;
    for part in parts {
        for character in part.chars() {
            octets = octets.wrapping_add(character.len_utf8());
            if octets > 75 {
                text.push_str("\r\n ");
                octets = character.len_utf8().wrapping_add(1);
            }
            text.push(character);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;
    use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty};
    use proptest::prelude::*;

    #[track_caller]
    fn event(members: &str) -> Event {
        let text = format!(
            r#"{{"format": "joint-events", "version": "1.0", "events": [{{"id": "gala", "title": {{"fr": "Gala"}},
            "timeZone": "America/Toronto", "organizers": ["lso"], {members}}}]}}"#
        );
        read(&text)
            .unwrap_or_else(|error| panic!("{error}"))
            .feed
            .events
            .remove(0)
    }

    fn written(event: &Event, summary: &str, zones: &[(String, String)]) -> String {
        let entry = Entry {
            event,
            summary,
            description: "",
            location: "",
            url: event.url.values().next(),
        };
        calendar(
            &Calendar {
                name: "Gala",
                stamp: Instant(0),
                zones,
                purpose: Purpose::Subscription,
            },
            &[entry],
        )
    }

    #[track_caller]
    fn holds(members: &str, lines: &[&str]) {
        let text = written(&event(members), "Gala", &[]);
        for line in lines {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} in {text}");
        }
    }

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn times_are_utc_across_the_change_of_clocks() {
        holds(
            r#""start": "2027-03-13T17:00:00-05:00", "end": "2027-03-14T17:00:00-04:00""#,
            &["DTSTART:20270313T220000Z", "DTEND:20270314T210000Z"],
        );
    }

    #[test]
    fn the_end_of_days_is_the_day_after() {
        holds(
            r#""start": "2026-12-30", "end": "2026-12-31""#,
            &["DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20270101"],
        );
        holds(r#""start": "2027-02-28""#, &["DTEND;VALUE=DATE:20270301"]);
    }

    #[test]
    fn a_zone_that_the_calendar_describes_keeps_the_wall_clock() {
        let zone = (
            "America/Toronto".to_owned(),
            "BEGIN:VTIMEZONE\r\nTZID:America/Toronto\r\nEND:VTIMEZONE\r\n".to_owned(),
        );
        let text = written(
            &event(r#""start": "2027-03-09T17:00:00-05:00""#),
            "Gala",
            std::slice::from_ref(&zone),
        );
        assert!(text.contains(&format!("\r\n{}BEGIN:VEVENT\r\n", zone.1)), "{text}");
        assert!(
            text.contains("\r\nDTSTART;TZID=America/Toronto:20270309T170000\r\n"),
            "{text}"
        );
        assert!(!text.contains("DTEND"), "an event without an end has none: {text}");
    }

    #[test]
    fn the_status_is_said_in_the_standards_words() {
        for (status, said) in [
            ("scheduled", "CONFIRMED"),
            ("rescheduled", "CONFIRMED"),
            ("movedOnline", "CONFIRMED"),
            ("cancelled", "CANCELLED"),
            ("postponed", "TENTATIVE"),
            ("x", "CONFIRMED"),
        ] {
            holds(
                &format!(r#""start": "2027-03-09", "status": "{status}""#),
                &[&format!("STATUS:{said}")],
            );
        }
    }

    #[test]
    fn a_changed_event_has_a_higher_sequence() {
        holds(r#""start": "2027-03-09""#, &["SEQUENCE:0", "DTSTAMP:19700101T000000Z"]);
        holds(
            r#""start": "2027-03-09", "updatedAt": "2020-01-01T00:01:00Z""#,
            &[
                "SEQUENCE:60",
                "DTSTAMP:20200101T000100Z",
                "LAST-MODIFIED:20200101T000100Z",
            ],
        );
        holds(
            r#""start": "2027-03-09", "updatedAt": "2020-01-01T00:01:01Z""#,
            &["SEQUENCE:61"],
        );
        holds(
            r#""start": "2027-03-09", "updatedAt": "2019-01-01T00:01:00Z""#,
            &["SEQUENCE:0"],
        );
        holds(
            r#""start": "2027-03-09", "updatedAt": "2999-01-01T00:01:00Z""#,
            &["SEQUENCE:2147483647"],
        );
    }

    #[test]
    fn no_text_can_start_a_line_of_its_own() {
        let hostile = "Gala\r\nATTENDEE:x\\;,\u{7}\rATTENDEE:y\u{85}";
        let event = event(r#""start": "2027-03-09""#);
        let entry = Entry {
            event: &event,
            summary: hostile,
            description: hostile,
            location: hostile,
            url: None,
        };
        let whole = Calendar {
            name: hostile,
            stamp: Instant(0),
            zones: &[],
            purpose: Purpose::Copy,
        };
        let text = calendar(&whole, &[entry]);
        for name in ["NAME", "X-WR-CALNAME", "SUMMARY", "DESCRIPTION", "LOCATION"] {
            let line = format!("\r\n{name}:Gala\\nATTENDEE:x\\\\\\;\\,ATTENDEE:y\r\n");
            assert!(text.contains(&line), "{line} in {text}");
        }
        assert!(!text.lines().any(|line| line.starts_with("ATTENDEE")), "{text}");
    }

    #[test]
    fn an_end_that_is_not_after_the_start_is_not_written() {
        for members in [
            r#""start": "2027-03-09T17:00:00-05:00", "end": "2027-03-09T22:00:00Z""#,
            r#""start": "2027-03-09T17:00:00.1-05:00", "end": "2027-03-09T17:00:00.9-05:00""#,
            r#""start": "9999-12-30", "end": "9999-12-31""#,
        ] {
            let text = written(&event(members), "Gala", &[]);
            assert!(!text.contains("DTEND"), "{text}");
        }
    }

    #[test]
    fn a_moment_beyond_the_calendars_years_is_the_nearest_within_them() {
        holds(
            r#""start": "0000-01-01T00:00:00+05:00", "end": "9999-12-31T23:00:00-05:00""#,
            &["DTSTART:00000101T000000Z", "DTEND:99991231T235959Z"],
        );
    }

    #[test]
    fn a_repeated_id_has_a_uid_of_its_own() {
        let member = r#"{"id": "gala", "title": {"fr": "Gala"}, "timeZone": "America/Toronto", "organizers": ["lso"],
            "start": "2027-03-09"}"#;
        let text = format!(r#"{{"format": "joint-events", "version": "1.0", "events": [{member}, {member}]}}"#);
        let events = read(&text).unwrap_or_else(|error| panic!("{error}")).feed.events;
        let uids: Vec<String> = events
            .iter()
            .map(|event| written(event, "Gala", &[]))
            .filter_map(|text| text.lines().find(|line| line.starts_with("UID:")).map(str::to_owned))
            .collect();
        assert_eq!(uids, ["UID:gala@joint-events", "UID:gala~2@joint-events"]);
    }

    #[test]
    fn a_copy_says_nothing_of_publishing_and_a_subscription_says_how_often() {
        let lines = ["METHOD:PUBLISH\r\n", "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"];
        for (purpose, said) in [(Purpose::Copy, false), (Purpose::Subscription, true)] {
            let empty = Calendar {
                name: "Gala",
                stamp: Instant(0),
                zones: &[],
                purpose,
            };
            let text = calendar(&empty, &[]);
            assert!(lines.iter().all(|line| text.contains(line) == said), "{text}");
            assert!(text.contains("\r\nNAME:Gala\r\nX-WR-CALNAME:Gala\r\n"), "{text}");
        }
    }

    /// The summary, UID and address of the one event that another parser finds.
    #[track_caller]
    fn read_back(text: &str) -> [Option<String>; 3] {
        let parsed = ICalendar::parse(text).unwrap_or_else(|entry| panic!("{entry:?}"));
        let component = parsed
            .components
            .iter()
            .find(|component| component.component_type == ICalendarComponentType::VEvent)
            .expect("an event");
        let value = |name: ICalendarProperty| {
            component
                .property(&name)
                .and_then(|entry| entry.values.first())
                .and_then(|value| value.as_text())
                .map(str::to_owned)
        };
        [
            value(ICalendarProperty::Summary),
            value(ICalendarProperty::Uid),
            value(ICalendarProperty::Url),
        ]
    }

    #[test]
    fn another_parser_reads_the_same() {
        let summary = "Forum capital; deux jours, « Québec–Ontario » \\ suite\nligne 2";
        let event = event(r#""start": "2027-03-09", "url": {"fr": "https://lso.example/gala"}"#);
        assert_eq!(
            read_back(&written(&event, summary, &[]))
                .each_ref()
                .map(Option::as_deref),
            [
                Some(summary),
                Some("gala@joint-events"),
                Some("https://lso.example/gala")
            ]
        );
    }

    proptest! {
        #[test]
        fn folding_keeps_every_character_and_no_line_is_longer_than_75_octets(summary in "[a-z é€😀]{1,200}") {
            let text = written(&event(r#""start": "2027-03-09""#), &summary, &[]);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= 75));
            let line = format!("\r\nSUMMARY:{summary}\r\n");
            prop_assert!(unfolded(&text).contains(&line));
        }

        #[test]
        fn another_parser_reads_any_title_and_every_line_ends_with_crlf(title in "[a-zé€😀\\\\;,:\"\n]{1,200}") {
            let text = written(&event(r#""start": "2027-03-09""#), &title, &[]);
            prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
            let [summary, ..] = read_back(&text);
            prop_assert_eq!(summary.as_deref(), Some(title.as_str()));
        }
    }
}
