//! End-to-end: a large feed is read in slices, and the page has its turn after each. The page's clock goes on by what a test
//! says whenever it is looked at, so that the slices are the same on any machine.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, Page, SCRIPT, document, html_answer, json_answer};
use joint_events_loopback::Response;
use serde_json::{Value, json};

/// Counts the widget's turns. Before each comes a message of the page's own (engines keep no order among channels), which
/// notes in `between` what is seen then, in `made` how many cards there are, and in `short` whether what is seen leaves room in
/// the window, in `tints` the colour of what is seen; in the turn of the number `at` it does `act`.
const TURNS: &str =
    "<script>window.turns = 0; window.between = []; window.made = []; window.short = []; window.tints = []; window.at = NaN; window.act = () => {};
    let clock = 0; performance.now = () => (clock += TICK);
    window.Channel = MessageChannel; window.MessageChannel = function () {
      const turn = ++turns; const own = new Channel(); const its = new Channel();
      own.port1.onmessage = () => { const widget = document.querySelector('joint-events');
        const cards = [...widget?.shadowRoot.querySelectorAll('[part~=card]') ?? []]; made.push(cards.length);
        const isSeen = widget?.shadowRoot.querySelector('.shown')?.clientHeight;
        between.push(widget && [widget.status, isSeen ? cards.length : 0].join(' '));
        short.push(isSeen > 0 && widget.getBoundingClientRect().bottom < innerHeight);
        if (isSeen) tints.push(widget.shadowRoot.querySelector('.base').style.getPropertyValue('--je-color'));
        if (turn === at) act(); own.port1.close(); its.port2.postMessage(0); };
      return { port1: its.port1, port2: { postMessage: () => own.port2.postMessage(0) } }; };</script>";

/// Waits until whatever has a turn after each of the page's would have ended.
const LATER: &str = "(async () => { for (let turn = 0; turn < 300; turn++) await new Promise((done) => {
    const { port1, port2 } = new Channel(); port1.onmessage = () => done(port1.close()); port2.postMessage(0); }); })()";

/// What was seen whenever the page had its turn, each once.
const SEEN_BETWEEN: &str = "[...new Set(between)]";

fn event(name: &str, number: usize) -> Value {
    json!({
        "id": format!("{name}-{number}"), "title": {"en": format!("{name} {number:05}")},
        "start": "2099-03-09T17:00:00-05:00", "timeZone": "America/Toronto", "organizers": ["lso"],
        "provinces": [if number.is_multiple_of(2) { "CA-QC" } else { "CA-ON" }]
    })
}

/// A feed of so many events with the same name and each its number.
fn feed_of(name: &str, count: usize) -> Value {
    let events: Vec<Value> = (0..count).map(|number| event(name, number)).collect();
    json!({
        "format": "joint-events", "version": "1.0", "languages": ["en"],
        "associations": [{"id": "lso", "name": {"en": "Life Sciences Ontario"}}], "events": events
    })
}

/// A page whose clock goes on by so many milliseconds each time, with a body, beside a feed and another of two events.
fn site(tick: u32, act: &str, body: &str, feed: impl Fn() -> Response + Send + Sync + 'static) -> Page {
    let turns = TURNS.replace("TICK", &tick.to_string()) + act;
    let page = document(&turns, &format!("<main>{body}</main>{SCRIPT}"));
    let other = feed_of("other", 2).to_string();
    Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" => Some(feed()),
        "/other.json" => Some(json_answer(other.clone())),
        _ => None,
    })
}

/// The same with a thousand events, where each step has a turn, and what is done in the fiftieth, in the middle of them.
fn interrupted(act: &str) -> Page {
    let feed = feed_of("gala", 1000).to_string();
    let act = format!("<script>at = 50; act = () => {{ {act} }};</script>");
    site(10, &act, ENGLISH, move || json_answer(feed.clone()))
}

const READY: &str = "heard.filter(([name]) => name === 'ready').length";

#[test]
fn the_page_has_its_turn_while_ten_thousand_events_are_read() {
    let mut feed = feed_of("gala", 10_000);
    feed["events"][9_998]["provinces"] = json!(["CA-MB"]);
    feed["events"][9_999] = json!({"id": "bad"});
    let feed = feed.to_string();
    let page = site(1, "", ENGLISH, move || json_answer(feed.clone()));
    page.is_ready();
    let turns = page.ask("turns").as_u64().unwrap_or_default();
    assert!(turns > 100, "{turns} turns");
    page.shows("between.length === turns", json!(true));
    // Nothing of it is seen while it is read: what is seen comes with the last turns, in which the list is made.
    let seen = "between.map((seen, turn) => seen === 'loading 0' ? -1 : turn).filter((turn) => turn >= 0)";
    page.shows(&format!("{seen}.every((turn) => turn > turns - 10)"), json!(true));
    page.shows("between.every((seen) => seen.startsWith('loading '))", json!(true));
    page.shows("widget.events.length", json!(9_999));
    page.shows("seen('title')[0]", json!("gala 00000"));
    page.choose_province("CA-MB");
    page.sees(&["gala 09998"]);
    assert_eq!(page.ask("said.length"), json!(1), "one problem");
}

