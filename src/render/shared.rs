//! What all pages of a reader share, put together once.

use std::collections::HashMap;

use tera::Value;

use super::fields::{Fields, extra, maybe, maybe_html};
use super::texts::{Place, Teller};
use super::things::{self, Numbered, link, shown};
use crate::plan::PageKind;
use crate::toolkit::audience::Audience;
use crate::toolkit::id::{Kind, Reader};
use crate::voice::Phrase;

/// What all pages of a reader share.
pub struct Shared {
    /// The audience, its texts as they stand in lists; none for everyone.
    pub audience: Value,
    /// Which of its texts hold links or marks of sources: they are filled anew for each page that shows them.
    linked: Vec<&'static str>,
    /// The messages in the reader's order.
    pub messages: Value,
    /// The questions, in short, with the messages they name.
    pub questions: Vec<(usize, Value)>,
    /// The pages above the reader's own pages.
    pub trail: Value,
    /// The audience's own line, for each page of it that is current.
    pub nav: HashMap<Option<PageKind>, Value>,
}

impl Shared {
    pub(super) fn new(teller: &Teller<'_>, home: &Value) -> Self {
        let links = teller.links;
        let messages = ordered(teller);
        let messages: Vec<Value> = messages.iter().map(|at| things::message(*at, teller)).collect();
        let questions: Vec<(usize, Value)> =
            shown(links, Kind::Faq, teller.reader).map(|at| (at.n, things::question(at, teller, None))).collect();
        let audience = links.toolkit.audience_of(teller.reader);
        let mut trail = vec![home.clone()];
        trail.extend(audience.map(|audience| link(&audience.name, &teller.path(&format!("{}/", audience.id)))));
        Self {
            audience: audience
                .map_or_else(Value::none, |audience| full(audience, teller, &mut |_, phrase| teller.bare(phrase))),
            linked: audience.map(|audience| linked(audience, teller)).unwrap_or_default(),
            messages: Value::from(messages),
            questions,
            trail: Value::from(trail),
            nav: nav(teller),
        }
    }
}

impl Shared {
    /// The audience as a page shows it: its ask, and on its home all its texts, with links and marks, which are the
    /// page's own.
    pub(super) fn audience_on(&self, kind: PageKind, teller: &Teller<'_>, place: &mut Place<'_>) -> Value {
        let shows = |key: &str| key == "ask" || kind == PageKind::Audience;
        match teller.links.toolkit.audience_of(teller.reader) {
            Some(audience) if self.linked.iter().any(|key| shows(key)) => full(audience, teller, &mut |key, phrase| {
                if shows(key) { teller.phrase(phrase, place) } else { teller.bare(phrase) }
            }),
            _ => self.audience.clone(),
        }
    }
}

/// The texts of a profile that hold links or marks.
fn linked(audience: &Audience, teller: &Teller<'_>) -> Vec<&'static str> {
    let told = &teller.voice.audiences[audience.reader.index().unwrap_or(0)];
    let texts =
        told.summary.iter().map(|text| ("summary", text)).chain(told.concerns.iter().map(|text| ("says", text)));
    let texts = texts.chain(told.ask.iter().map(|text| ("ask", text)));
    texts.filter(|(_, text)| text.is_linked()).map(|(key, _)| key).collect()
}

/// The messages that a reader sees: those of its `message_order` first, then the others in theirs.
fn ordered<'a>(teller: &Teller<'a>) -> Vec<Numbered<'a>> {
    let mut messages: Vec<_> = shown(teller.links, Kind::Message, teller.reader).collect();
    if let Some(audience) = teller.links.toolkit.audience_of(teller.reader) {
        let rank: HashMap<&str, usize> = audience.message_order.iter().enumerate().map(|(n, id)| (&**id, n)).collect();
        messages.sort_by_key(|at| rank.get(&*at.item.id).copied().unwrap_or(usize::MAX));
    }
    messages
}

/// The audience on its own pages; `say` gives the HTML of its texts by key, called in the order in which they stand.
fn full(audience: &Audience, teller: &Teller<'_>, say: &mut dyn FnMut(&'static str, &Phrase) -> String) -> Value {
    let told = &teller.voice.audiences[audience.reader.index().unwrap_or(0)];
    let summary = told.summary.as_ref().map(|text| say("summary", text));
    let concerns: Vec<Value> = audience
        .concerns
        .iter()
        .zip(&told.concerns)
        .filter_map(|(concern, says)| {
            let answers = answers(&concern.id, teller);
            // a concern that nothing answers is not public
            let shown = !answers.is_empty() || teller.links.view.key().is_some();
            shown.then(|| {
                Value::from(
                    Fields::with(4)
                        .set("id", &*concern.id)
                        .set("says", teller.plain(says))
                        .html("says_html", &say("says", says))
                        .set("answers", Value::from(answers)),
                )
            })
        })
        .collect();
    let ask = told.ask.as_ref().map(|text| say("ask", text));
    Fields::with(12)
        .set("id", &*audience.id)
        .set("name", &*audience.name)
        .set("short_name", &**audience.short_name())
        .set("summary", maybe(told.summary.as_ref().map(|text| teller.plain(text)).as_deref()))
        .set("summary_html", maybe_html(summary.as_deref()))
        .set("ask", maybe(told.ask.as_ref().map(|text| teller.plain(text)).as_deref()))
        .set("ask_html", maybe_html(ask.as_deref()))
        .set("path", teller.path(&format!("{}/", audience.id)))
        .set("concerns", Value::from(concerns))
        .set("paths", paths(teller))
        .set("minutes", audience.words_per_minute())
        .set("extra", extra(&audience.extra))
        .into()
}

