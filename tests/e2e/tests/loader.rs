//! End-to-end: one file that a site's optimizer may treat as it likes, and what it asks for, when and how often.
#![allow(missing_docs)]

use std::io::Read;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use joint_events_e2e::{
    Ability, ENGLISH, Gate, Page, SCRIPT, dist, document, feed, file, html, html_answer, json_answer, keeps,
};
use joint_events_loopback::{Response, Server, folder};
use serde_json::json;

/// A page beside the feed, the bundle and another script.
fn site(page: &str, other: impl Into<String>) -> Page {
    let (page, other) = (page.to_owned(), other.into());
    Page::open_site(move |request| match request.path.as_str() {
        "/" | "/fr/events/" => Some(html_answer(page.clone())),
        "/feed.json" => Some(json_answer(feed("filters"))),
        "/cache/all.js" => Some(Response::text("text/javascript", other.clone())),
        path => folder(&dist(), path.strip_prefix("/assets/1.0.0")?),
    })
}

fn script() -> String {
    String::from_utf8(file("joint-events.js")).expect("UTF-8")
}

/// All events are shown, nothing was said, nothing was thrown.
#[track_caller]
fn works(page: &Page) {
    page.is_ready();
    page.shows("seen('title').length", json!(6));
    page.shows("[faults, said]", json!([[], []]));
    page.choose_province("CA-QC");
    page.sees(&["Heart reception", "National day"]);
    assert_eq!(
        (page.requests("/feed.json"), page.ask("heard[0][0]")),
        (1, json!("ready"))
    );
}

#[test]
fn it_runs_as_a_module_and_as_a_classic_script_before_and_after_the_tag() {
    for attributes in ["type=\"module\"", "type=\"module\" async", "", "defer", "async"] {
        let script = format!("<script {attributes} src=\"/joint-events.js\"></script>");
        works(&site(&document(&script, ENGLISH), ""));
        works(&site(&document("", &format!("{ENGLISH}{script}")), ""));
    }
}

#[test]
fn it_runs_once_however_often_a_page_has_it() {
    let classic = SCRIPT.replace(" type=\"module\"", "");
    let again = SCRIPT.replace("joint-events.js", "joint-events.js?again");
    let page = site(&document(SCRIPT, &format!("{ENGLISH}{classic}{SCRIPT}{again}")), "");
    works(&page);
    assert_eq!(page.requests("/joint-events.wasm"), 1);
}

#[test]
fn it_runs_from_another_folder() {
    let page = html(ENGLISH).replace("src=\"/", "src=\"../../assets/1.0.0/");
    let page = site(&page, "");
    works(&page);
    page.go("/fr/events/");
    page.is_ready();
    assert_eq!(page.requests("/joint-events.wasm"), 0);
    assert_eq!(page.requests("/assets/1.0.0/joint-events.wasm"), 2);
}

#[test]
fn it_runs_from_another_origin() {
    let assets = Server::start(0, |request| {
        folder(&dist(), &request.path).unwrap_or_else(|| Response::status(404))
    });
    let assets = assets.expect("a free port");
    for attributes in ["type=\"module\" crossorigin", "defer"] {
        let script = format!(
            "<script {attributes} src=\"{}/joint-events.js\"></script>",
            assets.origin()
        );
        let page = site(&html(ENGLISH).replace(SCRIPT, &script), "");
        works(&page);
        assert_eq!(page.requests("/joint-events.wasm"), 0);
    }
}

#[test]
fn it_runs_inlined_where_the_page_says_where_the_wasm_is() {
    let told = "<link rel=\"prefetch\" href=\"/assets/1.0.0/joint-events.wasm\" as=\"fetch\" crossorigin>";
    let (inlined, script) = (document(told, ENGLISH), script());
    assert!(!script.contains("</script"), "it can stand in a page");
    works(&site(
        &inlined.replace("</body>", &format!("<script>{script}</script></body>")),
        "",
    ));
    works(&site(
        &inlined.replace("</body>", &format!("<script type=\"module\">{script}</script></body>")),
        "",
    ));
}

#[test]
fn it_runs_from_an_address_that_holds_or_stands_for_its_text() {
    let told = "<link rel=\"prefetch\" href=\"/joint-events.wasm\" crossorigin>";
    for address in [
        "'data:text/javascript,' + encodeURIComponent(text)",
        "URL.createObjectURL(new Blob([text], {type: 'text/javascript'}))",
    ] {
        for kind in ["", "module"] {
            let delayed = format!(
                "<script>fetch('/joint-events.js').then((answer) => answer.text()).then((text) => {{ \
                 const script = document.createElement('script'); script.type = '{kind}'; script.src = {address}; document.body.append(script); }})</script>"
            );
            works(&site(&document(told, &format!("{ENGLISH}{delayed}")), ""));
        }
    }
}

