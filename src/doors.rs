//! Element (Rust): what stands behind the doors of this room, as `view/doors.rs` has those of the view: the page's address,
//! and its data.

use std::rc::Rc;

use crate::{Embedded, address, search_engines};

/// Does what the page's address says, or a link of the view's: see [`crate::Mounted::act`].
#[inline(never)]
pub(crate) fn heed(embedded: &Rc<Embedded>, what: u8, given: &str) -> String {
    address::heed(embedded, what, given)
}

/// Has the page's address follow the selection, in an entry of the history of its own if it `adds` one.
#[inline(never)]
pub(crate) fn share(embedded: &Embedded, adds: bool) {
    address::share(embedded, adds);
}

/// Has search engines told what is shown.
#[inline(never)]
pub(crate) fn describe(embedded: &Rc<Embedded>) {
    search_engines::describe(embedded);
}
