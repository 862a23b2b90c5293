//! End-to-end: an event is when it is where it takes place, wherever its visitor's clock stands.
#![allow(missing_docs)]

use std::time::Duration;

use joint_events_e2e::{ENGLISH, Page, in_seconds, keeps};
use serde_json::{Value, json};

/// Clocks that go forward on 8 March 2099 and back on 1 November, in Toronto and St John's; each event with its title,
/// its zone, its start, its end or none, and what is said of it in English and in French.
const TABLE: [[&str; 6]; 15] = [
    [
        "Evening",
        "America/Toronto",
        "2099-07-09T18:30:00-04:00",
        "2099-07-09T21:00:00-04:00",
        "Thursday, July 9, 2099, 6:30–9:00 p.m. EDT",
        "jeudi 9 juillet 2099, 18 h 30 – 21 h HAE",
    ],
    [
        "Until midnight",
        "America/Toronto",
        "2099-07-10T20:00:00-04:00",
        "2099-07-11T00:00:00-04:00",
        "Friday, July 10, 2099 at 8:00 p.m.–Saturday, July 11, 2099 at 12:00 a.m. EDT",
        "vendredi 10 juillet 2099 à 20 h – samedi 11 juillet 2099 à 0 h HAE",
    ],
    [
        "From midnight",
        "America/Toronto",
        "2099-07-12T00:00:00-04:00",
        "2099-07-12T01:30:00-04:00",
        "Sunday, July 12, 2099, 12:00–1:30 a.m. EDT",
        "dimanche 12 juillet 2099, 0 h – 1 h 30 HAE",
    ],
    [
        "Day",
        "America/Toronto",
        "2099-07-13",
        "",
        "Monday, July 13, 2099",
        "lundi 13 juillet 2099",
    ],
    [
        "One day",
        "America/Toronto",
        "2099-07-14",
        "2099-07-14",
        "Tuesday, July 14, 2099",
        "mardi 14 juillet 2099",
    ],
    [
        "Days across the gap",
        "America/Toronto",
        "2099-03-07",
        "2099-03-09",
        "Saturday, March 7–Monday, March 9, 2099",
        "samedi 7 mars – lundi 9 mars 2099",
    ],
    [
        "Across the gap",
        "America/Toronto",
        "2099-03-07T22:00:00-05:00",
        "2099-03-08T04:00:00-04:00",
        "Saturday, March 7, 2099 at 10:00 p.m. EST – Sunday, March 8, 2099 at 4:00 a.m. EDT",
        "samedi 7 mars 2099 à 22 h HNE – dimanche 8 mars 2099 à 4 h HAE",
    ],
    [
        "In the gap",
        "America/Toronto",
        "2099-03-08T02:30:00-05:00",
        "",
        "Sunday, March 8, 2099 at 2:30 a.m. EDT",
        "dimanche 8 mars 2099 à 2 h 30 HAE",
    ],
    [
        "First half past one",
        "America/Toronto",
        "2099-11-01T01:30:00-04:00",
        "",
        "Sunday, November 1, 2099 at 1:30 a.m. EDT",
        "dimanche 1er novembre 2099 à 1 h 30 HAE",
    ],
    [
        "Second half past one",
        "America/Toronto",
        "2099-11-01T01:30:00-05:00",
        "",
        "Sunday, November 1, 2099 at 1:30 a.m. EST",
        "dimanche 1er novembre 2099 à 1 h 30 HNE",
    ],
    [
        "Across the fold",
        "America/Toronto",
        "2099-11-01T01:40:00-04:00",
        "2099-11-01T01:10:00-05:00",
        "Sunday, November 1, 2099 at 1:40 a.m. EDT – Sunday, November 1, 2099 at 1:10 a.m. EST",
        "dimanche 1er novembre 2099 à 1 h 40 HAE – dimanche 1er novembre 2099 à 1 h 10 HNE",
    ],
    [
        "Days across the fold",
        "America/Toronto",
        "2099-10-31T09:00:00-04:00",
        "2099-11-02T17:00:00-05:00",
        "Saturday, October 31, 2099 at 9:00 a.m. EDT – Monday, November 2, 2099 at 5:00 p.m. EST",
        "samedi 31 octobre 2099 à 9 h HAE – lundi 2 novembre 2099 à 17 h HNE",
    ],
    [
        "In Newfoundland",
        "America/St_Johns",
        "2099-07-09T18:30:00-02:30",
        "2099-07-09T19:00:00-02:30",
        "Thursday, July 9, 2099, 6:30–7:00 p.m. NDT",
        "jeudi 9 juillet 2099, 18 h 30 – 19 h HAT",
    ],
    [
        "Next year",
        "America/Halifax",
        "2099-12-31T23:00:00-04:00",
        "2100-01-01T02:00:00-04:00",
        "Thursday, December 31, 2099 at 11:00 p.m.–Friday, January 1, 2100 at 2:00 a.m. AST",
        "jeudi 31 décembre 2099 à 23 h – vendredi 1er janvier 2100 à 2 h HNA",
    ],
    [
        "Nowhere",
        "America/Nowhere",
        "2099-07-15T09:00:00-04:00",
        "",
        "Wednesday, July 15, 2099 at 9:00 a.m. UTC-04:00",
        "mercredi 15 juillet 2099 à 9 h UTC-04:00",
    ],
];

