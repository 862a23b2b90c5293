//! End-to-end: a feed that wants to be more than text. Whatever it says is said, and nothing else happens.
#![allow(missing_docs)]

use std::fs;
use std::path::Path;

use joint_events_e2e::{Page, SCRIPT, document, html_answer, json_answer};
use joint_events_model::text::{DESCRIPTION, LABEL, PLACE, TITLE, clean_block, clean_line};
use serde_json::{Value, json};

/// As many cards as are drawn after a change.
const MOST: usize = 50;

/// What a text may do is noted in `ran`: it calls `pwn`, opens a dialog or a window, or sets what the lists set.
const TRAPS: &str = "<script>window.ran = []; window.pwn = () => ran.push('pwn');
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'eval', 'a', 'xss', 'XSS']) window[name] = () => ran.push(name);
window.mark = () => [ran, faults, document.vulnerable ?? null, window.PWN ?? null, location.pathname, document.title,
  performance.getEntriesByType('resource').map(({name}) => name).filter((name) => !/\\/(feed-\\w+\\.json|joint-events\\.\\w+|favicon\\.ico)$/.test(name))];</script>";

const UNHARMED: &str = "mark()";

fn unharmed() -> Value {
    json!([[], [], null, null, "/", "Events", []])
}

fn list(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("hostile").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A page with feeds by number: `/feed-0.json` is what is shown first.
fn page(attributes: &str, feeds: Vec<Value>) -> Page {
    let tag = format!(
        "<joint-events feed=\"/feed-0.json\" lang=\"en\" limit=\"50\" {attributes}><a href=\"/events\">All events</a></joint-events>"
    );
    let html = document(TRAPS, &format!("<main>{tag}</main>{SCRIPT}"));
    let feeds: Vec<String> = feeds.iter().map(Value::to_string).collect();
    Page::open_site(move |request| {
        let number = request
            .path
            .strip_prefix("/feed-")
            .and_then(|rest| rest.strip_suffix(".json"));
        match number {
            Some(number) => number
                .parse()
                .ok()
                .and_then(|number: usize| feeds.get(number))
                .map(|feed| json_answer(feed.clone())),
            None => (request.path == "/").then(|| html_answer(html.clone())),
        }
    })
}

/// Shows another of the page's feeds.
fn show(page: &Page, number: usize) {
    if number > 0 {
        page.set_attribute("feed", &format!("/feed-{number}.json"));
    }
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(number + 1));
}

/// A feed with one event a text, which stands in every field that is text. Ids are of one length: events of one day are
/// shown in their order.
fn feed_of(texts: &[String]) -> Value {
    let each = |make: &dyn Fn(usize, &str) -> Value| -> Vec<Value> {
        texts
            .iter()
            .enumerate()
            .map(|(number, text)| make(number, text))
            .collect()
    };
    // Two signs of a region's code.
    let region = |number: usize| format!("CA-{}", number + 10);
    json!({
        "format": "joint-events", "version": "1.0", "title": {"en": texts[0]},
        "associations": each(&|number, text| if number % 2 == 0 {
            json!({"id": format!("a{number}"), "name": {"en": text}, "logo": {"url": "https://logo.example/l.png", "alt": {"en": text}}})
        } else {
            json!({"id": format!("a{number}"), "name": {"en": "Name"}, "shortName": text})
        }),
        "provinces": each(&|number, text| json!({"id": region(number), "label": {"en": text}})),
        "themes": each(&|number, text| json!({"id": format!("t{number}"), "label": {"en": text}})),
        "audiences": each(&|number, text| json!({"id": format!("x{number}"), "label": {"en": text}})),
        "events": each(&|number, text| json!({
            "id": format!("e{}", number + 100), "title": {"en": text}, "summary": {"en": text}, "description": {"en": text},
            "start": "2099-06-01", "timeZone": "America/Toronto", "status": "cancelled", "statusNote": {"en": text},
            "organizers": [format!("a{number}")], "themes": [format!("t{number}")],
            "venue": {"name": text, "street": text, "locality": text, "region": region(number), "postalCode": text, "country": text},
            "online": if number % 2 == 0 { json!({"platform": text}) } else { json!({"label": {"en": text}}) },
            "partners": [{"name": text}, {"name": text, "url": "https://partner.example/"}],
            "image": {"url": "https://image.example/i.png", "alt": {"en": text}},
            "offers": [
                {"id": "m", "audience": "member", "memberOf": [format!("a{number}")], "price": "594.00", "name": {"en": text}, "note": {"en": text}},
                {"id": "n", "audience": "nonMember", "price": "695.00", "name": {"en": text}, "note": {"en": text}},
                {"id": "p", "audience": "public", "price": "795.00", "name": {"en": text}},
                {"id": "x", "audience": format!("x{number}"), "price": "10.00", "note": {"en": text}}],
        })),
    })
}

