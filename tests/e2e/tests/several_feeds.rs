//! End-to-end: several feeds are one list, and none of them keeps a visitor from the others.
#![allow(missing_docs)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use joint_events_e2e::{Gate, Page, html, html_answer, json_answer};
use joint_events_loopback::{Request, Response};
use serde_json::{Value, json};

const LATER: &str = "/joint-events.later.wasm";

/// A page of both feeds.
const BOTH: &str =
    "<joint-events feed=\"/a.json /b.json\" lang=\"en\"><a href=\"/events\">All events</a></joint-events>";

/// An event with further members.
fn event(id: &str, organizer: &str, month: u32, more: Value) -> Value {
    let mut event = json!({"id": id, "title": {"en": id}, "start": format!("2099-{month:02}-10"),
        "timeZone": "America/Toronto", "organizers": [organizer]});
    for (name, value) in more.as_object().cloned().unwrap_or_default() {
        event[name] = value;
    }
    event
}

fn document(title: &str, theme: &str, events: &[Value]) -> String {
    json!({"format": "joint-events", "version": "1.0", "title": {"en": title},
        "associations": [{"id": "lso", "name": {"en": "LSO"}}, {"id": "bioquebec", "name": {"en": "BIOQuébec"}}],
        "themes": [{"id": theme, "label": {"en": theme}}], "events": events})
    .to_string()
}

/// The first feed: an event of its own, one that both have, one that the other tells under another id.
fn first() -> String {
    document(
        "A",
        "capital",
        &[
            event("alone-a", "lso", 1, json!({"themes": ["capital"]})),
            event("both", "lso", 2, json!({})),
            event(
                "forum",
                "lso",
                3,
                json!({"sameAs": ["forum-b"], "registration": {"url": {"en": "https://lso.example/register"}}}),
            ),
        ],
    )
}

/// The second, with an event that is bad.
fn second() -> String {
    document(
        "B",
        "people",
        &[
            event("both", "bioquebec", 2, json!({"title": {"en": "both of B"}})),
            event(
                "forum-b",
                "bioquebec",
                3,
                json!({"registration": {"url": {"en": "https://bioquebec.example/register"}}}),
            ),
            event("alone-b", "bioquebec", 4, json!({"themes": ["people"]})),
            json!({"id": "bad"}),
        ],
    )
}

/// A page of both feeds, of which the second is answered so.
#[track_caller]
fn page(body: &str, answer: impl Fn() -> Response + Send + Sync + 'static) -> Page {
    site(body, answer, || None)
}

#[track_caller]
fn site(
    body: &str,
    second: impl Fn() -> Response + Send + Sync + 'static,
    later: impl Fn() -> Option<Response> + Send + Sync + 'static,
) -> Page {
    let body = body.to_owned();
    Page::open_site(move |request: &Request| match request.path.as_str() {
        "/" => Some(html_answer(html(&body))),
        "/a.json" => Some(json_answer(first())),
        "/b.json" => Some(second()),
        LATER => later(),
        _ => None,
    })
}

/// Answers that are told by a number which the test sets.
fn turns(answers: &'static [fn() -> Response]) -> (Arc<AtomicUsize>, impl Fn() -> Response + Send + Sync + 'static) {
    let turn = Arc::new(AtomicUsize::new(0));
    let told = Arc::clone(&turn);
    (turn, move || answers[told.load(Ordering::SeqCst)]())
}

/// How often a load was told, as `[name, detail]`.
#[track_caller]
fn hears_ready(page: &Page, times: usize, detail: Value) {
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(times));
    page.shows("heard.findLast(([name]) => name === 'ready')[1]", detail);
}

