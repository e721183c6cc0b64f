//! Real folders with everything in them that a folder can hold.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode};
use tempfile::TempDir;

use super::*;
use crate::finding::{At, FileTrouble};

fn toolkit(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in [("toolkit.yaml", &b"title: Safer\n"[..])].iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// What could not be read, a line each.
fn told(source: &Source) -> Vec<String> {
    source.problems().iter().map(|problem| format!("{} {:?}", problem.at.file, problem.what)).collect()
}

fn paths(source: &Source) -> Vec<&str> {
    source.files().map(|file| file.path.as_str()).collect()
}

#[test]
fn the_picture_holds_what_a_person_put_there() {
    let folder = toolkit(&[
        ("content/messages/safer.md", "\u{feff}---\r\nc: é\r\n".as_bytes()),
        ("content/a.md", b"x"),
        ("content/a/b.md", b"x"),
        ("content/files/plan.pdf", b"%PDF\xFF\0"),
        ("content/files/note.txt", b"caf\xE9"),
        ("content/messages/photo.JPG", b"\xFF\xD8\0"),
        ("themes/mine/templates/base.html", b"<p>"),
        ("themes/mine/static/style.css", b"p{}"),
        ("themes/mine/handout/sheet.typ", b"= x"),
        ("themes/README.md", b"x"),
        ("content/README.md", b"x"),
        ("content/.hidden.md", b"x"),
        ("content/.git/config", b"x"),
        ("content/a.md~", b"x"),
        ("content/#a.md#", b"x"),
        ("content/.#a.md", b"x"),
        ("content/.a.md.swp", b"x"),
        ("content/b.swx", b"x"),
        ("content/pages/4913", b"x"),
        ("content/pages/4914/index.md", b"x"),
        ("static/x.css", b"x"),
        ("public/index.html", b"x"),
        (".onevoice/cache", b"x"),
        ("config.toml", b"x"),
    ]);
    let source = Source::read(folder.path()).unwrap();
    assert_eq!(told(&source), [""; 0]);
    assert_eq!(
        paths(&source),
        [
            "content/a.md",
            "content/a/b.md",
            "content/files/note.txt",
            "content/files/plan.pdf",
            "content/messages/photo.JPG",
            "content/messages/safer.md",
            "content/pages/4914/index.md",
            "themes/mine/handout/sheet.typ",
            "themes/mine/static/style.css",
            "themes/mine/templates/base.html",
            "toolkit.yaml",
        ]
    );
    let entries: Vec<_> = source.root_entries().iter().map(|entry| (&*entry.name, entry.folder)).collect();
    let folders = [("content", true), ("public", true), ("static", true), ("themes", true)];
    assert_eq!(entries.iter().filter(|entry| entry.1).copied().collect::<Vec<_>>(), folders);
    assert!(entries.contains(&("config.toml", false)));

    assert_eq!(source.text("content/messages/safer.md").map(|text| &**text), Some("---\r\nc: é\r\n"));
    let safer = source.get("content/messages/safer.md").unwrap();
    assert_eq!(safer.hash, blake3::hash("\u{feff}---\r\nc: é\r\n".as_bytes()), "the hash is of the bytes");
    let plan = source.get("content/files/plan.pdf").unwrap();
    assert!(matches!(plan.content, Content::Asset { size: 6 }));
    assert_eq!(plan.hash, blake3::hash(b"%PDF\xFF\0"));
    assert_eq!(source.asset_bytes(&plan.path).unwrap(), b"%PDF\xFF\0");
    let (mut reader, size) = source.open_asset(&plan.path).unwrap();
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).unwrap();
    assert_eq!((bytes.as_slice(), size), (&b"%PDF\xFF\0"[..], 6));
    let below: Vec<_> = source.under("content/a").map(|file| file.path.as_str()).collect();
    assert_eq!(below, ["content/a/b.md"]);
    assert_eq!(source.under("content/fil").count(), 0);
}

