//! Model: ids and the number of each, found by halving: a feed of megabytes in one list must not take minutes.

use std::borrow::Cow;

/// Most ids in one run: what moves to make room for one more.
const LONGEST_RUN: usize = 256;

/// Ids, each once and with a number, in runs that follow each other in the order of the alphabet.
///
/// A `BTreeMap` does the same, and weighs ten times as much in the binary.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids<'a>(Vec<Vec<(Cow<'a, str>, usize)>>);

impl<'a> Ids<'a> {
    /// The number of an id.
    pub(crate) fn number(&self, id: &str) -> Option<usize> {
        let (run, place) = self.place(id);
        let (_, number) = self.0.get(run)?.get(place.ok()?)?;
        Some(*number)
    }

    /// Gives an id a number, and tells which one it had.
    pub(crate) fn insert(&mut self, id: Cow<'a, str>, number: usize) -> Option<usize> {
        let (place, found) = self.place(&id);
        let Some(run) = self.0.get_mut(place) else {
            self.0.push(vec![(id, number)]);
            return None;
        };
        match found {
            Ok(found) => run.get_mut(found).map(|(_, own)| std::mem::replace(own, number)),
            Err(free) => {
                run.insert(free, (id, number));
                if run.len() > LONGEST_RUN {
                    let rest = run.split_off(LONGEST_RUN / 2);
                    self.0.insert(place.wrapping_add(1), rest);
                }
                None
            }
        }
    }

    /// The run that an id belongs to, and its place there, or the one where it would stand.
    fn place(&self, id: &str) -> (usize, Result<usize, usize>) {
        let starts_before = |run: &Vec<(Cow<str>, usize)>| run.first().is_some_and(|(first, _)| **first <= *id);
        let place = self.0.partition_point(starts_before).saturating_sub(1);
        let run = self.0.get(place).map_or(&[][..], Vec::as_slice);
        (place, run.binary_search_by(|(own, _)| (**own).cmp(id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn ids_are_found_as_in_a_map(ids in prop::collection::vec("[a-d]{0,5}", 0..2000)) {
            let (mut own, mut map) = (Ids::default(), BTreeMap::new());
            for (number, id) in ids.iter().enumerate() {
                prop_assert_eq!(own.number(id), map.get(id).copied());
                prop_assert_eq!(own.insert(Cow::from(id), number), map.insert(id, number));
            }
            for id in &ids {
                prop_assert_eq!(own.number(id), map.get(id).copied());
            }
        }
    }
}
