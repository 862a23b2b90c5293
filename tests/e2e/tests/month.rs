//! End-to-end: a month as a table, with a pointer, with the keyboard, and where there is no room for one.
#![allow(missing_docs)]

use joint_events_e2e::key::{ENTER, ESCAPE, SPACE, TAB};
use joint_events_e2e::{Ability, Page};
use serde_json::{Value, json};

/// The keys of the grid (WebDriver, keyboard actions).
const UP: char = '\u{e013}';
const DOWN: char = '\u{e015}';
const LEFT: char = '\u{e012}';
const RIGHT: char = '\u{e014}';
const HOME: char = '\u{e011}';
const END: char = '\u{e010}';
const PAGE_UP: char = '\u{e00e}';
const PAGE_DOWN: char = '\u{e00f}';

fn event(id: &str, title: &str, start: &str, more: Value) -> Value {
    let mut event = json!({"id": id, "title": {"en": title, "fr": format!("{title} (fr)")}, "start": start,
        "timeZone": "America/Toronto", "organizers": ["lso"], "provinces": ["CA-ON"]});
    for (name, value) in more.as_object().into_iter().flatten() {
        event[name] = value.clone();
    }
    event
}

/// March 2027 begins on a Monday; June has one event more; April and May have none.
fn events() -> String {
    let events = [
        event(
            "early",
            "Early talk",
            "2027-03-02T09:00:00-05:00",
            json!({"provinces": ["CA-QC"]}),
        ),
        event(
            "night",
            "Night",
            "2027-03-05T20:00:00-05:00",
            json!({"end": "2027-03-06T01:00:00-05:00"}),
        ),
        event(
            "forum",
            "Forum",
            "2027-03-12",
            json!({"end": "2027-03-15", "description": {"en": "Four days."},
            "registration": {"url": {"en": "https://lso.example/forum"}}}),
        ),
        event(
            "gala",
            "Gala",
            "2027-03-12T19:00:00-05:00",
            json!({"status": "cancelled"}),
        ),
        event(
            "one",
            "One",
            "2027-03-23T08:00:00-04:00",
            json!({"provinces": ["CA-QC"]}),
        ),
        event("two", "Two", "2027-03-23T10:00:00-04:00", json!({})),
        event("three", "Three", "2027-03-23T12:00:00-04:00", json!({})),
        event("four", "Four", "2027-03-23T14:00:00-04:00", json!({})),
        event("five", "Five", "2027-03-23T16:00:00-04:00", json!({})),
        event("summer", "Summer day", "2027-06-09", json!({})),
    ];
    json!({"format": "joint-events", "version": "1.0", "languages": ["fr", "en"], "currency": "CAD",
        "associations": [{"id": "lso", "name": {"en": "LSO"}}],
        "provinces": [{"id": "CA-QC", "label": {"en": "Quebec"}}, {"id": "CA-ON", "label": {"en": "Ontario"}}],
        "events": events})
    .to_string()
}

/// A page of that feed on 3 March 2027, wide enough for a month.
#[track_caller]
fn opened(attributes: &str) -> Page {
    let page = Page::open(
        &format!(
            "<script>Date.now = () => Date.UTC(2027, 2, 3, 17)</script>\
             <joint-events feed=\"/feed.json\" {attributes}><a href=\"/events\">All events</a></joint-events>"
        ),
        &events(),
    );
    page.resize(1100);
    page.is_ready();
    page
}

#[track_caller]
fn english() -> Page {
    opened("lang=\"en\" view=\"month\" past")
}

const CAPTION: &str = "root.querySelector('[part=month] caption')?.textContent";
const DAY: &str = "root.activeElement?.dataset.date ?? root.activeElement?.textContent.replace(/\\s/g, ' ')";
const SHOWN: &str = "[...root.querySelectorAll('[part=list] > *')].filter((node) => node.checkVisibility()).map((node) => node.id || node.textContent)";

