//! The working folder beside an output: who has it, and what a killed run left there.
//!
//! The new site grows in `.NAME.onevoice-new` beside the output `NAME`, so that one rename puts it in place. Both
//! folders are locked while we work. Their names say what a killed run was about:
//!
//! - a working folder with our marker is a site that was not finished: all in it is ours, it goes;
//! - one without it is the old site after the exchange: what is foreign in it and not in the output is moved there;
//! - `.NAME.onevoice-old` is the old site where folders cannot be exchanged, between two renames or after them.
//!
//! An output that is a mount, or whose parent is closed to us, has its working folder inside.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rustix::fs::{AtFlags, CWD, Gid, Mode, OFlags, fchmod, fchown, fstat, mkdirat, openat, renameat, unlinkat};
use rustix::io::Errno;

use super::error::{Busy, Doing, Hindrance, WriteError};
use super::lock::{ATTEMPTS, Lock, is_still, lock_until, unlock};
use super::manifest::Manifest;
use super::retire::{self, Retired};
use super::target::{self, Target};
use super::{MARKER, WORKING_FOLDER, foreign, system};

/// Where the working folder is, and what it is called.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder that holds the working folder.
    pub(super) dir: File,
    /// Its path.
    shown: PathBuf,
    /// The output's name in `dir`; none if `dir` is the output.
    pub(super) name: Option<OsString>,
    /// The working folder's name in `dir`.
    pub(super) new: OsString,
    /// The old site's name between two renames.
    pub(super) old: OsString,
}

/// The working folder and the output, both ours until this is dropped. What is not switched by then is removed.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) place: Place,
    pub(super) working: File,
    /// The output, if there is one.
    pub(super) output: Option<File>,
    /// `ctime` before the first file.
    pub(super) begun: i64,
    /// The working folder has become the output.
    pub(super) switched: bool,
    /// Folders above the output that were missing.
    made: Vec<PathBuf>,
}

fn names(name: &OsStr) -> (OsString, OsString) {
    let with = |end: &str| [OsStr::new("."), name, OsStr::new(end)].into_iter().collect();
    (with(".onevoice-new"), with(".onevoice-old"))
}

/// Whether a killed run left something behind.
pub(super) fn is_unfinished(target: &Target) -> bool {
    let (above, name) = target.split();
    let (new, old) = names(name);
    let places = [above.join(new), above.join(old), target.path().join(WORKING_FOLDER)];
    places.iter().any(|path| !matches!(system::look(CWD, path), Ok(None)))
}

impl Place {
    /// Beside the output if possible, else inside.
    fn of(target: &Target, output: Option<&File>) -> Result<Self, WriteError> {
        let (above, name) = target.split();
        let dir = match (system::open_folder(CWD, above), output) {
            (Ok(dir), _) => dir,
            (Err(Errno::ACCESS), Some(output)) => return Self::inside(target, output),
            (Err(error), _) => return Err(WriteError::failed(Doing::Read, above)(error)),
        };
        if let Some(output) = output
            && system::is_mount(output, &dir).map_err(WriteError::failed(Doing::Read, target.path()))?
        {
            return Self::inside(target, output);
        }
        let (new, old) = names(name);
        Ok(Self { dir, shown: above.to_owned(), name: Some(name.to_owned()), new, old })
    }

    fn inside(target: &Target, output: &File) -> Result<Self, WriteError> {
        let dir = system::open_folder(output, ".").map_err(WriteError::failed(Doing::Read, target.path()))?;
        let (new, old) = (WORKING_FOLDER.into(), OsString::new());
        Ok(Self { dir, shown: target.path().to_owned(), name: None, new, old })
    }

    /// A path in `dir` for messages.
    pub(super) fn shown(&self, name: &OsStr) -> PathBuf {
        self.shown.join(name)
    }
}

/// Makes the working folder and locks it and the output, waiting as long as `lock` allows. What killed runs left is
/// cleaned away first.
pub(super) fn claim(target: &Target, lock: &Lock) -> Result<Claim, WriteError> {
    let until = lock.until();
    let made = make_above(target.split().0)?;
    match take(target, lock, until) {
        Ok(mut claim) => {
            claim.made = made;
            Ok(claim)
        }
        Err(error) => {
            remove_empty(&made);
            Err(error)
        }
    }
}

fn take(target: &Target, lock: &Lock, until: Instant) -> Result<Claim, WriteError> {
    let output = open_output(target)?;
    let mut place = Place::of(target, output.as_ref())?;
    let working = match make_working(&place, target, until) {
        Err(WriteError::Failed { error, .. }) if is_closed(&error) && place.name.is_some() && output.is_some() => {
            place = output.as_ref().map_or(Ok(place), |output| Place::inside(target, output))?;
            make_working(&place, target, until)?
        }
        made => made?,
    };
    // from here on an error removes the working folder
    let mut claim = Claim { place, working, output: None, begun: 0, switched: false, made: Vec::new() };
    clear_old(&claim.place, target, until)?;
    claim.output = output_of(&claim.place, target, until)?;
    claim.begun = claim.mark(lock).map_err(WriteError::failed(Doing::Write, claim.place.shown(&claim.place.new)))?;
    claim.clear_inside(target)?;
    Ok(claim)
}

