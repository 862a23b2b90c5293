//! Bench: the one server of all pages, which sends each file as it was compressed before.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use joint_events_loopback::{Request, Response, Server, mime};

use crate::contender::all;
use crate::feed::feed;
use crate::page::{LISTED, own_list, page};
use crate::root;

/// How many events the feeds have.
pub const COUNTS: [usize; 4] = [100, 500, 1000, 10_000];
/// The page that reads feeds and shows nothing.
pub const READER: &str = "reader/index.html";

/// Of npm's packages, what a page asks for; FullCalendar 7 is bundled by xtask, since it publishes nothing minified.
const PEERS: [(&str, &str); 4] = [
    (
        "bench/node_modules/@event-calendar/build/dist/event-calendar.min.js",
        "peers/event-calendar.min.js",
    ),
    (
        "bench/node_modules/@event-calendar/build/dist/event-calendar.min.css",
        "peers/event-calendar.min.css",
    ),
    (
        "bench/node_modules/fullcalendar6/index.global.min.js",
        "peers/fullcalendar6.min.js",
    ),
    (
        "bench/node_modules/add-to-calendar-button/dist/atcb.js",
        "peers/add-to-calendar-button.js",
    ),
];

/// A file of the site: its octets, and those that go over the wire.
struct File {
    mime: &'static str,
    compressed: Vec<u8>,
}

/// The running site.
pub struct Site {
    server: Server,
    files: Arc<BTreeMap<String, File>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Writes and compresses all files below `target/bench/site`, and serves them.
    ///
    /// # Errors
    /// Where a file is missing: `cargo xtask bench` makes them all.
    pub fn start() -> Result<Self> {
        let folder = root().join("target/bench/site");
        let paths = write(&folder)?;
        compress(&folder, &paths)?;
        let mut files = BTreeMap::new();
        for path in paths {
            let name = folder.join(&path);
            let compressed = fs::read(format!("{}.br", name.display()))?;
            let mime = mime(&name);
            files.insert(format!("/{path}"), File { mime, compressed });
        }
        let files = Arc::new(files);
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (served, noted) = (Arc::clone(&files), Arc::clone(&asked));
        let server = Server::start(0, move |request| {
            let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
            noted.push(request.path.clone());
            drop(noted);
            answer(&served, request)
        })?;
        Ok(Self { server, files, asked })
    }

    /// A page's address at a host of its own: another number is another site to the browser, for which it keeps nothing
    /// of the ones before, neither files nor compiled code.
    pub fn address(&self, path: &str, number: usize) -> String {
        let port = self.server.origin().rsplit(':').next().unwrap_or_default().to_owned();
        format!("http://v{number}.localhost:{port}/{path}")
    }

    /// The octets of a file's body on the wire.
    pub fn weight(&self, path: &str) -> Option<usize> {
        self.files.get(path).map(|file| file.compressed.len())
    }

    /// The paths that were asked for since the last call, each once.
    pub fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner));
        asked.sort();
        asked.dedup();
        asked
    }
}

fn answer(files: &BTreeMap<String, File>, request: &Request) -> Response {
    let Some(file) = files.get(&request.path) else {
        return Response::status(404);
    };
    let takes = request.header("accept-encoding").unwrap_or_default();
    if !takes.contains("br") {
        return Response::text("text/plain; charset=utf-8", format!("expected br, found {takes:?}")).with_status(500);
    }
    Response::text(file.mime, file.compressed.clone())
        .with_header("Content-Encoding", "br")
        .with_header("Cache-Control", "public, max-age=3600")
}

/// Writes what is not there as it should be, and gives all paths.
fn write(folder: &Path) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    let mut add = |path: &str, octets: &[u8]| -> Result<()> {
        let file = folder.join(path);
        if fs::read(&file).ok().as_deref() != Some(octets) {
            fs::create_dir_all(file.parent().context("expected a folder")?)?;
            fs::write(&file, octets)?;
        }
        paths.push(path.to_owned());
        Ok(())
    };
    let source =
        |path: &str| fs::read(root().join(path)).with_context(|| format!("{path}: cargo xtask bench makes it"));
    for (from, to) in PEERS {
        add(to, &source(from)?)?;
    }
    for file in ["fullcalendar7.min.js", "fullcalendar7.min.css"] {
        add(
            &format!("peers/{file}"),
            &source(&format!("target/bench/fullcalendar7/{file}"))?,
        )?;
    }
    for (from, to) in [
        ("bench/pages/reader.html", READER),
        ("bench/pages/check.js", "reader/check.js"),
        ("target/bench/reader/glue.js", "reader/glue.js"),
        ("target/bench/reader/glue_bg.wasm", "reader/glue_bg.wasm"),
    ] {
        add(to, &source(from)?)?;
    }
    add(
        "peers/fullcalendar7-all.js",
        &source("bench/node_modules/fullcalendar/all/global.js")?,
    )?;
    for file in ["joint-events.js", "joint-events.wasm", "joint-events.later.wasm"] {
        add(&format!("dist/{file}"), &source(&format!("dist/{file}"))?)?;
    }
    for count in COUNTS {
        add(&format!("feeds/{count}.json"), feed(count).to_string().as_bytes())?;
    }
    let snippet = String::from_utf8(source("dist/embed.html")?)?;
    let list = own_list()?;
    for contender in all() {
        let (counts, list) = match contender.has_list {
            true => (&[LISTED][..], list.as_str()),
            false => (&COUNTS[..], ""),
        };
        for &count in counts {
            let page = page(&contender, count, &snippet, list)?;
            add(&format!("{}/{count}.html", contender.name), page.as_bytes())?;
        }
    }
    Ok(paths)
}

fn compress(folder: &Path, paths: &[String]) -> Result<()> {
    let status = Command::new("node")
        .arg(root().join("bench/compress.mjs"))
        .args(paths)
        .current_dir(folder)
        .status()
        .context("node: expected a command, found none")?;
    if !status.success() {
        bail!("bench/compress.mjs: expected success, found {status}");
    }
    Ok(())
}
