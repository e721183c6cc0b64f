//! Wordings that are looked for in texts: as whole words, in any case, over emphasis, line ends and kinds of space and
//! hyphen, their figures in any form.

use std::collections::HashMap;
use std::ops::Range;

use super::numbers::Said;
use crate::language::figures::{Amount, Kind, Number, numbers};
use crate::voice::prose::Prose;

/// Wordings, prepared once for many texts.
#[derive(Debug)]
pub struct Wordings {
    /// Each with its parts.
    all: Vec<Vec<Part>>,
    /// By their first word, in small letters, sorted.
    words: Vec<(Box<str>, Vec<usize>)>,
    /// For each first byte of these, the lengths that they have, as bits: most words of a text are passed by.
    lengths: [u32; 256],
    /// By the amount they start with.
    amounts: HashMap<Amount, Vec<usize>>,
}

/// A word or a figure of a wording.
#[derive(Debug)]
enum Part {
    Word(Box<str>),
    /// The figure, and its words as typed: figures are read by what stands around them, so that both may differ. Of
    /// these the last ones can have no other form: "fewer days" of "39 fewer days".
    Figure(Number, Vec<Box<str>>, usize),
}

impl Wordings {
    /// Prepares `wordings`. One without a word in it is never found.
    pub fn new<'w>(wordings: impl Iterator<Item = &'w str>) -> Self {
        let all: Vec<Vec<Part>> = wordings.map(parts).collect();
        let mut first: Vec<(Box<str>, Vec<usize>)> = Vec::new();
        let mut amounts: HashMap<Amount, Vec<usize>> = HashMap::new();
        for (n, parts) in all.iter().enumerate() {
            let word = match parts.first() {
                Some(Part::Word(word)) => Some(word),
                Some(Part::Figure(number, words, _)) => {
                    if let Some(amount) = number.value.amounts().next() {
                        amounts.entry(amount).or_default().push(n);
                    }
                    words.first()
                }
                None => None,
            };
            first.extend(word.map(|word| (word.clone(), vec![n])));
        }
        first.sort();
        first.dedup_by(|next, known| {
            next.0 == known.0 && {
                known.1.append(&mut next.1);
                true
            }
        });
        let mut lengths = [0; 256];
        for (word, _) in &first {
            lengths[usize::from(word.as_bytes().first().copied().unwrap_or(0))] |= bit(word.len());
        }
        Self { all, words: first, lengths, amounts }
    }

    /// Whether there is nothing to look for.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Tells each wording in `range` of `text` by its number and its place: from left to right, the longest first, none
    /// inside another. `said` are the numbers of the text.
    pub fn find(&self, text: &str, range: Range<usize>, said: &[Said], mut found: impl FnMut(usize, Range<usize>)) {
        let text = text.get(..range.end).unwrap_or_default();
        let mut lower = String::new();
        let mut at = range.start;
        while let Some(token) = next_token(text, at) {
            at = token.end;
            let by_word = self.starting(&text[token.clone()], &mut lower);
            let number = number_at(said, token.start);
            let by_amount = number.and_then(|number| self.amounts.get(&number.value.amounts().next()?));
            let starts = by_word.iter().chain(by_amount.into_iter().flatten());
            let ends = starts.filter_map(|n| Some((*n, match_from(&self.all[*n], text, token.start, said)?)));
            if let Some((n, end)) = ends.max_by_key(|(n, end)| (*end, std::cmp::Reverse(*n))) {
                found(n, token.start..end);
                at = end;
            }
        }
    }

    /// The wordings that start with this word.
    fn starting(&self, word: &str, lower: &mut String) -> &[usize] {
        let first = word.as_bytes().first().copied().unwrap_or(0).to_ascii_lowercase();
        // a word in other letters can change its length with its case
        if first.is_ascii() && self.lengths[usize::from(first)] & bit(word.len()) == 0 && word.is_ascii() {
            return &[];
        }
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        let known = self.words.binary_search_by(|(known, _)| known.as_ref().cmp(lower.as_str()));
        known.ok().and_then(|n| self.words.get(n)).map_or(&[], |(_, wordings)| wordings)
    }
}

