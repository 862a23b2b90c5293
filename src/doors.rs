//! Element (Rust): what stands behind the doors of this room, as `view/doors.rs` has those of the view: the page's address,
//! its data, and several feeds.

use std::rc::Rc;

use crate::load::{Failure, Load};
use crate::{Embedded, address, membership, search_engines, several};

/// Does what the page's address says, or a link of the view's, or takes several feeds: see [`crate::Mounted::act`].
#[inline(never)]
pub(crate) fn heed(embedded: &Rc<Embedded>, what: u8, given: String) -> String {
    address::heed(embedded, what, given)
}

/// Has the events of a feed become one that are told to be the same.
#[inline(never)]
pub(crate) fn unite_twins(load: &mut Load) {
    several::unite_twins(load);
}

/// Goes on with what is to become one feed, as [`Load::step`] does.
#[inline(never)]
pub(crate) fn unite(load: &mut Load) -> Result<bool, Failure> {
    several::step(load)
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

/// Tells of memberships that the feed does not know.
#[inline(never)]
pub(crate) fn warn_of_unknown_memberships(embedded: &Embedded) {
    membership::warn_of_unknown(embedded);
}
