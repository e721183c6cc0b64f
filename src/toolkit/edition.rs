//! Editions, and what keeps coaching out of the public one.
//!
//! What is only for partners stands in a [`Coached`], and an item that may not be public yet in a [`Guarded`]. Neither
//! can be shown, copied into a page or written out as it is: the one opens only with a [`Key`], which exists in the
//! partners edition alone, the other only for a [`View`] that says what may be seen.

use std::sync::Arc;

use crate::language::Date;

/// Which site is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// The site for the public.
    Public,
    /// The coaching kit for members; never public.
    Partners,
}

impl Edition {
    /// The word that users type and read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Partners => "partners",
        }
    }
}

/// What may be seen: the edition, the day, and whether drafts are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The edition that is made.
    pub edition: Edition,
    /// The day it is made on.
    pub today: Date,
    /// Whether drafts and embargoed items are shown, too (in preview).
    pub drafts: bool,
}

impl View {
    /// What the public sees on a day.
    #[must_use]
    pub const fn public(today: Date) -> Self {
        Self { edition: Edition::Public, today, drafts: false }
    }

    /// The key to coaching, in the partners edition.
    #[must_use]
    pub const fn key(&self) -> Option<Key> {
        match self.edition {
            Edition::Public => None,
            Edition::Partners => Some(Key(())),
        }
    }
}

/// Proof that the partners edition is being made, or that a text is only checked and not shown.
#[derive(Clone, Copy, Debug)]
pub struct Key(());

impl Key {
    /// For checks, which read everything and show it to the writer alone.
    #[must_use]
    pub const fn for_checks() -> Self {
        Self(())
    }
}

/// Something that only partners may read. It has no text of its own: neither `Display` nor `Serialize` nor `Deref`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coached<T>(T);

impl<T> Coached<T> {
    /// Shuts `value` in.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for whoever holds the key.
    pub const fn open(&self, _: Key) -> &T {
        &self.0
    }
}

/// Why an item is not in a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// It belongs to the partners edition.
    PartnersOnly,
    /// It is a draft.
    Draft,
    /// It is embargoed until this day.
    Embargoed(Date),
    /// It was withdrawn on this day.
    Withdrawn(Date),
}

/// An item with the conditions under which it may be seen.
#[derive(Clone, Debug)]
pub struct Guarded<T> {
    /// Shared: an item that is remembered is held once.
    value: Arc<T>,
    edition: Edition,
    draft: bool,
    embargo: Option<Date>,
    withdrawn: Option<Date>,
}

impl<T> Guarded<T> {
    /// Guards `value`: for `edition` and those that hold more, not as a draft, and in the public edition not before `embargo`.
    pub fn new(value: T, edition: Edition, draft: bool, embargo: Option<Date>) -> Self {
        Self { value: Arc::new(value), edition, draft, embargo, withdrawn: None }
    }

    /// The same, and in no edition from the day `withdrawn` on.
    #[must_use]
    pub fn until(self, withdrawn: Option<Date>) -> Self {
        Self { withdrawn, ..self }
    }

    /// Another under the same conditions.
    pub fn with<U>(&self, value: U) -> Guarded<U> {
        Guarded {
            value: Arc::new(value),
            edition: self.edition,
            draft: self.draft,
            embargo: self.embargo,
            withdrawn: self.withdrawn,
        }
    }

    /// The item, if this view may show it.
    ///
    /// # Errors
    /// Why it may not.
    pub fn for_view(&self, view: &View) -> Result<&T, Hidden> {
        if self.edition == Edition::Partners && view.edition == Edition::Public {
            return Err(Hidden::PartnersOnly);
        }
        if self.draft && !view.drafts {
            return Err(Hidden::Draft);
        }
        if let Some(day) = self.withdrawn.filter(|day| *day <= view.today) {
            return Err(Hidden::Withdrawn(day));
        }
        match self.embargo {
            Some(day) if view.edition == Edition::Public && view.today < day && !view.drafts => {
                Err(Hidden::Embargoed(day))
            }
            _ => Ok(&self.value),
        }
    }

    /// The item, whatever it is: to check it, never to show it.
    #[must_use]
    pub fn for_checks(&self) -> &T {
        &self.value
    }

    /// Whether it is a draft.
    #[must_use]
    pub const fn is_draft(&self) -> bool {
        self.draft
    }

    /// The day before which it is not public, if it has one.
    #[must_use]
    pub const fn embargo(&self) -> Option<Date> {
        self.embargo
    }

    /// The day from which on it is in no edition, if it has one.
    #[must_use]
    pub const fn withdrawn(&self) -> Option<Date> {
        self.withdrawn
    }

    /// Whether it is withdrawn on this day.
    #[must_use]
    pub fn is_withdrawn(&self, today: Date) -> bool {
        self.withdrawn.is_some_and(|day| day <= today)
    }

    /// Whether nobody has to look at it yet, or any more.
    #[must_use]
    pub fn is_resting(&self, today: Date) -> bool {
        self.draft || self.is_withdrawn(today)
    }

    /// The edition it belongs to.
    #[must_use]
    pub const fn edition(&self) -> Edition {
        self.edition
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(edition: Edition, today: &str, drafts: bool) -> View {
        View { edition, today: today.parse().unwrap(), drafts }
    }

    #[test]
    fn the_public_sees_neither_coaching_nor_drafts_nor_embargoed_items() {
        let public = view(Edition::Public, "2026-05-01", false);
        let day = "2026-05-02".parse().unwrap();
        assert!(public.key().is_none());
        assert_eq!(Guarded::new((), Edition::Partners, false, None).for_view(&public), Err(Hidden::PartnersOnly));
        assert_eq!(Guarded::new((), Edition::Public, true, None).for_view(&public), Err(Hidden::Draft));
        assert_eq!(Guarded::new((), Edition::Public, false, Some(day)).for_view(&public), Err(Hidden::Embargoed(day)));
        assert!(
            Guarded::new((), Edition::Public, false, Some(public.today)).for_view(&public).is_ok(),
            "on the day it is out"
        );
    }

    #[test]
    fn partners_see_embargoed_items_and_coaching_but_no_drafts() {
        let partners = view(Edition::Partners, "2026-05-01", false);
        let day = "2026-05-02".parse().unwrap();
        assert_eq!(*Coached::new(7).open(partners.key().unwrap()), 7);
        assert!(Guarded::new((), Edition::Partners, false, Some(day)).for_view(&partners).is_ok());
        assert_eq!(Guarded::new((), Edition::Public, true, None).for_view(&partners), Err(Hidden::Draft));
        assert!(
            Guarded::new((), Edition::Public, true, None)
                .for_view(&view(Edition::Partners, "2026-05-01", true))
                .is_ok()
        );
    }
}
