//! The members by type. Partners also see the types of the field that nobody stands for yet.

use tera::Value;

use crate::render::fields::{Fields, maybe, maybe_html};
use crate::render::page::Maker;
use crate::render::things::link;
use crate::toolkit::partner::{Partner, PartnerType};
use crate::voice::ToldPartner;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("partners"));
    let gaps = maker.site.view.key().is_some();
    let (mut groups, mut nobody) = (Vec::new(), Vec::new());
    for (n, (kind, name)) in PartnerType::ALL.into_iter().enumerate() {
        let members = members(maker, kind);
        if members.is_empty() && !(gaps && n < PartnerType::OF_THE_FIELD) {
            continue;
        }
        let word = format!("type_{}", name.replace('-', "_"));
        let text = maker.site.theme.words.get(&word).to_owned();
        if members.is_empty() {
            nobody.push(link(&text, &format!("{name}_")));
        }
        let group = Fields::with(3).set("type", name).set("type_text", text).set("members", Value::from(members));
        groups.push(Value::from(group));
    }
    maker.set("groups", Value::from(groups));
    maker.set("nobody", Value::from(nobody));
}

fn members(maker: &mut Maker<'_, '_>, kind: PartnerType) -> Vec<Value> {
    let site = maker.site;
    let all = site.toolkit.partners.iter().zip(&site.voice.partners);
    all.filter(|(partner, _)| partner.kind == kind).map(|(partner, told)| member(maker, partner, told)).collect()
}

fn member(maker: &mut Maker<'_, '_>, partner: &Partner, told: &ToldPartner) -> Value {
    maker.print(&partner.name);
    let does = told.does.as_ref().map(|phrase| maker.phrase(phrase));
    let says = told.says.as_ref().map(|phrase| maker.phrase(phrase));
    let logo = partner.logo.as_ref().and_then(|logo| crate::plan::published(maker.site.toolkit, logo));
    let logo = logo.map(|logo| maker.teller.path(&format!("files/{logo}")));
    let plain = |text: &Option<(String, String)>| maybe(text.as_ref().map(|(plain, _)| plain.as_str()));
    let html = |text: &Option<(String, String)>| maybe_html(text.as_ref().map(|(_, html)| html.as_str()));
    Fields::with(10)
        .set("id", &*partner.id)
        .set("name", &*partner.name)
        .set("since", maybe(partner.since.as_ref().map(|since| &*since.0)))
        .set("does", plain(&does))
        .set("does_html", html(&does))
        .set("says", plain(&says))
        .set("says_html", html(&says))
        .set("approved", partner.approved_on.is_some())
        .set("logo", maybe(logo.as_deref()))
        .set("logo_alt", partner.logo_alt.as_deref().unwrap_or_default())
        .into()
}
