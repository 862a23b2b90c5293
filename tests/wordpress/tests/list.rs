//! The publisher's static list: where it is asked for, how often, and what of it is printed, however its server behaves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use joint_events_loopback::Response;
use joint_events_model::read::read;
use joint_events_publish::list::list;
use joint_events_wordpress::{LIST, Publisher, inside, log, save, tag, visit};
use joint_events_words::strings::Language;
use serde_json::json;

fn html(text: impl Into<String>) -> Response {
    Response::text("text/html; charset=utf-8", text.into())
}

/// What stands inside the tag where the list's server answers so.
#[track_caller]
fn shown(answer: impl Fn() -> Response + Send + Sync + 'static) -> (Publisher, String) {
    let publisher = Publisher::answering(move |_| answer());
    let page = visit().see_content(&publisher.shortcode(""));
    let inside = inside(&page).to_owned();
    (publisher, inside)
}

/// The link in place of a list that can't be had: to the list, which the visitor may reach.
fn link(publisher: &Publisher) -> String {
    let list = publisher.feed().replace("feed.json", "list.en.html");
    format!("<div class=\"joint-events-fallback\"><a href=\"{list}\">See all events</a></div>")
}

#[test]
fn the_list_beside_the_feed_is_printed_in_the_tags_language() {
    let publisher = Publisher::with_list(LIST);
    let page = visit().see_content(&publisher.shortcode(""));
    let list = "<ul> <li> <h3 dir=\"auto\">Gala</h3> <p><strong>Joint event</strong></p> <p><time datetime=\"2027-01-31\">January 31</time></p> <ul> <li>Members: $295</li> <li>Non-members: $495</li> </ul> <p><a href=\"https://example.org/r?a=1&amp;b=2\" aria-label=\"Register: Gala\">Register</a> <a href=\"https://example.org/e\" aria-label=\"Details: Gala\">Details</a></p> </li> </ul> <p><a href=\"https://example.org/\">See all events</a></p>";
    assert_eq!(
        inside(&page),
        format!("<div class=\"joint-events-fallback\">{list}</div>")
    );
    visit().see_content(&publisher.shortcode("lang=fr"));
    assert_eq!(publisher.paths(), ["/list.en.html", "/list.fr.html"]);
}

