//! What can be printed, by reader.

use crate::render::page::Maker;
use crate::render::prints;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("handouts"));
    let readers = prints::values(maker.site);
    for print in &maker.site.prints().handouts {
        maker.print(&print.title);
    }
    maker.set("readers", readers);
    maker.set("makes_pdf", maker.site.prints().makes_pdf);
}
