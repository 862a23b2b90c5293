//! Importers: what each source becomes, and what is said of what it does not become.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected ends"
)]

use joint_events_model::time::{DateTime, Instant};
use joint_events_publish::draft::Drafts;
use joint_events_publish::import::{Format, Settings, import};
use joint_events_publish::zone::Zone;
use proptest::prelude::*;
use serde_json::{Value, json};

fn now() -> Instant {
    DateTime::parse("2026-11-26T12:00:00Z").unwrap().instant()
}

fn settings() -> Settings {
    Settings {
        organizer: Some("lso".to_owned()),
        time_zone: Zone::named("America/Toronto"),
        language: Some("en".to_owned()),
        ..Settings::at(now())
    }
}

#[track_caller]
fn read(text: &str) -> Drafts {
    import(text.as_bytes(), None, &settings()).unwrap_or_else(|error| panic!("{error}"))
}

fn said(drafts: &Drafts) -> Vec<String> {
    drafts.problems.iter().map(ToString::to_string).collect()
}

fn starts(drafts: &Drafts) -> Vec<String> {
    let start = |event: &serde_json::Map<String, Value>| event["start"].as_str().unwrap().to_owned();
    drafts.events.iter().map(|draft| start(&draft.event)).collect()
}

#[track_caller]
fn event(drafts: &Drafts) -> Value {
    assert_eq!(drafts.events.len(), 1, "{:?}", said(drafts));
    Value::Object(drafts.events[0].event.clone())
}

fn calendar(events: &str) -> String {
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}\nEND:VCALENDAR\n");
    text.replace('\n', "\r\n")
}

// Tables

#[test]
fn a_french_table_as_a_spreadsheet_exports_it_is_read_whole() {
    let text = "id;titre_fr;titre_en;debut;fin;lieu;ville;province;organisateurs;themes;membre_de;prix_membre;\
        prix_non_membre;prix_membre_hatif;hatif_jusquau;taxes_incluses;inscription_fr\r\n\
        gala-2027;Gala; Awards gala;9 mars 2027, 18 h 30;9 mars 2027, 22 h;Centre;Montréal;Québec;bioquebec lso;\
        networking;bioquebec lso;495,00\u{a0}$;695 $;395,00 $;31 janvier 2027;Non;https://example.org/gala\r\n";
    let drafts = read(text);
    assert_eq!(said(&drafts), [""; 0]);
    assert_eq!(
        event(&drafts),
        json!({
            "id": "gala-2027",
            "title": {"fr": "Gala", "en": "Awards gala"},
            "start": "2027-03-09T18:30:00-05:00",
            "end": "2027-03-09T22:00:00-05:00",
            "timeZone": "America/Toronto",
            "venue": {"name": "Centre", "locality": "Montréal", "region": "CA-QC"},
            "organizers": ["bioquebec", "lso"],
            "themes": ["networking"],
            "registration": {"url": {"fr": "https://example.org/gala"}},
            "offers": [
                {"id": "early-member", "audience": "member", "memberOf": ["bioquebec", "lso"], "price": "395.00",
                 "currency": "CAD", "taxIncluded": false, "validThrough": "2027-01-31T23:59:59-05:00"},
                {"id": "member", "audience": "member", "memberOf": ["bioquebec", "lso"], "price": "495.00",
                 "currency": "CAD", "taxIncluded": false, "validFrom": "2027-02-01T00:00:00-05:00"},
                {"id": "non-member", "audience": "nonMember", "price": "695.00", "currency": "CAD",
                 "taxIncluded": false},
            ],
        })
    );
}

#[test]
fn windows_1252_and_a_byte_order_mark_are_read() {
    let text = "titre_fr;debut\nSoirée d’été;2027-06-21\n";
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [windows.into_owned(), marked] {
        let drafts = import(&bytes, None, &settings()).unwrap();
        assert_eq!(event(&drafts)["title"]["fr"], "Soirée d’été");
    }
}

#[test]
fn a_price_without_member_of_is_for_the_members_of_the_organizers() {
    let drafts = read("titre_fr;debut;prix_membre\nGala;2027-03-09;45\n");
    assert_eq!(event(&drafts)["offers"][0]["memberOf"], json!(["lso"]));
}

