//! The house rules that a machine can hold: who may use whom, and that every file, rule and dependency is where the
//! documents say.

use std::fs;
use std::path::{Path, PathBuf};

use onevoice::check::rules;

/// A room and the rooms that it may use.
const ARROWS: [(&str, &[&str]); 12] = [
    ("finding", &[]),
    ("language", &[]),
    ("source", &["finding", "language"]),
    ("toolkit", &["finding", "language", "source"]),
    ("voice", &["finding", "language", "source", "toolkit"]),
    ("plan", &["finding", "language", "source", "toolkit", "voice"]),
    ("check", &["finding", "language", "source", "toolkit", "voice", "plan"]),
    ("render", &["finding", "language", "source", "toolkit", "voice", "plan"]),
    ("report", &["finding"]),
    ("write", &[]),
    ("pipeline", &["finding", "language", "source", "toolkit", "voice", "plan", "check", "render", "write"]),
    (
        "cli",
        &[
            "finding", "language", "source", "toolkit", "voice", "plan", "check", "render", "report", "write",
            "pipeline",
        ],
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&root().join("src"), &mut found);
    found.sort();
    let name = |path: &Path| path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn no_room_uses_another_against_the_arrows() {
    let mut wrong = Vec::new();
    for (file, text) in all_sources() {
        let Some((room, _)) = file.split_once('/') else { continue };
        let (_, allowed) = ARROWS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("new room: {room}"));
        for (at, _) in text.match_indices("crate::") {
            let rest = &text[at + "crate::".len()..];
            let used: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let is_room = ARROWS.iter().any(|(name, _)| *name == used);
            if is_room && used != room && !allowed.contains(&used.as_str()) {
                wrong.push(format!("src/{file} uses {used}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent: Vec<_> =
        all_sources().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(file, _)| file).collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn every_rule_has_its_file_its_cases_and_its_line_in_the_contract() {
    let contract = read("docs/contract.md");
    for rule in rules::ALL {
        let file = format!("src/check/rules/{}.rs", rule.name.replace('-', "_"));
        assert!(root().join(&file).is_file(), "{file}");
        assert!(root().join(format!("tests/rules/{}.md", rule.name)).is_file(), "tests/rules/{}.md", rule.name);
        assert!(contract.contains(&format!("`{}`", rule.name)), "{} is not in the contract", rule.name);
        for heading in ["### Why", "### Wrong", "### Right"] {
            assert!(rule.docs.contains(heading), "{}: {heading}", rule.name);
        }
    }
    let files = fs::read_dir(root().join("src/check/rules")).unwrap().count() - 1;
    assert_eq!(files, rules::ALL.len(), "a rule's file is not in the list");
}

#[test]
fn messages_begin_in_lower_case_and_end_without_a_stop() {
    for entry in fs::read_dir(root().join("tests/rules")).unwrap() {
        let path = entry.unwrap().path();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let message =
                ["error[", "warning[", "note["].iter().find_map(|start| line.strip_prefix(start)?.split_once("]: "));
            let Some((_, message)) = message else { continue };
            assert!(!message.starts_with(|c: char| c.is_uppercase()), "{}: {line}", path.display());
            assert!(!message.ends_with('.'), "{}: {line}", path.display());
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let architecture = read("ARCHITECTURE.md");
    let cargo = read("Cargo.toml");
    let mut in_dependencies = false;
    for line in cargo.lines() {
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (in_dependencies, line.split_once(" = ")) {
            assert!(architecture.contains(name), "{name} is not in ARCHITECTURE.md");
        }
    }
}

#[test]
fn no_document_names_a_place_of_a_machine() {
    let mut names = vec!["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "themes/README.md", "tests/README.md"];
    names.extend(["docs/writing.md", "docs/publishing.md", "docs/cli.md", "docs/rules.md", "bench/README.md"]);
    for name in names {
        let text = read(name);
        for place in ["/root/", "/work/"] {
            assert!(!text.contains(place), "{name} names {place}");
        }
    }
}
