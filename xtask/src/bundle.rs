//! xtask: `dist/`, what a site embeds.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shrink::shrink;
use crate::tools::{install_builders, output, run, run_with, say};
use crate::{frame, root};

/// All that a page downloads, compressed, in octets: what it weighs now, so that it only shrinks. The aim is 55 000.
const BUDGET: u64 = 73_100;

/// What rustc's code uses. `--all-features` would write encodings that no browser reads yet.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds `dist/`. The wasm is looked for under `base`, else beside the script.
pub fn bundle(base: Option<&str>) -> Result<()> {
    install_builders()?;
    let root = root();
    let (build, dist) = (root.join("target/bundle"), root.join("dist"));
    fs::create_dir_all(&build)?;
    fs::create_dir_all(&dist)?;
    say("building the wasm");
    // No path of the machine that builds stands in what is published.
    let home = env::var("HOME").unwrap_or_default();
    let cargo_home = env::var("CARGO_HOME").unwrap_or_else(|_| format!("{home}/.cargo"));
    let flags = format!(
        "-Zunstable-options\u{1f}-Cpanic=immediate-abort\u{1f}-Zlocation-detail=none\u{1f}-Zfmt-debug=none\u{1f}--remap-path-prefix={}=project\u{1f}--remap-path-prefix={cargo_home}=cargo\u{1f}--remap-path-prefix={home}=home",
        root.display()
    );
    run_with(
        "wasm-pack",
        &[
            "build",
            ".",
            "--target",
            "web",
            "--release",
            "--no-pack",
            "--no-typescript",
            "--mode",
            "no-install",
            "--out-dir",
            "target/bundle",
            "--out-name",
            "glue",
            "--",
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=optimize_for_size",
        ],
        // Cargo's `-Z` options on the stable toolchain, whose own source of std is what they build.
        &[("CARGO_ENCODED_RUSTFLAGS", &flags), ("RUSTC_BOOTSTRAP", "1")],
    )?;
    let wasm = dist.join("joint-events.wasm");
    // After wasm-bindgen, which reads the features that this takes away.
    let strip = [
        "target/bundle/glue_bg.wasm",
        "-o",
        "dist/joint-events.wasm",
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ];
    run("wasm-opt", &[&strip[..], FEATURES].concat())?;
    shrink(&build.join("glue.js"), &wasm, FEATURES)?;
    refuse_paths_of_this_machine(&wasm, &[&home, &cargo_home, &root.to_string_lossy()])?;
    say("bundling the script");
    shield_from_named_elements(&build.join("glue.js"))?;
    run(
        "esbuild",
        &[
            "style/joint-events.css",
            "--minify",
            "--log-level=warning",
            "--outfile=target/bundle/joint-events.css",
        ],
    )?;
    let script = dist.join("joint-events.js");
    let from = Parts {
        wasm_integrity: &integrity(&wasm)?,
        base,
        build: &build,
    };
    // A script without a closing semicolon may stand before this one in what an optimizer combines.
    from.bundle(
        "src/define.js",
        "address.js",
        &["--format=iife", "--banner:js=;"],
        &script,
    )?;
    from.bundle(
        "src/element.js",
        "module-address.js",
        &["--format=esm"],
        &dist.join("index.mjs"),
    )?;
    fs::write(
        dist.join("define.mjs"),
        "import { define } from \"./index.mjs\";\ndefine();\n",
    )?;
    refuse_module_syntax(&script, &build.join("classic.cjs"))?;
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
    weigh(&[script, wasm])
}

/// What the scripts are bundled with.
struct Parts<'a> {
    wasm_integrity: &'a str,
    base: Option<&'a str>,
    /// Where the glue and the style are.
    build: &'a Path,
}

