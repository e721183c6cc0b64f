//! PNG: chunks of length, name, data and checksum (PNG specification, third edition, with its animations).

use super::exif::Exif;
use super::{Clean, place};

/// Optional chunks that change what is seen: colour, transparency, resolution, animation.
const SHOWN: [&[u8; 4]; 16] = [
    b"acTL", b"bKGD", b"cHRM", b"cICP", b"cLLI", b"fcTL", b"fdAT", b"gAMA", b"hIST", b"iCCP", b"mDCV", b"pHYs",
    b"sBIT", b"sPLT", b"sRGB", b"tRNS",
];

/// Keeps the chunks without which no program shows the picture, those of [`SHOWN`], and the orientation in an Exif
/// chunk of its own; nothing behind the end chunk.
///
/// A place in a compressed text is left out with it, but not noticed.
pub(super) fn strip(bytes: &[u8]) -> Option<Clean> {
    let mut rest = bytes;
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend(rest.split_off(..8)?);
    let mut has_exif = false;
    let mut turned = None;
    let mut had_place = false;
    let mut has_picture = false;
    let complete = loop {
        let Some(Chunk { name, whole, data }) = Chunk::take(&mut rest) else {
            // a part of the picture that breaks off
            if matches!(rest.get(4..8), Some(b"IHDR" | b"PLTE" | b"IDAT")) {
                kept.extend(rest);
            }
            break false;
        };
        has_picture |= name == b"IDAT";
        match name {
            b"eXIf" => {
                let exif = Exif::read(data);
                if let Some(block) = exif.orientation_only().filter(|_| !has_exif) {
                    keep_exif(block, &mut kept);
                    turned = exif.turned;
                }
                has_exif = true;
                had_place |= exif.has_place;
            }
            b"tEXt" | b"iTXt" => had_place |= place::in_xmp(data),
            [first, ..] if first.is_ascii_uppercase() || SHOWN.contains(&name) => kept.extend(whole),
            _ => {}
        }
        if name == b"IEND" {
            break has_picture;
        }
    };
    Some(Clean { bytes: kept, had_place, turned, whole: complete })
}

struct Chunk<'a> {
    name: &'a [u8; 4],
    whole: &'a [u8],
    data: &'a [u8],
}

impl<'a> Chunk<'a> {
    fn take(rest: &mut &'a [u8]) -> Option<Self> {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let whole = rest.get(..length.checked_add(12)?)?;
        let (name, data) = whole.get(4..)?.split_first_chunk()?;
        let data = data.get(..length)?;
        if !name.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        rest.split_off(..whole.len())?;
        Some(Self { name, whole, data })
    }
}

/// Writes a block of Exif as a chunk.
fn keep_exif(block: [u8; 26], kept: &mut Vec<u8>) {
    kept.extend([0, 0, 0, 26]);
    let checked = [b"eXIf".as_slice(), &block].concat();
    kept.extend(&checked);
    kept.extend(checksum(&checked).to_be_bytes());
}

/// CRC-32 of ISO 3309, bit by bit: it is for a few bytes.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}
