//! What is remembered from one run to the next: items as they were read, and texts as they were told. Each is remembered
//! by what it was made from, so that a run with a memory comes to the same as one without, to the byte.
//!
//! What is not here is made anew each time: plans and pages cost less than to find out whether they may be kept.

use std::sync::Arc;

use super::Request;
use crate::check::Tell;
use crate::finding::Problem;
use crate::render::Theme;
use crate::source::{self, Source};
use crate::toolkit::Toolkit;
use crate::toolkit::item::Own;
use crate::toolkit::places::{FileKind, kind_of};
use crate::toolkit::settings::Settings;
use crate::{toolkit, voice};

/// What is remembered.
pub struct Memo {
    pub(super) items: toolkit::Remembered,
    pub(super) told: voice::Remembered<Arc<[Tell]>>,
    /// Whether a file has notes in its front matter that accept findings.
    pub(super) accepts: source::Memo<bool>,
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
        let (items, told, accepts) = (source::Memo::new(), source::Memo::new(), source::Memo::new());
        Self { items, told, accepts, theme: None, on: true }
    }

    /// For a single run: nothing is kept.
    #[must_use]
    pub fn forgetful() -> Self {
        let (items, told, accepts) = (source::Memo::forgetful(), source::Memo::forgetful(), source::Memo::forgetful());
        Self { items, told, accepts, theme: None, on: false }
    }

    /// All that an item's texts may look at beside their own file.
    pub(super) fn surroundings(&self, source: &Source, toolkit: &Toolkit, request: &Request) -> blake3::Hash {
        if self.on { surroundings(source, toolkit, request) } else { blake3::Hash::from_bytes([0; 32]) }
    }

    /// The path and the fingerprint of each item's own file, in the order of the items; none where nothing is kept.
    pub(super) fn files(&self, source: &Source, toolkit: &Toolkit) -> Vec<(Arc<str>, blake3::Hash)> {
        if self.on { files_of(source, toolkit) } else { Vec::new() }
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

/// All that an item's texts, and the rules that hear them, may look at beside their own file. Whoever lets them look at
/// more, has to add it here: `tests/property` finds what is missing.
///
/// - the day, the edition, whether drafts are shown, and what the run is for;
/// - every YAML file: profiles, facts, words, fill-ins, settings;
/// - which files there are in `content/files/`;
/// - which items there are, in their order (a reference is a number in it), who may see each, and when;
/// - the claims, which other texts may quote.
fn surroundings(source: &Source, toolkit: &Toolkit, request: &Request) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(request.edition.name().as_bytes());
    add(request.today.to_string().as_bytes());
    add(request.stage.name().as_bytes());
    add(&[u8::from(request.drafts)]);
    for file in source.files().iter().filter(|file| !file.path.as_str().ends_with(".md")) {
        match kind_of(file.path.as_str()) {
            FileKind::Published(path) => add(path.as_bytes()),
            FileKind::Item(..) | FileKind::Theme(..) | FileKind::ApprovedText(_) | FileKind::Approvals => {}
            _ => {
                add(file.path.as_str().as_bytes());
                add(file.hash.as_bytes());
            }
        }
    }
    // Markdown in `files/` is published as it is; the walk above leaves it out with the items
    for path in &toolkit.files {
        add(path.as_bytes());
    }
    for guarded in toolkit.all_items() {
        let item = guarded.for_checks();
        add(item.file.as_bytes());
        add(&item.readers.bits().to_le_bytes());
        add(&[u8::from(guarded.is_draft())]);
        add(guarded.edition().name().as_bytes());
        if let Some(day) = guarded.embargo() {
            add(day.to_string().as_bytes());
        }
        if let Own::Message(message) = &item.own {
            add(message.claim.as_bytes());
        }
    }
    hasher.finalize()
}

/// The fingerprint of each item's own file, in the order of the items.
fn files_of(source: &Source, toolkit: &Toolkit) -> Vec<(Arc<str>, blake3::Hash)> {
    let none = blake3::hash(b"");
    let of = |file: &Arc<str>| (Arc::clone(file), source.get(file).map_or(none, |file| file.hash));
    toolkit.all_items().iter().map(|item| of(&item.for_checks().file)).collect()
}
