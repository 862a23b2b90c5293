//! Bench: the rounds. In each, every page is measured once, in another order than in the round before.

use std::cell::Cell;

use serde_json::{Value, json};

use crate::contender::{Contender, HAND_WRITTEN, LISTED, MONTHS, OWN, SCRIPTED};
use crate::feed::visit;
use crate::figure::{Figure, Unit};
use crate::session::{LONGEST, Line, Session};
use crate::site::{READER, Site};

/// Filter changes in one visit that count.
const TIMES: u32 = 3;
/// How many times as long the processor takes.
const SLOWED: u32 = 4;
/// Readings in one visit that count.
const READINGS: u32 = 5;
/// How many events a figure's feeds have.
const FIRST: usize = 100;
const SETTLED: usize = 500;
const FILTERED: [usize; 3] = [100, 1000, 10_000];
const COUNTED: [usize; 2] = [1000, 10_000];
/// Whose tasks are looked at while the feeds of `COUNTED` come: the calendars take seconds for each.
const COUNTED_IN: [Contender; 2] = [OWN, HAND_WRITTEN];

/// What is measured in a browser, by the names that `--only` takes.
pub const NAMES: [&str; 5] = ["first", "filter", "memory", "processor", "read"];

/// The figures of so many rounds, without the ones that are not wanted, and the browser's version.
pub fn measure(site: &Site, rounds: usize, wanted: &dyn Fn(&str) -> bool) -> (Vec<Figure>, String) {
    let visits = Cell::new(0);
    let mut figures = figures();
    figures.retain(|figure| wanted(figure.key.split(' ').next().unwrap_or_default()));
    let mut version = String::new();
    // The round before the first shows nothing that counts: files come to be in the system's cache.
    for round in 0..=rounds {
        let session = Session::start(site, &visits);
        version = session.version();
        eprintln!("== round {round} of {rounds}");
        let counts = round > 0;
        let mut add = |key: &str, row: &'static str, found: Result<Vec<Option<f64>>, String>| {
            if let Err(failure) = &found {
                eprintln!("{key}: {} failed: {failure}", row);
            }
            let figure = figures.iter_mut().find(|figure| figure.key == key);
            if let Some(figure) = figure.filter(|_| counts) {
                figure.add(row, found);
            }
        };
        // The first visit of a browser pays for its start.
        session.visit(&HAND_WRITTEN, FIRST).ok();
        if wanted("first") {
            first(&session, round, &mut add);
        }
        if wanted("processor") {
            processor(&session, round, &mut add);
        }
        // Each visit of these has a warm-up of its own.
        if counts && wanted("read") {
            read(&session, &mut add);
            tasks(&session, round, &mut add);
        }
        if counts && (wanted("filter") || wanted("memory")) {
            filter_and_memory(&session, round, wanted("filter"), &mut add);
        }
    }
    (figures, version)
}

/// Takes what was measured of a page, by its title: of a key, one value a column.
type Add<'a> = dyn FnMut(&str, &'static str, Result<Vec<Option<f64>>, String>) + 'a;

fn figures() -> Vec<Figure> {
    let titles = |contenders: &[Contender]| contenders.iter().map(|one| one.title).collect::<Vec<_>>();
    let cold = titles(&[&SCRIPTED[..], &LISTED].concat());
    let filtered = titles(&[&SCRIPTED[..], &MONTHS].concat());
    let mut figures: Vec<Figure> = [(Line::Slow, "1.6 Mbit/s, 150 ms"), (Line::Loopback, "unthrottled")]
        .into_iter()
        .map(|(line, words)| {
            let title = format!("First event on screen, cold, {FIRST} events, {words}");
            let columns = &["first event", "list of the script"];
            Figure::new(first_key(line), title, Unit::Milliseconds, columns, cold.clone())
        })
        .collect();
    let title = format!("The trace of joint-events, {FIRST} events, 1.6 Mbit/s, 150 ms");
    let columns = &["is asked for", "begins to come", "is there"];
    figures.push(Figure::new(TRACE, title, Unit::Milliseconds, columns, TRACED).of("what"));
    for count in FILTERED {
        let title = format!("Filtering {count} events, to the end of the frame that shows it");
        let columns = &["choose a province", "the same, whole list", "type a letter", "clear"];
        let key = format!("filter {count}");
        figures.push(Figure::new(key, title, Unit::Milliseconds, columns, filtered.clone()));
    }
    let title = format!("Main thread from navigation to rest, {SETTLED} events, processor slowed {SLOWED} times");
    let columns = &["scripting", "style and layout", "longest task"];
    figures.push(Figure::new(
        "processor",
        title,
        Unit::Milliseconds,
        columns,
        titles(&SCRIPTED),
    ));
    let title = "Reading a feed, from octets to checked events";
    let columns = &["1000 events", "10000 events"];
    figures.push(Figure::new("read", title, Unit::Milliseconds, columns, READERS));
    let title = "Longest task from navigation to rest, the processor as it is";
    figures.push(Figure::new(
        TASKS,
        title,
        Unit::Milliseconds,
        columns,
        titles(&COUNTED_IN),
    ));
    for count in FILTERED {
        let title = format!("Memory after {count} events, garbage collected");
        let columns = &["JavaScript", "wasm"];
        let key = format!("memory {count}");
        figures.push(Figure::new(key, title, Unit::Megabytes, columns, filtered.clone()));
    }
    figures
}