/// Every text that stands somewhere for itself or within others, of every card, with details opened.
const TEXTS: &str = "(() => { root.querySelectorAll('[part~=toggle][aria-expanded=false]').forEach((button) => button.click()); \
    return [...root.querySelectorAll('[part~=card]')].map((card) => { \
      const text = (selector) => [...card.querySelectorAll(selector)].map((node) => node.textContent); \
      return {id: card.id, title: text('[part~=title] > span'), summary: text('.summary'), note: text('.event > [part~=note]'), organizers: text('.organizers'), \
        tag: text('[part~=tag] > span'), where: text('[part~=where]'), description: text('[part~=details] > p[dir=auto]:not(.address):not(h3 ~ *):not(h4 ~ *)'), \
        address: text('.address'), online: text('[part~=details] p:not(.address) > span'), partners: text('[part~=details] li > *'), \
        audience: text('[part~=audience]'), amount: text('[part~=amount]'), \
        rates: [...card.querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent))}; }); })()";

/// What is said of an event whose every text is `text`.
fn said_of(number: usize, text: &str) -> Value {
    let line = |limit| clean_line(text, limit).0;
    let (title, label, place) = (line(TITLE), line(LABEL), line(PLACE));
    let block = clean_block(text, DESCRIPTION).0;
    let paragraphs: Vec<&str> = block.split('\n').filter(|line| !line.trim_ascii().is_empty()).collect();
    let member = format!("{label} members");
    json!({
        "id": format!("je-e{}", number + 100), "title": [title], "summary": [block], "note": [block], "organizers": [label], "tag": [label],
        "where": [format!("{place}, {place} ({label})")], "description": paragraphs,
        "address": [format!("{place}, {place}, {place}, {label}, {place}")], "online": [label], "partners": [label, label],
        "audience": [member, "Non-members", label, label],
        "amount": ["$594", "$695", "$795", "$10"],
        "rates": [[member, format!("{label} · {block}"), "$594"], ["Non-members", block, "$695"], [label, "", "$795"], [label, block, "$10"]],
    })
}

/// How many of each element there are, and the names of all attributes.
const ELEMENTS: &str = "(() => { const count = {}; const add = (name) => (count[name] = (count[name] ?? 0) + 1); \
    for (const node of root.querySelectorAll('*')) { add(node.namespaceURI + ' ' + node.localName); for (const {name} of node.attributes) add('@' + name); } \
    return Object.entries(count).sort().map(([name, count]) => name + ': ' + count); })()";

