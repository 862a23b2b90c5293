//! xtask: parts the functions that a page needs at once from those that it may never need, into a wasm of their own.
//!
//! The second uses the memory, the tables and the globals of the first, and puts its functions into the table at the places
//! where the first calls them; until it is there, such a call is a trap. This is done before binaryen sees either: every
//! function still has its own name and body then, and is no other's with the same octets.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use walrus::ir::{Value as Constant, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalKind,
    ImportKind, Module, ModuleConfig, RefType, TableId,
};

use crate::literals::move_literals;
use crate::symbols::without_hashes;

/// What the second part imports all from: the exports of the first.
const FIRST: &str = "a";

/// What JavaScript calls of a closure of Rust's, as wasm-bindgen names it.
const INVOKED: &str = "wasm_bindgen::convert::closures::_::invoke::<";

/// A wasm in two.
pub struct Parts {
    /// What a page starts with.
    pub first: Vec<u8>,
    /// What it downloads when it is needed.
    pub later: Vec<u8>,
}

/// Which functions come later, by the paths of their modules.
pub struct Rooms<'a> {
    /// All that the first part may call of the second.
    pub doors: &'a [&'a str],
    /// What stands behind the doors. What only this calls goes with it.
    pub behind: &'a [&'a str],
}

/// Parts a wasm that has names. The texts are those that only the second part says.
///
/// # Errors
/// Where the first part calls what stands behind the doors past them: it may do so before the second is there.
pub fn split(wasm: &[u8], rooms: &Rooms, texts: &[String]) -> Result<Parts> {
    let (mut first, mut later) = (parsed(wasm)?, parsed(wasm)?);
    let calls = Calls::of(&first);
    // What stands within a function has names as a module's: those of a function with a room's name would go with that.
    if let Some(name) = calls
        .names
        .iter()
        .find(|name| rooms.behind.contains(&&*format!("{name}::")))
    {
        bail!("{name}: expected no function with the name of what stands behind the doors, found one");
    }
    let moved = moved(&first, &calls, rooms);
    let doors = doors(&calls, &moved);
    for door in &doors {
        let name = calls.name(*door);
        if !is_in(name, rooms.doors) {
            let callers = calls.to(*door);
            let past = callers.iter().find(|caller| !moved.contains(caller)).copied();
            let past = past.map(|caller| calls.name(caller)).unwrap_or_default();
            bail!(
                "{name}: expected calls from behind {} alone, found one from {past}",
                rooms.doors.join(" ")
            );
        }
    }
    if !moved.iter().any(|function| is_in(calls.name(*function), rooms.doors)) {
        bail!("{}: expected functions, found none", rooms.doors.join(" "));
    }
    let table = functions_table(&first)?;
    let begin = first.tables.get(table).initial;
    let places: BTreeMap<usize, u64> = doors.into_iter().zip(begin..).collect();
    leave(&mut first, table, &moved, &places)?;
    empty_unused(&mut first, table, &calls)?;
    take(&mut later, &moved, &places)?;
    share(&mut first, &mut later)?;
    move_literals(&mut first, &mut later, texts)?;
    Ok(Parts {
        first: first.emit_wasm(),
        later: later.emit_wasm(),
    })
}

/// What tools note of themselves goes.
fn parsed(wasm: &[u8]) -> Result<Module> {
    let mut module = ModuleConfig::new().generate_producers_section(false).parse(wasm)?;
    let notes: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    for note in notes {
        module.customs.delete(note);
    }
    Ok(module)
}

/// The second part with the names that the exports of the first have by now: pairs of a long and a short one.
pub fn renamed(later: &[u8], exports: &Value) -> Result<Vec<u8>> {
    let mut later = parsed(later)?;
    for import in later.imports.iter_mut() {
        let pair = exports
            .as_array()
            .and_then(|pairs| pairs.iter().find(|pair| pair[0] == *import.name));
        let short = pair.and_then(|pair| pair[1].as_str());
        import.name = short
            .with_context(|| format!("{}: expected a name, found none", import.name))?
            .to_owned();
    }
    Ok(later.emit_wasm())
}

/// The exports of the first that the second part needs.
pub fn needed(later: &[u8]) -> Result<Vec<String>> {
    Ok(Module::from_buffer(later)?
        .imports
        .iter()
        .map(|import| import.name.clone())
        .collect())
}

