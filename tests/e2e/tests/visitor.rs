//! End-to-end: what a visitor sees and does.
#![allow(missing_docs)]

use joint_events_e2e::Page;
use joint_events_loopback::Response;
use serde_json::json;

const TAG: &str =
    "<joint-events feed=\"/feed.json\" lang=\"fr\" id=\"w\"><a href=\"/events\">Tous les événements</a></joint-events>";

const FEED: &str = r#"{"format": "joint-events", "version": "1.0", "languages": ["fr", "en"], "currency": "CAD",
    "associations": [{"id": "bioquebec", "name": {"fr": "BIOQuébec"}}, {"id": "lso", "name": {"en": "Life Sciences Ontario"}, "shortName": "LSO"}],
    "provinces": [{"id": "CA-QC", "label": {"fr": "Québec", "en": "Quebec"}}, {"id": "CA-ON", "label": {"fr": "Ontario"}}],
    "themes": [{"id": "financing", "label": {"fr": "Financement", "en": "Financing"}}],
    "events": [
      {"id": "cocktail", "title": {"fr": "Cocktail", "en": "Reception"}, "start": "2099-12-10T17:00:00-05:00", "end": "2099-12-10T20:00:00-05:00",
       "timeZone": "America/Toronto", "organizers": ["bioquebec"], "provinces": ["CA-QC"],
       "registration": {"url": {"fr": "https://bioquebec.example/inscription"}},
       "offers": [{"id": "m", "audience": "member", "memberOf": ["bioquebec"], "price": "45.00", "taxIncluded": false},
                  {"id": "p", "audience": "member", "memberOf": ["lso"], "price": "60.00"},
                  {"id": "n", "audience": "nonMember", "price": "85.50"}]},
      {"id": "forum", "title": {"fr": "Forum"}, "start": "2099-12-15", "timeZone": "America/Toronto", "organizers": ["lso", "bioquebec"],
       "provinces": ["CA-ON"], "themes": ["financing"]},
      {"id": "broken", "title": {"fr": "Visite"}, "start": "2099-02-30", "timeZone": "America/Toronto", "organizers": ["lso"]}]}"#;

#[test]
fn everyone_sees_what_members_pay_and_what_others_pay() {
    let page = Page::open(TAG, FEED);
    page.shows("widget.status", json!("ready"));
    page.shows("seen('title')", json!(["Cocktail", "Forum"]));
    page.shows(
        "seen('amount')",
        json!(["45\u{a0}$", "60\u{a0}$", "85,50\u{a0}$", "Prix à venir"]),
    );
    page.shows(
        "seen('audience')",
        json!(["Membres de BIOQuébec", "Membres de LSO", "Non-membres"]),
    );
    page.shows("seen('taxes')", json!(["taxes en sus"]));
    page.shows("seen('badge')", json!(["Événement conjoint"]));
    page.shows("heard[0]", json!(["ready", {"shown": 2, "total": 2, "skipped": 1}]));
    page.shows("heard[1][1].problems[0].path", json!("events[2].start"));
    page.shows("getComputedStyle(root.querySelector('slot')).display", json!("none"));
}

#[test]
fn a_member_sees_their_own_rate_first_with_the_regular_one_struck() {
    let page = Page::open(TAG, FEED);
    page.shows("widget.status", json!("ready"));
    page.choose("lso");
    page.shows(
        "root.querySelector('[part~=rate-own] [part=amount]')?.textContent",
        json!("60\u{a0}$"),
    );
    page.shows("seen('regular')", json!(["85,50\u{a0}$"]));
    page.shows("seen('saving')", json!(["Vous économisez 25,50\u{a0}$ (29\u{a0}%)"]));
    page.shows("heard.at(-1)", json!(["member", {"memberOf": ["lso"]}]));
}

