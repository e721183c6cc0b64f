//! What the program does when a test starts it again.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use onevoice::write::edit::create_new;

use crate::site::{build, version};

/// This program, about to run one of the tests below with a folder and a word.
pub fn run(test: &str, toolkit: &std::path::Path, word: &str) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([&format!("child::{test}"), "--exact", "--nocapture", "--quiet", "--test-threads=1"]);
    command.env("ONEVOICE_CHILD", toolkit).env("ONEVOICE_WORD", word);
    command
}

fn asked() -> Option<(PathBuf, String)> {
    Some((env::var_os("ONEVOICE_CHILD")?.into(), env::var("ONEVOICE_WORD").ok()?))
}

/// Builds one version after the other until it is killed.
#[test]
fn builds_for_ever() {
    let Some((root, _)) = asked() else { return };
    for number in 0.. {
        build(&root, &root.join("public"), &version(number % 7)).unwrap();
    }
}

/// Builds the version named by the word, and writes `ok HOW` or the error to `said`.
#[test]
fn builds_once() {
    let Some((root, word)) = asked() else { return };
    let said = match build(&root, &root.join("public"), &version(word.parse().unwrap())) {
        Ok(written) => format!("ok {:?} kept {}", written.how, written.kept),
        Err(error) => format!("error {error}"),
    };
    fs::write(root.join("said"), said).unwrap();
}

/// Builds a site with as many pages as the word says.
#[test]
fn builds_pages() {
    let Some((root, word)) = asked() else { return };
    let pages = 0..word.parse().unwrap();
    let files = pages.map(|page: u32| (format!("a/{page:04}/index.html"), page.to_string().into_bytes())).collect();
    build(&root, &root.join("public"), &files).unwrap();
}

/// Makes one file after the other in `made` until it is killed.
#[test]
fn makes_files_for_ever() {
    let Some((root, _)) = asked() else { return };
    for number in 0.. {
        create_new(&root, &PathBuf::from(format!("made/{number}")), &[b'x'; 100_000]).unwrap();
    }
}
