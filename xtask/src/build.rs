//! xtask: a wasm, the script that starts it, and the list of its functions.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::blank::blanked;
use crate::glue::shielded;
use crate::literals::only_in;
use crate::order::push_number;
use crate::shrink::{optimize, shrink};
use crate::split::{Rooms, split};
use crate::tools::{install_builders, output, run, run_with, say};
use crate::{root, symbols};

/// What rustc's code uses. `--all-features` would write encodings that no browser reads yet.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What the script that pages download is shortened by once more; none of its functions is made with `new`, or asked for its
/// text. A script without a closing semicolon may stand before it in what an optimizer combines.
const TERSER: &[&str] = &[
    "--ecma",
    "2022",
    "-c",
    "passes=3,unsafe_arrows,unsafe_methods,lhs_constants=false",
    "-m",
    "-f",
    "preamble=';'",
];

/// The two parts of the wasm, in `dist/`.
pub const WASM: [&str; 2] = ["joint-events.wasm", "joint-events.later.wasm"];

/// What a page downloads only when its visitor wants it.
const LATER: Rooms = Rooms {
    doors: &["joint_events::doors::", "joint_events::view::doors::"],
    behind: &[
        "joint_events::address::",
        "joint_events::membership::",
        "joint_events::search_engines::",
        "joint_events::several::",
        "joint_events::view::all_rates::",
        "joint_events::view::calendar::",
        "joint_events::view::details::",
        "joint_events::view::lacking::",
        "joint_events::view::linked::",
        "joint_events::view::month::",
        "joint_events::view::prices::",
        "joint_events::view::found::",
        "joint_events::view::joining::",
        "joint_events::view::share::",
        "joint_events_model::campaign::",
        "joint_events_model::ics::",
        "joint_events_model::json_ld::",
        "joint_events_model::merge::",
        "joint_events_model::month::",
        "joint_events_model::query::",
        "joint_events_model::season::",
        "joint_events_model::select::price::",
        "joint_events_model::select::search::",
        "joint_events_model::text::folding::",
        "joint_events_model::web_calendar::",
        "joint_events_words::languages::*::later::",
        "joint_events_words::later::",
    ],
};

/// Where a bundle is made, and what of.
pub struct Kind {
    /// What wasm-bindgen and the tools after it write, below the project's folder.
    build: &'static str,
    /// The bundle, below the project's folder.
    pub files: &'static str,
    /// What cargo is told beyond the published bundle's.
    features: &'static [&'static str],
}

/// What is published.
pub const PUBLISHED: Kind = Kind {
    build: "target/bundle",
    files: "dist",
    features: &[],
};

/// The same code with a panic wherever a test asks for one.
pub const FAULTS: Kind = Kind {
    build: "target/bundle-faults",
    files: "target/faults",
    features: &["--features", "faults"],
};

/// The same code with the pseudo-locale in English's place.
pub const PSEUDO: Kind = Kind {
    build: "target/bundle-pseudo",
    files: "target/pseudo",
    features: &["--features", "pseudo"],
};

impl Kind {
    /// Makes script, module, wasm and symbols, and gives the script and the two parts of the wasm.
    pub fn build(&self, base: Option<&str>) -> Result<[PathBuf; 3]> {
        install_builders()?;
        let root = root();
        let (build, files) = (root.join(self.build), root.join(self.files));
        fs::create_dir_all(&build)?;
        fs::create_dir_all(&files)?;
        say("building the wasm");
        compile(".", self.build, self.features)?;
        let glue = build.join("glue.js");
        let [first, later] = WASM.map(|name| files.join(name));
        let texts = only_in(LATER.behind, &root)?;
        let parts = split(&fs::read(build.join("glue_bg.wasm"))?, &LATER, &texts)?;
        fs::write(&first, blanked(parts.first)?)?;
        fs::write(&later, parts.later)?;
        let (home, cargo_home) = homes();
        optimize(&first, FEATURES)?;
        shrink(&glue, [&first, &later], &files.join(symbols::FILE), FEATURES)?;
        for wasm in [&first, &later] {
            refuse_paths_of_this_machine(wasm, &[&home, &cargo_home, &root.to_string_lossy()])?;
        }
        say("bundling the script");
        fs::write(&glue, shielded(&fs::read_to_string(&glue)?))?;
        let folder = format!("--outdir={}", build.display());
        let sheets = ["style/joint-events.css", "style/later.css"];
        run(
            "esbuild",
            &[&sheets[..], &["--minify", "--log-level=warning", &folder]].concat(),
        )?;
        let [sheet, later_sheet] = ["joint-events.css", "later.css"].map(|name| build.join(name));
        let [css, later_css] = with_short_names([&fs::read_to_string(&sheet)?, &fs::read_to_string(&later_sheet)?])?;
        fs::write(&sheet, css)?;
        add_section(&later, "style", &later_css)?;
        let script = files.join("joint-events.js");
        let from = Parts {
            integrity: [&integrity(&first)?, &integrity(&later)?],
            base,
            build: &build,
        };
        from.bundle("src/define.js", "address.js", &["--format=iife"], &script)?;
        let file = script.to_string_lossy();
        run("terser", &[&[&*file, "-o", &*file], TERSER].concat())?;
        from.bundle(
            "src/element.js",
            "module-address.js",
            &["--format=esm"],
            &files.join("index.mjs"),
        )?;
        fs::write(
            files.join("define.mjs"),
            "import { define } from \"./index.mjs\";\ndefine();\n",
        )?;
        refuse_module_syntax(&script, &build.join("classic.cjs"))?;
        Ok([script, first, later])
    }
}

