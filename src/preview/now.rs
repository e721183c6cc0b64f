//! What is shown just now: the newest state of the toolkit, and the newest one that makes a site. Everybody who waits for
//! news waits here.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::picture::Picture;
use crate::finding::{Counts, Finding};

/// What is shown, and to whom.
pub struct Preview {
    now: Mutex<Now>,
    news: Condvar,
    /// Which run of the program this is: a browser that was there before it sees that it is another.
    pub run: String,
    open: Mutex<BTreeMap<u64, String>>,
}

/// What is shown.
#[derive(Clone)]
pub struct Now {
    /// Counts everything that happens, so that each listener knows what it has heard.
    pub number: u64,
    /// The newest state.
    pub latest: Arc<Picture>,
    /// What is to be mended in it.
    pub findings: Arc<[Finding]>,
    /// The newest one that makes a site; it may be an older one.
    pub good: Option<Arc<Picture>>,
    /// The good one before that.
    before: Option<Arc<Picture>>,
    /// The style sheets with their versions, where nothing else is new in this state.
    pub styles: Option<Vec<(String, String)>>,
    /// The page that was just edited.
    pub follow: Option<String>,
}

impl Now {
    /// Whether the newest state makes no site.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        Counts::of(&self.findings).error > 0 || self.good.is_none()
    }

    /// The good states, the newest first: a page that the first fails on is taken from the second.
    pub fn good_ones(&self) -> impl Iterator<Item = &Arc<Picture>> {
        self.good.iter().chain(self.before.iter())
    }
}

impl Preview {
    /// Begins with a first state.
    #[must_use]
    pub fn new(first: Arc<Picture>, run: String) -> Self {
        let now = Now {
            number: 1,
            findings: Arc::clone(&first.findings),
            good: first.is_good.then(|| Arc::clone(&first)),
            latest: first,
            before: None,
            styles: None,
            follow: None,
        };
        Self { now: Mutex::new(now), news: Condvar::new(), run, open: Mutex::default() }
    }

    /// What is shown just now.
    #[must_use]
    pub fn now(&self) -> Now {
        self.lock().clone()
    }

    /// Shows a new state; what is not shown any more is let go.
    pub fn show(&self, picture: Arc<Picture>, styles: Option<Vec<(String, String)>>, follow: Option<String>) {
        let gone = {
            let mut now = self.lock();
            now.number += 1;
            now.findings = Arc::clone(&picture.findings);
            now.styles = styles.filter(|_| picture.is_good && !now.is_broken());
            now.follow = follow;
            let gone = if picture.is_good {
                let good = now.good.replace(Arc::clone(&picture));
                std::mem::replace(&mut now.before, good)
            } else {
                None
            };
            (gone, std::mem::replace(&mut now.latest, picture))
        };
        drop(gone);
        self.news.notify_all();
        self.look_again();
    }

    /// Looks whether a template has failed on a page of what is shown: then the state before it is shown again.
    pub fn look_again(&self) {
        let mut now = self.lock();
        let Some(findings) = now.latest.failure.get().cloned() else { return };
        if !now.good.as_ref().is_some_and(|good| Arc::ptr_eq(good, &now.latest)) {
            return;
        }
        now.number += 1;
        now.findings = findings;
        now.good = now.before.take();
        now.styles = None;
        now.follow = None;
        drop(now);
        self.news.notify_all();
    }

    /// Waits until there is something newer than `number`, at most for `patience`; what is shown then.
    #[must_use]
    pub fn wait(&self, number: u64, patience: Duration) -> Now {
        let now = self.lock();
        let waited = self.news.wait_timeout_while(now, patience, |now| now.number == number);
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// Notes that a listener has the file at `path` open; `None` once it is gone.
    pub fn is_open(&self, listener: u64, path: Option<String>) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        match path {
            Some(path) => drop(open.insert(listener, path)),
            None => drop(open.remove(&listener)),
        }
    }

    /// The files that are open in browsers.
    #[must_use]
    pub fn open(&self) -> Vec<String> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let mut paths: Vec<String> = open.values().cloned().collect();
        paths.sort();
        paths.dedup();
        paths
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
