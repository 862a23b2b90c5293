//! xtask: hostile inputs at every entrance: by libFuzzer where a nightly toolchain is, else natively; the bodies are the
//! same (`tests/hostile`).

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::tools::{install_crate, output, path, run, say};
use crate::{root, trust};

const CARGO_FUZZ: &str = "0.13.2";

/// The native command, with what follows it.
const NATIVE: &[&str] = &[
    "run",
    "--quiet",
    "--profile",
    "hostile",
    "-p",
    "joint-events-hostile",
    "--",
];

/// What the tests run: every entrance, for a few seconds each; how many inputs they were is told to `docs/trust.md`.
pub fn bounded() -> Result<()> {
    let arguments = [NATIVE, &["--runs", "50000", "--seconds", "4"]].concat();
    trust::forget("native")?;
    let mut command = Command::new("cargo");
    command.args(arguments).env("PATH", path()?).current_dir(root());
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut counts: Vec<u64> = Vec::new();
    for line in BufReader::new(child.stdout.take().context("cargo: expected its output")?).lines() {
        let line = line?;
        println!("{line}");
        counts.extend(count(&line));
    }
    if !child.wait()?.success() {
        bail!("hostile inputs: expected no findings");
    }
    let (all, entrances) = (counts.iter().sum::<u64>(), counts.len());
    trust::note(
        "native",
        "any-feed",
        &format!("{all} inputs at {entrances} entrances: 0 findings"),
    )
}

/// The inputs of a line such as `feed: 4253 inputs, 4.0 s, 0 findings`.
fn count(line: &str) -> Option<u64> {
    let (_, rest) = line.split_once(": ")?;
    rest.strip_suffix(" findings")?.split_once(" inputs")?.0.parse().ok()
}

/// The long run: `[TARGET] [--runs N] [--seconds N] [--native]`.
pub fn fuzz(words: &[&str]) -> Result<()> {
    let has = output("rustup", &["toolchain", "list"]).unwrap_or_default();
    let is_native = words.contains(&"--native");
    let rest: Vec<&str> = words.iter().copied().filter(|word| *word != "--native").collect();
    if is_native || !has.lines().any(|line| line.starts_with("nightly")) {
        say("natively, by inputs made of the corpus (with a nightly toolchain: by libFuzzer)");
        return run("cargo", &[NATIVE, &rest].concat());
    }
    let limits = Limits::of(&rest)?;
    install_crate("cargo-fuzz", "cargo-fuzz", CARGO_FUZZ)?;
    say("by libFuzzer, with the nightly toolchain (natively: --native)");
    let list = output("cargo", &[NATIVE, &["--list"]].concat()).context("expected the list of entrances")?;
    let targets: Vec<(&str, &str)> = list.lines().filter_map(|line| line.split_once(' ')).collect();
    let chosen: Vec<&(&str, &str)> = targets
        .iter()
        .filter(|(name, _)| limits.target.is_none_or(|target| target == *name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = targets.iter().map(|(name, _)| *name).collect();
        bail!("expected one of {}", names.join(" "));
    }
    let mut failed = Vec::new();
    for (name, inputs) in chosen {
        if !by_libfuzzer(name, inputs, &limits)? {
            failed.push(*name);
        }
    }
    if !failed.is_empty() {
        bail!("expected no findings, found some in {}", failed.join(", "));
    }
    Ok(())
}

struct Limits<'a> {
    target: Option<&'a str>,
    runs: Option<&'a str>,
    seconds: Option<&'a str>,
}

impl<'a> Limits<'a> {
    fn of(words: &[&'a str]) -> Result<Self> {
        let mut limits = Self {
            target: None,
            runs: None,
            seconds: None,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--runs" => limits.runs = words.next().copied(),
                "--seconds" => limits.seconds = words.next().copied(),
                name if !name.starts_with('-') => limits.target = Some(name),
                other => bail!("expected [TARGET] [--runs N] [--seconds N] [--native], found {other}"),
            }
        }
        Ok(limits)
    }
}

/// Runs one fuzz target and tells what came of it; whether it found nothing.
fn by_libfuzzer(target: &str, inputs: &str, limits: &Limits) -> Result<bool> {
    let [grown, seeds, artifacts] =
        ["corpus", "seeds", "artifacts"].map(|folder| format!("target/fuzz/{folder}/{target}"));
    for folder in [&grown, &artifacts] {
        fs::create_dir_all(root().join(folder))?;
    }
    let written = root().join(&seeds);
    run(
        "cargo",
        &[NATIVE, &["--write", target, &written.to_string_lossy()]].concat(),
    )?;
    let log = root().join(format!("target/fuzz/{target}.log"));
    let mut command = Command::new("rustup");
    // The sources hold no `unsafe`: a sanitizer would only be slow.
    command.args([
        "run",
        "nightly",
        "cargo",
        "fuzz",
        "run",
        "--sanitizer",
        "none",
        "--target-dir",
        "target/fuzz/build",
        target,
    ]);
    command.args([&grown, &seeds, "--"]);
    command.args([
        "-dict=fuzz/dictionary.txt",
        "-max_len=8192",
        "-timeout=10",
        "-print_final_stats=1",
    ]);
    command.arg(format!("-artifact_prefix={artifacts}/"));
    // Time alone ends it where that alone is said.
    let runs = limits.runs.or(limits.seconds.is_none().then_some(inputs));
    command.args(runs.map(|runs| format!("-runs={runs}")));
    command.args(limits.seconds.map(|seconds| format!("-max_total_time={seconds}")));
    let start = Instant::now();
    let status = command
        .env("PATH", path()?)
        .current_dir(root())
        .stderr(File::create(&log)?)
        .status()
        .context("rustup: expected a command, found none")?;
    let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    let tried = said
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    println!(
        "{target}: {} inputs, {} s with the build, {}",
        tried.map_or("no", str::trim),
        start.elapsed().as_secs(),
        if status.success() {
            "0 findings".to_owned()
        } else {
            finding(&said, &log)
        }
    );
    Ok(status.success())
}

/// What libFuzzer stopped at: the panic, and where its input stands.
fn finding(said: &str, log: &Path) -> String {
    let lines: Vec<&str> = said.lines().collect();
    let panic = lines.iter().position(|line| line.contains("panicked at"));
    let words = panic.and_then(|place| lines.get(place + 1)).unwrap_or(&"it stopped");
    let input = lines.iter().find(|line| line.contains("Test unit written to"));
    format!(
        "a finding: {words}; {}; all of it in {}",
        input.unwrap_or(&"without an input"),
        log.display()
    )
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn the_inputs_are_read_of_a_line_and_of_no_other() {
        assert_eq!(count("feed: 4253 inputs, 4.0 s, 0 findings"), Some(4253));
        assert_eq!(count("  a finding: for 3 inputs"), None);
    }
}
