//! A quick hash for short words of our own lists: FNV-1a, 64 bits (draft-eastlake-fnv). Nothing that others choose is a
//! key, so that nobody can make keys that meet.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A list of words, looked up quickly.
pub(super) type Words<T> = HashMap<&'static str, T, BuildHasherDefault<Fnv>>;

/// The state of the hash.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
