//! What was made from a file, remembered by what it was made from: so that nothing is made twice from the same bytes, and
//! undoing a change costs nothing.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::spread;

/// What a value was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The file's path: the same bytes elsewhere are another thing.
    pub path: Arc<str>,
    /// What it holds.
    pub file: blake3::Hash,
    /// All else that was looked at.
    pub around: blake3::Hash,
}

/// A part of the file's fingerprint is as good as all: what is equal in it and in the path is seldom different elsewhere.
impl Hash for From {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.path.hash(state);
        self.file.as_bytes()[..8].hash(state);
    }
}

/// Values by what they were made from.
#[derive(Debug)]
pub struct Memo<V> {
    held: HashMap<From, (V, u64)>,
    turn: u64,
    on: bool,
}

/// So many values that are not in use just now are kept at least, and at most: what an afternoon of edits and undos
/// needs, without holding a large toolkit twice.
const SPARE: std::ops::Range<usize> = 256..4096;

impl<V: Clone> Memo<V> {
    /// Nothing yet, and to be kept.
    #[must_use]
    pub fn new() -> Self {
        Self { held: HashMap::new(), turn: 0, on: true }
    }

    /// One that keeps nothing, for a single run.
    #[must_use]
    pub fn forgetful() -> Self {
        Self { held: HashMap::new(), turn: 0, on: false }
    }

    /// The value that was made from this.
    #[must_use]
    pub fn get(&self, from: &From) -> Option<V> {
        if !self.on {
            return None;
        }
        self.held.get(from).map(|(value, _)| value.clone())
    }

    /// The values that were made from these, in their order: those that are remembered, and others as `make` makes them
    /// of the entry that comes with it.
    pub fn or_make<T: Send>(
        &self,
        list: Vec<(Option<From>, T)>,
        make: impl Fn(T) -> V + Sync + Send,
    ) -> Vec<(Option<From>, V)>
    where
        V: Send,
    {
        let mut out: Vec<(Option<From>, Option<V>)> = Vec::with_capacity(list.len());
        let mut missing = Vec::new();
        for (from, entry) in list {
            let held = from.as_ref().and_then(|from| self.get(from));
            if held.is_none() {
                missing.push(entry);
            }
            out.push((from, held));
        }
        let mut new_ones = spread(missing, make).into_iter();
        out.into_iter().filter_map(|(from, held)| Some((from, held.or_else(|| new_ones.next())?))).collect()
    }

    /// Keeps the values of one turn, and lets go of those that were not used for longest where there are too many. Where
    /// these are not `all`, those of the turn before are in use, too, and none goes.
    pub fn keep(&mut self, used: impl IntoIterator<Item = (From, V)>, all: bool) {
        if !self.on {
            return;
        }
        self.turn += u64::from(all);
        let turn = self.turn;
        let mut count = 0;
        for (from, value) in used {
            count += 1;
            match self.held.get_mut(&from) {
                Some((_, last)) => *last = turn,
                None => drop(self.held.insert(from, (value, turn))),
            }
        }
        let most = count + SPARE.end.min(SPARE.start.max(count));
        if !all || self.held.len() <= most {
            return;
        }
        let mut turns: Vec<u64> = self.held.values().map(|(_, last)| *last).filter(|last| *last < turn).collect();
        turns.sort_unstable();
        let spare = most - count;
        // the oldest turn that still fits
        let first = turns.len().checked_sub(spare).and_then(|at| turns.get(at).copied()).unwrap_or(turn);
        self.held.retain(|_, (_, last)| *last == turn || *last > first);
    }
}

impl<V: Clone> Default for Memo<V> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(n: usize) -> From {
        From { path: n.to_string().into(), file: blake3::hash(b"a"), around: blake3::hash(b"b") }
    }

    #[test]
    fn what_is_in_use_stays_and_what_was_not_used_for_longest_goes_first() {
        let mut memo = Memo::new();
        for turn in 0..1000 {
            memo.keep([(from(0), 0), (from(turn + 1), turn)], true);
        }
        assert_eq!((memo.get(&from(0)), memo.get(&from(1000)), memo.get(&from(1))), (Some(0), Some(999), None));
        assert_eq!(memo.get(&from(900)), Some(899), "an undo finds what was there before");
        assert!(memo.held.len() < 300);
    }

    #[test]
    fn other_surroundings_are_another_value() {
        let mut memo = Memo::new();
        memo.keep([(from(1), 1)], true);
        assert_eq!(memo.get(&From { around: blake3::hash(b"c"), ..from(1) }), None);
        let mut off = Memo::forgetful();
        off.keep([(from(1), 1)], true);
        assert_eq!(off.get(&from(1)), None);
    }
}
