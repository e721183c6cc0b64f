//! The same folder gives the same bytes: wherever, whenever and by whomever it is built.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::toolkit::{TODAY, Toolkit, differences, files, said};
use crate::{sample, sources};

/// Noon of that day, in seconds since 1970.
const NOON: &str = "1795608000";

/// A site built by `command`, which stands in its toolkit.
fn site(command: &mut Command, output: &Path, case: &str) -> Vec<(String, Vec<u8>)> {
    let said = said(&command.output().unwrap());
    assert_eq!(said.code, Some(0), "{case}: {}", said.stderr);
    files(output)
}

#[test]
fn a_site_does_not_depend_on_who_builds_it_where() {
    for options in [&[][..], &["--edition", "partners"], &["--minify"]] {
        let arguments = [&["build", "-o", "site"], options].concat();
        let usual = sample();
        let expected = site(&mut usual.program(&arguments), &usual.at("site"), "as usual");
        assert!(expected.len() > 100);
        for (name, value) in [
            ("TZ", "Pacific/Kiritimati"),
            ("TZ", "America/Los_Angeles"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LC_ALL", "de_DE.ISO-8859-1"),
            ("LANG", "C"),
            ("RAYON_NUM_THREADS", "1"),
            ("RAYON_NUM_THREADS", "8"),
            ("HOME", "/nowhere"),
            ("USER", "someone"),
        ] {
            let copy = sample();
            let built = site(copy.program(&arguments).env(name, value), &copy.at("site"), name);
            assert_eq!(differences(&built, &expected), [""; 0], "{name}={value} {options:?}");
        }
    }
}

#[test]
fn a_site_does_not_depend_on_its_folder() {
    let usual = sample();
    usual.build(&[]);
    let expected = usual.site("public");
    let other = Toolkit::empty();
    let place = "a folder/with & signs/ünd 'quotes'/public/content";
    for (path, bytes) in sources().iter().rev() {
        other.write(&format!("{place}/{path}"), bytes);
    }
    let root = other.at(place);
    let built = site(other.program(&["build"]).current_dir(&root), &root.join("public"), place);
    assert_eq!(differences(&built, &expected), [""; 0]);
}

#[test]
fn a_site_does_not_depend_on_the_order_and_times_of_its_files() {
    let usual = sample();
    usual.build(&[]);
    let expected = usual.site("public");
    let copy = Toolkit::empty();
    let mut files = sources();
    // neither forwards nor backwards
    files.sort_by_key(|(path, _)| blake3::hash(path.as_bytes()).to_hex().to_string());
    for (n, (path, bytes)) in files.iter().enumerate() {
        copy.write(path, bytes);
        let file = fs::File::options().write(true).open(copy.at(path)).unwrap();
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000 * (n as u64 + 1));
        file.set_modified(time).unwrap();
    }
    copy.write("content/faqs/.hidden.md", "x");
    copy.write("notes.txt", "x");
    copy.build(&[]);
    assert_eq!(differences(&copy.site("public"), &expected), [""; 0]);
}

#[test]
fn a_site_does_not_depend_on_the_umask() {
    let usual = sample();
    usual.build(&[]);
    for umask in ["000", "077"] {
        let copy = sample();
        let mut shell = Command::new("sh");
        shell.args(["-c", "umask $0; exec \"$@\"", umask, env!("CARGO_BIN_EXE_onevoice"), "--today", TODAY, "build"]);
        let built = site(shell.env_clear().current_dir(copy.root()), &copy.at("public"), umask);
        assert_eq!(differences(&built, &usual.site("public")), [""; 0], "umask {umask}");
    }
}

#[test]
fn the_day_may_come_from_the_environment() {
    let usual = sample();
    usual.build(&[]);
    let copy = sample();
    let mut command = Command::new(env!("CARGO_BIN_EXE_onevoice"));
    command.arg("build").env_clear().env("SOURCE_DATE_EPOCH", NOON).env("TZ", "Pacific/Kiritimati");
    let built = site(command.current_dir(copy.root()), &copy.at("public"), "SOURCE_DATE_EPOCH");
    assert_eq!(differences(&built, &usual.site("public")), [""; 0]);
}
