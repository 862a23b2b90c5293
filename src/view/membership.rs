//! View: "I am a member of …", which switches every price at once.

use joint_events_model::rates::Memberships;
use leptos::prelude::*;

use super::node::{Node, node, part};
use super::state::Widget;
use super::words;

/// The control, unless the host knows its visitor or locks it.
pub fn membership(widget: Widget) -> AnyView {
    let hidden = widget
        .options
        .with(|options| options.member_of.is_some() || options.locked.iter().any(|name| name == "member"));
    let Some(loaded) = widget
        .loaded()
        .filter(|loaded| !hidden && !loaded.feed.associations.is_empty())
    else {
        return ().into_any();
    };
    let strings = widget.strings();
    let language = widget.language.get();
    let associations = loaded.feed.associations.iter().map(|association| {
        let id = association.id.clone();
        let (value, chosen) = (id.clone(), id.clone());
        choice(
            &value,
            words::association_name(&loaded.feed, &id, language),
            move || widget.said.with(|said| said.contains(&chosen)),
            move || widget.say(toggled(widget.said.get_untracked(), &id)),
        )
    });
    let none = choice(
        "none",
        strings.not_a_member.to_owned(),
        move || widget.said.with(|said| *said == Memberships::Known(Vec::new())),
        move || {
            let none = Memberships::Known(Vec::new());
            let taken_back = widget.said.get_untracked() == none;
            widget.say(if taken_back { Memberships::Unknown } else { none });
        },
    );
    part("fieldset", "membership")
        .child(node("legend").text(strings.i_am_a_member_of))
        .child(
            node("div")
                .class("membership-choices")
                .children(associations)
                .child(none),
        )
        .build()
}

fn choice(
    value: &str,
    text: String,
    chosen: impl FnMut() -> bool + Send + Sync + Clone + 'static,
    act: impl Fn() + 'static,
) -> Node {
    let mut shown = chosen.clone();
    let input = node("input")
        .attr("type", "checkbox")
        .attr("name", "member")
        .attr("value", value)
        .live_flag("checked", chosen)
        .on("change", move |_| act());
    part("label", "choice")
        .live_attr("data-chosen", move || shown().then(String::new))
        .child(input)
        .child(node("span").class("choice-text").text(text))
}

/// The memberships with one more, or one less; the last one taken back leaves nothing said.
fn toggled(memberships: Memberships, id: &str) -> Memberships {
    let mut ids = match memberships {
        Memberships::Unknown => Vec::new(),
        Memberships::Known(ids) => ids,
    };
    match ids.iter().position(|other| other == id) {
        Some(place) => drop(ids.remove(place)),
        None => ids.push(id.to_owned()),
    }
    if ids.is_empty() {
        Memberships::Unknown
    } else {
        Memberships::Known(ids)
    }
}
