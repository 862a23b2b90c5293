//! Publish: each verb of the command: what it reads, prints and says, and how it ends.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::SystemTime;

use clap::CommandFactory;
use joint_events_model::Feed;
use joint_events_model::read::read;
use joint_events_model::time::Instant;
use joint_events_words::strings::Language;
use serde_json::Value;

use crate::build::{self, Ending, Options, Profile, Removals, Report, build};
use crate::command::{Build, Check, Command, Drafts, Export, Import, Shape, Verb, Written};
use crate::draft::Members;
use crate::finding::{Finding, Findings, Severity};
use crate::import::{Settings, Unreadable, decoded, feed::version, import, json};
use crate::zone::Zone;
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
        Verb::Build(asked) => run_build(asked, now, words),
        Verb::Check(asked) => run_check(&asked, now, out, words),
        Verb::Import(asked) => run_import(&asked, now, out, words),
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

fn run_build(asked: Build, now: Instant, words: &mut dyn Write) -> Result<Exit, Failure> {
    let options = Options {
        out: asked.out,
        previous: asked.previous,
        removals: if asked.allow_removals {
            Removals::Allowed
        } else {
            Removals::Refused
        },
        profile: if asked.strict {
            Profile::Strict
        } else {
            Profile::Lenient
        },
        now,
    };
    let terminal = std::io::stderr().is_terminal();
    let mut progress = |step: &str| {
        if terminal {
            // One line that the next step writes over.
            write!(std::io::stderr(), "\r\u{1b}[K{step}…").ok();
        }
    };
    let built = build(&asked.config, &options, &mut progress);
    if terminal {
        write!(std::io::stderr(), "\r\u{1b}[K").ok();
    }
    let (ending, report, out) = built?;
    summary(&report, &ending, &out, words);
    Ok(match ending {
        Ending::Whole => Exit::Done,
        Ending::InPart | Ending::Refused => Exit::Findings,
    })
}

fn summary(report: &Report, ending: &Ending, out: &Path, words: &mut dyn Write) {
    for finding in &report.findings {
        let kind = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        say(words, &format!("{kind}: {finding}"));
    }
    for source in &report.sources {
        let read = if source.read { "" } else { ", could not be read" };
        let kept = match source.previous_kept {
            0 => String::new(),
            kept => format!(", {kept} kept as published before"),
        };
        let (events, findings) = (counted(source.events, "event"), counted(source.findings, "finding"));
        say(words, &format!("{}: {events}, {findings}{kept}{read}", source.id));
    }
    let events = counted(report.events, "event");
    say(
        words,
        &match ending {
            Ending::Whole => format!("{events} in {}", out.display()),
            Ending::InPart => format!("{events} in {}, without a source that could not be read", out.display()),
            Ending::Refused => format!("nothing is written to {}", out.display()),
        },
    );
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

fn run_import(asked: &Import, now: Instant, out: &mut dyn Write, words: &mut dyn Write) -> Result<Exit, Failure> {
    let settings = Settings {
        organizer: asked.organizer.clone(),
        language: asked.lang.clone(),
        time_zone: asked.time_zone.as_deref().and_then(Zone::named),
        date_order: asked.date_order,
        ..Settings::at(now)
    };
    let mut events: Vec<Members> = Vec::new();
    let mut problems = Vec::new();
    let (mut partial, mut failed) = (false, false);
    for name in asked.files.iter().chain(&asked.fetch) {
        let drafts = match input::bytes(name).and_then(|bytes| import(&bytes, asked.from, &settings)) {
            Ok(drafts) => drafts,
            Err(error) => {
                failed = true;
                say(words, &format!("{name}: {error}"));
                continue;
            }
        };
        partial |= drafts.is_partial();
        let before = events.len();
        for mut problem in drafts.problems {
            say(words, &format!("{name}: {problem}"));
            // A second file's events stand after the first one's.
            if let (Some(number), true) = (lint::event_of(&problem.path), before > 0) {
                let rest = problem.path.split_once(']').map_or("", |(_, rest)| rest);
                problem.path = format!("events[{}]{rest}", number.saturating_add(before));
            }
            problems.push(problem);
        }
        let towns = crate::town::Towns::default();
        for mut draft in drafts.events {
            let place = events.len();
            if let Some(problem) = crate::place::complete(&mut draft.event, &towns) {
                let problem = crate::draft::Problem {
                    path: format!("events[{place}].{}", problem.path),
                    ..problem
                };
                say(words, &format!("{name}: {problem}"));
                problems.push(problem);
            }
            events.push(draft.event);
        }
    }
    match asked.to {
        Drafts::Json => print(out, &export::drafts(&events, &problems))?,
        Drafts::Csv => {
            let language = Language::of(asked.lang.as_deref().unwrap_or("fr"));
            let (table, left_out) = export::table(&events, language);
            partial |= !left_out.is_empty();
            tell_left_out(&left_out, words);
            print(out, &table)?;
        }
    }
    say(
        words,
        &format!(
            "{}, {}",
            counted(events.len(), "event"),
            counted(problems.len(), "problem")
        ),
    );
    Ok(if failed {
        Exit::Failed
    } else if partial {
        Exit::Findings
    } else {
        Exit::Done
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
    let first = build::languages(&feed.languages)
        .first()
        .copied()
        .unwrap_or(Language::French);
    let language = asked.lang.as_deref().map_or(first, Language::of);
    let mut partial = !reading.problems.is_empty();
    let written = match asked.kind {
        Written::Ics => calendar::calendar(feed, language, build::made_of(&json(&text).unwrap_or_default()), now),
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
