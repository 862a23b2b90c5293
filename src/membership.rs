//! Element (Rust): what those who made the page are told of the memberships that it gives.

use crate::Embedded;

/// One console line for ids in `member-of` that are no association's.
pub fn warn_of_unknown(embedded: &Embedded) {
    let (options, Some(loaded)) = (embedded.widget.options.get(), embedded.widget.loaded()) else {
        return;
    };
    let mut unknown = String::new();
    for id in options.member_of.iter().flatten() {
        if loaded.feed.association(id).is_none() {
            unknown.push(' ');
            unknown.push_str(id);
        }
    }
    if !unknown.is_empty() {
        let words = ["member-of: expected ids of the feed's associations, found", &unknown];
        embedded.host.warn(&words);
    }
}