/// Whether an error says that a folder may not be written to.
fn is_closed(error: &std::io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::ACCESS | Errno::PERM | Errno::ROFS))
}

/// The working folder, new and locked.
fn make_working(place: &Place, target: &Target, until: Instant) -> Result<File, WriteError> {
    for _ in 0..ATTEMPTS {
        let is_new = match mkdirat(&place.dir, &place.new, Mode::from_raw_mode(0o777)) {
            Ok(()) => true,
            Err(Errno::EXIST) => false,
            Err(error) => return Err(WriteError::failed(Doing::Folder, place.shown(&place.new))(error)),
        };
        match lock_folder(place, &place.new, target, until)? {
            Some(working) if is_new => return Ok(working),
            Some(left) => clear_leftover(place, &left, open_output(target)?.as_ref(), target)?,
            None => {}
        }
    }
    Err(WriteError::Busy(Busy::from_note(target.path(), "")))
}

fn open_output(target: &Target) -> Result<Option<File>, WriteError> {
    match system::open_folder(CWD, target.path()) {
        Ok(folder) => Ok(Some(folder)),
        Err(Errno::NOENT) => Ok(None),
        Err(error) => Err(WriteError::failed(Doing::Read, target.path())(error)),
    }
}

/// Opens a folder and locks it; none if it has gone or is another one by then.
fn lock_folder(place: &Place, name: &OsStr, target: &Target, until: Instant) -> Result<Option<File>, WriteError> {
    let folder = match system::open_folder(&place.dir, name) {
        Ok(folder) => folder,
        Err(Errno::NOENT) => return Ok(None),
        Err(error) => return Err(WriteError::failed(Doing::Read, place.shown(name))(error)),
    };
    if !lock_until(&folder, until) {
        return Err(WriteError::Busy(holder(&folder, target)));
    }
    let is_still = is_still(&place.dir, name, &folder).map_err(WriteError::failed(Doing::Read, place.shown(name)))?;
    Ok(is_still.then_some(folder))
}

/// Who has a working folder: its marker says so.
fn holder(working: &File, target: &Target) -> Busy {
    let mut note = String::new();
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    if let Ok(marker) = openat(working, MARKER, flags, Mode::empty()) {
        // whoever holds it may have removed it since
        let _ = File::from(marker).take(200).read_to_string(&mut note);
    }
    Busy::from_note(target.path(), &note)
}

/// The output, locked. Whoever has just put another folder in its place is waited for.
fn output_of(place: &Place, target: &Target, until: Instant) -> Result<Option<File>, WriteError> {
    let Some(name) = &place.name else {
        let output = system::open_folder(&place.dir, ".").map_err(WriteError::failed(Doing::Read, target.path()))?;
        return if lock_until(&output, until) {
            Ok(Some(output))
        } else {
            Err(WriteError::Busy(holder(&output, target)))
        };
    };
    for _ in 0..ATTEMPTS {
        if let Some(output) = lock_folder(place, name, target, until)? {
            return Ok(Some(output));
        }
        if system::look(&place.dir, name).map_err(WriteError::failed(Doing::Read, target.path()))?.is_none() {
            return Ok(None);
        }
    }
    Err(WriteError::Busy(Busy::from_note(target.path(), "")))
}

