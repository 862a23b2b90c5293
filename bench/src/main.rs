//! Bench: measures what a visitor waits for, beside calendars and a hand-written page, and tells it (`cargo xtask bench`).

mod contender;
mod feed;
mod figure;
mod machine;
mod measure;
mod page;
mod report;
mod session;
mod site;
mod statistics;
mod target;
mod weight;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};

use report::Report;
use site::Site;

const USAGE: &str = "expected [--rounds N] [--only NAME]…, with names among bytes";

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (rounds, only) = wanted(&arguments)?;
    let wanted = |name: &str| only.is_empty() || only.iter().any(|one| one == name);
    let (start, mut machine) = (Instant::now(), machine::machine());
    let site = Site::start()?;
    let weights = match wanted("bytes") {
        true => weight::weigh(&site).map_err(|failure| anyhow!("bytes: {failure}"))?,
        false => Vec::new(),
    };
    let (figures, version) = match measure::NAMES.iter().any(|name| wanted(name)) {
        true => measure::measure(&site, rounds, &wanted),
        false => (Vec::new(), String::new()),
    };
    machine["browser"] = version.into();
    let report = Report {
        machine,
        rounds,
        weights,
        figures,
    };
    println!("{}", report.tables());
    let folder = root().join("target/bench");
    fs::write(folder.join("bench.json"), format!("{:#}\n", report.json()))?;
    if only.is_empty() {
        fs::write(root().join("docs/performance.md"), report.markdown())?;
        eprintln!("== docs/performance.md is of this run, {} s", start.elapsed().as_secs());
    } else {
        eprintln!("== docs/performance.md is not: not all was measured");
    }
    Ok(())
}

/// The rounds and the names after `--only`; none of them: all.
fn wanted(arguments: &[String]) -> Result<(usize, Vec<String>)> {
    let (mut rounds, mut only) = (5, Vec::new());
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let value = words.next();
        match (word.as_str(), value) {
            ("--rounds", Some(number)) => {
                rounds = number.parse().with_context(|| format!("--rounds {number}"))?;
            }
            ("--only", Some(name)) if name == "bytes" || measure::NAMES.contains(&name.as_str()) => {
                only.push(name.clone());
            }
            _ => bail!("{USAGE} {}, found {}", measure::NAMES.join(" "), arguments.join(" ")),
        }
    }
    Ok((rounds, only))
}

/// The project's folder.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

#[cfg(test)]
mod tests {
    use super::wanted;

    fn parsed(words: &str) -> anyhow::Result<(usize, Vec<String>)> {
        wanted(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn five_rounds_of_all_are_usual() {
        assert_eq!(parsed("").expect("words"), (5, Vec::new()));
        let (rounds, only) = parsed("--rounds 2 --only first --only bytes").expect("words");
        assert_eq!((rounds, only), (2, vec!["first".to_owned(), "bytes".to_owned()]));
    }

    #[test]
    fn a_name_that_nothing_has_is_refused_with_those_that_are() {
        let error = parsed("--only speed").expect_err("a refusal").to_string();
        assert!(
            error.contains("bytes first filter memory processor read, found --only speed"),
            "{error}"
        );
        assert!(parsed("--rounds").is_err());
    }
}
