//! What exists where: addresses, each taken once, also when only case or Unicode form differ.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::finding::{AddressUse, At, Problem, Spot, What};

/// Who has an address.
#[derive(Clone, Debug)]
pub enum Owner {
    /// A page that every site has.
    Ours,
    /// An item, by its number in the toolkit.
    Item(u32),
    /// Anything else that has a name and a place: a profile, a file, an alias.
    Named(Box<(String, At)>),
}

/// All addresses of a site, from the root without the leading `/`; a folder's page ends in `/`, home is empty.
#[derive(Debug, Default)]
pub struct Addresses {
    /// By folded form; with the address itself where it is another.
    taken: HashMap<Box<str>, (Owner, Option<Box<str>>)>,
}

impl Addresses {
    /// Takes an address; tells if it is taken already. `item` gives an item's name, and where it takes its address.
    pub fn take(&mut self, address: &str, owner: Owner, item: impl Fn(u32) -> (String, At)) -> Option<Problem> {
        let key = folded(address);
        let Some((other, _)) = self.taken.get(&*key) else {
            let own = (*address.trim_end_matches('/') != *key).then(|| Box::from(address.trim_end_matches('/')));
            self.taken.insert(key.into(), (owner, own));
            return None;
        };
        let named = |owner: &Owner| match owner {
            Owner::Ours => None,
            Owner::Item(n) => Some(item(*n)),
            Owner::Named(named) => Some((**named).clone()),
        };
        let (by, at) = match (named(other), named(&owner)) {
            (Some((_, at)), Some((name, first))) if gives_way(&at) > gives_way(&first) => {
                (AddressUse::Item { first, name }, at)
            }
            (Some((name, first)), Some((_, at))) => (AddressUse::Item { first, name }, at),
            (None, Some((_, at))) | (Some((_, at)), None) => (AddressUse::Ours, at),
            (None, None) => return None,
        };
        Some(Problem::new(at, What::AddressTaken { address: format!("/{address}"), by }))
    }

    /// Whether something is there.
    #[must_use]
    pub fn has(&self, address: &str) -> bool {
        let address = address.strip_suffix("index.html").unwrap_or(address);
        let bare = address.trim_end_matches('/');
        let there = |(_, own): &(Owner, Option<Box<str>>), key: &str| own.as_deref().unwrap_or(key) == bare;
        self.taken.get_key_value(&*folded(address)).is_some_and(|(key, value)| there(value, key))
    }
}

/// Who has to give way: a profile's file name is everywhere in the toolkit, and whoever chose an address can choose another.
fn gives_way(at: &At) -> u8 {
    match at.spot {
        Spot::Name if at.file.starts_with("content/audiences/") => 0,
        Spot::Name => 1,
        _ => 2,
    }
}

/// The form under which two addresses are the same on some disk: lower case, composed, without the last slash.
fn folded(address: &str) -> String {
    let bare = address.trim_end_matches('/');
    if bare.is_ascii() { bare.to_ascii_lowercase() } else { bare.nfc().flat_map(char::to_lowercase).nfc().collect() }
}

/// A slug as published: lower case, composed; `None` where it has other signs than letters, marks, digits, hyphens.
#[must_use]
pub fn slug(typed: &str) -> Option<String> {
    let slug: String = typed.nfc().flat_map(char::to_lowercase).nfc().collect();
    let good = |c: char| c.is_alphanumeric() || c == '-' || unicode_normalization::char::is_combining_mark(c);
    let fits =
        !slug.is_empty() && slug.len() <= 200 && slug.chars().all(good) && slug.chars().any(char::is_alphanumeric);
    fits.then_some(slug)
}

/// The file of a redirect page: `old/path/index.html`, or the file that the alias names. `None` where it is no path.
#[must_use]
pub fn alias_file(typed: &str) -> Option<String> {
    let path = typed.trim().trim_start_matches('/');
    let folder = path.trim_end_matches('/');
    let good = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && part.len() <= 200
            && part.chars().all(|c| {
                c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || unicode_normalization::char::is_combining_mark(c)
            })
    };
    if folder.is_empty() || !folder.split('/').all(good) {
        return None;
    }
    let composed: String = folder.nfc().collect();
    let is_file = !path.ends_with('/') && (composed.ends_with(".html") || composed.ends_with(".htm"));
    Some(if is_file { composed } else { format!("{composed}/index.html") })
}

/// An address as it is written in a link: signs that mean something else are percent-encoded (RFC 3986).
pub fn encode(address: &str, out: &mut String) {
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b'#' | b'!' | b',' | b'+' | b'@')
        {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_once_whatever_its_case_or_form() {
        let owner = |name: &str| Owner::Named(Box::new((name.to_owned(), At::file(name.into()))));
        let item = |_| unreachable!("no item here");
        let mut addresses = Addresses::default();
        assert!(addresses.take("about/", owner("a"), item).is_none());
        assert!(addresses.take("About", owner("b"), item).is_some());
        assert!(addresses.take("caf\u{e9}/", owner("c"), item).is_none());
        assert!(addresses.take("cafe\u{301}/", owner("d"), item).is_some());
        assert!(addresses.has("about/index.html") && !addresses.has("About/"));
    }

    #[test]
    fn slugs_and_aliases_cannot_leave_the_site() {
        assert_eq!(slug("Éa-1").as_deref(), Some("éa-1"));
        for bad in ["a/b", "..", "a b", "", "-", "a.b", "a\\b", "a%2f"] {
            assert_eq!(slug(bad), None, "{bad}");
        }
        assert_eq!(alias_file("/old/page").as_deref(), Some("old/page/index.html"));
        assert_eq!(alias_file("old.html").as_deref(), Some("old.html"));
        for bad in ["/", "", "../x", "a//b", "a/../../b", "a\\b", "a?b", "http://x"] {
            assert_eq!(alias_file(bad), None, "{bad}");
        }
    }

    #[test]
    fn links_are_percent_encoded() {
        let mut out = String::new();
        encode("files/a b\"é.png#x", &mut out);
        assert_eq!(out, "files/a%20b%22%C3%A9.png#x");
    }
}
