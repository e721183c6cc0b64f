//! Phrases that many rules need: lists of names, articles, readers, "did you mean".

use crate::finding::nearest;
use crate::toolkit::fact::Fact;

/// Names between backticks with commas.
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A noun with its article; a file name, a plural and what belongs to somebody stand as they are.
pub fn a(noun: &str) -> String {
    match noun.chars().next() {
        Some(_) if noun.contains(['.', '\'', '`']) || noun.ends_with('s') => noun.to_owned(),
        Some('a' | 'e' | 'i' | 'o' | 'u') => format!("an {noun}"),
        _ => format!("a {noun}"),
    }
}

/// A reader by id, `general` in words.
pub fn reader(id: &str) -> &str {
    if id == "general" { "the general version" } else { id }
}

/// The right name if `typed` is near one, else all of them.
pub fn did_you_mean<S: AsRef<str>>(typed: &str, known: &[S]) -> Option<String> {
    match nearest(typed, known.iter().map(AsRef::as_ref)) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None => one_of(known),
    }
}

/// All right names, as something to type.
pub fn one_of<S: AsRef<str>>(known: &[S]) -> Option<String> {
    match known {
        [] => None,
        [only] => Some(format!("write `{}`", only.as_ref())),
        all => Some(format!("write one of {}", list(all))),
    }
}

/// A small count in words: `one space`, `3 spaces`.
pub fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("one {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// A fact as it is brought in, with what readers will see: `<fact:odds>, which reads "58% lower odds"`.
pub fn reads(fact: &Fact) -> String {
    format!("<fact:{}>, which reads \"{}\"", fact.id, fact.reads)
}
