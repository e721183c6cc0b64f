//! Broken input of every kind: it is told where it is and what to do, soon, and the last good site stays as it is.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::toolkit::{Said, Toolkit, differences};

const FAQ: &str = "content/faqs/who-pays.md";
const POLICE: &str = "content/audiences/police.yaml";
const FACTS: &str = "content/facts.yaml";

/// A file with something wrong in it: its name and bytes, the rule that tells it, and its line; 0 where it has none.
type Broken = (&'static str, &'static str, &'static [u8], &'static str, u32);

#[rustfmt::skip]
const FILES: &[Broken] = &[
    // ------------------------------------------------------------------------------------------------ YAML
    ("a key twice", FAQ, b"---\nquestion: Who pays?\nquestion: Who else?\n---\nAll.\n", "yaml", 3),
    ("a colon in a text", FAQ, b"---\nquestion: Money: who pays?\n---\nAll.\n", "yaml", 2),
    ("a tab", POLICE, b"name: Police\nask: Refer people.\nconcerns:\n\t- {id: a, says: b}\n", "yaml", 4),
    ("one space too few", POLICE, b"name: Police\nask: Refer people.\nconcerns:\n  - id: time\n says: It takes long.\n", "yaml", 5),
    ("a quotation mark without its second", POLICE, b"name: \"Police\nask: Refer people.\n", "yaml", 1),
    ("a bracket without its second", FAQ, b"---\nquestion: Who pays?\naudiences: [police\n---\nAll.\n", "yaml", 3),
    ("a brace without its second", "content/local.yaml", b"program-line: {value: 1, kind: phone\n", "yaml", 1),
    ("a sign of YAML", POLICE, b"name: @police\nask: Refer people.\n", "yaml", 1),
    ("a percent sign", POLICE, b"name: %police\nask: Refer people.\n", "yaml", 1),
    ("an unknown alias", POLICE, b"name: Police\nask: *ask\n", "yaml", 2),
    ("a merge of nothing", POLICE, b"name: Police\nask: Refer people.\n<<: nothing\n", "unknown-key", 3),
    ("two documents", POLICE, b"name: Police\nask: Refer people.\n---\nname: Residents\n", "yaml", 3),
    ("a list for a map", POLICE, b"- name: Police\n", "yaml", 1),
    ("a text for a map", POLICE, b"Police\n", "yaml", 1),
    ("a list for a text", FAQ, b"---\nquestion: [Who, pays]\n---\nAll.\n", "yaml", 2),
    ("a text for a number", POLICE, b"name: Police\nask: Refer people.\norder: first\n", "yaml", 3),
    ("a bad date", FAQ, b"---\nquestion: Who pays?\nupdated: 2026/5/1\n---\nAll.\n", "yaml", 3),
    ("no such day", FAQ, b"---\nquestion: Who pays?\nupdated: 2026-02-30\n---\nAll.\n", "yaml", 3),
    ("a value that is not allowed", "content/wins/first-owner-joins.md", b"---\ntitle: A win\ndate: 2026-05-01\nsize: huge\nkind: partner\n---\nIt.\n", "yaml", 4),
    ("no front matter", FAQ, b"All pay.\n", "yaml", 1),
    ("front matter without an end", FAQ, b"---\nquestion: Who pays?\nAll pay.\n", "yaml", 1),
    ("front matter of another tool", FAQ, b"+++\nquestion = \"Who pays?\"\n+++\nAll.\n", "yaml", 1),
    ("an empty file", POLICE, b"", "missing-key", 1),
    ("a conflict of versions", POLICE, b"name: Police\n<<<<<<< HEAD\nask: Refer people.\n=======\nask: Call us.\n>>>>>>> other\n", "yaml", 2),
    ("a settings file that is no YAML", "toolkit.yaml", b"title: This: thing\n", "yaml", 1),
    ("a settings file without a title", "toolkit.yaml", b"language: en\n", "missing-key", 1),
    // ------------------------------------------------------------------------------------------------ keys, names
    ("an unknown key", FAQ, b"---\nquestion: Who pays?\ntitel: Money\n---\nAll.\n", "unknown-key", 3),
    ("a key of another tool", FAQ, b"---\nquestion: Who pays?\nweight: 3\n---\nAll.\n", "unknown-key", 3),
    ("a missing key", POLICE, b"name: Police\n", "missing-key", 1),
    ("an unknown audience in a block", FAQ, b"---\nquestion: Who pays?\n---\nAll.\n\n::: polise\nYou.\n:::\n", "unknown-audience", 6),
    ("an unknown audience in a key", FAQ, b"---\nquestion: {polise: Who, else: Who pays?}\n---\nAll.\n", "unknown-audience", 2),
    ("an unknown fact", FAQ, b"---\nquestion: Who pays?\n---\nIt is <fact:nothing-known>.\n", "unknown-reference", 4),
    ("an unknown message", FAQ, b"---\nquestion: Who pays?\nmessages: [saver]\n---\nAll.\n", "unknown-reference", 3),
    ("an id twice", FACTS, b"sources:\n  s: {title: T}\nfacts:\n  - {id: a, label: A, value: 1, unit: u, reads: r, plain: r, source: s, review_by: 2030-01-01}\n  - {id: a, label: A, value: 1, unit: u, reads: r, plain: r, source: s, review_by: 2030-01-01}\n", "duplicate-id", 5),
    // ------------------------------------------------------------------------------------------------ blocks
    ("a block that is never closed", FAQ, b"---\nquestion: Who pays?\n---\nAll.\n\n::: police\nYou.\n", "tailoring", 6),
    ("coaching that is never closed", FAQ, b"---\nquestion: Who pays?\n---\nAll.\n\n::: partners-only\nYou.\n", "tailoring", 6),
    ("coaching in a block", FAQ, b"---\nquestion: Who pays?\n---\n::: police\nYou.\n::: partners-only\nWe.\n:::\n", "tailoring", 6),
    ("a block in coaching", FAQ, b"---\nquestion: Who pays?\n---\n::: partners-only\nYou.\n::: police\nWe.\n:::\n:::\n", "tailoring", 6),
    ("a block in a list", FAQ, b"---\nquestion: Who pays?\n---\n- ::: partners-only\n  You.\n  :::\n", "tailoring", 4),
    ("a comment that is never closed", FAQ, b"---\nquestion: Who pays?\n---\nAll.\n\n<!-- later\n", "tailoring", 6),
    ("a comment in a key that is never closed", FAQ, b"---\nquestion: Who pays? <!-- later\n---\nAll.\n", "tailoring", 2),
    // ------------------------------------------------------------------------------------------------ encodings
    ("UTF-16", FAQ, b"\xff\xfe-\0-\0-\0\n\0", "not-utf8", 1),
    ("UTF-16, the other way", POLICE, b"\xfe\xff\0n\0a\0m\0e", "not-utf8", 1),
    ("Latin-1", FAQ, b"---\nquestion: Who pays?\n---\nAt the caf\xe9.\n", "not-utf8", 4),
    ("Latin-1 in a profile", POLICE, b"name: Caf\xe9\nask: Come.\n", "not-utf8", 1),
    ("half a sign at the end", FAQ, b"---\nquestion: Who pays?\n---\nAt the caf\xc3", "not-utf8", 4),
    ("NUL", FAQ, b"---\nquestion: Who pays?\n---\nA\0B\n", "not-utf8", 0),
    ("NUL in the settings", "toolkit.yaml", b"title: A\0B\n", "not-utf8", 0),
    // ------------------------------------------------------------------------------------------------ names
    ("a name in capitals", "content/faqs/Who-Pays.md", b"---\nquestion: Who pays?\n---\nAll.\n", "bad-id", 0),
    ("a name with a space", "content/faqs/who pays.md", b"---\nquestion: Who pays?\n---\nAll.\n", "bad-id", 0),
    ("a name with an accent", "content/faqs/caf\u{e9}.md", b"---\nquestion: Who pays?\n---\nAll.\n", "bad-id", 0),
    ("a name of our own", "content/audiences/else.yaml", b"name: Others\nask: Call.\n", "bad-id", 0),
    ("an address of our own", "content/audiences/messages.yaml", b"name: Others\nask: Call.\n", "bad-id", 0),
    ("two pages at one address", "content/pages/faq.md", b"---\ntitle: Questions\n---\nAll.\n", "address-taken", 0),
    ("an address that leads away", "content/pages/away.md", b"---\ntitle: Away\nslug: ../../away\n---\nAll.\n", "bad-id", 3),
    ("an old address that leads away", "content/pages/away.md", b"---\ntitle: Away\naliases: [/../away/]\n---\nAll.\n", "bad-id", 3),
];

