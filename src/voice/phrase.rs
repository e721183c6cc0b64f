//! A short text of the front matter or a profile: one paragraph, as HTML and as plain text.

use std::borrow::Cow;
use std::sync::Arc;

use super::fragment::{Fill, Fragment, Link, plain};
use super::markdown::{self, Context};
use super::prose::Prose;
use crate::finding::Problem;

/// A short text.
#[derive(Clone, Debug, PartialEq)]
pub enum Phrase {
    /// Nothing in it means anything in Markdown or HTML: it is its own HTML.
    Plain(Arc<str>),
    /// HTML with gaps.
    Rich(Arc<Fragment>),
}

impl Phrase {
    /// Reads a text of inline Markdown; beside it as people read it, where that is asked for.
    #[must_use]
    pub fn read(text: &Arc<str>, context: &Context<'_>, problems: &mut Vec<Problem>) -> (Self, Prose) {
        if is_plain(text) {
            let prose = if context.heard { Prose::plain(text) } else { Prose::default() };
            return (Self::Plain(Arc::clone(text)), prose);
        }
        let told = markdown::inline(text, context, problems);
        (Self::Rich(Arc::new(told.fragment)), told.prose)
    }

    /// Its links.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        match self {
            Self::Plain(_) => &[],
            Self::Rich(fragment) => &fragment.links,
        }
    }

    /// The words of ours that it asks for.
    #[must_use]
    pub fn words(&self) -> &[Box<str>] {
        match self {
            Self::Plain(_) => &[],
            Self::Rich(fragment) => &fragment.words,
        }
    }

    /// The facts whose marks it holds.
    pub fn facts(&self) -> impl Iterator<Item = u32> {
        let fragment = match self {
            Self::Plain(_) => None,
            Self::Rich(fragment) => Some(fragment),
        };
        fragment.into_iter().flat_map(|fragment| fragment.facts())
    }

    /// Whether it holds a link or the mark of a source: what a list leaves out.
    #[must_use]
    pub fn is_linked(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Rich(fragment) => fragment.html.contains("<a ") || fragment.facts().next().is_some(),
        }
    }

    /// Writes its HTML with the gaps filled.
    pub fn html(&self, out: &mut String, fill: impl FnMut(Fill, &mut String)) {
        match self {
            Self::Plain(text) => out.push_str(text),
            Self::Rich(fragment) => fragment.fill(0..fragment.html.len(), out, fill),
        }
    }

    /// Its words. Marks of sources are left out; `title` and `word` gaps are filled.
    #[must_use]
    pub fn plain(&self, mut fill: impl FnMut(Fill, &mut String)) -> Cow<'_, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Rich(fragment) => {
                let mut html = String::with_capacity(fragment.html.len());
                fragment.fill(0..fragment.html.len(), &mut html, |gap, out| {
                    if matches!(gap, Fill::Title(_) | Fill::Word(_)) {
                        fill(gap, out);
                    }
                });
                Cow::Owned(plain(&html))
            }
        }
    }
}

/// Whether a text is its own HTML: no sign that Markdown, smart punctuation or HTML looks at.
fn is_plain(text: &str) -> bool {
    let special = |b: u8| {
        matches!(
            b,
            b'*' | b'_'
                | b'`'
                | b'['
                | b']'
                | b'<'
                | b'>'
                | b'&'
                | b'\\'
                | b'"'
                | b'\''
                | b'~'
                | b'{'
                | b'\n'
                | b'\r'
                | b'\t'
        )
    };
    !text.bytes().any(special)
        && !text.contains("--")
        && !text.contains("..")
        && !text.contains("  ")
        && !text.starts_with([' ', ':'])
        && !text.ends_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_without_any_sign_is_its_own_html() {
        assert!(is_plain("Who pays for it? 1. All of us, at 9:30!"));
        for rich in ["a *b*", "it's", "a -- b", "a...", "<fact:x>", "a & b", "a\nb", " a", "{{ x }}", ":::police"] {
            assert!(!is_plain(rich), "{rich}");
        }
    }
}
