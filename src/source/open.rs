//! Opening a file of the toolkit without ever leaving it, waiting for it, or meeting anything but a plain file.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Component, Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, OFlags};
use rustix::io::Errno;

use crate::finding::FileTrouble;

/// The toolkit's folder, held open: what is read is read from this folder, even if its name is given to another.
#[derive(Debug)]
pub(super) struct Root {
    folder: OwnedFd,
    path: PathBuf,
}

/// A plain file, opened for reading, and its size when it was opened.
#[derive(Debug)]
pub(super) struct Opened {
    pub file: File,
    pub size: u64,
}

/// NONBLOCK: a pipe that nobody writes to must not hold us. NOCTTY: a terminal must not become ours.
const FLAGS: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK).union(OFlags::NOCTTY);

impl Root {
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::DIRECTORY;
        let folder = rustix::fs::openat(CWD, path, flags, Mode::empty())?;
        Ok(Self { folder, path: path.to_owned() })
    }

    /// Opens the plain file at `path` (parts joined by `/`) for reading. A link is followed if it stays in the toolkit.
    pub fn file(&self, path: &str) -> Result<Opened, FileTrouble> {
        let file = match self.beneath(path) {
            Ok(file) => file,
            // no such call (NOSYS), or forbidden in this container (PERM); an absolute link counts as a way out even if
            // it leads back in (XDEV)
            Err(Errno::NOSYS | Errno::PERM | Errno::XDEV) => self.by_parts(path)?,
            Err(error) => return Err(self.trouble(error, path)),
        };
        plain(file)
    }

    /// One call, one answer: `openat2` refuses every way out by itself.
    #[cfg(target_os = "linux")]
    fn beneath(&self, path: &str) -> Result<OwnedFd, Errno> {
        use rustix::fs::ResolveFlags;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
        let mut tries = 0;
        loop {
            match rustix::fs::openat2(&self.folder, path, FLAGS, Mode::empty(), resolve) {
                // something was renamed while the way was looked up: openat2(2) asks to try again
                Err(Errno::AGAIN | Errno::INTR) if tries < 16 => tries += 1,
                other => return other,
            }
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn beneath(&self, _: &str) -> Result<OwnedFd, Errno> {
        Err(Errno::NOSYS)
    }

    /// Looks up where the path leads, then walks there part by part without following any link, so that a link put
    /// there in between is refused too.
    fn by_parts(&self, path: &str) -> Result<OwnedFd, FileTrouble> {
        let told = |error: &io::Error| match Errno::from_io_error(error) {
            Some(errno) => self.trouble(errno, path),
            None => FileTrouble::System(error.to_string()),
        };
        let root = self.path.canonicalize().map_err(|error| told(&error))?;
        let target = self.path.join(path).canonicalize().map_err(|error| told(&error))?;
        let Ok(inside) = target.strip_prefix(&root) else { return Err(FileTrouble::LeadsOutside) };
        let mut parts = inside.components().peekable();
        let mut folder: Option<OwnedFd> = None;
        while let Some(Component::Normal(part)) = parts.next() {
            let last = parts.peek().is_none();
            let flags = if last { FLAGS } else { OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC };
            let from = folder.as_ref().map_or(self.folder.as_fd(), AsFd::as_fd);
            let next = rustix::fs::openat(from, part, flags | OFlags::NOFOLLOW, Mode::empty());
            let next = next.map_err(|error| self.trouble(error, path))?;
            if last {
                return Ok(next);
            }
            folder = Some(next);
        }
        Err(FileTrouble::Folder)
    }

    fn trouble(&self, error: Errno, path: &str) -> FileTrouble {
        match error {
            Errno::ACCESS | Errno::PERM => FileTrouble::Denied,
            Errno::LOOP => FileTrouble::DeadLink,
            Errno::XDEV => FileTrouble::LeadsOutside,
            Errno::NXIO => FileTrouble::NotPlain("socket"),
            Errno::ISDIR => FileTrouble::Folder,
            Errno::NOENT | Errno::NOTDIR if self.is_link(path) => FileTrouble::DeadLink,
            Errno::NOENT | Errno::NOTDIR => FileTrouble::Gone,
            other => FileTrouble::System(io::Error::from(other).to_string()),
        }
    }

    fn is_link(&self, path: &str) -> bool {
        let stat = rustix::fs::statat(&self.folder, path, rustix::fs::AtFlags::SYMLINK_NOFOLLOW);
        stat.is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Symlink)
    }
}