#[test]
fn a_toolkit_in_memory_is_the_same_as_on_disk() {
    let files: &[(&str, &[u8])] = &[
        ("content/messages/safer.md", b"---\ntitle: x\n---\n"),
        ("content/files/plan.pdf", b"%PDF\xFF"),
        ("content/latin.md", b"\xE9"),
        ("content/.hidden", b""),
        ("other/x.md", b""),
    ];
    let folder = toolkit(files);
    let disk = Source::read(folder.path()).unwrap();
    let memory = Source::from_texts([("toolkit.yaml", &b"title: Safer\n"[..])].iter().chain(files).copied());
    assert_eq!(disk.fingerprint(), memory.fingerprint());
    assert_eq!(told(&disk), told(&memory));
    assert_eq!(paths(&disk), paths(&memory));
    let plan = ToolkitPath::new("content/files/plan.pdf").unwrap();
    assert_eq!(memory.asset_bytes(&plan).unwrap(), b"%PDF\xFF");
    assert_eq!(Source::from_texts([("../x", "y")]).files().len(), 0);
}

#[test]
fn the_fingerprint_changes_with_every_change() {
    let print = |files: &[(&str, &str)]| Source::from_texts(files.iter().copied()).fingerprint();
    let base = print(&[("content/a.md", "x"), ("content/b.md", "y")]);
    assert_eq!(base, print(&[("content/b.md", "y"), ("content/a.md", "x")]));
    for other in [
        &[("content/a.md", "x"), ("content/b.md", "z")][..],
        &[("content/a.md", "x"), ("content/c.md", "y")],
        &[("content/a.md", "x")],
        &[("content/a.md", "\u{feff}x"), ("content/b.md", "y")],
    ] {
        assert_ne!(base, print(other), "{other:?}");
    }
}

#[test]
fn odd_files_are_told_and_all_others_are_read() {
    let folder = toolkit(&[("content/a.md", b"good"), ("content/z.md", b"good"), ("content/files/p.png", b"png")]);
    let root = folder.path();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.md"), "secret").unwrap();
    let content = root.join("content");
    rustix::fs::mknodat(CWD, content.join("fifo.md"), FileType::Fifo, Mode::from(0o600), 0).unwrap();
    let _socket = UnixListener::bind(content.join("socket.md")).unwrap();
    symlink("/dev/zero", content.join("device.md")).unwrap();
    symlink(outside.path().join("secret.md"), content.join("out.md")).unwrap();
    symlink(
        format!("../../{}/secret.md", outside.path().file_name().unwrap().to_str().unwrap()),
        content.join("up.md"),
    )
    .unwrap();
    symlink("loop2.md", content.join("loop1.md")).unwrap();
    symlink("loop1.md", content.join("loop2.md")).unwrap();
    symlink("nowhere.md", content.join("dead.md")).unwrap();
    symlink("files", content.join("folder.md")).unwrap();
    symlink(outside.path(), content.join("outfolder")).unwrap();
    symlink("fifo.md", content.join("to-fifo.md")).unwrap();
    symlink("socket.md", content.join("to-socket.md")).unwrap();
    symlink("/proc/self/fd/0", content.join("magic.md")).unwrap();
    fs::create_dir(content.join("dir.md")).unwrap();
    fs::write(content.join("dir.md/inner.md"), "good").unwrap();
    symlink("a.md", content.join("link.md")).unwrap();
    symlink(root.join("content/z.md"), content.join("absolute.md")).unwrap();
    symlink("dead2", content.join("files/dead.png")).unwrap();
    fs::write(content.join(name(b"na\xFFme.md")), "x").unwrap();
    fs::create_dir(content.join(name(b"fol\xFFder"))).unwrap();
    fs::write(content.join(name(b"fol\xFFder")).join("x.md"), "x").unwrap();

    let start = Instant::now();
    let source = Source::read(root).unwrap();
    assert!(start.elapsed() < Duration::from_secs(2), "nothing is waited for");
    assert_eq!(
        told(&source),
        [
            "content/dead.md Unreadable(DeadLink)",
            "content/device.md Unreadable(LeadsOutside)",
            "content/dir.md Unreadable(Folder)",
            "content/fifo.md Unreadable(NotPlain(\"pipe\"))",
            "content/files/dead.png Unreadable(DeadLink)",
            "content/folder.md Unreadable(Folder)",
            "content/fol\u{fffd}der BadId { id: \"fol\u{fffd}der\", why: Name }",
            "content/loop1.md Unreadable(DeadLink)",
            "content/loop2.md Unreadable(DeadLink)",
            "content/magic.md Unreadable(LeadsOutside)",
            "content/na\u{fffd}me.md BadId { id: \"na\u{fffd}me.md\", why: Name }",
            "content/out.md Unreadable(LeadsOutside)",
            "content/outfolder Unreadable(LeadsOutside)",
            "content/socket.md Unreadable(NotPlain(\"socket\"))",
            "content/to-fifo.md Unreadable(NotPlain(\"pipe\"))",
            "content/to-socket.md Unreadable(NotPlain(\"socket\"))",
            "content/up.md Unreadable(LeadsOutside)",
        ]
    );
    for path in ["content/a.md", "content/z.md", "content/link.md", "content/absolute.md", "content/dir.md/inner.md"] {
        assert_eq!(source.text(path).map(|text| &**text), Some("good"), "{path}");
    }
    assert!(source.files().all(|file| file.text().is_none_or(|text| !text.contains("secret"))));
    for path in ["content/out.md", "content/fifo.md", "content/files/../out.md"] {
        let Some(path) = ToolkitPath::new(path) else { continue };
        assert!(source.open_asset(&path).is_err(), "{path}");
    }
}

