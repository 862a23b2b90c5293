//! End-to-end: a list that stands inside the tag is read before any script, and gives its place to the widget in peace.
#![allow(missing_docs)]

use joint_events_e2e::{Ability, Gate, Page, SCRIPT, document, html_answer, json_answer, keeps};
use joint_events_model::read::read;
use joint_events_model::time::Instant;
use joint_events_publish::list::list;
use joint_events_words::strings::Language;
use serde_json::{Value, json};

/// A feed of so many events, as different from each other as real ones.
fn feed_of(count: usize) -> String {
    let events: Vec<Value> = (0..count)
        .map(|number| {
            let (month, day) = (1 + number / 4, 2 + 6 * (number % 4));
            let organizers = if number % 3 == 0 { json!(["bioquebec", "lso"]) } else { json!(["lso"]) };
            let long = "Two days of talks, of meetings between founders and investors, and of visits to laboratories.";
            json!({
                "id": format!("event-{number}"),
                "title": {"fr": format!("Événement {number}"), "en": format!("Event {number}")},
                "summary": if number % 2 == 0 { json!({"fr": long, "en": long}) } else { json!({}) },
                "start": format!("2099-{month:02}-{day:02}T17:00:00-05:00"), "end": format!("2099-{month:02}-{day:02}T19:00:00-05:00"),
                "timeZone": "America/Toronto", "organizers": organizers, "themes": ["financing"],
                "venue": {"name": "MaRS", "locality": "Toronto", "region": "CA-ON", "country": "CA"},
                "registration": {"url": {"en": "https://lso.example/register"}},
                "offers": [{"id": "m", "audience": "member", "memberOf": ["bioquebec", "lso"], "price": "495.00"},
                           {"id": "n", "audience": "nonMember", "price": "695.00"}]
            })
        })
        .collect();
    let feed = json!({
        "format": "joint-events", "version": "1.0", "currency": "CAD", "languages": ["fr", "en"], "timeZone": "America/Toronto",
        "associations": [{"id": "bioquebec", "name": {"fr": "BIOQuébec"}}, {"id": "lso", "name": {"en": "Life Sciences Ontario"}, "shortName": "LSO"}],
        "provinces": [{"id": "CA-ON", "label": {"fr": "Ontario", "en": "Ontario"}}],
        "themes": [{"id": "financing", "label": {"fr": "Financement", "en": "Financing"}}],
        "url": {"en": "https://lso.example/events"}, "events": events
    });
    feed.to_string()
}

/// What the publisher's tool writes to be put inside the tag.
fn static_list(feed: &str, language: Language) -> String {
    let reading = read(feed).expect("a feed");
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    list(&reading.feed, language, Instant(0))
}

/// What stands below the tag in every page of a site.
const BELOW: &str = "<article><h2>About us</h2><p>Membership is open to all who work in the life sciences.</p>\
    <p>Write to us, or come by.</p></article><footer>Contact, privacy, accessibility</footer>";

/// Adds up what moves, as a browser's own figure of it (Layout Instability). It is 0 where the browser has none.
const SHIFT: &str = "<script>window.shift = 0; window.moved = []; new PerformanceObserver((list) => { for (const entry of list.getEntries()) { \
    shift += entry.value; for (const {node} of entry.sources) moved.push(node?.nodeName ?? null); } }).observe({type: 'layout-shift', buffered: true});</script>";

/// What is left out where a browser doesn't say how far a page has jumped.
const JUMP: &str = "how far the page jumps, as a figure";

/// A page with so many events of a feed in its tag, whose feed waits behind the gate.
fn waiting(count: usize, limit: usize, language: Language, tag: &str) -> (Page, Gate) {
    let feed = feed_of(count);
    let inside = static_list(&feed_of(count.min(limit)), language);
    let style = "<style>body { font: 16px/1.5 sans-serif; margin: 0 auto; max-width: 60rem }</style>";
    let body = format!(
        "<header><h1>Events</h1></header><joint-events feed=\"/feed.json\" lang=\"{tag}\" limit=\"{limit}\"><div>{inside}</div></joint-events>{BELOW}{SCRIPT}"
    );
    let page = document(&format!("{style}{SHIFT}"), &body);
    let gate = Gate::default();
    let held = gate.clone();
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" => {
            held.pass();
            Some(json_answer(feed.clone()))
        }
        _ => None,
    });
    (page, gate)
}

/// The frame that shows what was last changed is drawn, and what moved in it is told.
#[track_caller]
fn is_drawn(page: &Page) {
    page.ask("(window.drawn = false, requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => (window.drawn = true)))))");
    page.shows("window.drawn", json!(true));
}

