//! View: what is said when there is no list, or not all of it.

use std::rc::Rc;

use joint_events_model::link::Link;

use super::node::{Node, node};
use super::state::{Said, State, Widget};
use super::strings::fill;
use super::words;
use crate::intl;

/// Nothing came yet: said to those who can't see the skeleton.
pub fn loading(widget: &Widget) -> Node {
    node("p|part=message|class=message-loading").text(widget.strings().loading)
}

/// Nothing came: the page's own content stands beside this.
pub fn failed(widget: &Rc<Widget>) -> Node {
    node("div|part=message|class=message message-failed")
        .child(node("p|role=alert").text(widget.strings().failed))
        .child(retry(widget))
}

/// What is shown is a copy from before a load that failed.
pub fn stale(widget: &Rc<Widget>) -> Option<Node> {
    let State::Stale(loaded) = &*widget.state.get() else {
        return None;
    };
    let date = intl::local(*widget.language.get(), loaded.at);
    let message = node("div|part=message|class=message message-stale")
        .child(node("p|role=alert").text(&fill(widget.strings().stale, &[&date])))
        .child(retry(widget));
    Some(message)
}

/// No event matches, or there is none: with the way back, or out.
pub fn nothing(widget: &Rc<Widget>) -> Option<Node> {
    let strings = widget.strings();
    if !widget.selection().events.is_empty() {
        return None;
    }
    if widget.is_narrowed() {
        let message = node("div|part=message|class=message message-none")
            .child(node("p").text(strings.nothing_matches))
            .child(clear(widget));
        return Some(message);
    }
    let message = node("div|part=message|class=message message-empty").child(node("p").text(strings.empty));
    let loaded = widget.loaded();
    let url = loaded
        .as_ref()
        .and_then(|loaded| loaded.feed.url.pick(widget.language.get().tag()));
    Some(message.maybe(url.map(|(_, link)| outward("a", link).text(strings.all_events))))
}

/// Some events could not be shown.
pub fn skipped(widget: &Widget) -> Option<Node> {
    let skipped = widget.loaded()?.skipped;
    let language = *widget.language.get();
    (skipped > 0).then(|| {
        let sentence = words::count(language, language.strings().skipped, skipped);
        node("div|part=message|class=message message-partial").child(node("p").text(&sentence))
    })
}

/// The button that takes back all filters.
pub fn clear(widget: &Rc<Widget>) -> Node {
    let text = widget.strings().clear;
    let widget = Rc::clone(widget);
    node("button|part=clear")
        .text(text)
        .on("click", move |_| widget.clear())
}

/// A link that leads away: it tells where from, not whose page, and the page can't reach back.
pub fn outward(markup: &str, link: &Link) -> Node {
    node(markup)
        .attr("href", link.as_str())
        .attr("rel", "noopener")
        .attr("referrerpolicy", "strict-origin-when-cross-origin")
}

fn retry(widget: &Rc<Widget>) -> Node {
    let text = widget.strings().retry;
    let widget = Rc::clone(widget);
    node("button|part=retry").text(text).on("click", move |_| {
        widget.tell(Said::Retry);
    })
}
