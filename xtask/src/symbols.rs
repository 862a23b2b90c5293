//! xtask: which function of the source a number in a trace of the published wasm is.
//!
//! A panic is a trap without words: its line in the console has the numbers of the functions that were under way, and
//! where in the wasm each was. The names are cut off what visitors download; they stand in a list beside it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// The list, in `dist/`: a line for each function, its number, where its code begins, and its name; those of the second
/// part after those of the first, their lines marked.
pub const FILE: &str = "joint-events.symbols.txt";

/// The functions of a wasm with its own numbers, names and code.
pub struct Functions {
    /// How many functions stand before the first of these: those that are imported.
    pub imported: usize,
    /// In the wasm's order.
    pub own: Vec<Function>,
    /// Where the section of names stands, where there is one.
    pub names: Option<std::ops::Range<usize>>,
}

/// One of them.
pub struct Function {
    /// As in the section of names; empty without one.
    pub name: String,
    /// Its locals and instructions.
    pub code: Vec<u8>,
    /// Where the code begins, in octets from the beginning of the wasm.
    pub start: u64,
}

impl Functions {
    /// Reads a wasm.
    pub fn of(wasm: &[u8]) -> Result<Self> {
        let mut functions = Self {
            imported: 0,
            own: Vec::new(),
            names: None,
        };
        let mut end = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            let range = payload.as_section().map(|(_, range)| range);
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        functions.imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => functions.own.push(Function {
                    name: String::new(),
                    code: body.as_bytes().to_vec(),
                    start: body.range().start,
                }),
                Payload::CustomSection(custom) => {
                    if let KnownCustom::Name(names) = custom.as_known() {
                        functions.take(names)?;
                        functions.names = Some(end..custom.range().end as usize);
                    }
                }
                _ => {}
            }
            end = range.map_or(end, |range| range.end as usize);
        }
        if functions.own.is_empty() {
            bail!("wasm: expected functions, found none");
        }
        Ok(functions)
    }

    fn take(&mut self, names: wasmparser::NameSectionReader<'_>) -> Result<()> {
        for name in names {
            let Name::Function(map) = name? else { continue };
            for naming in map {
                let naming = naming?;
                let own = (naming.index as usize).checked_sub(self.imported);
                if let Some(function) = own.and_then(|own| self.own.get_mut(own)) {
                    function.name = naming.name.to_owned();
                }
            }
        }
        Ok(())
    }
}

/// What the lines of the second part's functions begin with, and what the traces in it name.
const LATER: [&str; 2] = ["later ", ".later.wasm"];

/// The list of the first part's functions and the second's.
pub fn list_of([first, later]: [String; 2]) -> String {
    later.lines().fold(first, |list, line| list + LATER[0] + line + "\n")
}

/// A line for each function of a wasm whose functions have the names of those of `named`, the same wasm; `plain` takes off
/// what was put before a name. What the tools made, such as wasm-bindgen's adapters, has none.
pub fn lines(named: &Path, wasm: &Path, plain: fn(&str) -> &str) -> Result<String> {
    let functions = Functions::of(&fs::read(wasm)?)?;
    let names = Functions::of(&fs::read(named)?)?;
    let all = functions.own.len();
    if names.own.len() != all {
        let found = names.own.len();
        bail!(
            "{}: expected the {all} functions of the wasm, found {found}",
            named.display()
        );
    }
    let (mut lines, mut nameless) = (String::new(), 0);
    for (number, (function, named)) in (functions.imported..).zip(functions.own.iter().zip(&names.own)) {
        let mut name = without_hashes(plain(&named.name));
        if name.is_empty() {
            nameless += 1;
            name.push_str("(made by a tool)");
        }
        lines += &format!("{number} {:#x} {name}\n", function.start);
    }
    if nameless * 20 > all {
        bail!(
            "{}: expected names, found none for {nameless} functions of {all}",
            wasm.display()
        );
    }
    Ok(lines)
}

/// A name without the hash of each crate, as in `core[15266d276e3a2055]::fmt` (RFC 2603).
pub fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() > 12 && hash.bytes().all(|octet| octet.is_ascii_hexdigit()) => {
                plain += rest
            }
            _ => plain += &["[", part].concat(),
        }
    }
    plain
}

