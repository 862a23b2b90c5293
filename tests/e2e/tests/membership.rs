//! End-to-end: what a membership changes: which events are found, by which price, and what joining would save.
#![allow(missing_docs)]

use joint_events_e2e::key::{SPACE, TAB};
use joint_events_e2e::{ENGLISH, FRENCH, Gate, Page, feed, html, html_answer, json_answer};
use serde_json::json;

const LATER: &str = "/joint-events.later.wasm";

/// The ids and counts of a facet's choices, where it is seen.
fn choices(facet: &str) -> String {
    format!(
        "[...root.querySelectorAll('[data-filter=\"{facet}\"]:not([hidden]) [part=choice]')].map((choice) => \
         [choice.querySelector('input').value, choice.querySelector('[part=count]').textContent])"
    )
}

fn priced(tag: &str) -> String {
    tag.replace("lang=", "filters=\"price rate\" lang=")
}

#[track_caller]
fn opened(tag: &str) -> Page {
    let page = Page::open(tag, &feed("prices"));
    page.is_ready();
    page
}

/// A page whose list waits for the second part of the wasm, so that nothing moves once it is there.
#[track_caller]
fn held(tag: &str) -> Page {
    let (page, gate) = (html(tag), Gate::default());
    let held = gate.clone();
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" => Some(json_answer(feed("prices"))),
        LATER => {
            held.pass();
            None
        }
        _ => None,
    });
    page.shows("root?.querySelectorAll('[part=card]').length", json!(11));
    page.shows("[widget.status, heard]", json!(["loading", []]));
    gate.open();
    page.is_ready();
    page
}

const FILTERED: &str =
    "heard.filter(([name]) => name === 'filter').map(([, {price, rate, shown}]) => [price, rate, shown])";
const SPOKEN: &str = "root.querySelector('[role=status]').textContent.trim()";
const CHIPS: &str = "[...root.querySelectorAll('.chip')].map((chip) => chip.firstChild.textContent)";

#[test]
fn every_count_of_prices_is_of_the_visitors_own_and_one_more_membership_switches_all_at_once() {
    let page = opened(&priced(ENGLISH));
    page.shows(
        &choices("price"),
        json!([
            ["0-25", "1"],
            ["25-50", "4"],
            ["100-250", "1"],
            ["250-500", "1"],
            ["500-1000", "1"],
            ["toBeAnnounced", "3"]
        ]),
    );
    page.shows(&choices("rate"), json!([]));
    page.shows(
        "[...root.querySelectorAll('[data-filter=price] .choice-text')].map((text) => text.textContent)",
        json!([
            "Under $25",
            "$25 to under $50",
            "$100 to under $250",
            "$250 to under $500",
            "$500 to under $1,000",
            "Price to be announced"
        ]),
    );
    // Members of a third association have no rate, so there is nothing to look for.
    page.say_member_of("atlantic");
    page.shows("seen('rate-own').length", json!(9));
    page.shows(&choices("rate"), json!([]));
    page.say_member_of("lso");
    page.shows(&choices("rate"), json!([["mine", "6"]]));
    page.shows(
        &choices("price"),
        json!([
            ["free", "1"],
            ["0-25", "2"],
            ["25-50", "4"],
            ["100-250", "1"],
            ["250-500", "1"],
            ["500-1000", "1"],
            ["toBeAnnounced", "1"]
        ]),
    );
    page.say_member_of("bioquebec");
    page.shows(&choices("rate"), json!([["mine", "6"]]));
    page.choose("price", "250-500");
    page.sees(&["Gala", "Early bird"]);
    page.shows("within('gala', 'amount')[0]", json!("$495"));
    page.say_member_of("bioquebec");
    page.sees(&["Early bird"]);
    page.shows(SPOKEN, json!("1 event"));
    page.choose("price", "500-1000");
    page.sees(&["Gala", "Early bird"]);
    page.choose("rate", "mine");
    page.sees(&["Gala"]);
    page.shows(
        CHIPS,
        json!(["$250 to under $500", "$500 to under $1,000", "With a rate for me"]),
    );
    page.shows(
        &format!("{FILTERED}.at(-1)"),
        json!([["250-500", "500-1000"], ["mine"], 1]),
    );
    page.click("[part=clear]");
    page.shows("seen('title').length", json!(11));
    page.shows("[faults, said.length]", json!([[], 1]));
}

#[test]
fn ones_own_rates_go_with_the_membership_and_a_sentence_says_so() {
    let page = opened(&priced(FRENCH).replace("lang=", "url-state=\"je\" lang="));
    page.say_member_of("lso");
    page.shows(
        "root.querySelector('[data-filter=rate] .choice-text')?.textContent",
        json!("Avec un tarif pour moi"),
    );
    page.choose("rate", "mine");
    page.shows("seen('title').length", json!(6));
    // What is said of the choice itself is said by then.
    page.shows(&format!("{FILTERED}.at(-1)"), json!([[], ["mine"], 6]));
    page.shows("location.search", json!("?je.rate=mine"));
    page.ask("(window.spoken = [], new MutationObserver(() => spoken.push(root.querySelector('[role=status]').textContent.trim())).observe(root.querySelector('[role=status]'), {characterData: true, childList: true, subtree: true}), 0)");
    page.say_member_of("none");
    page.shows("seen('title').length", json!(11));
    page.shows(CHIPS, json!([]));
    page.shows(&choices("rate"), json!([]));
    page.shows("location.search", json!(""));
    page.shows(
        "spoken",
        json!(["Filtre retiré\u{a0}: Avec un tarif pour moi", "11\u{a0}événements"]),
    );
    page.shows(&format!("{FILTERED}.at(-1)"), json!([[], [], 11]));
    // One who goes back is no member either.
    page.ask("(history.back(), 0)");
    page.shows("location.search", json!("?je.rate=mine"));
    page.shows("seen('title').length", json!(11));
}

