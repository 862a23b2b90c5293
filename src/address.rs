//! Element (Rust): what JavaScript asks for that comes later: what the page's address says, and several feeds.

use std::rc::Rc;

use joint_events_model::query::{lines_of, with_lines};
use joint_events_model::text::split_off;

use crate::Embedded;
use crate::several::Several;
use crate::url_state::UrlState;
use crate::view::state::Said;
use crate::view::{found, linked, share as lines};

/// Does what the page's address says, or a link of the view's: see [`crate::Mounted::act`].
pub(crate) fn heed(embedded: &Rc<Embedded>, what: u8, given: String) -> String {
    let widget = &embedded.widget;
    match what {
        8 | 9 => read(embedded, what == 9),
        10 => return linked::open(widget, &given).unwrap_or_default(),
        11 => linked::say_copied(widget),
        15 if found::make(widget) => return "made".to_owned(),
        15 => {}
        12 => *embedded.load.borrow_mut() = Some(Several::begin(&given)),
        _ => {
            if let Some(load) = &mut *embedded.load.borrow_mut() {
                Several::take(load, given);
            }
        }
    }
    String::new()
}

/// Selects what the address says, once there is something to select from, or again for a visitor who went `back` to it.
fn read(embedded: &Rc<Embedded>, back: bool) {
    let widget = &embedded.widget;
    let prefix = embedded.url_state.borrow().prefix.clone();
    if prefix.is_empty() || widget.loaded().is_none() {
        return;
    }
    let found = lines_of(&embedded.host.address("", false), &prefix);
    let is_wanted = {
        let url_state = embedded.url_state.borrow();
        let is_other = url_state.known.is_some() && url_state.found != found;
        if back { is_other } else { url_state.known.is_none() }
    };
    if !is_wanted {
        return;
    }
    lines::select(widget, &found, back);
    let known = Some(lines::selection(widget));
    *embedded.url_state.borrow_mut() = UrlState { prefix, known, found };
    share(embedded, false);
    // The host hears of one who went back.
    if back {
        embedded.hear(Said::Search);
    }
}

/// Has the page's address follow the selection, and the link to that.
pub(crate) fn share(embedded: &Embedded, adds: bool) {
    let widget = &embedded.widget;
    if widget.loaded().is_none() {
        return widget.address.settle(String::new());
    }
    let lines = lines::selection(widget);
    let before = embedded.host.address("", false);
    let mut url_state = embedded.url_state.borrow_mut();
    let address = with_lines(&before, &url_state.prefix, &lines);
    if url_state.known.as_ref().is_some_and(|known| *known != lines) {
        url_state.found = lines_of(&address, &url_state.prefix);
        url_state.known = Some(lines);
        // A page may hear of it at once, and have the widget look at its address.
        drop(url_state);
        let after = embedded.host.address(&address, adds);
        let mut url_state = embedded.url_state.borrow_mut();
        url_state.found = lines_of(&after, &url_state.prefix);
    }
    // One event is not what is selected.
    let (page, fragment) = split_off(&address, b'#');
    let is_event = fragment.is_some_and(|fragment| fragment.starts_with("je-"));
    widget.address.settle(if is_event { page.to_owned() } else { address });
}