fn plain(file: OwnedFd) -> Result<Opened, FileTrouble> {
    let stat = rustix::fs::fstat(&file).map_err(|error| FileTrouble::System(io::Error::from(error).to_string()))?;
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Ok(Opened { file: file.into(), size: u64::try_from(stat.st_size).unwrap_or(0) }),
        other => Err(not_plain(other)),
    }
}

/// What a thing is that is no plain file.
pub(super) const fn not_plain(kind: FileType) -> FileTrouble {
    match kind {
        FileType::Directory => FileTrouble::Folder,
        FileType::Fifo => FileTrouble::NotPlain("pipe"),
        FileType::Socket => FileTrouble::NotPlain("socket"),
        FileType::CharacterDevice | FileType::BlockDevice => FileTrouble::NotPlain("device"),
        _ => FileTrouble::NotPlain("special file"),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    /// Systems without `openat2` say the same about everything.
    #[test]
    fn both_ways_of_opening_agree() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::NamedTempFile::new().unwrap();
        let at = |path: &str| folder.path().join(path);
        std::fs::create_dir_all(at("a/b")).unwrap();
        std::fs::write(at("a/b/file"), "x").unwrap();
        rustix::fs::mknodat(CWD, at("a/pipe"), FileType::Fifo, Mode::from(0o600), 0).unwrap();
        let _socket = UnixListener::bind(at("a/socket")).unwrap();
        for (link, target) in [
            ("a/inside", "b/file"),
            ("a/up", "../a/b/../b/file"),
            ("folder", "a"),
            ("a/out", outside.path().to_str().unwrap()),
            ("a/out2", "../../../../../../../../../etc/passwd"),
            ("a/absolute", at("a/b/file").to_str().unwrap()),
            ("a/loop", "loop"),
            ("a/dead", "nothing"),
            ("a/to-folder", "b"),
            ("a/to-pipe", "pipe"),
            ("a/to-socket", "socket"),
            ("a/top", "/"),
            ("a/dev", "/dev/null"),
        ] {
            symlink(target, at(link)).unwrap();
        }
        let root = Root::open(folder.path()).unwrap();
        let said = |opened: Result<Opened, FileTrouble>| {
            opened.map_or_else(|why| format!("{why:?}"), |opened| opened.size.to_string())
        };
        for (path, expected) in [
            ("a/b/file", "1"),
            ("folder/b/file", "1"),
            ("a/inside", "1"),
            ("a/up", "1"),
            ("a/absolute", "1"),
            ("a/out", "LeadsOutside"),
            ("a/out2", "LeadsOutside"),
            ("a/top", "LeadsOutside"),
            ("a/top/etc/passwd", "LeadsOutside"),
            ("a/dev", "LeadsOutside"),
            ("a/loop", "DeadLink"),
            ("a/dead", "DeadLink"),
            ("a/to-folder", "Folder"),
            ("a/b", "Folder"),
            ("a/pipe", "NotPlain(\"pipe\")"),
            ("a/to-pipe", "NotPlain(\"pipe\")"),
            ("a/socket", "NotPlain(\"socket\")"),
            ("a/to-socket", "NotPlain(\"socket\")"),
            ("a/none", "Gone"),
            ("a/b/file/x", "Gone"),
        ] {
            assert_eq!(said(root.file(path)), expected, "{path}");
            assert_eq!(said(root.by_parts(path).and_then(plain)), expected, "{path}, part by part");
        }
    }
}
