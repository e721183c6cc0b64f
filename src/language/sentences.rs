//! Where sentences end, in English.

use std::ops::Range;

/// Short forms that stand before a name, a number or an example: their point ends no sentence.
const BEFORE_MORE: [&str; 33] = [
    "mr", "mrs", "ms", "mx", "dr", "prof", "st", "sgt", "lt", "capt", "cpl", "det", "col", "gen", "cmdr", "rev", "hon",
    "gov", "sen", "rep", "atty", "supt", "vs", "v", "no", "nos", "fig", "sec", "approx", "e.g", "i.e", "cf", "ca",
];

/// The sentences of a block of running text, without the white space between them.
///
/// A sentence ends at `.`, `!`, `?` or `…` with the quotation marks and brackets behind it, where white space follows and
/// what comes then does not begin with a small letter. Initials and short forms before a name end none.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        at += rest.len() - rest.trim_start().len();
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        at += end_of_first(rest);
        let length = text.get(start..at)?.trim_end().len();
        Some(start..start + length)
    })
}

fn end_of_first(text: &str) -> usize {
    let ends = text.char_indices().filter(|(_, sign)| matches!(sign, '.' | '!' | '?' | '…' | '。' | '！' | '？'));
    for (at, sign) in ends {
        let behind = &text[at + sign.len_utf8()..];
        let after = behind.trim_start_matches(['.', '!', '?', '…', '"', '\'', '”', '’', '»', ')', ']']);
        let end = text.len() - after.len();
        if matches!(sign, '。' | '！' | '？') {
            return end;
        }
        let Some(next) = after.trim_start().chars().find(|c| !matches!(c, '“' | '"' | '\'' | '(' | '[' | '«'))
        else {
            continue;
        };
        let parted = after.starts_with(char::is_whitespace);
        if parted && !next.is_lowercase() && (sign != '.' || !goes_on(&text[..at], next)) {
            return end;
        }
    }
    text.len()
}

/// Whether the point behind `before` belongs to a word.
fn goes_on(before: &str, next: char) -> bool {
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '[')).next().unwrap_or_default();
    let mut letters = word.chars();
    let initial = word.rsplit('.').next().is_some_and(|last| {
        let mut signs = last.chars();
        signs.next().is_some_and(char::is_uppercase) && signs.next().is_none()
    });
    // "I" ends sentences, and is nobody's initial
    if initial && word != "I" {
        return true;
    }
    if letters.all(|c| c.is_ascii_digit()) && !word.is_empty() && before.len() == word.len() {
        // the number of a list: "1. Call us"
        return true;
    }
    let word = word.to_lowercase();
    BEFORE_MORE.contains(&word.as_str())
        && (!matches!(word.as_str(), "no" | "nos" | "v" | "st" | "sec" | "fig")
            || next.is_numeric()
            || word == "st"
            || word == "v")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<&str> {
        sentences(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn a_sentence_ends_at_its_stop() {
        assert_eq!(check("We call. Who comes? A helper! "), ["We call.", "Who comes?", "A helper!"]);
        assert_eq!(
            check("He said “Come.” She came… Then (at night.) We go"),
            ["He said “Come.”", "She came…", "Then (at night.)", "We go"]
        );
        assert_eq!(check(""), Vec::<&str>::new());
        assert_eq!(check("  ... "), ["..."]);
    }

    #[test]
    fn points_inside_words_and_numbers_end_nothing() {
        for one in [
            "It is 4.5 times as much in the U.S. Census at 8 a.m. to 9 p.m. for Dr. J. Smith vs. Mr. Lee, e.g. No. 5.",
            "St. Mary's on Main St. is open.",
            "See example.org for more.",
            "“Why not?” she asked.",
            "1. Call us.",
        ] {
            assert_eq!(check(one), [one]);
        }
        assert_eq!(
            check("I said no. You came at 8 p.m. The desk was open. So am I. We go."),
            ["I said no.", "You came at 8 p.m.", "The desk was open.", "So am I.", "We go."]
        );
    }
}