#[test]
fn a_text_that_is_copied_in_pieces_has_every_character_of_it() {
    let name = "gala 🧬é𝒳";
    let feed = feed_of("gala", 5000)
        .to_string()
        .replace("gala 0", &format!("{name} 0"));
    assert!(feed.encode_utf16().count() > 600_000, "as long as two pieces");
    let page = site(0, "", ENGLISH, move || json_answer(feed.clone()));
    page.is_ready();
    let other = "widget.events.find(({id, title}) => title !== NAME + ' ' + id.slice(5).padStart(5, 0)) ?? widget.events.length";
    page.shows(&other.replace("NAME", &json!(name).to_string()), json!(5000));
    // What has no quote is one piece.
    let page = site(0, "", ENGLISH, || json_answer("[".repeat(700_000)));
    page.shows(
        "[widget.status, heard.map(([name]) => name)]",
        json!(["failed", ["error"]]),
    );
    page.shows("faults", json!([]));
}

#[test]
fn a_small_feed_has_the_page_wait_for_nothing_but_its_own_task() {
    let feed = feed_of("gala", 3).to_string();
    let page = site(0, "", ENGLISH, move || json_answer(feed.clone()));
    page.sees(&["gala 00000", "gala 00001", "gala 00002"]);
    page.shows("turns", json!(1));
}

#[test]
fn the_first_list_is_made_in_pieces_and_seen_as_soon_as_it_fills_the_window() {
    let page = interrupted("");
    page.is_ready();
    page.shows("[...new Set(made)]", json!([0, 4, 8, 12, 16, 20]));
    page.shows("between.every((seen) => seen.startsWith('loading '))", json!(true));
    page.shows("short.includes(true)", json!(false));
    // How many fill it is an engine's affair: not all, and those after them are seen as they come.
    let seen = "[...new Set(between)].map((seen) => Number(seen.split(' ')[1]))";
    page.shows(
        &format!("(([none, some, ...more]) => [none, some > 0 && some < 20, more.at(-1)])({seen})"),
        json!([0, true, 20]),
    );
    page.shows(
        "[seen('card').length, root.querySelectorAll('[part~=filter]').length, heard.length]",
        json!([20, 4, 1]),
    );
    page.click("[part~=more]");
    page.shows("seen('card').length", json!(40));
}

#[test]
fn what_is_seen_first_has_the_colour_of_the_association_already() {
    let mut feed = feed_of("gala", 1000);
    feed["associations"][0]["color"] = json!("#003da5");
    let feed = feed.to_string();
    let own = ENGLISH.replace("lang=", "association=\"lso\" lang=");
    let page = site(10, "", &own, move || json_answer(feed.clone()));
    page.is_ready();
    page.shows("[tints.length > 1, ...new Set(tints)]", json!([true, "#003da5"]));
}

#[test]
fn a_list_of_the_pages_own_stays_until_one_as_long_is_there() {
    let own = ENGLISH.replace(
        "></joint-events>",
        "><ol><li style=\"height: 9000px\">Own list</li></ol></joint-events>",
    );
    assert_ne!(own, ENGLISH);
    let feed = feed_of("gala", 1000).to_string();
    let page = site(10, "", &own, move || json_answer(feed.clone()));
    page.is_ready();
    page.shows("[...new Set(made)]", json!([0, 4, 8, 12, 16, 20]));
    page.shows(SEEN_BETWEEN, json!(["loading 0"]));
    page.shows("seen('card').length", json!(20));
}

#[test]
fn in_a_frame_whose_height_follows_it_the_list_is_seen_when_it_is_whole() {
    let feed = feed_of("gala", 1000).to_string();
    let inner = document(&TURNS.replace("TICK", "10"), &format!("<main>{ENGLISH}</main>{SCRIPT}"));
    let outer = "<!doctype html><title>Outer</title><iframe src=\"/inner\" title=\"Events\"></iframe>";
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(outer)),
        "/inner" => Some(html_answer(inner.clone())),
        "/feed.json" => Some(json_answer(feed.clone())),
        _ => None,
    });
    page.enter_frame(0);
    page.is_ready();
    page.shows("[...new Set(made)]", json!([0, 4, 8, 12, 16, 20]));
    page.shows(SEEN_BETWEEN, json!(["loading 0"]));
}

