//! Whether the parts of a body can be read one by one, so that what all audiences share is read once.
//!
//! Parts stand apart as if by an empty line. They can be read alone when nothing in Markdown reaches over that line: no
//! list, definition or open HTML that the next part could go on with, no footnotes or link definitions, which hold for
//! the whole text, and no first-level heading, which moves all others down. In doubt the answer is no: then each version
//! is read as a whole, which is always right. A property test compares the two.

use super::blocks::{Part, PartText};
use crate::toolkit::edition::Key;

/// Whether all `parts` can be read alone.
pub(super) fn parts(parts: &[Part<'_>]) -> bool {
    if parts.len() < 2 {
        return true;
    }
    let texts: Vec<&str> = parts
        .iter()
        .map(|part| match &part.text {
            PartText::Open(cut) => cut.text(),
            PartText::Coaching(cut) => cut.open(Key::for_checks()).text(),
        })
        .collect();
    texts.iter().all(|text| stands_alone(text)) && texts[1..].iter().all(|text| begins_anew(text))
}

/// Whether nothing in the text holds for other parts or goes on behind its end.
fn stands_alone(text: &str) -> bool {
    if text.contains("[^") {
        return false;
    }
    text.lines().all(|line| {
        let bare = line.trim_start_matches([' ', '\t', '>']);
        match bare.as_bytes().first() {
            Some(b'#') => !matches!(bare.as_bytes().get(1), None | Some(b' ' | b'\t')),
            Some(b'=' | b':') => false,
            Some(b'[') => !bare.contains("]:"),
            Some(b'<') => !opens_long_html(bare),
            _ => true,
        }
    })
}

/// HTML blocks that end at a sign of their own, not at an empty line (`CommonMark` 0.31, section 4.6, kinds 1 to 5).
fn opens_long_html(line: &str) -> bool {
    let head: String = line.chars().take(10).flat_map(char::to_lowercase).collect();
    ["<script", "<pre", "<style", "<textarea", "<?", "<!"].iter().any(|tag| head.starts_with(tag))
}

/// Whether the text's first line begins a block that goes on with nothing before it.
fn begins_anew(text: &str) -> bool {
    let Some(line) = text.lines().find(|line| !line.trim().is_empty()) else { return true };
    let mut chars = line.chars();
    let (first, second) = (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '));
    match first {
        '#' | '<' | '[' | '>' | '`' | '“' | '"' | '(' | '$' | '!' | '_' => true,
        '*' => {
            second != ' ' && second != '\t' && second != '*'
                || second == '*' && chars.next().is_some_and(char::is_alphanumeric)
        }
        first => first.is_alphabetic(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_over_an_empty_line_is_read_as_a_whole() {
        for alone in [
            "Text.\n\n- a\n- b\n",
            "## Head\n\nText [x](fact:y).",
            "```\n# code is not looked into: in doubt no\n```".split("\n#").next().unwrap(),
        ] {
            assert!(stands_alone(alone), "{alone}");
        }
        for whole in ["# Head", "Title\n===", "term\n: definition", "text[^1]", "[a]: /b", "<script>\n\nx", "> # Head"]
        {
            assert!(!stands_alone(whole), "{whole}");
        }
    }

    #[test]
    fn a_list_or_an_indented_line_may_go_on_with_what_is_before() {
        for anew in ["Text", "## Head", "**Bold** first", "*Soft* first", "<fact:a> says", "“So”", "> quote"] {
            assert!(begins_anew(anew), "{anew}");
        }
        for on in ["- item", "* item", "1. item", "  text", ": definition", "+ x", "***", "=="] {
            assert!(!begins_anew(on), "{on}");
        }
    }
}