/// Cleans a working folder away that a killed run left, and the folder with it.
fn clear_leftover(place: &Place, left: &File, output: Option<&File>, target: &Target) -> Result<(), WriteError> {
    let shown = place.shown(&place.new);
    let failed = |error: Errno| WriteError::failed(Doing::Clean, shown.clone())(error);
    if retire::has_file(left, MARKER).map_err(failed)? {
        empty_unfinished(left).map_err(failed)?;
    } else if output.is_none() && system::look(&place.dir, &place.old).is_ok_and(|old| old.is_some()) {
        // killed between the two renames: the new site is whole, the second rename is all that was missing
        return renameat(&place.dir, &place.new, &place.dir, target.split().1).map_err(failed);
    } else {
        retire_leftover(left, &shown, output)?;
    }
    match unlinkat(&place.dir, &place.new, AtFlags::REMOVEDIR) {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

/// Empties a working folder, the marker last: as long as it is there, whoever comes after a killed run knows that the rest
/// is ours to remove.
fn empty_unfinished(working: &File) -> rustix::io::Result<()> {
    system::empty_but(working, MARKER.as_bytes())?;
    match unlinkat(working, MARKER, AtFlags::empty()) {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The same for the old site where folders cannot be exchanged: put back if nothing took its place.
fn clear_old(place: &Place, target: &Target, until: Instant) -> Result<(), WriteError> {
    let Some(name) = &place.name else { return Ok(()) };
    let failed = |error: Errno| WriteError::failed(Doing::Clean, place.shown(&place.old))(error);
    if system::look(&place.dir, &place.old).map_err(failed)?.is_none() {
        return Ok(());
    }
    let Some(left) = lock_folder(place, &place.old, target, until)? else { return Ok(()) };
    let Some(output) = open_output(target)? else {
        return renameat(&place.dir, &place.old, &place.dir, name).map_err(failed);
    };
    retire_leftover(&left, &place.shown(&place.old), Some(&output))?;
    unlinkat(&place.dir, &place.old, AtFlags::REMOVEDIR).map_err(failed)
}

/// Empties an old site that a killed run left.
fn retire_leftover(left: &File, shown: &Path, output: Option<&File>) -> Result<(), WriteError> {
    let manifest = target::manifest_in(left, shown)?;
    let foreign = foreign::scan(left, shown, manifest.as_ref())?;
    let first = foreign.things.first().map(|path| foreign::shown(shown, path));
    match (output, first) {
        // without a manifest it is not known to be ours, and without an output there is no place to move things to
        (None, Some(path)) => Err(WriteError::Foreign { path, why: Hindrance::Leftover }),
        (Some(_), Some(path)) if manifest.is_none() => Err(WriteError::Foreign { path, why: Hindrance::Leftover }),
        (output, _) => {
            let new = output.unwrap_or(left);
            let retired = Retired { root: left, shown, ours: manifest.as_ref(), foreign: &foreign, carried: &[], new };
            retired.empty().map(drop)
        }
    }
}

impl Claim {
    /// Writes down who works here, which also says that the site is not finished. Returns when.
    fn mark(&self, lock: &Lock) -> rustix::io::Result<i64> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let mut marker = File::from(openat(&self.working, MARKER, flags, Mode::from_raw_mode(0o666))?);
        marker.write_all(lock.note().as_bytes()).map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))?;
        fstat(&marker).map(|stat| system::changed(&stat))
    }

    /// Removes the working folder that a killed run left inside the output, when it was a mount.
    fn clear_inside(&self, target: &Target) -> Result<(), WriteError> {
        let (Some(output), Some(_)) = (&self.output, &self.place.name) else { return Ok(()) };
        let failed = |error: Errno| WriteError::failed(Doing::Clean, target.path().join(WORKING_FOLDER))(error);
        let Ok(left) = system::open_folder(output, WORKING_FOLDER) else { return Ok(()) };
        if !lock_until(&left, Instant::now()) {
            return Err(WriteError::Busy(holder(&left, target)));
        }
        if retire::has_file(&left, MARKER).map_err(failed)? {
            empty_unfinished(&left).map_err(failed)?;
        }
        unlinkat(output, WORKING_FOLDER, AtFlags::REMOVEDIR).map_err(failed)
    }

    /// What the output says is ours in it.
    pub(super) fn manifest(&self, target: &Target) -> Result<Option<Manifest>, WriteError> {
        self.output.as_ref().map_or(Ok(None), |output| Ok(target::manifest_in(output, target.path())?))
    }

    /// Gives the working folder the rights of the output: a web server may depend on them. While we write, its owner
    /// may do anything.
    pub(super) fn copy_rights(&self, while_writing: bool) -> rustix::io::Result<()> {
        let (Some(output), Some(_)) = (&self.output, &self.place.name) else { return Ok(()) };
        let (old, new) = (fstat(output)?, fstat(&self.working)?);
        if old.st_gid != new.st_gid {
            // allowed for groups that we are in
            let _ = fchown(&self.working, None, Some(Gid::from_raw(old.st_gid)));
        }
        let rights = old.st_mode & 0o7777 | if while_writing { 0o700 } else { 0 };
        if rights == new.st_mode & 0o7777 { Ok(()) } else { fchmod(&self.working, Mode::from_raw_mode(rights)) }
    }

    /// Removes the working folder.
    pub(super) fn discard(&mut self) -> rustix::io::Result<()> {
        self.switched = true;
        empty_unfinished(&self.working)?;
        unlinkat(&self.place.dir, &self.place.new, AtFlags::REMOVEDIR)
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if !self.switched {
            // what stays is cleaned away by the next run
            let _ = self.discard();
            remove_empty(&self.made);
        }
        [Some(&self.working), self.output.as_ref()].into_iter().flatten().for_each(unlock);
    }
}

/// Makes the folders above an output. Returns those that were missing, the highest first.
fn make_above(above: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let mut made = Vec::new();
    let missing = above.ancestors().take_while(|path| matches!(system::look(CWD, *path), Ok(None)));
    for path in missing.collect::<Vec<_>>().into_iter().rev() {
        match mkdirat(CWD, path, Mode::from_raw_mode(0o777)) {
            Ok(()) => made.push(path.to_owned()),
            Err(Errno::EXIST) => {}
            Err(error) => {
                remove_empty(&made);
                return Err(WriteError::failed(Doing::Folder, path)(error));
            }
        }
    }
    Ok(made)
}

fn remove_empty(made: &[PathBuf]) {
    for path in made.iter().rev() {
        // whoever has put something there meanwhile keeps it
        let _ = unlinkat(CWD, path, AtFlags::REMOVEDIR);
    }
}
