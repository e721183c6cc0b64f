//! How hard a text is to read: the Flesch–Kincaid grade.

use std::ops::Range;

use super::{sentences, syllables, words};

/// A text of fewer words has no grade: a single long sentence would be all of it.
const FEWEST: usize = 100;

/// What a text is measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Words as they are read aloud.
    pub words: usize,
    /// Sentences with at least one word.
    pub sentences: usize,
    /// Syllables as they are heard. A percent or money sign beside a number is said, and counts for that number: two syllables.
    pub syllables: usize,
}

impl Measure {
    /// A block of text: a paragraph, a heading, a list item. Its end ends a sentence.
    #[must_use]
    pub fn of(block: &str) -> Self {
        let mut measure = Self::default();
        measure.add(block);
        measure
    }

    /// Adds a block of text: a paragraph, a heading, a list item. Its end ends a sentence.
    pub fn add(&mut self, block: &str) {
        for (_, sentence) in each_sentence(block) {
            self.words += sentence.words;
            self.sentences += sentence.sentences;
            self.syllables += sentence.syllables;
        }
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

    /// The grade of the American school in which a text like this can be read; 0 for a text without words. It can be below 0.
    ///
    /// 0.39 · words/sentences + 11.8 · syllables/words − 15.59. Kincaid, Fishburne, Rogers and Chissom, "Derivation of New
    /// Readability Formulas for Navy Enlisted Personnel", Research Branch Report 8-75, 1975.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a text has fewer than 2^52 words")]
    pub fn grade(self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        let words = self.words as f64;
        0.39 * words / self.sentences.max(1) as f64 + 11.8 * self.syllables as f64 / words - 15.59
    }

    /// The grade of a whole text as people are told it, to a tenth; none of a text so short that it says nothing.
    #[must_use]
    pub fn told(self) -> Option<f64> {
        (self.words >= FEWEST).then(|| self.rounded())
    }

    /// The grade to a tenth.
    #[must_use]
    pub fn rounded(self) -> f64 {
        (self.grade() * 10.0).round() / 10.0
    }
}

/// The sentences of a block with their places in it and their measures; the grade of one names the hardest.
pub fn each_sentence(block: &str) -> impl Iterator<Item = (Range<usize>, Measure)> {
    sentences::sentences(block).filter_map(|place| {
        let measure = sentence(block.get(place.clone())?);
        (measure.words > 0).then_some((place, measure))
    })
}

fn sentence(text: &str) -> Measure {
    let mut measure = Measure { sentences: 1, ..Measure::default() };
    for place in words::places(text) {
        measure.words += 1;
        measure.syllables += syllables::count(text.get(place.clone()).unwrap_or_default());
        let percent = text.get(place.end..).is_some_and(|after| after.starts_with(['%', '％']));
        let money = text.get(..place.start).is_some_and(|before| before.ends_with(['$', '£', '€']));
        measure.syllables += 2 * (usize::from(percent) + usize::from(money));
    }
    measure
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of `tests/language`: what a pronouncing dictionary counts in them stands in their first lines.
    const TEXTS: [(&str, &str); 10] = [
        ("gettysburg", include_str!("../../tests/language/gettysburg.txt")),
        ("second-inaugural", include_str!("../../tests/language/second-inaugural.txt")),
        ("declaration", include_str!("../../tests/language/declaration.txt")),
        ("bill-of-rights", include_str!("../../tests/language/bill-of-rights.txt")),
        ("fear-itself", include_str!("../../tests/language/fear-itself.txt")),
        ("ask-not", include_str!("../../tests/language/ask-not.txt")),
        ("residents", include_str!("../../tests/language/residents.txt")),
        ("officers", include_str!("../../tests/language/officers.txt")),
        ("owners", include_str!("../../tests/language/owners.txt")),
        ("evaluation", include_str!("../../tests/language/evaluation.txt")),
    ];

    #[test]
    fn the_grade_is_that_of_a_dictionary_within_half_a_grade() {
        for (name, file) in TEXTS {
            let (head, body) = file.split_once("\n\n").unwrap();
            let told = |key: &str| -> usize {
                head.lines().find_map(|line| line.strip_prefix(key)).unwrap().trim().parse().unwrap()
            };
            let dictionary = Measure {
                words: told("words:"),
                // a sentence a line
                sentences: body.lines().filter(|line| !line.is_empty()).count(),
                syllables: told("syllables:"),
            };
            let ours = Measure::of(&body.replace('\n', " "));
            assert!((250..=350).contains(&ours.words), "{name}: {} words", ours.words);
            assert_eq!((ours.words, ours.sentences), (dictionary.words, dictionary.sentences), "{name}");
            let apart = (ours.grade() - dictionary.grade()).abs();
            assert!(apart <= 0.5, "{name}: {:.2}, dictionary {:.2}", ours.grade(), dictionary.grade());
        }
    }

    #[test]
    fn the_hardest_sentence_can_be_named() {
        let block = "We help. Multidisciplinary collaboration necessitates institutional accountability. Call us.";
        let hardest = each_sentence(block).max_by(|a, b| a.1.grade().total_cmp(&b.1.grade())).unwrap();
        assert!(block[hardest.0].starts_with("Multidisciplinary"));
        assert_eq!(Measure::of(block).sentences, 3);
    }

    #[test]
    fn blocks_add_up_and_nothing_is_grade_nothing() {
        let mut measure = Measure::default();
        assert!(measure.grade().abs() < f64::EPSILON);
        measure.add("A heading");
        measure.add("It costs $5, or 58% less. — …");
        assert_eq!((measure.words, measure.sentences), (8, 2));
        assert_eq!(measure.syllables, 3 + 12, "percent and dollars are said");
    }
}
