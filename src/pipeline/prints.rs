//! What is printed and drawn beside the pages: made before them, because they say how many pages and bytes it has.
//!
//! Remembered by content in `.onevoice/prints/`: what did not change is made once.

mod documents;
#[cfg(feature = "pdf")]
mod made;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::finding::{NotPrinted, Problem};
use crate::handout::pictures::{Found, Picture, Pictures};
use crate::handout::{self, Ground, Handout};
use crate::language::Date;
use crate::plan::{Page, PlannedHandout, handouts};
use crate::render::{self, Site, picture};
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
struct From<'a> {
    /// The sources, for the places of what is told.
    source: &'a Source,
    /// The toolkit's folder; empty for one that is on no disk.
    root: &'a Path,
    /// The site's address.
    base_url: Option<&'a str>,
    /// The pictures that are known already.
    pictures: &'a Pictures,
}

impl From<'_> {
    /// A picture of the toolkit as it is published, by its path below `content/files/`.
    fn picture(self, file: &str) -> Found {
        self.pictures.get(file, || {
            let there = self.source.get(&format!("content/files/{file}")).ok_or(NotPrinted::Broken)?;
            let bytes = self.source.asset_bytes(&there.path).map_err(|_| NotPrinted::Broken)?;
            let clean = picture::strip(&bytes);
            Picture::read(clean.bytes.into(), clean.turned, clean.whole)
        })
    }
}

/// A hand-out with what stands on it, in whatever form it is printed.
struct Written {
    planned: PlannedHandout,
    handout: Handout,
}

/// The hand-outs of an edition that this program has a form for and that are `wanted`.
fn written(from: From<'_>, site: &Site<'_>, wanted: impl Fn(&PlannedHandout) -> bool + Sync) -> Vec<Written> {
    let has_form = |planned: &PlannedHandout| cfg!(feature = "pdf") || planned.kind.is_document();
    let planned = handouts(site.toolkit(), site.plan(), site.view()).into_par_iter();
    let planned = planned.filter(|planned| has_form(planned) && wanted(planned));
    planned
        .filter_map(|planned| {
            let handout = grounded(from, site, |ground| handout::make(&planned, ground))?;
            Some(Written { planned, handout })
        })
        .collect()
}

/// Makes what is printed, and tells what does not fit or can't be printed. `root` is the toolkit's folder, or empty.
pub(super) fn make(source: &Source, root: &Path, base_url: Option<&str>, site: &Site<'_>) -> (Prints, Vec<Problem>) {
    let from = From { source, root, base_url, pictures: &Pictures::default() };
    let written = written(from, site, |_| true);
    let (mut prints, problems) = set(&written, from, site);
    documents::add(&mut prints, &written);
    (prints, problems)
}

#[cfg(feature = "pdf")]
fn set(written: &[Written], from: From<'_>, site: &Site<'_>) -> (Prints, Vec<Problem>) {
    made::all(written, from, site)
}

/// A program that sets no type says so on the page that lists its documents.
#[cfg(not(feature = "pdf"))]
fn set(_: &[Written], _: From<'_>, _: &Site<'_>) -> (Prints, Vec<Problem>) {
    (Prints::default(), Vec::new())
}

/// What the texts of hand-outs are read with.
fn grounded<T>(from: From<'_>, site: &Site<'_>, make: impl FnOnce(&Ground<'_>) -> T) -> T {
    let word = |name: &str| site.word(name).to_owned();
    let day = |day: Date| site.day(day);
    let version = |page: &Page| site.version(page);
    let picture = |file: &str| from.picture(file);
    make(&Ground {
        links: site.links(),
        voice: site.voice(),
        base_url: from.base_url,
        word: &word,
        day: &day,
        version: &version,
        picture: &picture,
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
    let from = From { source, root, base_url, pictures: &Pictures::default() };
    let path = address.trim_start_matches('/');
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    let written = written(from, site, |planned| *planned.stem == *stem);
    if ending == "docx" {
        return Ok(written.first().and_then(documents::made));
    }
    #[cfg(feature = "pdf")]
    return made::at(path, ending, written.first(), from, site);
    #[cfg(not(feature = "pdf"))]
    Ok(None)
}
