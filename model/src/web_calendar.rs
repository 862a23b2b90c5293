//! Model: links that put an event into a calendar on the web.

use crate::ics::Entry;
use crate::link::{Link, push_value};
use crate::text::first_of;
use crate::time::{DateTime, When};

/// Google Calendar's own form with the event filled in.
pub fn google(entry: &Entry) -> Option<Link> {
    let (start, end) = bounds(entry);
    let mut dates = [&start.written(), "/", &end.written()].concat();
    dates.retain(|character| !matches!(character, '-' | ':'));
    let base = "https://calendar.google.com/calendar/render?action=TEMPLATE";
    query(
        base,
        &[
            ("text", entry.summary),
            ("dates", &dates),
            ("details", entry.description),
            ("location", entry.location),
        ],
    )
}

/// Outlook's own form with the event filled in.
pub fn outlook(entry: &Entry) -> Option<Link> {
    let (start, end) = bounds(entry);
    let base =
        "https://outlook.office.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent";
    let all_day = match start {
        When::Date(_) => "true",
        When::DateTime(_) => "false",
    };
    query(
        base,
        &[
            ("subject", entry.summary),
            ("startdt", &start.written()),
            ("enddt", &end.written()),
            ("allday", all_day),
            ("body", entry.description),
            ("location", entry.location),
        ],
    )
}

/// First and last moment, in UTC; for days the first and the day after the last.
fn bounds(entry: &Entry) -> (When, When) {
    let event = entry.event;
    let end = event.end.unwrap_or(event.start);
    let utc = |moment: DateTime| When::DateTime(DateTime::utc(moment.instant()));
    match (event.start, end) {
        (When::Date(_), _) => (event.start, When::Date(end.date().next().unwrap_or(end.date()))),
        (When::DateTime(start), When::DateTime(end)) => (utc(start), utc(end)),
        (When::DateTime(start), When::Date(_)) => (utc(start), utc(start)),
    }
}

/// The form's address, with the longest text cut until the link is short enough to pass the gate.
fn query(base: &str, parameters: &[(&str, &str)]) -> Option<Link> {
    for most in [usize::MAX, 400, 150, 40] {
        let mut address = base.to_owned();
        for (name, value) in parameters {
            if !value.is_empty() {
                address.push('&');
                address.push_str(name);
                address.push('=');
                push_value(&mut address, first_of(value, most));
            }
        }
        if let Some(link) = Link::parse(&address) {
            return Some(link);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    #[track_caller]
    fn links(members: &str, description: &str) -> (String, String) {
        let text = format!(
            r#"{{"format": "joint-events", "version": "1.0", "events": [{{"id": "gala", "title": {{"fr": "Gala"}},
            "timeZone": "America/Toronto", "organizers": ["lso"], {members}}}]}}"#
        );
        let feed = read(&text).unwrap_or_else(|error| panic!("{error}")).feed;
        let entry = Entry {
            event: &feed.events[0],
            summary: "Gala & fête",
            description,
            location: "Laval",
            url: None,
        };
        let link = |link: Option<Link>| link.map(|link| link.as_str().to_owned()).unwrap_or_default();
        (link(google(&entry)), link(outlook(&entry)))
    }

    #[test]
    fn a_timed_event_is_given_in_utc() {
        let (google, outlook) = links(
            r#""start": "2027-03-09T17:00:00-05:00", "end": "2027-03-09T20:00:00-05:00""#,
            "",
        );
        assert!(
            google.contains("&dates=20270309T220000Z%2F20270310T010000Z"),
            "{google}"
        );
        assert!(google.contains("&text=Gala%20%26%20f%C3%AAte"), "{google}");
        assert!(
            outlook.contains("&startdt=2027-03-09T22%3A00%3A00Z&enddt=2027-03-10T01%3A00%3A00Z&allday=false"),
            "{outlook}"
        );
    }

    #[test]
    fn days_end_on_the_day_after() {
        let (google, outlook) = links(r#""start": "2027-03-09", "end": "2027-03-10""#, "");
        assert!(google.contains("&dates=20270309%2F20270311"), "{google}");
        assert!(
            outlook.contains("&startdt=2027-03-09&enddt=2027-03-11&allday=true"),
            "{outlook}"
        );
    }

    #[test]
    fn a_long_description_is_cut_and_the_link_stays() {
        let (google, outlook) = links(r#""start": "2027-03-09""#, &"é".repeat(4000));
        assert!(google.len() <= 2000 && google.contains("&details=%C3%A9"), "{google}");
        assert!(outlook.len() <= 2000 && outlook.contains("&body=%C3%A9"), "{outlook}");
    }
}