#[test]
fn a_price_to_come_is_an_offer_without_a_price_and_an_empty_cell_is_none() {
    let drafts = read("titre_fr;debut;prix_membre;prix_non_membre;prix_etudiant\nGala;2027-03-09;à venir;Gratuit;\n");
    let offers = &event(&drafts)["offers"];
    assert_eq!(offers[0].get("price"), None);
    assert_eq!(offers[1]["price"], "0.00");
    assert_eq!(offers.as_array().unwrap().len(), 2);
}

#[test]
fn an_ambiguous_date_is_refused_with_its_row_and_column() {
    let drafts = read("titre_fr;debut\nGala;03/04/2027\nForum;2027-04-03\n");
    assert_eq!(
        said(&drafts),
        [
            "row 2, column debut: expected a date whose order is known, such as \"2027-03-09\" (or say it with \
          --date-order), found \"03/04/2027\""
        ]
    );
    assert_eq!(starts(&drafts), ["2027-04-03"]);
    assert_eq!(drafts.lost, [Some(joint_events_publish::ids::id("Gala"))]);
}

#[test]
fn a_time_that_the_clocks_skip_or_repeat_is_an_error_with_its_row() {
    let drafts = read("titre_fr;debut\nA;2027-03-14 02:30\nB;2027-11-07 01:30\nC;2027-11-07T01:30:00-05:00\n");
    assert_eq!(
        said(&drafts),
        [
            "row 2, column debut: expected a time that exists in America/Toronto, found 2027-03-14 02:30, which the \
             clocks skip",
            "row 3, column debut: expected a time that exists once in America/Toronto, or one with its offset, found \
             2027-11-07 01:30, which the clocks repeat",
        ]
    );
    assert_eq!(starts(&drafts), ["2027-11-07T01:30:00-05:00"]);
}

#[test]
fn a_bad_price_is_told_and_the_rest_of_its_row_stays() {
    let drafts = read("titre_fr;debut;prix_membre\nGala;2027-03-09;25 ou 30 $\n");
    assert_eq!(
        said(&drafts),
        [
            "row 2, column prix_membre: expected a price such as \"45,00 $\", \"CA$45\", \"45 USD\", \"Gratuit\" or \
          \"à venir\", found \"25 ou 30 $\""
        ]
    );
    assert!(drafts.events[0].faulty, "such an event is not published");
}

#[test]
fn two_rows_with_one_title_have_ids_by_their_day() {
    let drafts = read("titre_fr;debut\nDéjeuner;2027-03-09\nDéjeuner;2027-04-09\nGala;2027-04-10\n");
    let ids: Vec<&str> = drafts.events.iter().map(|draft| draft.id()).collect();
    let base = joint_events_publish::ids::id("Déjeuner");
    assert_eq!(ids[0], format!("{base}-20270309"));
    assert_eq!(ids[1], format!("{base}-20270409"));
    assert_eq!(ids[2], joint_events_publish::ids::id("Gala"));
}

#[test]
fn the_events_calendars_own_table_is_read() {
    let text = "Event Name,Event Description,Event Start Date,Event Start Time,Event End Date,Event End Time,\
        All Day Event,Timezone,Event Venue Name,Event Organizer Name(s) or ID(s),Event Category,Event Cost,Event Website\n\
        R&amp;D forum,<p>Two <b>days</b></p>,2027-03-09,8:30 AM,2027-03-09,5:00 PM,FALSE,America/Toronto,\
        \"MaRS, Toronto\",LSO,\"Policy, Networking Nights\",\"25,00\",https://example.org/rd\n\
        Golf,,2027-06-01,,2027-06-02,,TRUE,America/Toronto,,,,Free,\n";
    let drafts = read(text);
    let first = Value::Object(drafts.events[0].event.clone());
    assert_eq!(first["title"], json!({"en": "R&D forum"}));
    assert_eq!(first["description"], json!({"en": "Two days"}));
    assert_eq!(first["start"], "2027-03-09T08:30:00-05:00");
    assert_eq!(first["end"], "2027-03-09T17:00:00-05:00");
    assert_eq!(first["x-categories"], json!(["Policy", "Networking Nights"]));
    assert_eq!(first["url"], json!({"en": "https://example.org/rd"}));
    assert_eq!(first.get("offers"), None, "its cost is a text for people");
    let second = Value::Object(drafts.events[1].event.clone());
    assert_eq!(
        (&second["start"], &second["end"]),
        (&json!("2027-06-01"), &json!("2027-06-02"))
    );
}