/// What every refusal has: the exit code, the rule, the file, a line where there is one, a help; and the old site.
struct Site {
    toolkit: Toolkit,
    before: Vec<(String, Vec<u8>)>,
}

impl Site {
    fn new() -> Self {
        let toolkit = Toolkit::small();
        toolkit.build(&[]);
        let before = toolkit.site("public");
        Self { toolkit, before }
    }

    /// Builds, in time; `place` is `FILE` or `FILE:LINE:`, both of which have to be told.
    fn is_refused(&self, case: &str, rule: &str, place: &str) -> Said {
        let said = in_time(self.toolkit.program(&["build"]), case);
        self.was_refused(case, rule, place, &said);
        said
    }

    fn was_refused(&self, case: &str, rule: &str, place: &str, said: &Said) {
        if let Err(why) = self.refusal(rule, place, said) {
            panic!("{case}: {why} in\n{}", said.stderr);
        }
    }

    /// What is missing in how a build was refused.
    fn refusal(&self, rule: &str, place: &str, said: &Said) -> Result<(), String> {
        let told = &said.stderr;
        if said.code != Some(1) {
            return Err(format!("exit {:?}", said.code));
        }
        let findings: Vec<&str> = told.split("\nerror").collect();
        let finding =
            findings.iter().find(|finding| finding.contains(&format!("[{rule}]: ")) && finding.contains(place));
        let finding = finding.ok_or_else(|| format!("no {rule} at {place}"))?;
        if !finding.contains("= help: ") {
            return Err(format!("no help with {rule}"));
        }
        if told.contains(|sign: char| sign.is_control() && sign != '\n') || told.contains('\u{202e}') {
            return Err(format!("signs that move the cursor: {told:?}"));
        }
        match &*differences(&self.toolkit.site("public"), &self.before) {
            [] => Ok(()),
            changed => Err(format!("the old site is changed: {changed:?}")),
        }
    }
}

