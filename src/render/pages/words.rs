//! The words we use, and why. The public sees no word of level `stop` and no slogan.

use tera::Value;

use crate::render::page::Maker;
use crate::render::things;
use crate::toolkit::term::Level;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("words"));
    let toolkit = maker.site.toolkit;
    let all = maker.site.view.key().is_some();
    let shown: Vec<_> =
        toolkit.terms.iter().filter(|term| all || (term.level != Level::Stop && !term.slogan)).collect();
    for term in &shown {
        maker.print(&term.why);
    }
    maker.set("terms", Value::from(shown.into_iter().map(things::term).collect::<Vec<_>>()));
}
