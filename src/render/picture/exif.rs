//! Exif: whether it holds a place, and which way up the picture is.
//!
//! Exif is a small TIFF file (CIPA DC-008): a header, then directories of twelve-byte entries.

/// What stands before the TIFF header in a JPEG, and now and then elsewhere.
pub(super) const HEADER: &[u8] = b"Exif\0\0";

const ORIENTATION: u16 = 0x0112;
const GPS_DIRECTORY: u16 = 0x8825;
/// GPS entries that name a place: latitude and longitude of the camera and of what it looks at, and the area's name.
/// Cameras without a receiver have the directory, too, with its version or the name of a map in it.
const GPS_PLACES: [u16; 5] = [0x02, 0x04, 0x14, 0x16, 0x1C];
const SHORT: u16 = 3;

/// What is of interest in an Exif block.
#[derive(Default)]
pub(super) struct Exif {
    pub(super) has_place: bool,
    /// 2 to 8 where the picture has to be turned or mirrored to be seen as it was taken.
    pub(super) turned: Option<u16>,
}

impl Exif {
    /// Reads a block, with or without [`HEADER`]; what can't be read counts as not there.
    pub(super) fn read(block: &[u8]) -> Self {
        let tiff = Tiff::new(block.strip_prefix(HEADER).unwrap_or(block));
        tiff.map(|tiff| Self { has_place: tiff.has_place(), turned: tiff.turned() }).unwrap_or_default()
    }

    /// A block, without [`HEADER`], that holds the orientation and nothing else; none where the picture is upright.
    pub(super) fn orientation_only(&self) -> Option<[u8; 26]> {
        let [high, low] = self.turned?.to_be_bytes();
        let [tag_high, tag_low] = ORIENTATION.to_be_bytes();
        #[rustfmt::skip]
        let block = [
            b'M', b'M', 0, 42, 0, 0, 0, 8,
            0, 1, // entries
            tag_high, tag_low, 0, 3, 0, 0, 0, 1, high, low, 0, 0,
            0, 0, 0, 0, // no further directory
        ];
        Some(block)
    }
}

/// A TIFF file in one of its two byte orders.
struct Tiff<'a> {
    bytes: &'a [u8],
    big_endian: bool,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let big_endian = match bytes {
            [b'M', b'M', 0, 42, ..] => true,
            [b'I', b'I', 42, 0, ..] => false,
            _ => return None,
        };
        Some(Self { bytes, big_endian })
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    /// An offset: where something else stands.
    fn offset(&self, at: usize) -> Option<usize> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        usize::try_from(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }).ok()
    }

    /// Tags of the directory at `directory`, each with the place of its entry.
    fn entries(&self, directory: usize) -> impl Iterator<Item = (u16, usize)> {
        let count = self.short(directory).map_or(0, usize::from);
        let places = (0..count).map_while(move |entry| directory.checked_add(entry.checked_mul(12)?)?.checked_add(2));
        places.map_while(|at| Some((self.short(at)?, at)))
    }

    /// The directory of the picture, then that of its thumbnail.
    fn directories(&self) -> impl Iterator<Item = usize> {
        let picture = self.offset(4);
        let thumbnail = picture.and_then(|at| {
            let entries = usize::from(self.short(at)?).checked_mul(12)?;
            self.offset(at.checked_add(entries)?.checked_add(2)?).filter(|next| *next > 0)
        });
        picture.into_iter().chain(thumbnail)
    }

    fn has_place(&self) -> bool {
        self.directories()
            .filter_map(|directory| self.entries(directory).find(|(tag, _)| *tag == GPS_DIRECTORY))
            .filter_map(|(_, at)| self.offset(at.checked_add(8)?))
            // what can't be read here may be a place for a program that tries harder
            .any(|gps| self.short(gps).is_none() || self.entries(gps).any(|(tag, _)| GPS_PLACES.contains(&tag)))
    }

    fn turned(&self) -> Option<u16> {
        let (_, at) = self.entries(self.offset(4)?).find(|(tag, _)| *tag == ORIENTATION)?;
        let is_short = self.short(at.checked_add(2)?)? == SHORT;
        self.short(at.checked_add(8)?).filter(|way| is_short && (2..=8).contains(way))
    }
}
