//! End-to-end: under a strict policy all works; where something is refused the page's own content stays.
#![allow(missing_docs)]

use std::sync::atomic::{AtomicUsize, Ordering};

use joint_events_e2e::{
    Ability, ENGLISH, Page, SCRIPT, dist, document, feed, file, html, html_answer, json_answer, keeps,
};
use joint_events_loopback::{Request, Response, Server, folder};
use serde_json::json;

/// A server of the bundle and one of the feed, as they stand beside a page in the wild.
fn servers() -> (Server, Server) {
    let assets = Server::start(0, |request| {
        folder(&dist(), &request.path).unwrap_or_else(|| Response::status(404))
    });
    let feeds = Server::start(0, |_| {
        let colored = feed("registration")
            .replace("\"id\": \"lso\",", "\"id\": \"lso\", \"color\": \"#00587C\",")
            .replace("javascript:alert(1)", "https://lso.example/");
        json_answer(colored)
    });
    (assets.expect("a free port"), feeds.expect("a free port"))
}

/// README's policy, and nothing beyond it allowed: `others` refuses the rest.
fn policy(assets: &str, feeds: &str, others: &str) -> String {
    format!(
        "{others}; base-uri 'none'; script-src 'nonce-n' 'strict-dynamic' 'wasm-unsafe-eval'; \
         connect-src {assets} {feeds}; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// Refuses all that no other directive is for: a prefetch too, unless any of them allows it (CSP 3, resource hints).
const BY_DEFAULT: &str = "default-src 'none'";

/// Refuses the same kind by kind: no directive is for prefetches.
const BY_KIND: &str = "font-src 'none'; frame-src 'none'; img-src 'none'; manifest-src 'none'; media-src 'none'; object-src 'none'; \
    worker-src 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page with the scripts of `dist/embed.html`, from other origins.
fn embedding(assets: &str, feeds: &str) -> String {
    let embed = String::from_utf8(file("embed.html")).expect("UTF-8");
    let embed = embed
        .replace("https://feeds.example/joint-events/v1", feeds)
        .replace("https://feeds.example", feeds)
        .replace("\"joint-events.", &format!("\"{assets}/joint-events."))
        .replace("lang=\"fr-CA\"", "lang=\"en\"");
    document("", &embed).replace("<script", "<script nonce=\"n\"")
}

/// All that a visitor does, from the start of a page to its end.
#[track_caller]
fn visit(page: &Page, path: &str, feeds: &str) {
    let reads_log = page.can(Ability::Log, "the browser's own log is empty");
    if reads_log {
        drop(page.log());
    }
    page.go(path);
    page.is_ready();
    page.set_attribute("association", "lso");
    page.search("both");
    page.shows("heard.at(-1)[0]", json!("filter"));
    page.sees(&["Both"]);
    page.say_member_of("lso");
    page.shows("heard.at(-1)[0]", json!("member"));
    page.click("#je-both [part=toggle]");
    page.shows("seen('details').length", json!(1));
    page.click("#je-both [part=calendar]");
    page.click("#je-both .calendar-menu button");
    page.shows("files.length", json!(1));
    page.click("#je-both [part=register]");
    page.shows("heard.at(-1)[0]", json!("register"));
    page.click("[part=clear]");
    page.set_attribute("lang", "fr");
    page.shows("root.querySelector('.base').lang", json!("fr-CA"));
    page.set_attribute("feed", &format!("{feeds}/other.json"));
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(2));
    page.shows(&format!("[{}, said]", page.faults()), json!([[], []]));
    if reads_log {
        let log = page.log();
        assert!(
            log.iter().all(|line| line.contains("favicon")),
            "expected an empty log, found {log:#?}"
        );
    }
}

#[test]
fn the_whole_visit_passes_under_a_strict_policy_without_one_violation() {
    let (assets, feeds) = servers();
    let (assets, feeds) = (assets.origin(), feeds.origin());
    let whole = embedding(&assets, &feeds);
    let (before, rest) = whole.split_once("<link rel=\"prefetch\"").expect("a prefetch");
    let (_, after) = rest.split_once('>').expect("its end");
    let without = [before, after].concat();
    let by = |others| policy(&assets, &feeds, others);
    let pages = [
        ("/", whole.clone(), by(BY_DEFAULT)),
        ("/by-kind", whole, by(BY_KIND)),
        ("/without", without, by(BY_DEFAULT)),
    ];
    let page = Page::open_site(move |request| {
        let (_, page, policy) = pages.iter().find(|(path, ..)| *path == request.path)?;
        Some(html_answer(page.clone()).with_header("Content-Security-Policy", policy))
    });
    for path in ["/by-kind", "/without"] {
        visit(&page, path, &feeds);
    }
    if page.can(Ability::Prefetch, "the snippet's prefetch under default-src 'none'") {
        visit(&page, "/", &feeds);
    }
    keeps("strict-policy", "0 violations, 0 uncaught errors in a whole visit");
}

/// What is refused to a page, and whether its script runs all the same.
struct Refused {
    what: &'static str,
    policy: &'static str,
    head: &'static str,
    answer: fn(&Request) -> Option<Response>,
    runs: bool,
}

const NOTHING: Refused = Refused {
    what: "",
    policy: "",
    head: "",
    answer: |_| None,
    runs: true,
};

/// A page to which something is refused: its own content is seen, and its scripts hear of one failure, soon.
#[track_caller]
fn keeps_its_content(refused: &Refused) -> Page {
    let Refused {
        what,
        policy,
        head,
        answer,
        runs,
    } = *refused;
    let integrity = String::from_utf8(file("embed.html")).expect("UTF-8");
    let integrity = integrity
        .split("<script")
        .nth(1)
        .and_then(|script| script.split("integrity=\"").nth(1)?.split('"').next())
        .expect("a hash");
    let script = SCRIPT.replace(
        "src",
        &format!("onload=\"window.came = performance.now()\" crossorigin integrity=\"{integrity}\" src"),
    );
    let noted = "<script>addEventListener('joint-events:error', (event) => (window.failed = event.timeStamp))</script>";
    let page = document(&format!("{noted}{head}"), &format!("{ENGLISH}{SCRIPT}"));
    let page = page.replace(SCRIPT, &script).replace("<script", "<script nonce=\"n\"");
    let page = Page::open_site(move |request| {
        answer(request).or_else(|| match request.path.as_str() {
            "/" => Some(html_answer(page.clone()).with_header("Content-Security-Policy", policy)),
            "/feed.json" => Some(json_answer(feed("filters"))),
            _ => None,
        })
    });
    if runs {
        let soon = "(() => { const [script] = performance.getEntriesByName(location.origin + '/joint-events.js'); \
            return window.failed - script.responseEnd < 1000; })()";
        // A machine that does something else may be late once, or twice.
        for _ in 0..3 {
            page.shows("widget.status", json!("failed"));
            page.shows(
                "heard.map(([name, {status}]) => [name, status])",
                json!([["error", "start"]]),
            );
            page.shows("said.length", json!(1));
            if page.ask(soon) == json!(true) {
                break;
            }
            page.go("/");
        }
        page.shows(soon, json!(true));
    } else {
        page.shows("document.readyState", json!("complete"));
        page.shows("[root ?? null, widget.matches(':defined')]", json!([null, false]));
    }
    page.shows("widget.querySelector('a').checkVisibility()", json!(true));
    page.shows(
        "widget.querySelector('a').getBoundingClientRect().height > 10",
        json!(true),
    );
    let uncaught = "(window.faults ?? []).filter((fault) => !/^(script|connect)-src/.test(fault))";
    assert_eq!(page.ask(uncaught), json!([]), "{what}");
    page
}

#[test]
fn a_policy_that_forbids_webassembly_leaves_the_content_and_nothing_is_downloaded() {
    let page = keeps_its_content(&Refused {
        what: "a policy without 'wasm-unsafe-eval'",
        policy: "script-src 'nonce-n' 'strict-dynamic'; script-src-attr 'unsafe-inline'",
        ..NOTHING
    });
    assert_eq!(
        (page.requests("/joint-events.wasm"), page.requests("/feed.json")),
        (0, 0)
    );
    keeps("no-wasm", "its content seen within 1 s, 0 uncaught errors");
}

#[test]
fn a_browser_without_webassembly_leaves_the_content_and_nothing_is_downloaded() {
    let page = keeps_its_content(&Refused {
        what: "a browser without WebAssembly",
        head: "<script>delete window.WebAssembly</script>",
        ..NOTHING
    });
    assert_eq!(
        (page.requests("/joint-events.wasm"), page.requests("/feed.json")),
        (0, 0)
    );
}

#[test]
fn a_browser_without_script_shows_the_content() {
    keeps_its_content(&Refused {
        what: "a policy without any script",
        policy: "script-src 'none'",
        runs: false,
        ..NOTHING
    });
}

#[test]
fn a_script_that_is_blocked_missing_or_cut_leaves_the_content() {
    for answer in [
        (|request| (request.path == "/joint-events.js").then(Response::reset)) as fn(&Request) -> _,
        |request| (request.path == "/joint-events.js").then(|| Response::status(404)),
        |request| {
            (request.path == "/joint-events.js")
                .then(|| Response::text("text/javascript", &file("joint-events.js")[..9000]))
        },
    ] {
        keeps_its_content(&Refused {
            what: "the script",
            answer,
            runs: false,
            ..NOTHING
        });
    }
}

#[test]
fn a_script_with_one_byte_added_is_not_run() {
    keeps_its_content(&Refused {
        what: "the script's own bytes",
        answer: |request| {
            (request.path == "/joint-events.js")
                .then(|| Response::text("text/javascript", [file("joint-events.js"), b" ".to_vec()].concat()))
        },
        runs: false,
        ..NOTHING
    });
}

#[test]
fn a_wasm_with_one_byte_added_is_not_run() {
    let page = keeps_its_content(&Refused {
        what: "the wasm's own bytes",
        answer: |request| {
            // An empty custom section more: still a module that any engine would run.
            (request.path == "/joint-events.wasm").then(|| {
                Response::text(
                    "application/wasm",
                    [file("joint-events.wasm"), b"\0\x01\0".to_vec()].concat(),
                )
            })
        },
        ..NOTHING
    });
    page.shows(
        "/expected the wasm that this script was built with/.test(said[0])",
        json!(true),
    );
    page.shows("root.querySelectorAll('[part=card]').length", json!(0));
    keeps("tampered", "not run; the page's own content stays");
}

#[test]
fn a_wasm_that_is_blocked_or_missing_leaves_the_content() {
    for answer in [
        (|request| (request.path == "/joint-events.wasm").then(Response::reset)) as fn(&Request) -> _,
        |request| (request.path == "/joint-events.wasm").then(|| Response::status(404)),
        |request| (request.path == "/joint-events.wasm").then(|| Response::text("text/html", "<!doctype html>")),
        |request| {
            (request.path == "/joint-events.wasm")
                .then(|| Response::truncated("application/wasm", &file("joint-events.wasm")[..9000]))
        },
    ] {
        keeps_its_content(&Refused {
            what: "the wasm",
            answer,
            ..NOTHING
        });
    }
    keeps_its_content(&Refused {
        what: "any connection",
        policy: "connect-src 'none'",
        ..NOTHING
    });
}

#[test]
fn the_visitor_may_try_to_start_again_through_the_page() {
    let page = Page::open_site({
        let asked = AtomicUsize::new(0);
        move |request| match request.path.as_str() {
            "/" => Some(html_answer(html(ENGLISH))),
            "/feed.json" => Some(json_answer(feed("filters"))),
            "/joint-events.wasm" => (asked.fetch_add(1, Ordering::SeqCst) < 2).then(|| Response::status(503)),
            _ => None,
        }
    });
    page.shows("widget.status", json!("failed"));
    page.ask("(widget.refresh(), 0)");
    page.is_ready();
    page.shows("faults", json!([]));
}
