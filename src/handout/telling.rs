//! The texts of one hand-out: fragments with their gaps filled for paper, read into blocks.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Arc;

use super::content::{Block, Run, Source, words};
use super::ground::Ground;
use super::pictures::{MOST_TOGETHER, Picture};
use super::reading;
use crate::plan::address;
use crate::toolkit::fact::{Fact, Source as Origin};
use crate::toolkit::id::Reader;
use crate::voice::fragment::escape;
use crate::voice::references::Target;
use crate::voice::{Fill, Fragment, Phrase};

/// So many titles may stand in each other, as on pages.
const DEEPEST: u8 = 4;

/// Tells the texts of one hand-out, and notes the facts that they cite.
pub struct Telling<'a> {
    /// What all hand-outs share.
    pub ground: &'a Ground<'a>,
    /// Who reads.
    pub reader: Reader,
    cites: Vec<u32>,
    /// The pictures so far, each once.
    pictures: RefCell<Vec<Arc<Picture>>>,
}

impl<'a> Telling<'a> {
    /// Nothing is told yet.
    #[must_use]
    pub const fn new(ground: &'a Ground<'a>, reader: Reader) -> Self {
        Self { ground, reader, cites: Vec::new(), pictures: RefCell::new(Vec::new()) }
    }

    /// A phrase with its marks and links.
    pub fn phrase(&mut self, phrase: &Phrase) -> Vec<Run> {
        let mut html = String::new();
        match phrase {
            Phrase::Plain(text) => html.push_str(text),
            Phrase::Rich(part) => self.fill(part, 0..part.html.len(), &mut html),
        }
        reading::runs(&html, true)
    }

    /// A phrase as it stands in lists: no links, no marks.
    #[must_use]
    pub fn bare(&mut self, phrase: &Phrase) -> Vec<Run> {
        let mut html = String::new();
        self.bare_html(phrase, 0, &mut html);
        without_links(reading::runs(&html, true))
    }

    /// A body; its headings begin at `level`.
    pub fn body(&mut self, parts: &[Arc<Fragment>], level: u8) -> Vec<Block> {
        let mut html = String::with_capacity(parts.iter().map(|part| part.html.len()).sum());
        for part in parts {
            self.fill(part, 0..part.html.len(), &mut html);
        }
        reading::blocks(&html, level, &|file| self.picture(file))
    }

    /// A picture, as long as all of them together are not too large.
    fn picture(&self, file: &str) -> Option<Arc<Picture>> {
        let picture = (self.ground.picture)(file).ok()?;
        let mut known = self.pictures.borrow_mut();
        if !known.contains(&picture) {
            let pixels: usize = known.iter().chain([&picture]).map(|picture| picture.pixels()).sum();
            if pixels > MOST_TOGETHER {
                return None;
            }
            known.push(Arc::clone(&picture));
        }
        Some(picture)
    }

    /// The first paragraph of a body, with its marks and links. The writer's own notes stay behind with the rest of the
    /// body, so nothing calls them.
    pub fn lead(&mut self, parts: &[Arc<Fragment>]) -> Option<Vec<Run>> {
        let (part, (start, end)) = parts.iter().find_map(|part| Some((part, part.lead?)))?;
        let mut html = String::new();
        self.fill(part, start as usize..end as usize, &mut html);
        // a picture stays behind, too
        let mut runs = reading::runs(&html, false);
        runs.retain(|run| !run.raised);
        Some(runs)
    }

    fn fill(&mut self, part: &Fragment, range: std::ops::Range<usize>, out: &mut String) {
        let ground = self.ground;
        let reader = self.reader;
        let cites = &mut self.cites;
        part.fill(range, out, |fill, out| match fill {
            Fill::Href(link) => match part.links.get(link as usize).map(|link| &link.target) {
                // a picture is found by its file, whether or not the site has an address
                Some(Target::File(file)) if out.ends_with("<img src=\"") => escape(file, out),
                Some(target) => ground.href(target, reader, out),
                None => {}
            },
            Fill::Title(link) => {
                if let Some(link) = part.links.get(link as usize) {
                    title(ground, &link.target, reader, 0, out);
                }
            }
            Fill::Mark(fact) => {
                let number = number(cites, fact);
                // writing to a text cannot fail
                let _ = write!(out, "<sup data-note=\"{number}\">{number}</sup>");
            }
            Fill::Word(word) => {
                let key = part.words.get(word as usize);
                if let Some(text) = key.and_then(|key| ground.links.toolkit.word(key, reader)) {
                    escape(text, out);
                }
            }
            Fill::Theme(word) => escape(&(ground.word)(word.name()), out),
            Fill::HeadingId(_) => {}
        });
    }

    fn bare_html(&self, phrase: &Phrase, depth: u8, out: &mut String) {
        bare_html(self.ground, phrase, self.reader, depth, out);
    }

