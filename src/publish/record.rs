//! What is kept in `.onevoice/` of each place that was published to: which edition, what was ever public there, and the
//! last site's `toolkit.json` and manifest.
//!
//! It may be deleted at any time. Then everything counts as public for the first time again, which only means one more
//! question; and of the editions only what the places themselves say is known.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::published::Bodies;
use crate::write::{WriteError, cache};

/// A place that was published to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// As [`super::Place::name`] tells it.
    pub place: String,
    /// The folder or file, after all links.
    pub path: PathBuf,
    /// Which edition is there.
    pub edition: String,
    /// The day of the last publish.
    pub on: String,
    /// What was ever public there, by name.
    pub ever: BTreeSet<String>,
}

/// The last site at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// Its `toolkit.json`.
    pub data: String,
    /// Its manifest.
    pub manifest: String,
    /// The words of its free pages.
    #[serde(default)]
    pub bodies: Bodies,
}

/// All places that were published to from this toolkit, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// The version of this shape.
    schema: u8,
    /// The places.
    pub places: Vec<Known>,
}

const BOOK: &str = "published.json";

/// The file for a place's last site: its name is a fingerprint, since a path can be no file's name.
fn file_of(place: &str) -> String {
    format!("published-{}.json", &blake3::hash(place.as_bytes()).to_hex()[..16])
}

impl Book {
    /// What is kept in the toolkit at `root`; nothing where it is missing or damaged.
    #[must_use]
    pub fn open(root: &Path) -> Self {
        let bytes = cache::recall(root, BOOK);
        bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .filter(|book: &Self| book.schema == 1)
            .unwrap_or_default()
    }

    /// What is known of a place.
    #[must_use]
    pub fn find(&self, place: &str) -> Option<&Known> {
        self.places.iter().find(|known| known.place == place)
    }

    /// Notes that a site is at a place now.
    ///
    /// # Errors
    /// Every failed call. The last site is kept first: if the rest fails, more is asked next time, never less.
    pub fn note(root: &Path, mut known: Known, last: &Last) -> Result<(), WriteError> {
        // texts and lists always have a JSON form
        cache::keep(root, &file_of(&known.place), &serde_json::to_vec(last).unwrap_or_default())?;
        // read again: another place may have been published to meanwhile
        let mut book = Self::open(root);
        book.schema = 1;
        if let Some(before) = book.find(&known.place) {
            known.ever.extend(before.ever.iter().cloned());
        }
        book.places.retain(|other| other.place != known.place);
        book.places.push(known);
        book.places.sort_by(|a, b| a.place.cmp(&b.place));
        cache::keep(root, BOOK, &serde_json::to_vec(&book).unwrap_or_default())
    }
}

impl Last {
    /// What is kept of the last site at a place.
    #[must_use]
    pub fn open(root: &Path, place: &str) -> Option<Self> {
        serde_json::from_slice(&cache::recall(root, &file_of(place))?).ok()
    }
}
