//! The site on disk: the old one or the new one, whatever happens to the program, the disk or the folder.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::toolkit::{Toolkit, differences, said};

type Site = Vec<(String, Vec<u8>)>;

/// A toolkit with pages that are there in one of its two versions only, and others that differ.
fn turn(toolkit: &Toolkit, version: usize) {
    let (name, other) = if version == 0 { ("even", "odd") } else { ("odd", "even") };
    for page in 0..12 {
        let text = format!("---\ntitle: Page {page}\n---\nVersion {name}. {}\n", "We all gain. ".repeat(100));
        toolkit.write(&format!("content/pages/page-{page}.md"), text);
    }
    let _ = fs::remove_file(toolkit.at(&format!("content/pages/{other}.md")));
    toolkit.write(&format!("content/pages/{name}.md"), format!("---\ntitle: Only {name}\n---\nHere.\n"));
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Both versions, built in peace; the folder holds the second one afterwards.
fn versions(toolkit: &Toolkit) -> [Site; 2] {
    [0, 1].map(|version| {
        turn(toolkit, version);
        toolkit.build(&[]);
        toolkit.site("public")
    })
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    const KILLS: usize = 60;
    let toolkit = Toolkit::small();
    let versions = versions(&toolkit);
    assert!(!differences(&versions[0], &versions[1]).is_empty());
    let beside = names(toolkit.root());
    let mut random = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), 1) | 1;
    let (mut round, mut killed, mut amid) = (0, 0, 0);
    // how long a build takes here and now
    let mut whole = Duration::from_millis(50);
    while killed < KILLS {
        round += 1;
        assert!(round < 10 * KILLS, "only {killed} of {round} builds were killed");
        turn(&toolkit, round % 2);
        let mut child = toolkit.program(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        thread::sleep(whole * u32::try_from(random % 1000).unwrap() / 1000);
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        amid += usize::from(names(toolkit.root()) != beside);
        let site = toolkit.site("public");
        assert!(versions.contains(&site), "round {round}: a mix, {:?}", differences(&site, &versions[0]));
        // the killed version comes again, or the other one
        let next = (round + round / 2) % 2;
        turn(&toolkit, next);
        let start = Instant::now();
        toolkit.build(&[]);
        whole = if next == round % 2 { start.elapsed() } else { whole };
        assert_eq!(differences(&toolkit.site("public"), &versions[next]), [""; 0], "round {round}");
        assert_eq!(names(toolkit.root()), beside, "round {round}");
    }
    assert!(amid > 2, "only {amid} of {killed} kills were in the middle of writing");
}

