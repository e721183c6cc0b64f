//! The words of an item, each text once, however many audiences read it.

use std::collections::HashMap;
use std::sync::Arc;

use super::page::Site;
use super::texts::{Cites, Place};
use super::things::without_marks;
use crate::toolkit::id::Reader;
use crate::voice::fragment::plain;
use crate::voice::{Fill, Fragment, Phrase};

/// The texts of an item so far.
#[derive(Default)]
pub(super) struct Parts {
    /// Their words.
    pub(super) words: Vec<String>,
    /// By where a text is held; one that differs by reader has a number for each.
    numbers: HashMap<(usize, Option<Reader>), usize>,
}

impl Parts {
    /// The number of a part of a body.
    pub(super) fn fragment(&mut self, site: &Site<'_>, part: &Arc<Fragment>, reader: Reader) -> usize {
        self.number(Arc::as_ptr(part).addr(), differs(part).then_some(reader), || {
            let mut cites = Cites::default();
            let mut place = Place { root: "", cites: &mut cites };
            let (html, _) = site.teller(reader).body(std::slice::from_ref(part), &mut place);
            plain(&without_marks(&html))
        })
    }

    /// The number of a text of the front matter.
    pub(super) fn phrase(&mut self, site: &Site<'_>, phrase: &Phrase, reader: Reader) -> usize {
        let (held, own) = match phrase {
            Phrase::Plain(text) => (Arc::as_ptr(text).addr(), None),
            Phrase::Rich(part) => (Arc::as_ptr(part).addr(), differs(part).then_some(reader)),
        };
        self.number(held, own, || site.teller(reader).plain(phrase).into_owned())
    }

    fn number(&mut self, held: usize, own: Option<Reader>, words: impl FnOnce() -> String) -> usize {
        if let Some(n) = self.numbers.get(&(held, own)) {
            return *n;
        }
        self.words.push(words());
        self.numbers.insert((held, own), self.words.len() - 1);
        self.words.len() - 1
    }
}

/// Whether a text's words differ by reader: it asks for a word of ours, or for the title of something.
fn differs(part: &Fragment) -> bool {
    part.gaps.iter().any(|gap| matches!(gap.fill, Fill::Word(_) | Fill::Title(_)))
}
