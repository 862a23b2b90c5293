//! Element (Rust): what came of a load: a feed, or why there is none. JavaScript asks for it (`feed.js`).

use std::cell::RefCell;

use joint_events_model::problem::Problem;
use joint_events_model::read::{ReadError, Reader};
use joint_events_model::select::Index;
use joint_events_model::text::split_off;
use joint_events_model::time::Instant;

use crate::several::Several;
use crate::view::state::{Lack, Loaded};
use crate::{doors, faults};

/// How much is done at once: octets of the text that are read, then events of the index. Some tenths of a millisecond each.
pub const OCTETS: usize = 8192;
pub const EVENTS: usize = 16;

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
        let (status, message) = split_off(lines, b'\n');
        Self {
            status: status.to_owned(),
            message: message.unwrap_or_default().to_owned(),
        }
    }
}

/// A feed on its way from its text to what is shown, a bit at a time.
pub struct Load {
    /// What came of it.
    pub text: String,
    reader: Reader,
    /// What was read, whose index is made then.
    pub loaded: Option<Loaded>,
    /// The problems met on the way.
    pub problems: Vec<Problem>,
    /// What it will lack.
    pub lack: Lack,
    /// Whether events of it are to become one behind the door.
    pub has_twins: bool,
    /// What is to become one feed there.
    pub several: Option<Box<Several>>,
}

impl Load {
    /// A feed without its text, which lacks something where it is to be shown in place of several.
    pub fn new(lack: Lack) -> Box<Self> {
        Box::new(Self {
            text: String::new(),
            reader: Reader::default(),
            loaded: None,
            problems: Vec::new(),
            lack,
            has_twins: false,
            several: None,
        })
    }

    /// Goes on for a bit, and tells whether that was all.
    pub fn step(&mut self) -> Result<bool, Failure> {
        faults::strike("read");
        if self.several.is_some() {
            return doors::unite(self);
        }
        if let Some(loaded) = &mut self.loaded {
            return Ok(loaded.index.get_mut().step(&loaded.feed, EVENTS));
        }
        if let Some(outcome) = self.reader.step(&self.text, OCTETS) {
            let reading = outcome.map_err(unread)?;
            // It may be large, and the index needs room.
            self.text = String::new();
            self.problems = reading.problems;
            self.has_twins = reading.has_twins;
            self.loaded = Some(Loaded {
                index: RefCell::new(Index::begin(&reading.feed)),
                total: reading.feed.events.len(),
                feed: reading.feed,
                skipped: reading.skipped,
                lack: self.lack,
                at: Instant(0),
            });
        }
        Ok(false)
    }
}

/// Why a text is no feed.
pub fn unread(error: ReadError) -> Failure {
    Failure {
        status: match error {
            ReadError::Format(_) => "\"format\"",
            ReadError::Version(_) => "\"version\"",
        }
        .to_owned(),
        message: error.problem().sentence(),
    }
}
