//! What is due when: reviews, the end of consents, the end of embargoes; for the coordinator's terminal and for the board.

use crate::language::Date;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::Key;
use crate::toolkit::id::Reader;
use crate::toolkit::item::Own;

/// What a day is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// Someone has to look again (`review_by`).
    Review,
    /// A person's consent to tell their story ends (`consent: until`).
    Consent,
    /// The item comes out (`embargo`).
    Embargo,
}

impl Matter {
    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Review => "look again",
            Self::Consent => "consent ends",
            Self::Embargo => "embargo ends",
        }
    }
}

/// What has a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// An item, by its number in [`Toolkit::all_items`].
    Item(usize),
    /// An audience's profile.
    Profile(Reader),
    /// A fact, by its number in the toolkit.
    Fact(usize),
}

/// Something that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day for a review or a consent; the first day on which an embargoed item is public.
    pub date: Date,
    /// What it is about.
    pub what: Matter,
    /// What it is due for.
    pub of: Dated,
}

/// All that is due, by date, then in the toolkit's order: drafts, too. An embargo that ended by `today` is over.
#[must_use]
pub fn due(toolkit: &Toolkit, today: Date, key: Key) -> Vec<Due> {
    let mut all = Vec::new();
    for (n, guarded) in toolkit.all_items().iter().enumerate().filter(|(_, it)| !it.is_withdrawn(today)) {
        let item = guarded.for_checks();
        let consent = match &item.own {
            Own::Story(story) => story.consent.open(key).as_ref().and_then(|consent| consent.until),
            _ => None,
        };
        let embargo = guarded.embargo().filter(|day| *day > today);
        let days =
            [(item.review_by, Matter::Review), (consent.map(|day| day.0), Matter::Consent), (embargo, Matter::Embargo)];
        let days = days.into_iter().filter_map(|(date, what)| Some((date?, what)));
        all.extend(days.map(|(date, what)| Due { date, what, of: Dated::Item(n) }));
    }
    let profiles = toolkit.audiences.iter().filter_map(|it| Some((it.reader, it.review_by.open(key).as_ref()?.0)));
    all.extend(profiles.map(|(reader, date)| Due { date, what: Matter::Review, of: Dated::Profile(reader) }));
    let facts = toolkit.facts.iter().enumerate();
    all.extend(facts.map(|(n, fact)| Due { date: fact.review_by.0, what: Matter::Review, of: Dated::Fact(n) }));
    all.sort_by_key(|due| (due.date, due.what));
    all
}