fn name(bytes: &[u8]) -> &std::ffi::OsStr {
    std::os::unix::ffi::OsStrExt::from_bytes(bytes)
}

#[test]
fn content_itself_may_be_no_link() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.md"), "secret").unwrap();
    let folder = toolkit(&[]);
    symlink(outside.path(), folder.path().join("content")).unwrap();
    rustix::fs::mknodat(CWD, folder.path().join("themes"), FileType::Fifo, Mode::from(0o600), 0).unwrap();
    let source = Source::read(folder.path()).unwrap();
    assert_eq!(told(&source), ["content Unreadable(LeadsOutside)", "themes Unreadable(NotPlain(\"pipe\"))"]);
}

#[test]
fn toolkit_yaml_is_opened_as_carefully_as_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    rustix::fs::mknodat(CWD, folder.path().join(MARKER), FileType::Fifo, Mode::from(0o600), 0).unwrap();
    let source = Source::read(folder.path()).unwrap();
    assert_eq!(told(&source), ["toolkit.yaml Unreadable(NotPlain(\"pipe\"))"]);
    assert!(Source::find(folder.path()).is_some());
}

#[test]
fn sizes_and_encodings_are_told() {
    let wide: Vec<u8> = "---\ntitle: x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = toolkit(&[
        ("content/utf16.md", &[b"\xFF\xFE", wide.as_slice()].concat()),
        ("content/utf16-bare.md", &wide),
        ("content/latin.md", b"---\ntitle: caf\xE9\n"),
        ("content/nul.md", b"a\nb\0"),
        ("content/empty.md", b""),
    ]);
    let huge = |path: &str, size: u64| File::create(folder.path().join(path)).unwrap().set_len(size).unwrap();
    fs::create_dir(folder.path().join("content/files")).unwrap();
    huge("content/huge.md", 1 << 40);
    huge("content/files/huge.mp4", 1 << 40);
    huge("content/just.md", TEXT_LIMIT + 1);
    fs::write(folder.path().join("content/fits.md"), vec![b'x'; 8 << 20]).unwrap();
    huge("content/files/fits.bin", ASSET_LIMIT);
    let start = Instant::now();
    let source = Source::read(folder.path()).unwrap();
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(
        told(&source),
        [
            "content/files/huge.mp4 TooLarge { size: 1099511627776, limit: 67108864 }",
            "content/huge.md TooLarge { size: 1099511627776, limit: 8388608 }",
            "content/just.md TooLarge { size: 8388609, limit: 8388608 }",
            "content/latin.md NotUtf8 { looks_like: \"Windows-1252\", line: 2 }",
            "content/nul.md NotUtf8 { looks_like: \"binary data\", line: 2 }",
            "content/utf16-bare.md NotUtf8 { looks_like: \"UTF-16\", line: 1 }",
            "content/utf16.md NotUtf8 { looks_like: \"UTF-16\", line: 1 }",
        ]
    );
    assert_eq!(source.text("content/fits.md").map(|text| text.len()), Some(8 << 20));
    assert_eq!(source.text("content/empty.md").map(|text| text.len()), Some(0));
    assert_eq!(source.place(&At::file("content/latin.md".into())).line, 0, "no line of a file that can't be read");
}

