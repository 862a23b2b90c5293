//! End-to-end: the widget in an iframe of another origin, and what the page around it believes.
#![allow(missing_docs)]

use std::fs;

use joint_events_e2e::{Page, dist, feed, html, json_answer, key};
use joint_events_loopback::{Request, Response, Server, folder};
use serde_json::json;

const HOST_SCRIPT: &str = "<script src=\"ASSETS/frame-host.js\" crossorigin async></script>";
/// What the frame's own window holds beside its content: nothing. A frame is right when nothing of it is hidden.
const FITS: &str =
    "document.documentElement.scrollHeight <= innerHeight && innerHeight - document.body.offsetHeight < 2";
const HEIGHT: &str = "document.querySelector('iframe').clientHeight";

fn assets(answer: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static) -> Server {
    let server = Server::start(0, move |request| {
        let feed = || (request.path == "/feed.json").then(|| json_answer(feed("filters")));
        answer(request)
            .or_else(feed)
            .or_else(|| folder(&dist(), &request.path))
            .unwrap_or_else(|| Response::status(404))
    });
    server.expect("a free port")
}

/// The iframe of the published snippet, of `server`'s files and with this query; `ORIGIN` in it is the page's own.
fn iframe(query: &str) -> String {
    let snippet = fs::read_to_string(dist().join("embed-frame.html")).expect("a snippet");
    let iframe = snippet.split("</iframe>").next().unwrap_or_default();
    let (start, rest) = iframe.split_once("src=\"").expect("an address");
    let (_, end) = rest.split_once('"').expect("its end");
    format!("{start}src=\"ASSETS/frame.html?feed=feed.json&amp;{query}\"{end}</iframe>")
}

/// A page whose body is `body`, beside the server of the assets, whose address stands for `ASSETS` in it.
#[track_caller]
fn open(body: &str, server: &Server) -> Page {
    let body = body.replace("ASSETS", &server.origin());
    Page::open_site(move |request| {
        let origin = format!("http://{}", request.header("host").unwrap_or_default());
        let body = body.replace("ORIGIN", &origin);
        (request.path == "/").then(|| Response::text("text/html; charset=utf-8", html(&body)))
    })
}

#[track_caller]
fn is_ready(page: &Page) {
    page.shows("widget?.status", json!("ready"));
}

/// Runs a script in the frame.
#[track_caller]
fn in_frame(page: &Page, script: &str) {
    page.enter_frame(0);
    page.ask(script);
    page.leave_frame();
}

#[test]
fn a_frame_is_as_high_as_its_list_and_follows_what_the_visitor_filters() {
    let server = assets(|_| None);
    let page = open(&[&iframe("lang=en&amp;origin=ORIGIN"), HOST_SCRIPT].concat(), &server);
    page.enter_frame(0);
    is_ready(&page);
    page.shows(FITS, json!(true));
    let whole = page.ask("innerHeight").as_i64().expect("a number");
    page.choose_province("CA-QC");
    page.sees(&["Heart reception", "National day"]);
    page.shows(FITS, json!(true));
    let filtered = page.ask("innerHeight").as_i64().expect("a number");
    assert!(filtered < whole, "expected less than {whole}, found {filtered}");
    page.choose_province("CA-QC");
    page.shows("innerHeight", json!(whole));
    page.leave_frame();
    page.shows(HEIGHT, json!(whole));
    page.resize(320);
    page.enter_frame(0);
    page.shows(FITS, json!(true));
}

#[test]
fn a_panel_that_opens_over_a_short_list_is_seen_whole() {
    let server = assets(|_| None);
    let page = open(&[&iframe("lang=en&amp;origin=ORIGIN"), HOST_SCRIPT].concat(), &server);
    page.enter_frame(0);
    is_ready(&page);
    page.search("nothing like that");
    page.sees(&[]);
    page.shows(FITS, json!(true));
    let closed = page.ask("innerHeight");
    page.click("[data-filter=organizer] button");
    let panel =
        "[...root.querySelectorAll('.choices')].every((panel) => panel.getBoundingClientRect().bottom <= innerHeight)";
    page.shows(panel, json!(true));
    page.click("[data-filter=organizer] button");
    page.shows("innerHeight", closed);
}

