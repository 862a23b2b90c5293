//! xtask: the texts that only the second part of the wasm says, put into the second part's own data.
//!
//! The linker puts all texts into the data of one wasm. Those that stand in the source of what comes later, and in no other, are
//! looked for there, and move: in the first part zeros stand in their places, which cost nothing compressed.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, Module};

/// The crates that the wasm is made of, and where they are.
const CRATES: [(&str, &str); 3] = [
    ("joint_events", "src"),
    ("joint_events_model", "model/src"),
    ("joint_events_words", "words/src"),
];

/// The shortest text that moves, in octets: one that is shorter may be a piece of something else.
const SHORTEST: usize = 8;

/// The texts that stand in these modules' source, and nowhere else, not as a piece of another either.
pub fn only_in(modules: &[&str], root: &Path) -> Result<Vec<String>> {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (name, folder) in CRATES {
        let base = root.join(folder);
        let mut folders = vec![base.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let module = module_of(name, path.strip_prefix(&base)?);
                    for (module, source) in with_inner(module, &fs::read_to_string(&path)?) {
                        let is_own = modules.iter().any(|own| is_within(&module, own));
                        if is_own { &mut own } else { &mut others }.extend(literals(&source));
                    }
                }
            }
        }
    }
    own.retain(|text| text.len() >= SHORTEST && !others.iter().any(|other| other.contains(text)));
    own.sort();
    own.dedup();
    Ok(own)
}

/// `joint_events::view::month::` of `view/month.rs`.
fn module_of(name: &str, path: &Path) -> String {
    let path = path.with_extension("");
    let parts = path.iter().map(|part| part.to_string_lossy().into_owned());
    let mut module = name.to_owned();
    for part in parts.filter(|part| part != "lib") {
        module += "::";
        module += &part;
    }
    module + "::"
}

/// A file's own source, and that of the modules that it holds, each as `pub mod name {` in a line until a lone `}`.
fn with_inner(module: String, source: &str) -> Vec<(String, String)> {
    let (mut all, mut inner) = (vec![(module.clone(), String::new())], false);
    for line in source.lines() {
        let opened = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(" {"));
        if let Some(name) = opened {
            all.push((format!("{module}{name}::"), String::new()));
            inner = true;
        }
        let place = if inner { all.len() - 1 } else { 0 };
        all[place].1 += line;
        all[place].1.push('\n');
        inner &= line != "}";
    }
    all
}

/// Whether a module is one of a path, in which `*` is any one name.
fn is_within(module: &str, path: &str) -> bool {
    let mut names = module.split("::");
    let wanted = path.trim_end_matches("::").split("::");
    wanted
        .into_iter()
        .all(|wanted| names.next().is_some_and(|name| wanted == "*" || wanted == name))
}

/// The string literals of Rust source, as texts; those of comments and tests are none.
fn literals(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: Vec<char> = lines.flat_map(|line| line.chars().chain(['\n'])).collect();
    let (mut texts, mut rest) = (Vec::new(), code.as_slice());
    loop {
        match rest {
            // A character, which may be a quotation mark.
            ['\'', '\\', _, '\'', after @ ..] | ['\'', _, '\'', after @ ..] => rest = after,
            ['"', after @ ..] => {
                let (text, after) = literal(after);
                texts.push(text);
                rest = after;
            }
            [_, after @ ..] => rest = after,
            [] => return texts,
        }
    }
}

/// The text up to the closing quotation mark, and what is after that.
fn literal(mut rest: &[char]) -> (String, &[char]) {
    let mut text = String::new();
    loop {
        match rest {
            ['"', after @ ..] => return (text, after),
            ['\\', '\n', after @ ..] => {
                let indent = after.iter().take_while(|character| character.is_whitespace()).count();
                rest = after.get(indent..).unwrap_or_default();
            }
            ['\\', 'u', '{', after @ ..] => {
                let digits: String = after.iter().take_while(|character| **character != '}').collect();
                text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                rest = after.get(digits.len() + 1..).unwrap_or_default();
            }
            ['\\', escaped, after @ ..] => {
                text.push(match escaped {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    '0' => '\0',
                    other => *other,
                });
                rest = after;
            }
            [character, after @ ..] => {
                text.push(*character);
                rest = after;
            }
            [] => return (text, rest),
        }
    }
}

