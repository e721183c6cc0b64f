//! What can stop the writing of a site. As long as nothing else is said, the old site stands untouched.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::refusal::Refusal;

/// Why a site was not written.
#[derive(Debug)]
pub enum WriteError {
    /// A call to the system failed.
    Failed {
        /// What it was for.
        doing: Doing,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The same, after the first file of an output that can only be written file by file: old and new pages are mixed
    /// until the next build.
    Partly {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Something that onevoice did not write cannot be kept.
    Foreign {
        /// Where it is.
        path: PathBuf,
        /// Why it cannot be kept.
        why: Hindrance,
    },
    /// Another onevoice is at work.
    Busy(Busy),
    /// The output may not be written to.
    Refused(Refusal),
    /// Another onevoice wrote another edition to this output since it was opened.
    Changed {
        /// The output.
        path: PathBuf,
    },
    /// A path that no file of a site may have, or that two files share.
    Path {
        /// The path as it was given.
        path: String,
        /// What is wrong with it.
        trouble: PathTrouble,
    },
    /// A file that was announced and never written.
    Missing {
        /// Its path in the site.
        path: String,
    },
}

/// What a failed call was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Reading a file or folder.
    Read,
    /// Writing a file.
    Write,
    /// Making a folder.
    Folder,
    /// Putting the new site in the place of the old one.
    Switch,
    /// Removing what a killed run left behind.
    Clean,
}

/// Why something that onevoice did not write cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The new site has a file or folder of its own there.
    InTheWay,
    /// The system lets us neither link nor copy it.
    Stuck,
    /// Another file system begins there.
    Mount,
    /// It lies where a killed run left its working folder.
    Leftover,
}

/// What is wrong with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathTrouble {
    /// Empty, absolute, with an empty part, `.`, `..` or a control character, or longer than 4,000 bytes.
    Unsafe,
    /// A name that onevoice keeps for itself.
    Reserved,
    /// Announced twice, or both a file and a folder.
    Twice,
    /// Not announced when the writing began.
    Unknown,
}

/// Who holds a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// The toolkit or output that is in use.
    pub place: PathBuf,
    /// The process, if it said so.
    pub pid: Option<u32>,
    /// Its command (`build`), if it said so.
    pub command: Option<String>,
}

impl Busy {
    /// Reads what the holder wrote down: `PID COMMAND`.
    pub(super) fn from_note(place: &Path, note: &str) -> Self {
        let (pid, command) = note.trim_end().split_once(' ').unwrap_or((note.trim_end(), ""));
        let command: String = command.chars().filter(|c| !c.is_control()).take(60).collect();
        Self { place: place.to_owned(), pid: pid.parse().ok(), command: (!command.is_empty()).then_some(command) }
    }
}

impl WriteError {
    /// Makes the error of a failed call.
    pub(super) fn failed<E: Into<io::Error>>(doing: Doing, path: impl Into<PathBuf>) -> impl FnOnce(E) -> Self {
        move |error| Self::Failed { doing, path: path.into(), error: error.into() }
    }

    pub(super) fn path(path: &str, trouble: PathTrouble) -> Self {
        Self::Path { path: path.to_owned(), trouble }
    }
}

impl From<Refusal> for WriteError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { doing, path, error } => {
                let doing = match doing {
                    Doing::Read => "read",
                    Doing::Write => "write",
                    Doing::Folder => "make the folder",
                    Doing::Switch => "put the new site in the place of",
                    Doing::Clean => "remove",
                };
                write!(f, "cannot {doing} {}: {}", path.display(), words(error))
            }
            Self::Partly { path, error } => write!(
                f,
                "cannot write {}: {}; some pages are new and some old, build again once this is mended",
                path.display(),
                words(error)
            ),
            Self::Foreign { path, why } => {
                let why = match why {
                    Hindrance::InTheWay => "the new site has something of its own there",
                    Hindrance::Stuck => "it can be neither linked nor copied into the new site",
                    Hindrance::Mount => "another disk or folder is mounted there",
                    Hindrance::Leftover => "it lies in the working folder of an earlier run",
                };
                write!(f, "{} was not written by onevoice, and {why}; move it away and build again", path.display())
            }
            Self::Busy(busy) => busy.fmt(f),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Changed { path } => {
                write!(
                    f,
                    "another onevoice has just written another edition to {}; give another output",
                    path.display()
                )
            }
            Self::Path { path, trouble } => {
                let trouble = match trouble {
                    PathTrouble::Unsafe => "is no path inside the site",
                    PathTrouble::Reserved => "is a name that onevoice keeps for itself",
                    PathTrouble::Twice => "would be written twice",
                    PathTrouble::Unknown => "was not announced",
                };
                write!(f, "{path:?} {trouble}")
            }
            Self::Missing { path } => write!(f, "{path} was announced and not written"),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed { error, .. } | Self::Partly { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("another onevoice")?;
        if let Some(command) = &self.command {
            write!(f, " ({command})")?;
        }
        write!(f, " is at work on {}", self.place.display())?;
        if let Some(pid) = self.pid {
            write!(f, ", process {pid}")?;
        }
        f.write_str("; wait for it or stop it")
    }
}

/// What the system said, for people.
pub(super) fn words(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::StorageFull => "no space left on this disk",
        io::ErrorKind::QuotaExceeded => "no space left: your share of this disk is used up",
        io::ErrorKind::PermissionDenied => "you have no permission",
        io::ErrorKind::ReadOnlyFilesystem => "this disk cannot be written to",
        io::ErrorKind::FileTooLarge => "the file is larger than is allowed here",
        io::ErrorKind::NotFound => "it is not there",
        io::ErrorKind::NotADirectory => "it is not a folder",
        _ => return error.to_string(),
    };
    words.to_owned()
}
