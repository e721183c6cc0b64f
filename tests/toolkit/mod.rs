//! A toolkit in a folder of its own, built by the program as a process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;

#[path = "../cli/program.rs"]
mod program;
pub use program::{Said, files, said};

/// The day of all builds here: facts fall due in time.
pub const TODAY: &str = "2026-11-25";

/// A photo on its side, with the place where it was taken and the name of the camera written into it.
pub const TURNED: &[u8] = include_bytes!("turned.jpg");

/// A drawing.
pub const STEPS: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"100\"><rect width=\"90\" height=\"90\"/></svg>";

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

    /// A toolkit of one audience, without an address, with a photo (`door.jpg`), a drawing (`steps.svg`), and a question
    /// of this body.
    pub fn with_pictures(question: &str) -> Self {
        let toolkit = Self::empty();
        toolkit.write("toolkit.yaml", "title: Ours\nchecks: {reading-grade: off, missing-alt: off}\n");
        toolkit.write("content/audiences/police.yaml", "name: Police\nask: Refer people.\n");
        toolkit.write("content/files/door.jpg", TURNED);
        toolkit.write("content/files/steps.svg", STEPS);
        toolkit.write("content/faqs/where.md", format!("---\nquestion: Where?\n---\n{question}\n"));
        toolkit
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

/// The sources of the repository's own toolkit: paths and bytes, sorted.
pub fn sources() -> Vec<(String, Vec<u8>)> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let content = files(&repository.join("content"));
    let mut sources: Vec<_> = content.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    sources.push(("toolkit.yaml".to_owned(), fs::read(repository.join("toolkit.yaml")).unwrap()));
    sources
}

/// A copy of the repository's own toolkit, the sample.
pub fn sample() -> Toolkit {
    let copy = Toolkit::empty();
    for (path, bytes) in sources() {
        copy.write(&path, bytes);
    }
    copy
}

/// The sample, built once in both editions.
pub static SAMPLE: LazyLock<Toolkit> = LazyLock::new(|| {
    let sample = sample();
    sample.build(&[]);
    sample.build(&["--edition", "partners"]);
    sample
});

/// The hand-outs of an edition of the sample with this ending: paths from its root, and where they are.
pub fn handouts(edition: &str, ending: &str) -> Vec<(String, PathBuf)> {
    let root = SAMPLE.at(edition);
    let paths = files(&root).into_iter().map(|(path, _)| path).filter(|path| path.ends_with(ending));
    let found: Vec<_> = paths.map(|path| (path.clone(), root.join(path))).collect();
    assert!(found.len() > 40, "{edition} has {} files {ending}", found.len());
    found
}

/// The parts of HTML between two marks of it.
pub fn between<'h>(html: &'h str, from: &str, to: &str) -> Vec<&'h str> {
    html.split(from).skip(1).map(|part| part.split(to).next().unwrap()).collect()
}

/// The words of HTML, without its tags.
pub fn bare(html: &str) -> String {
    let mut out = String::new();
    for (n, part) in html.split('<').enumerate() {
        out.push_str(if n == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) });
    }
    out.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The letters of a text in lower case: what is left of it wherever its lines, marks and hyphens fall.
pub fn letters(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphabetic()).flat_map(char::to_lowercase).collect()
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
