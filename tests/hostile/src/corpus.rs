//! Hostile: the inputs that are kept: an entrance's own in `fuzz/corpus`, the feeds of the tests, the lists of hostile
//! texts and links, and the dictionary of what entrances look for.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The inputs of an entrance, each with what it is called.
///
/// # Errors
/// Where a file can't be read.
pub fn seeds(target: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let mut seeds = files(&format!("fuzz/corpus/{target}"))?;
    match target {
        "feed" | "published" => seeds.extend(files("tests/feeds")?),
        "event" => {
            for (name, bytes) in files("tests/feeds")? {
                let feed: Value = serde_json::from_slice(&bytes).with_context(|| name.clone())?;
                let events = feed.get("events").and_then(Value::as_array).into_iter().flatten();
                seeds.extend(events.map(|event| (name.clone(), event.to_string().into_bytes())));
            }
        }
        "link" => seeds.extend(strings("urls.json")?),
        "text" => seeds.extend(strings("blns.json")?.into_iter().chain(strings("markup.json")?)),
        _ => {}
    }
    if seeds.is_empty() {
        bail!("fuzz/corpus/{target}: expected files, found none");
    }
    Ok(seeds)
}

/// The files of a folder in the order of their names.
fn files(folder: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let path = root().join(folder);
    let mut files = Vec::new();
    for entry in fs::read_dir(&path).with_context(|| format!("{folder}: expected a folder"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((format!("{folder}/{name}"), fs::read(&path)?));
    }
    files.sort();
    Ok(files)
}

/// The texts of a list that the browser's tests show too.
fn strings(name: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let path = root().join("tests/e2e/hostile").join(name);
    let texts: Vec<String> = serde_json::from_slice(&fs::read(&path)?).with_context(|| name.to_owned())?;
    let texts = texts.into_iter().enumerate();
    Ok(texts
        .map(|(number, text)| (format!("{name} {number}"), text.into_bytes()))
        .collect())
}

/// The texts and links of the lists.
///
/// # Errors
/// Where a list can't be read.
pub fn texts() -> Result<Vec<String>> {
    let lists = ["blns.json", "markup.json", "urls.json"].map(strings);
    let texts = lists.into_iter().collect::<Result<Vec<_>>>()?.concat();
    Ok(texts
        .into_iter()
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect())
}

/// What entrances look for, in the form of libFuzzer's dictionaries: a word in quotes on each line, with `\"`, `\\` and
/// `\xNN`.
///
/// # Errors
/// Where a line is no word.
pub fn words() -> Result<Vec<Vec<u8>>> {
    let text = fs::read_to_string(root().join("fuzz/dictionary.txt")).context("fuzz/dictionary.txt")?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let word =
        |line| word(line).with_context(|| format!("fuzz/dictionary.txt: expected a word in quotes, found {line}"));
    lines.map(word).collect()
}

fn word(line: &str) -> Option<Vec<u8>> {
    let mut rest = line.strip_prefix('"')?.strip_suffix('"')?.bytes();
    let mut word = Vec::new();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            word.push(byte);
            continue;
        }
        match rest.next()? {
            b'x' => {
                let digits = [rest.next()?, rest.next()?];
                word.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            itself => word.push(itself),
        }
    }
    Some(word)
}

/// Writes the inputs of an entrance that do not stand in its own folder, a file each, for libFuzzer.
///
/// # Errors
/// Where a file can't be written.
pub fn write(target: &str, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for (number, (_, bytes)) in seeds(target)?.into_iter().enumerate() {
        fs::write(folder.join(format!("seed-{number}")), bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_dictionary_means_what_libfuzzer_takes_it_for() {
        assert_eq!(word(r#""a\"\\\x00\xe2""#), Some(b"a\"\\\0\xe2".to_vec()));
        assert_eq!(word("a"), None);
        assert!(words().unwrap().len() > 100);
    }
}