#[test]
fn every_header_of_the_events_calendars_table_is_known_and_hidden_rows_are_left_out() {
    let text = "Event Name,Event Description,Event Excerpt,Event Start Date,Event Start Time,Event End Date,Event End Time,\
        All Day Event,Timezone,Hide Event From Event Listings,Event Sticky in Month View,Feature Event,Event Venue Name,\
        Event Organizer Name(s) or ID(s),Event Show Map Link,Event Show Map,Event Cost,Event Currency Symbol,\
        Event Currency Position,Event ISO Currency Code,Event Category,Event Tags,Event Website,Event Featured Image,\
        Event Allow Comments,Event Allow Trackbacks and Pingbacks\n\
        Board,,,2027-03-09,8:30 AM,,,FALSE,America/Toronto,TRUE,,,,,,,,,,,,,,,,\n\
        Forum,,In short,2027-03-09,8:30 AM,,,FALSE,America/Toronto,FALSE,FALSE,FALSE,MaRS,LSO,TRUE,TRUE,,$,prefix,CAD,\
        Policy,a,https://example.org/f,123,FALSE,FALSE\n";
    let drafts = read(text);
    assert_eq!(
        said(&drafts),
        [
            "row 2, column Hide Event From Event Listings: expected an event that is listed, found one that is hidden from listings"
        ]
    );
    assert_eq!(event(&drafts)["summary"], json!({"en": "In short"}));
}

#[test]
fn what_the_source_does_not_say_is_named_and_costs_nothing() {
    let plain = Settings::at(now());
    let drafts = import(b"titre_fr;debut\nGala;2027-03-09\n", None, &plain).unwrap();
    assert_eq!(
        said(&drafts),
        [
            "events[0].organizers: expected the id of an association at least, found nothing",
            "events[0].timeZone: expected an IANA time zone such as \"America/Toronto\", found nothing",
        ]
    );
    assert!(!drafts.is_partial());
}

// iCalendar

#[test]
fn a_timed_event_keeps_its_wall_clock_and_days_end_on_their_last() {
    let drafts = read(&calendar(
        "BEGIN:VEVENT\nUID:a@x\nDTSTART;TZID=America/Halifax:20270309T083000\nDTEND;TZID=America/Halifax:20270309T093000\n\
         SUMMARY;LANGUAGE=fr:Déjeuner\\, édition 2\nLOCATION:MaRS\\, Toronto\nURL:https://example.org/a\nCATEGORIES:Policy,Talent\n\
         LAST-MODIFIED:20261101T120000Z\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:b@x\nDTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270303\nSUMMARY:Forum\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:c@x\nDTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270302\nSUMMARY:Day\nSTATUS:CANCELLED\nEND:VEVENT",
    ));
    assert_eq!(said(&drafts), [""; 0]);
    assert_eq!(
        Value::Object(drafts.events[0].event.clone()),
        json!({
            "id": joint_events_publish::ids::id("a@x"),
            "title": {"fr": "Déjeuner, édition 2"},
            "start": "2027-03-09T08:30:00-04:00",
            "end": "2027-03-09T09:30:00-04:00",
            "timeZone": "America/Halifax",
            "venue": {"name": "MaRS, Toronto"},
            "url": {"en": "https://example.org/a"},
            "organizers": ["lso"],
            "updatedAt": "2026-11-01T12:00:00Z",
            "x-categories": ["Policy", "Talent"],
        })
    );
    assert_eq!(drafts.events[1].event["end"], "2027-03-02");
    assert_eq!(drafts.events[2].event.get("end"), None);
    assert_eq!(drafts.events[2].event["status"], "cancelled");
}

#[test]
fn utc_and_floating_times_stand_in_the_sources_zone_and_a_bad_zone_is_told() {
    let drafts = read(&calendar(
        "BEGIN:VEVENT\nUID:a\nDTSTART:20270709T160000Z\nDURATION:PT1H30M\nSUMMARY:A\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:b\nDTSTART:20270709T120000\nSUMMARY:B\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:c\nDTSTART;TZID=Nowhere/Atlantis:20270709T120000\nSUMMARY:C\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:d\nDTSTART;TZID=Eastern Standard Time:20270709T120000\nSUMMARY:D\nEND:VEVENT",
    ));
    assert_eq!(starts(&drafts), ["2027-07-09T12:00:00-04:00"; 4]);

    assert_eq!(drafts.events[0].event["end"], "2027-07-09T13:30:00-04:00");
    assert_eq!(
        said(&drafts),
        ["events[2].timeZone: expected an IANA time zone, found \"Nowhere/Atlantis\""]
    );
    assert_eq!(drafts.events[3].event["timeZone"], "America/New_York");
}

