//! Hand-outs as Word documents: those of the sample, read by ourselves, by python-docx and by LibreOffice.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests look at the disk and fail aloud"
)]

mod order;
mod readers;
mod words;

#[allow(dead_code, reason = "what this program does not need, another one does")]
#[path = "../toolkit/mod.rs"]
mod toolkit;

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use toolkit::Toolkit;

/// A copy of the repository's own toolkit.
fn sample() -> Toolkit {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copy = Toolkit::empty();
    for (path, bytes) in toolkit::files(&repository.join("content")) {
        copy.write(&format!("content/{path}"), bytes);
    }
    copy.write("toolkit.yaml", fs::read(repository.join("toolkit.yaml")).unwrap());
    copy
}

/// The sample, built once in both editions.
static SAMPLE: LazyLock<Toolkit> = LazyLock::new(|| {
    let sample = sample();
    sample.build(&[]);
    sample.build(&["--edition", "partners"]);
    sample
});

/// The documents of an edition of the sample: paths from its root, and where they are.
fn documents(edition: &str) -> Vec<(String, PathBuf)> {
    let root = SAMPLE.at(edition);
    let files = toolkit::files(&root).into_iter().map(|(path, _)| path);
    let found: Vec<_> =
        files.filter(|path| path.ends_with(".docx")).map(|path| (path.clone(), root.join(path))).collect();
    assert!(found.len() > 40, "{edition} has {} documents", found.len());
    found
}

/// The parts of a document: names and texts.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
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

/// The letters of a text in lower case: what is left of it wherever its lines and marks fall.
fn letters(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphabetic()).flat_map(char::to_lowercase).collect()
}
