//! A page: its values put together, its template filled.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tera::{Context, Map, Value};

use super::Address;
use super::dates::in_words;
use super::fields::{Fields, extra, maybe};
use super::pages;
use super::prints::Prints;
use super::search;
use super::shared::{Shared, short};
use super::texts::{Cites, Place, Teller};
use super::theme::Theme;
use super::things::{self, link};
use super::trouble;
use crate::finding::Problem;
use crate::plan::{Links, Page, PageKind, Plan};
use crate::toolkit::Toolkit;
use crate::toolkit::edition::View;
use crate::toolkit::id::{Kind, Reader};
use crate::toolkit::item::Item;
use crate::voice::{Fingerprint, Phrase, Told, Voice};

/// A site that can be made page by page.
pub struct Site<'a> {
    pub(super) toolkit: &'a Toolkit,
    pub(super) voice: &'a Voice,
    pub(super) plan: &'a Plan,
    pub(super) view: &'a View,
    pub(super) address: &'a Address,
    pub(super) theme: Theme,
    /// The values of all facts, by their numbers.
    facts: Vec<FactValues>,
    /// What the pages of a reader share, once a page of it is made.
    readers: HashMap<Reader, OnceLock<Shared>>,
    /// The audiences in short, in their order.
    shorts: Vec<Value>,
    others: OnceLock<HashMap<(PageKind, Option<u32>), Value>>,
    home: Value,
    nothing: Value,
    /// What can be found, and its version: made once, when the search page or the file itself is asked for.
    found: OnceLock<(Vec<u8>, String)>,
    /// What stands beside the pages, once that is known.
    prints: OnceLock<Prints>,
    no_prints: Prints,
}

/// A fact as a template sees it: alone, and as the first, second… source of a page. Each is made once, when a page asks.
struct FactValues {
    fields: Fields,
    alone: OnceLock<Value>,
    numbered: [OnceLock<Value>; 12],
}

impl FactValues {
    fn new(fields: Fields) -> Self {
        Self { fields, alone: OnceLock::new(), numbered: Default::default() }
    }

    fn value(&self) -> Value {
        self.alone.get_or_init(|| self.fields.clone().into()).clone()
    }

    /// The fact as source number `n`, counted from 0.
    fn numbered(&self, n: usize) -> Value {
        let make = || self.fields.clone().set("n", n + 1).into();
        self.numbered.get(n).map_or_else(make, |made| made.get_or_init(make).clone())
    }
}

/// What all fills of one page share.
pub struct Maker<'s, 'a> {
    /// The site.
    pub site: &'s Site<'a>,
    /// The page.
    pub page: &'s Page,
    /// How texts are told to its reader.
    pub teller: Teller<'s>,
    /// What all pages of its reader share.
    pub shared: &'s Shared,
    /// The page's values.
    pub fields: Fields,
    /// The words that the version code is made from.
    pub printed: String,
    root: String,
    cites: Cites,
}

impl<'a> Site<'a> {
    /// Puts together what pages share.
    #[must_use]
    pub fn new(
        toolkit: &'a Toolkit,
        voice: &'a Voice,
        plan: &'a Plan,
        view: &'a View,
        address: &'a Address,
        theme: Theme,
    ) -> Self {
        let mut site = Self {
            toolkit,
            voice,
            plan,
            view,
            address,
            theme,
            facts: Vec::new(),
            readers: toolkit.everyone().iter().map(|reader| (reader, OnceLock::new())).collect(),
            shorts: Vec::new(),
            others: OnceLock::new(),
            home: Value::none(),
            nothing: Value::from(Vec::<Value>::new()),
            found: OnceLock::new(),
            prints: OnceLock::new(),
            no_prints: Prints::default(),
        };
        let general = site.teller(Reader::GENERAL);
        site.home = link(site.theme.words.get("home"), &general.path(""));
        let path =
            plan.page_of(PageKind::Facts, Reader::GENERAL).map(|page| site.teller(Reader::GENERAL).path(&page.address));
        site.facts = toolkit
            .facts
            .iter()
            .map(|fact| FactValues::new(things::fact(fact, toolkit, &site.theme.words, path.as_deref())))
            .collect();
        site.shorts =
            toolkit.audiences.par_iter().map(|audience| short(audience, &site.teller(audience.reader))).collect();
        site.set_globals();
        site
    }

    /// Tells the pages what stands beside them.
    pub fn set_prints(&self, prints: Prints) {
        // what is known once stays
        let _ = self.prints.set(prints);
    }

    /// What stands beside the pages; nothing while that is not known.
    pub(super) fn prints(&self) -> &Prints {
        self.prints.get().unwrap_or(&self.no_prints)
    }

    /// The theme, to be used again.
    #[must_use]
    pub fn into_theme(self) -> Theme {
        self.theme
    }

