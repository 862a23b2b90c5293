//! Publish: each verb of the command: what it reads, prints and says, and how it ends.

mod build;
mod import;

use std::io::Write;
use std::time::SystemTime;

use clap::CommandFactory;
use joint_events_model::Feed;
use joint_events_model::read::read;
use joint_events_model::time::Instant;
use joint_events_words::strings::Language;
use serde_json::Value;

use crate::build::{languages, made_of};
use crate::command::{Check, Command, Export, Shape, Verb, Written};
use crate::draft::Members;
use crate::finding::{Finding, Findings, Severity};
use crate::import::{Unreadable, decoded, feed::version, json};
use crate::{calendar, diff, export, input, json_ld, lint, list, schema, template, write};

/// How a command ends, by the number that the shell sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done; warnings alone too.
    Done = 0,
    /// Findings, a refusal, or done in part with the good on standard output.
    Findings = 1,
    /// Could not read, write or understand the command.
    Failed = 2,
}

/// Does what is asked: data to `out`, words to `words`.
pub fn run(command: Command, out: &mut dyn Write, words: &mut dyn Write) -> Exit {
    let now = command.now.unwrap_or_else(clock);
    let done = match command.verb {
        Verb::Build(asked) => build::run(asked, now, words),
        Verb::Check(asked) => run_check(&asked, now, out, words),
        Verb::Import(asked) => import::run(&asked, now, out, words),
        Verb::Export(asked) => run_export(&asked, now, out, words),
        Verb::Diff { old, new } => run_diff(&old, &new, out),
        Verb::Schema { strict } => print(out, &schema_text(strict)).map(|()| Exit::Done),
        Verb::Template { kind, lang } => print(out, &template::template(kind, lang)).map(|()| Exit::Done),
        Verb::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Command::command(), "joint-events", &mut script);
            print(out, &String::from_utf8_lossy(&script)).map(|()| Exit::Done)
        }
    };
    done.unwrap_or_else(|(file, error)| {
        say(words, &format!("{file}: {error}"));
        Exit::Failed
    })
}

/// What keeps a command from being done: the file, and what was expected and found there.
type Failure = (String, Unreadable);

/// The machine's clock, which is asked here alone, and only where `--now` is not given.
fn clock() -> Instant {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

fn run_check(asked: &Check, now: Instant, out: &mut dyn Write, words: &mut dyn Write) -> Result<Exit, Failure> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut failed = false;
    for name in &asked.feeds {
        let checked = input::bytes(name).and_then(|bytes| lint::lint(&decoded(&bytes), now));
        match checked {
            Ok(found) => findings.extend(found.into_iter().map(|finding| finding.of(name))),
            // The other files are checked all the same.
            Err(error) => {
                failed = true;
                say(words, &format!("{name}: {error}"));
            }
        }
    }
    let of = |severity: Severity| -> Vec<&Finding> {
        findings.iter().filter(|finding| finding.severity == severity).collect()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    match asked.format {
        Shape::Json => {
            let document = Findings { findings: &findings };
            print(
                out,
                &format!("{}\n", serde_json::to_string_pretty(&document).unwrap_or_default()),
            )?;
        }
        Shape::Text => {
            for (kind, found) in [("error", &errors), ("warning", &warnings)] {
                if !found.is_empty() {
                    let lines: String = found.iter().map(|finding| format!("{finding}\n")).collect();
                    print(out, &format!("{}:\n{lines}", counted(found.len(), kind)))?;
                }
            }
        }
    }
    say(
        words,
        &format!(
            "{}, {}",
            counted(errors.len(), "error"),
            counted(warnings.len(), "warning")
        ),
    );
    Ok(if failed {
        Exit::Failed
    } else if errors.is_empty() && (warnings.is_empty() || !asked.deny_warnings) {
        Exit::Done
    } else {
        Exit::Findings
    })
}

fn run_export(asked: &Export, now: Instant, out: &mut dyn Write, words: &mut dyn Write) -> Result<Exit, Failure> {
    let text = feed_text(&asked.feed)?;
    let reading = read(&text).map_err(|error| {
        let problem = error.problem();
        (
            asked.feed.clone(),
            Unreadable::new(problem.expected.clone(), problem.found.clone()),
        )
    })?;
    for problem in &reading.problems {
        say(words, &format!("{}: {problem}", asked.feed));
    }
    let feed: &Feed = &reading.feed;
    let first = languages(&feed.languages).first().copied().unwrap_or(Language::French);
    let language = asked.lang.as_deref().map_or(first, Language::of);
    let mut partial = !reading.problems.is_empty();
    let written = match asked.kind {
        Written::Ics => calendar::calendar(feed, language, made_of(&json(&text).unwrap_or_default()), now),
        Written::Jsonld => format!("{}\n", json_ld::document(feed)),
        Written::Html => list::list(feed, language, now),
        Written::Csv => {
            let document: Value = json(&text).map_err(|error| (asked.feed.clone(), error))?;
            let events = document.get("events").and_then(Value::as_array);
            let events: Vec<Members> = events
                .into_iter()
                .flatten()
                .filter_map(Value::as_object)
                .cloned()
                .collect();
            let (table, left_out) = export::table(&events, language);
            partial |= !left_out.is_empty();
            tell_left_out(&left_out, words);
            table
        }
    };
    match &asked.output {
        Some(path) => write::replace_file(path, &written).map_err(|error| {
            let found = input::reason(&error);
            (
                path.display().to_string(),
                Unreadable::new("a file that can be written", found),
            )
        })?,
        None => print(out, &written)?,
    }
    Ok(if partial { Exit::Findings } else { Exit::Done })
}

fn tell_left_out(left_out: &[String], words: &mut dyn Write) {
    for path in left_out {
        say(
            words,
            &format!("{path}: expected a column of the template, found none for it"),
        );
    }
}

fn run_diff(old: &str, new: &str, out: &mut dyn Write) -> Result<Exit, Failure> {
    let read =
        |name: &str| -> Result<Value, Failure> { json(&feed_text(name)?).map_err(|error| (name.to_owned(), error)) };
    let lines: String = diff::diff(&read(old)?, &read(new)?)
        .into_iter()
        .map(|line| format!("{line}\n"))
        .collect();
    print(out, &lines)?;
    Ok(Exit::Done)
}

fn feed_text(name: &str) -> Result<String, Failure> {
    let told = |error| (name.to_owned(), error);
    let text = decoded(&input::bytes(name).map_err(told)?);
    version(&json(&text).map_err(told)?).map_err(told)?;
    Ok(text)
}

fn schema_text(strict: bool) -> String {
    if strict {
        format!(
            "{}\n",
            serde_json::to_string_pretty(&schema::strict()).unwrap_or_default()
        )
    } else {
        schema::OPEN.to_owned()
    }
}

/// Prints data; a reader that has gone away has read enough.
fn print(out: &mut dyn Write, text: &str) -> Result<(), Failure> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let found = input::reason(&error);
            Err((
                "standard output".to_owned(),
                Unreadable::new("a place to write to", found),
            ))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Says a line; nobody may be listening.
fn say(words: &mut dyn Write, line: &str) {
    writeln!(words, "{line}").ok();
}
