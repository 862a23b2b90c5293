//! What a feed is written as: calendars, lists, JSON-LD, tables; and what changed between two.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected ends"
)]

mod support;

use calcard::icalendar::{ICalendarComponentType, ICalendarProperty};
use calcard::{Entry, Parser};
use joint_events_model::read::read;
use joint_events_model::time::Instant;
use joint_events_words::strings::Language;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::Folder;

fn feed() -> Value {
    let mut feed: Value = serde_json::from_str(support::HEADER).unwrap();
    feed["generatedAt"] = json!("2026-11-22T14:05:00Z");
    feed["events"] = json!([
        {"id": "old", "title": {"fr": "Passé"}, "start": "2026-11-01", "timeZone": "America/Toronto", "organizers": ["lso"]},
        {"id": "forum", "title": {"fr": "Forum <b>capital</b> & \"amis\"", "en": "Capital Forum"}, "start": "2027-03-09", "end": "2027-03-10",
         "timeZone": "America/Toronto", "organizers": ["bioquebec", "lso"], "attendance": "hybrid",
         "venue": {"name": "Centre", "locality": "Ottawa", "region": "CA-ON", "country": "CA"},
         "url": {"fr": "https://example.org/forum?a=1&b=2"}, "registration": {"url": {"fr": "https://example.org/inscription"}},
         "offers": [
            {"id": "early", "audience": "member", "memberOf": ["bioquebec", "lso"], "price": "395.00", "currency": "CAD",
             "taxIncluded": false, "validThrough": "2027-01-31T23:59:59-05:00"},
            {"id": "member", "audience": "member", "memberOf": ["bioquebec", "lso"], "price": "495.00", "currency": "CAD",
             "taxIncluded": false, "validFrom": "2027-02-01T00:00:00-05:00"},
            {"id": "non-member", "audience": "nonMember", "price": "695.00", "currency": "CAD", "taxIncluded": false}]},
        {"id": "talk", "title": {"fr": "Causerie"}, "start": "2027-03-13T17:00:00-05:00", "end": "2027-03-14T17:00:00-04:00",
         "timeZone": "America/Toronto", "organizers": ["lso"], "status": "cancelled", "updatedAt": "2026-11-20T16:00:00Z",
         "description": {"fr": "é".repeat(200)}},
        {"id": "paris", "title": {"en": "Paris"}, "start": "2027-07-09T09:00:00+02:00", "timeZone": "Europe/Paris", "organizers": ["lso"],
         "status": "postponed"},
    ]);
    feed
}

fn folder() -> Folder {
    let folder = Folder::with("");
    folder.write("feed.json", &feed().to_string());
    folder
}

// iCalendar

#[test]
fn the_calendar_is_read_back_whole_by_another_parser() {
    let ran = folder().run(&["export", "ics", "feed.json", "--lang", "fr"]);
    assert_eq!(ran.exit, 0, "{}", ran.words);
    assert!(ran.out.lines().all(|line| line.len() <= 75), "folded at 75 octets");
    assert!(
        ran.out.split("\r\n").all(|line| !line.contains('\n')),
        "every line ends with CRLF"
    );
    let Entry::ICalendar(calendar) = Parser::new(&ran.out).entry() else {
        panic!("{}", ran.out);
    };
    let events: Vec<_> = calendar
        .components
        .iter()
        .filter(|component| component.component_type == ICalendarComponentType::VEvent)
        .collect();
    let text = |event: usize, property| {
        let value = events[event].property(&property).and_then(|entry| entry.values.first());
        value.and_then(|value| value.as_text()).unwrap_or_default().to_owned()
    };
    assert_eq!(events.len(), 4);
    assert_eq!(text(1, ICalendarProperty::Uid), "forum@joint-events");
    assert_eq!(text(1, ICalendarProperty::Summary), "Forum <b>capital</b> & \"amis\"");
    assert_eq!(
        text(1, ICalendarProperty::Description),
        "Membres de BIOQuébec et LSO\u{a0}: 395\u{a0}$ (jusqu’au 31 janvier, puis 495\u{a0}$); Non-membres\u{a0}: \
         695\u{a0}$; taxes en sus"
    );
    assert!(text(2, ICalendarProperty::Description).starts_with(&"é".repeat(200)));
    let zones: Vec<&str> = calendar
        .timezones()
        .filter_map(|zone| zone.timezone())
        .map(|(name, _)| name)
        .collect();
    assert_eq!(zones, ["America/Toronto", "Europe/Paris"]);
}

