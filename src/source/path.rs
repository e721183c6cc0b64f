//! The name of a file inside the toolkit. It can't lead out of it.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A path relative to the toolkit, with `/` between its parts; no part is empty, `.` or `..`. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ToolkitPath(Arc<str>);

impl ToolkitPath {
    /// `path` as a toolkit path; `None` if it is absolute, empty, or has an empty, `.` or `..` part.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\0');
        path.split('/').all(plain).then(|| Self(path.into()))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path as it stands in places and findings; shares memory with this one.
    #[must_use]
    pub fn arc(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }

    /// The folder it is in, without a final `/`; empty at the root.
    #[must_use]
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// The last part: `safer.md`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The last part without its ending: `safer`.
    #[must_use]
    pub fn stem(&self) -> &str {
        match self.name().rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => self.name(),
        }
    }

    /// The ending without its dot, as typed: `md`; empty if there is none.
    #[must_use]
    pub fn extension(&self) -> &str {
        match self.name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension,
            _ => "",
        }
    }

    /// What is left of the path below `folder`; `None` if it is not in it.
    #[must_use]
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder.trim_end_matches('/'))?.strip_prefix('/')
    }

    /// Whether the path is below `folder`, however deep.
    #[must_use]
    pub fn starts_with(&self, folder: &str) -> bool {
        self.below(folder).is_some()
    }
}

impl fmt::Display for ToolkitPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for ToolkitPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for ToolkitPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_the_toolkit() {
        for bad in ["", "/", "/etc/passwd", "a/../b", "..", ".", "a//b", "a/", "./a", "a/.", "a\0b"] {
            assert_eq!(ToolkitPath::new(bad), None, "{bad:?}");
        }
        for good in ["toolkit.yaml", "content/a b.md", "content/…/x", "...", "a..b"] {
            assert!(ToolkitPath::new(good).is_some(), "{good:?}");
        }
    }

    #[test]
    fn parts_of_a_path() {
        for (path, parent, name, stem, extension) in [
            ("content/faqs/who.es.md", "content/faqs", "who.es.md", "who.es", "md"),
            ("toolkit.yaml", "", "toolkit.yaml", "toolkit", "yaml"),
            ("content/LICENSE", "content", "LICENSE", "LICENSE", ""),
            ("content/.gitignore", "content", ".gitignore", ".gitignore", ""),
        ] {
            let p = ToolkitPath::new(path).unwrap();
            assert_eq!((p.parent(), p.name(), p.stem(), p.extension()), (parent, name, stem, extension));
        }
    }

    #[test]
    fn a_folder_is_a_whole_part() {
        let p = ToolkitPath::new("content/files/a/b.png").unwrap();
        assert_eq!(p.below("content/files"), Some("a/b.png"));
        assert_eq!(p.below("content/files/"), Some("a/b.png"));
        assert!(p.starts_with("content"));
        assert!(!p.starts_with("content/fil"));
        assert!(!p.starts_with("content/files/a/b.png"));
    }
}
