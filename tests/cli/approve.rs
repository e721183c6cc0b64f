//! `onevoice approve`: what it writes, what it says, what it refuses, and two at once.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Stdio;

use tempfile::TempDir;

use super::{Said, files, program, run, said};

const TODAY: &str = "2026-11-25";
const FILE: &str = "content/approvals.yaml";

pub fn put(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

pub fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap()
}

/// A toolkit with texts of each kind; the editor has to sign, police and residents have reviewers.
pub fn coalition() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| put(folder.path(), path, text);
    put("toolkit.yaml", "title: Ours\napprovals: {required: [editor]}\ngroups: {law: [police]}\n");
    put("content/audiences/police.yaml", "name: Police\nask: Call **us**.\nreviewers: [police chief]\n");
    put("content/audiences/residents.yaml", "name: Residents\nask: Come by.\nreviewers: [block captain]\n");
    put(
        "content/messages/safer.md",
        "---\ntitle: Safer streets\nclaim: It *works*.\n---\nCall <local:line>.\n\n::: police\nYou know this.\n:::\n",
    );
    put(
        "content/messages/draft.md",
        "---\ntitle: Not yet\nclaim: Soon.\ndraft: true\naudiences: [police]\n---\nText.\n",
    );
    put("content/faqs/later.md", "---\nquestion: When?\nembargo: 2027-01-15\naudiences: [residents]\n---\nSoon.\n");
    put("content/stories/hers.md", "---\ntitle: Hers\nperson: composite\n---\nText.\n");
    put("content/local.yaml", "line: 555-0100\n");
    folder
}

pub fn approve(folder: &Path, arguments: &[&str]) -> Said {
    run(folder, &[&["approve", "--today", TODAY], arguments].concat())
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let said = approve(folder, arguments);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    said.stdout
}

/// The lines of approvals.yaml that name something, as `item audience by`.
fn entries(folder: &Path) -> Vec<String> {
    let value: serde_json::Value = serde_yaml::from_str(&read(folder, FILE)).unwrap();
    let list = value["approvals"].as_array().unwrap();
    let part = |entry: &serde_json::Value, key: &str| entry[key].as_str().unwrap().to_owned();
    list.iter().map(|it| [part(it, "item"), part(it, "audience"), part(it, "by")].join(" ")).collect()
}

#[test]
fn everyone_s_words_are_signed_and_told_and_kept() {
    let folder = coalition();
    let folder = folder.path();
    let before = files(folder);
    let said = done(folder, &["messages/safer", "--by", "editor"]);
    let expected = "\
editor signed messages/safer on 2026-11-25
  for general and residents
    title           Safer streets
    claim           It works.
    text            Call 555-0100.
  for police
    text            Call 555-0100. You know this.
    title, claim as above
still asked: police chief for police (holds up nothing)
still asked: block captain for residents (holds up nothing)
";
    assert_eq!(said, expected);
    assert_eq!(
        entries(folder),
        ["messages/safer general editor", "messages/safer residents editor", "messages/safer police editor"]
    );
    let mut after = files(folder);
    after.retain(|(path, _)| !path.starts_with(".onevoice/"));
    let words: Vec<_> = after.iter().filter(|(path, _)| path.starts_with("content/approvals/")).collect();
    assert_eq!(words.len(), 2, "words that two audiences read are kept once");
    let police = "[title]\nSafer streets\n\n[claim]\nIt works.\n\n[text]\nCall 555-0100.\nYou know this.\n";
    assert!(words.iter().any(|(_, bytes)| bytes == police.as_bytes()));
    let untouched: Vec<_> = after.iter().filter(|(path, _)| !path.starts_with("content/approvals")).cloned().collect();
    assert_eq!(untouched, before);

    let check = run(folder, &["check", "--today", TODAY, "--for", "publish", "--rule", "unsigned"]);
    assert!(
        !check.stdout.contains("editor") || !check.stdout.contains("messages/safer --by editor"),
        "{}",
        check.stdout
    );
    let stale = run(folder, &["check", "--today", TODAY, "--rule", "stale-approval", "--rule", "unknown-file"]);
    assert_eq!((stale.code, stale.stdout.as_str()), (Some(0), ""));

    let again = run(folder, &["approve", "messages/safer", "--by", "editor", "--today", "2026-12-01"]).stdout;
    assert!(again.starts_with("editor has signed messages/safer already: nothing was changed\n"), "{again}");
    assert!(again.contains("  police: signed on 2026-11-25, and the words are the same\n"), "{again}");
    let mut later = files(folder);
    later.retain(|(path, _)| !path.starts_with(".onevoice/"));
    assert_eq!(later, after);

    done(folder, &["content/messages/safer.md", "--by", "police chief", "--audience", "police", "--on", "2026-11-20"]);
    let said = done(folder, &["messages/safer", "--by", "block captain", "--audience", "residents"]);
    assert!(said.ends_with("everyone who is asked has signed it\n"), "{said}");
    assert!(read(folder, FILE).contains("by: police chief\n    on: 2026-11-20\n"));
}

