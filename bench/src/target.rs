//! Bench: what is promised, and what it came to.

use serde_json::{Value, json};

use crate::contender::{EVENT_CALENDAR, FULL_CALENDAR_6, FULL_CALENDAR_7, HAND_WRITTEN, LISTED, OWN};
use crate::figure::Figure;
use crate::weight::Weight;

/// A promise with a bound, and what was measured.
pub struct Target {
    promise: String,
    found: Option<f64>,
    at_most: f64,
    unit: &'static str,
}

impl Target {
    /// `None` where nothing was measured.
    fn is_kept(&self) -> Option<bool> {
        self.found.map(|found| found <= self.at_most)
    }
}

/// Every promise on what was measured.
pub fn targets(weights: &[Weight], figures: &[Figure]) -> Vec<Target> {
    let mut targets = Vec::new();
    let mut add = |promise: String, found: Option<f64>, at_most: f64, unit: &'static str| {
        targets.push(Target {
            promise,
            found,
            at_most,
            unit,
        });
    };
    let samples = |key: &str, row: &str, column: &str| {
        let figure = figures.iter().find(|figure| figure.key == key)?;
        figure.samples(row, column).cloned()
    };
    let median = |key: &str, row: &str, column: &str| samples(key, row, column)?.median();
    let ratio = |key: &str, own: &str, other: &str, column: &str| {
        samples(key, own, column)?.ratio(&samples(key, other, column)?)
    };
    let code = weights.first().map(|weight| weight.code() as f64 / 1000.0);
    add("all that a page downloads, brotli".to_owned(), code, 70.0, "kB");
    let first = |own: &str, other: &str| ratio("first Slow", own, other, "first event");
    let [own_listed, page_listed] = LISTED.map(|contender| contender.title);
    for (own, other, at_most) in [
        (OWN.title, EVENT_CALENDAR.title, 1.0),
        (own_listed, HAND_WRITTEN.title, 1.0),
        (own_listed, page_listed, 1.1),
    ] {
        let promise = format!("first event at 1.6 Mbit/s: {own} ÷ {other}");
        add(promise, first(own, other), at_most, "×");
    }
    for action in ["choose a province", "type a letter", "clear"] {
        for (count, at_most) in [("1000", 16.0), ("10000", 50.0)] {
            let key = format!("filter {count}");
            let found = median(&key, OWN.title, action);
            add(format!("{action}, {count} events"), found, at_most, "ms");
        }
        for other in [EVENT_CALENDAR, FULL_CALENDAR_6, FULL_CALENDAR_7] {
            let found = ratio("filter 1000", OWN.title, other.title, action);
            add(
                format!("{action}, 1000 events: joint-events ÷ {}", other.title),
                found,
                0.5,
                "×",
            );
        }
    }
    let memory = median("memory 10000", OWN.title, "wasm");
    add(
        "linear memory of the wasm after 10000 events".to_owned(),
        memory,
        64.0,
        "MB",
    );
    let longest = median("processor", OWN.title, "longest task");
    add(
        "longest task, 500 events, processor slowed 4 times".to_owned(),
        longest,
        50.0,
        "ms",
    );
    for count in ["1000 events", "10000 events"] {
        let found = median("read tasks", OWN.title, count);
        add(format!("longest task, {count}"), found, 50.0, "ms");
    }
    for count in ["1000 events", "10000 events"] {
        let found = ratio("read", "wasm", "JavaScript", count);
        add(format!("reading {count}: wasm ÷ JavaScript"), found, 1.5, "×");
    }
    let [few, many] = ["1000 events", "10000 events"].map(|count| samples("read", "wasm", count));
    let growth = many.zip(few).and_then(|(many, few)| many.ratio(&few));
    add("reading: 10000 events ÷ 1000 events".to_owned(), growth, 12.0, "×");
    targets
}

/// All of it, as it is kept.
pub fn json(targets: &[Target]) -> Value {
    let targets = targets.iter();
    targets
        .map(|target| {
            json!({"promise": target.promise, "found": target.found, "atMost": target.at_most, "unit": target.unit,
                "kept": target.is_kept()})
        })
        .collect()
}

/// A table of promises, kept or not.
pub fn markdown(targets: &[Target]) -> String {
    let mut text = "| promise | at most | found | |\n| --- | ---: | ---: | --- |\n".to_owned();
    for target in targets {
        let found = target
            .found
            .map_or("–".to_owned(), |found| format!("{found:.2} {}", target.unit));
        let word = match target.is_kept() {
            Some(true) => "kept",
            Some(false) => "**missed**",
            None => "not measured",
        };
        text.push_str(&format!(
            "| {} | {} {} | {found} | {word} |\n",
            target.promise, target.at_most, target.unit
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_and_what_was_not_measured_are_told() {
        let target = |found| Target {
            promise: "p".to_owned(),
            found,
            at_most: 1.0,
            unit: "×",
        };
        let table = markdown(&[target(Some(1.0)), target(Some(1.01)), target(None)]);
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| p | 1 × | 1.00 × | kept |",
                "| p | 1 × | 1.01 × | **missed** |",
                "| p | 1 × | – | not measured |"
            ]
        );
    }

    #[test]
    fn nothing_measured_keeps_no_promise() {
        assert!(targets(&[], &[]).iter().all(|target| target.is_kept().is_none()));
    }
}
