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
    let tough = list(maker, usize::MAX);
    maker.set("tough", tough);
}

/// The first `most` tough questions of the page's reader.
pub(super) fn list(maker: &mut Maker<'_, '_>, most: usize) -> Value {
    let items = items_of(maker, Kind::ToughQuestion);
    Value::from(items.into_iter().take(most).filter_map(|at| tough(maker, at)).collect::<Vec<_>>())
}

fn tough(maker: &mut Maker<'_, '_>, at: Numbered<'_>) -> Option<Value> {
    let Own::ToughQuestion(own) = &at.item.own else { return None };
    let reader = maker.page.reader;
    let told = &maker.site.voice.items[at.n];
    let mut html = |key: &str| told.text(key, reader).map(|phrase| maker.phrase(phrase));
    let (question, bridge) = (html("question").unwrap_or_default(), html("bridge"));
    let (tempting, why) = (html("tempting"), html("why_it_fails"));
    let (teller, mut place) = maker.place();
    let (body, _) = teller.body(told.body(reader), &mut place);
    maker.print(&body);
    let lead = teller.lead(told.body(reader), None);
    let said = bridge.as_ref().map_or(0, |(plain, _)| words::count(plain)) + words::count(&plain(&body));
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
        .html("html", &body)
        .set("words", said)
        .set("seconds", things::seconds(said, &maker.teller));
    Some(value.into())
}
