//! Hostile: what the publisher's tool writes of any feed.

use std::collections::BTreeSet;

use html5gum::{DefaultEmitter, Token, Tokenizer};
use joint_events_model::Feed;
use joint_events_model::link::Link;
use joint_events_model::read::read;
use joint_events_publish::import::{Format, Settings, import};
use joint_events_publish::{calendar, diff, export, json_ld, lint, list, write};
use joint_events_words::strings::Language;
use serde_json::Value;

use super::feed::NOW;

/// The elements and attributes of the static list.
const ELEMENTS: &[&str] = &["a", "br", "del", "h3", "li", "p", "strong", "time", "ul"];
const ATTRIBUTES: &[&str] = &["aria-label", "datetime", "dir", "href", "lang"];

/// A feed is written so that it is read back; its list, calendar and JSON-LD hold nothing but what they should.
pub fn published(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = lint::lint(&text, NOW);
    let Ok(document) = serde_json::from_str::<Value>(&text) else {
        return;
    };
    let written = write::feed(&document);
    if document.is_object() {
        assert_eq!(serde_json::from_str::<Value>(&written).ok().as_ref(), Some(&document));
    }
    assert_eq!(diff::diff(&document, &document), [""; 0]);
    let Ok(reading) = read(&document.to_string()) else {
        return;
    };
    for language in [Language::French, Language::English] {
        is_a_list(&list::list(&reading.feed, language, NOW));
        is_a_calendar(&calendar::calendar(&reading.feed, language, NOW, NOW), &reading.feed);
        is_a_table(&document, language);
    }
    let json_ld = json_ld::document(&reading.feed);
    assert!(!json_ld.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
    let json_ld: Value = serde_json::from_str(&json_ld).unwrap_or_else(|error| panic!("{error} in {json_ld}"));
    assert_eq!(
        json_ld["@graph"].as_array().map(Vec::len),
        Some(reading.feed.events.len())
    );
}

/// No element, attribute or link but those that a list has; whatever opens closes.
fn is_a_list(html: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut emitter: DefaultEmitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = lossy(&tag.name);
                assert!(ELEMENTS.contains(&name.as_str()), "<{name}> in {html}");
                for (attribute, value) in &tag.attributes {
                    let (attribute, value) = (lossy(attribute), lossy(value));
                    assert!(ATTRIBUTES.contains(&attribute.as_str()), "{attribute}= in {html}");
                    let is_link = || Link::parse(&value).is_some_and(|link| link.as_str() == value);
                    assert!(attribute != "href" || is_link(), "{value} in {html}");
                }
                if name != "br" {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => assert_eq!(open.pop(), Some(lossy(&tag.name)), "{html}"),
            Token::String(_) => {}
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => panic!("{token:?} in {html}"),
        }
    }
    assert_eq!(open, [""; 0], "{html}");
}

/// Lines of at most 75 octets, and as many events as the feed has: no text is a line of its own.
fn is_a_calendar(text: &str, feed: &Feed) {
    assert!(text.ends_with("\r\n"));
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    for line in &lines {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let count = |line: &str| lines.iter().filter(|other| **other == line).count();
    for mark in ["BEGIN:VEVENT", "END:VEVENT"] {
        assert_eq!(count(mark), feed.events.len(), "{mark} in {text}");
    }
    assert_eq!((count("BEGIN:VCALENDAR"), count("END:VCALENDAR")), (1, 1));
    const NAMES: &[&str] = &[
        "BEGIN",
        "CALSCALE",
        "CATEGORIES",
        "CLASS",
        "CREATED",
        "DESCRIPTION",
        "DTEND",
        "DTSTAMP",
        "DTSTART",
        "END",
        "GEO",
        "LAST-MODIFIED",
        "LOCATION",
        "METHOD",
        "NAME",
        "PRODID",
        "REFRESH-INTERVAL",
        "SEQUENCE",
        "SOURCE",
        "STATUS",
        "SUMMARY",
        "TRANSP",
        "TZID",
        "TZNAME",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "UID",
        "URL",
        "VERSION",
        "X-PUBLISHED-TTL",
        "X-WR-CALNAME",
        "X-WR-TIMEZONE",
        "RRULE",
        "RDATE",
    ];
    let names: BTreeSet<&str> = lines
        .iter()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split([':', ';']).next())
        .collect();
    let foreign: Vec<&&str> = names.iter().filter(|name| !NAMES.contains(name)).collect();
    assert!(foreign.is_empty(), "{foreign:?} in {text}");
}

/// A table of the events has as many rows, and is a table.
fn is_a_table(document: &Value, language: Language) {
    let events = document["events"].as_array().cloned().unwrap_or_default();
    let events: Vec<_> = events.iter().filter_map(Value::as_object).cloned().collect();
    let (table, _) = export::table(&events, language);
    let drafts = import(table.as_bytes(), Some(Format::Csv), &Settings::at(NOW));
    let drafts = drafts.unwrap_or_else(|error| panic!("{error}: {table}"));
    let found = drafts.events.len() + drafts.lost.len();
    assert!(found <= events.len(), "{found} of {} events in {table}", events.len());
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