#[track_caller]
fn walk(page: &Page, keys: &[char], expected: &str) {
    page.press_keys(keys);
    page.shows(DAY, json!(expected));
}

#[track_caller]
fn walk_far(page: &Page, key: char, expected: &str) {
    page.press_with_control(key);
    page.shows(DAY, json!(expected));
}

#[test]
fn a_month_is_a_table_with_its_name_as_caption_and_a_row_for_each_week() {
    let page = english();
    page.shows(CAPTION, json!("March 2027"));
    page.shows(
        "(({tagName, rows}) => [tagName, rows.length, [...rows].map((row) => row.cells.length)])(root.querySelector('[part=month]'))",
        json!(["TABLE", 6, [7, 7, 7, 7, 7, 7]]),
    );
    page.shows(
        "root.getElementById(root.querySelector('[part=month]').getAttribute('aria-labelledby')).textContent",
        json!("March 2027"),
    );
    page.shows(
        "[...root.querySelectorAll('[part=month] td')].slice(0, 3).map((cell) => cell.textContent.replace(/\\s/g, ' '))",
        json!(["", "1Monday, March 1", "2Tuesday, March 2, 1 event9:00 a.m. Early talk"]),
    );
}

#[test]
fn an_event_may_have_the_id_month() {
    let page = Page::open(
        "<script>Date.now = () => Date.UTC(2027, 2, 3, 17)</script><joint-events feed=\"/feed.json\" lang=\"en\" view=\"month\"></joint-events>",
        &events().replace("\"id\":\"gala\"", "\"id\":\"month\""),
    );
    page.resize(1100);
    page.is_ready();
    page.shows(CAPTION, json!("March 2027"));
    page.shows(
        "[root.getElementById(root.querySelector('[part=month]').getAttribute('aria-labelledby')).textContent, card('month')?.localName]",
        json!(["March 2027", "article"]),
    );
}

#[test]
fn a_week_begins_on_sunday_in_both_languages_of_canada() {
    let page = english();
    let names = "[...root.querySelectorAll('[part=month] th')].map(({abbr, scope}) => scope + ' ' + abbr)";
    let sunday = [
        "col Sunday",
        "col Monday",
        "col Tuesday",
        "col Wednesday",
        "col Thursday",
        "col Friday",
        "col Saturday",
    ];
    page.shows(names, json!(sunday));
    page.set_attribute("lang", "fr");
    page.shows(&format!("{names}.slice(0, 2)"), json!(["col dimanche", "col lundi"]));
    page.shows(CAPTION, json!("Mars 2027"));
}

#[test]
fn today_is_marked() {
    let page = english();
    page.shows(
        "[...root.querySelectorAll('[aria-current=date]')].map((cell) => cell.dataset.date)",
        json!(["2027-03-03"]),
    );
    page.click("[aria-label='Next month']");
    page.shows("root.querySelectorAll('[aria-current=date]').length", json!(0));
}

#[test]
fn an_event_of_several_days_lies_over_them_and_goes_on_in_the_next_week() {
    let page = english();
    // Friday and Saturday, then Sunday and Monday.
    let bars = "[...root.querySelectorAll('.month-event')].filter((bar) => bar.textContent === 'Forum').map((bar) => \
        [bar.closest('td').dataset.date, bar.dataset.span, 'begins' in bar.dataset, 'ends' in bar.dataset])";
    page.shows(
        bars,
        json!([["2027-03-12", "2", true, false], ["2027-03-14", "2", false, true]]),
    );
    page.shows(
        "(() => { const [bar] = [...root.querySelectorAll('.month-event')].filter((bar) => bar.textContent === 'Forum'); \
          const {left} = root.querySelector('[data-date=\"2027-03-12\"]').getBoundingClientRect(); \
          const {right} = root.querySelector('[data-date=\"2027-03-13\"]').getBoundingClientRect(); \
          const own = bar.getBoundingClientRect(); return [own.left - left < 6, Math.abs(right - own.right) < 6]; })()",
        json!([true, true]),
    );
    page.shows(
        "['2027-03-11', '2027-03-12', '2027-03-13', '2027-03-15', '2027-03-16'].map((day) => root.querySelector(`[data-date='${day}'] .visually-hidden`).textContent)",
        json!([
            "Thursday, March 11", "Friday, March 12, 2 events", "Saturday, March 13, 1 event", "Monday, March 15, 1 event",
            "Tuesday, March 16"
        ]),
    );
}

