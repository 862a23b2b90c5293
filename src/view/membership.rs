//! View: "I am a member of …", which switches every price at once.

use std::rc::Rc;

use joint_events_model::rates::Memberships;
use joint_events_model::select;
use web_sys::Event;

use super::filters::{CHOICE_TEXT, choice};
use super::node::{Node, node};
use super::state::Widget;
use super::subject::{Subject, Topic};
use super::words;

/// The name of the choice that excludes the others.
const NONE: &str = "none";

/// Whether the visitor is asked: not where the host knows, or locks it.
pub fn is_asked(widget: &Widget) -> bool {
    let options = widget.options.get();
    options.member_of.is_none() && !options.is_locked("member")
}

/// The control, one choice an association, where the visitor is asked.
pub fn membership(subject: &Rc<Subject>) -> Option<Node> {
    let loaded = subject.widget.loaded().filter(|_| is_asked(&subject.widget))?;
    if loaded.feed.associations.is_empty() {
        return None;
    }
    let language = subject.language();
    let mut choices = node("div|class=membership-choices");
    for association in &loaded.feed.associations {
        let name = words::association_name(&loaded.feed, &association.id, language);
        choices = choices.child(member(subject, &association.id, &name));
    }
    let fieldset = node("fieldset|part=membership")
        .child(node("legend").text(language.strings().i_am_a_member_of))
        .child(choices.child(member(subject, NONE, language.strings().not_a_member)));
    Some(fieldset)
}

fn member(subject: &Subject, id: &str, name: &str) -> Node {
    let turned = subject.turn(Topic::Member(id.to_owned()));
    choice(&turned, "member", is_said, toggle).child(node(CHOICE_TEXT).text(name))
}

fn is_said(subject: &Rc<Subject>) -> bool {
    match &*subject.widget.said.get() {
        Memberships::Unknown => false,
        Memberships::Known(ids) if subject.name() == NONE => ids.is_empty(),
        Memberships::Known(ids) => ids.iter().any(|id| id == subject.name()),
    }
}

/// One more is said, or one less; the last one taken back leaves nothing said.
fn toggle(subject: &Rc<Subject>, _: &Event) {
    let mut ids = match &*subject.widget.said.get() {
        Memberships::Unknown => Vec::new(),
        Memberships::Known(ids) => ids.clone(),
    };
    let (id, taken_back) = (subject.name(), is_said(subject));
    if id == NONE {
        ids.clear();
    } else {
        select::toggle(&mut ids, id);
    }
    subject.widget.say(if taken_back && ids.is_empty() {
        Memberships::Unknown
    } else {
        Memberships::Known(ids)
    });
}
