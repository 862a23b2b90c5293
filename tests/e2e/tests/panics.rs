//! End-to-end: a panic anywhere in the wasm ends every widget of the page in the page's own content, and nothing else.
//!
//! The panics are those of the feature `faults`, in a bundle of its own that `cargo xtask test` makes beside `dist/`.
#![allow(missing_docs)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use joint_events_e2e::{Ability, Page, SCRIPT, dist, document, feed, html_answer, json_answer, keeps};
use joint_events_loopback::folder;
use serde_json::{Value, json};

/// Two widgets of one feed, two of another, and one that is too far below to have started. A button of the host's.
const WIDGETS: &str = r#"<button id="host">0</button>
    <joint-events id="a" feed="/feed.json" lang="en" limit="1"><a href="/events">All events</a></joint-events>
    <joint-events id="b" feed="/feed.json" lang="fr" limit="1"><a href="/events">Tous les événements</a></joint-events>
    <joint-events id="c" feed="/other.json" lang="en" limit="1"><a href="/events">All events</a></joint-events>
    <joint-events id="d" feed="/other.json" lang="fr" limit="1"><a href="/events">Tous les événements</a></joint-events>
    <joint-events id="far" feed="/feed.json" lang="en" style="margin-block-start: 9000px"><a href="/events">All events</a></joint-events>"#;

/// What the host itself does: it hears the errors of each widget, counts clicks on its button and on its widgets, and has a
/// timer.
const HOST: &str = "<script>window.errors = {}; window.clicks = 0; window.ticks = 0; window.all = () => [...document.querySelectorAll('joint-events')]; \
    addEventListener('joint-events:error', ({target, detail}) => { (errors[target.id] ??= []).push(detail); }); \
    addEventListener('click', () => clicks++); setInterval(() => ticks++, 10); \
    addEventListener('DOMContentLoaded', () => { host.onclick = () => host.textContent++; });</script>";

/// The bundle with faults.
fn faults() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/faults")
}

fn site() -> Page {
    assert!(
        faults().join("joint-events.js").exists(),
        "expected target/faults/, found none: cargo xtask bundle-faults makes it"
    );
    let page = document(HOST, &format!("<main>{WIDGETS}</main>{SCRIPT}"));
    Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" | "/other.json" => Some(json_answer(feed("filters"))),
        path => folder(&faults(), path),
    })
}

/// The page with four widgets that are ready.
#[track_caller]
fn ready() -> Page {
    let page = site();
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(4));
    page
}

/// From now on the wasm panics at a place.
#[track_caller]
fn strike(page: &Page, place: &str) {
    page.ask(&format!("(window.jointEventsFault = '{place}', 0)"));
}

const FALLBACKS: &str = "all().map((one) => [one.status, one.querySelector('a').checkVisibility(), one.shadowRoot.querySelector('.base').childElementCount])";

/// Each widget shows the page's own content within a second, told it once, and the host goes on.
#[track_caller]
fn all_ended(page: &Page) {
    page.shows_within(Duration::from_secs(1), FALLBACKS, json!(vec![("failed", true, 0); 5]));
    let once = json!({"a": ["start"], "b": ["start"], "c": ["start"], "d": ["start"], "far": ["start"]});
    let errors = "Object.fromEntries(Object.entries(errors).sort().map(([id, details]) => [id, details.map(({status}) => status)]))";
    page.shows(errors, once.clone());
    page.ask("host.click()");
    page.shows("host.textContent", json!("1"));
    // What was to come by a timer of the wasm has come by then, were it to come.
    page.ask("window.ticks = 0");
    page.shows("ticks > 50", json!(true));
    page.shows(errors, once);
    page.shows("faults", json!([]));
    page.shows("said.length", json!(5));
}

/// What the console said is where it stopped, by the list beside the wasm.
#[track_caller]
fn names(page: &Page, expected: &str) {
    let lines = page.ask("said");
    let line = lines[0].as_str().expect("a line");
    let version = env!("CARGO_PKG_VERSION");
    let start = format!("error: <joint-events> the wasm of version {version} stopped: RuntimeError: ");
    assert!(line.starts_with(&start), "{line}");
    assert_eq!(lines, Value::from(vec![line; 5]), "each widget says the same");
    let explained = explain(line, &faults().join("joint-events.symbols.txt"));
    assert!(explained.contains(expected), "{expected}: {line}\n{explained}");
}

#[track_caller]
fn explain(trace: &str, list: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let list = list.to_string_lossy();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "-p", "xtask", "--", "explain", trace, &*list])
        .current_dir(root)
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_panic_in_a_handler_ends_all_in_the_pages_own_content() {
    let page = ready();
    strike(&page, "listener");
    page.ask("a.shadowRoot.querySelector('.card [part~=toggle]').click()");
    page.shows("clicks", json!(1));
    all_ended(&page);
    names(&page, "<joint_events::view::node::Node>::on::{closure");
}

#[test]
fn a_panic_in_an_effect_ends_all_in_the_pages_own_content() {
    let page = ready();
    strike(&page, "effect");
    page.ask("c.shadowRoot.querySelector('input[name=province]').click()");
    all_ended(&page);
    names(&page, "joint_events::view::effect::");
    // The selection that was about to settle is told by nobody.
    page.shows("heard.filter(([name]) => name === 'filter')", json!([]));
    keeps("panic", "its own content within 1 s, 1 error each, 0 uncaught");
}

