//! Small files built by hand, part by part: each part says what becomes of it.

use std::borrow::Cow;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{Stripped, strip};

/// A part of a file, and whether it is in the published copy.
enum Part {
    Kept(Vec<u8>),
    Left(Vec<u8>),
    Becomes(Vec<u8>, Vec<u8>),
}
use Part::{Becomes, Kept, Left};

/// The file before and after.
fn both(parts: Vec<Part>) -> (Vec<u8>, Vec<u8>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for part in parts {
        let (full, left) = match part {
            Kept(bytes) => (bytes.clone(), bytes),
            Left(bytes) => (bytes, Vec::new()),
            Becomes(full, left) => (full, left),
        };
        before.extend(full);
        after.extend(left);
    }
    (before, after)
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

/// A little-endian directory entry that holds its value.
fn entry(tag: u16, kind: u16, value: u32) -> Vec<u8> {
    [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &1_u32.to_le_bytes(), &value.to_le_bytes()].concat()
}

fn directory(entries: &[Vec<u8>]) -> Vec<u8> {
    let count = u16::try_from(entries.len()).unwrap();
    [&count.to_le_bytes()[..], &entries.concat(), &[0; 4]].concat()
}

/// An Exif block with an orientation and a directory of these GPS tags.
fn exif(orientation: u32, gps: &[u16]) -> Vec<u8> {
    let picture = directory(&[entry(0x0112, 3, orientation), entry(0x8825, 4, 38)]);
    let gps: Vec<_> = gps.iter().map(|tag| entry(*tag, 1, 0)).collect();
    [b"II*\0\x08\0\0\0", &picture[..], &directory(&gps)].concat()
}

const LATITUDE: u16 = 2;

/// What is left of an Exif block.
fn way_up(orientation: u8) -> Vec<u8> {
    [b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", &[orientation][..], &[0; 6]].concat()
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(length(body) + 2).unwrap();
    [&[0xFF, marker][..], &length.to_be_bytes(), body].concat()
}

fn exif_segment(block: &[u8]) -> Vec<u8> {
    segment(0xE1, &[b"Exif\0\0", block].concat())
}

fn xmp_segment(text: &str) -> Vec<u8> {
    segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", text.as_bytes()].concat())
}

fn extended_xmp_segment(text: &str) -> Vec<u8> {
    segment(0xE1, &[b"http://ns.adobe.com/xmp/extension/\0", &[b'0'; 40][..], text.as_bytes()].concat())
}

/// IPTC data with one entry, between two other resources, of which one has a name and an odd length.
fn iptc_segment(entry: u8, text: &str) -> Vec<u8> {
    let text_length = u16::try_from(text.len()).unwrap().to_be_bytes();
    let iptc = [&[0x1C, 1, 90, 0, 0, 0x1C, 2, entry][..], &text_length, text.as_bytes()].concat();
    let other = b"8BIM\x04\x00\x04name\0\0\0\0\x01.\0".as_slice();
    let resources = [other, b"8BIM\x04\x04\0\0", &length(&iptc).to_be_bytes(), &iptc, b"\0"].concat();
    segment(0xED, &[b"Photoshop 3.0\0", &resources[..]].concat())
}

/// A file of nothing but these segments.
fn jpeg_of(segments: &[Vec<u8>]) -> Vec<u8> {
    [b"\xFF\xD8", &segments.concat()[..], b"\xFF\xD9"].concat()
}

/// A progressive picture with everything that phones and editors put around it.
fn jpeg() -> (Vec<u8>, Vec<u8>) {
    let jfif = b"JFIF\0\x01\x02\x01\0\x48\0\x48";
    both(vec![
        Kept(b"\xFF\xD8".to_vec()),
        Becomes(
            segment(0xE0, &[jfif, &b"\x01\x01\xAA\xBB\xCC"[..]].concat()),
            segment(0xE0, &[jfif, &[0, 0][..]].concat()),
        ),
        Left(segment(0xE0, b"JFXX\0\x10thumbnail")),
        Becomes(exif_segment(&exif(6, &[0, LATITUDE])), exif_segment(&way_up(6))),
        Left(exif_segment(b"the rest of a maker's notes")),
        Left(xmp_segment("<x/>")),
        Left(b"\xFF\xFF\xFF".to_vec()), // fills up before a marker that is left out
        Left(segment(0xE2, b"MPF\0other sizes")),
        Kept(segment(0xE2, b"ICC_PROFILE\0\x01\x01colours")),
        Left(segment(0xEB, b"JP\0\0who signed it")),
        Left(iptc_segment(80, "by whom")),
        Kept(segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01")),
        Left(segment(0xFE, b"a comment")),
        Kept(b"\xFF".to_vec()), // fills up before a marker that is kept
        Kept(segment(0xDB, b"tables")),
        Kept(segment(0xC2, b"frame")),
        Kept(segment(0xDA, b"scan")),
        Kept(b"\x12\xFF\x00\x34\xFF\xD0\x56\xFF\xD7\xFF\xFF\x00\x78".to_vec()),
        Left(segment(0xFE, b"between scans")),
        Kept(segment(0xC4, b"codes")),
        Kept(segment(0xDA, b"scan")),
        Kept(b"\x9A\xFF\xFF".to_vec()),
        Kept(b"\xFF\xD9".to_vec()),
        Left(b"\xFF\xD8\xFF\xE1 a smaller one, and a film \xFF\xD9".to_vec()),
    ])
}

/// The checksum is not looked at, so it may be any.
fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    [&length(data).to_be_bytes()[..], name, data, b"sum."].concat()
}

fn png() -> (Vec<u8>, Vec<u8>) {
    let way_up = [b"\0\0\0\x1AeXIf", &way_up(8)[..], b"\x86X04"].concat();
    both(vec![
        Kept(b"\x89PNG\r\n\x1A\n".to_vec()),
        Kept(chunk(b"IHDR", b"size")),
        Kept([chunk(b"iCCP", b"profile"), chunk(b"pHYs", b"inch"), chunk(b"acTL", b"twice")].concat()),
        Becomes(chunk(b"eXIf", &exif(8, &[LATITUDE])), way_up),
        Left([chunk(b"tEXt", b"Comment\0hello"), chunk(b"zTXt", b""), chunk(b"iTXt", b"XML:")].concat()),
        Left([chunk(b"tIME", b"now"), chunk(b"caBX", b"who signed it"), chunk(b"prVt", b"?")].concat()),
        Kept([chunk(b"PLTE", b"rgb"), chunk(b"tRNS", b"\0"), chunk(b"fcTL", b"1"), chunk(b"IDAT", b"1")].concat()),
        Kept(chunk(b"IDAT", b"2")),
        Kept([chunk(b"fdAT", b"3"), chunk(b"IEND", b"")].concat()),
        Left(b"and more".to_vec()),
    ])
}

fn riff_chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    [name, &length(data).to_le_bytes()[..], data, &[0][..data.len() % 2]].concat()
}

fn webp() -> (Vec<u8>, Vec<u8>) {
    let header = |flags: u8| riff_chunk(b"VP8X", &[flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]);
    let (before, after) = both(vec![
        Kept(b"WEBP".to_vec()),
        Becomes(header(0b0010_1100), header(0b0010_1000)),
        Kept(riff_chunk(b"ICCP", b"odd")),
        Left(riff_chunk(b"????", b"unknown")),
        Kept(riff_chunk(b"VP8 ", b"picture")),
        Becomes(riff_chunk(b"EXIF", &exif(3, &[LATITUDE])), riff_chunk(b"EXIF", &way_up(3))),
        Left(riff_chunk(b"XMP ", b"<x/>")),
    ]);
    let riff = |body: Vec<u8>| [b"RIFF", &length(&body).to_le_bytes()[..], &body].concat();
    ([riff(before), b"and more".to_vec()].concat(), riff(after))
}

fn gif() -> (Vec<u8>, Vec<u8>) {
    // XMP is no chain of blocks: from wherever a reader that takes it for one comes out, these lead it to the end
    let run_out: Vec<u8> = [1].into_iter().chain((0..=255).rev()).chain([0]).collect();
    both(vec![
        Kept(b"GIF89a\x01\0\x01\0\x80\0\0".to_vec()),
        Kept(b"rgbRGB".to_vec()),
        Kept(b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0".to_vec()),
        Left(b"\x21\xFE\x05hello\x03you\0".to_vec()),
        Left([b"\x21\xFF\x0BXMP DataXMP<exif:GPSLatitude>49,3.1N", &run_out[..]].concat()),
        Kept(b"\x21\xF9\x04\0\0\0\0\0".to_vec()),
        Kept(b"\x21\x01\x0CTwelve bytes\x02hi\0".to_vec()),
        Kept(b"\x2C\0\0\0\0\x01\0\x01\0\x81RGBrgbRGBrgb\x02\x02\x4C\x01\0".to_vec()),
        Left(b"\x21\xAB\x01?\0".to_vec()),
        Kept(b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x4C\x01\0".to_vec()),
        Kept(b"\x3B".to_vec()),
        Left(b"and more".to_vec()),
    ])
}

fn all() -> [(Vec<u8>, Vec<u8>); 4] {
    [jpeg(), png(), webp(), gif()]
}

fn is_as_it_was(stripped: &Stripped<'_>, bytes: &[u8]) -> bool {
    matches!(stripped.bytes, Cow::Borrowed(kept) if kept == bytes) && !stripped.had_place
}

#[test]
fn what_shows_the_picture_is_kept_and_the_rest_left_out() {
    for (before, after) in all() {
        let stripped = strip(&before);
        assert_eq!(stripped.bytes.escape_ascii().to_string(), after.escape_ascii().to_string());
        assert!(stripped.had_place);
    }
}

#[test]
fn a_picture_without_metadata_is_not_copied() {
    for (_, after) in all() {
        assert!(is_as_it_was(&strip(&after), &after));
    }
}

#[test]
fn a_file_that_breaks_off_keeps_what_is_there_of_the_picture_and_nothing_else() {
    for (before, after) in all() {
        for end in 0..before.len() {
            let short = &before[..end];
            let stripped = strip(short);
            let kept = &*stripped.bytes;
            // the head of a WebP says how long it is and what is in it
            let comes = |at: usize, byte: u8| {
                after.get(at) == Some(&byte) || (after.starts_with(b"RIFF") && matches!(at, 4..8 | 20))
            };
            let begins = kept.iter().enumerate().all(|(at, byte)| comes(at, *byte));
            assert!(begins, "{}\n{}", short.escape_ascii(), kept.escape_ascii());
            assert!(stripped.whole <= (kept.len() == after.len()) || end < 12, "{}", short.escape_ascii());
        }
    }
}

#[test]
fn a_photo_without_its_end_has_no_place_and_stays_on_its_side() {
    let photo = [
        b"\xFF\xD8",
        &exif_segment(&exif(6, &[LATITUDE]))[..],
        &segment(0xC0, b"frame"),
        &segment(0xDA, b"scan"),
        b"\x12\x34",
    ]
    .concat();
    let stripped = strip(&photo);
    assert!(stripped.had_place && stripped.turned == 6 && !stripped.whole);
    let kept =
        [b"\xFF\xD8", &exif_segment(&way_up(6))[..], &segment(0xC0, b"frame"), &segment(0xDA, b"scan"), b"\x12\x34"]
            .concat();
    assert_eq!(*stripped.bytes, *kept);
    assert!(strip(&[&photo[..], b"\xFF\xD9"].concat()).whole);
}

#[test]
fn a_jpeg_that_breaks_its_rules_keeps_no_comment_either() {
    let comment = segment(0xFE, b"hello");
    for (broken, kept) in [
        // what is no marker belongs to nothing
        (&b"\0"[..], &b"\xFF\xD8\xFF\xD9"[..]),
        (b"\xFF\0", b"\xFF\xD8\xFF\xD9"),
        // what is left out and does not say how long it is takes the rest with it
        (b"\xFF\xD8", b"\xFF\xD8"),
        (b"\xFF\xFE\0\0", b"\xFF\xD8"),
        (b"\xFF\xFE\0\x01", b"\xFF\xD8"),
        (b"\xFF\xFE\xFF\xFF", b"\xFF\xD8"),
        // a scan is the picture
        (b"\xFF\xDA\0\0", b"\xFF\xD8\xFF\xDA\0\0\xFF\xD9"),
    ] {
        let file = jpeg_of(&[comment.clone(), broken.to_vec()]);
        assert_eq!(strip(&file).bytes.escape_ascii().to_string(), kept.escape_ascii().to_string());
    }
}

#[test]
fn other_formats_are_left_as_they_are() {
    let tiff = exif(6, &[LATITUDE]);
    for other in [&tiff[..], b"", b"\xFF\xD8", b"\0\0\0\x1Cftypavif exif:GPSLatitude", b"<svg/>", b"RIFF\0\0\0\0WAVE"] {
        assert!(is_as_it_was(&strip(other), other));
    }
}

#[test]
fn a_place_is_noticed_wherever_it_stands() {
    let place = |segments: &[Vec<u8>]| strip(&jpeg_of(segments)).had_place;
    assert!(place(&[exif_segment(&exif(1, &[0, LATITUDE]))]));
    let big_endian = b"MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0\0\x01\0\x02";
    assert!(place(&[exif_segment(big_endian)]));
    assert!(place(&[xmp_segment("<rdf:Description exif:GPSVersionID='2.2' exif:GPSLatitude='49,3.1N'/>")]));
    assert!(place(&[xmp_segment("<photoshop:City>Essen</photoshop:City>")]));
    assert!(place(&[xmp_segment("<x/>"), extended_xmp_segment("<exif:GP"), extended_xmp_segment("SLatitude>")]));
    assert!(place(&[iptc_segment(90, "Essen")]));
    assert!(place(&[iptc_segment(92, "the shelter")]));

    assert!(!place(&[exif_segment(&exif(6, &[0, 0x12]))]), "a camera without a receiver: a version, a map's name");
    assert!(!place(&[exif_segment(b"II*\0\x08\0\0\0")]), "cut off before its first directory");
    assert!(!place(&[xmp_segment("<rdf:Description xmlns:exif='…' exif:GPSVersionID='2.2'/>")]));
    assert!(!place(&[iptc_segment(80, "Essen")]), "a person of that name");
    assert!(!place(&[iptc_segment(90, "")]));

    let text = |name: &[u8], data: &[u8]| [&png().1[..24], &chunk(name, data), &chunk(b"IEND", b"")].concat();
    assert!(strip(&text(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<exif:GPSLatitude>")).had_place);
    assert!(!strip(&text(b"tEXt", b"Comment\0hello")).had_place);
}

#[test]
fn only_a_way_up_that_can_be_and_is_not_upright_is_kept() {
    for orientation in 0..=9 {
        let file = jpeg_of(&[exif_segment(&exif(orientation, &[]))]);
        let kept = u8::try_from(orientation).ok().filter(|way| (2..=8).contains(way));
        let segments: Vec<_> = kept.map(|way| exif_segment(&way_up(way))).into_iter().collect();
        let stripped = strip(&file);
        assert_eq!(*stripped.bytes, *jpeg_of(&segments));
        assert_eq!(stripped.turned, kept.map_or(1, u16::from));
        // as it is published, it says the same
        assert_eq!(strip(&stripped.bytes).turned, stripped.turned);
    }
}

#[test]
fn metadata_that_cannot_be_read_is_left_out_all_the_same() {
    let full = exif_segment(&exif(6, &[LATITUDE]));
    for end in 4..full.len() {
        let stripped = strip(&jpeg_of(&[segment(0xE1, &full[4..end])])).bytes.into_owned();
        assert!(stripped == jpeg_of(&[]) || stripped == jpeg_of(&[exif_segment(&way_up(6))]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_stripped_once_needs_no_second_time(
        (file, _) in select(all().to_vec()),
        changes in vec((any::<Index>(), any::<u8>()), 0..4),
        cut in any::<Index>(),
    ) {
        let mut file = file;
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        for end in [file.len(), cut.index(file.len())] {
            let once = strip(&file[..end]);
            prop_assert!(is_as_it_was(&strip(&once.bytes), &once.bytes), "{}", once.bytes.escape_ascii());
        }
    }
}
