//! Outputs that are mounts, and disks that are too small.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use onevoice::write::{How, WriteError};

use crate::site::{
    Files, Toolkit, assert_no_junk, build, fingerprint, is_root, is_unchanged, names, read, read_site, version,
};

/// Something mounted, until this is dropped.
pub struct Mount(PathBuf);

impl Mount {
    fn new(arguments: &[&str], place: &Path) -> Option<Self> {
        let status = Command::new("mount").args(arguments).arg(place).stderr(Stdio::null()).status();
        if status.is_ok_and(|status| status.success()) {
            return Some(Self(place.to_owned()));
        }
        eprintln!("left out, cannot mount {arguments:?}");
        None
    }

    pub fn bind(what: &Path, place: &Path) -> Option<Self> {
        Self::new(&["--bind", what.to_str()?], place)
    }

    fn memory(options: &str, place: &Path) -> Option<Self> {
        Self::new(&["-t", "tmpfs", "-o", options, "onevoice-test"], place)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn an_output_that_is_a_mount_is_written_file_by_file() {
    if !is_root("an_output_that_is_a_mount_is_written_file_by_file") {
        return;
    }
    for bind in [false, true] {
        let (toolkit, elsewhere) = (Toolkit::new(), tempfile::tempdir().unwrap());
        let output = toolkit.output();
        fs::create_dir(&output).unwrap();
        let mount = if bind { Mount::bind(elsewhere.path(), &output) } else { Mount::memory("size=4m", &output) };
        if mount.is_none() {
            return;
        }
        for (number, kept) in [(1, 0), (2, 17), (3, 17), (3, 37)] {
            let written = toolkit.build(&version(number)).unwrap();
            assert_eq!((written.how, written.kept), (How::FileByFile, kept));
            let mut files = read(&output);
            let foreign = files.remove("police/notes.txt").is_some();
            assert_eq!(foreign, number > 1 || kept > 0);
            files.remove(".onevoice-manifest");
            assert_eq!(files.keys().collect::<Vec<_>>(), version(number).keys().collect::<Vec<_>>());
            assert!(files == version(number));
            assert!(is_unchanged(toolkit.root(), &output, &version(number)), "{number}");
            assert_no_junk(&output);
            fs::write(output.join("police/notes.txt"), "foreign").unwrap();
        }
        // what is foreign stops a build here too
        fs::create_dir(output.join("even")).unwrap();
        fs::write(output.join("even/index.html"), "foreign").unwrap();
        let before = fingerprint(&output.join("police"));
        assert!(matches!(toolkit.build(&version(4)), Err(WriteError::Foreign { .. })));
        assert_eq!(fingerprint(&output.join("police")), before);
        assert_no_junk(&output);
    }
}

#[test]
fn a_mount_inside_the_output_is_named() {
    if !is_root("a_mount_inside_the_output_is_named") {
        return;
    }
    let toolkit = Toolkit::new();
    toolkit.build(&version(1)).unwrap();
    fs::create_dir(toolkit.output().join("uploads")).unwrap();
    let Some(_mount) = Mount::memory("size=64k", &toolkit.output().join("uploads")) else { return };
    fs::write(toolkit.output().join("uploads/x"), "x").unwrap();
    let error = toolkit.build(&version(2)).unwrap_err().to_string();
    assert!(error.contains("uploads was not written by onevoice, and another disk or folder is mounted"), "{error}");
    assert_eq!(read(&toolkit.output())["index.html"], version(1)["index.html"]);
    assert_no_junk(&toolkit.output());
}

/// A version with pages of 6 kB, so that a small disk is full early.
fn large(number: u32) -> Files {
    let grow = |bytes: Vec<u8>| bytes.into_iter().cycle().take(6000).collect();
    version(number).into_iter().map(|(path, bytes)| (path, grow(bytes))).collect()
}

#[test]
fn a_full_disk_leaves_the_old_site_whole() {
    if !is_root("a_full_disk_leaves_the_old_site_whole") {
        return;
    }
    let mut full = 0;
    for (step, in_place) in (0..36).flat_map(|step| [(step, false), (step, true)]) {
        // room for the first version (37 files of two pages), and for more and more of the second
        let options = if step % 3 == 2 {
            // file by file, the folders are there twice
            format!("size=8m,nr_inodes={}", if in_place { 125 } else { 90 } + step * 3)
        } else {
            format!("size={}k", 330 + step * 14)
        };
        let (toolkit, disk) = (Toolkit::in_memory(), tempfile::tempdir().unwrap());
        let Some(_mount) = Mount::memory(&options, disk.path()) else { return };
        let output = if in_place { disk.path().to_owned() } else { disk.path().join("public") };
        build(toolkit.root(), &output, &large(1)).unwrap_or_else(|error| panic!("{options}: {error}"));
        match build(toolkit.root(), &output, &large(2)) {
            Ok(_) => assert!(read_site(&output) == large(2), "{options}: success without the new site"),
            Err(error) => {
                full += 1;
                assert!(error.to_string().contains("no space left"), "{options}: {error}");
                assert!(!matches!(error, WriteError::Partly { .. }), "{options}: {error}");
                assert!(read_site(&output) == large(1), "{options}: the old site is not whole");
            }
        }
        if !in_place {
            assert_eq!(names(disk.path()), ["public"], "{options}");
        }
        assert!(!output.join(".onevoice-new").exists(), "{options}");
    }
    assert!((20..70).contains(&full), "{full} of 72 disks were too small");
}

#[test]
fn a_first_build_that_fails_leaves_the_disk_empty() {
    if !is_root("a_first_build_that_fails_leaves_the_disk_empty") {
        return;
    }
    let mut full = 0;
    for inodes in (20..170).step_by(6) {
        let (toolkit, disk) = (Toolkit::in_memory(), tempfile::tempdir().unwrap());
        let Some(_mount) = Mount::memory(&format!("size=8m,nr_inodes={inodes}"), disk.path()) else { return };
        match build(toolkit.root(), disk.path(), &version(1)) {
            Ok(written) => assert_eq!((written.how, read_site(disk.path())), (How::FileByFile, version(1))),
            Err(error) => {
                full += 1;
                assert!(error.to_string().ends_with("no space left on this disk"), "{inodes}: {error}");
                assert_eq!(names(disk.path()), [] as [&str; 0], "{inodes}");
            }
        }
    }
    assert!((10..24).contains(&full), "{full} of 25 disks were too small");
}