#[test]
fn a_link_brings_prices_back_and_rates_of_ones_own_only_to_a_member() {
    let page = html(&priced(ENGLISH).replace("lang=", "url-state=\"je\" remember lang="));
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" => Some(json_answer(feed("prices"))),
        _ => None,
    });
    page.go("/?je.price=250-500&je.rate=mine&je.price=cheap");
    page.is_ready();
    page.sees(&["Early bird"]);
    page.shows(CHIPS, json!(["$250 to under $500"]));
    page.say_member_of("bioquebec");
    page.sees(&["Gala", "Early bird"]);
    page.shows("sessionStorage.getItem('joint-events:member-of')", json!("bioquebec"));
    page.go("/?je.price=250-500&je.rate=mine");
    page.is_ready();
    page.sees(&["Gala"]);
    page.shows(
        "root.querySelector('[name=member][value=bioquebec]').checked",
        json!(true),
    );
    // A tab of its own knows nothing of it. The fragment has the widget start though the tab may not be seen.
    page.in_another_tab("/?je.price=250-500&je.rate=mine#je-early", |page| {
        page.is_ready();
        page.sees(&["Early bird"]);
        page.shows("root.querySelectorAll('[name=member]:checked').length", json!(0));
        page.shows("sessionStorage.length", json!(0));
    });
    page.sees(&["Gala"]);
}

#[test]
fn what_the_host_asks_for_has_force_before_anything_is_shown() {
    let tag = ENGLISH.replace(
        "lang=",
        "price=\"free\" rate=\"mine\" member-of=\"lso bioquebec\" locked=\"price rate\" lang=",
    );
    let page = held(&tag);
    page.sees(&["Shared rate"]);
    page.shows(
        "root.querySelectorAll('[data-filter=price], [data-filter=rate], .chip').length",
        json!(0),
    );
    page.shows("heard[0]", json!(["ready", {"shown": 1, "total": 11, "skipped": 0}]));
    page.set_attribute("price", "0-25");
    page.sees(&["Later", "Incomplete"]);
    page.set_attribute("member-of", "none");
    page.sees(&["Shared rate"]);
    page.ask("widget.removeAttribute('member-of')");
    page.sees(&["Shared rate"]);
    assert_eq!(page.requests(LATER), 1);
}

#[test]
fn where_the_second_part_can_not_be_had_all_events_are_there_without_the_filters_of_prices() {
    let page = html(&priced(ENGLISH).replace("lang=", "price=\"free\" lang="));
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" => Some(json_answer(feed("prices"))),
        LATER => Some(joint_events_loopback::Response::status(404)),
        _ => None,
    });
    page.is_ready();
    page.shows("seen('title').length", json!(11));
    page.shows(
        "root.querySelectorAll('[part=filter], .chip, [part=message]').length",
        json!(0),
    );
    page.shows("faults", json!([]));
}

#[test]
fn who_is_known_to_be_no_member_sees_what_joining_saves_on_all_that_match() {
    let joins = "[...root.querySelectorAll('.season a')].map((link) => [link.textContent, link.href])";
    let tag = ENGLISH.replace("lang=", "association=\"lso\" member-of=\"none\" lang=");
    let page = held(&tag);
    page.shows(
        joins,
        json!([
            [
                "Join LSO and save $120 this season (2 events)",
                "https://lso.example/join"
            ],
            [
                "Join BIOQuébec and save $220 this season (2 events)",
                "https://bioquebec.example/adhesion"
            ]
        ]),
    );
    page.choose("organizer", "bioquebec");
    page.shows(
        &format!("{joins}.map(([words]) => words)"),
        json!([
            "Join LSO and save $100 this season (1 event)",
            "Join BIOQuébec and save $200 this season (1 event)"
        ]),
    );
    page.search("nothing is called that");
    page.shows(joins, json!([]));
    page.click("[part=clear]");
    page.set_attribute("lang", "fr");
    page.shows(
        &format!("{joins}[0][0]"),
        json!("Devenez membre de LSO et économisez 120\u{a0}$ cette saison (2\u{a0}événements)"),
    );
    page.set_attribute("member-of", "lso");
    page.shows(joins, json!([]));
    page.ask("widget.removeAttribute('member-of')");
    page.shows("seen('membership').length", json!(1));
    page.shows(joins, json!([]));
}

#[test]
fn the_filters_of_prices_go_by_the_keyboard() {
    let page = opened(&priced(ENGLISH));
    page.ask("root.querySelector('[name=member][value=lso]').focus()");
    page.press_keys(&[SPACE]);
    page.shows("root.querySelectorAll('[name=rate]').length", json!(1));
    // Past the third association, "not a member" and the facet of prices.
    page.press_keys(&[TAB, TAB, TAB, TAB]);
    page.shows("root.activeElement.name", json!("rate"));
    page.press_keys(&[SPACE]);
    page.shows("seen('title').length", json!(6));
    page.shows(
        "root.activeElement.name + root.activeElement.checked",
        json!("ratetrue"),
    );
    page.keeps_the_focus();
}
