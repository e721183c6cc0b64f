//! GIF: blocks, most of them chains of up to 255 bytes each (`GIF89a` specification).

use super::{Clean, place};

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2C;
const END: u8 = 0x3B;
const PLAIN_TEXT: u8 = 0x01;
const GRAPHIC_CONTROL: u8 = 0xF9;
const APPLICATION: u8 = 0xFF;

/// Applications whose blocks are seen, with the length byte before their names: two for how often an animation runs,
/// one for the colour profile.
const SHOWN: [&[u8; 12]; 3] = [b"\x0BNETSCAPE2.0", b"\x0BANIMEXTS1.0", b"\x0BICCRGBG1012"];

/// Keeps pictures, their timing and place, text that is part of the picture, and the blocks of [`SHOWN`]; no
/// comments, no XMP, nothing behind the end mark.
pub(super) fn strip(bytes: &[u8]) -> Option<Clean> {
    let mut rest = bytes;
    let mut kept = Vec::with_capacity(bytes.len());
    let header = rest.split_off(..13)?;
    kept.extend(header);
    kept.extend(rest.split_off(..colours(*header.get(10)?))?);
    let mut had_place = false;
    let complete = loop {
        let Some(Block { kind, whole }) = Block::take(&mut rest) else {
            // a picture that breaks off
            if matches!(rest, [IMAGE, ..] | [EXTENSION, PLAIN_TEXT | GRAPHIC_CONTROL, ..]) {
                kept.extend(rest);
            }
            break false;
        };
        match kind {
            Kind::Shown => kept.extend(whole),
            Kind::Other => had_place |= place::in_xmp(whole),
            Kind::End => {
                kept.extend(whole);
                break true;
            }
        }
    };
    Some(Clean { bytes: kept, had_place, turned: None, whole: complete })
}

struct Block<'a> {
    kind: Kind,
    whole: &'a [u8],
}

enum Kind {
    Shown,
    Other,
    End,
}

impl<'a> Block<'a> {
    fn take(rest: &mut &'a [u8]) -> Option<Self> {
        let start = *rest;
        let (kind, head) = match *start {
            [END, ..] => return Some(Self { kind: Kind::End, whole: rest.split_off(..1)? }),
            // place, size and flags, colours of its own, width of the codes
            [IMAGE, _, _, _, _, _, _, _, _, flags, ..] => (Kind::Shown, colours(flags).checked_add(11)?),
            [EXTENSION, PLAIN_TEXT | GRAPHIC_CONTROL, ..] => (Kind::Shown, 2),
            [EXTENSION, APPLICATION, ref name @ ..] if SHOWN.iter().any(|shown| name.starts_with(*shown)) => {
                (Kind::Shown, 2)
            }
            [EXTENSION, ..] => (Kind::Other, 2),
            _ => return None,
        };
        let length = head.checked_add(chain_length(start.get(head..)?)?)?;
        Some(Self { kind, whole: rest.split_off(..length)? })
    }
}

/// Length of the table of colours that these flags announce.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 6 << (flags & 0x07) }
}

/// Length of the chain of sub-blocks at the start of `bytes`, with the empty one that ends it.
fn chain_length(bytes: &[u8]) -> Option<usize> {
    let mut length = 0_usize;
    loop {
        let block = usize::from(*bytes.get(length)?);
        length = length.checked_add(block)?.checked_add(1)?;
        if block == 0 {
            return Some(length);
        }
    }
}
