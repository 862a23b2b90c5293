//! View: waits for what a page downloads only when its visitor wants it, the second part of the wasm.

use std::rc::Rc;

use joint_events_model::link::Link;

use super::doors;
use super::node::{Node, node};
use super::state::{Said, Widget};
use super::status::retry_with;
use super::subject::Subject;

/// Where the second part stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Later {
    /// Nobody wanted it.
    Away,
    /// It is on its way.
    Asked,
    /// What stands behind [`super::doors`] can be called.
    Here,
    /// It could not be had.
    Missed,
}

/// What stands behind a door, while it is open: nothing until the second part is there, or that it could not be had.
pub fn behind(subject: &Rc<Subject>, is_open: bool, door: fn(&Rc<Subject>) -> Option<Node>) -> Option<Node> {
    if !is_open {
        return None;
    }
    match *subject.widget.later.get() {
        Later::Here => door(subject),
        Later::Missed => Some(missed(subject)),
        Later::Away => {
            ask(&subject.widget);
            None
        }
        Later::Asked => None,
    }
}

/// What the second part does with a widget.
pub type Deed = fn(&Widget);

/// Does what stands behind a door, now or once the second part is there: of what waits for it the last is done.
pub fn call(subject: &Subject, door: Deed) {
    let widget = &subject.widget;
    if is_here(widget) {
        return door(widget);
    }
    *widget.due.borrow_mut() = Some(door);
    ask(widget);
}

/// The second part came, or it did not.
pub fn came(widget: &Widget, is_here: bool) {
    widget.later.settle(if is_here { Later::Here } else { Later::Missed });
    let due = widget.due.take();
    match due.filter(|_| is_here) {
        Some(door) => door(widget),
        None if due.is_some() => widget.speak(widget.strings().not_downloaded.to_owned()),
        None => {}
    }
}

/// Whether the second part is there.
pub fn is_here(widget: &Widget) -> bool {
    *widget.later.get() == Later::Here
}

/// The place in the feed of the event that stands before the list, which does not have it.
pub fn pinned(widget: &Widget) -> Option<usize> {
    // Mostly there is none.
    if widget.pinned.get().is_empty() || !is_here(widget) {
        return None;
    }
    doors::pinned(widget)
}

/// A registration link as the host wants it to be; as the feed has it, where the second part could not be had.
pub fn tagged(widget: &Widget, link: Link) -> Link {
    let options = widget.options.get();
    let is_plain = options.campaign.iter().all(String::is_empty);
    if is_plain || !is_here(widget) {
        return link;
    }
    doors::tagged(&options, &link)
}

/// Whether the visitor is told what joining would save: one who is known to be a member of none, once it can be said.
pub fn tells_of_joining(widget: &Widget) -> bool {
    widget.is_no_member() && is_here(widget)
}

/// Asks for the second part, unless it is there or on its way.
pub fn ask(widget: &Widget) {
    let later = &widget.later;
    if matches!(*later.get(), Later::Away | Later::Missed) {
        later.set(Later::Asked);
        widget.tell(Said::Later);
    }
}

/// Asks for it before anything is shown that would change with it.
pub fn ask_ahead(widget: &Widget) {
    if *widget.later.get() == Later::Away && widget.needs_later() {
        ask(widget);
    }
}

fn missed(subject: &Rc<Subject>) -> Node {
    let words = subject.language().strings().not_downloaded;
    node("div|part=message|class=message message-later")
        .child(node("p|role=alert").text(words))
        .child(retry_with(subject, |subject, _| ask(&subject.widget)))
}
