//! Element (Rust): what came of a load: a feed, or why there is none. JavaScript asks for it (`feed.js`).

use joint_events_model::read::{ReadError, Reading, read};

/// Why there is no feed.
pub struct Failure {
    /// The HTTP number, or one of `network timeout format version`, as JSON text.
    pub status: String,
    /// What was expected and found.
    pub message: String,
}

impl Failure {
    /// The failure that two lines tell.
    pub fn of(lines: &str) -> Self {
        let (status, message) = lines.split_once('\n').unwrap_or((lines, ""));
        Self {
            status: status.to_owned(),
            message: message.to_owned(),
        }
    }
}

/// The feed that a text is.
pub fn reading(text: &str) -> Result<Reading, Failure> {
    read(text).map_err(|error| Failure {
        status: match error {
            ReadError::Format(_) => "\"format\"",
            ReadError::Version(_) => "\"version\"",
        }
        .to_owned(),
        message: error.problem().sentence(),
    })
}
