//! Outputs that are refused, and the manifest that proves that a folder is ours.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use onevoice::write::{Refusal, Target, Unreadable};

use crate::site::{Files, Toolkit, build, fingerprint, read_site, version};

fn kind(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Top { .. } => "top",
        Refusal::Home { .. } => "home",
        Refusal::Holds { .. } => "holds",
        Refusal::Inside { .. } => "inside",
        Refusal::NotAFolder { .. } => "file",
        Refusal::DeadLink { .. } => "dead link",
        Refusal::NotOurs { .. } => "not ours",
        Refusal::Manifest { .. } => "manifest",
        Refusal::Unreadable { .. } => "unreadable",
    }
}

#[test]
fn no_output_costs_a_writer_a_file() {
    let world = tempfile::tempdir().unwrap();
    let home = world.path().canonicalize().unwrap();
    let root = home.join("work/toolkit");
    for folder in
        ["content/messages", "themes/own", ".git/objects", "docs", "partners", "empty", "../other", "../../music"]
    {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    for file in
        ["toolkit.yaml", "content/messages/a.md", "docs/plan.md", "../other/x", "../../music/song", "partners/.hidden"]
    {
        fs::write(root.join(file), "mine").unwrap();
    }
    fs::create_dir_all(root.join("damaged")).unwrap();
    fs::write(root.join("damaged/.onevoice-manifest"), "something else\n").unwrap();
    fs::create_dir_all(root.join("newer")).unwrap();
    fs::write(root.join("newer/.onevoice-manifest"), "onevoice manifest 7: public\n").unwrap();
    fs::create_dir_all(root.join("fake/.onevoice-manifest")).unwrap();
    symlink(&root, root.join("to-root")).unwrap();
    symlink("content", root.join("to-content")).unwrap();
    symlink("missing", root.join("dead")).unwrap();
    symlink("toolkit.yaml", root.join("to-file")).unwrap();
    let before = fingerprint(&home);
    for (output, expected) in [
        ("/", "top"),
        ("/proc/self/cwd/../../../../../../..", "top"),
        ("~", "home"),
        ("/root", "home"),
        ("/home/someone", "home"),
        ("~/..", "holds"),
        ("~/work", "holds"),
        (".", "holds"),
        ("./content/..", "holds"),
        ("to-root", "holds"),
        ("content", "inside"),
        ("content/", "inside"),
        ("content/messages", "inside"),
        ("content/site", "inside"),
        ("to-content/site", "inside"),
        ("themes", "inside"),
        ("themes/own/static", "inside"),
        ("schemas", "inside"),
        (".onevoice", "inside"),
        (".onevoice/site", "inside"),
        (".git", "inside"),
        (".git/objects/new", "inside"),
        ("../other/.git/site", "inside"),
        ("toolkit.yaml", "file"),
        ("toolkit.yaml/site", "file"),
        ("to-file", "file"),
        ("dead", "dead link"),
        ("docs", "not ours"),
        ("partners", "not ours"),
        ("../other", "not ours"),
        ("~/music", "not ours"),
        ("fake", "not ours"),
        ("damaged", "manifest"),
        ("newer", "manifest"),
        ("missing/..", "unreadable"),
        ("", "holds"),
    ] {
        let path = output
            .strip_prefix('~')
            .map_or_else(|| root.join(output), |rest| PathBuf::from(format!("{}{rest}", home.display())));
        let refusal = Target::open(&path, &root, Some(&home)).expect_err(output);
        assert_eq!(kind(&refusal), expected, "{output}: {refusal}");
        let words = refusal.to_string();
        assert!(words.starts_with('/') && !words.ends_with('.') && words.contains("; "), "{words}");
    }
    assert_eq!(fingerprint(&home), before);
    for output in ["public", "empty", "new/deep/site", "content-site", "../site", "empty/../public"] {
        Target::open(&root.join(output), &root, Some(&home)).expect(output);
    }
}

#[test]
fn one_folder_under_two_names_is_still_one() {
    if !crate::site::is_root("one_folder_under_two_names_is_still_one") {
        return;
    }
    let toolkit = Toolkit::new();
    let other = tempfile::tempdir().unwrap();
    let mount = crate::mounts::Mount::bind(&toolkit.root().join("content"), other.path());
    if mount.is_none() {
        return;
    }
    for output in [other.path().to_owned(), other.path().join("site")] {
        let refusal = Target::open(&output, toolkit.root(), None).unwrap_err();
        assert!(matches!(refusal, Refusal::Inside { .. }), "{refusal}");
    }
}

#[test]
fn a_manifest_deletes_nothing_outside() {
    let toolkit = Toolkit::new();
    toolkit.build(&version(1)).unwrap();
    let manifest = toolkit.output().join(".onevoice-manifest");
    let text = fs::read_to_string(&manifest).unwrap();
    let (head, rest) = text.split_once('\n').unwrap();
    fs::write(&manifest, format!("{head}\n{} ../toolkit.yaml\n{rest}", "0".repeat(32))).unwrap();
    let before = fingerprint(toolkit.root());
    let error = toolkit.build(&version(2)).unwrap_err().to_string();
    assert!(error.contains("damaged in line 2"), "{error}");
    let Err(Refusal::Manifest { why, .. }) = manifest_of("onevoice manifest 2: x") else { panic!() };
    assert_eq!(why, Unreadable::Newer);
    let without_times = |mut all: Vec<(String, u64, u32, i64, i64, i64, i64)>| {
        // locks touch the cache and the folder's own time
        all.retain(|about| !about.0.is_empty() && !about.0.starts_with(".onevoice"));
        all
    };
    assert_eq!(without_times(fingerprint(toolkit.root())), without_times(before));
}

fn manifest_of(first_line: &str) -> Result<Target, Refusal> {
    let toolkit = Toolkit::new();
    fs::create_dir(toolkit.output()).unwrap();
    fs::write(toolkit.output().join(".onevoice-manifest"), format!("{first_line}\n")).unwrap();
    Target::open(&toolkit.output(), toolkit.root(), None)
}

#[test]
fn the_manifest_tells_the_edition() {
    for (line, edition, drafts) in
        [("public", "public", false), ("partners", "partners", false), ("public with drafts", "public", true)]
    {
        let target = manifest_of(&format!("onevoice manifest 1: {line}")).unwrap();
        let holds = target.holds().unwrap();
        assert_eq!((holds.edition.as_str(), holds.drafts), (edition, drafts));
    }
    for line in ["onevoice manifest 1: ", "onevoice manifest 1: Public", "onevoice manifest", "x"] {
        assert!(
            matches!(manifest_of(line), Err(Refusal::Manifest { why: Unreadable::Damaged { line: 1 }, .. })),
            "{line}"
        );
    }
}

#[test]
fn an_output_may_be_anywhere_else() {
    let toolkit = Toolkit::new();
    for output in ["public", "a/b/c", "../site-of-the-toolkit"] {
        let output = toolkit.root().join(Path::new(output));
        let files: Files = version(3);
        build(toolkit.root(), &output, &files).unwrap();
        assert_eq!(read_site(&output), files);
        fs::remove_dir_all(&output).unwrap();
    }
}
