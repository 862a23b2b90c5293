//! End-to-end: a selection that the page's address has, is shared by, and is brought back from.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, FRENCH, Page, feed, html, html_answer, json_answer};
use serde_json::json;

/// Notes what is asked of the history and of the window's listeners, before any other script.
const SPY: &str = "<script>window.written = []; window.listening = [];
for (const name of ['pushState', 'replaceState']) { const was = History.prototype[name];
  History.prototype[name] = function (...given) { written.push(name); return Reflect.apply(was, this, given); }; }
for (const name of ['addEventListener', 'removeEventListener']) { const was = window[name];
  window[name] = function (kind, ...given) { if (/popstate|hashchange/.test(kind)) listening.push(name.replace('EventListener', ' ') + kind);
    return Reflect.apply(was, this, [kind, ...given]); }; }</script>";

/// A clipboard that takes what it is given, or refuses it.
const CLIPBOARD: &str = "(window.copied = [], Object.defineProperty(navigator, 'clipboard', {configurable: true, value: \
    {writeText: async (text) => { if (window.refuses) throw new Error('no'); copied.push(text); }}}), 0)";

const SEARCH: &str = "location.search";

fn shared(tag: &str) -> String {
    tag.replace("lang=", "url-state=\"je\" lang=")
}

/// A page with these tags, at an address.
#[track_caller]
fn opened(body: &str, address: &str) -> Page {
    let page = html(&format!("{SPY}{body}"));
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" => Some(json_answer(feed("filters"))),
        _ => None,
    });
    page.go(address);
    page.shows(
        "widget?.status ?? root?.querySelector('.base').dataset.state",
        json!("ready"),
    );
    page.shows("heard.some(([name]) => name === 'ready')", json!(true));
    page
}

#[track_caller]
fn english(address: &str) -> Page {
    opened(&shared(ENGLISH), address)
}

#[test]
fn each_choice_is_a_parameter_and_an_entry_of_the_history() {
    let page = english("/");
    page.choose_province("CA-QC");
    page.shows(SEARCH, json!("?je.province=CA-QC"));
    page.choose_province("CA-ON");
    page.shows(SEARCH, json!("?je.province=CA-QC&je.province=CA-ON"));
    page.choose("theme", "financing");
    page.shows(SEARCH, json!("?je.province=CA-QC&je.province=CA-ON&je.theme=financing"));
    page.choose_province("CA-QC");
    page.shows(SEARCH, json!("?je.province=CA-ON&je.theme=financing"));
    page.shows("heard.at(-1)[0]", json!("filter"));
    page.shows("written", json!(["pushState", "pushState", "pushState", "pushState"]));
}

#[test]
fn what_is_typed_is_in_the_address_by_the_time_the_host_hears_of_it_and_is_no_entry() {
    let page = english("/");
    page.ask("(addEventListener('joint-events:filter', () => { window.then = location.search; }), 0)");
    // In one go: a slow machine would take more time between two commands than typing takes to settle.
    page.ask("(['c', 'cœur & ', 'cœur & co'].forEach((words) => { const field = root.querySelector('[part=search]'); field.value = words; \
        field.dispatchEvent(new Event('input', {bubbles: true})); }), 0)");
    page.shows("window.then", json!("?je.q=c%C5%93ur%20%26%20co"));
    page.shows("written", json!(["replaceState"]));
    page.search("");
    page.shows(SEARCH, json!(""));
    page.shows("written", json!(["replaceState", "replaceState"]));
}

