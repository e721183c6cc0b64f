//! What a toolkit remembers of an output between two builds, so that nothing is made or written twice.
//!
//! It is a cache: it may be deleted at any time, and what is damaged, of another version or of another output counts as
//! missing. A file is only trusted to be as it was written if the system's own record of it says so:
//!
//! - A file that was there before the build has been looked at: size, time and inode are exact.
//! - A file that the build wrote has not, which saves a call a file. Its `ctime`, which only the system sets, has to lie
//!   between the first and the last call of that build: whoever touches the file later moves it out of that window.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;

use rustix::fs::{FileType, Mode, OFlags, Stat, openat, renameat};

use super::manifest::{Fingerprint, Holds};
use super::path::Table;
use super::system;
use super::target::Target;
use super::{claim, lock};

/// Changes with every change of the format below.
const FORMAT: &[u8] = b"onevoice state 1\n";
/// More than a million pages.
const LARGEST: u64 = 1 << 30;
/// Bytes of the checksum at the end.
const CHECKSUM: usize = 32;

/// What the one who builds wants to be told at the next run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Of everything that the site was made from.
    pub key: [u8; 32],
    /// Anything; given back by [`unchanged`].
    pub replay: Vec<u8>,
}

/// The state of one output.
#[derive(Debug, Default)]
pub(super) struct State {
    /// First and last `ctime` of the files that the build wrote.
    pub(super) window: (i64, i64),
    /// In the order of the paths' bytes; the manifest among them.
    pub(super) files: Vec<Known>,
}

/// One file of the output.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) path: Box<str>,
    pub(super) file: KnownFile,
}

/// What is remembered of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownFile {
    pub(super) fingerprint: Fingerprint,
    pub(super) size: u64,
    /// Of what it was made from.
    pub(super) source: Option<Fingerprint>,
    pub(super) seen: Seen,
}

/// How we can tell that a file was not touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// It was written by that build.
    Written,
    /// It was looked at by that build.
    Exactly {
        /// In nanoseconds since 1970.
        modified: i64,
        inode: u64,
    },
}

impl KnownFile {
    /// Whether what is there now is what was there then.
    pub(super) fn is(&self, stat: &Stat, window: (i64, i64)) -> bool {
        let untouched = match self.seen {
            Seen::Written => (window.0..=window.1).contains(&system::changed(stat)),
            seen @ Seen::Exactly { .. } => seen == exactly(stat),
        };
        untouched && system::size(stat) == self.size && system::kind(stat) == FileType::RegularFile
    }
}

/// For a file that was looked at.
pub(super) fn exactly(stat: &Stat) -> Seen {
    Seen::Exactly { modified: system::modified(stat), inode: system::Identity::of(stat).inode }
}

/// Whether the output is what the last build of `holds` with this `key` left there, down to the last file; then what
/// that build wanted to be remembered. Nothing is written.
#[must_use]
pub fn unchanged(target: &Target, holds: &Holds, key: &[u8; 32]) -> Option<Vec<u8>> {
    if target.holds() != Some(holds) || claim::is_unfinished(target) {
        return None;
    }
    let bytes = read(target, holds)?;
    let mut text = Text(checked(&bytes)?);
    let head = text.head(target, holds)?;
    if head.key != key {
        return None;
    }
    let folder = system::open_folder(rustix::fs::CWD, target.path()).ok()?;
    for _ in 0..head.files {
        let (path, file) = text.file()?;
        if !file.is(&system::look(&folder, path).ok()??, head.window) {
            return None;
        }
    }
    Some(head.replay.to_vec())
}

impl State {
    /// What is remembered of this output, or nothing.
    pub(super) fn read(target: &Target, holds: &Holds) -> Self {
        Self::parse(target, holds).unwrap_or_default()
    }

    fn parse(target: &Target, holds: &Holds) -> Option<Self> {
        let bytes = read(target, holds)?;
        let mut text = Text(checked(&bytes)?);
        let head = text.head(target, holds)?;
        let mut files = Vec::with_capacity(usize::try_from(head.files).ok()?.min(bytes.len() / 40));
        for _ in 0..head.files {
            let (path, file) = text.file()?;
            files.push(Known { path: path.into(), file });
        }
        Some(Self { window: head.window, files })
    }

    /// What is known of each file of a new site.
    pub(super) fn of_table(&self, table: &Table) -> Vec<Option<KnownFile>> {
        let mut known = vec![None; table.files().len()];
        for Known { path, file } in &self.files {
            if let Some(slot) = table.position(path).and_then(|at| known.get_mut(at)) {
                *slot = Some(*file);
            }
        }
        known
    }

