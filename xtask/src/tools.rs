//! xtask: the tools that the other commands need, installed where they are missing.
//!
//! Those of crates.io go into the project's own `.tools`, unless the machine has one of the same version, those of npm into
//! `node_modules`: nothing is downloaded from anywhere else, and nothing that the machine has is changed, but for browsers
//! through its package manager.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::root;

/// Must be the version of the `wasm-bindgen` crate in Cargo.lock: wasm-pack refuses any other.
const WASM_BINDGEN: &str = "0.2.130";
const WASM_PACK: &str = "0.15.1";
const CARGO_DENY: &str = "0.20.2";

/// Runs a command in the project's folder, with the project's tools first on the path.
pub fn run(program: &str, arguments: &[&str]) -> Result<()> {
    run_with(program, arguments, &[])
}

/// The same with environment variables.
pub fn run_with(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Result<()> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .envs(variables.iter().copied())
        .env("PATH", path()?)
        .current_dir(root());
    let status = command
        .status()
        .with_context(|| format!("{program}: expected a command, found none"))?;
    if !status.success() {
        bail!("{program} {}: expected success, found {status}", arguments.join(" "));
    }
    Ok(())
}

/// What a command prints, or `None` where it is missing or fails.
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("PATH", path().ok()?)
        .current_dir(root())
        .stderr(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// What a file weighs as a server sends it, with brotli 11, in octets.
pub fn weight(file: &Path) -> Result<u64> {
    let program = "const z = require('zlib'); process.stdout.write(String(z.brotliCompressSync(require('fs').readFileSync(process.argv[1]), \
        { params: { [z.constants.BROTLI_PARAM_QUALITY]: 11 } }).length))";
    let weight =
        output("node", &["-e", program, &file.to_string_lossy()]).context("node: expected a size, found none")?;
    Ok(weight.parse()?)
}

/// `PATH` with the project's tools first.
pub fn path() -> Result<OsString> {
    let root = root();
    let own = [root.join(".tools/bin"), root.join("node_modules/.bin")];
    let inherited = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(own.into_iter().chain(env::split_paths(&inherited)))?)
}

/// What the bundle is built with: the wasm target, the source of std, wasm-bindgen, wasm-pack, and npm's wasm-opt,
/// esbuild and terser.
pub fn install_builders() -> Result<()> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    if !lock.contains(&format!("name = \"wasm-bindgen\"\nversion = \"{WASM_BINDGEN}\"")) {
        bail!("Cargo.lock: expected wasm-bindgen {WASM_BINDGEN}, as in xtask/src/tools.rs, found another");
    }
    let targets = output("rustup", &["target", "list", "--installed"]).unwrap_or_default();
    if !targets.lines().any(|target| target == "wasm32-unknown-unknown") {
        say("installing the target wasm32-unknown-unknown");
        run("rustup", &["target", "add", "wasm32-unknown-unknown"])?;
    }
    let components = output("rustup", &["component", "list", "--installed"]).unwrap_or_default();
    if !components.lines().any(|component| component == "rust-src") {
        say("installing the component rust-src");
        run("rustup", &["component", "add", "rust-src"])?;
    }
    install_crate("wasm-bindgen", "wasm-bindgen-cli", WASM_BINDGEN)?;
    install_crate("wasm-pack", "wasm-pack", WASM_PACK)?;
    install_npm()
}

/// Has cargo-deny check what Cargo.lock names, by `deny.toml`.
pub fn deny(checks: &[&str]) -> Result<()> {
    install_crate("cargo-deny", "cargo-deny", CARGO_DENY)?;
    run("cargo-deny", &[&["check", "--hide-inclusion-graph"], checks].concat())
}

/// A command of crates.io in exactly this version: the machine's own, else one in `.tools`.
pub fn install_crate(program: &str, name: &str, version: &str) -> Result<()> {
    let has = output(program, &["--version"]).unwrap_or_default();
    if has.split_whitespace().any(|word| word == version) {
        return Ok(());
    }
    say(&format!("installing {name} {version} into .tools (some minutes, once)"));
    let target = root().join("target/tools");
    let target = target.to_string_lossy();
    run_with(
        "cargo",
        &["install", name, "--version", version, "--root", ".tools", "--force"],
        // They are made once on each machine, and are fast enough as they come sooner.
        &[
            ("CARGO_TARGET_DIR", &target),
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ],
    )
}

fn install_npm() -> Result<()> {
    let root = root();
    let lock = fs::read(root.join("package-lock.json"))?;
    let stamp = root.join("node_modules/.joint-events-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say("installing the locked development tools of npm");
    run("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts"])?;
    Ok(fs::write(stamp, lock)?)
}

/// Chromium and its driver: `CHROME` and `CHROMEDRIVER`, else Debian's.
pub fn install_browser() -> Result<()> {
    if Path::new(&chrome()).exists() && Path::new(&chromedriver()).exists() {
        return Ok(());
    }
    say("installing chromium and chromium-driver");
    install_packages(&["chromium", "chromium-driver"])
        .context("expected Chromium and ChromeDriver: install them (Debian: apt install chromium chromium-driver), or name them in CHROME and CHROMEDRIVER")
}

/// Packages of Debian's, installed as root or by a `sudo` that asks for nothing.
pub fn install_packages(packages: &[&str]) -> Result<()> {
    let (program, first): (&str, &[&str]) = if output("id", &["-u"]).is_some_and(|id| id.trim() == "0") {
        ("apt-get", &[])
    } else {
        ("sudo", &["-n", "apt-get"])
    };
    let apt = |arguments: &[&str]| {
        run_with(
            program,
            &[first, arguments].concat(),
            &[("DEBIAN_FRONTEND", "noninteractive")],
        )
    };
    let install: &[&str] = &["install", "-q", "-y", "--no-install-recommends"];
    apt(&["update", "-q"])
        .and_then(|()| apt(&[install, packages].concat()))
        .with_context(|| format!("expected these packages: apt install {}", packages.join(" ")))
}

/// Where the browser is.
pub fn chrome() -> String {
    env::var("CHROME").unwrap_or_else(|_| "/usr/bin/chromium".to_owned())
}

/// Where its driver is.
pub fn chromedriver() -> String {
    env::var("CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".to_owned())
}

/// One line of progress.
pub fn say(words: &str) {
    eprintln!("== {words}");
}
