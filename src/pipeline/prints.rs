//! What is printed and drawn beside the pages: made before them, because they say how many pages and bytes it has.
//!
//! Remembered by content in `.onevoice/prints/`: what did not change is made once.

mod documents;
#[cfg(feature = "pdf")]
mod made;

use std::path::Path;
use std::sync::Arc;

use crate::finding::Problem;
use crate::handout::Ground;
use crate::language::Date;
use crate::plan::Page;
use crate::render::{self, Site};
use crate::source::Source;

/// What stands beside the pages of a site.
#[derive(Debug, Default)]
pub struct Prints {
    /// The files: their paths in the site, and their bytes.
    pub files: Vec<(String, Arc<[u8]>)>,
    /// What the pages say of them.
    pub listing: render::Prints,
}

/// Where prints come from.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "pdf"),
    expect(dead_code, reason = "a program that sets no type looks for no places and keeps nothing")
)]
pub(super) struct From<'a> {
    /// The sources, for the places of what is told.
    pub(super) source: &'a Source,
    /// The toolkit's folder; empty for one that is on no disk.
    pub(super) root: &'a Path,
    /// The site's address.
    pub(super) base_url: Option<&'a str>,
}

/// Makes what is printed, and tells what does not fit or can't be printed.
pub(super) fn make(from: From<'_>, site: &Site<'_>) -> (Prints, Vec<Problem>) {
    let (mut prints, problems) = set(from, site);
    documents::add(&mut prints, from, site);
    (prints, problems)
}

#[cfg(feature = "pdf")]
fn set(from: From<'_>, site: &Site<'_>) -> (Prints, Vec<Problem>) {
    made::all(from, site)
}

/// A program that sets no type says so on the page that lists its documents.
#[cfg(not(feature = "pdf"))]
fn set(_: From<'_>, _: &Site<'_>) -> (Prints, Vec<Problem>) {
    (Prints::default(), Vec::new())
}

/// What the texts of hand-outs are read with.
fn grounded<T>(from: From<'_>, site: &Site<'_>, make: impl FnOnce(&Ground<'_>) -> T) -> T {
    let word = |name: &str| site.word(name).to_owned();
    let day = |day: Date| site.day(day);
    let version = |page: &Page| site.version(page);
    make(&Ground {
        links: site.links(),
        voice: site.voice(),
        base_url: from.base_url,
        word: &word,
        day: &day,
        version: &version,
    })
}

/// The print file at an address of the site, made now: for a preview, which makes only what is asked for. `None` where
/// there is none, or where this program makes none.
///
/// # Errors
/// What is wrong with its layout.
pub fn at(
    address: &str,
    source: &Source,
    root: &Path,
    base_url: Option<&str>,
    site: &Site<'_>,
) -> Result<Option<Arc<[u8]>>, Problem> {
    let from = From { source, root, base_url };
    if let Some(document) = documents::at(address, from, site) {
        return Ok(Some(document));
    }
    #[cfg(feature = "pdf")]
    return made::at(address, from, site);
    #[cfg(not(feature = "pdf"))]
    Ok(None)
}
