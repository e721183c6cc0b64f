//! The words that figures are read by, from the language's own file (`en.yaml`), looked up by their letters.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::language::hash::Words;

/// What a word can be. One word can be several: *third* is an ordinal and a part, *second* an ordinal and a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    Cardinal,
    Magnitude,
    ShortMagnitude,
    Crowd,
    Several,
    Ordinal,
    OrdinalEnding,
    Part,
    Parts,
    Half,
    Often,
    Changed,
    Halved,
    Manifold,
    Fold,
    Folded,
    Percent,
    Per,
    Cent,
    Percentage,
    Point,
    Times,
    Comparison,
    Schedule,
    Currency,
    CountryOfMoney,
    Duration,
    Measure,
    MeasureLead,
    BetweenUnit,
    Month,
    Clock,
    ClockBefore,
    HalfClock,
    YearBefore,
    From,
    Label,
    LabelWithStop,
    WeakLabel,
    LabelAfter,
    Street,
    ShortCode,
    Dial,
    Lesson,
    Vote,
    Old,
    Age,
    AgeAfter,
    AgeLimit,
    AgedPeople,
    Turned,
    His,
    DecadePart,
    Article,
    And,
    Or,
    To,
    Between,
    In,
    Out,
    Of,
    Every,
    Than,
    By,
    The,
    Prefix,
    Nearly,
    PartAfter,
    HalfOf,
    HalfIdiom,
    NotAHalf,
    Cut,
    NotAMultiple,
    Whole,
    OrdinalNoun,
    OneBefore,
    OneAfter,
    Counted,
    OfCode,
    Function,
}

/// Roles by which a text can hold a number without a digit: without one of these words nothing else is looked at.
const STARTERS: [Role; 13] = [
    Role::Cardinal,
    Role::Magnitude,
    Role::Crowd,
    Role::Ordinal,
    Role::Part,
    Role::Parts,
    Role::Often,
    Role::Changed,
    Role::Halved,
    Role::Manifold,
    Role::Fold,
    Role::Folded,
    Role::Percentage, // "a percentage point"
];

/// The words of one role, as the file lists them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Listed {
    Plain(Vec<String>),
    Valued(BTreeMap<String, u64>),
    Named(BTreeMap<String, Vec<String>>),
}

/// What is known of a word.
#[derive(Debug, Default)]
pub(super) struct Entry {
    roles: u128,
    /// The number it says, for the roles that are numbers.
    pub value: u64,
    /// The one name of the unit that it says: `hour` for *hrs*.
    pub unit: Option<&'static str>,
}

impl Entry {
    pub(super) const fn is(&self, role: Role) -> bool {
        self.roles & (1 << role as u32) != 0
    }
}

/// The longest word that is looked up, in bytes.
const LONGEST: usize = 24;

/// All words of a language.
#[derive(Default)]
pub(super) struct Lexicon {
    words: Words<Entry>,
    /// For each first byte, the lengths that a starter with it can have, as bits.
    starters: Vec<u32>,
}

/// The words of English.
pub(super) fn english() -> &'static Lexicon {
    static ENGLISH: OnceLock<Lexicon> = OnceLock::new();
    ENGLISH.get_or_init(|| Lexicon::read(include_str!("../en.yaml")))
}

