//! End-to-end: a feed whose texts want to be more than text. Whatever they say is said, and nothing else happens.
#![allow(missing_docs)]

use joint_events_e2e::hostile::{TEXTS, UNHARMED, feed_of, list, page, show, unharmed};
use joint_events_e2e::keeps;
use joint_events_model::text::{DESCRIPTION, LABEL, PLACE, TITLE, clean_block, clean_line};
use serde_json::{Value, json};

/// As many cards as are drawn after a change.
const MOST: usize = 50;

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
    is_only_text(
        &texts
            .iter()
            .filter(|text| is_something(text))
            .cloned()
            .collect::<Vec<_>>(),
    );
    keeps(
        "text",
        format_args!(
            "{} strings of markup: the same text, 0 foreign elements, 0 executions",
            texts.len()
        ),
    );
}

/// The words of a control's choices, in their order.
const CHOICES: &str = "Object.fromEntries([...root.querySelectorAll('[part~=membership], [part~=filter]')].map((control) => \
    [control.dataset.filter ?? 'member', [...control.querySelectorAll('.choice-text')].map((node) => node.textContent)]))";

/// Chooses every theme, and gives what is chosen then: words, what a screen reader says, and the values of the form.
const CHOSEN: &str = "(() => { root.querySelectorAll('[data-filter=theme] input:not(:checked)').forEach((input) => input.click()); \
    return [...root.querySelectorAll('.chip')].map((chip) => [chip.firstChild.textContent, chip.ariaLabel]); })()";

/// The first so many of the words of a control.
fn first(found: &Value, control: &str, count: usize) -> Vec<String> {
    let words = found[control]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    words.take(count).map(str::to_owned).collect()
}

fn is_only_text_in_choices(texts: &[String]) {
    let lines: Vec<String> = texts.iter().map(|text| clean_line(text, LABEL).0).collect();
    // Ids of themes are any text; `other` is the view's own.
    let mut ids: Vec<&String> = Vec::new();
    for (text, line) in texts.iter().zip(&lines) {
        if !ids.contains(&line) && !line.ends_with('…') && line == text && text != "other" {
            ids.push(line);
        }
    }
    let mut feeds: Vec<Value> = texts.chunks(MOST).map(feed_of).collect();
    let count = feeds.len();
    feeds.extend(ids.chunks(20).map(|ids| {
        let mut feed = feed_of(&["Words".to_owned()]);
        feed["themes"] = ids.iter().map(|id| json!({"id": id, "label": {"en": id}})).collect();
        feed["events"][0]["themes"] = json!(ids);
        feed
    }));
    let page = page("filters=\"province theme organizer\"", feeds);
    for (number, lines) in lines.chunks(MOST).enumerate() {
        show(&page, number);
        page.shows("root.querySelectorAll('[part~=card]').length", json!(lines.len()));
        let found = page.ask(CHOICES);
        for control in ["member", "province", "theme", "organizer"] {
            assert_eq!(first(&found, control, lines.len()), lines, "{control}, feed {number}");
        }
        assert_eq!(page.ask(UNHARMED), unharmed(), "choices of feed {number}");
    }
    for (number, ids) in ids.chunks(20).enumerate() {
        show(&page, count + number);
        page.shows("root.querySelectorAll('[part~=card]').length", json!(1));
        page.ask(CHOSEN);
        page.shows("root.querySelectorAll('.chip').length", json!(ids.len()));
        let said: Vec<Value> = ids
            .iter()
            .map(|id| json!([id, format!("Remove filter {id}")]))
            .collect();
        assert_eq!(page.ask(CHOSEN), json!(said));
        page.shows(
            "[...root.querySelectorAll('[data-filter=theme] input')].map(({value}) => value)",
            json!(ids),
        );
        page.ask("(root.querySelector('[part~=clear]').click(), 0)");
        page.shows("root.querySelectorAll('.chip').length", json!(0));
        assert_eq!(page.ask(UNHARMED), unharmed(), "chips of feed {number}");
    }
    page.shows(UNHARMED, unharmed());
}

#[test]
fn every_hostile_text_is_shown_as_it_is_in_every_choice_of_a_feed() {
    let mut texts = list("blns.json");
    texts.extend(list("markup.json"));
    texts.retain(|text| is_something(text));
    is_only_text_in_choices(&texts);
}

#[test]
fn what_is_nothing_to_be_seen_leaves_no_box_where_another_text_would_stand() {
    let mut texts = list("blns.json");
    texts.extend(list("markup.json"));
    texts.extend(["\u{200b}\u{feff}\u{202e}", "\u{0}", " \u{2028}\n"].map(str::to_owned));
    texts.retain(|text| !is_something(text));
    let mut feed = feed_of(&texts);
    for event in feed["events"].as_array_mut().into_iter().flatten() {
        event["title"] = json!({"en": "Seen"});
    }
    let page = page("", vec![feed]);
    show(&page, 0);
    page.sees(&vec!["Seen"; texts.len()]);
    page.ask(TEXTS);
    page.shows("seen('details').length", json!(texts.len()));
    page.shows(
        "[...root.querySelectorAll('[part~=card] [dir=auto], [part~=tag], [part~=note], [part~=audience], .organizers, [part~=choice] > span:first-of-type')] \
         .filter((node) => !node.textContent.trim()).map((node) => node.outerHTML)",
        json!([]),
    );
    page.shows(UNHARMED, unharmed());
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
