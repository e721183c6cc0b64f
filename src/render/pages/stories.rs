//! The list of stories.

use tera::Value;

use crate::render::fields::{Fields, maybe, maybe_html};
use crate::render::page::{Maker, items_of};
use crate::render::things::Numbered;
use crate::toolkit::id::Kind;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("stories"));
    let items = items_of(maker, Kind::Story);
    let stories: Vec<Value> = items.into_iter().map(|at| story(maker, at)).collect();
    maker.set("stories", Value::from(stories));
}

/// A story in a list.
pub(super) fn story(maker: &mut Maker<'_, '_>, at: Numbered<'_>) -> Value {
    let told = &maker.site.voice.items[at.n];
    let teller = maker.teller;
    let text = |key: &str| told.text(key, teller.reader);
    let number = u32::try_from(at.n).unwrap_or(u32::MAX);
    let address = teller.links.item(number, teller.reader).unwrap_or_default();
    let title = text("title").map(|phrase| teller.bare(phrase)).unwrap_or_default();
    maker.print(&title);
    Fields::with(7)
        .set("id", &*at.item.id)
        .set("title", text("title").map(|phrase| teller.plain(phrase)).unwrap_or_default())
        .html("title_html", &title)
        .set("summary", maybe(text("summary").map(|phrase| teller.plain(phrase)).as_deref()))
        .set("summary_html", maybe_html(text("summary").map(|phrase| teller.bare(phrase)).as_deref()))
        .set("path", teller.path(&address))
        .set("person", super::story::person(at.item))
        .into()
}
