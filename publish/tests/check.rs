//! The strict profile: every rule, with the words in which it is told.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected ends"
)]

use joint_events_model::time::{DateTime, Instant};
use joint_events_publish::finding::Severity;
use joint_events_publish::lint::lint;
use joint_events_publish::schema;
use proptest::prelude::*;
use serde_json::{Value, json};

fn now() -> Instant {
    DateTime::parse("2026-11-26T12:00:00Z").unwrap().instant()
}

fn feed() -> Value {
    json!({
        "format": "joint-events", "version": "1.0", "generatedAt": "2026-11-22T14:05:00Z",
        "title": {"fr": "Événements"}, "timeZone": "America/Toronto", "currency": "CAD", "languages": ["fr"],
        "associations": [
            {"id": "bioquebec", "name": {"fr": "BIOQuébec"}, "region": "CA-QC"},
            {"id": "lso", "name": {"fr": "LSO"}, "region": "CA-ON"},
        ],
        "provinces": [{"id": "CA-QC", "label": {"fr": "Québec"}}, {"id": "CA-ON", "label": {"fr": "Ontario"}}],
        "themes": [{"id": "financing", "label": {"fr": "Financement"}}],
        "audiences": [{"id": "student", "label": {"fr": "Étudiants"}}],
        "events": [{
            "id": "forum", "title": {"fr": "Forum capital"}, "start": "2027-03-09T09:00:00-05:00",
            "end": "2027-03-09T17:00:00-05:00", "timeZone": "America/Toronto", "status": "scheduled",
            "attendance": "inPerson", "organizers": ["bioquebec", "lso"], "themes": ["financing"],
            "venue": {"name": "Centre", "locality": "Montréal", "region": "CA-QC", "postalCode": "H2Z 1H2", "country": "CA"},
            "url": {"fr": "https://example.org/forum"},
            "registration": {"url": {"fr": "https://example.org/forum/inscription"}},
            "offers": [
                {"id": "early", "audience": "member", "memberOf": ["bioquebec", "lso"], "price": "395.00",
                 "validThrough": "2027-01-31T23:59:59-05:00"},
                {"id": "member", "audience": "member", "memberOf": ["bioquebec", "lso"], "price": "495.00",
                 "validFrom": "2027-02-01T00:00:00-05:00"},
                {"id": "non-member", "audience": "nonMember", "price": "695.00"},
            ],
        }],
    })
}

/// The feed with a value at a JSON Pointer; `null` takes it away.
#[track_caller]
fn with(changes: &[(&str, Value)]) -> Value {
    let mut feed = feed();
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = feed.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}"));
        match (parent, value) {
            (Value::Object(members), Value::Null) => {
                members.remove(name).unwrap();
            }
            (Value::Object(members), value) => {
                members.insert(name.to_owned(), value.clone());
            }
            (Value::Array(items), value) if name == "-" => items.push(value.clone()),
            (Value::Array(items), value) => items[name.parse::<usize>().unwrap()] = value.clone(),
            (other, _) => panic!("{pointer}: {other}"),
        }
    }
    feed
}

fn told(feed: &Value) -> Vec<String> {
    let findings = lint(&feed.to_string(), now()).unwrap();
    let kind = |severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    findings
        .iter()
        .map(|finding| format!("{} {finding}", kind(finding.severity)))
        .collect()
}

#[track_caller]
fn tells(changes: &[(&str, Value)], findings: &[&str]) {
    assert_eq!(told(&with(changes)), findings);
}

#[test]
fn a_feed_without_fault_has_no_findings() {
    tells(&[], &[]);
}

// What the schema says

#[test]
fn an_unknown_member_is_an_error_with_what_was_meant() {
    tells(
        &[
            ("/events/0/organisers", json!(["lso"])),
            ("/events/0/x-own", json!({"anything": 1})),
        ],
        &[
            "error events[0].organisers: expected a known member, or one that begins with \"x-\", found \"organisers\" \
           (did you mean \"organizers\"?)",
        ],
    );
    tells(
        &[("/events/0/offers/0/taxIncluded_", json!(true))],
        &[
            "error events[0].offers[0].taxIncluded_: expected a known member, or one that begins with \"x-\", found \
           \"taxIncluded_\" (did you mean \"taxIncluded\"?)",
        ],
    );
}

