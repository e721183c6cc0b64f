//! The output folder, looked at before anything is done: where it really is, whether it may be replaced, what it holds.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, OFlags, openat};
use rustix::io::Errno;

use super::manifest::{Holds, Manifest, Unreadable};
use super::refusal::Refusal;
use super::system::{self, Identity};
use super::{CACHE, MANIFEST, WORKING_FOLDER};

/// What lies in a toolkit and never is an output or has one in it.
const SOURCES: [&str; 5] = ["content", "themes", "schemas", CACHE, ".git"];

/// An output that may be written to.
#[derive(Clone, Debug)]
pub struct Target {
    /// After all links.
    path: PathBuf,
    /// The toolkit's `.onevoice`.
    cache: PathBuf,
    holds: Option<Holds>,
}

impl Target {
    /// Looks at an output folder, which need not exist. Nothing is changed or locked.
    ///
    /// # Errors
    /// Refuses what is, holds or lies inside the sources, a home folder or the top of the disk, a file, and a folder
    /// that is not empty and does not hold our manifest. `home` is the home folder of the one who builds.
    pub fn open(output: &Path, toolkit_root: &Path, home: Option<&Path>) -> Result<Self, Refusal> {
        let root = system::real_path(toolkit_root).map_err(Refusal::unreadable(toolkit_root))?;
        let path = resolve(output)?;
        refuse_places(&path, &root, home)?;
        let holds = match system::open_folder(CWD, &path) {
            Ok(folder) => what_it_holds(&folder, &path)?,
            Err(Errno::NOENT) => None,
            Err(Errno::NOTDIR) => return Err(Refusal::NotAFolder { path }),
            Err(error) => return Err(Refusal::unreadable(&path)(error)),
        };
        Ok(Self { path, cache: root.join(CACHE), holds })
    }

    /// Where the output really is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Which site is in the output; `None` if it is empty or does not exist yet.
    #[must_use]
    pub fn holds(&self) -> Option<&Holds> {
        self.holds.as_ref()
    }

    /// The toolkit's folder for the state.
    pub(super) fn cache(&self) -> &Path {
        &self.cache
    }

    /// The folder that the output lies in and its name there. An output is never the top of the disk.
    pub(super) fn split(&self) -> (&Path, &OsStr) {
        (self.path.parent().unwrap_or(Path::new("/")), self.path.file_name().unwrap_or_default())
    }
}

/// The real place of an output of which any last part may be missing.
pub(super) fn resolve(output: &Path) -> Result<PathBuf, Refusal> {
    let missing = match system::real_path(output) {
        Ok(path) => return Ok(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => error,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Refusal::NotAFolder { path: output.to_owned() });
        }
        Err(error) => return Err(Refusal::unreadable(output)(error)),
    };
    if let Ok(Some(stat)) = system::look(CWD, output) {
        // another build may have put its site there just now
        return if system::kind(&stat) == FileType::Symlink {
            Err(Refusal::DeadLink { path: output.to_owned() })
        } else {
            system::real_path(output).map_err(Refusal::unreadable(output))
        };
    }
    let (Some(above), Some(name)) = (output.parent(), output.file_name()) else {
        return Err(Refusal::unreadable(output)(missing));
    };
    let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
    Ok(resolve(above)?.join(name))
}

/// Refuses by place alone. Places are compared as paths and as folders of the disk, since letters' case, bind mounts
/// and links give one folder many names.
pub(super) fn refuse_places(path: &Path, root: &Path, home: Option<&Path>) -> Result<(), Refusal> {
    if path.parent().is_none() {
        return Err(Refusal::Top { path: path.to_owned() });
    }
    let home = home.map(|home| system::real_path(home).unwrap_or_else(|_| home.to_owned()));
    let is_home = home.as_deref().is_some_and(|home| same(path, home))
        || path == Path::new("/root")
        || path.parent().is_some_and(|above| above == Path::new("/home") || above == Path::new("/Users"));
    if is_home {
        return Err(Refusal::Home { path: path.to_owned() });
    }
    let sources: Vec<PathBuf> =
        SOURCES.iter().map(|name| root.join(name)).map(|source| system::real_path(&source).unwrap_or(source)).collect();
    // the sources first: "holds content" says less than "is inside content"
    if let Some(what) = sources.iter().find(|source| lies_in(path, source)) {
        return Err(Refusal::Inside { path: path.to_owned(), what: what.clone() });
    }
    if let Some(what) = path.ancestors().find(|above| above.file_name() == Some(OsStr::new(".git"))) {
        return Err(Refusal::Inside { path: path.to_owned(), what: what.to_owned() });
    }
    let kept = [root].into_iter().chain(home.as_deref()).chain(sources.iter().map(PathBuf::as_path));
    match kept.into_iter().find(|kept| lies_in(kept, path)) {
        Some(what) => Err(Refusal::Holds { path: path.to_owned(), what: what.to_owned() }),
        None => Ok(()),
    }
}

