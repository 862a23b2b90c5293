//! End-to-end: what a page counts is its own affair: the recipes, and what registration links tell where it asks for it.
#![allow(missing_docs)]

use std::fs;
use std::path::Path;

use joint_events_e2e::{Page, SCRIPT, document, feed, html_answer, json_answer};
use serde_json::json;

/// The scripts of `docs/analytics.md`, as they are pasted.
fn recipes() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/analytics.md");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let scripts: Vec<String> = text
        .split("```js\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .map(|script| format!("<script>{script}</script>"))
        .collect();
    assert_eq!(scripts.len(), 3);
    scripts.concat()
}

/// A tag beside the recipes, all its registration links the feed's own.
fn opened(attributes: &str) -> Page {
    let tag = format!("<joint-events feed=\"/feed.json\" lang=\"en\" {attributes}></joint-events>");
    let text = feed("registration").replace(
        "https://lso.example/both",
        "https://lso.example/both?id=1&utm_medium=feed#form",
    );
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(document(&recipes(), &format!("{tag}{SCRIPT}")))),
        "/feed.json" => Some(json_answer(text.clone())),
        _ => None,
    });
    page.is_ready();
    page
}

/// Where the registration links of two events lead.
const LINKS: &str = "['both', 'offer'].map((id) => card(id).querySelector('[part=register]').href)";

#[test]
fn the_recipes_count_a_registration_a_calendar_and_a_choice_and_nothing_about_the_visitor() {
    let page = opened("");
    page.click("#je-both [part=register]");
    page.shows(
        "JSON.parse(JSON.stringify(dataLayer))",
        json!([{"event": "joint_events_register", "joint_events": {"id": "both"}}]),
    );
    page.shows("_paq", json!([["trackEvent", "Joint events", "Register", "both"]]));
    page.shows("plausible.q", json!([["Register", {"props": {"id": "both"}}]]));
    page.choose("organizer", "bioquebec");
    page.shows(
        "_paq.at(-1)",
        json!(["trackEvent", "Joint events", "Filter", "bioquebec"]),
    );
    page.click("[part=calendar].calendar-all");
    page.shows(
        "_paq.at(-1)",
        json!(["trackEvent", "Joint events", "Calendar ics", "all"]),
    );
    page.shows(
        "dataLayer.map(({event}) => event)",
        json!(["joint_events_register", "joint_events_filter", "joint_events_calendar"]),
    );
    page.shows("faults", json!([]));
}

#[test]
fn registration_links_tell_what_the_host_asks_for_and_never_more() {
    let page = opened("");
    let plain = json!([
        "https://lso.example/both?id=1&utm_medium=feed#form",
        "https://lso.example/guests"
    ]);
    page.shows(LINKS, plain.clone());
    assert_eq!(page.requests("/joint-events.later.wasm"), 0);
    page.ask("(widget.utmSource = 'bioquebec', widget.utmMedium = 'embed', widget.utmCampaign = 'été 2027 & co', 0)");
    page.shows(
        LINKS,
        json!([
            "https://lso.example/both?id=1&utm_medium=feed&utm_source=bioquebec&utm_campaign=%C3%A9t%C3%A9%202027%20%26%20co#form",
            "https://lso.example/guests?utm_source=bioquebec&utm_medium=embed&utm_campaign=%C3%A9t%C3%A9%202027%20%26%20co"
        ]),
    );
    page.shows(
        "[...root.querySelectorAll('a:not([part=register])')].filter(({href}) => href.includes('utm_source')).length",
        json!(0),
    );
    page.click("#je-offer [part=register]");
    page.shows(
        "heard.at(-1)[1].url.split('?')[1].split('&')[0]",
        json!("utm_source=bioquebec"),
    );
    page.ask("(widget.utmSource = widget.utmMedium = widget.utmCampaign = null, 0)");
    page.shows(LINKS, plain);
}

#[test]
fn a_page_that_asks_for_it_has_links_that_tell_from_the_first_list_on() {
    let page = opened("utm-source=\"lso\"");
    page.shows(
        "card('offer').querySelector('[part=register]').href",
        json!("https://lso.example/guests?utm_source=lso"),
    );
}
