//! Builds that go well.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use onevoice::write::{Fingerprint, Holds, How, Lock, Memory, Staging, Target, WriteError, unchanged};

use crate::site::{
    Toolkit, assert_no_junk, build, build_and, fingerprint, is_unchanged, key, names, public, read_site, version,
};

#[test]
fn each_build_is_the_site_and_nothing_else() {
    let toolkit = Toolkit::new();
    for number in [1, 2, 3, 3, 0] {
        let written = toolkit.build(&version(number)).unwrap();
        assert_eq!(written.how, if number == 1 { How::First } else { How::Exchanged });
        assert!(written.left.is_none());
        assert_eq!(read_site(&toolkit.output()), version(number));
        assert_no_junk(&toolkit.output());
    }
    assert!(!toolkit.output().join("odd").exists(), "the folders of retired pages go too");
}

#[test]
fn the_same_site_has_the_same_manifest_anywhere() {
    let (one, other) = (Toolkit::new(), Toolkit::new());
    one.build(&version(1)).unwrap();
    one.build(&version(2)).unwrap();
    other.build(&version(2)).unwrap();
    let manifest = |toolkit: &Toolkit| fs::read_to_string(toolkit.output().join(".onevoice-manifest")).unwrap();
    assert_eq!(manifest(&one), manifest(&other));
    assert!(manifest(&one).starts_with("onevoice manifest 1: public\n"));
}

#[test]
fn an_unchanged_site_is_left_alone() {
    let toolkit = Toolkit::new();
    let (root, output, files) = (toolkit.root(), toolkit.output(), version(1));
    assert!(!is_unchanged(root, &output, &files), "there is no output yet");
    // written files are known by their window, linked ones by their inode
    for _ in 0..2 {
        toolkit.build(&files).unwrap();
        let before = fingerprint(root);
        assert!(is_unchanged(root, &output, &files));
        assert_eq!(fingerprint(root), before);
    }
    assert!(!is_unchanged(root, &output, &version(2)));
    let target = Target::open(&output, root, None).unwrap();
    for holds in [Holds { drafts: true, ..public() }, Holds { edition: "partners".into(), drafts: false }] {
        assert_eq!(unchanged(&target, &holds, &key(&files)), None);
    }
}

#[test]
fn whoever_touches_the_output_gets_a_new_build() {
    let page = |toolkit: &Toolkit| toolkit.output().join("police/p3/index.html");
    let touches: [(&str, &dyn Fn(&Toolkit)); 8] = [
        ("edited, same size", &|toolkit| {
            let mut bytes = fs::read(page(toolkit)).unwrap();
            bytes[0] = b'w';
            fs::write(page(toolkit), bytes).unwrap();
        }),
        ("removed", &|toolkit| fs::remove_file(page(toolkit)).unwrap()),
        ("another file of the same size", &|toolkit| {
            let bytes = fs::read(page(toolkit)).unwrap();
            fs::write(toolkit.root().join("other"), vec![b'x'; bytes.len()]).unwrap();
            fs::rename(toolkit.root().join("other"), page(toolkit)).unwrap();
        }),
        ("a link", &|toolkit| {
            fs::rename(page(toolkit), toolkit.root().join("moved")).unwrap();
            std::os::unix::fs::symlink(toolkit.root().join("moved"), page(toolkit)).unwrap();
        }),
        ("manifest cut", &|toolkit| {
            let manifest = toolkit.output().join(".onevoice-manifest");
            let text = fs::read_to_string(&manifest).unwrap();
            fs::write(manifest, text.split_inclusive('\n').take(9).collect::<String>()).unwrap();
        }),
        ("state damaged", &|toolkit| {
            let state = toolkit.root().join(".onevoice/state-public");
            let mut bytes = fs::read(&state).unwrap();
            bytes[60] ^= 1;
            fs::write(state, bytes).unwrap();
        }),
        ("cache deleted", &|toolkit| fs::remove_dir_all(toolkit.root().join(".onevoice")).unwrap()),
        ("a killed run", &|toolkit| fs::create_dir(toolkit.root().join(".public.onevoice-new")).unwrap()),
    ];
    for (what, touch) in touches {
        // once for files that are known by their window, once for linked ones
        for builds in 1..=2 {
            let toolkit = Toolkit::new();
            (0..builds).for_each(|_| drop(toolkit.build(&version(1)).unwrap()));
            // the clock of the file system has steps of some milliseconds
            thread::sleep(Duration::from_millis(12));
            touch(&toolkit);
            assert!(!is_unchanged(toolkit.root(), &toolkit.output(), &version(1)), "{what}");
            let built = toolkit.build(&version(1));
            if what == "a link" {
                assert!(matches!(built, Err(WriteError::Foreign { .. })), "the link is not ours");
                continue;
            } else if what == "manifest cut" {
                // what it does not list is not ours
                assert!(matches!(built, Err(WriteError::Foreign { .. })));
                continue;
            }
            built.unwrap();
            assert_eq!(read_site(&toolkit.output()), version(1), "{what}");
            assert!(is_unchanged(toolkit.root(), &toolkit.output(), &version(1)), "{what}");
            assert_no_junk(&toolkit.output());
        }
    }
}