#[test]
fn two_feeds_are_one_list_in_which_the_first_has_the_say() {
    let page = page(BOTH, || json_answer(second()));
    page.sees(&["alone-a", "both", "forum", "alone-b"]);
    hears_ready(&page, 1, json!({"shown": 4, "total": 6, "skipped": 1}));
    page.shows(
        "heard[1]?.[1].problems?.map(({path}) => path)",
        json!(["feed[1].events[3].title"]),
    );
    page.shows(
        "[...root.querySelectorAll('[data-facet=theme] [part=choice], [part=filter] [part=choice]')].filter((choice) => /capital|people/.test(choice.textContent)).length >= 2",
        json!(true),
    );
    page.shows("[widget.status, faults]", json!(["ready", []]));
    // What is told under another id is opened by either, and both ways to register are there.
    page.ask("(location.hash = '#je-forum-b', 0)");
    page.shows("card('forum').querySelectorAll('[part=details]').length", json!(1));
    page.shows("root.activeElement?.id", json!("je-forum-title"));
    page.shows(
        "[card('forum').querySelector('[part=register]').href, card('forum').querySelector('[part=details] a').href, \
          card('forum').querySelector('[part=details] a').textContent]",
        json!([
            "https://lso.example/register",
            "https://bioquebec.example/register",
            "Register: BIOQuébec"
        ]),
    );
    page.click("#je-forum [part=details] a");
    page.shows(
        "heard.at(-1)",
        json!(["register", {"id": "forum", "url": "https://bioquebec.example/register", "audience": null, "price": null, "currency": null}]),
    );
    // An embed of the other association prefers its own page.
    page.set_attribute("association", "bioquebec");
    page.shows(
        "[card('forum').querySelector('[part=register]').href, card('forum').querySelector('[part=details] a').textContent]",
        json!(["https://bioquebec.example/register", "Register: LSO"]),
    );
    // The same addresses are nothing new.
    page.set_attribute("feed", "  /a.json\t/b.json ");
    page.set_attribute("limit", "1");
    // What the address names stays, however few are shown.
    page.shows("seen('title')", json!(["alone-a", "forum"]));
    assert_eq!((page.requests("/a.json"), page.requests("/b.json")), (1, 1));
    // One of them alone is another load, for which it is not asked again.
    page.set_attribute("feed", "/b.json");
    hears_ready(&page, 2, json!({"shown": 3, "total": 3, "skipped": 1}));
    page.set_attribute("feed", "/b.json /a.json");
    hears_ready(&page, 3, json!({"shown": 4, "total": 6, "skipped": 1}));
    page.shows(
        "widget.events.map(({title}) => title)",
        json!(["alone-a", "both of B", "forum-b", "alone-b"]),
    );
    // The first was let go meanwhile.
    assert_eq!((page.requests("/a.json"), page.requests("/b.json")), (2, 1));
}

#[test]
fn a_feed_that_fails_leaves_the_others_with_a_line_and_a_way_to_try_again() {
    let (turn, answer) = turns(&[
        || Response::status(404),
        || html_answer("<!doctype html>"),
        || json_answer(second()),
        || Response::status(404),
        || html_answer("<!doctype html>"),
        || json_answer(second()),
    ]);
    let page = page(BOTH, answer);
    let only_first = ["alone-a", "both", "forum"];
    page.sees(&only_first);
    hears_ready(&page, 1, json!({"shown": 3, "total": 3, "skipped": 0}));
    page.shows(
        "heard.slice(1)",
        json!([["problem", {"problems": [{"path": "feed[1]", "message": "expected the feed, found HTTP 404"}]}]]),
    );
    page.shows(
        "said",
        json!(["warn: <joint-events> 1 problems in the feed; the first: feed[1]: expected the feed, found HTTP 404"]),
    );
    page.shows(
        "seen('message')",
        json!(["Some of the events couldn’t be loaded.Try again"]),
    );
    page.shows(
        "[widget.status, widget.querySelector('a').checkVisibility()]",
        json!(["ready", false]),
    );
    // What is no feed counts as none that came.
    turn.store(1, Ordering::SeqCst);
    page.click("[part=retry]");
    hears_ready(&page, 2, json!({"shown": 3, "total": 3, "skipped": 0}));
    page.shows(
        "heard.at(-1)[1].problems",
        json!([{"path": "feed[1]", "message": "expected JSON text, found a fault at line 1, column 1"}]),
    );
    turn.store(2, Ordering::SeqCst);
    page.click("[part=retry]");
    hears_ready(&page, 3, json!({"shown": 4, "total": 6, "skipped": 1}));
    page.shows("seen('retry')", json!([]));
    // What was there stays as it is where it can't be had anew, and is told to be old.
    for nth in [3, 4] {
        turn.store(nth, Ordering::SeqCst);
        page.ask("(widget.refresh(), 0)");
        hears_ready(&page, nth + 1, json!({"shown": 4, "total": 6, "skipped": 1}));
        page.shows("[widget.status, seen('title').length]", json!(["stale", 4]));
        page.shows(
            "/^Some of the events couldn’t be updated. They are from .+\\.Try again$/.test(seen('message')[0])",
            json!(true),
        );
    }
    turn.store(5, Ordering::SeqCst);
    page.click("[part=retry]");
    hears_ready(&page, 6, json!({"shown": 4, "total": 6, "skipped": 1}));
    page.shows("[widget.status, seen('retry'), faults]", json!(["ready", [], []]));
    page.shows("heard.filter(([name]) => name === 'error')", json!([]));
}

