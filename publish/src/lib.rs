//! Publish: from what the associations have to one checked feed, and from that to calendars, lists and JSON-LD.
//!
//! The command `joint-events` stands in `main.rs`; each file here is one noun or one verb of it. It knows the model and
//! the words alone, no browser. A source's bytes become drafts in [`import`], these are completed in [`merge`] and priced
//! in [`overlay`], [`lint`] says what is wrong, and [`build`] chooses what is published and writes it.

pub mod build;
pub mod calendar;
pub mod command;
pub mod config;
pub mod country;
pub mod diff;
pub mod draft;
pub mod export;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod finding;
pub mod ids;
pub mod import;
pub mod input;
pub mod json_ld;
pub mod lint;
pub mod list;
pub mod markup;
pub mod merge;
pub mod overlay;
pub mod place;
pub mod region;
pub mod run;
pub mod say;
pub mod schema;
pub mod template;
pub mod town;
pub mod write;
pub mod zone;
