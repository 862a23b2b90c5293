//! Model: what was left out of a feed, and the words that say so to a developer.

use std::fmt;

/// One thing that a reader left out or did not understand: where, what was expected, what was found.
///
/// ```
/// use joint_events_model::problem::Problem;
///
/// let problem = Problem::new("events[3].offers[0].price", "a decimal such as \"25.00\"", "\"25 $\"");
/// assert_eq!(
///     problem.to_string(),
///     "events[3].offers[0].price: expected a decimal such as \"25.00\", found \"25 $\""
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place, as in `events[3].offers[0].price`; empty for the document itself.
    pub path: String,
    /// What was expected there.
    pub expected: String,
    /// What was found there, cut to a readable length.
    pub found: String,
}

impl Problem {
    /// A problem at a path.
    pub fn new(path: impl Into<String>, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            expected: expected.into(),
            found: found.into(),
        }
    }

    /// The sentence without the place: `expected …, found …`.
    pub fn message(&self) -> String {
        ["expected ", &self.expected, ", found ", &self.found].concat()
    }

    /// The whole sentence, as `Display` writes it; `core::fmt`, which that needs, weighs in a binary.
    pub fn sentence(&self) -> String {
        let separator = if self.path.is_empty() { "" } else { ": " };
        [&self.path, separator, &self.message()].concat()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}
