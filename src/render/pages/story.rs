//! A story.

use tera::Value;

use crate::render::page::Maker;
use crate::render::things::link;
use crate::toolkit::id::Reader;
use crate::toolkit::item::{Item, Own};
use crate::toolkit::story::Person;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let Some((item, told)) = maker.item() else { return };
    maker.body(told);
    maker.set("person", person(item));
    let mut trail: Vec<Value> = maker.shared.trail.as_array().unwrap_or_default().to_vec();
    if let Some(page) = maker.site.plan.page_of(crate::plan::PageKind::Stories, Reader::GENERAL) {
        trail.push(link(maker.word("stories"), &maker.teller.path(&page.address)));
    }
    maker.set("trail", Value::from(trail));
}

/// Whose story it is, as typed.
pub(super) fn person(item: &Item) -> &'static str {
    match &item.own {
        Own::Story(story) if story.person == Person::Real => "real",
        _ => "composite",
    }
}
