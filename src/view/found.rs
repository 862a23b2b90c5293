//! View: what is searched for, in the index of what is shown. It comes later.

use joint_events_model::select::search;

use super::state::Widget;

/// Texts of events that are made at once: some tenths of a millisecond.
const EVENTS: usize = 16;

/// Has the index find it.
pub fn search(widget: &Widget) {
    if let Some(loaded) = widget.loaded() {
        search::search(
            &mut loaded.index.borrow_mut(),
            &loaded.feed,
            &widget.filter.get().search,
        );
    }
}

/// Makes some more of the texts that are looked at, before anybody searches, and tells whether all are there.
pub fn make(widget: &Widget) -> bool {
    let loaded = widget.loaded();
    loaded.is_none_or(|loaded| search::step(&mut loaded.index.borrow_mut(), &loaded.feed, EVENTS))
}
