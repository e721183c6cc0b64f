//! Which pages there are, at which addresses, and where links lead: one plan for an edition, before a byte is rendered.
//!
//! It knows the toolkit and its texts, and no template, HTML or disk.

pub mod address;
pub mod anchors;
pub mod coverage;
pub mod due;
mod handouts;
mod links;
mod named;
mod planned;
mod used;

use std::collections::HashMap;
use std::sync::Arc;

pub use handouts::{HandoutKind, PlannedHandout, handouts};
pub use links::Links;
pub use planned::Planned;
pub use used::{Used, named_files, published};

use crate::finding::{AddressUse, At, IdTrouble, KeyPath, Problem, What};
use crate::language::Date;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::{Edition, Guarded, Hidden, View};
use crate::toolkit::id::{ADDRESSES, Kind, Reader, nearest_good};
use crate::toolkit::item::Item;
use crate::voice::{Voice, sign_off};
use address::{Addresses, Owner};

/// The kind of a page: one template each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// `/`.
    Home,
    /// An audience's home.
    Audience,
    /// A message.
    Message,
    /// The message house.
    Messages,
    /// Questions.
    Faq,
    /// The sheet.
    TalkingPoints,
    /// Ready texts to pass on.
    Share,
    /// Facts and sources.
    Facts,
    /// Words we use.
    Words,
    /// Wins.
    Wins,
    /// Members.
    Partners,
    /// The list of stories.
    Stories,
    /// A story.
    Story,
    /// A free page.
    Page,
    /// All that can be found.
    Search,
    /// What can be printed.
    Handouts,
    /// The page for addresses where nothing is.
    NotFound,
    /// An audience's tough questions; partners only.
    ToughQuestions,
    /// The spokesperson's page; partners only.
    Brief,
    /// An audience's profile; partners only.
    Profile,
    /// Who signed what, and what is due; partners only.
    Board,
    /// Which worries are answered; partners only.
    Coverage,
    /// A message as all audiences read it, side by side; partners only.
    Compare,
    /// All that one role has to read before it signs; partners only.
    Review,
}

impl PageKind {
    /// All kinds, in the contract's order.
    pub const ALL: [Self; 24] = [
        Self::Home,
        Self::Audience,
        Self::Message,
        Self::Messages,
        Self::Faq,
        Self::TalkingPoints,
        Self::Share,
        Self::Facts,
        Self::Words,
        Self::Wins,
        Self::Partners,
        Self::Stories,
        Self::Story,
        Self::Page,
        Self::Search,
        Self::Handouts,
        Self::NotFound,
        Self::ToughQuestions,
        Self::Brief,
        Self::Profile,
        Self::Board,
        Self::Coverage,
        Self::Compare,
        Self::Review,
    ];

    /// Whether only the partners edition has such pages: they have no place under the public site's address.
    #[must_use]
    pub const fn is_for_partners(self) -> bool {
        matches!(
            self,
            Self::ToughQuestions
                | Self::Brief
                | Self::Profile
                | Self::Board
                | Self::Coverage
                | Self::Compare
                | Self::Review
        )
    }

    /// The name of its template, without the ending.
    #[must_use]
    pub const fn template(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Audience => "audience",
            Self::Message => "message",
            Self::Messages => "messages",
            Self::Faq => "faq",
            Self::TalkingPoints => "talking-points",
            Self::Share => "share",
            Self::Facts => "facts",
            Self::Words => "words",
            Self::Wins => "wins",
            Self::Partners => "partners",
            Self::Stories => "stories",
            Self::Story => "story",
            Self::Page => "page",
            Self::Search => "search",
            Self::Handouts => "handouts",
            Self::NotFound => "404",
            Self::ToughQuestions => "tough-questions",
            Self::Brief => "brief",
            Self::Profile => "profile",
            Self::Board => "board",
            Self::Coverage => "coverage",
            Self::Compare => "compare",
            Self::Review => "review",
        }
    }
}