fn first_key(line: Line) -> String {
    format!("first {line:?}")
}

/// The contenders, from another one on in each round.
fn turned(contenders: Vec<Contender>, round: usize) -> Vec<Contender> {
    let mut turned = contenders;
    let places = round % turned.len().max(1);
    turned.rotate_left(places);
    turned
}

fn first(session: &Session, round: usize, add: &mut Add) {
    for line in [Line::Slow, Line::Loopback] {
        session.set_line(line);
        for contender in turned([&SCRIPTED[..], &LISTED].concat(), round) {
            let script =
                format!("await bench.until(() => bench.seen.list !== null, {LONGEST}, 'a list'); return bench.seen");
            let seen = session.visit(&contender, FIRST).and_then(|()| session.ask(&script));
            let found = seen.map(|seen| vec![seen["first"].as_f64(), seen["list"].as_f64()]);
            add(&first_key(line), contender.title, found);
            if (line, contender) == (Line::Slow, OWN) {
                trace(session, add);
            }
        }
    }
    session.set_line(Line::Loopback);
}

/// The figure's key, and its rows.
const TRACE: &str = "first trace";
const TRACED: [&str; 6] = [
    "page",
    "script",
    "wasm, by the snippet",
    "wasm, by the script",
    "feed",
    "first event on screen",
];

/// What was asked for when, as the browser noted it (Resource Timing), in the order of the rows.
const TIMINGS: &str = "const [page] = performance.getEntriesByType('navigation'); \
    const entries = performance.getEntriesByType('resource'); \
    const one = (end, by) => entries.find(({name, initiatorType}) => name.endsWith(end) && initiatorType === by); \
    return [page, one('.js', 'script'), one('.wasm', 'link'), one('.wasm', 'fetch'), one('.json', 'fetch')] \
      .map((entry) => [entry?.startTime, entry?.responseStart, entry?.responseEnd]).concat([[null, null, bench.seen.first]])";

fn trace(session: &Session, add: &mut Add) {
    let found = session.ask(TIMINGS);
    for (place, row) in TRACED.into_iter().enumerate() {
        let times = found.clone().map(|found| {
            let times = found[place].as_array().cloned().unwrap_or_default();
            times.iter().map(Value::as_f64).collect()
        });
        add(TRACE, row, times);
    }
}

fn processor(session: &Session, round: usize, add: &mut Add) {
    for contender in turned(SCRIPTED.to_vec(), round) {
        session.slow_down(SLOWED);
        let longest = session
            .visit(&contender, SETTLED)
            .and_then(|()| session.settle())
            .and_then(|()| session.ask(LONGEST_TASK));
        let milliseconds = |name| session.metric(name).unwrap_or_default() * 1000.0;
        let tasks = milliseconds("TaskDuration");
        let layout = milliseconds("RecalcStyleDuration") + milliseconds("LayoutDuration");
        let slow = session.ask("return bench.spin()");
        session.slow_down(1);
        let fast = session.ask("return bench.spin()");
        let found = longest.and_then(|longest| {
            is_slowed(&slow?, &fast?)?;
            Ok(vec![Some(tasks - layout), Some(layout), longest.as_f64()])
        });
        add("processor", contender.title, found);
    }
}

