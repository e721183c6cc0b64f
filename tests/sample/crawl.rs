//! Every link of every page, as a host serves it at the root or in a folder, and as a disk holds it.

use std::collections::{BTreeMap, BTreeSet};

use crate::html::Page;
use crate::sample;
use crate::toolkit::Toolkit;

/// A built site with its pages read.
struct Crawl {
    files: BTreeSet<String>,
    pages: BTreeMap<String, Page>,
    /// Where it is served, `/` or `/a/b/`.
    base: &'static str,
    /// From a disk, where no address stands for an `index.html`.
    disk: bool,
    wrong: Vec<String>,
}

impl Crawl {
    fn of(toolkit: &Toolkit, output: &str, base: &'static str, disk: bool) -> Self {
        let site = toolkit.site(output);
        let files = site.iter().map(|(name, _)| name.clone()).collect();
        let pages = site
            .into_iter()
            .filter(|(name, _)| name.ends_with(".html"))
            .map(|(name, bytes)| (name, Page::read(&String::from_utf8(bytes).unwrap())))
            .collect();
        Self { files, pages, base, disk, wrong: Vec::new() }
    }

    /// The file that an address leads to from the page `from`, and the part after `#`.
    fn resolve(&self, from: &str, address: &str) -> Result<Option<(String, String)>, String> {
        if ["mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme)) {
            return Ok(None);
        }
        let address = match address.strip_prefix("https://example.org") {
            Some(own) if own.starts_with(self.base) => own,
            Some(_) => return Err("leads beside our own site".to_owned()),
            None if address.starts_with("https://") || address.starts_with("http://") => return Ok(None),
            None if address.split(['/', '#', '?']).next().unwrap().contains(':') => {
                return Err("an odd scheme".to_owned());
            }
            None => address,
        };
        let (address, anchor) = address.split_once('#').unwrap_or((address, ""));
        let path = address.split('?').next().unwrap();
        let whole = if path.starts_with("//") {
            return Err("leads to another host".to_owned());
        } else if path.is_empty() {
            format!("{}{from}", self.base)
        } else if path.starts_with('/') {
            path.to_owned()
        } else {
            let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{}{folder}/{path}", self.base).replace("//", "/")
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in whole.split('/').skip(1) {
            match part {
                ".." if parts.pop().is_none() => return Err("leads above the root".to_owned()),
                "." | ".." => {}
                part => parts.push(part),
            }
        }
        // `a/..` is a folder
        if whole.ends_with("/..") || whole.ends_with("/.") {
            parts.push("");
        }
        let resolved = format!("/{}", parts.join("/"));
        let file = resolved.strip_prefix(self.base).ok_or("leads out of the site")?.to_owned();
        let file = if file.is_empty() || file.ends_with('/') {
            if self.disk {
                return Err("a folder, and a disk shows its list".to_owned());
            }
            file + "index.html"
        } else {
            file
        };
        Ok(Some((percent(&file), percent(anchor))))
    }

    fn links(&mut self) {
        let mut wrong = Vec::new();
        for (name, page) in &self.pages {
            for address in page.addresses() {
                match self.resolve(name, address) {
                    Err(why) => wrong.push(format!("{name}: {address}: {why}")),
                    Ok(None) => {}
                    Ok(Some((file, _))) if !self.files.contains(&file) => {
                        wrong.push(format!("{name}: {address}: no {file}"));
                    }
                    Ok(Some((_, anchor))) if anchor.is_empty() => {}
                    Ok(Some((file, anchor))) => {
                        let found = self.pages.get(&file).is_some_and(|page| page.ids().any(|id| id == anchor));
                        if !found {
                            wrong.push(format!("{name}: {address}: no #{anchor}"));
                        }
                    }
                }
            }
        }
        self.wrong.append(&mut wrong);
    }

    /// What every page has, and what none has.
    fn form(&mut self) {
        let mut wrong = Vec::new();
        for (name, page) in &self.pages {
            let mut tell = |what: String| wrong.push(format!("{name}: {what}"));
            page.wrong.iter().for_each(|what| tell(what.clone()));
            let mut ids = BTreeSet::new();
            for id in page.ids() {
                if !ids.insert(id) || id.is_empty() || id.contains(char::is_whitespace) {
                    tell(format!("the id {id:?} twice, or none"));
                }
            }
            let redirect = page.named("meta").any(|tag| tag.get("http-equiv").is_some());
            if page.named("h1").count() != 1 && !redirect {
                tell(format!("{} first headings", page.named("h1").count()));
            }
            let titles: Vec<_> = page.named("title").map(|tag| tag.text.trim()).collect();
            if titles.len() != 1 || titles.contains(&"") {
                tell(format!("titles {titles:?}"));
            }
            if page.named("html").next().and_then(|tag| tag.get("lang")).is_none_or(str::is_empty) {
                tell("no language".to_owned());
            }
            for tag in &page.tags {
                let is_code = tag.name == "script" && tag.get("type") != Some("application/ld+json");
                if tag.name == "style" || (is_code && (tag.get("src").is_none() || !tag.text.trim().is_empty())) {
                    tell(format!("an inline {}", tag.name));
                }
                if tag.attributes.keys().any(|key| key == "style" || key.starts_with("on")) {
                    tell(format!("an inline style or handler on {}", tag.name));
                }
                if tag.name == "img" && tag.get("alt").is_none() {
                    tell("a picture without words".to_owned());
                }
                for key in ["aria-labelledby", "aria-describedby", "aria-controls", "for", "data-copy"] {
                    let missing = tag
                        .get(key)
                        .into_iter()
                        .flat_map(str::split_whitespace)
                        .find(|id| !page.ids().any(|own| own == *id));
                    if let Some(id) = missing {
                        tell(format!("{key} names {id}, which is not there"));
                    }
                }
            }
        }
        self.wrong.append(&mut wrong);
    }

    fn check(mut self, case: &str) {
        assert!(self.pages.len() > 100, "{case}");
        self.links();
        self.form();
        assert!(self.wrong.is_empty(), "{case}: {} wrong\n{}", self.wrong.len(), self.wrong.join("\n"));
    }
}

fn percent(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| text_of(after.get(..2))).flatten();
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap()
}

