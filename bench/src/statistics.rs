//! Bench: what many measurements of one thing come to.

use serde_json::{Value, json};

/// Measurements of one thing, and what failed on the way.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    values: Vec<f64>,
    failures: Vec<String>,
}

impl Samples {
    /// Takes one more measurement, or why there is none.
    pub fn add(&mut self, found: Result<f64, String>) {
        match found {
            Ok(value) => self.values.push(value),
            Err(failure) => self.failures.push(failure),
        }
    }

    /// The one in the middle, or the mean of the two; `None` without any.
    pub fn median(&self) -> Option<f64> {
        let sorted = self.sorted();
        let middle = sorted.len() / 2;
        let upper = sorted.get(middle)?;
        if sorted.len().is_multiple_of(2) {
            return Some((sorted.get(middle.checked_sub(1)?)? + upper) / 2.0);
        }
        Some(*upper)
    }

    /// The least and the most.
    pub fn spread(&self) -> Option<(f64, f64)> {
        let sorted = self.sorted();
        Some((*sorted.first()?, *sorted.last()?))
    }

    /// How often the median of `other` goes into the own one.
    pub fn ratio(&self, other: &Self) -> Option<f64> {
        let (own, other) = (self.median()?, other.median()?);
        (other > 0.0).then(|| own / other)
    }

    /// What failed, each once.
    pub fn failures(&self) -> Vec<&str> {
        let mut failures: Vec<&str> = self.failures.iter().map(String::as_str).collect();
        failures.sort_unstable();
        failures.dedup();
        failures
    }

    /// All of it, as it is kept.
    pub fn json(&self) -> Value {
        json!({"median": self.median(), "spread": self.spread(), "values": self.values, "failures": self.failures})
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.values.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> Samples {
        let mut samples = Samples::default();
        values.iter().for_each(|value| samples.add(Ok(*value)));
        samples
    }

    #[test]
    fn the_median_of_an_even_number_is_between_the_two_in_the_middle() {
        assert_eq!(of(&[4.0, 1.0, 2.0, 9.0]).median(), Some(3.0));
        assert_eq!(of(&[]).median(), None);
    }

    #[test]
    fn the_spread_is_from_the_least_to_the_most() {
        assert_eq!(of(&[10.0, 9.0, 100.0]).spread(), Some((9.0, 100.0)));
        assert_eq!(of(&[]).spread(), None);
    }

    #[test]
    fn a_ratio_is_of_medians_and_none_to_nothing() {
        assert_eq!(of(&[1.0, 3.0, 80.0]).ratio(&of(&[2.0])), Some(1.5));
        assert_eq!(of(&[1.0]).ratio(&of(&[])), None);
        assert_eq!(of(&[1.0]).ratio(&of(&[0.0])), None);
    }

    #[test]
    fn a_failure_is_told_once_and_counts_for_nothing_else() {
        let mut samples = of(&[5.0]);
        samples.add(Err("late".to_owned()));
        samples.add(Err("late".to_owned()));
        assert_eq!((samples.median(), samples.failures()), (Some(5.0), vec!["late"]));
    }
}
