//! The exact words that a partner signs: those of one item, or one audience's ask, as one reader reads them.
//!
//! This is the one place where the fingerprint of a sign-off is made. What counts: every text of the item that its reader
//! can read, with the wording of facts, the fill-ins, the words of ours and the titles that links show, and under which
//! key a text stands; and of each fact that stands with it what the page says below: its sentence, its limit, who found
//! it. What does not: emphasis, line breaks, comments, addresses, marks of sources, the day when a fact was looked at, the
//! theme's words, and coaching, which the audience does not read.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::fragment::{Fill, Fragment, escape, lines};
use super::references::Target;
use super::{Fingerprint, Phrase, Voice};
use crate::toolkit::Toolkit;
use crate::toolkit::approval::Approval;
use crate::toolkit::edition::{Key, View};
use crate::toolkit::id::{Kind, Reader, Readers};

/// The kinds of items that are signed.
pub const KINDS: [Kind; 3] = [Kind::Message, Kind::Faq, Kind::TalkingPoint];

/// The folder in the name of an ask: `audiences/police`.
const ASKS: &str = "audiences";

/// The keys of front matter whose texts are signed, in their order.
const KEYS: [&str; 9] =
    ["title", "question", "point", "claim", "summary", "sound_bite", "thirty_seconds", "sixty_seconds", "image_alt"];
/// Those of which an item has one.
pub const HEADINGS: [&str; 3] = ["title", "question", "point"];
/// What the facts that stand with a text are told under.
pub const FACTS: &str = "facts";
/// What the body's words stand under.
pub const BODY: &str = "text";
/// What an ask's words stand under.
const ASK: &str = "ask";

/// Something that is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signable {
    /// A message, a question or a talking point, by its number in [`Toolkit::all_items`].
    Item(usize),
    /// What we ask of an audience.
    Ask(Reader),
}

impl Signable {
    /// All that is signed: items in the toolkit's order (drafts and embargoed ones, too), then asks.
    pub fn all(toolkit: &Toolkit) -> impl Iterator<Item = Self> {
        let items = toolkit.all_items().iter().enumerate();
        let items = items.filter(|(_, item)| KINDS.contains(&item.for_checks().kind)).map(|(n, _)| Self::Item(n));
        items.chain(toolkit.audiences.iter().map(|audience| Self::Ask(audience.reader)))
    }

    /// What a name like `messages/safer` or `audiences/police` stands for, if that is signed.
    #[must_use]
    pub fn named(name: &str, toolkit: &Toolkit) -> Option<Self> {
        let (folder, id) = name.split_once('/')?;
        if folder == ASKS {
            return toolkit.audience(id).map(|audience| Self::Ask(audience.reader));
        }
        let kind = KINDS.into_iter().find(|kind| kind.folder() == folder)?;
        toolkit.item_index(kind, id).map(Self::Item)
    }

    /// As commands and findings name it.
    #[must_use]
    pub fn name(self, toolkit: &Toolkit) -> String {
        match self {
            Self::Item(n) => toolkit.all_items().get(n).map(|item| item.for_checks().name()).unwrap_or_default(),
            Self::Ask(reader) => format!("{ASKS}/{}", toolkit.reader_name(reader)),
        }
    }

    /// Whether `view` shows it.
    #[must_use]
    pub fn is_shown(self, toolkit: &Toolkit, view: &View) -> bool {
        match self {
            Self::Item(n) => toolkit.all_items().get(n).is_some_and(|item| item.for_view(view).is_ok()),
            Self::Ask(reader) => {
                let ask = toolkit.audience_of(reader).and_then(|audience| audience.ask.as_ref());
                ask.is_some_and(|ask| !ask.trim().is_empty())
            }
        }
    }

    /// Who reads it, each of whom has a sign-off of its own.
    #[must_use]
    pub fn readers(self, toolkit: &Toolkit) -> Readers {
        match self {
            Self::Item(n) => toolkit.all_items().get(n).map_or(Readers::NONE, |item| item.for_checks().readers),
            Self::Ask(reader) => Readers::only(reader),
        }
    }
}

