//! What is typed and what is answered: exit codes, "did you mean", `-C`, the date, bare `onevoice`.

use super::{program, run, said, toolkit};

#[test]
fn an_unknown_command_ends_with_2_and_the_nearest_one() {
    let folder = tempfile::tempdir().unwrap();
    for (typed, meant) in
        [("buidl", "build"), ("chek", "check"), ("generate", "build"), ("create", "new"), ("lint", "check")]
    {
        let said = run(folder.path(), &[typed]);
        assert_eq!((said.code, said.stdout.as_str()), (Some(2), ""), "{typed}");
        assert!(said.stderr.starts_with(&format!("error: there is no command `{typed}`\n")), "{}", said.stderr);
        assert!(said.stderr.contains(&format!("did you mean `{meant}`?")), "{}", said.stderr);
    }
    let said = run(folder.path(), &["abracadabra"]);
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("the commands are init, new, build, check"), "{}", said.stderr);
    assert!(!said.stderr.contains("did you mean"), "{}", said.stderr);
}

#[test]
fn an_unknown_option_ends_with_2_and_the_nearest_one() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[&str], &str); 5] = [
        (&["build", "--draft"], "did you mean `--drafts`?"),
        (&["build", "--baseURL=x"], "did you mean `--base-url`?"),
        (&["build", "--destination", "x"], "did you mean `--output`?"),
        (&["check", "--source", "x"], "did you mean `-C`?"),
        (&["--versoin"], "did you mean `--version`?"),
    ];
    for (typed, meant) in cases {
        let said = run(folder.path(), typed);
        assert_eq!((said.code, said.stdout.as_str()), (Some(2), ""), "{typed:?}");
        assert!(said.stderr.contains(meant), "{typed:?}: {}", said.stderr);
    }
}

#[test]
fn a_wrong_value_names_those_that_are_right() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[&str], &[&str]); 6] = [
        (&["build", "--edition", "partner"], &["can't stand for `--edition <EDITION>`", "did you mean `partners`?"]),
        (&["check", "--format"], &["`--format <FORMAT>` needs a value", "it is one of: human, json, sarif, github"]),
        (&["new", "questions", "x"], &["it is one of: message, faq, talking-point"]),
        (&["new"], &["`new` needs `<KIND>` and `<ID>`"]),
        (&["--today", "2026-02-30"], &["there is no such day"]),
        (&["-q", "-v"], &["`--quiet` does not go with `--verbose`"]),
    ];
    for (typed, words) in cases {
        let said = run(folder.path(), typed);
        assert_eq!((said.code, said.stdout.as_str()), (Some(2), ""), "{typed:?}");
        for word in words {
            assert!(said.stderr.contains(word), "{typed:?}: {}", said.stderr);
        }
    }
}

#[test]
fn without_a_toolkit_a_command_ends_with_2_and_says_how_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    for typed in [vec!["build"], vec!["check"], vec!["new", "faq", "who-pays"]] {
        let said = run(folder.path(), &typed);
        assert_eq!(said.code, Some(2), "{typed:?}");
        assert!(said.stderr.contains("error: there is no toolkit here"), "{}", said.stderr);
        assert!(said.stderr.contains("`onevoice init`"), "{}", said.stderr);
    }
    assert_eq!(run(folder.path(), &["init", "mine"]).code, Some(0));
    let said = run(folder.path(), &["build"]);
    assert!(said.stderr.contains("there is one in `mine`: go there with `cd mine`"), "{}", said.stderr);
}

#[test]
fn a_command_starts_in_the_folder_of_c_and_finds_the_toolkit_above_it() {
    let folder = toolkit();
    let faqs = folder.path().join("content/faqs");
    let here = run(&faqs, &[]);
    assert!(here.stdout.contains("A way forward"), "{}", here.stdout);
    let elsewhere = tempfile::tempdir().unwrap();
    let there = run(elsewhere.path(), &["-C", faqs.to_str().unwrap()]);
    assert_eq!((there.code, there.stdout), (Some(0), here.stdout));

    for (folder, words) in
        [("nowhere", "there is no folder `nowhere`"), ("toolkit.yaml", "`toolkit.yaml` is no folder")]
    {
        std::fs::write(elsewhere.path().join("toolkit.yaml"), "").unwrap();
        let said = run(elsewhere.path(), &["-C", folder, "check"]);
        assert_eq!(said.code, Some(2));
        assert!(said.stderr.contains(words), "{}", said.stderr);
    }
}