#[test]
fn a_damaged_state_counts_as_missing() {
    let toolkit = Toolkit::in_memory();
    toolkit.build(&version(1)).unwrap();
    let state = toolkit.root().join(".onevoice/state-public");
    let bytes = fs::read(&state).unwrap();
    let is_unchanged = || is_unchanged(toolkit.root(), &toolkit.output(), &version(1));
    for at in (0..bytes.len()).step_by(7) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        fs::write(&state, damaged).unwrap();
        assert!(!is_unchanged(), "byte {at}");
    }
    for length in [0, 1, 31, 32, 33, 100, bytes.len() - 1] {
        fs::write(&state, &bytes[..length]).unwrap();
        assert!(!is_unchanged(), "cut to {length}");
    }
    fs::write(&state, &bytes).unwrap();
    assert!(is_unchanged());
}

#[test]
fn only_what_changed_is_written() {
    let toolkit = Toolkit::new();
    let about = |path: &str| {
        let stat = fs::metadata(toolkit.output().join(path)).unwrap();
        (stat.ino(), stat.mtime(), stat.mtime_nsec())
    };
    toolkit.build(&version(1)).unwrap();
    let (same, style, other) = (about("faq/q1/index.html"), about("assets/style.css"), about("police/p1/index.html"));
    for number in [2, 3, 4] {
        let written = toolkit.build(&version(number)).unwrap();
        assert_eq!((written.files, written.kept, written.removed), (37, 17, 2));
        assert_eq!((about("faq/q1/index.html"), about("assets/style.css")), (same, style));
        assert_ne!(about("police/p1/index.html"), other);
    }
}

#[test]
fn what_was_made_from_the_same_is_not_made_again() {
    let toolkit = Toolkit::new();
    let target = || Target::open(&toolkit.output(), toolkit.root(), None).unwrap();
    let lock = Lock::take(toolkit.root(), "build", Duration::ZERO).unwrap();
    let (raw, other) = (Fingerprint::of(b"raw"), Fingerprint::of(b"other"));
    let memory = Memory { key: [0; 32], replay: Vec::new() };
    let begin = || Staging::begin(&target(), &lock, public(), ["index.html"]).unwrap();

    let staging = begin();
    assert!(!staging.reuse("index.html", raw).unwrap(), "nothing is there yet");
    staging.put_made_from("index.html", b"short", raw).unwrap();
    staging.finish(&memory).unwrap();
    for _ in 0..2 {
        let staging = begin();
        assert!(!staging.reuse("index.html", other).unwrap());
        assert!(staging.reuse("index.html", raw).unwrap());
        staging.finish(&memory).unwrap();
        assert_eq!(fs::read(toolkit.output().join("index.html")).unwrap(), b"short");
    }
    let staging = begin();
    staging.put("index.html", b"other").unwrap();
    staging.finish(&memory).unwrap();
    assert!(!begin().reuse("index.html", raw).unwrap(), "it was not made from that any more");
}