/// The words that `reader` reads of `what` today, and their fingerprint; `None` where it reads nothing of it.
///
/// The words are plain text for people: each text under its key (`[claim]`), a line a paragraph. The fingerprint is that of
/// the words alone, so that [`Fingerprint::of_text`] makes the same from a copy whose lines were broken otherwise. It does
/// not depend on the edition that `voice` was told for.
#[must_use]
pub fn sign_off(what: Signable, reader: Reader, toolkit: &Toolkit, voice: &Voice) -> Option<(String, Fingerprint)> {
    if !what.readers(toolkit).has(reader) {
        return None;
    }
    let words = Words { toolkit, voice, reader };
    let mut text = String::new();
    match what {
        Signable::Item(n) => {
            let item = toolkit.all_items().get(n)?.for_checks();
            let told = voice.items.get(n)?;
            let mut facts = Vec::new();
            for key in KEYS.into_iter().filter(|key| !HEADINGS.contains(key) || *key == item.heading_key) {
                if let Some(phrase) = told.text(key, reader) {
                    add(&mut text, key, &words.phrase(phrase));
                    facts.extend(phrase.facts());
                }
            }
            let body = told.open_body(reader);
            facts.extend(body.iter().flat_map(|part| part.facts()));
            facts.extend(item.facts.iter().filter_map(|id| u32::try_from(toolkit.fact_index(id)?).ok()));
            add(&mut text, FACTS, &words.facts(&facts));
            add(&mut text, BODY, &body.iter().map(|part| words.fragment(part, 0)).collect::<String>());
        }
        Signable::Ask(_) => {
            let ask = voice.audiences.get(reader.index()?)?.ask.as_ref()?;
            add(&mut text, FACTS, &words.facts(&ask.facts().collect::<Vec<_>>()));
            add(&mut text, ASK, &words.phrase(ask));
        }
    }
    let fingerprint = Fingerprint::of_text(&text);
    Some((text, fingerprint))
}

/// Adds the words of `html` under their key; a text without words is none.
fn add(text: &mut String, key: &str, html: &str) {
    let words = lines(html);
    if words.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    // writing to a text cannot fail
    let _ = writeln!(text, "[{key}]\n{words}");
}

/// How far titles that name other items are followed: two that name each other would never end.
const DEEPEST: usize = 4;

/// Fills texts for one reader with nothing but words.
struct Words<'a> {
    toolkit: &'a Toolkit,
    voice: &'a Voice,
    reader: Reader,
}

impl Words<'_> {
    fn phrase(&self, phrase: &Phrase) -> String {
        self.phrase_at(phrase, 0)
    }

    fn phrase_at(&self, phrase: &Phrase, depth: usize) -> String {
        match phrase {
            Phrase::Plain(text) => text.to_string(),
            Phrase::Rich(fragment) => self.fragment(fragment, depth),
        }
    }

    fn fragment(&self, fragment: &Fragment, depth: usize) -> String {
        let mut html = String::with_capacity(fragment.html.len());
        fragment.fill(0..fragment.html.len(), &mut html, |gap, out| match gap {
            Fill::Title(link) => {
                if let Some(link) = fragment.links.get(link as usize).filter(|_| depth < DEEPEST) {
                    self.title(&link.target, depth + 1, out);
                }
            }
            Fill::Word(word) => {
                let word = fragment.words.get(word as usize).and_then(|word| self.toolkit.word(word, self.reader));
                if let Some(word) = word {
                    escape(word, out);
                }
            }
            Fill::Href(_) | Fill::Mark(_) | Fill::HeadingId(_) | Fill::Theme(_) => {}
        });
        html
    }

    /// What a page says of the facts below its text, each once: a paragraph a fact.
    fn facts(&self, numbers: &[u32]) -> String {
        let mut html = String::new();
        for (at, number) in numbers.iter().enumerate() {
            let Some(fact) = self.toolkit.facts.get(*number as usize).filter(|_| !numbers[..at].contains(number))
            else {
                continue;
            };
            html.push_str("<p>");
            escape(&fact.plain, &mut html);
            if let Some(caveat) = &fact.caveat {
                html.push(' ');
                escape(caveat, &mut html);
            }
            let also = fact.also.0.iter().chain(&fact.see_also.0);
            for source in std::iter::once(&fact.source).chain(also).filter_map(|id| self.toolkit.sources.get(id)) {
                let (before, after) = (source.before_title(), source.after_title());
                for part in [" ", &*before, &*source.title, &*after] {
                    escape(part, &mut html);
                }
            }
            html.push_str("</p>\n");
        }
        html
    }

    /// The title that a link shows of what it leads to.
    fn title(&self, target: &Target, depth: usize, out: &mut String) {
        match target {
            Target::Item(n, _) => {
                let Some(item) = self.toolkit.all_items().get(*n as usize) else { return };
                let item = item.for_checks();
                let reader = if item.readers.has(self.reader) { self.reader } else { Reader::GENERAL };
                let title = self.voice.items.get(*n as usize).and_then(|told| told.text(item.heading_key, reader));
                if let Some(title) = title {
                    out.push_str(&self.phrase_at(title, depth));
                }
            }
            Target::Audience(reader) => {
                if let Some(audience) = self.toolkit.audience_of(*reader) {
                    escape(&audience.name, out);
                }
            }
            _ => {}
        }
    }
}

