//! One function a kind of hand-out: what stands on it, in which order.

use std::collections::HashMap;
use std::sync::Arc;

use super::content::{Block, Handout, Labels, Line, Look, Point, Run, words};
use super::ground::Ground;
use super::telling::{Telling, plain};
use crate::language::{Date, speech, words as spoken_words};
use crate::plan::{HandoutKind, Links, PageKind, PlannedHandout};
use crate::toolkit::audience::Audience;
use crate::toolkit::edition::Edition;
use crate::toolkit::id::{Kind, Reader};
use crate::toolkit::item::{Item, Own};
use crate::toolkit::local::LocalKind;
use crate::voice::{Fingerprint, Told};

/// Makes a hand-out's content; `None` for one whose item is not shown.
#[must_use]
pub fn make(planned: &PlannedHandout, ground: &Ground<'_>) -> Option<Handout> {
    let mut making = Making {
        ground,
        planned,
        telling: Telling::new(ground, planned.reader),
        title: Vec::new(),
        blocks: Vec::new(),
        bands: Vec::new(),
        more_facts: Vec::new(),
        page: None,
        dates: Vec::new(),
        files: vec!["toolkit.yaml".into()],
    };
    match planned.kind {
        HandoutKind::Sheet | HandoutKind::LargeSheet => making.sheet(),
        HandoutKind::Faq => making.faq(),
        HandoutKind::Card => making.card()?,
        HandoutKind::Message => making.message()?,
        HandoutKind::Brief => super::brief::fill(&mut making)?,
    }
    Some(making.finish())
}

/// A hand-out while it is made.
pub(super) struct Making<'a> {
    pub(super) ground: &'a Ground<'a>,
    planned: &'a PlannedHandout,
    pub(super) telling: Telling<'a>,
    pub(super) title: Vec<Run>,
    pub(super) blocks: Vec<Block>,
    bands: Vec<String>,
    more_facts: Vec<Arc<str>>,
    /// The page that says the same.
    pub(super) page: Option<PageKind>,
    /// When each of its items was changed; none where one does not say it.
    dates: Vec<Option<Date>>,
    files: Vec<Arc<str>>,
}

/// An item that is shown, with its number.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) n: usize,
    pub(super) item: &'a Item,
    pub(super) told: &'a Told,
}

impl<'a> Making<'a> {
    pub(super) fn word(&self, name: &str) -> String {
        (self.ground.word)(name)
    }

    pub(super) fn reader(&self) -> Reader {
        self.planned.reader
    }