#[test]
fn a_series_gives_its_occurrences_across_the_change_of_clocks() {
    let drafts = read(&calendar(
        "BEGIN:VEVENT\nUID:weekly\nDTSTART;TZID=America/Toronto:20270303T083000\nDTEND;TZID=America/Toronto:20270303T100000\n\
         RRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=America/Toronto:20270310T083000\nSUMMARY:Breakfast\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:weekly\nRECURRENCE-ID;TZID=America/Toronto:20270324T083000\nDTSTART;TZID=America/Toronto:20270325T090000\n\
         SUMMARY:Breakfast\\, moved\nEND:VEVENT",
    ));
    assert_eq!(said(&drafts), [""; 0]);
    let found: Vec<(String, String)> = drafts
        .events
        .iter()
        .map(|draft| (draft.id().to_owned(), draft.event["start"].as_str().unwrap().to_owned()))
        .collect();
    let expected = [
        ("weekly-20270303", "2027-03-03T08:30:00-05:00"),
        ("weekly-20270317", "2027-03-17T08:30:00-04:00"),
        ("weekly-20270331", "2027-03-31T08:30:00-04:00"),
        ("weekly-20270324", "2027-03-25T09:00:00-04:00"),
    ];
    assert_eq!(found, expected.map(|(id, start)| (id.to_owned(), start.to_owned())));
    assert_eq!(drafts.events[1].event["end"], "2027-03-17T10:00:00-04:00");
}

#[test]
fn a_series_gives_what_lies_between_a_month_ago_and_the_horizon() {
    let drafts = read(&calendar(
        "BEGIN:VEVENT\nUID:monthly\nDTSTART;VALUE=DATE:20200115\nRRULE:FREQ=MONTHLY\nSUMMARY:M\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:old\nDTSTART;VALUE=DATE:20200115\nSUMMARY:Old\nEND:VEVENT",
    ));
    let starts = starts(&drafts);
    assert_eq!(starts.first().map(String::as_str), Some("2026-11-15"));
    assert_eq!(starts.iter().rev().nth(1).map(String::as_str), Some("2028-05-15"));
    assert_eq!(
        starts.last().map(String::as_str),
        Some("2020-01-15"),
        "a single event is never dropped for being past"
    );
}

#[test]
fn a_series_of_thousands_is_cut_and_that_is_said() {
    let drafts = read(&calendar(
        "BEGIN:VEVENT\nUID:hourly\nDTSTART;TZID=America/Toronto:20261126T000000\nRRULE:FREQ=HOURLY\nSUMMARY:H\nEND:VEVENT",
    ));
    assert_eq!(drafts.events.len() + drafts.lost.len(), 1000);
    let last = said(&drafts).pop().unwrap();
    assert_eq!(
        last,
        "VEVENT[0].RRULE: expected at most 1000 occurrences, found more, of which the first were taken"
    );
}

#[test]
fn an_exception_without_its_series_is_an_event() {
    let drafts = read(&calendar(
        "BEGIN:VEVENT\nUID:weekly\nRECURRENCE-ID;VALUE=DATE:20270324\nDTSTART;VALUE=DATE:20270325\nSUMMARY:B\nEND:VEVENT",
    ));
    assert_eq!(
        (drafts.events[0].id(), starts(&drafts)),
        ("weekly-20270324", vec!["2027-03-25".to_owned()])
    );
}

#[test]
fn markup_in_a_calendar_becomes_text_and_an_encoded_one_is_text() {
    let drafts = read(&calendar(
        "BEGIN:VEVENT\nUID:<span class=\"x\">a&#64;b</span>\nDTSTART;VALUE=DATE:20270301\nSUMMARY:R&amp;D &lt;b&gt;\n\
         DESCRIPTION:<p>One</p>\\n<p>Two<br>three</p>\nEND:VEVENT",
    ));
    let event = event(&drafts);
    assert_eq!(event["title"]["en"], "R&D <b>");
    assert_eq!(event["description"]["en"], "One\n\nTwo\nthree");
    assert!(
        event["id"].as_str().unwrap().starts_with("span-class-x-a-64-b-span-"),
        "{}",
        event["id"]
    );
}

