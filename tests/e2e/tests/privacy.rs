//! End-to-end: what a visit asks of whom, and what it leaves behind.
#![allow(missing_docs)]

use std::sync::{Arc, Mutex, PoisonError};

use joint_events_e2e::{Page, SCRIPT, document, file, html_answer, json_answer, keeps};
use joint_events_loopback::{Request, Response, Server, folder};
use serde_json::{Value, json};

/// Notes whatever a page can write or send by, before any other script.
const RECORD: &str = "<script>window.written = [];
const spy = (owner, name, say) => { const was = owner?.[name]; if (!was) throw new Error(`expected ${name}, found none`);
  owner[name] = function (...given) { written.push([say, given.map(String).join().slice(0, 80)].join(' ')); return Reflect.apply(was, this, given); }; };
const kind = function () { return this === window.localStorage ? 'local' : 'session'; };
for (const name of ['setItem', 'removeItem', 'clear']) { const was = Storage.prototype[name];
  Storage.prototype[name] = function (...given) { written.push([kind.call(this), name, ...given].join(' ')); return Reflect.apply(was, this, given); }; }
const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
Object.defineProperty(Document.prototype, 'cookie', {...cookie, set(text) { written.push('cookie ' + text); cookie.set.call(this, text); }});
for (const name of ['open', 'deleteDatabase']) spy(IDBFactory.prototype, name, 'indexedDB');
if (window.caches) spy(CacheStorage.prototype, 'open', 'caches');
spy(Navigator.prototype, 'sendBeacon', 'beacon'); spy(XMLHttpRequest.prototype, 'open', 'xhr');
for (const name of ['pushState', 'replaceState']) spy(History.prototype, name, 'history'); spy(window, 'postMessage', 'message');
for (const name of ['WebSocket', 'EventSource', 'Worker', 'SharedWorker', 'BroadcastChannel', 'RTCPeerConnection', 'Image'])
  window[name] &&= new Proxy(window[name], {construct(target, given, kind) { written.push(name); return Reflect.construct(target, given, kind); }});
if (navigator.serviceWorker) spy(ServiceWorkerContainer.prototype, 'register', 'worker');
window.kept = async () => [Object.keys(localStorage), Object.keys(sessionStorage), (await indexedDB.databases()).length, window.caches ? (await caches.keys()).length : 0, window.name];
window.entries = []; new PerformanceObserver((list) => entries.push(...list.getEntries().map(({name, initiatorType}) => [name, initiatorType])))
  .observe({type: 'resource', buffered: true});</script>";

/// What a server was asked for, with the headers that could tell of a visitor.
type Seen = Arc<Mutex<Vec<Request>>>;

fn note(seen: &Seen, request: &Request) {
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    // The browser's own.
    if request.path != "/favicon.ico" {
        seen.push(request.clone());
    }
}

