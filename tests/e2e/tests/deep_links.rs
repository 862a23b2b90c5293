//! End-to-end: an event that the page's address names.
#![allow(missing_docs)]

use joint_events_e2e::key::TAB;
use joint_events_e2e::{ENGLISH, FRENCH, Gate, Page, feed, html, html_answer, json_answer};
use serde_json::json;

/// The title that has the focus, and whether its card is seen below the top.
const FOCUSED: &str = "root.activeElement?.part.value === 'title' && root.activeElement.textContent";
const TOP: &str = "Math.round(root.activeElement.closest('article').getBoundingClientRect().top)";
const OPENED: &str = "[...root.querySelectorAll('[part=details]')].map((node) => node.closest('article').id)";

/// A page with these tags, at an address that it is loaded from.
#[track_caller]
fn opened(body: &str, fragment: &str) -> Page {
    let page = html(body);
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" => Some(json_answer(feed("filters"))),
        _ => None,
    });
    page.go(&format!("/?1{fragment}"));
    page.shows(
        "heard.filter(([name]) => name === 'ready').length >= document.querySelectorAll('joint-events').length",
        json!(true),
    );
    page
}

#[test]
fn an_event_on_a_later_page_of_the_list_is_opened_shown_and_focused() {
    let tag = ENGLISH.replace("lang=", "limit=\"1\" lang=");
    let page = opened(
        &format!("<p style=\"height: 3000px\"></p>{tag}<p style=\"height: 3000px\"></p>"),
        "#je-webinar",
    );
    page.shows(FOCUSED, json!("Webinar"));
    page.shows(OPENED, json!(["je-webinar"]));
    page.shows(
        "card('webinar').querySelector('[part=toggle]').ariaExpanded",
        json!("true"),
    );
    // In the list's own order, and no more is drawn than that: those between come as more is shown.
    page.sees(&["Endless", "Webinar"]);
    page.shows("seen('message')", json!([]));
    // Below a header that stays on top.
    page.shows(&format!("{TOP} > 40 && {TOP} < 150"), json!(true));
    page.click("[part=more]");
    page.sees(&["Endless", "Heart reception", "Webinar"]);
    page.shows("[said, faults]", json!([[], []]));
    page.choose_province("CA-ON");
    page.sees(&["Forum"]);
}

#[test]
fn in_a_month_its_own_month_is_shown_and_its_card_below() {
    let page = opened(&ENGLISH.replace("lang=", "view=\"month\" lang="), "#je-webinar");
    page.shows(FOCUSED, json!("Webinar"));
    let months = "[card('webinar').querySelector('time').dateTime.slice(0, 7), [...root.querySelectorAll('[part=month] [data-date]')].map(({dataset}) => dataset.date)[0].slice(0, 7)]";
    page.shows(&format!("new Set({months}).size"), json!(1));
    page.shows(
        "[...root.querySelectorAll('[part=card]')].filter((node) => node.checkVisibility()).map((node) => node.id)",
        json!(["je-webinar"]),
    );
    page.shows(
        "root.querySelectorAll('.month-event[aria-expanded=true]').length",
        json!(1),
    );
}

#[test]
fn a_fragment_may_be_percent_encoded_and_change_later() {
    let page = opened(ENGLISH, "#%6a%65-forum");
    page.shows(FOCUSED, json!("Forum"));
    page.press_keys(&[TAB]);
    page.ask("(location.hash = 'je-breakfast', 0)");
    page.shows(FOCUSED, json!("Breakfast"));
    page.shows(OPENED, json!(["je-forum", "je-breakfast"]));
    page.ask("(history.back(), 0)");
    page.shows(FOCUSED, json!("Forum"));
}

