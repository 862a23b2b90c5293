//! End-to-end: how much is done where a visitor chooses: counted, so that it is the same on any machine.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, Page, html, html_answer, json_answer};
use serde_json::{Value, json};

/// Counts what is done inside the shadow root: cards that come and go, and all changes of nodes, attributes and texts.
const COUNT: &str = "(window.work = {drawn: 0, gone: 0, nodes: 0, attributes: 0, texts: 0},
  new MutationObserver((records) => { for (const {type, addedNodes, removedNodes} of records) {
    const cards = (nodes) => [...nodes].filter((node) => node.matches?.('.card')).length;
    work.drawn += cards(addedNodes); work.gone += cards(removedNodes);
    work.nodes += addedNodes.length + removedNodes.length;
    work.attributes += type === 'attributes'; work.texts += type === 'characterData';
  } }).observe(root, {subtree: true, childList: true, attributes: true, characterData: true}), 0)";

/// A feed of a thousand events, one in Québec and one in Ontario in turn; the former with so many more words of a title.
fn feed_of_a_thousand(words: usize) -> String {
    let events: Vec<Value> = (0..1000)
        .map(|number| {
            let (day, hour) = (1 + number / 40, number % 40);
            let (region, town) = if number % 2 == 0 {
                ("CA-QC", "Montréal")
            } else {
                ("CA-ON", "Toronto")
            };
            json!({
                "id": format!("event-{number}"),
                "title": {"en": format!("Event {number} of capital{}", " and of biology".repeat(words * (1 - number % 2)))},
                "start": format!("2099-03-{day:02}T{:02}:{:02}:00-05:00", hour / 2, 30 * (hour % 2)),
                "timeZone": "America/Toronto", "organizers": ["lso"],
                "venue": {"name": "Hall", "locality": town, "region": region, "country": "CA"},
                "offers": [{"id": "m", "audience": "member", "memberOf": ["lso"], "price": "45.00"},
                           {"id": "n", "audience": "nonMember", "price": "85.00"}]
            })
        })
        .collect();
    json!({
        "format": "joint-events", "version": "1.0", "currency": "CAD", "languages": ["en"],
        "associations": [{"id": "lso", "name": {"en": "Life Sciences Ontario"}}], "events": events
    })
    .to_string()
}

/// The widget with all of them, of which it shows 20.
fn a_thousand() -> Page {
    a_thousand_with(0)
}

/// Those in Québec with so many more words of a title.
fn a_thousand_with(words: usize) -> Page {
    let page = Page::open(ENGLISH, &feed_of_a_thousand(words));
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

/// Whether each card is one of those that were marked.
const MARKED: &str = "[...root.querySelectorAll('.card')].map((card) => card.isMarked === true)";
const MARK: &str = "(root.querySelectorAll('.card').forEach((card) => { card.isMarked = true; }), 0)";

#[test]
fn the_first_cards_that_a_search_took_away_come_back_as_the_same_elements_and_no_more_are_kept() {
    let page = a_thousand();
    page.ask(MARK);
    for (words, shown) in [("77", 19), ("", 20)] {
        taken(&page, |page| page.search(words));
        assert_eq!(page.see_cards().len(), shown, "{words}");
    }
    // Beside the 19 and their month 10 more: the elements are the page's memory.
    let kept: Vec<bool> = (0..20).map(|place| place < 10).collect();
    assert_eq!(page.ask(MARKED), json!(kept));
}

/// The widget with those in Ontario alone, while those in Québec that stood among the first are held, which were marked.
fn with_cards_away() -> Page {
    let page = a_thousand();
    page.ask(MARK);
    taken(&page, |page| page.choose_province("CA-ON"));
    page.ask("(heard.length = 0, 0)");
    page
}

#[test]
fn a_card_that_comes_back_says_what_changed_while_it_was_away() {
    let page = with_cards_away();
    page.say_member_of("lso");
    page.shows("heard.map(([name]) => name)", json!(["member"]));
    taken(&page, |page| page.choose_province("CA-ON"));
    assert_eq!(page.ask(&format!("{MARKED}[0]")), json!(true));
    assert_eq!(
        page.ask("within('event-0', 'rate-own')"),
        page.ask("within('event-1', 'rate-own')")
    );
    assert_eq!(page.ask("within('event-0', 'rate-own').length"), json!(1));
}

#[test]
fn no_card_of_an_earlier_copy_of_the_feed_comes_back() {
    let page = with_cards_away();
    page.ask("(widget.refresh(), 0)");
    page.shows("heard.map(([name]) => name)", json!(["ready"]));
    taken(&page, |page| page.choose_province("CA-ON"));
    assert_eq!(page.ask(MARKED), json!(vec![false; 20]));
}

/// Looks at the cards as soon as a choice has had its effects, before any frame; `before` are those that were there, and `fill`
/// is how many of them it takes to fill the window.
const LOOK: &str = "(window.first = null, window.before = [...root.querySelectorAll('.card')], window.look = () => { const cards = [...root.querySelectorAll('.card')];
    return {cards, drawn: cards.length, seen: cards.map((card) => card.getBoundingClientRect().y),
      fill: 1 + cards.filter((card) => card.getBoundingClientRect().bottom < innerHeight).length,
      reaches: widget.getBoundingClientRect().bottom >= innerHeight}; },
  root.addEventListener('change', () => setTimeout(() => { window.first = look(); })), 0)";

