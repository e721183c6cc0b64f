//! The new site while it grows: files are put into the working folder from any thread, then all are switched at once.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::OnceLock;

use rustix::fs::{AtFlags, Mode, OFlags, fstat, linkat, mkdirat, openat, unlinkat};
use rustix::io::Errno;

use super::claim::{Claim, claim};
use super::error::{Doing, Hindrance, PathTrouble, WriteError};
use super::foreign::{self, Carried, Foreign};
use super::in_place::{InPlace, write_new};
use super::lock::Lock;
use super::manifest::{Fingerprint, Holds, Manifest};
use super::path::{self, Table};
use super::retire::Retired;
use super::state::{Known, KnownFile, Memory, Seen, State, exactly};
use super::swap::{self, How};
use super::target::Target;
use super::{MANIFEST, MARKER, system};

/// How much of a large file is in memory at once.
const PIECE: usize = 256 << 10;

/// A site that is being written. Dropped before [`finish`](Self::finish), it leaves the old one and no trace.
#[derive(Debug)]
pub struct Staging {
    target: Target,
    holds: Holds,
    table: Table,
    claim: Claim,
    old: Option<Manifest>,
    /// What is known of the old output's files, one for each of the table.
    known: Vec<Option<KnownFile>>,
    /// When the files that the last build wrote were written.
    window: (i64, i64),
    /// One for each file of the table, so that threads do not wait for each other.
    files: Vec<OnceLock<Done>>,
}

/// A file of the new site that is done.
#[derive(Debug)]
struct Done {
    file: KnownFile,
    /// It is the old output's.
    kept: bool,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// How the new site came to its place.
    pub how: How,
    /// Files of the site, the manifest not counted.
    pub files: usize,
    /// Those of them that were as before and were not written.
    pub kept: usize,
    /// Files of the old site that the new one has no more.
    pub removed: usize,
    /// Of the files that were to be put beside the site, those that were: nothing was there.
    pub beside: Vec<String>,
    /// Files that onevoice did not write and that are in the new site too.
    pub carried: usize,
    /// Files that others put into the output during the build: where they are now.
    pub moved: Vec<PathBuf>,
    /// What is left of the old site, if something there could not be removed; the next build tries again.
    pub left: Option<(PathBuf, WriteError)>,
}

impl Staging {
    /// Starts a site of these files, each of which has to be put before the end.
    ///
    /// Holding the toolkit's lock, this locks the output too, cleans away what killed runs left, and makes the folders.
    ///
    /// # Errors
    /// Unsafe or doubled paths, another process at the same output, and every failed call. The output is as before.
    pub fn begin<'a>(
        target: &Target,
        lock: &Lock,
        holds: Holds,
        paths: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, WriteError> {
        let table = Table::new(paths)?;
        let claim = claim(target, lock)?;
        let old = claim.manifest(target)?;
        // what the caller agreed to replace may have been replaced while it waited
        if old.as_ref().is_some_and(|old| old.holds != holds && Some(&old.holds) != target.holds()) {
            return Err(WriteError::Changed { path: target.path().to_owned() });
        }
        claim.copy_rights(true).map_err(WriteError::failed(Doing::Folder, target.path()))?;
        for folder in table.shared_folders() {
            mkdirat(&claim.working, &**folder, Mode::from_raw_mode(0o777))
                .map_err(WriteError::failed(Doing::Folder, target.path().join(&**folder)))?;
        }
        let state = if claim.output.is_some() { State::read(target, &holds) } else { State::default() };
        let files = table.files().iter().map(|_| OnceLock::new()).collect();
        let known = state.of_table(&table);
        Ok(Self { target: target.clone(), holds, table, claim, old, known, window: state.window, files })
    }

