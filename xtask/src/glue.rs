//! xtask: what is changed in the text of wasm-bindgen's glue: a guard, shorter functions, a shield.

use anyhow::{Context, Result, bail};

/// What the glue has more than wasm-bindgen's: the guard's listener, and a start that takes what the loader gives, a
/// response or octets, of the wasm or of its second part, which imports what the first exports. wasm-bindgen's own takes ten other things, which are left out where nobody calls it.
const GUARD: &str = "let trapped;
export function on_trap(listener) { trapped = listener; }
export async function instantiate(source) {
    const how = source instanceof Response ? 'instantiateStreaming' : 'instantiate';
    const { instance, module } = await WebAssembly[how](source, __wbg_get_imports());
    __wbg_finalize_init(instance, module);
}
export function extend(source) {
    const how = source instanceof Response ? 'instantiateStreaming' : 'instantiate';
    return WebAssembly[how](source, { __proto__: null, a: wasm });
}
";

/// Gives a text, or none, to the wasm where it waits for it: as the glue does at each place, without a view of its memory that
/// is kept from one time to the next.
const GIVE: &str = "function giveString(place, text) {
    const ptr = isLikeNone(text) ? 0 : passStringToWasm0(text, wasm.__wbindgen_malloc);
    new Int32Array(wasm.memory.buffer, place >>> 0, 2).set([ptr, WASM_VECTOR_LEN]);
}
";

/// Functions that the glue has longer than this page needs, each with one that gives the same.
const SHORTER: &[(&str, &str)] = &[(
    // The glue's own walks over short texts first, and asks the wasm for room twice.
    "passStringToWasm0",
    "(arg, malloc) {
    const octets = cachedTextEncoder.encode(arg);
    const ptr = malloc(octets.length, 1) >>> 0;
    getUint8ArrayMemory0().set(octets, ptr);
    WASM_VECTOR_LEN = octets.length;
    return ptr;
",
)];

/// Statements at the top of the glue that nobody needs here: every browser with the features that the element asks for has
/// `encodeInto`; and the element ends what it mounts, as the view does its listeners, before any of it can be collected.
const NEEDLESS: &[&str] = &[
    "if (!('encodeInto' in cachedTextEncoder)) {",
    "if (Symbol.dispose) ",
    "const MountedFinalization = ",
    "const CLOSURE_DTORS = ",
];

/// What stands in the lines that speak of two of them.
const REGISTRIES: [&str; 2] = ["MountedFinalization.", "CLOSURE_DTORS."];

/// The glue with a guard around each call that no script of ours makes, but the page or a promise: what stops the wasm
/// there is told to one listener, set with `on_trap`, in place of the page's own handler of errors. Without a listener
/// no such call gets into the wasm.
pub fn guarded(script: &str) -> String {
    let mut guarded = GUARD.to_owned();
    for line in script.lines() {
        let call = line.trim_start();
        if call.starts_with("wasm.wasm_bindgen_") || call.starts_with("const ret = wasm.wasm_bindgen_") {
            let call = call.trim_start_matches("const ");
            guarded += &format!(
                "    let ret;\n    if (!trapped) return;\n    try {{ {call} }} catch (error) {{ return trapped?.(error); }}\n"
            );
        } else {
            guarded += line;
            guarded += "\n";
        }
    }
    guarded
}

/// The glue with shorter functions in place of some, without what nobody needs.
pub fn shortened(script: &str) -> Result<String> {
    let mut shortened = script.replace(", wasm.__wbindgen_realloc)", ")");
    for (name, shorter) in SHORTER {
        let begin = format!("\nfunction {name}");
        shortened = replaced(&shortened, &begin, &format!("{begin}{shorter}}}\n"))?;
    }
    for statement in NEEDLESS {
        shortened = replaced(&shortened, &format!("\n{statement}"), "\n")?;
    }
    let is_needed = |line: &&str| !REGISTRIES.iter().any(|registry| line.contains(registry));
    let lines = shortened.lines().filter(is_needed);
    given_at_once(&taken_at_once(
        &lines.flat_map(|line| [line, "\n"]).collect::<String>(),
    )?)
}

/// The glue with a text that the wasm gave freed by what the call returned, without variables that wait for it: where the wasm
/// stopped instead, nothing is to be freed.
fn taken_at_once(script: &str) -> Result<String> {
    let mut taken = String::new();
    let mut is_deferred = false;
    for line in script.lines() {
        let statement = line.trim_start();
        let indent = &line[..line.len() - statement.len()];
        let is_free = is_deferred && statement.starts_with("wasm.") && statement.contains("(deferred");
        if statement.starts_with("let deferred") {
            is_deferred = true;
        } else if is_free {
            is_deferred = false;
            let free = statement.split('(').next().unwrap_or_default();
            taken += &format!("{indent}{free}(...ret, 1);\n");
        } else if is_deferred && statement.starts_with("return ") {
            taken += &format!("{indent}try {{ return getStringFromWasm0(...ret);\n");
        } else if !(is_deferred && (statement == "try {" || statement.starts_with("deferred"))) {
            taken += line;
            taken += "\n";
        }
    }
    if is_deferred || taken.contains("deferred") {
        bail!("the glue: expected a text alone to be freed after a call, found another");
    }
    Ok(taken)
}

