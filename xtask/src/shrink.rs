//! xtask: takes out of the wasm and its glue what nobody calls, and the long names between the two.
//!
//! wasm-bindgen keeps every export, and names each import after a hash. Binaryen finds what is dead and renames the rest;
//! here the glue follows.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::glue::{guarded, shortened};
use crate::order::{WAYS, name_in_order, without_rank};
use crate::split::{needed, renamed};
use crate::symbols;
use crate::tools::{output, run, weight};

/// The module that the wasm imports the glue's functions from.
const GLUE: &str = "./glue_bg.js";

/// What the whole optimizer does, for size: against what -Oz does alone, brotli saves 5 % where little is inlined.
const OPTIMIZE: &[&str] = &["-Oz", "--converge", "-ocimfs", "10", "-aimfs", "3"];

/// What is done last: functions by their rank, and in each of them locals that share what they can, the most used first.
const SORT: &[&str] = &[
    "--coalesce-locals-learning",
    "--reorder-locals",
    "--reorder-functions-by-name",
];

/// Optimizes a wasm in place: what rustc and wasm-bindgen left.
pub fn optimize(wasm: &Path, features: &[&str]) -> Result<()> {
    run_on(wasm, OPTIMIZE, features)
}

/// Shrinks the glue and both parts of the wasm in place. The functions' names go from them into a list, `symbols`.
pub fn shrink(glue: &Path, [first, later]: [&Path; 2], symbols: &Path, features: &[&str]) -> Result<()> {
    let mut script = shortened(&guarded(&fs::read_to_string(glue)?))?;
    run_on(later, OPTIMIZE, features)?;
    let graph = glue.with_extension("graph.json");
    let needed = needed(&fs::read(later)?)?;
    let reached = called(&script).into_iter().chain(needed.iter().map(String::as_str));
    fs::write(&graph, graph_of(&reached.collect()).to_string())?;
    let (graph, path) = (graph.to_string_lossy(), first.to_string_lossy());
    let dead = [&[&*path, "--graph-file", &graph, "-g", "-o", &path], features].concat();
    output("wasm-metadce", &dead).context("wasm-metadce: expected a smaller wasm, found none")?;
    // Once more: what called the dead is smaller now.
    run_on(first, OPTIMIZE, features)?;
    let renaming = [&*path, "--minify-imports-and-exports-and-modules", "-g", "-o", &path];
    let names =
        output("wasm-opt", &[&renaming[..], features].concat()).context("wasm-opt: expected names, found none")?;
    let names: Value = serde_json::from_str(&names).context("wasm-opt: expected names as JSON")?;
    script = follow(&script, &names)?;
    fs::write(glue, script)?;
    fs::write(later, renamed(&fs::read(later)?, &names["exports"])?)?;
    let lists = [in_order(first, glue, features)?, in_order(later, glue, features)?];
    Ok(fs::write(symbols, symbols::list_of(lists))?)
}

/// Has the functions of a wasm stand where compression likes them best, takes off their names, and gives the list of those.
fn in_order(wasm: &Path, glue: &Path, features: &[&str]) -> Result<String> {
    let file = |name: &str| glue.with_extension(name);
    let [named, tried, lightest, ordered] = ["named.wasm", "tried.wasm", "lightest.wasm", "ordered.wasm"].map(file);
    let sort = |from: &Path, last: &[&str], to: &Path| {
        let (from, to) = (from.to_string_lossy(), to.to_string_lossy());
        run("wasm-opt", &[&[&*from], SORT, last, &["-o", &*to], features].concat())
    };
    let mut least = u64::MAX;
    for way in &WAYS {
        name_in_order(wasm, &named, way)?;
        sort(&named, &["--strip-debug"], &tried)?;
        let weight = weight(&tried)?;
        if weight < least {
            least = weight;
            fs::copy(&named, &lightest)?;
        }
    }
    // Twice from the same: what is read and written once more has its types in an order that brotli likes less.
    sort(&lightest, &["-g"], &ordered)?;
    sort(&lightest, &["--strip-debug"], wasm)?;
    symbols::lines(&ordered, wasm, without_rank)
}