#[test]
fn a_script_that_comes_after_the_frame_still_learns_its_height() {
    let server = assets(|_| None);
    let page = open(&iframe("lang=en&amp;origin=ORIGIN"), &server);
    page.enter_frame(0);
    is_ready(&page);
    page.leave_frame();
    page.shows(HEIGHT, json!(900));
    page.ask(&format!(
        "(() => {{ const script = document.createElement('script'); script.src = '{}/frame-host.js'; document.head.append(script); }})()",
        server.origin()
    ));
    page.enter_frame(0);
    page.shows(FITS, json!(true));
    page.shows("innerHeight !== 900", json!(true));
}

#[test]
fn without_the_parents_script_the_frame_scrolls_inside() {
    let server = assets(|_| None);
    let small = iframe("lang=en&amp;origin=ORIGIN").replace("height=\"900\"", "height=\"300\"");
    let page = open(&small, &server);
    page.enter_frame(0);
    is_ready(&page);
    page.sees(&[
        "Endless",
        "Heart reception",
        "Forum",
        "Webinar",
        "Breakfast",
        "National day",
    ]);
    page.ask("(scrollTo(0, 1e6), 0)");
    page.shows("innerHeight === 300 && scrollY > 0", json!(true));
    page.shows(
        "[...root.querySelectorAll('[part=card]')].at(-1).getBoundingClientRect().bottom <= innerHeight",
        json!(true),
    );
}

#[test]
fn forged_messages_move_nothing() {
    let server = assets(|request| {
        // A page of the right origin, but in a frame that is none of ours.
        let page = "<script>parent.postMessage({type: 'joint-events:height', height: 11}, '*')</script>";
        (request.path == "/other.html").then(|| Response::text("text/html; charset=utf-8", page))
    });
    let forger = Server::start(0, |_| {
        let page = "<script>parent.postMessage({type: 'joint-events:height', height: 22}, '*')</script>";
        Response::text("text/html; charset=utf-8", page)
    });
    let forger = forger.expect("a free port");
    let body = [&iframe("lang=en&amp;origin=ORIGIN"), HOST_SCRIPT].concat();
    let page = open(&body, &server);
    page.enter_frame(0);
    is_ready(&page);
    page.shows(FITS, json!(true));
    page.leave_frame();
    let height = page.ask(HEIGHT);
    page.ask("(window.came = [], addEventListener('message', ({data}) => came.push(data?.height)))");
    // Of another origin, in a frame that says it is ours, in the frame that is ours, and of the page itself.
    for (address, sent) in [
        (format!("{}/other.html", server.origin()), 11),
        (format!("{}/", forger.origin()), 22),
    ] {
        page.ask(&format!(
            "(() => {{ const frame = document.createElement('iframe'); frame.src = '{address}'; document.body.append(frame); }})()"
        ));
        page.shows(&format!("came.includes({sent})"), json!(true));
    }
    page.ask(&format!(
        "(() => {{ const frame = document.createElement('iframe'); frame.dataset.jointEvents = ''; frame.src = '{}/'; \
         document.body.append(frame); frame.addEventListener('load', () => {{ frame.dataset.loaded = ''; }}); \
         const lie = document.createElement('iframe'); lie.src = frame.src; lie.dataset.jointEvents = ''; document.body.append(lie); \
         lie.src = '{}/frame.html'; }})()",
        forger.origin(),
        server.origin(),
    ));
    page.shows("document.querySelectorAll('[data-loaded]').length", json!(1));
    page.ask("(postMessage({type: 'joint-events:height', height: 33}, '*'), 0)");
    page.shows("came.includes(33)", json!(true));
    page.shows(HEIGHT, height.clone());
    // What our own frame says is believed within bounds alone; the last message shows that those before it came.
    in_frame(
        &page,
        "[-5, 0, 1.5, NaN, Infinity, 100001, '700', null, [700], {valueOf: () => 700}.x].forEach((height) => parent.postMessage({type: 'joint-events:height', height}, '*'))",
    );
    in_frame(
        &page,
        "[{type: 'height', height: 700}, 'joint-events:height', 700, null, {height: 700}, {type: 'joint-events:bogus', detail: 1}].forEach((message) => parent.postMessage(message, '*'))",
    );
    in_frame(
        &page,
        "(parent.postMessage({type: 'joint-events:height', height: 44.5}, '*'), 0)",
    );
    page.shows("came.includes(44.5)", json!(true));
    page.shows(HEIGHT, height);
    in_frame(
        &page,
        "(parent.postMessage({type: 'joint-events:height', height: 444}, '*'), 0)",
    );
    page.shows(HEIGHT, json!(444));
    page.shows("faults", json!([]));
}

