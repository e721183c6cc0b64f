//! Where a link leads on a page of one reader, and links that lead nowhere.

use super::{Page, PageKind, Plan, anchors, handouts};
use crate::finding::{KeyPath, Problem, What, nearest};
use crate::toolkit::Toolkit;
use crate::toolkit::edition::View;
use crate::toolkit::id::{Kind, Reader, Readers};
use crate::toolkit::item::Item;
use crate::voice::references::Target;
use crate::voice::{Fragment, Link, Locator, Told, Voice};
use std::sync::Arc;

/// Resolves links over a plan.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// The toolkit.
    pub toolkit: &'a Toolkit,
    /// The plan.
    pub plan: &'a Plan,
    /// The view of the edition.
    pub view: &'a View,
}

impl Links<'_> {
    /// The address from the root of what a link leads to, as `reader` reads it; `None` for nothing and for what is outside.
    #[must_use]
    pub fn address(&self, target: &Target, reader: Reader) -> Option<String> {
        match target {
            Target::Item(item, anchor) => {
                let address = self.item(*item, reader)?;
                Some(match anchor {
                    Some(anchor) => format!("{}#{anchor}", address.split('#').next().unwrap_or_default()),
                    None => address,
                })
            }
            Target::Audience(audience) => Some(self.plan.page_of(PageKind::Audience, *audience)?.address.to_string()),
            Target::File(file) => Some(format!("files/{file}")),
            Target::Address(address) => Some(address.trim_start_matches('/').to_owned()),
            Target::Anchor(_) | Target::Outside(_) => None,
        }
    }

    /// The address of an item as `reader` reads it: its page, or its place on a page with others.
    #[must_use]
    pub fn item(&self, item: u32, reader: Reader) -> Option<String> {
        if let Some(page) = self.plan.page_for(item, reader) {
            return Some(page.address.to_string());
        }
        let it = self.toolkit.all_items().get(item as usize)?.for_view(self.view).ok()?;
        let kind = match it.kind {
            Kind::Faq => PageKind::Faq,
            Kind::TalkingPoint => PageKind::TalkingPoints,
            Kind::ToughQuestion => PageKind::ToughQuestions,
            Kind::Win => PageKind::Wins,
            _ => return None,
        };
        [reader, Reader::GENERAL]
            .into_iter()
            .filter(|reader| it.readers.has(*reader))
            .find_map(|reader| self.plan.page_of(kind, reader))
            .map(|page| format!("{}#{}", page.address, it.id))
    }

    /// Tells every link of an item to an address or heading that is not there.
    pub(super) fn check_item(&self, n: usize, voice: &Voice) -> Vec<Problem> {
        let mut problems = Vec::new();
        let (Some(item), Some(told)) = (self.toolkit.all_items().get(n), voice.items.get(n)) else { return problems };
        let item = item.for_checks();
        for version in &told.body {
            for part in version.parts.iter().filter(|part| !part.links.is_empty()) {
                let locator = Locator { file: Arc::clone(&item.file), key: None };
                self.check_links(&part.links, version.readers, &version.parts, &locator, voice, &mut problems);
            }
        }
        self.check_texts(item, told, voice, &mut problems);
        if !problems.is_empty() {
            let name: Arc<str> = item.name().into();
            for problem in &mut problems {
                problem.item = Some(Arc::clone(&name));
            }
        }
        problems
    }

    /// The same of the audiences' profiles.
    pub(super) fn check_profiles(&self, voice: &Voice) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (n, audience) in voice.audiences.iter().enumerate() {
            let file = &self.toolkit.audiences[n].file;
            let readers = Readers::only(self.toolkit.audiences[n].reader);
            let concerns = audience.concerns.iter().enumerate();
            let texts = concerns.map(|(n, phrase)| (KeyPath::top("concerns").index(n).key("says"), phrase));
            let ask = audience.ask.iter().map(|phrase| (KeyPath::top("ask"), phrase));
            let summary = audience.summary.iter().map(|phrase| (KeyPath::top("summary"), phrase));
            for (key, phrase) in ask.chain(summary).chain(texts) {
                let locator = Locator { file: Arc::clone(file), key: Some(key) };
                self.check_links(phrase.links(), readers, &[], &locator, voice, &mut problems);
            }
        }
        problems
    }

    fn check_texts(&self, item: &Item, told: &Told, voice: &Voice, problems: &mut Vec<Problem>) {
        for (key, cases) in &told.texts {
            let typed = item.texts().find(|(name, _)| name == key).map(|(_, text)| text);
            for (readers, phrase) in cases.iter().filter(|(_, phrase)| !phrase.links().is_empty()) {
                let case = typed.and_then(|text| text.key_for(*readers));
                let path = KeyPath::top(key);
                let path = case.map_or(path.clone(), |case| path.key(case));
                let locator = Locator { file: Arc::clone(&item.file), key: Some(path) };
                self.check_links(phrase.links(), *readers, &[], &locator, voice, problems);
            }
        }
    }

    fn check_links(
        &self,
        links: &[Link],
        readers: Readers,
        page: &[Arc<Fragment>],
        locator: &Locator,
        voice: &Voice,
        problems: &mut Vec<Problem>,
    ) {
        for link in links {
            let what = match &link.target {
                Target::Address(address) => self.wrong_address(address, voice),
                Target::Anchor(anchor) => wrong_anchor(anchor, page, "this page"),
                Target::Item(item, Some(anchor)) => self.wrong_item_anchor(*item, anchor, readers, voice),
                _ => None,
            };
            problems.extend(what.map(|what| Problem::new(locator.at(link.span), what)));
        }
    }

    pub(super) fn wrong_address(&self, typed: &str, voice: &Voice) -> Option<What> {
        let bare = typed.trim_start_matches('/');
        let path = bare.split(['#', '?']).next().unwrap_or_default();
        if self.plan.has_address(path) {
            let (_, anchor) = bare.split_once('#')?;
            return self.wrong_page_anchor(self.plan.page_at(path)?, anchor, voice);
        }
        if handouts::is_file(path, self.toolkit, self.plan, self.view) {
            return None;
        }
        let near = if self.plan.has_address(&format!("{path}/")) {
            Some(format!("/{path}/"))
        } else {
            self.plan.nearest_address(path).map(|near| format!("/{near}"))
        };
        Some(What::BrokenLink { link: typed.to_owned(), near })
    }

    /// That a page has no such heading or question. Of pages whose ids are their template's alone nothing is known.
    fn wrong_page_anchor(&self, page: &Page, anchor: &str, voice: &Voice) -> Option<What> {
        let name = format!("/{}", page.address);
        if anchors::OURS.contains(&anchor) {
            return None;
        }
        if let Some(item) = page.item {
            return wrong_anchor(anchor, voice.items.get(item as usize)?.body(page.reader), &name);
        }
        let kind = match page.kind {
            PageKind::Faq => Kind::Faq,
            PageKind::TalkingPoints => Kind::TalkingPoint,
            PageKind::ToughQuestions => Kind::ToughQuestion,
            PageKind::Wins => Kind::Win,
            _ => return None,
        };
        let mut ids: Vec<String> = Vec::new();
        for item in self.toolkit.shown(kind, self.view, page.reader) {
            let told = self.toolkit.item_index(kind, &item.id).and_then(|n| voice.items.get(n));
            ids.push(item.id.to_string());
            ids.extend(told.map(|told| anchors::ids(told.body(page.reader))).unwrap_or_default());
        }
        missing(anchor, &ids, &name)
    }

    pub(super) fn wrong_item_anchor(&self, item: u32, anchor: &str, readers: Readers, voice: &Voice) -> Option<What> {
        let target = self.toolkit.all_items().get(item as usize)?.for_checks();
        let told = &voice.items[item as usize];
        readers.iter().find_map(|reader| {
            let reader = if target.readers.has(reader) { reader } else { Reader::GENERAL };
            wrong_anchor(anchor, told.body(reader), &target.file)
        })
    }
}

/// That a heading is not there, with the nearest one that is.
fn wrong_anchor(anchor: &str, parts: &[Arc<Fragment>], page: &str) -> Option<What> {
    missing(anchor, &anchors::ids(parts), page)
}

fn missing(anchor: &str, ids: &[String], page: &str) -> Option<What> {
    let there = anchor.is_empty() || anchor == "main" || anchor == "top" || ids.iter().any(|id| id == anchor);
    (!there).then(|| What::BrokenAnchor {
        anchor: anchor.to_owned(),
        page: page.to_owned(),
        near: nearest(anchor, ids.iter().map(String::as_str)).map(str::to_owned),
    })
}
