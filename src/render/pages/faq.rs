//! The questions of a reader, each with its answer.

use tera::Value;

use crate::render::page::{Maker, items_of};
use crate::render::things;
use crate::toolkit::id::Kind;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("questions"));
    let questions = answered(maker, Kind::Faq, |_| true);
    maker.set("questions", questions);
}

/// Questions with their whole answers.
pub(super) fn answered(
    maker: &mut Maker<'_, '_>,
    kind: Kind,
    wanted: impl Fn(&crate::toolkit::item::Item) -> bool,
) -> Value {
    let items: Vec<_> = items_of(maker, kind).into_iter().filter(|at| wanted(at.item)).collect();
    let mut list = Vec::with_capacity(items.len());
    for at in items {
        let (teller, mut place) = maker.place();
        let question = things::question(at, &teller, Some(&mut place));
        for key in ["question_html", "html"] {
            let html = question.get_from_path(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            maker.print(&html);
        }
        list.push(question);
    }
    Value::from(list)
}
