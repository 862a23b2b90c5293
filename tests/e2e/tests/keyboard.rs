//! End-to-end: the whole task without a pointer, and a focus that is never lost.
#![allow(missing_docs)]

use std::sync::atomic::{AtomicUsize, Ordering};

use joint_events_e2e::key::{ENTER, ESCAPE, SPACE, TAB};
use joint_events_e2e::{ENGLISH, Page, feed, json_answer, keeps};
use joint_events_loopback::Response;
use serde_json::json;

#[track_caller]
fn opened(name: &str) -> Page {
    let page = Page::open(ENGLISH, &feed(name));
    page.is_ready();
    page
}

/// The part, or what else tells it, of what has the focus.
const FOCUSED: &str = "(({part, name, value, className, textContent}) => part?.value || name && name + ' ' + value || className || textContent)(root.activeElement ?? {})";

#[test]
fn from_the_first_filter_to_registration_it_takes_at_most_twelve_keys() {
    let feed = feed("filters").replace("\"provinces\": [\"CA-QC\"], \"themes\"", "\"registration\": {\"url\": {\"en\": \"https://bioquebec.example/r\"}}, \"provinces\": [\"CA-QC\"], \"themes\"");
    let page = Page::open(ENGLISH, &feed);
    page.is_ready();
    page.ask("root.querySelector('[data-filter=province] button').focus()");
    // Opens the facet, chooses Québec, closes it, and goes on to Register behind the other facets and the bar.
    page.press_keys(&[ENTER, TAB, SPACE, ESCAPE]);
    page.sees(&["Heart reception", "National day"]);
    // A choice that settled later would be heard after Register.
    page.shows("heard.at(-1)[0]", json!("filter"));
    let mut keys = 4;
    while page.ask(FOCUSED) != json!("register") {
        assert!(
            keys < 12,
            "expected Register within 12 keys, found {}",
            page.ask(FOCUSED)
        );
        page.press_keys(&[TAB]);
        keys += 1;
    }
    page.press_keys(&[ENTER]);
    assert!(keys < 12, "expected at most 12 keys, found {}", keys + 1);
    page.shows("heard.at(-1)[0] + ' ' + heard.at(-1)[1].id", json!("register cocktail"));
    keeps("keyboard", format_args!("{} keys", keys + 1));
}

#[test]
fn the_keyboard_goes_through_all_of_it_in_the_order_of_the_tree_and_out_again() {
    let tag = format!("<a id=\"before\" href=\"#\">Before</a>{ENGLISH}<a id=\"after\" href=\"#\">After</a>");
    let page = Page::open(&tag, &feed("prices"));
    page.is_ready();
    page.ask("(document.getElementById('before').focus(), window.order = [...root.querySelectorAll('button, input, a[href], [tabindex=\"0\"]')].filter((node) => node.checkVisibility()))");
    let place = "root.activeElement ? order.indexOf(root.activeElement) : document.activeElement.id";
    let count = page.ask("order.length").as_i64().unwrap_or_default();
    assert!(count > 12, "{count}");
    for expected in 0..count {
        page.press_keys(&[TAB]);
        page.shows(place, json!(expected));
    }
    page.press_keys(&[TAB]);
    page.shows(place, json!("after"));
    for expected in (0..count).rev() {
        page.press_back();
        page.shows(place, json!(expected));
    }
    page.press_back();
    page.shows(place, json!("before"));
}

#[test]
fn escape_closes_a_facet_and_gives_the_focus_back_to_its_button() {
    let page = opened("filters");
    page.ask("root.querySelector('[data-filter=theme] button').focus()");
    page.press_keys(&[ENTER]);
    let expanded = "root.querySelector('[data-filter=theme] button').getAttribute('aria-expanded')";
    page.shows(expanded, json!("true"));
    page.press_keys(&[TAB, SPACE]);
    page.shows(FOCUSED, json!("theme financing"));
    page.press_keys(&[ESCAPE]);
    page.shows(expanded, json!("false"));
    page.shows(
        "root.activeElement === root.querySelector('[data-filter=theme] button')",
        json!(true),
    );
    page.sees(&["Heart reception", "Forum"]);
}

#[test]
fn a_choice_keeps_the_focus_while_the_list_changes() {
    let page = opened("filters");
    page.ask("root.querySelector('[data-filter=province] button').focus()");
    page.press_keys(&[ENTER, TAB, SPACE]);
    page.sees(&["Heart reception", "National day"]);
    page.shows(FOCUSED, json!("province CA-QC"));
    page.press_keys(&[SPACE]);
    page.shows("seen('title').length", json!(6));
    page.shows(FOCUSED, json!("province CA-QC"));
}

