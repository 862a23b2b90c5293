//! Element (Rust): between the view and the page's address (`url-state.js`, `deep-link.js`), which comes later.

use std::rc::Rc;

use crate::Embedded;
use crate::view::state::Said;
use crate::view::{linked, share as lines};

/// Does what the page's address says, or a link of the view's: see [`crate::Mounted::act`].
pub(crate) fn heed(embedded: &Rc<Embedded>, what: u8, given: &str) -> String {
    let widget = &embedded.widget;
    match what {
        8 | 9 => {
            lines::select(widget, given, what == 9);
            share(embedded, false);
            // The host hears of one who went back.
            if what == 9 {
                embedded.hear(Said::Search);
            }
        }
        10 if linked::open(widget, given) => return "true".to_owned(),
        10 => {}
        _ => linked::say_copied(widget),
    }
    String::new()
}

/// Has the page's address follow the selection, and the link to that.
pub(crate) fn share(embedded: &Embedded, adds: bool) {
    let widget = &embedded.widget;
    let address = if widget.loaded().is_some() {
        embedded.host.selected(&lines::selection(widget), adds)
    } else {
        String::new()
    };
    widget.address.settle(address);
}
