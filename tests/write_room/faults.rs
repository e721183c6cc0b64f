//! System calls that fail, one after the other, and how many there are. Needs `strace`.

use std::fs;
use std::process::{Command, Stdio};

use crate::child;
use crate::site::{Toolkit, assert_no_junk, read, read_site, version};

fn has_strace(test: &str) -> bool {
    let has = Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    let has = has.is_ok_and(|status| status.success());
    if !has {
        eprintln!("left out, needs strace: {test}");
    }
    has
}

/// A child under `strace` with these options, whose trace comes back.
fn traced(toolkit: &Toolkit, options: &[&str], test: &str, word: &str) -> String {
    let program = child::run(test, toolkit.root(), word);
    let trace = toolkit.root().join("trace");
    let mut command = Command::new("strace");
    command.arg("-f").arg("-o").arg(&trace).args(options).arg(program.get_program()).args(program.get_args());
    command.env("ONEVOICE_CHILD", toolkit.root()).env("ONEVOICE_WORD", word);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    fs::read_to_string(trace).unwrap()
}

/// Lets the `when`-th of a call fail in a build of version 2 over version 1, then looks at everything.
fn inject(call: &str, error: &str, when: &str) -> bool {
    let toolkit = Toolkit::in_memory();
    toolkit.build(&version(1)).unwrap();
    fs::write(toolkit.output().join("CNAME"), "foreign").unwrap();
    let fault = format!("inject={call}:error={error}:when={when}");
    let trace = traced(&toolkit, &["-e", &format!("trace={call}"), "-e", &fault], "builds_once", "2");
    if !trace.contains("INJECTED") {
        return false;
    }
    let what = format!("{call} {error} {when}");
    let said = fs::read_to_string(toolkit.root().join("said")).unwrap_or_default();
    let mut files = read(&toolkit.output());
    assert_eq!(files.remove("CNAME").as_deref(), Some(&b"foreign"[..]), "{what}");
    files.remove(".onevoice-manifest");
    let (is_old, is_new) = (files == version(1), files == version(2));
    assert!(if said.starts_with("ok") { is_new } else { is_old || is_new }, "{what}: {said}");
    toolkit.build(&version(3)).unwrap_or_else(|error| panic!("{what}: the next build: {error}"));
    fs::remove_file(toolkit.output().join("CNAME")).unwrap();
    assert!(read_site(&toolkit.output()) == version(3), "{what}");
    assert_no_junk(&toolkit.output());
    true
}

/// Calls of a build and what they fail with.
const FAULTS: [(&str, &str); 15] = [
    ("mkdirat", "ENOSPC"),
    ("openat", "EIO"),
    ("openat2", "ENOSYS"),
    ("openat2", "EIO"),
    ("write", "ENOSPC"),
    ("linkat", "EIO"),
    ("linkat", "EPERM"),
    ("unlinkat", "EIO"),
    ("renameat2", "EIO"),
    ("renameat2", "EINVAL"),
    ("renameat", "EIO"),
    ("newfstatat", "EIO"),
    ("syncfs", "EIO"),
    ("getdents64", "EIO"),
    ("flock", "ENOLCK"),
];

#[test]
fn a_call_that_fails_never_costs_the_site() {
    if !has_strace("a_call_that_fails_never_costs_the_site") {
        return;
    }
    // each once; all of them, at every place, in the test below
    let failed = FAULTS.iter().zip([1, 40, 3, 9, 10, 5, 1, 12, 1, 1, 1, 20, 1, 4, 2]);
    let failed = failed.filter(|((call, error), when)| inject(call, error, &when.to_string())).count();
    assert!(failed >= 10, "only {failed} faults were met");
}

#[test]
#[ignore = "takes minutes: every call of a build fails once, and from there on"]
fn no_call_that_fails_ever_costs_the_site() {
    if !has_strace("no_call_that_fails_ever_costs_the_site") {
        return;
    }
    let mut met = 0;
    for (call, error) in FAULTS {
        for lasting in ["", "+"] {
            let mut missed = 0;
            for when in 1.. {
                let hit = inject(call, error, &format!("{when}{lasting}"));
                met += usize::from(hit);
                missed = if hit { 0 } else { missed + 1 };
                if missed == 3 || when == 60 {
                    break;
                }
            }
        }
    }
    eprintln!("{met} faults");
}

#[test]
fn a_page_costs_four_calls_and_its_folder_is_one_of_them() {
    if !has_strace("a_page_costs_four_calls_and_its_folder_is_one_of_them") {
        return;
    }
    let calls = |pages: &str| {
        let toolkit = Toolkit::in_memory();
        let trace = traced(&toolkit, &["-e", "trace=%file,%desc"], "builds_pages", pages);
        // in a debug build the standard library asks `fcntl` whether what it closes is open
        trace.lines().filter(|line| line.contains('(') && !line.contains("fcntl(")).count()
    };
    let (few, many) = (calls("20"), calls("120"));
    let calls = many - few;
    assert!(calls <= 410, "{calls} calls for 100 pages");
}