    /// Remembers this for the next run. A cache that cannot be written costs time, nothing else, so errors are not told.
    pub(super) fn save(&self, target: &Target, holds: &Holds, memory: &Memory) {
        let Ok(cache) = lock::open_cache(target.cache()) else { return };
        let name = name(holds);
        let new = format!("{name}.new");
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let Ok(file) = openat(&cache, &new, flags, Mode::from_raw_mode(0o666)) else { return };
        if File::from(file).write_all(&self.bytes(target, holds, memory)).is_ok() {
            let _ = renameat(&cache, &new, &cache, &name);
        }
    }

    fn bytes(&self, target: &Target, holds: &Holds, memory: &Memory) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(memory.replay.len() + self.files.len() * 120 + 200);
        bytes.extend(FORMAT);
        put(&mut bytes, target.path().as_os_str().as_bytes());
        put(&mut bytes, holds.edition.as_bytes());
        bytes.push(u8::from(holds.drafts));
        bytes.extend(memory.key);
        put(&mut bytes, &memory.replay);
        bytes.extend(self.window.0.to_le_bytes());
        bytes.extend(self.window.1.to_le_bytes());
        bytes.extend((self.files.len() as u64).to_le_bytes());
        for Known { path, file } in &self.files {
            put(&mut bytes, path.as_bytes());
            bytes.extend(file.fingerprint.0);
            bytes.extend(file.size.to_le_bytes());
            bytes.push(u8::from(file.source.is_some()));
            bytes.extend(file.source.map(|source| source.0).unwrap_or_default());
            let (kind, modified, inode) = match file.seen {
                Seen::Written => (0, 0, 0),
                Seen::Exactly { modified, inode } => (1, modified, inode),
            };
            bytes.push(kind);
            bytes.extend(modified.to_le_bytes());
            bytes.extend(inode.to_le_bytes());
        }
        let checksum = blake3::hash(&bytes);
        bytes.extend(checksum.as_bytes());
        bytes
    }
}

fn name(holds: &Holds) -> String {
    format!("state-{}", holds.edition)
}

/// A length and that many bytes.
fn put(bytes: &mut Vec<u8>, text: &[u8]) {
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text);
}

fn read(target: &Target, holds: &Holds) -> Option<Vec<u8>> {
    let cache = system::open_folder(rustix::fs::CWD, target.cache()).ok()?;
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(openat(&cache, name(holds), flags, Mode::empty()).ok()?);
    let stat = rustix::fs::fstat(&file).ok()?;
    if system::kind(&stat) != FileType::RegularFile || system::size(&stat) > LARGEST {
        return None;
    }
    let mut bytes = Vec::with_capacity(usize::try_from(system::size(&stat)).ok()? + 1);
    file.take(LARGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The bytes without format and checksum, if both are right.
fn checked(bytes: &[u8]) -> Option<&[u8]> {
    let (text, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
    (blake3::hash(text).as_bytes() == checksum).then_some(text)?.strip_prefix(FORMAT)
}

/// What is still to be read.
struct Text<'a>(&'a [u8]);

/// What stands before the files.
struct Head<'a> {
    key: &'a [u8; 32],
    replay: &'a [u8],
    window: (i64, i64),
    files: u64,
}

impl<'a> Text<'a> {
    /// The head, if it speaks of this output.
    fn head(&mut self, target: &Target, holds: &Holds) -> Option<Head<'a>> {
        let ours = self.text()? == target.path().as_os_str().as_bytes()
            && self.text()? == holds.edition.as_bytes()
            && self.array::<1>()? == &[u8::from(holds.drafts)];
        if !ours {
            return None;
        }
        let (key, replay) = (self.array()?, self.text()?);
        let window = (i64::from_le_bytes(*self.array()?), i64::from_le_bytes(*self.array()?));
        Some(Head { key, replay, window, files: self.number()? })
    }

    fn file(&mut self) -> Option<(&'a str, KnownFile)> {
        let path = str::from_utf8(self.text()?).ok()?;
        let (fingerprint, size) = (Fingerprint(*self.array()?), self.number()?);
        let has_source = self.array::<1>()? == &[1];
        let source = Some(Fingerprint(*self.array()?)).filter(|_| has_source);
        let written = self.array::<1>()? == &[0];
        let (modified, inode) = (i64::from_le_bytes(*self.array()?), self.number()?);
        let seen = if written { Seen::Written } else { Seen::Exactly { modified, inode } };
        Some((path, KnownFile { fingerprint, size, source, seen }))
    }

    fn array<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(array)
    }

    fn number(&mut self) -> Option<u64> {
        self.array().map(|bytes| u64::from_le_bytes(*bytes))
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(text)
    }
}
