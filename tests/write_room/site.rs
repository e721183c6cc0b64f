//! Small sites to write, and what to look for on the disk afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use onevoice::write::{Holds, Lock, MANIFEST, Memory, Staging, Target, WriteError, Written, unchanged};

/// The files of a site.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A toolkit's folder with a few sources in it.
pub struct Toolkit {
    pub dir: tempfile::TempDir,
}

impl Toolkit {
    pub fn new() -> Self {
        Self::below(&std::env::temp_dir())
    }

    /// In memory where that can be had: for tests that write thousands of files and do not ask for a disk.
    pub fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        if memory.is_dir() { Self::below(memory) } else { Self::new() }
    }

    fn below(place: &Path) -> Self {
        let dir = tempfile::Builder::new().prefix("onevoice").tempdir_in(place).unwrap();
        for folder in ["content/messages", "themes/own", ".git"] {
            fs::create_dir_all(dir.path().join(folder)).unwrap();
        }
        fs::write(dir.path().join("toolkit.yaml"), "title: Test\n").unwrap();
        fs::write(dir.path().join("content/messages/safer.md"), "safer\n").unwrap();
        Self { dir }
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn output(&self) -> PathBuf {
        self.root().join("public")
    }

    pub fn build(&self, files: &Files) -> Result<Written, WriteError> {
        build(self.root(), &self.output(), files)
    }
}

pub fn public() -> Holds {
    Holds { edition: "public".into(), drafts: false }
}

/// Opens, locks, puts all files and finishes.
pub fn build(root: &Path, output: &Path, files: &Files) -> Result<Written, WriteError> {
    build_and(root, output, files, || ())
}

/// [`build`] with something that happens after the last file was put.
pub fn build_and(root: &Path, output: &Path, files: &Files, meanwhile: impl FnOnce()) -> Result<Written, WriteError> {
    let target = Target::open(output, root, None)?;
    let lock = Lock::take(root, "build", Duration::from_secs(20))?;
    let staging = Staging::begin(&target, &lock, public(), files.keys().map(String::as_str))?;
    for (path, bytes) in files {
        staging.put(path, bytes)?;
    }
    meanwhile();
    staging.finish(&Memory { key: key(files), replay: b"findings".to_vec() })
}

/// What a build of these files would be remembered by.
pub fn key(files: &Files) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in files {
        hasher.update(path.as_bytes()).update(bytes);
    }
    *hasher.finalize().as_bytes()
}

pub fn is_unchanged(root: &Path, output: &Path, files: &Files) -> bool {
    let target = Target::open(output, root, None).unwrap();
    unchanged(&target, &public(), &key(files)).is_some_and(|replay| replay == b"findings")
}

/// A site of some forty files. Each page says its version, half of them say the same in all, and a few exist in every
/// second version only.
pub fn version(number: u32) -> Files {
    let mut files = Files::new();
    let filler = "words ".repeat(200);
    for page in 0..16 {
        files.insert(format!("police/p{page}/index.html"), format!("v{number} p{page} {filler}end").into_bytes());
        files.insert(format!("faq/q{page}/index.html"), format!("same q{page} {filler}end").into_bytes());
    }
    let path = if number.is_multiple_of(2) { "even/index.html" } else { "odd/deep/index.html" };
    files.insert(path.into(), format!("v{number} {filler}end").into_bytes());
    // a file in one version, a folder in the other
    let path = if number.is_multiple_of(2) { "turn" } else { "turn/index.html" };
    files.insert(path.into(), format!("v{number} {filler}end").into_bytes());
    files.insert("index.html".into(), format!("v{number} {filler}end").into_bytes());
    files.insert("assets/style.css".into(), b"body {} /* end".to_vec());
    files.insert("sitemap.xml".into(), format!("v{number} end").into_bytes());
    files
}

/// All regular files below a folder with their bytes.
pub fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    for path in walk(folder) {
        if fs::symlink_metadata(folder.join(&path)).unwrap().is_file() {
            files.insert(path.clone(), fs::read(folder.join(path)).unwrap());
        }
    }
    files
}

/// The site in a folder without its manifest, which has to list exactly these files.
pub fn read_site(folder: &Path) -> Files {
    let mut files = read(folder);
    let manifest = String::from_utf8(files.remove(MANIFEST).expect("a manifest")).unwrap();
    let listed: Vec<_> = manifest.lines().skip(1).map(|line| &line[33..]).collect();
    assert_eq!(listed, files.keys().collect::<Vec<_>>());
    files
}

/// Everything below a folder, folders too, by path.
pub fn walk(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(folder.join(&path)).unwrap() {
            let entry = entry.unwrap();
            let below = Path::new(&path).join(entry.file_name()).to_str().unwrap().to_owned();
            if entry.file_type().unwrap().is_dir() {
                open.push(below.clone());
            }
            found.push(below);
        }
    }
    found.sort();
    found
}

/// Everything about everything below a folder that a write would change.
pub fn fingerprint(folder: &Path) -> Vec<(String, u64, u32, i64, i64, i64, i64)> {
    let about = |path: String| {
        let stat = fs::symlink_metadata(folder.join(&path)).unwrap();
        let mode = stat.permissions().mode();
        (path, stat.ino(), mode, stat.mtime(), stat.mtime_nsec(), stat.ctime(), stat.ctime_nsec())
    };
    std::iter::once(String::new()).chain(walk(folder)).map(about).collect()
}

/// What is in a folder: names only.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Nothing of ours is left beside the output or in it.
pub fn assert_no_junk(output: &Path) {
    for folder in [output.parent().unwrap(), output] {
        if folder.is_dir() {
            let junk: Vec<_> =
                names(folder).into_iter().filter(|name| name.contains(".onevoice-") && name != MANIFEST).collect();
            assert_eq!(junk, [] as [&str; 0], "in {}", folder.display());
        }
    }
}

/// Whether this test may mount and change users; says why not.
pub fn is_root(test: &str) -> bool {
    let root = rustix::process::geteuid().is_root();
    if !root {
        eprintln!("left out, needs root: {test}");
    }
    root
}

/// A small random number; the seed is told when a test fails.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