/// Where a role stands with the words that one reader reads today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It signed these words: its last sign-off of them.
    Signed(&'a Approval),
    /// It signed other words, which have changed since: its last sign-off.
    Changed(&'a Approval),
    /// It signed nothing.
    Missing,
}

/// Where `role` stands with `item` (as [`Signable::name`] gives it) as `audience` reads it (its id, or `general`), whose
/// words of today have the fingerprint `today`. Of several sign-offs the latest counts, in the list the last of a day. `approvals` may
/// be all, or those of this item.
#[must_use]
pub fn standing<'a>(
    approvals: impl IntoIterator<Item = &'a Approval, IntoIter: Clone>,
    item: &str,
    audience: &str,
    role: &str,
    today: Fingerprint,
) -> Standing<'a> {
    let given = approvals.into_iter();
    latest(given.filter(|given| *given.item == *item && *given.audience == *audience && *given.by == *role), today)
}

fn latest<'a>(given: impl Iterator<Item = &'a Approval> + Clone, today: Fingerprint) -> Standing<'a> {
    let today = today.to_string();
    // `max_by_key` gives the last of several
    if let Some(signed) = given.clone().filter(|given| *given.text == *today).max_by_key(|given| given.on.0) {
        return Standing::Signed(signed);
    }
    given.max_by_key(|given| given.on.0).map_or(Standing::Missing, Standing::Changed)
}

/// All sign-offs by what they are of, for whoever asks for many of them.
#[derive(Debug)]
pub struct SignOffs<'a>(HashMap<Signed<'a>, Vec<(usize, &'a Approval)>>);

/// What is signed, for which audience, by which role.
type Signed<'a> = (&'a str, &'a str, &'a str);

impl<'a> SignOffs<'a> {
    /// Sorts the sign-offs in the order of their file.
    #[must_use]
    pub fn new(approvals: &'a [Approval]) -> Self {
        let mut all: HashMap<_, Vec<_>> = HashMap::new();
        for (n, given) in approvals.iter().enumerate() {
            all.entry((&*given.item, &*given.audience, &*given.by)).or_default().push((n, given));
        }
        Self(all)
    }

    /// What `role` signed of `item` for `audience`, each with its number in the file.
    #[must_use]
    pub fn given<'b>(&'b self, item: &'b str, audience: &'b str, role: &'b str) -> &'b [(usize, &'a Approval)] {
        self.0.get(&(item, audience, role)).map_or(&[], Vec::as_slice)
    }

    /// As [`standing`], without looking through the whole file.
    #[must_use]
    pub fn standing(&self, item: &str, audience: &str, role: &str, today: Fingerprint) -> Standing<'a> {
        latest(self.given(item, audience, role).iter().map(|(_, given)| *given), today)
    }
}

/// A role that is asked to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// As typed.
    pub role: &'a str,
    /// Whether nothing is published without it.
    pub required: bool,
}

/// The roles that are asked to sign what `reader` reads: the required ones, then its profile's reviewers; each once.
#[must_use]
pub fn asked(reader: Reader, toolkit: &Toolkit) -> Vec<Asked<'_>> {
    let reviewers = toolkit.audience_of(reader).map_or(&[][..], |audience| audience.reviewers.open(Key::for_checks()));
    let required = toolkit.settings.approvals.required.iter().map(|role| Asked { role, required: true });
    let mut all: Vec<Asked<'_>> = Vec::new();
    for asked in required.chain(reviewers.iter().map(|role| Asked { role, required: false })) {
        if !all.iter().any(|other| other.role == asked.role) {
            all.push(asked);
        }
    }
    all
}

/// All roles that are asked to sign something, in the order in which they are asked first.
#[must_use]
pub fn roles(toolkit: &Toolkit) -> Vec<&str> {
    let mut roles: Vec<&str> = Vec::new();
    for asked in toolkit.everyone().iter().flat_map(|reader| asked(reader, toolkit)) {
        if !roles.contains(&asked.role) {
            roles.push(asked.role);
        }
    }
    roles
}

mod book;
mod changes;

pub use book::{Book, Signature};
pub use changes::{Change, changes, texts};

#[cfg(test)]
mod tests;
