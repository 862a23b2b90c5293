//! Bench: what a run found, as JSON and as a page of the documentation.

use serde_json::{Value, json};

use crate::figure::Figure;
use crate::target::{self, Target};
use crate::weight::{self, Weight};

/// How each figure is measured, and what the others can't do.
const HOW: &str = include_str!("how.md");

/// What a run found.
pub struct Report {
    /// The machine and its browser.
    pub machine: Value,
    /// How many rounds counted.
    pub rounds: usize,
    /// What the pages download; none where that was not wanted.
    pub weights: Vec<Weight>,
    /// What was measured in the browser.
    pub figures: Vec<Figure>,
}

impl Report {
    fn targets(&self) -> Vec<Target> {
        target::targets(&self.weights, &self.figures)
    }

    /// All measurements, for machines.
    pub fn json(&self) -> Value {
        json!({
            "machine": self.machine,
            "rounds": self.rounds,
            "targets": target::json(&self.targets()),
            "weights": weight::json(&self.weights),
            "figures": self.figures.iter().map(Figure::json).collect::<Vec<_>>(),
        })
    }

    /// The tables alone.
    pub fn tables(&self) -> String {
        let mut text = String::new();
        if !self.weights.is_empty() {
            text += "## Octets on the wire\n\n";
            text += &weight::markdown(&self.weights);
        }
        for figure in &self.figures {
            text += &format!("\n## {}\n\n{}", figure.title, figure.markdown());
        }
        text
    }

    /// `docs/performance.md`.
    pub fn markdown(&self) -> String {
        let word = |name: &str| match &self.machine[name] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        format!(
            "# Performance\n\nWritten by `cargo xtask bench`, {} rounds on this machine: {}, {} cores, {} GB of memory, {};\n\
             the load before was {}. Of each figure the median stands here, the least and the most, and the ratio: how often\n\
             the row's median goes into that of the first row. Below 1 the first row is better.\n\n## Promises\n\n{}\n{}\n{HOW}",
            self.rounds,
            word("processor"),
            word("cores"),
            word("memory"),
            word("browser"),
            word("load"),
            target::markdown(&self.targets()),
            self.tables(),
        )
    }
}
