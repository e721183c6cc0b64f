//! Builds by someone who may not write everywhere.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;

use crate::child;
use crate::site::{Toolkit, assert_no_junk, is_root, read, read_site, version, walk};

/// The user that nobody is.
const NOBODY: u32 = 65534;

fn give(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    for below in walk(path) {
        std::os::unix::fs::lchown(path.join(below), Some(NOBODY), Some(NOBODY)).unwrap();
    }
}

/// Builds as nobody. Returns what the build said.
fn build_as_nobody(toolkit: &Toolkit, number: u32) -> String {
    let _ = fs::remove_file(toolkit.root().join("said"));
    fs::write(toolkit.root().join("said"), "").unwrap();
    chown(toolkit.root().join("said"), Some(NOBODY), Some(NOBODY)).unwrap();
    let status = child::run("builds_once", toolkit.root(), &number.to_string())
        .uid(NOBODY)
        .gid(NOBODY)
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    fs::read_to_string(toolkit.root().join("said")).unwrap()
}

/// A toolkit of nobody's with a site, in a folder with these rights.
fn toolkit(rights: u32) -> Toolkit {
    let toolkit = Toolkit::new();
    toolkit.build(&version(1)).unwrap();
    fs::write(toolkit.output().join("CNAME"), "foreign").unwrap();
    give(toolkit.root());
    fs::set_permissions(toolkit.root(), fs::Permissions::from_mode(rights)).unwrap();
    toolkit
}

fn can_run_as_nobody(test: &str) -> bool {
    is_root(test) && {
        let toolkit = toolkit(0o755);
        let runs = child::run("builds_once", toolkit.root(), "1").uid(NOBODY).gid(NOBODY).status().is_ok();
        if !runs {
            eprintln!("left out, this program cannot be started by others: {test}");
        }
        runs
    }
}

#[test]
fn where_the_parent_is_closed_files_go_one_by_one() {
    if !can_run_as_nobody("where_the_parent_is_closed_files_go_one_by_one") {
        return;
    }
    for rights in [0o555, 0o111] {
        let toolkit = toolkit(rights);
        // whoever gave the files away has touched them
        for kept in [0, 37] {
            assert_eq!(build_as_nobody(&toolkit, 2), format!("ok FileByFile kept {kept}"));
        }
        let mut files = read(&toolkit.output());
        assert_eq!(files.remove("CNAME").as_deref(), Some(&b"foreign"[..]));
        files.remove(".onevoice-manifest");
        assert!(files == version(2));
        assert_no_junk(&toolkit.output());
        // and with no output there is no way
        fs::remove_dir_all(toolkit.output()).unwrap();
        let said = build_as_nobody(&toolkit, 2);
        assert!(said.starts_with("error cannot") && said.ends_with("you have no permission"), "{said}");
        assert!(!toolkit.output().exists());
    }
}

#[test]
fn an_output_of_someone_else_stays_as_it_is() {
    if !can_run_as_nobody("an_output_of_someone_else_stays_as_it_is") {
        return;
    }
    let toolkit = toolkit(0o755);
    for path in walk(&toolkit.output()) {
        std::os::unix::fs::lchown(toolkit.output().join(path), Some(0), Some(0)).unwrap();
    }
    chown(toolkit.output(), Some(0), Some(0)).unwrap();
    let before = read(&toolkit.output());
    let said = build_as_nobody(&toolkit, 2);
    // an exchange needs rights on both folders only in a sticky parent; else the old one cannot be emptied
    if said.starts_with("error") {
        assert!(read(&toolkit.output()) == before);
    } else {
        assert_eq!(read(&toolkit.output())["index.html"], version(2)["index.html"]);
    }
}

#[test]
fn a_foreign_folder_that_cannot_be_read_is_named() {
    if !can_run_as_nobody("a_foreign_folder_that_cannot_be_read_is_named") {
        return;
    }
    let toolkit = toolkit(0o755);
    fs::create_dir(toolkit.output().join("secret")).unwrap();
    fs::set_permissions(toolkit.output().join("secret"), fs::Permissions::from_mode(0o700)).unwrap();
    let said = build_as_nobody(&toolkit, 2);
    assert!(said.contains("/public/secret"), "{said}");
    fs::remove_dir(toolkit.output().join("secret")).unwrap();
    fs::remove_file(toolkit.output().join("CNAME")).unwrap();
    assert!(read_site(&toolkit.output()) == version(1));
    assert_no_junk(&toolkit.output());
}

#[test]
fn a_file_that_is_too_large_stops_the_build() {
    let toolkit = Toolkit::new();
    toolkit.build(&version(1)).unwrap();
    // pages have 1.2 kB, the manifest of 37 files has more than 1 kB; `ulimit` counts in half kilobytes or kilobytes
    let program = child::run("builds_once", toolkit.root(), "2");
    let mut limited = std::process::Command::new("bash");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""])
        .arg(program.get_program())
        .args(program.get_args());
    limited.env("ONEVOICE_CHILD", toolkit.root()).env("ONEVOICE_WORD", "2");
    if limited.stdout(std::process::Stdio::null()).status().is_err() {
        return eprintln!("left out, there is no bash");
    }
    let said = fs::read_to_string(toolkit.root().join("said")).unwrap();
    assert!(said.ends_with("the file is larger than is allowed here"), "{said}");
    assert!(read_site(&toolkit.output()) == version(1));
    assert_no_junk(&toolkit.output());
}
