//! Hostile: what holds for any octets at every entrance. Each body stands here once: `cargo test` has it hold for the
//! corpora, the command for inputs made of them, and `fuzz/` for those that libFuzzer finds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a body that meets the unexpected ends"
)]

pub mod body;
pub mod change;
pub mod corpus;
pub mod run;

/// An entrance: where octets that nobody here wrote come in.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// As the command, the corpus and the fuzz target are called.
    pub name: &'static str,
    /// Panics where something does not hold.
    pub body: fn(&[u8]),
    /// How many inputs the command tries, unless it is told.
    pub inputs: u64,
}

/// Every entrance.
pub const TARGETS: &[Target] = &[
    target("feed", body::feed::feed, 1_000_000),
    target("event", body::feed::event, 1_000_000),
    target("published", body::published::published, 100_000),
    target("link", body::words::link, 1_000_000),
    target("time", body::words::time, 1_000_000),
    target("text", body::words::text, 1_000_000),
    target("table", body::source::table, 100_000),
    target("prices", body::source::prices, 100_000),
    target("calendar", body::source::calendar, 100_000),
    target("the-events-calendar", body::source::the_events_calendar, 100_000),
    target("page", body::source::page, 100_000),
    target("config", body::source::config, 100_000),
];

const fn target(name: &'static str, body: fn(&[u8]), inputs: u64) -> Target {
    Target { name, body, inputs }
}
