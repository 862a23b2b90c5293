//! End-to-end: how much is done where a visitor chooses: counted, so that it is the same on any machine.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, Page};
use serde_json::{Value, json};

/// Counts what is done inside the shadow root: cards that come and go, and all changes of nodes, attributes and texts.
const COUNT: &str = "(window.work = {drawn: 0, gone: 0, nodes: 0, attributes: 0, texts: 0},
  new MutationObserver((records) => { for (const {type, addedNodes, removedNodes} of records) {
    const cards = (nodes) => [...nodes].filter((node) => node.matches?.('.card')).length;
    work.drawn += cards(addedNodes); work.gone += cards(removedNodes);
    work.nodes += addedNodes.length + removedNodes.length;
    work.attributes += type === 'attributes'; work.texts += type === 'characterData';
  } }).observe(root, {subtree: true, childList: true, attributes: true, characterData: true}), 0)";

/// A thousand events, one in Québec and one in Ontario in turn, of which 20 are shown.
fn a_thousand() -> Page {
    let events: Vec<Value> = (0..1000)
        .map(|number| {
            let (day, hour) = (1 + number / 40, number % 40);
            let (region, town) = if number % 2 == 0 {
                ("CA-QC", "Montréal")
            } else {
                ("CA-ON", "Toronto")
            };
            json!({
                "id": format!("event-{number}"), "title": {"en": format!("Event {number} of capital")},
                "start": format!("2099-03-{day:02}T{:02}:{:02}:00-05:00", hour / 2, 30 * (hour % 2)),
                "timeZone": "America/Toronto", "organizers": ["lso"],
                "venue": {"name": "Hall", "locality": town, "region": region, "country": "CA"},
                "offers": [{"id": "m", "audience": "member", "memberOf": ["lso"], "price": "45.00"},
                           {"id": "n", "audience": "nonMember", "price": "85.00"}]
            })
        })
        .collect();
    let feed = json!({
        "format": "joint-events", "version": "1.0", "currency": "CAD", "languages": ["en"],
        "associations": [{"id": "lso", "name": {"en": "Life Sciences Ontario"}}], "events": events
    });
    let page = Page::open(ENGLISH, &feed.to_string());
    page.is_ready();
    // What searches is there before anything is counted.
    for words in ["capital", ""] {
        page.ask("(heard.length = 0, 0)");
        page.search(words);
        page.shows("heard.map(([name]) => name)", json!(["filter"]));
    }
    page.ask(COUNT);
    page
}

/// How many events match after what a visitor does, and what it took until it has settled and is announced, in the order
/// `drawn gone nodes attributes texts`.
#[track_caller]
fn taken(page: &Page, act: impl Fn(&Page)) -> Value {
    page.ask("(heard.length = 0, window.work = {drawn: 0, gone: 0, nodes: 0, attributes: 0, texts: 0}, 0)");
    act(page);
    page.shows("heard.map(([name]) => name)", json!(["filter"]));
    page.ask("[widget.events.length, ...Object.values(work)]")
}

#[test]
fn a_choice_draws_only_the_cards_that_come_and_changes_nothing_of_those_that_stay() {
    let page = a_thousand();
    let found = json!([
        taken(&page, |page| page.choose_province("CA-QC")),
        taken(&page, |page| page.search("c")),
        taken(&page, |page| page.search("7")),
        taken(&page, |page| page.search("")),
        taken(&page, |page| page.choose_province("CA-QC")),
    ]);
    // Beside the cards: their month, the chips, the count, and what is announced.
    let expected = json!([
        [500, 10, 10, 23, 3, 5],
        [500, 0, 0, 4, 3, 1],
        [95, 20, 20, 44, 3, 5],
        [500, 20, 20, 44, 3, 5],
        [1000, 10, 10, 23, 3, 5],
    ]);
    assert_eq!(found, expected);
}

#[test]
fn the_cards_in_sight_are_drawn_with_the_choice_and_the_others_in_later_frames_with_nothing_in_sight_moved() {
    let page = a_thousand();
    page.ask(
        "(window.first = null, window.box = (card) => card.getBoundingClientRect().y,
          window.look = () => { const cards = [...root.querySelectorAll('.card')];
            return {cards, drawn: cards.length, seen: cards.map(box), reaches: widget.getBoundingClientRect().bottom >= innerHeight}; },
          root.addEventListener('change', () => queueMicrotask(() => queueMicrotask(() => { window.first = look(); }))), 0)",
    );
    page.choose_province("CA-ON");
    page.shows("root.querySelectorAll('.card').length", json!(20));
    let found = page.ask(
        "(() => { const whole = look(); return {
          part: first.drawn < 15, reaches: first.reaches,
          stays: first.cards.slice(0, 6).every((card, place) => card === whole.cards[place] && first.seen[place] === whole.seen[place]),
          ontario: widget.events.length }; })()",
    );
    assert_eq!(
        found,
        json!({"part": true, "reaches": true, "stays": true, "ontario": 500})
    );
}