fn run_on(wasm: &Path, passes: &[&str], features: &[&str]) -> Result<()> {
    let path = wasm.to_string_lossy();
    run(
        "wasm-opt",
        &[&[&*path], passes, &["-g", "-o", &path], features].concat(),
    )
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
    let (mut imports, mut named, mut direct) = (Vec::new(), String::new(), String::new());
    for entry in list("imports")? {
        let (module, name, short) = (text(&entry[0]), text(&entry[1]), text(&entry[2]));
        if module == GLUE {
            imports.push((name, short));
        } else {
            // What takes and gives nothing but JavaScript's own values comes from its module past the glue: by name, since
            // of a whole module esbuild makes an object with getters, which inherits what a page adds to every object.
            named += &format!("import {{ {name} as direct_{name} }} from \"{module}\";\n");
            direct += &format!("        {short}: direct_{name},\n");
        }
    }
    let mut followed = named;
    let mut gone = false;
    let is_whole = |line: &&str| line.starts_with("import * as ") || line.trim_start().starts_with("\"./snippets/");
    for line in script.lines().filter(|line| !is_whole(line)) {
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
            if line == "    const import0 = {" {
                followed += &direct;
            }
        }
        if line.starts_with("        }") {
            gone = false;
        }
    }
    for entry in list("exports")? {
        followed = with_name(
            &followed,
            &format!("wasm.{}", text(&entry[0])),
            &format!("wasm.{}", text(&entry[1])),
        );
    }
    Ok(followed.replace(&format!("\"{GLUE}\": import0"), "\"a\": import0"))
}

/// The text with a name replaced where it stands as a whole.
fn with_name(text: &str, long: &str, short: &str) -> String {
    let mut parts = text.split(long);
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        renamed += if part.starts_with(is_word) { long } else { short };
        renamed += part;
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "import * as import1 from \"./snippets/node.js\"
function __wbg_get_imports() {
    const import0 = {
        __wbg_abort_1a: function(arg0) {
            arg0.abort();
        },
        __wbg_append_2b: function() { return handleError(function (arg0) {
            arg0.append();
        }, arguments); },
        __wbg_focus_3c: function(arg0) {
            arg0.focus();
        },
        __wbg_remove_5e: function() { return handleError(function (arg0) {
            arg0.remove();
        }, arguments); },
    };
    return {
        __proto__: null,
        \"./glue_bg.js\": import0,
        \"./snippets/node.js\": import1,
    };
}
function wasm_bindgen_4d_invoke(arg0, arg1) {
    wasm.wasm_bindgen_4d_invoke(arg0, arg1);
}
wasm.mount(0);
wasm.mounted_free(0);
";

    fn names() -> Value {
        json!({
            "imports": [["./glue_bg.js", "__wbg_abort_1a", "a"], ["./glue_bg.js", "__wbg_focus_3c", "b"],
                ["./snippets/node.js", "swap", "f"]],
            "exports": [["mount", "c"], ["mounted_free", "d"], ["wasm_bindgen_4d_invoke", "e"]],
        })
    }

    #[test]
    fn every_export_that_the_glue_calls_is_reached_and_no_other() {
        let exports = called(SCRIPT);
        assert_eq!(
            exports.iter().copied().collect::<Vec<_>>(),
            ["mount", "mounted_free", "wasm_bindgen_4d_invoke"]
        );
        let graph = graph_of(&exports);
        assert_eq!(graph[0]["reaches"][2], "wasm_bindgen_4d_invoke");
        assert_eq!(
            graph[3],
            json!({"name": "wasm_bindgen_4d_invoke", "export": "wasm_bindgen_4d_invoke"})
        );
    }

    #[test]
    fn the_glue_follows_the_new_names_and_leaves_out_imports_that_nobody_asks_for() -> Result<()> {
        let followed = follow(SCRIPT, &names())?;
        assert!(
            followed.contains("        a: function(arg0) {\n            arg0.abort();\n        },\n"),
            "{followed}"
        );
        assert!(
            followed.contains("        b: function(arg0) {\n            arg0.focus();\n        },\n    };\n"),
            "{followed}"
        );
        assert!(
            !followed.contains("append") && !followed.contains("remove"),
            "{followed}"
        );
        assert!(followed.contains("\"a\": import0"), "{followed}");
        assert!(
            followed.starts_with("import { swap as direct_swap } from \"./snippets/node.js\";\n")
                && followed.contains("const import0 = {\n        f: direct_swap,\n")
                && !followed.contains("import1"),
            "{followed}"
        );
        assert!(
            followed.ends_with("wasm.c(0);\nwasm.d(0);\n"),
            "a name is no part of another: {followed}"
        );
        Ok(())
    }
}
