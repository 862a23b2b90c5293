//! Loopback: an HTTP server on 127.0.0.1 for the demo, the tests and the benchmarks, which can misbehave when told to.
//!
//! One thread a connection, one request a connection: nothing here is for production.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A running server. It stops taking connections when dropped.
pub struct Server {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

/// What a browser asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `HEAD` or what else was sent; `OPTIONS` is answered by the server itself.
    pub method: String,
    /// The path, percent-decoded, without the query: `/demo/feed.json`.
    pub path: String,
    /// What stands after `?`, as sent; empty without one.
    pub query: String,
    /// The headers, names in lower case.
    pub headers: BTreeMap<String, String>,
}

/// What is answered.
pub struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Body,
}

/// Writes a whole answer, whatever it may be.
type Answer = Box<dyn FnOnce(&mut TcpStream) -> io::Result<()> + Send>;

enum Body {
    Bytes(Vec<u8>),
    Raw(Answer),
}

impl Server {
    /// Listens on 127.0.0.1 at `port`, or at any free one for 0, and answers each request with what `handler` gives.
    ///
    /// ```
    /// use joint_events_loopback::{Response, Server};
    /// let server = Server::start(0, |request| Response::text("text/plain", request.path.clone()))?;
    /// assert!(server.origin().starts_with("http://127.0.0.1:"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn start(port: u16, handler: impl Fn(&Request) -> Response + Send + Sync + 'static) -> io::Result<Server> {
        Self::start_far(port, Duration::ZERO, handler)
    }

    /// The same as if it stood so far away: an answer takes a round trip, and a connection two before it carries the
    /// first request, as with TLS 1.3 (RFC 8446, section 2).
    pub fn start_far(
        port: u16,
        round_trip: Duration,
        handler: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let stopping = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopping);
        let handler = Arc::new(handler);
        let accepting = thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let handler = Arc::clone(&handler);
                // A browser that goes away in the middle is no error of ours.
                thread::spawn(move || serve(stream, round_trip, &*handler).ok());
            }
        });
        Ok(Server {
            address,
            stopping,
            accepting: Some(accepting),
        })
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // A last connection wakes the thread that waits for one.
        let woken = TcpStream::connect_timeout(&self.address, Duration::from_secs(1)).is_ok();
        if let Some(accepting) = self.accepting.take().filter(|_| woken) {
            accepting.join().ok();
        }
    }
}

impl Request {
    /// A header's value by its name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(&name.to_ascii_lowercase()).map(String::as_str)
    }
}

impl Response {
    /// 200 with `body` under the MIME type `mime`.
    pub fn text(mime: &str, body: impl Into<Vec<u8>>) -> Response {
        Response {
            status: 200,
            headers: Vec::new(),
            body: Body::Bytes(body.into()),
        }
        .with_header("Content-Type", mime)
    }

    /// The file at `path` under the MIME type of its name; 404 where it can't be read.
    pub fn file(path: impl AsRef<Path>) -> Response {
        match std::fs::read(&path) {
            Ok(bytes) => Response::text(mime(path.as_ref()), bytes),
            Err(_) => Response::status(404),
        }
    }

    /// An HTTP status with its number as the body.
    pub fn status(code: u16) -> Response {
        let response = Response::text("text/plain; charset=utf-8", code.to_string());
        Response {
            status: code,
            ..response
        }
    }

    /// The same answer with one more header; one of the same name is replaced.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Response {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same answer under another HTTP status: an HTML page with 500.
    #[must_use]
    pub fn with_status(self, code: u16) -> Response {
        Response { status: code, ..self }
    }

    /// Whatever `write` puts on the wire, status line and headers included: for servers that hang, drip or lie.
    ///
    /// The connection is closed when `write` returns; where the browser's request was not read to its end, as a reset.
    pub fn raw(write: impl FnOnce(&mut TcpStream) -> io::Result<()> + Send + 'static) -> Response {
        Response {
            status: 200,
            headers: Vec::new(),
            body: Body::Raw(Box::new(write)),
        }
    }

