//! Who says yes: `--yes`, somebody at a terminal, or nobody. And `--dry-run`, which changes nothing at all.

use std::process::Command;

use crate::site::{Place, TODAY, whole_tree};

/// Starts the program at a terminal of its own (a pseudo terminal), types the answer when it is asked, and prints what
/// was shown and `code N`.
const TERMINAL: &str = "\
import os, pty, sys, select
answer, program = sys.argv[1], sys.argv[2:]
pid, terminal = pty.fork()
if pid == 0:
    os.execv(program[0], program)
shown = b''
asked = False
while True:
    ready, _, _ = select.select([terminal], [], [], 60)
    if not ready:
        break
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    shown += piece
    if b'Type yes or no' in shown and not asked:
        asked = True
        os.write(terminal, (answer + '\\n').encode())
_, status = os.waitpid(pid, 0)
print(shown.decode('utf-8', 'replace'))
print('code', os.waitstatus_to_exitcode(status))
";

fn at_a_terminal(place: &Place, answer: &str) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_onevoice");
    let mut command = Command::new("python3");
    command.args(["-c", TERMINAL, answer, program, "publish", "--today", TODAY]).current_dir(place.root());
    match command.output() {
        Ok(said) => Some(String::from_utf8(said.stdout).unwrap()),
        Err(_) => {
            eprintln!("left out, needs python3");
            None
        }
    }
}

#[test]
fn without_an_answer_nothing_becomes_public() {
    let place = Place::new();
    let tree = whole_tree(place.dir.path());
    let said = place.publish(&[]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.stdout.contains("public for the first time") && said.stdout.contains("messages/safer"),
        "{}",
        said.stdout
    );
    assert!(said.stderr.contains("type the same with `--yes`"), "{}", said.stderr);
    assert!(whole_tree(place.dir.path()) == tree, "something was written");
}

#[test]
fn an_answer_at_the_terminal_is_asked_for_once_and_counts() {
    let place = Place::new();
    for answer in ["no", "", "maybe"] {
        let Some(said) = at_a_terminal(&place, answer) else { return };
        assert!(said.contains("Type yes or no") && said.trim_end().ends_with("code 1"), "{answer}: {said}");
        assert!(!place.root().join("public").exists(), "{answer}");
    }
    let Some(said) = at_a_terminal(&place, "yes") else { return };
    assert!(said.trim_end().ends_with("code 0") && said.contains("published: "), "{said}");
    // nothing is new any more, so nobody is asked
    place.message("safer", "Safer roads", "Streets get safer. <fact:odds>");
    let Some(said) = at_a_terminal(&place, "no") else { return };
    assert!(said.trim_end().ends_with("code 0") && !said.contains("Type yes or no"), "{said}");
    // in color, with the signs
    assert!(said.contains("\u{1b}[31m[-streets-]") && said.contains("\u{1b}[32m{+roads+}"), "{said}");
}

#[test]
fn what_was_public_once_is_not_asked_about_again() {
    let place = Place::new();
    place.published(&["--yes"]);
    let faq = place.root().join("content/faqs/who-pays.md");
    let text = std::fs::read_to_string(&faq).unwrap();
    std::fs::remove_file(&faq).unwrap();
    let another = crate::run(&place.root(), &["publish", "--dry-run", "--today", "2026-11-26"]).stdout;
    assert!(another.contains("differs on another day"), "{another}");
    let said = place.published(&[]);
    assert!(!said.contains("another day"), "{said}");
    assert!(said.contains("removed (1)\n  faqs/who-pays"), "{said}");
    std::fs::write(&faq, text).unwrap();
    let said = place.published(&[]);
    assert!(said.contains("public again (1)\n  faqs/who-pays"), "{said}");
    // what a build left in public/ was never published
    place.faq("new", "New?", "Yes.");
    assert_eq!(crate::run(&place.root(), &["build"]).code, Some(0));
    let said = place.publish(&[]);
    assert_eq!(said.code, Some(1));
    assert!(said.stdout.contains("public for the first time (1)\n  faqs/new"), "{}", said.stdout);
    // where what is kept is lost, more is asked, never less
    place.published(&["--yes"]);
    std::fs::remove_dir_all(place.root().join(".onevoice")).unwrap();
    let said = place.publish(&["--to", "public"]);
    assert_eq!(said.code, Some(1), "{}", said.stdout);
    assert_eq!(place.publish(&[]).code, Some(1));
    // and another host knows nothing yet
    assert_eq!(place.publish(&["--host", "netlify"]).code, Some(1));
}

