//! A text that was written elsewhere, as the Markdown of an item: a Word document, a saved web page, Markdown of
//! another tool, plain text.
//!
//! Bytes go in; Markdown comes out, with what was left out. Nothing is added to the words. This room knows no disk, no
//! toolkit and no terminal. What it reads may be made to do harm: each reader has limits on size, depth and pieces, and
//! what goes over one is refused.

mod document;
mod docx;
mod encoding;
mod headings;
mod html;
mod inline;
mod left_out;
mod markdown;
mod other_markdown;
mod plain;
mod refusal;
mod sniff;

pub use left_out::{Kind, LeftOut, Picture};
pub use refusal::Refusal;

use document::Document;

/// The largest Word document that is read, in bytes: its pictures count, its text is a small part of it.
pub const LARGEST_DOCUMENT: u64 = 64 << 20;

/// The largest file of another kind, in bytes: saved pages may hold their pictures.
pub const LARGEST_PAGE: u64 = 32 << 20;

/// The longest text that comes out, in bytes: what a toolkit takes.
const LONGEST_TEXT: usize = 8 << 20;

/// What a file is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A Word document.
    Word,
    /// A web page.
    Page,
    /// Markdown, also with the front matter of another tool.
    Markdown,
    /// Text without any marks.
    Plain,
}

impl Format {
    /// The format that the ending of a file's name stands for.
    ///
    /// # Errors
    /// When it stands for none that can be read, with what to do about it where that is known.
    pub fn by_name(name: &str) -> Result<Self, Refusal> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "docx" | "docm" | "dotx" | "dotm" => Ok(Self::Word),
            "html" | "htm" | "xhtml" => Ok(Self::Page),
            "md" | "markdown" | "mdown" | "mkd" => Ok(Self::Markdown),
            "txt" | "text" => Ok(Self::Plain),
            _ => Err(Refusal::Ending { ending }),
        }
    }

    /// The largest file of this format that is read, in bytes.
    #[must_use]
    pub const fn largest(self) -> u64 {
        match self {
            Self::Word => LARGEST_DOCUMENT,
            Self::Page | Self::Markdown | Self::Plain => LARGEST_PAGE,
        }
    }
}

/// A text, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The document's title in inline Markdown; none where its first heading is no title.
    pub title: Option<String>,
    /// The rest in Markdown, ending in a line break.
    pub body: String,
    /// The entries of a front matter, as typed.
    pub entries: Vec<Entry>,
    /// What did not come along, or not as it was.
    pub left_out: LeftOut,
}

/// An entry of a front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// Its lines, with the key, ending in a line break.
    pub lines: String,
}

/// Reads `bytes` as `format`.
///
/// # Errors
/// When they are something else, damaged, locked, or over a limit.
pub fn read(format: Format, bytes: &[u8]) -> Result<Imported, Refusal> {
    if u64::try_from(bytes.len()).is_ok_and(|size| size > format.largest()) {
        return Err(Refusal::TooLarge { limit: format.largest() });
    }
    sniff::check(format, bytes)?;
    let imported = match format {
        Format::Word => written(docx::read(bytes)?)?,
        Format::Page => written(html::read(bytes)?)?,
        Format::Plain => written(plain::read(bytes)?)?,
        Format::Markdown => other_markdown::read(bytes)?,
    };
    if imported.body.len() > LONGEST_TEXT {
        return Err(Refusal::TooLong);
    }
    if imported.body.trim().is_empty() && imported.title.is_none() {
        return Err(Refusal::NoText);
    }
    Ok(imported)
}

/// The document with its title taken out and its headings in order, as Markdown.
fn written(mut document: Document) -> Result<Imported, Refusal> {
    if !markdown::has_words(&document.blocks) {
        return Err(Refusal::NoText);
    }
    let title = headings::take_title(&mut document.blocks).map(|runs| inline::key(&runs));
    let moved = headings::set_levels(&mut document.blocks);
    document.left_out.count(Kind::HeadingMoved, moved);
    let mut entries = Vec::new();
    if document.left_out.has(Kind::Band) {
        entries.push(Entry { key: "edition".to_owned(), lines: "edition: partners\n".to_owned() });
    }
    Ok(Imported { title, body: markdown::write(&document), entries, left_out: document.left_out })
}

#[cfg(test)]
mod tests;
