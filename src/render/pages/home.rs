//! The site's home: the core message, the doors to the audiences, the latest win.

use tera::Value;

use crate::render::page::{Maker, items_of};
use crate::render::things;
use crate::toolkit::id::Kind;
use crate::toolkit::item::Own;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let settings = &maker.site.toolkit.settings;
    maker.own_title(&settings.title);
    if let Some(description) = &settings.description {
        maker.set("summary", &**description);
        maker.print(description);
    }
    maker.set("trail", Vec::<Value>::new());
    let messages = maker.shared.messages.clone();
    let first = messages.as_array().and_then(<[Value]>::first).cloned();
    for message in messages.as_array().unwrap_or_default() {
        for key in ["title_html", "claim_html"] {
            let html = message.get_from_path(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            maker.print(&html);
        }
    }
    maker.set("message", first.unwrap_or_else(Value::none));
    maker.set("messages", messages);
    maker.set("doors", maker.site.doors());
    let latest = items_of(maker, Kind::Win).into_iter().max_by_key(|at| match &at.item.own {
        Own::Win(win) => (win.date, std::cmp::Reverse(at.n)),
        _ => (maker.site.view.today, std::cmp::Reverse(at.n)),
    });
    let (teller, mut place) = maker.place();
    let win = latest.and_then(|at| things::win(at, &teller, &mut place)).unwrap_or_else(Value::none);
    maker.set("win", win);
}
