//! What onevoice did not write in an output.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use onevoice::write::{Hindrance, WriteError};

use crate::site::{Toolkit, assert_no_junk, build_and, fingerprint, read, version, walk};

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What hosts and writers put into an output.
fn put_foreign(output: &Path) {
    write(&output.join("CNAME"), "safer.example\n");
    write(&output.join(".git/objects/ab/cdef"), "object");
    write(&output.join(".git/HEAD"), "ref: refs/heads/main\n");
    write(&output.join("police/notes.txt"), "beside our pages");
    write(&output.join("odd/keep.txt"), "in a folder that retires");
    write(&output.join("faq/q1/draft/deep.txt"), "below a page");
    symlink("CNAME", output.join("link")).unwrap();
    symlink("/nowhere", output.join("dead")).unwrap();
    fs::create_dir(output.join("empty")).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, output.join("pipe"), rustix::fs::Mode::RWXU).unwrap();
    fs::set_permissions(output.join(".git/objects/ab/cdef"), fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(output.join(".git/objects/ab"), fs::Permissions::from_mode(0o555)).unwrap();
}

fn foreign_in(output: &Path) -> Vec<(String, u64, u32)> {
    let paths = walk(output).into_iter().filter(|path| {
        let ours = version(1).into_keys().chain(version(2).into_keys()).any(|ours| Path::new(&ours).starts_with(path));
        !ours && path != ".onevoice-manifest"
    });
    let about = |path: String| {
        let stat = fs::symlink_metadata(output.join(&path)).unwrap();
        let inode = if stat.is_dir() { 0 } else { stat.ino() };
        (path, inode, stat.mode())
    };
    paths.map(about).collect()
}

#[test]
fn it_is_there_after_every_build() {
    let toolkit = Toolkit::new();
    toolkit.build(&version(1)).unwrap();
    put_foreign(&toolkit.output());
    let before = foreign_in(&toolkit.output());
    assert_eq!(before.len(), 14);
    for number in [2, 3, 4] {
        let written = toolkit.build(&version(number)).unwrap();
        assert_eq!((written.carried, written.moved.len()), (9, 0));
        assert!(written.left.is_none(), "{:?}", written.left);
        assert_eq!(foreign_in(&toolkit.output()), before);
        assert_no_junk(&toolkit.output());
    }
}

#[test]
fn in_the_way_of_the_new_site_it_is_named_and_nothing_changes() {
    let cases: [(&str, &dyn Fn(&Path)); 8] = [
        ("even", &|output| write(&output.join("even"), "a file where a folder comes")),
        ("even/index.html", &|output| write(&output.join("even/index.html"), "a file of the same name")),
        ("even", &|output| symlink("police", output.join("even")).unwrap()),
        ("even/index.html", &|output| fs::create_dir_all(output.join("even/index.html")).unwrap()),
        ("even/index.html/x", &|output| write(&output.join("even/index.html/x"), "a folder where a file comes")),
        ("turn/mine.txt", &|output| write(&output.join("turn/mine.txt"), "in a folder that becomes a file")),
        ("index.html", &|output| {
            fs::remove_file(output.join("index.html")).unwrap();
            symlink("CNAME", output.join("index.html")).unwrap();
        }),
        ("police", &|output| {
            fs::rename(output.join("police"), output.join("elsewhere")).unwrap();
            symlink("elsewhere", output.join("police")).unwrap();
        }),
    ];
    for (named, put) in cases {
        let toolkit = Toolkit::new();
        toolkit.build(&version(1)).unwrap();
        put(&toolkit.output());
        let before = fingerprint(&toolkit.output());
        match toolkit.build(&version(2)) {
            Err(WriteError::Foreign { path, why: Hindrance::InTheWay }) => {
                assert_eq!(path, toolkit.output().canonicalize().unwrap().join(named));
            }
            other => panic!("{named}: {other:?}"),
        }
        let without_times = |all: Vec<(String, u64, u32, i64, i64, i64, i64)>| {
            all.into_iter().map(|(path, inode, ..)| (path, inode)).collect::<Vec<_>>()
        };
        assert_eq!(without_times(fingerprint(&toolkit.output())), without_times(before));
        assert_no_junk(&toolkit.output());
    }
}

#[test]
fn a_file_outside_is_never_reached_through_a_link() {
    let toolkit = Toolkit::new();
    toolkit.build(&version(1)).unwrap();
    // the folder of a page that retires has become a link to a folder with a file of the same name
    write(&toolkit.root().join("content/deep/index.html"), "a writer's own");
    fs::remove_dir_all(toolkit.output().join("odd")).unwrap();
    symlink("../content", toolkit.output().join("odd")).unwrap();
    toolkit.build(&version(2)).unwrap();
    assert_eq!(fs::read_to_string(toolkit.root().join("content/deep/index.html")).unwrap(), "a writer's own");
    assert!(fs::symlink_metadata(toolkit.output().join("odd")).unwrap().is_symlink(), "the link is not ours");
}

#[test]
fn what_changes_or_appears_during_the_build_survives() {
    let toolkit = Toolkit::new();
    toolkit.build(&version(1)).unwrap();
    put_foreign(&toolkit.output());
    let output = toolkit.output();
    build_and(toolkit.root(), &output, &version(2), || {
        fs::write(output.join("CNAME"), "written in place\n").unwrap();
        write(&output.join("new"), "replaced");
        fs::rename(output.join("new"), output.join(".git/HEAD")).unwrap();
        write(&output.join("late/deep.txt"), "late");
        write(&output.join("police/p1/late.txt"), "late");
    })
    .unwrap();
    let files = read(&output);
    assert_eq!(files["CNAME"], b"written in place\n");
    assert_eq!(files[".git/HEAD"], b"replaced");
    assert_eq!((&*files["late/deep.txt"], &*files["police/p1/late.txt"]), (&b"late"[..], &b"late"[..]));
    assert_eq!(files["police/p1/index.html"], version(2)["police/p1/index.html"]);
    assert_no_junk(&output);
}
