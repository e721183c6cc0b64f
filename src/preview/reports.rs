//! Whether a folder reports changes at all: by its kind of file system, and by trying.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::watch::Polling;
use crate::write::Probe;

/// How long a report may take. On a disk of one's own it is there within a millisecond.
const PATIENCE: Duration = Duration::from_millis(500);

/// Why the toolkit in `root` has to be polled; `None` where it reports changes.
#[must_use]
pub fn why_not(root: &Path) -> Option<Polling> {
    let places = [root.to_owned(), root.join("content"), root.join("themes")];
    if let Some(kind) = places.iter().find_map(|place| silent_kind(place)) {
        return Some(Polling::Kind(kind));
    }
    try_it(root)
}

/// Writes a file and waits for the report.
fn try_it(root: &Path) -> Option<Polling> {
    // a folder that can't be written to can't be tried: what is heard will show
    let probe = Probe::prepare(root).ok()?;
    let (sender, told) = channel();
    let tell = move |event: notify::Result<Event>| drop(sender.send(event));
    let mut watcher = RecommendedWatcher::new(tell, Config::default()).ok()?;
    watcher.watch(probe.folder(), RecursiveMode::NonRecursive).ok()?;
    probe.write().ok()?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        let event = told.recv_timeout(deadline.saturating_duration_since(Instant::now()));
        match event {
            Ok(Ok(event)) if event.paths.iter().any(|path| path.ends_with(probe.name())) => return None,
            Ok(_) => {}
            Err(_) => return Some(Polling::Silent),
        }
    }
}

/// The name of a kind of file system on which others can change files without a report: shares of the network, of
/// virtual machines, of containers.
#[cfg(target_os = "linux")]
fn silent_kind(path: &Path) -> Option<&'static str> {
    let found = rustix::fs::statfs(path).ok()?;
    #[expect(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "a number of 32 bits, in a wider type")]
    let kind = found.f_type as u32;
    KINDS.iter().find(|(number, _)| *number == kind).map(|(_, name)| *name)
}

#[cfg(not(target_os = "linux"))]
fn silent_kind(_: &Path) -> Option<&'static str> {
    None
}

/// From `linux/magic.h`, statfs(2), and the sources of those that are not listed there.
#[cfg(target_os = "linux")]
static KINDS: [(u32, &str); 13] = [
    (0x6969, "nfs"),
    (0xFF53_4D42, "cifs"),
    (0xFE53_4D42, "smb2"),
    (0x517B, "smb"),
    (0x0102_1997, "9p"),
    (0x6573_5546, "fuse"),
    (0x786F_4256, "vboxsf"),
    (0xBACB_ACBC, "vmhgfs"),
    (0x5346_414F, "afs"),
    (0x6B41_4653, "afs"),
    (0x7375_7245, "coda"),
    (0x564C, "ncp"),
    (0x00C3_6400, "ceph"),
];
