//! The program, started in a folder, and what it said.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// What a run said and how it ended.
pub struct Said {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// The program, started in `folder`, with nothing of the tester's own surroundings.
pub fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onevoice"));
    command.current_dir(folder).args(arguments).env_clear().stdin(Stdio::null());
    command
}

/// What it says there.
pub fn run(folder: &Path, arguments: &[&str]) -> Said {
    said(&program(folder, arguments).output().unwrap())
}

/// The same of a run that was started otherwise.
pub fn said(output: &Output) -> Said {
    Said {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout.clone()).unwrap(),
        stderr: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

/// A fresh folder with a small toolkit in it.
pub fn toolkit() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["init"]).code, Some(0));
    folder
}

/// All files below `folder` with their bytes, by path.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}