#[test]
fn back_and_forward_select_again_and_tell_the_host_and_the_visitor() {
    let page = english("/");
    // In one go: a slow machine would take more time between two commands than a choice takes to settle.
    page.ask(
        "(root.querySelector('input[name=province][value=\"CA-QC\"]').click(), \
         root.querySelector('input[name=theme][value=financing]').click(), 0)",
    );
    page.sees(&["Heart reception"]);
    page.shows("heard.filter(([name]) => name === 'filter').length", json!(1));
    page.ask("(history.back(), 0)");
    page.sees(&["Heart reception", "National day"]);
    page.shows(
        "root.querySelector('[name=province][value=\"CA-QC\"]').checked",
        json!(true),
    );
    page.shows(
        "[heard.at(-1)[0], heard.at(-1)[1].theme, heard.at(-1)[1].shown]",
        json!(["filter", [], 2]),
    );
    page.shows("root.querySelector('[role=status]').textContent", json!("2 events"));
    page.ask("(history.back(), 0)");
    page.shows("[seen('title').length, location.search]", json!([6, ""]));
    page.ask("(history.go(2), 0)");
    page.sees(&["Heart reception"]);
    page.shows(SEARCH, json!("?je.province=CA-QC&je.theme=financing"));
    page.shows("[heard.at(-1)[0], heard.at(-1)[1].shown]", json!(["filter", 1]));
    // What came back is in the address already.
    page.shows("written", json!(["pushState", "pushState"]));
}

#[test]
fn all_else_in_the_address_and_the_pages_state_stay_as_they_are() {
    let page = english("/?b=%c3%a9+%20&&flag&je=1&je.other=x&a=1#sec%74ion");
    page.ask("(history.replaceState({own: 1}, ''), written.length = 0)");
    page.choose_province("CA-QC");
    page.shows(
        "location.href.slice(location.origin.length)",
        json!("/?b=%c3%a9+%20&&flag&je=1&je.other=x&a=1&je.province=CA-QC#sec%74ion"),
    );
    page.shows("history.state", json!({"own": 1}));
    page.click("[part=clear]");
    page.shows(
        "location.href.slice(location.origin.length)",
        json!("/?b=%c3%a9+%20&&flag&je=1&je.other=x&a=1#sec%74ion"),
    );
    page.shows("written", json!(["pushState", "pushState"]));
}

#[test]
fn a_selection_in_the_address_comes_before_that_of_the_attributes() {
    let tag = shared(ENGLISH).replace(
        "lang=",
        "theme=\"talent\" filters=\"search province theme month\" lang=",
    );
    let page = opened(
        &tag,
        "/?je.province=CA-QC&je.theme=financing&je.q=coeur&je.month=2099-01",
    );
    page.sees(&["Heart reception"]);
    page.shows("root.querySelector('[part=search]').value", json!("coeur"));
    page.shows(
        "[...root.querySelectorAll('[data-chosen] input')].map(({value}) => value)",
        json!(["CA-QC", "financing", "2099-01"]),
    );
    page.shows("heard", json!([["ready", {"shown": 1, "total": 8, "skipped": 0}]]));
    page.shows("root.querySelector('[role=status]').textContent", json!(""));
    // Without one it is the attributes' own.
    page.go("/");
    page.sees(&["Forum", "Webinar"]);
    page.shows("[location.search, written]", json!(["", []]));
    // To choose nothing is another selection than theirs, which takes a word.
    page.click("[part=clear]");
    page.shows("[seen('title').length, location.search]", json!([6, "?je.q="]));
    page.go("/?je.q=");
    page.shows("seen('title').length", json!(6));
}

#[test]
fn garbage_is_ignored_and_stays_until_the_visitor_chooses() {
    let garbage = "je.province=XX&je.theme=&je.theme=__proto__&je.organizer=%E9&je.format=%&je.nothing=1&je.=1&je.theme=talent&je.theme=talent&je.q=%0A%00";
    let page = english(&format!("/?{garbage}"));
    page.sees(&["Forum", "Webinar"]);
    page.shows("location.search.slice(1)", json!(garbage));
    page.choose("theme", "talent");
    page.shows(SEARCH, json!("?je.nothing=1&je.=1"));
    page.shows("[said, faults, written]", json!([[], [], ["pushState"]]));
    // Ten thousand parameters, and one that is a hundred thousand letters long.
    page.ask(
        "(history.replaceState(null, '', '?' + Array.from({length: 10000}, (_, n) => 'je.theme=x' + n).join('&') \
        + '&je.q=' + 'a'.repeat(100000)), 0)",
    );
    page.ask("(window.gone = widget, widget.remove(), 0)");
    page.ask("(document.querySelector('main').append(gone), heard.length = 0)");
    page.shows("[heard[0]?.[0], seen('title').length]", json!(["ready", 6]));
    page.shows("[said, faults]", json!([[], []]));
}