#[test]
fn alone_it_says_what_is_here_and_two_commands_that_make_sense_next() {
    let folder = tempfile::tempdir().unwrap();
    let said = run(folder.path(), &[]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    assert!(said.stdout.contains("onevoice init"), "{}", said.stdout);

    let said = run(toolkit().path(), &[]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    for words in
        ["3 audiences, 2 messages, 3 questions", "2 facts", "theme plain", "onevoice serve --open", "onevoice build"]
    {
        assert!(said.stdout.contains(words), "{words}: {}", said.stdout);
    }

    std::fs::write(folder.path().join("toolkit.yaml"), "title: [").unwrap();
    let said = run(folder.path(), &[]);
    assert_eq!(said.code, Some(0));
    assert!(
        said.stdout.contains("toolkit.yaml can't be read") && said.stdout.contains("onevoice check"),
        "{}",
        said.stdout
    );
}

#[test]
fn help_and_version_are_results() {
    let folder = tempfile::tempdir().unwrap();
    for typed in [&["--help"][..], &["-h"], &["build", "--help"], &["--version"]] {
        let said = run(folder.path(), typed);
        assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""), "{typed:?}");
        assert!(said.stdout.contains("onevoice") || said.stdout.contains("Usage"), "{typed:?}");
    }
}

#[test]
fn the_date_of_the_run_is_given_or_that_of_the_build() {
    let folder = toolkit();
    let date = |variable: &str, typed: &[&str], id: &str| {
        let arguments = [typed, &["new", "win", id]].concat();
        let mut command = program(folder.path(), &arguments);
        if !variable.is_empty() {
            command.env("SOURCE_DATE_EPOCH", variable);
        }
        let said = said(&command.output().unwrap());
        assert_eq!(said.code, Some(0), "{}", said.stderr);
        let text = std::fs::read_to_string(folder.path().join(format!("content/wins/{id}.md"))).unwrap();
        text.lines().find_map(|line| line.strip_prefix("date: ")).unwrap().to_owned()
    };
    assert_eq!(date("", &["--today", "2024-02-29"], "a"), "2024-02-29");
    assert_eq!(date("86400", &[], "b"), "1970-01-02");
    assert_eq!(date("86400", &["--today", "2024-02-29"], "c"), "2024-02-29");
    assert!(date("", &[], "d").as_str() > "2025");

    let said = said(&program(folder.path(), &["new", "win", "e"]).env("SOURCE_DATE_EPOCH", "soon").output().unwrap());
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("SOURCE_DATE_EPOCH is `soon`"), "{}", said.stderr);
}

#[test]
fn options_that_cannot_work_are_told_before_anything_is_done() {
    let folder = toolkit();
    let said = run(folder.path(), &["build", "--drafts"]);
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("`--drafts` needs `--output`"), "{}", said.stderr);
    let said = run(folder.path(), &["build", "--base-url", "example.org"]);
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("begins with https://"), "{}", said.stderr);
    let said = run(folder.path(), &["check", "content/faq"]);
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("there is no `content/faq`"), "{}", said.stderr);
    let said = run(folder.path(), &["check", "/"]);
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("`/` is not in this toolkit"), "{}", said.stderr);
    let said = run(folder.path(), &["check", "--rule", "unknown-kay"]);
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("did you mean `unknown-key`?"), "{}", said.stderr);
}

#[test]
fn a_rule_is_explained_and_the_list_has_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let list = run(folder.path(), &["explain"]);
    assert_eq!((list.code, list.stderr.as_str()), (Some(0), ""));
    assert!(list.stdout.starts_with("structure\n"), "{}", list.stdout);
    let one = run(folder.path(), &["explain", "[unknown-key]"]);
    assert!(one.code == Some(0) && one.stdout.contains("unknown-key"), "{}", one.stdout);
    let none = run(folder.path(), &["explain", "unknown-kay"]);
    assert_eq!((none.code, none.stdout.as_str()), (Some(2), ""));
    assert!(none.stderr.contains("did you mean `unknown-key`?"), "{}", none.stderr);
}

#[test]
fn a_schema_is_json_and_an_unknown_one_names_those_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let all = run(folder.path(), &["schema"]);
    let all: serde_json::Value = serde_json::from_str(&all.stdout).unwrap();
    let one = run(folder.path(), &["schema", "audience"]);
    let one: serde_json::Value = serde_json::from_str(&one.stdout).unwrap();
    assert_eq!(all["audience"], one);
    let theme = run(folder.path(), &["schema", "theme"]);
    assert!(theme.code == Some(0) && theme.stdout.contains("page"), "{}", theme.stdout);
    let none = run(folder.path(), &["schema", "audiences"]);
    assert_eq!(none.code, Some(2));
    assert!(none.stderr.contains("did you mean `audience`?"), "{}", none.stderr);
}
