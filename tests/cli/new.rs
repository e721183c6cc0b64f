//! `onevoice new` writes one file, never over another, and knows what can't be an id.

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
