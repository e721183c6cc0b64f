//! What every page knows of the site.

use tera::Value;

use crate::plan::PageKind;
use crate::render::fields::{Fields, extra, maybe};
use crate::render::page::Site;
use crate::render::things::{self, link};
use crate::toolkit::id::{Kind, Reader};
use crate::toolkit::item::Own;
use crate::toolkit::local::LocalKind;
use crate::voice::references::{self, Destination, Target};

/// The values of `site`.
#[must_use]
pub fn values(site: &Site<'_>) -> Value {
    let settings = &site.toolkit.settings;
    let general = site.teller(Reader::GENERAL);
    let path = |kind| {
        let page = site.plan.page_of(kind, Reader::GENERAL);
        page.map_or_else(Value::none, |page| Value::from(general.path(&page.address)))
    };
    let has = |kind| site.plan.page_of(kind, Reader::GENERAL).is_some();
    let locals = site.plan.used.locals.iter().map(|n| &site.toolkit.local[*n as usize]);
    let lines: Vec<Value> = locals
        .filter(|local| matches!(local.kind, LocalKind::Phone | LocalKind::Email))
        .filter_map(things::line)
        .collect();
    let outputs = &settings.outputs;
    Fields::with(18)
        .set("title", &*settings.title)
        .set("organization", maybe(settings.organization.as_deref()))
        .set("description", maybe(settings.description.as_deref()))
        .set("language", settings.language())
        .set("direction", direction(settings.language()))
        .set("base_url", maybe(site.address.base_url.as_deref()))
        .set("extra", extra(&settings.extra))
        .set("general", settings.general)
        .set("audiences", site.doors())
        .set("menu", Value::from(menu(site)))
        .set("lines", Value::from(lines))
        .set("options", site.theme.options.clone())
        .set(
            "outputs",
            Fields::with(4)
                .set("cards", outputs.cards)
                .set("handouts", outputs.handouts)
                .set("search", outputs.search)
                .set("share", outputs.share),
        )
        .set(
            "has",
            Fields::with(7)
                .set("messages", has(PageKind::Messages))
                .set("faq", has(PageKind::Faq))
                .set("facts", has(PageKind::Facts))
                .set("words", has(PageKind::Words))
                .set("wins", has(PageKind::Wins))
                .set("partners", has(PageKind::Partners))
                .set("stories", has(PageKind::Stories)),
        )
        .set(
            "paths",
            Fields::with(12)
                .set("handouts", path(PageKind::Handouts))
                .set("home", general.path(""))
                .set("messages", path(PageKind::Messages))
                .set("faq", path(PageKind::Faq))
                .set("facts", path(PageKind::Facts))
                .set("words", path(PageKind::Words))
                .set("wins", path(PageKind::Wins))
                .set("partners", path(PageKind::Partners))
                .set("stories", path(PageKind::Stories))
                .set("search", path(PageKind::Search))
                .set("board", path(PageKind::Board))
                .set("coverage", path(PageKind::Coverage)),
        )
        .into()
}

/// Right to left for the languages that are written so.
fn direction(language: &str) -> &'static str {
    let main = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
    if matches!(main.as_str(), "ar" | "fa" | "he" | "ur" | "ps" | "sd" | "yi" | "dv" | "ckb") { "rtl" } else { "ltr" }
}

/// The menu as set, else what every site has and the pages that ask for it.
fn menu(site: &Site<'_>) -> Vec<Value> {
    let teller = site.teller(Reader::GENERAL);
    if let Some(entries) = &site.toolkit.settings.menu {
        let to = |typed: &str| match references::read(typed, "toolkit.yaml", site.toolkit).0 {
            Destination::Link(Target::Outside(address)) => Some(address.to_string()),
            Destination::Link(target) => site.links().address(&target, Reader::GENERAL).map(|a| teller.path(&a)),
            _ => None,
        };
        return entries.iter().filter_map(|entry| Some(link(&entry.title, &to(&entry.to)?))).collect();
    }
    let lists = [
        (PageKind::Faq, "menu_faq"),
        (PageKind::Facts, "menu_facts"),
        (PageKind::Wins, "menu_wins"),
        (PageKind::Partners, "menu_partners"),
        (PageKind::Board, "board"),
        (PageKind::Coverage, "coverage"),
    ];
    let ours = lists.into_iter().filter_map(|(kind, word)| {
        let page = site.plan.page_of(kind, Reader::GENERAL)?;
        Some(link(teller.words.get(word), &teller.path(&page.address)))
    });
    let pages = things::shown(teller.links, Kind::Page, Reader::GENERAL).filter_map(|at| {
        if !matches!(&at.item.own, Own::Page(page) if page.menu) {
            return None;
        }
        let title = site.voice.items[at.n].text("title", Reader::GENERAL)?;
        let page = site.plan.own_page(u32::try_from(at.n).ok()?, Reader::GENERAL)?;
        Some(link(&teller.plain(title), &teller.path(&page.address)))
    });
    ours.chain(pages).collect()
}
