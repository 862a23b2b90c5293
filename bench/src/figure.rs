//! Bench: a figure: pages beside each other, and what was measured of each.

use serde_json::{Value, json};

use crate::statistics::Samples;

/// What the numbers of a figure are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// With one decimal.
    Milliseconds,
    /// 1,000,000 octets, with one decimal.
    Megabytes,
}

impl Unit {
    /// As it is written after a number.
    pub fn name(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::Megabytes => "MB",
        }
    }
}

/// Pages beside each other. The first row is the widget's: each other row tells how often its median goes into that.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The letter-like name that `--only` takes, and its condition: `first 1.6 Mbit/s`.
    pub key: String,
    /// What was measured.
    pub title: String,
    /// Of all numbers.
    pub unit: Unit,
    /// What is measured of each page.
    pub columns: &'static [&'static str],
    /// A page's title and its measurements, one for each column.
    pub rows: Vec<(&'static str, Vec<Samples>)>,
    /// What a row is: a page, which has a ratio to the first, else something that has none.
    rows_of: &'static str,
}

/// What has ratios.
const PAGE: &str = "page";

impl Figure {
    /// Without a measurement yet.
    pub fn new(
        key: impl Into<String>,
        title: impl Into<String>,
        unit: Unit,
        columns: &'static [&'static str],
        rows: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        let empty = |title| (title, vec![Samples::default(); columns.len()]);
        Self {
            key: key.into(),
            title: title.into(),
            unit,
            columns,
            rows: rows.into_iter().map(empty).collect(),
            rows_of: PAGE,
        }
    }

    /// The same of things that are not compared with each other, by what they are.
    pub fn of(self, rows_of: &'static str) -> Self {
        Self { rows_of, ..self }
    }

    /// Takes a measurement of each column, or why there is none of any.
    pub fn add(&mut self, row: &str, found: Result<Vec<Option<f64>>, String>) {
        let own = self.rows.iter_mut().find(|(title, _)| *title == row);
        let Some((_, samples)) = own else { return };
        match found {
            Ok(values) => {
                for (samples, value) in samples.iter_mut().zip(values) {
                    if let Some(value) = value {
                        samples.add(Ok(value));
                    }
                }
            }
            Err(failure) => {
                for samples in samples {
                    samples.add(Err(failure.clone()));
                }
            }
        }
    }

    /// What a page's column came to.
    pub fn samples(&self, row: &str, column: &str) -> Option<&Samples> {
        let place = self.columns.iter().position(|own| *own == column)?;
        let (_, samples) = self.rows.iter().find(|(title, _)| *title == row)?;
        samples.get(place)
    }

    /// All of it, as it is kept.
    pub fn json(&self) -> Value {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|(title, samples)| json!({"page": title, "columns": samples.iter().map(Samples::json).collect::<Vec<_>>()}))
            .collect();
        json!({"key": self.key, "title": self.title, "unit": self.unit.name(), "columns": self.columns, "rows": rows})
    }

    /// A table of medians, spreads and ratios, and below it what failed.
    pub fn markdown(&self) -> String {
        let (ratio, rule) = match self.rows_of {
            PAGE => (" | ratio", " ---: | ---: |"),
            _ => ("", " ---: |"),
        };
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|column| format!("{column}, {}{ratio}", self.unit.name()))
            .collect();
        let mut text = format!(
            "| {} | {} |\n| --- |{}\n",
            self.rows_of,
            columns.join(" | "),
            rule.repeat(self.columns.len())
        );
        let own = self
            .rows
            .first()
            .map(|(_, samples)| samples.as_slice())
            .unwrap_or_default();
        for (title, samples) in &self.rows {
            let cells: Vec<String> = samples
                .iter()
                .zip(own)
                .map(|(samples, own)| cell(samples, (self.rows_of == PAGE).then_some(own)))
                .collect();
            text.push_str(&format!("| {title} | {} |\n", cells.join(" | ")));
        }
        for (title, samples) in &self.rows {
            for failure in samples.first().map(Samples::failures).unwrap_or_default() {
                text.push_str(&format!("\n{title} failed: {failure}\n"));
            }
        }
        text
    }
}

/// `12.3 (11.0–14.1) | 0.50`, the ratio where it is told to what.
fn cell(samples: &Samples, own: Option<&Samples>) -> String {
    let found = samples.median().zip(samples.spread());
    let words = found.map_or("–".to_owned(), |(median, (least, most))| {
        format!("{median:.1} ({least:.1}–{most:.1})")
    });
    let Some(own) = own else { return words };
    let ratio = own.ratio(samples).map_or("–".to_owned(), |ratio| match ratio < 0.1 {
        true => format!("{ratio:.3}"),
        false => format!("{ratio:.2}"),
    });
    format!("{words} | {ratio}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> Figure {
        let mut figure = Figure::new("x", "X", Unit::Milliseconds, &["a", "b"], ["own", "other"]);
        figure.add("own", Ok(vec![Some(1.0), None]));
        figure.add("own", Ok(vec![Some(3.0), Some(5.0)]));
        figure.add("other", Ok(vec![Some(4.0), Some(2.5)]));
        figure
    }

    #[test]
    fn a_table_has_medians_spreads_and_the_ratio_to_the_first_row() {
        assert_eq!(
            figure().markdown(),
            "| page | a, ms | ratio | b, ms | ratio |\n| --- | ---: | ---: | ---: | ---: |\n\
             | own | 2.0 (1.0–3.0) | 1.00 | 5.0 (5.0–5.0) | 1.00 |\n\
             | other | 4.0 (4.0–4.0) | 0.50 | 2.5 (2.5–2.5) | 2.00 |\n"
        );
    }

    #[test]
    fn what_is_no_page_has_no_ratio() {
        assert_eq!(
            figure().of("what").markdown(),
            "| what | a, ms | b, ms |\n| --- | ---: | ---: |\n\
             | own | 2.0 (1.0–3.0) | 5.0 (5.0–5.0) |\n| other | 4.0 (4.0–4.0) | 2.5 (2.5–2.5) |\n"
        );
    }

    #[test]
    fn what_failed_is_told_below_the_table_and_leaves_a_dash() {
        let mut figure = Figure::new("x", "X", Unit::Megabytes, &["a"], ["own"]);
        figure.add("own", Err("expected a list, found none".to_owned()));
        let table = figure.markdown();
        assert!(table.contains("| own | – | – |\n"), "{table}");
        assert!(
            table.ends_with("\nown failed: expected a list, found none\n"),
            "{table}"
        );
    }

    #[test]
    fn measurements_are_found_by_row_and_column() {
        let median = |row, column| figure().samples(row, column)?.median();
        assert_eq!(median("own", "b"), Some(5.0));
        assert_eq!((median("own", "c"), median("nobody", "a")), (None, None));
    }
}