/// A page: what it shows, and to whom.
#[derive(Clone, Debug)]
pub struct Page {
    /// From the root, without the leading `/`: `police/faq/`; home is empty, the page for wrong addresses `404.html`.
    pub address: Arc<str>,
    /// Its file, from the root: an address is a folder with `index.html`.
    pub file: Arc<str>,
    /// What it is.
    pub kind: PageKind,
    /// Who reads it.
    pub reader: Reader,
    /// The item it shows, by its number in [`Toolkit::all_items`].
    pub item: Option<u32>,
}

/// An old address that leads to a page.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The file to be written, from the root.
    pub file: Arc<str>,
    /// Where it leads: an address from the root, perhaps with an anchor.
    pub to: String,
}

/// All pages of an edition.
#[derive(Debug)]
pub struct Plan {
    /// The pages: general ones first, then each audience's, in the toolkit's order.
    pub pages: Vec<Page>,
    /// Old addresses.
    pub redirects: Vec<Redirect>,
    /// What public text uses.
    pub used: Used,
    item_pages: HashMap<(u32, Reader), u32>,
    comparisons: HashMap<u32, u32>,
    /// The page of each role that signs.
    reviews: Vec<(Arc<str>, u32)>,
    pages_of: HashMap<(PageKind, Reader), u32>,
    pages_at: HashMap<Arc<str>, u32>,
    addresses: Addresses,
}

impl Plan {
    /// Plans the pages of an edition, and tells addresses that can't be.
    #[must_use]
    pub fn make(toolkit: &Toolkit, voice: &Voice, view: &View) -> Planned {
        let mut planner = Planner {
            toolkit,
            view,
            plan: Self {
                pages: Vec::new(),
                redirects: Vec::new(),
                used: Used::find(toolkit, voice, view),
                item_pages: HashMap::new(),
                comparisons: HashMap::new(),
                reviews: Vec::new(),
                pages_of: HashMap::new(),
                pages_at: HashMap::new(),
                addresses: Addresses::default(),
            },
            problems: Vec::new(),
        };
        planner.general();
        for audience in &toolkit.audiences {
            planner.audience(audience.reader, voice);
        }
        if view.edition == Edition::Partners {
            planner.overviews();
        }
        planner.files();
        planner.aliases();
        planner.withdrawn();
        let Planner { plan, mut problems, .. } = planner;
        once_each(&mut problems);
        let links = Links { toolkit, plan: &plan, view };
        problems.extend(links.check_profiles(voice));
        problems.extend(named::check(links, voice));
        let in_items =
            (0..voice.items.len()).flat_map(|n| links.check_item(n, voice).into_iter().map(move |it| (n, it)));
        let in_items = in_items.collect();
        Planned { plan: Arc::new(plan), problems, in_items }
    }

    /// The page of a kind for a reader.
    #[must_use]
    pub fn page_of(&self, kind: PageKind, reader: Reader) -> Option<&Page> {
        self.pages_of.get(&(kind, reader)).map(|n| &self.pages[*n as usize])
    }

    /// An item's own page as a reader reads it, not another version.
    #[must_use]
    pub fn own_page(&self, item: u32, reader: Reader) -> Option<&Page> {
        self.item_pages.get(&(item, reader)).map(|n| &self.pages[*n as usize])
    }

    /// An item's page for a reader: its own, else the general one.
    #[must_use]
    pub fn page_for(&self, item: u32, reader: Reader) -> Option<&Page> {
        self.own_page(item, reader).or_else(|| self.own_page(item, Reader::GENERAL))
    }

    /// The page of a role that signs.
    #[must_use]
    pub fn review(&self, role: &str) -> Option<&Page> {
        let (_, number) = self.reviews.iter().find(|(known, _)| **known == *role)?;
        self.pages.get(*number as usize).filter(|page| page.kind == PageKind::Review)
    }