    /// The theme.
    #[must_use]
    pub const fn theme(&self) -> &Theme {
        &self.theme
    }

    /// The toolkit.
    #[must_use]
    pub const fn toolkit(&self) -> &'a Toolkit {
        self.toolkit
    }

    /// Its texts.
    #[must_use]
    pub const fn voice(&self) -> &'a Voice {
        self.voice
    }

    /// Its pages.
    #[must_use]
    pub const fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// What the edition shows.
    #[must_use]
    pub const fn view(&self) -> &'a View {
        self.view
    }

    /// A word of the theme.
    #[must_use]
    pub fn word<'s>(&'s self, name: &'s str) -> &'s str {
        self.theme.words.get(name)
    }

    /// A day in words.
    #[must_use]
    pub fn day(&self, day: crate::language::Date) -> String {
        in_words(day, &self.theme.words)
    }

    /// The version code of a page.
    #[must_use]
    pub fn version(&self, page: &Page) -> String {
        let mut printed = String::new();
        if let Some(mut maker) = self.maker(page) {
            maker.common();
            pages::fill(&mut maker);
            printed = maker.printed;
        }
        Fingerprint::of_html(&printed).code()
    }

    /// Where links lead.
    #[must_use]
    pub fn links(&self) -> Links<'a> {
        Links { toolkit: self.toolkit, plan: self.plan, view: self.view }
    }

    pub(super) fn teller(&self, reader: Reader) -> Teller<'_> {
        Teller {
            links: self.links(),
            voice: self.voice,
            words: &self.theme.words,
            reader,
            offline: self.address.offline,
            titles: 0,
        }
    }

    /// The same page as other audiences read it, where more than one reader has it: made for this page alone where only some
    /// are made.
    fn other_versions(&self, page: &Page) -> Value {
        if let Some(all) = self.others.get() {
            return all.get(&(page.kind, page.item)).unwrap_or(&self.nothing).clone();
        }
        let readers = || std::iter::once(Reader::GENERAL).chain(self.toolkit.audiences.iter().map(|it| it.reader));
        let pages = readers().filter_map(|reader| match page.item {
            Some(item) => self.plan.own_page(item, reader).filter(|other| other.kind == page.kind),
            None => self.plan.page_of(page.kind, reader),
        });
        let pages: Vec<&Page> = pages.collect();
        if pages.len() > 1 { self.versions(&pages) } else { self.nothing.clone() }
    }

    /// Those of every page that more than one reader has.
    fn all_other_versions(&self) -> HashMap<(PageKind, Option<u32>), Value> {
        let mut pages: HashMap<(PageKind, Option<u32>), Vec<&Page>> = HashMap::new();
        for page in &self.plan.pages {
            pages.entry((page.kind, page.item)).or_default().push(page);
        }
        let pages = pages.into_iter().filter(|(_, pages)| pages.len() > 1);
        pages.map(|(key, pages)| (key, self.versions(&pages))).collect()
    }

    fn versions(&self, pages: &[&Page]) -> Value {
        let general = self.teller(Reader::GENERAL);
        let entry = |page: &&Page| {
            let audience = self.toolkit.audience_of(page.reader);
            let name = audience.map_or_else(|| self.theme.words.get("everyone"), |audience| &audience.name);
            Value::from(
                Fields::with(4)
                    .set("id", self.toolkit.reader_name(page.reader))
                    .set("name", name)
                    .set("path", general.path(&page.address)),
            )
        };
        Value::from(pages.iter().map(entry).collect::<Vec<_>>())
    }

    fn set_globals(&mut self) {
        let assets: Map = self
            .theme
            .files
            .iter()
            .map(|(name, asset)| (name.clone().into(), Value::from(format!("assets/{name}?v={}", asset.version))))
            .collect();
        let (site, words) = (pages::site::values(self), self.theme.words.value());
        let globals = self.theme.tera.global_context();
        globals.insert_value("site", site);
        globals.insert_value("t", words);
        globals.insert_value("asset", Value::from(assets));
        globals.insert_value("edition", Value::from(self.view.edition.name()));
        globals.insert_value("today", Value::from(self.view.today.to_string()));
        let text = in_words(self.view.today, &self.theme.words);
        self.theme.tera.global_context().insert_value("today_text", Value::from(text));
    }

    pub(super) fn shared(&self, reader: Reader) -> Option<&Shared> {
        // a thread that waits here waits for one that makes this very thing, and that one waits for nobody
        let shared = self.readers.get(&reader)?;
        Some(shared.get_or_init(|| Shared::new(&self.teller(reader), &self.home)))
    }

    /// The file of what can be found, and seven signs of its fingerprint.
    pub(super) fn found(&self) -> &(Vec<u8>, String) {
        self.found.get_or_init(|| {
            let bytes = search::script(self);
            let mut version = blake3::hash(&bytes).to_hex().to_string();
            version.truncate(7);
            (bytes, version)
        })
    }

    /// Makes what several files share, with all threads: for whoever is about to make all of them.
    pub fn prepare(&self) {
        let _ = self.others.get_or_init(|| self.all_other_versions());
        let everyone: Vec<Reader> = self.toolkit.everyone().iter().collect();
        everyone.par_iter().for_each(|reader| {
            let _ = self.shared(*reader);
        });
        if self.plan.page_of(PageKind::Search, Reader::GENERAL).is_some() {
            let _ = self.found();
        }
    }

    /// An audience in short.
    pub(super) fn short(&self, reader: Reader) -> Value {
        reader.index().and_then(|n| self.shorts.get(n)).cloned().unwrap_or_else(Value::none)
    }

    /// The values of the audiences in short, in their order.
    pub(super) fn doors(&self) -> Value {
        Value::from(self.shorts.clone())
    }

    /// Makes a page; its bytes are added to `out`.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub fn make(&self, page: &Page, out: &mut Vec<u8>) -> Result<(), Problem> {
        let Some(mut maker) = self.maker(page) else { return Ok(()) };
        maker.common();
        pages::fill(&mut maker);
        let template = maker.template();
        let context = maker.finish();
        self.theme
            .tera
            .render_to(&template, &context, &mut *out)
            .map_err(|error| trouble::failed(&error, &self.theme, &template, &page.address))
    }

    fn maker<'s>(&'s self, page: &'s Page) -> Option<Maker<'s, 'a>> {
        Some(Maker {
            site: self,
            page,
            teller: self.teller(page.reader),
            shared: self.shared(page.reader)?,
            fields: Fields::with(48),
            printed: String::new(),
            root: self.root_of(page),
            cites: Cites::default(),
        })
    }

    /// The way from a page to the root.
    fn root_of(&self, page: &Page) -> String {
        if page.kind == PageKind::NotFound {
            return self.address.root_path().to_owned();
        }
        match page.address.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }
}

