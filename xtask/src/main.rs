//! xtask: the project's commands. Each installs what is missing, then does its work.

mod bench;
mod blank;
mod build;
mod bundle;
mod check;
mod demo;
mod engines;
mod feed;
mod frame;
mod fuzz;
mod glue;
mod literals;
mod names;
mod order;
mod pseudo;
mod shift;
mod shrink;
mod split;
mod symbols;
mod test;
mod tools;
mod trust;
mod wordpress;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "cargo xtask demo [--port N]   builds, serves on 127.0.0.1 and prints the address
cargo xtask pages FOLDER      writes the product's page and the demo, as files for any server
cargo xtask test              runs everything that shows that it works
cargo xtask bundle [--base URL]   writes dist/; the wasm is looked for at URL, else beside the script
cargo xtask bundle-faults     writes target/faults/, a bundle that panics where a test asks for it
cargo xtask bundle-pseudo     writes target/pseudo/, a bundle whose English is accented, bracketed and longer
cargo xtask explain TRACE [LIST]  names the functions of a trace in the console, by dist/joint-events.symbols.txt
cargo xtask check             holds the borders between the rooms
cargo xtask fuzz [TARGET] [--runs N] [--seconds N] [--native]   hostile inputs at every entrance, for long
cargo xtask deny [--offline]  checks advisories (not offline), licences and sources of what it is made of
cargo xtask bench [--rounds N] [--only NAME]   measures it beside calendars and writes docs/performance.md
cargo xtask trust             writes docs/trust.md of what the tests measured last
cargo xtask wordpress         writes target/wordpress/joint-events.zip, the plugin
cargo xtask test-wordpress    tests the plugin in Debian's WordPress";

fn main() -> ExitCode {
    match obey() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["demo"] => demo::demo(8080),
        ["demo", "--port", port] => demo::demo(port.parse()?),
        ["pages", folder] => demo::pages(Path::new(folder)),
        ["test"] => test::test(),
        ["bundle"] => bundle::bundle(None),
        ["bundle", "--base", base] => bundle::bundle(Some(base)),
        ["fuzz", ref words @ ..] => fuzz::fuzz(words),
        ["explain", trace] => symbols::print(trace, &root().join("dist").join(symbols::FILE)),
        ["explain", trace, list] => symbols::print(trace, Path::new(list)),
        ["bundle-faults"] => bundle::bundle_faults(),
        ["bundle-pseudo"] => bundle::bundle_pseudo(),
        ["bench", ref words @ ..] => bench::bench(words),
        ["check"] => check::check(),
        ["deny"] => tools::deny(&["advisories", "bans", "licenses", "sources"]),
        ["deny", "--offline"] => tools::deny(&["bans", "licenses", "sources"]),
        ["trust"] => trust::trust(),
        ["wordpress"] => wordpress::wordpress(),
        ["test-wordpress"] => wordpress::test_wordpress(),
        _ => bail!("expected one of\n{USAGE}"),
    }
}

/// The project's folder.
fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}
