//! Publish: the verb `build`: its progress, and what it says of each source and of the whole.

use std::io::{IsTerminal, Write};
use std::path::Path;

use joint_events_model::time::Instant;

use super::{Exit, Failure, counted, say};
use crate::build::{Ending, Options, Profile, Removals, Report, build};
use crate::command::Build;
use crate::finding::Severity;

pub(super) fn run(asked: Build, now: Instant, words: &mut dyn Write) -> Result<Exit, Failure> {
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