#[test]
fn an_unknown_token_is_an_error_with_what_was_meant() {
    tells(
        &[("/events/0/status", json!("canceled"))],
        &[
            "error events[0].status: expected scheduled, cancelled, postponed, rescheduled or movedOnline, found \
           \"canceled\" (did you mean \"cancelled\"?)",
        ],
    );
    tells(
        &[("/events/0/attendance", json!("online-only"))],
        &["error events[0].attendance: expected inPerson, online or hybrid, found \"online-only\""],
    );
    tells(
        &[("/events/0/offers/2/availability", json!("soldout"))],
        &[
            "error events[0].offers[2].availability: expected inStock, limited, soldOut, waitlist or preSale, found \
           \"soldout\" (did you mean \"soldOut\"?)",
        ],
    );
    tells(
        &[("/events/0/offers/2/audience", json!("nonmember"))],
        &[
            "error events[0].offers[2].audience: expected member, nonMember, public or student, found \"nonmember\" \
           (did you mean \"nonMember\"?)",
        ],
    );
}

#[test]
fn a_missing_member_is_told_at_its_own_place() {
    tells(
        &[("/events/0/title", Value::Null)],
        &["error events[0].title: expected a text by language such as {\"fr\": \"…\"}, found nothing"],
    );
    tells(
        &[("/events/0/offers/0/memberOf", Value::Null)],
        &[
            "error events[0].offers[0].memberOf: expected the ids of the associations whose members pay this, found nothing",
        ],
    );
    tells(
        &[("/generatedAt", Value::Null)],
        &["error generatedAt: expected a time with its offset such as \"2027-03-09T17:00:00-05:00\", found nothing"],
    );
}

#[test]
fn values_of_another_form_are_errors() {
    for (pointer, value, finding) in [
        (
            "/events/0/offers/0/price",
            json!("25 $"),
            "events[0].offers[0].price: expected a decimal such as \"25.00\", found \"25 $\"",
        ),
        (
            "/events/0/offers/0/price",
            json!(25),
            "events[0].offers[0].price: expected a decimal such as \"25.00\", found 25",
        ),
        (
            "/events/0/title/fr",
            json!(""),
            "events[0].title.fr: expected a text that is not empty, found \"\"",
        ),
        (
            "/events/0/title",
            json!("Forum"),
            "events[0].title: expected a text by language such as {\"fr\": \"…\"}, found \"Forum\"",
        ),
        (
            "/events/0/url/fr",
            json!("http://example.org/"),
            "events[0].url.fr: expected an https: link, found \"http://example.org/\"",
        ),
        (
            "/events/0/url/fr",
            json!("https://user@example.org/"),
            "events[0].url.fr: expected an https: link without user information, found \"https://user@example.org/\"",
        ),
        (
            "/events/0/start",
            json!("2027-02-30"),
            "events[0].start: expected a date such as \"2027-03-09\" or a time such as \"2027-03-09T17:00:00-05:00\", found \"2027-02-30\"",
        ),
        (
            "/events/0/venue/latitude",
            json!(91),
            "events[0].venue.latitude: expected a number from -90 to 90, found 91",
        ),
        (
            "/events/0/id",
            json!("Forum 2027"),
            "events[0].id: expected an id of a-z, 0-9, \".\", \"_\", \"-\", at most 80 long, found \"Forum 2027\"",
        ),
        (
            "/associations/0/color",
            json!("blue"),
            "associations[0].color: expected a colour such as \"#00587C\", found \"blue\"",
        ),
        (
            "/events/0/organizers",
            json!([]),
            "events[0].organizers: expected at least one item, found an empty array",
        ),
        (
            "/events/0/themes",
            json!(["financing", "financing"]),
            "events[0].themes[1]: expected an item of its own, found \"financing\" a second time",
        ),
    ] {
        let told = told(&with(&[(pointer, value)]));
        assert!(told.contains(&format!("error {finding}")), "{finding} in {told:#?}");
    }
}

