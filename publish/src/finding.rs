//! Publish: what is wrong with a feed or a source, and the words that say so.

use std::fmt;

use joint_events_model::text::clean_line;
use serde::Serialize;
use serde_json::Value;

/// Whether a finding keeps an event from being published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It would tell a visitor something wrong.
    Error,
    /// It is worth a look.
    Warning,
}

/// One thing that is wrong: where, what was expected, what was found.
///
/// ```
/// use joint_events_publish::finding::Finding;
///
/// let finding = Finding::error("price", "events[3].offers[0].price", "a decimal such as \"25.00\"", "\"25 $\"").of("feed.json");
/// assert_eq!(
///     finding.to_string(),
///     "feed.json: events[3].offers[0].price: expected a decimal such as \"25.00\", found \"25 $\""
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file, as it was named.
    pub file: String,
    /// The most exact existing place; of a missing member, the absent one; empty for the whole file.
    pub path: String,
    /// How bad it is.
    pub severity: Severity,
    /// The rule's short name.
    pub rule: String,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// What was perhaps meant.
    pub suggestion: Option<String>,
}

impl Finding {
    /// A finding that keeps its event from being published.
    pub fn error(rule: &str, path: impl Into<String>, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            file: String::new(),
            path: path.into(),
            severity: Severity::Error,
            rule: rule.to_owned(),
            expected: expected.into(),
            found: found.into(),
            suggestion: None,
        }
    }

    /// A finding that is worth a look.
    pub fn warning(rule: &str, path: impl Into<String>, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(rule, path, expected, found)
        }
    }

    /// The same finding, of a file.
    #[must_use]
    pub fn of(self, file: &str) -> Self {
        Self {
            file: file.to_owned(),
            ..self
        }
    }

    /// The same finding, with what was perhaps meant.
    #[must_use]
    pub fn suggest(self, suggestion: Option<String>) -> Self {
        Self { suggestion, ..self }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [&self.file, &self.path] {
            if !part.is_empty() {
                write!(f, "{part}: ")?;
            }
        }
        write!(f, "expected {}, found {}", self.expected, self.found)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, " (did you mean {suggestion}?)"),
            None => Ok(()),
        }
    }
}

/// All findings as the document that `check --format json` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Findings<'a> {
    /// In the order of the files.
    pub findings: &'a [Finding],
}

/// What was found in a document, in words that fit a line.
///
/// ```
/// use joint_events_publish::finding::describe;
///
/// assert_eq!(describe(Some(&serde_json::json!("25 $"))), "\"25 $\"");
/// assert_eq!(describe(None), "nothing");
/// ```
pub fn describe(value: Option<&Value>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Value::String(text)) => format!("\"{}\"", clean_line(text, 60).0),
        Some(Value::Array(_)) => "an array".to_owned(),
        Some(Value::Object(_)) => "an object".to_owned(),
        Some(plain @ (Value::Null | Value::Bool(_) | Value::Number(_))) => plain.to_string(),
    }
}

/// The candidate that a mistyped word was perhaps meant to be, in quotes.
///
/// ```
/// use joint_events_publish::finding::meant;
///
/// assert_eq!(meant("organisers", ["organizers", "offers"]).as_deref(), Some("\"organizers\""));
/// assert_eq!(meant("xyz", ["organizers", "offers"]), None);
/// ```
pub fn meant<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = joint_events_model::text::fold(word);
    let most = folded.chars().count().div_euclid(3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| {
            let other = joint_events_model::text::fold(candidate);
            let stem = folded
                .chars()
                .zip(other.chars())
                .take_while(|(one, other)| one == other)
                .count();
            (strsim::damerau_levenshtein(&folded, &other), stem, candidate)
        })
        // A word with the same stem and another ending is meant too: `finance` for `financing`.
        .filter(|(distance, stem, _)| *distance <= most || (*stem >= 5 && *distance <= 3))
        .map(|(distance, _, candidate)| (distance, candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| format!("\"{candidate}\""))
}
