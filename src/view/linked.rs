//! View: the event that the page's address names, and the links that lead to one or to what is selected.

use std::rc::Rc;

use joint_events_model::Event;
use joint_events_model::month::Month;
use joint_events_model::select::Past;
use joint_events_model::time::Date;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event as Click};

use super::node::{Node, focus_within, node};
use super::state::Widget;
use super::strings::fill;
use super::subject::{Subject, Topic};
use super::switch::Picked;
use super::words;

/// Opens the details of the event with an id and has it shown: below its month, or in the list however far down it stands,
/// else before the list. Gives its key, if there is such an event: its own id, or another under which it is told.
pub fn open(widget: &Rc<Widget>, id: &str) -> Option<String> {
    let key = find(widget, id).map_or_else(|| told_as(widget, id), |_| Some(id.to_owned()))?;
    let (event, is_listed) = find(widget, &key)?;
    if let Some(date) = start(widget, event) {
        widget.month.settle(Some(Month::of(date)));
    }
    let pinned = if is_listed { String::new() } else { key.clone() };
    widget.pinned.settle(pinned);
    widget.picked.settle(Picked::Event(key.clone()));
    let mut open = Vec::clone(&widget.open.get());
    if !open.contains(&key) {
        open.push(key.clone());
        widget.open.set(open);
    }
    // Its title gets the focus, and the reason stands before it.
    if let Some(reason) = reason(widget) {
        widget.speak(reason.to_owned());
    }
    Some(key)
}

/// The key of the event that others tell under an id.
fn told_as(widget: &Widget, id: &str) -> Option<String> {
    for event in &widget.loaded()?.feed.events {
        if event.same_as.iter().any(|other| other == id) {
            return Some(event.key.clone());
        }
    }
    None
}

/// The place in the feed of the event that stands before the list, which does not have it.
pub fn pinned(widget: &Widget) -> Option<usize> {
    let (place, is_listed) = find(widget, &widget.pinned.get())?;
    (!is_listed).then_some(place)
}

/// The place in the feed of the event with a key, and whether the list has it.
fn find(widget: &Widget, key: &str) -> Option<(usize, bool)> {
    let loaded = widget.loaded()?;
    let place = loaded.feed.events.iter().position(|event| event.key == key)?;
    Some((
        place,
        widget.selection().events.iter().any(|(other, _)| *other == place),
    ))
}

fn start(widget: &Widget, place: usize) -> Option<Date> {
    let loaded = widget.loaded()?;
    Some(loaded.feed.events.get(place)?.start.date())
}

/// Why an event stands before the list.
fn reason(widget: &Rc<Widget>) -> Option<&'static str> {
    let place = pinned(widget)?;
    let event = Subject::new(widget, Topic::Event(widget.loaded()?, place));
    let is_left_out = widget.options.get().past == Past::Hidden && event.is_past();
    let strings = words::later(*widget.language.get());
    Some(if is_left_out {
        strings.is_over
    } else {
        strings.not_in_filters
    })
}

/// The same for the visitor, with the way back.
pub fn notice(subject: &Rc<Subject>) -> Option<Node> {
    let reason = reason(&subject.widget)?;
    let back = node("button|class=back")
        .text(words::later(subject.language()).back_to_list)
        .on("click", subject, unpin);
    let notice = node("div|part=message|class=message message-pinned")
        .child(node("p").text(reason))
        .child(back);
    Some(notice)
}

fn unpin(subject: &Rc<Subject>, click: &Click) {
    // The button goes: the focus waits at the first event of the list.
    let notice = click
        .current_target()
        .and_then(|button| button.unchecked_into::<Element>().parent_element());
    if let Some(view) = notice.and_then(|notice| notice.parent_element()) {
        focus_within(&view, "[part=list] > :nth-child(n+2) [part=toggle]");
    }
    subject.widget.pinned.set(String::new());
}

/// The link to what is selected.
pub fn copy_selection(subject: &Rc<Subject>) -> Option<Node> {
    let address = subject.widget.address.get();
    Some(copy(&address).text(words::later(subject.language()).copy_selection))
}

/// The link to an event in this page.
pub fn copy_event(subject: &Subject, event: &Event) -> Node {
    let language = subject.language();
    let strings = words::later(language);
    let title = words::plain(&event.title, language);
    copy(&["#je-", &event.key].concat())
        .attr(
            "aria-label",
            &fill(language.strings().about, &[strings.copy_link, &title]),
        )
        .text(strings.copy_link)
}

/// A link that copies its address where it can (`src/copy.js`).
fn copy(address: &str) -> Node {
    node("a|class=copy|data-copy=").attr("href", address)
}

/// Says that a link was copied.
pub fn say_copied(widget: &Widget) {
    let words = words::later(*widget.language.get());
    widget.speak(words.link_copied.to_owned());
}
