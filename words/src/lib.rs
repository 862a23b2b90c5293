//! Words: what a visitor reads, for the widget's view and for the lists and calendars that the publisher's tool writes.
//!
//! ```
//! use joint_events_words::strings::Language;
//!
//! assert_eq!(Language::of("fr-CA").strings().register, "S’inscrire");
//! ```

pub mod languages;
pub mod later;
pub mod names;
pub mod strings;
