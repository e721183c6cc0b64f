//! WebP: chunks in a RIFF file (RFC 9649).

use super::exif::Exif;
use super::{Clean, place};

/// Chunks that are seen: header, colour profile, animation, transparency, and the picture in its two codings.
const SHOWN: [&[u8; 4]; 7] = [b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"];

const HAS_XMP: u8 = 0x04;
const HAS_EXIF: u8 = 0x08;

/// Keeps the chunks of [`SHOWN`] and the orientation in an Exif chunk of its own; nothing behind the RIFF file's end.
pub(super) fn strip(bytes: &[u8]) -> Option<Clean> {
    let mut rest = bytes;
    let mut kept = Vec::with_capacity(bytes.len());
    let header = rest.split_off(..12)?;
    kept.extend(header);
    // the size counts what follows it, so four bytes of the header, too
    let length = little_endian(header.get(4..)?)?.checked_sub(4)?;
    let mut complete = length <= rest.len();
    rest = rest.get(..length.min(rest.len()))?;
    let mut has_exif = false;
    let mut turned = None;
    let mut had_place = false;
    while !rest.is_empty() {
        let Some(Chunk { name, whole, data }) = Chunk::take(&mut rest) else {
            // a part of the picture that breaks off
            if rest.first_chunk().is_some_and(|name: &[u8; 4]| SHOWN.contains(&name)) {
                kept.extend(rest);
            }
            complete = false;
            break;
        };
        match name {
            b"EXIF" => {
                let exif = Exif::read(data);
                if let Some(block) = exif.orientation_only().filter(|_| !has_exif) {
                    kept.extend([b'E', b'X', b'I', b'F', 26, 0, 0, 0]);
                    kept.extend(block);
                    has_exif = true;
                    turned = exif.turned;
                }
                had_place |= exif.has_place;
            }
            b"XMP " => had_place |= place::in_xmp(data),
            name if SHOWN.contains(&name) => kept.extend(whole),
            _ => {}
        }
    }
    mend_header(&mut kept, has_exif)?;
    Some(Clean { bytes: kept, had_place, turned, whole: complete })
}

struct Chunk<'a> {
    name: &'a [u8; 4],
    whole: &'a [u8],
    data: &'a [u8],
}

impl<'a> Chunk<'a> {
    fn take(rest: &mut &'a [u8]) -> Option<Self> {
        let start = *rest;
        let (name, after) = start.split_first_chunk()?;
        let length = little_endian(after)?;
        let end = length.checked_add(8)?;
        let data = start.get(8..end)?;
        // filled up to an even length; some writers forget it at the file's end
        let whole = rest.split_off(..end.checked_next_multiple_of(2)?.min(start.len()))?;
        Some(Self { name, whole, data })
    }
}

/// Sets size and flags to what the file now holds.
fn mend_header(file: &mut [u8], has_exif: bool) -> Option<()> {
    let size = u32::try_from(file.len().checked_sub(8)?).ok()?;
    file.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
    if let [b'V', b'P', b'8', b'X', 10, 0, 0, 0, flags, ..] = file.get_mut(12..)? {
        *flags &= !(HAS_XMP | HAS_EXIF);
        *flags |= if has_exif { HAS_EXIF } else { 0 };
    }
    Some(())
}

fn little_endian(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(*bytes.first_chunk()?)).ok()
}
