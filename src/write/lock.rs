//! One onevoice at a time: a lock on the toolkit, and one on each output for toolkits that share it.
//!
//! Both are advisory locks of the system, so they go away with their process, however it ends.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, Mode, OFlags, mkdirat, openat};
use rustix::io::Errno;

use super::CACHE;
use super::error::{Busy, Doing, WriteError};
use super::system::{self, Identity};

const NAME: &str = "lock";
/// How often a lock may turn out to be on a file that has gone. More often than that, this file system tells two
/// identities of one file.
pub(super) const ATTEMPTS: u32 = 100;
/// How long a waiting process sleeps before it looks again.
const PAUSE: Duration = Duration::from_millis(20);

/// The toolkit is ours until this is dropped or the process ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    command: String,
    wait: Duration,
}

impl Lock {
    /// Takes the lock of the toolkit for `command` (`build`), waiting up to `wait` for the one who has it.
    ///
    /// Makes `.onevoice` with a `.gitignore` of its own if it is missing.
    ///
    /// # Errors
    /// [`WriteError::Busy`] names the holder; `Failed` if the folder cannot be made or written to.
    pub fn take(toolkit_root: &Path, command: &str, wait: Duration) -> Result<Self, WriteError> {
        let cache = toolkit_root.join(CACHE);
        let until = Instant::now() + wait;
        for _ in 0..ATTEMPTS {
            let folder = open_cache(&cache)?;
            let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let failed = |error: io::Error| WriteError::failed(Doing::Write, cache.join(NAME))(error);
            let file = openat(&folder, NAME, flags, Mode::from_raw_mode(0o666));
            let mut file = file.map(File::from).map_err(|error| failed(error.into()))?;
            if !lock_until(&file, until) {
                let mut note = String::new();
                // whoever holds it may not have written yet
                let _ = Read::take(&file, 200).read_to_string(&mut note);
                return Err(WriteError::Busy(Busy::from_note(toolkit_root, &note)));
            }
            // the cache may be deleted at any time, the file that we waited for too
            if is_still(&folder, NAME, &file).map_err(|error| failed(error.into()))? {
                file.set_len(0).and_then(|()| file.write_all(note(command).as_bytes())).map_err(failed)?;
                return Ok(Self { file, command: command.to_owned(), wait });
            }
        }
        Err(WriteError::Busy(Busy::from_note(toolkit_root, "")))
    }

    /// Locks an output's folder as patiently as the toolkit.
    pub(super) fn until(&self) -> Instant {
        Instant::now() + self.wait
    }

    /// What the holder of an output writes down.
    pub(super) fn note(&self) -> String {
        note(&self.command)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        unlock(&self.file);
    }
}

/// Unlocks a file. To close it is not enough while a program that is just being started still has it too.
pub(super) fn unlock(file: &File) {
    // closing follows, and the end of the process in any case
    let _ = file.unlock();
}

fn note(command: &str) -> String {
    format!("{} {command}\n", std::process::id())
}

/// Opens the toolkit's `.onevoice`, made if it is missing. A link is refused: what it leads to is not ours to write in.
pub(super) fn open_cache(cache: &Path) -> Result<File, WriteError> {
    match mkdirat(CWD, cache, Mode::from_raw_mode(0o777)) {
        Ok(()) | Err(Errno::EXIST) => {}
        Err(error) => return Err(WriteError::failed(Doing::Folder, cache)(error)),
    }
    let folder = system::open_folder(CWD, cache).map_err(WriteError::failed(Doing::Folder, cache))?;
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
    match openat(&folder, ".gitignore", flags, Mode::from_raw_mode(0o666)) {
        Ok(file) => {
            File::from(file).write_all(b"*\n").map_err(WriteError::failed(Doing::Write, cache.join(".gitignore")))?;
        }
        Err(Errno::EXIST) => {}
        Err(error) => return Err(WriteError::failed(Doing::Write, cache.join(".gitignore"))(error)),
    }
    Ok(folder)
}

/// Locks an open file or folder; false if someone else still has it at `until`.
///
/// Where the file system has no locks (some network ones), nothing is locked: a site is better than none.
pub(super) fn lock_until(file: &File, until: Instant) -> bool {
    loop {
        match file.try_lock() {
            Ok(()) | Err(TryLockError::Error(_)) => return true,
            Err(TryLockError::WouldBlock) if Instant::now() >= until => return false,
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}

/// Whether `name` in `folder` is still the file or folder that was opened.
pub(super) fn is_still(folder: &File, name: impl rustix::path::Arg, opened: &File) -> rustix::io::Result<bool> {
    let here = system::look(folder, name)?.map(|stat| Identity::of(&stat));
    Ok(here == Some(Identity::of(&rustix::fs::fstat(opened)?)))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the disk as a user does")]
mod tests {
    use super::*;

    #[test]
    fn the_second_hears_who_has_the_lock() {
        let toolkit = tempfile::tempdir().unwrap();
        let first = Lock::take(toolkit.path(), "build --watch", Duration::ZERO).unwrap();
        let Err(WriteError::Busy(busy)) = Lock::take(toolkit.path(), "publish", Duration::from_millis(30)) else {
            panic!("two have the lock");
        };
        assert_eq!((busy.pid, busy.command.as_deref()), (Some(std::process::id()), Some("build --watch")));
        drop(first);
        Lock::take(toolkit.path(), "publish", Duration::ZERO).unwrap();
    }

    #[test]
    fn waiting_ends_when_the_first_is_done() {
        let toolkit = tempfile::tempdir().unwrap();
        let first = Lock::take(toolkit.path(), "build", Duration::ZERO).unwrap();
        thread::scope(|scope| {
            let second = scope.spawn(|| Lock::take(toolkit.path(), "build", Duration::from_secs(10)).is_ok());
            thread::sleep(Duration::from_millis(50));
            drop(first);
            assert!(second.join().unwrap());
        });
    }

    #[test]
    fn git_does_not_see_the_cache_and_a_link_is_refused() {
        let toolkit = tempfile::tempdir().unwrap();
        drop(Lock::take(toolkit.path(), "build", Duration::ZERO).unwrap());
        assert_eq!(std::fs::read_to_string(toolkit.path().join(".onevoice/.gitignore")).unwrap(), "*\n");

        let other = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(toolkit.path(), other.path().join(".onevoice")).unwrap();
        assert!(matches!(Lock::take(other.path(), "build", Duration::ZERO), Err(WriteError::Failed { .. })));
    }
}
