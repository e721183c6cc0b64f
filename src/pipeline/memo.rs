//! What is remembered from one run to the next: items as they were read, and texts as they were told. Each is remembered
//! by what it was made from, so that a run with a memory comes to the same as one without, to the byte.
//!
//! What is not here is made anew each time, or, where only bodies have changed, is that of the last state ([`Last`]).

use std::sync::Arc;

use super::again::Last;
use crate::check::Tell;
use crate::finding::Problem;
use crate::render::Theme;
use crate::source::{self, Source};
use crate::toolkit::settings::Settings;
use crate::voice::ToldItem;
use crate::{toolkit, voice};

/// What is remembered.
pub struct Memo {
    last: Option<Last>,
    pub(super) items: toolkit::Remembered,
    pub(super) told: voice::Remembered<ToldItem<Arc<[Tell]>>>,
    /// Whether a file has notes in its front matter that accept findings.
    pub(super) accepts: source::Memo<bool>,
    /// Whether a picture says where it was taken.
    pub(super) places: source::Memo<bool>,
    theme: Option<LoadedTheme>,
    on: bool,
}

/// The theme that was loaded last, and what it was loaded from.
struct LoadedTheme {
    from: blake3::Hash,
    theme: Option<Theme>,
    problems: Vec<Problem>,
}

impl Memo {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            last: None,
            items: source::Memo::new(),
            told: voice::Remembered::new(),
            accepts: source::Memo::new(),
            places: source::Memo::new(),
            theme: None,
            on: true,
        }
    }

    /// For a single run: nothing is kept.
    #[must_use]
    pub fn forgetful() -> Self {
        Self {
            last: None,
            items: source::Memo::forgetful(),
            told: voice::Remembered::forgetful(),
            accepts: source::Memo::forgetful(),
            places: source::Memo::forgetful(),
            theme: None,
            on: false,
        }
    }

    /// Whether anything is kept.
    pub(super) const fn is_on(&self) -> bool {
        self.on
    }

    /// The state that was made last; it is taken out, and whoever takes it puts the next one in its place.
    pub(super) fn take_last(&mut self) -> Option<Last> {
        self.last.take()
    }

    /// Keeps a state.
    pub(super) fn keep_last(&mut self, last: impl FnOnce() -> Last) {
        self.last = self.on.then(last);
    }

    /// The toolkit's theme: a new one where its files or the settings are others than last time.
    pub(super) fn theme(&mut self, source: &Source, settings: &Settings) -> (Option<Theme>, Vec<Problem>) {
        if !self.on {
            return Theme::load(source, settings);
        }
        let mut hasher = blake3::Hasher::new();
        for file in source.under("themes").chain(source.get(source::MARKER)) {
            hasher.update(file.path.as_str().as_bytes());
            hasher.update(file.hash.as_bytes());
        }
        let from = hasher.finalize();
        if let Some(loaded) = self.theme.as_ref().filter(|loaded| loaded.from == from) {
            return (loaded.theme.clone(), loaded.problems.clone());
        }
        let (theme, problems) = Theme::load(source, settings);
        self.theme = Some(LoadedTheme { from, theme: theme.clone(), problems: problems.clone() });
        (theme, problems)
    }
}

impl Default for Memo {
    fn default() -> Self {
        Self::new()
    }
}
