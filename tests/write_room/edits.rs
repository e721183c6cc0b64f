//! A writer's own files.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::thread;
use std::time::Duration;

use onevoice::write::edit::{create_new, replace};

use crate::child;
use crate::site::{Random, Toolkit, fingerprint, names};

const FILE: &str = "content/messages/safer.md";

#[test]
fn a_file_is_replaced_whole_and_keeps_its_rights() {
    let toolkit = Toolkit::new();
    let file = toolkit.root().join(FILE);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let inode = fs::metadata(&file).unwrap().ino();
    replace(toolkit.root(), Path::new(FILE), b"new words").unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"new words");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o640);
    assert_ne!(fs::metadata(&file).unwrap().ino(), inode, "readers keep the old file");
    assert_eq!(names(file.parent().unwrap()), ["safer.md"]);
}

#[test]
fn a_link_is_followed_inside_the_toolkit_only() {
    let (toolkit, other) = (Toolkit::new(), Toolkit::new());
    symlink("messages/safer.md", toolkit.root().join("content/link.md")).unwrap();
    replace(toolkit.root(), Path::new("content/link.md"), b"through").unwrap();
    assert!(fs::symlink_metadata(toolkit.root().join("content/link.md")).unwrap().is_symlink());
    assert_eq!(fs::read(toolkit.root().join(FILE)).unwrap(), b"through");

    symlink(other.root().join(FILE), toolkit.root().join("content/out.md")).unwrap();
    symlink(other.root().join("content"), toolkit.root().join("content/away")).unwrap();
    let before = fingerprint(other.root());
    let escape = format!("../{}/{FILE}", other.root().file_name().unwrap().to_str().unwrap());
    for path in ["content/out.md", "content/away/messages/safer.md", &escape] {
        let error = replace(toolkit.root(), Path::new(path), b"x").unwrap_err().to_string();
        assert!(error.ends_with("it lies outside the toolkit"), "{error}");
        let error = create_new(toolkit.root(), Path::new(path), b"x").unwrap_err().to_string();
        assert!(error.contains("outside the toolkit") || error.contains("exists"), "{error}");
    }
    for path in ["content/away/new.md", "content/away/new/new.md"] {
        create_new(toolkit.root(), Path::new(path), b"x").unwrap_err();
    }
    assert_eq!(fingerprint(other.root()), before);
}

#[test]
fn a_new_file_never_replaces_one() {
    let toolkit = Toolkit::new();
    create_new(toolkit.root(), Path::new("content/wins/first.md"), b"one").unwrap();
    let error = create_new(toolkit.root(), Path::new("content/wins/first.md"), b"two").unwrap_err();
    assert!(error.to_string().contains("exists"), "{error}");
    symlink("nowhere", toolkit.root().join("content/wins/dead.md")).unwrap();
    create_new(toolkit.root(), Path::new("content/wins/dead.md"), b"two").unwrap_err();
    create_new(toolkit.root(), Path::new("content/messages/safer.md/x"), b"two").unwrap_err();
    assert_eq!(fs::read(toolkit.root().join("content/wins/first.md")).unwrap(), b"one");
    assert_eq!(names(&toolkit.root().join("content/wins")), ["dead.md", "first.md"]);
    replace(toolkit.root(), Path::new("content/wins/none.md"), b"x").unwrap_err();
    replace(toolkit.root(), Path::new("content/wins"), b"x").unwrap_err();
}

#[test]
fn a_process_that_is_killed_leaves_nothing_beside_a_new_file() {
    let toolkit = Toolkit::new();
    let folder = toolkit.root().join("made");
    fs::create_dir(&folder).unwrap();
    let seed = u64::from(std::process::id()) << 20 | 1;
    let (mut random, mut made) = (Random(seed), 0);
    for kill in 0..40 {
        let mut writer = child::run("makes_files_for_ever", toolkit.root(), &kill.to_string()).spawn().unwrap();
        thread::sleep(Duration::from_micros(3_000 + random.below(20_000)));
        writer.kill().unwrap();
        assert!(!writer.wait().unwrap().success(), "kill {kill}, seed {seed}: it ended by itself");
        for name in names(&folder) {
            assert!(!name.starts_with('.'), "kill {kill}, seed {seed}: {name} is left");
            assert_eq!(fs::read(folder.join(&name)).unwrap().len(), 100_000, "kill {kill}, seed {seed}: {name}");
            made += 1;
        }
        fs::remove_dir_all(&folder).unwrap();
        fs::create_dir(&folder).unwrap();
    }
    assert!(made > 40, "only {made} files were made");
}
