//! Publish: the command `joint-events`.

fn main() {}