/// The browser tells of no task that is shorter.
const LONGEST_TASK: &str = "return Math.max(50, ...bench.tasks)";

/// Whether the page that was measured was slowed: the same work takes it longer than it does afterwards.
fn is_slowed(slow: &Value, fast: &Value) -> Result<(), String> {
    let times = slow.as_f64().unwrap_or_default() / fast.as_f64().unwrap_or(f64::INFINITY);
    if times < f64::from(SLOWED) / 2.0 {
        return Err(format!(
            "expected a processor slowed {SLOWED} times, found {times:.1} times"
        ));
    }
    Ok(())
}

/// The rows of the figure, as the page calls them.
const READERS: [&str; 2] = ["wasm", "JavaScript"];

fn read(session: &Session, add: &mut Add) {
    let script = format!(
        "await bench.until(() => window.measure, {LONGEST}, 'readers'); return [await measure(1000, {READINGS}), await measure(10000, {READINGS})]"
    );
    let found = session.open(READER).and_then(|()| session.ask(&script));
    for name in READERS {
        match &found {
            Ok(found) => {
                let [few, many] = [0, 1].map(|place| numbers(&found[place][name]));
                for (few, many) in few.into_iter().zip(many) {
                    add("read", name, Ok(vec![Some(few), Some(many)]));
                }
            }
            Err(failure) => add("read", name, Err(failure.clone())),
        }
    }
}

/// The figure's key.
const TASKS: &str = "read tasks";

fn tasks(session: &Session, round: usize, add: &mut Add) {
    for contender in turned(COUNTED_IN.to_vec(), round) {
        let longest = |count| {
            let visit = session.visit(&contender, count).and_then(|()| session.settle());
            visit.and_then(|()| session.ask(LONGEST_TASK))
        };
        let found: Result<Vec<Value>, String> = COUNTED.into_iter().map(longest).collect();
        let found = found.map(|longest| longest.iter().map(Value::as_f64).collect());
        add(TASKS, contender.title, found);
    }
}

fn filter_and_memory(session: &Session, round: usize, filters: bool, add: &mut Add) {
    let visit = visit();
    let asked = json!({"province": visit.province, "letter": visit.letter, "all": visit.all, "chosen": visit.chosen,
        "typed": visit.typed, "times": TIMES});
    for count in FILTERED {
        for contender in turned([&SCRIPTED[..], &MONTHS].concat(), round) {
            let ready = session.visit(&contender, count).and_then(|()| session.settle());
            session.collect_garbage();
            let heap = session.metric("JSHeapUsedSize").map(|octets| octets / 1e6);
            let memory = ready.clone().and_then(|()| session.ask("return bench.memory()"));
            let memory = memory.map(|octets| {
                vec![
                    heap,
                    octets
                        .as_f64()
                        .filter(|octets| *octets > 0.0)
                        .map(|octets| octets / 1e6),
                ]
            });
            add(&format!("memory {count}"), contender.title, memory);
            if !filters {
                continue;
            }
            let found = ready.and_then(|()| session.ask(&format!("return bench.filter({asked})")));
            let key = format!("filter {count}");
            match found {
                Ok(found) => {
                    let column = |name: &str| numbers(&found[name]);
                    let columns = ["choose", "whole", "type", "clear"].map(column);
                    let most = columns.iter().map(Vec::len).max().unwrap_or_default();
                    for place in 0..most {
                        let values = columns.iter().map(|column| column.get(place).copied()).collect();
                        add(&key, contender.title, Ok(values));
                    }
                }
                Err(failure) => add(&key, contender.title, Err(failure)),
            }
        }
    }
}

fn numbers(found: &Value) -> Vec<f64> {
    found
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_round_begins_with_another_page_and_leaves_none_out() {
        let round = |round| turned(SCRIPTED.to_vec(), round);
        assert_ne!(round(1)[0], round(2)[0]);
        assert!(SCRIPTED.iter().all(|contender| round(3).contains(contender)));
        assert_eq!(round(SCRIPTED.len()), SCRIPTED);
    }

    #[test]
    fn a_page_that_was_not_slowed_is_told() {
        assert_eq!(is_slowed(&json!(39.0), &json!(10.0)), Ok(()));
        let error = is_slowed(&json!(11.0), &json!(10.0)).expect_err("not slowed");
        assert_eq!(error, "expected a processor slowed 4 times, found 1.1 times");
    }
}