#[test]
fn a_large_file_is_copied_once_and_whole() {
    let toolkit = Toolkit::new();
    let bytes: Vec<u8> = (0..700_000_u32).map(|byte| (byte % 251) as u8).collect();
    fs::write(toolkit.root().join("content/photo.jpg"), &bytes).unwrap();
    let (size, fingerprint) = (bytes.len() as u64, Fingerprint::of(&bytes));
    let lock = Lock::take(toolkit.root(), "build", Duration::ZERO).unwrap();
    let copy = |size, fingerprint| {
        let target = Target::open(&toolkit.output(), toolkit.root(), None).unwrap();
        let staging = Staging::begin(&target, &lock, public(), ["files/photo.jpg"]).unwrap();
        let mut photo = fs::File::open(toolkit.root().join("content/photo.jpg")).unwrap();
        staging.copy("files/photo.jpg", &mut photo, size, fingerprint)?;
        staging.finish(&Memory { key: [0; 32], replay: Vec::new() })
    };
    assert_eq!(copy(size, fingerprint).unwrap().kept, 0);
    assert_eq!(copy(size, fingerprint).unwrap().kept, 1);
    assert_eq!(fs::read(toolkit.output().join("files/photo.jpg")).unwrap(), bytes);
    // somebody changes it while we read
    copy(size, Fingerprint::of(b"another")).unwrap_err();
    copy(size - 1, Fingerprint::of(&bytes[1..])).unwrap_err();
    assert_eq!(fs::read(toolkit.output().join("files/photo.jpg")).unwrap(), bytes);
    assert_no_junk(&toolkit.output());
}