/// What the publisher's tool writes is what the page holds: the markup that is let through is that of `list.rs`.
#[test]
fn nothing_of_a_list_that_the_publishers_tool_wrote_is_lost() {
    for name in ["cards", "filters", "prices", "registration"] {
        let file = format!("{}/../feeds/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let feed = read(&std::fs::read_to_string(file).expect("a feed"))
            .expect("a feed")
            .feed;
        for (language, own) in [(Language::French, "lang=fr"), (Language::English, "lang=en")] {
            // At a moment before all of them, so that none is over.
            let list = list(&feed, language, joint_events_model::time::Instant(0));
            let publisher = Publisher::with_list(list.clone());
            let page = visit().see_content(&publisher.shortcode(own));
            let written: Vec<&str> = list.split_ascii_whitespace().collect();
            // The same characters, as WordPress writes them.
            let written = written
                .join(" ")
                .replace("&#39;", "&#039;")
                .replace('[', "&#x5b;")
                .replace(']', "&#x5d;");
            let found = inside(&page).replace("&#038;", "&amp;").replace("<br />", "<br>");
            assert_eq!(
                found,
                format!("<div class=\"joint-events-fallback\">{written}</div>"),
                "{name}"
            );
        }
    }
}

#[test]
fn a_list_may_be_named_by_the_shortcode_or_the_settings_or_refused() {
    let publisher = Publisher::with_list(LIST);
    let own = publisher.feed().replace("feed.json", "own.html");
    visit().see_content(&publisher.shortcode(&format!("list=\"{own}?a=1&amp;b=2\"")));
    assert_eq!(
        (publisher.paths(), publisher.requests()[0].query.as_str()),
        (vec!["/own.html".to_owned()], "a=1&b=2")
    );
    let other = publisher.feed().replace("feed.json", "other.html");
    visit()
        .with("settings", json!({"list": other}))
        .see_content(&publisher.shortcode(""));
    let page = visit().see_content(&publisher.shortcode("list=none"));
    assert!(inside(&page).contains("The events appear here once"), "{}", tag(&page));
    let page = visit().see_content(&publisher.shortcode("list=none link=https://example.org/all"));
    assert!(inside(&page).contains("<a href=\"https://example.org/all\">See all events</a>"));
    assert_eq!(publisher.paths(), ["/own.html", "/other.html"]);
}

#[test]
fn the_titles_of_the_list_have_the_level_of_the_widgets() {
    let page = visit().see_content(&Publisher::with_list(LIST).shortcode("heading-level=5"));
    assert!(inside(&page).contains("<h5 dir=\"auto\">Gala</h5>") && !inside(&page).contains("h3"));
}

#[test]
fn a_list_is_asked_for_once_and_a_failure_too() {
    let publisher = Publisher::answering(|request| match request.path.as_str() {
        "/list.en.html" => html(LIST),
        _ => Response::status(500),
    });
    let french = save("administrator", &publisher.shortcode("lang=fr"));
    let english = save("administrator", &publisher.shortcode(""));
    for _ in 0..3 {
        assert!(visit().see_post(&english).contains(">Gala</h3>"));
        assert!(visit().see_post(&french).contains("Voir tous les événements"));
    }
    assert_eq!(publisher.requests().len(), 2);
}

#[test]
fn a_copy_stands_in_while_the_list_cannot_be_had_and_a_week_at_most() {
    let status = Arc::new(AtomicU16::new(200));
    let said = Arc::clone(&status);
    let publisher = Publisher::answering(move |_| match said.load(Ordering::SeqCst) {
        200 => html(LIST),
        201 => html(LIST.replace("Gala", "Forum")),
        other => Response::status(other),
    });
    let post = save("administrator", &publisher.shortcode(""));
    let after = |seconds: u32| inside(&visit().with("later", seconds).see_post(&post)).to_owned();
    assert!(after(0).contains("Gala"));
    status.store(503, Ordering::SeqCst);
    assert!(after(800).contains("Gala"));
    assert_eq!(publisher.requests().len(), 1, "fresh for 15 minutes");
    assert!(after(1000).contains("Gala"), "stale");
    assert!(after(1200).contains("Gala"), "stale, not asked again at once");
    assert_eq!(publisher.requests().len(), 2);
    status.store(201, Ordering::SeqCst);
    assert!(after(1400).contains("Forum"), "there again");
    status.store(503, Ordering::SeqCst);
    assert_eq!(after(700_000), link(&publisher), "too old");
}

#[test]
fn many_visitors_at_once_are_one_request() {
    let publisher = Publisher::answering(|_| Response::dripping("text/html", LIST, Duration::from_millis(1)));
    let post = save("administrator", &publisher.shortcode(""));
    let seen: Vec<String> = thread::scope(|scope| {
        let visitors: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| inside(&visit().see_post(&post)).to_owned()))
            .collect();
        visitors
            .into_iter()
            .map(|visitor| visitor.join().expect("a page"))
            .collect()
    });
    assert!(
        seen.iter()
            .all(|inside| inside.contains("Gala") || *inside == link(&publisher)),
        "{seen:?}"
    );
    assert_eq!(publisher.requests().len(), 1);
}

#[test]
fn a_server_that_fails_leaves_a_link() {
    let fallbacks: [fn() -> Response; 8] = [
        || Response::status(404),
        || Response::status(500),
        Response::reset,
        || html(""),
        || Response::text("application/json", "<p>x</p>"),
        || html("<!doctype html><html><body><p>This domain is for sale</p></body></html>"),
        || Response::text("text/html", b"<p>\xff\xfe</p>".to_vec()),
        || html(format!("<ul>{}</ul>", "<li>x</li>".repeat(60_000))),
    ];
    for (number, answer) in fallbacks.into_iter().enumerate() {
        let (publisher, inside) = shown(answer);
        assert_eq!(inside, link(&publisher), "answer {number}");
    }
}

#[test]
fn a_slow_server_holds_the_page_three_seconds_at_most() {
    let slow: [fn() -> Response; 2] = [
        || Response::hanging(Duration::from_secs(20)),
        || Response::dripping("text/html", "x".repeat(2000), Duration::from_millis(40)),
    ];
    for answer in slow {
        let publisher = Publisher::answering(move |_| answer());
        let post = save("administrator", &publisher.shortcode(""));
        let start = Instant::now();
        let page = visit().see_post(&post);
        // Beside the three seconds, what a busy machine takes for a page.
        assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
        assert_eq!(inside(&page), link(&publisher));
    }
}

#[test]
fn a_redirect_is_followed_twice_and_not_for_ever() {
    let to = |path: &str| Response::status(301).with_header("Location", path);
    let publisher = Publisher::answering(move |request| match request.path.as_str() {
        "/list.en.html" => to("/a.html"),
        "/a.html" => to("/b.html"),
        "/b.html" => html(LIST),
        _ => to(&request.path),
    });
    assert!(visit().see_content(&publisher.shortcode("")).contains(">Gala</h3>"));
    assert!(
        !visit()
            .see_content(&publisher.shortcode("lang=fr"))
            .contains(">Gala</h3>")
    );
    assert_eq!(publisher.requests().len(), 6);
}

