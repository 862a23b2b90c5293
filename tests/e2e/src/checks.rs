//! End-to-end: what an engine lets nobody check is written down, so that nothing is left out in silence.

use std::fs::{OpenOptions, create_dir_all};
use std::io::Write;
use std::panic::Location;
use std::path::Path;
use std::thread;

use crate::driver::target;

/// Adds a line to `target/e2e/not-checked-ENGINE.txt`, which `cargo xtask test` prints at the end, and to what the test
/// says.
///
/// # Panics
/// Where it can't be written down.
#[track_caller]
pub(crate) fn leave_out(engine: &str, check: &str, reason: &str) {
    let file = Path::new(Location::caller().file()).file_stem().unwrap_or_default();
    let test = thread::current().name().unwrap_or("a test").to_owned();
    let line = format!("{engine}: {}: {test}: not checked: {check}: {reason}", file.display());
    println!("{line}");
    let path = target().join(format!("not-checked-{engine}.txt"));
    let file = create_dir_all(target()).and_then(|()| OpenOptions::new().append(true).create(true).open(&path));
    file.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
