//! Sentences of a block of text. The end of a block ends a sentence, so a heading or a list item is a block of its own.

use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

/// Abbreviations of the language, sorted: from `en-sentences.yaml`.
#[derive(Default, Deserialize)]
struct Stops {
    inside: Vec<String>,
    before_digit: Vec<String>,
    either: Vec<String>,
    starts: Vec<String>,
}

fn english() -> &'static Stops {
    static ENGLISH: OnceLock<Stops> = OnceLock::new();
    ENGLISH.get_or_init(|| {
        let mut stops: Stops = serde_yaml::from_str(include_str!("en-sentences.yaml")).unwrap_or_default();
        for list in [&mut stops.inside, &mut stops.before_digit, &mut stops.either, &mut stops.starts] {
            list.sort_unstable();
        }
        stops
    })
}

/// The sentences of a block of plain text, as places in bytes, without the space around them.
///
/// A stop, a question mark or an exclamation mark ends a sentence, with the quotes and brackets behind it, where space and no small
/// letter follow. The stop of an abbreviation, an initial, a decimal, an address or the number of a list item does not.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + (rest.len() - rest.trim_start().len());
        if start >= text.len() {
            return None;
        }
        at = sentence_end(text, start);
        let sentence = text.get(start..at)?;
        Some(start..start + sentence.trim_end().len())
    })
}

fn sentence_end(text: &str, start: usize) -> usize {
    let mut chars = text.get(start..).unwrap_or_default().char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if !is_stop(c) {
            continue;
        }
        let stop = start + offset;
        let (mut stops, mut end) = (1, stop + c.len_utf8());
        while let Some(&(_, next)) = chars.peek().filter(|(_, next)| is_stop(*next) || closes(*next)) {
            stops += usize::from(is_stop(next));
            end += next.len_utf8();
            chars.next();
        }
        let rest = text.get(end..).unwrap_or_default();
        let next = rest.trim_start();
        if next.is_empty() {
            return text.len();
        }
        let apart = next.len() < rest.len();
        if apart && ends(text.get(start..stop).unwrap_or_default(), c == '.' && stops == 1, next) {
            return end;
        }
    }
    text.len()
}

const fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽')
}

const fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '"' | '\'' | '”' | '’' | '»' | '*' | '_')
}

/// Whether a stop with this before and this after it ends a sentence.
fn ends(before: &str, single: bool, after: &str) -> bool {
    let opened = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(first) = opened.chars().next() else { return true };
    if first.is_lowercase() {
        return false;
    }
    if !single {
        return true;
    }
    let word = last_word(before);
    // "1. Call the team", at the start of a block
    if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) && word.len() == before.trim().len() {
        return false;
    }
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted = word.len() > 2
        && word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic))
        && word.contains('.');
    if !initial && !dotted && word.len() > 8 {
        return true;
    }
    let (word, stops) = (word.to_lowercase(), english());
    let listed = |list: &[String], word: &str| list.binary_search_by(|known| known.as_str().cmp(word)).is_ok();
    if listed(&stops.inside, &word) || (first.is_ascii_digit() && listed(&stops.before_digit, &word)) {
        return false;
    }
    // "in Main St. The shop" ends, "in St. Louis" does not
    if initial || dotted || listed(&stops.either, &word) {
        let next: String =
            opened.chars().take_while(|c| c.is_alphabetic() || matches!(c, '\'' | '’')).take(12).collect();
        return listed(&stops.starts, &next.to_lowercase().replace('’', "'"));
    }
    true
}

/// The letters, digits and inner points before a stop.
fn last_word(before: &str) -> &str {
    let start = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric() || *c == '.').last();
    start.and_then(|(at, _)| before.get(at..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each case is one text, its sentences parted by `|`.
    const CASES: &[&str] = &[
        "It works. | It lasts.",
        "Does it work? | Yes! | We counted.",
        "Dr. Lee and Mr. Fox met Ms. Ray.",
        "J. R. Smith signed it. | So did we.",
        "It is in the U.S. | The program grew.",
        "The U.S. Department of Justice paid.",
        "We meet at 9 p.m. | The door is open.",
        "We meet at 9 p.m. Monday.",
        "See No. 5 on the list. | No. | We do not.",
        "Ask, e.g. Anna, i.e. Ms. Ray.",
        "The shop on Main St. is open. | It is on Main St. | The police know it.",
        "He moved to St. Louis. | It was cold.",
        "It fell by 4.5 points. | In 2014. | Then it rose.",
        "Write to a.b@example.org. | Or see www.example.org/faq. | Thanks.",
        "She said, “It works.” | Then she left.",
        "“Does it work?” she asked. | “It does.”",
        "(It works.) | It lasts.",
        "Well... maybe. | Well… | No.",
        "Wait... | What?",
        "1. Call the team. | Then wait.",
        "Acme Inc. paid. | So did Fox Co. | They joined.",
        "We saw Plan B. | The team liked it.",
        "A heading without a stop",
        "It ends at 5 p.m. | (We close then.) | See you.",
        "Ready?! | Go.",
        "On Nov. 24 we vote. | In Nov. we rest.",
        "It cost $1.2 million. | 58% agreed.",
    ];

    #[test]
    fn a_text_is_parted_where_its_sentences_end() {
        for case in CASES {
            let text = case.replace(" | ", " ");
            let found: Vec<_> = sentences(&text).map(|place| &text[place]).collect();
            assert_eq!(found.join(" | "), *case);
        }
    }

    #[test]
    fn nothing_is_no_sentence() {
        assert_eq!(sentences("").count(), 0);
        assert_eq!(sentences(" \n ").count(), 0);
    }

    proptest::proptest! {
        #[test]
        fn no_letter_is_lost(text in "[A-Za-z.!?… \"”)0-9]{0,60}") {
            let all: String = sentences(&text).map(|place| &text[place]).collect();
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            proptest::prop_assert_eq!(bare(&all), bare(&text));
        }
    }
}
