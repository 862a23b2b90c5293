//! End-to-end: every word that is seen is one of a language's file, and words that are half as long again have their room.
//!
//! English is the pseudo-locale here, of a bundle of its own that `cargo xtask test` makes beside `dist/`: `[Ŕéĝîšţéŕ ····]`. The
//! feed's texts are Greek. What is left in ASCII letters is `Intl`'s, or was said past the words.
#![allow(missing_docs)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use joint_events_e2e::{Gate, Page, SCRIPT, document, feed, html_answer, json_answer};
use joint_events_loopback::{Response, folder};
use serde_json::{Value, json};

const TAG: &str = "<joint-events feed=\"/feed.json\" lang=\"en\" limit=\"50\" association=\"bioquebec\" \
    filters=\"search province theme format organizer event-language month price rate\"></joint-events>";

/// The words in ASCII letters that are neither `Intl`'s nor the same in every language, nor an address of the feed.
const FOREIGN: &str = r"(() => {
  const say = (options) => [...Array(84).keys()].map((n) => new Intl.DateTimeFormat('en-XA', {timeZone: 'UTC', ...options}).format(Date.UTC(2027, n % 12, 1 + n % 7)));
  const names = new Intl.DisplayNames('en-XA', {type: 'language'});
  const own = [...say({month: 'long', weekday: 'long'}), ...say({month: 'short', weekday: 'short'}), ...['en', 'fr', 'es', 'de'].map((tag) => names.of(tag)),
    'at AM PM EST EDT UTC GMT CA CAD US USD', 'Apple Google Outlook'].join(' ').match(/[A-Za-z]+/g);
  const found = new Set();
  const take = (text) => text?.replace(/https:\S+/g, '').match(/[A-Za-z]{2,}/g)?.forEach((word) => own.includes(word) || found.add(word + ' in ' + text));
  const walk = document.createTreeWalker(root.querySelector('.base'), NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.nodeType === 3) take(node.data);
    else for (const name of ['aria-label', 'placeholder', 'title', 'alt']) take(node.getAttribute(name));
  }
  return [...found];
})()";

/// What is wider than its place, cut, or lies over another control.
const BADLY_LAID: &str = "(() => {
  const bad = []; const base = root.querySelector('.base').getBoundingClientRect();
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) bad.push('the page scrolls sideways');
  const seen = [...root.querySelectorAll('.base *')].filter((node) => node.checkVisibility() && !node.closest('.visually-hidden, .message-loading, .month'));
  const named = (node) => node.localName + '.' + node.className + ' ' + node.textContent.slice(0, 40);
  for (const node of seen) {
    const {right, width} = node.getBoundingClientRect();
    if (width && right > base.right + 1) bad.push('out: ' + named(node));
    if (!node.value && node.clientWidth && node.scrollWidth > node.clientWidth + 1) bad.push('cut: ' + named(node));
  }
  const controls = seen.filter((node) => node.matches('button, a, input[type=search], .choice'));
  controls.forEach((one, number) => {
    const a = one.getBoundingClientRect();
    for (const other of controls.slice(number + 1)) {
      if (one.contains(other)) continue;
      const b = other.getBoundingClientRect();
      const [across, down] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      if (across > 1 && down > 1) bad.push('over each other: ' + named(one) + ' / ' + named(other));
    }
  });
  return bad;
})()";

fn pseudo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pseudo")
}

/// A letter of ASCII as a Greek one.
fn greek(letter: char) -> char {
    if letter.is_ascii_alphabetic() {
        char::from_u32(0x3b1 + u32::from(letter) % 16).unwrap_or(letter)
    } else {
        letter
    }
}

/// Makes all texts Greek that a visitor reads.
fn translate(value: &mut Value, is_read: bool) {
    match value {
        Value::String(text) if is_read => *text = text.chars().map(greek).collect(),
        Value::Array(values) => values.iter_mut().for_each(|value| translate(value, is_read)),
        Value::Object(members) => {
            for (name, value) in members {
                let texts = [
                    "title",
                    "summary",
                    "description",
                    "statusNote",
                    "name",
                    "shortName",
                    "label",
                    "note",
                    "street",
                    "locality",
                    "postalCode",
                    "platform",
                ];
                translate(value, is_read || texts.contains(&name.as_str()));
            }
        }
        _ => {}
    }
}

/// All events of the tests' feeds in one, and one that can't be read.
fn greek_feed() -> String {
    let mut all: Value = serde_json::from_str(&feed("prices")).expect("a feed");
    let mut events = Vec::new();
    for name in ["prices", "cards", "registration", "filters"] {
        let mut feed: Value = serde_json::from_str(&feed(name)).expect("a feed");
        for event in feed["events"].as_array_mut().into_iter().flatten() {
            event["id"] = json!(format!("{name}-{}", event["id"].as_str().unwrap_or_default()));
            events.push(event.take());
        }
        if name == "filters" {
            all["provinces"] = feed["provinces"].take();
            all["themes"] = feed["themes"].take();
        }
    }
    events.push(json!({"id": "broken"}));
    all["events"] = json!(events);
    all["url"] = json!({"en": "https://lso.example/events"});
    translate(&mut all, false);
    all.to_string()
}