#[test]
fn an_evening_past_midnight_is_an_event_of_one_day() {
    let page = english();
    page.shows(
        "[...root.querySelectorAll('.month-event')].filter((bar) => bar.textContent.endsWith('Night')).map((bar) => bar.dataset.days)",
        json!(["5 "]),
    );
}

#[test]
fn an_event_opens_its_own_card_below_with_its_details_and_closes_it() {
    let page = english();
    page.shows(SHOWN, json!([]));
    page.click("[data-days='12 13 ']");
    page.shows(SHOWN, json!(["je-forum"]));
    page.shows("within('forum', 'details').length", json!(1));
    page.shows("within('forum', 'register')", json!(["Register"]));
    page.shows("root.activeElement?.id", json!("je-forum"));
    let expanded = "[...root.querySelectorAll('.month-event[aria-expanded=true]')].map((bar) => bar.dataset.days)";
    page.shows(expanded, json!(["12 13 ", "14 15 "]));
    page.shows("root.querySelectorAll('#je-forum').length", json!(1));
    page.click("[data-days='14 15 ']");
    page.shows(SHOWN, json!([]));
    page.shows(expanded, json!([]));
    page.keeps_the_focus();
}

#[test]
fn a_day_with_many_events_counts_the_further_ones_and_opens_all_of_them() {
    let page = english();
    let more = "root.querySelector('.month-more')";
    page.shows(
        &format!("[{more}.textContent, {more}.ariaLabel]"),
        json!(["+2", "+2: Tuesday, March 23"]),
    );
    page.click(".month-more");
    page.shows(SHOWN, json!(["je-one", "je-two", "je-three", "je-four", "je-five"]));
    page.shows("root.activeElement?.textContent", json!("Tuesday, March 23, 2027"));
    page.shows("root.activeElement?.localName", json!("h2"));
    page.click(".month-more");
    page.shows(SHOWN, json!([]));
}

#[test]
fn what_is_open_is_there_however_few_cards_the_list_shows() {
    let page = opened("lang=\"en\" view=\"month\" past limit=\"1\"");
    page.click("[data-days='12 13 ']");
    page.shows(SHOWN, json!(["je-forum"]));
}

#[test]
fn the_keyboard_goes_from_day_to_day_and_on_into_other_months() {
    let page = english();
    page.shows(
        "root.querySelectorAll('[part=month] [tabindex=\"0\"]').length",
        json!(1),
    );
    page.ask("root.querySelector('[part=month] [tabindex=\"0\"]').focus()");
    page.shows(DAY, json!("2027-03-03"));
    walk(&page, &[RIGHT], "2027-03-04");
    walk(&page, &[DOWN], "2027-03-11");
    walk(&page, &[LEFT], "2027-03-10");
    walk(&page, &[UP], "2027-03-03");
    walk(&page, &[HOME], "2027-03-01");
    walk(&page, &[END], "2027-03-06");
    walk_far(&page, END, "2027-03-31");
    page.shows(
        "root.querySelectorAll('[part=month] [tabindex=\"0\"]').length",
        json!(1),
    );
    walk(&page, &[RIGHT], "2027-04-01");
    page.shows(CAPTION, json!("April 2027"));
    walk(&page, &[UP], "2027-03-25");
    walk_far(&page, HOME, "2027-03-01");
    walk(&page, &[PAGE_UP], "2027-02-01");
    page.shows(CAPTION, json!("February 2027"));
    walk(&page, &[PAGE_DOWN, PAGE_DOWN], "2027-04-01");
    page.shows(
        "root.querySelector('[role=status]').textContent.trim()",
        json!("April 2027, 0 events"),
    );
}

