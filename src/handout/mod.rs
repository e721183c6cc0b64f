//! What is printed and sent on: hand-outs as data, and the forms in which they are laid out.
//!
//! It knows the plan and what is left of it, and nothing of templates, pages or disks. What a hand-out says comes from
//! the same fragments as the pages ([`reading`]); how it looks is a layout of the theme, which gets it as data. What sets
//! type and draws is behind the cargo feature `pdf`.

pub mod content;
pub mod docx;
pub mod pictures;
pub mod reading;

mod brief;
mod ground;
mod making;
mod telling;

#[cfg(feature = "pdf")]
pub mod card;
#[cfg(feature = "pdf")]
mod code;
#[cfg(feature = "pdf")]
mod drawn;
#[cfg(feature = "pdf")]
pub mod layout;
#[cfg(feature = "pdf")]
pub mod overflow;
#[cfg(feature = "pdf")]
pub mod pdf;
#[cfg(feature = "pdf")]
mod stand_in;

pub use content::Handout;
pub use ground::Ground;
pub use making::make;

/// Lets go what typst remembers of texts that were not set lately: without this, a hundred sheets take 680 MB.
#[cfg(feature = "pdf")]
pub fn forget() {
    typst::comemo::evict(1);
}