// Times

#[test]
fn an_offset_that_its_zone_does_not_have_is_an_error() {
    tells(
        &[("/events/0/end", json!("2027-03-09T17:00:00-04:00"))],
        &[
            "error events[0].end: expected the offset of America/Toronto at that time, found \
           \"2027-03-09T17:00:00-04:00\" (did you mean \"2027-03-09T17:00:00-05:00\"?)",
        ],
    );
}

#[test]
fn a_time_that_the_clocks_skip_is_an_error() {
    tells(
        &[
            ("/events/0/start", json!("2027-03-14T02:30:00-05:00")),
            ("/events/0/end", Value::Null),
        ],
        &["error events[0].start: expected a time that exists in America/Toronto, found \"2027-03-14T02:30:00-05:00\""],
    );
}

#[test]
fn both_readings_of_a_repeated_hour_are_right() {
    for start in ["2027-11-07T01:30:00-04:00", "2027-11-07T01:30:00-05:00"] {
        tells(
            &[("/events/0/start", json!(start)), ("/events/0/end", Value::Null)],
            &[],
        );
    }
}

#[test]
fn what_ends_before_it_begins_is_an_error_at_its_end() {
    tells(
        &[("/events/0/end", json!("2027-03-09T08:00:00-05:00"))],
        &[
            "error events[0].end: expected an end of the start's kind and not before it (2027-03-09T09:00:00-05:00), \
           found \"2027-03-09T08:00:00-05:00\"",
        ],
    );
    tells(
        &[("/events/0/offers/1/validThrough", json!("2027-01-01T00:00:00-05:00"))],
        &[
            "error events[0].offers[1].validThrough: expected a moment after validFrom (2027-02-01T00:00:00-05:00), \
           found \"2027-01-01T00:00:00-05:00\"",
        ],
    );
    tells(
        &[
            ("/events/0/registration/opens", json!("2026-11-02T00:00:00-05:00")),
            ("/events/0/registration/closes", json!("2026-11-01T00:00:00-04:00")),
        ],
        &[
            "error events[0].registration.closes: expected a moment after opens (2026-11-02T00:00:00-05:00), found \
           \"2026-11-01T00:00:00-04:00\"",
        ],
    );
}

#[test]
fn a_zone_that_there_is_not_is_an_error_and_an_alias_a_warning() {
    tells(
        &[("/events/0/timeZone", json!("America/Atlantis"))],
        &["error events[0].timeZone: expected a zone of the IANA database, found \"America/Atlantis\""],
    );
    tells(
        &[("/events/0/timeZone", json!("America/Montreal"))],
        &[
            "warning events[0].timeZone: expected the zone's canonical name, found \"America/Montreal\" (did you mean \
           \"America/Toronto\"?)",
        ],
    );
}

#[test]
fn a_rescheduled_event_says_when_it_was_to_be() {
    tells(
        &[("/events/0/status", json!("rescheduled"))],
        &["error events[0].previousStart: expected the former start of a rescheduled event, found nothing"],
    );
    let former = ("/events/0/previousStart", json!(["2027-03-02T09:00:00-05:00"]));
    tells(&[("/events/0/status", json!("rescheduled")), former], &[]);
}

#[test]
fn a_long_and_a_past_event_are_warnings() {
    tells(
        &[
            ("/events/0/start", json!("2027-03-09")),
            ("/events/0/end", json!("2027-05-09")),
        ],
        &["warning events[0].end: expected an event of at most 60 days, found 61 days"],
    );
    let past = [
        ("/events/0/start", json!("2026-11-09")),
        ("/events/0/end", json!("2026-11-10")),
    ];
    tells(
        &past,
        &["warning events[0].end: expected an event that is not over, found \"2026-11-10\""],
    );
}

