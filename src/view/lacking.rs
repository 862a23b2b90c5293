//! View: what is said where not all of several feeds is shown, which comes later.

use std::rc::Rc;

use super::node::{Node, node};
use super::state::Lack;
use super::status::retry;
use super::strings::fill;
use super::subject::Subject;
use super::words;
use crate::intl;

/// What is not there of several feeds, with a way to try again.
pub fn lacking(subject: &Rc<Subject>) -> Option<Node> {
    let (loaded, language) = (subject.widget.loaded()?, subject.language());
    let words = words::later(language);
    let message = node("div|part=message|class=message message-lacking");
    let sentence = match loaded.lack {
        Lack::Nothing => return None,
        Lack::Awaited => return Some(message.child(node("p").text(words.more_to_come))),
        Lack::Part => words.part_missing.to_owned(),
        Lack::Old(at) => fill(words.part_old, &[&intl::local(language, at)]),
    };
    let message = message
        .child(node("p|role=alert").text(&sentence))
        .child(retry(subject));
    Some(message)
}
