//! Publish: from what the associations have to one checked feed, and from that to calendars, lists and JSON-LD.
//!
//! The command `joint-events` stands in `main.rs`; each file here is one noun or one verb of it. It knows the model and
//! the words alone, no browser. A source's bytes become drafts in [`import`].

pub mod draft;
pub mod finding;
pub mod ids;
pub mod import;
pub mod markup;
pub mod town;
pub mod zone;