    pub(super) fn audience(&self) -> Option<&'a Audience> {
        self.ground.links.toolkit.audience_of(self.planned.reader)
    }

    /// The items of a kind that its reader sees, in their order.
    pub(super) fn items(&mut self, kind: Kind) -> Vec<Shown<'a>> {
        let (toolkit, view) = (self.ground.links.toolkit, self.ground.links.view);
        let reader = self.planned.reader;
        let items = toolkit.shown(kind, view, reader).filter_map(|item| {
            let n = toolkit.item_index(kind, &item.id)?;
            Some(Shown { n, item, told: self.ground.voice.items.get(n)? })
        });
        items.collect()
    }

    /// Notes that an item stands on the hand-out.
    pub(super) fn uses(&mut self, item: &Item) {
        self.dates.push(item.updated);
        self.files.push(Arc::clone(&item.file));
    }

    /// The messages that its reader sees, those of its `message_order` first.
    pub(super) fn messages(&mut self) -> Vec<Shown<'a>> {
        let mut messages = self.items(Kind::Message);
        if let Some(audience) = self.audience() {
            let order = audience.message_order.iter().enumerate();
            let rank: HashMap<&str, usize> = order.map(|(n, id)| (&**id, n)).collect();
            messages.sort_by_key(|shown| rank.get(&*shown.item.id).copied().unwrap_or(usize::MAX));
        }
        messages
    }

    fn own_title(&mut self, word: &str) {
        self.title = vec![Run::plain(self.word(word))];
    }

    // ------------------------------------------------------------------------------------------------ the kinds

    fn sheet(&mut self) {
        self.page = Some(PageKind::TalkingPoints);
        self.own_title("talking_points");
        self.points();
        if self.planned.kind == HandoutKind::LargeSheet {
            // in large print two pages hold the points alone; the questions have a file of their own
            self.ask();
            self.lines();
            return self.where_sources_are();
        }
        let likely = |shown: &Shown<'_>| matches!(&shown.item.own, Own::Faq(faq) if faq.likely);
        let questions: Vec<Shown<'_>> = self.items(Kind::Faq).into_iter().filter(likely).collect();
        if !questions.is_empty() {
            self.heading("likely");
        }
        for shown in questions {
            self.uses(shown.item);
            let runs = self.text(shown, "question");
            let lead = self.telling.lead(shown.told.body(self.reader()));
            let blocks = lead.map(|runs| Block::Paragraph { runs, look: Look::Text }).into_iter().collect();
            self.blocks.push(Block::Question { level: 3, runs, blocks });
        }
        self.ask();
        self.lines();
    }

    fn faq(&mut self) {
        self.page = Some(PageKind::Faq);
        self.own_title("questions");
        for shown in self.items(Kind::Faq) {
            self.uses(shown.item);
            let runs = self.text_bare(shown, "question");
            let blocks = self.telling.body(shown.told.body(self.reader()), 3);
            self.blocks.push(Block::Question { level: 2, runs, blocks });
        }
        self.ask();
        self.lines();
    }

    fn message(&mut self) -> Option<()> {
        let n = self.planned.item? as usize;
        let toolkit = self.ground.links.toolkit;
        let guarded = toolkit.all_items().get(n)?;
        let item = guarded.for_view(self.ground.links.view).ok()?;
        let shown = Shown { n, item, told: self.ground.voice.items.get(n)? };
        self.uses(item);
        self.page = Some(PageKind::Message);
        if guarded.is_draft() {
            self.bands.push(self.word("draft"));
        }
        if let Some(day) = guarded.embargo().filter(|day| *day > self.ground.links.view.today) {
            self.bands.push(self.word("embargo").replace("%s", &day.to_string()));
        }
        self.title = self.text(shown, "title");
        let claim = self.text(shown, "claim");
        self.blocks.push(Block::Paragraph { runs: claim, look: Look::Lead });
        for key in ["sound_bite", "thirty_seconds", "sixty_seconds"] {
            if shown.told.text(key, self.reader()).is_some() {
                let runs = self.text(shown, key);
                let count = spoken_words::count(&words(&runs));
                let length = self.word("words_seconds");
                let length = length.replace("%n", &count.to_string()).replace("%s", &self.seconds(count).to_string());
                self.blocks.push(Block::Spoken { title: self.word(key), length, runs });
            }
        }
        let body = self.telling.body(shown.told.body(self.reader()), 2);
        if !body.is_empty() {
            if !body.iter().any(|block| matches!(block, Block::Heading { .. })) {
                self.heading("in_full");
            }
            self.blocks.extend(body);
        }
        self.more_facts = item.facts.iter().map(Arc::clone).collect();
        self.ask();
        self.lines();
        Some(())
    }

    /// The card on the counter: the first claim, one sentence of it, whom to call, what we ask.
    fn card(&mut self) -> Option<()> {
        let first = self.messages().into_iter().next()?;
        self.uses(first.item);
        self.page = Some(if self.reader() == Reader::GENERAL { PageKind::Home } else { PageKind::Audience });
        self.title = self.text_bare(first, "claim");
        if first.told.text("sound_bite", self.reader()).is_some() {
            let runs = self.text_bare(first, "sound_bite");
            self.blocks.push(Block::Paragraph { runs, look: Look::Lead });
        }
        self.ask();
        self.lines();
        Some(())
    }

    // ------------------------------------------------------------------------------------------------ their parts

    /// A text of an item, with its marks.
    pub(super) fn text(&mut self, shown: Shown<'_>, key: &str) -> Vec<Run> {
        let phrase = shown.told.text(key, self.planned.reader);
        phrase.map(|phrase| self.telling.phrase(phrase)).unwrap_or_default()
    }

    /// A text of an item as it stands in lists.
    pub(super) fn text_bare(&mut self, shown: Shown<'_>, key: &str) -> Vec<Run> {
        let phrase = shown.told.text(key, self.planned.reader);
        phrase.map(|phrase| self.telling.bare(phrase)).unwrap_or_default()
    }

    pub(super) fn heading(&mut self, word: &str) {
        let runs = vec![Run::plain(self.word(word))];
        self.blocks.push(Block::Heading { level: 2, runs });
    }

    pub(super) fn seconds(&self, count: usize) -> u32 {
        let pace = self.audience().map_or(speech::WORDS_PER_MINUTE, Audience::words_per_minute);
        speech::seconds(count, pace)
    }

    /// A time as said: `42 s`, `3 min 5 s`.
    pub(super) fn time(&self, seconds: u32) -> String {
        let (minutes, rest) = (seconds / 60, seconds % 60);
        if minutes == 0 {
            return self.word("seconds").replace("%s", &rest.to_string());
        }
        self.word("minutes_seconds").replace("%n", &minutes.to_string()).replace("%s", &rest.to_string())
    }

    /// The points of its reader, numbered, with their seconds and the sum.
    pub(super) fn points(&mut self) {
        let mut points = Vec::new();
        let mut sum = 0;
        for shown in self.items(Kind::TalkingPoint) {
            self.uses(shown.item);
            let runs = self.text(shown, "point");
            let blocks = self.telling.body(shown.told.body(self.reader()), 3);
            let mut lines = vec![words(&runs)];
            for block in &blocks {
                block.lines(&mut lines);
            }
            let count = lines.iter().map(|line| spoken_words::count(line)).sum();
            let seconds = self.seconds(count);
            sum += seconds;
            // the time of one point is never as long as a minute has
            let time = self.word("seconds").replace("%s", &seconds.to_string());
            points.push(Point { runs, blocks, time, seconds, item: shown.n, words: count });
        }
        let total = (points.len() > 1).then(|| {
            let time = self.time(sum);
            vec![Run::plain(format!("{} ", self.word("total"))), Run::strong(time)]
        });
        if !points.is_empty() {
            self.blocks.push(Block::Points { points, total });
        }
    }

    /// What we ask of its reader.
    pub(super) fn ask(&mut self) {
        let Some(audience) = self.audience() else { return };
        let told = audience.reader.index().and_then(|n| self.ground.voice.audiences.get(n));
        let Some(ask) = told.and_then(|told| told.ask.as_ref()) else { return };
        // a card has no room for sources
        let card = self.planned.kind == HandoutKind::Card;
        let runs = if card { self.telling.bare(ask) } else { self.telling.phrase(ask) };
        self.files.push(Arc::clone(&audience.file));
        self.blocks.push(Block::Ask { title: self.word("ask"), runs });
    }

    /// The lines to call that the pages of this edition show.
    pub(super) fn lines(&mut self) {
        let Links { toolkit, plan, .. } = self.ground.links;
        let locals = plan.used.locals.iter().filter_map(|n| toolkit.local.get(*n as usize));
        let lines: Vec<Line> = locals
            .filter(|local| matches!(local.kind, LocalKind::Phone | LocalKind::Email))
            .filter_map(|local| {
                let value = local.value.as_deref()?.to_owned();
                let link = local.href().filter(|href| href.starts_with("tel:") || href.starts_with("mailto:"));
                Some(Line { label: local.label(), value, link })
            })
            .collect();
        if !lines.is_empty() {
            self.blocks.push(Block::Lines { title: self.word("who_to_call"), lines });
        }
    }

    /// Where the limits and sources are that have no room here.
    fn where_sources_are(&mut self) {
        if self.telling.sources([]).is_empty() {
            return;
        }
        let word = self.word("limits_at");
        let address = self.address(self.its_page());
        let end = address.map_or_else(
            || Run::plain(self.word("limits_on_sheet")),
            |address| {
                let shown = address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
                Run { link: Some(address.clone()), ..Run::strong(shown) }
            },
        );
        let (before, after) = word.split_once("%s").unwrap_or((&word, ""));
        let mut runs = vec![Run::plain(before), end, Run::plain(after)];
        runs.retain(|run| !run.text.is_empty());
        self.blocks.push(Block::Paragraph { runs, look: Look::Text });
    }

    // ------------------------------------------------------------------------------------------------ the whole

    /// The page that says the same as its reader reads it.
    fn its_page(&self) -> Option<&'a crate::plan::Page> {
        let plan = self.ground.links.plan;
        match self.planned.item {
            Some(item) => plan.own_page(item, self.planned.reader),
            None => plan.page_of(self.page?, self.planned.reader),
        }
    }

    /// The address of its page, once the site has one.
    fn address(&self, page: Option<&crate::plan::Page>) -> Option<String> {
        // the sheet for everyone has no page of its own: it leads to the first page
        let shown = page.or_else(|| self.ground.links.plan.page_of(PageKind::Home, Reader::GENERAL));
        let shown = shown.filter(|page| !page.kind.is_for_partners());
        self.ground.base_url.zip(shown).map(|(base, page)| {
            let mut address = base.to_owned();
            self.ground.encode(&page.address, &mut address);
            address
        })
    }

    fn finish(mut self) -> Handout {
        let toolkit = self.ground.links.toolkit;
        let page = self.its_page();
        let address = self.address(page);
        let audience = self.audience().map(|audience| audience.name.to_string());
        let name = match &audience {
            Some(audience) => format!("{}: {audience}", words(&self.title)),
            None => words(&self.title),
        };
        let (date, date_text) = self.date();
        self.files.extend(self.telling.fact_files());
        let facts = self.more_facts.iter().filter_map(|id| toolkit.fact(id));
        self.files.extend(facts.map(|fact| Arc::clone(&fact.entry.file)));
        self.files.push("content/local.yaml".into());
        let mut files: Vec<Arc<str>> = Vec::with_capacity(self.files.len());
        self.files.into_iter().for_each(|file| {
            if !files.contains(&file) {
                files.push(file);
            }
        });
        let more: Vec<&str> = self.more_facts.iter().map(|id| &**id).collect();
        let mut bands = Vec::new();
        if self.ground.links.view.edition == Edition::Partners {
            bands.push((self.ground.word)("partners_only"));
        }
        bands.extend(self.bands);
        let mut handout = Handout {
            layout: self.planned.kind.name(),
            kind: self.planned.kind,
            title: self.title,
            name,
            audience,
            language: toolkit.settings.language().to_owned(),
            paper: toolkit.settings.paper.name(),
            site: toolkit.settings.title.to_string(),
            organization: toolkit.settings.organization.as_deref().map(str::to_owned),
            version: String::new(),
            date,
            address,
            base_url: self.ground.base_url.map(str::to_owned),
            bands,
            blocks: self.blocks,
            sources: self.telling.sources(more),
            labels: labels(self.ground, date_text),
            files,
        };
        // a card says other words than its page, and the sheet for everyone has no page
        let same = page.filter(|_| !matches!(handout.kind, HandoutKind::Card));
        handout.version =
            same.map_or_else(|| Fingerprint::of_words(&handout.text()).code(), |page| (self.ground.version)(page));
        handout.labels.version = handout.labels.version.replace("%s", &handout.version);
        handout
    }

    /// The newest date of its items, if each has one; else, as pages do, the day of the build.
    fn date(&self) -> (Date, String) {
        let known: Option<Vec<Date>> = self.dates.iter().copied().collect();
        match known.and_then(|dates| dates.into_iter().max()) {
            Some(day) => (day, self.word("updated").replace("%s", &(self.ground.day)(day))),
            None => (self.ground.links.view.today, (self.ground.day)(self.ground.links.view.today)),
        }
    }
}

fn labels(ground: &Ground<'_>, date: String) -> Labels {
    let word = |name: &str| (ground.word)(name);
    Labels {
        version: word("version"),
        date,
        page: word("page_of"),
        sources: word("sources"),
        caveat: word("caveat"),
        source: word("source"),
        on_the_web: word("on_the_web"),
        picture: word("picture"),
        lines: word("who_to_call"),
        others: word("and_others"),
    }
}

/// The words of one of an item's texts.
pub(super) fn plain_text(making: &mut Making<'_>, shown: Shown<'_>, key: &str) -> String {
    let phrase = shown.told.text(key, making.reader());
    phrase.map(|phrase| plain(&mut making.telling, phrase)).unwrap_or_default()
}