/// Has a package's wasm and its glue made in `build`, a path from the package, by the flags of what is published.
pub fn compile(package: &str, build: &str, features: &[&str]) -> Result<()> {
    // No path of the machine that builds stands in what is published.
    let (home, cargo_home) = homes();
    // Nor is a function merged with another: each is known by its name when the wasm is parted.
    let flags = format!(
        "-Zunstable-options\u{1f}-Zmerge-functions=disabled\u{1f}-Cpanic=immediate-abort\u{1f}-Zlocation-detail=none\u{1f}-Zfmt-debug=none\u{1f}--remap-path-prefix={}=project\u{1f}--remap-path-prefix={cargo_home}=cargo\u{1f}--remap-path-prefix={home}=home",
        root().display()
    );
    let fixed = [
        "build",
        package,
        "--target",
        "web",
        "--release",
        "--no-pack",
        "--no-typescript",
        "--mode",
        "no-install",
        "--out-dir",
        build,
        "--out-name",
        "glue",
    ];
    let std = [
        "--",
        "-Zbuild-std=std,panic_abort",
        "-Zbuild-std-features=optimize_for_size",
    ];
    run_with(
        "wasm-pack",
        &[&fixed[..], &std, features].concat(),
        // Cargo's `-Z` options on the stable toolchain, whose own source of std is what they build.
        &[("CARGO_ENCODED_RUSTFLAGS", &flags), ("RUSTC_BOOTSTRAP", "1")],
    )
}

/// The folders of the machine that builds: the user's and cargo's.
fn homes() -> (String, String) {
    let home = env::var("HOME").unwrap_or_default();
    let cargo_home = env::var("CARGO_HOME").unwrap_or_else(|_| format!("{home}/.cargo"));
    (home, cargo_home)
}

/// What the scripts are bundled with.
struct Parts<'a> {
    /// Of the two parts of the wasm.
    integrity: [&'a str; 2],
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
            format!("--define:__WASM_INTEGRITY__={:?}", self.integrity[0]),
            format!("--define:__LATER_INTEGRITY__={:?}", self.integrity[1]),
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

/// Adds a custom section to a wasm (WebAssembly core specification, 5.5.3): the script reads it by its name.
fn add_section(wasm: &Path, name: &str, content: &str) -> Result<()> {
    let mut section = Vec::new();
    push_number(&mut section, name.len());
    section.extend(name.bytes().chain(content.bytes()));
    let mut octets = fs::read(wasm)?;
    octets.push(0);
    push_number(&mut octets, section.len());
    octets.extend(section);
    Ok(fs::write(wasm, octets)?)
}

/// Two sheets whose own custom properties have names of a letter, the same in both, but for the one that the view sets. A page
/// may register `--a` as an angle for all trees of the document: no page registers `--_a`.
fn with_short_names(sheets: [&str; 2]) -> Result<[String; 2]> {
    let is_name = |character: char| character.is_ascii_alphabetic() || character == '-';
    let parts = sheets.iter().flat_map(|css| css.split("--je-").skip(1));
    let names: BTreeSet<&str> = parts
        .filter_map(|part| part.split(|character| !is_name(character)).next())
        .filter(|name| *name != "color")
        .collect();
    if names.len() > 26 || names.iter().any(|name| "color".starts_with(*name)) {
        bail!("style: expected at most 26 names and none that begins --je-color, found {names:?}");
    }
    // From the last on: none is the beginning of one that comes later.
    let letters: Vec<(&&str, char)> = names.iter().zip('a'..='z').collect();
    Ok(sheets.map(|css| {
        let shorter =
            |css: String, (name, letter): &(&&str, char)| css.replace(&format!("--je-{name}"), &format!("--_{letter}"));
        letters.iter().rev().fold(css.to_owned(), shorter)
    }))
}

/// A base to which a name can be added.
pub fn with_slash(base: &str) -> String {
    format!("{}/", base.trim_end_matches('/'))
}

/// `sha384-…` (Subresource Integrity).
pub fn integrity(file: &Path) -> Result<String> {
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
    for path in paths.iter().filter(|path| path.len() > 1) {
        if holds(file, path)? {
            bail!("{}: expected no path of this machine, found {path}", file.display());
        }
    }
    Ok(())
}

/// Whether a text stands in a file, as its octets.
pub fn holds(file: &Path, text: &str) -> Result<bool> {
    let content = fs::read(file)?;
    Ok(content.windows(text.len()).any(|window| window == text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::with_short_names;

    #[test]
    fn the_sheets_own_names_are_a_letter_each_and_those_of_others_stay() {
        let css = "a{--je-accent-text:red;--je-accent:var(--joint-events-accent,var(--je-color));color:var(--je-accent-text)}";
        let short = "a{--_b:red;--_a:var(--joint-events-accent,var(--je-color));color:var(--_b)}";
        let [first, later] = with_short_names([css, "b{color:var(--je-accent)}"]).expect("short names");
        assert_eq!((&*first, &*later), (short, "b{color:var(--_a)}"));
        assert!(with_short_names(["a{--je-col:red}", ""]).is_err());
    }
}