#[test]
fn a_build_that_is_given_up_leaves_no_trace() {
    let toolkit = Toolkit::new();
    let lock = Lock::take(toolkit.root(), "build", Duration::ZERO).unwrap();
    let output = toolkit.root().join("sites/2026/public");
    let target = Target::open(&output, toolkit.root(), None).unwrap();
    let paths = ["index.html", "a/b.html"];
    let staging = Staging::begin(&target, &lock, public(), paths).unwrap();
    assert!(output.parent().unwrap().exists());
    staging.put("a/b.html", b"b").unwrap();
    for (path, why) in [("../x", "is no path"), ("/x", "is no path"), ("x", "announced"), ("a/b.html", "")] {
        let error = staging.put(path, b"x").unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    let error = staging.finish(&Memory { key: [0; 32], replay: Vec::new() }).unwrap_err();
    assert!(matches!(&error, WriteError::Missing { path } if path == "index.html"), "{error}");
    assert!(!toolkit.root().join("sites").exists());
    assert!(matches!(Staging::begin(&target, &lock, public(), ["a", "a/b"]), Err(WriteError::Path { .. })));
}

#[test]
fn the_folder_keeps_its_rights_and_may_be_a_link() {
    let toolkit = Toolkit::new();
    let elsewhere = Toolkit::new();
    std::os::unix::fs::symlink(elsewhere.root().join("web"), toolkit.output()).unwrap();
    let error = toolkit.build(&version(1)).unwrap_err().to_string();
    assert!(error.contains("leads nowhere"), "{error}");
    fs::create_dir(elsewhere.root().join("web")).unwrap();
    fs::set_permissions(elsewhere.root().join("web"), fs::Permissions::from_mode(0o2750)).unwrap();
    for number in [1, 2] {
        toolkit.build(&version(number)).unwrap();
        assert!(fs::symlink_metadata(toolkit.output()).unwrap().is_symlink());
        assert_eq!(read_site(&elsewhere.root().join("web")), version(number));
        assert_eq!(fs::metadata(elsewhere.root().join("web")).unwrap().permissions().mode() & 0o7777, 0o2750);
    }
    assert_no_junk(&elsewhere.root().join("web"));
    assert_eq!(names(toolkit.root()), [".git", ".onevoice", "content", "public", "themes", "toolkit.yaml"]);
}

#[test]
fn readers_never_miss_a_page_while_it_is_replaced() {
    let toolkit = Toolkit::in_memory();
    toolkit.build(&version(0)).unwrap();
    let (output, stop, reads) = (toolkit.output(), AtomicBool::new(false), AtomicUsize::new(0));
    let always = ["index.html", "police/p0/index.html", "police/p15/index.html", "faq/q7/index.html", "sitemap.xml"];
    thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                for path in always {
                    let bytes = fs::read(output.join(path)).expect("a page is never absent");
                    assert!(bytes.ends_with(b"end"), "a page is never cut short");
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        let until = Instant::now() + Duration::from_secs(10);
        for number in 0..200 {
            toolkit.build(&version(number)).unwrap();
            assert!(Instant::now() < until, "200 builds take a second or two");
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(reads.into_inner() > 1000);
}

#[test]
fn builds_take_turns_even_from_two_toolkits() {
    let (one, other) = (Toolkit::in_memory(), Toolkit::in_memory());
    let output = one.output();
    thread::scope(|scope| {
        for (toolkit, first) in [(&one, 0), (&one, 1), (&other, 2), (&other, 3)] {
            let output = &output;
            scope.spawn(move || {
                for number in 0..15 {
                    build(toolkit.root(), output, &version(first + number)).unwrap();
                }
            });
        }
        scope.spawn(|| {
            // the output as whoever comes by finds it
            for _ in 0..50 {
                if let Ok(page) = fs::read_to_string(output.join("index.html")) {
                    assert!(page.ends_with("end"));
                }
                thread::sleep(Duration::from_millis(2));
            }
        });
    });
    let number =
        fs::read_to_string(output.join("index.html")).unwrap()[1..].split(' ').next().unwrap().parse().unwrap();
    assert_eq!(read_site(&output), version(number));
    assert_no_junk(&output);
}

#[test]
fn the_second_is_told_who_writes_to_the_output() {
    let (one, other) = (Toolkit::new(), Toolkit::new());
    let mut said = None;
    build_and(one.root(), &one.output(), &version(1), || {
        let target = Target::open(&one.output(), other.root(), None).unwrap();
        let lock = Lock::take(other.root(), "publish", Duration::from_millis(30)).unwrap();
        said = Staging::begin(&target, &lock, public(), ["index.html"]).err();
    })
    .unwrap();
    let Some(WriteError::Busy(busy)) = said else { panic!("{said:?}") };
    assert_eq!((busy.pid, busy.command.as_deref()), (Some(std::process::id()), Some("build")));
    assert_eq!(busy.place, one.output().canonicalize().unwrap());
}

#[test]
fn another_edition_that_came_in_between_is_not_replaced() {
    let (one, other) = (Toolkit::new(), Toolkit::new());
    let target = Target::open(&one.output(), one.root(), None).unwrap();
    let lock = Lock::take(other.root(), "build", Duration::ZERO).unwrap();
    let partners = Holds { edition: "partners".into(), drafts: false };
    let paths = ["index.html"];
    let staging =
        Staging::begin(&Target::open(&one.output(), other.root(), None).unwrap(), &lock, partners.clone(), paths)
            .unwrap();
    staging.put("index.html", b"partners").unwrap();
    staging.finish(&Memory { key: [0; 32], replay: Vec::new() }).unwrap();

    let lock = Lock::take(one.root(), "build", Duration::ZERO).unwrap();
    assert!(matches!(Staging::begin(&target, &lock, public(), paths), Err(WriteError::Changed { .. })));
    assert_eq!(Target::open(&one.output(), one.root(), None).unwrap().holds(), Some(&partners));
    assert_no_junk(&one.output());
}