#[test]
fn the_view_and_the_month_that_is_shown_are_in_the_address() {
    const MONTH: &str = "[widget.status, root.querySelector('[part=month] caption')?.textContent.trim() ?? '']";
    let page = english("/?je.view=month&je.month=2099-01&je.month=2099-13&je.view=week");
    page.shows(MONTH, json!(["ready", "January 2099"]));
    page.click(".month-turn:last-child");
    page.shows(MONTH, json!(["ready", "February 2099"]));
    page.shows(SEARCH, json!("?je.view=month&je.month=2099-02"));
    page.click(".view-button");
    page.shows(MONTH, json!(["ready", ""]));
    page.shows(SEARCH, json!(""));
    page.ask("(history.back(), 0)");
    page.shows(MONTH, json!(["ready", "February 2099"]));
    page.ask("(history.back(), 0)");
    page.shows(MONTH, json!(["ready", "January 2099"]));
    page.shows("[said, faults]", json!([[], []]));
}

#[test]
fn what_is_locked_or_not_offered_is_neither_read_nor_written() {
    let tag = shared(ENGLISH).replace(
        "lang=",
        "province=\"CA-ON\" locked=\"province search\" filters=\"province theme search\" format=\"hybrid\" lang=",
    );
    let page = opened(&tag, "/?je.province=CA-QC&je.q=heart&je.format=online");
    page.sees(&["Forum"]);
    page.choose("theme", "talent");
    page.shows(
        SEARCH,
        json!("?je.province=CA-QC&je.q=heart&je.format=online&je.theme=talent"),
    );
    page.click("[part=clear]");
    page.shows(SEARCH, json!("?je.province=CA-QC&je.q=heart&je.format=online"));
    page.sees(&["Forum"]);
}

#[test]
fn each_widget_of_a_page_has_its_own_prefix() {
    let other = ENGLISH.replace("lang=", "url-state=\"x-2\" limit=\"1\" lang=");
    let page = opened(&format!("{}{other}", shared(ENGLISH)), "/?x-2.theme=talent");
    let second = "document.querySelectorAll('joint-events')[1]";
    page.shows("heard.length", json!(2));
    page.shows("seen('title').length", json!(6));
    page.shows(&format!("{second}.events.length"), json!(2));
    page.ask(&format!("{second}.shadowRoot.querySelector('[part=more]').click()"));
    page.choose_province("CA-QC");
    page.shows(SEARCH, json!("?x-2.theme=talent&je.province=CA-QC"));
    page.ask(&format!(
        "{second}.shadowRoot.querySelector('[name=theme][value=financing]').click()"
    ));
    page.shows(SEARCH, json!("?je.province=CA-QC&x-2.theme=talent&x-2.theme=financing"));
    page.shows("heard.filter(([name]) => name === 'filter').length", json!(2));
    page.ask("(history.back(), 0)");
    page.shows(&format!("{second}.events.length"), json!(2));
    page.shows("heard.filter(([name]) => name === 'filter').length", json!(3));
    // The first has what it had: nothing of it is begun anew.
    page.shows("seen('title').length", json!(2));
}

#[test]
fn a_prefix_that_is_none_is_told_once_and_changes_nothing() {
    let page = opened(
        &ENGLISH.replace("lang=", "url-state=\"je.\" lang="),
        "/?je..province=CA-QC",
    );
    page.shows("seen('title').length", json!(6));
    page.shows(
        "said",
        json!(["warn: <joint-events> url-state: expected a letter, then letters, digits, _ and -, found \"je.\""]),
    );
    page.choose_province("CA-QC");
    page.shows("heard.at(-1)[0]", json!("filter"));
    page.shows("[written, said.length]", json!([[], 1]));
}

