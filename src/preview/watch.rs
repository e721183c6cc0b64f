//! Hears that something in the toolkit may have changed.
//!
//! Events are hints: editors save in many ways, queues overflow, folders come and go. After the first event there is a
//! short wait for silence, then whoever asked reads what the hints name and compares contents. Below that lies a net:
//! now and then all files are looked at from outside, without reading one. Where no events come, the net is all there is.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RenameMode};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::reports;
use crate::source::{Hints, Stamps};

/// The silence after the last event while something is half done: a file is being written, or has gone and may be put
/// back. Editors need no more between emptying a file and filling it.
const QUIET: Duration = Duration::from_millis(5);
/// The silence when all that was heard of is whole: written and closed, or moved into its place. What belongs together,
/// like the files of another branch, follows faster than this.
const SETTLED: Duration = Duration::from_millis(1);
/// The longest wait from the first event on, however many follow.
const LONGEST: Duration = Duration::from_millis(50);
/// When folders came, went or moved they are looked at once more: what was put into a new folder before the system
/// watched it was told to nobody.
const ECHO: Duration = Duration::from_millis(150);
/// The net: once, soon after a change, and then seldom.
const NET_SOON: Duration = Duration::from_secs(1);
const NET_SELDOM: Duration = Duration::from_secs(15);
/// How often a folder without events is looked at.
const POLL: Duration = Duration::from_millis(500);
/// The part of the time that looking may take: a two-hundredth where it is a net, a fortieth where it is all there is.
const NET_SHARE: u32 = 200;
const POLL_SHARE: u32 = 40;

/// Why changes are looked for and not waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Polling {
    /// It was asked for.
    Asked,
    /// The folder is of a kind that reports nothing, or not everything: its name.
    Kind(&'static str),
    /// A file was written, and nothing was reported.
    Silent,
    /// The system watches no more folders: its limit is reached.
    Limit,
    /// The system says why not.
    Refused(String),
}

/// Something that was heard.
enum Heard {
    Event(Event),
    Trouble(notify::Error),
    End,
}

/// Watches a toolkit.
pub struct Watch {
    root: PathBuf,
    heard: Receiver<Heard>,
    end: Sender<Heard>,
    watcher: Option<RecommendedWatcher>,
    polling: Option<Polling>,
    stamps: Stamps,
    /// When to look next, and at what.
    net: Instant,
    echo: Option<(Instant, Hints)>,
}

/// Ends the watch from another thread.
#[derive(Clone)]
pub struct End(Sender<Heard>);

impl End {
    /// Ends it.
    pub fn now(&self) {
        let _ = self.0.send(Heard::End);
    }
}

/// What came of waiting.
pub enum Next {
    /// Something may have changed.
    Changed(Hints),
    /// From now on changes are looked for: events have failed.
    Polls(Polling),
    /// The watch was ended.
    Ended,
}

impl Watch {
    /// Starts to watch the toolkit in `root`: `toolkit.yaml`, `content/` and `themes/`. Tries first whether events come.
    #[must_use]
    pub fn start(root: &Path, poll: bool) -> Self {
        let (end, heard) = channel();
        let mut watch = Self {
            root: root.to_owned(),
            heard,
            end,
            watcher: None,
            polling: None,
            stamps: Stamps::take(root).unwrap_or_default(),
            net: Instant::now() + NET_SOON,
            echo: None,
        };
        let polling = if poll { Some(Polling::Asked) } else { reports::why_not(root) };
        let polling = polling.or_else(|| watch.listen().err());
        watch.polls(polling);
        watch
    }

    /// Why it polls, if it does.
    #[must_use]
    pub const fn polling(&self) -> Option<&Polling> {
        self.polling.as_ref()
    }

    /// A handle that ends the watch.
    #[must_use]
    pub fn end(&self) -> End {
        End(self.end.clone())
    }

    fn listen(&mut self) -> Result<(), Polling> {
        let sender = self.end.clone();
        let tell = move |told: notify::Result<Event>| {
            let heard = match told {
                Ok(event) if is_read_only(event.kind) && !event.need_rescan() => return,
                Ok(event) => Heard::Event(event),
                Err(error) => Heard::Trouble(error),
            };
            let _ = sender.send(heard);
        };
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(tell, config).map_err(|error| why(&error))?;
        self.watcher = Some(watcher);
        self.watch_again()
    }