/// What older words there are for, each with a script that has `Intl` say it.
const OLDER: [(&str, &str); 2] = [
    (
        "Days across the gap",
        "new Intl.DateTimeFormat('fr-CA', {dateStyle: 'full', timeZone: 'UTC'}) \
         .formatRange(Date.UTC(2099, 2, 7), Date.UTC(2099, 2, 9)).replace(/\\s/g, ' ')",
    ),
    (
        "Next year",
        "'jeudi 31 décembre 2099 à 23 h – vendredi 1er janvier 2100 à 2 h ' + \
         new Intl.DateTimeFormat('fr-CA', {timeZone: 'America/Halifax', timeZoneName: 'short'}) \
         .formatToParts(Date.UTC(2100, 0, 1, 3)).find(({type}) => type === 'timeZoneName').value",
    ),
];

fn table() -> String {
    let events: Vec<Value> = TABLE
        .iter()
        .enumerate()
        .map(|(number, [title, zone, start, end, ..])| {
            let mut event = json!({"id": format!("e{number}"), "title": {"en": title}, "timeZone": zone, "start": start, "end": Some(end).filter(|end| !end.is_empty()),
                "organizers": ["lso"], "registration": {"url": {"en": "https://lso.example/"}, "opens": "2099-01-02T00:30:00-05:00"},
                "offers": [{"id": "m", "audience": "nonMember", "price": "10.00", "validThrough": "2099-01-31T23:59:59-05:00"},
                           {"id": "n", "audience": "nonMember", "price": "20.00", "validFrom": "2099-02-01T00:00:00-05:00"}]});
            // Deadlines in a zone that the browser doesn't know are said in the visitor's.
            if *title == "Nowhere" {
                event["registration"] = json!(null);
                event["offers"] = json!([]);
            }
            event
        })
        .collect();
    json!({"format": "joint-events", "version": "1.0", "currency": "CAD", "associations": [{"id": "lso", "name": {"en": "LSO"}}], "events": events}).to_string()
}

/// All that has to do with time: months, dates, deadlines, machine-readable times, and what goes to calendars but for the
/// moment at which a file was made.
const ALL: &str = "[seen('heading'), [...root.querySelectorAll('[part~=card]')].map((card) => [card.textContent.replace(/\\s/g, ' '), \
      [...card.querySelectorAll('time')].map((time) => time.dateTime)]), links, \
    widget.events.map(({id, start, end}) => [id, start, end]), files.map((file) => file.replace(/DTSTAMP:\\w+/g, ''))]";

/// Opens the ways of every event into a calendar, one after the other, and keeps their links and files.
#[track_caller]
fn open_calendars(page: &Page) {
    page.ask(
        "(window.links = [], files.length = 0, (async () => { for (const button of root.querySelectorAll('[part~=card] [part~=calendar]')) { \
            let menu; button.click(); \
            while (!(menu = button.parentElement.querySelector('.calendar-menu'))) await new Promise((done) => setTimeout(done)); \
            menu.querySelector('button').click(); \
            links.push([...menu.querySelectorAll('a')].map(({href}) => href)); } })(), 0)",
    );
    page.shows("[links.length, files.length]", json!([TABLE.len(), TABLE.len()]));
}

/// Has what is said of when each event is, with spaces of one kind, be what a column of the table says.
#[track_caller]
fn says(page: &Page, column: usize) {
    let words = |row: &[&str; 6]| match (row[column], OLDER.iter().find(|(title, _)| *title == row[0])) {
        (today, Some((_, own))) if column == 5 => page.french(today, own),
        (today, _) => json!(today),
    };
    let told: Value = TABLE.iter().map(|row| (row[0].to_owned(), words(row))).collect();
    let when = "Object.fromEntries([...root.querySelectorAll('[part~=card]')].map((card) => \
        [card.querySelector('[part~=title]').textContent, card.querySelector('[part~=when]').textContent.replace(/\\s/g, ' ')]))";
    page.shows(when, told);
}

