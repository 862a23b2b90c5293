//! Publish: a feed as text, one event a line; and files that are replaced as a whole.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use serde_json::{Map, Value};

/// What the names of unfinished files begin with, so that the next run knows them.
const UNFINISHED: &str = ".joint-events-";

/// Members in the order in which people read them; those of other names come after, by name.
const ORDER: &[&str] = &[
    "format",
    "version",
    "id",
    "generatedAt",
    "title",
    "name",
    "shortName",
    "summary",
    "description",
    "label",
    "start",
    "end",
    "timeZone",
    "status",
    "previousStart",
    "statusNote",
    "attendance",
    "venue",
    "street",
    "locality",
    "region",
    "postalCode",
    "country",
    "latitude",
    "longitude",
    "mapUrl",
    "online",
    "platform",
    "organizer",
    "organizers",
    "partners",
    "themes",
    "image",
    "url",
    "alt",
    "width",
    "height",
    "calendarUrl",
    "registration",
    "opens",
    "closes",
    "alternatives",
    "sameAs",
    "audience",
    "memberOf",
    "price",
    "currency",
    "taxIncluded",
    "validFrom",
    "validThrough",
    "availability",
    "offers",
    "joinUrl",
    "color",
    "logo",
    "note",
    "languages",
    "associations",
    "provinces",
    "audiences",
    "updatedAt",
    "events",
];

/// The text of a feed: its own members a line each, then its events, a line each. Texts stand in the feed's order of
/// languages.
///
/// ```
/// use serde_json::json;
///
/// let feed = json!({"events": [{"title": {"en": "b", "fr": "a"}, "id": "x"}], "languages": ["fr", "en"], "format": "joint-events"});
/// assert_eq!(
///     joint_events_publish::write::feed(&feed),
///     "{\n\"format\":\"joint-events\",\n\"languages\":[\"fr\",\"en\"],\n\"events\":[\n\
///      {\"id\":\"x\",\"title\":{\"fr\":\"a\",\"en\":\"b\"}}\n]\n}\n"
/// );
/// ```
pub fn feed(document: &Value) -> String {
    let languages = languages(document);
    let mut text = "{\n".to_owned();
    let empty = Map::new();
    let members = ordered(document.as_object().unwrap_or(&empty), &languages);
    let mut first = true;
    for (name, value) in members {
        if !first {
            text.push_str(",\n");
        }
        first = false;
        push_string(&mut text, name);
        text.push(':');
        match value {
            Value::Array(events) if name == "events" => {
                text.push_str("[\n");
                for (number, event) in events.iter().enumerate() {
                    if number > 0 {
                        text.push_str(",\n");
                    }
                    push(&mut text, event, &languages);
                }
                text.push_str("\n]");
            }
            value => push(&mut text, value, &languages),
        }
    }
    text.push_str("\n}\n");
    text
}

/// The document's languages, in its order.
pub(crate) fn languages(document: &Value) -> Vec<&str> {
    let languages = document.get("languages").and_then(Value::as_array);
    languages.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn push(text: &mut String, value: &Value, languages: &[&str]) {
    match value {
        Value::Object(members) => {
            text.push('{');
            for (number, (name, inner)) in ordered(members, languages).into_iter().enumerate() {
                if number > 0 {
                    text.push(',');
                }
                push_string(text, name);
                text.push(':');
                push(text, inner, languages);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    text.push(',');
                }
                push(text, item, languages);
            }
            text.push(']');
        }
        Value::String(string) => push_string(text, string),
        Value::Null | Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
    }
}

/// Adds a text in JSON's quotes.
pub(crate) fn push_string(text: &mut String, string: &str) {
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if string.bytes().all(is_plain) {
        text.push('"');
        text.push_str(string);
        text.push('"');
    } else {
        // A string has a JSON form: the fallback is never met.
        text.push_str(&serde_json::to_string(string).unwrap_or_default());
    }
}

fn ordered<'a>(members: &'a Map<String, Value>, languages: &[&str]) -> Vec<(&'a str, &'a Value)> {
    static RANKS: OnceLock<HashMap<&str, usize>> = OnceLock::new();
    let ranks = RANKS.get_or_init(|| ORDER.iter().zip(0..).map(|(name, rank)| (*name, rank)).collect());
    let rank = |name: &str| {
        let language = languages.iter().position(|tag| *tag == name);
        language.or_else(|| ranks.get(name).copied()).unwrap_or(usize::MAX)
    };
    let mut ranked: Vec<(usize, &str, &Value)> = members
        .iter()
        .map(|(name, value)| (rank(name), name.as_str(), value))
        .collect();
    ranked.sort_unstable_by_key(|(rank, name, _)| (*rank, *name));
    ranked.into_iter().map(|(_, name, value)| (name, value)).collect()
}

/// A file of a folder that is replaced as a whole; its text is made part by part as it is written, since a whole one is
/// large.
pub struct File<'a> {
    name: String,
    parts: Box<dyn Iterator<Item = String> + Send + 'a>,
}

impl<'a> File<'a> {
    /// A file of this name, with these parts one after the other.
    pub fn new(name: impl Into<String>, parts: impl Iterator<Item = String> + Send + 'a) -> Self {
        Self {
            name: name.into(),
            parts: Box::new(parts),
        }
    }

    fn write(self, path: &Path) -> io::Result<()> {
        let mut file = io::BufWriter::new(fs::File::create(path)?);
        for part in self.parts {
            file.write_all(part.as_bytes())?;
        }
        file.into_inner()?.sync_all()
    }
}

/// Replaces the files of a folder, the last one last: each is written whole beside its place and then takes it, so that
/// a reader never sees half of one. Two are written at a time. What a run that was killed left behind is taken away first.
///
/// # Errors
/// Where the folder or a file can't be written; no file is replaced then unless all could be written.
pub fn replace(folder: &Path, files: Vec<File>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs::remove_file(entry.path())?;
        }
    }
    let unfinished = |name: &str| folder.join(format!("{UNFINISHED}{name}"));
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let waiting = Mutex::new(files.into_iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let write_rest = || -> io::Result<()> {
        while let Some(file) = next() {
            let path = unfinished(&file.name);
            file.write(&path)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let beside = thread::Builder::new().spawn_scoped(scope, write_rest)?;
        let own = write_rest();
        own.and(beside.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })?;
    for name in names {
        fs::rename(unfinished(&name), folder.join(name))?;
    }
    Ok(())
}

/// Replaces one file as [`replace`] does.
///
/// # Errors
/// Where it can't be written.
pub fn replace_file(path: &Path, text: &str) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let unfinished = folder.join(format!("{UNFINISHED}{name}"));
    fs::write(&unfinished, text)?;
    fs::rename(unfinished, path)
}
