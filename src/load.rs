//! Element (Rust): what came of a load: a feed, or why there is none. JavaScript asks for it (`feed.js`).

use joint_events_model::read::{ReadError, Reading, read};

/// Why there is no feed.
pub struct Failure {
    /// The HTTP number, or one of `network timeout format version`, as JSON text.
    pub status: String,
    /// What was expected and found.
    pub message: String,
}

/// The feed that octets are; what is no UTF-8 in them is replaced.
pub fn reading(octets: Vec<u8>) -> Result<Reading, Failure> {
    let text = String::from_utf8(octets).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    read(&text).map_err(|error| Failure {
        status: match error {
            ReadError::Format(_) => "\"format\"",
            ReadError::Version(_) => "\"version\"",
        }
        .to_owned(),
        message: error.problem().sentence(),
    })
}
