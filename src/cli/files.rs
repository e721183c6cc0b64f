//! New files for a writer: all of them or none, and never in place of one that is there.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::exit::Refusal;
use super::here::is_there;
use super::output::reason;

/// A file to write: where, from a folder that the caller knows, and its bytes.
pub type NewFile = (String, Vec<u8>);

/// Those of `files` that can't be written to `folder` because something is there already.
///
/// # Errors
/// When that can't be known.
pub fn taken<'a>(folder: &Path, files: &'a [NewFile]) -> Result<Vec<&'a str>, Refusal> {
    let mut taken = Vec::new();
    for (path, _) in files {
        let target = folder.join(path);
        if is_blocked(folder, path).map_err(|trouble| failed(&target, &trouble))? {
            taken.push(path.as_str());
        }
    }
    Ok(taken)
}

/// Writes `files` to `folder`, which is made where it is not there; undoes what it did when one can't be written.
///
/// # Errors
/// When a file is there already (also one that appeared a moment ago), or the system can't write it.
pub fn create(folder: &Path, files: &[NewFile]) -> Result<(), Refusal> {
    let mut done = Done::default();
    for (path, bytes) in files {
        let target = folder.join(path);
        if let Err(trouble) = done.create(&target, bytes) {
            done.undo();
            return Err(failed(&target, &trouble));
        }
    }
    Ok(())
}

/// What was made so far.
#[derive(Default)]
struct Done {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

#[expect(clippy::disallowed_methods, reason = "makes a writer's new files; reads nothing")]
impl Done {
    fn create(&mut self, target: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Some(folder) = target.parent() {
            self.create_folder(folder)?;
        }
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(target)?;
        self.files.push(target.to_owned());
        file.write_all(bytes)
    }

    fn create_folder(&mut self, folder: &Path) -> io::Result<()> {
        if folder.as_os_str().is_empty() {
            return Ok(());
        }
        match fs::create_dir(folder) {
            Ok(()) => self.folders.push(folder.to_owned()),
            Err(trouble) if trouble.kind() == io::ErrorKind::AlreadyExists => {}
            Err(trouble) if trouble.kind() == io::ErrorKind::NotFound => {
                self.create_folder(folder.parent().ok_or(trouble)?)?;
                fs::create_dir(folder)?;
                self.folders.push(folder.to_owned());
            }
            Err(trouble) => return Err(trouble),
        }
        Ok(())
    }

    fn undo(self) {
        // what can't be taken back stays: there is nothing better to do, and the reason has been kept
        for file in self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.into_iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Whether something is at `path` in `folder`, or something else than a folder on the way to it.
fn is_blocked(folder: &Path, path: &str) -> io::Result<bool> {
    for (at, _) in path.match_indices('/') {
        if is_no_folder(&folder.join(path.get(..at).unwrap_or_default()))? {
            return Ok(true);
        }
    }
    is_there(&folder.join(path))
}

/// Whether there is something else than a folder at `path`.
///
/// # Errors
/// When that can't be known.
#[expect(clippy::disallowed_methods, reason = "asks before it writes")]
pub fn is_no_folder(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(found) => Ok(!found.is_dir()),
        Err(trouble) if matches!(trouble.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            is_there(path)
        }
        Err(trouble) => Err(trouble),
    }
}

fn failed(target: &Path, trouble: &io::Error) -> Refusal {
    if trouble.kind() == io::ErrorKind::AlreadyExists {
        return Refusal::taken(format!("`{}` is there already, and nothing is overwritten", target.display()));
    }
    Refusal::failed(format!("`{}` can't be written: {}", target.display(), reason(trouble)))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the disk")]
mod tests {
    use super::*;

    fn new_file(path: &str) -> NewFile {
        (path.to_owned(), b"new".to_vec())
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("a/toolkit");
        fs::create_dir(folder.path().join("a")).unwrap();
        let long = "x".repeat(300);
        let refusal = create(&root, &[new_file("one"), new_file("deep/er/two"), new_file(&long)]).unwrap_err();
        assert_eq!(refusal.exit, crate::cli::exit::Exit::Failed);
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 0);
    }

    #[test]
    fn what_is_there_is_named_and_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("one"), "old").unwrap();
        fs::write(folder.path().join("file"), "old").unwrap();
        let files = [new_file("one"), new_file("two"), new_file("file/three"), new_file("new/four")];
        assert_eq!(taken(folder.path(), &files).unwrap(), ["one", "file/three"]);
        assert_eq!(create(folder.path(), &files[..1]).unwrap_err().exit, crate::cli::exit::Exit::Findings);
        assert_eq!(fs::read_to_string(folder.path().join("one")).unwrap(), "old");
    }
}
