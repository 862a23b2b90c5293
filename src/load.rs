//! Element (Rust): what came of a load: a feed, or why there is none. JavaScript asks for it (`feed.js`).

use std::cell::RefCell;

use joint_events_model::problem::Problem;
use joint_events_model::read::{ReadError, Reader};
use joint_events_model::select::Index;
use joint_events_model::time::Instant;

use crate::faults;
use crate::view::state::Loaded;

/// How much is read at once: octets of the text, then events of the index. Some tenths of a millisecond each.
const OCTETS: usize = 8192;
const EVENTS: usize = 16;

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

/// A feed on its way from its text to what is shown, a bit at a time.
pub struct Load {
    text: String,
    reader: Reader,
    /// What was read, whose index is made then.
    pub loaded: Option<Loaded>,
    /// The problems met on the way.
    pub problems: Vec<Problem>,
}

impl Load {
    /// The feed of a text.
    pub fn new(text: String) -> Box<Self> {
        Box::new(Self {
            text,
            reader: Reader::default(),
            loaded: None,
            problems: Vec::new(),
        })
    }

    /// Goes on for a bit, and tells whether that was all.
    pub fn step(&mut self) -> Result<bool, Failure> {
        faults::strike("read");
        if let Some(loaded) = &mut self.loaded {
            return Ok(loaded.index.get_mut().step(&loaded.feed, EVENTS));
        }
        if let Some(outcome) = self.reader.step(&self.text, OCTETS) {
            let reading = outcome.map_err(unread)?;
            // It may be large, and the index needs room.
            self.text = String::new();
            self.problems = reading.problems;
            self.loaded = Some(Loaded {
                index: RefCell::new(Index::begin(&reading.feed)),
                feed: reading.feed,
                skipped: reading.skipped,
                at: Instant(0),
            });
        }
        Ok(false)
    }
}

fn unread(error: ReadError) -> Failure {
    Failure {
        status: match error {
            ReadError::Format(_) => "\"format\"",
            ReadError::Version(_) => "\"version\"",
        }
        .to_owned(),
        message: error.problem().sentence(),
    }
}