/// Moves texts from the data of the first part into the second's, each that is found there once.
pub fn move_literals(first: &mut Module, later: &mut Module, texts: &[String]) -> Result<()> {
    let mut moved: Vec<(usize, usize)> = Vec::new();
    let mut image = Vec::new();
    for data in first.data.iter() {
        if let DataKind::Active {
            offset: ConstExpr::Value(Value::I32(begin)),
            ..
        } = &data.kind
        {
            image.push((usize::try_from(*begin)?, data.id(), data.value.clone()));
        }
    }
    for text in texts {
        let mut found = Vec::new();
        for (begin, _, octets) in &image {
            let windows = octets.windows(text.len()).enumerate();
            found.extend(
                windows
                    .filter(|(_, window)| *window == text.as_bytes())
                    .map(|(place, _)| begin + place),
            );
        }
        if let [place] = found.as_slice() {
            moved.push((*place, place + text.len()));
        }
    }
    let texts: HashSet<(usize, usize)> = moved.iter().copied().collect();
    for (begin, _, octets) in &image {
        moved.extend(references(*begin, octets, &texts));
    }
    moved.sort_unstable();
    let memory = later
        .memories
        .iter()
        .next()
        .context("the second part: expected a memory, found none")?
        .id();
    for (begin, id, octets) in &image {
        let kept = &mut first.data.get_mut(*id).value;
        for run in moved.chunk_by(|(_, end), (next, _)| next <= end) {
            let (Some((from, _)), Some((_, to))) = (run.first(), run.last()) else {
                continue;
            };
            let (Some(from_here), Some(to_here)) = (from.checked_sub(*begin), to.checked_sub(*begin)) else {
                continue;
            };
            let Some(text) = octets.get(from_here..to_here) else {
                continue;
            };
            if let Some(place) = kept.get_mut(from_here..to_here) {
                place.fill(0);
            }
            let offset = ConstExpr::Value(Value::I32(i32::try_from(*from)?));
            let data = later.data.add(DataKind::Active { memory, offset }, text.to_vec());
            later.memories.get_mut(memory).data_segments.insert(data);
        }
    }
    Ok(())
}

/// Where data that begin at an address refer to one of these texts, by its address and its length: who holds that, as the words of
/// a language do, comes later as well.
fn references(begin: usize, octets: &[u8], texts: &HashSet<(usize, usize)>) -> Vec<(usize, usize)> {
    let number = |place: usize| {
        let four = octets.get(place..place + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(four)).ok()
    };
    let is_reference = |place: &usize| {
        let (Some(address), Some(length)) = (number(*place), number(place + 4)) else {
            return false;
        };
        texts.contains(&(address, address + length))
    };
    (begin.next_multiple_of(4) - begin..octets.len())
        .step_by(4)
        .filter(is_reference)
        .map(|place| (begin + place, begin + place + 8))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_source_are_found_as_they_are_read() {
        let source = "//! \"not this\"\nlet quote = '\"';\nlet a = \"one\\u{a0}\\\"two\\\"\";\nlet b = \"long \\\n    line\";\n#[cfg(test)]\nlet c = \"no\";\n";
        assert_eq!(literals(source), ["one\u{a0}\"two\"", "long line"]);
    }

    #[test]
    fn a_file_has_the_path_of_its_module() {
        assert_eq!(
            module_of("joint_events", Path::new("view/month/grid.rs")),
            "joint_events::view::month::grid::"
        );
        assert_eq!(
            module_of("joint_events_model", Path::new("lib.rs")),
            "joint_events_model::"
        );
    }

    #[test]
    fn a_module_within_a_file_has_its_own_texts() {
        let source = "static A: &str = \"one\";\npub mod later {\n    static B: &str = \"two\";\n}\nstatic C: &str = \"three\";\n";
        let found: Vec<(String, Vec<String>)> = with_inner("words::languages::fr::".to_owned(), source)
            .into_iter()
            .map(|(module, source)| (module, literals(&source)))
            .collect();
        assert_eq!(found[0].1, ["one", "three"]);
        assert_eq!(
            found[1],
            ("words::languages::fr::later::".to_owned(), vec!["two".to_owned()])
        );
        assert!(is_within(&found[1].0, "words::languages::*::later::"));
        assert!(!is_within(&found[0].0, "words::languages::*::later::"));
        assert!(!is_within("words::languages2::fr::later::", "words::languages::"));
    }

    #[test]
    fn a_text_moves_where_it_stands_once_and_the_first_part_has_zeros_there() -> Result<()> {
        let first = "(module (memory 1) (data (i32.const 8) \"only later, both, both\"))";
        let later = "(module (import \"a\" \"m\" (memory 1)))";
        let [mut first, mut later] = [
            Module::from_buffer(&wat::parse_str(first)?)?,
            Module::from_buffer(&wat::parse_str(later)?)?,
        ];
        let texts = ["only later", "both", "neither"].map(str::to_owned);
        move_literals(&mut first, &mut later, &texts)?;
        let values = |module: &Module| -> Vec<Vec<u8>> { module.data.iter().map(|data| data.value.clone()).collect() };
        assert_eq!(values(&first), [b"\0\0\0\0\0\0\0\0\0\0, both, both"]);
        assert_eq!(values(&later), [b"only later"]);
        Ok(())
    }

    #[test]
    fn what_refers_to_a_text_that_moves_is_found_and_no_other_number() {
        let texts = HashSet::from([(0x100, 0x109)]);
        let octets: Vec<u8> = [0_u32, 0x100, 9, 0x100, 8, 9]
            .into_iter()
            .flat_map(u32::to_le_bytes)
            .collect();
        assert_eq!(references(0x40, &octets, &texts), [(0x44, 0x4c)]);
        let shifted = [&[7, 7][..], &octets].concat();
        assert_eq!(references(0x42, &shifted, &texts), [(0x48, 0x50)]);
    }
}