#[test]
fn the_focus_stays_in_the_widget_when_a_chip_goes() {
    let page = opened("filters");
    page.choose_province("CA-QC");
    page.choose_province("CA-ON");
    page.ask("root.querySelector('.chip').focus()");
    page.press_keys(&[ENTER]);
    page.shows("root.querySelectorAll('.chip').length", json!(1));
    page.keeps_the_focus();
    page.ask("root.querySelector('.chip').focus()");
    page.press_keys(&[ENTER]);
    page.shows("root.querySelectorAll('.chip').length", json!(0));
    page.keeps_the_focus();
}

#[test]
fn the_focus_stays_in_the_widget_when_filters_are_cleared() {
    let page = opened("filters");
    page.choose_province("CA-QC");
    page.ask("root.querySelector('[part=clear]').focus()");
    page.press_keys(&[ENTER]);
    page.shows("seen('title').length", json!(6));
    page.keeps_the_focus();
    page.search("nothing like that");
    page.sees(&[]);
    page.ask("root.querySelector('[part=message] [part=clear]').focus()");
    page.press_keys(&[ENTER]);
    page.shows("seen('title').length", json!(6));
    page.keeps_the_focus();
}

#[test]
fn the_focus_stays_in_the_list_when_more_is_shown_up_to_the_last() {
    let page = opened("filters");
    page.set_attribute("limit", "2");
    page.sees(&["Endless", "Heart reception"]);
    page.ask("root.querySelector('[part=more]').focus()");
    page.press_keys(&[ENTER]);
    page.shows("seen('title').length", json!(4));
    page.keeps_the_focus();
    page.shows(FOCUSED, json!("more"));
    page.press_keys(&[ENTER]);
    page.shows("seen('title').length", json!(6));
    page.keeps_the_focus();
    page.press_keys(&[TAB]);
    page.shows("root.activeElement.closest('[part=card]').id", json!("je-breakfast"));
}

#[test]
fn the_focus_stays_on_what_opens_and_closes_details() {
    let page = opened("cards");
    page.ask("card('forum').querySelector('[part=toggle]').focus()");
    page.press_keys(&[ENTER]);
    page.shows("seen('details').length", json!(1));
    page.shows(
        "root.activeElement === card('forum').querySelector('[part=toggle]')",
        json!(true),
    );
    page.press_keys(&[TAB]);
    page.shows("root.activeElement.closest('[part=details]') !== null", json!(true));
    page.ask("card('forum').querySelector('[part=toggle]').focus()");
    page.press_keys(&[SPACE]);
    page.shows("seen('details').length", json!(0));
    page.shows(
        "root.activeElement === card('forum').querySelector('[part=toggle]')",
        json!(true),
    );
}

#[test]
fn the_focus_stays_on_its_counterpart_when_a_membership_makes_prices_anew() {
    let page = opened("prices");
    page.ask("card('gala').querySelector('[part=register]').focus()");
    page.ask("widget.memberOf = ['lso']");
    page.shows("within('gala', 'rate-own').length", json!(1));
    page.shows(
        "root.activeElement === card('gala').querySelector('[part=register]')",
        json!(true),
    );
}

#[test]
fn the_focus_stays_in_the_widget_when_another_try_succeeds_or_fails() {
    let turn = AtomicUsize::new(0);
    let page = Page::open_with(ENGLISH, move || match turn.fetch_add(1, Ordering::SeqCst) {
        0 | 1 => Response::status(404),
        _ => json_answer(feed("filters")),
    });
    page.shows("widget.status", json!("failed"));
    page.shows("heard.length", json!(1));
    page.ask("root.querySelector('[part=retry]').focus()");
    page.press_keys(&[ENTER]);
    page.shows("heard.length", json!(2));
    page.shows("widget.status", json!("failed"));
    page.keeps_the_focus();
    page.ask("root.querySelector('[part=retry]').focus()");
    page.press_keys(&[ENTER]);
    page.is_ready();
    page.keeps_the_focus();
}

#[test]
fn everything_that_can_be_used_is_reached_and_seen() {
    let page = opened("prices");
    page.ask("(document.body.focus(), widget.focus(), 0)");
    let mut reached = Vec::new();
    for _ in 0..12 {
        page.press_keys(&[TAB]);
        reached.push(page.ask(&format!(
            "root.activeElement ? [{FOCUSED}, getComputedStyle(root.activeElement).outlineStyle] : null"
        )));
    }
    let reached: Vec<_> = reached.iter().filter(|found| !found.is_null()).collect();
    assert!(reached.len() > 8, "{reached:?}");
    for found in reached {
        assert_ne!(found[1], "none", "{found}");
    }
}
