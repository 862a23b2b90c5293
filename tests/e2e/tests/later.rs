//! End-to-end: what a page downloads only when its visitor wants it.
#![allow(missing_docs)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use joint_events_e2e::{ENGLISH, Gate, Page, feed, file, html, html_answer, json_answer};
use joint_events_loopback::{Request, Response};
use serde_json::json;

const LATER: &str = "/joint-events.later.wasm";

/// A page whose second part of the wasm is answered so.
#[track_caller]
fn page(body: &str, answer: impl Fn() -> Option<Response> + Send + Sync + 'static) -> Page {
    let body = body.to_owned();
    let page = Page::open_site(move |request: &Request| match request.path.as_str() {
        "/" => Some(html_answer(html(&body))),
        "/feed.json" => Some(json_answer(feed("filters"))),
        LATER => answer(),
        _ => None,
    });
    page.is_ready();
    page
}

#[track_caller]
fn shows_details(page: &Page) {
    page.shows("card('cocktail').querySelectorAll('[part=details]').length", json!(1));
    page.shows("card('cocktail').querySelectorAll('[part=message]').length", json!(0));
}

#[test]
fn a_visitor_who_touches_nothing_downloads_the_first_part_alone() {
    let page = page(ENGLISH, || None);
    page.shows("heard.length", json!(1));
    assert_eq!(page.requests(LATER), 0);
}

#[test]
fn the_second_part_is_asked_for_once_by_whoever_first_tabs_into_a_widget() {
    let page = page(&ENGLISH.repeat(2), || None);
    page.ask("(root.querySelector('[part=search]').focus(), 0)");
    page.click("#je-cocktail [part=toggle]");
    shows_details(&page);
    page.click("#je-cocktail [part=calendar]");
    page.shows(
        "card('cocktail').querySelectorAll('.calendar-menu li').length",
        json!(4),
    );
    page.ask("(document.querySelectorAll('joint-events')[1].shadowRoot.querySelector('#je-cocktail [part=toggle]').click(), 0)");
    page.shows(
        "document.querySelectorAll('joint-events')[1].shadowRoot.querySelectorAll('[part=details]').length",
        json!(1),
    );
    assert_eq!(page.requests(LATER), 1);
}

#[test]
fn a_press_before_it_is_there_is_done_once_it_is() {
    let gate = Gate::default();
    let held = gate.clone();
    let page = page(ENGLISH, move || {
        held.pass();
        None
    });
    page.click(".calendar-all");
    page.click("#je-cocktail [part=toggle]");
    page.shows(
        "card('cocktail').querySelector('[part=toggle]').getAttribute('aria-expanded')",
        json!("true"),
    );
    page.shows(
        "[files.length, root.querySelectorAll('[part=details]').length]",
        json!([0, 0]),
    );
    gate.open();
    shows_details(&page);
    page.shows("files.length", json!(1));
    page.shows(
        "heard.filter(([name]) => name === 'calendar')",
        json!([["calendar", {"id": null, "target": "ics"}]]),
    );
}

#[test]
fn where_it_can_not_be_had_a_line_says_so_and_another_press_tries_again() {
    for answer in [
        || Response::status(404),
        Response::reset,
        || {
            Response::text(
                "application/wasm",
                [file("joint-events.later.wasm"), b"\0\x01\0".to_vec()].concat(),
            )
        },
    ] {
        let mends = Arc::new(AtomicUsize::new(0));
        let mended = Arc::clone(&mends);
        let page = page(ENGLISH, move || (mended.load(Ordering::SeqCst) == 0).then(answer));
        page.click("#je-cocktail [part=toggle]");
        page.shows(
            "card('cocktail').querySelector('[part=message] [role=alert]')?.textContent",
            json!("This part couldn’t be downloaded."),
        );
        page.shows("[widget.status, seen('title').length]", json!(["ready", 6]));
        page.click(".calendar-all");
        page.shows(
            "root.querySelector('[role=status]').textContent",
            json!("This part couldn’t be downloaded."),
        );
        mends.store(1, Ordering::SeqCst);
        page.click("#je-cocktail [part=retry]");
        shows_details(&page);
        page.shows("[faults, files.length, seen('title').length]", json!([[], 0, 6]));
    }
}

#[test]
fn a_widget_that_left_meanwhile_hears_nothing_of_it() {
    let gate = Gate::default();
    let held = gate.clone();
    let page = page(ENGLISH, move || {
        held.pass();
        None
    });
    page.click("#je-cocktail [part=toggle]");
    page.ask("(window.gone = widget, widget.remove(), 0)");
    gate.open();
    page.ask("(document.body.append(gone), 0)");
    page.is_ready();
    page.shows("[faults, said]", json!([[], []]));
    page.click("#je-cocktail [part=toggle]");
    shows_details(&page);
    assert_eq!(page.requests(LATER), 1);
}