/// A page of the pseudo-locale, with an answer for the feed.
#[track_caller]
fn opened(tag: &str, answer: impl Fn() -> Response + Send + Sync + 'static, has_later: bool) -> Page {
    assert!(
        pseudo().join("joint-events.js").exists(),
        "expected target/pseudo/, found none: cargo xtask bundle-pseudo makes it"
    );
    let page = document("", &format!("<main>{tag}</main>{SCRIPT}"));
    Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" => Some(answer()),
        "/joint-events.later.wasm" if !has_later => Some(Response::status(404)),
        path => folder(&pseudo(), path),
    })
}

/// What is there now says nothing past the words, and keeps its places at each width.
#[track_caller]
fn is_whole(page: &Page, state: &str) {
    for width in [1100, 390, 320] {
        page.resize(width);
        page.shows("innerWidth", json!(width));
        assert_eq!(page.ask(FOREIGN), json!([]), "{state}, {width}");
        assert_eq!(page.ask(BADLY_LAID), json!([]), "{state}, {width}");
        page.picture(&format!("words-{state}-{width}"));
    }
    page.resize(1100);
}

#[test]
fn a_list_says_nothing_past_the_words_of_its_language_and_longer_ones_have_their_room() {
    let page = opened(TAG, || json_answer(greek_feed()), true);
    page.is_ready();
    page.shows("seen('register')[0].startsWith('[')", json!(true));
    is_whole(&page, "list");
    page.say_member_of("lso");
    page.shows("seen('rate-own').length > 8", json!(true));
    page.ask("root.querySelectorAll('[part=card] [part=toggle]').forEach((button) => button.click())");
    page.ask("root.querySelector('[part=card] [part=calendar]').click()");
    page.shows("root.querySelectorAll('.calendar-menu li').length", json!(4));
    page.shows("root.querySelectorAll('[part=details]').length > 20", json!(true));
    is_whole(&page, "details");
    page.say_member_of("none");
    page.shows("root.querySelectorAll('.season a').length", json!(2));
    page.set_attribute("past", "");
    page.ask(
        "root.querySelectorAll('[part=card] [part=toggle][aria-expanded=true]').forEach((button) => button.click())",
    );
    is_whole(&page, "season");
}

#[test]
fn filters_and_months_say_nothing_past_the_words() {
    let page = opened(
        &TAG.replace("lang=", "url-state=\"je\" lang="),
        || json_answer(greek_feed()),
        true,
    );
    page.is_ready();
    page.say_member_of("lso");
    page.choose("price", "25-50");
    page.choose_province("CA-ON");
    page.choose("rate", "mine");
    page.choose("rate", "mine");
    page.shows("root.querySelectorAll('.chip').length", json!(2));
    page.ask("root.querySelector('.filters-toggle').click()");
    is_whole(&page, "filters");
    page.search("nothing is called that");
    page.shows("root.querySelectorAll('.message-none').length", json!(1));
    page.search("");
    page.click("[part=clear]");
    page.ask("root.querySelectorAll('.view-button')[1].click()");
    page.shows("root.querySelectorAll('[part=month]').length", json!(1));
    is_whole(&page, "month");
    page.ask("root.querySelector('.month-skip')?.click()");
    page.shows("!!root.querySelector('.month-event')", json!(true));
    page.ask("root.querySelector('.month-event').click()");
    assert_eq!(page.ask(FOREIGN), json!([]));
    page.go("/#je-registration-ended");
    page.shows("root?.querySelectorAll('.message-pinned').length", json!(1));
    is_whole(&page, "pinned");
}

#[test]
fn where_there_is_no_list_or_not_all_of_it_nothing_is_said_past_the_words() {
    let (gate, tries) = (Gate::default(), Arc::new(AtomicUsize::new(0)));
    let (held, tried) = (gate.clone(), Arc::clone(&tries));
    let answer = move || {
        held.pass();
        match tried.fetch_add(1, Ordering::SeqCst) {
            0 => Response::status(404),
            1 => json_answer(
                r#"{"format": "joint-events", "version": "1.0", "url": {"en": "https://lso.example/"}, "events": []}"#,
            ),
            2 => json_answer(greek_feed()),
            _ => Response::status(404),
        }
    };
    let page = opened(&TAG.replace(" price rate", ""), answer, false);
    page.shows("root?.querySelectorAll('.message-loading').length", json!(1));
    assert_eq!(page.ask(FOREIGN), json!([]));
    gate.open();
    page.shows("widget.status", json!("failed"));
    is_whole(&page, "failed");
    page.click("[part=retry]");
    page.shows("widget.status", json!("empty"));
    is_whole(&page, "empty");
    page.ask("(widget.refresh(), 0)");
    page.shows("widget.status", json!("ready"));
    page.choose_province("CA-BC");
    page.choose("theme", "financing");
    page.shows("root.querySelectorAll('.message-none').length", json!(1));
    is_whole(&page, "none");
    page.click(".message-none [part=clear]");
    page.search("what searches is missing");
    page.shows("root.querySelectorAll('.message-later').length", json!(1));
    is_whole(&page, "unsearched");
    page.search("");
    page.click("[part=card] [part=toggle]");
    page.shows("root.querySelectorAll('[part=card] .message').length", json!(1));
    page.ask("(widget.refresh(), 0)");
    page.shows("widget.status", json!("stale"));
    is_whole(&page, "stale");
}
