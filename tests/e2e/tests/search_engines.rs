//! End-to-end: what search engines are told of the events that are shown.
#![allow(missing_docs)]

use std::fs;
use std::path::Path;
use std::process::Command;

use joint_events_e2e::{ENGLISH, Page, SCRIPT, document, feed, html_answer, json_answer};
use serde_json::json;

/// The scripts of data in the page, and the events of the first: ids.
const TOLD: &str = "[document.querySelectorAll('script[type=\"application/ld+json\"]').length, \
    widget.querySelector('script') && JSON.parse(widget.querySelector('script').text)['@graph'].map(({identifier}) => identifier)]";

const TOLD_ENGLISH: &str = "<joint-events feed=\"/feed.json\" lang=\"en\" limit=\"2\" json-ld></joint-events>";

#[test]
fn the_data_has_what_is_shown_follows_it_and_goes_with_the_tag() {
    let page = Page::open(TOLD_ENGLISH, &feed("filters"));
    page.is_ready();
    page.shows(TOLD, json!([1, ["endless", "cocktail"]]));
    page.click("[part=more]");
    page.shows(TOLD, json!([1, ["endless", "cocktail", "forum", "webinar"]]));
    page.choose_province("CA-ON");
    page.shows(TOLD, json!([1, ["forum", "breakfast"]]));
    page.search("nothing like that");
    page.shows(TOLD, json!([0, null]));
    page.click("[part=clear]");
    page.shows(TOLD, json!([1, ["endless", "cocktail"]]));
    let name = "JSON.parse(widget.querySelector('script').text)['@graph'][1].name";
    page.shows(name, json!("Heart reception"));
    page.set_attribute("lang", "fr");
    page.shows(name, json!("Cocktail du cœur"));
    // What is not the page's own content is no content: nothing but the data stands in the tag.
    page.shows(
        "root.querySelector('.base').hasAttribute('data-fallback')",
        json!(false),
    );
    page.ask("(widget.jsonLd = false, 0)");
    page.shows(TOLD, json!([0, null]));
    page.ask("(widget.jsonLd = true, 0)");
    page.shows(TOLD, json!([1, ["endless", "cocktail"]]));
    page.ask("(window.gone = widget, widget.remove(), 0)");
    page.shows(
        "[document.querySelectorAll('script[type]').length, gone.childElementCount]",
        json!([1, 0]),
    );
    page.shows("[said, faults]", json!([[], []]));
}

#[test]
fn without_the_attribute_nothing_is_told_and_nothing_more_downloaded() {
    let page = Page::open(ENGLISH, &feed("filters"));
    page.is_ready();
    page.shows(TOLD, json!([0, null]));
    assert_eq!(page.requests("/joint-events.later.wasm"), 0);
}

#[test]
fn no_text_ends_the_script_and_a_strict_policy_lets_it_be() {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self'; \
        connect-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'\">";
    let hostile = "</script><img src=x onerror=faults.push(1)><!--<script>";
    let text = feed("filters").replace("Heart reception", hostile);
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(document(policy, &format!("{TOLD_ENGLISH}{SCRIPT}")))),
        "/feed.json" => Some(json_answer(text.clone())),
        _ => None,
    });
    page.is_ready();
    page.shows(TOLD, json!([1, ["endless", "cocktail"]]));
    page.shows(
        "JSON.parse(widget.querySelector('script').text)['@graph'][1].name",
        json!(hostile),
    );
    page.shows("/[<>&]/.test(widget.querySelector('script').text)", json!(false));
    page.shows("widget.querySelectorAll('*').length", json!(1));
    page.shows("[said, faults]", json!([[], []]));
}

/// Held against types that are made of schema.org's own vocabulary file: every type, property and value must be one of its.
#[test]
fn every_word_of_the_data_is_schema_orgs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("target/json-ld");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in [
        ("prices", feed("prices")),
        ("registration", feed("registration")),
        ("cards", feed("cards")),
    ] {
        let page = Page::open(&TOLD_ENGLISH.replace("limit=\"2\"", "limit=\"50\" past"), &text);
        page.is_ready();
        page.shows(
            "document.querySelectorAll('script[type=\"application/ld+json\"]').length",
            json!(1),
        );
        let told = page.ask("widget.querySelector('script').text");
        let module = format!(
            "import type {{ Graph }} from \"schema-dts\";\nexport const told: Graph = {};\n",
            told.as_str().unwrap()
        );
        fs::write(folder.join(format!("{name}.ts")), module).unwrap();
    }
    let wrong = "import type { Graph } from \"schema-dts\";\n\
        // @ts-expect-error: what is no word of schema.org is found\n\
        export const told: Graph = {\"@context\": \"https://schema.org\", \"@graph\": [{\"@type\": \"Event\", \"cost\": \"1\"}]};\n";
    fs::write(folder.join("wrong.ts"), wrong).unwrap();
    let options = json!({"compilerOptions": {"strict": true, "noEmit": true, "module": "nodenext", "skipLibCheck": true, "types": []},
        "include": ["*.ts"]});
    fs::write(folder.join("tsconfig.json"), options.to_string()).unwrap();
    let output = Command::new("node")
        .arg(root.join("node_modules/typescript/bin/tsc"))
        .args(["--project", "."])
        .current_dir(&folder)
        .output()
        .expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
