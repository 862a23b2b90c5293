//! Element (Rust): what the page's address has of the selection, as far as one widget knows. It is read and written later.

/// What is known.
#[derive(Default)]
pub(crate) struct UrlState {
    /// What the names of its parameters begin with; empty where it has none.
    pub prefix: String,
    /// Its lines, as the view says them; `None` before it was read.
    pub known: Option<String>,
    /// Those lines, as the address says them.
    pub found: String,
}

impl UrlState {
    /// Follows a prefix: what was known of another is not known of this one.
    pub fn follow(&mut self, prefix: String) {
        if self.prefix != prefix {
            self.known = None;
            self.prefix = prefix;
        }
    }
}
