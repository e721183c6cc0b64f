//! What machines read: `toolkit.json`, the sitemap, `robots.txt`, and redirect pages.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::feed;
use super::page::Site;
use super::texts::{Cites, Place};
use super::things::{Numbered, shown};
use crate::plan::{PageKind, Redirect, address};
use crate::toolkit::edition::Edition;
use crate::toolkit::id::{Kind, Reader};
use crate::toolkit::item::Own;
use crate::voice::Fingerprint;
use crate::voice::fragment::{escape, plain};

/// A machine file: its path from the root, and its bytes.
pub struct Machine {
    /// From the root.
    pub path: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Site<'_> {
    /// The paths of the machine files, in order.
    #[must_use]
    pub fn machine_paths(&self) -> Vec<&'static str> {
        let mut paths = vec![".nojekyll", "robots.txt", "toolkit.json"];
        if self.address.base_url.is_some() {
            paths.extend(["feed.xml", "sitemap.xml"]);
        }
        paths
    }

    /// Makes a machine file.
    #[must_use]
    pub fn machine(&self, path: &'static str) -> Machine {
        let bytes = match path {
            "robots.txt" => self.robots().into_bytes(),
            "toolkit.json" => self.data(),
            "feed.xml" => feed::atom(self).into_bytes(),
            "sitemap.xml" => self.sitemap().into_bytes(),
            _ => Vec::new(),
        };
        Machine { path, bytes }
    }

    /// Nothing of the partners edition is to be found by a search engine, should it ever be where one comes by.
    fn robots(&self) -> String {
        match (self.view.edition, &self.address.base_url) {
            (Edition::Partners, _) => "User-agent: *\nDisallow: /\n".to_owned(),
            (Edition::Public, Some(base)) => format!("User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"),
            (Edition::Public, None) => "User-agent: *\nAllow: /\n".to_owned(),
        }
    }

    /// Every page but the one for wrong addresses (sitemaps.org, protocol 0.9).
    fn sitemap(&self) -> String {
        let base = self.address.base_url.as_deref().unwrap_or("/");
        let mut out = String::with_capacity(self.plan.pages.len() * 96);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for page in self.plan.pages.iter().filter(|page| page.kind != PageKind::NotFound) {
            out.push_str("<url><loc>");
            escape(base, &mut out);
            address::encode(&page.address, &mut out);
            out.push_str("</loc>");
            let updated =
                page.item.and_then(|n| self.toolkit.all_items()[n as usize].for_view(self.view).ok()?.updated);
            if let Some(date) = updated {
                // writing to a text cannot fail
                let _ = write!(out, "<lastmod>{date}</lastmod>");
            }
            out.push_str("</url>\n");
        }
        out.push_str("</urlset>\n");
        out
    }

    /// Every message, question, point and fact as published, by reader.
    fn data(&self) -> Vec<u8> {
        let settings = &self.toolkit.settings;
        let readers: Vec<Json> = self
            .toolkit
            .everyone()
            .iter()
            .filter(|reader| *reader != Reader::GENERAL || settings.general)
            .map(|reader| self.reader_data(reader))
            .collect();
        let facts: Vec<Json> = self
            .plan
            .used
            .facts
            .iter()
            .map(|n| {
                let fact = &self.toolkit.facts[*n as usize];
                let source = self.toolkit.sources.get(&fact.source).map(|source| &*source.title);
                json!({
                    "id": &*fact.id, "label": &*fact.label, "value": &*fact.value.0, "unit": &*fact.unit,
                    "reads": &*fact.reads, "plain": &*fact.plain, "caveat": fact.caveat.as_deref(),
                    "source": source, "review_by": fact.review_by.0.to_string(),
                })
            })
            .collect();
        let data = json!({
            "schema": 1,
            "title": &*settings.title,
            "organization": settings.organization.as_deref(),
            "edition": self.view.edition.name(),
            "language": settings.language(),
            "base_url": self.address.base_url,
            "readers": readers,
            "facts": facts,
        });
        let mut bytes = serde_json::to_vec(&data).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    fn reader_data(&self, reader: Reader) -> Json {
        let list = |kind: Kind| -> Vec<Json> {
            shown(self.links(), kind, reader).map(|at| self.item_data(at, reader)).collect()
        };
        json!({
            "audience": self.toolkit.reader_name(reader),
            "name": self.toolkit.audience_of(reader).map(|audience| &*audience.name),
            "messages": list(Kind::Message),
            "questions": list(Kind::Faq),
            "points": list(Kind::TalkingPoint),
        })
    }

    fn item_data(&self, at: Numbered<'_>, reader: Reader) -> Json {
        let teller = self.teller(reader);
        let told = &self.voice.items[at.n];
        let mut cites = Cites::default();
        let mut place = Place { root: "", cites: &mut cites };
        let (body, _) = teller.body(told.body(reader), &mut place);
        let mut data = Map::new();
        let mut words = String::new();
        data.insert("id".into(), json!(&*at.item.id));
        let claim = matches!(at.item.own, Own::Message(_)).then_some("claim");
        let keys = [at.item.heading_key, "sound_bite", "thirty_seconds", "sixty_seconds"];
        for key in keys.into_iter().take(1).chain(claim).chain(keys.into_iter().skip(1)) {
            if let Some(phrase) = told.text(key, reader) {
                let text = teller.plain(phrase).into_owned();
                words.push_str(&text);
                words.push('\n');
                data.insert(key.into(), json!(text));
            }
        }
        let text = plain(&body);
        words.push_str(&text);
        data.insert("text".into(), json!(text));
        let number = u32::try_from(at.n).unwrap_or(u32::MAX);
        data.insert("address".into(), json!(self.links().item(number, reader).map(|address| format!("/{address}"))));
        data.insert("version".into(), json!(Fingerprint::of_words(&words).code()));
        Json::Object(data)
    }
}

/// A page that leads on to where an old address has gone. `root` is the way from it to the site's root.
#[must_use]
pub fn redirect(redirect: &Redirect, site: &Site<'_>) -> Vec<u8> {
    let depth = redirect.file.matches('/').count();
    let root = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
    let target = format!("{root}{}", site.teller(Reader::GENERAL).path(&redirect.to));
    let mut href = String::new();
    escape(&target, &mut href);
    let canonical = site.address.base_url.as_ref().map_or_else(String::new, |base| {
        let mut url = String::new();
        escape(base, &mut url);
        address::encode(redirect.to.split('#').next().unwrap_or_default(), &mut url);
        format!("<link rel=\"canonical\" href=\"{url}\">")
    });
    let (language, words) = (site.toolkit.settings.language(), &site.theme.words);
    let (mut title, mut lang) = (String::new(), String::new());
    escape(words.get("moved"), &mut title);
    escape(language, &mut lang);
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">{canonical}</head>\
         <body><main><h1>{title}</h1><p><a href=\"{href}\">{href}</a></p></main></body></html>\n"
    )
    .into_bytes()
}
