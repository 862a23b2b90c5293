//! xtask: the demo, on this machine alone or as files for any server.

use std::fs;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result};
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

/// What the product's page needs beside it, the feed aside.
const PAGES: [&str; 7] = [
    "index.html",
    "en.html",
    "README.md",
    "builder",
    "demo",
    "style/brands",
    "docs",
];

/// Writes the product's page, the demo and the bundle into a folder, for any server and under any address. The feed's dates
/// are those of this week, and get old.
///
/// # Errors
/// Where the bundle or the feed can't be built, or a file can't be written.
pub fn pages(out: &Path) -> Result<()> {
    bundle::bundle(None)?;
    for name in PAGES {
        copy(&root().join(name), &out.join(name))?;
    }
    copy(&root().join("dist"), &out.join("dist"))?;
    let feed = shift::shift(&feed::feed(&root().join("target/demo"))?, jiff::Timestamp::now())?;
    fs::write(out.join("demo/feed.json"), feed)?;
    println!("{}", out.display());
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    fs::create_dir_all(to.parent().context("expected a folder")?)?;
    fs::copy(from, to).with_context(|| from.display().to_string())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_copied_with_all_that_is_in_it() {
        let to = root().join("target/test/pages");
        copy(&root().join("demo"), &to.join("demo")).expect("a copy");
        copy(&root().join("style/brands"), &to.join("style/brands")).expect("a copy");
        for name in ["demo/index.html", "demo/examples.js", "style/brands/lso.css"] {
            let (made, source) = (
                fs::read(to.join(name)).expect(name),
                fs::read(root().join(name)).expect(name),
            );
            assert_eq!(made, source, "{name}");
        }
    }

    #[test]
    fn every_file_that_the_pages_name_is_among_those_that_are_copied() {
        for page in ["index.html", "en.html"] {
            let text = fs::read_to_string(root().join(page)).expect("a page");
            let named = ["href=\"", "src=\""]
                .into_iter()
                .flat_map(|mark| text.split(mark).skip(1));
            let named = named.filter_map(|rest| rest.split('"').next());
            for name in named.filter(|name| !name.starts_with(['#', 'h'])) {
                let copied = name.starts_with("dist/")
                    || PAGES
                        .iter()
                        .any(|known| name == *known || name.starts_with(&format!("{known}/")));
                assert!(copied, "{page}: {name}");
            }
        }
    }
}
