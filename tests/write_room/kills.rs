//! Processes that end in the middle.

use std::fs;
use std::thread;
use std::time::Duration;

use crate::child;
use crate::site::{Random, Toolkit, assert_no_junk, is_unchanged, read, read_site, version};

/// Fails unless the output is one version of the site, whole, with the foreign files.
fn assert_one_version(toolkit: &Toolkit) {
    let mut files = read(&toolkit.output());
    assert_eq!(files.remove("CNAME").as_deref(), Some(&b"safer.example"[..]));
    assert_eq!(files.remove(".git/objects/ab").as_deref(), Some(&b"object"[..]));
    files.remove(".onevoice-manifest").expect("a manifest");
    let index = String::from_utf8(files["index.html"].clone()).unwrap();
    let number = index[1..].split(' ').next().unwrap().parse().unwrap();
    assert!(files == version(number), "a mix: {:?}", files.keys().collect::<Vec<_>>());
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let toolkit = Toolkit::in_memory();
    toolkit.build(&version(1)).unwrap();
    fs::write(toolkit.output().join("CNAME"), "safer.example").unwrap();
    fs::create_dir_all(toolkit.output().join(".git/objects")).unwrap();
    fs::write(toolkit.output().join(".git/objects/ab"), "object").unwrap();
    let seed = u64::from(std::process::id()) << 20 | 1;
    let mut random = Random(seed);
    let mut leftovers = 0;
    for kill in 0..60 {
        let mut builder = child::run("builds_for_ever", toolkit.root(), "").spawn().unwrap();
        // the first millisecond starts the program
        thread::sleep(Duration::from_micros(2_000 + random.below(25_000)));
        builder.kill().unwrap();
        let status = builder.wait().unwrap();
        assert!(!status.success(), "kill {kill}, seed {seed}: it ended by itself, {status}");
        assert_one_version(&toolkit);
        leftovers += usize::from(toolkit.root().join(".public.onevoice-new").exists());
        let number = kill % 5;
        toolkit.build(&version(number)).unwrap_or_else(|error| panic!("kill {kill}, seed {seed}: {error}"));
        assert_one_version(&toolkit);
        assert_no_junk(&toolkit.output());
        assert!(is_unchanged(toolkit.root(), &toolkit.output(), &version(number)));
    }
    assert!(leftovers > 10, "only {leftovers} of 60 kills were in the middle of a build");
}

#[test]
fn a_killed_first_build_leaves_nothing_in_the_way() {
    let toolkit = Toolkit::in_memory();
    let mut random = Random(u64::from(std::process::id()) << 20 | 1);
    for _ in 0..8 {
        let mut builder = child::run("builds_once", toolkit.root(), "1").spawn().unwrap();
        thread::sleep(Duration::from_micros(1_000 + random.below(6_000)));
        builder.kill().unwrap();
        builder.wait().unwrap();
        if toolkit.output().exists() {
            assert_eq!(read_site(&toolkit.output()), version(1));
        }
        toolkit.build(&version(2)).unwrap();
        assert_eq!(read_site(&toolkit.output()), version(2));
        assert_no_junk(&toolkit.output());
        fs::remove_dir_all(toolkit.output()).unwrap();
    }
}
