//! Whole builds: what is published, what stays, what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected ends"
)]

mod support;

use std::fs;
use std::iter::once;

use joint_events_publish::write::{File, replace};
use serde_json::{Value, json};
use support::{Folder, NOW};

const CSV: &str =
    "[[sources]]\nid = \"bq\"\nkind = \"csv\"\npath = \"bq.csv\"\norganizer = \"bioquebec\"\nlang = \"fr\"\n";
const ICS: &str = "[[sources]]\nid = \"lso\"\nkind = \"ics\"\npath = \"lso.ics\"\norganizer = \"lso\"\nlang = \"en\"\n";

const GALA: &str = "gala;Gala;2027-03-09;https://example.org/gala;45;85\n";
const FORUM: &str = "forum;Forum;2027-04-09;https://example.org/forum;0;20\n";

fn table(rows: &str) -> String {
    format!("id;titre_fr;debut;inscription_fr;prix_membre;prix_non_membre\n{rows}")
}

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n").replace('\n', "\r\n")
}

fn breakfast(start: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:breakfast\nSUMMARY:Breakfast\nDTSTART:{start}\nURL:https://lso.example/breakfast\n\
         CATEGORIES:Networking Nights\nLOCATION:MaRS\\, Toronto\nEND:VEVENT\n"
    )
}

/// A folder with two events from a table, built.
fn built() -> Folder {
    let folder = Folder::with(CSV);
    folder.write("bq.csv", &table(&format!("{GALA}{FORUM}")));
    folder.build(0);
    folder
}

#[test]
fn a_build_writes_the_seven_files_of_a_feed() {
    let folder = built();
    assert_eq!(
        folder.files("public"),
        [
            "events.en.ics",
            "events.fr.ics",
            "events.jsonld",
            "feed.json",
            "list.en.html",
            "list.fr.html",
            "report.json"
        ]
    );
    assert_eq!(folder.ids(), ["gala", "forum"]);
    assert_eq!(folder.feed()["generatedAt"], NOW);
    assert_eq!(folder.event("gala")["x-source"], json!(["bq"]));
    let check = folder.run(&["check", "public/feed.json"]);
    assert_eq!(check.exit, 0, "{}", check.out);
}

#[test]
fn the_feed_has_one_event_a_line_in_the_order_of_their_starts() {
    let folder = Folder::with(CSV);
    folder.write(
        "bq.csv",
        "id;titre_fr;debut\nb;B;2027-03-09 08:00\na;A;2027-03-09 08:00\nz;Z;2027-03-09\ny;Y;2027-03-08 23:00\n",
    );
    folder.build(0);
    assert_eq!(folder.ids(), ["y", "z", "a", "b"]);
    let text = folder.read("public/feed.json");
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("{\"id\":")).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[1].trim_end_matches(','),
        "{\"id\":\"z\",\"title\":{\"fr\":\"Z\"},\"start\":\"2027-03-09\",\"timeZone\":\"America/Toronto\",\
         \"organizers\":[\"bioquebec\"],\"x-source\":[\"bq\"]}"
    );
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let folder = built();
    let read = |folder: &Folder| -> Vec<String> {
        folder
            .files("public")
            .iter()
            .map(|name| folder.read(&format!("public/{name}")))
            .collect()
    };
    let first = read(&folder);
    folder.build(0);
    assert_eq!(read(&folder), first);
    let other = built();
    assert_eq!(read(&other), first);
}

#[test]
fn a_later_build_without_a_change_leaves_the_feed_as_it_is() {
    let folder = built();
    let first = folder.read("public/feed.json");
    let later = folder.run_at("2026-12-01T12:00:00Z", &["build", "joint-events.toml"], b"");
    assert_eq!(later.exit, 0);
    assert_eq!(folder.read("public/feed.json"), first);
    folder.write("bq.csv", &table(&format!("{GALA}{}", FORUM.replace(";20", ";25"))));
    folder.run_at("2026-12-01T12:00:00Z", &["build", "joint-events.toml"], b"");
    assert_eq!(folder.feed()["generatedAt"], "2026-12-01T12:00:00Z");
}

#[test]
fn what_a_killed_run_left_is_taken_away() {
    let folder = built();
    folder.write("public/.joint-events-feed.json", "{\"half\":");
    folder.build(0);
    assert!(
        !folder.files("public").iter().any(|name| name.starts_with('.')),
        "{:?}",
        folder.files("public")
    );
}

