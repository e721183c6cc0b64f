//! Characters that no font has: what is printed in their place. One emoji must not cost the sheet.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Puts something that can be printed in place of what can't, in all texts of `value`; gives the characters for which a
/// reader sees a stand-in, each once, in the order in which they come.
pub fn replace(value: &mut Value, has: &dyn Fn(char) -> bool) -> Vec<char> {
    let mut missing = Vec::new();
    walk(value, has, &mut missing);
    missing
}

fn walk(value: &mut Value, has: &dyn Fn(char) -> bool, missing: &mut Vec<char>) {
    match value {
        Value::String(text) => {
            if !text.chars().all(|c| printable(c, has)) {
                *text = text_of(text, has, missing);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| walk(value, has, missing)),
        Value::Object(fields) => fields.values_mut().for_each(|value| walk(value, has, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a character is set as it is: line ends and the like are no signs.
fn printable(c: char, has: &dyn Fn(char) -> bool) -> bool {
    c == '\n' || (has(c) && !c.is_control())
}

/// What a reader sees for a run of characters that can't be printed.
#[must_use]
pub fn sign(has: &dyn Fn(char) -> bool) -> char {
    ['□', '▢', '◻', '¤'].into_iter().find(|c| has(*c)).unwrap_or('?')
}

fn text_of(text: &str, has: &dyn Fn(char) -> bool, missing: &mut Vec<char>) -> String {
    let mut out = String::with_capacity(text.len());
    // a picture made of several characters, or a word of another script, is one gap
    let mut in_gap = false;
    for c in text.chars() {
        if printable(c, has) {
            out.push(c);
            in_gap = false;
        } else if unseen(c) {
            // directions, joiners and marks of order: nobody sees that they are not there
        } else if let Some(alike) = alike(c, has) {
            out.push_str(&alike);
            in_gap = false;
        } else {
            if !missing.contains(&c) {
                missing.push(c);
            }
            if !in_gap {
                out.push(sign(has));
            }
            in_gap = true;
        }
    }
    out
}

/// Characters that have no shape of their own.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{e0000}'..='\u{e01ef}')
}

/// The same sign in other characters that can be printed: a space for a thin space, `fi` for a ligature.
fn alike(c: char, has: &dyn Fn(char) -> bool) -> Option<String> {
    let plain = match c {
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2212}' => "-".to_owned(),
        '\u{2028}' | '\u{2029}' => " ".to_owned(),
        c if c.is_whitespace() => " ".to_owned(),
        c => std::iter::once(c).nfkd().filter(|part| has(*part)).collect(),
    };
    (!plain.is_empty() && plain.chars().all(has)).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin(c: char) -> bool {
        c.is_ascii_graphic() || c == ' ' || c == '□'
    }

    fn replaced(text: &str) -> (String, Vec<char>) {
        let mut value = Value::from(text);
        let missing = replace(&mut value, &latin);
        (value.as_str().unwrap().to_owned(), missing)
    }

    #[test]
    fn a_picture_of_several_characters_is_one_gap() {
        let family = "a \u{1f468}\u{200d}\u{1f469}\u{fe0f} b";
        assert_eq!(replaced(family), ("a □ b".into(), vec!['\u{1f468}', '\u{1f469}']));
    }

    #[test]
    fn what_looks_alike_is_no_gap() {
        assert_eq!(replaced("re\u{2011}entry\u{2009}\u{fb01}ne\u{feff}"), ("re-entry fine".into(), vec![]));
        assert_eq!(replaced("two\nlines"), ("two\nlines".into(), vec![]));
    }

    #[test]
    fn a_word_of_another_script_is_one_gap() {
        assert_eq!(replaced("say \u{5e9}\u{5dc}\u{5d5}\u{5dd}!").0, "say □!");
    }
}
