//! Element (Rust): what JavaScript asks for that comes later: what the page's address says (`url-state.js`, `deep-link.js`), and
//! several feeds.

use std::rc::Rc;

use crate::Embedded;
use crate::several::Several;
use crate::view::state::Said;
use crate::view::{linked, share as lines};

/// Does what the page's address says, or a link of the view's: see [`crate::Mounted::act`].
pub(crate) fn heed(embedded: &Rc<Embedded>, what: u8, given: String) -> String {
    let widget = &embedded.widget;
    match what {
        8 | 9 => {
            lines::select(widget, &given, what == 9);
            share(embedded, false);
            // The host hears of one who went back.
            if what == 9 {
                embedded.hear(Said::Search);
            }
        }
        10 => return linked::open(widget, &given).unwrap_or_default(),
        11 => linked::say_copied(widget),
        12 => *embedded.load.borrow_mut() = Some(Several::begin(&given)),
        _ => {
            if let Some(load) = &mut *embedded.load.borrow_mut() {
                Several::take(load, given);
            }
        }
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
