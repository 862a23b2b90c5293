//! View: all that the first part of the wasm may call of the second. What stands behind these is downloaded with them
//! (`xtask/src/split.rs`), so that [`super::later`] alone may open them: before, each is a trap.
//!
//! None is inlined: what is called from here stands in the second part, what calls these in the first.

use std::rc::Rc;

use joint_events_model::link::Link;
use joint_events_model::select::Facet;
use joint_events_model::{Feed, campaign};

use super::node::Node;
use super::state::{Options, Widget};
use super::strings::Language;
use super::subject::Subject;
use super::{calendar, details, found, joining, lacking, linked, month, prices};

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

/// Prices the events of the feed for the visitor at this moment.
#[inline(never)]
pub fn price(widget: &Widget) {
    prices::price(widget);
}

/// Has the index find what is searched for.
#[inline(never)]
pub fn search(widget: &Widget) {
    found::search(widget);
}

/// Takes back the choice of one's own rates from a visitor who is no member any more, and tells whether there was one.
#[inline(never)]
pub fn let_go(widget: &Widget) -> bool {
    prices::let_go(widget)
}

/// What a facet of prices is called.
#[inline(never)]
pub fn facet_name(facet: Facet, language: Language) -> &'static str {
    prices::facet_name(facet, language)
}

/// What a choice of such a facet is called.
#[inline(never)]
pub fn price_choice(feed: &Feed, id: &str, language: Language) -> String {
    prices::choice(feed, id, language)
}

/// What joining would save on an event.
#[inline(never)]
pub fn joining(subject: &Rc<Subject>) -> Vec<Node> {
    joining::of_event(subject)
}

/// What joining would save on all that match.
#[inline(never)]
pub fn season(subject: &Rc<Subject>) -> Option<Node> {
    joining::season(subject)
}

/// The link to what is selected.
#[inline(never)]
pub fn copy_selection(subject: &Rc<Subject>) -> Option<Node> {
    linked::copy_selection(subject)
}

/// A registration link with what the host has it tell.
#[inline(never)]
pub fn tagged(options: &Options, link: &Link) -> Link {
    campaign::tagged(link, &options.campaign)
}
