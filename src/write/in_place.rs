//! An output that can only be written file by file: a mount, or a folder whose parent is closed to us.
//!
//! Everything has been written to the working folder by then, so that a full disk is met before the first page changes.
//! Assets go first, then pages from the deepest, then what links to them, the first page last; what is retired is
//! deleted after that. A killed run leaves a mix, which the next build mends.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use rustix::fs::{AtFlags, Mode, OFlags, mkdirat, openat, renameat, unlinkat};
use rustix::io::Errno;

use super::error::{Doing, WriteError};
use super::manifest::Manifest;
use super::path::{self, Table};
use super::retire::Below;
use super::{BOTH, MANIFEST};

/// One site turned into another.
pub(super) struct InPlace<'a> {
    /// Where the new files are.
    pub(super) working: &'a File,
    pub(super) output: &'a File,
    /// The output's path for messages.
    pub(super) shown: PathBuf,
    pub(super) old: Option<&'a Manifest>,
    pub(super) new: &'a Manifest,
    pub(super) table: &'a Table,
    /// For each file of the table: it is in the output already.
    pub(super) kept: &'a [bool],
}

impl InPlace<'_> {
    /// Does what may still fail for want of space: the last manifest, and the new folders, empty.
    pub(super) fn prepare(&self) -> Result<(), WriteError> {
        let both = self.old.map_or_else(|| self.new.clone(), |old| self.new.with(old));
        write_new(self.working, BOTH, both.text().as_bytes())
            .map_err(WriteError::failed(Doing::Write, self.shown.join(MANIFEST)))?;
        let mut made: Vec<&str> = Vec::new();
        for folder in self.table.folders() {
            match mkdirat(self.output, &**folder, Mode::from_raw_mode(0o777)) {
                Ok(()) => made.push(folder),
                // there already, or to be made when the old file of that name has gone
                Err(Errno::EXIST | Errno::NOTDIR) => {}
                Err(error) => {
                    for folder in made.into_iter().rev() {
                        let _ = unlinkat(self.output, folder, AtFlags::REMOVEDIR);
                    }
                    return Err(WriteError::failed(Doing::Folder, self.shown.join(&**folder))(error));
                }
            }
        }
        Ok(())
    }

    /// Moves the files. From the first of them on an error is [`WriteError::Partly`].
    pub(super) fn switch(&self) -> Result<(), WriteError> {
        renameat(self.working, BOTH, self.output, MANIFEST)
            .map_err(WriteError::failed(Doing::Write, self.shown.join(MANIFEST)))?;
        self.make_room()?;
        for folder in self.table.folders() {
            match mkdirat(self.output, &**folder, Mode::from_raw_mode(0o777)) {
                Ok(()) | Err(Errno::EXIST) => {}
                Err(error) => return Err(self.partly(folder)(error)),
            }
        }
        let mut moves: Vec<&str> =
            self.table.files().iter().zip(self.kept).filter(|(_, kept)| !**kept).map(|(file, _)| &*file.path).collect();
        moves.sort_unstable_by_key(|path| (turn(path), *path));
        for path in moves {
            renameat(self.working, path, self.output, path).map_err(self.partly(path))?;
        }
        self.delete(|path| self.table.position(path).is_none())?;
        renameat(self.working, MANIFEST, self.output, MANIFEST).map_err(self.partly(MANIFEST))
    }

    fn partly(&self, path: &str) -> impl FnOnce(Errno) -> WriteError {
        let path = self.shown.join(path);
        move |error| WriteError::Partly { path, error: error.into() }
    }

    /// Deletes old files where the new site has folders, and old folders where it has files.
    fn make_room(&self) -> Result<(), WriteError> {
        let becomes_folder = |path: &str| self.table.folders().binary_search_by(|folder| (**folder).cmp(path)).is_ok();
        let becomes_file = |path: &str| path::folders_above(path).any(|above| self.table.position(above).is_some());
        self.delete(|path| becomes_folder(path) || becomes_file(path))
    }

    /// Deletes files of the old site, and the folders that are empty then.
    fn delete(&self, which: impl Fn(&str) -> bool) -> Result<(), WriteError> {
        let mut folders = BTreeSet::new();
        let mut below = Below::new(self.output);
        for path in self.old.iter().flat_map(|old| &old.files).map(|(path, _)| &**path).filter(|path| which(path)) {
            match below.remove(path.as_bytes(), AtFlags::empty()) {
                Ok(()) => folders.extend(path::folders_above(path)),
                // gone, or foreign by now
                Err(Errno::NOENT | Errno::NOTDIR | Errno::ISDIR | Errno::LOOP | Errno::XDEV) => {}
                Err(error) => return Err(self.partly(path)(error)),
            }
        }
        for folder in folders.into_iter().rev() {
            // one that is not empty stays
            let _ = below.remove(folder.as_bytes(), AtFlags::REMOVEDIR);
        }
        Ok(())
    }
}

/// What goes when: assets, pages from the deepest, what lists pages, the first page.
#[expect(clippy::case_sensitive_file_extension_comparisons, reason = "our pages are all index.html")]
fn turn(path: &str) -> (u8, std::cmp::Reverse<usize>) {
    let depth = path.matches('/').count();
    let turn = match path {
        "index.html" => 3,
        _ if depth == 0 => 2,
        _ if !path.ends_with(".html") => 0,
        _ => 1,
    };
    (turn, std::cmp::Reverse(if turn == 1 { depth } else { 0 }))
}

/// Writes a file that does not exist yet.
pub(super) fn write_new(folder: &File, path: &str, bytes: &[u8]) -> std::io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut file = File::from(openat(folder, path, flags, Mode::from_raw_mode(0o666))?);
    file.write_all(bytes)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_before_what_links_to_them() {
        let mut paths =
            ["index.html", "sitemap.xml", "police/index.html", "assets/a.css", "police/faq/index.html", "files/x.pdf"];
        paths.sort_unstable_by_key(|path| (turn(path), *path));
        assert_eq!(
            paths,
            ["assets/a.css", "files/x.pdf", "police/faq/index.html", "police/index.html", "sitemap.xml", "index.html"]
        );
    }
}