#[test]
fn a_visitor_who_reads_the_pages_own_content_keeps_it_until_the_list_is_whole() {
    let own = ENGLISH.replace(
        "></joint-events>",
        "><a id=\"own\" href=\"#all\">All events</a></joint-events>",
    );
    let feed = feed_of("gala", 1000).to_string();
    let act = "<script>at = 1; act = () => document.getElementById('own').focus();</script>";
    let page = site(10, act, &own, move || json_answer(feed.clone()));
    page.is_ready();
    page.shows(SEEN_BETWEEN, json!(["loading 0"]));
    page.shows(
        "[seen('card').length, root.activeElement?.className]",
        json!([20, "base"]),
    );
}

#[test]
fn what_is_shown_stays_and_can_be_chosen_from_while_another_feed_is_read() {
    let page = interrupted("");
    page.is_ready();
    // Early: the rest of what is chosen comes a frame later, and on a fast machine all the turns take little longer than that.
    page.ask(
        "(between.length = 0, short.length = 0, window.turns = 0, window.at = 10, \
         window.act = () => root.querySelector('input[name=province][value=\"CA-QC\"]').click(), 0)",
    );
    page.ask("widget.refresh().then(() => window.refreshed = widget.events.length, 0)");
    page.shows("window.refreshed", json!(500));
    // The half of them that match stay, and the others come in pieces: those in sight first, and none goes again.
    page.shows("between.every((seen) => /^ready (1\\d|20)$/.test(seen))", json!(true));
    let fallen =
        "between.filter((seen, turn) => turn > 0 && Number(seen.slice(6)) < Number(between[turn - 1].slice(6)))";
    page.shows(&format!("{fallen}.length <= 1"), json!(true));
    page.shows("short.includes(true)", json!(false));
    page.shows("seen('card').length", json!(20));
    page.shows(READY, json!(2));
}

#[test]
fn a_widget_that_goes_while_its_feed_is_read_leaves_nothing_and_is_whole_when_it_comes_back() {
    let page = interrupted("window.gone = document.querySelector('joint-events'); gone.remove()");
    page.shows("window.gone?.status", json!("loading"));
    page.ask(LATER);
    page.shows(
        "[turns, gone.shadowRoot.querySelector('.base').childElementCount]",
        json!([50, 0]),
    );
    page.shows("[heard, said, faults]", json!([[], [], []]));
    page.ask("document.querySelector('main').append(gone)");
    page.is_ready();
    page.shows("widget.events.length", json!(1000));
}

#[test]
fn the_feed_that_is_named_last_is_the_one_that_is_shown() {
    let page = interrupted("document.querySelector('joint-events').feed = '/other.json'");
    page.sees(&["other 00000", "other 00001"]);
    page.ask(LATER);
    page.sees(&["other 00000", "other 00001"]);
    page.shows(
        &format!("[{READY}, heard.length, widget.events.length]"),
        json!([1, 1, 2]),
    );
    page.shows(SEEN_BETWEEN, json!(["loading 0"]));
}

#[test]
fn a_list_that_has_begun_is_whole_though_the_feed_that_is_named_next_does_not_come() {
    let feed = feed_of("gala", 1000).to_string();
    let act =
        "<script>Object.defineProperty(window, 'at', {get: () => /^loading [1-9]/.test(between.at(-1)) ? turns : NaN});
        act = () => { document.querySelector('joint-events').feed = '/none.json'; };</script>";
    let page = site(10, act, ENGLISH, move || json_answer(feed.clone()));
    page.shows("[widget.status, seen('card').length]", json!(["stale", 20]));
    page.shows(READY, json!(0));
}

#[test]
fn a_feed_that_is_asked_for_again_while_it_is_read_is_shown_once() {
    let page =
        interrupted("document.querySelector('joint-events').refresh().then(() => (window.refreshed = heard.length))");
    page.shows("window.refreshed", json!(1));
    page.shows(&format!("[{READY}, widget.events.length]"), json!([1, 1000]));
    assert_eq!(page.requests("/feed.json"), 2);
}

#[test]
fn a_feed_that_is_no_json_at_its_end_shows_nothing_of_what_was_read() {
    let feed = feed_of("gala", 1000).to_string() + "x";
    let page = site(10, "", ENGLISH, move || json_answer(feed.clone()));
    page.shows("widget.status", json!("failed"));
    page.shows(
        "heard.map(([name, {status}]) => [name, status])",
        json!([["error", "format"]]),
    );
    page.shows(SEEN_BETWEEN, json!(["loading 0"]));
    // It is not read on: the page's turns would be more with each event.
    page.shows("turns < 60", json!(true));
}

#[test]
fn ten_widgets_read_their_feeds_beside_each_other() {
    let feed = feed_of("gala", 1000).to_string();
    let page = site(10, "", &ENGLISH.repeat(10), move || json_answer(feed.clone()));
    page.shows(READY, json!(10));
    let events = "[...document.querySelectorAll('joint-events')].map((one) => one.events.length)";
    page.shows(events, json!(vec![1000; 10]));
    assert_eq!(page.requests("/feed.json"), 1);
}
