//! A toolkit in a folder of its own, built by the program as a process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

#[path = "../cli/program.rs"]
mod program;
pub use program::{Said, files, said};

/// The day of all builds here: facts fall due in time.
pub const TODAY: &str = "2026-11-25";

/// A folder that is gone with the test.
pub struct Toolkit {
    folder: TempDir,
}

impl Toolkit {
    /// A folder without a toolkit.
    pub fn empty() -> Self {
        Self { folder: tempfile::Builder::new().prefix("onevoice").tempdir_in(place()).unwrap() }
    }

    /// The small toolkit of `onevoice init`.
    pub fn small() -> Self {
        Self { folder: program::toolkit() }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// What is at `below`.
    pub fn at(&self, below: &str) -> PathBuf {
        self.root().join(below)
    }

    /// Puts a file there, with its folders.
    pub fn write(&self, below: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The program in it, on that day.
    pub fn program(&self, arguments: &[&str]) -> Command {
        program::program(self.root(), &[&["--today", TODAY], arguments].concat())
    }

    /// Builds, and says what the build said.
    pub fn try_build(&self, arguments: &[&str]) -> Said {
        said(&self.program(&[&["build"], arguments].concat()).output().unwrap())
    }

    /// Builds, which has to succeed.
    pub fn build(&self, arguments: &[&str]) -> Said {
        let said = self.try_build(arguments);
        assert_eq!(said.code, Some(0), "build {arguments:?}: {}", said.stderr);
        said
    }

    /// All files of a site with their bytes, by path.
    pub fn site(&self, output: &str) -> Vec<(String, Vec<u8>)> {
        files(&self.at(output))
    }
}

/// In memory where that can be had: the sites that are built here are many.
fn place() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

/// Which files of two sites differ or are in one alone; empty where they are the same.
pub fn differences(one: &[(String, Vec<u8>)], other: &[(String, Vec<u8>)]) -> Vec<String> {
    let missing_in = |list: &[(String, Vec<u8>)], file: &(String, Vec<u8>)| !list.contains(file);
    let mut names: Vec<String> = one.iter().filter(|file| missing_in(other, file)).map(|file| file.0.clone()).collect();
    names.extend(other.iter().filter(|file| missing_in(one, file)).map(|file| file.0.clone()));
    names.sort();
    names.dedup();
    names
}
