//! End-to-end: a server that misbehaves in every way that servers do, and a visitor who always sees something.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use joint_events_e2e::{Ability, Page, SCRIPT, can, document, feed, html_answer, json_answer, keeps};
use joint_events_loopback::{Request, Response, Server};
use serde_json::{Value, json};

/// One way to misbehave: what is answered, how often it is asked for, and what the host hears.
struct Fault {
    name: &'static str,
    answer: fn() -> Response,
    tries: usize,
    status: Option<Value>,
}

fn fault(name: &'static str, tries: usize, status: impl Into<Value>, answer: fn() -> Response) -> Fault {
    let status = Some(status.into());
    Fault {
        name,
        answer,
        tries,
        status,
    }
}

/// All that fail at once. What may be bad luck is tried three times, what is not is tried once.
fn faults() -> Vec<Fault> {
    let breaks = if can(Ability::BrokenAnswer, "an answer that breaks off after a whole feed") {
        [
            fault("truncated", 3, "network", || {
                Response::truncated("application/json", good_text())
            }),
            fault("no-gzip", 3, "network", || {
                json_answer(good_text()).with_header("Content-Encoding", "gzip")
            }),
        ]
    } else {
        [
            fault("truncated", 1, "format", || {
                Response::truncated("application/json", half_text())
            }),
            fault("no-gzip", 1, "format", || {
                json_answer(half_text()).with_header("Content-Encoding", "gzip")
            }),
        ]
    };
    let mut faults = vec![
        fault("500", 3, 500, || Response::status(500)),
        fault("408", 3, 408, || Response::status(408)),
        fault("404", 1, 404, || Response::status(404)),
        fault("403", 1, 403, || Response::status(403)),
        fault("too-many", 3, 429, || {
            Response::status(429)
                .with_header("Retry-After", "1")
                .with_header("Access-Control-Expose-Headers", "Retry-After")
        }),
        fault("reset", 3, "network", Response::reset),
        fault("another-origin-alone", 3, "network", || {
            json_answer(good_text()).with_header("Access-Control-Allow-Origin", "https://other.example")
        }),
        fault("loop", 3, "network", || redirect("/feeds/loop-on")),
        fault("half", 1, "format", || json_answer(half_text())),
        fault("page", 1, "format", || {
            html_answer("<!doctype html><title>Down for maintenance</title><script>faults.push('ran')</script>")
        }),
        fault("empty", 1, "format", || json_answer("")),
        fault("no-content", 1, "format", || json_answer("").with_status(204)),
        fault("utf-16", 1, "format", || {
            json_answer(
                good_text()
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<u8>>(),
            )
        }),
        fault("deep", 1, "format", || {
            json_answer(format!("{{\"events\":{}", "[".repeat(1 << 20)))
        }),
        fault("20-mb", 1, "format", || {
            json_answer([good_text().as_bytes(), &vec![b' '; 20_000_000]].concat())
        }),
    ];
    faults.extend(breaks);
    faults
}

/// What is odd and still a feed.
fn oddities() -> Vec<Fault> {
    let odd = |name, tries, answer| Fault {
        name,
        answer,
        tries,
        status: None,
    };
    vec![
        odd("bom", 1, || json_answer(format!("\u{feff}{}", good_text()))),
        odd("no-type", 1, || Response::text("", good_text())),
        odd("another-charset", 1, || {
            Response::text("text/plain; charset=iso-8859-1", good_text())
        }),
        odd("moved", 1, || redirect("/feeds/bom")),
        // Each letter that is no UTF-8 costs itself.
        odd("latin-1", 1, || {
            json_answer(
                good_text()
                    .chars()
                    .map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?'))
                    .collect::<Vec<u8>>(),
            )
        }),
    ]
}

fn good_text() -> String {
    feed("filters")
}

fn half_text() -> String {
    good_text()[..good_text().len() / 2].to_owned()
}

fn redirect(path: &str) -> Response {
    Response::status(302).with_header("Location", path)
}

/// When each path was asked for.
type Asked = Arc<Mutex<BTreeMap<String, Vec<Instant>>>>;