#[test]
fn a_prefix_may_come_later_and_go_again() {
    let page = opened(ENGLISH, "/?je.province=CA-QC");
    page.shows("seen('title').length", json!(6));
    page.set_attribute("url-state", "je");
    page.sees(&["Heart reception", "National day"]);
    page.shows("[written, root.querySelectorAll('.copy').length]", json!([[], 1]));
    page.ask("widget.urlState = null");
    page.shows("root.querySelectorAll('.copy').length", json!(0));
    page.choose("theme", "financing");
    page.sees(&["Heart reception"]);
    page.shows("heard.at(-1)[0]", json!("filter"));
    page.shows("[written, location.search]", json!([[], "?je.province=CA-QC"]));
}

#[test]
fn a_twin_has_it_too_and_an_attribute_that_changes_is_followed() {
    let twin = "<div data-joint-events data-feed=\"/feed.json\" data-lang=\"en\" data-url-state=\"je\"></div>";
    let page = opened(twin, "/?je.theme=financing");
    page.sees(&["Heart reception", "Forum"]);
    page.choose_province("CA-QC");
    page.shows(SEARCH, json!("?je.province=CA-QC&je.theme=financing"));
    page.ask("(widget.dataset.province = 'CA-ON', 0)");
    page.sees(&["Forum"]);
    page.shows(SEARCH, json!("?je.province=CA-ON&je.theme=financing"));
}

#[test]
fn a_history_that_refuses_leaves_a_widget_that_filters_and_a_link_that_leads_there() {
    let page = english("/");
    page.ask("(history.pushState = history.replaceState = () => { throw new DOMException('100 per 30 seconds', 'SecurityError'); }, 0)");
    page.choose_province("CA-QC");
    page.sees(&["Heart reception", "National day"]);
    page.search("heart");
    page.sees(&["Heart reception"]);
    page.shows("heard.at(-1)[0]", json!("filter"));
    page.shows("[location.search, said, faults]", json!(["", [], []]));
    page.shows(
        "root.querySelector('.copy').href.slice(location.origin.length)",
        json!("/?je.province=CA-QC&je.q=heart"),
    );
}

#[test]
fn a_page_that_tells_of_its_history_at_once_keeps_a_widget_that_filters() {
    let page = english("/");
    page.ask(
        "(['pushState', 'replaceState'].forEach((name) => { const change = history[name]; \
         history[name] = (...words) => { change.apply(history, words); dispatchEvent(new PopStateEvent('popstate')); }; }), 0)",
    );
    page.choose_province("CA-QC");
    page.shows("location.search", json!("?je.province=CA-QC"));
    page.search("heart");
    page.sees(&["Heart reception"]);
    page.shows("location.search", json!("?je.province=CA-QC&je.q=heart"));
    page.shows("[widget.status, said, faults]", json!(["ready", [], []]));
}

#[test]
fn without_the_attribute_neither_address_nor_history_are_touched() {
    let page = opened(ENGLISH, "/?je.province=CA-QC&a=1#there");
    page.ask(CLIPBOARD);
    let entries = page.ask("history.length");
    page.choose_province("CA-ON");
    page.search("forum");
    page.sees(&["Forum"]);
    page.shows("heard.at(-1)[0]", json!("filter"));
    page.click("[part=clear]");
    page.click("#je-forum [part=toggle]");
    page.shows("seen('details').length", json!(1));
    page.click("#je-forum .copy");
    page.shows("copied.length", json!(1));
    page.shows(
        "[written, location.href.slice(location.origin.length), history.length, history.state]",
        json!([[], "/?je.province=CA-QC&a=1#there", entries, null]),
    );
    page.shows("[...new Set(listening)]", json!(["add hashchange"]));
    page.shows("root.querySelectorAll('.results-bar .copy').length", json!(0));
}