/// Whether `path` is `folder` or lies in it, by name or by what is on the disk.
fn lies_in(path: &Path, folder: &Path) -> bool {
    path.starts_with(folder)
        || identity(folder).is_some_and(|folder| path.ancestors().any(|above| identity(above) == Some(folder)))
}

fn same(one: &Path, other: &Path) -> bool {
    one == other || identity(one).is_some_and(|one| identity(other) == Some(one))
}

fn identity(path: &Path) -> Option<Identity> {
    system::look(CWD, path).ok().flatten().map(|stat| Identity::of(&stat))
}

/// The first line of the manifest in an output, or nothing if the output is empty.
fn what_it_holds(folder: &File, path: &Path) -> Result<Option<Holds>, Refusal> {
    if let Some(text) = read_manifest(folder, path, 200)? {
        let first = text.lines().next().unwrap_or_default();
        let why = |why| Refusal::Manifest { path: path.join(MANIFEST), why };
        return Holds::parse(first).map(Some).map_err(why);
    }
    let here = system::open_folder(folder, ".").and_then(system::list).map_err(Refusal::unreadable(path))?;
    // what a killed first run leaves inside a mount, what a fresh ext4 has, and an empty repository: nothing in them is lost
    let nothing = [WORKING_FOLDER.as_bytes(), b"lost+found", b".git"];
    // a clone as a code host makes it: what it begins with is carried over, as everything of others is
    let is_clone = here.iter().any(|(name, _)| name == b".git");
    let begins = |name: &[u8], kind: FileType| is_clone && kind == FileType::RegularFile && is_beginning(name);
    let strange = here.iter().find(|(name, kind)| !nothing.contains(&name.as_slice()) && !begins(name, *kind));
    match strange {
        Some((name, _)) => {
            Err(Refusal::NotOurs { path: path.to_owned(), holds: Path::new(OsStr::from_bytes(name)).to_owned() })
        }
        None => Ok(None),
    }
}

/// Whether a repository begins with a file of this name, none of which is in a site of ours.
fn is_beginning(name: &[u8]) -> bool {
    let name = name.to_ascii_uppercase();
    name == b"CNAME"
        || [b"README".as_slice(), b"LICENSE", b"LICENCE"]
            .iter()
            .any(|known| name.strip_prefix(*known).is_some_and(|rest| rest.is_empty() || rest.starts_with(b".")))
}

/// The manifest in an output, whole; `None` if there is none.
pub(super) fn manifest_in(folder: &File, path: &Path) -> Result<Option<Manifest>, Refusal> {
    let why = |why| Refusal::Manifest { path: path.join(MANIFEST), why };
    read_manifest(folder, path, u64::MAX)?.map(|text| Manifest::parse(&text).map_err(why)).transpose()
}

/// At most `most` bytes of the manifest. Something else of this name (a link, a folder, a pipe) proves nothing.
fn read_manifest(folder: &File, path: &Path, most: u64) -> Result<Option<String>, Refusal> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let path = path.join(MANIFEST);
    let file = match openat(folder, MANIFEST, flags, Mode::empty()) {
        Ok(file) => File::from(file),
        Err(Errno::NOENT | Errno::LOOP) => return Ok(None),
        Err(error) => return Err(Refusal::unreadable(&path)(error)),
    };
    let stat = rustix::fs::fstat(&file).map_err(Refusal::unreadable(&path))?;
    if system::kind(&stat) != FileType::RegularFile {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(system::size(&stat).min(most)).unwrap_or(0) + 1);
    file.take(most).read_to_end(&mut bytes).map_err(Refusal::unreadable(&path))?;
    // a cut through a letter is after the first line
    let text = if most == u64::MAX {
        String::from_utf8(bytes).ok()
    } else {
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    text.map(Some).ok_or(Refusal::Manifest { path, why: Unreadable::Damaged { line: 1 } })
}