/// Runs a command that has to end within ten seconds.
fn in_time(mut command: Command, case: &str) -> Said {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let reading = thread::spawn(move || {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        err.read_to_end(&mut stderr).unwrap();
        out.read_to_end(&mut stdout).unwrap();
        (stdout, stderr)
    });
    let start = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if start.elapsed() > Duration::from_secs(10) {
            child.kill().unwrap();
            panic!("{case}: it hangs");
        }
        thread::sleep(Duration::from_millis(2));
    };
    let (stdout, stderr) = reading.join().unwrap();
    Said { code, stdout: String::from_utf8(stdout).unwrap(), stderr: String::from_utf8(stderr).unwrap() }
}

#[test]
fn a_broken_file_is_told_with_its_line_and_costs_nothing() {
    let site = Site::new();
    let mut wrong = Vec::new();
    for (case, path, bytes, rule, line) in FILES {
        let old = fs::read(site.toolkit.at(path)).ok();
        site.toolkit.write(path, bytes);
        let said = in_time(site.toolkit.program(&["build"]), case);
        // where a file is no text, its line is told in words
        // and what is said of its name has none
        let place = if *rule == "not-utf8" || *line == 0 { (*path).to_owned() } else { format!("{path}:{line}:") };
        if let Err(why) = site.refusal(rule, &place, &said) {
            wrong.push(format!("{case}: {why} in\n{}", said.stderr));
        } else if *rule == "not-utf8" && *line > 0 && !said.stderr.contains(&format!("line {line}\n")) {
            wrong.push(format!("{case}: no line {line} in\n{}", said.stderr));
        }
        match old {
            Some(old) => site.toolkit.write(path, old),
            None => fs::remove_file(site.toolkit.at(path)).unwrap(),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(FILES.len() >= 40);
    // and mended, it builds again
    let said = site.toolkit.build(&[]);
    assert!(said.stderr.contains("nothing has changed"), "{}", said.stderr);
}

#[test]
fn input_that_is_made_to_take_for_ever_is_told_in_time() {
    let site = Site::new();
    let laughs = {
        let mut text = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
        for n in 1..12 {
            let of = format!("*a{},", n - 1).repeat(9);
            text += &format!("a{n}: &a{n} [{of}]\n");
        }
        format!(
            "name: Police\nask: Refer people.\nextra:\n{}",
            text.lines().map(|line| format!("  {line}\n")).collect::<String>()
        )
    };
    let deep =
        format!("name: Police\nask: Refer people.\nextra: {{a: {}1{}}}\n", "[".repeat(60_000), "]".repeat(60_000));
    let deep_map: String = (0..3_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    let large = format!("---\nquestion: Who pays?\n---\n{}\n", "All of us. ".repeat(800_000));
    for (case, path, text, rule) in [
        ("aliases of aliases", POLICE, laughs, "yaml"),
        ("brackets in brackets", POLICE, deep, "yaml"),
        ("maps in maps", "content/local.yaml", deep_map, "yaml"),
        ("more than 8 MiB", FAQ, large, "too-large"),
    ] {
        let old = fs::read(site.toolkit.at(path)).ok();
        site.toolkit.write(path, text);
        site.is_refused(case, rule, path);
        match old {
            Some(old) => site.toolkit.write(path, old),
            None => fs::remove_file(site.toolkit.at(path)).unwrap(),
        }
    }
    // texts that are only odd are read, and in time too
    for (case, body) in [
        ("stars", "*a **a ".repeat(30_000)),
        ("brackets", "[".repeat(50_000)),
        ("links", "[a](".repeat(30_000)),
        ("quotations", format!("{}x", ">".repeat(20_000))),
        ("lists", (0..400).map(|n| format!("{}- a\n", "  ".repeat(n))).collect()),
        ("backticks", (1..700).map(|n| format!("{} ", "`".repeat(n))).collect()),
        ("comments", "`<!--".repeat(20_000)),
        ("headings", "## The same\n\n".repeat(5_000)),
        ("footnotes", (0..5_000).map(|n| format!("a[^{n}]\n\n[^{n}]: b\n\n")).collect()),
        ("table cells", format!("{}\n{}\n", "|a".repeat(3_000), "|-".repeat(3_000))),
        ("blocks", "::: police\nYou.\n:::\n\n".repeat(3_000)),
    ] {
        site.toolkit.write("content/pages/odd.md", format!("---\ntitle: Odd\n---\n{body}\n"));
        let said = in_time(site.toolkit.program(&["build"]), case);
        assert!(matches!(said.code, Some(0 | 1)), "{case}: {:?} {}", said.code, said.stderr);
    }
}

#[test]
fn a_file_in_files_that_is_too_large_is_told() {
    let site = Site::new();
    fs::create_dir(site.toolkit.at("content/files")).unwrap();
    // a hole of 65 MiB
    fs::File::create(site.toolkit.at("content/files/film.mp4")).unwrap().set_len(65 << 20).unwrap();
    site.toolkit.write("content/pages/film.md", "---\ntitle: Film\n---\n[Our film](../files/film.mp4)\n");
    site.is_refused("a large file", "too-large", "content/files/film.mp4");
}

#[test]
fn what_is_no_plain_file_of_the_toolkit_is_not_read() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.md"), "---\nquestion: Who?\n---\nZebra.\n").unwrap();
    fs::create_dir(outside.path().join("folder")).unwrap();
    fs::write(outside.path().join("folder/secret.md"), "---\nquestion: Who?\n---\nZebra.\n").unwrap();
    let link = |to: &std::path::Path, at: &std::path::Path| symlink(to, at).unwrap();
    type Make<'a> = &'a dyn Fn(&std::path::Path);
    let pipe: Make = &|at| assert!(Command::new("mkfifo").arg(at).status().unwrap().success());
    let socket: Make = &|at| drop(std::os::unix::net::UnixListener::bind(at).unwrap());
    let cases: [(&str, &str, Make); 16] = [
        ("a pipe", "content/faqs/odd.md", pipe),
        ("a pipe of YAML", "content/terms/odd.yaml", pipe),
        ("a pipe in a folder of profiles", "content/audiences/odd.yaml", pipe),
        ("a pipe for the facts", "content/facts/odd.yaml", pipe),
        ("a socket", "content/faqs/odd.md", socket),
        ("a device", "content/faqs/odd.md", &|at| link("/dev/zero".as_ref(), at)),
        ("another device", "content/audiences/odd.yaml", &|at| link("/dev/random".as_ref(), at)),
        ("a terminal", "content/faqs/odd.md", &|at| link("/dev/tty".as_ref(), at)),
        ("a process", "content/faqs/odd.md", &|at| link("/proc/self/environ".as_ref(), at)),
        ("a link out", "content/faqs/odd.md", &|at| link(&outside.path().join("secret.md"), at)),
        ("a folder that is a link out", "content/pages/odd", &|at| link(&outside.path().join("folder"), at)),
        ("a link out by dots", "content/faqs/odd.md", &|at| link("../../../../../../etc/passwd".as_ref(), at)),
        ("a dead link", "content/faqs/odd.md", &|at| link("nothing.md".as_ref(), at)),
        ("a link to itself", "content/faqs/odd.md", &|at| link("odd.md".as_ref(), at)),
        ("a folder in itself", "content/pages/odd", &|at| link("..".as_ref(), at)),
        ("a folder that is no file", "content/faqs/odd.md", &|at| fs::create_dir(at).unwrap()),
    ];
    for (case, path, make) in cases {
        let site = Site::new();
        let at = site.toolkit.at(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        make(&at);
        let said = site.is_refused(case, "unreadable", path);
        assert!(!said.stderr.contains("Zebra") && !said.stderr.contains("root:"), "{case}: {}", said.stderr);
    }
}

#[test]
fn a_settings_file_that_is_no_plain_file_is_told() {
    for (case, to) in [("a device", "/dev/zero"), ("a link out", "/etc/passwd"), ("a dead link", "nothing")] {
        let site = Site::new();
        fs::remove_file(site.toolkit.at("toolkit.yaml")).unwrap();
        symlink(to, site.toolkit.at("toolkit.yaml")).unwrap();
        site.is_refused(case, "unreadable", "toolkit.yaml");
    }
}

#[test]
fn names_that_are_no_text_or_would_move_the_cursor_are_told_as_text() {
    let long = format!("{}.md", "a".repeat(240));
    let names: [(&str, &[u8]); 6] = [
        ("no UTF-8", b"caf\xe9.md"),
        ("a line break", b"who\npays.md"),
        ("an escape sequence", b"who\x1b[31mpays.md"),
        ("a bell", b"who\x07pays.md"),
        ("right to left", "who\u{202e}pays.md".as_bytes()),
        ("a backslash", b"who\\pays.md"),
    ];
    for (case, name) in names {
        let site = Site::new();
        let path = site.toolkit.at("content/faqs").join(OsStr::from_bytes(name));
        fs::write(&path, "---\nquestion: Who pays?\n---\nAll.\n").unwrap();
        let said = in_time(site.toolkit.program(&["build"]), case);
        let rule = if said.stderr.contains("[unreadable]") { "unreadable" } else { "bad-id" };
        site.was_refused(case, rule, "content/faqs/", &said);
    }
    let site = Site::new();
    site.toolkit.write(&format!("content/faqs/{long}"), "---\nquestion: Who pays?\n---\nAll.\n");
    let said = in_time(site.toolkit.program(&["build"]), "a long name");
    assert!(matches!(said.code, Some(0 | 1)), "{}", said.stderr);
}

/// The user that nobody is.
const NOBODY: u32 = 65534;

#[test]
fn a_file_without_permission_is_told() {
    for (case, path, mode) in [
        ("a file", "content/faqs/who-decides.md", 0o000),
        ("a profile", "content/audiences/police.yaml", 0o000),
        ("a folder", "content/pages", 0o000),
        ("the settings", "toolkit.yaml", 0o000),
    ] {
        let site = Site::new();
        let root = site.toolkit.root().to_owned();
        fs::set_permissions(site.toolkit.at(path), fs::Permissions::from_mode(mode)).unwrap();
        let mut command = site.toolkit.program(&["build"]);
        if rustix::process::geteuid().is_root() {
            // nothing is closed to root: the toolkit becomes nobody's
            let mut open = vec![root.clone()];
            while let Some(at) = open.pop() {
                chown(&at, Some(NOBODY), Some(NOBODY)).unwrap();
                if at.is_dir() {
                    open.extend(fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()));
                }
            }
            command.uid(NOBODY).gid(NOBODY);
            if site.toolkit.program(&["--version"]).uid(NOBODY).gid(NOBODY).output().is_err() {
                return eprintln!("left out, this program cannot be started by others");
            }
        }
        let said = in_time(command, case);
        fs::set_permissions(site.toolkit.at(path), fs::Permissions::from_mode(0o755)).unwrap();
        site.was_refused(case, "unreadable", path, &said);
    }
}

#[test]
fn where_there_is_no_toolkit_the_exit_is_2() {
    let folder = Toolkit::empty();
    let said = in_time(folder.program(&["build"]), "an empty folder");
    assert_eq!(said.code, Some(2), "{}", said.stderr);
    assert!(said.stderr.contains("there is no toolkit here") && said.stderr.contains("= help: "), "{}", said.stderr);
    folder.write("toolkit.yml", "title: Ours\n");
    let said = in_time(folder.program(&["build"]), "another ending");
    assert_eq!(said.code, Some(2), "{}", said.stderr);
    assert!(said.stderr.contains("rename `toolkit.yml`"), "{}", said.stderr);
    fs::create_dir(folder.at("toolkit.yaml")).unwrap();
    let said = in_time(folder.program(&["build"]), "a folder of that name");
    assert!(matches!(said.code, Some(1 | 2)), "{:?} {}", said.code, said.stderr);
    assert!(said.stderr.contains("toolkit.yaml") && said.stderr.contains("= help: "), "{}", said.stderr);
}
