//! The manifest: which files of an output are ours, and their fingerprints. It proves that the folder is ours, and
//! nothing that it does not list is ever deleted.
//!
//! ```text
//! onevoice manifest 1: public
//! 1f2e3d4c5b6a79880123456789abcdef assets/style.css
//! 0123456789abcdef1f2e3d4c5b6a7988 index.html
//! ```
//! A site with drafts says so in the first line (`onevoice manifest 1: public with drafts`). The paths are in the order
//! of their bytes, so that the same site has the same manifest anywhere.

use std::fmt::{self, Write as _};

use super::path;

const FORMAT: &str = "onevoice manifest 1: ";
const ANY_FORMAT: &str = "onevoice manifest ";
const DRAFTS: &str = " with drafts";

/// What tells the bytes of one file from those of every other: the first 16 bytes of their BLAKE3 hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 16]);

impl Fingerprint {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::from(blake3::hash(bytes))
    }

    fn parse(hex: &str) -> Option<Self> {
        let mut fingerprint = [0; 16];
        if hex.len() != 32 || !hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        for (byte, digits) in fingerprint.iter_mut().zip(hex.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self(fingerprint))
    }
}

impl From<blake3::Hash> for Fingerprint {
    fn from(hash: blake3::Hash) -> Self {
        Self(std::array::from_fn(|at| hash.as_bytes().get(at).copied().unwrap_or_default()))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Which site an output holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holds {
    /// The edition: `public` or `partners`.
    pub edition: String,
    /// Whether drafts are in it.
    pub drafts: bool,
}

impl Holds {
    /// Reads the first line of a manifest.
    pub(super) fn parse(line: &str) -> Result<Self, Unreadable> {
        let Some(rest) = line.strip_prefix(FORMAT) else {
            return Err(if line.starts_with(ANY_FORMAT) { Unreadable::Newer } else { Unreadable::Damaged { line: 1 } });
        };
        let (edition, drafts) = rest.strip_suffix(DRAFTS).map_or((rest, false), |edition| (edition, true));
        if edition.is_empty() || !edition.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
            return Err(Unreadable::Damaged { line: 1 });
        }
        Ok(Self { edition: edition.to_owned(), drafts })
    }
}

/// Why a manifest proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A newer onevoice wrote it.
    Newer,
    /// Something else than onevoice wrote it or cut it short.
    Damaged {
        /// The first line that is wrong, from 1.
        line: usize,
    },
}

/// A manifest, read or about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Which site it is.
    pub holds: Holds,
    /// In the order of the paths' bytes.
    pub files: Vec<(Box<str>, Fingerprint)>,
}

impl Manifest {
    /// Reads a manifest; each path in it is one that a site may have.
    ///
    /// # Errors
    /// It is of a newer version or not whole.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let (first, rest) = text.split_once('\n').ok_or(Unreadable::Damaged { line: 1 })?;
        let holds = Holds::parse(first)?;
        let mut files: Vec<(Box<str>, Fingerprint)> = Vec::with_capacity(rest.len() / 64);
        for (at, line) in rest.split_inclusive('\n').enumerate() {
            let file = line.strip_suffix('\n').and_then(|line| line.split_once(' ')).and_then(|(hex, path)| {
                let sorted = files.last().is_none_or(|(last, _)| **last < *path);
                (sorted && path::trouble(path).is_none()).then_some((Box::from(path), Fingerprint::parse(hex)?))
            });
            files.push(file.ok_or(Unreadable::Damaged { line: at + 2 })?);
        }
        Ok(Self { holds, files })
    }

    /// The text to write.
    #[must_use]
    pub fn text(&self) -> String {
        let length: usize = self.files.iter().map(|(path, _)| path.len() + 34).sum();
        let mut text = String::with_capacity(length + 80);
        text.push_str(FORMAT);
        text.push_str(&self.holds.edition);
        text.push_str(if self.holds.drafts { DRAFTS } else { "" });
        text.push('\n');
        for (path, fingerprint) in &self.files {
            // writing to a String does not fail
            let _ = writeln!(text, "{fingerprint} {path}");
        }
        text
    }

    /// Whether it lists this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.binary_search_by(|(ours, _)| (**ours).cmp(path)).is_ok()
    }

    /// The folders above the files, each after the one it lies in.
    pub(super) fn folders(&self) -> Vec<&str> {
        let mut folders: Vec<&str> = Vec::new();
        let mut last = None;
        for folder in self.files.iter().filter_map(|(path, _)| path::folder(path)) {
            if last != Some(folder) {
                folders.push(folder);
                folders.extend(path::folders_above(folder));
                last = Some(folder);
            }
        }
        folders.sort_unstable();
        folders.dedup();
        folders
    }

    /// The files of both, with the fingerprints of `self` where both have one: what is ours while one site is being
    /// turned into the other file by file.
    pub(super) fn with(&self, other: &Self) -> Self {
        let mut files = self.files.clone();
        files.extend(other.files.iter().filter(|(path, _)| !self.has(path)).cloned());
        files.sort_unstable();
        Self { holds: self.holds.clone(), files }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(drafts: bool, paths: &[&str]) -> Manifest {
        let files = paths.iter().map(|path| (Box::from(*path), Fingerprint::of(path.as_bytes()))).collect();
        Manifest { holds: Holds { edition: "public".into(), drafts }, files }
    }

    #[test]
    fn what_is_written_can_be_read() {
        for drafts in [false, true] {
            let manifest = manifest(drafts, &["a b/ü.html", "assets/x.css", "index.html"]);
            assert_eq!(Manifest::parse(&manifest.text()), Ok(manifest));
        }
    }

    #[test]
    fn a_manifest_that_is_not_whole_proves_nothing() {
        let text = manifest(false, &["a", "b"]).text();
        assert_eq!(Manifest::parse(&text[..text.len() - 1]), Err(Unreadable::Damaged { line: 3 }));
        assert_eq!(Manifest::parse(""), Err(Unreadable::Damaged { line: 1 }));
        assert_eq!(Manifest::parse(&text.replace("manifest 1", "manifest 2")), Err(Unreadable::Newer));
        for (wrong, line) in [("../a", 2), ("/etc/passwd", 2), ("", 2), (".onevoice-manifest", 2), ("c", 3)] {
            let text = text.replace(" a\n", &format!(" {wrong}\n"));
            assert_eq!(Manifest::parse(&text), Err(Unreadable::Damaged { line }), "{wrong}");
        }
    }

    #[test]
    fn folders_come_after_the_one_they_lie_in() {
        assert_eq!(manifest(false, &["a/b/c", "a/b/d/e", "f", "g/h"]).folders(), ["a", "a/b", "a/b/d", "g"]);
    }
}
