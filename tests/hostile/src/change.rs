//! Hostile: inputs made of kept ones: some octets changed, cut, doubled, or taken from another input or the dictionary.

mod tree;

use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

/// What is done to an input, in one place of it.
#[derive(Clone, Debug)]
enum Change {
    /// One bit is turned.
    Turn(u8),
    /// So many octets go, and these come.
    Replace(usize, Vec<u8>),
    /// A word of the dictionary comes in place of so many octets.
    Word(usize, Index),
    /// What follows is another input's rest.
    Splice(Index, Index),
    /// A part of another input comes.
    Take(Index, Index, usize),
    /// So many octets stand here a few times more.
    Repeat(usize, usize),
    /// The rest goes.
    Cut,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (0..8_u8).prop_map(Change::Turn),
        3 => (0..6_usize, vec(any::<u8>(), 0..4)).prop_map(|(length, bytes)| Change::Replace(length, bytes)),
        6 => (0..12_usize, any::<Index>()).prop_map(|(length, word)| Change::Word(length, word)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(other, place)| Change::Splice(other, place)),
        2 => (any::<Index>(), any::<Index>(), 0..40_usize).prop_map(|(other, place, length)| Change::Take(other, place, length)),
        1 => (1..60_usize, 1..9_usize).prop_map(|(length, times)| Change::Repeat(length, times)),
        1 => Just(Change::Cut),
    ]
}

/// Inputs made of `seeds` and `words`, neither of them empty: mostly a seed with a few changes, now and then words in a
/// row, now and then any octets. Where there are documents of JSON among the seeds, half of the inputs are such.
pub fn inputs(seeds: Vec<Vec<u8>>, words: Vec<Vec<u8>>, texts: Vec<String>) -> BoxedStrategy<Vec<u8>> {
    let documents: Vec<Value> = seeds
        .iter()
        .filter_map(|seed| serde_json::from_slice(seed).ok())
        .filter(is_nested)
        .collect();
    let octets = octets(seeds, words);
    if documents.is_empty() {
        return octets.boxed();
    }
    prop_oneof![1 => octets, 1 => tree::documents(documents, texts)].boxed()
}

fn is_nested(document: &Value) -> bool {
    document.is_object() || document.is_array()
}

fn octets(seeds: Vec<Vec<u8>>, words: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let (seeds, words) = (Rc::new(seeds), Rc::new(words));
    let row = Rc::clone(&words);
    prop_oneof![
        20 => (any::<Index>(), vec((any::<Index>(), change()), 1..7)).prop_map(move |(seed, changes)| {
            let mut input = seed.get(&seeds).clone();
            for (place, change) in changes {
                let at = place.index(input.len() + 1);
                apply(&mut input, at, change, &seeds, &words);
            }
            input
        }),
        2 => vec(any::<Index>(), 0..10).prop_map(move |places| places.iter().flat_map(|place| place.get(&row).clone()).collect()),
        1 => vec(any::<u8>(), 0..64),
    ]
}

fn apply(input: &mut Vec<u8>, at: usize, change: Change, seeds: &[Vec<u8>], words: &[Vec<u8>]) {
    let to = |length: usize| (at + length).min(input.len());
    match change {
        Change::Turn(bit) => {
            if let Some(octet) = input.get_mut(at) {
                *octet ^= 1 << bit;
            }
        }
        Change::Replace(length, bytes) => drop(input.splice(at..to(length), bytes)),
        Change::Word(length, word) => drop(input.splice(at..to(length), word.get(words).iter().copied())),
        Change::Splice(other, place) => {
            let other = other.get(seeds);
            input.truncate(at);
            input.extend_from_slice(&other[place.index(other.len() + 1)..]);
        }
        Change::Take(other, place, length) => {
            let other = other.get(seeds);
            let from = place.index(other.len() + 1);
            let part = other[from..(from + length).min(other.len())].to_vec();
            input.splice(at..at, part);
        }
        Change::Repeat(length, times) => {
            let part = input[at..to(length)].repeat(times);
            input.splice(at..at, part);
        }
        Change::Cut => input.truncate(at),
    }
}
