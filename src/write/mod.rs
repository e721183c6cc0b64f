//! Puts a finished site on disk, all or nothing: readers see the old site or the new one, whatever happens to the build.
//!
//! This room knows bytes, paths and errors, neither toolkits nor findings.
//!
//! ```text
//! Target::open   where the output really is, and whether it may be replaced
//! Lock::take     one onevoice at a time
//! unchanged      the site is there already: nothing to do
//! Staging::begin a folder beside the output; what killed runs left is cleaned away
//!        ::put   from any thread: an unchanged file is linked from the old site, another is written
//!        ::finish  what is not ours is carried over, all goes to the disk, one exchange of folders, the old site goes
//! ```

pub mod cache;
pub mod edit;
pub mod single;

mod claim;
mod error;
mod foreign;
mod in_place;
mod lock;
mod look;
mod manifest;
mod path;
mod probe;
mod refusal;
mod retire;
mod staging;
mod state;
mod swap;
mod system;
mod target;

pub use error::{Busy, Doing, Hindrance, PathTrouble, WriteError};
pub use lock::Lock;
pub use look::{open_plain, sites_around};
pub use manifest::{Fingerprint, Holds, Manifest, Unreadable};
pub use path::check_paths;
pub use probe::Probe;
pub use refusal::Refusal;
pub use staging::{Staging, Written};
pub use state::{Memory, unchanged};
pub use swap::How;
pub use target::Target;

/// Lists our files in an output.
pub const MANIFEST: &str = ".onevoice-manifest";
/// The same for the old and the new site, while an output is written file by file.
const BOTH: &str = ".onevoice-manifest-both";
/// Stands in a site that is not finished.
const MARKER: &str = ".onevoice-unfinished";
/// The working folder, where it is inside the output.
const WORKING_FOLDER: &str = ".onevoice-new";
/// The toolkit's folder for cache and lock.
const CACHE: &str = ".onevoice";
