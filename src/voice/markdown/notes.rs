//! Footnotes: their numbers where they are called, and their texts at the end.

use std::collections::HashMap;

use super::{Buffer, Setting, Writer};
use crate::voice::fragment::{Fill, ThemeWord};

/// Footnotes: their numbers, and what they say.
#[derive(Default)]
pub(super) struct Notes {
    /// The labels in the order of their first call, and the number of each.
    labels: Vec<String>,
    numbers: HashMap<String, usize>,
    /// The texts in the order of the source, each under its label.
    pub(super) texts: Vec<(String, Buffer)>,
    /// The text outside while a footnote is read.
    pub(super) outside: Option<Buffer>,
}

impl Notes {
    pub(super) const fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The number of a note, from 1; a new one where it is called first.
    fn number(&mut self, label: &str) -> usize {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        self.labels.push(label.to_owned());
        self.numbers.insert(label.to_owned(), self.labels.len());
        self.labels.len()
    }
}

impl Writer<'_, '_> {
    pub(super) fn footnote(&mut self, label: &str) {
        if self.inline || self.picture.is_some() || self.is_silent() {
            return;
        }
        let number = self.notes.number(label);
        let id = self.note_id(number);
        self.push(&format!(
            "<sup class=\"note\"><a href=\"#fn-{id}\" id=\"fnref-{id}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    fn note_id(&self, number: usize) -> String {
        match self.setting {
            Setting::Alone => number.to_string(),
            Setting::Among(prefix) => format!("{prefix}-{number}"),
        }
    }

    /// The footnotes that the text refers to, in the order of their numbers.
    pub(super) fn push_notes(&mut self) {
        self.push("<div class=\"footnotes\" role=\"doc-endnotes\"><ol>\n");
        let Notes { labels, texts, .. } = std::mem::take(&mut self.notes);
        // of two texts under one label the first is the note's
        let mut by_label: HashMap<&str, &Buffer> = HashMap::with_capacity(texts.len());
        for (label, text) in &texts {
            by_label.entry(label).or_insert(text);
        }
        for (n, label) in labels.iter().enumerate() {
            let id = self.note_id(n + 1);
            self.push(&format!("<li id=\"fn-{id}\">"));
            if let Some(text) = by_label.get(label.as_str()) {
                self.out.append(text);
            }
            self.push(&format!("<a href=\"#fnref-{id}\" role=\"doc-backlink\">"));
            self.out.gap(Fill::Theme(ThemeWord::BackToText));
            self.push(" ↩</a></li>\n");
        }
        self.push("</ol></div>\n");
    }
}
