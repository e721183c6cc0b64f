//! The search page: the file that a script searches in, and for those without one the list of all there is.

use tera::Value;

use crate::plan::PageKind;
use crate::render::fields::Fields;
use crate::render::page::Maker;
use crate::render::search;
use crate::render::things::{self, link};
use crate::toolkit::id::{Kind, Reader};

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("search"));
    let (_, version) = maker.site.found();
    maker.set("index", format!("{}?v={version}", search::FILE));
    let questions: Vec<Value> = maker.shared.questions.iter().map(|(_, question)| question.clone()).collect();
    maker.set("questions", questions);
    maker.set("messages", maker.shared.messages.clone());
    maker.set("audiences", audiences(maker));
    maker.set("pages", pages(maker));
}

/// The audiences, each with the questions that it alone has.
fn audiences(maker: &Maker<'_, '_>) -> Value {
    let site = maker.site;
    let general: Vec<usize> = maker.shared.questions.iter().map(|(n, _)| *n).collect();
    let list = site.toolkit.audiences.iter().filter_map(|audience| {
        let shared = site.shared(audience.reader)?;
        let own = shared.questions.iter().filter(|(n, _)| !general.contains(n));
        let own: Vec<Value> = own.map(|(_, question)| question.clone()).collect();
        let path = site.teller(audience.reader).path(&format!("{}/", audience.id));
        let pages = shared.audience.get_from_path("paths").cloned().unwrap_or_else(Value::none);
        let fields = Fields::with(4).set("name", &*audience.name).set("path", path);
        Some(Value::from(fields.set("paths", pages).set("questions", own)))
    });
    Value::from(list.collect::<Vec<_>>())
}

/// The lists, free pages and stories.
fn pages(maker: &Maker<'_, '_>) -> Value {
    let (site, teller) = (maker.site, maker.teller);
    let lists = [
        (PageKind::Messages, "messages"),
        (PageKind::Faq, "questions"),
        (PageKind::Facts, "facts"),
        (PageKind::Words, "words"),
        (PageKind::Wins, "wins"),
        (PageKind::Partners, "partners"),
        (PageKind::Stories, "stories"),
        (PageKind::Board, "board"),
        (PageKind::Coverage, "coverage"),
    ];
    let lists = lists.into_iter().filter_map(|(kind, word)| {
        let page = site.plan.page_of(kind, Reader::GENERAL)?;
        Some(link(teller.words.get(word), &teller.path(&page.address)))
    });
    let items =
        [Kind::Page, Kind::Story].into_iter().flat_map(|kind| things::shown(teller.links, kind, Reader::GENERAL));
    let items = items.filter_map(|at| {
        let title = site.voice.items[at.n].text("title", Reader::GENERAL)?;
        let page = site.plan.own_page(u32::try_from(at.n).ok()?, Reader::GENERAL)?;
        Some(link(&teller.plain(title), &teller.path(&page.address)))
    });
    Value::from(lists.chain(items).collect::<Vec<_>>())
}