#[test]
fn a_private_event_and_one_without_a_start_are_left_out_and_told() {
    let drafts = read(&calendar(
        "BEGIN:VEVENT\nUID:a\nCLASS:PRIVATE\nDTSTART;VALUE=DATE:20270301\nSUMMARY:A\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:b\nSUMMARY:B\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:c\nDTSTART:20270231T100000\nSUMMARY:C\nEND:VEVENT",
    ));
    assert_eq!(
        said(&drafts),
        [
            "VEVENT[0].CLASS: expected a public event, found a private one, left out",
            "VEVENT[1].DTSTART: expected a date or a time, found nothing",
            "VEVENT[2].DTSTART: expected a date or a time, found something else",
        ]
    );
    assert_eq!(drafts.lost, [Some("b".to_owned()), Some("c".to_owned())]);
}

#[test]
fn a_calendar_that_breaks_off_is_told_and_what_stands_before_is_kept() {
    let whole = calendar(
        "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20270301\nSUMMARY:A\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20270301\nSUMMARY:B\nEND:VEVENT",
    );
    let drafts = read(whole.split("UID:b").next().unwrap());
    assert_eq!(drafts.events[0].id(), "a");
    assert!(drafts.lost.contains(&None));
    let error = import(b"BEGIN:VCALENDAR\r\nBEGIN:VEV", None, &settings()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a calendar to its END:VCALENDAR, found one that breaks off"
    );
}

// The Events Calendar's REST

#[test]
fn a_list_of_the_events_calendar_is_read_with_its_many_shapes() {
    let drafts = read(
        &json!({"events": [
            {"id": 12, "status": "publish", "title": "R&#038;D &#8211; forum", "description": "<p>Two</p><p>days</p>",
             "excerpt": "", "url": "https://example.org/event/rd/", "image": false, "all_day": false,
             "start_date": "2027-03-09 08:30:00", "end_date": "2027-03-09 17:00:00", "timezone": "America/Montreal",
             "cost": "", "website": "https://example.org/register", "categories": [{"name": "Policy &amp; law"}],
             "venue": {"venue": "MaRS", "address": "101 College St", "city": "Toronto", "province": "ON", "zip": "M5G 1L7",
                       "country": "Canada"}, "modified_utc": "2026-11-01 12:00:00"},
            {"id": 13, "title": "Golf", "all_day": true, "start_date": "2027-06-01 00:00:00",
             "end_date": "2027-06-02 23:59:59", "timezone": "UTC+0", "cost": "Free", "venue": [],
             "image": {"url": "https://example.org/golf.jpg"}},
            {"id": 14, "title": "Hidden", "hide_from_listings": true, "start_date": "2027-06-01 00:00:00"},
            {"id": 15, "title": "Private", "status": "private", "start_date": "2027-06-01 00:00:00"},
            {"id": 16, "title": "Far", "start_date": "2067-06-01 10:00:00", "cost": "$25 &#8211; $50",
             "venue": [{"venue": "Hall"}]},
            {"id": 17, "title": "Broken", "start_date": "soon"},
        ], "next_rest_url": "https://example.org/wp-json/tribe/events/v1/events/?page=2"})
        .to_string(),
    );
    assert_eq!(
        Value::Object(drafts.events[0].event.clone()),
        json!({
            "id": "lso-12",
            "title": {"en": "R&D – forum"},
            "description": {"en": "Two\n\ndays"},
            "start": "2027-03-09T08:30:00-05:00",
            "end": "2027-03-09T17:00:00-05:00",
            "timeZone": "America/Toronto",
            "url": {"en": "https://example.org/event/rd/"},
            "registration": {"url": {"en": "https://example.org/register"}},
            "venue": {"name": "MaRS", "street": "101 College St", "locality": "Toronto", "region": "CA-ON",
                      "postalCode": "M5G 1L7", "country": "CA"},
            "organizers": ["lso"],
            "updatedAt": "2026-11-01T12:00:00Z",
            "x-categories": ["Policy & law"],
        })
    );
    let golf = &drafts.events[1].event;
    assert_eq!(
        (&golf["start"], &golf["end"]),
        (&json!("2027-06-01"), &json!("2027-06-02"))
    );
    assert_eq!(
        golf["offers"],
        json!([{"id": "public", "audience": "public", "price": "0.00", "currency": "CAD"}])
    );
    assert_eq!(golf.get("venue"), None);
    assert_eq!(
        said(&drafts),
        [
            "events[1].timeZone: expected an IANA time zone such as \"America/Toronto\", found \"UTC+0\"",
            "events[2].status: expected a published event that is listed, found one that is hidden, left out",
            "events[3].status: expected a published event that is listed, found a private one, left out",
            "events[2].offers: expected rates by audience, as an overlay gives them, found \"$25 – $50\"",
            "events[5].start_date: expected a time such as \"2027-03-09 14:30:00\", found \"soon\"",
        ]
    );
}

