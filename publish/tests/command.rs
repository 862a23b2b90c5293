//! The command line: verbs, streams, exit codes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected ends"
)]

mod support;

use serde_json::Value;
use support::Folder;

fn folder() -> Folder {
    let folder = Folder::with("");
    folder.write(
        "good.json",
        &support::HEADER.replace(
            "\"events\": []",
            "\"generatedAt\": \"2026-11-22T14:05:00Z\", \"events\": []",
        ),
    );
    folder
}

#[test]
fn check_ends_with_0_for_warnings_1_for_errors_and_2_for_what_is_no_feed() {
    let folder = folder();
    let warnings = folder.run(&["check", "good.json"]);
    assert_eq!((warnings.exit, warnings.words.as_str()), (0, "0 errors, 1 warning\n"));
    assert_eq!(
        warnings.out,
        "1 warning:\ngood.json: title.en: expected a text in \"en\" too, found nothing\n"
    );
    assert_eq!(folder.run(&["check", "good.json", "--deny-warnings"]).exit, 1);
    folder.write(
        "bad.json",
        &folder.read("good.json").replace("\"currency\"", "\"curency\""),
    );
    let errors = folder.run(&["check", "bad.json", "good.json"]);
    assert_eq!(errors.exit, 1);
    assert!(
        errors.out.starts_with(
            "1 error:\nbad.json: curency: expected a known member, or one that begins with \"x-\", found \"curency\" (did you \
             mean \"currency\"?)\n2 warnings:\n"
        ),
        "{}",
        errors.out
    );
    folder.write("none.json", "[1]");
    let none = folder.run(&["check", "none.json", "good.json"]);
    assert_eq!(none.exit, 2);
    assert_eq!(
        none.words,
        "none.json: expected \"joint-events\" as its format, found nothing\n0 errors, 1 warning\n"
    );
    assert_eq!(folder.run(&["check", "missing.json"]).exit, 2);
}

#[test]
fn check_prints_findings_as_json() {
    let ran = folder().run(&["check", "good.json", "--format", "json"]);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    let finding = serde_json::json!({"file": "good.json", "path": "title.en", "severity": "warning", "rule": "language",
        "expected": "a text in \"en\" too", "found": "nothing", "suggestion": null});
    assert_eq!(document, serde_json::json!({"findings": [finding]}));
}

#[test]
fn standard_input_is_a_file_too() {
    let folder = folder();
    let feed = folder.read("good.json");
    let ran = folder.run_at(support::NOW, &["check", "-"], feed.as_bytes());
    assert_eq!(
        ran.out,
        "1 warning:\n-: title.en: expected a text in \"en\" too, found nothing\n"
    );
    let ran = folder.run_at(
        support::NOW,
        &["import", "-", "--organizer", "lso"],
        b"titre_fr;debut\nGala;2027-03-09\n",
    );
    assert_eq!(ran.exit, 0, "{}", ran.words);
}

#[test]
fn import_ends_with_0_where_only_the_source_is_silent_and_1_where_something_is_lost() {
    let folder = folder();
    folder.write("silent.csv", "titre_fr;debut\nGala;2027-03-09\n");
    let silent = folder.run(&["import", "silent.csv"]);
    assert_eq!(silent.exit, 0, "{}", silent.words);
    let document: Value = serde_json::from_str(&silent.out).unwrap();
    assert_eq!(document["problems"][0]["path"], "events[0].organizers");
    folder.write("lost.csv", "titre_fr;debut\nGala;2027-03-09\nForum;03/04/2027\n");
    let lost = folder.run(&["import", "lost.csv"]);
    assert_eq!(lost.exit, 1);
    let document: Value = serde_json::from_str(&lost.out).unwrap();
    assert_eq!(document["events"].as_array().unwrap().len(), 1);
    let problem = document["problems"]
        .as_array()
        .unwrap()
        .iter()
        .find(|problem| problem["row"] == 3)
        .unwrap();
    assert_eq!(
        (&problem["column"], &problem["found"]),
        (&"debut".into(), &"\"03/04/2027\"".into())
    );
    let told = folder.run(&[
        "import",
        "lost.csv",
        "--date-order",
        "dmy",
        "--organizer",
        "lso",
        "--time-zone",
        "America/Toronto",
    ]);
    assert_eq!((told.exit, told.words.as_str()), (0, "2 events, 0 problems\n"));
    let table = folder.run(&["import", "silent.csv", "--to", "csv", "--lang", "en"]);
    assert!(table.out.contains("2027-03-09"), "{}", table.out);
    folder.write("none.csv", "hello\n");
    assert_eq!(folder.run(&["import", "none.csv"]).exit, 2);
}

#[test]
fn a_command_that_is_not_understood_ends_with_2_and_help_with_0() {
    let folder = folder();
    for words in [
        &["buidl"][..],
        &[],
        &["check"],
        &["import"],
        &["export", "pdf", "good.json"],
        &["import", "x", "--time-zone", "EST"],
        &["import", "a", "--fetch", "https://example.org"],
    ] {
        assert_eq!(folder.run(words).exit, 2, "{words:?}");
    }
    assert_eq!(folder.run_at("yesterday", &["check", "good.json"], b"").exit, 2);
    for verb in [
        "build",
        "check",
        "import",
        "export",
        "diff",
        "schema",
        "template",
        "completions",
    ] {
        let help = folder.run(&[verb, "--help"]);
        assert_eq!(help.exit, 0);
        assert!(
            help.out.contains(&format!("joint-events {verb} ")),
            "{verb} has an example: {}",
            help.out
        );
    }
}