#[test]
fn a_reader_keeps_the_feed_that_it_opened_and_the_feed_is_the_last_to_change() {
    let folder = built();
    let first = folder.read("public/feed.json");
    // A second name of the same file, as an open handle is.
    fs::hard_link(folder.path("public/feed.json"), folder.path("opened.json")).unwrap();
    folder.write("bq.csv", &table(&format!("{GALA}{}", FORUM.replace(";20", ";25"))));
    folder.build(0);
    assert_eq!(folder.read("opened.json"), first);
    let second = folder.read("public/feed.json");
    assert_ne!(second, first);
    // What comes before the feed and can't be replaced leaves the feed as it was.
    fs::remove_file(folder.path("public/report.json")).unwrap();
    fs::create_dir_all(folder.path("public/report.json/in-the-way")).unwrap();
    folder.write("bq.csv", &table(&format!("{GALA}{}", FORUM.replace(";20", ";30"))));
    folder.build(2);
    assert_eq!(folder.read("public/feed.json"), second);
}

#[test]
fn where_one_file_cannot_be_written_all_stay_as_they_were() {
    let folder = built();
    let (list, feed) = (folder.read("public/list.fr.html"), folder.read("public/feed.json"));
    let file = |name: &str| File::new(name, once("new".to_owned()));
    let files = ["list.fr.html", "no-such-folder/events.jsonld", "feed.json"].map(file);
    assert!(replace(&folder.path("public"), files.into()).is_err());
    assert_eq!(folder.read("public/list.fr.html"), list);
    assert_eq!(folder.read("public/feed.json"), feed);
}

#[test]
fn a_series_goes_on_to_the_horizon_of_the_configuration() {
    let series = "BEGIN:VEVENT\nUID:monthly\nDTSTART;VALUE=DATE:20260115\nRRULE:FREQ=MONTHLY\nSUMMARY:M\nEND:VEVENT\n";
    let folder = Folder::with(&format!("horizon_months = 2\n{ICS}"));
    folder.write("lso.ics", &calendar(series));
    folder.build(0);
    assert_eq!(
        folder.ids(),
        ["monthly-20261115", "monthly-20261215", "monthly-20270115"]
    );
}

#[test]
fn an_id_that_two_sources_give_is_an_error_and_stays_with_the_first() {
    let site =
        |id: &str| format!("[[sources]]\nid = \"{id}\"\npath = \"{id}.json\"\norganizer = \"{id}\"\nlang = \"en\"\n");
    let posts = |title: &str, start: &str| {
        json!({"events": [{"id": 12, "title": title, "start_date": start, "timezone": "America/Toronto"}]}).to_string()
    };
    let folder = Folder::with(&format!("{}{}", site("lso"), site("bioquebec")));
    folder.write("lso.json", &posts("Breakfast", "2027-03-09 08:00:00"));
    folder.write("bioquebec.json", &posts("Gala", "2027-02-09 18:00:00"));
    folder.build(0);
    assert_eq!(
        folder.ids(),
        ["bioquebec-12", "lso-12"],
        "post numbers are each site's own"
    );

    let other = CSV.replace("bq", "other");
    let folder = Folder::with(&format!("{CSV}{other}"));
    folder.write("bq.csv", &table(GALA));
    folder.write("other.csv", &table("gala;Other gala;2027-01-09;;;\n"));
    let ran = folder.build(0);
    assert_eq!(
        folder.event("gala")["title"]["fr"],
        "Gala",
        "not the one that starts first"
    );
    let told =
        "error: other.csv: gala.id: expected an id of its own, found \"gala\" a second time, after the source \"bq\"\n";
    assert!(ran.words.contains(told), "{}", ran.words);
    folder.build_with(1, &["--strict"]);
}

#[test]
fn a_past_event_that_the_header_no_longer_fits_does_not_stay() {
    let folder = built();
    folder.write("bq.csv", &table(FORUM));
    let header = folder.read("header.json");
    folder.write("header.json", &header.replace("\"bioquebec\"", "\"quebec-bio\""));
    folder.write(
        "joint-events.toml",
        &folder.read("joint-events.toml").replace("bioquebec", "quebec-bio"),
    );
    let ran = folder.run_at("2027-03-11T13:00:00Z", &["build", "joint-events.toml"], b"");
    assert_eq!((ran.exit, folder.ids()), (0, vec!["forum".to_owned()]), "{}", ran.words);
    assert!(
        ran.words
            .contains("error: bq.csv: gala.organizers[0]: expected the id of an association"),
        "{}",
        ran.words
    );
}