    /// The role whose page this is.
    #[must_use]
    pub fn reviewer(&self, page: &Page) -> Option<&str> {
        let of = |number: u32| self.pages.get(number as usize).map(|page| &page.address);
        self.reviews.iter().find(|(_, number)| of(*number) == Some(&page.address)).map(|(role, _)| &**role)
    }

    /// The page that shows an item as all audiences read it.
    #[must_use]
    pub fn comparison(&self, item: u32) -> Option<&Page> {
        self.comparisons.get(&item).and_then(|n| self.pages.get(*n as usize))
    }

    /// The page at an address from the root, with or without its last slash or `index.html`.
    #[must_use]
    pub fn page_at(&self, address: &str) -> Option<&Page> {
        let bare = address.strip_suffix("index.html").unwrap_or(address);
        let folder = || format!("{}/", bare.trim_end_matches('/'));
        let number = self.pages_at.get(bare).or_else(|| self.pages_at.get(&*folder()))?;
        self.pages.get(*number as usize)
    }

    /// The number of the page with this file.
    #[must_use]
    pub fn page_in(&self, file: &str) -> Option<usize> {
        let number = *self.pages_at.get(file.strip_suffix("index.html").unwrap_or(file))? as usize;
        self.pages.get(number).is_some_and(|page| *page.file == *file).then_some(number)
    }

    /// Whether there is a page or file at an address from the root.
    #[must_use]
    pub fn has_address(&self, address: &str) -> bool {
        self.addresses.has(address)
    }

    /// The address that is nearest to one where nothing is.
    #[must_use]
    pub fn nearest_address(&self, address: &str) -> Option<&str> {
        crate::finding::nearest(address, self.pages.iter().map(|page| &*page.address))
    }
}

struct Planner<'a> {
    toolkit: &'a Toolkit,
    view: &'a View,
    plan: Plan,
    problems: Vec<Problem>,
}

