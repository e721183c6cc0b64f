//! `onevoice new` writes one file, never over another, and knows what can't be an id.

use super::approve::put;
use super::{files, run, toolkit};

const KINDS: [(&str, &str); 8] = [
    ("message", "content/messages/one-more.md"),
    ("faq", "content/faqs/one-more.md"),
    ("talking-point", "content/talking-points/one-more.md"),
    ("tough-question", "content/tough-questions/one-more.md"),
    ("story", "content/stories/one-more.md"),
    ("win", "content/wins/one-more.md"),
    ("page", "content/pages/one-more.md"),
    ("audience", "content/audiences/one-more.yaml"),
];

#[test]
fn every_kind_starts_a_file_and_says_where_and_what_next() {
    for (kind, path) in KINDS {
        let folder = toolkit();
        let before = files(folder.path()).len();
        let said = run(folder.path(), &["new", kind, "one-more"]);
        assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""), "{kind}");
        assert!(said.stdout.starts_with(&format!("{path} is written\n")), "{}", said.stdout);
        assert!(said.stdout.contains(&format!("next:\n  onevoice check {path}\n")), "{}", said.stdout);
        let text = std::fs::read_to_string(folder.path().join(path)).unwrap();
        assert!(text.contains("One more"), "{text}");
        // a question is asked by people, not by an id
        assert!(!text.contains("\nquestion: \"One more"), "{text}");
        assert_eq!(files(folder.path()).len(), before + 1);

        std::fs::write(folder.path().join(path), "mine").unwrap();
        let said = run(folder.path(), &["new", kind, "one-more"]);
        assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""), "{kind}");
        assert!(said.stderr.contains(&format!("`{path}` is there already; nothing was written")), "{}", said.stderr);
        assert_eq!(std::fs::read_to_string(folder.path().join(path)).unwrap(), "mine");
    }
}

#[test]
fn pages_nest() {
    let folder = toolkit();
    assert_eq!(run(folder.path(), &["new", "page", "about/team"]).code, Some(0));
    assert!(folder.path().join("content/pages/about/team.md").is_file());
    assert_eq!(run(folder.path(), &["new", "page", "about"]).code, Some(0));
    let said = run(folder.path(), &["new", "page", "about/index"]);
    assert_eq!(said.code, Some(1));
    assert!(said.stderr.contains("`content/pages/about.md` has the address"), "{}", said.stderr);
}

#[test]
fn an_id_that_cannot_be_one_ends_with_2_and_the_nearest_good_one() {
    let folder = toolkit();
    let before = files(folder.path());
    for (kind, id, near) in [
        ("faq", "Who pays?", "did you mean `who-pays`?"),
        ("faq", "who-pays.md", "did you mean `who-pays`?"),
        ("faq", "../../escape", "did you mean `escape`?"),
        ("page", "/etc/passwd", "did you mean `etc/passwd`?"),
        ("audience", "general", "take another one, for example `general-audience`"),
        ("page", "messages/x", "take another one"),
        ("audience", "how-it-works", "has the address"),
        ("page", "police/more", "has the address"),
        ("toolkit", "ours", "a new toolkit is made with `onevoice init FOLDER`"),
    ] {
        let said = run(folder.path(), &["new", kind, id]);
        assert!(matches!(said.code, Some(1 | 2)) && said.stdout.is_empty(), "{id}");
        assert!(said.stderr.contains(near), "{id}: {}", said.stderr);
    }
    assert_eq!(files(folder.path()), before);
}

#[test]
fn from_a_folder_below_or_outside_the_commands_that_come_next_work_as_typed() {
    let folder = toolkit();
    let said = run(&folder.path().join("content/faqs"), &["new", "faq", "who-pays"]);
    assert_eq!(said.code, Some(0));
    assert!(said.stdout.starts_with("who-pays.md is written\n"), "{}", said.stdout);
    let outside = tempfile::tempdir().unwrap();
    let root = folder.path().to_str().unwrap();
    let said = run(outside.path(), &["-C", root, "new", "faq", "who-else"]);
    assert!(said.stdout.contains(&format!("onevoice -C {root} check content/faqs/who-else.md")), "{}", said.stdout);
}

