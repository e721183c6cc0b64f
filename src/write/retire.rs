//! The old site after the switch: our files go, and whatever else has changed or appeared in it meanwhile is moved to
//! the new site.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, FileType, Mode, fchmod, renameat, unlinkat};
use rustix::io::Errno;

use super::error::{Doing, WriteError};
use super::foreign::{self, Carried, Foreign, Mark};
use super::manifest::Manifest;
use super::system::{self, Identity};
use super::{MANIFEST, MARKER};

/// A site that is no longer read by anyone.
pub(super) struct Retired<'a> {
    pub(super) root: &'a File,
    /// Its path for messages.
    pub(super) shown: &'a Path,
    pub(super) ours: Option<&'a Manifest>,
    pub(super) foreign: &'a Foreign,
    /// What of `foreign` is in the new site; empty if a killed run carried it and took that knowledge along.
    pub(super) carried: &'a [Carried],
    /// The new site.
    pub(super) new: &'a File,
}

impl Retired<'_> {
    /// Empties the old site. Returns what was moved to the new one, with its path there.
    pub(super) fn empty(&self) -> Result<Vec<PathBuf>, WriteError> {
        let foreign: HashSet<&[u8]> = self.foreign.things.iter().map(Vec::as_slice).collect();
        let mut below = Below::new(self.root);
        let ours = self.ours.map(|ours| ours.files.as_slice()).unwrap_or_default();
        for path in ours.iter().map(|(path, _)| path.as_bytes()).filter(|path| !foreign.contains(path)) {
            match below.remove(path, AtFlags::empty()) {
                // a folder of this name is foreign and comes later
                Ok(()) | Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::ISDIR | Errno::XDEV) => {}
                Err(error) => return Err(self.failed(path)(error)),
            }
        }
        let mut moved = Vec::new();
        let carried: HashMap<&[u8], &Carried> = self.carried.iter().map(|one| (one.path.as_slice(), one)).collect();
        for path in &self.foreign.things {
            moved.extend(self.settle(path, carried.get(path.as_slice()).copied())?);
        }
        let ours = self.ours.map(Manifest::folders).unwrap_or_default();
        let foreign = self.foreign.folders.iter().map(|folder| folder.path.as_slice());
        let mut folders: Vec<&[u8]> = ours.iter().map(|path| path.as_bytes()).chain(foreign).collect();
        folders.sort_unstable();
        for path in folders.into_iter().rev() {
            self.remove_folder(&mut below, path, &mut moved)?;
        }
        // the manifest last: as long as it is there, the next run knows what all this is
        for name in [MARKER, MANIFEST] {
            match unlinkat(self.root, name, AtFlags::empty()) {
                Ok(()) | Err(Errno::NOENT) => {}
                Err(error) => return Err(self.failed(name.as_bytes())(error)),
            }
        }
        self.sweep(b"", &mut moved)?;
        Ok(moved)
    }

    fn failed(&self, path: &[u8]) -> impl FnOnce(Errno) -> WriteError {
        WriteError::failed(Doing::Clean, foreign::shown(self.shown, path))
    }

    fn remove_folder(&self, below: &mut Below, path: &[u8], moved: &mut Vec<PathBuf>) -> Result<(), WriteError> {
        match below.remove(path, AtFlags::REMOVEDIR) {
            Ok(()) | Err(Errno::NOENT | Errno::LOOP | Errno::XDEV) => Ok(()),
            Err(Errno::NOTEMPTY | Errno::EXIST) => {
                self.sweep(path, moved)?;
                below.remove(path, AtFlags::REMOVEDIR).map_err(self.failed(path))
            }
            Err(Errno::NOTDIR) => {
                moved.extend(self.settle(path, None)?);
                Ok(())
            }
            Err(error) => Err(self.failed(path)(error)),
        }
    }

    /// Moves what has appeared in a folder since it was looked at.
    fn sweep(&self, path: &[u8], moved: &mut Vec<PathBuf>) -> Result<(), WriteError> {
        let late = foreign::scan_from(self.root, self.shown, None, path.to_vec())?;
        for path in &late.things {
            moved.extend(self.settle(path, None)?);
        }
        let mut below = Below::new(self.root);
        for folder in late.folders.iter().rev().map(|folder| folder.path.as_slice()).filter(|folder| *folder != path) {
            below.remove(folder, AtFlags::REMOVEDIR).map_err(self.failed(folder))?;
        }
        Ok(())
    }

    /// Removes one foreign thing if the new site has it; else moves it there. Returns its new place if it was moved.
    fn settle(&self, path: &[u8], carried: Option<&Carried>) -> Result<Option<PathBuf>, WriteError> {
        let failed = |error| self.failed(path)(error);
        let Some(old) = system::look(self.root, path).map_err(failed)? else { return Ok(None) };
        let new = system::look(self.new, path).map_err(failed)?;
        let is_there = new.as_ref().is_some_and(|new| Identity::of(new) == Identity::of(&old));
        if is_there || carried.is_some_and(|carried| carried.was == Mark::of(&old)) {
            Below::new(self.root).remove(path, AtFlags::empty()).map_err(failed)?;
            return Ok(None);
        }
        let replaces = carried.is_some_and(|carried| new.as_ref().is_some_and(|new| Mark::of(new) == carried.is));
        self.move_over(path, replaces).map(Some).map_err(failed)
    }

    /// Moves something to the new site: over the older one that was carried there, or to the next free name.
    fn move_over(&self, path: &[u8], replaces: bool) -> rustix::io::Result<PathBuf> {
        let name = path.get(system::parent(path).len()..).unwrap_or(path);
        let name = name.strip_prefix(b"/").unwrap_or(name);
        let from = system::open_below(self.root, system::parent(path))?;
        system::make_folders(self.new, system::parent(path))?;
        let to = system::open_below(self.new, system::parent(path))?;
        if replaces {
            renameat(&from, name, &to, name)?;
            return Ok(foreign::shown(Path::new(""), path));
        }
        for attempt in 0_u32.. {
            let suffix = if attempt == 0 { String::new() } else { format!(".kept-{attempt}") };
            match system::rename_new(&from, name, &to, [name, suffix.as_bytes()].concat().as_slice()) {
                Err(Errno::EXIST) => {}
                Ok(()) => return Ok(foreign::shown(Path::new(""), &[path, suffix.as_bytes()].concat())),
                Err(error) => return Err(error),
            }
        }
        Err(Errno::EXIST)
    }
}