impl<'s> Maker<'s, '_> {
    /// The item that the page shows.
    #[must_use]
    pub fn item(&self) -> Option<(&'s Item, &'s Told)> {
        let n = self.page.item? as usize;
        let item = self.site.toolkit.all_items()[n].for_view(self.site.view).ok()?;
        Some((item, &self.site.voice.items[n]))
    }

    /// The place of this page, for filling.
    pub fn place(&mut self) -> (Teller<'s>, Place<'_>) {
        (self.teller, Place { root: &self.root, cites: &mut self.cites })
    }

    /// A text of the page's item by key: words and HTML, printed.
    pub fn phrase(&mut self, phrase: &Phrase) -> (String, String) {
        let plain = self.teller.plain(phrase).into_owned();
        let (teller, mut place) = self.place();
        let html = teller.phrase(phrase, &mut place);
        self.print(&html);
        (plain, html)
    }

    /// Notes HTML of the page for its version code.
    pub fn print(&mut self, html: &str) {
        self.printed.push_str(html);
        self.printed.push('\n');
    }

    /// Sets a value.
    pub fn set(&mut self, key: &'static str, value: impl Into<Value>) {
        self.fields.put(key, value);
    }

    /// Sets a value to HTML.
    pub fn set_html(&mut self, key: &'static str, html: &str) {
        self.fields.put(key, Value::safe_string(html));
    }

    /// A word of the theme.
    #[must_use]
    pub fn word(&self, name: &'s str) -> &'s str {
        self.site.theme.words.get(name)
    }

    /// What every page has, whatever it shows; each kind sets more, or sets some of it again.
    fn common(&mut self) {
        let page = self.page;
        let address: &Arc<str> = &page.address;
        let path = self.teller.path(address);
        let canonical = self
            .site
            .address
            .base_url
            .as_ref()
            .filter(|_| page.kind != PageKind::NotFound && !page.kind.is_for_partners())
            .map(|base| {
                let mut url = base.clone();
                crate::plan::address::encode(address, &mut url);
                url
            });
        let others = self.site.other_versions(page);
        let nav_kind = matches!(
            page.kind,
            PageKind::Audience
                | PageKind::Faq
                | PageKind::TalkingPoints
                | PageKind::ToughQuestions
                | PageKind::Brief
                | PageKind::Profile
        )
        .then_some(page.kind);
        let nav = self.shared.nav.get(&nav_kind).unwrap_or(&self.site.nothing).clone();
        self.set("kind", page.kind.template());
        self.set("id", "");
        self.set("title", "");
        self.set("title_html", "");
        self.set("summary", Value::none());
        self.set("path", path);
        self.set("address", format!("/{address}"));
        self.set("root", self.root.clone());
        self.set("canonical", maybe(canonical.as_deref()));
        self.set("languages", self.site.nothing.clone());
        let card = self.site.prints().cards.of(page);
        self.set("card", maybe(card.map(|card| &*card.path)));
        self.set("card_alt", maybe(card.map(|card| &*card.alt)));
        self.set("updated", Value::none());
        self.set("updated_text", Value::none());
        self.set("draft", false);
        self.set("embargo", Value::none());
        self.set("extra", Map::new());
        self.set("image", Value::none());
        self.set("image_alt", Value::none());
        self.set("trail", self.shared.trail.clone());
        self.set("nav", nav);
        self.set("others", others);
        self.set("outline", self.site.nothing.clone());
        self.set("withdrawn", self.site.nothing.clone());
        self.set("html", Value::none());
        if let Some((item, told)) = self.item() {
            self.of_item(item, told);
        }
    }

    /// What every page of an item has.
    fn of_item(&mut self, item: &'s Item, told: &'s Told) {
        let reader = self.page.reader;
        self.set("id", &*item.id);
        if let Some(phrase) = told.text(item.heading_key, reader) {
            self.title(phrase);
        }
        if let Some(phrase) = told.text("summary", reader) {
            let summary = self.teller.plain(phrase).into_owned();
            self.set("summary", summary);
        }
        if let Some(date) = item.updated {
            self.set("updated", date.to_string());
            self.set("updated_text", in_words(date, &self.site.theme.words));
        }
        let guarded = &self.site.toolkit.all_items()[self.page.item.unwrap_or(0) as usize];
        self.set("draft", guarded.is_draft());
        if let Some(day) = guarded.embargo().filter(|day| *day > self.site.view.today) {
            self.set("embargo", day.to_string());
        }
        self.set("extra", extra(&item.extra));
        if let Some(image) = item.image.as_ref().and_then(|image| crate::plan::published(self.site.toolkit, image)) {
            let path = self.teller.path(&format!("files/{image}"));
            self.set("image", path);
            let alt = told.text("image_alt", reader).map(|phrase| self.teller.plain(phrase).into_owned());
            self.set("image_alt", alt.unwrap_or_default());
        }
    }

    /// Sets the title, as words and as HTML.
    pub fn title(&mut self, phrase: &Phrase) {
        let (plain, html) = self.phrase(phrase);
        self.set("title", plain);
        self.set_html("title_html", &html);
    }

    /// Sets a title of ours, which is plain text.
    pub fn own_title(&mut self, title: &str) {
        self.set("title", title);
        self.set("title_html", title);
        self.print(title);
    }

    /// Sets the body and its outline.
    pub fn body(&mut self, told: &Told) {
        let parts = told.body(self.page.reader);
        let (teller, mut place) = self.place();
        let (html, ids) = teller.body(parts, &mut place);
        let headings: Vec<_> = parts.iter().flat_map(|part| &part.headings).zip(ids).collect();
        let outline = pages::outline::nested(&headings);
        self.print(&html);
        self.set_html("html", &html);
        self.set("outline", outline);
    }

    /// Facts by id, for this page.
    pub fn facts<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> Value {
        let numbers = ids.into_iter().filter_map(|id| self.site.toolkit.fact_index(id));
        Value::from(numbers.map(|n| self.site.facts[n].value()).collect::<Vec<Value>>())
    }

    fn template(&self) -> String {
        let own = self.item().and_then(|(item, _)| match &item.own {
            crate::toolkit::item::Own::Page(page) => page.template.as_deref(),
            _ => None,
        });
        let name = own.filter(|name| self.site.theme.has_template(name)).unwrap_or(self.page.kind.template());
        format!("{name}.html")
    }

    fn finish(mut self) -> Context {
        // after all that the page says, so that its marks come last
        let (shared, kind) = (self.shared, self.page.kind);
        let (teller, mut place) = self.place();
        let audience = shared.audience_on(kind, &teller, &mut place);
        let sources: Vec<Value> = std::mem::take(&mut self.cites.0)
            .into_iter()
            .enumerate()
            .map(|(n, fact)| self.site.facts[fact as usize].numbered(n))
            .collect();
        self.set("sources", Value::from(sources));
        let version = Fingerprint::of_html(&self.printed).code();
        self.set("version", version);
        let structured = super::structured::json(&self);
        self.set("structured_html", super::fields::maybe_html(structured.as_deref()));
        let mut context = Context::new();
        context.insert_value("page", self.fields.into());
        context.insert_value("audience", audience);
        context
    }
}

/// The numbers of the items of a kind that a maker's reader sees.
#[must_use]
pub fn items_of<'s>(maker: &Maker<'s, '_>, kind: Kind) -> Vec<things::Numbered<'s>> {
    things::shown(maker.teller.links, kind, maker.page.reader).collect()
}