proptest! {
    #[test]
    fn any_title_and_description_are_read_back_by_another_parser(
        title in "[\\PC&&[^\u{ad}]]{1,120}",
        description in "[\\PC\n]{1,300}",
    ) {
        let mut feed = feed();
        feed["events"] = json!([{"id": "x", "title": {"fr": title}, "description": {"fr": description}, "start": "2027-03-09",
            "timeZone": "America/Toronto", "organizers": ["lso"]}]);
        let Ok(reading) = read(&feed.to_string()) else {
            return Ok(());
        };
        let now = Instant(0);
        let text = joint_events_publish::calendar::calendar(&reading.feed, Language::French, now, now);
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])), "{}", text);
        let Entry::ICalendar(calendar) = Parser::new(&text).entry() else {
            panic!("{text}");
        };
        let mut components = calendar.components.iter();
        let event = components.find(|component| component.component_type == ICalendarComponentType::VEvent).unwrap();
        let value = |property| event.property(&property).and_then(|entry| entry.values.first()?.as_text());
        let own = &reading.feed.events[0];
        prop_assert_eq!(value(ICalendarProperty::Summary), own.title.values().next().map(String::as_str));
        let description = own.description.values().next().map(String::as_str).unwrap_or_default();
        prop_assert!(value(ICalendarProperty::Description).unwrap_or_default().starts_with(description));
    }
}

#[test]
fn times_status_and_sequence_are_the_standards() {
    let ran = folder().run(&["export", "ics", "feed.json", "--lang", "en"]);
    for lines in [
        "UID:forum@joint-events\r\nDTSTAMP:20261122T140500Z\r\nSEQUENCE:0\r\nDTSTART;VALUE=DATE:20270309\r\n\
         DTEND;VALUE=DATE:20270311\r\nSTATUS:CONFIRMED\r\n",
        "UID:talk@joint-events\r\nDTSTAMP:20261120T160000Z\r\nLAST-MODIFIED:20261120T160000Z\r\nSEQUENCE:217353600\r\n\
         DTSTART;TZID=America/Toronto:20270313T170000\r\nDTEND;TZID=America/Toronto:20270314T170000\r\nSTATUS:CANCELLED\r\n",
        "DTSTART;TZID=Europe/Paris:20270709T090000\r\nSTATUS:TENTATIVE\r\n",
        "METHOD:PUBLISH\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nNAME:Événements conjoints\r\nX-WR-CALNAME:Événements conjoints\r\n",
        "BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nTZNAME:EDT\r\nEND:DAYLIGHT\r\n",
    ] {
        assert!(ran.out.contains(lines), "{lines} in {}", ran.out);
    }
}

