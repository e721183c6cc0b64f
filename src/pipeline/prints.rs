//! What is printed and drawn beside the pages: made before them, because they say how many pages and bytes it has.
//!
//! Remembered by content in `.onevoice/prints/`: what did not change is made once.

#[cfg(feature = "pdf")]
mod made;

use std::path::Path;
use std::sync::Arc;

use crate::finding::Problem;
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
#[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "a program without print files asks for none of it"))]
pub(super) struct From<'a> {
    /// The sources, for the places of what is told.
    pub(super) source: &'a Source,
    /// The toolkit's folder; empty for one that is on no disk.
    pub(super) root: &'a Path,
    /// The site's address.
    pub(super) base_url: Option<&'a str>,
}

/// Makes what is printed, and tells what does not fit or can't be printed.
#[cfg(feature = "pdf")]
pub(super) fn make(from: From<'_>, site: &Site<'_>) -> (Prints, Vec<Problem>) {
    made::all(from, site)
}

/// A program without print files has none, and says so on the page that lists them.
#[cfg(not(feature = "pdf"))]
pub(super) fn make(from: From<'_>, site: &Site<'_>) -> (Prints, Vec<Problem>) {
    let _ = (from, site);
    (Prints::default(), Vec::new())
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
    #[cfg(feature = "pdf")]
    return made::at(address, From { source, root, base_url }, site);
    #[cfg(not(feature = "pdf"))]
    {
        let _ = (address, From { source, root, base_url }, site);
        Ok(None)
    }
}
