//! End-to-end: a feed whose links want to be more than links. Each leads to a page, or is none.
#![allow(missing_docs)]

use joint_events_e2e::hostile::{UNHARMED, list, page, show, unharmed};
use joint_events_e2e::keeps;
use serde_json::{Value, json};

/// A feed in which every link is one of `links`, an event a link, in the fields that `place` says.
fn links_of(links: &[String], event: impl Fn(&str) -> Value) -> Value {
    let events: Vec<Value> = links
        .iter()
        .enumerate()
        .map(|(number, link)| {
            let mut all = json!({"id": format!("e{}", number + 100), "title": {"en": format!("Event {number}")}, "start": "2099-06-01",
                "timeZone": "America/Toronto", "organizers": [format!("a{number}")],
                "offers": [{"id": "m", "audience": "member", "memberOf": [format!("a{number}")], "price": "1.00"}, {"id": "n", "audience": "nonMember", "price": "2.00"}]});
            for (name, value) in event(link).as_object().into_iter().flatten() {
                all[name] = value.clone();
            }
            all
        })
        .collect();
    let associations: Vec<Value> = links
        .iter()
        .enumerate()
        .map(|(number, link)| {
            json!({"id": format!("a{number}"), "name": {"en": format!("A{number}")}, "url": {"en": link}, "joinUrl": {"en": link},
            "logo": {"url": link}})
        })
        .collect();
    json!({"format": "joint-events", "version": "1.0", "url": {"en": links[0]}, "calendarUrl": {"en": links[0]},
        "associations": associations, "events": events})
}

/// Clicks every link as a visitor would: what leads to a page is stopped at the last moment, what is anything else, such
/// as a script, is let go. Gives where they lead. The link to a card within the page is of no feed's spelling.
const CLICKED: &str = "(() => { root.querySelectorAll('[part~=toggle][aria-expanded=false], [part~=calendar][aria-expanded=false]').forEach((button) => button.click()); \
    const stop = (event) => { const link = event.composedPath().find((node) => node.localName === 'a'); if (/^https?:$/.test(link?.protocol)) event.preventDefault(); }; \
    addEventListener('click', stop, true); window.goes = true; \
    const links = [...root.querySelectorAll('a:not([href^=\"#je-\"]), area, form, [href]:not([href^=\"#je-\"]), [src], [action], [formaction]')]; \
    links.forEach((link) => link.click()); removeEventListener('click', stop, true); \
    return [links.length, [...new Set(links.map((link) => [link.localName, link.protocol, link.username + link.password, link.target, link.rel].join()))], \
      [...new Set(links.map(({hostname}) => hostname))].sort()]; })()";

/// The hosts that the good spellings of `urls.json` lead to, as a browser writes them.
const HOSTS: [&str; 4] = [
    "evil.example",
    "example.org",
    "xn--bioqubec-d1a.com",
    "xn--bioqubec-f1a.com",
];

#[test]
fn every_link_of_every_spelling_leads_to_a_page_and_runs_nothing() {
    let links: Vec<String> = list("urls.json");
    assert!(links.len() >= 38);
    let by_language = |link: &str| json!({"en": link});
    let feeds = vec![
        links_of(&links, |link| {
            json!({"registration": {"url": by_language(link)}, "url": by_language(link), "image": {"url": link},
            "venue": {"name": "Hall", "mapUrl": link}, "online": {"platform": "Zoom", "url": link}, "partners": [{"name": "Partner", "url": link}]})
        }),
        links_of(
            &links,
            |link| json!({"offers": [{"id": "m", "audience": "nonMember", "price": "2.00", "url": by_language(link)}]}),
        ),
        links_of(
            &links,
            |link| json!({"registration": {"alternatives": [{"organizer": "a0", "url": by_language(link)}]}}),
        ),
        links_of(&links, |link| json!({"url": by_language(link)})),
    ];
    let count = feeds.len();
    // What is said where there is no event has a link of the feed too.
    let empty = links
        .iter()
        .map(|link| json!({"format": "joint-events", "version": "1.0", "url": {"en": link}, "events": []}));
    let page = page(
        "member-of=\"none\" association=\"a0\"",
        feeds.into_iter().chain(empty).collect(),
    );
    for number in 0..count {
        show(&page, number);
        page.ask(CLICKED);
        page.shows("seen('details').length", json!(links.len()));
        let clicked = page.ask(CLICKED);
        assert!(
            clicked[0].as_u64() > Some(0),
            "feed {number}: expected links, found none"
        );
        assert_eq!(clicked[1], json!(["a,https:,,,noopener"]), "feed {number}");
        if number == 0 {
            // Where the feed's links stand: none of these places was left out.
            page.shows(
                "['[part~=register]', '[part~=join]', '.address a', '[part~=details] > p:not(.address) > span + a', '[part~=details] li a', '[part~=details] > p:not(.address) > a:only-child'] \
                 .filter((place) => !root.querySelector(place))",
                json!([]),
            );
        }
        let ours = ["calendar.google.com", "outlook.live.com", "outlook.office.com"];
        for host in clicked[2].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(HOSTS.contains(&host) || ours.contains(&host), "feed {number}: {host}");
        }
        page.shows(UNHARMED, unharmed());
    }
    let mut led = Vec::new();
    for (number, link) in links.iter().enumerate() {
        show(&page, count + number);
        page.shows("widget.status", json!("empty"));
        let clicked = page.ask(CLICKED);
        if clicked[0] != json!(0) {
            assert_eq!(clicked[1], json!(["a,https:,,,noopener"]), "{link:?}");
            led.push(link.clone());
        }
    }
    page.shows(UNHARMED, unharmed());
    assert!(
        !led.iter()
            .any(|link| link.contains('@') || link.to_ascii_lowercase().contains("script")),
        "found {led:?}"
    );
    assert_eq!(page.requests("/x"), 0);
    keeps(
        "links",
        format_args!(
            "{} spellings in {count} feeds: 0 ran, 0 led to anything but a page",
            links.len()
        ),
    );
}