#[test]
fn a_frame_speaks_to_the_origin_that_is_around_it_alone() {
    let server = assets(|_| None);
    let listen = "<script>window.came = []; addEventListener('message', ({data}) => came.push(data.type))</script>";
    for query in [
        "lang=en",
        "lang=en&amp;origin=https://other.example",
        "lang=en&amp;origin=*",
        "lang=en&amp;origin=ORIGIN/",
        "lang=en&amp;origin=null",
        "lang=en&amp;origin=",
    ] {
        let page = open(&[listen, HOST_SCRIPT, &iframe(query)].concat(), &server);
        page.enter_frame(0);
        is_ready(&page);
        page.choose_province("CA-QC");
        page.sees(&["Heart reception", "National day"]);
        page.leave_frame();
        page.shows(&format!("{HEIGHT} + came.join()"), json!("900"));
    }
    // A page that lets nobody know where it is still is told, since it is the exact target.
    let silent = iframe("lang=en&amp;origin=ORIGIN").replace("<iframe", "<iframe referrerpolicy=\"no-referrer\"");
    let page = open(&[listen, HOST_SCRIPT, &silent].concat(), &server);
    page.shows("came.includes('joint-events:ready')", json!(true));
}

#[test]
fn the_page_around_hears_the_widgets_events() {
    let server = assets(|_| None);
    // Twice on a page that hides the document's own method.
    let clobber = "<img name=\"querySelectorAll\" alt=\"\">";
    let body = [clobber, HOST_SCRIPT, HOST_SCRIPT, &iframe("lang=en&amp;origin=ORIGIN")].concat();
    let page = open(&body, &server);
    page.shows("heard", json!([["ready", {"shown": 6, "skipped": 0, "total": 8}]]));
    page.enter_frame(0);
    page.say_member_of("lso");
    page.leave_frame();
    page.shows("heard.at(-1)", json!(["member", {"memberOf": ["lso"]}]));
    page.shows("flags.member", json!([true, true, false]));
    page.shows("heard.length", json!(2));
}

#[test]
fn the_query_is_read_as_attributes_are_and_nothing_else_of_it() {
    let server = assets(|_| None);
    let query = "lang=fr&amp;province=CA-QC&amp;limit=1&amp;past&amp;heading-level=9&amp;onclick=alert(1)&amp;style=color:red&amp;id=x\
                 &amp;theme=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E&amp;accent=%23803300&amp;surface=url(/spy.png)&amp;text=var(--x,url(/spy.png))\
                 &amp;font=Georgia,%20serif&amp;radius=1px;color:red&amp;link=javascript:alert(1)";
    let page = open(&iframe(query), &server);
    page.enter_frame(0);
    page.shows("widget?.status", json!("ready"));
    page.shows(
        "widget.getAttributeNames().sort()",
        json!([
            "feed",
            "heading-level",
            "lang",
            "limit",
            "past",
            "province",
            "style",
            "theme"
        ]),
    );
    page.shows("[widget.limit, widget.past, widget.headingLevel]", json!([1, true, 3]));
    page.shows(
        "[...widget.style]",
        json!(["--joint-events-accent", "--joint-events-font"]),
    );
    page.shows(
        "getComputedStyle(widget).getPropertyValue('--joint-events-accent')",
        json!("#803300"),
    );
    page.shows(
        "document.images.length + document.querySelectorAll('[onclick]').length",
        json!(0),
    );
    page.shows("document.documentElement.lang", json!("fr-CA"));
    page.shows("widget.textContent.trim()", json!("Voir tous les événements"));
    page.shows("widget.querySelector('a').hasAttribute('href')", json!(false));
}

#[test]
fn links_open_in_the_whole_window() {
    let server = assets(|_| None);
    let query = "lang=en&amp;origin=ORIGIN&amp;link=ORIGIN/all-events";
    // Where there is no feed the page's own content is a link like any other.
    let missing = iframe(query).replace("feed.json", "missing.json");
    let page = open(&[&missing, HOST_SCRIPT].concat(), &server);
    page.enter_frame(0);
    page.shows("widget?.status", json!("failed"));
    page.shows("widget.querySelector('a').checkVisibility()", json!(true));
    // No script takes the focus into a frame of another origin in every engine: a visitor's keys do.
    page.leave_frame();
    page.press_keys(&[key::TAB, key::TAB]);
    page.enter_frame(0);
    page.shows("widget.querySelector('a') === document.activeElement", json!(true));
    page.press_keys(&[key::ENTER]);
    page.leave_frame();
    page.shows("location.pathname", json!("/all-events"));
}

