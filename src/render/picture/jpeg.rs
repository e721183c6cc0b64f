//! JPEG: segments, each behind a marker (ITU-T T.81, annex B), and the scans between them.

use super::exif::{self, Exif};
use super::{Clean, place};

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
const APP13: u8 = 0xED;
const APP14: u8 = 0xEE;
const APP15: u8 = 0xEF;
const COMMENT: u8 = 0xFE;

/// Of a segment of extended XMP, what stands between its name and its part of the text: an id, a length, an offset.
const XMP_PART: usize = 40;

/// Keeps the picture up to its end mark, JFIF's resolution, the colour profile, Adobe's colour transform, and the
/// orientation in an Exif block of its own.
///
/// What follows the end mark goes: other sizes and depths of the picture (MPF), the film of a motion photo.
pub(super) fn strip(bytes: &[u8]) -> Option<Clean> {
    let mut rest = bytes;
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend(rest.split_off(..2)?);
    let mut metadata = Metadata::default();
    let mut has_scan = false;
    let whole = loop {
        let Some(segment) = Segment::take(&mut rest) else {
            // tables, a frame or a scan that breaks off
            if Segment::next(rest).is_some_and(|(_, marker)| matches!(marker, 0xC0..=0xCF | 0xDA..=0xDD)) {
                kept.extend(rest);
            }
            break false;
        };
        match segment.marker {
            APP0..=APP15 | COMMENT => metadata.keep_needed(&segment, &mut kept),
            _ => kept.extend(segment.whole),
        }
        match segment.marker {
            SCAN => {
                has_scan = true;
                kept.extend(rest.split_off(..scan_length(rest))?);
            }
            END => break has_scan,
            _ => {}
        }
    };
    Some(Clean { bytes: kept, had_place: metadata.has_place(), turned: metadata.turned, whole })
}

/// A marker and what belongs to it.
struct Segment<'a> {
    marker: u8,
    /// With the marker and the bytes that fill up before it.
    whole: &'a [u8],
    /// Without marker and length.
    body: &'a [u8],
}

impl<'a> Segment<'a> {
    /// Where the next segment's marker stands, and the marker: bytes before it that are none belong to nothing, and
    /// programs that show pictures skip them.
    fn next(rest: &[u8]) -> Option<(usize, u8)> {
        let pairs = rest.iter().zip(rest.iter().skip(1)).enumerate();
        let mut found = pairs.filter(|(_, (first, next))| **first == 0xFF && !matches!(next, 0x00 | 0xFF));
        found.next().map(|(at, (_, marker))| (at, *marker))
    }

    /// Takes a segment, with the bytes that fill up before it but without others.
    fn take(rest: &mut &'a [u8]) -> Option<Self> {
        let (at, marker) = Self::next(rest)?;
        let fill = rest.get(..at)?.iter().rev().take_while(|byte| **byte == 0xFF).count();
        let mut after = rest.get(at - fill..)?;
        let fill = fill + 1;
        let start = fill + 1;
        // the length counts its own two bytes
        let length = match marker {
            0x01 | 0xD0..=0xD7 | END => 0,
            START => return None,
            _ => Some(u16::from_be_bytes(*after.get(start..)?.first_chunk()?)).filter(|length| *length >= 2)?,
        };
        let whole = after.split_off(..start.checked_add(length.into())?)?;
        let body = whole.get(start.checked_add(2)?..).unwrap_or_default();
        *rest = after;
        Some(Self { marker, whole, body })
    }
}

/// Length of the scan at the start of `rest`: up to a marker that is neither a restart nor a stuffed or filling byte, or
/// to the end.
fn scan_length(rest: &[u8]) -> usize {
    let end =
        rest.windows(2).position(|pair| matches!(pair, [0xFF, next] if !matches!(next, 0x00 | 0xD0..=0xD7 | 0xFF)));
    end.unwrap_or(rest.len())
}

/// What the segments left out have said. A text of more than 64 KiB is spread over several, so it is put together.
#[derive(Default)]
struct Metadata {
    has_exif: bool,
    has_place: bool,
    turned: Option<u16>,
    xmp: Vec<u8>,
    photoshop: Vec<u8>,
}

impl Metadata {
    /// Reads an application's segment, or a comment, and copies what of it the picture needs.
    fn keep_needed(&mut self, segment: &Segment<'_>, kept: &mut Vec<u8>) {
        let named = |marker: u8, name: &[u8]| segment.body.strip_prefix(name).filter(|_| segment.marker == marker);
        if let Some(jfif) = named(APP0, b"JFIF\0") {
            kept.extend(without_thumbnail(jfif).as_ref().map_or(segment.whole, |jfif| jfif));
        } else if named(APP2, b"ICC_PROFILE\0").or(named(APP14, b"Adobe")).is_some() {
            kept.extend(segment.whole);
        } else if named(APP1, exif::HEADER).is_some() {
            let exif = Exif::read(segment.body);
            // later blocks go on with the first, or repeat it
            if let Some(block) = exif.orientation_only().filter(|_| !self.has_exif) {
                kept.extend([0xFF, APP1, 0, 34]);
                kept.extend(exif::HEADER);
                kept.extend(block);
                self.turned = exif.turned;
            }
            self.has_exif = true;
            self.has_place |= exif.has_place;
        } else if let Some(text) = named(APP1, b"http://ns.adobe.com/xap/1.0/\0") {
            self.xmp.extend(text);
        } else if let Some(part) = named(APP1, b"http://ns.adobe.com/xmp/extension/\0") {
            self.xmp.extend(part.get(XMP_PART..).unwrap_or_default());
        } else if let Some(part) = named(APP13, b"Photoshop 3.0\0") {
            self.photoshop.extend(part);
        }
    }

    fn has_place(&self) -> bool {
        self.has_place || place::in_xmp(&self.xmp) || place::in_photoshop(&self.photoshop)
    }
}

/// JFIF's segment for a body that holds a thumbnail, which may show what was cut off since; none for one without.
fn without_thumbnail(jfif: &[u8]) -> Option<[u8; 18]> {
    // version, unit, densities; then the size of the thumbnail, and it
    let &[major, minor, unit, x0, x1, y0, y1, _, _, _, ..] = jfif else { return None };
    Some([0xFF, APP0, 0, 16, b'J', b'F', b'I', b'F', 0, major, minor, unit, x0, x1, y0, y1, 0, 0])
}
