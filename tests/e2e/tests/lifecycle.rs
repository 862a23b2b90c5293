//! End-to-end: what a page's scripts do with the tag, and what is left of it when it goes. Moves are in `moves.rs`.
#![allow(missing_docs)]

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use joint_events_e2e::{
    Ability, Counters, ENGLISH, Gate, Page, SCRIPT, document, feed, file, html_answer, json_answer, keeps,
};
use joint_events_loopback::Response;
use serde_json::{Value, json};

/// Notes each start of a wasm, and the requests of the page's scripts.
const WASMS: &str = "<script>window.wasms = []; for (const name of ['instantiate', 'instantiateStreaming']) { const start = WebAssembly[name]; \
    WebAssembly[name] = async (...given) => { const made = await start(...given); wasms.push(made.instance); return made; }; } \
    const sizes = (kind, size) => wasms.map(({exports}) => Object.values(exports).filter((one) => one instanceof kind).map(size)); \
    window.room = () => [sizes(WebAssembly.Memory, (memory) => memory.buffer.byteLength / 65536), sizes(WebAssembly.Table, (table) => table.length)];</script>";

/// A page of a body with the script, whose wasms are noted, beside a feed.
fn site(body: &str) -> Page {
    let page = document(WASMS, &format!("<main>{body}</main>{SCRIPT}"));
    Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" | "/other.json" => Some(json_answer(feed("filters"))),
        _ => None,
    })
}

/// Has so many widgets come and go, with all that a visitor starts in them: every third is the one that was there before,
/// every third is a new one, every third goes before anything has come.
#[track_caller]
fn come_and_go(page: &Page, count: usize) {
    const BATCH: usize = 25;
    for batch in 0..count / BATCH {
        let script = format!(
            "(async () => {{ const main = document.querySelector('main'); \
             window.kept ??= Object.assign(document.createElement('joint-events'), {{feed: '/feed.json', lang: 'en'}}); \
             for (let number = {}; number < {}; number++) {{ \
               const one = number % 3 ? Object.assign(document.createElement('joint-events'), {{feed: '/feed.json', lang: 'en'}}) : kept; \
               main.append(one); \
               if (number % 3 < 2) {{ \
                 const ready = new Promise((done) => one.addEventListener('joint-events:ready', done, {{once: true}})); \
                 one.refresh(); await ready; \
                 one.shadowRoot.querySelector('.card [part~=toggle]').click(); \
                 one.shadowRoot.querySelector('input[name=province]').click(); \
                 await null; await null; }} \
               one.remove(); await null; await null; }} \
             heard.length = 0; performance.clearResourceTimings(); return main.childElementCount; }})()",
            batch * BATCH,
            (batch + 1) * BATCH
        );
        assert_eq!(page.ask(&script), json!(0));
    }
}

/// What is held once that is at most so much, or after two seconds: a frame or a timer that a widget waited for may be
/// what holds the last one still.
fn held(page: &Page, most: Counters) -> Counters {
    let start = Instant::now();
    loop {
        let held = page.counters();
        let is_most = held.nodes <= most.nodes && held.listeners <= most.listeners;
        if is_most || start.elapsed() > Duration::from_secs(2) {
            return held;
        }
        page.ask("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
    }
}

#[test]
fn a_thousand_widgets_come_and_go_and_leave_nothing() {
    let page = site("");
    // What grows by being used at all has grown by then.
    come_and_go(&page, 75);
    let counts = page
        .can(Ability::Count, "nodes and listeners that are left")
        .then(|| page.counters());
    let room = page.ask("room()");
    let start = Instant::now();
    come_and_go(&page, 1000);
    eprintln!("1,000 widgets came and went within {:?}", start.elapsed());
    assert_eq!(page.ask("room()"), room, "pages of memory, and places of tables");
    if let Some(before) = counts {
        let after = held(&page, before);
        assert!(
            after.nodes <= before.nodes && after.listeners <= before.listeners,
            "expected at most {before:?}, found {after:?}"
        );
        keeps(
            "cycles",
            "+0 nodes, +0 listeners, +0 pages of memory after 1,000 widgets",
        );
    } else {
        keeps("cycles", "+0 pages of memory after 1,000 widgets");
    }
    assert_eq!(page.requests("/joint-events.wasm"), 1);
    page.shows("[said, faults]", json!([[], []]));
}

/// An answer that begins and then never ends; it tells when the browser has hung up.
fn unending(hung_up: Sender<()>) -> Response {
    Response::raw(move |stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        // Nothing more comes of a browser but its end; none within the time is an error of another kind.
        let end = stream.read(&mut [0]);
        if end.as_ref().is_ok_and(|read| *read == 0)
            || end.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset)
        {
            hung_up.send(()).ok();
        }
        Ok(())
    })
}

