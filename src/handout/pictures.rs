//! The pictures in texts, ready for paper: their bytes as they are published, how large they are, which way up.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use imagesize::ImageType;
use serde::Serialize;

use crate::finding::NotPrinted;

/// The most pixels of a picture that is set on paper; a photo of a telephone has 12 to 50 million. What has more fills
/// gigabytes once it is unpacked, whatever its file weighs.
pub const MOST_PIXELS: usize = 50_000_000;

/// The most pixels of all pictures of a hand-out: they are unpacked together, and sent and printed together.
pub const MOST_TOGETHER: usize = 100_000_000;

/// The longest colour profile of a PNG, as it stands there: it is packed, and may be a thousand times as long.
const LONGEST_PROFILE: usize = 256 << 10;

/// Where in a file its first tag has to begin that is an SVG: behind a head, a type and comments.
const SVG_HEAD: usize = 16 << 10;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Its name in whatever holds it: the fingerprint of its bytes, with the ending of its form.
    pub name: String,
    /// How its bytes are to be read.
    #[serde(skip)]
    pub form: Form,
    /// Pixels from side to side, as it is seen.
    pub width: u32,
    /// Pixels from top to bottom, as it is seen.
    pub height: u32,
    /// What has to be done so that it is the right way up: Exif's `Orientation`, 1 where nothing has.
    #[serde(skip)]
    pub turned: u16,
    /// The file, without what a camera wrote into it.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

/// How a picture is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF; paper shows its first frame.
    Gif,
    /// WebP.
    Webp,
    /// SVG.
    Svg,
}

impl Form {
    /// The usual ending of such a file.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svg => "svg",
        }
    }
}

impl Picture {
    /// How many pixels it has; none for a drawing.
    #[must_use]
    pub const fn pixels(&self) -> usize {
        self.width as usize * self.height as usize
    }

    /// Reads what has to be known of a picture; nothing of it is unpacked. `turned` is Exif's `Orientation`, and `whole`
    /// says that the file goes on to its end.
    ///
    /// # Errors
    /// Why it can't be on paper.
    pub fn read(bytes: Arc<[u8]>, turned: u16, whole: bool) -> Result<Self, NotPrinted> {
        let form = match imagesize::image_type(&bytes) {
            Ok(ImageType::Png) => Form::Png,
            Ok(ImageType::Jpeg) => Form::Jpeg,
            Ok(ImageType::Gif) => Form::Gif,
            Ok(ImageType::Webp) => Form::Webp,
            // a filter may take hours to be drawn
            _ if looks_like_svg(&bytes) && !has(&bytes, b"<filter") && !has(&bytes, b":filter") => Form::Svg,
            _ => return Err(NotPrinted::Form),
        };
        let (mut width, mut height) = (0, 0);
        if form != Form::Svg {
            if !whole || profile_length(&bytes) > LONGEST_PROFILE {
                return Err(NotPrinted::Broken);
            }
            let size = imagesize::blob_size(&bytes).map_err(|_| NotPrinted::Broken)?;
            if size.width.saturating_mul(size.height) > MOST_PIXELS {
                return Err(NotPrinted::Large);
            }
            let pixels = |side: usize| u32::try_from(side).ok().filter(|side| *side > 0).ok_or(NotPrinted::Broken);
            (width, height) = (pixels(size.width)?, pixels(size.height)?);
            // from 5 on, a side becomes the top
            if turned >= 5 {
                (width, height) = (height, width);
            }
        }
        let hash = blake3::hash(&bytes).to_hex();
        let name = format!("{}.{}", hash.get(..16).unwrap_or(&hash), form.ending());
        Ok(Self { name, form, width, height, turned, bytes })
    }
}

/// Whether a file begins as SVG does: with its first tag behind at most a head, comments and space.
fn looks_like_svg(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(SVG_HEAD)).unwrap_or_default();
    let start = String::from_utf8_lossy(start);
    start.trim_start_matches('\u{feff}').trim_start().starts_with('<') && start.contains("<svg")
}

