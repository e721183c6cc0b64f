//! The things that stand in lists: messages, questions, points, facts, words, wins, members.

use tera::Value;

use super::dates::in_words;
use super::fields::{Fields, extra, maybe, maybe_html, texts};
use super::texts::{Place, Teller};
use super::theme::Words;
use crate::language::{speech, words};
use crate::plan::Links;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::Guarded;
use crate::toolkit::fact::{Fact, Source};
use crate::toolkit::id::Kind;
use crate::toolkit::item::{Item, Own};
use crate::toolkit::local::Local;
use crate::toolkit::term::Term;
use crate::voice::fragment::plain;

/// An item with its number.
#[derive(Clone, Copy)]
pub struct Numbered<'a> {
    /// Its number in the toolkit.
    pub n: usize,
    /// The item.
    pub item: &'a Item,
}

/// The items of a kind that a teller's reader sees, in their order.
pub fn shown(links: Links<'_>, kind: Kind, reader: crate::toolkit::id::Reader) -> impl Iterator<Item = Numbered<'_>> {
    let all = links.toolkit.items(kind);
    let start = all.first().and_then(|item| links.toolkit.item_index(kind, &item.for_checks().id)).unwrap_or(0);
    all.iter().enumerate().filter_map(move |(n, item)| {
        let item = item.for_view(links.view).ok().filter(|item| item.readers.has(reader))?;
        Some(Numbered { n: start + n, item })
    })
}

/// Whether an item is a draft, which some builds show.
fn is_draft(at: Numbered<'_>, teller: &Teller<'_>) -> bool {
    let view = teller.links.view;
    view.drafts && teller.links.toolkit.all_items().get(at.n).is_some_and(Guarded::is_draft)
}

/// A message in a list: no links, no marks.
pub fn message(at: Numbered<'_>, teller: &Teller<'_>) -> Value {
    let told = &teller.voice.items[at.n];
    let reader = teller.reader;
    let bare = |key: &str| told.text(key, reader).map(|phrase| teller.bare(phrase));
    let plain = |key: &str| told.text(key, reader).map(|phrase| teller.plain(phrase));
    Fields::with(10)
        .set("id", &*at.item.id)
        .set("draft", is_draft(at, teller))
        .set("title", plain("title").unwrap_or_default())
        .html("title_html", &bare("title").unwrap_or_default())
        .set("claim", plain("claim").unwrap_or_default())
        .html("claim_html", &bare("claim").unwrap_or_default())
        .set("summary", maybe(plain("summary").as_deref()))
        .set("summary_html", maybe_html(bare("summary").as_deref()))
        .set("sound_bite_html", maybe_html(bare("sound_bite").as_deref()))
        .set("path", path(at, teller))
        .into()
}

/// A question. With a place, its text with links and marks; without, its first paragraph alone.
pub fn question(at: Numbered<'_>, teller: &Teller<'_>, place: Option<&mut Place<'_>>) -> Value {
    let told = &teller.voice.items[at.n];
    let phrase = told.text("question", teller.reader);
    let parts = told.body(teller.reader);
    let lead = teller.lead(parts, None);
    let html = place.map(|place| teller.body(parts, place).0);
    let question = phrase.map(|phrase| teller.bare(phrase)).unwrap_or_default();
    asked(at, teller, &question, lead.as_deref()).set("html", maybe_html(html.as_deref())).into()
}

/// A question on a sheet: itself and its first paragraph alone, with links and marks.
pub fn question_in_short(at: Numbered<'_>, teller: &Teller<'_>, place: &mut Place<'_>) -> Value {
    let told = &teller.voice.items[at.n];
    let question = told.text("question", teller.reader).map(|phrase| teller.phrase(phrase, place)).unwrap_or_default();
    let lead = teller.lead(told.body(teller.reader), Some(place));
    asked(at, teller, &question, lead.as_deref()).set("html", Value::none()).into()
}

fn asked(at: Numbered<'_>, teller: &Teller<'_>, question: &str, lead: Option<&str>) -> Fields {
    let phrase = teller.voice.items[at.n].text("question", teller.reader);
    let likely = matches!(&at.item.own, Own::Faq(faq) if faq.likely);
    Fields::with(9)
        .set("id", &*at.item.id)
        .set("draft", is_draft(at, teller))
        .set("question", phrase.map(|phrase| teller.plain(phrase)).unwrap_or_default())
        .html("question_html", question)
        .set("lead_html", maybe_html(lead))
        .set("path", path(at, teller))
        .set("likely", likely)
        .set("answers", texts(at.item.answers.iter().map(|id| &**id)))
}

/// A talking point, with the words that are said.
pub fn point(at: Numbered<'_>, teller: &Teller<'_>, place: &mut Place<'_>) -> (Value, usize) {
    let told = &teller.voice.items[at.n];
    let phrase = told.text("point", teller.reader);
    let said = phrase.map(|phrase| teller.plain(phrase)).unwrap_or_default();
    let html = phrase.map(|phrase| teller.phrase(phrase, place)).unwrap_or_default();
    let (body, _) = teller.body(told.body(teller.reader), place);
    let count = words::count(&said) + words::count(&plain(&body));
    let message = at.item.messages.first().and_then(|id| {
        let n = u32::try_from(teller.links.toolkit.item_index(Kind::Message, id)?).ok()?;
        let title = teller.voice.items[n as usize].text("title", teller.reader)?;
        let address = teller.links.item(n, teller.reader)?;
        Some(link(&teller.plain(title), &teller.path(&address)))
    });
    let value = Fields::with(8)
        .set("id", &*at.item.id)
        .set("draft", is_draft(at, teller))
        .set("point", &*said)
        .html("point_html", &html)
        .html("html", &body)
        .set("seconds", seconds(count, teller))
        .set("words", count)
        .set("message", message.unwrap_or_else(Value::none));
    (value.into(), count)
}

/// A text to be said: its words and seconds.
pub fn spoken(html: &str, teller: &Teller<'_>) -> Value {
    let text = plain(&without_marks(html));
    let count = words::count(&text);
    Fields::with(4)
        .set("words", count)
        .set("seconds", seconds(count, teller))
        .html("html", html)
        .set("text", text)
        .into()
}

/// HTML of ours without the marks of its sources, which are not said.
pub fn without_marks(html: &str) -> std::borrow::Cow<'_, str> {
    if !html.contains("<sup class=\"mark\">") {
        return html.into();
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<sup class=\"mark\">") {
        out.push_str(before);
        rest = after.split_once("</sup>").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.into()
}

/// Seconds at the pace of the teller's reader.
#[must_use]
pub fn seconds(count: usize, teller: &Teller<'_>) -> u32 {
    let pace = teller
        .links
        .toolkit
        .audience_of(teller.reader)
        .map_or(speech::WORDS_PER_MINUTE, super::super::toolkit::audience::Audience::words_per_minute);
    speech::seconds(count, pace)
}

/// A link in a list.
#[must_use]
pub fn link(title: &str, path: &str) -> Value {
    Fields::with(3).set("title", title).set("path", path).set("current", false).into()
}

/// Where an item is read.
fn path(at: Numbered<'_>, teller: &Teller<'_>) -> String {
    let number = u32::try_from(at.n).unwrap_or(u32::MAX);
    teller.links.item(number, teller.reader).map(|address| teller.path(&address)).unwrap_or_default()
}

/// A fact as everyone may see it.
#[must_use]
pub fn fact(fact: &Fact, toolkit: &Toolkit, words: &Words, facts_path: Option<&str>) -> Fields {
    let source = |id: &str| toolkit.sources.get(id).map_or_else(Value::none, source_value);
    Fields::with(22)
        .set("id", &*fact.id)
        .set("label", &*fact.label)
        .set("value", &*fact.value.0)
        .set("unit", &*fact.unit)
        .set("reads", &*fact.reads)
        .set("plain", &*fact.plain)
        .set("caveat", maybe(fact.caveat.as_deref()))
        .set("place", maybe(fact.place.as_deref()))
        .set("period", maybe(fact.period.as_deref()))
        .set("sample", maybe(fact.sample.as_deref()))
        .set("source", source(&fact.source))
        .set("also", Value::from(fact.also.0.iter().chain(&fact.see_also.0).map(|id| source(id)).collect::<Vec<_>>()))
        .set("published", maybe(fact.published.as_ref().map(|typed| &*typed.0)))
        .set("checked_on", fact.checked_on.map_or_else(Value::none, |day| Value::from(day.0.to_string())))
        .set("checked_on_text", fact.checked_on.map_or_else(Value::none, |day| Value::from(in_words(day.0, words))))
        .set("review_by", fact.review_by.0.to_string())
        .set("strength", maybe(fact.strength.as_deref()))
        .set("certainty", maybe(fact.certainty.as_deref()))
        .set("anchor", &*fact.id)
        .set("path", facts_path.map_or_else(Value::none, |path| Value::from(format!("{path}#{}", fact.id))))
        .set("extra", extra(&fact.extra))
}

fn source_value(source: &Source) -> Value {
    Fields::with(10)
        .set("title", &*source.title)
        .set("before", source.before_title())
        .set("after", source.after_title())
        .set("authors", texts(source.authors.0.iter().map(|author| &**author)))
        .set("year", maybe(source.year.as_ref().map(|typed| &*typed.0)))
        .set("published_in", maybe(source.published_in.as_deref()))
        .set("doi", maybe(source.doi.as_deref()))
        .set("url", maybe(source.url.as_deref().filter(|url| is_web(url))))
        .set("ncj", maybe(source.ncj.as_ref().map(|typed| &*typed.0)))
        .set("kind", maybe(source.kind.as_deref()))
        .into()
}

/// Whether an address is one of the web; anything else is not linked to.
fn is_web(url: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    url.starts_with("https://") || url.starts_with("http://")
}

/// An entry of the word list.
#[must_use]
pub fn term(term: &Term) -> Fields {
    Fields::with(7)
        .set("id", maybe(term.id.as_deref()))
        .set("avoid", texts(term.avoid.iter().map(|phrase| &**phrase)))
        .set("say", texts(term.say.iter().map(|phrase| &**phrase)))
        .set("why", &*term.why)
        .set("level", term.level.name())
}

/// A fill-in as a line to call, write or visit; none where it is not filled in.
#[must_use]
pub fn line(local: &Local) -> Option<Value> {
    let value = local.value.as_deref()?;
    let fields = Fields::with(5)
        .set("key", &*local.key)
        .set("label", local.label())
        .set("value", value)
        .set("href", local.href().filter(|href| is_safe(href)).map_or_else(Value::none, Value::from))
        .set("kind", local.kind.name());
    Some(fields.into())
}

fn is_safe(href: &str) -> bool {
    href.starts_with("tel:") || href.starts_with("mailto:") || is_web(href)
}

/// A win.
pub fn win(at: Numbered<'_>, teller: &Teller<'_>, place: &mut Place<'_>) -> Option<Value> {
    let Own::Win(win) = &at.item.own else { return None };
    let told = &teller.voice.items[at.n];
    let title = told.text("title", teller.reader)?;
    let who = told.text("who", teller.reader).map(|phrase| teller.phrase(phrase, place));
    let (html, _) = teller.body(told.body(teller.reader), place);
    let kind_text = teller.words.get(&format!("win_{}", win.kind.name())).to_owned();
    let value = Fields::with(12)
        .set("id", &*at.item.id)
        .set("draft", is_draft(at, teller))
        .set("date", win.date.to_string())
        .set("date_text", in_words(win.date, teller.words))
        .set("title", teller.plain(title))
        .html("title_html", &teller.phrase(title, place))
        .set("size", win.size.name())
        .set("kind", win.kind.name())
        .set("kind_text", kind_text)
        .set("who", maybe_html(who.as_deref()))
        .html("html", &html)
        .set("path", path(at, teller));
    Some(value.into())
}