/// A page of a body, whose feed never ends: what tells when the browser has hung up.
fn never_ending(body: &str) -> (Page, Receiver<()>) {
    let (hung_up, heard) = channel();
    let hung_up = Mutex::new(hung_up);
    let page = Page::open_with(body, move || {
        unending(hung_up.lock().unwrap_or_else(PoisonError::into_inner).clone())
    });
    (page, heard)
}

#[track_caller]
fn hangs_up(heard: &Receiver<()>) {
    let end = heard.recv_timeout(Duration::from_secs(10));
    end.expect("expected the browser to hang up, found it waiting");
}

#[test]
fn a_widget_that_goes_while_its_feed_is_under_way_ends_the_request() {
    let (page, heard) = never_ending(ENGLISH);
    page.shows("seen('message')", json!(["Loading events…"]));
    page.ask("(window.gone = widget, widget.remove())");
    hangs_up(&heard);
    page.shows("gone.status", json!("loading"));
    page.shows("[heard, said, faults]", json!([[], [], []]));
    assert_eq!(page.requests("/feed.json"), 1);
}

#[test]
fn a_request_goes_on_as_long_as_one_widget_needs_it() {
    let (page, heard) = never_ending(&format!("{ENGLISH}{ENGLISH}"));
    let loading = "[...document.querySelectorAll('joint-events')].map((one) => one.shadowRoot.textContent.includes('Loading events…'))";
    page.shows(loading, json!([true, true]));
    page.ask("widget.remove()");
    page.shows(loading, json!([true]));
    assert!(heard.try_recv().is_err(), "expected the request to go on for the other");
    page.ask("widget.remove()");
    hangs_up(&heard);
    assert_eq!(page.requests("/feed.json"), 1);
}

#[test]
fn a_widget_that_goes_while_the_wasm_is_under_way_is_whole_when_it_comes_back() {
    let gate = Gate::default();
    let (wait, page) = (gate.clone(), joint_events_e2e::html(ENGLISH));
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(page.clone())),
        "/feed.json" => Some(json_answer(feed("filters"))),
        "/joint-events.wasm" => {
            wait.pass();
            Some(Response::text("application/wasm", file("joint-events.wasm")))
        }
        _ => None,
    });
    page.shows(
        "performance.getEntriesByName(new URL('/feed.json', location)).length",
        json!(1),
    );
    page.ask("(window.gone = widget, widget.remove())");
    gate.open();
    page.ask("gone.refresh()");
    page.shows(
        "[gone.status, gone.shadowRoot.querySelector('.base').childElementCount]",
        json!(["loading", 0]),
    );
    page.ask("document.querySelector('main').append(gone)");
    page.is_ready();
    page.shows("seen('title').length", json!(6));
    page.shows("[heard.length, said, faults]", json!([1, [], []]));
    assert_eq!(page.requests("/joint-events.wasm"), 1);
}