    /// The facts cited so far, in the order of their marks; then those of `more` that are not among them.
    #[must_use]
    pub fn sources<'i>(&self, more: impl IntoIterator<Item = &'i str>) -> Vec<Source> {
        let toolkit = self.ground.links.toolkit;
        let cited = self.cites.iter().enumerate().map(|(n, fact)| (n + 1, *fact as usize));
        let uncited = more
            .into_iter()
            .filter_map(|id| toolkit.fact_index(id))
            .filter(|n| !self.cites.iter().any(|cited| *cited as usize == *n))
            .map(|n| (0, n));
        cited.chain(uncited).filter_map(|(number, n)| Some(self.source(number, toolkit.facts.get(n)?))).collect()
    }

    /// The files of the facts cited so far.
    pub fn fact_files(&self) -> impl Iterator<Item = Arc<str>> {
        let facts = &self.ground.links.toolkit.facts;
        self.cites.iter().filter_map(|n| facts.get(*n as usize)).map(|fact| Arc::clone(&fact.entry.file))
    }

    fn source(&self, number: usize, fact: &Fact) -> Source {
        let origin = |id: &str| self.ground.links.toolkit.sources.get(id);
        let mut more = Vec::new();
        for origin in fact.also.0.iter().chain(&fact.see_also.0).filter_map(|id| origin(id)) {
            more.push(Run::plain(if more.is_empty() { "" } else { " " }));
            more.push(Run::strong(format!("{}:", (self.ground.word)("see_also"))));
            more.push(Run::plain(" "));
            more.extend(citation(origin));
        }
        if let Some(day) = fact.checked_on {
            let text = (self.ground.word)("checked_on").replace("%s", &(self.ground.day)(day.0));
            more.push(Run::plain(format!("{}{text}.", if more.is_empty() { "" } else { " " })));
        }
        more.retain(|run| !run.text.is_empty());
        Source {
            number,
            says: says(fact),
            caveat: fact.caveat.as_deref().map(str::to_owned),
            citation: origin(&fact.source).map(citation).unwrap_or_default(),
            more,
        }
    }
}

/// The number of a fact's mark, from 1.
fn number(cites: &mut Vec<u32>, fact: u32) -> usize {
    if let Some(n) = cites.iter().position(|other| *other == fact) {
        return n + 1;
    }
    cites.push(fact);
    cites.len()
}

fn bare_html(ground: &Ground<'_>, phrase: &Phrase, reader: Reader, depth: u8, out: &mut String) {
    match phrase {
        Phrase::Plain(text) => out.push_str(text),
        Phrase::Rich(part) => part.fill(0..part.html.len(), out, |fill, out| match fill {
            Fill::Title(link) => {
                if let Some(link) = part.links.get(link as usize) {
                    title(ground, &link.target, reader, depth, out);
                }
            }
            Fill::Word(word) => {
                let key = part.words.get(word as usize);
                if let Some(text) = key.and_then(|key| ground.links.toolkit.word(key, reader)) {
                    escape(text, out);
                }
            }
            Fill::Theme(word) => escape(&(ground.word)(word.name()), out),
            Fill::Href(_) | Fill::Mark(_) | Fill::HeadingId(_) => {}
        }),
    }
}

/// The title of what a link leads to.
fn title(ground: &Ground<'_>, target: &Target, reader: Reader, depth: u8, out: &mut String) {
    let toolkit = ground.links.toolkit;
    match target {
        Target::Item(n, _) => {
            let Some(item) = toolkit.all_items().get(*n as usize) else { return };
            // the name of an item, to a reader who is shown a link to it; what is hidden can't be linked to
            let Ok(item) = item.for_view(ground.links.view) else { return };
            let reader = if item.readers.has(reader) { reader } else { Reader::GENERAL };
            let phrase = ground.voice.items.get(*n as usize).and_then(|told| told.text(item.heading_key, reader));
            if let Some(phrase) = phrase.filter(|_| depth < DEEPEST) {
                bare_html(ground, phrase, reader, depth + 1, out);
            }
        }
        Target::Audience(reader) => {
            if let Some(audience) = toolkit.audience_of(*reader) {
                escape(&audience.name, out);
            }
        }
        _ => {}
    }
}

impl Ground<'_> {
    /// Where a link leads on paper: the whole address, or nowhere while the site has none.
    fn href(&self, target: &Target, reader: Reader, out: &mut String) {
        let Some(base) = self.base_url else { return };
        if let Some(address) = self.links.address(target, reader) {
            out.push_str(base);
            self.encode(&address, out);
        }
    }

    /// An address of the site as it stands in links, after `base_url`.
    pub fn encode(&self, address: &str, out: &mut String) {
        let (page, anchor) = address.split_once('#').map_or((address, None), |(page, anchor)| (page, Some(anchor)));
        address::encode(page, out);
        if let Some(anchor) = anchor {
            out.push('#');
            address::encode(anchor, out);
        }
    }
}

fn without_links(mut runs: Vec<Run>) -> Vec<Run> {
    for run in &mut runs {
        run.link = None;
    }
    runs
}

/// A fact in its sentence, the figure in bold.
fn says(fact: &Fact) -> Vec<Run> {
    let mut first = fact.reads.chars();
    let upper: String = first.next().map_or_else(String::new, |c| c.to_uppercase().chain(first).collect());
    let reads = if fact.plain.contains(&*fact.reads) { &*fact.reads } else { &upper };
    let parts: Vec<&str> = fact.plain.split(reads).collect();
    match parts[..] {
        [before, after] if !reads.is_empty() => {
            let runs = [Run::plain(before), Run::strong(reads), Run::plain(after)];
            runs.into_iter().filter(|run| !run.text.is_empty()).collect()
        }
        _ => vec![Run::plain(&*fact.plain)],
    }
}

/// Who, when, what, where, and the way there.
pub(super) fn citation(origin: &Origin) -> Vec<Run> {
    let web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let doi = origin.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    let link = doi.or_else(|| origin.url.as_deref().map(str::trim).filter(web).map(str::to_owned));
    let title = Run { text: origin.title.to_string(), emphasis: true, link, ..Run::default() };
    let mut runs = vec![Run::plain(origin.before_title()), title, Run::plain(origin.after_title())];
    runs.retain(|run| !run.text.is_empty());
    runs
}

/// The words of a phrase.
pub(super) fn plain(telling: &mut Telling<'_>, phrase: &Phrase) -> String {
    words(&telling.bare(phrase))
}