/// Who calls whom; functions by their number.
struct Calls {
    names: Vec<String>,
    callees: Vec<BTreeSet<usize>>,
}

impl Calls {
    fn of(module: &Module) -> Self {
        let functions: Vec<_> = module.funcs.iter().collect();
        let callees = functions.iter().map(|function| {
            let mut found = Callees(BTreeSet::new());
            if let FunctionKind::Local(local) = &function.kind {
                dfs_in_order(&mut found, local, local.entry_block());
            }
            found.0
        });
        let names = functions
            .iter()
            .map(|function| without_hashes(function.name.as_deref().unwrap_or_default()));
        Self {
            callees: callees.collect(),
            names: names.collect(),
        }
    }

    fn name(&self, function: usize) -> &str {
        self.names.get(function).map(String::as_str).unwrap_or_default()
    }

    fn to(&self, function: usize) -> BTreeSet<usize> {
        let callers = self
            .callees
            .iter()
            .enumerate()
            .filter(|(_, callees)| callees.contains(&function));
        callers.map(|(caller, _)| caller).collect()
    }
}

struct Callees(BTreeSet<usize>);

impl Visitor<'_> for Callees {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.0.insert(function.index());
    }
}

/// Whether a function is of one of these modules. What a type or a closure of one does for a trait is named
/// `<module::Type as Trait>::does`.
fn is_in(name: &str, modules: &[&str]) -> bool {
    modules
        .iter()
        .any(|module| name.trim_start_matches('<').starts_with(module))
}

/// What JavaScript may call.
fn exported(module: &Module) -> BTreeSet<usize> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(function) => Some(function),
        _ => None,
    });
    exported.chain(module.start).map(|function| function.index()).collect()
}

/// What stands in the rooms, and what nobody else calls.
fn moved(module: &Module, calls: &Calls, rooms: &Rooms) -> BTreeSet<usize> {
    let mut elsewhere = exported(module);
    let is_behind = |name: &str| is_in(name, rooms.doors) || is_in(name, rooms.behind);
    let own = |function: &usize| !elsewhere.contains(function);
    let numbered = calls.names.iter().enumerate();
    let mut moved: BTreeSet<usize> = numbered
        .filter(|(_, name)| is_behind(name))
        .map(|(function, _)| function)
        .filter(own)
        .collect();
    // What the table holds may be called from anywhere.
    for element in module.elements.iter() {
        if let ElementItems::Functions(functions) = &element.items {
            elsewhere.extend(functions.iter().map(|function| function.index()));
        }
    }
    let locals: Vec<usize> = module
        .funcs
        .iter_local()
        .map(|(function, _)| function.index())
        .collect();
    let callers: BTreeMap<usize, BTreeSet<usize>> =
        locals.iter().map(|function| (*function, calls.to(*function))).collect();
    loop {
        let goes = |(function, callers): &(&usize, &BTreeSet<usize>)| {
            !moved.contains(function)
                && !elsewhere.contains(function)
                && !callers.is_empty()
                && callers.is_subset(&moved)
        };
        let more: Vec<usize> = callers.iter().filter(goes).map(|(function, _)| *function).collect();
        if more.is_empty() {
            return moved;
        }
        moved.extend(more);
    }
}

/// What moves and is called by what stays.
fn doors(calls: &Calls, moved: &BTreeSet<usize>) -> BTreeSet<usize> {
    let staying = calls
        .callees
        .iter()
        .enumerate()
        .filter(|(caller, _)| !moved.contains(caller));
    staying
        .flat_map(|(_, callees)| callees.intersection(moved))
        .copied()
        .collect()
}

fn functions_table(module: &Module) -> Result<TableId> {
    let mut tables = module
        .tables
        .iter()
        .filter(|table| table.element_ty == RefType::FUNCREF);
    let table = tables
        .next()
        .context("the wasm: expected a table of functions, found none")?;
    Ok(table.id())
}

/// In the first part a door calls what will stand at its place in the table; the rest of what moves is a trap.
fn leave(module: &mut Module, table: TableId, moved: &BTreeSet<usize>, places: &BTreeMap<usize, u64>) -> Result<()> {
    let functions: Vec<FunctionId> = module.funcs.iter().map(|function| function.id()).collect();
    for function in functions {
        if moved.contains(&function.index()) {
            let place = places.get(&function.index()).copied();
            call_through(module, table, function, place)?;
        }
    }
    grow(module, table, places.len() as u64);
    Ok(())
}