#[test]
fn no_permission_is_told() {
    if rustix::process::geteuid().is_root() {
        // root may read everything: the test says nothing then
        return;
    }
    let folder = toolkit(&[("content/a.md", b"x"), ("content/b/c.md", b"x")]);
    let close =
        |path: &str, mode| fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    close("content/a.md", 0);
    close("content/b", 0);
    let source = Source::read(folder.path()).unwrap();
    close("content/b", 0o700);
    assert_eq!(told(&source), ["content/a.md Unreadable(Denied)", "content/b Unreadable(Denied)"]);
}

/// Files that come, go, grow and shrink while they are read end in a text, a problem, or nothing, never in a hang.
#[test]
fn a_moving_folder_is_survived() {
    let folder = toolkit(&[("content/a.md", b"x")]);
    let path = folder.path().join("content");
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0_usize;
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                n += 1;
                let file = path.join(format!("{}.md", n % 50));
                let _ = match n % 7 {
                    0 => fs::remove_file(&file),
                    1 => fs::remove_file(&file).and_then(|()| symlink("/etc/passwd", &file)),
                    _ => fs::write(&file, vec![b'a'; (n * 7919) % 200_000]),
                };
            }
        });
        for _ in 0..30 {
            let source = Source::read(folder.path()).unwrap();
            for file in source.files() {
                let text = file.text().map_or("", |text| text);
                assert!(text.bytes().all(|byte| matches!(
                    byte,
                    b'a' | b'x' | b't' | b'i' | b'l' | b'e' | b':' | b' ' | b'S' | b'f' | b'r' | b'\n'
                )));
            }
            for problem in source.problems() {
                let expected = matches!(
                    problem.what,
                    What::Unreadable(FileTrouble::Gone | FileTrouble::LeadsOutside | FileTrouble::DeadLink)
                );
                assert!(expected, "{problem:?}");
            }
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn the_root_is_found_from_any_folder_below() {
    let folder = toolkit(&[("content/a/b/c.md", b"x")]);
    let root = folder.path();
    for from in ["", "content", "content/a/b", "content/a/b/c.md", "content/not/there"] {
        assert_eq!(Source::find(&root.join(from)).as_deref(), Some(root), "{from:?}");
    }
    assert_eq!(Source::find(Path::new("/")), None);
    let error = Source::read(&root.join("nowhere")).unwrap_err();
    assert_eq!(error.error.kind(), io::ErrorKind::NotFound);
    let error = Source::read(&root.join(MARKER)).unwrap_err();
    assert_eq!(error.error.kind(), io::ErrorKind::NotADirectory);
}

/// Printed, not asserted: machines differ. `cargo test --release source::tests::speed -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn speed() {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    fs::write(folder.path().join(MARKER), "title: x\n").unwrap();
    for n in 0..10_000 {
        let path = folder.path().join(format!("content/pages/{}", n / 100));
        fs::create_dir_all(&path).unwrap();
        let text = format!("---\ntitle: Page {n}\n---\n{}", "Some words that a page is made of, é.\n".repeat(87));
        fs::write(path.join(format!("page-{n}.md")), text).unwrap();
    }
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        for _ in 0..3 {
            let start = Instant::now();
            let found = walk::walk(folder.path()).unwrap().files.len();
            let walked = start.elapsed();
            let start = Instant::now();
            let before = memory();
            let source = pool.install(|| Source::read(folder.path()).unwrap());
            let held = memory() - before;
            let bytes: usize = source.files().filter_map(|file| file.text()).map(|text| text.len()).sum();
            println!(
                "{threads} threads: {:?} for {found} files, {bytes} bytes; of it walking {walked:?}; {held} kB more in use",
                start.elapsed()
            );
        }
    }
}

/// Kilobytes of memory in use.
fn memory() -> isize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().split(' ').next()?.parse().ok()).unwrap()
}