#[test]
fn it_runs_combined_with_other_scripts_in_any_wrapping() {
    let script = script();
    let before = "window.before = 1";
    let after = "window.after = 1";
    for combined in [
        format!("{before}\n{script}\n{after}"),
        format!("'use strict';{before};{script};{after}"),
        format!("(function () {{ {before}\n{script}{after} }})()"),
        format!(
            "!function (define, module, exports) {{ 'use strict'; {before};{script};{after} }}(() => {{}}, {{}}, {{}})"
        ),
        format!("try {{ {before};{script};{after} }} catch (error) {{ throw error }}"),
        format!("/* a.js */ {before} /* b.js */\n{script}/* c.js */ {after} // end"),
    ] {
        for attributes in ["", "type=\"module\""] {
            let tag = format!(
                "<link rel=\"prefetch\" href=\"/joint-events.wasm\" as=\"fetch\" crossorigin><script {attributes} src=\"/cache/all.js\"></script>"
            );
            let page = site(&document("", &format!("{ENGLISH}{tag}")), combined.clone());
            works(&page);
            page.shows("[before, after]", json!([1, 1]));
        }
    }
    keeps("shapes", "works in each, 0 errors that stop other scripts");
}

#[test]
fn tags_that_come_later_are_tags_too() {
    let page = site(&html("<p id=\"here\"></p>"), "");
    page.shows("customElements.get('joint-events') !== undefined", json!(true));
    page.ask(&format!("(here.innerHTML = {}, 0)", json!(ENGLISH)));
    works(&page);
    page.ask("(here.replaceWith(Object.assign(document.createElement('joint-events'), {feed: '/feed.json', lang: 'en', province: 'CA-ON'})), 0)");
    page.sees(&["Forum", "Breakfast", "National day"]);
    page.shows("faults", json!([]));
}

#[test]
fn elements_with_the_names_of_the_documents_members_hide_nothing_from_it() {
    let names = [
        "currentScript",
        "createElement",
        "createTextNode",
        "createComment",
        "createDocumentFragment",
        "defaultView",
        "body",
        "head",
        "documentElement",
        "querySelectorAll",
        "getElementById",
        "addEventListener",
        "activeElement",
        "adoptedStyleSheets",
        "baseURI",
        "URL",
        "location",
        "ownerDocument",
        "children",
        "append",
    ];
    let clobbering: String = names
        .iter()
        .map(|name| format!("<img name=\"{name}\" alt=\"\"><form name=\"{name}\"></form>"))
        .collect();
    let ids = "<input id=\"customElements\"><input id=\"WebAssembly\"><input id=\"fetch\"><a id=\"document\"></a><a id=\"URL\"></a><a id=\"self\"></a>";
    let inputs = "<form><input name=\"parentNode\"><input name=\"getAttribute\"><input name=\"isConnected\">";
    let body = format!("{clobbering}{ids}{inputs}{ENGLISH}</form>");
    works(&site(&document("", &format!("{body}{SCRIPT}")), ""));
    let classic = SCRIPT.replace(" type=\"module\"", "");
    works(&site(&document("", &format!("{body}{classic}")), ""));
}

#[test]
fn what_a_page_adds_to_every_object_is_no_option_of_anything() {
    let names = json!([
        "module_or_path",
        "mode",
        "method",
        "signal",
        "integrity",
        "credentials",
        "cache",
        "headers",
        "body",
        "redirect",
        "referrer",
        "referrerPolicy",
        "keepalive",
        "priority",
        "duplex",
        "window",
        "once",
        "capture",
        "passive",
        "bubbles",
        "composed",
        "cancelable",
        "detail",
        "type",
        "endings",
        "root",
        "rootMargin",
        "threshold",
        "extends",
        "attributes",
        "attributeFilter",
        "childList",
        "subtree",
        "characterData",
        "read",
        "absent",
        "property",
        "octets",
        "timer",
        "status",
        "message",
        "retryAfter",
        "customElementRegistry",
        "delegatesFocus",
        "slotAssignment",
        "media",
        "disabled",
        "baseURL",
        "preventScroll",
        "behavior",
        "block",
        "inline",
        "localeMatcher",
        "style",
        "currency",
        "timeZone",
        "hour12",
        "calendar",
        "numberingSystem",
        "notation",
        "unit",
        "weekday",
        "era"
    ]);
    let polluted = format!(
        "<script>for (const name of {names}) Object.prototype[name] = name === 'signal' ? {{}} : 'polluted'</script>"
    );
    let page = site(&document(&polluted, &format!("{ENGLISH}{SCRIPT}")), "");
    works(&page);
    page.click("#je-cocktail [part=calendar]");
    page.click("#je-cocktail .calendar-menu button");
    page.shows("files.length", json!(1));
    page.ask("(widget.refresh(), 0)");
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(2));
    page.shows("[faults, said]", json!([[], []]));
}