#[test]
fn the_cards_in_sight_are_drawn_with_the_choice_and_the_others_in_later_frames_with_nothing_in_sight_moved() {
    let page = a_thousand();
    page.ask(LOOK);
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

#[test]
fn before_its_frame_a_choice_draws_no_more_cards_than_filled_the_window_or_fill_it_then() {
    // From high cards to low ones, of which it takes more, and back.
    let page = a_thousand_with(120);
    for province in ["CA-ON", "CA-ON", "CA-QC"] {
        page.ask(LOOK);
        let earlier = page.ask("look().fill").as_u64();
        page.choose_province(province);
        page.shows("root.querySelectorAll('.card').length", json!(20));
        let found =
            page.ask("[first.cards.filter((card) => !before.includes(card)).length, first.fill, first.reaches]");
        let (drawn, fill) = (found[0].as_u64(), found[1].as_u64());
        // The filters may grow by a line after the list was measured, which takes one out of sight.
        let most = earlier.max(fill).map(|most| most + 1);
        assert!(
            drawn <= most && fill < Some(10),
            "{province}: expected at most the {earlier:?} of before, or as many as now, and one, found {found}"
        );
        assert_eq!(found[2], json!(true), "{province}: the list reaches the window's end");
    }
}

#[test]
fn in_a_frame_which_may_be_as_high_as_its_list_all_cards_are_drawn_with_the_choice() {
    let feed = feed_of_a_thousand(0);
    let outer = "<!doctype html><title>Outer</title><iframe src=\"/inner\" title=\"Events\"></iframe>";
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(outer)),
        "/inner" => Some(html_answer(html(ENGLISH))),
        "/feed.json" => Some(json_answer(feed.clone())),
        _ => None,
    });
    page.enter_frame(0);
    page.is_ready();
    page.ask(LOOK);
    page.choose_province("CA-ON");
    page.shows("first?.drawn", json!(20));
}

#[test]
fn the_events_of_the_day_that_is_open_below_its_month_are_drawn_with_the_choice_however_far_down_the_list_they_stand() {
    let body = ENGLISH.replace(" lang=", " view=\"month\" lang=");
    let page = Page::open(&body, &feed_of_a_thousand(0));
    page.is_ready();
    page.choose_province("CA-QC");
    page.click(".month-skip");
    page.shows("root.querySelectorAll('.month-more').length > 4", json!(true));
    page.ask("(root.querySelectorAll('.month-more')[4].click(), 0)");
    page.shows("root.querySelectorAll('.card[data-picked]').length", json!(20));
    page.ask(LOOK);
    page.choose_province("CA-ON");
    page.shows(
        "first?.cards.filter((card) => card.matches('[data-picked]')).length",
        json!(40),
    );
}
