//! Footnotes: their letters where they are called, and their texts at the end. Letters, because sources have numbers.

use std::collections::HashMap;

use super::{Buffer, Setting, Writer};
use crate::voice::fragment::{Fill, ThemeWord};

/// How note number `number`, from 1, is called: a to z, then aa, ab, as browsers count a list of letters.
pub(crate) fn letters(number: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = number;
    while let Some(before) = rest.checked_sub(1) {
        letters.extend(('a'..='z').nth(before % 26));
        rest = before / 26;
    }
    letters.iter().rev().collect()
}

/// Footnotes: their numbers, and what they say.
#[derive(Default)]
pub(super) struct Notes {
    /// The labels in the order of their first call, and the number of each.
    labels: Vec<String>,
    numbers: HashMap<String, usize>,
    /// How often each is called, in the order of the labels.
    calls: Vec<usize>,
    /// The texts in the order of the source, each under its label.
    pub(super) texts: Vec<(String, Buffer)>,
    /// The text outside while a footnote is read.
    pub(super) outside: Option<Buffer>,
}

impl Notes {
    pub(super) const fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The number of a note that is called here, a new one where it is called first, and which of its calls this is; both
    /// from 1.
    fn call(&mut self, label: &str) -> (usize, usize) {
        let number = self.numbers.get(label).copied().unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.calls.push(0);
            self.numbers.insert(label.to_owned(), self.labels.len());
            self.labels.len()
        });
        let calls = self.calls.get_mut(number - 1).map_or(1, |calls| {
            *calls += 1;
            *calls
        });
        (number, calls)
    }
}

impl Writer<'_, '_> {
    pub(super) fn footnote(&mut self, label: &str) {
        if self.inline || self.picture.is_some() || self.is_silent() {
            return;
        }
        let (number, call) = self.notes.call(label);
        let (id, place) = (self.note_id(number), self.call_id(number, call));
        self.push(&format!(
            "<sup class=\"note\"><a href=\"#fn-{id}\" id=\"fnref-{place}\" role=\"doc-noteref\">{}</a></sup>",
            letters(number)
        ));
    }

    /// Each call of a note has a place of its own; a stop is in no other id.
    fn call_id(&self, number: usize, call: usize) -> String {
        let id = self.note_id(number);
        if call == 1 { id } else { format!("{id}.{call}") }
    }

    fn note_id(&self, number: usize) -> String {
        match self.setting {
            Setting::Alone => number.to_string(),
            Setting::Among(prefix) => format!("{prefix}-{number}"),
        }
    }

    /// The footnotes that the text refers to, in the order of their numbers.
    pub(super) fn push_notes(&mut self) {
        self.push("<div class=\"footnotes\" role=\"doc-endnotes\"><ol type=\"a\">\n");
        let Notes { labels, texts, calls, .. } = std::mem::take(&mut self.notes);
        // of two texts under one label the first is the note's
        let mut by_label: HashMap<&str, &Buffer> = HashMap::with_capacity(texts.len());
        for (label, text) in &texts {
            by_label.entry(label).or_insert(text);
        }
        for (n, (label, calls)) in labels.iter().zip(calls).enumerate() {
            let id = self.note_id(n + 1);
            self.push(&format!("<li id=\"fn-{id}\">"));
            if let Some(text) = by_label.get(label.as_str()) {
                self.out.append(text);
            }
            for call in 1..=calls {
                let place = self.call_id(n + 1, call);
                self.push(&format!(
                    "{}<a href=\"#fnref-{place}\" role=\"doc-backlink\">",
                    if call == 1 { "" } else { " " }
                ));
                self.out.gap(Fill::Theme(ThemeWord::BackToText));
                self.push(&if call == 1 { " ↩</a>".to_owned() } else { format!(" ↩ {call}</a>") });
            }
            self.push("</li>\n");
        }
        self.push("</ol></div>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn notes_are_called_as_browsers_count() {
        assert_eq!([1, 2, 26, 27, 28, 702, 703].map(letters), ["a", "b", "z", "aa", "ab", "zz", "aaa"]);
    }
}
