//! View: all that the first part of the wasm may call of the second. What stands behind these is downloaded with them
//! (`xtask/src/split.rs`), so that [`super::later`] alone may open them: before, each is a trap.
//!
//! None is inlined: what is called from here stands in the second part, what calls these in the first.

use std::rc::Rc;

use super::node::Node;
use super::state::Widget;
use super::subject::Subject;
use super::{calendar, details, lacking, linked, month};

/// What opens below an event.
#[inline(never)]
pub fn details(subject: &Rc<Subject>) -> Option<Node> {
    details::details(subject)
}

/// The ways of an event into a calendar.
#[inline(never)]
pub fn calendar_menu(subject: &Rc<Subject>) -> Option<Node> {
    calendar::menu(subject)
}

/// The ways of all that match, and of what is published, into a calendar.
#[inline(never)]
pub fn set_menu(subject: &Rc<Subject>) -> Option<Node> {
    calendar::set_menu(subject)
}

/// Hands the host the calendar file of all that match.
#[inline(never)]
pub fn save_calendar(widget: &Widget) {
    calendar::save_all(widget);
}

/// The month view.
#[inline(never)]
pub fn month(subject: &Rc<Subject>) -> Option<Node> {
    month::month(subject)
}

/// What is not there of several feeds.
#[inline(never)]
pub fn lacking(subject: &Rc<Subject>) -> Option<Node> {
    lacking::lacking(subject)
}

/// The place in the feed of the event that stands before the list.
#[inline(never)]
pub fn pinned(widget: &Widget) -> Option<usize> {
    linked::pinned(widget)
}

/// Why an event stands before the list.
#[inline(never)]
pub fn notice(subject: &Rc<Subject>) -> Option<Node> {
    linked::notice(subject)
}

/// The link to what is selected.
#[inline(never)]
pub fn copy_selection(subject: &Rc<Subject>) -> Option<Node> {
    linked::copy_selection(subject)
}
