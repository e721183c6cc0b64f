//! A free page, with the outline of its text.

use tera::Value;

use crate::render::fields::Fields;
use crate::render::page::Maker;
use crate::render::things::link;
use crate::toolkit::id::Reader;
use crate::toolkit::item::Own;
use crate::voice::Heading;

/// Sets a free page's values.
pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let Some((item, told)) = maker.item() else { return };
    maker.body(told);
    let menu = matches!(&item.own, Own::Page(page) if page.menu);
    maker.set("menu", menu);
    let trail = trail(maker);
    maker.set("trail", trail);
}

/// Home, the audience, and the free pages whose folder this one is in.
fn trail(maker: &Maker<'_, '_>) -> Value {
    let mut trail: Vec<Value> = maker.shared.trail.as_array().unwrap_or_default().to_vec();
    let Some((item, _)) = maker.item() else { return Value::from(trail) };
    for (at, _) in item.id.match_indices('/') {
        let toolkit = maker.site.toolkit;
        let Some(n) = toolkit.item_index(crate::toolkit::id::Kind::Page, &item.id[..at]) else { continue };
        let Ok(above) = toolkit.all_items()[n].for_view(maker.site.view) else { continue };
        let reader = if above.readers.has(maker.page.reader) { maker.page.reader } else { Reader::GENERAL };
        let number = u32::try_from(n).unwrap_or(u32::MAX);
        let title = maker.site.voice.items[n].text("title", reader);
        if let (Some(title), Some(page)) = (title, maker.site.plan.page_for(number, reader)) {
            trail.push(link(&maker.teller.plain(title), &maker.teller.path(&page.address)));
        }
    }
    Value::from(trail)
}

/// Headings as a list in a list: those of a lower level are children of the last one above them.
#[must_use]
pub fn nested(headings: &[(&Heading, String)]) -> Value {
    fn take(headings: &[(&Heading, String)], at: &mut usize, above: u8) -> Vec<Value> {
        let mut list = Vec::new();
        while let Some((heading, id)) = headings.get(*at).filter(|(heading, _)| heading.level > above) {
            *at += 1;
            let children = take(headings, at, heading.level);
            let entry = Fields::with(4)
                .set("id", id.as_str())
                .set("title", &*heading.title)
                .set("level", heading.level)
                .set("children", Value::from(children));
            list.push(Value::from(entry));
        }
        list
    }
    Value::from(take(headings, &mut 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_headings_are_children_of_the_one_above() {
        let make = |level| Heading { level, typed: level, base: Box::default(), title: Box::default(), span: (0, 0) };
        let (two, three) = (make(2), make(3));
        let headings =
            [(&two, "a".to_owned()), (&three, "b".to_owned()), (&three, "c".to_owned()), (&two, "d".to_owned())];
        let list = nested(&headings);
        let list = list.as_array().unwrap();
        assert_eq!(list.len(), 2);
        assert_eq!(list[0].get_from_path("children").unwrap().len(), Some(2));
    }
}