/// Each feed was asked for as often as its fault says, beside how often it was `before`, by the widget and at the
/// server. A connection that is reset may be tried again by the browser itself (RFC 9110, 9.2.2): Firefox does.
#[track_caller]
fn is_tried(page: &Page, times: &Asked, faults: &[Fault], before: usize) {
    let tries: Value = faults
        .iter()
        .map(|fault| (fault.name.to_owned(), json!(before + fault.tries)))
        .collect();
    page.shows("tries", tries);
    for fault in faults {
        let (found, expected) = (asked(times, fault.name).len(), before + fault.tries);
        let may_be_more =
            fault.name == "reset" && !page.can(Ability::OneTry, "how often a reset is asked for at the server");
        let is_right = found == expected || may_be_more && found > expected;
        assert!(
            is_right,
            "{}: expected {expected} tries at the server, found {found}",
            fault.name
        );
    }
}

fn asked(asked: &Asked, name: &str) -> Vec<Instant> {
    let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
    asked.get(&format!("/feeds/{name}")).cloned().unwrap_or_default()
}

/// A page with a tag for each feed, all in the same place so that none waits for the viewport; feeds stand at another
/// origin, as where they are published. `wants` is what the feed of a name answers for the so manieth time.
fn page_of(
    names: &[&str],
    wants: impl Fn(&str, usize) -> Option<Response> + Send + Sync + 'static,
) -> (Page, Server, Asked) {
    let times = Asked::default();
    let noted = Arc::clone(&times);
    let feeds = Server::start(0, move |request: &Request| {
        let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
        let times = noted.entry(request.path.clone()).or_default();
        times.push(Instant::now());
        let turn = times.len();
        drop(noted);
        let name = request.path.trim_start_matches("/feeds/");
        match name {
            "loop-on" => redirect("/feeds/loop-on"),
            name => wants(name, turn).unwrap_or_else(|| Response::status(404)),
        }
    })
    .expect("a free port");
    let head = "<style>joint-events { position: absolute; top: 0; width: 600px }</style>
        <script>window.told = {}; for (const name of ['ready', 'error']) addEventListener('joint-events:' + name, ({target, detail}) =>
        (told[target.id] ??= []).push(name === 'ready' ? name : detail.status));
        window.tries = {}; window.times = {}; const ask = fetch; window.fetch = (address, ...rest) => {
        const [, name] = /\\/feeds\\/(.*)/.exec(address) ?? [];
        if (name) { tries[name] = (tries[name] ?? 0) + 1; (times[name] ??= []).push(performance.now()); }
        return ask(address, ...rest); };</script>";
    let tags: Vec<String> = names
        .iter()
        .map(|name| {
            let origin = feeds.origin();
            format!("<joint-events id=\"{name}\" feed=\"{origin}/feeds/{name}\" lang=\"en\"><a href=\"/events\">All events</a></joint-events>")
        })
        .collect();
    let html = document(head, &format!("<main>{}</main>{SCRIPT}", tags.concat()));
    let page = Page::open_site(move |request| (request.path == "/").then(|| html_answer(html.clone())));
    (page, feeds, times)
}

/// Of every tag something in the page's language: its status, what the page's own content and the list look like, and
/// what its message says.
const SEEN: &str = "Object.fromEntries([...document.querySelectorAll('joint-events')].map((tag) => { const {shadowRoot, id, status} = tag; \
    return [id, [status, tag.querySelector('a').checkVisibility() && tag.querySelector('a').getBoundingClientRect().height > 10, \
      shadowRoot.querySelectorAll('[part=card]').length, texts(shadowRoot, 'message').join().replace(/List of .*\\d{4}.*?(?=Try)/, 'List of DATE '), \
      tag.getBoundingClientRect().height > 10]]; }))";

/// A minute: three tries of 8 s, two pauses, and a machine that does something else.
const MINUTE: Duration = Duration::from_secs(60);

/// What is seen where no feed came: the page's own content, and a way to try again.
fn failed() -> Value {
    let words = "The list of events can’t be shown right now.Try again";
    json!(["failed", true, 0, words, true])
}

fn by_name(names: &[&str], value: &Value) -> Value {
    names.iter().map(|name| ((*name).to_owned(), value.clone())).collect()
}