#[test]
fn every_visitor_reads_the_same_times_wherever_they_are_and_however_their_system_is_set() {
    let page = Page::open(ENGLISH, &table());
    let mut first = None;
    let visitors = [
        ("America/Toronto", "en-CA"),
        ("America/Vancouver", "en-US"),
        ("Asia/Tokyo", "ja-JP"),
        ("America/St_Johns", "en-CA"),
        ("Pacific/Kiritimati", "ar-EG"),
        ("Pacific/Pago_Pago", "th-TH"),
        ("Asia/Kathmandu", "fa-IR-u-ca-persian-nu-arab"),
    ];
    for (zone, locale) in visitors {
        page.visit_from(zone, locale);
        page.go("/");
        page.is_ready();
        let set = page.ask("(({timeZone, locale}) => [timeZone, locale])(Intl.DateTimeFormat().resolvedOptions())");
        let zone_is_set = set[0] == json!(zone) || (zone, &set[0]) == ("Asia/Kathmandu", &json!("Asia/Katmandu"));
        assert!(
            zone_is_set && locale.starts_with(&set[1].as_str().unwrap_or("none")[..2]),
            "{zone}, {locale}: found {set}"
        );
        says(&page, 4);
        open_calendars(&page);
        let english = page.ask(ALL);
        page.set_attribute("lang", "fr");
        says(&page, 5);
        open_calendars(&page);
        let all = [english, page.ask(ALL)];
        let first = first.get_or_insert_with(|| all.clone());
        assert_eq!(*first, all, "{zone}, {locale}");
    }
    keeps(
        "times",
        format_args!("{} visitors, {} events: 0 differences", visitors.len(), TABLE.len()),
    );
}

#[test]
fn events_stand_in_the_order_in_which_they_happen_where_clocks_go_back() {
    let page = Page::open(ENGLISH, &table());
    page.is_ready();
    page.shows(
        "seen('title')",
        json!([
            "Days across the gap",
            "Across the gap",
            "In the gap",
            "In Newfoundland",
            "Evening",
            "Until midnight",
            "From midnight",
            "Day",
            "One day",
            "Nowhere",
            "Days across the fold",
            "First half past one",
            "Across the fold",
            "Second half past one",
            "Next year"
        ]),
    );
}

#[test]
fn an_evening_that_ends_after_midnight_is_one_day_in_its_date_block_and_days_are_all_of_theirs() {
    let page = Page::open(ENGLISH, &table());
    page.is_ready();
    let blocks = "Object.fromEntries(['e1', 'e3', 'e5', 'e6', 'e10', 'e11', 'e13'].map((id) => [id, [...card(id).querySelectorAll('.date-block > *')].map((node) => node.textContent)]))";
    page.shows(
        blocks,
        json!({"e1": ["Fri", "10", "Jul"], "e3": ["Mon", "13", "Jul"], "e5": ["7–9", "Mar"], "e6": ["Sat", "7", "Mar"],
            "e10": ["Sun", "1", "Nov"], "e11": ["31", "Oct", "– 2 Nov"], "e13": ["Thu", "31", "Dec"]}),
    );
}

#[test]
fn a_time_that_no_clock_shows_costs_its_event_and_is_told() {
    let events: Vec<Value> = ["2099-06-31", "2099-02-29", "2099-07-10T24:00:00-04:00", "2099-07-10T20:00:00", "2099-07-10T20:60:00-04:00", "2099-7-1", "2099-07-16"]
        .iter()
        .enumerate()
        .map(|(number, start)| json!({"id": format!("e{number}"), "title": {"en": start}, "start": start, "timeZone": "America/Toronto", "organizers": ["lso"]}))
        .collect();
    let page = Page::open(
        ENGLISH,
        &json!({"format": "joint-events", "version": "1.0", "events": events}).to_string(),
    );
    page.is_ready();
    page.sees(&["2099-07-16"]);
    page.shows("heard[0][1].skipped", json!(6));
    page.shows(
        "heard[1][1].problems.map(({path}) => path)",
        json!(
            (0..6)
                .map(|number| format!("events[{number}].start"))
                .collect::<Vec<_>>()
        ),
    );
}

#[test]
fn registration_closes_and_opens_by_itself_in_an_open_page_whatever_zone_it_is_seen_from() {
    let feed = |seconds| {
        let moment = in_seconds(seconds);
        let event = |id: &str, bound: &str| {
            json!({"id": id, "title": {"en": id}, "start": "2099-06-19", "timeZone": "America/Toronto", "organizers": ["lso"],
            "registration": {"url": {"en": "https://lso.example/"}, bound: moment}})
        };
        json!({"format": "joint-events", "version": "1.0", "events": [event("closing", "closes"), event("opening", "opens")]}).to_string()
    };
    let page = Page::open_with(ENGLISH, move || joint_events_e2e::json_answer(feed(9)));
    page.visit_from("Asia/Tokyo", "ja-JP");
    page.go("/");
    page.is_ready();
    let links = "['closing', 'opening'].map((id) => within(id, 'register').length)";
    page.shows(links, json!([1, 0]));
    page.ask("(window.before = [card('closing'), card('opening')], 0)");
    page.shows_within(Duration::from_secs(20), links, json!([0, 1]));
    page.shows("within('closing', 'badge')", json!(["Registration closed"]));
    page.shows("within('opening', 'badge')", json!([]));
    page.shows(
        "[card('closing'), card('opening')].every((card, place) => card === before[place])",
        json!(true),
    );
    page.shows("heard.length", json!(1));
}
