//! Where each role stands with each text, and the words that it signed.

use super::{SignOffs, Signable, Standing, sign_off};
use crate::toolkit::Toolkit;
use crate::toolkit::approval::{Approval, KeptWords};
use crate::toolkit::edition::Key;
use crate::toolkit::id::Reader;
use crate::voice::{Fingerprint, Voice};

/// Where a role stands with the words that one reader reads, with the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature<'a> {
    /// It signed the words of today: its last sign-off of them.
    Signed(&'a Approval),
    /// It signed other words, which have changed since.
    Changed {
        /// Its last sign-off.
        approval: &'a Approval,
        /// The words that it signed, where they were kept and are still those: see [`super::changes`].
        before: Option<&'a str>,
        /// The words of today.
        now: String,
    },
    /// It signed nothing of this.
    Never,
}

/// All sign-offs of a toolkit, the words that were signed and those of today.
#[derive(Debug)]
pub struct Book<'a> {
    toolkit: &'a Toolkit,
    voice: &'a Voice,
    sign_offs: SignOffs<'a>,
    kept: &'a [KeptWords],
}

impl<'a> Book<'a> {
    /// Opens the sign-offs, which only partners see.
    #[must_use]
    pub fn open(toolkit: &'a Toolkit, voice: &'a Voice, key: Key) -> Self {
        let sign_offs = SignOffs::new(toolkit.approvals.open(key));
        Self { toolkit, voice, sign_offs, kept: toolkit.kept_words.open(key) }
    }

    /// Where `role` stands with `what` as `reader` reads it; `None` if `reader` reads nothing of it.
    ///
    /// Today's words are put together only for a role that signed some: most have signed nothing yet.
    #[must_use]
    pub fn signature(&self, what: Signable, reader: Reader, role: &str) -> Option<Signature<'a>> {
        if !what.readers(self.toolkit).has(reader) {
            return None;
        }
        let (item, audience) = (what.name(self.toolkit), self.toolkit.reader_name(reader));
        if self.sign_offs.given(&item, audience, role).is_empty() {
            return Some(Signature::Never);
        }
        let (now, fingerprint) = sign_off(what, reader, self.toolkit, self.voice)?;
        Some(match self.sign_offs.standing(&item, audience, role, fingerprint) {
            Standing::Signed(approval) => Signature::Signed(approval),
            Standing::Changed(approval) => Signature::Changed { approval, before: self.kept(&approval.text), now },
            Standing::Missing => Signature::Never,
        })
    }

    /// The words of this fingerprint, if they were kept and nobody has changed them since.
    fn kept(&self, fingerprint: &str) -> Option<&'a str> {
        let at = self.kept.binary_search_by(|kept| (*kept.fingerprint).cmp(fingerprint)).ok()?;
        let words = &*self.kept.get(at)?.words;
        (Fingerprint::of_text(words).to_string() == fingerprint).then_some(words)
    }
}