#[test]
fn now_stands_for_the_clock_before_and_after_the_verb() {
    let folder = folder();
    let event = r#""events": [{"id": "gala", "title": {"fr": "Gala", "en": "Gala"}, "start": "2027-03-09",
        "timeZone": "America/Toronto", "organizers": ["lso"]}]"#;
    folder.write("gala.json", &folder.read("good.json").replace("\"events\": []", event));
    let past = "gala.json: events[0].start: expected an event that is not over";
    for (now, is_past) in [("2027-03-09T12:00:00Z", false), ("2027-03-11T12:00:00Z", true)] {
        for words in [
            ["--now", now, "check", "gala.json"],
            ["check", "gala.json", "--now", now],
        ] {
            let ran = folder.run_alone(&words, b"");
            assert_eq!(
                (ran.exit, ran.out.contains(past)),
                (0, is_past),
                "{words:?}: {}",
                ran.out
            );
        }
    }
}

#[test]
fn what_cannot_be_written_ends_with_2_and_says_what_stands_there() {
    let folder = folder();
    folder.write("taken", "a file");
    let ran = folder.run(&["export", "html", "good.json", "-o", "taken/list.html"]);
    assert_eq!(
        (ran.exit, ran.words.as_str()),
        (
            2,
            "taken/list.html: expected a file that can be written, found a file\n"
        )
    );
    let ran = folder.run(&["build", "joint-events.toml", "--out", "taken"]);
    assert_eq!(
        (ran.exit, ran.words.lines().last()),
        (2, Some("taken: expected a folder that can be written, found a file"))
    );
    assert_eq!(folder.read("taken"), "a file");
}

#[test]
fn the_templates_have_the_columns_of_the_contract_in_both_languages() {
    let header = |kind: &str, language: &str, between: char| -> String {
        let template = folder().run(&["template", kind, "--lang", language]).out;
        let header = template.lines().find(|line| !line.starts_with(['#', '"'])).unwrap();
        header.replace(between, " ")
    };
    assert_eq!(
        header("csv", "en", ','),
        "id title_fr title_en summary_fr summary_en start end time_zone status attendance venue street city province \
         postal_code organizers themes languages url_fr url_en register_fr register_en member_of price_member \
         price_nonmember price_student early_price_member early_until tax_included availability_member \
         availability_nonmember image image_alt_fr image_alt_en"
    );
    assert_eq!(
        header("csv", "fr", ';'),
        "id titre_fr titre_en resume_fr resume_en debut fin fuseau statut mode lieu rue ville province code_postal \
         organisateurs themes langues url_fr url_en inscription_fr inscription_en membre_de prix_membre \
         prix_non_membre prix_etudiant prix_membre_hatif hatif_jusquau taxes_incluses places_membre places_non_membre \
         image image_alt_fr image_alt_en"
    );
    assert_eq!(
        header("overlay", "en", ','),
        "event offer audience member_of name_fr name_en price currency tax_included valid_from valid_through \
         availability url_fr url_en note_fr note_en"
    );
    assert_eq!(
        header("overlay", "fr", ';'),
        "evenement offre public membre_de nom_fr nom_en prix devise taxes_incluses des jusquau places url_fr url_en \
         note_fr note_en"
    );
}

#[test]
fn the_templates_are_read_by_the_tool_itself() {
    let folder = folder();
    for language in ["fr", "en"] {
        let table = folder.run(&["template", "csv", "--lang", language]).out;
        let example: String = table
            .lines()
            .map(|line| match line.strip_prefix("# forum") {
                Some(rest) => format!("forum{rest}\n"),
                None => format!("{line}\n"),
            })
            .collect();
        folder.write("events.csv", &example);
        let ran = folder.run(&["import", "events.csv"]);
        assert_eq!((ran.exit, ran.words.as_str()), (0, "1 event, 0 problems\n"));
        let drafts: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(drafts["events"][0]["offers"].as_array().unwrap().len(), 4);

        let overlay = folder
            .run(&["template", "overlay", "--lang", language])
            .out
            .replace("# forum", "forum");
        folder.write("prices.csv", &overlay);
        folder.write(
            "joint-events.toml",
            "feed = \"header.json\"\nout = \"public\"\noverlays = [\"prices.csv\"]\n[[sources]]\nid = \"x\"\npath = \"events.csv\"\n",
        );
        let header = support::HEADER.replace(
            "\"audiences\": []",
            "\"audiences\": [{\"id\": \"student\", \"label\": {\"fr\": \"Étudiants\"}}]",
        );
        let header = header.replace("\"networking\"", "\"financing\"");
        folder.write("header.json", &header);
        let ran = folder.build(0);
        assert!(!ran.words.contains("error"), "{}", ran.words);
        assert_eq!(
            folder.event("forum-2027")["offers"].as_array().unwrap().len(),
            3,
            "{}",
            ran.words
        );

        let config = folder.run(&["template", "config", "--lang", language]).out;
        joint_events_publish::config::Config::of(&config).unwrap();
        let config: String = config
            .lines()
            .map(|line| format!("{}\n", line.trim_start_matches("# ")))
            .skip(1)
            .collect();
        joint_events_publish::config::Config::of(&config).unwrap_or_else(|error| panic!("{error}: {config}"));
    }
}

#[test]
fn completions_and_schemas_are_printed() {
    let folder = folder();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(
            folder.run(&["completions", shell]).out.contains("joint-events"),
            "{shell}"
        );
    }
    let open: Value = serde_json::from_str(&folder.run(&["schema"]).out).unwrap();
    let strict: Value = serde_json::from_str(&folder.run(&["schema", "--strict"]).out).unwrap();
    assert_eq!(open["$defs"]["event"].get("additionalProperties"), None);
    assert_eq!(strict["$defs"]["event"]["additionalProperties"], false);
}
