//! Save, look, go on: the site from memory in a browser, made anew after each save, with what is to be mended beside it.
//!
//! ```text
//! watch      hears that something may have changed (reports: whether events come at all)
//! serve      reads what was hinted at, checks, and makes a new picture
//! picture    one state of the toolkit, with the site it makes, on a thread of its own
//! now        what is shown just now, and who waits for news
//! server     request ► site, desk, events ► answer
//! ```
//! It writes nothing but a file to try whether changes are reported. What it shows has the bytes of a build, and one line
//! more in each page.

mod answer;
mod desk;
mod events;
mod now;
mod picture;
mod reports;
mod request;
mod serve;
mod server;
mod site;
mod watch;

pub use serve::{Options, Said, Stop, build_again, serve};
pub use server::NoPort;
pub use watch::Polling;

/// The port that is tried first.
pub const PORT: u16 = 4000;
