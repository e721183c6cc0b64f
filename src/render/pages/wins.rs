//! All wins, the latest first.

use tera::Value;

use crate::render::fields::Fields;
use crate::render::page::{Maker, items_of};
use crate::render::things;
use crate::toolkit::id::Kind;
use crate::toolkit::item::Own;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("wins"));
    let mut items = items_of(maker, Kind::Win);
    items.sort_by_key(|at| match &at.item.own {
        Own::Win(win) => std::cmp::Reverse(win.date),
        _ => std::cmp::Reverse(maker.site.view.today),
    });
    let mut wins = Vec::with_capacity(items.len());
    for at in items {
        let (teller, mut place) = maker.place();
        let Some(win) = things::win(at, &teller, &mut place) else { continue };
        for key in ["title_html", "html"] {
            let html = win.get_from_path(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            maker.print(&html);
        }
        wins.push(win);
    }
    maker.set("kinds", kinds(&wins));
    maker.set("wins", Value::from(wins));
}

/// The kinds of these wins, in their own order, with how many there are of each.
fn kinds(wins: &[Value]) -> Value {
    let text =
        |win: &Value, key: &str| win.get_from_path(key).and_then(Value::as_str).map(str::to_owned).unwrap_or_default();
    let mut kinds: Vec<(String, String, usize)> = Vec::new();
    for win in wins {
        let kind = text(win, "kind");
        match kinds.iter_mut().find(|(known, ..)| *known == kind) {
            Some((.., count)) => *count += 1,
            None => kinds.push((kind, text(win, "kind_text"), 1)),
        }
    }
    let fields = kinds.into_iter().map(|(kind, text, count)| {
        Value::from(Fields::with(3).set("kind", kind).set("kind_text", text).set("count", count))
    });
    Value::from(fields.collect::<Vec<_>>())
}
