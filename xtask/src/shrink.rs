//! xtask: takes out of the wasm and its glue what nobody calls, and the long names between the two.
//!
//! Some dependencies export what only servers or streams need; wasm-bindgen keeps every export, and names each import
//! after a hash. Binaryen finds what is dead and renames the rest; here the glue follows.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::tools::{output, run};

/// Shrinks both in place. `own_class` is the one class that the script uses; others are taken out.
pub fn shrink(glue: &Path, wasm: &Path, features: &[&str], own_class: &str) -> Result<()> {
    let mut script = guarded(&without_classes(&fs::read_to_string(glue)?, own_class));
    let graph = wasm.with_extension("graph.json");
    fs::write(&graph, graph_of(&called(&script)).to_string())?;
    let (graph, path) = (
        graph.to_string_lossy().into_owned(),
        wasm.to_string_lossy().into_owned(),
    );
    let dead = [&[path.as_str(), "--graph-file", &graph, "-o", &path], features].concat();
    output("wasm-metadce", &dead).context("wasm-metadce: expected a smaller wasm, found none")?;
    let renaming = [path.as_str(), "--minify-imports-and-exports-and-modules", "-o", &path];
    let names =
        output("wasm-opt", &[&renaming[..], features].concat()).context("wasm-opt: expected names, found none")?;
    let names: Value = serde_json::from_str(&names).context("wasm-opt: expected names as JSON")?;
    script = follow(&script, &names)?;
    fs::write(glue, script)?;
    // What was held only by what is gone now.
    run(
        "wasm-opt",
        &[
            &[path.as_str(), "--remove-unused-module-elements", "-o", &path],
            features,
        ]
        .concat(),
    )
}

/// The glue without the classes that nobody uses. wasm-bindgen writes each in a form of its own.
fn without_classes(script: &str, own_class: &str) -> String {
    let lines: Vec<&str> = script.lines().collect();
    let classes: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("export class ")?.split(' ').next())
        .filter(|class| *class != own_class)
        .collect();
    let mut kept = String::new();
    let mut until = None;
    for line in lines {
        if let Some(end) = until {
            if line == "}" || (end == ";" && line.ends_with(end)) {
                until = None;
            }
            continue;
        }
        until = classes.iter().find_map(|class| {
            if line.starts_with(&format!("export class {class} ")) {
                Some("}")
            } else if line.starts_with(&format!("const {class}Finalization ")) {
                Some(";")
            } else {
                None
            }
        });
        let disposes = classes
            .iter()
            .any(|class| line.starts_with(&format!("if (Symbol.dispose) {class}.")));
        if until.is_none() && !disposes {
            kept += line;
            kept += "\n";
        }
    }
    kept
}

/// The glue with a guard around each call that no script of ours makes, but the page or a promise: what stops the wasm
/// there is told to one listener, set with `on_trap`, in place of the page's own handler of errors.
fn guarded(script: &str) -> String {
    let mut guarded = "let trapped;\nexport function on_trap(listener) { trapped = listener; }\n".to_owned();
    for line in script.lines() {
        let call = line.trim_start();
        if call.starts_with("wasm.wasm_bindgen_") || call.starts_with("const ret = wasm.wasm_bindgen_") {
            let call = call.trim_start_matches("const ");
            guarded += &format!("    let ret;\n    try {{ {call} }} catch (error) {{ return trapped(error); }}\n");
        } else {
            guarded += line;
            guarded += "\n";
        }
    }
    guarded
}

/// The exports that the glue calls.
fn called(script: &str) -> BTreeSet<&str> {
    let after = script.split("wasm.").skip(1);
    after
        .filter_map(|rest| rest.split(|character: char| !is_word(character)).next())
        .filter(|name| !name.is_empty())
        .collect()
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// The graph that `wasm-metadce` reads: the page reaches these exports and no others.
fn graph_of(exports: &BTreeSet<&str>) -> Value {
    let mut nodes = vec![json!({"name": "page", "root": true, "reaches": exports})];
    nodes.extend(exports.iter().map(|name| json!({"name": name, "export": name})));
    Value::Array(nodes)
}

/// The glue with the new names, without the imports that the wasm no longer asks for.
fn follow(script: &str, names: &Value) -> Result<String> {
    let list = |kind: &str| {
        names[kind]
            .as_array()
            .cloned()
            .with_context(|| format!("{kind}: expected a list"))
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let imports: Vec<(String, String)> = list("imports")?
        .iter()
        .map(|entry| (text(&entry[1]), text(&entry[2])))
        .collect();
    let mut followed = String::new();
    let mut gone = false;
    for line in script.lines() {
        let import = line.strip_prefix("        ").filter(|rest| rest.starts_with("__wb"));
        if let Some((name, rest)) = import.and_then(|import| import.split_once(':')) {
            let short = imports.iter().find(|(long, _)| long == name).map(|(_, short)| short);
            gone = short.is_none();
            if let Some(short) = short {
                followed += &format!("        {short}:{rest}\n");
            }
        } else if !gone {
            followed += line;
            followed += "\n";
        }
        if line == "        }," || line.starts_with("        __wb") && line.ends_with("),") {
            gone = false;
        }
    }
    for entry in list("exports")? {
        followed = renamed(
            &followed,
            &format!("wasm.{}", text(&entry[0])),
            &format!("wasm.{}", text(&entry[1])),
        );
    }
    Ok(followed.replace("\"./glue_bg.js\": import0", "\"a\": import0"))
}

/// The text with a name replaced where it stands as a whole.
fn renamed(text: &str, long: &str, short: &str) -> String {
    let mut parts = text.split(long);
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        renamed += if part.starts_with(is_word) { long } else { short };
        renamed += part;
    }
    renamed
}