#[test]
fn the_out_folder_and_the_previous_feed_can_be_told() {
    let folder = built();
    folder.write("bq.csv", &table(GALA));
    let ran = folder.build_with(1, &["--out", "elsewhere", "--previous", "public/feed.json"]);
    assert!(
        ran.words
            .contains("feed.json: forum: expected an upcoming event of the previous feed, found none"),
        "{}",
        ran.words
    );
    assert!(!folder.path("elsewhere").exists());
    folder.build_with(0, &["--out", "elsewhere"]);
    assert!(folder.path("elsewhere/feed.json").exists());
    folder.build_with(2, &["--previous", "missing.json"]);
}

// Sources that fail

#[test]
fn a_source_that_cannot_be_read_keeps_its_previous_events() {
    let folder = Folder::with(&format!("{CSV}{ICS}"));
    folder.write("bq.csv", &table(GALA));
    folder.write("lso.ics", &calendar(&breakfast("20270310T130000Z")));
    folder.build(0);
    for broken in ["BEGIN:VCALENDAR\r\nBEGIN:VEV", "", "<html>503</html>"] {
        folder.write("lso.ics", broken);
        let ran = folder.build(0);
        assert_eq!(folder.ids(), ["gala", "breakfast"], "{broken}");
        assert!(
            ran.words.contains("1 kept as published before"),
            "{broken}: {}",
            ran.words
        );
    }
    fs::remove_file(folder.path("lso.ics")).unwrap();
    let ran = folder.build(0);
    assert!(
        ran.words
            .contains("warning: lso.ics: expected a file that can be read, found no such file\n"),
        "{}",
        ran.words
    );
    assert!(
        ran.words
            .contains("lso: 0 events, 1 finding, 1 kept as published before, could not be read\n"),
        "{}",
        ran.words
    );
}

#[test]
fn a_source_that_never_could_be_read_ends_with_1_and_the_rest_is_published() {
    let folder = Folder::with(&format!("{CSV}{ICS}"));
    folder.write("bq.csv", &table(GALA));
    let ran = folder.build(1);
    assert_eq!(folder.ids(), ["gala"]);
    assert!(
        ran.words.ends_with("without a source that could not be read\n"),
        "{}",
        ran.words
    );
    let alone = Folder::with(ICS);
    alone.build(1);
    assert!(
        !alone.path("public").exists(),
        "an empty feed says that there are no events"
    );
}

#[test]
fn a_source_that_gives_none_any_more_is_refused() {
    let folder = built();
    let before = folder.read("public/feed.json");
    folder.write("bq.csv", &table(""));
    let ran = folder.build(1);
    assert_eq!(folder.read("public/feed.json"), before);
    assert!(
        ran.words
            .contains("error: bq.csv: expected events, of which it gave some before, found none"),
        "{}",
        ran.words
    );
    folder.build_with(0, &["--allow-removals"]);
    assert_eq!(folder.ids(), [""; 0]);
}

#[test]
fn an_upcoming_event_that_is_gone_is_refused_and_a_past_one_stays_for_30_days() {
    let folder = built();
    let before = folder.read("public/feed.json");
    folder.write("bq.csv", &table(GALA));
    let ran = folder.build(1);
    assert_eq!(folder.read("public/feed.json"), before);
    assert!(
        ran.words.contains(
            "error: feed.json: forum: expected an upcoming event of the previous feed, found none (did you mean --allow-removals?)\n"
        ),
        "{}",
        ran.words
    );
    assert!(ran.words.ends_with("nothing is written to public\n"), "{}", ran.words);
    folder.build_with(0, &["--allow-removals"]);
    assert_eq!(folder.ids(), ["gala"]);

    let folder = built();
    folder.write("bq.csv", &table(FORUM));
    for (now, ids) in [
        ("2027-03-11T13:00:00Z", vec!["gala", "forum"]),
        ("2027-04-08T13:00:00Z", vec!["gala", "forum"]),
        ("2027-04-09T13:00:00Z", vec!["forum"]),
    ] {
        let ran = folder.run_at(now, &["build", "joint-events.toml"], b"");
        assert_eq!(
            (ran.exit, folder.ids()),
            (0, ids.into_iter().map(str::to_owned).collect()),
            "{now}: {}",
            ran.words
        );
    }
}