fn bit(length: usize) -> u32 {
    1 << length.min(31)
}

/// Whether two figures say the same. "12.7 times" is a multiple or a count by what follows it.
pub fn same_figure(one: &Number, other: &Number) -> bool {
    let times = |number: &Number| matches!(number.kind, Kind::Multiple | Kind::Count | Kind::Occasions);
    one.same(other) || times(one) && times(other) && one.value == other.value && one.value.amounts().next().is_some()
}

/// A wording taken apart.
fn parts(wording: &str) -> Vec<Part> {
    let prose = Prose::plain(wording);
    let text = prose.text();
    let mut figures = numbers(text).into_iter().peekable();
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(token) = next_token(text, at) {
        while figures.next_if(|figure| figure.span.start < token.start).is_some() {}
        let Some(figure) = figures.next_if(|figure| figure.span.start == token.start) else {
            at = token.end;
            parts.push(Part::Word(text[token].to_lowercase().into()));
            continue;
        };
        at = figure.span.end.max(token.end);
        let words: Vec<Box<str>> = tokens(text, token.start..at).map(|word| text[word].to_lowercase().into()).collect();
        let fixed = match figure.kind {
            Kind::Duration | Kind::Measure | Kind::Age => words.iter().rev().take_while(|word| !counts(word)).count(),
            _ => 0,
        };
        parts.push(Part::Figure(figure, words, fixed));
    }
    parts
}

/// Whether a word is a number.
fn counts(word: &str) -> bool {
    !numbers(&format!("{word} people")).is_empty()
}

/// Whether the last words of a number are the last `fixed` of `words`.
fn ends_with(text: &str, number: &Number, words: &[Box<str>], fixed: usize) -> bool {
    let typed: Vec<Range<usize>> = if fixed > 0 { tokens(text, number.span.clone()).collect() } else { Vec::new() };
    typed.len() >= fixed
        && typed
            .iter()
            .rev()
            .zip(words.iter().rev())
            .take(fixed)
            .all(|(typed, word)| is_word(&text[typed.clone()], word))
}

fn is_word(typed: &str, word: &str) -> bool {
    typed.chars().flat_map(char::to_lowercase).eq(word.chars())
}

/// Where the parts end that begin at `at`, if all are there.
fn match_from(parts: &[Part], text: &str, at: usize, said: &[Said]) -> Option<usize> {
    let (part, rest) = parts.split_first()?;
    let goes_on = |end: usize| {
        if rest.is_empty() { Some(end) } else { match_from(rest, text, after_gap(text, end)?, said) }
    };
    match part {
        Part::Word(word) => goes_on(word_at(text, at, word)?),
        Part::Figure(figure, words, fixed) => {
            let same = |number: &&Number| same_figure(figure, number) && ends_with(text, number, words, *fixed);
            let number = number_at(said, at).filter(same);
            let end = number.map(|number| number.span.end).filter(|end| *end <= text.len());
            end.and_then(goes_on).or_else(|| {
                let mut end = None;
                for word in words {
                    end = Some(word_at(text, end.map_or(Some(at), |end| after_gap(text, end))?, word)?);
                }
                goes_on(end?)
            })
        }
    }
}

/// Where `word` ends, if it is the word that begins at `at`.
fn word_at(text: &str, at: usize, word: &str) -> Option<usize> {
    let token = next_token(text, at).filter(|token| token.start == at)?;
    is_word(text.get(token.clone())?, word).then_some(token.end)
}

/// Where the next word can begin: behind spaces, hyphens and quotation marks, and behind nothing else.
fn after_gap(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let gap = rest.find(|c| !matches!(c, ' ' | '-' | '‐' | '‑' | '–' | '"' | '“' | '”')).unwrap_or(rest.len());
    Some(at + gap)
}

fn number_at(said: &[Said], at: usize) -> Option<&Number> {
    let n = said.partition_point(|said| said.number.span.start < at);
    said.get(n).map(|said| &said.number).filter(|number| number.span.start == at)
}

