//! What is printed and drawn beside the pages, as pages and templates know it: where it is, not how it was made.

use std::collections::HashMap;
use std::sync::Arc;

use tera::Value;

use super::fields::{Fields, maybe};
use super::page::Site;
use crate::plan::{HandoutKind, Page, PageKind};
use crate::toolkit::id::Reader;

/// What stands beside the pages of an edition.
#[derive(Clone, Debug, Default)]
pub struct Prints {
    /// Whether this program makes PDFs.
    pub makes_pdf: bool,
    /// The hand-outs in their order.
    pub handouts: Vec<Print>,
    /// The card of the site, of audiences and of messages.
    pub cards: Cards,
}

/// Social cards by what they are for.
#[derive(Clone, Debug, Default)]
pub struct Cards {
    /// Any page's that has none of its own.
    pub site: Option<CardAt>,
    /// An audience's.
    pub audiences: HashMap<Reader, CardAt>,
    /// A message's, by its number.
    pub messages: HashMap<u32, CardAt>,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardAt {
    /// From the root.
    pub path: Arc<str>,
    /// What it says.
    pub alt: Arc<str>,
}

/// A hand-out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// What it is.
    pub kind: HandoutKind,
    /// Who reads it.
    pub reader: Reader,
    /// Its title in words.
    pub title: String,
    /// The version code at its foot.
    pub version: String,
    /// Its files, each with its form (`PDF`).
    pub files: Vec<PrintFile>,
    /// How many pages it has, where that is known.
    pub pages: Option<usize>,
    /// Its first page in small: where it is, its width and its height.
    pub picture: Option<(String, u32, u32)>,
}

/// A file of a hand-out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintFile {
    /// `PDF`, `DOCX`.
    pub form: &'static str,
    /// From the root.
    pub path: String,
    /// In bytes; none where it is made when it is asked for.
    pub size: Option<usize>,
}

impl Cards {
    /// The card of a page.
    #[must_use]
    pub fn of(&self, page: &Page) -> Option<&CardAt> {
        let message = page.item.filter(|_| page.kind == PageKind::Message).and_then(|item| self.messages.get(&item));
        message.or_else(|| self.audiences.get(&page.reader)).or(self.site.as_ref())
    }
}

/// The hand-outs by their readers, as a template sees them.
pub(super) fn values(site: &Site<'_>) -> Value {
    let words = &site.theme.words;
    let everyone = site.toolkit.everyone();
    let groups = everyone.iter().filter_map(|reader| {
        let handouts: Vec<Value> = site
            .prints()
            .handouts
            .iter()
            .filter(|print| print.reader == reader)
            .map(|print| value(site, print))
            .collect();
        if handouts.is_empty() {
            return None;
        }
        let audience = site.toolkit.audience_of(reader);
        let name = audience.map_or_else(|| words.get("everyone"), |audience| &audience.name);
        let group = Fields::with(3)
            .set("id", site.toolkit.reader_name(reader))
            .set("name", name)
            .set("handouts", Value::from(handouts));
        Some(Value::from(group))
    });
    Value::from(groups.collect::<Vec<_>>())
}

fn value(site: &Site<'_>, print: &Print) -> Value {
    let words = &site.theme.words;
    let paper = if print.kind == HandoutKind::Card { "card" } else { site.toolkit.settings.paper.name() };
    let files = print.files.iter().map(|file| {
        let kilobytes = file.size.map(|size| size.div_ceil(1024));
        Value::from(
            Fields::with(3)
                .set("form", file.form)
                .set("path", &*file.path)
                .set("kilobytes", kilobytes.map_or_else(Value::none, Value::from)),
        )
    });
    let picture = print.picture.as_ref();
    Fields::with(10)
        .set("version", &*print.version)
        .set("kind", print.kind.name())
        .set("kind_text", words.get(&format!("handout_{}", print.kind.name())))
        .set("title", &*print.title)
        .set("paper", words.get(&format!("paper_{paper}")))
        .set("pages", print.pages.map_or_else(Value::none, Value::from))
        .set("files", Value::from(files.collect::<Vec<_>>()))
        .set("picture", maybe(picture.map(|(path, ..)| path.as_str())))
        .set("picture_width", picture.map_or_else(Value::none, |(_, width, _)| Value::from(*width)))
        .set("picture_height", picture.map_or_else(Value::none, |(.., height)| Value::from(*height)))
        .into()
}
