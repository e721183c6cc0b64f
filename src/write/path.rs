//! The paths of a site's files: what one may look like, and the folders that a list of them needs.

use std::collections::BTreeMap;

use super::error::{PathTrouble, WriteError};
use super::{BOTH, MANIFEST, MARKER, WORKING_FOLDER};

/// Longest path in bytes. Linux takes 4,095.
const LONGEST: usize = 4000;

/// The trouble with a path, if any: it has to stay inside the site, and in one line of the manifest.
pub(super) fn trouble(path: &str) -> Option<PathTrouble> {
    let safe = path.len() <= LONGEST
        && !path.chars().any(char::is_control)
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if !safe {
        return Some(PathTrouble::Unsafe);
    }
    let first = path.split('/').next().unwrap_or_default();
    matches!(first, MANIFEST | BOTH | MARKER | WORKING_FOLDER).then_some(PathTrouble::Reserved)
}

/// Whether a site may have just these files.
///
/// # Errors
/// A path that no site may have, and one that two files share.
pub fn check_paths<'a>(paths: impl IntoIterator<Item = &'a str>) -> Result<(), WriteError> {
    Table::new(paths).map(drop)
}

/// The path of the folder that `path` lies in; `None` at the top.
pub(super) fn folder(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

/// The folders above a path, the nearest first.
pub(super) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(folder(path), |path| folder(path))
}

/// Every file of the new site and the folders they need, known before the first byte is written.
#[derive(Debug)]
pub(super) struct Table {
    /// In the order of their bytes.
    files: Vec<Announced>,
    /// In the order of their bytes, so each after the one it lies in.
    folders: Vec<Box<str>>,
    /// Those of `folders` that more than one file needs.
    shared: Vec<Box<str>>,
}

/// A file of the new site.
#[derive(Debug)]
pub(super) struct Announced {
    pub(super) path: Box<str>,
    /// It is the only thing in its folder and makes that folder too, so that pages make theirs in parallel.
    pub(super) makes_folder: bool,
}

impl Table {
    /// Takes the paths in any order.
    pub(super) fn new<'a>(paths: impl IntoIterator<Item = &'a str>) -> Result<Self, WriteError> {
        let mut files: Vec<Box<str>> = paths.into_iter().map(Box::from).collect();
        if let Some((path, trouble)) = files.iter().find_map(|path| Some((path, trouble(path)?))) {
            return Err(WriteError::path(path, trouble));
        }
        files.sort_unstable();
        if let Some([path, _]) = files.array_windows().find(|[one, next]| one == next) {
            return Err(WriteError::path(path, PathTrouble::Twice));
        }
        let things = things(&files);
        if let Some(path) = things.keys().find(|path| files.binary_search_by(|file| (**file).cmp(path)).is_ok()) {
            return Err(WriteError::path(path, PathTrouble::Twice));
        }
        let alone = |path| folder(path).and_then(|folder| things.get(folder)).is_some_and(Things::is_one_file);
        let folders = things.keys().map(|path| Box::from(*path)).collect();
        let shared =
            things.iter().filter(|(_, things)| !things.is_one_file()).map(|(path, _)| Box::from(*path)).collect();
        let makes: Vec<bool> = files.iter().map(|path| alone(path)).collect();
        let files = files.into_iter().zip(makes).map(|(path, makes_folder)| Announced { path, makes_folder }).collect();
        Ok(Self { files, folders, shared })
    }

    /// All files, in the order of their bytes.
    pub(super) fn files(&self) -> &[Announced] {
        &self.files
    }

    /// All folders, each after the one it lies in.
    pub(super) fn folders(&self) -> &[Box<str>] {
        &self.folders
    }

    /// The folders that are made before any file, each after the one it lies in.
    pub(super) fn shared_folders(&self) -> &[Box<str>] {
        &self.shared
    }

    /// Where `path` stands among the files.
    pub(super) fn position(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()
    }

    /// Whether something that is no file of ours would get into the way of the new site.
    pub(super) fn collides(&self, path: &[u8], is_folder: bool) -> bool {
        let Ok(path) = str::from_utf8(path) else { return false };
        self.position(path).is_some()
            || (!is_folder && self.folders.binary_search_by(|folder| (**folder).cmp(path)).is_ok())
            || folders_above(path).any(|above| self.position(above).is_some())
    }
}

/// What lies directly in a folder.
#[derive(Default)]
struct Things {
    files: usize,
    folders: usize,
}

impl Things {
    fn is_one_file(&self) -> bool {
        (self.files, self.folders) == (1, 0)
    }
}

/// Every folder above these files, with how much lies in it.
fn things(files: &[Box<str>]) -> BTreeMap<&str, Things> {
    let mut things = BTreeMap::<&str, Things>::new();
    for file in files {
        let mut is_new = folder(file).is_some_and(|folder| !things.contains_key(folder));
        if let Some(folder) = folder(file) {
            things.entry(folder).or_default().files += 1;
        }
        for above in folders_above(file).skip(1) {
            if !is_new {
                break;
            }
            is_new = !things.contains_key(above);
            things.entry(above).or_default().folders += 1;
        }
    }
    things
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside_the_site() {
        for path in ["", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a\0b", "a\nb", "a/\t/b"] {
            assert_eq!(trouble(path), Some(PathTrouble::Unsafe), "{path:?}");
        }
        assert_eq!(trouble(&"a/".repeat(2000)[..3999]), None);
        assert_eq!(trouble(&"a".repeat(4001)), Some(PathTrouble::Unsafe));
        for path in [MANIFEST, BOTH, MARKER, WORKING_FOLDER, ".onevoice-new/a"] {
            assert_eq!(trouble(path), Some(PathTrouble::Reserved), "{path:?}");
        }
        for path in ["index.html", "a b/ü.pdf", "..a/b..", ".nojekyll", "a/.onevoice-manifest", "a\\b"] {
            assert_eq!(trouble(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_page_that_is_alone_makes_its_own_folder() {
        let table =
            Table::new(["index.html", "a/b/index.html", "a/c/index.html", "d/x.css", "d/e/y.css", "f/z"]).unwrap();
        let makes: Vec<_> = table.files().iter().filter(|file| file.makes_folder).map(|file| &*file.path).collect();
        assert_eq!(makes, ["a/b/index.html", "a/c/index.html", "d/e/y.css", "f/z"]);
        assert_eq!(table.shared_folders(), ["a", "d"].map(Box::from));
        assert_eq!(table.folders(), ["a", "a/b", "a/c", "d", "d/e", "f"].map(Box::from));
    }

    #[test]
    fn no_two_things_share_a_path() {
        for paths in [vec!["a", "a"], vec!["a", "a/b"], vec!["a/b/c", "a/b"]] {
            assert!(matches!(Table::new(paths), Err(WriteError::Path { trouble: PathTrouble::Twice, .. })));
        }
        let table = Table::new(["a/b", "c"]).unwrap();
        for (path, is_folder, expected) in
            [("a", true, false), ("a", false, true), ("a/b", true, true), ("c/d", false, true), ("d", false, false)]
        {
            assert_eq!(table.collides(path.as_bytes(), is_folder), expected, "{path}");
        }
    }
}