/// The words of `range`.
pub fn tokens(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let text = text.get(..range.end).unwrap_or_default();
    let mut at = range.start;
    std::iter::from_fn(move || {
        let token = next_token(text, at)?;
        at = token.end;
        Some(token)
    })
}

/// The next word at or behind `at`: letters with their apostrophes, digits with their points and commas, `%`, `$`.
fn next_token(text: &str, at: usize) -> Option<Range<usize>> {
    let mut signs = text.get(at..)?.char_indices().skip_while(|(_, c)| !c.is_alphanumeric() && !is_unit(*c)).peekable();
    let (start, first) = signs.next()?;
    let mut end = start + first.len_utf8();
    if is_unit(first) {
        return Some(at + start..at + end);
    }
    let mut before = first;
    while let Some((offset, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        let inner = match sign {
            '\'' => before.is_alphabetic() && next.is_some_and(char::is_alphabetic),
            '.' | ',' => before.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit()),
            '\u{300}'..='\u{36f}' => true,
            _ => sign.is_alphanumeric(),
        };
        if !inner {
            break;
        }
        (end, before) = (offset + sign.len_utf8(), sign);
    }
    Some(at + start..at + end)
}

/// Signs that are read as a word.
const fn is_unit(sign: char) -> bool {
    matches!(sign, '%' | '$' | '€' | '£' | '¥' | '¢' | '₱' | '₹')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::numbers::said;

    /// The words in which the wordings are found.
    fn found(wordings: &[&str], text: &str) -> Vec<String> {
        let prose = Prose::plain(text);
        let said = said(&prose, prose.blocks.iter());
        let mut found = Vec::new();
        let text = prose.text();
        Wordings::new(wordings.iter().copied())
            .find(text, 0..text.len(), &said, |n, range| found.push(format!("{n} {}", &text[range])));
        found
    }

    #[test]
    fn whole_words_are_found_in_any_case_and_over_any_space() {
        let wordings = ["pays for itself", "Café's own", "all studies agree"];
        assert_eq!(
            found(&wordings, "It Pays\u{a0}for\nitself; pays-for-itself."),
            ["0 Pays for itself", "0 pays-for-itself"]
        );
        assert_eq!(found(&wordings, "the CAFÉ’S own"), ["1 CAFÉ'S own"]);
        assert!(found(&wordings, "It prepays for itself. It pays. For itself, all studies. Agree?").is_empty());
        assert!(found(&["", "…"], "… anything").is_empty());
    }

    #[test]
    fn the_longest_wording_is_told_once() {
        assert_eq!(
            found(&["two thirds", "two-thirds of people", "thirds of"], "Two thirds of people"),
            ["1 Two thirds of people"]
        );
        assert_eq!(found(&["a b", "b c"], "a b c a a b"), ["0 a b", "0 a b"]);
    }

    #[test]
    fn figures_are_found_in_any_form() {
        let wordings = ["$42,000", "58% less likely", "12.7 times", "39 fewer days", "80% fewer crimes"];
        for (text, expected) in [
            ("It costs 42,000 dollars a person", "0 42,000 dollars"),
            ("It costs $42000", "0 $42000"),
            ("forty-two thousand dollars", "0 forty-two thousand dollars"),
            ("fifty-eight per cent less likely", "1 fifty-eight per cent less likely"),
            ("12.7 times the risk", "2 12.7 times"),
            ("thirty-nine fewer days in jail", "3 thirty-nine fewer days"),
            ("eighty percent fewer crimes", "4 eighty percent fewer crimes"),
        ] {
            assert_eq!(found(&wordings, text), [expected], "{text}");
        }
        for text in [
            "$42,000,000",
            "$142,000",
            "42,000 people",
            "€42,000",
            "$42.50",
            "112.7 times",
            "2.7 times",
            "39 days less",
            "39 more days",
            "5.8% less likely",
        ] {
            assert!(found(&wordings, text).is_empty(), "{text}");
        }
    }
}