impl Planner<'_> {
    fn general(&mut self) {
        let everyone = Reader::GENERAL;
        self.add(String::new(), PageKind::Home, everyone, None, Owner::Ours);
        self.add("404.html".to_owned(), PageKind::NotFound, everyone, None, Owner::Ours);
        if self.toolkit.settings.general {
            let folder = "messages/";
            if self.items(Kind::Message, everyone, folder, PageKind::Message) {
                self.add(folder.to_owned(), PageKind::Messages, everyone, None, Owner::Ours);
            }
            if self.any(Kind::Faq, everyone) {
                self.add("faq/".to_owned(), PageKind::Faq, everyone, None, Owner::Ours);
            }
        }
        let used = &self.plan.used;
        let lists = [
            (PageKind::Facts, !used.facts.is_empty()),
            (PageKind::Words, !self.toolkit.terms.is_empty()),
            (PageKind::Wins, self.any(Kind::Win, everyone)),
            (PageKind::Partners, !self.toolkit.partners.is_empty()),
        ];
        for (kind, there) in lists {
            if there {
                self.add(format!("{}/", kind.template()), kind, everyone, None, Owner::Ours);
            }
        }
        if self.items(Kind::Story, everyone, "stories/", PageKind::Story) {
            self.add("stories/".to_owned(), PageKind::Stories, everyone, None, Owner::Ours);
        }
        self.items(Kind::Page, everyone, "", PageKind::Page);
        if self.toolkit.settings.outputs.search {
            self.add("search/".to_owned(), PageKind::Search, everyone, None, Owner::Ours);
        }
        if self.toolkit.settings.outputs.handouts {
            self.add("handouts/".to_owned(), PageKind::Handouts, everyone, None, Owner::Ours);
        }
    }

    fn audience(&mut self, reader: Reader, voice: &Voice) {
        let Some(audience) = self.toolkit.audience_of(reader) else { return };
        let home = format!("{}/", audience.id);
        let owner = named(format!("audiences/{}", audience.id), At::name(Arc::clone(&audience.file)));
        self.add(home.clone(), PageKind::Audience, reader, None, owner);
        self.items(Kind::Message, reader, &format!("{home}messages/"), PageKind::Message);
        let mut lists = vec![(Kind::Faq, PageKind::Faq), (Kind::TalkingPoint, PageKind::TalkingPoints)];
        if self.view.edition == Edition::Partners {
            lists.push((Kind::ToughQuestion, PageKind::ToughQuestions));
        }
        for (kind, page) in lists {
            if self.any(kind, reader) {
                self.add(format!("{home}{}/", page.template()), page, reader, None, Owner::Ours);
            }
        }
        if self.toolkit.settings.outputs.share && self.any(Kind::Message, reader) {
            self.add(format!("{home}share/"), PageKind::Share, reader, None, Owner::Ours);
        }
        if self.view.edition == Edition::Partners {
            for page in [PageKind::Brief, PageKind::Profile] {
                self.add(format!("{home}{}/", page.template()), page, reader, None, Owner::Ours);
            }
        }
        self.own_versions(Kind::Story, reader, &format!("{home}stories/"), PageKind::Story, voice);
        self.own_versions(Kind::Page, reader, &home, PageKind::Page, voice);
    }

    /// What those who keep the coalition together look at: who signed, which worries are answered, each message side by side.
    fn overviews(&mut self) {
        let everyone = Reader::GENERAL;
        self.add("board/".to_owned(), PageKind::Board, everyone, None, Owner::Ours);
        if !self.toolkit.audiences.is_empty() {
            self.add("coverage/".to_owned(), PageKind::Coverage, everyone, None, Owner::Ours);
        }
        self.reviews();
        let toolkit = self.toolkit;
        for guarded in toolkit.items(Kind::Message) {
            let Ok(item) = guarded.for_view(self.view) else { continue };
            let Some(number) = toolkit.item_index(Kind::Message, &item.id).and_then(|n| u32::try_from(n).ok()) else {
                continue;
            };
            // the id, not the slug: two messages for different audiences may share a slug
            self.add(format!("compare/{}/", item.id), PageKind::Compare, everyone, Some(number), Owner::Item(number));
        }
    }

    /// A page for each role that signs, so that one link is all that it is sent.
    fn reviews(&mut self) {
        let mut names: Vec<String> = Vec::new();
        for role in sign_off::roles(self.toolkit) {
            let base = Some(nearest_good(role)).filter(|name| !name.is_empty()).unwrap_or_else(|| "role".to_owned());
            let mut name = base.clone();
            while names.contains(&name) {
                name.push_str("-2");
            }
            let address = format!("review/{name}/");
            names.push(name);
            let number = u32::try_from(self.plan.pages.len()).unwrap_or(u32::MAX);
            self.plan.reviews.push((role.into(), number));
            self.add(address, PageKind::Review, Reader::GENERAL, None, Owner::Ours);
        }
    }

    /// Free pages and stories have a page for an audience only where they name audiences or read differently there.
    fn own_versions(&mut self, kind: Kind, reader: Reader, folder: &str, page: PageKind, voice: &Voice) {
        let toolkit = self.toolkit;
        let start =
            toolkit.items(kind).first().and_then(|item| toolkit.item_index(kind, &item.for_checks().id)).unwrap_or(0);
        for (n, item) in toolkit.items(kind).iter().enumerate() {
            let told = &voice.items[start + n];
            let Ok(shown) = item.for_view(self.view) else { continue };
            let differs = shown.names_audiences || told.differs(reader);
            if differs && shown.readers.has(reader) {
                self.item(start + n, folder, page, reader);
            }
        }
    }

    fn any(&self, kind: Kind, reader: Reader) -> bool {
        self.toolkit.shown(kind, self.view, reader).next().is_some()
    }

    /// Adds the pages of all items of a kind that the reader sees; whether there are any.
    fn items(&mut self, kind: Kind, reader: Reader, folder: &str, page: PageKind) -> bool {
        let toolkit = self.toolkit;
        let mut any = false;
        let start =
            toolkit.items(kind).first().and_then(|item| toolkit.item_index(kind, &item.for_checks().id)).unwrap_or(0);
        for (n, item) in toolkit.items(kind).iter().enumerate() {
            if item.for_view(self.view).is_ok_and(|item| item.readers.has(reader)) {
                self.item(start + n, folder, page, reader);
                any = true;
            }
        }
        any
    }

    fn item(&mut self, index: usize, folder: &str, page: PageKind, reader: Reader) {
        let item = self.toolkit.all_items()[index].for_checks();
        let Some(path) = self.path_of(item, reader) else { return };
        let Ok(number) = u32::try_from(index) else { return };
        let first = path.split('/').next().unwrap_or_default();
        let free = item.kind == Kind::Page && reader == Reader::GENERAL;
        if free && ADDRESSES.contains(&first) {
            let what = What::AddressTaken { address: format!("/{path}/"), by: AddressUse::Ours };
            self.problems.push(tell(item, what));
            return;
        }
        self.add(format!("{folder}{path}/"), page, reader, Some(number), Owner::Item(number));
    }

    /// The item's own part of its address; a slug that can't be one is told once.
    fn path_of(&mut self, item: &Item, reader: Reader) -> Option<String> {
        let Some(slug) = &item.slug else { return Some(item.id.to_string()) };
        if let Some(slug) = address::slug(slug) {
            Some(match item.id.rsplit_once('/') {
                Some((folder, _)) => format!("{folder}/{slug}"),
                None => slug,
            })
        } else {
            let first = item.readers.iter().next().unwrap_or(Reader::GENERAL);
            if reader == first {
                let what = What::BadId { id: slug.to_string(), why: IdTrouble::Slug };
                self.problems.push(tell(item, what));
            }
            None
        }
    }

    fn take(&mut self, address: &str, owner: Owner) -> Option<Problem> {
        let toolkit = self.toolkit;
        self.plan.addresses.take(address, owner, |n| {
            let item = toolkit.all_items()[n as usize].for_checks();
            (item.name(), address_at(item))
        })
    }

    fn add(&mut self, address: String, kind: PageKind, reader: Reader, item: Option<u32>, owner: Owner) {
        if let Some(taken) = self.take(&address, owner) {
            self.problems.push(taken);
            return;
        }
        let number = u32::try_from(self.plan.pages.len()).unwrap_or(u32::MAX);
        match item {
            Some(item) if kind == PageKind::Compare => {
                self.plan.comparisons.insert(item, number);
            }
            Some(item) => {
                self.plan.item_pages.insert((item, reader), number);
            }
            // each role has one: see `reviews`
            None if kind == PageKind::Review => {}
            None => {
                self.plan.pages_of.insert((kind, reader), number);
            }
        }
        let address: Arc<str> = address.into();
        self.plan.pages_at.insert(Arc::clone(&address), number);
        let is_folder = address.is_empty() || address.ends_with('/');
        let file = if is_folder { format!("{address}index.html").into() } else { Arc::clone(&address) };
        self.plan.pages.push(Page { address, file, kind, reader, item });
    }

    /// The published files, which have addresses, too.
    fn files(&mut self) {
        let files: Vec<_> = self.plan.used.files.iter().cloned().collect();
        for file in files {
            let source = At::name(format!("content/files/{file}").into());
            let owner = named(format!("files/{file}"), source);
            let taken = self.take(&format!("files/{file}"), owner);
            self.problems.extend(taken);
        }
        for (n, file) in self.toolkit.settings.publish.include.iter().enumerate() {
            let name = file.rsplit('/').next().unwrap_or(file);
            let at = At::value("toolkit.yaml".into(), KeyPath::top("publish").key("include").index(n));
            let owner = named(file.to_string(), at);
            let taken = self.take(name, owner);
            self.problems.extend(taken);
        }
    }

    fn aliases(&mut self) {
        for (index, guarded) in self.toolkit.all_items().iter().enumerate() {
            let Ok(item) = guarded.for_view(self.view) else { continue };
            for (n, alias) in item.aliases.iter().enumerate() {
                self.alias(index, item, n, alias);
            }
        }
    }

    /// The addresses of withdrawn texts lead to the list that they stood in, unless something else has them now.
    fn withdrawn(&mut self) {
        let view = self.view;
        for guarded in self.toolkit.all_items().iter().filter(|it| withdrawn_on(it, view).is_some()) {
            let item = guarded.for_checks();
            let (folder, list) = match item.kind {
                Kind::Message => ("messages/", PageKind::Messages),
                Kind::Story => ("stories/", PageKind::Stories),
                Kind::Page => ("", PageKind::Home),
                _ => continue,
            };
            for reader in item.readers.iter() {
                let Some(path) = self.path_of(item, reader) else { continue };
                let home =
                    self.toolkit.audience_of(reader).map(|audience| format!("{}/", audience.id)).unwrap_or_default();
                let address = format!("{home}{folder}{path}/");
                let lists = [
                    (list, reader),
                    (PageKind::Audience, reader),
                    (list, Reader::GENERAL),
                    (PageKind::Home, Reader::GENERAL),
                ];
                let to = lists.into_iter().find_map(|(kind, reader)| self.plan.page_of(kind, reader));
                let Some(to) = to.map(|page| page.address.to_string()) else { continue };
                let owner = named(item.name(), At::name(Arc::clone(&item.file)));
                if self.take(&address, owner).is_none() {
                    self.plan.redirects.push(Redirect { file: format!("{address}index.html").into(), to });
                }
            }
        }
    }

    fn alias(&mut self, index: usize, item: &Item, n: usize, alias: &str) {
        let at = item.at(KeyPath::top("aliases").index(n));
        let Some(file) = address::alias_file(alias) else {
            let what = What::BadId { id: alias.to_owned(), why: IdTrouble::Alias };
            self.problems.push(Problem { item: Some(item.name().into()), ..Problem::new(at, what) });
            return;
        };
        let links = Links { toolkit: self.toolkit, plan: &self.plan, view: self.view };
        let reader = item.readers.iter().next().unwrap_or(Reader::GENERAL);
        let Some(to) = u32::try_from(index).ok().and_then(|n| links.item(n, reader)) else { return };
        let owner = named(item.name(), at);
        match self.take(file.strip_suffix("index.html").unwrap_or(&file), owner) {
            Some(taken) => self.problems.push(taken),
            None => self.plan.redirects.push(Redirect { file: file.into(), to }),
        }
    }
}

