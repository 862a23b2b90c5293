//! Model: links that put an event into a calendar on the web, or have a calendar follow one that is published.

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

/// The address by which a visitor's own calendar application subscribes to a published calendar: its link, which passed the gate,
/// with the scheme that such applications are registered for. It is made here alone.
///
/// ```
/// use joint_events_model::{link::Link, web_calendar::webcal};
///
/// let calendar = Link::parse("https://feeds.example/events.fr.ics");
/// assert_eq!(calendar.as_ref().map(webcal).as_deref(), Some("webcal://feeds.example/events.fr.ics"));
/// ```
pub fn webcal(calendar: &Link) -> String {
    let address = calendar.as_str();
    ["webcal", address.strip_prefix("https").unwrap_or(address)].concat()
}

/// Google Calendar's question whether to subscribe, which it asks for an address with that scheme.
pub fn google_subscription(calendar: &Link) -> Option<Link> {
    let mut address = "https://calendar.google.com/calendar/r?cid=".to_owned();
    push_value(&mut address, &webcal(calendar));
    Link::parse(&address)
}

/// Outlook's question whether to subscribe, under a name.
pub fn outlook_subscription(calendar: &Link, name: &str) -> Option<Link> {
    query(
        "https://outlook.live.com/calendar/0/addfromweb?",
        &[("url", calendar.as_str()), ("name", name)],
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
                if !address.ends_with('?') {
                    address.push('&');
                }
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
    fn a_published_calendar_is_followed_by_its_address() {
        let calendar = Link::parse("https://feeds.example/v1/events.fr.ics?a=1&b=é");
        let address = |link: Option<Link>| link.map(|link| link.as_str().to_owned());
        assert_eq!(
            calendar.as_ref().map(webcal).as_deref(),
            Some("webcal://feeds.example/v1/events.fr.ics?a=1&b=%C3%A9")
        );
        assert_eq!(
            address(calendar.as_ref().and_then(google_subscription)).as_deref(),
            Some(
                "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Ffeeds.example%2Fv1%2Fevents.fr.ics%3Fa%3D1%26b%3D%25C3%25A9"
            )
        );
        assert_eq!(
            address(
                calendar
                    .as_ref()
                    .and_then(|link| outlook_subscription(link, "Les événements"))
            )
            .as_deref(),
            Some(
                "https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2Ffeeds.example%2Fv1%2Fevents.fr.ics%3Fa%3D1%26b%3D%25C3%25A9\
                 &name=Les%20%C3%A9v%C3%A9nements"
            )
        );
    }

    #[test]
    fn a_long_description_is_cut_and_the_link_stays() {
        let (google, outlook) = links(r#""start": "2027-03-09""#, &"é".repeat(4000));
        assert!(google.len() <= 2000 && google.contains("&details=%C3%A9"), "{google}");
        assert!(outlook.len() <= 2000 && outlook.contains("&body=%C3%A9"), "{outlook}");
    }
}
