//! End-to-end: what is shown before, instead of and after a feed, and that no failure looks like "no events".
#![allow(missing_docs)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use joint_events_e2e::{ENGLISH, FRENCH, Page, feed, json_answer};
use joint_events_loopback::Response;
use serde_json::json;

const FALLBACK: &str = "widget.querySelector('a').checkVisibility()";

/// Answers by turns: the first time as the first, and so on; the last one stays.
fn turns(answers: &'static [fn() -> Response]) -> impl Fn() -> Response + Send + Sync + 'static {
    let turn = AtomicUsize::new(0);
    move || answers[turn.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1)]()
}

fn good() -> Response {
    json_answer(feed("filters"))
}

#[test]
fn the_pages_own_content_is_seen_until_the_first_feed_is_shown() {
    let page = Page::open_with(ENGLISH, || Response::hanging(Duration::from_secs(20)));
    page.shows("widget.status", json!("loading"));
    page.shows("seen('message')", json!(["Loading events…"]));
    page.shows(FALLBACK, json!(true));
    page.shows("widget.events", json!([]));
    let page = Page::open(ENGLISH, &feed("filters"));
    page.is_ready();
    page.shows(FALLBACK, json!(false));
}

#[test]
fn without_content_of_the_page_a_skeleton_keeps_the_room() {
    let page = Page::open_with("<joint-events feed=\"/feed.json\" lang=\"en\"></joint-events>", || {
        Response::hanging(Duration::from_secs(20))
    });
    page.shows(
        "getComputedStyle(root.querySelector('.base'), '::before').display",
        json!("block"),
    );
    page.shows("root.querySelector('.base').offsetHeight > 300", json!(true));
}

#[test]
fn a_feed_without_events_is_empty_with_the_way_to_the_list_and_no_failure() {
    let page = Page::open(
        FRENCH,
        r#"{"format": "joint-events", "version": "1.0", "url": {"fr": "https://bioquebec.example/"}, "events": []}"#,
    );
    page.shows("widget.status", json!("empty"));
    page.shows(
        "seen('message')",
        json!(["Aucun événement à venirVoir tous les événements"]),
    );
    page.shows(
        "root.querySelector('[part=message] a').href",
        json!("https://bioquebec.example/"),
    );
    page.shows("heard", json!([["ready", {"shown": 0, "total": 0, "skipped": 0}]]));
    page.shows("said", json!([]));
}

#[test]
fn a_feed_whose_events_are_all_over_asks_nothing_and_offers_no_filters() {
    let page = Page::open(
        ENGLISH,
        r#"{"format": "joint-events", "version": "1.0", "associations": [{"id": "lso", "name": {"en": "LSO"}}], "events": [
           {"id": "over", "title": {"en": "Over"}, "start": "2020-01-10", "timeZone": "America/Toronto", "organizers": ["lso"]}]}"#,
    );
    page.shows("seen('message')", json!(["No upcoming events"]));
    let seen = "['membership', 'filters', 'results'].filter((name) => root.querySelector(`[part~=${name}]`).checkVisibility())";
    page.shows(seen, json!([]));
    page.set_attribute("past", "");
    page.sees(&["Over"]);
    page.shows(seen, json!(["membership"]));
}

#[test]
fn a_bad_event_is_skipped_counted_and_told() {
    let page = Page::open(
        ENGLISH,
        r#"{"format": "joint-events", "version": "1.0", "associations": [{"id": "lso", "name": {"en": "LSO"}}], "events": [
           {"id": "good", "title": {"en": "Good"}, "start": "2099-01-10", "timeZone": "America/Toronto", "organizers": ["lso"]},
           {"id": "bad", "title": {"en": "Bad"}, "start": "2099-02-30", "timeZone": "America/Toronto", "organizers": ["lso"]}]}"#,
    );
    page.is_ready();
    page.sees(&["Good"]);
    page.shows("seen('message')", json!(["1 event could not be shown."]));
    page.shows("heard[0]", json!(["ready", {"shown": 1, "total": 1, "skipped": 1}]));
    page.shows("heard[1][1].problems.map(({path}) => path)", json!(["events[1].start"]));
    page.shows("said.length", json!(1));
    page.shows(
        "[flags.ready, flags.problem]",
        json!([[true, true, false], [true, true, false]]),
    );
}

#[test]
fn a_feed_whose_every_event_is_bad_is_a_failure() {
    let page = Page::open(
        ENGLISH,
        r#"{"format": "joint-events", "version": "1.0", "events": [{"id": "bad"}]}"#,
    );
    page.shows("widget.status", json!("failed"));
    page.shows(
        "heard.map(([name, {status}]) => [name, status])",
        json!([["error", "format"]]),
    );
}