fn has(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// How long the packed colour profile of a PNG is; 0 for one that has none, and for other forms.
fn profile_length(bytes: &[u8]) -> usize {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n").unwrap_or_default();
    // length, name, data, sum: a profile comes before the picture
    while let (Some(length), Some(name)) = (rest.first_chunk(), rest.get(4..8)) {
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        match name {
            b"iCCP" => return length,
            b"IDAT" => return 0,
            _ => rest = rest.get(length.saturating_add(12)..).unwrap_or_default(),
        }
    }
    0
}

/// The pictures of an edition, each read once.
#[derive(Debug, Default)]
pub struct Pictures(Mutex<HashMap<Arc<str>, Found>>);

/// A picture, or why it is not on paper.
pub type Found = Result<Arc<Picture>, NotPrinted>;

impl Pictures {
    /// The picture of a file, by its path below `content/files/`.
    ///
    /// # Errors
    /// Why it is not on paper.
    pub fn get(&self, file: &str, read: impl FnOnce() -> Result<Picture, NotPrinted>) -> Found {
        // a thread that failed left the map as it was
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(file) {
            return known.clone();
        }
        // read outside of the lock: two may read the same, and find the same
        let found = read().map(Arc::new);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(file.into()).or_insert(found).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG's signature and head, of this size.
    fn png(width: u32, height: u32) -> Arc<[u8]> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
        bytes.into()
    }

    #[test]
    fn a_picture_is_known_by_its_bytes_and_not_by_its_name() {
        let picture = Picture::read(png(30, 20), 1, true).unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!((picture.form, picture.width, picture.height), (Form::Png, 30, 20));
        assert!(picture.name.ends_with(".png") && picture.name.len() == 20, "{}", picture.name);
        let turned = Picture::read(png(30, 20), 6, true).unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!((turned.width, turned.height), (20, 30));
        let svg = Picture::read(b"<?xml version=\"1.0\"?>\n<!-- a --><svg/>".as_slice().into(), 1, true);
        assert_eq!(svg.map(|svg| svg.form), Ok(Form::Svg));
    }

    #[test]
    fn what_is_no_picture_is_too_large_or_breaks_off_says_so() {
        let why = |bytes: Arc<[u8]>| Picture::read(bytes, 1, true).map(|picture| picture.form);
        assert_eq!(why(b"<p>an svg</p>".as_slice().into()), Err(NotPrinted::Form));
        assert_eq!(why(png(20_000, 20_000)), Err(NotPrinted::Large));
        assert_eq!(why(png(0, 20)), Err(NotPrinted::Broken));
        assert_eq!(why(png(30, 20)[..14].into()), Err(NotPrinted::Broken));
        assert_eq!(Picture::read(png(30, 20), 1, false), Err(NotPrinted::Broken));
        let slow = b"<svg><filter id=\"a\"/></svg>".as_slice();
        assert_eq!(why(slow.into()), Err(NotPrinted::Form));
    }

    #[test]
    fn a_profile_that_may_fill_the_memory_is_not_unpacked() {
        let with = |length: u32| {
            let mut bytes = png(3, 2).to_vec();
            bytes.extend(length.to_be_bytes());
            bytes.extend(b"iCCP");
            bytes
        };
        assert_eq!(profile_length(&with(3_000)), 3_000);
        assert_eq!(Picture::read(with(2_000_000).into(), 1, true), Err(NotPrinted::Broken));
        assert_eq!((profile_length(&png(3, 2)), profile_length(b"GIF89a")), (0, 0));
    }

    #[test]
    fn each_is_read_once() {
        let pictures = Pictures::default();
        let read = || Picture::read(png(3, 2), 1, true);
        let one = pictures.get("a.png", read);
        assert_eq!(one, pictures.get("a.png", || panic!("read again")));
        assert_eq!(pictures.get("b.txt", || Err(NotPrinted::Form)), Err(NotPrinted::Form));
    }
}
