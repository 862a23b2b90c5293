//! xtask: everything that shows that it works, in the order in which it fails fastest.

use std::time::Instant;

use anyhow::{Context, Result};

use crate::engines::Engines;
use crate::tools::{chromedriver, install_browser, install_builders, run, run_with, say};
use crate::{bundle, check, engines, fuzz, trust, wordpress};

/// A step: its name, and what it does.
type Step = (&'static str, fn(&Engines) -> Result<()>);

const STEPS: &[Step] = &[
    ("format", |_| run("cargo", &["fmt", "--all", "--check"])),
    ("borders", |_| check::check()),
    ("clippy", |_| {
        run(
            "cargo",
            &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
        )
    }),
    ("clippy for wasm", |_| {
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
    ("native tests", |_| {
        let browsers = ["--exclude", "joint-events-e2e", "--exclude", "joint-events-wordpress"];
        run("cargo", &[&["test", "--workspace"], &browsers[..]].concat())
    }),
    ("hostile inputs", |_| fuzz::bounded()),
    ("a feed of the example's sources", |_| {
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
    ("tests of the script", |_| run("node", &["--test", "tests/"])),
    ("documentation", |_| {
        run_with(
            "cargo",
            &["doc", "--workspace", "--no-deps"],
            &[("RUSTDOCFLAGS", "-D warnings")],
        )
    }),
    ("wasm tests in a browser", |_| wasm_tests()),
    ("bundle", |_| bundle::bundle(None)),
    ("bundle with faults", |_| bundle::bundle_faults()),
    ("bundle with the pseudo-locale", |_| bundle::bundle_pseudo()),
    ("end-to-end tests on the bundle", Engines::test),
    ("promises", |_| trust::check()),
    ("the plugin in WordPress", |_| wordpress::test_wordpress_if_possible()),
];

/// Runs all steps; the first that fails ends them with its name.
pub fn test() -> Result<()> {
    say("tools");
    let engines = install().context("tools failed")?;
    let result = run_steps(&engines);
    engines.tell();
    result
}

fn run_steps(engines: &Engines) -> Result<()> {
    for (name, step) in STEPS {
        say(name);
        let start = Instant::now();
        step(engines).with_context(|| format!("{name} failed"))?;
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

fn install() -> Result<Engines> {
    install_builders()?;
    install_browser()?;
    engines::install()
}
