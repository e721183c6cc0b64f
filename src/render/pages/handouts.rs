//! What can be printed, by reader.

use tera::Value;

use crate::render::fields::Fields;
use crate::render::page::Maker;
use crate::render::prints;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("handouts"));
    let readers = prints::values(maker.site);
    for print in &maker.site.prints().handouts {
        maker.print(&print.title);
    }
    // the contents of a long page, as free pages have them
    let entry = |reader: &Value| {
        let text = |key: &'static str| reader.get_from_path(key).cloned().unwrap_or_else(Value::none);
        Value::from(Fields::with(2).set("id", text("id")).set("title", text("name")))
    };
    let outline: Vec<Value> = readers.as_array().unwrap_or_default().iter().map(entry).collect();
    maker.set("outline", Value::from(outline));
    maker.set("readers", readers);
    maker.set("makes_pdf", maker.site.prints().makes_pdf);
}
