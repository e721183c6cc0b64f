//! The words we use, and why. The public sees no word of level `stop` and no slogan.

use tera::Value;

use crate::render::page::Maker;
use crate::render::things;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::View;
use crate::toolkit::term::{Level, Term};

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("words"));
    let shown: Vec<_> = shown(maker.site.toolkit, maker.site.view).collect();
    for term in &shown {
        maker.print(&term.why);
    }
    maker.set("terms", Value::from(shown.into_iter().map(things::term).collect::<Vec<_>>()));
}

/// The words that an edition shows.
pub fn shown<'a>(toolkit: &'a Toolkit, view: &View) -> impl Iterator<Item = &'a Term> {
    let all = view.key().is_some();
    toolkit.terms.iter().filter(move |term| all || (term.level != Level::Stop && !term.slogan))
}
