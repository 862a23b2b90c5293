//! End-to-end: a widget that a page moves, and a page that a visitor comes back to, are as they were left.
#![allow(missing_docs)]

use std::time::Duration;

use joint_events_e2e::{ENGLISH, Gate, Page, SCRIPT, document, feed, html_answer, json_answer, keeps};
use serde_json::{Value, json};

/// A page with the tag in one place and another place for it, beside a feed.
fn site() -> Page {
    let body = format!(
        "<main style=\"min-height: 4000px\"><p style=\"height: 300px\">Events</p><section id=\"here\">{ENGLISH}</section>\
         <section id=\"there\"><p>There</p></section></main>{SCRIPT}"
    );
    let page = document("", &body);
    Page::open_site(move |request| match request.path.as_str() {
        // A page that may not be stored is not kept for a visitor who comes back.
        "/" | "/other" => Some(html_answer(page.clone()).with_header("Cache-Control", "no-cache")),
        "/feed.json" => Some(json_answer(feed("filters")).with_header("Cache-Control", "no-cache")),
        _ => None,
    })
}

/// All that a visitor can have chosen, typed, opened and focused, and how far the page is scrolled.
const LEFT: &str = "[[...root.querySelectorAll('input:checked')].map(({name, value}) => `${name} ${value}`), \
    root.querySelector('[part=search]').value, seen('title'), \
    [...root.querySelectorAll('.card [part=toggle]')].map((toggle) => toggle.ariaExpanded), scrollY]";

/// Leaves the widget as a visitor would in the middle of it, and tells how that is.
#[track_caller]
fn use_it(page: &Page) -> Value {
    page.is_ready();
    page.choose_province("CA-QC");
    page.search("heart");
    page.sees(&["Heart reception"]);
    page.say_member_of("lso");
    page.click(".card [part=toggle]");
    page.shows("root.querySelector('.card [part=toggle]').ariaExpanded", json!("true"));
    page.ask("scrollTo(0, 200)");
    page.shows("scrollY", json!(200));
    page.shows("heard.filter(([name]) => name === 'filter').length > 0", json!(true));
    let left = page.ask(LEFT);
    assert_eq!(left[0], json!(["member lso", "province CA-QC"]));
    left
}

/// Nothing was asked for again, nothing was told again and nothing was thrown.
#[track_caller]
fn is_as_it_was(page: &Page, left: &Value) {
    page.shows(LEFT, left.clone());
    page.shows("widget.status", json!("ready"));
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(1));
    page.shows("[said, faults]", json!([[], []]));
    assert_eq!(
        (page.requests("/feed.json"), page.requests("/joint-events.wasm")),
        (1, 1)
    );
}

#[test]
fn a_widget_that_is_appended_elsewhere_keeps_all_that_a_visitor_did() {
    let page = site();
    let left = use_it(&page);
    page.ask("document.getElementById('there').append(widget)");
    is_as_it_was(&page, &left);
    page.ask("document.getElementById('here').replaceChildren(widget)");
    is_as_it_was(&page, &left);
    // It lives on: what is chosen now is followed.
    page.search("");
    page.sees(&["Heart reception", "National day"]);
    keeps("moved", "filters, search, open details and scroll kept, 0 requests");
}

#[test]
fn a_widget_that_is_moved_with_move_before_keeps_the_focus_too() {
    let page = site();
    if page.ask("'moveBefore' in Element.prototype") == json!(false) {
        eprintln!("this browser has no moveBefore: only append can be shown");
        return;
    }
    let left = use_it(&page);
    page.keeps_the_focus();
    page.ask("document.getElementById('there').moveBefore(widget, null)");
    page.keeps_the_focus();
    page.shows("root.activeElement.getAttribute('part')", json!("toggle"));
    is_as_it_was(&page, &left);
}

#[test]
fn a_widget_that_is_moved_while_its_feed_is_under_way_asks_for_it_once() {
    let gate = Gate::default();
    let wait = gate.clone();
    let page = Page::open_with(&format!("{ENGLISH}<section id=\"there\"></section>"), move || {
        wait.pass();
        json_answer(feed("filters"))
    });
    page.shows("seen('message')", json!(["Loading events…"]));
    page.ask("document.getElementById('there').append(widget)");
    gate.open();
    page.is_ready();
    assert_eq!(page.requests("/feed.json"), 1);
    page.shows("[heard.length, said, faults]", json!([1, [], []]));
}

