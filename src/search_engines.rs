//! Element (Rust): what search engines are told of the events that are shown, as long as the host wants it. It comes later.

use std::rc::Rc;

use joint_events_model::json_ld::{FRAME, event};

use crate::Embedded;
use crate::view::effect::Effect;
use crate::view::state::Widget;

/// Has the page's data follow what is shown from now on.
pub(crate) fn describe(embedded: &Rc<Embedded>) {
    if embedded.described.borrow().is_some() {
        return;
    }
    let own = Rc::downgrade(embedded);
    let effect = Effect::new(Box::new(move || {
        if let Some(embedded) = own.upgrade() {
            embedded.host.describe(&json_ld(&embedded.widget));
        }
    }));
    *embedded.described.borrow_mut() = Some(effect);
}

/// The events of the list as far as it is shown; nothing where there are none, or nobody is to be told.
fn json_ld(widget: &Widget) -> String {
    let Some(loaded) = widget.loaded().filter(|_| widget.options.get().json_ld) else {
        return String::new();
    };
    let language = widget.language.get().tag();
    let [begin, end] = FRAME;
    let mut text = begin.to_owned();
    for (place, _) in widget.selection().events.iter().take(*widget.shown.get()) {
        let Some(one) = loaded.feed.events.get(*place) else {
            continue;
        };
        if text.len() > begin.len() {
            text.push(',');
        }
        text.push_str(&event(one, &loaded.feed, language));
    }
    if text.len() == begin.len() {
        return String::new();
    }
    text.push_str(end);
    text
}
