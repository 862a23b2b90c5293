//! xtask: `docs/trust.md`: a row for each promise, with the figure that each engine's tests measured.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::root;
use crate::tools::say;

const PROMISES: &str = "tests/e2e/promises.tsv";
const TABLE: &str = "docs/trust.md";

/// Where figures come from, by the name of their folder in `target/e2e/trust`, and what the head of their column says.
const SOURCES: &[(&str, &str)] = &[
    ("chromium", "Chromium"),
    ("firefox", "Firefox"),
    ("webkit", "WebKit"),
    ("native", "without a browser"),
];

const HEAD: &str = "# What it promises, and what the tests measured

`cargo xtask test` measures, `cargo xtask trust` writes this page from what was measured last. A row stands for a promise,
a cell for what the same test found in that engine; where it is empty, nothing was measured. An engine in which the tests did
not run has no column: [engines.md](engines.md).
";

/// Writes the table.
///
/// # Errors
/// Where a promise has no figure at all: it was not shown.
pub fn trust() -> Result<()> {
    let root = root();
    let figures = root.join("target/e2e/trust");
    let table = table(&fs::read_to_string(root.join(PROMISES))?, &|source, promise| {
        figure(&figures.join(source).join(promise))
    })?;
    fs::write(root.join(TABLE), table)?;
    say(&format!("{TABLE} is written"));
    Ok(())
}

/// Holds that the last tests have shown every promise, and that the table has no other.
pub fn check() -> Result<()> {
    let root = root();
    let promises = fs::read_to_string(root.join(PROMISES))?;
    let figures = root.join("target/e2e/trust");
    table(&promises, &|source, promise| {
        figure(&figures.join(source).join(promise))
    })?;
    let written = fs::read_to_string(root.join(TABLE)).with_context(|| TABLE)?;
    let words = |line: &str| line.split('|').nth(1).map(|words| words.trim().to_owned());
    let told: Vec<String> = written
        .lines()
        .filter_map(words)
        .filter(|words| !is_head(words))
        .collect();
    let promised: Vec<String> = rows(&promises)?.into_iter().map(|row| row.words.to_owned()).collect();
    if told != promised {
        bail!("{TABLE}: expected the promises of {PROMISES}, found others: cargo xtask trust writes it");
    }
    Ok(())
}

/// Takes away what a source has measured, before it measures again.
pub fn forget(source: &str) -> Result<()> {
    let folder = root().join("target/e2e/trust").join(source);
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// Notes a figure that no browser measured.
pub fn note(source: &str, promise: &str, figure: &str) -> Result<()> {
    let folder = root().join("target/e2e/trust").join(source);
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join(promise), figure)?)
}

fn is_head(words: &str) -> bool {
    words == "promise" || words.starts_with('-')
}

fn figure(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// A promise as the file has it.
struct Row<'a> {
    name: &'a str,
    section: &'a str,
    words: &'a str,
}

fn rows(promises: &str) -> Result<Vec<Row<'_>>> {
    let row = |line| {
        let mut cells = str::split(line, '\t');
        let cells = [(); 3].map(|()| cells.next());
        let [Some(name), Some(section), Some(words)] = cells else {
            bail!("{PROMISES}: expected name, section and words, found {line:?}");
        };
        Ok(Row { name, section, words })
    };
    promises.lines().map(row).collect()
}

fn table(promises: &str, figure: &dyn Fn(&str, &str) -> Option<String>) -> Result<String> {
    let rows = rows(promises)?;
    let ran = |source: &str| rows.iter().any(|row| figure(source, row.name).is_some());
    let sources: Vec<_> = SOURCES.iter().filter(|(source, _)| ran(source)).collect();
    let mut text = HEAD.to_owned();
    let mut section = "";
    let mut unshown = Vec::new();
    for row in &rows {
        if row.section != section {
            section = row.section;
            let titles: String = sources.iter().map(|(_, title)| format!(" {title} |")).collect();
            let rule = " --- |".repeat(sources.len());
            text.push_str(&format!("\n## {section}\n\n| promise |{titles}\n| --- |{rule}\n"));
        }
        let cells: Vec<Option<String>> = sources.iter().map(|(source, _)| figure(source, row.name)).collect();
        if cells.iter().all(Option::is_none) {
            unshown.push(row.name);
        }
        let cells: String = cells
            .iter()
            .map(|cell| format!(" {} |", cell.as_deref().unwrap_or_default()))
            .collect();
        text.push_str(&format!("| {} |{cells}\n", row.words));
    }
    if !unshown.is_empty() {
        bail!(
            "promises: expected a figure of each from the tests, found none of {}",
            unshown.join(", ")
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::table;

    const PROMISES: &str = "one\tSecurity\tIt is safe\ntwo\tPrivacy\tIt is silent\n";

    #[test]
    fn each_promise_has_a_row_under_its_section_with_a_cell_for_each_source_that_measured() {
        let figure = |source: &str, name: &str| match (source, name) {
            ("webkit", _) | ("native", "two") => None,
            (source, name) => Some(format!("{name} in {source}")),
        };
        let table = table(PROMISES, &figure).expect("a table");
        assert!(
            table.contains("## Security\n\n| promise | Chromium | Firefox | without a browser |\n"),
            "{table}"
        );
        assert!(
            table.contains("| It is silent | two in chromium | two in firefox |  |\n"),
            "{table}"
        );
    }

    #[test]
    fn a_promise_that_no_test_has_shown_is_an_error() {
        let error = table(PROMISES, &|_, name| (name == "one").then(String::new)).expect_err("no table");
        assert_eq!(
            error.to_string(),
            "promises: expected a figure of each from the tests, found none of two"
        );
    }
}