/// The day on which a text was withdrawn that this view would show otherwise.
#[must_use]
pub fn withdrawn_on(item: &Guarded<Item>, view: &View) -> Option<Date> {
    match item.for_view(view) {
        Err(Hidden::Withdrawn(day)) if item.embargo().is_none_or(|first| first <= day) => Some(day),
        _ => None,
    }
}

/// Two items that would share an address would do so for each of their readers: that is told once.
fn once_each(problems: &mut Vec<Problem>) {
    let mut told = std::collections::HashSet::new();
    problems.retain(|problem| match &problem.what {
        What::AddressTaken { by: AddressUse::Item { name, .. }, .. } => told.insert((problem.at.clone(), name.clone())),
        _ => true,
    });
}

fn named(name: String, at: At) -> Owner {
    Owner::Named(Box::new((name, at)))
}

/// Where an item takes its address: at its slug, or as a file.
fn address_at(item: &Item) -> At {
    match &item.slug {
        Some(_) => item.at(KeyPath::top("slug")),
        None => At::name(Arc::clone(&item.file)),
    }
}

fn tell(item: &Item, what: What) -> Problem {
    Problem { item: Some(item.name().into()), ..Problem::new(address_at(item), what) }
}

/// The items that a view shows, with their numbers.
pub fn shown_items<'a>(toolkit: &'a Toolkit, view: &'a View) -> impl Iterator<Item = (usize, &'a Guarded<Item>)> {
    toolkit.all_items().iter().enumerate().filter(|(_, item)| item.for_view(view).is_ok())
}
