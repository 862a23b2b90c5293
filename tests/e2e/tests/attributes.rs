//! End-to-end: what a webmaster writes, and what the tag leaves alone.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, Page, feed};
use serde_json::json;

const BARE: &str = "<joint-events feed=\"/feed.json\"></joint-events>";

#[track_caller]
fn opened(tag: &str) -> Page {
    let page = Page::open(tag, &feed("filters"));
    page.is_ready();
    page
}

#[test]
fn every_property_has_its_default_and_nothing_is_complained_of() {
    let page = opened(BARE);
    page.shows(
        "[widget.association, widget.memberOf, widget.province, widget.theme, widget.format, widget.organizer, \
          widget.eventLanguage, widget.price, widget.rate, widget.locked, widget.filters, widget.view, widget.limit, widget.past, widget.headingLevel, \
          widget.urlState, widget.remember, widget.colorScheme]",
        json!([
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "search province theme format organizer",
            "list",
            20,
            false,
            3,
            "",
            false,
            "auto"
        ]),
    );
    page.shows("[said, faults]", json!([[], []]));
    page.shows("root.querySelector('.base').lang", json!("en-CA"));
    page.shows(
        "root.querySelector('[part=title]').localName + root.querySelector('[part=heading]').localName",
        json!("h3h2"),
    );
}

#[test]
fn a_bad_value_gives_the_default_and_one_line() {
    let page = opened(ENGLISH);
    for (name, value, complaint) in [
        (
            "limit",
            "100",
            "limit: expected a whole number from 1 to 50, found \"100\"",
        ),
        ("view", "week", "view: expected one of list month, found \"week\""),
        (
            "heading-level",
            "2",
            "heading-level: expected a whole number from 3 to 6, found \"2\"",
        ),
        (
            "color-scheme",
            "sepia",
            "color-scheme: expected one of auto light dark, found \"sepia\"",
        ),
        (
            "url-state",
            "je.",
            "url-state: expected a letter, then letters, digits, _ and -, found \"je.\"",
        ),
        (
            "filters",
            "colour",
            "filters: expected words among search province theme format organizer event-language month price rate, found \"colour\"",
        ),
        (
            "locked",
            "everything",
            "locked: expected words among search province theme format organizer event-language month price rate member, found \"everything\"",
        ),
        (
            "association",
            "lso bioquebec",
            "association: expected one id, found \"lso bioquebec\"",
        ),
        (
            "member-of",
            "none lso",
            "member-of: expected ids, or none alone, found \"none lso\"",
        ),
    ] {
        page.ask("(said.length = 0)");
        page.set_attribute(name, value);
        page.shows("said", json!([format!("warn: <joint-events> {complaint}")]));
        page.set_attribute("past", "");
        page.ask("widget.removeAttribute('past')");
        page.shows("said.length", json!(1));
        page.ask(&format!("widget.removeAttribute('{name}')"));
        page.shows("seen('title').length", json!(6));
        page.shows("faults", json!([]));
    }
}

#[test]
fn an_unknown_association_in_member_of_is_told_once_and_leaves_the_visitor_unknown() {
    let page = Page::open(&ENGLISH.replace("lang=", "member-of=\"nobody\" lang="), &feed("prices"));
    page.is_ready();
    page.shows(
        "said.filter((line) => line.includes('member-of'))",
        json!(["warn: <joint-events> member-of: expected ids of the feed's associations, found nobody"]),
    );
    page.shows("seen('rate-own')", json!([]));
    page.shows("within('gala', 'saving')", json!(["Members save up to $200 (28%)"]));
}

#[test]
fn where_the_host_knows_its_visitor_nobody_is_asked() {
    let page = Page::open(&ENGLISH.replace("lang=", "member-of=\"lso\" lang="), &feed("prices"));
    page.is_ready();
    page.shows("seen('membership').length", json!(0));
    page.shows("within('gala', 'amount')", json!(["$595", "$495", "$49.50"]));
    page.ask("widget.memberOf = []");
    page.shows("widget.getAttribute('member-of')", json!("none"));
    page.shows("within('gala', 'audience')[0]", json!("Your rate"));
    page.shows("within('gala', 'join').length", json!(2));
    page.ask("widget.memberOf = null");
    page.shows("seen('membership').length", json!(1));
    page.set_attribute("locked", "member");
    page.shows("seen('membership').length", json!(0));
    page.shows("heard.filter(([name]) => name === 'member')", json!([]));
}

