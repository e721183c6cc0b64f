//! Which files a toolkit has: everything below `content/` and `themes/` that a person put there.

use std::io;
use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::open::not_plain;
use super::path::ToolkitPath;
use crate::finding::{At, FileTrouble, IdTrouble, Problem, What};

/// A name at the toolkit's root, read or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RootEntry {
    /// The name, without a `/`.
    pub name: Arc<str>,
    /// Whether it is a folder.
    pub folder: bool,
}

/// What was found, before anything is opened.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Plain files, and links, which may lead to plain files.
    pub files: Vec<ToolkitPath>,
    /// Things that can't be opened, with what they are.
    pub refused: Vec<(ToolkitPath, FileTrouble)>,
    /// Those of the files that are links.
    pub links: Vec<ToolkitPath>,
    pub entries: Vec<RootEntry>,
    pub problems: Vec<Problem>,
}

/// Lists the toolkit in `root`, in no order that anyone may rely on.
pub(super) fn walk(root: &Path) -> io::Result<Found> {
    let mut found = Found::default();
    entries(root, &mut found)?;
    if found.entries.iter().any(|entry| &*entry.name == "toolkit.yaml") {
        found.files.extend(ToolkitPath::new("toolkit.yaml"));
    }
    for folder in ["content", "themes"] {
        if found.entries.iter().any(|entry| &*entry.name == folder) {
            below(root, folder, &mut found);
        }
    }
    Ok(found)
}

/// Lists the names at the root.
pub(super) fn entries(root: &Path, found: &mut Found) -> io::Result<()> {
    for entry in root.read_dir()? {
        let entry = entry?;
        let name = entry.file_name();
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_read(&name.to_string_lossy(), folder) {
            found.entries.push(RootEntry { name: name.to_string_lossy().into(), folder });
        }
    }
    found.entries.sort();
    Ok(())
}

/// Lists one file or folder of the toolkit, by its path; nothing where there is nothing.
pub(super) fn at(root: &Path, path: &str, found: &mut Found) {
    if root.join(path).symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return;
    }
    if path == super::MARKER {
        found.files.extend(ToolkitPath::new(path));
    } else {
        below(root, path, found);
    }
}

fn below(root: &Path, folder: &str, found: &mut Found) {
    let mut walk = WalkDir::new(root.join(folder)).follow_links(false).follow_root_links(false).into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let at = error.path().map_or_else(|| folder.into(), |path| shown(root, path));
                found.problems.push(Problem::new(At::file(at), What::Unreadable(walk_trouble(&error))));
                continue;
            }
        };
        let folder = entry.file_type().is_dir();
        if (entry.depth() > 0 || !folder) && !is_read(&entry.file_name().to_string_lossy(), folder) {
            if folder {
                walk.skip_current_dir();
            }
            continue;
        }
        if !note(root, &entry, found) && folder {
            walk.skip_current_dir();
        }
    }
}

/// Takes down one entry; false if its name can't be used.
fn note(root: &Path, entry: &DirEntry, found: &mut Found) -> bool {
    let relative = entry.path().strip_prefix(root).ok().and_then(Path::to_str);
    let Some(path) = relative.and_then(ToolkitPath::new) else {
        let id = entry.file_name().to_string_lossy().into_owned();
        let what = What::BadId { id, why: IdTrouble::Name };
        found.problems.push(Problem::new(At::file(shown(root, entry.path())), what));
        return false;
    };
    let kind = entry.file_type();
    if kind.is_file() || kind.is_symlink() {
        if kind.is_symlink() {
            found.links.push(path.clone());
        }
        found.files.push(path);
    } else if !kind.is_dir() {
        found.refused.push((path, not_plain(rustix_kind(kind))));
    } else if path.as_str().contains('/') && is_text_name(path.name()) {
        found.refused.push((path, FileTrouble::Folder));
    }
    true
}

/// A folder named like a file that would be read: its writer expects it to be one.
fn is_text_name(name: &str) -> bool {
    [".md", ".yaml", ".yml"].iter().any(|ending| name.ends_with(ending))
}

fn rustix_kind(kind: std::fs::FileType) -> rustix::fs::FileType {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        rustix::fs::FileType::Fifo
    } else if kind.is_socket() {
        rustix::fs::FileType::Socket
    } else if kind.is_char_device() || kind.is_block_device() {
        rustix::fs::FileType::CharacterDevice
    } else {
        rustix::fs::FileType::Unknown
    }
}

/// The path as it can be shown: relative, `/`, with a stand-in for bytes that are no text.
fn shown(root: &Path, path: &Path) -> Arc<str> {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into()
}

fn walk_trouble(error: &walkdir::Error) -> FileTrouble {
    match error.io_error() {
        Some(error) if error.kind() == io::ErrorKind::PermissionDenied => FileTrouble::Denied,
        Some(error) if error.kind() == io::ErrorKind::NotFound => FileTrouble::Gone,
        Some(error) => FileTrouble::System(error.to_string()),
        None => FileTrouble::DeadLink,
    }
}

/// Whether an entry of this name is read: not if it is hidden, left behind by an editor, or a README.
///
/// Editors: `*~` (Emacs, Vim), `.#*` and `#*#` (Emacs), `*.swp`, `*.swx` and `4913` (Vim).
pub(super) fn is_read(name: &str, folder: bool) -> bool {
    let left_behind = name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".swx")
        || name == "4913"
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'));
    !name.starts_with('.') && (folder || (!left_behind && name != "README.md"))
}

/// Whether a path is one of those that are read.
pub(super) fn is_in_toolkit(path: &ToolkitPath) -> bool {
    let within = path.as_str() == super::MARKER || path.starts_with("content") || path.starts_with("themes");
    let folders = path.parent().split('/').filter(|part| !part.is_empty()).all(|part| is_read(part, true));
    within && folders && is_read(path.name(), false)
}