fn text_of(digits: Option<&[u8]>) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits?).ok()?, 16).ok()
}

/// The sample with old addresses, a file, and anchors of all kinds.
fn crawled() -> Toolkit {
    let toolkit = sample();
    toolkit.write("content/files/the plan.txt", "The plan.");
    toolkit.write("content/pages/about/index.md", "---\ntitle: About\n---\n[Up](../press.md), [down](team.md)\n");
    toolkit.write(
        "content/pages/about/team.md",
        "---\ntitle: Team\nslug: über-uns\naliases: [/team/, /old/deep/team/, /who.html]\n---\n\
         [The plan](<../../files/the plan.txt>), [more](../press.md), [here](#our-people)[^1], again[^1]\n\n\
         ## Our people\n\n[^1]: A note.\n",
    );
    toolkit
}

const EDITIONS: [(&str, &str); 2] = [("public", "public"), ("partners", "partners")];

#[test]
fn every_link_leads_somewhere_at_the_root_of_a_host() {
    let toolkit = crawled();
    for (edition, output) in EDITIONS {
        for minify in [&[][..], &["--minify"]] {
            toolkit.build(&[&["--edition", edition, "--base-url", "https://example.org/"], minify].concat());
            Crawl::of(&toolkit, output, "/", false).check(&format!("{edition} {minify:?}"));
        }
    }
}

#[test]
fn every_link_leads_somewhere_in_a_folder_of_a_host() {
    let toolkit = crawled();
    for (edition, output) in EDITIONS {
        toolkit.build(&["--edition", edition, "--base-url", "https://example.org/a/b/"]);
        Crawl::of(&toolkit, output, "/a/b/", false).check(edition);
    }
}

