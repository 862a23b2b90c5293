//! End-to-end: an event, or all that match, in the visitor's calendar.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, Page, feed};
use serde_json::{Value, json};

#[track_caller]
fn opened() -> Page {
    let page = Page::open(ENGLISH, &feed("filters"));
    page.is_ready();
    page
}

#[test]
fn one_event_becomes_a_file_of_one_entry() {
    let page = opened();
    page.shows("root.querySelectorAll('.calendar-menu').length", json!(0));
    page.click("#je-cocktail [part=calendar]");
    page.shows(
        "card('cocktail').querySelector('[part=calendar]').getAttribute('aria-expanded')",
        json!("true"),
    );
    page.click("#je-cocktail .calendar-menu button");
    page.shows("heard.at(-1)", json!(["calendar", {"id": "cocktail", "target": "ics"}]));
    page.shows("files.length", json!(1));
    page.shows(
        "files[0].split('\\r\\n').filter((line) => /^(BEGIN|END|UID|DTSTART|DTEND|SUMMARY|LOCATION)/.test(line))",
        json!([
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
            "UID:cocktail@joint-events",
            "DTSTART:20990110T220000Z",
            "DTEND:20990111T000000Z",
            "SUMMARY:Heart reception",
            "LOCATION:Hôtel Œuvre\\, Montréal",
            "END:VEVENT",
            "END:VCALENDAR"
        ]),
    );
}

#[test]
fn all_that_match_become_one_file_however_few_cards_are_shown() {
    let page = opened();
    page.set_attribute("limit", "1");
    page.choose_province("CA-ON");
    page.sees(&["Forum"]);
    page.click(".calendar-all");
    page.shows(
        "heard.filter(([name]) => name === 'calendar')",
        json!([["calendar", {"id": null, "target": "ics"}]]),
    );
    page.shows("files.length", json!(1));
    page.shows(
        "files[0].match(/^SUMMARY.*$/gm).map((line) => line.trim())",
        json!(["SUMMARY:Forum", "SUMMARY:Breakfast", "SUMMARY:National day"]),
    );
    page.shows(
        "files[0].match(/^DTSTART.*$/m)[0].trim()",
        json!("DTSTART;VALUE=DATE:20990120"),
    );
    page.shows(
        "files[0].match(/^DTEND.*$/m)[0].trim()",
        json!("DTEND;VALUE=DATE:20990121"),
    );
}

#[test]
fn the_set_can_only_be_asked_for_where_there_is_one() {
    let page = opened();
    page.search("nothing like that");
    page.sees(&[]);
    page.shows("style('.calendar-all').display", json!("none"));
}

#[test]
fn google_and_outlook_get_the_event_in_a_link_and_the_host_hears_of_it() {
    let page = opened();
    page.click("#je-cocktail [part=calendar]");
    page.shows(
        "[...card('cocktail').querySelectorAll('.calendar-menu a')].map((a) => [a.textContent, new URL(a.href).host])",
        json!([["Google", "calendar.google.com"], ["Outlook", "outlook.office.com"]]),
    );
    page.shows(
        "(() => { const q = new URL(card('cocktail').querySelector('.calendar-menu a').href).searchParams; return [q.get('text'), q.get('dates')]; })()",
        json!(["Heart reception", "20990110T220000Z/20990111T000000Z"]),
    );
    page.click("#je-cocktail .calendar-menu a");
    page.shows(
        "heard.at(-1)",
        json!(["calendar", {"id": "cocktail", "target": "google"}]),
    );
    page.click("#je-cocktail .calendar-menu li:last-child a");
    page.shows(
        "heard.at(-1)",
        json!(["calendar", {"id": "cocktail", "target": "outlook"}]),
    );
    page.shows("flags.calendar", json!([true, true, false]));
    // Apple's takes the file.
    page.click("#je-cocktail .calendar-menu li:nth-child(2) button");
    page.shows(
        "heard.at(-1)",
        json!(["calendar", {"id": "cocktail", "target": "apple"}]),
    );
    page.shows(
        "[files.length, files[0]?.includes('\\r\\nUID:cocktail@joint-events\\r\\n'), root.querySelector('#je-cocktail .calendar-menu li:nth-child(2)').textContent]",
        json!([1, true, "Apple"]),
    );
}

#[test]
fn where_the_feed_has_a_calendar_one_can_subscribe_to_it_in_the_language_of_the_view() {
    let mut document: Value = serde_json::from_str(&feed("filters")).expect("a feed");
    document["title"] = json!({"en": "Joint events"});
    document["calendarUrl"] =
        json!({"fr": "https://feeds.example/v1/events.fr.ics", "en": "https://feeds.example/v1/events.en.ics"});
    let page = Page::open(ENGLISH, &document.to_string());
    page.is_ready();
    let state = "root.querySelector('.calendar-all').getAttribute('aria-expanded')";
    page.shows(state, json!("false"));
    page.click(".calendar-all");
    page.shows(state, json!("true"));
    page.shows(
        "[...root.querySelectorAll('.results-bar .calendar-menu a')].map((a) => [a.textContent, a.href])",
        json!([
            ["Subscribe to all events", "webcal://feeds.example/v1/events.en.ics"],
            ["Subscribe with Google", "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Ffeeds.example%2Fv1%2Fevents.en.ics"],
            ["Subscribe with Outlook", "https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2Ffeeds.example%2Fv1%2Fevents.en.ics&name=Joint%20events"],
        ]),
    );
    for nth in 2..=4 {
        page.click(&format!(".results-bar .calendar-menu li:nth-child({nth}) a"));
        page.shows("heard.filter(([name]) => name === 'calendar').length", json!(nth - 1));
        page.shows("heard.at(-1)", json!(["calendar", {"id": null, "target": "subscribe"}]));
    }
    page.click(".results-bar .calendar-menu button");
    page.shows("heard.at(-1)", json!(["calendar", {"id": null, "target": "ics"}]));
    page.shows("files.length", json!(1));
    // The ways of an event take the place of these.
    page.click("#je-cocktail [part=calendar]");
    page.shows(
        "[root.querySelectorAll('.calendar-menu').length, root.querySelectorAll('.results-bar .calendar-menu').length]",
        json!([1, 0]),
    );
    page.set_attribute("lang", "fr");
    page.click(".calendar-all");
    page.shows(
        "[...root.querySelectorAll('.results-bar .calendar-menu a')].map((a) => a.textContent)",
        json!([
            "S’abonner à tous les événements",
            "S’abonner avec Google",
            "S’abonner avec Outlook"
        ]),
    );
    page.shows(
        "root.querySelector('.results-bar .calendar-menu a').href",
        json!("webcal://feeds.example/v1/events.fr.ics"),
    );
    page.shows("faults", json!([]));
}

#[test]
fn a_past_or_cancelled_event_is_in_nobodys_way_to_a_calendar() {
    let page = Page::open(ENGLISH, &feed("registration"));
    page.is_ready();
    page.set_attribute("past", "");
    page.shows(
        "[within('cancelled', 'calendar'), within('ended', 'calendar')]",
        json!([[], []]),
    );
}