#[test]
fn an_id_that_is_gone_while_one_has_its_start_and_link_is_a_rename() {
    let folder = built();
    folder.write(
        "bq.csv",
        &table(&format!("{GALA}{}", FORUM.replacen("forum;", "forum-2027;", 1))),
    );
    let ran = folder.build(0);
    assert_eq!(folder.ids(), ["gala", "forum-2027"]);
    assert!(
        ran.words.contains(
            "warning: feed.json: forum: expected \"forum\" under the id that it had, found \"forum-2027\" with its start and its link\n"
        ),
        "{}",
        ran.words
    );
}

// Events with errors

#[test]
fn an_event_with_an_error_is_left_out_or_stays_as_it_was() {
    let folder = Folder::with(CSV);
    let dear = FORUM.replace(";0;20", ";30;20");
    folder.write("bq.csv", &table(&format!("{GALA}{dear}")));
    let ran = folder.build(0);
    assert_eq!(folder.ids(), ["gala"]);
    assert!(
        ran.words.contains(
            "error: bq.csv: forum.offers[0].price: expected at most the regular price, 20.00 (offers[1]), found \"30.00\"\n"
        ),
        "{}",
        ran.words
    );
    let strict = folder.build_with(1, &["--strict", "--out", "strict"]);
    assert!(!folder.path("strict").exists(), "{}", strict.words);

    let folder = built();
    folder.write("bq.csv", &table(&format!("{GALA}{dear}")));
    folder.build(0);
    assert_eq!(folder.event("forum")["offers"][0]["price"], "0.00");
}

#[test]
fn a_row_that_can_no_longer_be_read_keeps_what_was_published() {
    let folder = built();
    folder.write(
        "bq.csv",
        &table(&format!("{GALA}{}", FORUM.replace("2027-04-09", "09/04/2027"))),
    );
    let ran = folder.build(0);
    assert_eq!(folder.ids(), ["gala", "forum"]);
    assert!(
        ran.words
            .contains("error: bq.csv: row 3, column debut: expected a date whose order is known"),
        "{}",
        ran.words
    );
    folder.write(
        "bq.csv",
        &table(&format!("{GALA}{}", FORUM.replace(";0;", ";gratis?;"))),
    );
    folder.build(0);
    assert_eq!(folder.event("forum")["offers"][0]["price"], "0.00");
}

#[test]
fn an_error_in_the_header_writes_nothing() {
    let folder = built();
    let header = folder
        .read("header.json")
        .replace("\"themes\":", "\"theme\": 1, \"themes\":");
    folder.write("header.json", &header);
    let ran = folder.build(1);
    assert!(
        ran.words.contains("error: header.json: theme: expected a known member"),
        "{}",
        ran.words
    );
}

#[test]
fn a_feed_that_no_reader_would_take_whole_is_refused() {
    let folder = Folder::with(CSV);
    let rows: String = (0..10_001)
        .map(|number| format!("e{number};E{number};2027-03-09;;;\n"))
        .collect();
    folder.write("bq.csv", &table(&rows));
    let ran = folder.build(1);
    assert!(
        ran.words
            .contains("error: feed.json: events: expected at most 10000 events, found 10001\n"),
        "{:.300}",
        ran.words
    );
    assert!(!folder.path("public").exists());
}

#[test]
fn what_cannot_be_understood_ends_with_2() {
    let folder = built();
    folder.write(
        "joint-events.toml",
        "feed = \"header.json\"\nout = \"public\"\n[[sources]]\nid = \"x\"\nkidn = \"csv\"\n",
    );
    let ran = folder.build(2);
    assert!(
        ran.words
            .starts_with("joint-events.toml: expected a configuration, found in line 5: unknown field `kidn`"),
        "{}",
        ran.words
    );
    folder.write(
        "joint-events.toml",
        "feed = \"header.json\"\nout = \"public\"\n[[sources]]\nid = \"x\"\n",
    );
    let ran = folder.build(2);
    assert_eq!(
        ran.words,
        "joint-events.toml: expected either path or url in the source \"x\", found neither\n"
    );
    folder.write("joint-events.toml", "feed = \"missing.json\"\nout = \"public\"\n");
    assert_eq!(
        folder.build(2).words,
        "missing.json: expected a file that can be read, found no such file\n"
    );
}

