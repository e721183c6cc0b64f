//! What is due when, with its file and its page.

use serde::Serialize;

use super::as_text;
use crate::language::Date;
use crate::pipeline::Checked;
use crate::plan::due::{self, Dated};
use crate::plan::{Links, PageKind};
use crate::toolkit::edition::Key;
use crate::toolkit::id::Reader;
use crate::toolkit::item::Item;

pub use crate::plan::due::Matter;

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
    let due = |due: &due::Due| {
        let (item, title, file, address) = match due.of {
            Dated::Item(n) => {
                let item = toolkit.all_items().get(n)?.for_checks();
                let reader = item.readers.iter().next().unwrap_or(Reader::GENERAL);
                let address = u32::try_from(n).ok().and_then(|n| links.item(n, reader));
                (item.name(), title(item, reader), &item.file, address)
            }
            Dated::Profile(reader) => {
                let audience = toolkit.audience_of(reader)?;
                let page = checked.plan.page_of(PageKind::Audience, reader);
                let name = format!("audiences/{}", audience.id);
                (name, audience.name.to_string(), &audience.file, page.map(|page| page.address.to_string()))
            }
            Dated::Fact(n) => {
                let fact = toolkit.facts.get(n)?;
                let is_public = u32::try_from(n).is_ok_and(|n| checked.plan.used.facts.contains(&n));
                let page = checked.plan.page_of(PageKind::Facts, Reader::GENERAL).filter(|_| is_public);
                let address = page.map(|page| format!("{}#{}", page.address, fact.id));
                (format!("facts/{}", fact.id), fact.label.to_string(), &fact.entry.file, address)
            }
        };
        let overdue = due.date < today;
        Some(Due { date: due.date, overdue, what: due.what, item, title, file: file.to_string(), url: url(address) })
    };
    due::due(toolkit, today, Key::for_checks()).iter().filter_map(due).collect()
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