#[test]
fn stories_pages_and_files_are_asked_about_too() {
    let place = Place::new();
    let out = place.out();
    let to = out.to_str().unwrap();
    place.published(&["--to", to, "--yes"]);
    place.put("content/files/plan.txt", "plan\n");
    place.put("content/pages/how.md", "---\ntitle: How\n---\n[The plan](../files/plan.txt).\n");
    place.put("content/stories/hers.md", "---\ntitle: Hers\nperson: composite\n---\nShe came.\n");
    let said = place.publish(&["--to", to]);
    assert_eq!(said.code, Some(1), "{}", said.stderr);
    for name in ["stories/hers \"Hers\"", "pages/how \"How\"", "files/plan.txt"] {
        assert!(said.stdout.contains(&format!("  {name}")), "{name}: {}", said.stdout);
    }
    place.published(&["--to", to, "--yes"]);
    std::fs::remove_dir_all(place.root().join(".onevoice")).unwrap();
    assert!(!place.published(&["--to", to]).contains("first time"));
}

#[test]
fn errors_stop_it_and_exit_codes_are_those_of_the_contract() {
    let place = Place::new();
    place.published(&["--yes"]);
    let tree = whole_tree(place.dir.path());
    place.put("content/faqs/who-pays.md", "---\nquestion: Who pays?\n---\nSee <fact:none>.\n");
    let said = place.publish(&["--yes"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.stderr.contains("unknown-reference") && said.stderr.contains("nothing was published: 1 error"),
        "{}",
        said.stderr
    );
    place.faq("who-pays", "Who pays?", "The town pays for it.");
    let names = |tree: &[(std::path::PathBuf, Vec<u8>, std::time::SystemTime)]| {
        tree.iter().map(|(path, bytes, _)| (path.clone(), bytes.clone())).collect::<Vec<_>>()
    };
    assert!(names(&whole_tree(place.dir.path())) == names(&tree));
    assert_eq!(place.publish(&["--to", "a", "--zip", "b.zip"]).code, Some(2));
    assert_eq!(place.publish(&["--base-url", "example.org"]).code, Some(2));
    assert_eq!(crate::run(place.dir.path(), &["publish"]).code, Some(2));
    // a figure without its fact is a warning in preview and an error here
    place.message("money", "Money", "Costs fell by 73%.");
    assert_eq!(crate::run(&place.root(), &["build"]).code, Some(0));
    assert_eq!(place.publish(&["--yes"]).code, Some(1));
}

#[test]
fn a_dry_run_changes_nothing_at_all() {
    let place = Place::new();
    let out = place.out();
    let zip = place.dir.path().join("site.zip");
    let (to, file) = (out.to_str().unwrap(), zip.to_str().unwrap());
    let ways: [&[&str]; 5] =
        [&[], &["--host", "netlify"], &["--to", to], &["--zip", file], &["--edition", "partners", "--zip", file]];
    for published in [false, true] {
        for way in ways {
            let tree = whole_tree(place.dir.path());
            for more in [&["--dry-run"][..], &["--dry-run", "--yes", "--workflow"]] {
                let said = place.publish(&[way, more].concat());
                if !(published && way.contains(&"partners")) {
                    assert_eq!(said.code, Some(0), "{way:?}: {}", said.stderr);
                    assert!(said.stdout.contains("nothing was written"), "{}", said.stdout);
                }
                assert!(whole_tree(place.dir.path()) == tree, "{way:?} {more:?}");
            }
        }
        for way in ways.iter().take(4) {
            place.published(&[way, &["--yes"][..]].concat());
        }
        place.message("safer", "Safer roads", "Streets get safer. <fact:odds>");
    }
}

#[test]
fn two_at_once_take_turns() {
    let place = Place::new();
    place.published(&["--yes"]);
    place.message("safer", "Safer roads", "Streets get safer. <fact:odds>");
    let both: Vec<_> = (0..2)
        .map(|_| {
            crate::program(&place.root(), &["publish", "--yes", "--today", TODAY])
                .stdout(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in both {
        assert_eq!(crate::said(&child.wait_with_output().unwrap()).code, Some(0));
    }
    assert!(place.published(&[]).contains("no file differs"));
}

#[test]
fn a_look_lists_what_would_change_also_where_publishing_is_refused_and_the_errors_come_last() {
    let place = Place::new();
    place.published(&["--yes"]);
    place.put("toolkit.yaml", "title: Kit\nbase_url: https://example.org/kit/\napprovals: {required: [editor]}\n");
    place.put("content/audiences/police.yaml", "name: Police\nask: Call us.\nreviewers: [sergeant]\n");
    place.message("safer", "Safer roads", "Streets get safer. <fact:odds>");
    place.faq("who-pays", "Who pays?", "The town pays 30% of it.");
    let tree = whole_tree(place.dir.path());
    let said = place.publish(&["--dry-run"]);
    assert_eq!(said.code, Some(1));
    assert!(said.stdout.contains("[-streets-] {+roads+}"), "{}", said.stdout);
    assert!(said.stderr.contains("publishing would be refused: "), "{}", said.stderr);
    assert!(
        !said.stderr.contains("note[") && said.stderr.contains("`onevoice check --for publish` lists them"),
        "{}",
        said.stderr
    );
    let last_warning = said.stderr.rfind("warning[").unwrap_or_default();
    assert!(said.stderr.find("error[").unwrap() > last_warning, "{}", said.stderr);
    assert!(place.publish(&["--dry-run", "-v"]).stderr.contains("note[unsigned]: `sergeant` has "));
    assert!(whole_tree(place.dir.path()) == tree, "something was written");
    // where not even a build is made, there is nothing to compare
    place.put("content/faqs/who-pays.md", "---\nquestoin: x\n---\n");
    let said = place.publish(&["--dry-run"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
    assert!(said.stderr.contains("can't be listed before the errors are mended"), "{}", said.stderr);
    let said = place.publish(&["--yes"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
    assert!(said.stderr.contains("nothing was published: "), "{}", said.stderr);
}

#[test]
fn what_others_did_to_the_published_folder_is_told_before_it_is_written_anew() {
    let place = Place::new();
    let out = place.out();
    let to = ["--to", out.to_str().unwrap(), "--yes"];
    place.published(&to);
    assert!(place.published(&to).contains("no file differs"));
    std::fs::write(out.join("index.html"), "mine").unwrap();
    std::fs::remove_file(out.join("faq/index.html")).unwrap();
    let said = place.published(&[&to[..], &["--dry-run"]].concat());
    assert!(said.contains("changed there by others, and written anew (1)\n  index.html\n"), "{said}");
    assert!(said.contains("missing there, and written anew (1)\n  faq/index.html\n"), "{said}");
    assert!(!said.contains("no file differs") && said.contains("new: 1 page; changed: 1 page"), "{said}");
    assert_eq!(std::fs::read_to_string(out.join("index.html")).unwrap(), "mine");
    place.published(&to);
    assert!(place.published(&to).contains("no file differs"));

    // a broken toolkit.json: what was published from here is known
    std::fs::write(out.join("toolkit.json"), "{").unwrap();
    let said = place.published(&[&to[..], &["--dry-run"]].concat());
    assert!(said.contains("changed there by others, and written anew (1)\n  toolkit.json\n"), "{said}");
    assert!(!said.contains("public for the first time") && !said.contains("no file differs"), "{said}");
}
