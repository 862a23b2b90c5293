//! Publish: the verb `import`: drafts of all that is named, one after the other.

use std::io::Write;

use joint_events_model::time::Instant;
use joint_events_words::strings::Language;

use super::{Exit, Failure, counted, print, say, tell_left_out};
use crate::command::{Drafts, Import};
use crate::draft::Members;
use crate::import::{Settings, import};
use crate::zone::Zone;
use crate::{export, input, lint};

pub(super) fn run(asked: &Import, now: Instant, out: &mut dyn Write, words: &mut dyn Write) -> Result<Exit, Failure> {
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
