//! What is printed and sent on: hand-outs as data, and the forms in which they are laid out.
//!
//! It knows the plan and what is left of it, and nothing of templates, pages or disks. What a hand-out says comes from
//! the same fragments as the pages ([`reading`]); how it looks is a layout of the theme, which gets it as data.

pub mod content;
pub mod reading;

mod brief;
mod ground;
mod making;
mod telling;

pub use content::Handout;
pub use ground::Ground;
pub use making::make;
