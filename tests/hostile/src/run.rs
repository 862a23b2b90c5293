//! Hostile: many inputs for one entrance, the same ones each time, and what did not hold.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::corpus::{root, seeds, texts, words};
use crate::{Target, change};

/// Longest time that an input of a few kilobytes may take on a slow machine.
const SLOW: Duration = Duration::from_secs(2);
/// After so long without an end it hangs.
const HANGS: Duration = Duration::from_secs(30);
/// A finding is made smaller in at most so many steps.
const STEPS: usize = 5_000;
/// After so many findings the rest is likely the same.
const MOST_FINDINGS: usize = 5;

/// How much is tried; the first limit that is reached ends it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Inputs.
    pub inputs: u64,
    /// Time.
    pub time: Option<Duration>,
}

/// What was tried.
#[derive(Debug)]
pub struct Tried {
    /// How many inputs.
    pub inputs: u64,
    /// How long they took.
    pub time: Duration,
    /// The inputs for which something did not hold, each with what was said then.
    pub findings: Vec<(Vec<u8>, String)>,
}

/// Has a body hold for the kept inputs, then for those made of them by a fixed seed.
///
/// # Errors
/// Where the corpus can't be read.
pub fn run(target: Target, limits: Limits) -> Result<Tried> {
    let seeds: Vec<Vec<u8>> = seeds(target.name)?.into_iter().map(|(_, bytes)| bytes).collect();
    let current = Arc::new(Mutex::new(Vec::new()));
    let (alive, seen) = channel();
    let watched = Arc::clone(&current);
    thread::spawn(move || watch(target, &seen, &watched));
    let start = Instant::now();
    let mut tried = Tried {
        inputs: 0,
        time: Duration::ZERO,
        findings: Vec::new(),
    };
    let fails = |input: &[u8]| {
        input.clone_into(&mut current.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
        alive.send(()).ok();
        fault(target, input)
    };
    for input in &seeds {
        tried.inputs += 1;
        tried.findings.extend(fails(input).map(|words| (input.clone(), words)));
    }
    let inputs = change::inputs(seeds, words()?, texts()?);
    let mut runner = TestRunner::new(Config {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::default()
    });
    while tried.inputs < limits.inputs
        && limits.time.is_none_or(|time| start.elapsed() < time)
        && tried.findings.len() < MOST_FINDINGS
    {
        let mut tree = inputs
            .new_tree(&mut runner)
            .map_err(|reason| anyhow::anyhow!("{reason}"))?;
        tried.inputs += 1;
        let Some(mut words) = fails(&tree.current()) else {
            continue;
        };
        let mut smallest = tree.current();
        for _ in 0..STEPS {
            let again = fails(&tree.current());
            if let Some(again) = again {
                (smallest, words) = (tree.current(), again);
                if !tree.simplify() {
                    break;
                }
            } else if !tree.complicate() {
                break;
            }
        }
        if tried.findings.iter().all(|(_, other)| *other != words) {
            tried.findings.push((smallest, words));
        }
    }
    tried.time = start.elapsed();
    for (number, (input, _)) in tried.findings.iter().enumerate() {
        keep(target, &format!("native-{number}"), input)?;
    }
    Ok(tried)
}

/// What a body says where something does not hold, or that it was slow: twice, since a machine may do something else once.
fn fault(target: Target, input: &[u8]) -> Option<String> {
    let hold = || {
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| (target.body)(input)));
        (outcome, start.elapsed())
    };
    let (mut outcome, mut time) = hold();
    if time >= SLOW {
        (outcome, time) = hold();
    }
    match outcome {
        Ok(()) if time < SLOW => None,
        Ok(()) => Some(format!(
            "expected at most {} s, found {} s",
            SLOW.as_secs(),
            time.as_secs()
        )),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().cloned();
            Some(
                words
                    .or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()))
                    .unwrap_or_default(),
            )
        }
    }
}

/// Ends the process with the input that hangs, since nothing else ends it.
fn watch(target: Target, alive: &Receiver<()>, current: &Mutex<Vec<u8>>) {
    loop {
        match alive.recv_timeout(HANGS) {
            Ok(()) => {}
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let input = current.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                eprintln!(
                    "{}: expected an end within {} s, found none for {}",
                    target.name,
                    HANGS.as_secs(),
                    input.escape_ascii()
                );
                keep(target, "hangs", &input).ok();
                process::exit(1);
            }
        }
    }
}

fn keep(target: Target, name: &str, input: &[u8]) -> Result<()> {
    let folder = root().join("target/fuzz/artifacts").join(target.name);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), input).with_context(|| format!("{}/{name}", folder.display()))
}
