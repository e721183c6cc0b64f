//! Places in words and figures that an editor, a news agency or a phone wrote beside the picture.

/// Whether XMP, or text like it, names a place: a property of the Exif, Photoshop or IPTC namespaces, by the
/// prefixes that their specifications prefer.
pub(super) fn in_xmp(text: &[u8]) -> bool {
    const PLACES: [&[u8]; 5] = [
        b"photoshop:City",
        b"photoshop:State",
        b"photoshop:Country",
        b"Iptc4xmpCore:Location",
        b"Iptc4xmpExt:Location",
    ];
    // cameras without a receiver write the version too, see `exif`
    let position = |rest: &[u8]| rest.strip_prefix(b"exif:GPS").is_some_and(|name| !name.starts_with(b"VersionID"));
    let named = |rest: &[u8]| position(rest) || PLACES.iter().any(|place| rest.starts_with(place));
    (0..text.len()).any(|at| text.get(at..).is_some_and(named))
}

/// Whether Photoshop's image resources (`8BIM` blocks) hold IPTC data that names a place.
pub(super) fn in_photoshop(mut resources: &[u8]) -> bool {
    while let Some((id, data)) = resource(&mut resources) {
        if id == 0x0404 && in_iptc(data) {
            return true;
        }
    }
    false
}

/// Takes one resource: its number and what it holds.
fn resource<'a>(rest: &mut &'a [u8]) -> Option<(u16, &'a [u8])> {
    rest.split_off(..4).filter(|mark| mark == b"8BIM")?;
    let id = u16::from_be_bytes(*rest.split_off(..2)?.first_chunk()?);
    // the name, with its length byte, and the data are each filled up to an even length
    let name = usize::from(*rest.first()?).checked_add(1)?.checked_next_multiple_of(2)?;
    rest.split_off(..name)?;
    let length = usize::try_from(u32::from_be_bytes(*rest.split_off(..4)?.first_chunk()?)).ok()?;
    let data = rest.split_off(..length)?;
    *rest = rest.get(length % 2..).unwrap_or_default();
    Some((id, data))
}

/// Whether IPTC-IIM data has a place among its entries of record 2.
fn in_iptc(mut rest: &[u8]) -> bool {
    // content location code and name; city, part of it, state, country code, country
    const PLACES: [u8; 7] = [26, 27, 90, 92, 95, 100, 101];
    while let Some([0x1C, record, entry, high, low]) = rest.split_off(..5) {
        let length = u16::from_be_bytes([*high, *low]);
        if *record == 2 && PLACES.contains(entry) && length > 0 {
            return true;
        }
        if rest.split_off(..usize::from(length)).is_none() {
            return false;
        }
    }
    false
}
