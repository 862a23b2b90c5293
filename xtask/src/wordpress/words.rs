//! xtask: the plugin's words, from the one file that people write to the forms that WordPress reads.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

/// The name of the words' files, before the locale.
const DOMAIN: &str = "joint-events";

/// The locale that is written; the plugin lets every French one read it.
const LOCALE: &str = "fr_CA";

/// How WordPress names the editor's script.
const EDITOR: &str = "joint-events-joint-events-editor-script";

/// One text and its translation.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Entry {
    context: Option<String>,
    id: String,
    text: String,
}

/// Writes beside the `.po`: the `.mo` that PHP reads, the JSON that the editor's script reads, and the `.pot` for whoever
/// writes another language.
pub fn compile(plugin: &Path) -> Result<()> {
    let folder = plugin.join("languages");
    let file = folder.join(format!("{DOMAIN}-{LOCALE}.po"));
    let entries = parse(&fs::read_to_string(&file)?).with_context(|| file.display().to_string())?;
    fs::write(file.with_extension("mo"), mo(&entries)?)?;
    fs::write(
        folder.join(format!("{DOMAIN}-{LOCALE}-{EDITOR}.json")),
        json_of(&entries),
    )?;
    Ok(fs::write(folder.join(format!("{DOMAIN}.pot")), pot(&entries))?)
}

/// The entries of a `.po` file (GNU gettext), the header first. Plurals are not read: the plugin has none.
fn parse(text: &str) -> Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut context = None;
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (word, quoted) = line.split_at(line.find('"').unwrap_or(line.len()));
        let piece: String =
            serde_json::from_str(quoted).with_context(|| format!("line {}: expected a text in quotes", number + 1))?;
        let entry = entries.last_mut();
        match (word.trim_end(), entry) {
            ("msgctxt", _) => context = Some(piece),
            ("msgid", _) => entries.push(Entry {
                context: context.take(),
                id: piece,
                text: String::new(),
            }),
            ("msgstr" | "", Some(entry)) => entry.text.push_str(&piece),
            (other, _) => bail!("line {}: expected msgid and msgstr, found {other:?}", number + 1),
        }
    }
    Ok(entries)
}

/// The binary form (GNU gettext, "The Format of GNU MO Files"): two tables of lengths and places, sorted by original.
fn mo(entries: &[Entry]) -> Result<Vec<u8>> {
    let mut pairs: Vec<(String, &str)> = entries.iter().map(|entry| (key(entry), entry.text.as_str())).collect();
    pairs.sort();
    let count = u32::try_from(pairs.len())?;
    let (mut tables, mut texts) = (Vec::new(), Vec::new());
    let begin = 28 + 16 * count;
    let originals = pairs.iter().map(|(id, _)| id.as_str());
    for text in originals.chain(pairs.iter().map(|(_, text)| *text)) {
        tables.extend(u32::try_from(text.len())?.to_le_bytes());
        tables.extend((begin + u32::try_from(texts.len())?).to_le_bytes());
        texts.extend(text.as_bytes());
        texts.push(0);
    }
    let head = [0x9504_12de, 0, count, 28, 28 + 8 * count, 0, begin];
    let head = head.into_iter().flat_map(u32::to_le_bytes);
    Ok(head.chain(tables).chain(texts).collect())
}

/// What gettext looks a text up by.
fn key(entry: &Entry) -> String {
    let context = entry
        .context
        .as_ref()
        .map(|context| format!("{context}\u{4}"))
        .unwrap_or_default();
    context + &entry.id
}

/// The form of `wp.i18n` (Jed).
fn json_of(entries: &[Entry]) -> String {
    let mut messages = Map::new();
    messages.insert(
        String::new(),
        json!({"domain": "messages", "lang": LOCALE, "plural-forms": "nplurals=2; plural=(n > 1);"}),
    );
    for entry in entries.iter().filter(|entry| !entry.id.is_empty()) {
        messages.insert(key(entry), json!([entry.text]));
    }
    let all: Value = json!({"domain": "messages", "locale_data": {"messages": messages}});
    format!("{all}\n")
}

/// The template: every text without a translation.
fn pot(entries: &[Entry]) -> String {
    let mut text = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n".to_owned();
    for entry in entries.iter().filter(|entry| !entry.id.is_empty()) {
        let context = entry
            .context
            .as_ref()
            .map(|context| format!("msgctxt {context:?}\n"))
            .unwrap_or_default();
        text += &format!(
            "\n{context}msgid \"{}\"\nmsgstr \"\"\n",
            entry.id.replace('\\', "\\\\").replace('"', "\\\"")
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::root;
    use crate::wordpress::files;

    fn entries() -> Vec<Entry> {
        let file = root().join("wordpress/joint-events/languages/joint-events-fr_CA.po");
        parse(&fs::read_to_string(file).expect("the words")).expect("entries")
    }

    /// What the plugin's source asks to be translated.
    fn asked() -> BTreeSet<String> {
        let mut asked = BTreeSet::new();
        for (name, bytes) in files(&root().join("wordpress/joint-events")).expect("files") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            if name.ends_with("block.json") {
                let block: Value = serde_json::from_str(&text).expect("JSON");
                for (key, context) in [("title", "block title"), ("description", "block description")] {
                    asked.insert(format!("{context}\u{4}{}", block[key].as_str().expect("a text")));
                }
                for keyword in block["keywords"].as_array().expect("keywords") {
                    asked.insert(format!("block keyword\u{4}{}", keyword.as_str().expect("a text")));
                }
            }
            if name.ends_with("joint-events.php") {
                for field in [" * Plugin Name: ", " * Description: "] {
                    let line = text
                        .lines()
                        .find_map(|line| line.strip_prefix(field))
                        .expect("the field");
                    asked.insert(line.trim().to_owned());
                }
            }
            for part in text.split("__( '").skip(1) {
                let (words, rest) = part.split_once('\'').expect("the end of a text");
                assert!(
                    rest.starts_with(", 'joint-events' )"),
                    "{name}: {words}: expected the domain"
                );
                asked.insert(words.to_owned());
            }
        }
        asked
    }

    #[test]
    fn every_word_of_the_plugin_is_written_in_french_and_no_other() {
        let written: BTreeSet<String> = entries().iter().skip(1).map(key).collect();
        assert_eq!(written, asked());
        for entry in entries() {
            assert!(!entry.text.is_empty(), "{}", entry.id);
        }
    }

    #[test]
    fn french_has_the_marks_of_quebec() {
        for entry in entries().iter().skip(1) {
            let text = &entry.text;
            for wrong in ["« ", " »", " :", " ;", " ?", " !", "'", "\u{a0};"] {
                assert!(!text.contains(wrong), "{wrong:?} in {text:?}");
            }
        }
    }

    #[test]
    fn a_text_is_found_in_the_binary_form_by_its_place() {
        let entry = Entry {
            context: Some("a".to_owned()),
            id: "b".to_owned(),
            text: "é".to_owned(),
        };
        let binary = mo(&[Entry::default(), entry]).expect("a table");
        let number = |at: usize| {
            usize::try_from(u32::from_le_bytes(binary[at..at + 4].try_into().expect("four"))).expect("small")
        };
        let text = |table: usize, row: usize| {
            let (length, place) = (number(table + 8 * row), number(table + 8 * row + 4));
            String::from_utf8(binary[place..place + length].to_vec()).expect("UTF-8")
        };
        assert_eq!(
            (number(8), text(number(12), 1), text(number(16), 1)),
            (2, "a\u{4}b".to_owned(), "é".to_owned())
        );
    }
}