/// The same feed with harmless words: as many lines, nothing else.
fn harmless(text: &str) -> String {
    let block = clean_block(text, DESCRIPTION).0;
    let lines: Vec<&str> = block
        .split('\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .map(|_| "Words")
        .collect();
    lines.join("\n")
}

fn is_only_text(texts: &[String]) {
    let feeds: Vec<Value> = texts.chunks(MOST).map(feed_of).collect();
    let plain: Vec<Value> = texts
        .chunks(MOST)
        .map(|texts| feed_of(&texts.iter().map(|text| harmless(text)).collect::<Vec<_>>()))
        .collect();
    let count = feeds.len();
    let page = page("", feeds.into_iter().chain(plain).collect());
    let mut elements = Vec::new();
    for (number, texts) in texts.chunks(MOST).enumerate() {
        show(&page, number);
        page.shows("root.querySelectorAll('[part~=card]').length", json!(texts.len()));
        page.ask(TEXTS);
        page.shows("seen('details').length", json!(texts.len()));
        let found = page.ask(TEXTS);
        for ((place, text), found) in texts.iter().enumerate().zip(found.as_array().into_iter().flatten()) {
            let expected = said_of(place, text);
            for (field, expected) in expected.as_object().into_iter().flatten() {
                assert_eq!(found[field], *expected, "{field} of {text:?}");
            }
        }
        elements.push(page.ask(ELEMENTS));
        assert_eq!(page.ask(UNHARMED), unharmed(), "texts {}", number * MOST);
    }
    for (number, elements) in elements.iter().enumerate() {
        show(&page, count + number);
        page.ask(TEXTS);
        page.shows(
            "seen('details').length === root.querySelectorAll('[part~=card]').length",
            json!(true),
        );
        assert_eq!(
            page.ask(ELEMENTS),
            *elements,
            "elements and attributes, texts from {}",
            number * MOST
        );
    }
    let foreign = page.all_requests();
    let foreign: Vec<&String> = foreign
        .iter()
        .filter(|path| {
            !path.starts_with("/feed-")
                && !path.starts_with("/joint-events.")
                && *path != "/"
                && *path != "/favicon.ico"
        })
        .collect();
    assert_eq!(foreign, Vec::<&String>::new(), "requests");
    // Nor did what comes a moment later, such as the load of an image.
    page.shows(UNHARMED, unharmed());
}

/// Of the texts of which nothing is left there is nothing to be seen.
fn is_something(text: &str) -> bool {
    !clean_line(text, TITLE).0.is_empty() && !clean_block(text, DESCRIPTION).0.is_empty()
}

#[test]
fn every_naughty_string_is_shown_as_it_is_in_every_text_of_a_feed() {
    let texts: Vec<String> = list("blns.json");
    assert_eq!(texts.len(), 515);
    let texts: Vec<String> = texts.into_iter().filter(|text| is_something(text)).collect();
    assert!(
        texts.len() > 500,
        "expected few texts of nothing, found {} others",
        texts.len()
    );
    is_only_text(&texts);
}

#[test]
fn markup_is_shown_as_it_is_in_every_text_of_a_feed() {
    let texts: Vec<String> = list("markup.json");
    assert!(texts.len() >= 200, "expected at least 200, found {}", texts.len());
    is_only_text(&texts.into_iter().filter(|text| is_something(text)).collect::<Vec<_>>());
}

#[test]
fn a_page_that_took_such_texts_for_markup_would_be_noticed() {
    let page = page("", vec![feed_of(&["Words".to_owned()])]);
    show(&page, 0);
    page.shows(UNHARMED, unharmed());
    let mut texts = list("markup.json");
    texts.retain(|text| text.starts_with("<img") || text.starts_with("<svg"));
    page.ask(&format!(
        "({}.forEach((text) => (document.body.appendChild(document.createElement('p')).innerHTML = text)), 0)",
        json!(texts)
    ));
    page.shows("ran.includes('pwn')", json!(true));
    page.shows(
        "performance.getEntriesByType('resource').some(({name}) => name.endsWith('/pwned'))",
        json!(true),
    );
}

#[test]
fn an_event_whose_title_is_nothing_to_be_seen_is_left_out_and_counted() {
    let mut texts: Vec<String> = list("blns.json");
    texts.extend(list("markup.json"));
    texts.retain(|text| !is_something(text));
    texts.push("Seen".to_owned());
    let page = page("", vec![feed_of(&texts)]);
    show(&page, 0);
    page.sees(&["Seen"]);
    let left_out = texts.len() - 1;
    page.shows("heard[0][1]", json!({"shown": 1, "total": 1, "skipped": left_out}));
    page.shows(UNHARMED, unharmed());
}

/// A feed in which every link is one of `links`, an event a link, in the fields that `place` says.
fn links_of(links: &[String], event: impl Fn(&str) -> Value) -> Value {
    let events: Vec<Value> = links
        .iter()
        .enumerate()
        .map(|(number, link)| {
            let mut all = json!({"id": format!("e{}", number + 100), "title": {"en": format!("Event {number}")}, "start": "2099-06-01",
                "timeZone": "America/Toronto", "organizers": [format!("a{number}")],
                "offers": [{"id": "m", "audience": "member", "memberOf": [format!("a{number}")], "price": "1.00"}, {"id": "n", "audience": "nonMember", "price": "2.00"}]});
            for (name, value) in event(link).as_object().into_iter().flatten() {
                all[name] = value.clone();
            }
            all
        })
        .collect();
    let associations: Vec<Value> = links
        .iter()
        .enumerate()
        .map(|(number, link)| {
            json!({"id": format!("a{number}"), "name": {"en": format!("A{number}")}, "url": {"en": link}, "joinUrl": {"en": link},
            "logo": {"url": link}})
        })
        .collect();
    json!({"format": "joint-events", "version": "1.0", "url": {"en": links[0]}, "calendarUrl": {"en": links[0]},
        "associations": associations, "events": events})
}

/// Clicks every link as a visitor would: what leads to a page is stopped at the last moment, what is anything else, such
/// as a script, is let go. Gives where they lead.
const CLICKED: &str = "(() => { root.querySelectorAll('[part~=toggle][aria-expanded=false], [part~=calendar][aria-expanded=false]').forEach((button) => button.click()); \
    const stop = (event) => { const link = event.composedPath().find((node) => node.localName === 'a'); if (/^https?:$/.test(link?.protocol)) event.preventDefault(); }; \
    addEventListener('click', stop, true); window.goes = true; \
    const links = [...root.querySelectorAll('a, area, form, [href], [src], [action], [formaction]')]; \
    links.forEach((link) => link.click()); removeEventListener('click', stop, true); \
    return [links.length, [...new Set(links.map((link) => [link.localName, link.protocol, link.username + link.password, link.target, link.rel].join()))], \
      [...new Set(links.map(({hostname}) => hostname))].sort()]; })()";

/// The hosts that the good spellings of `urls.json` lead to, as a browser writes them.
const HOSTS: [&str; 4] = [
    "evil.example",
    "example.org",
    "xn--bioqubec-d1a.com",
    "xn--bioqubec-f1a.com",
];

#[test]
fn every_link_of_every_spelling_leads_to_a_page_and_runs_nothing() {
    let links: Vec<String> = list("urls.json");
    assert!(links.len() >= 38);
    let by_language = |link: &str| json!({"en": link});
    let feeds = vec![
        links_of(&links, |link| {
            json!({"registration": {"url": by_language(link)}, "url": by_language(link), "image": {"url": link},
            "venue": {"name": "Hall", "mapUrl": link}, "online": {"platform": "Zoom", "url": link}, "partners": [{"name": "Partner", "url": link}]})
        }),
        links_of(
            &links,
            |link| json!({"offers": [{"id": "m", "audience": "nonMember", "price": "2.00", "url": by_language(link)}]}),
        ),
        links_of(
            &links,
            |link| json!({"registration": {"alternatives": [{"organizer": "a0", "url": by_language(link)}]}}),
        ),
        links_of(&links, |link| json!({"url": by_language(link)})),
    ];
    let count = feeds.len();
    // What is said where there is no event has a link of the feed too.
    let empty = links
        .iter()
        .map(|link| json!({"format": "joint-events", "version": "1.0", "url": {"en": link}, "events": []}));
    let page = page(
        "member-of=\"none\" association=\"a0\"",
        feeds.into_iter().chain(empty).collect(),
    );
    for number in 0..count {
        show(&page, number);
        page.ask(CLICKED);
        page.shows("seen('details').length", json!(links.len()));
        let clicked = page.ask(CLICKED);
        assert!(
            clicked[0].as_u64() > Some(0),
            "feed {number}: expected links, found none"
        );
        assert_eq!(clicked[1], json!(["a,https:,,,noopener"]), "feed {number}");
        let ours = ["calendar.google.com", "outlook.live.com", "outlook.office.com"];
        for host in clicked[2].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(HOSTS.contains(&host) || ours.contains(&host), "feed {number}: {host}");
        }
        page.shows(UNHARMED, unharmed());
    }
    let mut led = Vec::new();
    for (number, link) in links.iter().enumerate() {
        show(&page, count + number);
        page.shows("widget.status", json!("empty"));
        let clicked = page.ask(CLICKED);
        if clicked[0] != json!(0) {
            assert_eq!(clicked[1], json!(["a,https:,,,noopener"]), "{link:?}");
            led.push(link.clone());
        }
    }
    page.shows(UNHARMED, unharmed());
    assert!(
        !led.iter()
            .any(|link| link.contains('@') || link.to_ascii_lowercase().contains("script")),
        "found {led:?}"
    );
    assert_eq!(page.requests("/x"), 0);
}

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
/// the line of their audience, after it.
const ORDER: &str = "[...root.querySelectorAll('[part~=card]')].map((card) => { \
    const order = (node) => { const text = node.firstChild; const lefts = [...text.data].map((_, place) => { const range = document.createRange(); \
      range.setStart(text, place); range.setEnd(text, place + 1); const box = range.getBoundingClientRect(); return box.top * 1e4 + box.left; }); \
      return lefts.every((left, place) => !place || left >= lefts[place - 1]); }; \
    return [[...card.querySelectorAll('[part~=amount], [part~=regular], [part~=saving], [part~=taxes], [part~=deadline], td.amount')].map((node) => [node.textContent, order(node)]), \
      [...card.querySelectorAll('[part~=rate]')].map((rate) => [...rate.querySelectorAll('[part~=audience], [part~=amount]')].map((node) => node.getBoundingClientRect()) \
        .reduce((one, other) => one.right <= other.left || one.bottom <= other.top)), \
      [...card.querySelectorAll('tr')].map((row) => [...row.cells].every((cell, place, cells) => !place || cells[place - 1].getBoundingClientRect().right <= cell.getBoundingClientRect().left + 1))]; })";