#[test]
fn a_widget_that_is_moved_before_it_starts_starts_where_it_is() {
    let page = Page::open(
        &format!(
            "<section id=\"here\" style=\"margin-block-start: 9000px\">{ENGLISH}</section><section id=\"there\" hidden></section>"
        ),
        &feed("filters"),
    );
    page.shows("widget.status", json!("loading"));
    page.ask("document.querySelector('main').prepend(widget)");
    page.is_ready();
    assert_eq!(page.requests("/feed.json"), 1);
}

/// Another document, in an iframe of the page.
const FRAME: &str = "(() => { const frame = document.createElement('iframe'); frame.style = 'width: 600px; height: 600px'; \
    document.querySelector('main').append(frame); window.frame = frame; window.other = frame.contentDocument; window.moved = widget; })()";

/// The same of the widget wherever it is.
fn moved(script: &str) -> String {
    format!(
        "((widget, root) => {})(moved, moved.shadowRoot)",
        script.replace("seen('title')", "texts(root, 'title')")
    )
}

#[test]
fn a_widget_that_another_document_adopts_is_used_there_as_here() {
    let page = site();
    let left = use_it(&page);
    page.ask(FRAME);
    page.ask("other.body.append(moved)");
    page.shows(
        "moved.ownerDocument === other && !document.querySelector('joint-events')",
        json!(true),
    );
    page.shows(&moved(LEFT), left);
    page.shows("moved.status", json!("ready"));
    page.shows(
        &moved("[widget.ownerDocument.defaultView.getComputedStyle(root.querySelector('[part=count]')).display !== 'inline', root.adoptedStyleSheets.length]"),
        json!([true, 2]),
    );
    // It lives on there: what is chosen is followed, and what is drawn is dressed.
    page.ask("moved.shadowRoot.querySelector('input[value=CA-QC]').click()");
    page.ask("(moved.shadowRoot.querySelector('[part=search]').value = '', moved.shadowRoot.querySelector('[part=search]').dispatchEvent(new Event('input', {bubbles: true})))");
    page.shows(&moved("seen('title').length"), json!(6));
    page.ask("document.querySelector('main').append(moved)");
    page.shows("root.adoptedStyleSheets.length", json!(2));
    page.shows(
        "getComputedStyle(root.querySelector('[part=card]')).display !== 'inline'",
        json!(true),
    );
    page.shows("seen('title').length", json!(6));
    page.shows("[said, faults]", json!([[], []]));
    assert_eq!(
        (page.requests("/feed.json"), page.requests("/joint-events.wasm")),
        (1, 1)
    );
}

#[test]
fn a_widget_whose_frame_went_is_whole_when_it_is_taken_back() {
    let page = site();
    use_it(&page);
    page.ask(FRAME);
    page.ask("other.body.append(moved)");
    page.shows("moved.status", json!("ready"));
    page.ask("frame.remove()");
    page.ask("(moved.limit = 1, moved.province = 'CA-ON', moved.remove(), moved.refresh(), 0)");
    page.ask("document.querySelector('main').append(moved)");
    page.shows("moved.status", json!("ready"));
    page.shows("root.adoptedStyleSheets.length", json!(2));
    page.shows("[said, faults]", json!([[], []]));
}

#[test]
fn a_document_without_a_window_ends_what_it_adopts() {
    let page = site();
    use_it(&page);
    page.ask("(window.moved = widget, window.other = document.implementation.createHTMLDocument(), other.body.append(moved))");
    page.shows(
        "[moved.status, moved.events, moved.shadowRoot.querySelector('.base').childElementCount]",
        json!(["loading", [], 0]),
    );
    page.ask("document.querySelector('main').append(moved)");
    page.shows("widget.status", json!("ready"));
    page.shows("seen('title').length", json!(6));
    page.shows("[said, faults]", json!([[], []]));
}

#[test]
fn a_visitor_who_comes_back_finds_what_was_left() {
    let page = site();
    page.ask("addEventListener('pageshow', (event) => window.restored = event.persisted)");
    let left = use_it(&page);
    page.go("/other");
    page.is_ready();
    page.back();
    page.shows_within(Duration::from_secs(10), "location.pathname", json!("/"));
    if page.ask("window.restored ?? null") == json!(null) {
        let why = page.ask("performance.getEntriesByType('navigation')[0].notRestoredReasons ?? 'no reason is told'");
        panic!("expected the page as it was left, found it loaded again: {why}");
    }
    page.shows("restored", json!(true));
    page.shows(LEFT, left);
    page.choose_province("CA-QC");
    page.search("");
    page.shows("seen('title').length", json!(6));
    page.shows("[said, faults]", json!([[], []]));
}