fn noted(seen: &Seen) -> Vec<Request> {
    seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The page's server, the bundle's and the feed's; each sets a cookie with every answer.
struct Site {
    page: Page,
    assets: Seen,
    feeds: Seen,
    origins: [String; 2],
    _servers: [Server; 2],
}

fn feed() -> String {
    let url = |path: &str| json!({"en": format!("https://lso.example/{path}")});
    let event = |id: &str| {
        json!({"id": id, "title": {"en": id}, "start": "2099-06-19T18:00:00-04:00", "end": "2099-06-19T20:00:00-04:00", "timeZone": "America/Toronto",
            "organizers": ["lso", "bioquebec"], "url": url(id), "registration": {"url": url("register")},
            "venue": {"name": "Hall", "mapUrl": "https://map.example/hall"}, "online": {"platform": "Zoom", "url": "https://zoom.example/it"},
            "partners": [{"name": "Partner", "url": "https://partner.example/"}],
            "image": {"url": "https://image.example/i.png", "alt": {"en": "Image"}},
            "offers": [{"id": "m", "audience": "member", "memberOf": ["lso"], "price": "10.00"}, {"id": "n", "audience": "nonMember", "price": "20.00"}]})
    };
    let association = |id: &str| json!({"id": id, "name": {"en": id}, "url": url(id), "joinUrl": url("join"), "logo": {"url": "https://image.example/l.png"}});
    json!({"format": "joint-events", "version": "1.0", "associations": [association("lso"), association("bioquebec")],
        "events": [event("gala"), event("forum")]})
    .to_string()
}

fn with_cookie(response: Response, name: &str) -> Response {
    response.with_header("Set-Cookie", &format!("{name}=1; Path=/; SameSite=Lax"))
}

/// A page with the tag, its attributes as given.
fn site(attributes: &str) -> Site {
    let (assets, feeds) = (Seen::default(), Seen::default());
    let (note_asset, note_feed) = (Arc::clone(&assets), Arc::clone(&feeds));
    let asset_server = Server::start(0, move |request| {
        note(&note_asset, request);
        let answer = folder(&joint_events_e2e::dist(), &request.path).unwrap_or_else(|| Response::status(404));
        with_cookie(answer, "assets")
    })
    .expect("a free port");
    let feed_server = Server::start(0, move |request| {
        note(&note_feed, request);
        with_cookie(json_answer(feed()), "feeds")
    })
    .expect("a free port");
    let origins = [asset_server.origin(), feed_server.origin()];
    let tag = format!(
        "<joint-events feed=\"{}/feed.json\" lang=\"en\" {attributes}><a href=\"/events\">All events</a></joint-events>",
        origins[1]
    );
    let script = SCRIPT.replace("src=\"", &format!("crossorigin src=\"{}", origins[0]));
    let html = document(RECORD, &format!("<main>{tag}</main>{script}"));
    let page = Page::open_site(move |request| {
        // Cookies know no ports: what this server sets, a request with credentials would take to the other two.
        (request.path.starts_with("/members/")).then(|| with_cookie(html_answer(html.clone()), "page"))
    });
    let site = Site {
        page,
        assets,
        feeds,
        origins,
        _servers: [asset_server, feed_server],
    };
    site.page.go("/members/of-whom?visitor=1");
    site.page.is_ready();
    site
}

/// All that a visitor can do, but for leaving. Links are stopped when they are about to lead away.
fn visit(page: &Page) {
    page.ask("(addEventListener('click', (event) => event.composedPath().some((node) => node.localName === 'a') && event.preventDefault()), 0)");
    page.ask("(root.querySelectorAll('[part~=toggle][aria-expanded=false]').forEach((button) => button.click()), 0)");
    page.shows("seen('details').length", json!(2));
    // Each change is waited for until it is settled, so that every visit tells of as many.
    let settled = "[heard.at(-1)[0], heard.at(-1)[1].organizer, heard.at(-1)[1].search]";
    page.choose("organizer", "lso");
    page.shows(settled, json!(["filter", ["lso"], ""]));
    page.search("gala");
    page.shows(settled, json!(["filter", ["lso"], "gala"]));
    if page.ask("root.querySelector('.calendar-menu')").is_null() {
        page.click("#je-gala [part=calendar]");
    }
    page.shows("root.querySelectorAll('.calendar-menu a').length", json!(2));
    page.ask("(root.querySelectorAll('.calendar-menu button, .calendar-menu a, [part=register], [part=join], [part=details] a').forEach((node) => node.click()), 0)");
    page.search("");
    page.shows(settled, json!(["filter", ["lso"], ""]));
    page.choose("organizer", "lso");
    page.shows(settled, json!(["filter", [], ""]));
    page.shows("seen('title').length", json!(2));
    page.set_attribute("lang", "fr");
    page.shows("seen('register')[0]", json!("S’inscrire"));
    page.ask("(scrollTo(0, document.body.scrollHeight), 0)");
    page.shows("faults", json!([]));
}

/// Names of requests, each with what of its headers tells of a visitor.
fn told(seen: &Seen) -> Vec<Value> {
    let requests = noted(seen).into_iter();
    requests
        .map(|request| {
            let header = |name: &str| request.header(name).map(str::to_owned);
            json!([
                request.method,
                request.path,
                request.query,
                header("cookie"),
                header("authorization"),
                header("referer")
            ])
        })
        .collect()
}

#[test]
fn a_visit_asks_for_script_wasm_and_feed_once_without_cookies_and_writes_nothing() {
    let site = site("");
    let page = &site.page;
    page.say_member_of("lso");
    visit(page);
    let from = json!(format!("{}/", page.origin()));
    let of = |path: &str| json!(["GET", path, "", null, null, from]);
    assert_eq!(told(&site.feeds), [of("/feed.json")]);
    // The script asks for the wasm from where it stands, in two parts, and that is all that is asked for beside it.
    let mut assets = told(&site.assets);
    assets.sort_by_key(Value::to_string);
    assert_eq!(assets.len(), 3, "found {assets:?}");
    assert_eq!(assets[0], of("/joint-events.js"));
    for (asked, path) in assets[1..]
        .iter()
        .zip(["/joint-events.later.wasm", "/joint-events.wasm"])
    {
        assert_eq!(
            asked.as_array().map(|row| row[..5].to_vec()),
            of(path).as_array().map(|row| row[..5].to_vec())
        );
    }
    let mut own = page.all_requests();
    own.retain(|path| path != "/favicon.ico");
    assert_eq!(own, ["/", "/members/of-whom"]);
    let [assets, feeds] = &site.origins;
    page.shows("entries.filter(([name]) => !name.endsWith('/favicon.ico')).sort()", {
        let mut expected = [
            [format!("{assets}/joint-events.js"), "script".to_owned()],
            [format!("{assets}/joint-events.wasm"), "fetch".to_owned()],
            [format!("{assets}/joint-events.later.wasm"), "fetch".to_owned()],
            [format!("{feeds}/feed.json"), "fetch".to_owned()],
        ];
        expected.sort();
        json!(expected)
    });
    page.shows("written", json!([]));
    page.ask("(kept().then((found) => (window.found = found)), 0)");
    page.shows("window.found", json!([[], [], 0, 0, ""]));
    // The page's own cookie is there, so that it could have been sent; those of the others never came to be.
    page.shows("document.cookie", json!("page=1"));
    // Nor does a second visit bring them a cookie.
    page.go("/members/of-whom?visitor=1");
    page.is_ready();
    assert_eq!(told(&site.feeds), [of("/feed.json"), of("/feed.json")]);
    assert!(
        told(&site.assets).iter().all(|row| row[3].is_null()),
        "found {:?}",
        told(&site.assets)
    );
    keeps("requests", "3 requests, 0 cookies, 0 writes");
}

#[test]
fn a_feed_of_the_pages_own_server_is_asked_for_without_the_pages_cookies() {
    let seen = Seen::default();
    let note_all = Arc::clone(&seen);
    let html = joint_events_e2e::html(joint_events_e2e::ENGLISH);
    let page = Page::open_site(move |request| {
        note(&note_all, request);
        match request.path.as_str() {
            "/" => Some(with_cookie(html_answer(html.clone()), "session")),
            "/feed.json" => Some(with_cookie(json_answer(feed()), "feeds")),
            "/joint-events.wasm" => Some(with_cookie(
                Response::text("application/wasm", file("joint-events.wasm")),
                "wasm",
            )),
            _ => None,
        }
    });
    page.is_ready();
    page.ask("(widget.refresh(), 0)");
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(2));
    let cookies: Vec<(String, bool)> = noted(&seen)
        .iter()
        .filter(|request| request.path == "/feed.json" || request.path.ends_with(".wasm"))
        .map(|request| (request.path.clone(), request.header("cookie").is_some()))
        .collect();
    assert_eq!(cookies.len(), 3, "found {cookies:?}");
    assert!(cookies.iter().all(|(_, sent)| !sent), "found {cookies:?}");
    page.shows("document.cookie", json!("session=1"));
}

