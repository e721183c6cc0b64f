//! Bytes to text: UTF-8, UTF-16 and Windows-1252, by what the file says of itself, else by what it can be.

use super::Refusal;

/// A text, and whether its letters had to be guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a mark of byte order.
    pub text: String,
    /// Whether nothing said which letters they are.
    pub guessed: bool,
}

/// Reads `bytes`, whose letters are of the set `named`, where the file names one.
///
/// # Errors
/// When the set is not one of those that are read, or the bytes are no text.
pub fn decode(bytes: &[u8], named: Option<&str>) -> Result<Decoded, Refusal> {
    let sure = |text: String| Ok(Decoded { text, guessed: false });
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return sure(String::from_utf8_lossy(rest).into_owned());
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return sure(utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return sure(utf16(rest, u16::from_be_bytes));
    }
    match zeros(bytes) {
        Zeros::None => {}
        Zeros::AfterLetters => return sure(utf16(bytes, u16::from_le_bytes)),
        Zeros::BeforeLetters => return sure(utf16(bytes, u16::from_be_bytes)),
        Zeros::Anywhere => {
            return Err(Refusal::Is { what: "no text", help: "save it as .docx, .html or .txt where it was made" });
        }
    }
    // what can be UTF-8 is UTF-8: other letters look like it by chance in no real text
    if let Ok(text) = std::str::from_utf8(bytes) {
        return sure(text.to_owned());
    }
    match named.map(|name| name.trim().to_ascii_lowercase()) {
        None => Ok(Decoded { text: windows(bytes), guessed: true }),
        Some(name) => match name.as_str() {
            "windows-1252" | "cp1252" | "x-cp1252" | "iso-8859-1" | "iso8859-1" | "latin1" | "l1" | "ascii"
            | "us-ascii" | "iso-8859-15" => sure(windows(bytes)),
            "utf-8" | "utf8" | "unicode" | "utf-16" => sure(String::from_utf8_lossy(bytes).into_owned()),
            _ => Err(Refusal::Letters { name: name.chars().take(40).collect() }),
        },
    }
}

enum Zeros {
    None,
    AfterLetters,
    BeforeLetters,
    Anywhere,
}

/// Where zero bytes stand at the beginning: UTF-16 without its mark has one beside each English letter.
fn zeros(bytes: &[u8]) -> Zeros {
    let start = bytes.get(..4_096).unwrap_or(bytes);
    let even = start.iter().step_by(2).filter(|byte| **byte == 0).count();
    let odd = start.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
    let half = start.len() / 2;
    match (even, odd) {
        (0, 0) if !bytes.contains(&0) => Zeros::None,
        (0, odd) if odd * 4 > half * 3 => Zeros::AfterLetters,
        (even, 0) if even * 4 > half * 3 => Zeros::BeforeLetters,
        _ => Zeros::Anywhere,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [one, two] => unit([*one, *two]),
        _ => u16::MAX,
    });
    char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Windows-1252: Latin-1 with other signs from 0x80 to 0x9F (unicode.org, CP1252.TXT).
fn windows(bytes: &[u8]) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let sign = |byte: &u8| match byte {
        0x80..=0x9f => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(*byte),
    };
    bytes.iter().map(sign).collect()
}

/// The character set that a web page names at its beginning.
pub fn named_in_page(bytes: &[u8]) -> Option<String> {
    let start: String = bytes.iter().take(4_096).map(|byte| char::from(*byte).to_ascii_lowercase()).collect();
    let at = start.find("charset=").map(|at| at + "charset=".len());
    let at =
        at.or_else(|| start.strip_prefix("<?xml").and_then(|_| Some(start.find("encoding=")? + "encoding=".len())))?;
    let rest = start.get(at..)?.trim_start_matches(['"', '\'', ' ']);
    let name: String = rest.chars().take_while(|sign| sign.is_ascii_alphanumeric() || "-_:".contains(*sign)).collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_or_shows_which_letters_it_has() {
        let read = |bytes: &[u8], name| decode(bytes, name).map(|decoded| (decoded.text, decoded.guessed));
        assert_eq!(read("\u{feff}Café".as_bytes(), None), Ok(("Café".into(), false)));
        assert_eq!(read("Café".as_bytes(), Some("windows-1252")), Ok(("Café".into(), false)));
        assert_eq!(read(b"Caf\xe9 \x93so\x94", None), Ok(("Café “so”".into(), true)));
        assert_eq!(read(b"Caf\xe9", Some("ISO-8859-1")), Ok(("Café".into(), false)));
        assert_eq!(read(b"Caf\xe9", Some("koi8-r")), Err(Refusal::Letters { name: "koi8-r".into() }));
        let wide = |text: &str, turn: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(turn).collect::<Vec<u8>>();
        for turn in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            assert_eq!(read(&wide("\u{feff}Who pays? — Ω", turn), None), Ok(("Who pays? — Ω".into(), false)));
            assert_eq!(read(&wide("Who pays?", turn), None), Ok(("Who pays?".into(), false)));
        }
        assert!(read(b"a\0\0\0b\0c", None).is_err());
    }

    #[test]
    fn a_page_names_its_letters_in_its_head() {
        let named = |page: &str| named_in_page(page.as_bytes());
        assert_eq!(named("<meta charset=\"UTF-8\">").as_deref(), Some("utf-8"));
        assert_eq!(
            named("<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>").as_deref(),
            Some("windows-1252")
        );
        assert_eq!(named("<?xml version='1.0' encoding='iso-8859-1'?>").as_deref(), Some("iso-8859-1"));
        assert_eq!(named("<p>no word of it"), None);
    }
}