#[test]
fn a_strict_policy_around_it_and_in_it_is_kept_without_one_violation() {
    let policy = "default-src 'none'; script-src 'nonce-n' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; \
                  base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    let notes = "<script nonce=\"n\">window.faults = []; addEventListener('securitypolicyviolation', (event) => faults.push(event.violatedDirective + ' ' + event.blockedURI))</script>";
    let server = assets(move |request| {
        let page = fs::read_to_string(dist().join("frame.html")).expect("the frame");
        // The page's own policy knows no inline script; the notes are the test's.
        let page = page.replace("script-src 'self'", "script-src 'self' 'nonce-n'");
        let page = page
            .replace("<script ", "<script nonce=\"n\" ")
            .replace("<base", &format!("{notes}<base"));
        (request.path == "/frame.html")
            .then(|| Response::text("text/html; charset=utf-8", page).with_header("Content-Security-Policy", policy))
    });
    let origin = server.origin();
    let page = Page::open_site(move |request| {
        let own = format!("http://{}", request.header("host").unwrap_or_default());
        let body = [&iframe("lang=en&amp;accent=%23803300&amp;origin=ORIGIN"), HOST_SCRIPT].concat();
        let page = html(&body.replace("ASSETS", &origin).replace("ORIGIN", &own));
        let page = page.replace("<script", "<script nonce=\"n\"");
        let policy = format!("{policy}; frame-src {origin}");
        (request.path == "/")
            .then(|| Response::text("text/html; charset=utf-8", page).with_header("Content-Security-Policy", &policy))
    });
    page.enter_frame(0);
    is_ready(&page);
    page.shows(FITS, json!(true));
    page.shows("faults", json!([]));
    page.leave_frame();
    page.shows(page.faults(), json!([]));
}

#[test]
fn without_webassembly_or_script_the_frame_shows_its_own_link() {
    let server = assets(|request| match request.path.as_str() {
        "/joint-events.wasm" => Some(Response::status(404)),
        _ => None,
    });
    let page = open(
        &[
            &iframe("lang=en&amp;origin=ORIGIN&amp;link=https://lso.example/"),
            HOST_SCRIPT,
        ]
        .concat(),
        &server,
    );
    page.enter_frame(0);
    page.shows("widget?.status", json!("failed"));
    page.shows("widget.querySelector('a').href", json!("https://lso.example/"));
    page.shows("widget.querySelector('a').checkVisibility()", json!(true));
    page.shows(FITS, json!(true));
    page.leave_frame();
    let dead = iframe("lang=en").replace("allow-scripts ", "");
    let page = open(&dead, &server);
    page.enter_frame(0);
    page.shows(
        "document.querySelector('joint-events')?.textContent.trim()",
        json!("Voir tous les événements See all events"),
    );
}

#[test]
fn in_the_dark_no_white_edge_stands_around_the_widget() {
    let server = assets(|_| None);
    let dark = "<style>:root { color-scheme: light dark; }</style>";
    let ground = "[getComputedStyle(document.documentElement).colorScheme, matchMedia('(prefers-color-scheme: dark)').matches, style('.base').colorScheme]";
    for (query, scheme, own) in [
        ("", "light dark", "light dark"),
        ("&amp;color-scheme=dark", "dark", "dark"),
        ("&amp;color-scheme=light", "light", "light"),
    ] {
        let page = open(&[dark, &iframe(&format!("lang=en{query}"))].concat(), &server);
        page.prefer("dark");
        page.enter_frame(0);
        is_ready(&page);
        page.shows(ground, json!([scheme, true, own]));
    }
}

#[test]
fn the_frames_page_is_accessible() {
    for lang in ["fr", "en"] {
        let page = Page::open_site(|request| (request.path == "/feed.json").then(|| json_answer(feed("prices"))));
        page.go(&format!("/frame.html?feed=feed.json&lang={lang}"));
        is_ready(&page);
        for scheme in ["light", "dark"] {
            page.prefer(scheme);
            for width in [320, 768, 1280] {
                page.resize(width);
                page.shows("innerWidth", json!(width));
                // The page around a frame has the heading of level one.
                let mut violations = page.violations();
                let violations = violations.as_array_mut().expect("a list");
                violations.retain(|violation| violation[0] != "page-has-heading-one");
                assert_eq!(
                    *violations,
                    Vec::<serde_json::Value>::new(),
                    "{lang}, {scheme}, {width} px"
                );
                page.shows("document.documentElement.scrollWidth > innerWidth", json!(false));
            }
        }
    }
}
