//! Texts that say nearly the same: those that share most of their words.
//!
//! Each text is kept under its rarest words alone, so many that a text which shares [`SHARE`] of all words shares one of
//! these. So only texts that may be alike are ever compared.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::language::words;

/// Two texts are alike that share so much of the words of the longer one, in parts of ten.
const SHARE: usize = 7;

/// So many texts are compared with one; more of the same words are a list, in which nothing is to be found.
const COMPARED: usize = 64;

/// The words of a text as numbers, small and capital letters alike, in their order.
#[must_use]
pub fn sequence(text: &str) -> Vec<u64> {
    words::words(text)
        .map(|word| {
            let mut hasher = DefaultHasher::new();
            for sign in word.chars().flat_map(char::to_lowercase) {
                sign.hash(&mut hasher);
            }
            hasher.finish()
        })
        .collect()
}

/// The words of a text without their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bag(Vec<u64>);

impl Bag {
    /// The words of a [`sequence`].
    #[must_use]
    pub fn new(mut sequence: Vec<u64>) -> Self {
        sequence.sort_unstable();
        Self(sequence)
    }

    /// How many words both have, if that is most of the words of each.
    #[must_use]
    pub fn shared(&self, other: &Self) -> Option<usize> {
        let longer = self.0.len().max(other.0.len());
        let shorter = self.0.len().min(other.0.len());
        if shorter * 10 < longer * SHARE {
            return None;
        }
        let (mut one, mut two) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0;
        while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(one.next()),
                std::cmp::Ordering::Greater => drop(two.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    one.next();
                    two.next();
                }
            }
        }
        (shared * 10 >= longer * SHARE).then_some(shared)
    }
}

/// Texts in which those are found that say nearly the same as another.
#[derive(Debug, Default)]
pub struct Alike {
    bags: Vec<Bag>,
    under: HashMap<u64, Vec<usize>>,
}

impl Alike {
    /// Keeps texts, each known by its number from 0.
    #[must_use]
    pub fn new(bags: Vec<Bag>) -> Self {
        let mut often: HashMap<u64, usize> = HashMap::new();
        for word in bags.iter().flat_map(|bag| &bag.0) {
            *often.entry(*word).or_default() += 1;
        }
        let mut under: HashMap<u64, Vec<usize>> = HashMap::new();
        for (n, bag) in bags.iter().enumerate() {
            let mut rarest = bag.0.clone();
            rarest.sort_by_key(|word| (often.get(word).copied(), *word));
            // one that shares seven of ten words lacks three at most
            rarest.truncate(rarest.len() - (rarest.len() * SHARE).div_ceil(10) + 1);
            rarest.dedup();
            for word in rarest {
                under.entry(word).or_default().push(n);
            }
        }
        Self { bags, under }
    }

    /// The numbers of the texts that are alike, in their order, each with how many words it shares.
    #[must_use]
    pub fn near(&self, bag: &Bag) -> Vec<(usize, usize)> {
        let mut words = bag.0.clone();
        words.dedup();
        let mut numbers: Vec<usize> = words
            .iter()
            .filter_map(|word| self.under.get(word))
            .flat_map(|numbers| numbers.iter().take(COMPARED).copied())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.truncate(COMPARED);
        numbers.into_iter().filter_map(|n| Some((n, self.bags.get(n)?.shared(bag)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(text: &str) -> Bag {
        Bag::new(sequence(text))
    }

    #[test]
    fn texts_are_alike_that_share_seven_of_ten_words() {
        let texts = ["a b c d e f g h i j", "a b c d e f g x y z", "a b c d e f w x y z", "k l m", ""];
        let alike = Alike::new(texts.map(bag).into());
        assert_eq!(alike.near(&bag("A B C, D e f g! h i j")), [(0, 10), (1, 7)]);
        assert_eq!(alike.near(&bag("l m k")), [(3, 3)]);
        assert_eq!(alike.near(&bag("n o p")), []);
        assert_eq!(alike.near(&bag("")), []);
    }

    #[test]
    fn a_word_counts_as_often_as_it_stands_there() {
        assert_eq!(bag("the the the the").shared(&bag("the a b c")), None);
        assert_eq!(bag("the the a b").shared(&bag("the the a c")), Some(3));
    }
}
