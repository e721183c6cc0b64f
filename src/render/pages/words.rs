//! The words we use, and why. The public sees no word of level `stop` and no slogan.

use tera::Value;

use crate::render::fields::{Fields, maybe, texts};
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
    let terms = shown.into_iter().map(|term| entry(maker, term));
    maker.set("terms", Value::from(terms.collect::<Vec<_>>()));
}

/// An entry with what only members read of it: whether it is a slogan, and what is different for an audience.
fn entry(maker: &Maker<'_, '_>, term: &Term) -> Value {
    let site = maker.site;
    let own = site.view.key().map(|key| {
        let entries = term.audiences.open(key).iter().filter_map(|(id, own)| {
            let audience = site.toolkit.audience(id)?;
            let fields = Fields::with(5)
                .set("name", &*audience.name)
                .set("level", maybe(own.level.map(Level::name)))
                .set("say", texts(own.say.iter().map(|text| &**text)))
                .set("note", maybe(own.note.as_deref()))
                .set("off", own.off);
            Some(Value::from(fields))
        });
        entries.collect::<Vec<_>>()
    });
    things::term(term).set("slogan", term.slogan).set("own", Value::from(own.unwrap_or_default())).into()
}

/// The words that an edition shows.
pub fn shown<'a>(toolkit: &'a Toolkit, view: &'a View) -> impl Iterator<Item = &'a Term> {
    toolkit.terms.iter().filter(|term| term.is_shown(view))
}
