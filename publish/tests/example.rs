//! The example of the documentation and of the demo: a spreadsheet, a calendar, the partners' file and a table of prices.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected ends"
)]

mod support;

use serde_json::{Value, json};
use support::Folder;

fn example() -> Folder {
    let folder = Folder::with("");
    for name in [
        "header.json",
        "evenements.csv",
        "lso.ics",
        "partenaires.json",
        "prix.csv",
        "joint-events.toml",
    ] {
        let path = format!("{}/example/{name}", env!("CARGO_MANIFEST_DIR"));
        folder.write(name, &std::fs::read_to_string(path).unwrap());
    }
    folder
}

#[test]
fn the_example_builds_without_an_error_and_passes_its_own_check() {
    let folder = example();
    let ran = folder.build_with(0, &["--strict"]);
    assert!(!ran.words.contains("error: "), "{}", ran.words);
    for source in ["bioquebec", "lso", "partenaires"] {
        assert!(
            ran.words
                .lines()
                .any(|line| line.starts_with(source) && line.ends_with(" 0 findings")),
            "{}",
            ran.words
        );
    }
    let check = folder.run(&["check", "public/feed.json"]);
    assert_eq!(check.exit, 0, "{}", check.out);
}

/// The price of each offer that an event has, by the offer's id.
fn prices(event: &Value) -> Vec<(&str, Option<&str>)> {
    let offers = event["offers"].as_array().unwrap().iter();
    offers
        .map(|offer| (offer["id"].as_str().unwrap(), offer["price"].as_str()))
        .collect()
}

#[test]
fn the_examples_table_of_prices_names_events_by_id_and_by_link() {
    let folder = example();
    folder.build(0);
    assert_eq!(
        prices(&folder.event("bioquebec-2026-12-formation-essais")),
        [
            ("member-bioquebec", Some("225.00")),
            ("member-lso", Some("260.00")),
            ("non-member", Some("325.00")),
            ("student", Some("90.00")),
        ]
    );
    let forum = folder.event("policy-forum-2027-lso-example-23d53a95");
    assert_eq!(prices(&forum), [("member", None), ("non-member", None)]);
}

#[test]
fn the_examples_breakfasts_are_a_series_with_one_left_out_and_one_of_its_own() {
    let folder = example();
    folder.build(0);
    let mut ids = folder.ids();
    ids.retain(|id| id.starts_with("lso-breakfast"));
    assert_eq!(
        ids,
        [
            "lso-breakfast-20270112",
            "lso-breakfast-20270209",
            "lso-breakfast-20270413"
        ]
    );
    assert_eq!(
        folder.event("lso-breakfast-20270112")["title"],
        json!({"en": "Knowledge & Networking Breakfast: AI in Drug Discovery"})
    );
    assert_eq!(
        prices(&folder.event("lso-breakfast-20270209")),
        [
            ("member", Some("42.50")),
            ("non-member", Some("72.50")),
            ("student", Some("10.00"))
        ]
    );
}

#[test]
fn what_stands_in_two_sources_of_the_example_is_one_event() {
    let folder = example();
    folder.build(0);
    let webinar = folder.event("joint-2027-02-webinaire-approvisionnement");
    assert_eq!(webinar["sameAs"], json!(["lso-procurement-webinar"]));
    assert_eq!(webinar["x-source"], json!(["bioquebec", "lso"]));
    assert_eq!(webinar["organizers"], json!(["bioquebec", "lso"]));
    assert_eq!(
        webinar["title"]["en"],
        "Webinar: Selling to the Health System, From One Province to Another"
    );
    let alternative = json!([{
        "organizer": "lso",
        "url": {"en": "https://lso.example/events/webinaire-approvisionnement"}
    }]);
    assert_eq!(webinar["registration"]["alternatives"], alternative);
    let forum = folder.event("joint-2027-02-capital-forum");
    assert_eq!(forum["x-source"], json!(["partenaires", "lso"]));
    assert_eq!(forum["sameAs"], json!(["lso-capital-forum"]));
}
