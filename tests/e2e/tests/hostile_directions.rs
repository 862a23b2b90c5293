//! End-to-end: a feed whose texts play with directions and with what can't be seen. No price stands elsewhere for it.
#![allow(missing_docs)]

use joint_events_e2e::hostile::{TEXTS, feed_of, page};
use serde_json::json;

/// Names that turn the direction of what follows, or hide in it: marks, overrides, isolates, letters from right to left,
/// what has no width, what piles up.
const TRICKS: [&str; 14] = [
    "\u{202e}Gala",
    "\u{202d}Gala\u{202e}",
    "Gala\u{2067}",
    "Gala\u{2066}\u{2067}\u{2068}",
    "\u{200f}Gala\u{200f}",
    "\u{61c}Gala",
    "\u{5d0}\u{5d1}\u{5d2}",
    "\u{5d0}\u{5d1}\u{5d2} 594",
    "\u{645}\u{631}\u{62d}\u{628}\u{627} $",
    "12\u{660}\u{661}",
    "G\u{200b}a\u{feff}l\u{2060}a\u{200d}",
    "Gala\u{338}\u{20dd}\u{20de}",
    "Gala\u{2069}\u{2069}\u{202c}\u{202c}",
    "\u{1e900}\u{1e901} 5",
];

/// Of every amount and every sentence with one: the order in which its own characters stand, and whether they stand in
/// the line of their audience, after it; whether each stands in the card's own price block, or in its row of the details;
/// and whether the amount of a sentence with a name in it ends that sentence. A hundredth of a pixel is an engine's own noise.
const ORDER: &str = "[...root.querySelectorAll('[part~=card]')].map((card) => { \
    const before = (end, start) => end <= start + .01; \
    const order = (node) => { const text = node.firstChild; const lefts = [...text.data].map((_, place) => { const range = document.createRange(); \
      range.setStart(text, place); range.setEnd(text, place + 1); const box = range.getBoundingClientRect(); return box.top * 1e4 + box.left; }); \
      return lefts.every((left, place) => !place || left >= lefts[place - 1]); }; \
    const inside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1; \
    const box = (node) => node.getBoundingClientRect(); \
    const ends = (link) => { const text = link.firstChild, from = text.data.search(/ (and save|et économisez) [^a-z]+$/); if (from < 0) return false; \
      const spot = (place) => { const range = document.createRange(); range.setStart(text, place); \
        range.setEnd(text, place + 1); const {top, left} = range.getBoundingClientRect(); return Math.round(top) * 1e4 + left; }; \
      const tail = Array.from({length: text.length - from - 1}, (_, place) => spot(from + 1 + place)); \
      return tail.every((place, number) => !number || place >= tail[number - 1]); }; \
    return [[...card.querySelectorAll('[part~=rates]')].map((block) => [inside(box(block), box(card)), block.closest('article') === card, \
        ...[...block.querySelectorAll('[part~=amount], [part~=regular]')].map((node) => inside(box(node), box(block)) && inside(box(node), box(node.closest('[part~=rate]'))))]), \
      [...card.querySelectorAll('td.amount')].map((cell) => inside(box(cell), box(cell.closest('table'))) && inside(box(cell), box(card))), \
      [...card.querySelectorAll('[part~=join]')].map((link) => [ends(link), inside(box(link), box(card))]), \
      [...card.querySelectorAll('[part~=amount], [part~=regular], [part~=saving], [part~=taxes], [part~=deadline], td.amount')].map((node) => [node.textContent, order(node)]), \
      [...card.querySelectorAll('[part~=rate]')].map((rate) => [...rate.querySelectorAll('[part~=audience], [part~=amount]')].map((node) => node.getBoundingClientRect()) \
        .reduce((one, other) => before(one.right, other.left) || before(one.bottom, other.top))), \
      [...card.querySelectorAll('tr')].map((row) => [...row.cells].every((cell, place, cells) => !place || cells[place - 1].getBoundingClientRect().right <= cell.getBoundingClientRect().left + 1))]; })";

#[test]
fn no_name_that_plays_with_directions_moves_a_price() {
    let tricks: Vec<String> = TRICKS.iter().map(|text| (*text).to_owned()).collect();
    let plain = vec!["Gala".to_owned(); tricks.len()];
    let early = |texts: &[String]| {
        let mut feed = feed_of(texts);
        for association in feed["associations"].as_array_mut().into_iter().flatten() {
            association["joinUrl"] = json!({"en": "https://join.example/"});
        }
        for event in feed["events"].as_array_mut().into_iter().flatten() {
            event["status"] = json!("scheduled");
            event["offers"][0]["validThrough"] = json!("2099-01-31T23:59:59-05:00");
            let then =
                json!({"id": "l", "audience": "member", "memberOf": event["offers"][0]["memberOf"], "price": "600.00"});
            event["offers"]
                .as_array_mut()
                .into_iter()
                .for_each(|offers| offers.push(then.clone()));
        }
        feed
    };
    let page = page("", vec![early(&tricks), early(&plain)]);
    let visitors = ["a0 a1 a2 a3 a4 a5 a6", "none"];
    for (lang, width, visitor) in ["en", "fr"]
        .into_iter()
        .flat_map(|lang| [1280, 320].map(|width| (lang, width)))
        .flat_map(|(lang, width)| visitors.map(|visitor| (lang, width, visitor)))
    {
        page.set_attribute("lang", lang);
        page.resize(width);
        page.set_attribute("member-of", visitor);
        let mut found = Vec::new();
        for number in [0, 1] {
            page.set_attribute("feed", &format!("/feed-{number}.json"));
            page.shows("root.querySelector('[part~=title]')?.textContent === 'Gala' && card('e106')?.querySelector('[part~=title]').textContent === 'Gala'", json!(number == 1));
            page.shows("root.querySelectorAll('[part~=card]').length", json!(tricks.len()));
            page.ask(TEXTS);
            page.shows("seen('details').length", json!(tricks.len()));
            found.push(page.ask(ORDER));
            let joins = page.ask("root.querySelectorAll('[part~=join]').length");
            assert_eq!(joins.as_u64() > Some(0), visitor == "none", "{visitor}");
            page.picture(&format!("directions-{lang}-{width}-{number}"));
        }
        let cards = found[0].as_array().cloned().unwrap_or_default();
        for (place, card) in cards.iter().enumerate() {
            assert_eq!(
                *card, found[1][place],
                "{lang}, {width} px, {visitor}: {:?}",
                tricks[place]
            );
        }
        assert!(
            !found[0].to_string().contains("false"),
            "{lang}, {width} px, {visitor}: {}",
            found[0]
        );
    }
    // What the feed says beside them stands in a direction of its own.
    page.shows(
        "[...new Set([...root.querySelectorAll('[dir=auto]')].map((node) => getComputedStyle(node).unicodeBidi))].sort()",
        json!(["isolate"]),
    );
    page.shows("[...root.querySelectorAll('[part~=rate] > *')].every((node) => getComputedStyle(node).display === 'block' || node.matches('.visually-hidden'))", json!(true));
}
