//! An answer: its head and its bytes.

use std::io::{self, Write};

/// What is sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The number and the words of the status line.
    pub status: (u16, &'static str),
    /// What kind of bytes it is.
    pub kind: &'static str,
    /// Where to look instead.
    pub location: Option<String>,
    /// The fingerprint of the bytes, by which a page that is open knows whether it is still the same.
    pub tag: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A page was found.
pub const FOUND: (u16, &str) = (200, "OK");
/// There is nothing here.
pub const NOTHING: (u16, &str) = (404, "Not Found");
/// There is no site yet.
pub const NOT_YET: (u16, &str) = (503, "Service Unavailable");

/// HTML.
pub const HTML: &str = "text/html; charset=utf-8";
/// Plain text.
pub const TEXT: &str = "text/plain; charset=utf-8";

impl Answer {
    /// Bytes with their status and kind.
    #[must_use]
    pub fn new(status: (u16, &'static str), kind: &'static str, bytes: Vec<u8>) -> Self {
        Self { status, kind, location: None, tag: None, bytes }
    }

    /// A line of plain text.
    #[must_use]
    pub fn text(status: (u16, &'static str), text: &str) -> Self {
        Self::new(status, TEXT, format!("{text}\n").into_bytes())
    }

    /// Leads on to another path of ours.
    #[must_use]
    pub fn moved(to: String) -> Self {
        let text = format!("this page is at {to}");
        Self { location: Some(to), ..Self::text((302, "Found"), &text) }
    }

    /// The same with a fingerprint of its bytes.
    #[must_use]
    pub fn tagged(mut self) -> Self {
        let mut tag = blake3::hash(&self.bytes).to_hex().to_string();
        tag.truncate(16);
        // a page that appears or goes away is another page, whatever it says
        self.tag = Some(format!("{tag}-{}", self.status.0));
        self
    }

    /// Writes it; of `head_only`, the head alone, which is the same.
    ///
    /// # Errors
    /// What the connection says.
    pub fn write(&self, out: &mut impl Write, head_only: bool, keep_alive: bool) -> io::Result<()> {
        let mut head = head_of(self.status, self.kind);
        head.push_str(&format!("Content-Length: {}\r\n", self.bytes.len()));
        if let Some(location) = &self.location {
            head.push_str(&format!("Location: {location}\r\n"));
        }
        if let Some(tag) = &self.tag {
            // a page can't see the headers it came with, but for this one
            head.push_str(&format!("ETag: \"{tag}\"\r\nServer-Timing: page;desc=\"{tag}\"\r\n"));
        }
        if self.status.0 == 405 {
            head.push_str("Allow: GET, HEAD\r\n");
        }
        head.push_str(if keep_alive { "Connection: keep-alive\r\n\r\n" } else { "Connection: close\r\n\r\n" });
        let mut all = head.into_bytes();
        if !head_only {
            all.extend_from_slice(&self.bytes);
        }
        out.write_all(&all)
    }
}

/// The head that every answer begins with. Nothing is kept by the browser, guessed at, or shown inside a foreign page.
#[must_use]
pub fn head_of(status: (u16, &str), kind: &str) -> String {
    let (number, words) = status;
    format!(
        "HTTP/1.1 {number} {words}\r\nContent-Type: {kind}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nX-Frame-Options: SAMEORIGIN\r\n"
    )
}

/// What kind of bytes a file holds, by its ending.
#[must_use]
pub fn kind_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    KINDS.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, kind)| kind)
}

/// Endings and kinds, as the media types are registered (IANA).
static KINDS: [(&str, &str); 30] = [
    ("avif", "image/avif"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("gif", "image/gif"),
    ("html", HTML),
    ("ico", "image/vnd.microsoft.icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("m4a", "audio/mp4"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("ogg", "audio/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("svg", "image/svg+xml"),
    ("ttf", "font/ttf"),
    ("txt", TEXT),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml"),
    ("zip", "application/zip"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_go_by_the_ending() {
        assert_eq!(kind_of("a/b.HTML"), HTML);
        assert_eq!(kind_of("robots.txt"), TEXT);
        assert_eq!(kind_of("CNAME"), "application/octet-stream");
        assert_eq!(kind_of(".nojekyll"), "application/octet-stream");
        assert!(KINDS.windows(2).all(|two| two[0].0 < two[1].0));
    }

    #[test]
    fn the_head_is_the_same_with_and_without_the_bytes() {
        let answer = Answer::new(FOUND, HTML, b"hello".to_vec()).tagged();
        let (mut whole, mut head) = (Vec::new(), Vec::new());
        answer.write(&mut whole, false, true).unwrap();
        answer.write(&mut head, true, true).unwrap();
        assert_eq!(whole.strip_suffix(b"hello").unwrap(), head);
        assert!(String::from_utf8(head).unwrap().contains("Content-Length: 5\r\n"));
    }
}