#[test]
fn a_calendar_comes_back_as_the_same_times() {
    let folder = folder();
    folder.run(&["export", "ics", "feed.json", "-o", "events.ics"]);
    let ran = folder.run(&[
        "import",
        "events.ics",
        "--organizer",
        "lso",
        "--time-zone",
        "America/Toronto",
    ]);
    let drafts: Value = serde_json::from_str(&ran.out).unwrap();
    let times: Vec<(&Value, &Value)> = drafts["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (&event["start"], &event["end"]))
        .collect();
    assert_eq!(
        times,
        [
            (&json!("2026-11-01"), &Value::Null),
            (&json!("2027-03-09"), &json!("2027-03-10")),
            (&json!("2027-03-13T17:00:00-05:00"), &json!("2027-03-14T17:00:00-04:00")),
            (&json!("2027-07-09T09:00:00+02:00"), &Value::Null),
        ]
    );
}

// The list

#[test]
fn the_list_is_complete_without_script_or_style() {
    let ran = folder().run(&["export", "html", "feed.json", "--lang", "fr"]);
    assert_eq!(ran.exit, 0, "{}", ran.words);
    let expected = "<li>\n\
        <h3 dir=\"auto\">Forum &lt;b&gt;capital&lt;/b&gt; &amp; &quot;amis&quot;</h3>\n\
        <p><strong>Événement conjoint</strong></p>\n\
        <p><time datetime=\"2027-03-09\">mardi 9 mars\u{2009}–\u{2009}mercredi 10 mars 2027</time></p>\n\
        <p dir=\"auto\">Centre, Ottawa (Ontario) · Hybride</p>\n\
        <p>BIOQuébec et LSO</p>\n\
        <ul>\n\
        <li>Membres de BIOQuébec et LSO\u{a0}: 395\u{a0}$ jusqu’au 31 janvier, puis 495\u{a0}$</li>\n\
        <li>Non-membres\u{a0}: 695\u{a0}$</li>\n\
        </ul>\n\
        <p>Les membres économisent jusqu’à 300\u{a0}$ (43\u{a0}%)</p>\n\
        <p>taxes en sus</p>\n\
        <p><a href=\"https://example.org/inscription\" aria-label=\"S’inscrire\u{a0}: Forum &lt;b&gt;capital&lt;/b&gt; &amp; \
        &quot;amis&quot;\">S’inscrire</a> <a href=\"https://example.org/forum?a=1&amp;b=2\" \
        aria-label=\"Détails\u{a0}: Forum &lt;b&gt;capital&lt;/b&gt; &amp; &quot;amis&quot;\">Détails</a></p>\n</li>\n";
    assert!(ran.out.starts_with(&format!("<ul>\n{expected}")), "{}", ran.out);
    assert!(!ran.out.contains("Passé"), "an event that is over is not listed");
    assert!(
        ran.out.contains("<h3 dir=\"auto\" lang=\"en\">Paris</h3>"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains(
            "<p><del><time datetime=\"2027-07-09T09:00:00+02:00\">vendredi 9 juillet 2027 à 9 h UTC+2</time></del></p>"
        ),
        "{}",
        ran.out
    );
    for word in ["<script", "<style", "style=", "onclick"] {
        assert!(!ran.out.contains(word), "{word}");
    }
}

#[test]
fn the_lists_rates_are_those_of_the_moment() {
    let ran = folder().run_at(
        "2027-02-01T05:00:00Z",
        &["export", "html", "feed.json", "--lang", "en"],
        b"",
    );
    assert!(
        ran.out.contains("<li>BIOQuébec and LSO members: $495</li>"),
        "{}",
        ran.out
    );
}

#[test]
fn export_gives_the_same_bytes_as_a_build() {
    let folder = Folder::with("[[sources]]\nid = \"f\"\npath = \"feed.json\"\n");
    let mut feed = feed();
    feed["events"].as_array_mut().unwrap().remove(0);
    folder.write("feed.json", &feed.to_string());
    folder.build(0);
    for (kind, language, name) in [
        ("html", "fr", "list.fr.html"),
        ("html", "en", "list.en.html"),
        ("ics", "fr", "events.fr.ics"),
        ("jsonld", "fr", "events.jsonld"),
    ] {
        let ran = folder.run(&["export", kind, "public/feed.json", "--lang", language]);
        assert_eq!(ran.out, folder.read(&format!("public/{name}")), "{name}");
    }
}

// JSON-LD

#[test]
fn json_ld_has_an_offer_for_each_rate_and_cannot_end_its_script() {
    let ran = folder().run(&["export", "jsonld", "feed.json"]);
    assert!(!ran.out.contains(['<', '>', '&']), "{}", ran.out);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    let forum = &document["@graph"][1];
    assert_eq!(
        (&forum["name"], &forum["alternateName"]),
        (&json!("Forum <b>capital</b> & \"amis\""), &json!("Capital Forum"))
    );
    assert_eq!(forum["eventStatus"], "https://schema.org/EventScheduled");
    assert_eq!(
        forum["eventAttendanceMode"],
        "https://schema.org/MixedEventAttendanceMode"
    );
    assert_eq!(forum["offers"].as_array().unwrap().len(), 3);
    assert_eq!(
        forum["offers"][0],
        json!({"@type": "Offer", "category": "member", "price": "395.00", "priceCurrency": "CAD",
            "validThrough": "2027-01-31T23:59:59-05:00", "url": "https://example.org/inscription", "validForMemberTier": [
            {"@type": "MemberProgramTier", "@id": "#bioquebec", "name": "BIOQuébec"},
            {"@type": "MemberProgramTier", "@id": "#lso", "name": "Life Sciences Ontario"}]})
    );
    assert_eq!(
        document["@graph"][2]["eventStatus"],
        "https://schema.org/EventCancelled"
    );
}

#[test]
fn json_ld_comes_back_with_its_rates() {
    let folder = folder();
    folder.run(&["export", "jsonld", "feed.json", "-o", "events.jsonld"]);
    let ran = folder.run(&[
        "import",
        "events.jsonld",
        "--organizer",
        "lso",
        "--time-zone",
        "America/Toronto",
    ]);
    let drafts: Value = serde_json::from_str(&ran.out).unwrap();
    let offers = &drafts["events"][1]["offers"];
    assert_eq!(offers[0]["memberOf"], json!(["bioquebec", "lso"]));
    assert_eq!(
        (&offers[2]["audience"], &offers[2]["price"]),
        (&json!("nonMember"), &json!("695.00"))
    );
}

// Tables

#[test]
fn a_table_comes_back_as_the_same_events_and_says_what_it_has_no_column_for() {
    let folder = folder();
    for language in ["fr", "en"] {
        let ran = folder.run(&["export", "csv", "feed.json", "--lang", language, "-o", "events.csv"]);
        assert_eq!(ran.exit, 1, "{}", ran.words);
        assert_eq!(
            ran.words,
            "events[2].updatedAt: expected a column of the template, found none for it\n\
             events[2].description.fr: expected a column of the template, found none for it\n"
        );
        let ran = folder.run(&["import", "events.csv"]);
        assert_eq!(ran.exit, 0, "{}", ran.words);
        let drafts: Value = serde_json::from_str(&ran.out).unwrap();
        for (number, event) in feed()["events"].as_array().unwrap().iter().enumerate() {
            let mut expected = event.clone();
            if let Some(offers) = expected.get_mut("offers") {
                offers[0]["id"] = json!("early-member");
            }
            for member in ["description", "updatedAt"] {
                expected.as_object_mut().unwrap().remove(member);
            }
            assert_eq!(drafts["events"][number], expected, "{language}");
        }
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let folder = Folder::with("");
    let mut feed = feed();
    feed["events"] = json!([{"id": "x", "title": {"fr": "=HYPERLINK(\"https://evil.example\")"}, "start": "2027-03-09",
        "timeZone": "America/Toronto", "organizers": ["lso"]}]);
    folder.write("feed.json", &feed.to_string());
    let ran = folder.run(&["export", "csv", "feed.json", "--lang", "en", "-o", "events.csv"]);
    assert_eq!(ran.exit, 0);
    assert!(
        folder.read("events.csv").contains("\"'=HYPERLINK("),
        "{}",
        folder.read("events.csv")
    );
    let back: Value = serde_json::from_str(&folder.run(&["import", "events.csv"]).out).unwrap();
    assert_eq!(back["events"][0]["title"]["fr"], "=HYPERLINK(\"https://evil.example\")");
}

// Differences

#[test]
fn differences_are_told_in_words() {
    let folder = folder();
    let mut new = feed();
    let events = new["events"].as_array_mut().unwrap();
    events.remove(3);
    events[1]["start"] = json!("2027-03-10");
    events[1]["offers"][2]["price"] = json!("750.00");
    events[1]["offers"].as_array_mut().unwrap().remove(0);
    events[2]["status"] = json!("scheduled");
    events[2]["title"] = json!({"fr": "Grande causerie"});
    events.push(json!({"id": "new", "title": {"fr": "Neuf"}, "start": "2027-09-09"}));
    folder.write("new.json", &new.to_string());
    let ran = folder.run(&["diff", "feed.json", "new.json"]);
    assert_eq!(ran.exit, 0, "{}", ran.words);
    assert_eq!(
        ran.out,
        "added: new \"Neuf\": 2027-09-09\n\
         removed: paris \"Paris\": 2027-07-09T09:00:00+02:00\n\
         moved: forum \"Forum <b>capital</b> & \"amis\"\": from 2027-03-09 – 2027-03-10 to 2027-03-10 – 2027-03-10\n\
         re-priced: forum \"Forum <b>capital</b> & \"amis\"\": non-member from 695.00 CAD to 750.00 CAD; early gone\n\
         status: talk \"Grande causerie\": from cancelled to scheduled\n\
         changed: talk \"Grande causerie\": title\n"
    );
    assert_eq!(folder.run(&["diff", "feed.json", "feed.json"]).out, "");
}
