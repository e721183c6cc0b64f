//! Pictures without what the camera and the editor wrote into them: place, device, time, thumbnail, comments.
//!
//! The picture itself is never decoded: whole parts of the file are left out, the rest is copied byte for byte. One
//! file a format; each walks its file from the start to its end mark and keeps the parts it knows to be needed to
//! show the picture, so that what nobody has heard of yet stays at home too.

mod exif;
mod gif;
mod jpeg;
mod place;
mod png;
#[cfg(test)]
mod tests;
mod webp;

use std::borrow::Cow;

/// A picture, stripped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripped<'a> {
    /// The bytes to publish; borrowed where nothing had to be left out.
    pub bytes: Cow<'a, [u8]>,
    /// Whether the picture said where it was taken; `bytes` do not.
    pub had_place: bool,
    /// Exif's `Orientation`: 2 to 8 where it has to be turned or mirrored to be the right way up, else 1. `bytes` say it, too.
    pub turned: u16,
    /// Whether the file goes on to its end mark and has a picture before it; also for formats that are not known here.
    pub whole: bool,
}

/// Walks a file of a format; none for one that ends before anything can be said of it.
type Walk = fn(&[u8]) -> Option<Clean>;

/// A walked file: what is left of it.
struct Clean {
    bytes: Vec<u8>,
    had_place: bool,
    turned: Option<u16>,
    whole: bool,
}

/// Strips a picture. Its format is known by its first bytes, not by a name.
///
/// JPEG, PNG (also animated), WebP and GIF come back without metadata, but with colour profile, resolution, animation,
/// and the way up that Exif gave. The same bytes give the same bytes, and what is stripped once needs no second time.
///
/// A file that breaks off, or breaks its format's rules, is stripped up to there; what is behind is kept if it belongs to
/// the picture itself, so that programs that show half of it still do.
///
/// Other formats come back as they are, with `had_place` false. AVIF, HEIC, TIFF and SVG can hold a place too, and it is neither found nor left out.
#[must_use]
pub fn strip(bytes: &[u8]) -> Stripped<'_> {
    let format: Option<Walk> = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(jpeg::strip),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(png::strip),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(webp::strip),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(gif::strip),
        _ => None,
    };
    match format.and_then(|strip| strip(bytes)) {
        Some(Clean { bytes: kept, had_place, turned, whole }) => {
            let turned = turned.unwrap_or(1);
            if kept == bytes {
                Stripped { bytes: bytes.into(), had_place: false, turned, whole }
            } else {
                Stripped { bytes: kept.into(), had_place, turned, whole }
            }
        }
        None => Stripped { bytes: bytes.into(), had_place: false, turned: 1, whole: format.is_none() },
    }
}
