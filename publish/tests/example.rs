//! The example of the documentation: two associations, a spreadsheet, a calendar and a table of prices.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected ends"
)]

mod support;

use serde_json::json;
use support::Folder;

fn example() -> Folder {
    let folder = Folder::with("");
    for name in [
        "header.json",
        "evenements.csv",
        "lso.ics",
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
    assert_eq!(
        folder.ids(),
        [
            "cocktail-2026",
            "breakfast-lso-example-c12d96ca-20270112",
            "causerie-prix-2027",
            "breakfast-lso-example-c12d96ca-20270209",
            "awards-gala-2027-lso-example-ffb148dc",
            "forum-capital-2027",
            "breakfast-lso-example-c12d96ca-20270413",
        ]
    );
    assert_eq!(folder.run(&["check", "public/feed.json"]).exit, 0);
}

#[test]
fn the_examples_overlay_prices_the_gala_and_its_two_forums_are_one() {
    let folder = example();
    folder.build(0);
    let gala = folder.event("awards-gala-2027-lso-example-ffb148dc");
    let prices: Vec<_> = gala["offers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|offer| &offer["price"])
        .collect();
    assert_eq!(prices, ["295.00", "350.00", "450.00"]);
    let forum = folder.event("forum-capital-2027");
    assert_eq!(forum["sameAs"], json!(["capital-forum-lso-example-8dc30762"]));
    assert_eq!(forum["x-source"], json!(["bioquebec", "lso"]));
    let alternative = json!([{"organizer": "lso", "url": {"en": "https://lso.example/forum"}}]);
    assert_eq!(forum["registration"]["alternatives"], alternative);
    assert_eq!(folder.event("cocktail-2026")["venue"]["region"], "CA-QC");
}
