//! xtask: everything that shows that it works, in the order in which it fails fastest.

use std::time::Instant;

use anyhow::{Context, Result};

use crate::tools::{chromedriver, install_browser, install_builders, run, run_with, say};
use crate::{bundle, check, wordpress};

/// A step: its name, and what it does.
type Step = (&'static str, fn() -> Result<()>);

const STEPS: &[Step] = &[
    ("tools", install),
    ("format", || run("cargo", &["fmt", "--all", "--check"])),
    ("borders", check::check),
    ("clippy", || {
        run(
            "cargo",
            &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
        )
    }),
    ("clippy for wasm", || {
        run(
            "cargo",
            &[
                "clippy",
                "-p",
                "joint-events",
                "--target",
                "wasm32-unknown-unknown",
                "--",
                "-D",
                "warnings",
            ],
        )
    }),
    ("native tests", || {
        let browsers = ["--exclude", "joint-events-e2e", "--exclude", "joint-events-wordpress"];
        run("cargo", &[&["test", "--workspace"], &browsers[..]].concat())
    }),
    ("a feed of the example's sources", || {
        let tool = [
            "run",
            "--quiet",
            "-p",
            "joint-events-publish",
            "--",
            "--now",
            "2026-11-26T12:00:00Z",
        ];
        let build = [
            "build",
            "publish/example/joint-events.toml",
            "--out",
            "target/example",
            "--strict",
            "--allow-removals",
        ];
        run("cargo", &[&tool[..], &build].concat())?;
        run("cargo", &[&tool[..], &["check", "target/example/feed.json"]].concat())
    }),
    ("tests of the script", || run("node", &["--test", "tests/"])),
    ("documentation", || {
        run_with(
            "cargo",
            &["doc", "--workspace", "--no-deps"],
            &[("RUSTDOCFLAGS", "-D warnings")],
        )
    }),
    ("wasm tests in a browser", wasm_tests),
    ("bundle", || bundle::bundle(None)),
    ("bundle with faults", bundle::bundle_faults),
    ("end-to-end tests on the bundle", || {
        run("cargo", &["test", "-p", "joint-events-e2e"])
    }),
    ("the plugin in WordPress", wordpress::test_wordpress_if_possible),
];

/// Runs all steps; the first that fails ends them with its name.
pub fn test() -> Result<()> {
    for (name, step) in STEPS {
        say(name);
        let start = Instant::now();
        step().with_context(|| format!("{name} failed"))?;
        say(&format!("{name}: {} s", start.elapsed().as_secs()));
    }
    Ok(())
}

/// `webdriver.json` says which browser, and with which flags.
fn wasm_tests() -> Result<()> {
    let driver = chromedriver();
    let fixed = [
        "test",
        "--headless",
        "--chrome",
        "--mode",
        "no-install",
        "--chromedriver",
    ];
    // Named, since the model's own tests need what no browser has.
    let named = [&driver, ".", "--package", "joint-events", "--test", "web"];
    run("wasm-pack", &[&fixed[..], &named].concat())
}

fn install() -> Result<()> {
    install_builders()?;
    install_browser()
}