#[test]
fn before_any_script_the_visitor_reads_events_and_both_prices_in_either_language() {
    for (language, tag, words) in [
        (
            Language::French,
            "fr-CA",
            ["Événement 0", "495\u{a0}$", "695\u{a0}$", "Non-membres"],
        ),
        (Language::English, "en-CA", ["Event 0", "$495", "$695", "Non-members"]),
    ] {
        let inside = static_list(&feed_of(3), language);
        let page = document(
            "",
            &format!("<joint-events feed=\"/feed.json\" lang=\"{tag}\"><div>{inside}</div></joint-events>"),
        );
        let page = Page::open_site(move |request| (request.path == "/").then(|| html_answer(page.clone())));
        for word in words {
            page.shows(&format!("widget.innerText.includes({})", json!(word)), json!(true));
        }
        page.shows("widget.querySelectorAll('h3').length", json!(3));
        assert_eq!(page.requests("/joint-events.js"), 0);
    }
}

#[test]
fn while_the_feed_is_on_its_way_the_list_stands_as_it_stood_without_a_skeleton() {
    let (page, gate) = waiting(3, 20, Language::English, "en");
    page.shows(
        "performance.getEntriesByName(location.origin + '/joint-events.wasm').length",
        json!(1),
    );
    page.shows("seen('message')", json!(["Loading events…"]));
    is_drawn(&page);
    page.shows("widget.status", json!("loading"));
    if page.can(Ability::LayoutShift, JUMP) {
        page.shows("shift", json!(0));
    }
    page.shows("widget.querySelector('h3').checkVisibility()", json!(true));
    page.shows("root.querySelector('.base').getBoundingClientRect().height", json!(0));
    page.shows(
        "getComputedStyle(root.querySelector('.base'), '::before').content",
        json!("none"),
    );
    gate.open();
    page.is_ready();
    page.shows("widget.querySelector('h3').checkVisibility()", json!(false));
}

/// The shift that the swap makes, at a width, with the page scrolled so far, where the engine tells it.
#[track_caller]
fn shift(count: usize, limit: usize, width: u32, scrolled: &str) -> Option<f64> {
    let (page, gate) = waiting(count, limit, Language::English, "en");
    page.resize(width);
    page.shows("innerWidth", json!(width));
    page.shows("seen('message')", json!(["Loading events…"]));
    page.ask(&format!("(scrollTo(0, {scrolled}), 0)"));
    is_drawn(&page);
    page.ask("(window.shift = 0, window.moved = [], window.place = document.querySelector('article').getBoundingClientRect().top)");
    gate.open();
    page.is_ready();
    is_drawn(&page);
    let told = page.can(Ability::LayoutShift, JUMP);
    let shift = page.ask("shift").as_f64();
    if scrolled != "0" && page.can(Ability::ScrollAnchoring, "what stands below stays where it is read") {
        let moved = "Math.abs(document.querySelector('article').getBoundingClientRect().top - place) < 1";
        assert_eq!(page.ask(moved), json!(true), "{width} px, at {scrolled}: {moved}");
    }
    shift.filter(|_| told)
}

#[test]
fn a_list_of_as_many_events_as_are_shown_gives_its_place_without_a_jump() {
    let (mut largest, mut told) = (0.0_f64, false);
    for width in [1280, 768, 390] {
        for (count, limit) in [(25, 20), (20, 20), (6, 5), (3, 3), (1, 1)] {
            let Some(shift) = shift(count, limit, width, "0") else {
                continue;
            };
            told = true;
            largest = largest.max(shift);
            assert!(
                shift <= 0.05,
                "{count} events, limit {limit}, {width} px: expected at most 0.05, found {shift}"
            );
        }
    }
    if told {
        keeps("shift", format_args!("{largest:.3} at most"));
    }
}

#[test]
fn a_visitor_who_reads_what_stands_below_goes_on_reading_it() {
    for width in [1280, 390] {
        for scrolled in [
            "document.querySelector('article').offsetTop",
            "document.body.scrollHeight",
        ] {
            let shift = shift(25, 20, width, scrolled);
            assert!(
                shift.is_none_or(|shift| shift <= 0.05),
                "{width} px, at {scrolled}: expected at most 0.05, found {shift:?}"
            );
        }
    }
}

#[test]
fn a_focus_in_the_list_stays_where_the_list_stood() {
    let (page, gate) = waiting(3, 20, Language::English, "en");
    page.shows("seen('message')", json!(["Loading events…"]));
    page.ask("widget.querySelector('a').focus()");
    page.shows("document.activeElement.localName", json!("a"));
    gate.open();
    page.is_ready();
    page.keeps_the_focus();
    page.shows("root.activeElement.className", json!("base"));
}
