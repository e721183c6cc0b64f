//! Where sentences end.

use std::ops::Range;

/// Short forms before a name or a number, which end no sentence.
const SHORT_FORMS: [&str; 26] = [
    "mr", "mrs", "ms", "dr", "st", "ste", "mt", "ft", "sgt", "lt", "capt", "det", "gov", "sen", "rep", "rev", "hon",
    "prof", "gen", "col", "no", "vs", "approx", "ca", "e.g", "i.e",
];

/// The sentences of a block of text, each with its stop and without the space around it. An opening list number belongs
/// to the sentence behind it.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(|c: char| !c.is_whitespace())?;
        let end = end_of(text, start);
        at = end;
        Some(start..end)
    })
}

/// Where the sentence that starts at `start` ends.
fn end_of(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    while let Some((offset, sign)) = chars.next() {
        if !matches!(sign, '.' | '!' | '?' | '…') {
            continue;
        }
        while chars.next_if(|(_, next)| matches!(next, '.' | '!' | '?' | '…')).is_some() {}
        let inner = chars.peek().is_some_and(|(_, next)| matches!(next, '"' | '”' | '\'' | '’'));
        while chars.next_if(|(_, next)| matches!(next, '"' | '”' | '\'' | '’' | ')' | ']')).is_some() {}
        let Some((end, next)) = chars.peek().copied() else { break };
        if !next.is_whitespace() {
            continue;
        }
        let rest = text[start + end..].trim_start_matches(char::is_whitespace);
        let first = rest.chars().find(|c| !matches!(c, '"' | '“' | '\'' | '‘' | '(' | '['));
        // a question that somebody asks inside a sentence goes on in small letters, like what follows a short form
        let goes_on = first.is_some_and(char::is_lowercase) && (inner || sign != '!' && sign != '?');
        let short = sign == '.' && !inner && is_short_form(&text[start..start + offset]);
        if !goes_on && !short {
            return start + end;
        }
    }
    text.trim_end().len().max(start)
}

/// Whether `before`, which a point follows, ends with a short form: `St`, `U.S`, a single capital.
fn is_short_form(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"')).next().unwrap_or_default();
    let mut letters = word.chars();
    let capitals = |mut parts: std::str::Split<'_, char>| {
        parts.all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
    };
    match (letters.next(), letters.next()) {
        // an initial; "I" ends a sentence more often than a name
        (Some(only), None) => only.is_uppercase() && only != 'I',
        (Some(_), Some(_)) => {
            capitals(word.split('.')) || SHORT_FORMS.iter().any(|short| short.eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_a_reader_stops() {
        for (text, expected) in [
            ("Officers know the corner. They decide.", &["Officers know the corner.", "They decide."][..]),
            ("Officers know the corner? Yes. So.", &["Officers know the corner?", "Yes.", "So."]),
            (
                "As St. John Street shows, it is calm. They know.",
                &["As St. John Street shows, it is calm.", "They know."],
            ),
            ("In the U.S. Congress. Now.", &["In the U.S. Congress.", "Now."]),
            ("At 8 p.m. the desk had calls. They know.", &["At 8 p.m. the desk had calls.", "They know."]),
            ("It opens at 8 p.m. It is calm.", &["It opens at 8 p.m.", "It is calm."]),
            (
                "A clerk asked “What now?” after that. They know.",
                &["A clerk asked “What now?” after that.", "They know."],
            ),
            ("He said “No.” Then he left.", &["He said “No.”", "Then he left."]),
            ("It was 4.5 times (or more). 日本。", &["It was 4.5 times (or more).", "日本。"]),
            (" one … two ", &["one … two"]),
            ("J. Doe said so... Then", &["J. Doe said so...", "Then"]),
            ("", &[]),
        ] {
            let found: Vec<&str> = sentences(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
