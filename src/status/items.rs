//! Items by state: draft, embargoed, withdrawn, in review, signed, published.

use serde::Serialize;

use super::as_text_if_any;
use crate::language::Date;
use crate::language::difference::Row;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::{Edition, Guarded, Key};
use crate::toolkit::id::Reader;
use crate::toolkit::item::Item;
use crate::voice::Voice;
use crate::voice::sign_off::{self, Book, KINDS, Signable, Signature};

/// Where an item stands. Of several that are true, the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Being written: in no edition.
    Draft,
    /// Not in the public edition before its day.
    Embargoed,
    /// Out of both editions since its day.
    Withdrawn,
    /// A required role has not signed what some audience reads today.
    InReview,
    /// Every audience's words have the sign-offs of all required roles.
    Signed,
    /// Out, and needs no sign-off.
    Published,
}

impl State {
    /// All, in order.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Embargoed, Self::Withdrawn, Self::InReview, Self::Signed, Self::Published];

    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Embargoed => "embargoed",
            Self::Withdrawn => "withdrawn",
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
    /// What changed since then, where the words that it signed were kept.
    pub changes: Option<Vec<Change>>,
}

/// A text whose words have changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The key that it stands under; `text` for the body.
    pub key: String,
    /// All its words: without what is gone they are those of today, without what is new those that were signed.
    pub words: Vec<Words>,
}

/// Some words, with the white space behind them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Words {
    /// They are as they were.
    Same(String),
    /// They are not there any more.
    Gone(String),
    /// They were not there.
    New(String),
}

/// Every item once; asks only where they have to be signed.
pub(super) fn entries(toolkit: &Toolkit, voice: &Voice, today: Date) -> Vec<Entry> {
    let sheet = Sheet { toolkit, book: Book::open(toolkit, voice, Key::for_checks()) };
    let mut all: Vec<Entry> =
        toolkit.all_items().iter().enumerate().map(|(n, item)| sheet.item(n, item, today)).collect();
    if !toolkit.settings.approvals.required.is_empty() {
        let told = toolkit.audiences.iter().zip(&voice.audiences).filter(|(_, told)| told.ask.is_some());
        all.extend(told.map(|(audience, _)| {
            let what = Signable::Ask(audience.reader);
            let missing = sheet.missing(what);
            Entry {
                item: what.name(toolkit),
                kind: "ask",
                file: audience.file.to_string(),
                edition: Edition::Public.name(),
                audiences: vec![audience.id.to_string()],
                state: if missing.is_empty() { State::Signed } else { State::InReview },
                embargo: None,
                missing,
                asked: sheet.asked(what),
            }
        }));
    }
    all
}

/// A toolkit and who signed what in it.
struct Sheet<'a> {
    toolkit: &'a Toolkit,
    book: Book<'a>,
}

impl Sheet<'_> {
    fn item(&self, n: usize, guarded: &Guarded<Item>, today: Date) -> Entry {
        let item = guarded.for_checks();
        let what = Signable::Item(n);
        let is_signed = KINDS.contains(&item.kind) && !self.toolkit.settings.approvals.required.is_empty();
        let is_withdrawn = guarded.is_withdrawn(today);
        let missing = if is_signed && !is_withdrawn { self.missing(what) } else { Vec::new() };
        // members see an item of theirs before its day
        let embargo = guarded.embargo().filter(|day| *day > today && guarded.edition() == Edition::Public);
        let state = match (guarded.is_draft(), embargo.is_some(), is_signed) {
            (true, ..) => State::Draft,
            _ if is_withdrawn => State::Withdrawn,
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
            asked: if KINDS.contains(&item.kind) && !is_withdrawn { self.asked(what) } else { Vec::new() },
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

    fn gone(&self, what: Signable, reader: Reader, role: &str) -> Option<Gone> {
        let (changed_since, changes) = match self.book.signature(what, reader, role)? {
            Signature::Signed(_) => return None,
            Signature::Never => (None, None),
            Signature::Changed { approval, before, now } => {
                (Some(approval.on.0), before.map(|before| changes(before, &now)))
            }
        };
        let audience = self.toolkit.reader_name(reader).to_owned();
        Some(Gone { role: role.to_owned(), audience, changed_since, changes })
    }
}

fn changes(before: &str, now: &str) -> Vec<Change> {
    let words = |row: &Row<'_>| match row {
        Row::Same(words) => Words::Same((*words).to_owned()),
        Row::Gone(words) => Words::Gone((*words).to_owned()),
        Row::New(words) => Words::New((*words).to_owned()),
    };
    sign_off::changes(before, now)
        .iter()
        .map(|change| Change { key: change.key.to_owned(), words: change.rows.iter().map(words).collect() })
        .collect()
}