    /// Watches the root, and the folders that are there now: one that went and came again is another for the system.
    fn watch_again(&mut self) -> Result<(), Polling> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        let is_gone = |error: &notify::Error| match &error.kind {
            notify::ErrorKind::PathNotFound => true,
            notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
            _ => false,
        };
        let places = [
            (self.root.clone(), RecursiveMode::NonRecursive),
            (self.root.join("content"), RecursiveMode::Recursive),
            (self.root.join("themes"), RecursiveMode::Recursive),
        ];
        for (place, mode) in places {
            match watcher.watch(&place, mode) {
                Ok(()) => {}
                Err(error) if is_gone(&error) => {}
                Err(error) => return Err(why(&error)),
            }
        }
        Ok(())
    }

    fn polls(&mut self, polling: Option<Polling>) {
        if polling.is_some() {
            self.watcher = None;
            self.net = Instant::now();
        }
        self.polling = polling;
    }

    /// Waits until something may have changed.
    pub fn next(&mut self) -> Next {
        loop {
            let now = Instant::now();
            let until = self.echo.as_ref().map_or(self.net, |(echo, _)| (*echo).min(self.net));
            match self.heard.recv_timeout(until.saturating_duration_since(now)) {
                Ok(heard) => match self.gather(heard) {
                    Next::Changed(hints) if hints.is_empty() => {}
                    next => return next,
                },
                Err(RecvTimeoutError::Timeout) => {
                    let hints = self.look();
                    if !hints.is_empty() {
                        return Next::Changed(hints);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return Next::Ended,
            }
        }
    }

    /// Takes what comes until there is silence.
    fn gather(&mut self, first: Heard) -> Next {
        let deadline = Instant::now() + LONGEST;
        let mut hints = Hints::default();
        let mut folders = Hints::default();
        let mut heard = Some(first);
        let mut overflow = false;
        let mut halves = Halves::default();
        loop {
            match heard.take() {
                Some(Heard::End) => return Next::Ended,
                Some(Heard::Trouble(error)) => {
                    let polling = why(&error);
                    self.polls(Some(polling.clone()));
                    return Next::Polls(polling);
                }
                Some(Heard::Event(event)) => {
                    overflow |= event.need_rescan();
                    halves.note(&event);
                    self.note(&event, &mut hints, &mut folders);
                }
                None => {}
            }
            let silence = if halves.is_empty() { SETTLED } else { QUIET };
            let left = deadline.saturating_duration_since(Instant::now()).min(silence);
            match self.heard.recv_timeout(left) {
                Ok(more) => heard = Some(more),
                Err(_) => break,
            }
        }
        if overflow {
            // events were lost: all files are looked at, and none is opened, since opening them makes events, too
            hints.join(self.compare());
        }
        if !folders.is_empty() {
            if let Err(polling) = self.watch_again() {
                self.polls(Some(polling.clone()));
                return Next::Polls(polling);
            }
            hints.join(folders.clone());
            match &mut self.echo {
                Some((_, echo)) => echo.join(folders),
                None => self.echo = Some((Instant::now() + ECHO, folders)),
            }
        }
        if !hints.is_empty() {
            self.net = Instant::now() + NET_SOON;
        }
        Next::Changed(hints)
    }

    /// What an event hints at. Of the root only what is in it counts, and nothing hidden.
    fn note(&self, event: &Event, hints: &mut Hints, folders: &mut Hints) {
        for path in &event.paths {
            let Ok(path) = path.strip_prefix(&self.root) else { continue };
            let Some(first) = path.components().next() else {
                // the toolkit's folder itself was moved, or its rights have changed
                if !matches!(event.kind, EventKind::Access(_)) {
                    folders.add(Path::new("toolkit.yaml"));
                    folders.add(Path::new("content"));
                    folders.add(Path::new("themes"));
                }
                continue;
            };
            let first = first.as_os_str().to_string_lossy();
            if first.starts_with('.') || first.ends_with('~') {
                continue;
            }
            let moved = matches!(event.kind, EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_));
            if matches!(event.kind, EventKind::Create(CreateKind::Folder)) || moved {
                folders.add(path);
            } else {
                hints.add(path);
            }
        }
    }

    /// Looks at what is due.
    fn look(&mut self) -> Hints {
        let now = Instant::now();
        if let Some((_, hints)) = self.echo.take_if(|(echo, _)| *echo <= now) {
            return hints;
        }
        if self.net > now {
            return Hints::default();
        }
        let hints = self.compare();
        let took = now.elapsed();
        let (pause, share) = if self.polling.is_some() { (POLL, POLL_SHARE) } else { (NET_SELDOM, NET_SHARE) };
        self.net = Instant::now() + pause.max(took * share);
        hints
    }

    /// What has changed since the last look.
    fn compare(&mut self) -> Hints {
        // a folder that can't be listed has not changed: it comes again, or whoever reads it says what is wrong
        let Ok(stamps) = Stamps::take(&self.root) else { return Hints::default() };
        let hints = stamps.since(&self.stamps);
        self.stamps = stamps;
        hints
    }
}

/// What was begun and not ended, as far as the system tells: where it does not tell that a file was closed, everything
/// that is written stays here.
#[derive(Default)]
struct Halves(HashSet<PathBuf>);

impl Halves {
    fn note(&mut self, event: &Event) {
        let paths = event.paths.iter();
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => {
                paths.for_each(|path| drop(self.0.take(path)));
            }
            // rights and times: what is in the file has been told
            EventKind::Modify(ModifyKind::Metadata(_)) => {}
            _ => self.0.extend(paths.cloned()),
        }
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether an event tells only that something was opened or read, which we do ourselves.
fn is_read_only(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

fn why(error: &notify::Error) -> Polling {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => Polling::Limit,
        notify::ErrorKind::Io(error) if matches!(error.raw_os_error(), Some(24 | 28)) => Polling::Limit,
        _ => Polling::Refused(error.to_string()),
    }
}
