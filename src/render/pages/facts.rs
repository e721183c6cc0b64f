//! The facts that this edition's texts use, with their sources.

use tera::Value;

use crate::render::fields::{Fields, texts};
use crate::render::page::Maker;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("facts"));
    let toolkit = maker.site.toolkit;
    let used = maker.site.plan.used.facts.iter().map(|n| &toolkit.facts[*n as usize]);
    let facts: Vec<_> = used.collect();
    for fact in &facts {
        maker.print(&fact.plain);
        maker.print(fact.caveat.as_deref().unwrap_or_default());
    }
    let values = maker.facts(facts.iter().map(|fact| &*fact.id));
    maker.set("facts", values);
    let held_back = maker.site.view.key().map(|key| {
        let held = toolkit.held_back.open(key).iter();
        let values = held.map(|held| Value::from(Fields::with(2).set("figure", &*held.figure).set("why", &*held.why)));
        values.collect::<Vec<_>>()
    });
    maker.set("held_back", Value::from(held_back.unwrap_or_default()));
    let wordings = maker.site.view.key().map(|key| {
        let values = facts.iter().filter(|fact| !fact.avoid.open(key).is_empty()).map(|fact| {
            let avoid = texts(fact.avoid.open(key).iter().map(|text| &**text));
            Value::from(Fields::with(3).set("anchor", &*fact.id).set("label", &*fact.label).set("avoid", avoid))
        });
        values.collect::<Vec<_>>()
    });
    maker.set("wordings", Value::from(wordings.unwrap_or_default()));
}