#[test]
fn what_is_taken_away_leaves_no_listener() {
    let page = english("/");
    page.ask("(window.gone = widget, widget.remove(), 0)");
    page.shows("gone.shadowRoot.querySelectorAll('[part=card]').length", json!(0));
    page.shows(
        "[...new Set(listening)].sort()",
        json!(["add hashchange", "add popstate", "remove hashchange", "remove popstate"]),
    );
    page.ask("(history.pushState(null, '', '?je.province=CA-QC'), history.back(), 0)");
    page.shows(SEARCH, json!(""));
    page.shows("[said, faults]", json!([[], []]));
}

#[test]
fn a_visitor_copies_the_link_to_what_they_chose_and_hears_that_it_was() {
    let page = opened(&shared(FRENCH), "/?a=1#there");
    page.ask(CLIPBOARD);
    page.shows("root.querySelectorAll('.copy').length", json!(0));
    page.choose_province("CA-QC");
    let link = "root.querySelector('.results-bar .copy')";
    page.shows(
        &format!("{link}?.textContent"),
        json!("Copier le lien de cette sélection"),
    );
    page.shows(
        &format!("{link}.href"),
        json!(format!("{}/?a=1&je.province=CA-QC#there", page.origin())),
    );
    // Once the number of results is announced.
    page.shows("heard.at(-1)[0]", json!("filter"));
    page.click(".results-bar .copy");
    page.shows(
        "copied",
        json!([format!("{}/?a=1&je.province=CA-QC#there", page.origin())]),
    );
    page.shows("root.querySelector('[role=status]').textContent", json!("Lien copié"));
    page.shows(&format!("{link}.hasAttribute('data-copied')"), json!(true));
    page.keeps_the_focus();
    page.search("heart");
    page.shows(
        &format!("{link}.href"),
        json!(format!("{}/?a=1&je.province=CA-QC&je.q=heart#there", page.origin())),
    );
    page.shows("heard.at(-1)[1].search", json!("heart"));
    page.click(".results-bar .copy");
    page.shows(
        "root.querySelector('[role=status]').textContent.trim()",
        json!("Lien copié"),
    );
    page.click("[part=clear]");
    page.shows("root.querySelectorAll('.copy').length", json!(0));
}

#[test]
fn where_nothing_can_be_copied_the_link_is_followed() {
    for clipboard in [
        "(Object.defineProperty(navigator, 'clipboard', {value: undefined}), 0)",
        "(Object.defineProperty(navigator, 'clipboard', {value: {writeText: async () => { throw new Error('no'); }}}), 0)",
    ] {
        let page = english("/");
        page.ask(clipboard);
        page.choose_province("CA-QC");
        page.shows("heard.at(-1)[0]", json!("filter"));
        page.ask("(history.replaceState(null, '', '/'), 0)");
        page.click(".results-bar .copy");
        page.shows("[location.search, window.written]", json!(["?je.province=CA-QC", []]));
        page.sees(&["Heart reception", "National day"]);
    }
}

#[test]
fn in_a_frame_it_is_the_frames_own_address() {
    let page = Page::open_site(|request| match request.path.as_str() {
        "/" => Some(html_answer(html(
            "<iframe src=\"/frame.html?feed=/feed.json&amp;lang=en&amp;url-state=je\" width=\"600\" height=\"600\"></iframe>",
        ))),
        "/feed.json" => Some(json_answer(feed("filters"))),
        _ => None,
    });
    page.enter_frame(0);
    page.shows("widget?.status", json!("ready"));
    page.choose_province("CA-QC");
    page.sees(&["Heart reception", "National day"]);
    page.shows(SEARCH, json!("?feed=/feed.json&lang=en&url-state=je&je.province=CA-QC"));
    page.ask("(history.back(), 0)");
    page.shows("seen('title').length", json!(6));
    page.leave_frame();
    page.shows("location.search", json!(""));
}
