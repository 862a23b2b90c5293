//! xtask: the demo, on this machine alone.

use std::thread;

use anyhow::Result;
use joint_events_loopback::{Response, Server, folder};

use crate::{bundle, feed, root, shift};

/// Builds, serves, prints the address and goes on until it is stopped.
pub fn demo(port: u16) -> Result<()> {
    bundle::bundle(None)?;
    let made = feed::feed(&root().join("target/demo"))?;
    let folder_of_project = root();
    let server = Server::start(port, move |request| match request.path.as_str() {
        "/demo/feed.json" => this_week(&made),
        path => folder(&folder_of_project, path).unwrap_or_else(|| Response::status(404)),
    })?;
    println!("{}/", server.origin());
    loop {
        thread::park();
    }
}

/// The demo's feed as if it had been made this week.
fn this_week(feed: &str) -> Response {
    match shift::shift(feed, jiff::Timestamp::now()) {
        Ok(text) => Response::text("application/json", text),
        Err(error) => Response::text("text/plain", format!("{error:#}")).with_status(500),
    }
}
