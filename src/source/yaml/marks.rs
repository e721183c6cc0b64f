//! Texts that are read otherwise than they look: in curly quotation marks, which YAML takes for letters, with a mark that
//! nothing opened, and figures that end at their comma in a list.

use std::ops::Range;

use super::Slip;
use super::diagnose::quoted;
use super::outline::{Inside, Outline};
use crate::finding::YamlTrouble;

/// Values all in curly marks, values that end with a straight mark that nothing opened, and figures cut by a comma. The text
/// has to be one that can be read.
#[must_use]
pub fn misread(text: &str) -> Vec<Slip> {
    // nearly every text: a glance at its bytes
    let curly = text.contains(['“', '‘']);
    let lone = text.match_indices('"').any(|(at, _)| ends_line(&text[at + 1..]));
    let split = text.match_indices(',').any(|(at, _)| is_group(text, at));
    if !curly && !lone && !split {
        return Vec::new();
    }
    let outline = Outline::of(text);
    let mut slips = Vec::new();
    for (n, line) in outline.lines.iter().enumerate() {
        let value = line.value.clone();
        let typed = outline.slice(value.clone());
        let goes_on = matches!(outline.lines.get(n + 1), Some(next) if next.inside == Inside::Plain(n));
        match line.inside {
            Inside::Nothing if typed.starts_with('[') => {
                let end = outline.bracket_end(value.start).0.unwrap_or(value.end);
                in_list(text, value.start..end, &mut slips);
            }
            Inside::Nothing if !goes_on => slips.extend(whole(text, value)),
            _ => {}
        }
    }
    slips
}

/// Whether a line or a comment ends what stands before `rest`.
fn ends_line(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\r']).chars().next().is_none_or(|sign| sign == '\n') || rest.starts_with(" #")
}

/// A value in marks that are none, or with one at its end alone.
fn whole(text: &str, value: Range<usize>) -> Option<Slip> {
    let typed = text.get(value.clone())?;
    if let Some(inner) = unmarked(typed) {
        return Some(Slip::new(value, YamlTrouble::CurlyMarks { instead: quoted(inner) }));
    }
    // `6"` may be inches
    let before = typed.strip_suffix('"')?;
    let lone = !before.contains('"') && !before.is_empty() && !before.ends_with(|sign: char| sign.is_ascii_digit());
    lone.then(|| Slip::new(value.end - 1..value.end, YamlTrouble::LoneMark { instead: quoted(before.trim_end()) }))
}

/// What stands between curly marks, if all of a text does.
fn unmarked(typed: &str) -> Option<&str> {
    [('“', '”'), ('‘', '’')].into_iter().find_map(|(open, close)| {
        let inner = typed.strip_prefix(open)?.strip_suffix(|sign| sign == open || sign == close || sign == '"')?;
        // `“Yes” is not “no”` has two; in single ones an apostrophe may stand
        let more = inner.contains([open, '"']) || open == '“' && inner.contains(close);
        (!inner.is_empty() && !more).then_some(inner)
    })
}

/// The entries of a list in brackets.
fn in_list(text: &str, list: Range<usize>, slips: &mut Vec<Slip>) {
    let bytes = text.as_bytes();
    let mut start = list.start + 1;
    let mut at = start;
    let mut quote = None;
    while at < list.end {
        match (bytes.get(at), quote) {
            (Some(byte), Some(open)) if *byte == open => quote = None,
            (Some(mark @ (b'"' | b'\'')), None) if text[start..at].trim().is_empty() => quote = Some(*mark),
            (Some(b',' | b']'), None) => {
                let mut end = at;
                // a figure goes on behind its commas
                while bytes.get(end) == Some(&b',') && is_group(text, end) {
                    end += 4;
                    while end < list.end && !matches!(bytes.get(end), Some(b',' | b']')) {
                        end += 1;
                    }
                }
                let entry = &text[start..end];
                let from = start + (entry.len() - entry.trim_start().len());
                let span = from..from + entry.trim().len();
                if end > at {
                    let instead = quoted(unmarked(entry.trim()).unwrap_or(entry.trim()));
                    slips.push(Slip::new(span, YamlTrouble::SplitNumber { instead }));
                } else {
                    slips.extend(whole(text, span));
                }
                (start, at) = (end + 1, end);
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether the comma at `at` stands between a digit and three more: that of a figure.
fn is_group(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    at > 0 && digit(at - 1) && (at + 1..at + 4).all(digit) && !digit(at + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let told = |slip: Slip| match slip.trouble {
            YamlTrouble::CurlyMarks { instead } => format!("curly {} {instead}", slip.span.start),
            YamlTrouble::LoneMark { instead } => format!("lone {} {instead}", slip.span.start),
            YamlTrouble::SplitNumber { instead } => format!("split {} {instead}", slip.span.start),
            other => format!("{other:?}"),
        };
        misread(text).into_iter().map(told).collect()
    }

    #[test]
    fn marks_that_are_none_are_told_with_what_to_type() {
        assert_eq!(told("value: “Exampletown”\n"), ["curly 7 \"Exampletown\""]);
        assert_eq!(told("town:\n  value: ‘Exampletown’ # ours\n"), ["curly 15 \"Exampletown\""]);
        assert_eq!(told("- “We’re here”\n"), ["curly 2 \"We’re here\""]);
        assert_eq!(told("match: [“$9,507”, \"a\", ‘b’]\n"), ["split 8 \"$9,507\"", "curly 27 \"b\""]);
        assert_eq!(told("title: A better use of the money\"\n"), ["lone 32 \"A better use of the money\""]);
        assert_eq!(told("value: “Exampletown\"\n"), ["curly 7 \"Exampletown\""]);
    }

    #[test]
    fn a_figure_in_a_list_is_cut_at_its_comma() {
        assert_eq!(told("match: [$42,000]\n"), ["split 8 \"$42,000\""]);
        assert_eq!(told("match: [a, 1,200,000 people, b]\n"), ["split 11 \"1,200,000 people\""]);
        assert_eq!(told("match:\n  [\n    $9,507,\n  ]\n"), ["split 15 \"$9,507\""]);
    }

    #[test]
    fn what_is_read_as_it_looks_is_fine() {
        for fine in [
            "value: \"“Exampletown”\"\n",
            "value: “Yes” is not “no”\n",
            "says: They call it “help”\n",
            "says: “Help” is what they call it\n",
            "match: [\"$42,000\", '$9,507', 2017,2018, 1, 200]\n",
            "cost: $42,000\n",
            "plain: It cost $42,000, all in all\n",
            "title: The sign says \"stop\"\n",
            "size: 6\"\n",
            "text: |\n  “All of it”\n  done\"\n",
            "text: >-\n  they said\n  done\"\n",
            "text: 'one\n  “two” \"three\"'\n",
            "text: “one\n  two”\n",
            "text: ‘Twas the officers’ idea\n",
            "# “a comment”\n",
        ] {
            assert!(told(fine).is_empty(), "{fine}: {:?}", told(fine));
        }
    }
}
