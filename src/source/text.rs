//! From bytes to text: UTF-8 alone, with a guess at what else it could be.

/// Why bytes are no text that we read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoText {
    /// `UTF-16`, `Windows-1252`, `binary data`.
    pub looks_like: &'static str,
    /// The line of the first wrong byte, from 1.
    pub line: usize,
}

/// The text in `bytes`, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, NoText> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => match text.bytes().position(|byte| byte == 0) {
            None => Ok(text),
            Some(at) => Err(guess(bytes, at)),
        },
        Err(error) => Err(guess(bytes, error.valid_up_to())),
    }
}

fn guess(bytes: &[u8], wrong: usize) -> NoText {
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") || is_wide(bytes);
    let looks_like = if wide {
        "UTF-16"
    } else if bytes.contains(&0) {
        "binary data"
    } else {
        "Windows-1252"
    };
    // in UTF-16 the first wrong byte says nothing: the file is wrong from its first line on
    let before = if wide { 0 } else { wrong };
    NoText { looks_like, line: bytes.iter().take(before).filter(|&&byte| byte == b'\n').count() + 1 }
}

/// Whether every second byte of the beginning is nearly always zero: Western text in UTF-16 without its mark.
fn is_wide(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(512)];
    let zeros = |first: usize| start.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = start.len() / 2;
    half > 1 && even.max(odd) * 10 >= half * 7 && even.min(odd) * 10 <= half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_utf_8_and_its_mark_is_cut() {
        assert_eq!(decode(b"\xEF\xBB\xBFa\r\nb"), Ok("a\r\nb"));
        assert_eq!(decode("ü…\u{1F600}".as_bytes()), Ok("ü…\u{1F600}"));
        assert_eq!(decode(b""), Ok(""));
        assert_eq!(decode(b"\xEF\xBB\xBF"), Ok(""));
    }

    #[test]
    fn anything_else_is_refused_with_a_guess_and_a_line() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        for (bytes, looks_like, line) in [
            ([b"\xFF\xFE".to_vec(), wide("---\ntitle: é\n")].concat(), "UTF-16", 1),
            ([b"\xFE\xFF".to_vec(), big("---\ntitle: é\n")].concat(), "UTF-16", 1),
            (wide("---\ntitle: Safer\n---\n"), "UTF-16", 1),
            (big("---\ntitle: Safer\n---\n"), "UTF-16", 1),
            (b"---\ntitle: caf\xE9\n".to_vec(), "Windows-1252", 2),
            (b"a\nb\nit\x92s".to_vec(), "Windows-1252", 3),
            (b"a\nb\0c".to_vec(), "binary data", 2),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0".to_vec(), "binary data", 1),
            (b"cut in a sign \xE2\x80".to_vec(), "Windows-1252", 1),
        ] {
            assert_eq!(decode(&bytes), Err(NoText { looks_like, line }), "{bytes:?}");
        }
    }
}
