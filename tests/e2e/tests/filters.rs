//! End-to-end: how a visitor narrows the list, and finds the way back.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, FRENCH, Page, feed, keeps};
use serde_json::json;

const ALL: &[&str] = &[
    "Endless",
    "Heart reception",
    "Forum",
    "Webinar",
    "Breakfast",
    "National day",
];

/// The ids and counts of a facet's choices.
fn choices(facet: &str) -> String {
    format!(
        "[...root.querySelectorAll('[data-filter=\"{facet}\"]:not([hidden]) [part=choice]')].map((choice) => \
         [choice.querySelector('input').value, choice.querySelector('[part=count]').textContent])"
    )
}

#[track_caller]
fn english() -> Page {
    let page = Page::open(ENGLISH, &feed("filters"));
    page.is_ready();
    page
}

#[test]
fn running_events_come_first_then_months_and_the_past_stays_out() {
    let page = english();
    page.sees(ALL);
    page.shows(
        "seen('heading')",
        json!(["Happening now", "January 2099", "February 2099", "March 2099"]),
    );
    page.shows("heard[0]", json!(["ready", {"shown": 6, "total": 8, "skipped": 0}]));
}

#[test]
fn the_past_comes_last_and_latest_first_where_the_host_wants_it() {
    let page = english();
    page.set_attribute("past", "");
    page.shows("seen('title').slice(6)", json!(["Old times", "Older times"]));
    page.shows("seen('heading').at(-1)", json!("Past events"));
    page.shows("card('old').hasAttribute('data-past')", json!(true));
    page.ask("widget.past = false");
    page.sees(ALL);
}

#[test]
fn choices_are_those_that_an_event_has_in_the_feeds_order() {
    let page = english();
    page.shows(
        &choices("province"),
        json!([["CA-QC", "2"], ["CA-ON", "3"], ["CA-BC", "2"], ["online", "1"]]),
    );
    page.shows(
        "[...root.querySelectorAll('[data-filter=province] .choice-text')].map((text) => text.textContent)",
        json!(["Quebec", "Ontario", "British Columbia", "Online"]),
    );
    page.shows(
        &choices("theme"),
        json!([["financing", "2"], ["talent", "2"], ["other", "1"]]),
    );
}

#[test]
fn choices_in_a_facet_widen_and_facets_narrow_each_other_and_their_counts() {
    let page = english();
    page.choose_province("CA-QC");
    page.sees(&["Heart reception", "National day"]);
    page.choose_province("CA-ON");
    page.sees(&["Heart reception", "Forum", "Breakfast", "National day"]);
    page.choose("theme", "financing");
    page.sees(&["Heart reception", "Forum"]);
    page.shows(
        &choices("province"),
        json!([["CA-QC", "1"], ["CA-ON", "1"], ["CA-BC", "0"], ["online", "0"]]),
    );
    page.shows(
        &choices("theme"),
        json!([["financing", "2"], ["talent", "1"], ["other", "1"]]),
    );
    page.shows("seen('results')", json!(["2 events"]));
    page.choose("theme", "financing");
    page.shows("seen('title').length", json!(4));
}

#[test]
fn a_page_that_takes_empty_texts_away_leaves_a_widget_that_filters() {
    let page = english();
    page.ask("(root.querySelector('.base').normalize(), 0)");
    page.choose_province("CA-QC");
    page.sees(&["Heart reception", "National day"]);
    page.choose_province("CA-ON");
    page.sees(&["Heart reception", "Forum", "Breakfast", "National day"]);
    page.shows("[widget.status, faults, said]", json!(["ready", [], []]));
}

#[test]
fn a_chosen_choice_never_vanishes() {
    let page = english();
    page.choose_province("CA-BC");
    page.search("reception");
    page.shows("seen('title')", json!([]));
    page.shows(
        "root.querySelector('[name=province][value=\"CA-BC\"]').checked",
        json!(true),
    );
    page.shows("seen('message')", json!(["No event matchesClear filters"]));
    page.ask("root.querySelector('[part=message] [part=clear]').click()");
    page.sees(ALL);
    page.shows("root.querySelector('[part=search]').value", json!(""));
}

#[test]
fn a_choice_of_the_attribute_that_no_event_has_is_still_seen_and_can_be_taken_back() {
    let page = english();
    page.set_attribute("province", "CA-NU");
    page.shows("seen('title')", json!(["National day"]));
    page.shows(
        "root.querySelector('[name=province][value=\"CA-NU\"]')?.checked",
        json!(true),
    );
    page.choose_province("CA-NU");
    page.sees(ALL);
}

#[test]
fn the_month_and_the_events_language_are_offered_where_the_host_names_them() {
    let page = english();
    page.shows(
        "[...root.querySelectorAll('fieldset[data-filter]')].map((set) => set.dataset.filter)",
        json!(["province", "theme", "format", "organizer"]),
    );
    page.set_attribute("filters", "month event-language");
    page.shows(
        "[...root.querySelectorAll('fieldset[data-filter]')].map((set) => set.dataset.filter)",
        json!(["month", "event-language"]),
    );
    page.shows(
        "seen('search').length + root.querySelectorAll('[part=search]').length",
        json!(0),
    );
    page.choose("month", "2099-01");
    page.sees(&["Heart reception", "Forum"]);
    page.shows(
        "root.querySelector('[data-filter=month] [data-chosen] .choice-text').textContent",
        json!("January 2099"),
    );
    page.choose("event-language", "fr");
    page.shows("heard.at(-1)[1].eventLanguage", json!(["fr"]));
    page.shows("heard.at(-1)[1].month", json!(["2099-01"]));
}