#[test]
fn a_page_that_is_not_there_leads_home_from_everywhere() {
    let toolkit = crawled();
    for (url, base) in
        [("https://example.org/", "/"), ("https://example.org/a/b/", "/a/b/"), ("https://example.org/a/b", "/a/b/")]
    {
        toolkit.build(&["--base-url", url]);
        let crawl = Crawl::of(&toolkit, "public", base, false);
        let page = &crawl.pages["404.html"];
        let mut count = 0;
        for address in page.addresses().filter(|address| !address.starts_with('#')) {
            let from = crawl.resolve("no/such/page/at/all.html", address);
            let Ok(target) = &from else { panic!("{url}: {address}: {from:?}") };
            let is_there = target.as_ref().is_none_or(|(file, _)| crawl.files.contains(file));
            assert!(is_there, "{url}: {address} leads to {target:?}");
            count += 1;
        }
        assert!(count > 10, "{url}: {count} links");
    }
}

#[test]
fn every_link_leads_somewhere_on_a_disk() {
    let toolkit = crawled();
    for (edition, output) in EDITIONS {
        toolkit.build(&["--edition", edition, "--offline", "--base-url", "https://example.org/a/b/"]);
        let mut crawl = Crawl::of(&toolkit, output, "/a/b/", true);
        // a host alone shows this one; and on a disk nobody asks for the address at which the site stands elsewhere
        crawl.pages.remove("404.html");
        for page in crawl.pages.values_mut() {
            page.tags.retain(|tag| tag.get("rel") != Some("canonical"));
        }
        crawl.check(edition);
    }
}

#[test]
fn old_addresses_lead_to_the_page() {
    let toolkit = crawled();
    for (options, disk) in [(&[][..], false), (&["--offline"], true)] {
        toolkit.build(&[&["--base-url", "https://example.org/a/b/"], options].concat());
        let crawl = Crawl::of(&toolkit, "public", "/a/b/", disk);
        for old in ["team/index.html", "old/deep/team/index.html", "who.html"] {
            let page = crawl.pages.get(old).unwrap_or_else(|| panic!("no {old}"));
            let refresh = page.named("meta").find(|tag| tag.get("http-equiv") == Some("refresh")).unwrap();
            let address = refresh.get("content").unwrap().split_once("url=").unwrap().1;
            let target = crawl.resolve(old, address).unwrap().unwrap().0;
            assert_eq!(target, "about/über-uns/index.html", "{old}");
            assert!(crawl.files.contains(&target));
            assert!(page.named("a").any(|tag| tag.get("href").is_some()), "{old}: nothing to click");
        }
    }
}

#[test]
fn machine_files_name_pages_that_are_there() {
    let toolkit = crawled();
    toolkit.build(&["--base-url", "https://example.org/a/b/"]);
    let crawl = Crawl::of(&toolkit, "public", "/a/b/", false);
    for file in ["sitemap.xml", "feed.xml", "robots.txt", "toolkit.json"] {
        let text = String::from_utf8(std::fs::read(toolkit.at("public").join(file)).unwrap()).unwrap();
        let addresses: Vec<&str> = text
            .split("https://example.org/a/b/")
            .skip(1)
            .map(|rest| rest.split(['"', '<', '\'', '\n', ' ', '#', '?']).next().unwrap())
            .collect();
        assert!(!addresses.is_empty(), "{file}");
        for address in addresses {
            let (found, _) =
                crawl.resolve("index.html", &format!("https://example.org/a/b/{address}")).unwrap().unwrap();
            assert!(crawl.files.contains(&found), "{file}: {address}");
        }
    }
    // every page is in the sitemap, but those that are none
    let sitemap = std::fs::read_to_string(toolkit.at("public/sitemap.xml")).unwrap();
    for (name, page) in &crawl.pages {
        if page.named("meta").any(|tag| tag.get("http-equiv").is_some()) {
            continue;
        }
        let canonical =
            page.named("link").find(|tag| tag.get("rel") == Some("canonical")).and_then(|tag| tag.get("href"));
        let listed = canonical.is_some_and(|address| sitemap.contains(&format!("<loc>{address}</loc>")));
        assert_eq!(listed, name != "404.html", "{name}: {canonical:?}");
    }
}
