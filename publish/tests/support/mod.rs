//! A folder of a publisher, and the command run in it.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses what it needs")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub const NOW: &str = "2026-11-26T12:00:00Z";

pub struct Folder(TempDir);

/// What a command left behind.
pub struct Ran {
    pub exit: i32,
    pub out: String,
    pub words: String,
}

pub const HEADER: &str = r#"{"format": "joint-events", "version": "1.0",
"title": {"fr": "Événements conjoints"}, "url": {"fr": "https://example.org/evenements"},
"timeZone": "America/Toronto", "currency": "CAD", "languages": ["fr", "en"],
"associations": [{"id": "bioquebec", "name": {"fr": "BIOQuébec", "en": "BIOQuébec"}},
    {"id": "lso", "name": {"fr": "Life Sciences Ontario", "en": "Life Sciences Ontario"}, "shortName": "LSO"}],
"provinces": [{"id": "CA-QC", "label": {"fr": "Québec", "en": "Quebec"}}, {"id": "CA-ON", "label": {"fr": "Ontario", "en": "Ontario"}}],
"themes": [{"id": "networking", "label": {"fr": "Réseautage", "en": "Networking"}}], "audiences": [], "events": []}"#;

impl Folder {
    /// A folder with a header and this configuration after `feed` and `out`.
    pub fn with(config: &str) -> Self {
        let folder = Self(TempDir::new().unwrap());
        folder.write("header.json", HEADER);
        folder.write(
            "joint-events.toml",
            &format!("feed = \"header.json\"\nout = \"public\"\n{config}"),
        );
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn files(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    pub fn feed(&self) -> Value {
        serde_json::from_str(&self.read("public/feed.json")).unwrap()
    }

    pub fn ids(&self) -> Vec<String> {
        let feed = self.feed();
        let events = feed["events"].as_array().unwrap();
        events
            .iter()
            .map(|event| event["id"].as_str().unwrap().to_owned())
            .collect()
    }

    pub fn event(&self, id: &str) -> Value {
        let feed = self.feed();
        let events = feed["events"].as_array().unwrap();
        events
            .iter()
            .find(|event| event["id"] == id)
            .cloned()
            .unwrap_or(Value::Null)
    }

    /// Runs the command in the folder, with `words` as its arguments, at [`NOW`].
    pub fn run(&self, words: &[&str]) -> Ran {
        self.run_at(NOW, words, b"")
    }

    pub fn run_at(&self, now: &str, words: &[&str], input: &[u8]) -> Ran {
        self.run_alone(&[&["--now", now], words].concat(), input)
    }

    /// Runs the command with these words alone.
    pub fn run_alone(&self, words: &[&str], input: &[u8]) -> Ran {
        use std::io::Write;
        let mut child = Command::new(env!("CARGO_BIN_EXE_joint-events"))
            .args(words)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).ok();
        let output = child.wait_with_output().unwrap();
        Ran {
            exit: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            words: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub fn build(&self, exit: i32) -> Ran {
        self.build_with(exit, &[])
    }

    #[track_caller]
    pub fn build_with(&self, exit: i32, words: &[&str]) -> Ran {
        let ran = self.run(&[&["build", "joint-events.toml"], words].concat());
        assert_eq!(ran.exit, exit, "{}", ran.words);
        ran
    }
}