/// Empties what only wasm-bindgen asked the table for, while it looked for the closures that JavaScript calls: it exports
/// those, and leaves the others of all its libraries where they are.
fn empty_unused(module: &mut Module, table: TableId, calls: &Calls) -> Result<()> {
    let exported = exported(module);
    for (function, name) in calls.names.iter().enumerate() {
        if !name.starts_with(INVOKED) || exported.contains(&function) || !calls.to(function).is_empty() {
            continue;
        }
        let unused = module.funcs.iter().map(|function| function.id()).nth(function);
        call_through(
            module,
            table,
            unused.context("the wasm: expected as many functions as names")?,
            None,
        )?;
    }
    Ok(())
}

/// Has a function call what stands at a place in the table; without a place, it is a trap.
fn call_through(module: &mut Module, table: TableId, function: FunctionId, place: Option<u64>) -> Result<()> {
    let kind = module.funcs.get(function).ty();
    let (parameters, results) = module.types.params_results(kind);
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    let locals: Vec<_> = parameters
        .iter()
        .map(|parameter| module.locals.add(*parameter))
        .collect();
    let mut body = builder.func_body();
    if let Some(place) = place {
        for local in &locals {
            body.local_get(*local);
        }
        body.i32_const(i32::try_from(place)?).call_indirect(kind, table);
    } else {
        body.unreachable();
    }
    module.funcs.get_mut(function).kind = FunctionKind::Local(builder.local_func(locals));
    Ok(())
}

fn grow(module: &mut Module, table: TableId, places: u64) {
    let table = module.tables.get_mut(table);
    table.initial += places;
    table.maximum = table.maximum.map(|maximum| maximum.max(table.initial));
}

/// Puts functions into a table, from a place on.
fn put(module: &mut Module, table: TableId, place: u64, functions: Vec<FunctionId>) -> Result<()> {
    let offset = ConstExpr::Value(Constant::I32(i32::try_from(place)?));
    let kind = ElementKind::Active { table, offset };
    let element = module.elements.add(kind, ElementItems::Functions(functions));
    module.tables.get_mut(table).elem_segments.insert(element);
    Ok(())
}

/// The second part is what moves, with its places in the table; all else is imported.
fn take(module: &mut Module, moved: &BTreeSet<usize>, places: &BTreeMap<usize, u64>) -> Result<()> {
    let table = functions_table(module)?;
    let mut stand: Vec<(u64, FunctionId)> = Vec::new();
    let elements: Vec<_> = module.elements.iter().map(|element| element.id()).collect();
    for element in elements {
        let element_of = module.elements.get(element);
        if let (ElementKind::Active { table: of, offset }, ElementItems::Functions(items)) =
            (&element_of.kind, &element_of.items)
        {
            let ConstExpr::Value(Constant::I32(begin)) = offset else {
                bail!("the wasm: expected functions from a number on, found {offset:?}");
            };
            if *of == table {
                stand.extend(
                    (u64::try_from(*begin)?..)
                        .zip(items.iter().copied())
                        .filter(|(_, item)| moved.contains(&item.index())),
                );
            }
        }
        module.elements.delete(element);
    }
    let functions: Vec<FunctionId> = module.funcs.iter().map(|function| function.id()).collect();
    for function in &functions {
        if let Some(place) = places.get(&function.index()) {
            stand.push((*place, *function));
        }
    }
    let (exports, segments): (Vec<_>, Vec<_>) = (
        module.exports.iter().map(|export| export.id()).collect(),
        module.data.iter().map(|segment| segment.id()).collect(),
    );
    for export in exports {
        module.exports.delete(export);
    }
    for segment in segments {
        module.data.delete(segment);
    }
    module.start = None;
    import_the_rest(module, &functions, moved);
    stand.sort_by_key(|(place, _)| *place);
    for run in stand.chunk_by(|(place, _), (next, _)| place + 1 == *next) {
        let Some((place, _)) = run.first() else { continue };
        let items = run.iter().map(|(_, function)| *function).collect();
        put(module, table, *place, items)?;
    }
    grow(module, table, places.len() as u64);
    walrus::passes::gc::run(module);
    Ok(())
}

