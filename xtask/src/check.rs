//! xtask: the borders between the rooms, held by reading the source as text.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::names::Api;
use crate::root;

/// Words that a file may not hold, and why.
struct Rule {
    /// Whether it is for a file, by its path in the project.
    applies: fn(&str) -> bool,
    words: &'static [&'static str],
    reason: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        applies: |path| path.starts_with("model/src/"),
        words: &[
            "leptos",
            "wasm_bindgen",
            "web_sys",
            "js_sys",
            "SystemTime",
            "Instant::now",
        ],
        reason: "the model knows no browser and reads no clock",
    },
    Rule {
        applies: |path| {
            is_rust(path)
                && !matches!(
                    path,
                    "src/lib.rs" | "src/timer.rs" | "src/intl.rs" | "src/view/effect.rs" | "src/view/node.rs"
                )
        },
        words: &["#[wasm_bindgen"],
        reason: "what JavaScript calls stands in src/lib.rs; a timer in src/timer.rs, Intl in src/intl.rs, a turn in effect.rs, the page in node.rs",
    },
    Rule {
        applies: |path| path.starts_with("src/") && !["src/feed.js", "src/loader.js"].contains(&path),
        words: &["fetch(", "gloo_net", "fetch_with"],
        reason: "only src/feed.js and src/loader.js speak to the network",
    },
    Rule {
        applies: |path| path.starts_with("src/view") && path.ends_with(".rs"),
        words: &["js_sys", "Intl"],
        reason: "only src/intl.rs calls Intl",
    },
    Rule {
        applies: |path| path.starts_with("src/"),
        words: &[
            "inner_html",
            "outer_html",
            "insert_adjacent_html",
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
        ],
        reason: "feed text is never markup",
    },
    Rule {
        applies: |path| path.starts_with("src/") && path.ends_with(".js"),
        words: &["Price", "offer", "venue", "availability"],
        reason: "the script knows nothing of what an event is",
    },
    Rule {
        // An attribute has that name.
        applies: |path| path.starts_with("src/") && path.ends_with(".js") && path != "src/attributes.js",
        words: &["price"],
        reason: "the script knows nothing of what an event costs",
    },
    Rule {
        applies: |path| path.starts_with("publish/src/") || path.starts_with("words/src/"),
        words: &["leptos", "wasm_bindgen", "web_sys", "js_sys"],
        reason: "the publisher's tool and the words know no browser",
    },
    Rule {
        applies: |path| {
            is_rust(path)
                || ["model/src/", "publish/src/", "words/src/"]
                    .iter()
                    .any(|room| path.starts_with(room))
        },
        words: &[".unwrap()", ".expect(", "panic!("],
        reason: "nothing panics",
    },
];

fn is_rust(path: &str) -> bool {
    path.starts_with("src/") && path.ends_with(".rs")
}

/// Reads the source and fails with every line that stands in the wrong room.
pub fn check() -> Result<()> {
    let root = root();
    let mut findings = Vec::new();
    let rooms = ["model/src", "publish/src", "words/src", "src"].map(|room| files(&root.join(room)));
    for file in rooms.into_iter().collect::<Result<Vec<_>>>()?.concat() {
        let path = file.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        findings.extend(faults(&path, &fs::read_to_string(&file)?));
    }
    findings.extend(dependencies(&fs::read_to_string(root.join("model/Cargo.toml"))?));
    findings.extend(names(&root)?);
    if !findings.is_empty() {
        bail!("{}", findings.join("\n"));
    }
    Ok(())
}

/// Where README, the manifest and the code name different things.
fn names(root: &Path) -> Result<Vec<String>> {
    let (mut scripts, mut rust) = (String::new(), String::new());
    for file in files(&root.join("src"))? {
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("js") => scripts += &fs::read_to_string(&file)?,
            Some("rs") => rust += &fs::read_to_string(&file)?,
            _ => {}
        }
    }
    let code = Api::of_code(
        &scripts,
        &rust,
        &fs::read_to_string(root.join("style/joint-events.css"))?,
    );
    let manifest = Api::of_manifest(&fs::read_to_string(root.join("custom-elements.json"))?)?;
    let readme = Api::of_readme(&fs::read_to_string(root.join("README.md"))?);
    let mut lines = code.differences("src", &manifest, "custom-elements.json");
    lines.extend(code.differences("src", &readme, "README.md"));
    Ok(lines)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The lines of a file that break a rule; tests and documentation are free.
