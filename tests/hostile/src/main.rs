//! Hostile: the command that has the bodies hold, without libFuzzer: `[TARGET] [--runs N] [--seconds N]`, and
//! `--write TARGET FOLDER`, which gives libFuzzer the inputs to begin with.

use std::env;
use std::panic;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use joint_events_hostile::run::{Limits, run};
use joint_events_hostile::{TARGETS, Target, corpus};

fn main() -> Result<ExitCode> {
    let words: Vec<String> = env::args().skip(1).collect();
    let mut words = words.iter().map(String::as_str);
    let (mut chosen, mut inputs, mut time): (Vec<Target>, Option<u64>, Option<Duration>) = (Vec::new(), None, None);
    while let Some(word) = words.next() {
        let mut number = || {
            words
                .next()
                .and_then(|word| word.parse().ok())
                .with_context(|| format!("{word}: expected a number"))
        };
        match word {
            "--runs" => inputs = Some(number()?),
            "--seconds" => time = Some(Duration::from_secs(number()?)),
            "--write" => {
                let (Some(target), Some(folder)) = (words.next(), words.next()) else {
                    bail!("--write: expected TARGET FOLDER")
                };
                corpus::write(target, Path::new(folder))?;
                return Ok(ExitCode::SUCCESS);
            }
            "--list" => {
                TARGETS
                    .iter()
                    .for_each(|target| println!("{} {}", target.name, target.inputs));
                return Ok(ExitCode::SUCCESS);
            }
            name => match TARGETS.iter().find(|target| target.name == name) {
                Some(target) => chosen.push(*target),
                None => bail!(
                    "expected one of {}, found {name}",
                    TARGETS.iter().map(|target| target.name).collect::<Vec<_>>().join(" ")
                ),
            },
        }
    }
    if chosen.is_empty() {
        chosen = TARGETS.to_vec();
    }
    // What did not hold is told once, when it was made small.
    panic::set_hook(Box::new(|_| {}));
    let mut found = false;
    for target in chosen {
        // Time alone ends it where that alone is said.
        let inputs = inputs.unwrap_or(if time.is_some() { u64::MAX } else { target.inputs });
        let tried = run(target, Limits { inputs, time })?;
        println!(
            "{}: {} inputs, {:.1} s, {} findings",
            target.name,
            tried.inputs,
            tried.time.as_secs_f64(),
            tried.findings.len()
        );
        for (input, words) in &tried.findings {
            println!("  {words}\n  for {}", input.escape_ascii());
            found = true;
        }
    }
    Ok(ExitCode::from(u8::from(found)))
}