/// A draft beside the toolkit, and what `new` says of it.
fn from(kind: &str, name: &str, bytes: &[u8]) -> (tempfile::TempDir, super::Said, String) {
    let folder = toolkit();
    let outside = tempfile::tempdir().unwrap();
    let draft = outside.path().join(name);
    std::fs::write(&draft, bytes).unwrap();
    let said = run(folder.path(), &["new", kind, "one-more", "--from", draft.to_str().unwrap()]);
    assert_eq!(std::fs::read(&draft).unwrap(), bytes, "the draft is only read");
    let path = KINDS.iter().find(|(known, _)| *known == kind).map(|(_, path)| folder.path().join(path)).unwrap();
    let text = std::fs::read_to_string(path).unwrap_or_default();
    (folder, said, text)
}

#[test]
fn a_draft_becomes_the_text_its_title_the_heading_and_what_is_to_be_mended_is_shown() {
    let draft = b"<h1>Who \"pays\"?</h1><h2>Us</h2><p>About 40% of it. <img src=a.png alt='A street'></p>";
    let (_folder, said, text) = from("faq", "draft.html", draft);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(said.stdout.starts_with("content/faqs/one-more.md is written, with the text of "), "{}", said.stdout);
    assert!(said.stdout.contains("\n`question` is the document's title.\n"), "{}", said.stdout);
    assert!(said.stdout.contains("warning[uncited-figure]"), "{}", said.stdout);
    assert!(said.stdout.contains("next:\n  onevoice check content/faqs/one-more.md\n"), "{}", said.stdout);
    assert!(
        said.stderr.contains("note: the file of a picture does not come along: a.png (\"A street\")\n"),
        "{}",
        said.stderr
    );
    assert!(text.contains("\nquestion: \"Who \\\"pays\\\"?\"\n") && text.contains("\n#likely: true\n"), "{text}");
    assert!(text.contains("\n---\n\n## Us\n\nAbout 40% of it.\n<!-- a picture was here: a.png."), "{text}");
}

#[test]
fn keys_of_ours_are_kept_and_those_of_other_tools_are_told() {
    let draft =
        b"---\ntitle: Costs\ndate: 2020-01-02\ntags: [a]\ndraft: true\nanswers: # which\n  - cost\n---\nText.\n";
    let (_folder, said, text) = from("faq", "draft.md", draft);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(said.stderr.contains("note: left out of the front matter: `date`, `tags`\n"), "{}", said.stderr);
    for line in ["\nquestion: Costs\n", "\ndraft: true\n", "\nanswers: # which\n  - cost\n", "\n---\n\nText.\n"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("#draft") && !text.contains("tags"), "{text}");
}