#[test]
fn a_server_that_does_not_know_the_type_of_wasm_is_good_enough() {
    for mime in [
        "application/octet-stream",
        "text/plain; charset=utf-8",
        "application/wasm; charset=utf-8",
    ] {
        let page = Page::open_site(move |request| match request.path.as_str() {
            "/" => Some(html_answer(html(ENGLISH))),
            "/feed.json" => Some(json_answer(feed("filters"))),
            "/joint-events.wasm" => Some(Response::text(mime, file("joint-events.wasm"))),
            _ => None,
        });
        works(&page);
        assert_eq!(page.requests("/joint-events.wasm"), 1, "{mime}");
    }
}

#[test]
fn of_two_versions_the_first_stays_and_one_line_says_so() {
    let version = env!("CARGO_PKG_VERSION");
    let later = script().replace(version, "9.9.9");
    assert_ne!(later, script());
    let page = site(
        &html(ENGLISH).replace(
            "</body>",
            "<script type=\"module\" src=\"/cache/all.js\"></script></body>",
        ),
        later,
    );
    page.is_ready();
    page.shows("seen('title').length", json!(6));
    page.shows("customElements.get('joint-events').version", json!(version));
    let line = format!("warn: <joint-events> version {version} is on this page already, version 9.9.9 is left out");
    page.shows("[faults, said]", json!([[], [line]]));
    assert_eq!(page.requests("/joint-events.wasm"), 1);
}

#[test]
fn nothing_is_asked_for_before_the_tag_nears_the_viewport() {
    let far = format!("<div style=\"height: 3000px\"></div>{ENGLISH}");
    let page = site(&html(&far), "");
    page.shows("widget.status", json!("loading"));
    // The observer has told where the tag is once a frame was drawn, and a second one was.
    page.ask("requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => (window.drawn = true))))");
    page.shows("window.drawn", json!(true));
    assert_eq!(
        (page.requests("/joint-events.wasm"), page.requests("/feed.json")),
        (0, 0)
    );
    page.ask("(scrollTo(0, 2200), 0)");
    works(&page);
    assert_eq!(page.requests("/joint-events.wasm"), 1);
}

#[test]
fn the_feed_is_asked_for_while_the_wasm_is_on_its_way() {
    let gate = Gate::default();
    let held = gate.clone();
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(html(ENGLISH))),
        "/feed.json" => Some(json_answer(feed("filters"))),
        "/joint-events.wasm" => {
            held.pass();
            None
        }
        _ => None,
    });
    page.shows(
        "performance.getEntriesByName(location.origin + '/feed.json').map(({decodedBodySize}) => decodedBodySize)",
        json!([feed("filters").len()]),
    );
    page.shows("widget.status", json!("loading"));
    gate.open();
    works(&page);
}

#[test]
fn ten_tags_with_one_feed_are_one_wasm_and_one_request() {
    let count = "<script>window.instances = 0; for (const name of ['instantiate', 'instantiateStreaming']) { const make = WebAssembly[name]; \
        WebAssembly[name] = (...words) => { instances += 1; return make.apply(WebAssembly, words); }; }</script>";
    let near =
        "<joint-events feed=\"/feed.json\" lang=\"en\" style=\"float: left; width: 9%\"></joint-events>".repeat(9);
    let far = format!("<div style=\"clear: both; height: 30000px\"></div>{ENGLISH}");
    let page = site(&document(count, &format!("{near}{far}{SCRIPT}")), "");
    page.shows("heard.map(([name]) => name)", json!(vec!["ready"; 9]));
    assert_eq!(
        (page.requests("/joint-events.wasm"), page.requests("/feed.json")),
        (1, 1)
    );
    page.ask("(scrollTo(0, document.body.scrollHeight), 0)");
    let numbers = "[...document.querySelectorAll('joint-events')].map((tag) => tag.events.length)";
    page.shows(numbers, json!(vec![6; 10]));
    // A load that is not told of yet would give way to the next.
    page.shows("heard.length", json!(10));
    assert_eq!(
        (page.requests("/joint-events.wasm"), page.requests("/feed.json")),
        (1, 1)
    );
    page.ask("document.querySelectorAll('joint-events').forEach((tag) => tag.refresh())");
    page.shows("heard.length", json!(20));
    page.shows("instances", json!(1));
    page.shows("[faults, said]", json!([[], []]));
    assert_eq!(
        (page.requests("/joint-events.wasm"), page.requests("/feed.json")),
        (1, 2)
    );
    keeps("shared", "1 wasm, 1 instance, 1 request for 10 tags");
}