/// What a trace means, line for line, by the list of the same build.
pub fn explain(trace: &str, list: &str) -> Result<String> {
    let (later, first): (Vec<&str>, Vec<&str>) = list.lines().partition(|line| line.starts_with(LATER[0]));
    let first: Vec<_> = first.into_iter().filter_map(symbol).collect();
    let later: Vec<_> = later
        .into_iter()
        .filter_map(|line| symbol(line.strip_prefix(LATER[0])?))
        .collect();
    let mut explained = String::new();
    for (is_later, number, place) in places(trace) {
        let symbols: &[(usize, u64, &str)] = if is_later { &later } else { &first };
        let at = symbols.iter().position(|(other, ..)| *other == number);
        let Some((at, (_, start, name))) = at.and_then(|at| Some((at, symbols.get(at)?))) else {
            let last = symbols.last().map(|(number, ..)| *number).unwrap_or_default();
            bail!("{FILE}: expected function {number}, found none up to {last}: it is the list of another build");
        };
        let end = symbols.get(at + 1).map_or(u64::MAX, |(_, start, _)| *start);
        if let Some(place) = place.filter(|place| !(*start..end).contains(place)) {
            bail!(
                "{FILE}: expected {place:#x} in function {number}, found it outside of it: it is the list of another build"
            );
        }
        let place = place.map(|place| format!(":{place:#x}")).unwrap_or_default();
        explained += &format!("wasm-function[{number}]{place} {name}\n");
    }
    if explained.is_empty() {
        bail!("expected a trace with wasm-function[NUMBER] in it, found {trace:?}");
    }
    Ok(explained)
}

/// Explains a trace by the list in `dist/` or another.
pub fn print(trace: &str, list: &Path) -> Result<()> {
    let text = fs::read_to_string(list)
        .with_context(|| format!("{}: expected the list beside the wasm, found none", list.display()))?;
    print!("{}", explain(trace, &text)?);
    Ok(())
}

fn symbol(line: &str) -> Option<(usize, u64, &str)> {
    let (number, rest) = line.split_once(' ')?;
    let (start, name) = rest.split_once(' ')?;
    Some((number.parse().ok()?, hexadecimal(start)?, name))
}

/// The functions of a trace with their places, as Chromium and Firefox write them, and without places, as WebKit does, which
/// does not tell the second part's from the first's either. Firefox writes a function's number twice.
fn places(trace: &str) -> Vec<(bool, usize, Option<u64>)> {
    let mut found = Vec::new();
    for line in trace.lines() {
        let Some((_, last)) = line.rsplit_once("wasm-function[") else {
            continue;
        };
        let Some((number, rest)) = last.split_once(']') else {
            continue;
        };
        let place = rest.strip_prefix(':').map(|rest| {
            let end = rest.find(|character: char| !character.is_ascii_alphanumeric());
            &rest[..end.unwrap_or(rest.len())]
        });
        if let Ok(number) = number.parse() {
            found.push((line.contains(LATER[1]), number, place.and_then(hexadecimal)));
        }
    }
    found
}

fn hexadecimal(text: &str) -> Option<u64> {
    u64::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "7 0x100 joint_events::mount\n8 0x140 joint_events::view::effect::run_due\n9 0x180 <u8 as core::fmt::Debug>::fmt\nlater 8 0x90 joint_events::view::doors::details\n";

    #[test]
    fn a_trace_of_any_browser_is_explained() -> Result<()> {
        let run_due = "wasm-function[8]:0x150 joint_events::view::effect::run_due\n";
        let chromium = "RuntimeError: unreachable\n    at https://a.example/joint-events.wasm:wasm-function[8]:0x150\n    at f (https://a.example/joint-events.js:1:2)";
        assert_eq!(explain(chromium, LIST)?, run_due);
        let firefox = "wasm-function[8]@https://a.example/joint-events.wasm:wasm-function[8]:0x150\nf@https://a.example/joint-events.js:1:2";
        assert_eq!(explain(firefox, LIST)?, run_due);
        let webkit = "<?>.wasm-function[8]@[wasm code]\nf@https://a.example/joint-events.js:1:2";
        assert_eq!(
            explain(webkit, LIST)?,
            "wasm-function[8] joint_events::view::effect::run_due\n"
        );
        let later = "    at https://a.example/joint-events.later.wasm:wasm-function[8]:0x91";
        assert_eq!(
            explain(later, LIST)?,
            "wasm-function[8]:0x91 joint_events::view::doors::details\n"
        );
        let deep = "wasm-function[9]:0x180\nwasm-function[7]:0x13f";
        assert_eq!(
            explain(deep, LIST)?,
            "wasm-function[9]:0x180 <u8 as core::fmt::Debug>::fmt\nwasm-function[7]:0x13f joint_events::mount\n"
        );
        Ok(())
    }

    #[test]
    fn a_name_loses_its_hashes_and_keeps_its_arrays() {
        let name = "<[u8; 4] as core[15266d276e3a2055]::fmt::Debug>::fmt";
        assert_eq!(without_hashes(name), "<[u8; 4] as core::fmt::Debug>::fmt");
        assert_eq!(
            without_hashes("<[joint_events[e8770b2d0156d05b]::view::Row]>"),
            "<[joint_events::view::Row]>"
        );
    }

    #[test]
    fn a_trace_of_another_build_is_refused() {
        let refused = |trace| explain(trace, LIST).expect_err("a refusal").to_string();
        assert!(refused("wasm-function[8]:0x180").contains("another build"));
        assert!(refused("wasm-function[3]").contains("expected function 3"));
        assert!(refused("RuntimeError: unreachable").contains("expected a trace"));
    }
}
