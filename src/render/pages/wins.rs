//! All wins, the latest first.

use tera::Value;

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
    maker.set("wins", Value::from(wins));
}