#[test]
fn a_locked_filter_is_hidden_and_stays_in_force() {
    let tag = ENGLISH.replace("lang=", "province=\"CA-ON\" locked=\"province search\" lang=");
    let page = Page::open(&tag, &feed("filters"));
    page.is_ready();
    page.sees(&["Forum", "Breakfast", "National day"]);
    page.shows(
        "root.querySelectorAll('[data-filter=province], [part=search], .chip').length",
        json!(0),
    );
    page.choose("theme", "financing");
    page.sees(&["Forum"]);
    page.click("[part=clear]");
    page.sees(&["Forum", "Breakfast", "National day"]);
}

#[test]
fn the_search_takes_every_word_as_part_of_a_word_without_accents_ligatures_and_case() {
    let page = english();
    for (words, title) in [
        ("COEUR cock", "Heart reception"),
        ("oeuvre hotel", "Heart reception"),
        ("montreal", "Heart reception"),
        ("forum talen", "Forum"),
    ] {
        page.search(words);
        page.sees(&[title]);
    }
    page.shows(
        &choices("province").replace("map((choice)", "slice(0, 2).map((choice)"),
        json!([["CA-QC", "0"], ["CA-ON", "1"]]),
    );
    page.search("forum montreal");
    page.sees(&[]);
    page.search(" ");
    page.sees(ALL);
}

#[test]
fn a_settled_change_is_told_once_and_announced_once() {
    let page = english();
    page.shows("root.querySelector('[role=status]').textContent", json!(""));
    page.ask("(window.announced = [], new MutationObserver(() => announced.push(root.querySelector('[role=status]').textContent)).observe(root.querySelector('[role=status]'), {characterData: true, childList: true, subtree: true}), 0)");
    // In one go: a slow machine would take more time between two commands than a change takes to settle.
    page.ask("(['f', 'fo', 'forum'].forEach((words) => { const field = root.querySelector('[part=search]'); field.value = words; \
        field.dispatchEvent(new Event('input', {bubbles: true})); }), 0)");
    page.shows("announced", json!(["1 event"]));
    let told = "heard.filter(([name]) => name === 'filter').map(([, detail]) => detail)";
    page.shows(told, json!([{"province": [], "theme": [], "format": [], "organizer": [], "eventLanguage": [], "month": [], "price": [], "rate": [], "search": "forum", "shown": 1}]));
    page.choose_province("CA-ON");
    page.shows(&format!("{told}.length"), json!(2));
    page.shows("announced.length", json!(2));
    page.shows("announced[0] !== announced[1] && announced[1].trim()", json!("1 event"));
    page.say_member_of("lso");
    page.shows("announced.length", json!(3));
    page.shows(
        "[flags.filter, flags.member]",
        json!([[true, true, false], [true, true, false]]),
    );
    page.shows(&format!("{told}.length"), json!(2));
    keeps("announced", "1 announcement for each of 3 changes");
}

#[test]
fn what_is_chosen_stands_as_chips_that_take_it_back() {
    let page = Page::open(FRENCH, &feed("filters"));
    page.is_ready();
    page.choose_province("CA-QC");
    page.choose("format", "inPerson");
    page.shows(
        "[...root.querySelectorAll('.chip')].map((chip) => chip.getAttribute('aria-label'))",
        json!(["Retirer le filtre Québec", "Retirer le filtre En personne"]),
    );
    page.click(".chip");
    page.shows("root.querySelectorAll('.chip').length", json!(1));
    page.shows(
        "root.querySelector('[name=province][value=\"CA-QC\"]').checked",
        json!(false),
    );
    page.shows("seen('clear')", json!(["Effacer les filtres"]));
    page.click("[part=clear]");
    page.shows("root.querySelectorAll('.chip').length", json!(0));
    page.shows("seen('title').length", json!(6));
}

#[test]
fn one_event_alone_has_no_filters_but_for_a_choice_that_stands() {
    let feed = r#"{"format": "joint-events", "version": "1.0", "languages": ["en"],
        "events": [{"id": "one", "title": {"en": "One"}, "start": "2099-03-09", "timeZone": "America/Toronto",
                    "provinces": ["CA-QC"], "organizers": ["lso"]}]}"#;
    let page = Page::open(ENGLISH, feed);
    page.is_ready();
    page.sees(&["One"]);
    let filters = "root.querySelector('[part=filters]').checkVisibility()";
    page.shows(filters, json!(false));
    page.set_attribute("province", "CA-QC");
    page.shows(filters, json!(true));
    page.click(".chip");
    page.shows("root.querySelectorAll('.chip').length", json!(0));
    // The focus would fall to the page if they went at once.
    page.keeps_the_focus();
    page.shows("root.activeElement.closest('[part=filters]') !== null", json!(true));
    page.shows(filters, json!(true));
    page.ask("root.activeElement.blur()");
    page.shows(filters, json!(false));
}

#[test]
fn so_many_cards_are_shown_as_the_limit_says_and_more_on_demand() {
    let page = english();
    page.set_attribute("limit", "2");
    page.sees(&ALL[..2]);
    page.shows("seen('more')", json!(["Show more (4)"]));
    page.shows("seen('results')", json!(["6 events"]));
    page.click("[part=more]");
    page.sees(&ALL[..4]);
    page.click("[part=more]");
    page.sees(ALL);
    page.shows("seen('more')", json!([]));
    page.choose_province("CA-ON");
    page.shows("seen('title').length", json!(2));
}