fn import_the_rest(module: &mut Module, functions: &[FunctionId], moved: &BTreeSet<usize>) {
    for function in functions.iter().filter(|function| !moved.contains(&function.index())) {
        let (name, ty) = (
            format!("function:{}", function.index()),
            module.funcs.get(*function).ty(),
        );
        if let FunctionKind::Import(imported) = &module.funcs.get(*function).kind {
            let import = module.imports.get_mut(imported.import);
            import.module = FIRST.to_owned();
            import.name = name;
        } else {
            let import = module.imports.add(FIRST, &name, *function);
            module.funcs.get_mut(*function).kind = FunctionKind::Import(walrus::ImportedFunction { import, ty });
        }
    }
    for table in module.tables.iter_mut() {
        table.elem_segments.clear();
        table.import = Some(
            module
                .imports
                .add(FIRST, &format!("table:{}", table.id().index()), table.id()),
        );
    }
    for memory in module.memories.iter_mut() {
        memory.data_segments.clear();
        memory.import = Some(
            module
                .imports
                .add(FIRST, &format!("memory:{}", memory.id().index()), memory.id()),
        );
    }
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    for global in globals {
        let import = module.imports.add(FIRST, &format!("global:{}", global.index()), global);
        module.globals.get_mut(global).kind = GlobalKind::Import(import);
    }
}