// Ids

#[test]
fn an_unknown_id_is_an_error_with_what_was_meant() {
    tells(
        &[("/events/0/organizers/1", json!("lsp"))],
        &[
            "error events[0].organizers[1]: expected the id of an association of this feed, found \"lsp\" (did you mean \
           \"lso\"?)",
        ],
    );
    tells(
        &[("/events/0/themes/0", json!("finance"))],
        &[
            "error events[0].themes[0]: expected the id of a theme of this feed, found \"finance\" (did you mean \
           \"financing\"?)",
        ],
    );
    tells(
        &[("/events/0/offers/0/memberOf/1", json!("xyz"))],
        &["error events[0].offers[0].memberOf[1]: expected the id of an association of this feed, found \"xyz\""],
    );
    let alternative = json!([{"organizer": "other", "url": {"fr": "https://example.org/"}}]);
    tells(
        &[("/events/0/registration/alternatives", alternative)],
        &[
            "error events[0].registration.alternatives[0].organizer: expected the id of an association of this feed, \
           found \"other\"",
        ],
    );
}

#[test]
fn of_a_repeated_id_the_second_is_told() {
    let mut again = feed()["events"][0].clone();
    again["title"] = json!({"fr": "Autre chose"});
    again["start"] = json!("2027-06-09T09:00:00-04:00");
    again["end"] = Value::Null;
    again.as_object_mut().unwrap().remove("end");
    tells(
        &[("/events/-", again)],
        &["error events[1].id: expected an id of its own, found \"forum\" a second time"],
    );
    tells(
        &[("/events/0/offers/2/id", json!("member"))],
        &["error events[0].offers[2].id: expected an id of its own, found \"member\" a second time"],
    );
}

// Places

#[test]
fn a_province_beyond_the_vocabulary_is_a_warning_and_any_other_region_an_error() {
    tells(
        &[("/events/0/provinces", json!(["CA-BC", "CA"]))],
        &["warning events[0].provinces[0]: expected a province of this feed's vocabulary, found \"CA-BC\""],
    );
    tells(
        &[("/events/0/provinces", json!(["CA-XX"]))],
        &["error events[0].provinces[0]: expected a province of this feed's vocabulary, found \"CA-XX\""],
    );
    tells(
        &[("/events/0/venue", json!({"region": "US-MA"}))],
        &["error events[0].venue.region: expected a province of this feed's vocabulary, found \"US-MA\""],
    );
}

#[test]
fn a_postal_code_of_another_province_is_a_warning() {
    tells(
        &[("/events/0/venue/postalCode", json!("M5V 2W6"))],
        &["warning events[0].venue.postalCode: expected a postal code of CA-QC, found one of CA-ON"],
    );
}

#[test]
fn a_hybrid_event_without_one_of_its_halves_is_a_warning() {
    tells(
        &[("/events/0/attendance", json!("hybrid"))],
        &["warning events[0].online: expected how one attends a hybrid event from afar, found nothing"],
    );
    tells(
        &[
            ("/events/0/attendance", json!("hybrid")),
            ("/events/0/online", json!({"platform": "Zoom"})),
            ("/events/0/venue", Value::Null),
        ],
        &["warning events[0].venue: expected the place of a hybrid event, found nothing"],
    );
}

// Prices

#[test]
fn a_member_price_above_the_regular_one_is_an_error() {
    tells(
        &[("/events/0/offers/1/price", json!("795.00"))],
        &["error events[0].offers[1].price: expected at most the regular price, 695.00 (offers[2]), found \"795.00\""],
    );
}

#[test]
fn a_member_price_above_a_regular_one_that_holds_at_another_time_is_right() {
    let early = json!({"id": "early-bird", "audience": "nonMember", "price": "395.00", "validThrough": "2026-12-31T23:59:59-05:00"});
    let late = ("/events/0/offers/2/validFrom", json!("2027-01-01T00:00:00-05:00"));
    tells(&[("/events/0/offers/-", early), late], &[]);
}

