//! How hard a text is to read: the Flesch–Kincaid grade.
//!
//! Grade = 0.39 · words/sentences + 11.8 · syllables/words − 15.59 (Kincaid, Fishburne, Rogers and Chissom, *Derivation of
//! new readability formulas*, Naval Technical Training Command, Research Branch Report 8-75, 1975).

use super::{syllables, words};

/// What the grade is made from. Sentences are added one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Words.
    pub words: u32,
    /// Sentences that have words.
    pub sentences: u32,
    /// Syllables.
    pub syllables: u32,
}

impl Measure {
    /// The measure of a sentence.
    #[must_use]
    pub fn of_sentence(text: &str) -> Self {
        let mut measure = Self::default();
        for word in words::words(text) {
            measure.words += 1;
            measure.syllables += u32::try_from(syllables::count(word)).unwrap_or(u32::MAX);
        }
        measure.sentences = measure.words.min(1);
        measure
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            syllables: self.syllables + other.syllables,
        }
    }

    /// The grade, rounded to a tenth; nothing has none.
    #[must_use]
    pub fn grade(self) -> Option<f64> {
        if self.words == 0 || self.sentences == 0 {
            return None;
        }
        let (words, sentences) = (f64::from(self.words), f64::from(self.sentences));
        let grade = 0.39 * words / sentences + 11.8 * f64::from(self.syllables) / words - 15.59;
        Some((grade * 10.0).round() / 10.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grade_is_that_of_the_formula() {
        // 0.39 · 7 + 11.8 · 1 − 15.59 = −1.06
        assert_eq!(Measure::of_sentence("The cat sat on the red mat.").grade(), Some(-1.1));
        // 0.39 · 10 + 11.8 · 1.5 − 15.59 = 6.01
        assert_eq!(Measure { words: 100, sentences: 10, syllables: 150 }.grade(), Some(6.0));
        assert_eq!(Measure::of_sentence("…").grade(), None);
        assert_eq!(Measure::of_sentence("–").sentences, 0);
    }
}