#[test]
fn remember_writes_one_key_of_the_tab_and_nothing_else() {
    let site = site("remember");
    let page = &site.page;
    page.shows("written", json!([]));
    page.say_member_of("lso");
    page.shows("seen('rate-own').length", json!(2));
    page.shows("written", json!(["session setItem joint-events:member-of lso"]));
    visit(page);
    page.shows("written", json!(["session setItem joint-events:member-of lso"]));
    page.ask("(kept().then((found) => (window.found = found)), 0)");
    page.shows("window.found", json!([[], ["joint-events:member-of"], 0, 0, ""]));
    page.say_member_of("lso");
    page.shows("written.slice(1)", json!(["session removeItem joint-events:member-of"]));
    page.shows("sessionStorage.length", json!(0));
    keeps("remembered", "1 key in sessionStorage");
}

/// Where every link of the root leads, and all that the host heard, without the rate that it may hear of.
const LINKS: &str =
    "[...root.querySelectorAll('a')].map((link) => [link.part.value, link.getAttribute('href')]).sort()";
const HEARD: &str = "heard.map(([name, {audience, price, ...detail}]) => [name, detail])";

#[test]
fn whose_member_a_visitor_is_changes_no_request_and_no_link_but_the_offer_to_join() {
    let mut first = None;
    for attributes in [
        "",
        "member-of=\"lso\"",
        "member-of=\"lso bioquebec\"",
        "member-of=\"none\"",
    ] {
        let site = site(attributes);
        let page = &site.page;
        page.ask(
            "(root.querySelectorAll('[part~=toggle][aria-expanded=false]').forEach((button) => button.click()), 0)",
        );
        page.shows("seen('details').length", json!(2));
        page.click("#je-gala [part=calendar]");
        page.shows("root.querySelectorAll('.calendar-menu a').length", json!(2));
        let joining = page.ask(LINKS);
        let (join, links): (Vec<Value>, Vec<Value>) = joining
            .as_array()
            .cloned()
            .unwrap_or_default()
            .into_iter()
            .partition(|link| link[0] == json!("join"));
        // One who is known as no member is shown where to become one: the feed's own address, and nothing added.
        let expected = if attributes.contains("none") {
            vec![json!(["join", "https://lso.example/join"]); 3]
        } else {
            Vec::new()
        };
        assert_eq!(join, expected, "{attributes}");
        assert!(links.len() >= 12, "found {links:?}");
        visit(page);
        // The port alone differs from one site to the next.
        let requests = |seen: &Seen| -> Vec<String> {
            let own = page.origin();
            let [assets, feeds] = &site.origins;
            let told = noted(seen).into_iter().map(|request| {
                format!("{request:?}")
                    .replace(&own, "PAGE")
                    .replace(assets, "ASSETS")
                    .replace(feeds, "FEEDS")
            });
            let mut told: Vec<String> = told
                .map(|text| {
                    text.replace(assets.trim_start_matches("http://"), "ASSETS")
                        .replace(feeds.trim_start_matches("http://"), "FEEDS")
                })
                .collect();
            told.sort();
            told
        };
        let mut heard = page.ask(HEARD);
        if let Some(heard) = heard.as_array_mut() {
            heard.retain(|event| event[0] != json!("problem"));
        }
        let all = (
            requests(&site.assets),
            requests(&site.feeds),
            links,
            heard,
            page.ask("written"),
        );
        let first = first.get_or_insert_with(|| all.clone());
        assert_eq!(*first, all, "{attributes}");
    }
    keeps("member", "0 requests differ, 0 links but the offer to join");
}