impl Parts<'_> {
    /// Bundles what an entry imports, with one of the two ways to the wasm.
    fn bundle(&self, entry: &str, address: &str, format: &[&str], file: &Path) -> Result<()> {
        let base = self
            .base
            .map_or_else(|| "null".to_owned(), |base| format!("{:?}", with_slash(base)));
        let chosen = [
            format!("--define:__WASM_INTEGRITY__={:?}", self.wasm_integrity),
            format!("--define:__WASM_BASE__={base}"),
            format!("--define:__VERSION__={:?}", env!("CARGO_PKG_VERSION")),
            format!("--alias:joint-events-address=./src/{address}"),
            format!("--alias:joint-events-glue={}", self.build.join("glue.js").display()),
            format!(
                "--alias:joint-events-style={}",
                self.build.join("joint-events.css").display()
            ),
            format!("--outfile={}", file.display()),
        ];
        let fixed = [
            entry,
            "--bundle",
            "--minify",
            "--target=es2022",
            "--legal-comments=none",
            "--loader:.css=text",
            "--log-level=warning",
        ];
        let chosen = chosen.iter().map(String::as_str);
        let arguments: Vec<&str> = fixed.into_iter().chain(format.iter().copied()).chain(chosen).collect();
        run("esbuild", &arguments)
    }
}

/// A page's `<img name=createElement>` hides the document's own method: the glue is made to ask the prototype.
fn shield_from_named_elements(glue: &Path) -> Result<()> {
    let source = fs::read_to_string(glue)?;
    let mut shielded = String::new();
    for (number, part) in source.split("arg0.create").enumerate() {
        let name = part.split('(').next().unwrap_or_default();
        match part.get(name.len() + 1..) {
            Some(arguments) if number > 0 => {
                shielded += &format!("Document.prototype.create{name}.call(arg0, {arguments}")
            }
            _ => shielded += part,
        }
    }
    Ok(fs::write(glue, shielded)?)
}

fn with_slash(base: &str) -> String {
    format!("{}/", base.trim_end_matches('/'))
}

/// `sha384-…` (Subresource Integrity).
fn integrity(file: &Path) -> Result<String> {
    let program = "const [file] = process.argv.slice(1); \
        process.stdout.write('sha384-' + require('crypto').createHash('sha384').update(require('fs').readFileSync(file)).digest('base64'))";
    output("node", &["-e", program, &file.to_string_lossy()]).context("node: expected a hash, found none")
}

/// A site's optimizer may run the script as a classic one: Node reads `copy` as such.
fn refuse_module_syntax(script: &Path, copy: &Path) -> Result<()> {
    fs::copy(script, copy)?;
    run("node", &["--check", &copy.to_string_lossy()])?;
    let source = fs::read_to_string(script)?;
    if let Some(found) = ["import.meta", "import("]
        .iter()
        .find(|syntax| source.contains(**syntax))
    {
        bail!(
            "{}: expected a script that is valid as a classic one, found {found}",
            script.display()
        );
    }
    Ok(())
}

fn refuse_paths_of_this_machine(file: &Path, paths: &[&str]) -> Result<()> {
    let content = fs::read(file)?;
    for path in paths.iter().filter(|path| path.len() > 1) {
        if content.windows(path.len()).any(|window| window == path.as_bytes()) {
            bail!("{}: expected no path of this machine, found {path}", file.display());
        }
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
        "joint-events.wasm",
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
            "./custom-elements.json": "./custom-elements.json",
            "./package.json": "./package.json",
        },
        "customElements": "custom-elements.json",
        "sideEffects": ["./joint-events.js", "./define.mjs", "./frame.js", "./frame-host.js"],
        "files": files,
    });
    format!("{package:#}\n")
}

/// Prints what a page downloads, and refuses more than the budget.
fn weigh(files: &[PathBuf]) -> Result<()> {
    let program = "const z = require('zlib'); process.stdout.write(String(z.brotliCompressSync(require('fs').readFileSync(process.argv[1]), \
        { params: { [z.constants.BROTLI_PARAM_QUALITY]: 11 } }).length))";
    let mut total = 0;
    for file in files {
        let brotli =
            output("node", &["-e", program, &file.to_string_lossy()]).context("node: expected a size, found none")?;
        let brotli: u64 = brotli.parse()?;
        total += brotli;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        println!(
            "{name:<20} {:>8} octets {brotli:>8} with brotli",
            fs::metadata(file)?.len()
        );
    }
    println!("{:<20} {:>15} {total:>8} of {BUDGET}", "in all", "");
    if total > BUDGET {
        bail!("dist: expected at most {BUDGET} octets with brotli, found {total}");
    }
    Ok(())
}
