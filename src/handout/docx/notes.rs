//! Footnotes: each mark of a source has its own, whole, so that a paragraph pasted elsewhere brings its source along.

use super::body::written;
use super::xml::{HEAD, SPACES};
use crate::handout::content::{Handout, Run, Source};

/// The part with the footnotes.
pub struct Notes {
    /// Its text.
    pub text: String,
    /// The outside addresses by their numbers from 1.
    pub links: Vec<String>,
}

impl Notes {
    /// A footnote for each number of a source in `cited`.
    pub fn write(cited: &[usize], handout: &Handout) -> Self {
        let mut links = Vec::new();
        let mut text = format!(
            "{HEAD}<w:footnotes {SPACES}>\
             <w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
             <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
        );
        for (at, number) in cited.iter().enumerate() {
            let source = handout.sources.iter().find(|source| source.number == *number);
            let words: String = source
                .map(|source| runs(source, handout))
                .unwrap_or_default()
                .iter()
                .map(|run| written(run, &mut links))
                .collect();
            text += &format!(
                "<w:footnote w:id=\"{}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>\
                 <w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>\
                 <w:r><w:t xml:space=\"preserve\"> </w:t></w:r>{words}</w:p></w:footnote>",
                at + 1
            );
        }
        text += "</w:footnotes>";
        Self { text, links }
    }
}

/// What is said of a source: the fact, its limit, where it comes from.
pub fn runs(source: &Source, handout: &Handout) -> Vec<Run> {
    let mut runs = source.says.clone();
    if let Some(caveat) = &source.caveat {
        runs.extend([
            Run::plain(" "),
            Run::strong(format!("{}:", handout.labels.caveat)),
            Run::plain(format!(" {caveat}")),
        ]);
    }
    runs.extend([Run::plain(" "), Run::strong(format!("{}:", handout.labels.source)), Run::plain(" ")]);
    runs.extend(source.citation.iter().cloned());
    if !source.more.is_empty() {
        runs.push(Run::plain(" "));
        runs.extend(source.more.iter().cloned());
    }
    runs.retain(|run| run.note.is_none());
    runs
}
