//! Whether a file is what its name says, by its first bytes.

use super::{Format, Refusal};

const AS_DOCX: &str = "open it where it was made, and save it as a Word document (.docx)";
const AS_TEXT: &str = "copy its text into a .txt file, or save the document it was made from as .docx";

/// The beginnings of files that are often taken for others: the bytes, what it is, what to do.
const BEGINNINGS: [(&[u8], &str, &str); 9] = [
    (b"%PDF-", "a PDF", AS_TEXT),
    (b"{\\rtf", "an RTF document", AS_DOCX),
    (b"\x89PNG", "a picture", "its words have to be typed"),
    (b"\xff\xd8\xff", "a picture", "its words have to be typed"),
    (b"GIF8", "a picture", "its words have to be typed"),
    (b"\x1f\x8b", "a packed file", "unpack it first"),
    (b"Rar!", "a packed file", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a packed file", "unpack it first"),
    (b"bplist00", "a web archive", "open it in a browser and save it as `page source` or HTML"),
];

/// Looks whether `bytes` can be of `format`.
///
/// # Errors
/// When they are something else that is known.
pub fn check(format: Format, bytes: &[u8]) -> Result<(), Refusal> {
    const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    if bytes.is_empty() {
        return Err(Refusal::NoText);
    }
    if bytes.starts_with(OLE) {
        // a locked .docx is a file of this old kind with the packed document in it
        let wide = |text: &str| text.bytes().flat_map(|byte| [byte, 0]).collect::<Vec<u8>>();
        let locked = find(bytes, &wide("EncryptedPackage"));
        return Err(if locked {
            Refusal::Locked
        } else {
            is("a Word document of before 2007, or another old file", AS_DOCX)
        });
    }
    for (beginning, what, help) in BEGINNINGS {
        if bytes.starts_with(beginning) {
            return Err(is(what, help));
        }
    }
    let packed = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
    match format {
        Format::Word if !packed && looks_like_page(bytes) => Err(is("a web page", "give it a name that ends in .html")),
        Format::Word if !packed => Err(is("no Word document", "open it where it was made, and save it as .docx")),
        Format::Word => Ok(()),
        _ if packed => Err(is(
            "a packed file or a document of an office program",
            "if it is a Word document, give it a name that ends in .docx",
        )),
        Format::Page if bytes.starts_with(b"MIME-Version:") || bytes.starts_with(b"From: <Saved by") => {
            Err(is("a web archive", "open it in a browser and save it as `web page, HTML only`"))
        }
        _ => Ok(()),
    }
}

fn is(what: &'static str, help: &'static str) -> Refusal {
    Refusal::Is { what, help }
}

fn looks_like_page(bytes: &[u8]) -> bool {
    let start: Vec<u8> = bytes.iter().take(1_024).map(u8::to_ascii_lowercase).collect();
    find(&start, b"<html") || find(&start, b"<!doctype html")
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