#[test]
fn where_none_comes_the_load_fails_once() {
    let page = page(
        "<joint-events feed=\"/gone.json /b.json\" lang=\"en\"><a href=\"/events\">All events</a></joint-events>",
        || html_answer("<!doctype html>"),
    );
    page.shows("widget.status", json!("failed"));
    page.shows(
        "heard",
        json!([["error", {"status": 404, "message":
            "feed[0]: expected the feed, found HTTP 404; feed[1]: expected JSON text, found a fault at line 1, column 1"}]]),
    );
    page.shows(
        "[said.length, widget.querySelector('a').checkVisibility()]",
        json!([1, true]),
    );
}

#[test]
fn a_slow_server_keeps_nobody_from_what_the_others_gave() {
    let gate = Gate::default();
    let held = gate.clone();
    let page = page(BOTH, move || {
        held.pass();
        json_answer(second())
    });
    page.sees(&["alone-a", "both", "forum"]);
    hears_ready(&page, 1, json!({"shown": 3, "total": 3, "skipped": 0}));
    page.shows("seen('message')", json!(["More events are on their way…"]));
    page.click("#je-forum [part=toggle]");
    page.shows("card('forum').querySelectorAll('[part=details]').length", json!(1));
    page.say_member_of("lso");
    page.search("o");
    page.shows("heard.some(([name]) => name === 'filter')", json!(true));
    page.ask("(root.querySelector('[part=search]').focus(), 0)");
    gate.open();
    hears_ready(&page, 2, json!({"shown": 4, "total": 6, "skipped": 1}));
    page.sees(&["alone-a", "both", "forum", "alone-b"]);
    page.shows("seen('message')", json!(["1 event could not be shown."]));
    page.shows(
        "[card('forum').querySelectorAll('[part=details]').length, root.querySelector('[part=search]').value, \
          root.activeElement?.matches('[part=search]'), root.querySelectorAll('[part=membership] :checked').length]",
        json!([1, "o", true, 1]),
    );
    page.shows("faults", json!([]));
}

#[test]
fn without_what_makes_them_one_the_first_is_shown_alone_until_that_comes() {
    let (turn, answer) = turns(&[|| Response::status(404), || Response::status(200)]);
    let told = Arc::clone(&turn);
    let page = site(
        BOTH,
        || json_answer(second()),
        move || (told.load(Ordering::SeqCst) == 0).then(&answer),
    );
    page.sees(&["alone-a", "both", "forum"]);
    hears_ready(&page, 1, json!({"shown": 3, "total": 3, "skipped": 0}));
    page.shows("seen('message')", json!(["This part couldn’t be downloaded.Try again"]));
    turn.store(1, Ordering::SeqCst);
    page.click("[part=retry]");
    page.sees(&["alone-a", "both", "forum", "alone-b"]);
    page.shows("[seen('retry'), faults]", json!([[], []]));
}

#[test]
fn two_events_of_one_feed_that_are_the_same_are_one_and_only_they_need_the_second_part() {
    let twins = |same: &str| {
        document(
            "A",
            "capital",
            &[
                event("one", "lso", 1, json!({"sameAs": [same]})),
                event("two", "bioquebec", 1, json!({})),
            ],
        )
    };
    let missing = Arc::new(AtomicUsize::new(0));
    let is_missing = Arc::clone(&missing);
    let page = Page::open_site(move |request: &Request| match request.path.as_str() {
        "/" => Some(html_answer(html(
            "<joint-events feed=\"/apart.json\" lang=\"en\"></joint-events>",
        ))),
        "/apart.json" => Some(json_answer(twins("elsewhere"))),
        "/twins.json" => Some(json_answer(twins("two"))),
        LATER if is_missing.load(Ordering::SeqCst) == 1 => Some(Response::status(404)),
        _ => None,
    });
    page.sees(&["one", "two"]);
    page.is_ready();
    assert_eq!(page.requests(LATER), 0);
    // Where it can't be had they are shown as they are.
    missing.store(1, Ordering::SeqCst);
    page.set_attribute("feed", "/twins.json");
    hears_ready(&page, 2, json!({"shown": 2, "total": 2, "skipped": 0}));
    missing.store(0, Ordering::SeqCst);
    page.click("#je-one [part=toggle]");
    page.click("#je-one [part=retry]");
    page.shows("card('one').querySelectorAll('[part=details]').length", json!(1));
    page.ask("(widget.refresh(), 0)");
    hears_ready(&page, 3, json!({"shown": 1, "total": 2, "skipped": 0}));
    page.sees(&["one"]);
    page.shows(
        "[within('one', 'badge'), seen('message'), faults]",
        json!([["Joint event"], [], []]),
    );
}
