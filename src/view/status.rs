//! View: what is said when there is no list, or not all of it.

use std::rc::Rc;

use joint_events_model::link::Link;
use web_sys::Event;

use super::node::{Node, node};
use super::state::{Lack, Said, State};
use super::strings::fill;
use super::subject::Subject;
use super::{doors, later, words};
use crate::intl;

/// Nothing came yet: said to those who can't see the skeleton.
pub fn loading(subject: &Subject) -> Node {
    node("p|part=message|class=message-loading").text(subject.language().strings().loading)
}

/// Nothing came: the page's own content stands beside this.
pub fn failed(subject: &Rc<Subject>) -> Node {
    node("div|part=message|class=message message-failed")
        .child(node("p|role=alert").text(subject.language().strings().failed))
        .child(retry(subject))
}

/// What is shown is a copy from before a load that failed, or not all of several feeds.
pub fn stale(subject: &Rc<Subject>) -> Option<Node> {
    let state = subject.widget.state.get();
    let State::Stale(loaded) = &*state else {
        let lacks = state.loaded().is_some_and(|loaded| loaded.lack != Lack::Nothing);
        return later::behind(subject, lacks, doors::lacking);
    };
    let date = intl::local(subject.language(), loaded.at);
    let message = node("div|part=message|class=message message-stale")
        .child(node("p|role=alert").text(&fill(subject.language().strings().stale, &[&date])))
        .child(retry(subject));
    Some(message)
}

/// No event matches, or there is none: with the way back, or out.
pub fn nothing(subject: &Rc<Subject>) -> Option<Node> {
    let (widget, language) = (&subject.widget, subject.language());
    let strings = language.strings();
    if !widget.selection().events.is_empty() {
        return None;
    }
    if widget.is_narrowed() {
        let message = node("div|part=message|class=message message-none")
            .child(node("p").text(strings.nothing_matches))
            .child(clear(subject));
        return Some(message);
    }
    let message = node("div|part=message|class=message message-empty").child(node("p").text(strings.empty));
    let loaded = widget.loaded();
    let url = loaded.as_ref().and_then(|loaded| loaded.feed.url.pick(language.tag()));
    Some(message.maybe(url.map(|(_, link)| outward("a", link).text(strings.all_events))))
}

/// Some events could not be shown.
pub fn skipped(subject: &Rc<Subject>) -> Option<Node> {
    let skipped = subject.widget.loaded()?.skipped;
    let language = subject.language();
    (skipped > 0).then(|| {
        let sentence = words::count(language, language.strings().skipped, skipped);
        node("div|part=message|class=message message-partial").child(node("p").text(&sentence))
    })
}

/// The button that takes back all filters.
pub fn clear(subject: &Rc<Subject>) -> Node {
    node("button|part=clear")
        .text(subject.language().strings().clear)
        .on("click", subject, |subject, _| subject.widget.clear())
}

/// A link that leads away: it tells where from, not whose page, and the page can't reach back.
pub fn outward(markup: &str, link: &Link) -> Node {
    outward_to(markup, link.as_str())
}

/// The same to an address that was made of such a link.
pub fn outward_to(markup: &str, address: &str) -> Node {
    node(markup)
        .attr("href", address)
        .attr("rel", "noopener")
        .attr("referrerpolicy", "strict-origin-when-cross-origin")
}

/// The button that asks for the feeds again.
pub fn retry(subject: &Rc<Subject>) -> Node {
    retry_with(subject, |subject, _| {
        subject.widget.tell(Said::Retry);
    })
}

/// The button that tries something again.
pub fn retry_with(subject: &Rc<Subject>, again: fn(&Rc<Subject>, &Event)) -> Node {
    node("button|part=retry")
        .text(subject.language().strings().retry)
        .on("click", subject, again)
}