    /// Writes a file, or keeps the old one if it has the same bytes. From any thread; two or three system calls.
    ///
    /// # Errors
    /// A path that was not announced, or was put before; every failed call.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.put_bytes(path, bytes, None)
    }

    /// [`put`](Self::put), and remembers what the file was made from, for [`reuse`](Self::reuse).
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn put_made_from(&self, path: &str, bytes: &[u8], source: Fingerprint) -> Result<(), WriteError> {
        self.put_bytes(path, bytes, Some(source))
    }

    /// Keeps the old file if it was made from the same: true, and nothing has to be made. False: make and put it.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn reuse(&self, path: &str, source: Fingerprint) -> Result<bool, WriteError> {
        let at = self.position(path)?;
        let Some(known) = self.known(at).filter(|known| known.source == Some(source)) else { return Ok(false) };
        self.keep(at, path, known)
    }

    /// Copies a large file whose size and fingerprint are known.
    ///
    /// # Errors
    /// As [`put`](Self::put); also if the file is not what it was said to be, since somebody changes it just now.
    pub fn copy(&self, path: &str, from: &mut File, size: u64, fingerprint: Fingerprint) -> Result<(), WriteError> {
        let at = self.position(path)?;
        if let Some(known) = self.same(at, size, fingerprint)
            && self.keep(at, path, known)?
        {
            return Ok(());
        }
        let failed = |error| self.failed(path)(error);
        let mut to = self.create(at, path).map_err(failed)?;
        let mut hasher = blake3::Hasher::new();
        let mut piece = vec![0; usize::try_from(size).unwrap_or(PIECE).clamp(1, PIECE)];
        let mut copied = 0;
        loop {
            let read = match from.read(&mut piece) {
                Ok(read) => piece.get(..read).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(failed(error)),
            };
            if read.is_empty() {
                break;
            }
            hasher.update(read);
            copied += read.len() as u64;
            to.write_all(read).map_err(failed)?;
        }
        if copied != size || Fingerprint::from(hasher.finalize()) != fingerprint {
            return Err(failed(io::Error::other("the file it is copied from changed while it was read")));
        }
        self.done(at, path, KnownFile { fingerprint, size, source: None, seen: Seen::Written }, false)
    }

    fn put_bytes(&self, path: &str, bytes: &[u8], source: Option<Fingerprint>) -> Result<(), WriteError> {
        let at = self.position(path)?;
        let (fingerprint, size) = (Fingerprint::of(bytes), bytes.len() as u64);
        if let Some(known) = self.same(at, size, fingerprint)
            && self.keep(at, path, KnownFile { source, ..known })?
        {
            return Ok(());
        }
        let mut file = self.create(at, path).map_err(self.failed(path))?;
        file.write_all(bytes).map_err(self.failed(path))?;
        self.done(at, path, KnownFile { fingerprint, size, source, seen: Seen::Written }, false)
    }

    fn position(&self, path: &str) -> Result<usize, WriteError> {
        let unknown = || WriteError::path(path, path::trouble(path).unwrap_or(PathTrouble::Unknown));
        self.table.position(path).ok_or_else(unknown)
    }

    fn failed<E: Into<io::Error>>(&self, path: &str) -> impl FnOnce(E) -> WriteError {
        WriteError::failed(Doing::Write, self.target.path().join(path))
    }

    fn known(&self, at: usize) -> Option<KnownFile> {
        self.known.get(at).copied().flatten()
    }

    /// The old file, if it is remembered to have these bytes.
    fn same(&self, at: usize, size: u64, fingerprint: Fingerprint) -> Option<KnownFile> {
        self.known(at).filter(|known| (known.size, known.fingerprint) == (size, fingerprint))
    }

    fn done(&self, at: usize, path: &str, file: KnownFile, kept: bool) -> Result<(), WriteError> {
        let twice = || WriteError::path(path, PathTrouble::Twice);
        self.files.get(at).and_then(|slot| slot.set(Done { file, kept }).ok()).ok_or_else(twice)
    }

    fn make_own_folder(&self, at: usize) -> io::Result<()> {
        let own = self.table.files().get(at).filter(|file| file.makes_folder);
        match own.and_then(|file| path::folder(&file.path)) {
            Some(folder) => match mkdirat(&self.claim.working, folder, Mode::from_raw_mode(0o777)) {
                Ok(()) | Err(Errno::EXIST) => Ok(()),
                Err(error) => Err(error.into()),
            },
            None => Ok(()),
        }
    }

    fn create(&self, at: usize, path: &str) -> io::Result<File> {
        self.make_own_folder(at)?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        Ok(File::from(openat(&self.claim.working, path, flags, Mode::from_raw_mode(0o666))?))
    }

    /// Takes the old file over if it is still what is remembered of it.
    fn keep(&self, at: usize, path: &str, known: KnownFile) -> Result<bool, WriteError> {
        let Some(output) = &self.claim.output else { return Ok(false) };
        let is_same = |stat: &rustix::fs::Stat| known.is(stat, self.window);
        let look = |dir: &File| system::look(dir, path).map_err(self.failed(path));
        // a link moves the `ctime`, so a file that is known by it is looked at before; another, by its inode, after
        let before = match known.seen {
            Seen::Written => look(output)?,
            Seen::Exactly { .. } if self.is_inside() => look(output)?,
            Seen::Exactly { .. } => None,
        };
        if before.as_ref().is_some_and(|stat| !is_same(stat)) || (before.is_none() && known.seen == Seen::Written) {
            return Ok(false);
        }
        let stat = if self.is_inside() {
            before
        } else {
            self.make_own_folder(at).map_err(self.failed(path))?;
            // whatever hinders the link, the file can still be written
            if linkat(output, path, &self.claim.working, path, AtFlags::empty()).is_err() {
                return Ok(false);
            }
            let linked = look(&self.claim.working)?;
            let is_same = linked.as_ref().is_some_and(|linked| match &before {
                Some(before) => exactly(linked) == exactly(before) && system::size(linked) == known.size,
                None => is_same(linked),
            });
            if !is_same {
                unlinkat(&self.claim.working, path, AtFlags::empty()).map_err(self.failed(path))?;
                return Ok(false);
            }
            linked
        };
        let Some(stat) = stat else { return Ok(false) };
        self.done(at, path, KnownFile { seen: exactly(&stat), ..known }, true).map(|()| true)
    }

    /// The working folder lies in the output, whose unchanged files are simply left alone.
    fn is_inside(&self) -> bool {
        self.claim.place.name.is_none()
    }
}