#[test]
fn a_private_address_is_not_asked() {
    let publisher = Publisher::with_list(LIST);
    let page = visit().with("private", true).see_content(&publisher.shortcode(""));
    assert_eq!(inside(&page), link(&publisher));
    assert!(publisher.requests().is_empty());
    for address in [
        "http://169.254.169.254/list.html",
        "http://100.64.0.1/list.html",
        "http://10.0.0.1/list.html",
        "http://user:word@127.0.0.1/x.html",
        "file:///etc/passwd",
        "http://[::1]/list.html",
    ] {
        let start = Instant::now();
        visit().see_content(&format!(
            "[joint_events feed=https://feeds.example/feed.json list=\"{address}\"]"
        ));
        assert!(!log("requests.log").contains(address), "{address}");
        assert!(start.elapsed() < Duration::from_secs(5), "{address}");
    }
}

#[test]
fn a_public_address_that_redirects_to_a_private_one_is_not_followed() {
    let publisher =
        Publisher::answering(|_| Response::status(302).with_header("Location", "http://169.254.169.254/keys"));
    visit().see_content(&publisher.shortcode(""));
    assert_eq!(publisher.requests().len(), 1);
    assert!(!log("requests.log").contains("169.254.169.254/keys"));
}

#[test]
fn the_publisher_is_not_told_who_asks() {
    let publisher = Publisher::with_list(LIST);
    visit()
        .with("user", "administrator")
        .see_content(&publisher.shortcode(""));
    let request = &publisher.requests()[0];
    let agent = request.header("user-agent").unwrap_or_default();
    assert!(
        agent.starts_with("joint-events/") && !agent.contains("localhost"),
        "{agent}"
    );
    assert_eq!((request.header("cookie"), request.header("referer")), (None, None));
}

#[test]
fn pages_ask_for_lists_and_for_nothing_else() {
    visit().see_content(&Publisher::with_list(LIST).shortcode(""));
    for line in log("requests.log").lines() {
        assert!(line.contains(" joint-events/"), "{line}");
    }
}

#[test]
fn hostile_markup_is_text_or_nothing() {
    let hostile = "<ul><li><h3 dir=\"auto\" onclick=\"alert(1)\" style=\"position:fixed\">Gala</h3>\
        <script>alert(2)</script><style>*{display:none}</style><img src=x onerror=alert(3)><svg onload=alert(4)><a href=\"javascript:alert(5)\">a</a></svg>\
        <p><a href=\"javascript:alert(6)\">b</a><a href=\"jav&#x09;ascript:alert(7)\">c</a><a href=\"data:text/html,x\">d</a><a href=\"http://example.org/\">e</a></p>\
        <iframe src=\"https://example.org/\"></iframe><form action=\"/\"><input name=x></form>\
        [gallery] [joint_events feed=https://feeds.example/f.json] </div></joint-events></p></ul><strong>open<a href=\"https://example.org/open\">open";
    let publisher = Publisher::with_list(hostile);
    for content in [
        publisher.shortcode(""),
        format!(
            "<!-- wp:joint-events/joint-events {} /-->",
            json!({"feed": publisher.feed()})
        ),
    ] {
        let page = visit().with("filters", json!(["do_shortcode"])).see_content(&content);
        let inside = inside(&page);
        for word in [
            "alert",
            "<script",
            "<style",
            "<img",
            "<svg",
            "<iframe",
            "<form",
            "<input",
            "javascript:",
            "data:",
            "onclick",
            "style=",
            "http://example.org",
            "</joint-events",
        ] {
            assert!(!inside.contains(word), "{word}: {inside}");
        }
        assert!(
            inside.contains("&#x5b;gallery&#x5d;") && !inside.contains("<joint-events"),
            "{inside}"
        );
        assert!(inside.contains("<h3 dir=\"auto\">Gala</h3>"), "{inside}");
        assert!(inside.ends_with("open</a></strong></div>"), "{inside}");
        assert_eq!(page.matches("<joint-events").count(), 1);
    }
}

#[test]
fn a_list_without_events_says_so() {
    let page = visit().see_content(&Publisher::with_list("<p>No upcoming events</p>\n").shortcode(""));
    assert_eq!(
        inside(&page),
        "<div class=\"joint-events-fallback\"><p>No upcoming events</p></div>"
    );
}
