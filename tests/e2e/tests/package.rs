//! End-to-end, for those who build pages with npm: the package as it is packed, in plain modules and three frameworks.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use joint_events_e2e::{Page, feed, json_answer};
use joint_events_loopback::{Response, folder};
use serde_json::json;

/// The pages, made once.
fn pages() -> PathBuf {
    static PAGES: OnceLock<PathBuf> = OnceLock::new();
    let made = PAGES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let pages = root.join("target/package");
        let made = Command::new("node")
            .arg(root.join("tests/package/build.mjs"))
            .arg(&pages)
            .status()
            .expect("node");
        assert!(made.success(), "expected pages of the package, found {made}");
        pages
    });
    made.clone()
}

/// Attributes, a property that holds a list, a number and an event have passed through the framework.
#[track_caller]
fn works_in(framework: &str) {
    let pages = pages();
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(Response::text("text/html", "<!doctype html><title>Package</title>")),
        "/feed.json" => Some(json_answer(feed("prices"))),
        path => folder(&pages, path),
    });
    page.go(&format!("/{framework}.html"));
    page.shows("document.title.endsWith(' shown')", json!(true));
    page.shows("seen('title').length", json!(2));
    assert_eq!(
        page.ask("[widget.memberOf, widget.lang, widget.limit]"),
        json!(["bioquebec", "en", 2])
    );
}

#[test]
fn a_plain_module_defines_the_tag_when_it_wants_and_properties_set_before_are_kept() {
    works_in("plain");
}

#[test]
fn react_sets_properties_and_hears_events() {
    works_in("react");
}

#[test]
fn vue_sets_properties_and_hears_events() {
    works_in("vue");
}

#[test]
fn svelte_sets_properties_and_hears_events() {
    works_in("svelte");
}

#[test]
fn a_server_can_import_the_package_and_nothing_happens() {
    let script = "const { define } = await import('joint-events'); await import('joint-events/define'); define();";
    let output = Command::new("node")
        .args(["--input-type=module", "-e", script])
        .current_dir(pages())
        .output()
        .expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