/// What answers a concern for the teller's reader: messages and questions.
fn answers(concern: &str, teller: &Teller<'_>) -> Vec<Value> {
    let mut list = Vec::new();
    for (kind, name, key) in [(Kind::Message, "message", "title"), (Kind::Faq, "faq", "question")] {
        for at in shown(teller.links, kind, teller.reader) {
            if !at.item.answers.iter().any(|id| **id == *concern) {
                continue;
            }
            let told = &teller.voice.items[at.n];
            let Some(title) = told.text(key, teller.reader) else { continue };
            let lead = teller.lead(told.body(teller.reader), None);
            let number = u32::try_from(at.n).unwrap_or(u32::MAX);
            let Some(address) = teller.links.item(number, teller.reader) else { continue };
            list.push(
                Fields::with(5)
                    .set("kind", name)
                    .set("title", teller.plain(title))
                    .html("title_html", &teller.bare(title))
                    .set("lead_html", maybe_html(lead.as_deref()))
                    .set("path", teller.path(&address))
                    .into(),
            );
        }
    }
    list
}

/// The audience in lists, with its first public concern.
pub(super) fn short(audience: &Audience, teller: &Teller<'_>) -> Value {
    let told = &teller.voice.audiences[audience.reader.index().unwrap_or(0)];
    let concern = audience
        .concerns
        .iter()
        .zip(&told.concerns)
        .find(|(concern, _)| !answers(&concern.id, teller).is_empty())
        .map(|(_, says)| teller.bare(says));
    Fields::with(7)
        .set("id", &*audience.id)
        .set("name", &*audience.name)
        .set("short_name", &**audience.short_name())
        .set("summary", maybe(told.summary.as_ref().map(|text| teller.plain(text)).as_deref()))
        .set("summary_html", maybe_html(told.summary.as_ref().map(|text| teller.bare(text)).as_deref()))
        .set("path", teller.path(&format!("{}/", audience.id)))
        .set("concern_html", maybe_html(concern.as_deref()))
        .into()
}

/// Where the audience's own pages are; none where there is no such page.
fn paths(teller: &Teller<'_>) -> Value {
    let path = |kind| {
        teller
            .links
            .plan
            .page_of(kind, teller.reader)
            .map_or_else(Value::none, |page| Value::from(teller.path(&page.address)))
    };
    let home = path(PageKind::Audience);
    let handouts = teller.links.plan.page_of(PageKind::Handouts, Reader::GENERAL);
    let id = teller.links.toolkit.reader_name(teller.reader);
    let handouts = handouts.map(|page| teller.path(&format!("{}#{id}", page.address)));
    Fields::with(9)
        .set("handouts", maybe(handouts.as_deref()))
        .set("messages", home.clone())
        .set("home", home)
        .set("faq", path(PageKind::Faq))
        .set("points", path(PageKind::TalkingPoints))
        .set("share", path(PageKind::Share))
        .set("tough", path(PageKind::ToughQuestions))
        .set("brief", path(PageKind::Brief))
        .set("profile", path(PageKind::Profile))
        .into()
}

/// The line of an audience's pages, once for each page that is current.
fn nav(teller: &Teller<'_>) -> HashMap<Option<PageKind>, Value> {
    let kinds = [
        (PageKind::Audience, "nav_overview"),
        (PageKind::Faq, "nav_faq"),
        (PageKind::TalkingPoints, "nav_points"),
        (PageKind::ToughQuestions, "nav_tough"),
        (PageKind::Brief, "nav_brief"),
        (PageKind::Profile, "nav_profile"),
    ];
    if teller.reader == Reader::GENERAL {
        return HashMap::new();
    }
    let line = |current: Option<PageKind>| {
        let entries: Vec<Value> = kinds
            .iter()
            .filter_map(|(kind, word)| {
                let page = teller.links.plan.page_of(*kind, teller.reader)?;
                let entry = Fields::with(3)
                    .set("title", teller.words.get(word))
                    .set("path", teller.path(&page.address))
                    .set("current", current == Some(*kind));
                Some(Value::from(entry))
            })
            .collect();
        Value::from(entries)
    };
    kinds.iter().map(|(kind, _)| Some(*kind)).chain([None]).map(|kind| (kind, line(kind))).collect()
}