#[test]
fn one_that_the_filters_keep_out_stands_first_with_a_line_until_the_selection_changes() {
    let tag = FRENCH.replace("lang=", "province=\"CA-ON\" lang=");
    let page = opened(&tag, "#je-cocktail");
    page.shows(FOCUSED, json!("Cocktail du cœur"));
    page.sees(&["Cocktail du cœur", "Forum", "Breakfast", "National day"]);
    page.shows(
        "seen('message')",
        json!(["Cet événement ne correspond pas aux filtresRevenir à la liste"]),
    );
    page.shows(
        "root.querySelector('[part=list]').firstElementChild.id",
        json!("je-cocktail"),
    );
    page.shows("seen('results')", json!(["3\u{a0}événements"]));
    page.shows("widget.events.length", json!(3));
    page.choose("theme", "talent");
    page.sees(&["Forum"]);
    page.shows("seen('message')", json!([]));
    // One that the choice brings in is a card like any other.
    page.ask("(location.hash = 'je-webinar', 0)");
    page.sees(&["Webinar", "Forum"]);
    page.choose_province("CA-ON");
    page.sees(&["Forum", "Webinar"]);
    page.shows("seen('message')", json!([]));
}

#[test]
fn the_way_back_to_the_list_keeps_the_focus_in_it() {
    let page = opened(&ENGLISH.replace("lang=", "province=\"CA-ON\" lang="), "#je-cocktail");
    page.shows(
        "seen('message')",
        json!(["This event does not match the filtersBack to the list"]),
    );
    page.click(".back");
    page.sees(&["Forum", "Breakfast", "National day"]);
    page.shows("seen('message')", json!([]));
    page.keeps_the_focus();
    page.shows("root.activeElement.closest('article').id", json!("je-forum"));
    // Where the list is empty too.
    page.search("nothing like that");
    page.sees(&[]);
    page.ask("(location.hash = 'je-webinar', 0)");
    page.sees(&["Webinar"]);
    page.click(".back");
    page.sees(&[]);
    page.keeps_the_focus();
}

#[test]
fn one_that_is_over_says_so() {
    let page = opened(ENGLISH, "#je-old");
    page.shows(FOCUSED, json!("Old times"));
    page.shows("seen('message')", json!(["This event is overBack to the list"]));
    page.shows("seen('title')[0]", json!("Old times"));
    page.set_attribute("past", "");
    page.shows("seen('message')", json!([]));
    page.shows(
        "seen('title').filter((title) => title === 'Old times').length",
        json!(1),
    );
    let page = opened(FRENCH, "#je-old");
    page.shows("seen('message')", json!(["Cet événement est passéRevenir à la liste"]));
}

#[test]
fn an_unknown_or_hostile_fragment_does_nothing() {
    for fragment in [
        "#je-nobody",
        "#je-",
        "#je-%",
        "#je-%22%3E%3Cimg%20src%3Dx%20onerror%3Dfaults.push(1)%3E",
        "#je-forum%00",
        "#je-*,*",
    ] {
        let page = opened(ENGLISH, fragment);
        page.shows("seen('title').length", json!(6));
        page.shows(
            "[said, faults, seen('details').length, seen('message'), document.activeElement === document.body, scrollY]",
            json!([[], [], 0, [], true, 0]),
        );
    }
}

#[test]
fn of_two_widgets_the_first_that_has_it_is_scrolled_to() {
    let page = opened(&[ENGLISH, ENGLISH].concat(), "#je-forum");
    page.shows(FOCUSED, json!("Forum"));
    page.shows(
        "[...document.querySelectorAll('joint-events')].map((tag) => [tag.shadowRoot.querySelectorAll('[part=details]').length, tag.shadowRoot.activeElement !== null])",
        json!([[1, true], [0, false]]),
    );
}

#[test]
fn a_widget_far_below_is_started_for_it() {
    let far = format!("<p style=\"height: 9000px\"></p>{ENGLISH}");
    let page = opened(&far, "#je-forum");
    page.shows(FOCUSED, json!("Forum"));
    page.shows("scrollY > 8000", json!(true));
}

