//! Publish: the command `joint-events`.

use std::process::ExitCode;

use clap::Parser;
use joint_events_publish::command::Command;
use joint_events_publish::run::run;
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // A command that is not understood ends with 2 here, and help with 0.
    let command = Command::parse();
    let exit = run(command, &mut std::io::stdout().lock(), &mut std::io::stderr().lock());
    ExitCode::from(exit as u8)
}
