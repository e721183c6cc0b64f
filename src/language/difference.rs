//! What changed between two texts, by words.
//!
//! A word is what stands between white space, with its punctuation; how a text is broken into lines does not count.
//! The shortest way from one text to the other is that of E. W. Myers, "An O(ND) difference algorithm and its variations",
//! Algorithmica 1 (1986).

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Texts whose changed middles have more pairs of words than this are not compared word by word: all of the one went, all
/// of the other came. A text for people has far fewer; a hostile one shall not cost minutes.
const MOST_PAIRS: usize = 100_000_000;

/// A row of words of two texts, as typed, with the white space behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row<'t> {
    /// Both have it; as the later text has it.
    Same(&'t str),
    /// Only the earlier text has it.
    Gone(&'t str),
    /// Only the later text has it.
    New(&'t str),
}

/// The rows of words that lead from `before` to `after`, in order; what went stands ahead of what came in its place.
///
/// Without what is gone they are `after`, from its first word on. Two texts of the same words are one row, or none.
#[must_use]
pub fn rows<'t>(before: &'t str, after: &'t str) -> Vec<Row<'t>> {
    let (old, new) = (Words::of(before), Words::of(after));
    let (a, b) = (&old.words[..], &new.words[..]);
    let start = a.iter().zip(b).take_while(|(one, other)| one == other).count();
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(one, other)| one == other).count();
    let (a, b) = (a.get(..a.len() - end).unwrap_or_default(), b.get(..b.len() - end).unwrap_or_default());
    let steps = if a.len().saturating_mul(b.len()) > MOST_PAIRS {
        vec![DiffOp::Replace { old_index: 0, old_len: a.len(), new_index: 0, new_len: b.len() }]
    } else {
        capture_diff_slices(Algorithm::Myers, a, b)
    };
    // the rows as numbers of words, neighbors of one sort together
    let mut same = 0..start;
    let mut rows = Vec::new();
    for step in steps {
        let (gone, came) = (step.old_range(), step.new_range());
        let came = came.start + start..came.end + start;
        if matches!(step, DiffOp::Equal { .. }) {
            same = if same.is_empty() { came } else { same.start..came.end };
            continue;
        }
        rows.extend(new.row(std::mem::take(&mut same)).map(Row::Same));
        rows.extend(old.row(gone.start + start..gone.end + start).map(Row::Gone));
        rows.extend(new.row(came).map(Row::New));
    }
    let last = new.words.len();
    let same = if same.is_empty() { last - end..last } else { same.start..last };
    rows.extend(new.row(same).map(Row::Same));
    rows
}

/// Whether two texts have the same words in the same order.
#[must_use]
pub fn is_same(before: &str, after: &str) -> bool {
    before.split_whitespace().eq(after.split_whitespace())
}

/// A text and its words.
struct Words<'t> {
    text: &'t str,
    words: Vec<&'t str>,
    /// Where each word begins in the text, and where the text ends.
    starts: Vec<usize>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        let mut words = Vec::new();
        let mut starts = Vec::new();
        let mut at = 0;
        for part in text.split_inclusive(char::is_whitespace) {
            let word = part.trim_end();
            if !word.is_empty() {
                words.push(word);
                starts.push(at);
            }
            at += part.len();
        }
        starts.push(text.len());
        Self { text, words, starts }
    }

    /// The words of these numbers as typed, if there are any.
    fn row(&self, words: Range<usize>) -> Option<&'t str> {
        let bytes = *self.starts.get(words.start)?..*self.starts.get(words.end)?;
        self.text.get(bytes).filter(|row| !row.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What went in `[-…-]`, what came in `{+…+}`.
    fn told(before: &str, after: &str) -> String {
        let shown = rows(before, after).into_iter().map(|row| match row {
            Row::Same(words) => words.trim_end().to_owned(),
            Row::Gone(words) => format!("[-{}-]", words.trim_end()),
            Row::New(words) => format!("{{+{}+}}", words.trim_end()),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_went_and_what_came_is_told_by_words() {
        for (before, after, want) in [
            (
                "You decide who goes.",
                "Owners decide who goes first.",
                "[-You-] {+Owners+} decide who [-goes.-] {+goes first.+}",
            ),
            ("a b c", "a b c", "a b c"),
            ("a b c", "  a\nb\t c\n", "a\nb\t c"),
            ("", "", ""),
            ("", "a b", "{+a b+}"),
            ("a b", "", "[-a b-]"),
            ("a a a", "a a", "a a [-a-]"),
            ("x a y b z", "a b", "[-x-] a [-y-] b [-z-]"),
            ("58% fewer arrests", "39% fewer new arrests", "[-58%-] {+39%+} fewer {+new+} arrests"),
        ] {
            assert_eq!(told(before, after), want, "{before:?} → {after:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_rows_hold_both_texts(before in "[ab\u{a0}\u{e9} \n]{0,40}", after in "[ab\u{a0}\u{e9} \n]{0,40}") {
            let (mut old, mut new) = (String::new(), String::new());
            let rows = rows(&before, &after);
            for row in &rows {
                match row {
                    Row::Same(words) => { old.push_str(words); new.push_str(words); }
                    Row::Gone(words) => old.push_str(words),
                    Row::New(words) => new.push_str(words),
                }
                // a row that the text ended may have nothing behind it
                for text in [&mut old, &mut new] { text.push(' '); }
            }
            proptest::prop_assert!(is_same(&old, &before), "{rows:?}");
            proptest::prop_assert!(is_same(&new, &after), "{rows:?}");
            let sorts = rows.windows(2).all(|pair| std::mem::discriminant(&pair[0]) != std::mem::discriminant(&pair[1]));
            proptest::prop_assert!(sorts, "{rows:?}");
            proptest::prop_assert_eq!(rows.iter().all(|row| matches!(row, Row::Same(_))), is_same(&before, &after));
        }
    }
}