#[test]
fn enter_leads_into_a_day_and_escape_back() {
    let page = english();
    page.ask("root.querySelector('[part=month] [data-date=\"2027-03-23\"]').focus()");
    walk(&page, &[ENTER], "8:00 a.m. One");
    walk(&page, &[DOWN], "10:00 a.m. Two");
    walk(&page, &[UP, UP], "+2");
    walk(&page, &[RIGHT], "8:00 a.m. One");
    walk(&page, &[ESCAPE], "2027-03-23");
    // On a day over which a bar lies that begins in another cell.
    page.ask("root.querySelector('[part=month] [data-date=\"2027-03-13\"]').focus()");
    walk(&page, &[SPACE], "Forum");
    walk(&page, &[ESCAPE], "2027-03-13");
    page.press_keys(&[ENTER, ENTER]);
    page.shows("root.activeElement?.id", json!("je-forum"));
    page.press_keys(&[TAB]);
    page.shows("root.activeElement?.getAttribute('part')", json!("register"));
    page.press_back();
    page.shows(DAY, json!("2027-03-13"));
}

#[test]
fn a_month_without_events_leads_to_the_next_that_has_some() {
    let page = english();
    page.shows("root.querySelector('.month-skip')", json!(null));
    page.click("[aria-label='Next month']");
    page.shows(
        "root.querySelector('.month-skip')?.textContent",
        json!("Next event: June 9"),
    );
    page.click(".month-skip");
    page.shows(CAPTION, json!("June 2027"));
    page.shows(DAY, json!("2027-06-09"));
    page.shows(
        "root.querySelector('[role=status]').textContent.trim()",
        json!("June 2027, 1 event"),
    );
    page.click("[aria-label='Next month']");
    page.shows(
        "root.querySelector('.month-skip')?.textContent",
        json!("Previous event: June 9"),
    );
    page.set_attribute("lang", "fr");
    page.shows(
        "root.querySelector('.month-skip')?.textContent.replace(/\\s/g, ' ')",
        json!("Événement précédent : 9 juin"),
    );
    page.ask(
        "[...root.querySelectorAll('.month-turn')].find(({textContent}) => textContent === 'Aujourd’hui').click()",
    );
    page.shows(CAPTION, json!("Mars 2027"));
    page.shows(
        "root.querySelector('[part=month] [tabindex=\"0\"]').dataset.date",
        json!("2027-03-03"),
    );
}

#[test]
fn a_visitor_switches_between_list_and_month() {
    let page = opened("lang=\"fr\"");
    let switch = "[...root.querySelectorAll('.view-button')].map((button) => [button.textContent, button.ariaLabel.replace(/\\s/g, ' '), button.ariaPressed])";
    page.shows(
        switch,
        json!([
            ["Liste", "Affichage : Liste", "true"],
            ["Mois", "Affichage : Mois", "false"]
        ]),
    );
    page.shows(CAPTION, json!(null));
    page.click(".view-button:last-child");
    page.shows(CAPTION, json!("Mars 2027"));
    page.shows(
        &format!("{switch}.map(([,, pressed]) => pressed)"),
        json!(["false", "true"]),
    );
    page.shows(SHOWN, json!([]));
    page.keeps_the_focus();
    page.click(".view-button");
    page.shows(CAPTION, json!(null));
    page.shows(&format!("{SHOWN}.length > 8"), json!(true));
    page.ask("widget.view = 'month'");
    page.shows(CAPTION, json!("Mars 2027"));
    page.shows("widget.getAttribute('view')", json!("month"));
}