fn faults(path: &str, source: &str) -> Vec<String> {
    let lines = source.lines().take_while(|line| *line != "#[cfg(test)]").enumerate();
    let mut faults = Vec::new();
    for (number, line) in lines.filter(|(_, line)| !line.trim_start().starts_with("//")) {
        for rule in RULES.iter().filter(|rule| (rule.applies)(path)) {
            let found = rule.words.iter().find(|word| line.contains(**word));
            faults.extend(found.map(|word| format!("{path}:{}: {}, found {word}", number + 1, rule.reason)));
        }
        if path.starts_with("src/view") {
            faults.extend(visible(line).map(|words| {
                format!(
                    "{path}:{}: visible words stand in words/src/languages/, found {words}",
                    number + 1
                )
            }));
        }
    }
    faults
}

/// A literal that a visitor could read: it has a letter beyond ASCII, or is a row of plain words. Class names in a row
/// have one with a hyphen.
fn visible(line: &str) -> Option<&str> {
    // The reason of a lint that is let off is read by us alone.
    let seen = line.split("reason = \"").next().unwrap_or_default();
    let mut literals = seen.split('"').skip(1).step_by(2);
    literals.find(|literal| {
        let foreign = literal
            .chars()
            .any(|character| !character.is_ascii() && character.is_alphabetic());
        let words = literal.split_ascii_whitespace().collect::<Vec<_>>();
        let sentence = words.len() > 1 && words.iter().all(|word| is_plain(word));
        foreign || sentence
    })
}

fn is_plain(word: &str) -> bool {
    let letters = word.trim_end_matches(['.', ':', '!', '?']);
    !letters.is_empty()
        && letters
            .chars()
            .all(|letter| letter.is_ascii_alphabetic() || letter == '\'')
}

/// What the model depends on beyond serde.
fn dependencies(manifest: &str) -> Option<String> {
    let section = manifest.split("[dependencies]").nth(1)?.split("\n[").next()?;
    let foreign = section
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim());
    let foreign = foreign
        .filter(|name| !["serde", "serde_json"].contains(name))
        .collect::<Vec<_>>();
    (!foreign.is_empty()).then(|| {
        format!(
            "model/Cargo.toml: expected serde and serde_json alone, found {}",
            foreign.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_the_wrong_room_is_found_with_its_line() {
        assert_eq!(
            faults("model/src/a.rs", "use std::fmt;\nuse web_sys::Node;\n"),
            ["model/src/a.rs:2: the model knows no browser and reads no clock, found web_sys"]
        );
        assert_eq!(faults("src/host.rs", "#[wasm_bindgen]\n").len(), 1);
        assert_eq!(faults("src/view/card.rs", "js_sys::Date::now()\n").len(), 1);
        assert_eq!(faults("src/embed.js", "base.innerHTML = text;\n").len(), 1);
        assert_eq!(faults("src/embed.js", "event.price\n").len(), 1);
        assert_eq!(faults("src/load.rs", "let x = y.unwrap();\n").len(), 1);
        assert_eq!(faults("publish/src/list.rs", "use leptos::prelude::*;\n").len(), 1);
        assert_eq!(faults("src/lib.rs", "use gloo_net::http::Request;\n").len(), 1);
        assert_eq!(faults("src/embed.js", "await fetch(address);\n").len(), 1);
        assert!(faults("src/feed.js", "await fetch(address);\n").is_empty());
    }

    #[test]
    fn tests_and_comments_are_free() {
        assert!(faults("model/src/a.rs", "// web_sys\n#[cfg(test)]\nx.unwrap()\n").is_empty());
    }

    #[test]
    fn a_visible_word_outside_the_strings_is_found() {
        assert_eq!(faults("src/view/card.rs", "text(\"Événement\")\n").len(), 1);
        assert_eq!(faults("src/view/card.rs", "text(\"Show more.\")\n").len(), 1);
        assert!(faults("src/view/card.rs", "query(\"input, button\")\n").is_empty());
        assert!(faults("src/view/card.rs", "class(\"badge badge-joint\")\n").is_empty());
        assert!(
            faults(
                "src/view/node.rs",
                "#[expect(dead_code, reason = \"held for its end\")]\n"
            )
            .is_empty()
        );
        assert!(faults("words/src/strings.rs", "\"Événement\"\n").is_empty());
    }

    #[test]
    fn a_dependency_of_the_model_is_found() {
        assert!(dependencies("[dependencies]\nserde = 1\nregex = 1\n\n[dev-dependencies]\nx = 1").is_some());
        assert!(dependencies("[dependencies]\nserde = 1\n\n[lints]\nworkspace = true").is_none());
    }
}
