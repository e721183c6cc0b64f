//! Language: text in, measurements out. Knows nothing of toolkits.

pub mod date;
pub mod difference;
pub mod figures;
mod hash;
pub mod readability;
pub mod sentences;
pub mod speech;
pub mod syllables;
pub mod words;

pub use date::Date;
pub use sentences::sentences;
