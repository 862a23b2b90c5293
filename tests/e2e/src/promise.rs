//! End-to-end: what the promises of `docs/trust.md` came to, as it was measured.

use std::fmt::Display;
use std::fs::{create_dir_all, write};

use crate::driver::target;
use crate::engine::engine;

/// The promises: a name, the section, and the words, a line each.
const PROMISES: &str = include_str!("../promises.tsv");

/// Notes the figure of a promise that this engine has kept in `target/e2e/trust/ENGINE`, of which `cargo xtask trust` makes
/// a table. It stands after what shows it, so that none is told that a test did not see.
///
/// # Panics
/// Where no promise has that name, or the figure can't be written.
///
/// ```no_run
/// joint_events_e2e::keeps("strict-policy", format_args!("{} violations", 0));
/// ```
#[track_caller]
pub fn keeps(promise: &str, figure: impl Display) {
    let mut names = PROMISES.lines().filter_map(|line| line.split('\t').next());
    assert!(
        names.any(|name| name == promise),
        "promises.tsv: expected {promise:?}, found none of that name"
    );
    let folder = target().join("trust").join(engine().name());
    let file = folder.join(promise);
    create_dir_all(&folder)
        .and_then(|()| write(&file, figure.to_string()))
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}
