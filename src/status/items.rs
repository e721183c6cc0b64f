//! Items by state: draft, embargoed, in review, signed, published.

use std::collections::HashMap;

use serde::Serialize;

use super::as_text_if_any;
use crate::language::Date;
use crate::toolkit::Toolkit;
use crate::toolkit::approval::Approval;
use crate::toolkit::edition::{Edition, Guarded, Key};
use crate::toolkit::item::Item;
use crate::voice::Voice;
use crate::voice::sign_off::{KINDS, Signable, Standing, sign_off, standing};

/// Where an item stands. Of several that are true, the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Being written: in no edition.
    Draft,
    /// Not in the public edition before its day.
    Embargoed,
    /// A required role has not signed what some audience reads today.
    InReview,
    /// Every audience's words have the sign-offs of all required roles.
    Signed,
    /// Out, and needs no sign-off.
    Published,
}

impl State {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Embargoed, Self::InReview, Self::Signed, Self::Published];

    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Embargoed => "embargoed",
            Self::InReview => "in review",
            Self::Signed => "signed",
            Self::Published => "published",
        }
    }
}

/// An item, or an audience's ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// As commands name it: `messages/safer`, `audiences/police`.
    pub item: String,
    /// `message`, `faq`…, or `ask`.
    pub kind: &'static str,
    /// The file.
    pub file: String,
    /// Its edition.
    pub edition: &'static str,
    /// Whose versions there are: audiences' ids, and `general`.
    pub audiences: Vec<String>,
    /// Where it stands.
    pub state: State,
    /// The day its embargo ends, where that is still to come.
    #[serde(serialize_with = "as_text_if_any")]
    pub embargo: Option<Date>,
    /// The sign-offs of required roles that are not there, also of drafts.
    pub missing: Vec<Gone>,
    /// The sign-offs of roles that profiles ask, and that block nothing.
    pub asked: Vec<Gone>,
}

/// A sign-off that is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// Who has to sign.
    pub role: String,
    /// Whose version: an audience's id, or `general`.
    pub audience: String,
    /// When this role signed other words, which have changed since.
    #[serde(serialize_with = "as_text_if_any")]
    pub changed_since: Option<Date>,
}

/// Every item once; asks only where they have to be signed.
pub(super) fn entries(toolkit: &Toolkit, voice: &Voice, today: Date) -> Vec<Entry> {
    let mut approvals: HashMap<&str, Vec<&Approval>> = HashMap::new();
    for given in toolkit.approvals.open(Key::for_checks()) {
        approvals.entry(&given.item).or_default().push(given);
    }
    let book = Book { toolkit, voice, approvals };
    let mut all: Vec<Entry> =
        toolkit.all_items().iter().enumerate().map(|(n, item)| book.item(n, item, today)).collect();
    if !toolkit.settings.approvals.required.is_empty() {
        let told = toolkit.audiences.iter().zip(&voice.audiences).filter(|(_, told)| told.ask.is_some());
        all.extend(told.map(|(audience, _)| {
            let what = Signable::Ask(audience.reader);
            let missing = book.missing(what);
            Entry {
                item: what.name(toolkit),
                kind: "ask",
                file: audience.file.to_string(),
                edition: Edition::Public.name(),
                audiences: vec![audience.id.to_string()],
                state: if missing.is_empty() { State::Signed } else { State::InReview },
                embargo: None,
                missing,
                asked: book.asked(what),
            }
        }));
    }
    all
}

/// The texts and who signed them.
struct Book<'a> {
    toolkit: &'a Toolkit,
    voice: &'a Voice,
    /// By item.
    approvals: HashMap<&'a str, Vec<&'a Approval>>,
}

impl Book<'_> {
    fn item(&self, n: usize, guarded: &Guarded<Item>, today: Date) -> Entry {
        let item = guarded.for_checks();
        let what = Signable::Item(n);
        let is_signed = KINDS.contains(&item.kind) && !self.toolkit.settings.approvals.required.is_empty();
        let missing = if is_signed { self.missing(what) } else { Vec::new() };
        // members see an item of theirs before its day
        let embargo = guarded.embargo().filter(|day| *day > today && guarded.edition() == Edition::Public);
        let state = match (guarded.is_draft(), embargo.is_some(), is_signed) {
            (true, ..) => State::Draft,
            (_, true, _) => State::Embargoed,
            (.., true) if missing.is_empty() => State::Signed,
            (.., true) => State::InReview,
            _ => State::Published,
        };
        Entry {
            item: item.name(),
            kind: item.kind.name(),
            file: item.file.to_string(),
            edition: guarded.edition().name(),
            audiences: item.readers.iter().map(|reader| self.toolkit.reader_name(reader).to_owned()).collect(),
            state,
            embargo,
            missing,
            asked: if KINDS.contains(&item.kind) { self.asked(what) } else { Vec::new() },
        }
    }

    /// What required roles have not signed, by role in the order of toolkit.yaml, then by audience.
    fn missing(&self, what: Signable) -> Vec<Gone> {
        let roles = &self.toolkit.settings.approvals.required;
        let readers = || what.readers(self.toolkit).iter();
        roles.iter().flat_map(|role| readers().filter_map(|reader| self.gone(what, reader, role))).collect()
    }

    /// What the reviewers of profiles have not signed and no required role is.
    fn asked(&self, what: Signable) -> Vec<Gone> {
        let required = &self.toolkit.settings.approvals.required;
        let audiences = what.readers(self.toolkit).iter().filter_map(|reader| self.toolkit.audience_of(reader));
        audiences
            .flat_map(|audience| {
                let roles = audience.reviewers.open(Key::for_checks()).iter().filter(|role| !required.contains(role));
                roles.filter_map(|role| self.gone(what, audience.reader, role)).collect::<Vec<_>>()
            })
            .collect()
    }

    fn gone(&self, what: Signable, reader: crate::toolkit::id::Reader, role: &str) -> Option<Gone> {
        let audience = self.toolkit.reader_name(reader);
        let item = what.name(self.toolkit);
        let given = self.approvals.get(&*item).map_or(&[][..], Vec::as_slice);
        // most have signed nothing yet, and the words need not be put together
        let has_signed = given.iter().any(|given| *given.audience == *audience && *given.by == *role);
        let mut changed_since = None;
        if has_signed {
            let (_, fingerprint) = sign_off(what, reader, self.toolkit, self.voice)?;
            match standing(given.iter().copied(), &item, audience, role, fingerprint) {
                Standing::Signed(_) => return None,
                Standing::Changed(before) => changed_since = Some(before.on.0),
                Standing::Missing => {}
            }
        }
        Some(Gone { role: role.to_owned(), audience: audience.to_owned(), changed_since })
    }
}