/// Removes things below a folder, never through a link; the folder of the last one stays open for the next.
pub(super) struct Below<'a> {
    root: &'a File,
    last: Option<(Vec<u8>, File)>,
}

impl<'a> Below<'a> {
    pub(super) fn new(root: &'a File) -> Self {
        Self { root, last: None }
    }

    pub(super) fn remove(&mut self, path: &[u8], flags: AtFlags) -> rustix::io::Result<()> {
        let above = system::parent(path);
        let name = path.get(above.len()..).unwrap_or(path);
        let name = name.strip_prefix(b"/").unwrap_or(name);
        let folder = match self.last.take() {
            Some((last, folder)) if last == above => folder,
            _ => system::open_below(self.root, above)?,
        };
        let mut removed = unlinkat(&folder, name, flags);
        if removed == Err(Errno::ACCESS) {
            // a foreign folder that its owner closed for writing
            fchmod(&folder, Mode::RWXU)?;
            removed = unlinkat(&folder, name, flags);
        }
        self.last = Some((above.to_vec(), folder));
        removed
    }
}

/// Whether a name in a folder is a regular file.
pub(super) fn has_file(folder: &File, name: &str) -> rustix::io::Result<bool> {
    Ok(system::look(folder, name)?.is_some_and(|stat| system::kind(&stat) == FileType::RegularFile))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the disk as a user does")]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use rustix::fs::CWD;

    use super::*;
    use crate::write::{Fingerprint, Holds};

    /// An old site with foreign files that has been carried into a new one; what `meanwhile` does to both by their
    /// paths; the files of the new one after the old one was removed.
    fn retire(meanwhile: impl FnOnce(&Path, &Path)) -> (Vec<(String, String)>, Vec<PathBuf>) {
        let place = tempfile::tempdir().unwrap();
        let (old, new) = (place.path().join("old"), place.path().join("new"));
        for folder in [old.join("page/notes"), new.join("page")] {
            fs::create_dir_all(folder).unwrap();
        }
        for file in ["index.html", "page/index.html", ".onevoice-manifest", "CNAME", "page/notes/a"] {
            fs::write(old.join(file), format!("old {file}")).unwrap();
        }
        fs::write(new.join("index.html"), "new").unwrap();
        let files = ["index.html", "page/index.html"].map(|path| (path.into(), Fingerprint::of(b""))).to_vec();
        let ours = Manifest { holds: Holds { edition: "public".into(), drafts: false }, files };
        let open = |path: &Path| system::open_folder(CWD, path).unwrap();
        let (old_root, new_root) = (open(&old), open(&new));
        let foreign = foreign::scan(&old_root, &old, Some(&ours)).unwrap();
        let carried = foreign.carry(&old_root, &new_root, &old).unwrap();
        meanwhile(&old, &new);
        let ours = Some(&ours);
        let retired =
            Retired { root: &old_root, shown: &old, ours, foreign: &foreign, carried: &carried, new: &new_root };
        let moved = retired.empty().unwrap();
        fs::remove_dir(&old).unwrap();
        let found = foreign::scan(&new_root, &new, None).unwrap().things;
        let read = |path: Vec<u8>| {
            let path = String::from_utf8(path).unwrap();
            let text = fs::read_to_string(new.join(&path)).unwrap_or_default();
            (path, text)
        };
        (found.into_iter().map(read).collect(), moved)
    }

    fn check(moved: &[&str], expected: &[(&str, &str)], meanwhile: impl FnOnce(&Path, &Path)) {
        let (files, went) = retire(meanwhile);
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(files, expected);
        assert_eq!(went, moved.iter().map(PathBuf::from).collect::<Vec<_>>());
    }

    const CNAME: (&str, &str) = ("CNAME", "old CNAME");
    const INDEX: (&str, &str) = ("index.html", "new");
    const NOTES: (&str, &str) = ("page/notes/a", "old page/notes/a");

    #[test]
    fn what_was_carried_is_there_once() {
        check(&[], &[CNAME, INDEX, NOTES], |_, _| {});
    }

    #[test]
    fn what_was_written_in_place_is_the_same_file() {
        check(&[], &[("CNAME", "mine"), INDEX, NOTES], |old, _| fs::write(old.join("CNAME"), "mine").unwrap());
    }

    #[test]
    fn what_was_replaced_after_it_was_carried_is_moved() {
        check(&["CNAME"], &[("CNAME", "mine"), INDEX, NOTES], |old, _| {
            fs::write(old.join("x"), "mine").unwrap();
            fs::rename(old.join("x"), old.join("CNAME")).unwrap();
        });
    }

    #[test]
    fn what_appears_is_moved() {
        let expected = [CNAME, INDEX, ("late/x", "late"), ("page/late", "late"), NOTES];
        check(&["page/late", "late/x"], &expected, |old, _| {
            fs::create_dir(old.join("late")).unwrap();
            fs::write(old.join("late/x"), "late").unwrap();
            fs::write(old.join("page/late"), "late").unwrap();
        });
    }

    #[test]
    fn what_was_replaced_in_both_is_kept_twice() {
        let expected = [("CNAME", "theirs"), ("CNAME.kept-1", "mine"), INDEX, NOTES];
        check(&["CNAME.kept-1"], &expected, |old, new| {
            for (site, text) in [(old, "mine"), (new, "theirs")] {
                fs::remove_file(site.join("CNAME")).unwrap();
                fs::write(site.join("CNAME"), text).unwrap();
            }
        });
    }

    #[test]
    fn what_was_deleted_in_the_new_site_stays_deleted() {
        check(&[], &[INDEX, NOTES], |_, new| fs::remove_file(new.join("CNAME")).unwrap());
    }

    #[test]
    fn a_link_that_took_the_place_of_a_folder_is_moved_and_not_followed() {
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("index.html"), "a writer's own").unwrap();
        let expected = [CNAME, INDEX, ("page.kept-1", ""), NOTES];
        check(&["page.kept-1"], &expected, |old, _| {
            fs::remove_dir_all(old.join("page")).unwrap();
            symlink(elsewhere.path(), old.join("page")).unwrap();
        });
        assert_eq!(fs::read_to_string(elsewhere.path().join("index.html")).unwrap(), "a writer's own");
    }
}