impl Staging {
    /// Puts the new site in the place of the old one and remembers it for the next build.
    ///
    /// # Errors
    /// A file that was not put; something foreign that cannot be kept; every failed call. The old site stands as it
    /// was, but for [`WriteError::Partly`].
    pub fn finish(self, memory: &Memory) -> Result<Written, WriteError> {
        self.finish_with(memory, &[])
    }

    /// [`finish`](Self::finish), with files beside the site: each where nothing of its name is, and in no manifest, so
    /// that it is nobody's but the user's from then on. An output that is written file by file gets none.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn finish_with(mut self, memory: &Memory, beside: &[(&str, &[u8])]) -> Result<Written, WriteError> {
        let new = self.manifest()?;
        let foreign = self.find_foreign()?;
        let can_switch = !self.is_inside();
        let carried = match &self.claim.output {
            Some(output) if can_switch => foreign.carry(output, &self.claim.working, self.target.path())?,
            _ => Vec::new(),
        };
        let added = if can_switch { self.put_beside(beside)? } else { Vec::new() };
        let manifest = self.write_manifest(&new)?;
        let how = self.switch(&new, can_switch)?;
        let mut written = self.count(how, &foreign);
        written.beside = added;
        // readers have the new site; nothing from here on is an error
        match how {
            How::Exchanged | How::Renamed => self.retire(how, &foreign, &carried, &mut written),
            How::First | How::FileByFile => {}
        }
        self.remember(how, manifest, memory);
        Ok(written)
    }

    fn manifest(&self) -> Result<Manifest, WriteError> {
        let files = self.table.files().iter().zip(&self.files).map(|(file, done)| match done.get() {
            Some(done) => Ok((file.path.clone(), done.file.fingerprint)),
            None => Err(WriteError::Missing { path: file.path.to_string() }),
        });
        Ok(Manifest { holds: self.holds.clone(), files: files.collect::<Result<_, _>>()? })
    }

    /// Puts files beside the site into the working folder, after what was carried there; returns which.
    fn put_beside(&self, beside: &[(&str, &[u8])]) -> Result<Vec<String>, WriteError> {
        let mut added = Vec::new();
        for (path, bytes) in beside {
            if path::trouble(path).is_some() || self.table.collides(path.as_bytes(), false) {
                continue;
            }
            let above = system::parent(path.as_bytes());
            let name = path.rsplit('/').next().unwrap_or(path);
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            let made = system::make_folders(&self.claim.working, above)
                .and_then(|()| system::open_below(&self.claim.working, above))
                .and_then(|folder| openat(&folder, name, flags, Mode::from_raw_mode(0o666)));
            match made {
                Ok(file) => File::from(file).write_all(bytes).map_err(self.failed(path))?,
                // somebody's own file or link is there, or in the place of a folder
                Err(Errno::EXIST | Errno::LOOP | Errno::NOTDIR | Errno::XDEV) => continue,
                Err(error) => return Err(self.failed(path)(error)),
            }
            added.push((*path).to_owned());
        }
        Ok(added)
    }

    /// What is in the output and not ours; an error if the new site needs its place.
    fn find_foreign(&self) -> Result<Foreign, WriteError> {
        let Some(output) = &self.claim.output else { return Ok(Foreign::default()) };
        let shown = self.target.path();
        // an output that was empty when it was opened has no manifest, and all that appeared since is foreign
        let foreign = foreign::scan(output, shown, self.old.as_ref())?;
        match foreign.in_the_way(&self.table) {
            Some(path) => Err(WriteError::Foreign { path: foreign::shown(shown, path), why: Hindrance::InTheWay }),
            None => Ok(foreign),
        }
    }

    /// Writes the manifest, the last of our files. Returns what is known of it, and when it was written.
    fn write_manifest(&self, new: &Manifest) -> Result<(KnownFile, i64), WriteError> {
        let text = new.text();
        let file = write_new(&self.claim.working, MANIFEST, text.as_bytes()).map_err(self.failed(MANIFEST))?;
        let stat = fstat(&file).map_err(self.failed(MANIFEST))?;
        let (fingerprint, size) = (Fingerprint::of(text.as_bytes()), text.len() as u64);
        let known = KnownFile { fingerprint, size, source: None, seen: Seen::Written };
        Ok((known, system::changed(&stat)))
    }

    /// Brings all to the disk and switches.
    fn switch(&mut self, new: &Manifest, can_switch: bool) -> Result<How, WriteError> {
        let shown = self.target.path().to_owned();
        let failed = |error: Errno| WriteError::failed(Doing::Switch, shown.clone())(error);
        let how = if can_switch {
            self.claim.copy_rights(false).map_err(failed)?;
            // before the sync, or a power cut could bring it back into the new site
            unlinkat(&self.claim.working, MARKER, AtFlags::empty()).map_err(failed)?;
            system::sync_all(&self.claim.working).map_err(failed)?;
            swap::switch(&self.claim.place, self.claim.output.is_some()).map_err(failed)?
        } else {
            How::FileByFile
        };
        match how {
            How::FileByFile => self.switch_in_place(new)?,
            How::First | How::Exchanged | How::Renamed => self.claim.switched = true,
        }
        Ok(how)
    }

    fn switch_in_place(&mut self, new: &Manifest) -> Result<(), WriteError> {
        let kept: Vec<bool> = self.files.iter().map(|done| done.get().is_some_and(|done| done.kept)).collect();
        let (working, shown) = (&self.claim.working, self.target.path().to_owned());
        let Some(output) = &self.claim.output else { return Ok(()) };
        let in_place = InPlace { working, output, shown, old: self.old.as_ref(), new, table: &self.table, kept: &kept };
        in_place.prepare()?;
        system::sync_all(working).map_err(WriteError::failed(Doing::Switch, self.target.path()))?;
        in_place.switch()
    }

    fn count(&self, how: How, foreign: &Foreign) -> Written {
        let old = self.old.iter().flat_map(|old| &old.files);
        Written {
            how,
            files: self.files.len(),
            kept: self.files.iter().filter(|done| done.get().is_some_and(|done| done.kept)).count(),
            removed: old.filter(|(path, _)| self.table.position(path).is_none()).count(),
            beside: Vec::new(),
            carried: foreign.things.len(),
            moved: Vec::new(),
            left: None,
        }
    }

    /// Removes the old site.
    fn retire(&self, how: How, foreign: &Foreign, carried: &[Carried], written: &mut Written) {
        let place = &self.claim.place;
        let name = if how == How::Renamed { &place.old } else { &place.new };
        let Some(old) = &self.claim.output else { return };
        let shown = place.shown(name);
        let ours = self.old.as_ref();
        let retired = Retired { root: old, shown: &shown, ours, foreign, carried, new: &self.claim.working };
        let removed = retired.empty().and_then(|moved| {
            written.moved = moved.into_iter().map(|path| self.target.path().join(path)).collect();
            unlinkat(&place.dir, name, AtFlags::REMOVEDIR).map_err(WriteError::failed(Doing::Clean, &shown))
        });
        written.left = removed.err().map(|error| (shown.clone(), error));
    }

    fn remember(&mut self, how: How, (manifest, written): (KnownFile, i64), memory: &Memory) {
        let last = if how == How::FileByFile {
            // renames move the `ctime` too; removing the working folder moves that of the output
            let done = self.claim.discard();
            let stat = self.claim.output.as_ref().filter(|_| done.is_ok()).and_then(|output| fstat(output).ok());
            stat.map_or(written, |stat| system::changed(&stat))
        } else {
            written
        };
        let paths = self.table.files().iter().map(|file| file.path.clone());
        let files = paths.zip(self.files.iter().filter_map(|done| Some(done.get()?.file)));
        let mut files: Vec<Known> = files.map(|(path, file)| Known { path, file }).collect();
        files.push(Known { path: MANIFEST.into(), file: manifest });
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        State { window: (self.claim.begun, last), files }.save(&self.target, &self.holds, memory);
    }
}