#[test]
fn a_heading_that_no_draft_gave_is_left_to_be_written_and_nothing_is_published_before() {
    for (kind, heading) in [
        ("faq", "question: \"[Write the question here, as people ask it]\""),
        ("page", "title: \"[Write the title here]\""),
    ] {
        let (folder, said, text) = from(kind, "plain-q.txt", b"Some words of an answer.");
        assert_eq!(said.code, Some(0), "{}", said.stderr);
        assert!(text.contains(&format!("\n{heading}\n")), "{text}");
        assert!(said.stdout.contains("is still to be written"), "{}", said.stdout);
        assert!(said.stdout.contains("warning[unfilled]"), "{}", said.stdout);
        let said = run(folder.path(), &["check", "--for", "publish", "--rule", "unfilled"]);
        assert_eq!(said.code, Some(1), "{}", said.stdout);
    }
    let folder = toolkit();
    run(folder.path(), &["new", "faq", "plain-q"]);
    let path = folder.path().join("content/faqs/plain-q.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, _) = text.rsplit_once("\n---\n").unwrap();
    std::fs::write(&path, format!("{head}\n---\n\nTen minutes.\n")).unwrap();
    let said = run(folder.path(), &["check", "--for", "publish", "--rule", "unfilled"]);
    assert!(said.stdout.contains("[Write the question here"), "{}", said.stdout);
}

#[test]
fn a_hand_out_or_page_of_the_partners_edition_stays_theirs() {
    let folder = toolkit();
    put(folder.path(), "content/messages/safer.md", "---\ntitle: Safer streets\nclaim: It works.\n---\nIt does.\n");
    let said = run(folder.path(), &["build", "--edition", "partners"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let sheets: Vec<_> =
        files(&folder.path().join("partners")).into_iter().filter(|(path, _)| path.ends_with(".docx")).collect();
    assert!(!sheets.is_empty());
    for (n, (path, bytes)) in sheets.iter().enumerate() {
        let draft = folder.path().join("draft.docx");
        std::fs::write(&draft, bytes).unwrap();
        let id = format!("taken-{n}");
        let said = run(folder.path(), &["new", "page", &id, "--from", draft.to_str().unwrap()]);
        assert_eq!(said.code, Some(0), "{path}: {}", said.stderr);
        assert!(
            said.stderr.contains("not for the public") && said.stderr.contains("`edition: partners`"),
            "{path}: {}",
            said.stderr
        );
        let text = std::fs::read_to_string(folder.path().join(format!("content/pages/{id}.md"))).unwrap();
        assert!(text.contains("\nedition: partners\n") && !text.contains("#edition"), "{path}: {text}");
        assert!(!text.contains("Partners only. Not for the public"), "{path}: {text}");
    }
    // so does a saved page
    for (n, page) in ["messages/safer/index.html", "board/index.html"].into_iter().enumerate() {
        let page = folder.path().join("partners").join(page);
        let id = format!("saved-{n}");
        let said = run(folder.path(), &["new", "page", &id, "--from", page.to_str().unwrap()]);
        assert_eq!(said.code, Some(0), "{}", said.stderr);
        let text = std::fs::read_to_string(folder.path().join(format!("content/pages/{id}.md"))).unwrap();
        assert!(text.contains("\nedition: partners\n"), "{text}");
        assert!(!text.contains("Partners only. Not for the public"), "{text}");
        std::fs::remove_file(folder.path().join(format!("content/pages/{id}.md"))).unwrap();
    }
    // the public ones are public
    run(folder.path(), &["build"]);
    let sheets = files(&folder.path().join("public")).into_iter().filter(|(path, _)| path.ends_with(".docx"));
    let (_, bytes) = sheets.last().unwrap();
    let draft = folder.path().join("draft.docx");
    std::fs::write(&draft, bytes).unwrap();
    run(folder.path(), &["new", "page", "open", "--from", draft.to_str().unwrap()]);
    let text = std::fs::read_to_string(folder.path().join("content/pages/open.md")).unwrap();
    assert!(!text.contains("\nedition: partners\n"), "{text}");
    let page = folder.path().join("public/messages/safer/index.html");
    run(folder.path(), &["new", "page", "open-too", "--from", page.to_str().unwrap()]);
    let text = std::fs::read_to_string(folder.path().join("content/pages/open-too.md")).unwrap();
    assert!(!text.contains("\nedition: partners\n"), "{text}");
}

#[test]
fn a_draft_that_cannot_be_taken_writes_nothing_and_says_what_helps() {
    for (kind, name, bytes, said) in [
        ("faq", "a.docx", b"%PDF-1.7".as_slice(), "it is a PDF, whatever its name says"),
        ("faq", "a.odt", b"PK", "files that end in .odt can't be read"),
        ("faq", "a.txt", b"", "there is no text in it"),
        ("audience", "a.txt", b"x", "a profile has keys and no text"),
    ] {
        let (folder, result, text) = from(kind, name, bytes);
        assert_eq!((result.code, result.stdout.as_str(), text.as_str()), (Some(2), "", ""), "{name}");
        assert!(result.stderr.contains(said) && result.stderr.contains("= help: "), "{}", result.stderr);
        assert!(!files(folder.path()).iter().any(|(path, _)| path.contains("one-more")));
    }
    let folder = toolkit();
    for (draft, said) in [
        ("none.txt", "there is no file `none.txt`"),
        ("content.md", "is a folder"),
        ("/dev/zero.txt", "there is no file"),
    ] {
        std::fs::create_dir_all(folder.path().join("content.md")).unwrap();
        let result = run(folder.path(), &["new", "faq", "x", "--from", draft]);
        assert_eq!(result.code, Some(2), "{}", result.stderr);
        assert!(result.stderr.contains(said), "{}", result.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_does_not_hold_the_program() {
    let folder = toolkit();
    let pipe = folder.path().join("pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("zero.txt")).unwrap();
    for draft in ["pipe.txt", "zero.txt"] {
        let said = run(folder.path(), &["new", "faq", "x", "--from", draft]);
        assert_eq!(said.code, Some(2));
        assert!(said.stderr.contains(&format!("`{draft}` is no plain file")), "{}", said.stderr);
    }
}