#[test]
fn a_feed_that_fails_leaves_the_pages_own_content_and_a_way_to_try_again() {
    let faults = faults();
    let names: Vec<&str> = faults.iter().map(|fault| fault.name).collect();
    let answers: BTreeMap<&str, fn() -> Response> = faults.iter().map(|fault| (fault.name, fault.answer)).collect();
    let (page, _feeds, times) = page_of(&names, move |name, _| Some(answers.get(name)?()));
    page.shows_within(MINUTE, SEEN, by_name(&names, &failed()));
    let told: Value = faults
        .iter()
        .map(|fault| (fault.name.to_owned(), json!([fault.status])))
        .collect();
    page.shows("told", told);
    is_tried(&page, &times, &faults, 0);
    let waits = asked(&times, "too-many");
    assert!(
        waits.windows(2).all(|pair| pair[1] - pair[0] >= Duration::from_secs(1)),
        "expected a second before every other try, as the server says, found {waits:?}"
    );
    assert!(
        asked(&times, "loop-on").len() <= 3 * 20,
        "expected the browser to end the loop of redirects"
    );
    page.shows("said.length", json!(faults.len()));
    page.shows("window.faults", json!([]));
    keeps("failing-server", format_args!("{} faults", faults.len()));
}

#[test]
fn a_feed_that_fails_later_leaves_the_list_with_its_date_and_a_way_to_try_again() {
    let faults = faults();
    let names: Vec<&str> = faults.iter().map(|fault| fault.name).collect();
    let answers: BTreeMap<&str, fn() -> Response> = faults.iter().map(|fault| (fault.name, fault.answer)).collect();
    let (page, _feeds, times) = page_of(&names, move |name, turn| {
        let answer = answers.get(name)?;
        Some(if turn == 1 { json_answer(good_text()) } else { answer() })
    });
    page.shows_within(MINUTE, SEEN, by_name(&names, &json!(["ready", false, 6, "", true])));
    page.shows("told", by_name(&names, &json!(["ready"])));
    page.ask("(document.querySelectorAll('joint-events').forEach((tag) => tag.refresh()), 0)");
    let stale = json!(["stale", false, 6, "The update failed. List of DATE Try again", true]);
    page.shows_within(MINUTE, SEEN, by_name(&names, &stale));
    let told: Value = faults
        .iter()
        .map(|fault| (fault.name.to_owned(), json!(["ready", fault.status])))
        .collect();
    page.shows("told", told);
    is_tried(&page, &times, &faults, 1);
    page.shows("window.faults", json!([]));
}

#[test]
fn a_server_that_never_comes_to_an_end_is_given_up_after_three_tries_of_8_seconds() {
    let (page, _feeds, times) = page_of(&["hangs", "drips"], |name, turn| {
        Some(match (name, turn) {
            (_, 4) => json_answer(good_text()),
            ("hangs", _) => Response::hanging(Duration::from_secs(20)),
            _ => Response::raw(|stream| {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 9000\r\n\r\n";
                stream.write_all(head.as_bytes())?;
                // One octet a second, for as long as somebody listens.
                for octet in good_text().bytes().take(20) {
                    stream.write_all(&[octet])?;
                    std::thread::sleep(Duration::from_secs(1));
                }
                Ok(())
            }),
        })
    });
    // Until then the visitor sees the page's own content.
    let names = ["hangs", "drips"];
    page.shows(
        SEEN,
        by_name(&names, &json!(["loading", true, 0, "Loading events…", true])),
    );
    page.shows_within(MINUTE, SEEN, by_name(&names, &failed()));
    page.shows("told", by_name(&names, &json!(["timeout"])));
    for name in names {
        assert_eq!(asked(&times, name).len(), 3, "{name}: tries");
        // The 8 s run from where the page asks, and the server may hear of one try later than of another.
        let times = page.ask(&format!("times.{name}"));
        let times = times.as_array().into_iter().flatten().filter_map(Value::as_f64);
        let times: Vec<Duration> = times.map(|time| Duration::from_secs_f64(time / 1000.0)).collect();
        let waits: Vec<Duration> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        // 8 s and up to 1 s and 2 s at random; a busy machine may be somewhat late.
        assert!(
            waits[0] >= Duration::from_millis(7900) && waits[0] < Duration::from_secs(12),
            "{name}: found {waits:?}"
        );
        assert!(
            waits[1] >= Duration::from_millis(7900) && waits[1] < Duration::from_secs(13),
            "{name}: found {waits:?}"
        );
    }
    // The visitor may try again, and the server has recovered.
    page.ask("(document.querySelectorAll('joint-events').forEach(({shadowRoot}) => shadowRoot.querySelector('[part=retry]').click()), 0)");
    page.shows(SEEN, by_name(&names, &json!(["ready", false, 6, "", true])));
    page.shows(
        "[told.hangs, told.drips, faults]",
        json!([["timeout", "ready"], ["timeout", "ready"], []]),
    );
    keeps("slow-server", "3 tries of 8 s");
}

