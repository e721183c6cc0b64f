//! The sheet: points with their seconds, likely questions, the ask.

use tera::Value;

use crate::render::page::{Maker, items_of};
use crate::render::things;
use crate::toolkit::id::Kind;
use crate::toolkit::item::Own;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("talking_points"));
    let (points, seconds) = super::audience::points(maker, usize::MAX);
    maker.set("points", points);
    maker.set("seconds", seconds);
    let likely = likely(maker);
    maker.set("likely", likely);
    let shared = maker.shared;
    let ask = shared.audience.get_from_path("ask").and_then(|ask| ask.as_str());
    maker.print(ask.unwrap_or_default());
}

/// The questions that are asked often, each with its first paragraph.
fn likely(maker: &mut Maker<'_, '_>) -> Value {
    let items = items_of(maker, Kind::Faq);
    let mut list = Vec::new();
    for at in items.into_iter().filter(|at| matches!(&at.item.own, Own::Faq(faq) if faq.likely)) {
        let (teller, mut place) = maker.place();
        let question = things::question_in_short(at, &teller, &mut place);
        for key in ["question_html", "lead_html"] {
            let html = question.get_from_path(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            maker.print(&html);
        }
        list.push(question);
    }
    Value::from(list)
}
