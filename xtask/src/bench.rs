//! xtask: what a visitor waits for, measured beside what npm has.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::build::compile;
use crate::tools::{chrome, chromedriver, install_browser, run, run_with, say};
use crate::{bundle, root};

/// Installs the peers, builds all pages, measures and writes `docs/performance.md`.
///
/// # Errors
/// Where something can't be installed or built, or a page shows nothing.
pub fn bench(words: &[&str]) -> Result<()> {
    bundle::bundle(None)?;
    install_browser()?;
    install_peers(&root())?;
    // It publishes no minified build: a site bundles what it needs.
    run(
        "esbuild",
        &[
            "bench/pages/fullcalendar7.js",
            "--bundle",
            "--minify",
            "--format=iife",
            "--log-level=warning",
            "--outfile=target/bench/fullcalendar7/fullcalendar7.min.js",
        ],
    )?;
    say("building the reader");
    compile("bench/reader", "../../target/bench/reader", &[])?;
    say("measuring");
    // Not built for speed: the server sends what was compressed before.
    let fixed = ["run", "--quiet", "-p", "joint-events-bench", "--"];
    run_with(
        "cargo",
        &[&fixed[..], words].concat(),
        &[
            ("ENGINE", "chromium"),
            ("CHROME", &chrome()),
            ("CHROMEDRIVER", &chromedriver()),
        ],
    )
}

/// The packages that are measured beside the widget, in the versions of the lock.
fn install_peers(root: &Path) -> Result<()> {
    let folder = root.join("bench");
    let lock = fs::read(folder.join("package-lock.json")).context("bench/package-lock.json")?;
    let stamp = folder.join("node_modules/.joint-events-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say("installing what is measured beside it");
    run(
        "npm",
        &["ci", "--prefix", "bench", "--no-audit", "--no-fund", "--ignore-scripts"],
    )?;
    Ok(fs::write(stamp, lock)?)
}
