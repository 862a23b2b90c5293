//! End-to-end: where Register leads, when there is none, and what the host hears of it.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, Page, feed};
use serde_json::json;

#[track_caller]
fn opened() -> Page {
    let page = Page::open(ENGLISH, &feed("registration"));
    page.is_ready();
    page.set_attribute("past", "");
    page
}

/// Where an event's link leads.
fn link(id: &str) -> String {
    format!("card('{id}').querySelector('[part=register]')?.href ?? null")
}

#[test]
fn an_unknown_visitor_registers_at_the_events_own_page_and_the_host_hears_the_regular_rate() {
    let page = opened();
    page.shows(&link("both"), json!("https://lso.example/both"));
    page.click("#je-both [part=register]");
    page.shows(
        "heard.at(-1)",
        json!(["register", {"id": "both", "url": "https://lso.example/both", "audience": "nonMember", "price": "20.00", "currency": "CAD"}]),
    );
    page.shows("flags.register", json!([true, true, true]));
    page.shows("location.pathname", json!("/"));
}

#[test]
fn the_page_of_the_association_whose_site_it_is_comes_before_the_events() {
    let page = opened();
    page.set_attribute("association", "bioquebec");
    page.shows(&link("both"), json!("https://bioquebec.example/both"));
    page.set_attribute("association", "lso");
    page.shows(&link("both"), json!("https://lso.example/both"));
}

#[test]
fn the_page_of_the_own_rate_comes_before_all_others() {
    let page = opened();
    page.set_attribute("association", "bioquebec");
    page.say_member_of("lso");
    page.shows(&link("both"), json!("https://lso.example/members"));
    page.click("#je-both [part=register]");
    page.shows(
        "heard.at(-1)",
        json!(["register", {"id": "both", "url": "https://lso.example/members", "audience": "member", "price": "10.00", "currency": "CAD"}]),
    );
}

#[test]
fn without_a_page_of_its_own_the_regular_rates_page_is_taken() {
    let page = opened();
    page.shows(&link("offer"), json!("https://lso.example/guests"));
    page.say_member_of("lso");
    page.shows(&link("offer"), json!("https://lso.example/members"));
}

#[test]
fn without_any_registration_the_events_page_stands_under_details() {
    let page = opened();
    page.shows(&link("page"), json!("https://lso.example/page"));
    page.shows("within('page', 'register')", json!(["Details"]));
    page.click("#je-page [part=register]");
    page.shows(
        "heard.at(-1)",
        json!(["register", {"id": "page", "url": "https://lso.example/page", "audience": null, "price": null, "currency": null}]),
    );
}

#[test]
fn there_is_no_link_where_nobody_can_register() {
    let page = opened();
    page.shows("!!card('ended')", json!(true));
    for id in ["cancelled", "ended", "closed", "notyet", "gone", "bad"] {
        page.shows(&link(id), json!(null));
    }
    page.shows("within('closed', 'badge')", json!(["Registration closed"]));
    page.shows(
        "within('notyet', 'badge')[0].replace(/\\s/g, ' ')",
        json!("Registration opens January 2 at 9:00 a.m."),
    );
    page.shows("within('gone', 'badge')", json!(["Sold out"]));
}

#[test]
fn the_link_stays_in_the_window_and_its_target_cant_reach_back() {
    let page = opened();
    page.shows(
        "[...root.querySelectorAll('a')].filter((a) => a.rel !== 'noopener' || a.target || \
         a.referrerPolicy !== 'strict-origin-when-cross-origin').map((a) => a.outerHTML)",
        json!([]),
    );
    page.shows(
        "card('both').querySelector('[part=register]').getAttribute('aria-label')",
        json!("Register: Both"),
    );
}

#[test]
fn a_host_that_does_not_stop_it_lets_the_link_lead_away() {
    let page = opened();
    page.ask("(window.goes = true, widget.addEventListener('click', (event) => { window.stopped = event.defaultPrevented; event.preventDefault(); }), 0)");
    page.click("#je-both [part=register]");
    page.shows("stopped", json!(false));
    page.ask("(window.goes = false, 0)");
    page.click("#je-both [part=register]");
    page.shows("stopped", json!(true));
}
