//! Which hand-outs there are for whom, and at which addresses: one list for all forms in which they are written.

use std::sync::Arc;

use super::{PageKind, Plan};
use crate::toolkit::Toolkit;
use crate::toolkit::edition::{Edition, View};
use crate::toolkit::id::{Kind, Reader};

/// What a hand-out is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandoutKind {
    /// The talking points on one page.
    Sheet,
    /// The same in large print.
    LargeSheet,
    /// Questions with their answers.
    Faq,
    /// The card on the counter.
    Card,
    /// A message.
    Message,
    /// The spokesperson's page, for partners.
    Brief,
}

impl HandoutKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 6] = [Self::Sheet, Self::LargeSheet, Self::Faq, Self::Card, Self::Message, Self::Brief];

    /// Whether it is a Word document, too: large print and the counter card are for paper alone.
    #[must_use]
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Sheet | Self::Faq | Self::Message | Self::Brief)
    }

    /// The name of its layout and, but for messages, of its file, without ending.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::LargeSheet => "sheet-large",
            Self::Faq => "faq",
            Self::Card => "card",
            Self::Message => "message",
            Self::Brief => "brief",
        }
    }
}

/// A hand-out: what it shows, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedHandout {
    /// What it is.
    pub kind: HandoutKind,
    /// Who reads it.
    pub reader: Reader,
    /// The item it shows, by its number in [`Toolkit::all_items`].
    pub item: Option<u32>,
    /// Its address from the root without ending: `handouts/police/sheet`.
    pub stem: Arc<str>,
}

/// All hand-outs of an edition: the general ones first, then each audience's. None where the toolkit wants none.
#[must_use]
pub fn handouts(toolkit: &Toolkit, plan: &Plan, view: &View) -> Vec<PlannedHandout> {
    if !toolkit.settings.outputs.handouts {
        return Vec::new();
    }
    toolkit.everyone().iter().flat_map(|reader| of(toolkit, plan, view, reader)).collect()
}

/// Whether this program writes a hand-out's file at this address from the root: `handouts/police/sheet.pdf`.
#[must_use]
pub(super) fn is_file(path: &str, toolkit: &Toolkit, plan: &Plan, view: &View) -> bool {
    let Some((stem, ending)) = path.rsplit_once('.') else { return false };
    let Some(name) = stem.strip_prefix("handouts/").and_then(|rest| rest.split('/').next()) else { return false };
    if !toolkit.settings.outputs.handouts {
        return false;
    }
    let readers = toolkit.everyone().iter().filter(|reader| toolkit.reader_name(*reader) == name);
    let planned = readers.flat_map(|reader| of(toolkit, plan, view, reader)).find(|planned| *planned.stem == *stem);
    planned.is_some_and(|planned| match ending {
        "docx" => planned.kind.is_document(),
        "pdf" => cfg!(feature = "pdf"),
        _ => false,
    })
}

fn of(toolkit: &Toolkit, plan: &Plan, view: &View, reader: Reader) -> Vec<PlannedHandout> {
    if reader == Reader::GENERAL && !toolkit.settings.general {
        return Vec::new();
    }
    let name = toolkit.reader_name(reader);
    let any = |kind| toolkit.shown(kind, view, reader).next().is_some();
    let whole = |kind: HandoutKind| PlannedHandout {
        kind,
        reader,
        item: None,
        stem: format!("handouts/{name}/{}", kind.name()).into(),
    };
    let mut list = Vec::new();
    if any(Kind::TalkingPoint) {
        list.extend([whole(HandoutKind::Sheet), whole(HandoutKind::LargeSheet)]);
    }
    if any(Kind::Faq) {
        list.push(whole(HandoutKind::Faq));
    }
    if any(Kind::Message) {
        list.push(whole(HandoutKind::Card));
    }
    let messages = plan.pages.iter().filter(|page| page.kind == PageKind::Message && page.reader == reader);
    list.extend(messages.filter_map(|page| {
        let (_, own) = page.address.trim_end_matches('/').split_once("messages/")?;
        let stem = format!("handouts/{name}/messages/{own}").into();
        Some(PlannedHandout { kind: HandoutKind::Message, reader, item: page.item, stem })
    }));
    if view.edition == Edition::Partners && reader != Reader::GENERAL {
        list.push(whole(HandoutKind::Brief));
    }
    list
}