#[test]
fn every_outward_link_hides_whose_page_it_stands_on_and_carries_nothing_of_the_visitor() {
    let site = site("");
    let page = &site.page;
    page.say_member_of("none");
    page.ask("(root.querySelectorAll('[part~=toggle][aria-expanded=false]').forEach((button) => button.click()), 0)");
    page.shows("seen('details').length", json!(2));
    page.shows("[...new Set([...root.querySelectorAll('a:not([href^=\"#je-\"])')].map(({rel, referrerPolicy, ping, target}) => [rel, referrerPolicy, ping, target].join()))]",
        json!(["noopener,strict-origin-when-cross-origin,,"]));
    page.shows("[...root.querySelectorAll('a:not(.calendar-menu a, [href^=\"#je-\"])')].every(({href}) => /^https:\\/\\/(lso|map|zoom|partner)\\.example\\/\\w*$/.test(href))", json!(true));
    for event in ["gala", "forum"] {
        page.click(&format!("#je-{event} [part=calendar]"));
        page.shows(&format!("[...root.querySelectorAll('#je-{event} .calendar-menu a')].map(({{href}}) => /127\\.0\\.0\\.1|visitor|members/.test(decodeURIComponent(href)))"), json!([false, false]));
    }
    // Those that are left are to the events of this page.
    page.shows(
        "[...root.querySelectorAll('[href^=\"#je-\"]')].map(({hash}) => hash).sort()",
        json!(["#je-forum", "#je-gala"]),
    );
    keeps(
        "outward",
        format_args!(
            "{} links",
            page.ask("root.querySelectorAll('a:not([href^=\"#je-\"])').length")
        ),
    );
}
