//! xtask: `dist/`, what a site embeds.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::build::{FAULTS, PSEUDO, PUBLISHED, WASM, holds, integrity, with_slash};
use crate::tools::weight;
use crate::{frame, pseudo, root, symbols};

/// All that a page downloads, compressed, in octets: what is promised. The aim is 55 000.
const BUDGET: u64 = 70_000;

/// What comes later, compressed, in octets.
const LATER_BUDGET: u64 = 33_000;

/// The page's variable that asks for a panic, in `src/faults.rs`.
const FAULT: &str = "jointEventsFault";

/// Builds `dist/`. The wasm is looked for under `base`, else beside the script.
pub fn bundle(base: Option<&str>) -> Result<()> {
    let root = root();
    let dist = root.join(PUBLISHED.files);
    let [script, wasm, later] = PUBLISHED.build(base)?;
    if holds(&wasm, FAULT)? || holds(&dist.join(symbols::FILE), "faults::")? {
        bail!("{}: expected none of the tests' faults, found them", wasm.display());
    }
    if holds(&wasm, pseudo::TAG)? {
        bail!("{}: expected no pseudo-locale, found one", wasm.display());
    }
    for types in ["joint-events.d.ts", "define.d.ts"] {
        fs::copy(root.join("src").join(types), dist.join(types))?;
    }
    for (file, name) in [
        ("custom-elements.json", "custom-elements.json"),
        ("docs/npm.md", "README.md"),
        ("LICENSE-MIT", "LICENSE-MIT"),
    ] {
        fs::copy(root.join(file), dist.join(name))?;
    }
    fs::write(dist.join("embed.html"), snippet(base, &integrity(&script)?))?;
    frame::write(&root, &dist)?;
    let frame_host = integrity(&dist.join("frame-host.js"))?;
    let beside = base.map(with_slash).unwrap_or_default();
    fs::write(dist.join("embed-frame.html"), frame::snippet(&beside, &frame_host))?;
    fs::write(dist.join("package.json"), package())?;
    weigh(&[script, wasm], "at once", BUDGET)?;
    weigh(&[later], "later", LATER_BUDGET)
}

/// Builds `target/faults/`: script, wasm and symbols as in `dist/`, with the panics that tests ask for.
pub fn bundle_faults() -> Result<()> {
    let [_, wasm, _] = FAULTS.build(None)?;
    if !holds(&wasm, FAULT)? {
        bail!("{}: expected the tests' faults, found none", wasm.display());
    }
    Ok(())
}

/// Builds `target/pseudo/`: script and wasm as in `dist/`, with the pseudo-locale of today's English words in their place.
pub fn bundle_pseudo() -> Result<()> {
    pseudo::write()?;
    let [_, wasm, _] = PSEUDO.build(None)?;
    if !holds(&wasm, pseudo::TAG)? {
        bail!("{}: expected the pseudo-locale, found none", wasm.display());
    }
    Ok(())
}

/// The feed's server is connected to and the wasm is downloaded while the script still is: a fifth or more of the time to
/// the list on a slow line. It is `prefetch` since Chromium gives no `preload` to a `fetch` that checks a hash.
fn snippet(base: Option<&str>, integrity: &str) -> String {
    let beside = base.map(with_slash).unwrap_or_default();
    format!(
        "<link rel=\"preconnect\" href=\"https://feeds.example\" crossorigin><link rel=\"prefetch\" href=\"{beside}joint-events.wasm\" crossorigin>\n\
         <div><joint-events feed=\"https://feeds.example/joint-events/v1/feed.json\" lang=\"fr-CA\" association=\"bioquebec\"><a href=\"https://bioquebec.example/evenements\">Voir tous les événements</a></joint-events></div>\n\
         <script type=\"module\" src=\"{beside}joint-events.js\" integrity=\"{integrity}\" crossorigin async></script>\n"
    )
}

fn package() -> String {
    let element = [
        "index.mjs",
        "define.mjs",
        "joint-events.js",
        WASM[0],
        WASM[1],
        "joint-events.d.ts",
        "define.d.ts",
        "custom-elements.json",
        "embed.html",
    ];
    let files = [&element[..], &frame::FILES].concat();
    let package = serde_json::json!({
        "name": "joint-events",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "One tag that shows the joint events of partner associations, with member and non-member prices",
        "license": "MIT",
        "type": "module",
        "types": "joint-events.d.ts",
        "exports": {
            ".": { "types": "./joint-events.d.ts", "default": "./index.mjs" },
            "./define": { "types": "./define.d.ts", "default": "./define.mjs" },
            "./joint-events.js": "./joint-events.js",
            "./joint-events.wasm": "./joint-events.wasm",
            "./joint-events.later.wasm": "./joint-events.later.wasm",
            "./custom-elements.json": "./custom-elements.json",
            "./package.json": "./package.json",
        },
        "customElements": "custom-elements.json",
        "sideEffects": ["./joint-events.js", "./define.mjs", "./frame.js", "./frame-host.js"],
        "files": files,
    });
    format!("{package:#}\n")
}

/// Prints what a page downloads at once or later, and refuses more than its budget.
fn weigh(files: &[PathBuf], when: &str, budget: u64) -> Result<()> {
    let mut total = 0;
    for file in files {
        let brotli = weight(file)?;
        total += brotli;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        println!(
            "{name:<24} {:>8} octets {brotli:>8} with brotli",
            fs::metadata(file)?.len()
        );
    }
    println!("{when:<24} {:>15} {total:>8} of {budget}", "");
    if total > budget {
        bail!("dist: expected at most {budget} octets {when} with brotli, found {total}");
    }
    Ok(())
}