impl Lexicon {
    /// Reads the file. It is part of the program; a test makes sure that it can be read.
    fn read(file: &'static str) -> Self {
        let lists: BTreeMap<Role, Listed> = serde_yaml::from_str(file).unwrap_or_default();
        let mut words: BTreeMap<Box<str>, Entry> = BTreeMap::new();
        for (role, listed) in lists {
            let mut add = |word: String, value: u64, unit: Option<&'static str>| {
                let entry = words.entry(word.into_boxed_str()).or_default();
                entry.roles |= 1 << role as u32;
                entry.value = entry.value.max(value);
                entry.unit = entry.unit.or(unit);
            };
            match listed {
                Listed::Plain(list) => list.into_iter().for_each(|word| add(word, 0, None)),
                Listed::Valued(list) => list.into_iter().for_each(|(word, value)| add(word, value, None)),
                Listed::Named(list) => {
                    for (name, forms) in list {
                        // read once for the whole run, some sixty names
                        let name: &'static str = Box::leak(name.into_boxed_str());
                        for word in forms {
                            add(word, 0, Some(name));
                        }
                    }
                }
            }
        }
        let first = |word: &str| usize::from(word.as_bytes().first().copied().unwrap_or(0));
        let mut starters = vec![0; 256];
        for (word, entry) in &words {
            if let Some(lengths) = starters.get_mut(first(word))
                && STARTERS.iter().any(|role| entry.is(*role))
            {
                *lengths |= 1 << word.len().min(31);
            }
        }
        // kept for the whole run: some thousand short words
        let words = words.into_iter().map(|(word, entry)| (&*Box::leak(word), entry)).collect();
        Self { words, starters }
    }

    /// What is known of a word, in any case, with soft hyphens and any apostrophe.
    pub(super) fn find(&self, word: &str) -> Option<&Entry> {
        let mut buffer = [0_u8; LONGEST];
        let lower = lowered(word, &mut buffer)?;
        self.words.get(lower)
    }

    /// Whether there can be a number in the text at all: a digit, a sign that is a fraction, or a word that says one.
    pub(super) fn may_hold_a_number(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_digit() || byte == 0xc2 || byte == 0xe2 {
                // ½ ¼ ¾ start with C2, ⅓ with E2; so do curly apostrophes, soft hyphens and dashes
                if byte.is_ascii_digit() || text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(holds) {
                    return true;
                }
                at += 1;
            } else if byte.is_ascii_alphabetic() {
                let length = bytes.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_alphabetic()).count();
                let first = usize::from(byte.to_ascii_lowercase());
                if length < 31
                    && self.starters.get(first).is_some_and(|lengths| lengths & (1 << length) != 0)
                    && text.get(at..at + length).and_then(|word| self.find(word)).is_some_and(Entry::starts)
                {
                    return true;
                }
                at += length;
            } else {
                at += 1;
            }
        }
        false
    }
}

impl Entry {
    fn starts(&self) -> bool {
        STARTERS.iter().any(|role| self.is(*role))
    }
}

/// A sign by which a number could hide: a fraction, or a soft hyphen inside a number word.
fn holds(c: char) -> bool {
    c == '\u{ad}' || super::token::fraction(c).is_some()
}

/// The word in lower case, without soft hyphens, with a straight apostrophe; `None` if it is longer than any that is known.
fn lowered<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    if word.is_ascii() {
        let lower = buffer.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return std::str::from_utf8(lower).ok();
    }
    let mut length = 0;
    for c in word.chars().filter(|c| *c != '\u{ad}') {
        let c = if c == '’' { '\'' } else { c };
        for c in c.to_lowercase() {
            let end = length + c.len_utf8();
            c.encode_utf8(buffer.get_mut(length..end)?);
            length = end;
        }
    }
    std::str::from_utf8(buffer.get(..length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_english_is_read_as_it_stands() {
        let lists: BTreeMap<Role, Listed> = serde_yaml::from_str(include_str!("../en.yaml")).unwrap();
        assert_eq!(lists.len(), Role::Function as usize + 1, "each role is in the file");
        let third = english().find("Third").unwrap();
        assert!(third.is(Role::Ordinal) && third.is(Role::Part) && third.value == 3);
        assert_eq!(english().find("hrs").unwrap().unit, Some("hour"));
        assert_eq!(english().find("per\u{ad}cent").map(|e| e.is(Role::Percent)), Some(true));
        assert!(english().find("don’t").is_some());
        assert!(english().find("a-word-that-is-much-too-long-for-any-list").is_none());
    }

    #[test]
    fn a_text_without_number_words_is_put_aside_at_once() {
        for text in ["", "No figure here.", "Nobody thinks so — it’s “fine”", "tenet halve"] {
            assert!(!english().may_hold_a_number(text), "{text}");
        }
        for text in ["7", "a half", "Twice", "½", "fif\u{ad}ty", "a five-fold rise"] {
            assert!(english().may_hold_a_number(text), "{text}");
        }
    }
}