#[test]
fn a_panic_in_a_timer_ends_all_in_the_pages_own_content() {
    let page = ready();
    strike(&page, "timer");
    page.ask("d.shadowRoot.querySelector('input[name=province]').click()");
    page.shows("d.status", json!("failed"));
    all_ended(&page);
    names(&page, "<joint_events::Embedded>::rest::{closure");
}

#[test]
fn a_panic_over_a_feed_that_came_ends_all_in_the_pages_own_content() {
    let page = ready();
    strike(&page, "load");
    page.ask("(window.refreshed = b.refresh(), 0)");
    page.shows("b.status", json!("failed"));
    page.shows("refreshed.then(() => 'no rejection')", json!("no rejection"));
    all_ended(&page);
    names(&page, "<joint_events::Embedded>::take");
}

#[test]
fn a_panic_in_a_slice_of_a_feed_ends_all_in_the_pages_own_content() {
    let page = ready();
    strike(&page, "read");
    page.ask("(window.refreshed = b.refresh(), 0)");
    page.shows("b.status", json!("failed"));
    page.shows("refreshed.then(() => 'no rejection')", json!("no rejection"));
    all_ended(&page);
    names(&page, "<joint_events::Mounted>::act");
}

#[test]
fn a_panic_at_the_start_of_one_ends_all_in_the_pages_own_content() {
    let page = ready();
    strike(&page, "mount");
    page.ask("(far.refresh(), 0)");
    page.shows("far.status", json!("failed"));
    all_ended(&page);
    names(&page, "joint_events::mount");
}

#[test]
fn what_a_page_does_with_a_widget_after_a_panic_throws_nothing_and_shows_its_own_content() {
    let page = ready();
    strike(&page, "listener");
    page.ask("a.shadowRoot.querySelector('.card [part~=toggle]').click()");
    page.shows("all().every(({status}) => status === 'failed')", json!(true));
    page.ask("(window.jointEventsFault = null, a.province = 'CA-QC', a.lang = 'fr', a.limit = 3, a.removeAttribute('theme'), 0)");
    page.ask("(document.querySelector('main').prepend(b), c.remove(), 0)");
    page.shows("[a.events, a.status, b.status]", json!([[], "failed", "failed"]));
    // A widget that comes only now can't start a second wasm: it is told, and nothing of it is half alive.
    page.ask("(window.late = Object.assign(document.createElement('joint-events'), {feed: '/feed.json', id: 'late'}), late.append(a.firstChild.cloneNode(true)), document.querySelector('main').prepend(late), 0)");
    page.shows("late.status", json!("failed"));
    page.shows("late.querySelector('a').checkVisibility()", json!(true));
    page.shows("errors.late.map(({status}) => status)", json!(["start"]));
    // Who asks again is told again, once.
    assert_eq!(
        page.ask("d.refresh().then(() => [d.status, errors.d.length])"),
        json!(["failed", 2])
    );
    page.ask("(d.feed = '/feed.json', 0)");
    page.shows("errors.d.length", json!(3));
    page.shows("d.status", json!("failed"));
    page.ask("all().forEach((one) => one.remove())");
    page.ask("window.ticks = 0");
    page.shows("ticks > 10", json!(true));
    page.shows("faults", json!([]));
    assert_eq!(page.requests("/joint-events.wasm"), 1);
}

#[test]
fn what_stopped_is_collected_without_a_call_into_it() {
    let page = ready();
    strike(&page, "effect");
    page.ask("c.shadowRoot.querySelector('input[name=province]').click()");
    page.shows("all().every(({status}) => status === 'failed')", json!(true));
    page.ask("all().forEach((one) => one.remove())");
    let collects = page.can(Ability::Count, "that what stopped is collected");
    for _ in 0..3 {
        if collects {
            page.counters();
        }
        page.ask("window.ticks = 0");
        page.shows("ticks > 5", json!(true));
    }
    page.shows("faults", json!([]));
}

#[test]
fn a_visit_of_its_own_cures_it() {
    let page = ready();
    strike(&page, "listener");
    page.ask("a.shadowRoot.querySelector('.card [part~=toggle]').click()");
    page.shows("a.status", json!("failed"));
    page.go("/");
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(4));
    page.shows("[said, faults]", json!([[], []]));
}

#[test]
fn what_is_published_has_no_faults_and_a_list_of_all_its_functions() {
    let holds = |folder: PathBuf| {
        let wasm = std::fs::read(folder.join("joint-events.wasm")).expect("a wasm");
        wasm.windows(16).any(|window| window == b"jointEventsFault")
    };
    assert_eq!((holds(dist()), holds(faults())), (false, true));
    let list = std::fs::read_to_string(dist().join("joint-events.symbols.txt")).expect("a list");
    let names = |name: &str| list.lines().any(|line| line.contains(name));
    assert!(names("joint_events::") && !names("faults::strike"), "{list}");
    // The last of each part, where the second's lines are marked.
    for (file, mark) in [("joint-events.wasm", ""), ("joint-events.later.wasm", "later ")] {
        let mut own = list
            .lines()
            .filter(|line| line.starts_with("later ") != mark.is_empty());
        let last = own
            .next_back()
            .and_then(|line| line.strip_prefix(mark)?.split(' ').next());
        let last = last.expect("a function");
        let explained = explain(
            &format!("{file}:wasm-function[{last}]"),
            &dist().join("joint-events.symbols.txt"),
        );
        assert!(explained.starts_with(&format!("wasm-function[{last}] ")), "{explained}");
    }
}