#[test]
fn filters_and_search_narrow_the_month_as_they_do_the_list() {
    let page = english();
    let titles = "[...root.querySelectorAll('.month-event span[dir]')].map(({textContent}) => textContent)";
    page.choose_province("CA-QC");
    page.shows(titles, json!(["Early talk", "One"]));
    page.shows("seen('results')", json!(["2 events"]));
    page.search("talk");
    page.shows(titles, json!(["Early talk"]));
    page.search("summer");
    page.shows(titles, json!([]));
    page.choose_province("CA-QC");
    page.shows(
        "root.querySelector('.month-skip')?.textContent",
        json!("Next event: June 9"),
    );
}

#[test]
fn the_month_opens_on_the_first_that_is_chosen_in_the_facet() {
    let page = opened("lang=\"en\" view=\"month\" filters=\"month\"");
    page.choose("month", "2027-06");
    page.shows(CAPTION, json!("June 2027"));
    page.choose("month", "2027-06");
    page.shows(CAPTION, json!("March 2027"));
}

#[test]
fn what_is_over_or_cancelled_steps_back() {
    let page = english();
    let own = "(title) => [...root.querySelectorAll('.month-event')].find((bar) => bar.textContent.includes(title))";
    page.shows(
        &format!("['Early', 'Gala', 'Night'].map({own}).map((bar) => ['past' in bar.dataset, bar.dataset.status, bar.textContent.replace(/\\s/g, ' ')])"),
        json!([
            [true, "scheduled", "9:00 a.m. Early talk"],
            [false, "cancelled", "7:00 p.m. Gala (Cancelled)"],
            [false, "scheduled", "8:00 p.m. Night"]
        ]),
    );
    page.shows(
        &format!("(() => {{ const color = (title) => getComputedStyle(({own})(title)).color; return [color('Gala') === color('Early'), color('Gala') === color('Night')]; }})()"),
        json!([true, false]),
    );
}

#[test]
fn where_there_is_no_room_for_a_month_the_list_is_shown() {
    let page = english();
    let seen =
        "['.month-view', '.views', '#je-forum'].map((selector) => root.querySelector(selector).checkVisibility())";
    page.shows(seen, json!([true, true, false]));
    page.resize(500);
    page.shows("innerWidth", json!(500));
    page.shows(seen, json!([false, false, true]));
    page.resize(320);
    page.shows("innerWidth", json!(320));
    page.shows("document.documentElement.scrollWidth > innerWidth", json!(false));
    page.shows(&format!("{SHOWN}.length > 8"), json!(true));
}

#[test]
fn paper_has_the_list() {
    let page = english();
    if !page.can(Ability::Print, "the month on paper") {
        return;
    }
    page.print();
    page.shows(
        "['.month-view', '#je-forum'].map((selector) => root.querySelector(selector).checkVisibility())",
        json!([false, true]),
    );
}

#[test]
fn the_focus_stays_in_the_month_when_it_is_made_anew() {
    let page = english();
    page.click("[aria-label='Next month']");
    page.shows(CAPTION, json!("April 2027"));
    page.shows("root.activeElement?.ariaLabel", json!("Next month"));
    page.ask("root.querySelector('[part=month] [data-date=\"2027-04-07\"]').focus()");
    page.ask("widget.province = 'CA-QC'");
    page.shows("seen('results')", json!(["2 events"]));
    page.shows(DAY, json!("2027-04-07"));
    page.ask("widget.province = null");
    page.ask("root.querySelector('[aria-label=\"Previous month\"]').click()");
    page.shows(CAPTION, json!("March 2027"));
    page.ask("root.querySelector('[data-days=\"12 13 \"]').focus()");
    page.ask("widget.province = 'CA-QC'");
    page.shows("seen('results')", json!(["2 events"]));
    page.shows(DAY, json!("2027-03-12"));
}