/// The glue with one call wherever a text that a function gave is written into the wasm's memory.
fn given_at_once(script: &str) -> Result<String> {
    let mut given = GIVE.to_owned();
    for line in script.lines() {
        let statement = line.trim_start();
        if statement.contains("ptr1 = ") && statement.contains("passStringToWasm0(ret, ") {
            given += "            giveString(arg0, ret);\n";
        } else if !statement.ends_with("len1 = WASM_VECTOR_LEN;")
            && !statement.starts_with("getDataViewMemory0().setInt32((arg0 ")
        {
            given += line;
            given += "\n";
        }
    }
    if given.contains("setInt32") {
        bail!("the glue: expected texts alone to be written into the wasm's memory, found another");
    }
    Ok(given)
}

/// The text with another in place of the statement that begins so at the start of a line, up to its semicolon or to the
/// brace that closes it.
fn replaced(text: &str, begin: &str, other: &str) -> Result<String> {
    let found = || format!("the glue: expected {:?}, found none", begin.trim());
    let (before, rest) = text.split_once(begin).with_context(found)?;
    let line = rest.split('\n').next().unwrap_or_default();
    let is_block = format!("{begin}{line}").ends_with('{');
    let end = if is_block { "\n}\n" } else { ";\n" };
    let (_, after) = rest.split_once(end).with_context(found)?;
    Ok(format!("{before}{other}{after}"))
}

/// A page's `<img name=createElement>` hides the document's own method: the glue is made to ask the prototype.
pub fn shielded(script: &str) -> String {
    let mut shielded = String::new();
    for (number, part) in script.split("arg0.create").enumerate() {
        let name = part.split('(').next().unwrap_or_default();
        match part.get(name.len() + 1..) {
            Some(arguments) if number > 0 => {
                shielded += &format!("Document.prototype.create{name}.call(arg0, {arguments}")
            }
            _ => shielded += part,
        }
    }
    shielded
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLS: &str = "function wasm_bindgen_4d_invoke(arg0, arg1) {
    wasm.wasm_bindgen_4d_invoke(arg0, arg1);
}
wasm.mount(0);
";

    #[test]
    fn what_stops_the_wasm_in_a_listener_is_told_and_not_thrown_at_the_page() {
        let guarded = guarded(CALLS);
        let call = "try { wasm.wasm_bindgen_4d_invoke(arg0, arg1); } catch (error) { return trapped?.(error); }";
        assert!(guarded.contains(call), "{guarded}");
        let (before, _) = guarded.split_once(call).unwrap_or_default();
        assert!(
            before.ends_with("if (!trapped) return;\n    "),
            "what stopped is not called again: {guarded}"
        );
        assert!(
            guarded.contains("\nwasm.mount(0);\n"),
            "what our own script calls is guarded there: {guarded}"
        );
    }

    #[test]
    fn a_text_that_is_given_is_written_by_one_call() -> Result<()> {
        let glue = "            const ret = arg1.value;
            const ptr1 = passStringToWasm0(ret, wasm.__wbindgen_malloc);
            const len1 = WASM_VECTOR_LEN;
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);
            const ptr0 = passStringToWasm0(given, wasm.__wbindgen_malloc);
";
        let expected = "            const ret = arg1.value;
            giveString(arg0, ret);
            const ptr0 = passStringToWasm0(given, wasm.__wbindgen_malloc);
";
        assert_eq!(given_at_once(glue)?.strip_prefix(GIVE), Some(expected));
        let number = "getDataViewMemory0().setInt32(arg1 + 4, 1, true);\n";
        assert!(
            given_at_once(number).is_err(),
            "a number that is given is told, not lost"
        );
        Ok(())
    }

    #[test]
    fn a_text_that_is_taken_is_freed_by_what_the_call_returned() -> Result<()> {
        let glue = "        let deferred3_0;
        let deferred3_1;
        try {
            const ret = wasm.act(ptr0, len0);
            deferred3_0 = ret[0];
            deferred3_1 = ret[1];
            return getStringFromWasm0(ret[0], ret[1]);
        } finally {
            wasm.free(deferred3_0, deferred3_1, 1);
        }
try {
    return 1;
}
";
        let expected = "            const ret = wasm.act(ptr0, len0);
            try { return getStringFromWasm0(...ret);
        } finally {
            wasm.free(...ret, 1);
        }
try {
    return 1;
}
";
        assert_eq!(taken_at_once(glue)?, expected);
        let other = glue.replace("wasm.free(deferred3_0", "free(deferred3_0");
        assert!(taken_at_once(&other).is_err(), "another glue is told, not broken");
        Ok(())
    }

    #[test]
    fn what_is_shortened_is_replaced_to_its_end_and_the_rest_stays() -> Result<()> {
        let glue = "a();
if (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;
b(passStringToWasm0(text, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc));
function passStringToWasm0(arg, malloc, realloc) {
    if (arg) {
        long();
    }
}
const MountedFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.mounted_free(ptr, 1));
const CLOSURE_DTORS = new FinalizationRegistry(state => wasm.free(state));
    CLOSURE_DTORS.register(real, state, state);
const cachedTextEncoder = new TextEncoder();
if (!('encodeInto' in cachedTextEncoder)) {
    long();
}
c();
";
        let expected = "a();
b(passStringToWasm0(text, wasm.__wbindgen_malloc));
function passStringToWasm0(arg, malloc) {
    const octets = cachedTextEncoder.encode(arg);
    const ptr = malloc(octets.length, 1) >>> 0;
    getUint8ArrayMemory0().set(octets, ptr);
    WASM_VECTOR_LEN = octets.length;
    return ptr;
}
const cachedTextEncoder = new TextEncoder();
c();
";
        assert_eq!(shortened(glue)?.strip_prefix(GIVE), Some(expected));
        assert!(shortened("a();\n").is_err(), "another glue is told, not left long");
        Ok(())
    }
}