#[test]
fn ten_widgets_of_two_feeds_share_one_wasm_and_have_one_request_a_feed() {
    let two = [ENGLISH, &ENGLISH.replace("feed.json", "other.json")].concat();
    let page = site(&two.repeat(5));
    page.shows("heard.map(([name]) => name)", json!(vec!["ready"; 10]));
    page.shows(
        "[...document.querySelectorAll('joint-events')].map(({events}) => events.length)",
        json!(vec![6; 10]),
    );
    page.shows("wasms.length", json!(1));
    for path in ["/joint-events.js", "/joint-events.wasm", "/feed.json", "/other.json"] {
        assert_eq!(page.requests(path), 1, "{path}");
    }
    page.shows("[said, faults]", json!([[], []]));
}

/// Every attribute with two values, the last of which is to be seen.
fn storm() -> Value {
    json!([
        ["feed", "/other.json", "/feed.json"],
        ["lang", "fr", "en"],
        ["association", "bioquebec", "lso"],
        ["member-of", "none", "lso"],
        ["province", "CA-ON", "CA-QC"],
        ["theme", "talent", "financing"],
        ["format", "online", "inPerson"],
        ["organizer", "lso", "bioquebec"],
        ["event-language", "en", "fr"],
        ["price", "free", "toBeAnnounced"],
        ["rate", "mine", ""],
        ["locked", "theme", "province member"],
        ["filters", "month", "search province"],
        ["limit", "1", "50"],
        ["past", "", "false"],
        ["heading-level", "6", "4"],
        ["url-state", "other", "je"],
        ["remember", "", "false"],
        ["color-scheme", "dark", "light"],
    ])
}

#[test]
fn a_storm_of_attributes_ends_as_the_last_of_each_says_with_nothing_asked_for_on_the_way() {
    let page = site(ENGLISH);
    page.is_ready();
    // In a task of the page's own: within a script of its driver WebKit runs microtasks after each call.
    let script = format!(
        "setTimeout(() => {{ const storm = {}; for (let number = 0; number < 63 * storm.length; number++) {{ \
         const [name, ...values] = storm[number % storm.length]; \
         widget.setAttribute(name, values[Math.floor(number / storm.length) % 2]); }} \
         window.over = true; }})",
        storm()
    );
    // The last of these rounds has the first values: one more has the last.
    page.ask(&script);
    page.shows("window.over", json!(true));
    let last = format!(
        "setTimeout(() => ({}).forEach(([name, , last]) => widget.setAttribute(name, last)))",
        storm()
    );
    page.ask(&last);
    page.sees(&["Heart reception"]);
    page.shows(
        "[root.querySelector('.base').lang, root.querySelector('.base').dataset.scheme, root.querySelector('[part=title]').localName]",
        json!(["en-CA", "light", "h4"]),
    );
    page.shows("seen('membership').length", json!(0));
    page.shows("[said, faults]", json!([[], []]));
    assert!(
        page.requests("/other.json") <= 1 && page.requests("/feed.json") <= 2,
        "{:?}",
        page.all_requests()
    );
}

#[test]
fn a_storm_that_lasts_ends_each_request_that_the_next_replaces() {
    let page = site(ENGLISH);
    page.is_ready();
    let script = "(async () => { const {fetch} = window; window.most = 0; let under_way = 0; \
        window.fetch = (...given) => { most = Math.max(most, ++under_way); const end = () => under_way--; \
          given[1].signal.addEventListener('abort', end); const answer = fetch(...given); answer.then(end, () => {}); return answer; }; \
        for (let number = 0; number < 1000; number++) { \
          widget.feed = number % 2 ? '/feed.json' : '/other.json'; widget.limit = 1 + number % 50; await null; } \
        await new Promise((done) => setTimeout(done)); window.fetch = fetch; return widget.limit; })()";
    assert_eq!(page.ask(script), json!(50));
    page.shows("seen('title').length", json!(6));
    page.shows("widget.status", json!("ready"));
    page.shows("[said, faults]", json!([[], []]));
    let asked = page.requests("/feed.json") + page.requests("/other.json");
    eprintln!(
        "a storm of 1,000 feeds: {asked} requests reached the server, at most {} under way",
        page.ask("most")
    );
    assert_eq!(page.ask("most <= 2"), json!(true));
}