// Overlays, categories, towns, tickets, the same event twice

#[test]
fn an_overlay_prices_events_by_id_page_and_registration_link() {
    let folder = Folder::with(&format!("overlays = [\"prices.csv\"]\n{CSV}{ICS}"));
    folder.write("bq.csv", &table(&format!("{GALA}{FORUM}")));
    folder.write("lso.ics", &calendar(&breakfast("20270310T130000Z")));
    folder.write(
        "prices.csv",
        "evenement;public;membre_de;prix;devise;taxes_incluses;des;jusquau;places;offre;nom_fr\n\
         gala;membre;bioquebec lso;395,00 $;;Non;;31 janvier 2027;;membre-hatif;Membre, prix hâtif\n\
         gala;membre;bioquebec lso;495,00 $;;Non;1er février 2027;;;;\n\
         gala;non-membre;;695 $;;Non;;;dernières places;;\n\
         https://example.org/forum;public;;Gratuit;;;;;;;\n\
         https://lso.example/breakfast;membre;;à venir;;;;;;;\n\
         nobody;membre;lso;45;;;;;;;\n",
    );
    let ran = folder.build(0);
    assert_eq!(
        folder.event("gala")["offers"],
        json!([
            {"id": "membre-hatif", "name": {"fr": "Membre, prix hâtif"}, "audience": "member", "memberOf": ["bioquebec", "lso"],
             "price": "395.00", "currency": "CAD", "taxIncluded": false, "validThrough": "2027-01-31T23:59:59-05:00"},
            {"id": "member", "audience": "member", "memberOf": ["bioquebec", "lso"], "price": "495.00", "currency": "CAD",
             "taxIncluded": false, "validFrom": "2027-02-01T00:00:00-05:00"},
            {"id": "non-member", "audience": "nonMember", "price": "695.00", "currency": "CAD", "taxIncluded": false,
             "availability": "limited"},
        ])
    );
    assert_eq!(
        folder.event("forum")["offers"],
        json!([{"id": "public", "audience": "public", "price": "0.00", "currency": "CAD"}])
    );
    assert_eq!(
        folder.event("breakfast")["offers"],
        json!([{"id": "member", "audience": "member", "memberOf": ["lso"]}])
    );
    assert!(
        ran.words.contains(
            "warning: prices.csv: row 7, column evenement: expected the id or a link of an event, found \"nobody\"\n"
        ),
        "{}",
        ran.words
    );
}

#[test]
fn an_event_whose_overlay_row_is_bad_is_not_published_with_a_part_of_its_prices() {
    let folder = Folder::with(&format!("overlays = [\"prices.csv\"]\n{CSV}"));
    folder.write("bq.csv", &table(&format!("{GALA}{FORUM}")));
    folder.write(
        "prices.csv",
        "event,audience,price\ngala,member,45\ngala,nonMember,\"85 or 90\"\n",
    );
    let ran = folder.build(0);
    assert_eq!(folder.ids(), ["forum"]);
    assert!(
        ran.words
            .contains("error: prices.csv: row 3, column price: expected a price such as"),
        "{}",
        ran.words
    );
}

