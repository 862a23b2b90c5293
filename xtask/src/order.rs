//! xtask: an order of the wasm's functions in which alike stand beside alike, so that compression finds them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::symbols::Functions;

/// How likeness is told.
pub struct Likeness {
    /// How long the runs of octets are by which functions are compared.
    run: usize,
    /// A run that more functions share says nothing of any.
    most_shared: usize,
}

/// Which of these finds the order that weighs least is chance, some 200 octets of it: another with every other wasm.
pub const WAYS: [Likeness; 6] = [
    Likeness::new(3, 200),
    Likeness::new(3, 500),
    Likeness::new(4, 200),
    Likeness::new(4, 500),
    Likeness::new(5, 200),
    Likeness::new(5, 500),
];

impl Likeness {
    const fn new(run: usize, most_shared: usize) -> Self {
        Self { run, most_shared }
    }
}

/// Writes `named`: the wasm of `plain` with a rank before the name of each function, so that sorted by name they stand in
/// that order (binaryen's `--reorder-functions-by-name`). `without_rank` takes it off again.
pub fn name_in_order(plain: &Path, named: &Path, way: &Likeness) -> Result<()> {
    let mut wasm = fs::read(plain)?;
    let functions = Functions::of(&wasm)?;
    let bodies: Vec<&[u8]> = functions.own.iter().map(|function| &*function.code).collect();
    let ranks = ranks(&order(&bodies, way));
    let mut names = Vec::new();
    push_number(&mut names, ranks.len());
    for (function, (rank, own)) in ranks.iter().zip(&functions.own).enumerate() {
        let name = format!("{rank:06} {}", own.name);
        push_number(&mut names, functions.imported + function);
        push_number(&mut names, name.len());
        names.extend(name.bytes());
    }
    // A custom section `name` with the subsection of function names (WebAssembly core specification, appendix 7.4.1).
    let mut section = Vec::from(*b"\x04name\x01");
    push_number(&mut section, names.len());
    section.extend(names);
    if let Some(earlier) = functions.names {
        wasm.drain(earlier);
    }
    wasm.push(0);
    push_number(&mut wasm, section.len());
    wasm.extend(section);
    Ok(fs::write(named, wasm)?)
}

/// The name that stood there before a rank did.
pub fn without_rank(name: &str) -> &str {
    name.split_once(' ').map(|(_, name)| name).unwrap_or_default()
}

/// From the longest function on, each time the one that is most like the last.
fn order(bodies: &[&[u8]], way: &Likeness) -> Vec<usize> {
    let runs: Vec<BTreeSet<&[u8]>> = bodies.iter().map(|body| body.windows(way.run).collect()).collect();
    let mut holders: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (function, runs) in runs.iter().enumerate() {
        for run in runs {
            holders.entry(run).or_default().push(function);
        }
    }
    let mut left: BTreeSet<usize> = (0..bodies.len()).collect();
    let mut next = (0..bodies.len()).max_by_key(|function| bodies[*function].len());
    let mut order = Vec::new();
    while let Some(function) = next.or_else(|| left.first().copied()) {
        left.remove(&function);
        order.push(function);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for run in &runs[function] {
            let holders = &holders[run];
            if holders.len() < way.most_shared {
                for holder in holders.iter().filter(|holder| left.contains(holder)) {
                    *shared.entry(*holder).or_default() += 1;
                }
            }
        }
        // Shared runs against all of both (Jaccard), in millionths; of equals the first.
        let likeness = |(other, shared): (&usize, &usize)| {
            let all = runs[*other].len() + runs[function].len() - shared + 2 * way.run;
            (shared * 1_000_000 / all, usize::MAX - other)
        };
        let likest = shared.iter().max_by_key(|(other, shared)| likeness((other, shared)));
        next = likest.map(|(other, _)| *other);
    }
    order
}

fn ranks(order: &[usize]) -> Vec<usize> {
    let mut ranks = vec![0; order.len()];
    for (rank, function) in order.iter().enumerate() {
        ranks[*function] = rank;
    }
    ranks
}

/// An unsigned number as LEB128 (WebAssembly core specification, 5.2.2).
pub fn push_number(octets: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = number.to_le_bytes()[0] & 0x7f;
        number >>= 7;
        octets.push(if number > 0 { low | 0x80 } else { low });
        if number == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_stand_beside_alike_and_none_is_lost() {
        let bodies = ["aaaabbbbccccdddd!", "uuuuvvvvwwww", "aaaabbbbcccc", "uuuuvvvv"].map(str::as_bytes);
        for way in &WAYS {
            assert_eq!(order(&bodies, way), [0, 2, 1, 3]);
        }
        assert_eq!(ranks(&[0, 2, 1, 3]), [0, 2, 1, 3]);
    }

    #[test]
    fn numbers_are_written_in_groups_of_seven_bits() {
        let mut octets = Vec::new();
        push_number(&mut octets, 624_485);
        assert_eq!(octets, [0xe5, 0x8e, 0x26]);
    }
}
