//! Sources by their address, from a server on this machine.
#![cfg(feature = "fetch")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected ends"
)]

mod support;

use joint_events_loopback::{Response, Server};
use joint_events_publish::fetch::fetch;
use serde_json::{Value, json};
use support::Folder;

fn page(number: usize, next: Option<String>) -> String {
    json!({"events": [{"id": number, "title": format!("Event {number}"), "start_date": "2027-03-09 10:00:00", "timezone": "America/Toronto"}],
        "next_rest_url": next})
    .to_string()
}

fn server() -> Server {
    Server::start(0, |request| {
        let host = format!("http://{}", request.header("host").unwrap());
        match request.path.as_str() {
            "/events" => {
                let number: usize = request.query.trim_start_matches("page=").parse().unwrap_or(1);
                let next = (number < 3).then(|| format!("{host}/events?page={}", number + 1));
                Response::text("application/json", page(number, next))
            }
            "/endless" => Response::text("application/json", page(1, Some(format!("{host}/endless")))),
            "/moved" => Response::status(302).with_header("Location", "/events?page=3"),
            "/away" => Response::status(302).with_header("Location", "http://example.org/"),
            "/loop" => Response::status(302).with_header("Location", "/loop"),
            "/short" => Response::truncated("application/json", "{}"),
            "/large" => Response::text("text/plain", vec![b'x'; 33 << 20]),
            _ => Response::status(503),
        }
    })
    .unwrap()
}

#[test]
fn every_page_of_a_list_is_fetched() {
    let server = server();
    let folder = Folder::with("");
    let ran = folder.run(&[
        "import",
        "--fetch",
        &format!("{}/events", server.origin()),
        "--organizer",
        "lso",
    ]);
    assert_eq!((ran.exit, ran.words.as_str()), (0, "3 events, 0 problems\n"));
    let drafts: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(drafts["events"][2]["title"], json!({"fr": "Event 3"}));
}

#[test]
fn answers_that_cannot_be_used_are_told() {
    let server = server();
    for (path, error) in [
        ("/none", "expected an answer with status 200, found 503"),
        ("/loop", "expected at most 5 redirects, found more"),
        ("/away", "expected an https: address, found one with http:"),
        ("/endless", "expected a list of at most 50 pages, found a longer one"),
        ("/large", "expected at most 33554432 bytes, found more"),
    ] {
        let address = format!("{}{path}", server.origin());
        assert_eq!(fetch(&address).unwrap_err().to_string(), error, "{path}");
    }
    assert!(
        fetch(&format!("{}/short", server.origin()))
            .unwrap_err()
            .to_string()
            .starts_with("expected a whole answer, found ")
    );
    assert!(fetch(&format!("{}/moved", server.origin())).is_ok());
}

#[test]
fn a_plain_address_is_only_this_machines() {
    for address in [
        "http://example.org/",
        "http://127.0.0.1.example.org/",
        "http://localhost@example.org/",
        "ftp://127.0.0.1/",
        "http://127.0.0.1:80@example.org/",
    ] {
        assert!(
            fetch(address)
                .unwrap_err()
                .to_string()
                .starts_with("expected an https: address, found one with "),
            "{address}"
        );
    }
}

#[test]
fn a_source_that_no_longer_answers_keeps_its_events() {
    let server = server();
    let folder = Folder::with(&format!(
        "[[sources]]\nid = \"lso\"\nurl = \"{}/events\"\norganizer = \"lso\"\nlang = \"en\"\n",
        server.origin()
    ));
    folder.build(0);
    assert_eq!(folder.ids(), ["lso-1", "lso-2", "lso-3"]);
    drop(server);
    let ran = folder.build(0);
    assert_eq!(folder.ids(), ["lso-1", "lso-2", "lso-3"]);
    assert!(
        ran.words.contains("3 kept as published before, could not be read"),
        "{}",
        ran.words
    );
}

#[test]
fn the_previous_feed_is_fetched_too() {
    let folder = Folder::with("[[sources]]\nid = \"x\"\npath = \"x.csv\"\norganizer = \"lso\"\n");
    folder.write("x.csv", "titre_fr;debut\nGala;2027-03-09\nForum;2027-04-09\n");
    folder.build(0);
    let feed = folder.path("public/feed.json");
    let server = Server::start(0, move |_| Response::file(&feed)).unwrap();
    folder.write("x.csv", "titre_fr;debut\nGala;2027-03-09\n");
    let address = format!("{}/v1/feed.json", server.origin());
    let ran = folder.build_with(1, &["--out", "other", "--previous", &address]);
    assert!(
        ran.words
            .contains("expected an upcoming event of the previous feed, found none"),
        "{}",
        ran.words
    );
}