#[test]
fn categories_towns_and_tickets_become_themes_provinces_and_audiences() {
    let folder = Folder::with(&format!(
        "{ICS}[[sources]]\nid = \"page\"\nkind = \"json-ld\"\npath = \"page.html\"\norganizer = \"bioquebec\"\n\
         [themes]\n\"networking nights\" = \"networking\"\n[provinces]\n\"Hull\" = \"CA-QC\"\n\
         [[tickets]]\nmatch = \"non-membre\"\naudience = \"nonMember\"\n\
         [[tickets]]\nmatch = \"membre\"\naudience = \"member\"\nmember_of = [\"bioquebec\"]\n"
    ));
    folder.write("lso.ics", &calendar(&breakfast("20270310T130000Z")));
    folder.write(
        "page.html",
        r#"<script type="application/ld+json">{"@type": "Event", "identifier": "talk", "name": "Causerie",
        "startDate": "2027-05-05T12:00", "location": {"@type": "Place", "name": "Maison, Hull"}, "offers": [
        {"@type": "Offer", "name": "Membre BIOQuébec", "price": "20.00", "priceCurrency": "CAD"},
        {"@type": "Offer", "name": "Non-membre", "price": "40", "priceCurrency": "CAD"},
        {"@type": "Offer", "name": "VIP", "price": "90"}]}</script>"#,
    );
    let ran = folder.build(0);
    let breakfast = folder.event("breakfast");
    assert_eq!(breakfast["themes"], json!(["networking"]));
    assert_eq!(breakfast.get("x-categories"), None);
    assert_eq!(
        breakfast["venue"],
        json!({"name": "MaRS", "locality": "Toronto", "region": "CA-ON", "country": "CA"})
    );
    let talk = folder.event("talk");
    assert_eq!(talk["venue"]["region"], "CA-QC");
    let audiences: Vec<&Value> = talk["offers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|offer| &offer["audience"])
        .collect();
    assert_eq!(audiences, ["member", "nonMember"]);
    assert!(
        ran.words.contains(
            "warning: page.html: talk.offers[2].audience: expected a ticket that [[tickets]] names, found \"vip\"\n"
        ),
        "{}",
        ran.words
    );
}

#[test]
fn two_events_are_one_only_where_the_configuration_says_so() {
    let config = format!("{CSV}{ICS}");
    let folder = Folder::with(&config);
    let rows = "id;titre_fr;debut;organisateurs;themes;inscription_fr;prix_membre\n\
        bq-breakfast;Breakfast;2027-03-10 08:00;bioquebec;networking;https://example.org/breakfast;45\n";
    folder.write("bq.csv", rows);
    folder.write("lso.ics", &calendar(&breakfast("20270310T130000Z")));
    let ran = folder.build(0);
    assert_eq!(folder.ids().len(), 2);
    assert!(
        ran.words
            .contains("(did you mean \"breakfast\" = \"bq-breakfast\" under [same_as]?)"),
        "{}",
        ran.words
    );
    folder.write(
        "joint-events.toml",
        &format!("feed = \"header.json\"\nout = \"public\"\n{config}[same_as]\n\"breakfast\" = \"bq-breakfast\"\n"),
    );
    folder.build(0);
    assert_eq!(folder.ids(), ["bq-breakfast"]);
    assert_eq!(
        folder.event("bq-breakfast"),
        json!({
            "id": "bq-breakfast", "title": {"fr": "Breakfast", "en": "Breakfast"}, "start": "2027-03-10T08:00:00-05:00",
            "timeZone": "America/Toronto", "organizers": ["bioquebec", "lso"], "themes": ["networking"],
            "venue": {"name": "MaRS", "locality": "Toronto", "region": "CA-ON", "country": "CA"},
            "url": {"en": "https://lso.example/breakfast"},
            "registration": {"url": {"fr": "https://example.org/breakfast"},
                "alternatives": [{"organizer": "lso", "url": {"en": "https://lso.example/breakfast"}}]},
            "sameAs": ["breakfast"], "x-source": ["bq", "lso"],
            "offers": [{"id": "member", "audience": "member", "memberOf": ["bioquebec"], "price": "45.00", "currency": "CAD"}],
        })
    );
    fs::remove_file(folder.path("lso.ics")).unwrap();
    folder.build(0);
    assert_eq!(folder.ids(), ["bq-breakfast"], "the merged event stands as it was");
    assert_eq!(folder.event("bq-breakfast")["x-source"], json!(["bq", "lso"]));
}

#[test]
fn the_report_says_what_each_source_gave() {
    let folder = Folder::with(CSV);
    folder.write("bq.csv", &table(&format!("{GALA}broken;Broken;soon;;;\n")));
    folder.build(0);
    let report: Value = serde_json::from_str(&folder.read("public/report.json")).unwrap();
    assert_eq!(report["events"], 1);
    assert_eq!(
        report["sources"],
        json!([{"id": "bq", "read": true, "events": 1, "findings": 1, "previousKept": 0}])
    );
    assert_eq!(
        report["findings"][0],
        json!({"file": "bq.csv", "path": "row 3, column debut", "severity": "error", "rule": "source",
            "expected": "a date such as \"2027-03-09\", \"9 mars 2027\" or \"March 9, 2027\"", "found": "\"soon\"",
            "suggestion": null})
    );
}