#[test]
fn one_who_has_begun_something_else_is_left_there() {
    let gate = Gate::default();
    let opens = gate.clone();
    let page = html(&format!(
        "<input id=\"other\"><p style=\"height: 2000px\"></p>{ENGLISH}"
    ));
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" if request.query.is_empty() => {
            opens.pass();
            Some(json_answer(feed("filters")))
        }
        _ => None,
    });
    page.go("/?1#je-forum");
    page.ask("document.getElementById('other').focus()");
    gate.open();
    page.shows(OPENED, json!(["je-forum"]));
    page.shows("heard.some(([name]) => name === 'ready')", json!(true));
    page.shows("[document.activeElement.id, scrollY]", json!(["other", 0]));
    page.ask("(document.activeElement.blur(), location.hash = '', location.hash = 'je-webinar', 0)");
    page.shows(FOCUSED, json!("Webinar"));
}

#[test]
fn nothing_moves_slowly_and_a_move_of_the_tag_scrolls_nowhere() {
    let page = opened(
        &format!(
            "<style>html {{ scroll-behavior: smooth }}</style><p style=\"height: 9000px\"></p>{ENGLISH}<p style=\"height: 9000px\"></p>"
        ),
        "#je-forum",
    );
    page.shows(FOCUSED, json!("Forum"));
    // The focus comes in the same task as the scrolling.
    page.ask("(root.addEventListener('focusin', () => { window.at = scrollY; }), location.hash = 'je-breakfast', 0)");
    page.shows(FOCUSED, json!("Breakfast"));
    page.shows("window.at > 8000", json!(true));
    page.shows(&format!("{TOP} > 40 && {TOP} < 150"), json!(true));
    page.ask("(scrollTo({top: 0, behavior: 'instant'}), document.querySelector('main').append(widget), 0)");
    page.shows("[scrollY, seen('details').length]", json!([0, 2]));
}

#[test]
fn each_events_details_have_its_link_to_be_copied() {
    let page = opened(FRENCH, "#there");
    page.ask("(window.copied = [], Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: async (text) => { copied.push(text); }}}), 0)");
    page.click("#je-forum [part=toggle]");
    let link = "card('forum').querySelector('[part=details] .copy')";
    page.shows(
        &format!("[{link}?.textContent, {link}?.getAttribute('aria-label'), {link}?.getAttribute('href')]"),
        json!(["Copier le lien", "Copier le lien\u{a0}: Forum", "#je-forum"]),
    );
    page.click("#je-forum .copy");
    page.shows("copied", json!([format!("{}/?1#je-forum", page.origin())]));
    page.shows("root.querySelector('[role=status]').textContent", json!("Lien copié"));
    page.shows("location.hash", json!("#there"));
    page.shows("root.querySelectorAll('[data-copied]').length", json!(1));
    // One mark for the last that was copied.
    page.click("#je-webinar [part=toggle]");
    page.click("#je-webinar .copy");
    page.shows("copied.length", json!(2));
    page.shows(
        "card('webinar').querySelectorAll('[data-copied]').length + root.querySelectorAll('[data-copied]').length",
        json!(2),
    );
    // Where there is no clipboard it is a link, which the address then has.
    page.ask("(Object.defineProperty(navigator, 'clipboard', {value: undefined}), 0)");
    page.click("#je-forum .copy");
    page.shows("location.hash", json!("#je-forum"));
    page.shows(FOCUSED, json!("Forum"));
}

#[test]
fn a_page_with_a_base_gets_the_address_of_this_page() {
    let page = opened(
        &format!("<base href=\"/elsewhere/\">{ENGLISH}").replace("lang=", "url-state=\"je\" lang="),
        "#je-forum",
    );
    page.ask("(window.copied = [], Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: async (text) => { copied.push(text); }}}), 0)");
    page.click("#je-forum .copy");
    page.shows("copied", json!([format!("{}/?1#je-forum", page.origin())]));
    page.choose_province("CA-ON");
    page.shows("location.pathname + location.search", json!("/?1&je.province=CA-ON"));
    // The link to a selection is to no event.
    page.shows(
        "root.querySelector('.results-bar .copy').href",
        json!(format!("{}/?1&je.province=CA-ON", page.origin())),
    );
}