    /// Takes the request and says nothing for `time`, then closes.
    pub fn hanging(time: Duration) -> Response {
        Response::raw(move |_| {
            thread::sleep(time);
            Ok(())
        })
    }

    /// Closes the connection without an answer, with a reset where the system gives one.
    pub fn reset() -> Response {
        Response::raw(|stream| stream.shutdown(std::net::Shutdown::Both))
    }

    /// 200 with `body`, one byte at every `pause`.
    pub fn dripping(mime: &str, body: impl Into<Vec<u8>>, pause: Duration) -> Response {
        let body = body.into();
        let head = head(200, &[("Content-Type".to_owned(), mime.to_owned())], body.len());
        Response::raw(move |stream| {
            stream.write_all(head.as_bytes())?;
            for byte in body {
                stream.write_all(&[byte])?;
                thread::sleep(pause);
            }
            Ok(())
        })
    }

    /// 200 with `body` under a `Content-Length` one byte larger: a body that breaks off.
    pub fn truncated(mime: &str, body: impl Into<Vec<u8>>) -> Response {
        let body = body.into();
        let head = head(200, &[("Content-Type".to_owned(), mime.to_owned())], body.len() + 1);
        Response::raw(move |stream| {
            stream.write_all(head.as_bytes())?;
            stream.write_all(&body)
        })
    }
}

/// The file that the URL path `path` names below the folder `root`: `index.html` for a folder, `None` where there is
/// none or the path tries to leave `root`.
pub fn folder(root: &Path, path: &str) -> Option<Response> {
    let mut file = PathBuf::from(root);
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part == ".." || part == "." || part.contains(['\\', '\0', ':']) {
            return None;
        }
        file.push(part);
    }
    if file.is_dir() {
        file.push("index.html");
    }
    file.is_file().then(|| Response::file(&file))
}

/// The MIME type that a file's name stands for.
pub fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ts" | "txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn serve(
    mut stream: TcpStream,
    round_trip: Duration,
    handler: &(impl Fn(&Request) -> Response + ?Sized),
) -> io::Result<()> {
    let opened = Instant::now();
    stream.set_nodelay(true)?;
    let Some(request) = read_request(&stream)? else {
        return Ok(());
    };
    thread::sleep((round_trip * 2).saturating_sub(opened.elapsed()) + round_trip);
    let response = match request.method.as_str() {
        "OPTIONS" => Response::text("text/plain; charset=utf-8", "").with_status(204),
        _ => handler(&request),
    };
    match response.body {
        Body::Raw(write) => write(&mut stream),
        Body::Bytes(bytes) => {
            stream.write_all(head(response.status, &response.headers, bytes.len()).as_bytes())?;
            if request.method != "HEAD" && response.status != 204 && response.status != 304 {
                stream.write_all(&bytes)?;
            }
            stream.flush()
        }
    }
}

/// The head of an answer: what every answer here says, unless `headers` says it otherwise.
fn head(status: u16, headers: &[(String, String)], length: usize) -> String {
    let length = length.to_string();
    let usual = [
        ("Content-Length", length.as_str()),
        ("Connection", "close"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Headers", "*"),
        ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
    ];
    let mut text = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in usual {
        let own = headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        let bodiless = name == "Content-Length" && (status == 204 || status == 304);
        if !own && !bodiless {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        404 => "Not Found",
        408 => "Request Timeout",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Status",
    }
}

/// `None` where the browser opened a connection and asked nothing, as browsers do ahead of need.
fn read_request(stream: &TcpStream) -> io::Result<Option<Request>> {
    const MOST: u64 = 64 * 1024;
    let mut reader = BufReader::new(stream).take(MOST);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_ascii_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request {
        method: method.to_owned(),
        path: decode(path),
        query: query.to_owned(),
        headers: BTreeMap::new(),
    };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            return Ok(Some(request));
        };
        request
            .headers
            .insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
}

fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = if byte == b'%' {
            tail.get(..2).and_then(|two| std::str::from_utf8(two).ok())
        } else {
            None
        };
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