#[test]
fn a_single_event_and_the_newer_answer_are_read() {
    let single =
        json!({"id": 12, "title": "Forum", "start_date": "2027-03-09 08:30:00", "timezone": "America/Toronto"});
    let drafts = read(&single.to_string());
    assert_eq!(event(&drafts)["title"], json!({"en": "Forum"}));
    assert_eq!(starts(&drafts), ["2027-03-09T08:30:00-05:00"]);
    let newer = json!([
        {"id": 12, "title": {"rendered": "Forum"}, "content": {"rendered": "<p>x</p>", "protected": false},
         "excerpt": {"rendered": "<p>In short</p>", "protected": false}, "status": "publish", "type": "tribe_events",
         "link": "https://example.org/forum", "modified_gmt": "2026-11-01T12:00:00", "tribe_events_cat": [5],
         "start_date": "2027-03-09 08:30:00", "start_date_utc": "2027-03-09 13:30:00", "end_date": "2027-03-09 17:00:00",
         "timezone": "America/Toronto", "all_day": false, "cost": "", "ticketed": false, "organizers": [],
         "venues": [{"title": {"rendered": "MaRS"}, "address": "101 College St", "city": "Toronto",
                     "state_province": "ON", "zip": "M5G 1L7", "country": "Canada"}]},
        {"id": 13, "title": {"rendered": "Protected: board"}, "content": {"rendered": "", "protected": true},
         "status": "publish", "start_date": "2027-03-09 08:30:00", "timezone": "America/Toronto"}]);
    let drafts = read(&newer.to_string());
    assert_eq!(
        event(&drafts),
        json!({
            "id": "lso-12", "title": {"en": "Forum"}, "summary": {"en": "In short"}, "description": {"en": "x"},
            "start": "2027-03-09T08:30:00-05:00", "end": "2027-03-09T17:00:00-05:00", "timeZone": "America/Toronto",
            "url": {"en": "https://example.org/forum"}, "organizers": ["lso"], "updatedAt": "2026-11-01T12:00:00Z",
            "venue": {"name": "MaRS", "street": "101 College St", "locality": "Toronto", "region": "CA-ON",
                      "postalCode": "M5G 1L7", "country": "CA"},
        })
    );
    assert_eq!(
        said(&drafts),
        ["events[1].status: expected a published event that is listed, found one behind a password, left out"]
    );
}

// JSON-LD

#[test]
fn a_bad_block_of_a_page_loses_only_itself() {
    let page = r#"<html lang="fr"><head>
        <script type="application/ld+json">{"@type": "Event", "name": "Broken"</script>
        <script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["Event", "BusinessEvent"],
            "@id": "https://example.org/forum#event", "name": "Forum", "startDate": "2027-03-09T08:30:00-05:00",
            "endDate": "2027-03-09T17:00:00-05:00", "eventStatus": "https://schema.org/EventRescheduled",
            "previousStartDate": "2027-03-02T08:30:00-05:00",
            "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
            "location": [{"@type": "VirtualLocation", "url": "https://zoom.example/j/1?pwd=x"}, {"@type": "Place",
              "name": "MaRS", "address": {"streetAddress": "101 College St", "addressLocality": "Toronto",
              "addressRegion": "ON", "postalCode": "M5G 1L7", "addressCountry": "CA"}}],
            "offers": [{"@type": "Offer", "price": "0", "priceCurrency": "USD", "category": "primary"},
              {"@type": "Offer", "name": "Membre", "price": 49.5, "priceCurrency": "CAD", "availability": "SoldOut"}]}]}
        </script>"#;
    let plain = Settings {
        language: None,
        ..settings()
    };
    let drafts = import(page.as_bytes(), None, &plain).unwrap();
    assert_eq!(
        said(&drafts),
        [
            "script[0]: expected JSON text, found a fault at line 1, column 35",
            "events[0].offers[0]: expected offers that name whom they are for, found one that does not",
            "events[0].offers[0].audience: expected whom the offer is for, found nothing",
        ]
    );
    let event = event(&drafts);
    assert_eq!(event["title"], json!({"fr": "Forum"}));
    assert_eq!(
        (&event["status"], &event["attendance"]),
        (&json!("rescheduled"), &json!("hybrid"))
    );
    assert_eq!(event["previousStart"], json!(["2027-03-02T08:30:00-05:00"]));
    assert_eq!(event["venue"]["region"], "CA-ON");
    assert_eq!(
        event["offers"],
        json!([{"id": "offer-2", "name": {"fr": "Membre"}, "price": "49.50", "currency": "CAD", "availability": "soldOut"}])
    );
    assert!(
        !event.to_string().contains("zoom"),
        "a meeting's link is not known to be public"
    );
}

