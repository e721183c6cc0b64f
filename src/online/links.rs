//! The outside addresses of a toolkit, each with its place.

use std::sync::Arc;

use crate::finding::{At, KeyPath};
use crate::source::Source;
use crate::toolkit::Toolkit;
use crate::toolkit::item::Item;
use crate::voice::references::Target;
use crate::voice::{Link, Locator, Told, Voice};

/// A link that leads outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outside {
    /// As typed.
    pub(super) typed: Arc<str>,
    /// What is asked for: without the part after `#`, signs that no address may hold percent-encoded.
    pub(super) address: Arc<str>,
    /// Where it stands.
    pub(super) at: At,
    /// The item that it stands in.
    pub(super) item: Option<Arc<str>>,
}

/// All links to http and https addresses, in the order of the toolkit; the same place once.
pub(super) fn outside(source: &Source, toolkit: &Toolkit, voice: &Voice) -> Vec<Outside> {
    let mut found = Found(Vec::new());
    for (guarded, told) in toolkit.all_items().iter().zip(&voice.items) {
        found.item(guarded.for_checks(), told);
    }
    for (audience, told) in toolkit.audiences.iter().zip(&voice.audiences) {
        let concerns = told.concerns.iter().enumerate();
        let concerns = concerns.map(|(n, phrase)| (KeyPath::top("concerns").index(n).key("says"), phrase));
        let ask = told.ask.iter().map(|phrase| (KeyPath::top("ask"), phrase));
        let summary = told.summary.iter().map(|phrase| (KeyPath::top("summary"), phrase));
        for (key, phrase) in ask.chain(summary).chain(concerns) {
            found.links(phrase.links(), &Locator { file: Arc::clone(&audience.file), key: Some(key) }, None);
        }
    }
    for (partner, told) in toolkit.partners.iter().zip(&voice.partners) {
        for (key, phrase) in [("does", &told.does), ("says", &told.says)] {
            let Some(phrase) = phrase else { continue };
            let locator = Locator { file: Arc::clone(&partner.entry.file), key: Some(partner.entry.key(key)) };
            found.links(phrase.links(), &locator, None);
        }
    }
    for (n, entry) in toolkit.settings.menu.iter().flatten().enumerate() {
        let path = KeyPath::top("menu").index(n).key("to");
        found.add(&entry.to, At::value("toolkit.yaml".into(), path), None);
    }
    found.typed_in(source, toolkit);
    found.0
}

struct Found(Vec<Outside>);

impl Found {
    fn item(&mut self, item: &Item, told: &Told) {
        let name: Arc<str> = item.name().into();
        for (key, cases) in &told.texts {
            let typed = item.texts().find(|(name, _)| name == key).map(|(_, text)| text);
            for (readers, phrase) in cases {
                let path = KeyPath::top(key);
                let case = typed.and_then(|text| text.key_for(*readers));
                let path = case.map_or(path.clone(), |case| path.key(case));
                let locator = Locator { file: Arc::clone(&item.file), key: Some(path) };
                self.links(phrase.links(), &locator, Some(&name));
            }
        }
        let locator = Locator { file: Arc::clone(&item.file), key: None };
        for part in told.body.iter().flat_map(|version| &version.parts) {
            self.links(&part.links, &locator, Some(&name));
        }
    }

    fn links(&mut self, links: &[Link], locator: &Locator, item: Option<&Arc<str>>) {
        for link in links {
            if let Target::Outside(typed) = &link.target {
                self.add(typed, locator.at(link.span), item);
            }
        }
    }

    fn add(&mut self, typed: &str, at: At, item: Option<&Arc<str>>) {
        let Some(address) = address(typed) else { return };
        // a text that several audiences read is read once for each version of a page
        if self.0.iter().rev().any(|other| other.at == at) {
            return;
        }
        self.0.push(Outside { typed: typed.into(), address: address.into(), at, item: item.cloned() });
    }

    /// Addresses that are values and no links: those of sources and of fill-ins, found where they are typed.
    fn typed_in(&mut self, source: &Source, toolkit: &Toolkit) {
        let sources = [("content/facts", &toolkit.sources), ("content/terms", &toolkit.term_sources)];
        let urls = sources.into_iter().flat_map(|(place, sources)| {
            sources.0.iter().filter_map(move |(_, entry)| Some((place, entry.url.as_deref()?)))
        });
        let local = toolkit.local.iter().filter_map(|local| Some(("content/local.yaml", local.href()?)));
        let mut all: Vec<(&str, String)> = urls.map(|(place, url)| (place, url.to_owned())).chain(local).collect();
        all.dedup();
        for (place, url) in all {
            let files = source.files().filter(|file| file.path.arc().starts_with(place));
            for file in files {
                let Some(start) = file.text().and_then(|text| text.find(url.trim())) else { continue };
                self.add(&url, At::bytes(file.path.arc(), start, start + url.trim().len()), None);
            }
        }
    }
}

/// What is asked for of an address as typed; `None` where it is not one of the web.
pub(super) fn address(typed: &str) -> Option<String> {
    let typed = typed.trim().split('#').next().unwrap_or_default();
    let (scheme, rest) = typed.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(&*scheme, "http" | "https") {
        return None;
    }
    let mut address = format!("{scheme}://");
    for byte in rest.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') {
            address.push(char::from(byte));
        } else {
            address += &format!("%{byte:02X}");
        }
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn only_addresses_of_the_web_are_asked_for() {
        assert_eq!(address("HTTPS://example.org/a b?ö#part").as_deref(), Some("https://example.org/a%20b?%C3%B6"));
        assert_eq!(address("http://example.org").as_deref(), Some("http://example.org"));
        for other in ["mailto:a@example.org", "file:///etc/passwd", "tel:1", "//example.org", "/x", "ftp://a/"] {
            assert_eq!(address(other), None, "{other}");
        }
    }
}