#[test]
fn no_name_that_plays_with_directions_moves_a_price() {
    let tricks: Vec<String> = TRICKS.iter().map(|text| (*text).to_owned()).collect();
    let plain = vec!["Gala".to_owned(); tricks.len()];
    let early = |texts: &[String]| {
        let mut feed = feed_of(texts);
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
    for lang in ["en", "fr"] {
        for width in [1280, 320] {
            page.set_attribute("lang", lang);
            page.resize(width);
            page.set_attribute("member-of", "a0 a1 a2 a3 a4 a5 a6");
            let mut found = Vec::new();
            for number in [0, 1] {
                page.set_attribute("feed", &format!("/feed-{number}.json"));
                page.shows("root.querySelector('[part~=title]').textContent === 'Gala' && card('e106').querySelector('[part~=title]').textContent === 'Gala'", json!(number == 1));
                page.shows("root.querySelectorAll('[part~=card]').length", json!(tricks.len()));
                page.ask(TEXTS);
                page.shows("seen('details').length", json!(tricks.len()));
                found.push(page.ask(ORDER));
                page.picture(&format!("directions-{lang}-{width}-{number}"));
            }
            let cards = found[0].as_array().cloned().unwrap_or_default();
            for (place, card) in cards.iter().enumerate() {
                assert_eq!(*card, found[1][place], "{lang}, {width} px: {:?}", tricks[place]);
            }
            assert!(
                !found[0].to_string().contains("false"),
                "{lang}, {width} px: {}",
                found[0]
            );
        }
    }
    // What the feed says beside them stands in a direction of its own.
    page.shows(
        "[...new Set([...root.querySelectorAll('[dir=auto]')].map((node) => getComputedStyle(node).unicodeBidi))].sort()",
        json!(["isolate"]),
    );
    page.shows("[...root.querySelectorAll('[part~=rate] > *')].every((node) => getComputedStyle(node).display === 'block' || node.matches('.visually-hidden'))", json!(true));
}