#[test]
fn the_first_selection_comes_from_attributes_and_another_value_resets_that_facet_alone() {
    let page = opened(&ENGLISH.replace("lang=", "province=\"CA-ON\" lang="));
    page.sees(&["Forum", "Breakfast", "National day"]);
    page.choose_province("CA-BC");
    page.choose("theme", "other");
    page.choose("organizer", "lso");
    page.sees(&["Breakfast"]);
    page.set_attribute("province", "CA-QC");
    page.sees(&[]);
    page.set_attribute("theme", "financing");
    page.ask("widget.removeAttribute('organizer')");
    page.choose("organizer", "lso");
    page.sees(&["Heart reception"]);
    page.shows("widget.getAttribute('theme')", json!("financing"));
    for (name, value, titles) in [
        ("format", "hybrid", &["Forum"][..]),
        ("organizer", "bioquebec", &["Heart reception", "Forum"]),
        ("event-language", "fr", &["Heart reception", "Forum"]),
        ("theme", "talent", &["Forum", "Webinar"]),
    ] {
        let page = opened(&ENGLISH.replace("lang=", &format!("{name}=\"{value}\" lang=")));
        page.sees(titles);
    }
}

#[test]
fn the_language_is_that_of_the_tag_then_of_what_is_around_it_then_of_quebec() {
    let page = opened(&format!("<div lang=\"fr-CA\">{BARE}</div>"));
    page.shows("seen('results')", json!(["6\u{a0}événements"]));
    page.set_attribute("lang", "de");
    page.shows("seen('results')", json!(["6 events"]));
    page.set_attribute("lang", "fr-FR");
    page.shows("root.querySelector('.base').lang", json!("fr-CA"));
    page.shows("seen('heading')[1]", json!("Janvier 2099"));
    let page = opened(
        "<script>document.documentElement.removeAttribute('lang')</script><joint-events feed=\"/feed.json\" province=\"CA-QC\"></joint-events>",
    );
    page.shows("root.querySelector('.base').lang", json!("fr-CA"));
}

#[test]
fn headings_stand_at_the_level_that_the_page_needs() {
    let page = opened(ENGLISH);
    for (level, heading) in [("4", "H3"), ("6", "H5")] {
        page.set_attribute("heading-level", level);
        page.shows(
            "[root.querySelector('[part=title]').tagName, root.querySelector('[part=heading]').tagName]",
            json!([format!("H{level}"), heading]),
        );
    }
}

#[test]
fn the_colour_scheme_and_the_associations_colour_reach_the_sheet() {
    let feed = feed("filters").replace("{\"id\": \"lso\",", "{\"id\": \"lso\", \"color\": \"#00587C\",");
    let page = Page::open(ENGLISH, &feed);
    page.is_ready();
    page.set_attribute("color-scheme", "dark");
    page.shows("style('.base').colorScheme", json!("dark"));
    page.set_attribute("color-scheme", "light");
    page.shows("style('.base').colorScheme", json!("light"));
    page.set_attribute("association", "lso");
    page.shows(
        "root.querySelector('.base').style.getPropertyValue('--je-color').toLowerCase()",
        json!("#00587c"),
    );
    page.ask("widget.removeAttribute('association')");
    page.shows(
        "root.querySelector('.base').style.getPropertyValue('--je-color')",
        json!(""),
    );
}

#[test]
fn nothing_is_stored_unless_remember_says_so_and_then_one_key() {
    let stored = "[...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].filter(Boolean)";
    let page = opened(ENGLISH);
    page.say_member_of("lso");
    page.choose_province("CA-ON");
    page.shows("heard.at(-1)[0]", json!("filter"));
    page.shows(stored, json!([]));
    let page = opened(&ENGLISH.replace("lang=", "remember lang="));
    page.say_member_of("lso");
    page.shows(stored, json!(["joint-events:member-of"]));
    page.go("/");
    page.is_ready();
    page.shows("root.querySelector('[name=member][value=lso]').checked", json!(true));
    page.say_member_of("lso");
    page.shows(stored, json!([]));
}