/// Has the first give what the second needs: functions through the table, which costs less than a name each, and the rest as
/// exports.
fn share(first: &mut Module, later: &mut Module) -> Result<()> {
    let own: Vec<FunctionId> = first.funcs.iter().map(|function| function.id()).collect();
    let (table, own_table) = (functions_table(later)?, functions_table(first)?);
    let mut functions = Vec::new();
    for import in later.imports.iter() {
        let item = match import.kind {
            ImportKind::Function(function) => {
                functions.push((function, import.id()));
                continue;
            }
            ImportKind::Table(id) => first
                .tables
                .iter()
                .map(|table| table.id())
                .nth(id.index())
                .map(ExportItem::Table),
            ImportKind::Memory(id) => {
                let memories = first.memories.iter().map(|memory| memory.id());
                memories.into_iter().nth(id.index()).map(ExportItem::Memory)
            }
            ImportKind::Global(id) => {
                let globals = first.globals.iter().map(|global| global.id());
                globals.into_iter().nth(id.index()).map(ExportItem::Global)
            }
            ImportKind::Tag(_) => None,
        };
        let item = item.with_context(|| format!("{}: expected it in the first part, found none", import.name))?;
        first.exports.add(&import.name, item);
    }
    // Alike in both, and in the order of the first: numbers that grow are what compression likes.
    functions.sort_by_key(|(function, _)| function.index());
    let begin = first.tables.get(own_table).initial;
    let mut shared = Vec::new();
    for ((function, import), place) in functions.into_iter().zip(begin..) {
        let in_first = own.iter().find(|own| own.index() == function.index());
        shared.push(*in_first.context("the wasm: expected the same functions in both parts")?);
        later.imports.delete(import);
        call_through(later, table, function, Some(place))?;
    }
    let grown = shared.len() as u64;
    put(first, own_table, begin, shared)?;
    grow(first, own_table, grown);
    grow(later, table, grown);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOMS: Rooms = Rooms {
        doors: &["app::doors::"],
        behind: &["app::menu::"],
    };

    /// `start` opens a door and calls what the table holds in its second place, which is behind the door too.
    const WHOLE: &str = r#"(module
        (import "./glue_bg.js" "told" (func $told (param i32)))
        (type $listener (func (param i32) (result i32)))
        (table 2 2 funcref)
        (elem (i32.const 1) $app::menu::click)
        (memory (export "memory") 1)
        (data (i32.const 8) "\2a")
        (global $stack (mut i32) (i32.const 64))
        (func $app::start (export "start") (param i32) (result i32)
            (drop (call $shared))
            (i32.add (call $app::doors::open (local.get 0)) (call_indirect (type $listener) (i32.const 1) (i32.const 1))))
        (func $app::doors::open (param i32) (result i32)
            (call $told (local.get 0))
            (i32.add (call $only) (i32.add (call $shared) (i32.load8_u (i32.const 8)))))
        (func $app::menu::click (param i32) (result i32) (i32.const 1000))
        (func $only (result i32) (global.set $stack (i32.const 32)) (i32.const 200))
        (func $shared (result i32) (local i32) (local.set 0 (global.get $stack)) (local.set 0 (local.get 0)) (local.get 0)))"#;

    fn parted(text: &str) -> Result<Parts> {
        split(&wat::parse_str(text)?, &ROOMS, &[])
    }

    fn size_of(wasm: &[u8]) -> BTreeMap<String, usize> {
        let functions = crate::symbols::Functions::of(wasm)
            .map(|functions| functions.own)
            .unwrap_or_default();
        functions
            .into_iter()
            .map(|function| (function.name, function.code.len()))
            .collect()
    }

    fn names(wasm: &[u8]) -> Vec<String> {
        let functions = crate::symbols::Functions::of(wasm)
            .map(|functions| functions.own)
            .unwrap_or_default();
        functions.into_iter().map(|function| function.name).collect()
    }

    #[test]
    fn what_stands_behind_the_doors_and_what_only_it_calls_comes_later_and_nothing_else() -> Result<()> {
        let whole = names(&wat::parse_str(WHOLE)?);
        let [first, later] = {
            let parts = parted(WHOLE)?;
            [size_of(&parts.first), size_of(&parts.later)]
        };
        let (mut moved, mut kept): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
        for name in &whole {
            // What calls through the table, or traps, is shorter than what does the work.
            if later.get(name) > first.get(name) {
                moved.push(&**name)
            } else {
                kept.push(&**name)
            }
        }
        moved.sort_unstable();
        assert_eq!(moved, ["app::doors::open", "app::menu::click", "only"]);
        kept.sort_unstable();
        assert_eq!(kept, ["app::start", "shared"]);
        Ok(())
    }

    #[test]
    fn both_parts_together_do_what_the_whole_did_and_the_first_alone_traps() -> Result<()> {
        let parts = parted(WHOLE)?;
        let program = "const [first, later] = process.argv.slice(1).map((text) => Buffer.from(text, 'hex'));
            let told = 0;
            const { exports } = new WebAssembly.Instance(new WebAssembly.Module(first), { './glue_bg.js': { told: (it) => (told = it) } });
            let alone = 'nothing'; try { exports.start(7); } catch (error) { alone = error.constructor.name; }
            new WebAssembly.Instance(new WebAssembly.Module(later), { a: exports });
            process.stdout.write([alone, exports.start(7), told].join());";
        let encoded =
            [parts.first, parts.later].map(|part| part.iter().map(|octet| format!("{octet:02x}")).collect::<String>());
        let said = crate::tools::output("node", &["-e", program, &encoded[0], &encoded[1]]).context("node")?;
        // 42 of the memory, 200 of what only the door calls, 32 of the global that it set, and the listener's 1000.
        assert_eq!(said, "RuntimeError,1274,7");
        Ok(())
    }

    #[test]
    fn a_call_past_the_doors_is_refused_by_the_names_of_both() {
        let past = WHOLE.replace(
            "(call $app::doors::open (local.get 0))",
            "(call $app::menu::click (local.get 0))",
        );
        let refused = parted(&past).err().map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(
            refused,
            "app::menu::click: expected calls from behind app::doors:: alone, found one from app::start"
        );
    }

    #[test]
    fn a_function_with_the_name_of_a_room_is_refused() {
        let error = parted(&WHOLE.replace("$only", "$app::menu"))
            .err()
            .map(|error| error.to_string());
        assert_eq!(
            error.as_deref(),
            Some("app::menu: expected no function with the name of what stands behind the doors, found one")
        );
    }

    #[test]
    fn the_second_part_follows_the_short_names_of_the_first() -> Result<()> {
        let later = parted(WHOLE)?.later;
        let long = needed(&later)?;
        let short = Value::Array(
            (0..)
                .zip(&long)
                .map(|(number, name)| serde_json::json!([name, format!("{number}")]))
                .collect(),
        );
        assert_eq!(
            needed(&renamed(&later, &short)?)?,
            (0..long.len()).map(|number| number.to_string()).collect::<Vec<_>>()
        );
        assert!(
            renamed(&later, &serde_json::json!([])).is_err(),
            "a name that is lost is told"
        );
        Ok(())
    }
}
