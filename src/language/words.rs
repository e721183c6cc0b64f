//! Words as they are read aloud.

use std::ops::Range;

/// The words of `text`: runs of letters and digits with the apostrophes, inner hyphens, points and commas that belong
/// to them (`don't`, `pre-arrest`, `4.5`, `58%`).
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    places(text).filter_map(|place| text.get(place))
}

/// Where the words of `text` stand, in bytes.
pub fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/' | '…'))
        .map(move |run| {
            let word = run.trim_start_matches(|c: char| !c.is_alphanumeric());
            let start = at + (run.len() - word.len());
            at += run.len();
            start..start + word.trim_end_matches(|c: char| !c.is_alphanumeric()).len()
        })
        .filter(|place| !place.is_empty())
}

/// How many words `text` has.
#[must_use]
pub fn count(text: &str) -> usize {
    places(text).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_what_is_said_as_one() {
        let text = "Don't wait: pre-arrest diversion — “58%” lower, 4.5 times and/or 1,200.";
        let found: Vec<_> = words(text).collect();
        assert_eq!(
            found,
            ["Don't", "wait", "pre-arrest", "diversion", "58", "lower", "4.5", "times", "and", "or", "1,200"]
        );
        assert_eq!(count(" … – "), 0);
    }
}
