//! What changed between the words that were signed and those of today: by key, then by words.

use super::{ASK, BODY, FACTS, KEYS};
use crate::language::difference::{Row, is_same, rows};

/// A text whose words have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'t> {
    /// The key that it stands under (`claim`; `text` for the body); empty where the words do not say.
    pub key: &'t str,
    /// All words of both texts in their order.
    pub rows: Vec<Row<'t>>,
}

/// The texts that differ between two pieces of signed words (as [`super::sign_off`] makes them, and as they are kept), in
/// their order; a text that only one of them has is gone or new as a whole.
#[must_use]
pub fn changes<'t>(before: &'t str, now: &'t str) -> Vec<Change<'t>> {
    let (Some(old), Some(new)) = (by_key(before), by_key(now)) else {
        // kept words whose lines were broken otherwise by hand
        return if is_same(before, now) { Vec::new() } else { vec![Change { key: "", rows: rows(before, now) }] };
    };
    let words = |texts: &[(&'t str, &'t str)], key: &str| {
        texts.iter().find(|(known, _)| *known == key).map_or("", |(_, words)| *words)
    };
    let both = order().map(|key| (key, words(&old, key), words(&new, key)));
    both.filter(|(_, old, new)| !is_same(old, new))
        .map(|(key, old, new)| Change { key, rows: rows(old, new) })
        .collect()
}

/// The keys in the order in which [`super::sign_off`] puts their texts.
fn order() -> impl Iterator<Item = &'static str> + Clone {
    KEYS.into_iter().chain([FACTS, BODY, ASK])
}

/// The texts of signed words by their keys; one with an empty key where the words do not say.
#[must_use]
pub fn texts(words: &str) -> Vec<(&str, &str)> {
    by_key(words).unwrap_or_else(|| vec![("", words)])
}

/// The texts by key; nothing if some words stand under none. A line of the body that looks like a key is none: keys come
/// in their order, and the body is last.
fn by_key(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut starts: Vec<(&str, usize, usize)> = Vec::new();
    let mut keys = order();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let name = line.trim_end().strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        if let Some(key) = name.and_then(|name| keys.clone().find(|key| *key == name)) {
            keys.by_ref().find(|known| *known == key);
            starts.push((key, at, at + line.len()));
        }
        at += line.len();
    }
    let first = starts.first().map_or(text.len(), |(_, from, _)| *from);
    if !text.get(..first)?.trim().is_empty() {
        return None;
    }
    let ends = starts.iter().skip(1).map(|(_, from, _)| *from).chain([text.len()]);
    starts.iter().zip(ends).map(|((key, _, from), to)| Some((*key, text.get(*from..to)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, now: &str) -> Vec<String> {
        let row = |row: &Row<'_>| match row {
            Row::Same(words) => words.trim_end().to_owned(),
            Row::Gone(words) => format!("[-{}-]", words.trim_end()),
            Row::New(words) => format!("{{+{}+}}", words.trim_end()),
        };
        let all = changes(before, now);
        all.iter().map(|it| format!("{}: {}", it.key, it.rows.iter().map(row).collect::<Vec<_>>().join(" "))).collect()
    }

    #[test]
    fn each_changed_text_is_told_under_its_key() {
        for (before, now, want) in [
            ("[title]\nA b.\n\n[claim]\nC.\n", "[title]\nA  b.\n[claim]\r\nC.\n", &[][..]),
            (
                "[title]\nA b.\n\n[claim]\nC.\n",
                "[title]\nA c.\n\n[sound_bite]\nNew one.\n",
                &["title: A [-b.-] {+c.+}", "claim: [-C.-]", "sound_bite: {+New one.+}"],
            ),
            ("[text]\na\n[title]\nb", "[text]\na\n[title]\nc", &["text: a\n[title] [-b-] {+c+}"]),
            ("[ask]\nCall us.", "[ask]\nCall.", &["ask: [-Call us.-] {+Call.+}"]),
            ("[title] A b.", "[title]\nA c.\n", &[": [title]\nA [-b.-] {+c.+}"]),
            ("", "[title]\nA.\n", &["title: {+A.+}"]),
        ] {
            assert_eq!(told(before, now), want, "{before:?} → {now:?}");
        }
    }
}