#[test]
fn a_province_narrows_the_list_and_its_count_and_says_so_once() {
    let page = Page::open(TAG, FEED);
    page.shows("widget.status", json!("ready"));
    page.choose("CA-ON");
    page.shows("seen('title')", json!(["Forum"]));
    page.shows("seen('results')", json!(["1\u{a0}événement"]));
    page.shows(
        "heard.filter(([name]) => name === 'filter').map(([, detail]) => [detail.province, detail.shown])",
        json!([[["CA-ON"], 1]]),
    );
    page.ask("root.querySelector('[part=clear]').click()");
    page.shows("seen('title').length", json!(2));
}

#[test]
fn the_search_ignores_accents_and_case() {
    let page = Page::open(TAG, FEED);
    page.shows("widget.status", json!("ready"));
    page.ask("(() => { const field = root.querySelector('[part=search]'); field.value = 'QUEBEC cock'; field.dispatchEvent(new Event('input', {bubbles: true})); })()");
    page.shows("seen('title')", json!(["Cocktail"]));
}

#[test]
fn the_host_hears_of_a_registration_and_may_stop_it() {
    let page = Page::open(TAG, FEED);
    page.shows("widget.status", json!("ready"));
    page.ask("root.querySelector('[part=register]').click()");
    let detail = json!({"id": "cocktail", "url": "https://bioquebec.example/inscription", "audience": "nonMember", "price": "85.50", "currency": "CAD"});
    page.shows("heard.at(-1)", json!(["register", detail]));
    page.shows("location.pathname", json!("/"));
}

#[test]
fn attributes_take_effect_at_once_and_a_bad_one_gives_the_default() {
    let page = Page::open(TAG, FEED);
    page.shows("widget.status", json!("ready"));
    page.ask("widget.setAttribute('lang', 'en')");
    page.shows("seen('amount').slice(0, 3)", json!(["$45", "$60", "$85.50"]));
    page.ask("widget.setAttribute('limit', '1')");
    page.shows("seen('title').length", json!(1));
    page.shows("seen('more')", json!(["Show more (1)"]));
    page.ask("widget.setAttribute('limit', '100')");
    page.shows("widget.limit", json!(20));
    page.shows("seen('title').length", json!(2));
}

#[test]
fn a_broken_feed_leaves_the_pages_own_content_with_a_way_to_try_again() {
    let page = Page::open(TAG, "<!doctype html>");
    page.shows("widget.status", json!("failed"));
    page.shows(
        "heard.map(([name, detail]) => [name, detail.status])",
        json!([["error", "format"]]),
    );
    page.shows(
        "getComputedStyle(root.querySelector('slot')).display !== 'none'",
        json!(true),
    );
    page.shows("seen('retry')", json!(["Réessayer"]));
}

#[test]
fn a_missing_feed_says_the_servers_number() {
    let page = Page::open_with(TAG, || Response::status(404));
    page.shows(
        "heard.map(([name, detail]) => [name, detail.status])",
        json!([["error", 404]]),
    );
}

#[test]
fn a_feed_without_events_is_empty_and_no_failure() {
    let page = Page::open(
        TAG,
        r#"{"format": "joint-events", "version": "1.0", "url": {"fr": "https://bioquebec.example/"}, "events": []}"#,
    );
    page.shows("widget.status", json!("empty"));
    page.shows(
        "root.querySelector('[part=message] a').href",
        json!("https://bioquebec.example/"),
    );
}

#[test]
fn prices_follow_the_visitor_on_cards_that_an_earlier_choice_left_in_place() {
    let page = Page::open(TAG, FEED);
    page.shows("widget.status", json!("ready"));
    page.ask("widget.setAttribute('limit', '5')");
    page.choose("CA-QC");
    page.shows("seen('title')", json!(["Cocktail"]));
    page.ask("root.querySelector('[name=member][value=bioquebec]').click()");
    page.shows(
        "root.querySelector('[part~=rate-own] [part=amount]')?.textContent",
        json!("45\u{a0}$"),
    );
    page.ask("widget.memberOf = ['lso']");
    page.shows(
        "root.querySelector('[part~=rate-own] [part=amount]')?.textContent",
        json!("60\u{a0}$"),
    );
    page.shows("seen('membership').length", json!(0));
}