#[test]
fn what_is_not_out_yet_and_what_is_asked_can_be_signed() {
    let folder = coalition();
    let folder = folder.path();
    for item in ["messages/draft", "faqs/later", "audiences/police", "audiences/residents"] {
        done(folder, &[item, "--by", "editor"]);
    }
    assert_eq!(
        entries(folder),
        [
            "messages/draft police editor",
            "faqs/later residents editor",
            "audiences/police police editor",
            "audiences/residents residents editor"
        ]
    );
}

#[test]
fn a_changed_text_is_signed_anew_and_the_old_sign_off_stays_on_record() {
    let folder = coalition();
    let folder = folder.path();
    let all = ["messages/safer", "--by", "editor"];
    done(folder, &all);
    put(folder, "content/local.yaml", "line: 555-0199\n");
    done(folder, &all);
    assert_eq!(entries(folder).len(), 6);
    put(folder, "content/local.yaml", "line: 555-0100\n");
    assert!(done(folder, &all).contains("already"), "the old words are back, and so is their sign-off");
}

#[test]
fn a_role_signs_what_it_is_asked_for_and_nothing_else() {
    let folder = coalition();
    let folder = folder.path();
    let said = done(folder, &["messages/safer", "--by", "police chief"]);
    assert!(said.contains("  for police\n") && !said.contains("residents\n    title"), "{said}");
    assert_eq!(entries(folder), ["messages/safer police police chief"]);
    for (arguments, expected) in [
        (
            &["messages/safer", "--by", "police chief", "--audience", "residents"][..],
            &[
                "`police chief` is not asked to sign `messages/safer` for `residents`",
                "it is asked for police",
                "type `--audience police`",
            ][..],
        ),
        (
            &["faqs/later", "--by", "police chief"],
            &["`police chief` is not asked to sign `faqs/later`", "write `police chief` into `reviewers` of a profile"],
        ),
    ] {
        let said = approve(folder, arguments);
        assert_eq!((said.code, said.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        expected.iter().for_each(|line| assert!(said.stderr.contains(line), "{line}: {}", said.stderr));
    }
    assert_eq!(entries(folder).len(), 1);
}

#[test]
fn what_was_read_is_signed_by_the_code_on_the_page_of_its_role() {
    let folder = coalition();
    let folder = folder.path();
    let page = || {
        assert_eq!(run(folder, &["build", "--edition", "partners", "-q", "--today", TODAY]).code, Some(0));
        read(folder, "partners/review/police-chief/index.html")
    };
    let chief = page();
    let chief = &*chief;
    let shown = chief.split_once("<b>messages/safer ").unwrap().1.split_once("</b>").unwrap().0.to_owned();
    assert!(chief.contains("police/messages/safer/") && !chief.contains("residents"), "{chief}");
    let sign = |version: &str| approve(folder, &["messages/safer", "--by", "police chief", "--version", version]);
    for wrong in ["0000000", "", "abc"] {
        let said = sign(wrong);
        assert_eq!((said.code, said.stdout.as_str()), (Some(2), ""), "{wrong}");
        assert!(said.stderr.contains("no text of the toolkit has the version code"), "{}", said.stderr);
        assert!(said.stderr.contains(&format!("are today {shown} for police")), "{}", said.stderr);
        assert!(said.stderr.contains("`/review/`"), "{}", said.stderr);
    }
    // nobody had signed what was read: it is not known any more, and nothing is said that is not known
    put(folder, "content/local.yaml", "line: 555-0199\n");
    let said = sign(&shown);
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("no text of the toolkit has the version code"), "{}", said.stderr);
    put(folder, "content/local.yaml", "line: 555-0100\n");
    done(folder, &["messages/safer", "--by", "editor"]);
    put(folder, "content/local.yaml", "line: 555-0199\n");
    let said = sign(&shown);
    assert!(said.stderr.contains("they were changed since they were read"), "{}", said.stderr);
    put(folder, "content/local.yaml", "line: 555-0100\n");
    std::fs::remove_file(folder.join(FILE)).unwrap();
    assert_eq!(sign(&shown.to_uppercase()).code, Some(0));
    assert_eq!(entries(folder), ["messages/safer police police chief"]);
    let signed = page();
    assert!(
        signed.contains(&format!("messages/safer {shown} · ")) && !signed.contains("<b>messages/safer"),
        "{signed}"
    );
    assert!(read(folder, "partners/board/index.html").contains("href=\"../review/police-chief/\""));
    // other words: first on the page, with what changed
    put(folder, "content/local.yaml", "line: 555-0199\n");
    let again = page();
    let changed = again.split_once("Read again").unwrap().1.split_once("</article>").unwrap().0;
    assert!(
        changed.contains("555-0100") && changed.contains("555-0199") && changed.contains("<b>messages/safer "),
        "{changed}"
    );
    put(folder, "content/local.yaml", "line: 555-0100\n");
    // one code for the words that some read alike, and not for those of others
    let said = done(folder, &["messages/safer", "--by", "editor", "--version", &shown]);
    assert!(said.contains("for police") && !said.contains("\n  for general"), "{said}");
}

/// The codes of a text, by audience.
fn codes(folder: &Path, item: &str, role: &str) -> Vec<String> {
    let said = approve(folder, &[item, "--by", role, "--version", "0000000"]);
    let (_, list) = said.stderr.split_once("are today ").unwrap();
    let words = list.lines().next().unwrap().split([' ', ',']);
    words
        .filter(|word| word.len() == 7 && word.bytes().all(|sign| sign.is_ascii_hexdigit()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_a_role_is_told_to_send_back_is_taken_as_it_is_typed() {
    let folder = coalition();
    let folder = folder.path();
    let code = codes(folder, "messages/safer", "police chief").remove(0);
    let both = format!("messages/safer {code}");
    for arguments in [
        &[&*both, "--by", "police chief"][..],
        &["messages/safer", &code, "--by", "police chief"],
        &[&format!("Approved: messages/safer, {code}"), "--by", "police chief"],
        &["messages/safer", "--by", "police chief", "--version", &both],
        &["content/messages/safer.md", "--by", "Police Chief", "--version", &format!("messages/safer: {code}.")],
    ] {
        let said = done(folder, arguments);
        assert!(said.starts_with("police chief signed messages/safer on"), "{arguments:?}: {said}");
        assert_eq!(entries(folder), ["messages/safer police police chief"]);
        std::fs::remove_file(folder.join(FILE)).unwrap();
    }
    // of another text of today
    let other = codes(folder, "audiences/police", "police chief").remove(0);
    let said = approve(folder, &["messages/safer", &other, "--by", "police chief"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(2), ""));
    assert!(
        said.stderr.contains("is not of `messages/safer` but of `audiences/police`, as police reads it"),
        "{}",
        said.stderr
    );
    let said = approve(folder, &["messages/safer", &code, "--by", "editor", "--audience", "residents"]);
    assert!(
        said.stderr.contains(&format!("version {code} of `messages/safer` is what police reads")),
        "{}",
        said.stderr
    );
    assert!(!folder.join(FILE).exists());
}

#[test]
fn several_items_are_signed_at_once_or_none() {
    let folder = coalition();
    let folder = folder.path();
    put(folder, "toolkit.yaml", "title: Ours\napprovals: {required: [editor, mayor]}\n");
    let code = codes(folder, "audiences/police", "editor").remove(0);
    let ask = format!("audiences/police {code}");
    let said = done(folder, &["messages/safer", &ask, "messages/draft", "--by", "editor"]);
    for item in ["messages/safer", "audiences/police", "messages/draft"] {
        assert!(said.contains(&format!("editor signed {item} on 2026-11-25\n")), "{said}");
    }
    assert!(
        said.contains("still asked: mayor for messages/safer (general, police, residents), audiences/police (police), messages/draft (police)\n"),
        "{said}"
    );
    assert!(
        said.contains("asked, too, holding up nothing: 2 roles; the board") && !said.contains("block captain"),
        "{said}"
    );
    assert_eq!(entries(folder).len(), 5);
    let before = read(folder, FILE);
    let said = approve(folder, &["audiences/residents", "messages/safer 0000000", "--by", "mayor"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(2), ""));
    assert_eq!(read(folder, FILE), before, "all or nothing");
    let said = done(folder, &["audiences/residents", "audiences/police", "-q", "--by", "mayor"]);
    assert!(said.contains("mayor signed audiences/police") && !said.contains("asked"), "{said}");
    // the same item twice, with two audiences' codes
    let versions: Vec<String> = codes(folder, "messages/safer", "mayor");
    let typed: Vec<String> = versions.iter().map(|code| format!("messages/safer {code}")).collect();
    let mut arguments: Vec<&str> = typed.iter().map(String::as_str).collect();
    arguments.extend(["--by", "mayor"]);
    done(folder, &arguments);
    assert_eq!(
        entries(folder).iter().filter(|entry| entry.starts_with("messages/safer") && entry.ends_with("mayor")).count(),
        3
    );
}

#[test]
fn nobody_signs_today_s_words_on_a_day_when_they_were_others() {
    let folder = coalition();
    let folder = folder.path();
    let refused = |arguments: &[&str], known: &str| {
        let said = approve(folder, arguments);
        assert_eq!((said.code, said.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(said.stderr.contains("have changed since 2026-11-20"), "{}", said.stderr);
        assert!(said.stderr.contains(known), "{}", said.stderr);
    };
    let early = ["messages/safer", "--by", "editor", "--on", "2026-11-20"];
    done(folder, &["messages/safer", "--by", "editor", "--on", "2026-11-22"]);
    put(folder, "content/local.yaml", "line: 555-0199\n");
    refused(&early, "the same role signed other words of it on 2026-11-22");
    done(folder, &["messages/safer", "--by", "editor", "--on", "2026-11-22"]);
    put(folder, "content/faqs/later.md", "---\nquestion: When?\nupdated: 2026-11-21\n---\nSoon.\n");
    refused(&["faqs/later", "--by", "editor", "--on", "2026-11-20"], "its `updated` is 2026-11-21");
    done(folder, &["faqs/later", "--by", "editor", "--on", "2026-11-21"]);
}

#[test]
fn names_that_there_are_not_are_refused_with_what_was_meant() {
    let folder = coalition();
    let folder = folder.path();
    let before = files(folder);
    for (arguments, code, words) in [
        (
            &["messages/safr", "--by", "editor"][..],
            2,
            &["there is no `messages/safr` to sign", "did you mean `messages/safer`?"][..],
        ),
        (&["safer", "--by", "editor"], 2, &["did you mean `messages/safer`?"]),
        (&["message/safer", "--by", "editor"], 2, &["did you mean `messages/safer`?"]),
        (&["faqs/safer", "--by", "editor"], 2, &["did you mean `messages/safer`?"]),
        (&["audience/police", "--by", "editor"], 2, &["did you mean `audiences/police`?"]),
        (&["stories/hers", "--by", "editor"], 2, &["`stories/hers` is not signed by anybody", "messages, questions"]),
        (&["message:safer", "--by", "editor"], 2, &["there is no `message:safer`", "did you mean `messages/safer`?"]),
        (&["audience:police", "--by", "editor"], 2, &["did you mean `audiences/police`?"]),
        (&["messages/safer", "--by", "Editr"], 2, &["no role `Editr`", "did you mean `editor`?"]),
        (&["messages/safer", "messages/safr", "--by", "editor"], 2, &["did you mean `messages/safer`?"]),
        (&["messages/safer", "audiences/police", "--by", "editor", "--version", "3f2a91c"], 2, &["goes with one item"]),
        (
            &["messages/safer", "--by", "editor", "--version", "audiences/police 3f2a91c"],
            2,
            &["sent back for `audiences/police`, not for `messages/safer`"],
        ),
        (&["messages/safer", "--by", "mayor"], 2, &["the roles are editor, police chief and block captain"]),
        (&["messages/safer", "--by", "editor", "--audience", "polcie"], 2, &["did you mean `police`?"]),
        (&["messages/safer", "--by", "editor", "--audience", "law"], 2, &["`law` is a group of police"]),
        (
            &["messages/draft", "--by", "editor", "--audience", "residents"],
            2,
            &["`residents` does not read `messages/draft`", "it is read by police"],
        ),
        (&["audiences/police", "--by", "editor", "--audience", "general"], 2, &["it is read by police"]),
        (&["messages/safer", "--by", "editor", "--on", "2026-11-26"], 2, &["2026-11-26 is still to come"]),
        (&["messages/safer", "--by", "editor", "--on", "2026-02-30"], 2, &["there is no such day"]),
        (&["messages/safer", "--by", "editor", "--on", "tomorrow"], 2, &["a date is typed as"]),
        (&["messages/safer"], 2, &["--by"]),
    ] {
        let said = approve(folder, arguments);
        assert_eq!((said.code, said.stdout.as_str()), (Some(code), ""), "{arguments:?} {}", said.stderr);
        assert!(words.iter().all(|words| said.stderr.contains(words)), "{arguments:?}: {}", said.stderr);
    }
    put(folder, "toolkit.yaml", "title: Ours\n");
    for audience in ["police", "residents"] {
        put(folder, &format!("content/audiences/{audience}.yaml"), "name: A\nask: B.\n");
    }
    let said = approve(folder, &["messages/safer", "--by", "editor"]);
    assert!(
        said.stderr.contains("no role is asked to sign") && said.stderr.contains("required: [editor]"),
        "{}",
        said.stderr
    );
    let mut after = files(folder);
    after.retain(|(path, _)| !path.starts_with(".onevoice/"));
    assert_eq!(after.len(), before.len(), "nothing was written");
}

#[test]
fn a_text_with_errors_is_not_signed_and_errors_elsewhere_do_not_matter() {
    let folder = coalition();
    let folder = folder.path();
    put(folder, "content/faqs/broken.md", "---\nquestoin: x\n---\n");
    done(folder, &["messages/safer", "--by", "editor", "--audience", "police"]);
    let before = read(folder, FILE);
    for (path, text, finding) in [
        ("content/faqs/broken.md", "---\nquestoin: x\n---\n", "error[unknown-key]"),
        ("content/faqs/broken.md", "---\nquestion: x\n---\n::: polcie\nText.\n:::\n", "error[unknown-audience]"),
        ("content/audiences/residents.yaml", "name: [\n", "error[yaml]"),
        ("toolkit.yaml", "title: Ours\napprovals: {required: editor}\ngroups: {law: [polcie]}\n", "error["),
        ("content/approvals.yaml", "approvals:\n  - item: a\n", "error["),
    ] {
        let was = read(folder, path);
        put(folder, path, text);
        let said = approve(folder, &["faqs/broken", "--by", "editor"]);
        assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""), "{path}");
        assert!(said.stderr.contains(finding) && said.stderr.contains("was not signed"), "{}", said.stderr);
        put(folder, path, was);
    }
    assert_eq!(read(folder, FILE), before);
}

#[test]
fn a_file_that_nothing_can_be_added_to_is_left_as_it_is() {
    let folder = coalition();
    let folder = folder.path();
    let text = "extra: {}\n...\n";
    put(folder, FILE, text);
    let said = approve(folder, &["audiences/police", "--by", "editor"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
    assert!(said.stderr.contains("`editor` has signed nothing"), "{}", said.stderr);
    assert!(said.stderr.contains("by hand:\n  - item: audiences/police\n    audience: police\n"), "{}", said.stderr);
    assert_eq!(read(folder, FILE), text);
    assert!(!folder.join("content/approvals").exists());
}

#[test]
fn every_other_byte_and_the_rights_of_the_file_stay() {
    let folder = coalition();
    let folder = folder.path();
    let text = "\u{feff}# Ours.\r\nextra: {a: 'b'}\r\napprovals:   # by day\r\n- text: \"x\"\r\n  on: 2026-01-02\r\n  item: messages/safer\r\n  by: editor\r\n  audience: police # them\r\n\r\n# the end";
    put(folder, FILE, text);
    std::fs::set_permissions(folder.join(FILE), std::fs::Permissions::from_mode(0o640)).unwrap();
    done(folder, &["audiences/police", "--by", "editor"]);
    let after = read(folder, FILE);
    let new = "\r\n- item: audiences/police\r\n  audience: police\r\n  by: editor\r\n  on: 2026-11-25\r\n  text: \"";
    let start = after.find(new).unwrap();
    let end = start + new.len() + 33;
    assert_eq!([&after[..start], &after[end..]].concat(), text);
    assert_eq!(std::fs::metadata(folder.join(FILE)).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn links_are_followed_inside_the_toolkit_alone() {
    let folder = coalition();
    let folder = folder.path();
    let outside = tempfile::tempdir().unwrap();
    put(outside.path(), "approvals.yaml", "approvals: []\n");
    symlink(outside.path().join("approvals.yaml"), folder.join(FILE)).unwrap();
    let said = approve(folder, &["audiences/police", "--by", "editor"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
    assert!(said.stderr.contains("error[unreadable]"), "{}", said.stderr);
    assert_eq!(read(outside.path(), "approvals.yaml"), "approvals: []\n");

    std::fs::remove_file(folder.join(FILE)).unwrap();
    symlink(outside.path(), folder.join("content/approvals")).unwrap();
    let said = approve(folder, &["audiences/police", "--by", "editor"]);
    assert_ne!(said.code, Some(0));
    assert!(!folder.join(FILE).exists(), "no sign-off without its words");
    assert_eq!(files(outside.path()).len(), 1);

    std::fs::remove_file(folder.join("content/approvals")).unwrap();
    put(folder, "kept/ours.yaml", "# ours\napprovals: []\n");
    symlink("../kept/ours.yaml", folder.join(FILE)).unwrap();
    done(folder, &["audiences/police", "--by", "editor"]);
    assert!(read(folder, "kept/ours.yaml").starts_with("# ours\napprovals: [{item: audiences/police"));
    assert!(folder.join(FILE).is_symlink());
}

#[test]
fn of_many_at_once_none_is_lost() {
    let folder = coalition();
    let folder = folder.path();
    put(folder, "toolkit.yaml", "title: Ours\napprovals: {required: [editor, police chief, block captain]}\n");
    let all: Vec<[&str; 5]> = ["messages/safer", "audiences/police", "audiences/residents", "messages/draft"]
        .into_iter()
        .flat_map(|item| ["editor", "police chief", "block captain"].map(|role| ["--today", TODAY, item, "--by", role]))
        .collect();
    let running: Vec<_> = all
        .iter()
        .map(|arguments| {
            let mut command = program(folder, &[&["approve"][..], arguments].concat());
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in running {
        let said = said(&child.wait_with_output().unwrap());
        assert_eq!(said.code, Some(0), "{}", said.stderr);
    }
    let mut entries = entries(folder);
    assert_eq!(entries.len(), 3 * (3 + 1 + 1 + 1));
    entries.sort();
    entries.dedup();
    assert_eq!(entries.len(), 18, "each is there once");
    let left: Vec<_> =
        files(folder).into_iter().map(|(path, _)| path).filter(|path| path.contains("onevoice-")).collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn which_words_changed_since_is_shown_for_people_and_as_data() {
    let folder = coalition();
    let folder = folder.path();
    done(folder, &["messages/safer", "--by", "editor"]);
    done(folder, &["messages/safer", "--by", "police chief", "--audience", "police"]);
    let safer = read(folder, "content/messages/safer.md");
    put(
        folder,
        "content/messages/safer.md",
        safer.replace("It *works*", "It really works").replace("know this", "see this"),
    );
    put(folder, "content/local.yaml", "line: 555-0199\n");
    let said = run(folder, &["status", "--today", "2026-11-26"]);
    let expected = "
    messages/safer       needs editor for everyone (changed since 2026-11-25);
                         asked again: police chief for police (changed since
                         2026-11-25)
                         changed for general, residents since 2026-11-25
                         (editor)
                           claim: It {+really+} works.
                           text: Call [-555-0100.-] {+555-0199.+}
                         changed for police since 2026-11-25 (editor, police
                         chief)
                           claim: It {+really+} works.
                           text: Call [-555-0100.-] {+555-0199.+} You [-know-]
                           {+see+} this.
";
    assert!(said.stdout.contains(expected), "{}", said.stdout);
    let colored = run(folder, &["status", "--today", "2026-11-26", "--color", "always"]).stdout;
    assert!(colored.contains("\u{1b}[31m[-555-0100.-]\u{1b}[0m \u{1b}[32m{+555-0199.+}\u{1b}[0m"), "{colored}");

    let json = run(folder, &["status", "--today", "2026-11-26", "--format", "json"]).stdout;
    let mut json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/status.schema.json");
    let schema: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&json));
    let at = "/items/1/missing/0/changes/1/words/1";
    assert_eq!(json["items"][1]["item"], "messages/safer");
    assert_eq!(json.pointer(at).unwrap(), &serde_json::json!({ "gone": "555-0100.\n" }));
    *json.pointer_mut(at).unwrap() = serde_json::json!({ "lost": "555-0100.\n" });
    assert!(!validator.is_valid(&json), "the schema knows what a change is");

    // words that were not kept, or that somebody changed, are not shown as those that were signed
    for (path, _) in files(&folder.join("content/approvals")) {
        put(folder, &format!("content/approvals/{path}"), "[claim]\nNobody signed this.\n");
    }
    let said = run(folder, &["status", "--today", "2026-11-26"]).stdout;
    assert!(
        said.contains("(changed since 2026-11-25)") && !said.contains("changed for") && !said.contains("Nobody"),
        "{said}"
    );
}

#[test]
fn kept_words_that_somebody_changed_are_kept_anew_and_never_through_a_link() {
    let folder = coalition();
    let folder = folder.path();
    put(folder, "toolkit.yaml", "title: Ours\napprovals: {required: [editor, police chief, block captain]}\n");
    done(folder, &["audiences/police", "--by", "editor"]);
    let (name, words) = files(&folder.join("content/approvals")).remove(0);
    let kept = format!("content/approvals/{name}");
    put(folder, &kept, "[ask]\nSomething else.\n");
    done(folder, &["audiences/police", "--by", "police chief"]);
    assert_eq!(read(folder, &kept).as_bytes(), words);

    let other = "content/messages/draft.md";
    let draft = read(folder, other);
    std::fs::remove_file(folder.join(&kept)).unwrap();
    symlink("../messages/draft.md", folder.join(&kept)).unwrap();
    let approvals = read(folder, FILE);
    let said = approve(folder, &["audiences/police", "--by", "block captain"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(3), ""));
    assert!(said.stderr.contains("a link leads to it"), "{}", said.stderr);
    assert_eq!((read(folder, other), read(folder, FILE)), (draft, approvals));
}