#[test]
fn what_is_no_feed_leaves_the_pages_own_content_with_a_way_to_try_again() {
    for (answer, status) in [
        ("<!doctype html>", "format"),
        ("", "format"),
        (r#"{"format": "rss"}"#, "format"),
        (
            r#"{"format": "joint-events", "version": "2.0", "events": []}"#,
            "version",
        ),
    ] {
        let page = Page::open(ENGLISH, answer);
        page.shows("widget.status", json!("failed"));
        page.shows(
            "heard.map(([name, {status}]) => [name, status])",
            json!([["error", status]]),
        );
        page.shows("flags.error", json!([true, true, false]));
        page.shows("said.length", json!(1));
        page.shows(FALLBACK, json!(true));
        page.shows("seen('retry')", json!(["Try again"]));
        page.shows(
            "root.querySelector('[role=alert]').textContent",
            json!("The list of events can’t be shown right now."),
        );
        assert_eq!(
            page.requests("/feed.json"),
            1,
            "{answer}: what is no feed is not asked for again"
        );
    }
}

#[test]
fn a_missing_feed_is_not_asked_for_again_but_by_the_visitor() {
    let page = Page::open_with(ENGLISH, turns(&[|| Response::status(404), good]));
    page.shows(
        "heard.map(([name, {status}]) => [name, status])",
        json!([["error", 404]]),
    );
    page.shows("widget.status", json!("failed"));
    assert_eq!(page.requests("/feed.json"), 1);
    page.click("[part=retry]");
    page.is_ready();
    page.shows("seen('title').length", json!(6));
    page.shows("seen('message')", json!([]));
    assert_eq!(page.requests("/feed.json"), 2);
}

#[test]
fn a_server_that_failed_once_is_asked_again_by_itself() {
    for first in [
        || Response::status(500),
        || Response::status(429),
        Response::reset,
        || Response::truncated("application/json", feed("filters")),
    ] {
        let turn = AtomicUsize::new(0);
        let page = Page::open_with(ENGLISH, move || match turn.fetch_add(1, Ordering::SeqCst) {
            0 => first(),
            _ => good(),
        });
        page.is_ready();
        page.shows("heard.map(([name]) => name)", json!(["ready"]));
        page.shows("said", json!([]));
    }
}

#[test]
fn a_server_that_keeps_failing_is_asked_three_times_and_told_once() {
    let page = Page::open_with(ENGLISH, || Response::status(503));
    page.shows(
        "heard.map(([name, {status}]) => [name, status])",
        json!([["error", 503]]),
    );
    assert_eq!(page.requests("/feed.json"), 3);
}

#[test]
fn a_server_that_says_when_is_asked_then() {
    let start = Instant::now();
    let page = Page::open_with(
        ENGLISH,
        turns(&[
            || {
                Response::status(503)
                    .with_header("Retry-After", "2")
                    .with_header("Access-Control-Expose-Headers", "Retry-After")
            },
            good,
        ]),
    );
    page.is_ready();
    assert!(
        start.elapsed() >= Duration::from_secs(2),
        "found another try after {:?}",
        start.elapsed()
    );
}

#[test]
fn a_failed_refresh_keeps_what_is_shown_with_its_date() {
    let page = Page::open_with(ENGLISH, turns(&[good, || Response::status(404), good]));
    page.is_ready();
    page.choose_province("CA-ON");
    page.ask("(window.before = card('forum'), widget.refresh().then(() => window.refreshed = true), 0)");
    page.shows("widget.status", json!("stale"));
    page.shows("window.refreshed", json!(true));
    page.shows("heard.filter(([name]) => name === 'error').length", json!(1));
    page.sees(&["Forum", "Breakfast", "National day"]);
    page.shows("card('forum') === before", json!(true));
    page.shows(FALLBACK, json!(false));
    page.shows(
        "/^The update failed\\. List of .*\\d{4}.*\\.Try again$/.test(seen('message')[0])",
        json!(true),
    );
    page.click("[part=retry]");
    page.shows("widget.status", json!("ready"));
    page.shows("seen('message')", json!([]));
    page.sees(&["Forum", "Breakfast", "National day"]);
}

#[test]
fn a_refresh_shows_what_is_new_and_tells_the_host_again() {
    let page = Page::open_with(
        ENGLISH,
        turns(&[good, || {
            json_answer(feed("filters").replace("\"en\": \"Forum\"", "\"en\": \"Agora\""))
        }]),
    );
    page.is_ready();
    page.ask("(widget.refresh(), 0)");
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(2));
    page.shows("seen('title')[2]", json!("Agora"));
    page.shows("widget.events.map(({title}) => title)[2]", json!("Agora"));
}

#[test]
fn another_feed_takes_the_place_of_the_first() {
    let page = Page::open_site(|request| match request.path.as_str() {
        "/" => Some(Response::text(
            "text/html; charset=utf-8",
            joint_events_e2e::html(ENGLISH),
        )),
        "/feed.json" => Some(good()),
        "/other.json" => Some(json_answer(feed("registration"))),
        _ => None,
    });
    page.is_ready();
    page.set_attribute("feed", "/other.json");
    page.shows("seen('title')[0]", json!("Both"));
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(2));
}

#[test]
fn a_script_without_its_wasm_leaves_the_pages_own_content_and_says_so() {
    let page = Page::open_site(|request| match request.path.as_str() {
        "/" => Some(Response::text(
            "text/html; charset=utf-8",
            joint_events_e2e::html(ENGLISH),
        )),
        "/feed.json" => Some(good()),
        "/joint-events.wasm" => Some(Response::status(404)),
        _ => None,
    });
    page.shows("widget.status", json!("failed"));
    page.shows(
        "heard.map(([name, {status}]) => [name, status])",
        json!([["error", "start"]]),
    );
    page.shows("widget.querySelector('a').checkVisibility()", json!(true));
    page.shows("faults", json!([]));
}
