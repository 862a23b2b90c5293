//! View: "I am a member of …", which switches every price at once.

use std::rc::Rc;

use joint_events_model::rates::Memberships;

use super::filters::choice;
use super::node::{Node, node};
use super::state::Widget;
use super::words;

/// The name of the choice that excludes the others.
const NONE: &str = "none";

/// Whether the visitor is asked: not where the host knows, or locks it.
pub fn is_asked(widget: &Widget) -> bool {
    let options = widget.options.get();
    options.member_of.is_none() && !options.is_locked("member")
}

/// The control, one choice an association.
pub fn membership(widget: &Rc<Widget>) -> Option<Node> {
    let loaded = widget.loaded().filter(|loaded| !loaded.feed.associations.is_empty())?;
    let language = *widget.language.get();
    let mut choices = node("div|class=membership-choices");
    for association in &loaded.feed.associations {
        let name = words::association_name(&loaded.feed, &association.id, language);
        choices = choices.child(member(widget, &association.id, &name));
    }
    let fieldset = node("fieldset|part=membership")
        .child(node("legend").text(language.strings().i_am_a_member_of))
        .child(choices.child(member(widget, NONE, language.strings().not_a_member)));
    Some(fieldset)
}

fn member(widget: &Rc<Widget>, id: &str, name: &str) -> Node {
    let shown = (Rc::clone(widget), id.to_owned());
    let asked = (Rc::clone(widget), id.to_owned());
    choice(
        "member",
        id,
        name,
        Rc::new(move || says(&shown.0.said.get(), &shown.1)),
        Box::new(move || asked.0.say(toggled(&asked.0.said.get(), &asked.1))),
    )
}

fn says(said: &Memberships, id: &str) -> bool {
    match said {
        Memberships::Unknown => false,
        Memberships::Known(ids) if id == NONE => ids.is_empty(),
        Memberships::Known(ids) => ids.iter().any(|other| other == id),
    }
}

/// What was said with one more, or one less; the last one taken back leaves nothing said.
fn toggled(said: &Memberships, id: &str) -> Memberships {
    let mut ids = match said {
        Memberships::Unknown => Vec::new(),
        Memberships::Known(ids) => ids.clone(),
    };
    let taken_back = says(said, id);
    if id == NONE {
        ids.clear();
    } else if taken_back {
        ids.retain(|other| other != id);
    } else {
        ids.push(id.to_owned());
    }
    if taken_back && ids.is_empty() {
        Memberships::Unknown
    } else {
        Memberships::Known(ids)
    }
}