#[test]
fn a_server_that_recovers_is_waited_for_and_no_failure_is_told() {
    let (page, _feeds, times) = page_of(&["slow", "third"], |name, turn| {
        Some(match (name, turn) {
            ("slow", 1) | ("third", 1 | 2) => Response::status(503),
            ("slow", _) => Response::raw(|stream| {
                std::thread::sleep(Duration::from_secs(3));
                let text = good_text();
                let head = format!(
                    "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: {}\r\n\r\n",
                    text.len()
                );
                stream.write_all(head.as_bytes())?;
                stream.write_all(text.as_bytes())
            }),
            _ => json_answer(good_text()),
        })
    });
    let names = ["slow", "third"];
    page.shows_within(MINUTE, SEEN, by_name(&names, &json!(["ready", false, 6, "", true])));
    page.shows("told", by_name(&names, &json!(["ready"])));
    page.shows("[said, faults]", json!([[], []]));
    assert_eq!((asked(&times, "slow").len(), asked(&times, "third").len()), (2, 3));
}

#[test]
fn what_is_odd_and_still_a_feed_is_shown_at_once() {
    let oddities = oddities();
    let names: Vec<&str> = oddities.iter().map(|odd| odd.name).collect();
    let answers: BTreeMap<&str, fn() -> Response> = oddities.iter().map(|odd| (odd.name, odd.answer)).collect();
    let (page, _feeds, times) = page_of(&names, move |name, _| Some(answers.get(name)?()));
    page.shows_within(MINUTE, SEEN, by_name(&names, &json!(["ready", false, 6, "", true])));
    page.shows("told", by_name(&names, &json!(["ready"])));
    for odd in oddities.iter().filter(|odd| odd.name != "bom") {
        assert_eq!(asked(&times, odd.name).len(), odd.tries, "{}: tries", odd.name);
        assert!(odd.status.is_none(), "{}: no failure", odd.name);
    }
    let organizers = |name: &str| {
        format!(
            "[...new Set([...document.getElementById('{name}').shadowRoot.querySelectorAll('.organizers')].map((node) => node.textContent))].sort()"
        )
    };
    let right = page.ask(&organizers("bom"));
    assert_eq!(
        page.ask(&organizers("another-charset")),
        right,
        "a feed is UTF-8, whatever its server calls it"
    );
    let lossy = right.to_string().replace('é', "\u{fffd}");
    assert_eq!(
        page.ask(&organizers("latin-1")).to_string(),
        lossy,
        "a letter that is no UTF-8 costs itself"
    );
    page.shows("[said, faults]", json!([[], []]));
}

#[test]
fn a_server_that_is_not_there_leaves_the_pages_own_content() {
    // A port that nobody listens to any more.
    let gone = Server::start(0, |_| Response::status(404))
        .expect("a free port")
        .origin();
    let body = format!(
        "<joint-events feed=\"{gone}/feed.json\" lang=\"fr\"><a href=\"/events\">Tous les événements</a></joint-events>"
    );
    let page = Page::open(&body, "");
    page.shows("widget.status", json!("failed"));
    page.shows("widget.querySelector('a').checkVisibility()", json!(true));
    page.shows(
        "heard.map(([name, {status}]) => [name, status])",
        json!([["error", "network"]]),
    );
    page.shows("seen('retry')", json!(["Réessayer"]));
    page.shows("faults", json!([]));
}
