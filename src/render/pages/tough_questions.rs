//! Tough questions as a drill: the question, the tempting answer and why it fails, the bridge, the answer. Partners only.

use tera::Value;

use crate::language::words;
use crate::render::fields::{Fields, maybe, maybe_html, texts};
use crate::render::page::{Maker, items_of};
use crate::render::things::{self, Numbered};
use crate::toolkit::id::Kind;
use crate::toolkit::item::Own;
use crate::voice::fragment::plain;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("tough_questions"));
    let items = items_of(maker, Kind::ToughQuestion);
    let tough = items.into_iter().filter_map(|at| tough(maker, at, false)).collect::<Vec<_>>();
    maker.set("tough", Value::from(tough));
}

/// The first `most` tough questions of the page's reader, with short answers.
pub(super) fn short(maker: &mut Maker<'_, '_>, most: usize) -> Value {
    let items = items_of(maker, Kind::ToughQuestion);
    Value::from(items.into_iter().take(most).filter_map(|at| tough(maker, at, true)).collect::<Vec<_>>())
}

/// A tough question; its answer whole, or its first paragraph alone, with the marks of that.
fn tough(maker: &mut Maker<'_, '_>, at: Numbered<'_>, short: bool) -> Option<Value> {
    let Own::ToughQuestion(own) = &at.item.own else { return None };
    let reader = maker.page.reader;
    let told = &maker.site.voice.items[at.n];
    let mut html = |key: &str| told.text(key, reader).map(|phrase| maker.phrase(phrase));
    let (question, bridge) = (html("question").unwrap_or_default(), html("bridge"));
    let (tempting, why) = (html("tempting"), html("why_it_fails"));
    let (teller, mut place) = maker.place();
    let parts = told.body(reader);
    let body = if short { None } else { Some(teller.body(parts, &mut place).0) };
    let lead = teller.lead(parts, short.then_some(&mut place));
    let answer = body.as_deref().or(lead.as_deref()).unwrap_or_default();
    maker.print(answer);
    let said = bridge.as_ref().map_or(0, |(plain, _)| words::count(plain)) + words::count(&plain(answer));
    let markup = |text: &Option<(String, String)>| maybe_html(text.as_ref().map(|(_, html)| html.as_str()));
    let value = Fields::with(12)
        .set("id", &*at.item.id)
        .set("question", question.0)
        .html("question_html", &question.1)
        .set("bridge_html", markup(&bridge))
        .set("tempting_html", markup(&tempting))
        .set("why_it_fails_html", markup(&why))
        .set("never_say", texts(own.never_say.iter().map(|text| &**text)))
        .set("who_answers", maybe(own.who_answers.as_deref()))
        .set("lead_html", maybe_html(lead.as_deref()))
        .set("html", maybe_html(body.as_deref()))
        .set("words", said)
        .set("seconds", things::seconds(said, &maker.teller));
    Some(value.into())
}
