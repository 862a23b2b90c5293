//! Element (Rust): several feeds on their way to one, a bit at a time, which comes later; and what is told of those that did not
//! come. JavaScript waits for them (`feeds.js`).

use std::cell::RefCell;

use joint_events_model::Feed;
use joint_events_model::decimal::{decimal, whole};
use joint_events_model::merge::Merge;
use joint_events_model::problem::Problem;
use joint_events_model::read::{Reader, Reading};
use joint_events_model::select::Index;
use joint_events_model::time::Instant;

use crate::load::{EVENTS, Failure, Load, OCTETS, unread};
use crate::view::state::{Lack, Loaded};

/// How the sentence of a failure begins.
const EXPECTED: &str = "expected ";

/// Several feeds, or one whose events are to become fewer.
pub struct Several {
    /// Which feeds have a text, by their numbers, in order.
    numbers: Vec<usize>,
    /// The texts, as far as they came.
    texts: Vec<String>,
    /// How many of them are read.
    read: usize,
    reader: Reader,
    feeds: Vec<Feed>,
    merge: Option<Merge>,
    problems: Vec<Problem>,
    total: usize,
    skipped: usize,
    lack: Lack,
}

impl Several {
    fn new() -> Box<Self> {
        Box::new(Self {
            numbers: Vec::new(),
            texts: Vec::new(),
            read: 0,
            reader: Reader::default(),
            feeds: Vec::new(),
            merge: None,
            problems: Vec::new(),
            total: 0,
            skipped: 0,
            lack: Lack::Nothing,
        })
    }

    /// Begins with feeds of which each has a line, in order: empty where its text is there, `late` where it may still come;
    /// where it failed the moment of the copy that is shown in its place, in seconds since 1970, or 0 where there is none,
    /// then a space and why. [`take`](Self::take) brings the texts.
    pub fn begin(lines: &str) -> Box<Load> {
        let mut several = Self::new();
        for (number, line) in lines.split('\n').enumerate() {
            let lack = match line.split_once(' ') {
                None if line.is_empty() => {
                    several.numbers.push(number);
                    continue;
                }
                None => Lack::Awaited,
                Some((copied_at, why)) => {
                    several.problems.push(lost(number, why));
                    match whole(copied_at).unwrap_or_default() {
                        0 => Lack::Part,
                        seconds => {
                            several.numbers.push(number);
                            Lack::Old(Instant(i64::from(seconds).saturating_mul(1000)))
                        }
                    }
                }
            };
            several.lack = worse(several.lack, lack);
        }
        let mut load = Load::new(Lack::Nothing);
        load.several = Some(several);
        load
    }

    /// Takes the text of the next feed that has one.
    pub fn take(load: &mut Load, text: String) {
        if let Some(several) = &mut load.several {
            several.texts.push(text);
        }
    }

    fn number(&self) -> usize {
        self.numbers.get(self.read).copied().unwrap_or_default()
    }

    fn add(&mut self, mut reading: Reading) {
        let number = self.number();
        for problem in &mut reading.problems {
            problem.path = within(number, &problem.path);
        }
        self.problems.append(&mut reading.problems);
        self.total = self.total.saturating_add(reading.feed.events.len());
        self.skipped = self.skipped.saturating_add(reading.skipped);
        self.feeds.push(reading.feed);
        // It may be large, and the next feed needs room.
        if let Some(text) = self.texts.get_mut(self.read) {
            *text = String::new();
        }
        self.reader = Reader::default();
        self.read = self.read.wrapping_add(1);
    }
}

/// The one of which a visitor must know rather: what is not there at all, then what is old, the oldest of it.
fn worse(one: Lack, other: Lack) -> Lack {
    match (one, other) {
        (Lack::Part, _) | (_, Lack::Part) => Lack::Part,
        (Lack::Old(one), Lack::Old(other)) => Lack::Old(one.min(other)),
        (Lack::Old(_), _) => one,
        (_, Lack::Old(_)) => other,
        (Lack::Awaited, _) => one,
        (Lack::Nothing, _) => other,
    }
}

/// The path of a place in one of several feeds.
fn within(number: usize, path: &str) -> String {
    let dot = if path.is_empty() { "" } else { "." };
    ["feed[", &decimal(number), "]", dot, path].concat()
}

/// The problem of a whole feed, of a failure's sentence: a path where it is one of reading, what was expected and found.
fn lost(number: usize, why: &str) -> Problem {
    let (path, sentence) = match why.split_once(':') {
        Some((path, sentence)) if !why.starts_with(EXPECTED) => (path, sentence.trim_ascii_start()),
        Some(_) | None => ("", why),
    };
    let rest = sentence.strip_prefix(EXPECTED).unwrap_or(sentence);
    let (mut expected, mut found) = (rest, "none");
    for (place, octet) in rest.bytes().enumerate() {
        let after = rest.get(place..).filter(|_| octet == b',').unwrap_or_default();
        if let Some(after) = after.strip_prefix(", found ") {
            expected = rest.get(..place).unwrap_or_default();
            found = after;
            break;
        }
    }
    Problem {
        path: within(number, path),
        expected: expected.to_owned(),
        found: found.to_owned(),
    }
}

/// Has the events of a feed that was read become one that are the same.
pub fn unite_twins(load: &mut Load) {
    let Some(loaded) = load.loaded.take() else { return };
    let mut several = Several::new();
    several.problems.append(&mut load.problems);
    several.total = loaded.total;
    several.skipped = loaded.skipped;
    several.lack = loaded.lack;
    several.merge = Some(Merge::begin(loaded.feed, Vec::new()));
    load.several = Some(several);
}

/// Goes on for a bit: then there is more to do, for the index follows. Where a text is no feed the message has its number and the
/// status too, as [`crate::Mounted::act`] says.
pub fn step(load: &mut Load) -> Result<bool, Failure> {
    let Some(several) = &mut load.several else {
        return Ok(false);
    };
    if let Some(merge) = &mut several.merge {
        if merge.step(EVENTS) {
            finish(load);
        }
        return Ok(false);
    }
    if let Some(text) = several.texts.get(several.read) {
        match several.reader.step(text, OCTETS) {
            None => {}
            Some(Ok(reading)) => several.add(reading),
            Some(Err(error)) => {
                let mut failure = unread(error);
                let number = decimal(several.number());
                failure.message = [&number, " ", &failure.status, "\n", &failure.message].concat();
                return Err(failure);
            }
        }
        return Ok(false);
    }
    let mut feeds = Vec::new();
    feeds.append(&mut several.feeds);
    if feeds.is_empty() {
        // No text came of any: that is what the reader says of an empty one.
        load.several = None;
        return Ok(false);
    }
    let first = feeds.remove(0);
    several.merge = Some(Merge::begin(first, feeds));
    Ok(false)
}

fn finish(load: &mut Load) {
    let Some(several) = load.several.take() else { return };
    let Some(merge) = several.merge else { return };
    let feed = merge.done();
    load.problems = several.problems;
    load.loaded = Some(Loaded {
        index: RefCell::new(Index::begin(&feed)),
        feed,
        total: several.total,
        skipped: several.skipped,
        lack: several.lack,
        at: Instant(0),
    });
}
