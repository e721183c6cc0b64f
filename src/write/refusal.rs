//! The outputs that are refused, and why: no build may cost a writer one file of her own.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::error::words;
use super::manifest::Unreadable;

/// Why nothing is written to an output. Every path is the real one, after all links.
#[derive(Debug)]
pub enum Refusal {
    /// It is the top of the disk.
    Top {
        /// The output.
        path: PathBuf,
    },
    /// It is a home folder.
    Home {
        /// The output.
        path: PathBuf,
    },
    /// Something that must not be replaced lies in it, or is the output itself.
    Holds {
        /// The output.
        path: PathBuf,
        /// The toolkit, its texts, its themes, or a home folder.
        what: PathBuf,
    },
    /// It lies inside the sources, the cache or a repository's own folder.
    Inside {
        /// The output.
        path: PathBuf,
        /// The folder it lies in.
        what: PathBuf,
    },
    /// A file stands there, or in the place of a folder above it.
    NotAFolder {
        /// The output, or the file above it.
        path: PathBuf,
    },
    /// A link that leads nowhere.
    DeadLink {
        /// The link.
        path: PathBuf,
    },
    /// It is not empty and has no manifest of ours.
    NotOurs {
        /// The output.
        path: PathBuf,
        /// One of the things in it.
        holds: PathBuf,
    },
    /// Its manifest cannot be trusted.
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        why: Unreadable,
    },
    /// The system does not let us look.
    Unreadable {
        /// The output, or a folder above it.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl Refusal {
    pub(super) fn unreadable<E: Into<io::Error>>(path: &Path) -> impl FnOnce(E) -> Self {
        move |error| Self::Unreadable { path: path.to_owned(), error: error.into() }
    }

    /// The output, or the file that was in the way.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Top { path }
            | Self::Home { path }
            | Self::Holds { path, .. }
            | Self::Inside { path, .. }
            | Self::NotAFolder { path }
            | Self::DeadLink { path }
            | Self::NotOurs { path, .. }
            | Self::Manifest { path, .. }
            | Self::Unreadable { path, .. } => path,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path().display();
        match self {
            Self::Top { .. } => {
                write!(f, "{path} is the top of the disk; give an output folder of its own, such as public")
            }
            Self::Home { .. } => write!(f, "{path} is a home folder; give an output folder of its own, such as public"),
            Self::Holds { what, .. } if what == self.path() => {
                write!(f, "{path} must not be replaced by the site; give an output folder of its own, such as public")
            }
            Self::Holds { what, .. } => write!(
                f,
                "{path} holds {}, which must not be replaced by the site; give an output folder of its own, such as public",
                what.display()
            ),
            Self::Inside { what, .. } => write!(
                f,
                "{path} lies inside {}, where no site belongs; give an output folder of its own, such as public",
                what.display()
            ),
            Self::NotAFolder { .. } => write!(f, "{path} is a file; give a folder as output"),
            Self::DeadLink { .. } => {
                write!(f, "{path} is a link that leads nowhere; make the folder it leads to, or remove the link")
            }
            Self::NotOurs { holds, .. } => write!(
                f,
                "{path} holds {}, and no site that onevoice wrote; give an empty or a new folder as output",
                holds.display()
            ),
            Self::Manifest { why: Unreadable::Newer, .. } => {
                write!(f, "{path} was written by a newer onevoice; use that one, or give another output folder")
            }
            Self::Manifest { why: Unreadable::Damaged { line }, .. } => write!(
                f,
                "{path} is damaged in line {line}, so nobody can tell which files are ours; give another output folder, \
                 or look through this one and remove it"
            ),
            Self::Unreadable { error, .. } => {
                write!(f, "{path} cannot be looked at: {}; give another output folder", words(error))
            }
        }
    }
}

impl std::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } => Some(error),
            _ => None,
        }
    }
}
