//! The workflow of the documentation: each of its shell steps, run as the runner runs it, in a publisher's folder.
#![cfg(all(feature = "fetch", unix))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected ends"
)]

mod support;

use std::fs;
use std::process::{Command, Output};

use joint_events_loopback::{Response, Server};
use sha2::{Digest, Sha256};
use support::Folder;

const WORKFLOW: &str = include_str!("../../docs/publish-feed.yml");
const GALA: &str = "gala;Gala;2999-03-09\n";
const FORUM: &str = "forum;Forum;2999-04-09\n";

/// The script of a step.
#[track_caller]
fn step(name: &str) -> String {
    let (_, after) = WORKFLOW.split_once(&format!("- name: {name}\n")).unwrap();
    let mut lines = after.lines();
    let run = lines.next().unwrap().trim();
    match run.strip_prefix("run: ").unwrap() {
        "|" => lines
            .take_while(|line| line.starts_with("          "))
            .map(|line| format!("{}\n", line.trim_start()))
            .collect(),
        line => line.to_owned(),
    }
}

/// A publisher's folder with two events.
fn publisher() -> Folder {
    let folder = Folder::with("[[sources]]\nid = \"table\"\npath = \"events.csv\"\norganizer = \"lso\"\n");
    table(&folder, &[GALA, FORUM]);
    folder
}

fn table(folder: &Folder, rows: &[&str]) {
    folder.write("events.csv", &format!("id;titre_fr;debut\n{}", rows.concat()));
}

/// Runs a step as the runner does: `bash -e`, in the folder. What is downloaded stands for the binary, and runs it.
fn run(folder: &Folder, name: &str, feed: &str) -> Output {
    let binary = format!("#!/bin/sh\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_joint-events"));
    folder.write("released", &binary);
    let digest = Sha256::digest(binary.as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    run_with(folder, name, feed, &digest)
}

fn run_with(folder: &Folder, name: &str, feed: &str, digest: &str) -> Output {
    let output = Command::new("bash")
        .args(["-e", "-c", &step(name)])
        .current_dir(folder.path("."))
        .env("BINARY", format!("file://{}", folder.path("released").display()))
        .env("SHA256", digest)
        .env("FEED", feed)
        .output();
    output.unwrap()
}

#[track_caller]
fn done(folder: &Folder, name: &str, feed: &str) {
    let output = run(folder, name, feed);
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn site(status: u16, body: String) -> (Server, String) {
    let server = Server::start(0, move |_| match status {
        200 => Response::text("application/json", body.clone()),
        status => Response::status(status),
    });
    let server = server.unwrap();
    let feed = format!("{}/v1/feed.json", server.origin());
    (server, feed)
}

const STEPS: [&str; 4] = [
    "Install joint-events",
    "Take the feed that is published now",
    "Build",
    "Check what is published",
];

#[test]
fn the_first_run_publishes_and_the_next_one_leaves_the_bytes_alone() {
    let folder = publisher();
    let (_server, feed) = site(404, String::new());
    for name in STEPS {
        done(&folder, name, &feed);
    }
    let first = folder.read("public/v1/feed.json");
    fs::remove_dir_all(folder.path("public")).unwrap();
    let (_server, feed) = site(200, first.clone());
    for name in STEPS {
        done(&folder, name, &feed);
    }
    assert_eq!(folder.read("public/v1/feed.json"), first);
}

#[test]
fn an_event_that_vanished_stops_the_build() {
    let folder = publisher();
    let (_server, feed) = site(404, String::new());
    STEPS.iter().for_each(|name| done(&folder, name, &feed));
    let (_server, feed) = site(200, folder.read("public/v1/feed.json"));
    fs::remove_dir_all(folder.path("public")).unwrap();
    table(&folder, &[GALA]);
    done(&folder, STEPS[1], &feed);
    let build = run(&folder, "Build", &feed);
    let words = String::from_utf8_lossy(&build.stderr);
    assert_eq!(build.status.code(), Some(1));
    assert!(
        words.contains("forum: expected an upcoming event of the previous feed"),
        "{words}"
    );
    assert!(!folder.path("public/v1/feed.json").exists());
}

#[test]
fn a_site_that_is_down_is_not_taken_for_one_without_a_feed() {
    let folder = publisher();
    let (_server, feed) = site(503, String::new());
    let taken = run(&folder, STEPS[1], &feed);
    assert_eq!(taken.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&taken.stdout).contains("found 503"));
    let (server, feed) = site(200, String::new());
    drop(server);
    assert!(!run(&folder, STEPS[1], &feed).status.success());
}

#[test]
fn another_binary_than_the_one_that_is_named_is_not_run() {
    let folder = publisher();
    folder.write("released", "#!/bin/sh\n");
    let installed = run_with(&folder, STEPS[0], "", &"0".repeat(64));
    assert_eq!(installed.status.code(), Some(1));
}

#[test]
fn actions_are_pinned_and_may_do_no_more_than_they_must() {
    let uses = WORKFLOW.lines().filter_map(|line| line.trim().strip_prefix("- uses: "));
    let uses: Vec<&str> = uses.collect();
    assert_eq!(uses.len(), 3);
    for action in uses {
        let (_, version) = action.split_once('@').unwrap();
        assert!(
            version.starts_with('v') && version[1..].parse::<u32>().is_ok(),
            "{action}"
        );
    }
    assert!(WORKFLOW.contains("\npermissions: {}\n"));
    assert!(!WORKFLOW.contains("write-all") && !WORKFLOW.contains("secrets."));
}