#[test]
fn offers_for_the_same_people_at_the_same_time_are_an_error() {
    tells(
        &[("/events/0/offers/1/validFrom", json!("2027-01-15T00:00:00-05:00"))],
        &[
            "error events[0].offers[1].validFrom: expected an offer that does not hold at the same time as offers[0], for \
           the same people, found one from 2027-01-15T00:00:00-05:00 on",
        ],
    );
    tells(
        &[
            ("/events/0/offers/0/memberOf", json!(["lso"])),
            ("/events/0/offers/1/memberOf", json!(["bioquebec"])),
            ("/events/0/offers/1/validFrom", json!("2027-01-15T00:00:00-05:00")),
        ],
        &[],
    );
}

#[test]
fn registration_that_is_open_without_an_offer_is_a_warning() {
    let changes = [
        ("/events/0/offers/0/validFrom", json!("2027-01-01T00:00:00-05:00")),
        ("/events/0/offers/2/validFrom", json!("2027-01-01T00:00:00-05:00")),
    ];
    let warning = "warning events[0].offers: expected an offer that holds while registration is open, found none";
    tells(&changes, &[warning]);
    let closed = ("/events/0/registration/closes", json!("2026-11-01T00:00:00-04:00"));
    tells(&[changes[0].clone(), changes[1].clone(), closed], &[]);
}

#[test]
fn a_regular_price_without_a_member_one_is_a_warning() {
    let regular = json!([{"id": "non-member", "audience": "nonMember", "price": "695.00"}]);
    tells(
        &[("/events/0/offers", regular)],
        &["warning events[0].offers: expected a member price beside the regular one, found none"],
    );
    let free = json!([{"id": "public", "audience": "public", "price": "0.00"}]);
    tells(&[("/events/0/offers", free)], &[]);
}

// Secrets

#[test]
fn secrets_and_addresses_are_errors_wherever_they_stand() {
    for (pointer, value, place, found) in [
        (
            "/events/0/title/fr",
            json!("Forum, code : LSO2027"),
            "title.fr",
            "a code",
        ),
        (
            "/events/0/summary",
            json!({"fr": "Écrire à info@example.org"}),
            "summary.fr",
            "an e-mail address",
        ),
        (
            "/events/0/x-own",
            json!({"memberCode": "x"}),
            "x-own.memberCode",
            "a member that is called \"memberCode\"",
        ),
        (
            "/events/0/url/fr",
            json!("https://example.org/?coupon=x"),
            "url.fr",
            "a link with \"coupon\" in its query",
        ),
    ] {
        let finding = format!("error events[0].{place}: expected public facts only, found {found}");
        tells(&[(pointer, value)], &[&finding]);
    }
}

// Languages and duplicates

#[test]
fn a_text_without_one_of_the_languages_is_a_warning_at_the_absent_place() {
    let told = told(&with(&[("/languages", json!(["fr", "en"]))]));
    assert!(told.contains(&"warning events[0].title.en: expected a text in \"en\" too, found nothing".to_owned()));
    assert!(told.contains(&"warning title.en: expected a text in \"en\" too, found nothing".to_owned()));
    assert!(told.contains(&"warning themes[0].label.en: expected a text in \"en\" too, found nothing".to_owned()));
}

#[test]
fn the_same_event_twice_is_suspected_with_its_evidence() {
    let mut other = feed()["events"][0].clone();
    other["id"] = json!("lso-forum");
    other["title"] = json!({"fr": "Le forum capital"});
    tells(
        &[("/events/-", other.clone())],
        &[
            "warning events[1].title.fr: expected an event that is told once, found the start and a similar title of \
           events[0] (did you mean \"lso-forum\" = \"forum\" under [same_as]?)",
        ],
    );
    other["title"] = json!({"fr": "Rencontre"});
    other["start"] = json!("2027-03-09T20:00:00-05:00");
    other.as_object_mut().unwrap().remove("end");
    tells(
        &[("/events/-", other.clone())],
        &[
            "warning events[1].registration.url.fr: expected an event that is told once, found the registration link of \
           events[0], within a day (did you mean \"lso-forum\" = \"forum\" under [same_as]?)",
        ],
    );
    other["start"] = json!("2027-03-19T20:00:00-04:00");
    tells(&[("/events/-", other)], &[]);
}