#[test]
fn two_builds_at_once_take_turns() {
    let toolkit = Toolkit::small();
    let versions = versions(&toolkit);
    let beside = names(toolkit.root());
    for round in 0..6 {
        turn(&toolkit, round % 2);
        let both =
            [0, 1].map(|_| toolkit.program(&["build"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
        for child in both {
            let said = said(&child.wait_with_output().unwrap());
            assert_eq!(said.code, Some(0), "{}", said.stderr);
            assert!(said.stdout.contains(" pages in public"), "{}", said.stdout);
        }
        assert_eq!(differences(&toolkit.site("public"), &versions[round % 2]), [""; 0]);
        assert_eq!(names(toolkit.root()), beside);
    }
}

#[test]
fn two_editions_at_once_are_both_whole() {
    let toolkit = Toolkit::small();
    toolkit.build(&[]);
    toolkit.build(&["--edition", "partners"]);
    let expected = [toolkit.site("public"), toolkit.site("partners")];
    for _ in 0..3 {
        fs::remove_dir_all(toolkit.at("public")).unwrap();
        fs::remove_dir_all(toolkit.at("partners")).unwrap();
        let both = ["public", "partners"].map(|edition| {
            let mut command = toolkit.program(&["build", "--edition", edition]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        });
        for mut child in both {
            assert!(child.wait().unwrap().success());
        }
        for (edition, site) in ["public", "partners"].iter().zip(&expected) {
            assert_eq!(differences(&toolkit.site(edition), site), [""; 0], "{edition}");
        }
    }
}

/// A disk in memory, until this is dropped.
struct Disk(PathBuf);

impl Disk {
    fn of(size: &str, place: &Path) -> Option<Self> {
        let options = format!("size={size}");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "onevoice-test"]).arg(place).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then(|| Self(place.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let toolkit = Toolkit::small();
    let disk = tempfile::tempdir().unwrap();
    let Some(_disk) = Disk::of("640k", disk.path()) else {
        return eprintln!("left out, no disk can be mounted here");
    };
    let output = disk.path().join("site");
    let to = ["-o", output.to_str().unwrap()];
    toolkit.build(&to);
    let before = crate::toolkit::files(&output);
    for page in 0..20 {
        let text = "We all gain. ".repeat(5_000);
        toolkit.write(&format!("content/pages/page-{page}.md"), format!("---\ntitle: Page {page}\n---\n{text}\n"));
    }
    let said = toolkit.try_build(&to);
    assert_eq!(said.code, Some(3), "{}", said.stderr);
    assert!(said.stderr.contains("no space left"), "{}", said.stderr);
    assert_eq!(differences(&crate::toolkit::files(&output), &before), [""; 0]);
    assert_eq!(names(disk.path()), ["site"]);
}

/// The user that nobody is.
const NOBODY: u32 = 65534;

#[test]
fn a_parent_that_is_read_only_is_told() {
    let toolkit = Toolkit::small();
    let closed = tempfile::tempdir().unwrap();
    fs::set_permissions(closed.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let output = closed.path().join("site");
    let mut command = toolkit.program(&["build", "-o", output.to_str().unwrap()]);
    if rustix::process::geteuid().is_root() {
        let mut open = vec![toolkit.root().to_owned()];
        while let Some(at) = open.pop() {
            chown(&at, Some(NOBODY), Some(NOBODY)).unwrap();
            if at.is_dir() {
                open.extend(fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()));
            }
        }
        command.uid(NOBODY).gid(NOBODY);
        if toolkit.program(&["--version"]).uid(NOBODY).gid(NOBODY).output().is_err() {
            return eprintln!("left out, this program cannot be started by others");
        }
    }
    let said = said(&command.output().unwrap());
    assert_eq!((said.code, said.stdout.as_str()), (Some(3), ""), "{}", said.stderr);
    assert!(said.stderr.contains("no permission"), "{}", said.stderr);
    assert_eq!(names(closed.path()), [""; 0]);
}

/// Everything below a folder: names, what files hold, and when it was changed.
fn everything(folder: &Path) -> Vec<(PathBuf, u64, i64, i64, Vec<u8>)> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(at) = open.pop() {
        let stat = fs::symlink_metadata(&at).unwrap();
        let is_folder = stat.is_dir();
        // the cache is written by every build
        if at.ends_with(".onevoice") {
            continue;
        }
        if is_folder {
            open.extend(fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()));
        }
        let bytes = if stat.is_file() { fs::read(&at).unwrap() } else { Vec::new() };
        found.push((at, stat.ino(), stat.mtime(), stat.mtime_nsec(), bytes));
    }
    found.sort();
    found
}

#[test]
fn an_output_that_would_cost_someone_a_file_is_refused() {
    let home = Toolkit::empty();
    let root = home.at("work/toolkit");
    fs::create_dir_all(&root).unwrap();
    let program = |arguments: &[&str]| {
        let mut command = home.program(&[&["-C", root.to_str().unwrap()], arguments].concat());
        command.env("HOME", home.root());
        said(&command.output().unwrap())
    };
    assert_eq!(program(&["init"]).code, Some(0));
    home.write("music/song.txt", "mine");
    home.write("work/letter.txt", "mine");
    home.write("work/toolkit/notes/plan.txt", "mine");
    home.write("work/toolkit/.git/HEAD", "mine");
    assert_eq!(program(&["build"]).code, Some(0));
    let before = everything(home.root());
    for output in
        [".", "content", "content/pages", "content/site", "..", "../..", "../../music", "notes", ".git", "themes", "/"]
    {
        let said = program(&["build", "-o", output]);
        assert_eq!((said.code, said.stdout.as_str()), (Some(3), ""), "{output}: {}", said.stderr);
        assert!(said.stderr.starts_with("error: "), "{output}: {}", said.stderr);
        assert!(everything(home.root()) == before, "{output}: something is changed");
    }
    // and where there is nothing to lose it is written
    fs::create_dir(home.at("work/empty")).unwrap();
    assert_eq!(program(&["build", "-o", "../empty"]).code, Some(0));
    assert!(home.at("work/empty/index.html").is_file());
}

#[test]
fn what_others_put_into_the_site_stays() {
    let toolkit = Toolkit::small();
    turn(&toolkit, 0);
    toolkit.build(&[]);
    let foreign =
        [("CNAME", "safer.example"), (".git/HEAD", "ref"), (".git/objects/ab/cd", "object"), ("uploads/a", "a")];
    for (path, text) in foreign {
        toolkit.write(&format!("public/{path}"), text);
    }
    for version in [1, 0, 0] {
        turn(&toolkit, version);
        toolkit.build(&[]);
        for (path, text) in foreign {
            assert_eq!(fs::read_to_string(toolkit.at("public").join(path)).unwrap(), text, "{path}");
        }
        assert!(toolkit.at(if version == 0 { "public/even/index.html" } else { "public/odd/index.html" }).is_file());
        assert!(!toolkit.at(if version == 0 { "public/odd" } else { "public/even" }).exists());
    }
    // one that stands where a page has to go is named, and nothing is lost
    toolkit.write("public/contact/index.html", "mine");
    toolkit.write("content/pages/contact.md", "---\ntitle: Contact\n---\nCall us.\n");
    let before = toolkit.site("public");
    let said = toolkit.try_build(&[]);
    assert_eq!(said.code, Some(3), "{}", said.stderr);
    assert!(said.stderr.contains("contact/index.html"), "{}", said.stderr);
    assert_eq!(differences(&toolkit.site("public"), &before), [""; 0]);
}