// Any source

#[test]
fn a_format_is_found_by_content_and_none_is_told() {
    let unknown = import(b"hello", None, &settings()).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "expected a table with the template's headers, iCalendar, The Events Calendar's JSON, JSON-LD, HTML or a feed, \
         found \"hello\""
    );
    let wrong = import(b"titre_fr;debut\n", Some(Format::Ics), &settings()).unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "expected iCalendar, from BEGIN:VCALENDAR on, found \"titre_fr;debut\""
    );
}

#[test]
fn a_feeds_events_are_drafts_as_they_stand() {
    let drafts = read(
        &json!({"format": "joint-events", "version": "1.0", "events": [
            {"id": "a", "x-own": 1, "x-source": ["old"], "organizers": ["lso"], "timeZone": "America/Toronto"}, 7]})
        .to_string(),
    );
    let expected = json!({"id": "a", "x-own": 1, "organizers": ["lso"], "timeZone": "America/Toronto"});
    assert_eq!(event(&drafts), expected);
    assert_eq!(drafts.lost, [None]);
    let other = import(
        br#"{"format": "joint-events", "version": "2.0", "events": []}"#,
        None,
        &settings(),
    );
    assert_eq!(
        other.unwrap_err().to_string(),
        "expected version \"1.x\", found \"2.0\""
    );
}

/// Pieces that importers look for, so that arbitrary bytes get past the first check.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("BEGIN:VCALENDAR\r\n".to_owned()),
        Just("BEGIN:VEVENT\r\n".to_owned()),
        Just("END:VEVENT\r\n".to_owned()),
        Just("END:VCALENDAR\r\n".to_owned()),
        Just("UID:a\r\n".to_owned()),
        Just("SUMMARY:b\r\n".to_owned()),
        "DTSTART(;VALUE=DATE|;TZID=America/Toronto|):[0-9TZ]{0,17}\r\n",
        "(RECURRENCE-ID|EXDATE|RDATE|DTEND):[0-9]{8}(T[0-9]{6}Z?)?\r\n",
        "RRULE:FREQ=(SECONDLY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY);(COUNT|INTERVAL|BYDAY|BYMONTHDAY|BYSETPOS|UNTIL)=-?[0-9A-Z]{1,9}\r\n",
        "DURATION:-?P[0-9]{1,12}[WD](T[0-9]{1,9}[HMS])?\r\n",
        Just("titre_fr;debut;fin;prix_membre;hatif_jusquau\n".to_owned()),
        "[a-z]{0,3};[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?;[0-9./-]{0,10};[0-9 ,.$]{0,8};.{0,10}\n",
        Just("{\"events\":[{\"title\":\"x\",\"start_date\":\"2027-01-01 10:00:00\"".to_owned()),
        Just(",\"venue\":[]}]}".to_owned()),
        Just("<script type=\"application/ld+json\">{\"@type\":\"Event\",\"name\":\"x\",\"startDate\":".to_owned()),
        Just("\"2027-01-01\"}</script>".to_owned()),
        Just("{\"format\":\"joint-events\",\"version\":\"1.0\",\"events\":[".to_owned()),
        "\\PC{0,20}",
    ]
}

#[test]
fn the_whole_sources_that_are_broken_in_tests_are_whole() {
    for (format, text) in WHOLE {
        let drafts = import(text.as_bytes(), None, &settings()).unwrap();
        assert!(
            !drafts.events.is_empty() && drafts.lost.is_empty(),
            "{format}: {:?}",
            said(&drafts)
        );
    }
}

