//! A message as one reader reads it: the claim, what to say of it, the text, the facts it stands on.

use tera::Value;

use crate::render::fields::{Fields, maybe};
use crate::render::page::{Maker, items_of};
use crate::render::things;
use crate::toolkit::id::Kind;
use crate::toolkit::item::Item;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let Some((item, told)) = maker.item() else { return };
    let reader = maker.page.reader;
    if let Some(phrase) = told.text("claim", reader) {
        let (plain, html) = maker.phrase(phrase);
        if told.text("summary", reader).is_none() {
            maker.set("summary", &*plain);
        }
        maker.set("claim", plain);
        maker.set_html("claim_html", &html);
    }
    for key in ["sound_bite", "thirty_seconds", "sixty_seconds"] {
        let spoken = told.text(key, reader).map(|phrase| {
            let (_, html) = maker.phrase(phrase);
            things::spoken(&html, &maker.teller)
        });
        maker.set(key, spoken.unwrap_or_else(Value::none));
    }
    maker.body(told);
    let facts = maker.facts(item.facts.iter().map(|id| &**id));
    maker.set("facts", facts);
    maker.set("answers", answers(maker, item));
    maker.set("questions", questions(maker, item));
    let points = points(maker, item);
    maker.set("points", points);
    let compare = maker.page.item.and_then(|item| super::compared(maker.site, item));
    maker.set("compare", maybe(compare.as_deref()));
}

/// The concerns of the page's reader that the message answers.
fn answers(maker: &Maker<'_, '_>, item: &Item) -> Value {
    let concerns = maker.shared.audience.get_from_path("concerns").and_then(Value::as_array).unwrap_or_default();
    let list: Vec<Value> = concerns
        .iter()
        .filter(|concern| {
            let id = concern.get_from_path("id").and_then(Value::as_str).unwrap_or_default();
            item.answers.iter().any(|answered| **answered == *id)
        })
        .map(|concern| {
            let get = |key: &str| concern.get_from_path(key).cloned().unwrap_or_else(Value::none);
            Value::from(
                Fields::with(3).set("id", get("id")).set("says", get("says")).set("says_html", get("says_html")),
            )
        })
        .collect();
    Value::from(list)
}

/// The questions that belong to the message.
fn questions(maker: &Maker<'_, '_>, item: &Item) -> Value {
    let items = maker.site.toolkit.all_items();
    let belongs = |n: &usize| items[*n].for_checks().messages.contains(&item.id);
    let list: Vec<Value> =
        maker.shared.questions.iter().filter(|(n, _)| belongs(n)).map(|(_, question)| question.clone()).collect();
    Value::from(list)
}

fn points(maker: &mut Maker<'_, '_>, item: &Item) -> Value {
    let points: Vec<_> =
        items_of(maker, Kind::TalkingPoint).into_iter().filter(|at| at.item.messages.contains(&item.id)).collect();
    let mut list = Vec::with_capacity(points.len());
    for at in points {
        let (teller, mut place) = maker.place();
        list.push(things::point(at, &teller, &mut place).0);
    }
    Value::from(list)
}