#[test]
fn a_tag_that_leaves_before_its_feed_came_ends_the_request() {
    let (tell, told) = mpsc::channel();
    let page = Page::open_site(move |request| match request.path.as_str() {
        "/" => Some(html_answer(html(ENGLISH))),
        "/feed.json" => {
            let tell = tell.clone();
            tell.send("asked").ok()?;
            // The browser says no more until it hangs up.
            Some(Response::raw(move |stream| {
                let more = stream.read(&mut [0]).unwrap_or(0);
                tell.send(if more == 0 { "ended" } else { "more" }).ok();
                Ok(())
            }))
        }
        _ => None,
    });
    page.shows(
        "performance.getEntriesByName(location.origin + '/joint-events.wasm').length",
        json!(1),
    );
    assert_eq!(told.recv_timeout(Duration::from_secs(10)), Ok("asked"));
    page.ask("(widget.remove(), 0)");
    // Before the try would end by itself.
    assert_eq!(told.recv_timeout(Duration::from_secs(5)), Ok("ended"));
    page.shows("[heard, faults, said]", json!([[], [], []]));
}

/// `dist/embed.html`, with files of the bundle at `assets` and the feed at `feeds`.
fn snippet(assets: &str, feeds: &str) -> String {
    let embed = String::from_utf8(file("embed.html")).expect("UTF-8");
    embed
        .replace("https://feeds.example/joint-events/v1", feeds)
        .replace("https://feeds.example", feeds)
        .replace("\"joint-events.", &format!("\"{assets}/joint-events."))
}

/// A server of the bundle and one of the feed, 150 ms away, whose files may be kept; and what they were asked for.
fn far_servers() -> (Server, Server, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let far = |asked: Arc<Mutex<Vec<String>>>, answer: fn(&str) -> Response| {
        let server = Server::start_far(0, Duration::from_millis(150), move |request| {
            asked.lock().expect("a list").push(request.path.clone());
            answer(&request.path).with_header("Cache-Control", "public, max-age=31536000, immutable")
        });
        server.expect("a free port")
    };
    let assets = far(Arc::clone(&asked), |path| {
        folder(&dist(), path).unwrap_or_else(|| Response::status(404))
    });
    let feeds = far(Arc::clone(&asked), |_| json_answer(feed("filters")));
    (assets, feeds, asked)
}

#[test]
fn the_snippet_works_as_it_is_pasted_and_its_links_bring_the_list_sooner() {
    let (assets, feeds, asked) = far_servers();
    let whole = snippet(&assets.origin(), &feeds.origin());
    assert!(whole.contains("integrity=\"sha384-"), "{whole}");
    let (links, bare) = whole.split_once('\n').expect("a line of links");
    assert!(links.starts_with("<link") && !bare.contains("<link"), "{whole}");
    let soonest = |snippet: &str| {
        let noted =
            "<script>addEventListener('joint-events:ready', (event) => (window.ready = event.timeStamp))</script>";
        let served = document(noted, snippet);
        let page = Page::open_site(move |request| (request.path == "/snippet").then(|| html_answer(served.clone())));
        let slow = page.can(Ability::Throttle, "the links bring the list sooner on a slow line");
        if slow {
            page.throttle(200_000);
        }
        let times = (0..3).map(|_| {
            page.clear_cache();
            asked.lock().expect("a list").clear();
            page.go("/snippet");
            page.is_ready();
            page.shows("[faults, said]", json!([[], []]));
            let mut asked = asked.lock().expect("a list").clone();
            asked.sort();
            assert_eq!(
                asked,
                ["/feed.json", "/joint-events.js", "/joint-events.wasm"],
                "each once"
            );
            page.ask("ready").as_f64().expect("a time")
        });
        let soonest = times.fold(f64::INFINITY, f64::min);
        if slow {
            page.throttle(0);
        }
        slow.then_some(soonest)
    };
    let (Some(with), Some(without)) = (soonest(&whole), soonest(bare)) else {
        return;
    };
    println!("with the links {with:.0} ms, without {without:.0} ms");
    assert!(
        with < without - 150.0,
        "expected a round trip less than {without} ms, found {with} ms"
    );
}
