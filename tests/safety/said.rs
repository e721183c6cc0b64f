//! All that the files of a site say, however it is written: in their names and bytes, escaped once or twice, in two bytes a
//! sign, as digits, in base64, in archives and in compressed streams.

use std::io::Read as _;

/// Text with percent signs, HTML and JSON escapes undone, in lower case.
fn unescaped(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['%', '&', '\\']) {
        plain += &rest[..at];
        rest = &rest[at..];
        let number = |start: usize, radix: u32, end: usize| {
            u32::from_str_radix(rest.get(start..end)?, radix).ok().and_then(char::from_u32).map(|sign| (sign, end))
        };
        let entity = rest.find(';').filter(|_| rest.starts_with("&#"));
        let found = match (rest.as_bytes().first(), entity) {
            (Some(b'%'), _) => number(1, 16, 3),
            (Some(b'\\'), _) if rest[1..].starts_with('u') => number(2, 16, 6),
            (Some(b'&'), Some(end)) if rest.starts_with("&#x") => number(3, 16, end).map(|(sign, end)| (sign, end + 1)),
            (Some(b'&'), Some(end)) => number(2, 10, end).map(|(sign, end)| (sign, end + 1)),
            _ => None,
        };
        let (sign, length) = found.unwrap_or((char::from(rest.as_bytes()[0]), 1));
        plain.push(sign);
        rest = &rest[length..];
    }
    plain + rest
}

/// The runs of bytes of a sort that are at least so long.
fn runs(bytes: &[u8], least: usize, of: impl Fn(u8) -> bool) -> Vec<&[u8]> {
    bytes.split(|byte| !of(*byte)).filter(|run| run.len() >= least).collect()
}

/// The value of a sign of base64, in either alphabet.
fn sextet(sign: u8) -> Option<u8> {
    Some(match sign {
        b'A'..=b'Z' => sign - b'A',
        b'a'..=b'z' => sign - b'a' + 26,
        b'0'..=b'9' => sign - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// What a run of base64 stands for, wherever in it a group of four begins.
fn from_base64(run: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for start in 0..4.min(run.len()) {
        for group in run[start..].chunks(4) {
            let bits =
                group.iter().filter_map(|sign| sextet(*sign)).fold(0_u32, |bits, six| bits << 6 | u32::from(six));
            let bits = bits << (6 * (4 - group.len()));
            out.extend(&bits.to_be_bytes()[1..group.len()]);
        }
        out.push(b' ');
    }
    out
}

/// What a run of hexadecimal digits stands for, wherever in it a pair begins.
fn from_digits(run: &[u8]) -> Vec<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok()).unwrap_or(0);
    let pairs = |start: usize| run[start..].chunks_exact(2).map(|pair| value(pair[0]) << 4 | value(pair[1]));
    pairs(0).chain([b' ']).chain(pairs(1)).collect()
}

/// What is compressed in `bytes`, as ZIP, gzip, PDF and PNG do it.
fn streams(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut keep = |read: &mut dyn std::io::Read| {
        let mut out = Vec::new();
        // a stream that breaks off has said what it has said
        let _ = read.take(16 << 20).read_to_end(&mut out);
        if !out.is_empty() {
            found.push(out);
        }
    };
    for at in 0..bytes.len() {
        match &bytes[at..] {
            [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => keep(&mut flate2::read::ZlibDecoder::new(&bytes[at..])),
            [0x1f, 0x8b, 8, ..] => keep(&mut flate2::read::GzDecoder::new(&bytes[at..])),
            // the name's and the extra's lengths stand in the entry's head
            [b'P', b'K', 3, 4, head @ ..] if head.len() > 26 => {
                let length = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
                let start = at + 30 + length(22) + length(24);
                if let Some(body) = bytes.get(start..) {
                    keep(&mut flate2::read::DeflateDecoder::new(body));
                }
            }
            _ => {}
        }
    }
    found
}

/// All that these bytes say, in lower case.
fn said(bytes: &[u8], depth: usize) -> String {
    let raw = String::from_utf8_lossy(bytes);
    let once = unescaped(bytes);
    let twice = unescaped(once.as_bytes());
    // two bytes a sign are one sign and one zero
    let narrow: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let mut all = vec![raw.to_lowercase(), once, twice, String::from_utf8_lossy(&narrow).to_lowercase()];
    for run in runs(bytes, 12, |byte| byte.is_ascii_hexdigit()) {
        let plain: Vec<u8> = from_digits(run).into_iter().filter(|byte| *byte != 0).collect();
        all.push(String::from_utf8_lossy(&plain).to_lowercase());
    }
    for run in runs(bytes, 12, |byte| sextet(byte).is_some()) {
        all.push(String::from_utf8_lossy(&from_base64(run)).to_lowercase());
    }
    if depth > 0 {
        all.extend(streams(bytes).iter().map(|stream| said(stream, depth - 1)));
    }
    all.join("\n")
}

/// All that a site says, file by file.
pub fn said_by(site: &[(String, Vec<u8>)]) -> Vec<(String, String)> {
    site.iter().map(|(name, bytes)| (name.clone(), said(&[name.as_bytes(), b"\n", bytes].concat(), 3))).collect()
}

#[test]
fn a_word_is_found_however_it_is_written() {
    use std::io::Write as _;
    let deflated = |text: &[u8]| {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(text).unwrap();
        out.finish().unwrap()
    };
    let zip = |text: &[u8]| {
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        raw.write_all(text).unwrap();
        let mut head = [0; 30];
        head[..4].copy_from_slice(b"PK\x03\x04");
        head[26] = 1;
        [&head[..], b"n", &raw.finish().unwrap()].concat()
    };
    let wide: Vec<u8> = "zqxab".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let cases: [&[u8]; 14] = [
        b"zqxab",
        b"ZQXAB",
        b"%7Aq%78ab",
        b"&#122;qxab",
        b"&#x7A;qxab",
        b"\\u007aqxab",
        b"%26%23x7a;qxab",
        &wide,
        b"<FEFF007A0071007800610062>",
        b"7a717861620d0a",
        b"data:text/plain;base64,WzEyIHpxeGFiIDJd",
        &deflated(b"12 zqxab"),
        &zip(b"zqxab and zqxab"),
        &deflated(&deflated(b"zq&#x78;ab")),
    ];
    for case in cases {
        let site = [("x".to_owned(), [b"before ", case, b" after"].concat())];
        assert!(said_by(&site)[0].1.contains("zqxab"), "{:?}", String::from_utf8_lossy(case));
    }
    assert!(said_by(&[("%7aqxab".to_owned(), Vec::new())])[0].1.contains("zqxab"), "the name of a file");
}
