//! What is printed: the PDFs and cards of the sample and of toolkits that mean harm, read by other programs than ours.
//! Only a program with the feature `pdf` makes them.
#![cfg(feature = "pdf")]
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests look at the disk and fail aloud"
)]

mod cards;
mod fit;
mod hostile;
mod pictures;
mod read;
mod remembered;
mod structure;
mod validators;
mod words;

#[allow(dead_code, reason = "what this program does not need, another one does")]
#[path = "../toolkit/mod.rs"]
mod toolkit;

use std::path::{Path, PathBuf};
use std::process::Command;

use toolkit::{SAMPLE, bare, between, letters, sample};

/// The PDFs of an edition of the sample: paths from its root, and where they are.
fn pdfs(edition: &str) -> Vec<(String, PathBuf)> {
    toolkit::handouts(edition, ".pdf")
}

/// What a tool says of a file; `None`, and a line about it, where this machine has no such tool.
fn tool(name: &str, before: &[&str], file: &Path, after: &[&str]) -> Option<String> {
    let output = match Command::new(name).args(before).arg(file).args(after).output() {
        Ok(output) => output,
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "{name} has to be there: {error}");
            eprintln!("left out: {name} is not there");
            return None;
        }
    };
    assert!(output.status.success(), "{name} {}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The text of a PDF as someone copies it, every run of white space one space.
fn text(file: &Path) -> Option<String> {
    let text = tool("pdftotext", &["-raw", "-enc", "UTF-8"], file, &["-"])?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}
