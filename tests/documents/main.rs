//! Hand-outs as Word documents: those of the sample, read by ourselves, by python-docx and by LibreOffice.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests look at the disk and fail aloud"
)]

mod order;
mod pictures;
mod readers;
mod words;

#[allow(dead_code, reason = "what this program does not need, another one does")]
#[path = "../toolkit/mod.rs"]
mod toolkit;

use std::io::{Cursor, Read};
use std::path::PathBuf;

use toolkit::{SAMPLE, bare, between, letters, sample};

/// The documents of an edition of the sample: paths from its root, and where they are.
fn documents(edition: &str) -> Vec<(String, PathBuf)> {
    toolkit::handouts(edition, ".docx")
}

/// The parts of a document that are texts: names and texts.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .filter_map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut text = String::new();
            (!name.starts_with("word/media/")).then(|| part.read_to_string(&mut text).unwrap())?;
            Some((name, text))
        })
        .collect()
}

/// A part of a document.
fn part(bytes: &[u8], name: &str) -> String {
    parts(bytes).into_iter().find(|(part, _)| part == name).unwrap_or_else(|| panic!("no {name}")).1
}

/// What stands between the tags of text, one after another.
fn typed(xml: &str) -> String {
    let texts = xml.split("<w:t").skip(1).filter(|rest| rest.starts_with(['>', ' ']));
    let texts = texts.filter_map(|rest| rest.split_once('>')?.1.split_once("</w:t>").map(|(text, _)| text));
    texts
        .collect::<String>()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}
