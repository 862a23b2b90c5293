//! Loopback: what a browser gets from the server, byte for byte.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use joint_events_loopback::{Request, Response, Server, folder};

#[track_caller]
fn serve(handler: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Server {
    Server::start(0, handler).unwrap()
}

#[track_caller]
fn ask(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(server.origin().trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream
        .write_all(format!("{request} HTTP/1.1\r\nHost: x\r\nX-Asked: yes\r\n\r\n").as_bytes())
        .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    String::from_utf8_lossy(&answer).into_owned()
}

#[track_caller]
fn scratch_folder(name: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(path.join("inner")).unwrap();
    path
}

#[test]
fn a_handler_sees_the_decoded_path_the_query_and_the_headers() {
    let server = serve(|request| {
        let asked = request.header("X-ASKED").unwrap_or_default();
        Response::text(
            "text/plain",
            format!("{} {} {} {asked}", request.method, request.path, request.query),
        )
    });
    let answer = ask(&server, "GET /caf%C3%A9/a%20b?x=%20y");
    assert!(answer.ends_with("\r\n\r\nGET /café/a b x=%20y yes"), "{answer}");
}

#[test]
fn every_answer_may_be_read_by_any_page_and_closes_its_connection() {
    let server = serve(|_| Response::text("text/plain", "x"));
    for method in ["GET", "HEAD", "OPTIONS"] {
        let answer = ask(&server, &format!("{method} /"));
        assert!(answer.contains("\r\nAccess-Control-Allow-Origin: *\r\n"), "{answer}");
        assert!(answer.contains("\r\nConnection: close\r\n"), "{answer}");
    }
}

#[test]
fn a_head_has_the_length_of_the_body_and_no_body() {
    let server = serve(|_| Response::text("text/plain", "four"));
    let answer = ask(&server, "HEAD /");
    assert!(answer.contains("\r\nContent-Length: 4\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}

#[test]
fn a_file_has_the_mime_type_of_its_name() {
    let root = scratch_folder("mime");
    let types = [
        ("a.html", "text/html; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.ics", "text/calendar; charset=utf-8"),
        ("a.wasm", "application/wasm"),
    ];
    for (name, _) in types {
        std::fs::write(root.join(name), name).unwrap();
    }
    let served = root.clone();
    let server = serve(move |request| folder(&served, &request.path).unwrap_or_else(|| Response::status(404)));
    for (name, expected) in types {
        let answer = ask(&server, &format!("GET /{name}"));
        assert!(
            answer.contains(&format!("\r\nContent-Type: {expected}\r\n")),
            "{answer}"
        );
        assert!(answer.ends_with(&format!("\r\n\r\n{name}")), "{answer}");
    }
}

#[test]
fn a_folder_is_never_left() {
    let root = scratch_folder("left");
    std::fs::write(root.join("secret.txt"), "secret").unwrap();
    std::fs::write(root.join("inner/index.html"), "inner").unwrap();
    let inner = root.join("inner");
    let server = serve(move |request| folder(&inner, &request.path).unwrap_or_else(|| Response::status(404)));
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/x/../../secret.txt",
        "/..%5csecret.txt",
    ] {
        assert!(
            ask(&server, &format!("GET {path}")).starts_with("HTTP/1.1 404 "),
            "{path}"
        );
    }
    assert!(ask(&server, "GET /").ends_with("\r\n\r\ninner"));
}

#[test]
fn a_status_carries_its_headers() {
    let server = serve(|_| {
        Response::status(503)
            .with_header("Retry-After", "2")
            .with_header("cache-control", "max-age=9")
    });
    let answer = ask(&server, "GET /");
    assert!(answer.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{answer}");
    assert!(answer.contains("\r\nRetry-After: 2\r\n"), "{answer}");
    assert!(!answer.contains("no-store"), "{answer}");
}

#[test]
fn a_truncated_body_is_shorter_than_its_length_says() {
    let server = serve(|_| Response::truncated("application/json", "{\"a\":"));
    let answer = ask(&server, "GET /");
    assert!(answer.contains("\r\nContent-Length: 6\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n{\"a\":"), "{answer}");
}

#[test]
fn a_dripping_body_takes_its_time() {
    let server = serve(|_| Response::dripping("text/plain", "abcde", Duration::from_millis(20)));
    let start = Instant::now();
    assert!(ask(&server, "GET /").ends_with("\r\n\r\nabcde"));
    assert!(start.elapsed() >= Duration::from_millis(80));
}

#[test]
fn a_reset_and_a_hang_answer_nothing() {
    let server = serve(|request| match request.path.as_str() {
        "/reset" => Response::reset(),
        _ => Response::hanging(Duration::from_millis(50)),
    });
    assert_eq!(ask(&server, "GET /reset"), "");
    assert_eq!(ask(&server, "GET /hang"), "");
}

#[test]
fn a_hanging_request_holds_no_other_up() {
    let server = serve(|request| match request.path.as_str() {
        "/hang" => Response::hanging(Duration::from_secs(20)),
        _ => Response::text("text/plain", "quick"),
    });
    let mut hanging = TcpStream::connect(server.origin().trim_start_matches("http://")).unwrap();
    hanging.write_all(b"GET /hang HTTP/1.1\r\n\r\n").unwrap();
    assert!(ask(&server, "GET /").ends_with("quick"));
}

#[test]
fn a_dropped_server_takes_no_more_connections() {
    let server = serve(|_| Response::status(200));
    let address = server.origin().trim_start_matches("http://").to_owned();
    drop(server);
    assert!(TcpStream::connect(address).is_err());
}