/// A whole source of each format, from which a few things are then broken.
const WHOLE: [(Format, &str); 5] = [
    (
        Format::Csv,
        "id;titre_fr;debut;fin;fuseau;statut;ville;province;membre_de;prix_membre;prix_membre_hatif;hatif_jusquau\r\n\
         a;\"Gala; d’hiver\";9 mars 2027, 18 h 30;2027-03-09 22:00;America/Toronto;annulé;Windsor;ON;lso;1 234,50 $;45;\
         31 janvier 2027\r\n# fin\r\n",
    ),
    (
        Format::Ics,
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=America/Toronto:20270303T083000\r\nDURATION:PT1H30M\r\n\
         RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=WE\r\nEXDATE;TZID=America/Toronto:20270310T083000\r\nSUMMARY;LANGUAGE=fr:\
         R&amp;D\\, suite\r\nCATEGORIES:A,B\r\nLOCATION:MaRS\\, Toronto\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:a\r\n\
         RECURRENCE-ID;TZID=America/Toronto:20270317T083000\r\nDTSTART:20270318T120000Z\r\nSUMMARY:B\r\nEND:VEVENT\r\n\
         END:VCALENDAR\r\n",
    ),
    (
        Format::Tribe,
        r#"{"events": [{"id": 12, "status": "publish", "title": "R&#038;D", "all_day": false, "start_date":
        "2027-03-09 08:30:00", "end_date": "2027-03-09 17:00:00", "timezone": "America/Montreal", "cost": "Free", "image":
        {"url": "https://example.org/a.png"}, "categories": [{"name": "Policy"}], "venue": [{"venue": "MaRS", "city":
        "Toronto", "country": "Canada"}], "modified_utc": "2026-11-01 12:00:00"}]}"#,
    ),
    (
        Format::JsonLd,
        r#"<html lang="fr"><script type="application/ld+json">{"@graph": [{"@type": ["Event"], "name": "Forum", "startDate":
        "2027-03-09T08:30:00-05:00", "endDate": "2027-03-09", "previousStartDate": "2027-03-02", "eventStatus":
        "https://schema.org/EventRescheduled", "location": [{"@type": "VirtualLocation"}, {"@type": "Place", "name": "MaRS",
        "address": {"addressLocality": "Toronto", "addressRegion": "ON"}}], "offers": [{"@type": "Offer", "name": "Membre",
        "price": 49.5, "validForMemberTier": [{"@id": "https://lso.example/#lso"}]}]}]}</script>"#,
    ),
    (
        Format::Feed,
        r#"{"format": "joint-events", "version": "1.0", "events": [{"id": "a", "title": {"fr": "A"}, "start": "2027-03-09",
        "offers": [{"id": "x", "price": "45.00"}], "x-source": ["a"]}]}"#,
    ),
];

/// What takes the place of a few octets.
fn broken() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(Vec::new()),
        proptest::collection::vec(any::<u8>(), 1..4),
        proptest::sample::select(vec![
            "99999999999999999999",
            "-1",
            "\"",
            "\r\n",
            "null",
            "[]",
            "{}",
            ";",
            ",",
            ":",
            "<",
            "é"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn any_broken_source_gives_drafts_or_an_error(
        whole in 0..WHOLE.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..12_usize, broken()), 1..5),
    ) {
        let (format, text) = WHOLE[whole];
        let mut bytes = text.as_bytes().to_vec();
        for (place, length, other) in changes {
            let from = place.index(bytes.len() + 1);
            let to = (from + length).min(bytes.len());
            bytes.splice(from..to, other);
        }
        for format in [None, Some(format)] {
            if let Ok(drafts) = import(&bytes, format, &settings()) {
                let towns = joint_events_publish::town::Towns::default();
                for mut draft in drafts.events {
                    joint_events_publish::place::complete(&mut draft.event, &towns);
                }
            }
        }
    }

    #[test]
    fn any_bytes_give_drafts_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for format in [None, Some(Format::Csv), Some(Format::Ics), Some(Format::Tribe), Some(Format::JsonLd), Some(Format::Feed)] {
            import(&bytes, format, &settings()).ok();
        }
    }

    #[test]
    fn any_pieces_of_sources_give_drafts_or_an_error(pieces in proptest::collection::vec(piece(), 0..12)) {
        let text = pieces.concat();
        for format in [None, Some(Format::Csv), Some(Format::Ics), Some(Format::Tribe), Some(Format::JsonLd), Some(Format::Feed)] {
            if let Ok(drafts) = import(text.as_bytes(), format, &settings()) {
                for draft in drafts.events {
                    prop_assert!(joint_events_model::read::is_id(draft.id()) || format == Some(Format::Feed));
                }
            }
        }
    }
}
