//! End-to-end: axe-core finds nothing, in any state, language, width and light.
#![allow(missing_docs)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use joint_events_e2e::{Ability, ENGLISH, FRENCH, Gate, Page, feed, json_answer, keeps};
use joint_events_loopback::Response;
use serde_json::json;

/// A state: what it is called, and the page that is in it.
type State = (&'static str, fn(&str) -> Page);

const STATES: &[State] = &[
    ("loading", |tag| {
        // A tag that is empty has a skeleton.
        let tag = format!(
            "{}</joint-events>",
            tag.split_once('>').map_or(tag, |(start, _)| start).to_owned() + ">"
        );
        let gate = Gate::default();
        let page = Page::open_with(&tag, move || {
            gate.pass();
            json_answer(feed("cards"))
        });
        page.shows("widget.status", json!("loading"));
        page
    }),
    ("cards", |tag| ready(tag, "cards")),
    ("prices", |tag| ready(tag, "prices")),
    ("prices of a member", |tag| {
        let page = ready(tag, "prices");
        page.say_member_of("lso");
        page
    }),
    ("registration", |tag| ready(tag, "registration")),
    ("all open", |tag| {
        let page = ready(tag, "cards");
        page.say_member_of("lso");
        page.choose("organizer", "lso");
        page.ask("[...root.querySelectorAll('.card [part=toggle], [data-filter=theme] button, #je-forum [part=calendar], .filters-toggle')].map((button) => button.click())");
        page.shows("seen('details').length", json!(6));
        page
    }),
    ("a month", |tag| {
        let page = month(tag);
        page.click("[data-span]");
        page.shows("seen('details').length", json!(1));
        page
    }),
    ("a month without events", |tag| {
        let page = month(tag);
        page.click(".month-turn");
        page.shows("root.querySelectorAll('.month-skip').length", json!(1));
        page
    }),
    ("no result", |tag| {
        let page = ready(tag, "filters");
        page.search("nothing like that");
        page.sees(&[]);
        page
    }),
    ("no event", |tag| {
        let empty =
            r#"{"format": "joint-events", "version": "1.0", "url": {"en": "https://lso.example/"}, "events": []}"#;
        let page = Page::open(tag, empty);
        page.shows("widget.status", json!("empty"));
        page
    }),
    ("no feed", |tag| {
        let page = Page::open(tag, "<!doctype html>");
        page.shows("widget.status", json!("failed"));
        page
    }),
    ("an old copy", |tag| {
        let turn = AtomicUsize::new(0);
        let page = Page::open_with(tag, move || match turn.fetch_add(1, Ordering::SeqCst) {
            0 => json_answer(feed("filters")),
            _ => Response::status(404),
        });
        page.is_ready();
        page.ask("(widget.refresh(), 0)");
        page.shows("widget.status", json!("stale"));
        page
    }),
];

/// A month of events.
#[track_caller]
fn month(tag: &str) -> Page {
    let page = ready(tag, "cards");
    page.set_attribute("view", "month");
    page.click(".month-skip");
    page.shows("root.querySelectorAll('[data-span]').length > 0", json!(true));
    page
}

#[track_caller]
fn ready(tag: &str, name: &str) -> Page {
    let page = Page::open(tag, &feed(name));
    page.is_ready();
    page
}

/// Looks at a page at three widths; how often it was looked at.
#[track_caller]
fn is_accessible(page: &Page, what: &str) -> usize {
    page.ask(
        "document.documentElement.style.cssText = 'color-scheme: light dark; background: Canvas; color: CanvasText'",
    );
    for width in [320, 768, 1280] {
        page.resize(width);
        page.shows("innerWidth", json!(width));
        assert_eq!(page.violations(), json!([]), "{what}, {width} px");
        let scrolls = "document.documentElement.scrollWidth > innerWidth";
        assert_eq!(page.ask(scrolls), json!(false), "{what}, {width} px: {scrolls}");
    }
    3
}

#[track_caller]
fn every_state_is_accessible_in(tag: &str) -> usize {
    let mut looks = 0;
    for (name, open) in STATES {
        let page = open(tag);
        for scheme in ["light", "dark"] {
            page.prefer(scheme);
            looks += is_accessible(&page, &format!("{name}, {scheme}"));
        }
        if page.can(Ability::ForcedColors, name) {
            page.force_colors();
            looks += is_accessible(&page, &format!("{name}, forced colours"));
        }
    }
    looks
}

#[test]
fn nothing_is_found_in_either_language() {
    // Side by side: no other test takes as long.
    let looks: usize = thread::scope(|scope| {
        let each = [FRENCH, ENGLISH].map(|tag| scope.spawn(move || every_state_is_accessible_in(tag)));
        let found = each.map(|looks| looks.join().expect("a language in which nothing is found"));
        found.into_iter().sum()
    });
    let states = STATES.len();
    keeps("axe", format_args!("{looks} looks at {states} states: 0 violations"));
}