// The whole

#[test]
fn what_is_no_feed_is_not_checked() {
    for (text, error) in [
        ("{", "expected JSON text, found a fault at line 1, column 1"),
        ("{}", "expected \"joint-events\" as its format, found nothing"),
        (
            r#"{"format": "joint-events", "version": "2.0"}"#,
            "expected version \"1.x\", found \"2.0\"",
        ),
    ] {
        assert_eq!(lint(text, now()).unwrap_err().to_string(), error);
    }
}

#[test]
fn a_feed_of_which_nothing_can_be_read_is_told_event_by_event() {
    tells(
        &[("/events/0/start", json!("soon"))],
        &[
            "error events[0].start: expected a date such as \"2027-03-09\" or a time such as \
           \"2027-03-09T17:00:00-05:00\", found \"soon\"",
        ],
    );
}

#[test]
fn the_schemas_are_json_schemas_that_the_feed_fits() {
    let open: Value = serde_json::from_str(schema::OPEN).unwrap();
    for schema in [open, schema::strict()] {
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(validator.is_valid(&feed()));
        assert!(!validator.is_valid(&with(&[("/events/0/title", Value::Null)])));
    }
    let unknown = with(&[("/events/0/organisers", json!([]))]);
    let open: Value = serde_json::from_str(schema::OPEN).unwrap();
    assert!(jsonschema::validator_for(&open).unwrap().is_valid(&unknown));
    assert!(!jsonschema::validator_for(&schema::strict()).unwrap().is_valid(&unknown));
}

/// A place of the feed, and something else to stand there.
fn change() -> impl Strategy<Value = (String, Value)> {
    fn places(value: &Value, path: String, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => members
                .iter()
                .for_each(|(name, inner)| places(inner, format!("{path}/{name}"), found)),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .for_each(|(number, inner)| places(inner, format!("{path}/{number}"), found)),
            _ => {}
        }
        if !path.is_empty() {
            found.push(path);
        }
    }
    let mut found = Vec::new();
    places(&feed(), String::new(), &mut found);
    let other = prop_oneof![
        Just(json!(null)),
        Just(json!(1.5)),
        Just(json!([])),
        Just(json!({})),
        Just(json!({"fr": "x"})),
        Just(json!(["lso"])),
        "[a-zA-Z0-9 :/.-]{0,12}".prop_map(|text| json!(text)),
        Just(json!("https://example.org/")),
        Just(json!("0.00")),
        Just(json!("2027-03-09")),
    ];
    (proptest::sample::select(found), other)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// The checker's own reading of the schema against a full implementation of JSON Schema.
    #[test]
    fn what_json_schema_refuses_is_refused_here(changes in proptest::collection::vec(change(), 1..3)) {
        let mut feed = feed();
        for (pointer, value) in &changes {
            if let Some(slot) = feed.pointer_mut(pointer) {
                *slot = value.clone();
            }
        }
        let validator = jsonschema::validator_for(&schema::strict()).unwrap();
        let is_valid = validator.is_valid(&feed);
        if let Ok(findings) = lint(&feed.to_string(), now()) {
            let schema_rules = ["schema", "token", "missing", "unknown-member"];
            let refused = findings.iter().any(|finding| finding.severity == Severity::Error);
            let by_schema = findings.iter().any(|finding| schema_rules.contains(&finding.rule.as_str())
                && !finding.path.ends_with("audience"));
            prop_assert!(is_valid || refused, "{feed}");
            prop_assert!(!(is_valid && by_schema), "{findings:?}");
        }
    }

    #[test]
    fn any_text_is_checked_or_no_feed(text in "\\PC{0,200}") {
        lint(&text, now()).ok();
    }
}
