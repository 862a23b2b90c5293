//! xtask: the demo, on this machine alone.

use std::fs;
use std::thread;

use anyhow::Result;
use joint_events_loopback::{Response, Server, folder};

use crate::{bundle, root, shift};

/// Builds, serves, prints the address and goes on until it is stopped.
pub fn demo(port: u16) -> Result<()> {
    bundle::bundle(None)?;
    let folder_of_project = root();
    let server = Server::start(port, move |request| match request.path.as_str() {
        "/demo/feed.json" => feed(),
        path => folder(&folder_of_project, path).unwrap_or_else(|| Response::status(404)),
    })?;
    println!("{}/", server.origin());
    loop {
        thread::park();
    }
}

/// The demo's feed as if it had been made this week.
fn feed() -> Response {
    let shifted = fs::read_to_string(root().join("demo/feed.json"))
        .map_err(anyhow::Error::from)
        .and_then(|text| shift::shift(&text, jiff::Timestamp::now()));
    match shifted {
        Ok(text) => Response::text("application/json", text),
        Err(error) => Response::text("text/plain", format!("{error:#}")).with_status(500),
    }
}
