//! The questions of a reader, each with its answer.

use tera::Value;

use crate::render::page::{Maker, items_of};
use crate::render::things;
use crate::toolkit::id::Kind;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("questions"));
    let items = items_of(maker, Kind::Faq);
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
    maker.set("questions", Value::from(list));
}
