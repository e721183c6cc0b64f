//! The feed of wins and new messages: Atom (RFC 4287).

use std::fmt::Write as _;

use super::page::Site;
use super::texts::{Cites, Place};
use super::things::{Numbered, shown};
use crate::language::Date;
use crate::toolkit::id::{Kind, Reader};
use crate::toolkit::item::Own;
use crate::voice::fragment::{escape, plain};

/// How many entries the feed has at most.
const MOST: usize = 50;

/// The feed, the newest entry first. Only what has a date is in it: wins, and messages with `updated`.
pub fn atom(site: &Site<'_>) -> String {
    let reader = Reader::GENERAL;
    let mut entries: Vec<(Date, Numbered<'_>)> = shown(site.links(), Kind::Win, reader)
        .chain(shown(site.links(), Kind::Message, reader))
        .filter_map(|at| {
            let date = match &at.item.own {
                Own::Win(win) => Some(win.date),
                _ => at.item.updated,
            };
            Some((date?, at))
        })
        .collect();
    entries.sort_by_key(|(date, at)| (std::cmp::Reverse(*date), at.n));
    entries.truncate(MOST);
    let base = site.address.base_url.as_deref().unwrap_or("/");
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    attribute(&mut out, "xml:lang", site.toolkit.settings.language());
    out.push_str(">\n");
    element(&mut out, "title", &site.toolkit.settings.title);
    element(&mut out, "id", base);
    link(&mut out, "self", &format!("{base}feed.xml"));
    link(&mut out, "alternate", base);
    let newest = entries.first().map_or(site.view.today, |(date, _)| *date);
    element(&mut out, "updated", &moment(newest));
    out.push_str("<author>");
    let settings = &site.toolkit.settings;
    element(&mut out, "name", settings.organization.as_deref().unwrap_or(&settings.title));
    out.push_str("</author>\n");
    for (date, at) in entries {
        entry(site, base, date, at, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(site: &Site<'_>, base: &str, date: Date, at: Numbered<'_>, out: &mut String) {
    let teller = site.teller(Reader::GENERAL);
    let told = &site.voice.items[at.n];
    let number = u32::try_from(at.n).unwrap_or(u32::MAX);
    let Some(address) = site.links().item(number, Reader::GENERAL) else { return };
    let mut url = base.to_owned();
    crate::plan::address::encode(&address, &mut url);
    out.push_str("<entry>");
    let title = told.text("title", Reader::GENERAL).map(|phrase| teller.plain(phrase)).unwrap_or_default();
    element(out, "title", &title);
    element(out, "id", &url);
    link(out, "alternate", &url);
    element(out, "updated", &moment(date));
    let summary =
        if let Some(phrase) = told.text("claim", Reader::GENERAL).or_else(|| told.text("summary", Reader::GENERAL)) {
            teller.plain(phrase).into_owned()
        } else {
            let mut cites = Cites::default();
            let mut place = Place { root: base, cites: &mut cites };
            plain(&teller.body(told.body(Reader::GENERAL), &mut place).0)
        };
    element(out, "summary", &summary);
    out.push_str("</entry>\n");
}

/// A day as the moment it begins, in UTC.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

fn element(out: &mut String, name: &str, text: &str) {
    // writing to a text cannot fail
    let _ = write!(out, "<{name}>");
    escape(text, out);
    let _ = write!(out, "</{name}>");
}

fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    escape(value, out);
    out.push('"');
}

fn link(out: &mut String, rel: &str, href: &str) {
    out.push_str("<link");
    attribute(out, "rel", rel);
    attribute(out, "href", href);
    out.push_str("/>");
}
