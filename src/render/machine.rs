//! What machines read: the sitemap, `robots.txt`, and redirect pages.

use std::fmt::Write as _;

use super::page::Site;
use super::{data, feed, search};
use crate::plan::{PageKind, Redirect, address};
use crate::toolkit::edition::Edition;
use crate::toolkit::id::Reader;
use crate::voice::fragment::escape;

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
        if self.plan.page_of(PageKind::Search, Reader::GENERAL).is_some() {
            paths.push(search::FILE);
        }
        paths
    }

    /// Makes a machine file.
    #[must_use]
    pub fn machine(&self, path: &'static str) -> Machine {
        let bytes = match path {
            "robots.txt" => self.robots().into_bytes(),
            "toolkit.json" => data::json(self),
            search::FILE => self.found().0.clone(),
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
