//! View: what is said when there is no list, or not all of it.

use leptos::prelude::*;

use super::node::{Node, node, part};
use super::state::{Said, State, Widget};
use crate::intl;

/// Nothing came yet: said to those who can't see the skeleton.
pub fn loading(widget: Widget) -> Node {
    node("p")
        .attr("part", "message")
        .class("message visually-hidden")
        .text(widget.strings().loading)
}

/// Nothing came: the page's own content stands beside this.
pub fn failed(widget: Widget) -> Node {
    message("message message-failed")
        .child(node("p").attr("role", "alert").text(widget.strings().failed))
        .child(retry(widget))
}

/// What is shown is a copy from before a load that failed.
pub fn stale(widget: Widget) -> AnyView {
    let State::Stale(loaded) = widget.state.get() else {
        return ().into_any();
    };
    let date = intl::local(widget.language.get(), loaded.at);
    message("message message-stale")
        .child(node("p").text((widget.strings().stale)(&date)))
        .child(retry(widget))
        .build()
}

/// No event matches, or there is none: with the way back, or out.
pub fn nothing(widget: Widget) -> AnyView {
    let strings = widget.strings();
    if widget.selection.with(|selection| !selection.events.is_empty()) {
        return ().into_any();
    }
    if widget.is_narrowed() {
        return message("message message-none")
            .child(node("p").text(strings.nothing_matches))
            .child(clear(widget))
            .build();
    }
    let url = widget.loaded().and_then(|loaded| {
        let (_, link) = loaded.feed.url.pick(widget.language.get().tag())?;
        Some(outward(link.as_str()).text(strings.all_events))
    });
    message("message message-empty")
        .child(node("p").text(strings.empty))
        .maybe(url)
        .build()
}

/// Some events could not be shown.
pub fn skipped(widget: Widget) -> AnyView {
    let Some(loaded) = widget.loaded().filter(|loaded| loaded.skipped > 0) else {
        return ().into_any();
    };
    message("message message-partial")
        .child(node("p").text((widget.strings().skipped)(loaded.skipped)))
        .build()
}

/// The button that takes back all filters.
pub fn clear(widget: Widget) -> Node {
    part("button", "clear")
        .attr("type", "button")
        .text(widget.strings().clear)
        .on("click", move |_| widget.clear())
}

/// A link that leads away: it tells where from, not whose page, and the page can't reach back.
pub fn outward(address: &str) -> Node {
    node("a")
        .attr("href", address)
        .attr("rel", "noopener")
        .attr("referrerpolicy", "strict-origin-when-cross-origin")
}

fn message(class: &'static str) -> Node {
    node("div").attr("part", "message").class(class)
}

fn retry(widget: Widget) -> Node {
    part("button", "retry")
        .attr("type", "button")
        .text(widget.strings().retry)
        .on("click", move |_| {
            widget.tell(Said::Retry);
        })
}
