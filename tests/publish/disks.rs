//! A disk that is full: the old site and the old file stay whole, and it is said why.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::site::Place;
use crate::{files, toolkit};

/// A small disk in memory, until this is dropped.
struct Disk(PathBuf);

impl Disk {
    fn new(size: &str, place: &Path) -> Option<Self> {
        std::fs::create_dir_all(place).unwrap();
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", &format!("size={size}"), "onevoice-test"]).arg(place);
        let done = command.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        if !done {
            eprintln!("left out, cannot mount a small disk");
        }
        done.then(|| Self(place.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_site_and_the_old_file_whole() {
    let place = Place::new();
    let disk = place.dir.path().join("disk");
    let Some(_disk) = Disk::new("1600k", &disk) else { return };
    let (out, zip) = (disk.join("out"), disk.join("site.zip"));
    let (to, file) = (out.to_str().unwrap().to_owned(), zip.to_str().unwrap().to_owned());
    place.published(&["--to", &to, "--yes"]);
    place.published(&["--zip", &file, "--yes"]);
    let before = (files(&out), std::fs::read(&zip).unwrap());
    // next to nothing is free
    let filler = disk.join("filler");
    let _ = std::fs::write(&filler, vec![0; 2 << 20]);
    let length = filler.metadata().unwrap().len();
    assert!(length < 2 << 20, "the disk is not small");
    std::fs::File::options().write(true).open(&filler).unwrap().set_len(length - 20_000).unwrap();
    for n in 0..40 {
        place.faq(&format!("f{n}"), "What of it?", "Many words stand here.");
    }
    for way in [["--to", to.as_str()], ["--zip", file.as_str()]] {
        let said = place.publish(&[&way[..], &["--yes"]].concat());
        assert_eq!(said.code, Some(3), "{way:?}: {}", said.stderr);
        assert!(said.stderr.contains("no space left on this disk"), "{}", said.stderr);
        assert!((files(&out), std::fs::read(&zip).unwrap()) == before, "{way:?}");
    }
    let names: Vec<_> = std::fs::read_dir(&disk).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[test]
fn the_small_toolkit_that_init_makes_can_be_published() {
    let folder = toolkit();
    let said = crate::run(folder.path(), &["publish", "--yes"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(said.stdout.contains("next, at a host of your own"), "{}", said.stdout);
}
