//! End-to-end: what a visitor pays, and what others would.
#![allow(missing_docs)]

use std::time::Duration;

use joint_events_e2e::{ENGLISH, FRENCH, Page, feed, in_seconds, json_answer};
use serde_json::json;

#[track_caller]
fn english() -> Page {
    let page = Page::open(ENGLISH, &feed("prices"));
    page.is_ready();
    page
}

#[test]
fn an_unknown_visitor_sees_each_associations_rate_then_the_regular_one_then_students() {
    let page = english();
    page.shows(
        "within('gala', 'audience')",
        json!(["BIOQuébec members", "LSO members", "Non-members", "Students"]),
    );
    page.shows("within('gala', 'amount')", json!(["$495", "$595", "$695", "$49.50"]));
    page.shows("within('gala', 'saving')", json!(["Members save up to $200 (28%)"]));
    page.shows("within('gala', 'taxes')", json!(["plus taxes"]));
    page.shows("within('gala', 'rate-own')", json!([]));
}

#[test]
fn prices_stand_in_french_as_in_quebec() {
    let page = Page::open(FRENCH, &feed("prices"));
    page.is_ready();
    page.shows(
        "within('gala', 'amount')",
        json!(["495\u{a0}$", "595\u{a0}$", "695\u{a0}$", "49,50\u{a0}$"]),
    );
    page.shows(
        "within('gala', 'saving')",
        json!(["Les membres économisent jusqu’à 200\u{a0}$ (28\u{a0}%)"]),
    );
    page.shows("within('gala', 'taxes')", json!(["taxes en sus"]));
    page.shows("within('shared', 'amount')", json!(["Gratuit", "20\u{a0}$"]));
    page.shows("within('unannounced', 'amount')", json!(["Prix à venir"]));
}

#[test]
fn a_member_of_one_association_sees_their_rate_at_the_others_event_first() {
    let page = english();
    page.say_member_of("lso");
    page.shows(
        "within('gala', 'audience')",
        json!(["Your rate", "BIOQuébec members", "Students"]),
    );
    page.shows("within('gala', 'amount')", json!(["$595", "$495", "$49.50"]));
    page.shows("within('gala', 'regular')", json!(["$695"]));
    page.shows("within('gala', 'saving')", json!(["You save $100 (14%)"]));
    page.shows("within('gala', 'rate-own').length", json!(1));
    page.shows("heard.at(-1)", json!(["member", {"memberOf": ["lso"]}]));
    page.ask("widget.setAttribute('lang', 'fr')");
    page.shows(
        "within('gala', 'saving')",
        json!(["Vous économisez 100\u{a0}$ (14\u{a0}%)"]),
    );
}

#[test]
fn a_member_of_both_pays_the_lower_rate_and_sees_no_second_line_of_their_own() {
    let page = english();
    page.say_member_of("lso");
    page.say_member_of("bioquebec");
    page.shows("within('gala', 'audience')", json!(["Your rate", "Students"]));
    page.shows("within('gala', 'amount')", json!(["$495", "$49.50"]));
    page.shows("within('gala', 'regular')", json!(["$695"]));
}

#[test]
fn not_a_member_excludes_the_associations_and_shows_what_joining_saves() {
    let page = english();
    page.say_member_of("lso");
    page.say_member_of("none");
    let chosen = "[...root.querySelectorAll('[name=member]:checked')].map((box) => box.value)";
    page.shows(chosen, json!(["none"]));
    page.shows(
        "within('gala', 'audience')",
        json!(["Your rate", "BIOQuébec members", "LSO members", "Students"]),
    );
    page.shows("within('gala', 'amount')", json!(["$695", "$495", "$595", "$49.50"]));
    page.shows(
        "within('gala', 'join')",
        json!(["Join BIOQuébec and save $200", "Join LSO and save $100"]),
    );
    page.set_attribute("association", "lso");
    page.shows(
        "within('gala', 'join')",
        json!(["Join LSO and save $100", "Join BIOQuébec and save $200"]),
    );
    page.shows(
        "[...card('gala').querySelectorAll('[part=join]')].map((a) => [a.href, a.rel, a.referrerPolicy])",
        json!([
            [
                "https://lso.example/join",
                "noopener",
                "strict-origin-when-cross-origin"
            ],
            [
                "https://bioquebec.example/adhesion",
                "noopener",
                "strict-origin-when-cross-origin"
            ]
        ]),
    );
    page.say_member_of("bioquebec");
    page.shows(chosen, json!(["bioquebec"]));
    page.say_member_of("bioquebec");
    page.shows(chosen, json!([]));
    page.shows(
        "heard.filter(([name]) => name === 'member').map(([, detail]) => detail.memberOf)",
        json!([["lso"], [], ["bioquebec"], null]),
    );
    page.shows("within('gala', 'saving')", json!(["Members save up to $200 (28%)"]));
}