#[test]
fn a_page_asks_for_script_wasm_and_feed_and_nothing_else() {
    let page = opened(ENGLISH);
    let asked = || {
        let mut asked = page.all_requests();
        asked.retain(|path| path != "/favicon.ico");
        asked.sort();
        asked
    };
    page.choose_province("CA-ON");
    page.shows("heard.at(-1)[0]", json!("filter"));
    let first = ["/", "/feed.json", "/joint-events.js", "/joint-events.wasm"];
    assert_eq!(asked(), first);
    page.say_member_of("lso");
    page.shows("heard.at(-1)[0]", json!("member"));
    page.shows(
        "performance.getEntriesByName(location.origin + '/joint-events.later.wasm').length",
        json!(1),
    );
    let mut all = [&first[..], &["/joint-events.later.wasm"]].concat();
    all.sort_unstable();
    assert_eq!(asked(), all);
}

#[test]
fn the_host_reads_what_matches_in_the_order_shown_and_in_its_language() {
    let page = opened(&ENGLISH.replace("lang=", "limit=\"1\" lang="));
    page.choose_province("CA-QC");
    page.shows(
        "widget.events",
        json!([
            {"id": "cocktail", "title": "Heart reception", "start": "2099-01-10T17:00:00-05:00", "end": "2099-01-10T19:00:00-05:00", "status": "scheduled", "url": null},
            {"id": "national", "title": "National day", "start": "2099-03-01", "end": null, "status": "scheduled", "url": null}
        ]),
    );
    page.set_attribute("lang", "fr");
    page.shows("widget.events[0].title", json!("Cocktail du cœur"));
}

#[test]
fn two_widgets_on_a_page_keep_out_of_each_others_way() {
    let page = opened(&format!("{ENGLISH}{ENGLISH}"));
    page.shows("heard.length", json!(2));
    page.choose_province("CA-QC");
    page.sees(&["Heart reception", "National day"]);
    page.shows("document.querySelectorAll('joint-events')[1].events.length", json!(6));
    assert_eq!(page.requests("/joint-events.wasm"), 1);
}

#[test]
fn a_tag_that_is_moved_keeps_what_the_visitor_chose() {
    let page = opened(&format!("{ENGLISH}<div id=\"there\"></div>"));
    page.choose_province("CA-QC");
    page.sees(&["Heart reception", "National day"]);
    page.ask("(document.getElementById('there').append(widget), 0)");
    page.sees(&["Heart reception", "National day"]);
    page.shows(
        "root.querySelector('[name=province][value=\"CA-QC\"]').checked",
        json!(true),
    );
    assert_eq!(page.requests("/feed.json"), 1);
}

#[test]
fn a_tag_that_was_taken_away_starts_again_when_it_comes_back() {
    let page = opened(ENGLISH);
    page.choose_province("CA-QC");
    page.ask("(window.kept = widget, widget.remove(), 0)");
    page.shows("kept.shadowRoot.querySelectorAll('[part=card]').length", json!(0));
    page.ask("(document.querySelector('main').append(kept), 0)");
    page.shows("seen('title').length", json!(6));
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(2));
}

#[test]
fn a_div_is_a_twin_of_the_tag_with_live_attributes() {
    let page = opened(
        "<div data-joint-events data-feed=\"/feed.json\" data-lang=\"fr\" data-province=\"CA-QC\"><a href=\"/events\">Tous</a></div>",
    );
    page.shows("root.querySelector('.base').dataset.state", json!("ready"));
    page.sees(&["Cocktail du cœur", "National day"]);
    page.shows("widget.querySelector('a').checkVisibility()", json!(false));
    page.ask("(widget.dataset.lang = 'en', widget.dataset.province = 'CA-ON', 0)");
    page.sees(&["Forum", "Breakfast", "National day"]);
    page.say_member_of("lso");
    page.shows("heard.at(-1)", json!(["member", {"memberOf": ["lso"]}]));
}
