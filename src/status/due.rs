//! What is due when: reviews, the end of consents, the end of embargoes.

use serde::Serialize;

use super::as_text;
use crate::language::Date;
use crate::pipeline::Checked;
use crate::plan::{Links, PageKind};
use crate::toolkit::edition::Key;
use crate::toolkit::id::Reader;
use crate::toolkit::item::{Item, Own};

/// What a day is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last day for a review or a consent; the first day on which an embargoed item is public.
    #[serde(serialize_with = "as_text")]
    pub date: Date,
    /// Whether that day has passed.
    pub overdue: bool,
    /// What it is about.
    pub what: Matter,
    /// As commands name it: `messages/safer`, `audiences/police`; a fact is `facts/ID`.
    pub item: String,
    /// What it is called, as typed.
    pub title: String,
    /// The file to change.
    pub file: String,
    /// Its page, where it has one and `base_url` is known.
    pub url: Option<String>,
}

/// All that is due, by date.
pub(super) fn all(checked: &Checked, today: Date) -> Vec<Due> {
    let toolkit = &checked.toolkit;
    let links = Links { toolkit, plan: &checked.plan, view: &checked.view };
    let url = |address: Option<String>| Some(url(toolkit.settings.base_url.as_deref()?, &address?));
    let mut all = Vec::new();
    for (n, guarded) in toolkit.all_items().iter().enumerate() {
        let item = guarded.for_checks();
        let consent = match &item.own {
            Own::Story(story) => story.consent.open(Key::for_checks()).as_ref().and_then(|consent| consent.until),
            _ => None,
        };
        let embargo = guarded.embargo().filter(|day| *day > today);
        let days =
            [(item.review_by, Matter::Review), (consent.map(|day| day.0), Matter::Consent), (embargo, Matter::Embargo)];
        for (date, what) in days.into_iter().filter_map(|(date, what)| Some((date?, what))) {
            let reader = item.readers.iter().next().unwrap_or(Reader::GENERAL);
            all.push(Due {
                date,
                overdue: date < today,
                what,
                item: item.name(),
                title: title(item, reader),
                file: item.file.to_string(),
                url: url(u32::try_from(n).ok().and_then(|n| links.item(n, reader))),
            });
        }
    }
    for audience in &toolkit.audiences {
        let Some(day) = audience.review_by.open(Key::for_checks()) else { continue };
        let page = checked.plan.page_of(PageKind::Audience, audience.reader);
        all.push(Due {
            date: day.0,
            overdue: day.0 < today,
            what: Matter::Review,
            item: format!("audiences/{}", audience.id),
            title: audience.name.to_string(),
            file: audience.file.to_string(),
            url: url(page.map(|page| page.address.to_string())),
        });
    }
    for (n, fact) in toolkit.facts.iter().enumerate() {
        let is_public = u32::try_from(n).is_ok_and(|n| checked.plan.used.facts.contains(&n));
        let page = checked.plan.page_of(PageKind::Facts, Reader::GENERAL).filter(|_| is_public);
        all.push(Due {
            date: fact.review_by.0,
            overdue: fact.review_by.0 < today,
            what: Matter::Review,
            item: format!("facts/{}", fact.id),
            title: fact.label.to_string(),
            file: fact.entry.file.to_string(),
            url: url(page.map(|page| format!("{}#{}", page.address, fact.id))),
        });
    }
    all.sort_by_key(|due| (due.date, due.what));
    all
}

fn title(item: &Item, reader: Reader) -> String {
    item.heading.get(reader).map(ToString::to_string).unwrap_or_default()
}

/// The full address of a page.
fn url(base: &str, address: &str) -> String {
    let mut url = base.trim_end_matches('/').to_owned();
    url.push('/');
    let (page, anchor) = address.split_once('#').map_or((address, None), |(page, anchor)| (page, Some(anchor)));
    crate::plan::address::encode(page, &mut url);
    if let Some(anchor) = anchor {
        url.push('#');
        crate::plan::address::encode(anchor, &mut url);
    }
    url
}