#[test]
fn associations_with_the_same_rate_share_a_line_and_free_is_said_in_words() {
    let page = english();
    page.shows(
        "within('shared', 'audience')",
        json!(["BIOQuébec and LSO members", "Non-members"]),
    );
    page.shows("within('shared', 'amount')", json!(["Free", "$20"]));
}

#[test]
fn a_price_that_is_not_known_is_to_be_announced_and_never_free() {
    let page = english();
    page.shows("within('unannounced', 'amount')", json!(["Price to be announced"]));
    page.shows("within('later', 'amount')", json!(["$10", "Price to be announced"]));
    page.shows("within('later', 'saving')", json!([]));
}

#[test]
fn an_event_that_lost_an_offer_says_that_its_prices_are_incomplete() {
    let page = english();
    page.shows(
        "within('incomplete', 'note')",
        json!(["Prices incomplete: see the event’s page"]),
    );
    page.shows("within('incomplete', 'amount')", json!(["$15"]));
    page.shows("heard[1][0]", json!("problem"));
    page.shows(
        "heard[1][1].problems",
        json!([{"path": "events[4].offers[0].price", "message": "expected a decimal such as \"25.00\", found \"25 $\""}]),
    );
}

#[test]
fn a_rate_that_is_sold_out_says_so_and_the_event_only_when_all_of_ones_own_are() {
    let page = english();
    page.shows(
        "within('full', 'rate')",
        json!(["LSO members $15 Sold out", "Non-members $25"]),
    );
    page.shows("within('full', 'badge')", json!([]));
    page.shows("within('full', 'register').length", json!(1));
    page.shows("within('gone', 'badge')", json!(["Sold out"]));
    page.shows("within('gone', 'register')", json!([]));
}

#[test]
fn a_waiting_list_and_few_places_have_badges_and_a_way_in() {
    let page = english();
    page.shows("within('waiting', 'badge')", json!(["Waiting list"]));
    page.shows("within('waiting', 'register')", json!(["Waiting list"]));
    page.shows("within('few', 'badge')", json!(["Few places left"]));
    page.shows("within('few', 'register')", json!(["Register"]));
}

#[test]
fn a_rate_in_another_currency_is_a_line_of_its_own_and_never_the_own_rate() {
    let page = english();
    page.say_member_of("lso");
    page.shows("within('dollars', 'amount')", json!(["$180", "US$100"]));
    page.shows("within('dollars', 'regular')", json!([]));
    page.shows("within('dollars', 'saving')", json!([]));
}

#[test]
fn an_early_bird_rate_says_until_when_and_what_then() {
    let page = english();
    page.shows("within('early', 'amount')", json!(["$395"]));
    page.shows("within('early', 'deadline')", json!(["until January 31, then $495"]));
    page.set_attribute("lang", "fr");
    page.shows(
        "within('early', 'deadline')",
        json!(["jusqu’au 31 janvier, puis 495\u{a0}$"]),
    );
}

#[test]
fn the_price_changes_by_itself_when_its_deadline_passes_in_an_open_page() {
    let feed = r#"{"format": "joint-events", "version": "1.0", "currency": "CAD", "associations": [{"id": "lso", "name": {"en": "LSO"}}],
        "events": [{"id": "soon", "title": {"en": "Soon"}, "start": "2099-06-19", "timeZone": "America/Toronto", "organizers": ["lso"],
        "offers": [{"id": "e", "audience": "nonMember", "price": "395.00", "validThrough": "DEADLINE"},
                   {"id": "n", "audience": "nonMember", "price": "495.00"}]}]}"#;
    // The time runs from when the feed is asked for: a browser may take long to start.
    let page = Page::open_with(ENGLISH, move || json_answer(feed.replace("DEADLINE", &in_seconds(9))));
    page.is_ready();
    page.shows("within('soon', 'amount')", json!(["$395"]));
    page.ask("(window.before = card('soon'), 0)");
    page.shows_within(Duration::from_secs(20), "within('soon', 'amount')", json!(["$495"]));
    page.shows("within('soon', 'deadline')", json!([]));
    page.shows("card('soon') === before", json!(true));
    page.shows("heard.length", json!(1));
}
