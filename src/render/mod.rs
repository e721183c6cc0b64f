//! From a plan to bytes: each page by its template, and the files that machines read.
//!
//! It knows the plan and what is left of it, and nothing of disks. A page is made when it is asked for, and kept by
//! nobody here. What all pages of a reader share is put together once, as [`Site`] is made.

mod accent;
mod data;
mod dates;
mod differences;
mod feed;
pub mod fields;
mod machine;
pub mod minify;
mod page;
mod pages;
mod parts;
pub mod picture;
mod prints;
mod search;
mod shared;
mod structured;
mod texts;
pub mod theme;
mod things;
mod trouble;

pub use machine::{Machine, redirect};
pub use page::Site;
pub use prints::{CardAt, Cards, Print, PrintFile, Prints};
pub use theme::Theme;

/// What the caller decides about addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The site's address, with a `/` at its end.
    pub base_url: Option<String>,
    /// Whether links end in `index.html`, to be opened from a disk.
    pub offline: bool,
}

impl Address {
    /// An address as typed, its end made a `/`.
    #[must_use]
    pub fn new(base_url: Option<&str>, offline: bool) -> Self {
        let base_url = base_url.map(str::trim).filter(|url| !url.is_empty());
        let base_url = base_url.map(|url| if url.ends_with('/') { url.to_owned() } else { format!("{url}/") });
        Self { base_url, offline }
    }

    /// Whether what was typed can be the address of a site: `https://example.org/toolkit/`.
    #[must_use]
    pub fn is_good(typed: &str) -> bool {
        let typed = typed.trim();
        let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
        let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
        let sign = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_' | ':' | '@' | '[' | ']');
        !typed.contains(char::is_whitespace)
            && host.is_some_and(|host| host.chars().all(sign) && host.contains(char::is_alphanumeric))
    }

    /// The path of the site's root on its host: `/` or `/a/b/`.
    #[must_use]
    pub fn root_path(&self) -> &str {
        self.base_url
            .as_deref()
            .and_then(|url| url.split_once("://"))
            .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]))
            .unwrap_or("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_path_of_the_sites_address() {
        assert_eq!(Address::new(Some("https://example.org/a/b"), false).root_path(), "/a/b/");
        assert_eq!(Address::new(Some("https://example.org"), false).root_path(), "/");
        assert_eq!(Address::new(None, false).root_path(), "/");
        assert_eq!(Address::new(Some("  "), true).base_url, None);
        for good in
            ["https://example.org", "http://localhost:8080/a/", "https://münster.example/x", " https://a.example/ "]
        {
            assert!(Address::is_good(good), "{good}");
        }
        for bad in [
            "",
            "www.example.org",
            "https://",
            "https://\u{2026}",
            "ftp://example.org",
            "https:///x",
            "https://a b.example",
        ] {
            assert!(!Address::is_good(bad), "{bad}");
        }
    }
}
