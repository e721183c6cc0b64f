//! The house rules that a machine can hold: who may use whom, and that every file, rule, command and dependency is where
//! the documents say.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests look at the disk and fail aloud"
)]

use std::fs;
use std::path::{Path, PathBuf};

use onevoice::check::{Rule, rules};
use onevoice::plan::PageKind;

/// Each room and those that it may use, as ARCHITECTURE.md draws them.
const ARROWS: [(&str, &[&str]); 19] = [
    ("finding", &[]),
    ("language", &[]),
    ("source", &["finding", "language"]),
    ("toolkit", &["finding", "language", "source"]),
    ("voice", &["finding", "language", "source", "toolkit"]),
    ("plan", &["finding", "language", "source", "toolkit", "voice"]),
    ("check", &["finding", "language", "source", "toolkit", "voice", "plan"]),
    ("render", &["finding", "language", "source", "toolkit", "voice", "plan"]),
    ("handout", &["finding", "language", "source", "toolkit", "voice", "plan"]),
    ("online", &["finding", "language", "source", "toolkit", "voice"]),
    ("report", &["finding"]),
    ("write", &[]),
    ("import", &["finding", "source"]),
    (
        "pipeline",
        &["finding", "language", "source", "toolkit", "voice", "plan", "check", "render", "handout", "report", "write"],
    ),
    ("publish", &["finding", "language", "source", "toolkit", "voice", "plan", "check", "render", "pipeline", "write"]),
    ("status", &["finding", "language", "source", "toolkit", "voice", "plan", "check", "pipeline", "publish"]),
    ("approve", &["finding", "language", "source", "toolkit", "voice", "check", "pipeline", "write"]),
    (
        "preview",
        &[
            "finding", "language", "source", "toolkit", "voice", "plan", "check", "render", "handout", "report",
            "write", "pipeline",
        ],
    ),
    (
        "cli",
        &[
            "finding", "language", "source", "toolkit", "voice", "plan", "check", "render", "report", "write",
            "pipeline", "publish", "status", "approve", "preview", "online", "import",
        ],
    ),
];

/// The documents that tell users what to type. The contract and the changes name what is not there yet, too.
const MANUAL: [&str; 9] = [
    "README.md",
    "docs/cli.md",
    "docs/rules.md",
    "docs/writing.md",
    "docs/coordinating.md",
    "docs/publishing.md",
    "docs/themes.md",
    "themes/README.md",
    "src/cli/init/README.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The paths of this repository's own files, without what .gitignore names.
fn all_files() -> Vec<String> {
    fn look(folder: &Path, left_out: &[PathBuf], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if left_out.contains(&path) {
            } else if path.is_dir() && !path.is_symlink() {
                look(&path, left_out, found);
            } else {
                found.push(path);
            }
        }
    }
    let ignored = read(".gitignore");
    let names = ignored.lines().map(|line| line.trim_matches('/')).chain([".git"]);
    let left_out: Vec<PathBuf> = names.filter(|name| !name.is_empty()).map(|name| root().join(name)).collect();
    let mut found = Vec::new();
    look(root(), &left_out, &mut found);
    let name = |path: &PathBuf| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    let mut names: Vec<String> = found.iter().map(name).collect();
    names.sort();
    names
}

fn sources() -> impl Iterator<Item = String> {
    all_files().into_iter().filter(|file| file.ends_with(".rs"))
}

/// The rooms that the code of `file` (below src/) names, whichever way it gets there.
fn rooms_used(file: &str, code: &str) -> Vec<&'static str> {
    let module = file.trim_end_matches(".rs").trim_end_matches("/mod");
    // as many `super::` from a file's first level lead to all rooms
    let depth = module.split('/').count();
    let lines = code.lines().map(|line| line.split("// ").next().unwrap_or_default());
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    let ups = "super::".repeat(depth);
    let mut used = Vec::new();
    for start in ["crate::", &ups] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = code[at + start.len()..].trim_start_matches("super::");
            match rest.strip_prefix('{') {
                Some(list) => used.extend(first_names(list)),
                None => used.extend(name(rest)),
            }
        }
    }
    used.sort_unstable();
    used.dedup();
    ARROWS.iter().map(|(room, _)| *room).filter(|room| used.contains(room)).collect()
}

/// The name at the start of `text`.
fn name(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).filter(|name| !name.is_empty())
}

/// The first name of each entry of a list `a::b, c::{d, e}}`.
fn first_names(list: &str) -> Vec<&str> {
    let (mut depth, mut names, mut begins) = (0, Vec::new(), true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && !c.is_whitespace() => {
                names.extend(name(&list[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn no_room_uses_another_against_the_arrows() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some((room, _)) = file.strip_prefix("src/").and_then(|file| file.split_once('/')) else { continue };
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{file}: there is no room {room} in ARROWS and in ARCHITECTURE.md"));
            continue;
        };
        let used = rooms_used(&file["src/".len()..], &read(&file));
        let against = used.into_iter().filter(|used| *used != room && !allowed.contains(used));
        wrong.extend(against.map(|used| format!("{file} uses {used}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_use_is_seen_however_it_is_written() {
    assert_eq!(rooms_used("plan/mod.rs", "use crate::render;"), ["render"]);
    assert_eq!(rooms_used("plan/mod.rs", "use crate::{\n    voice::{self, check},\n    write};"), ["voice", "write"]);
    assert_eq!(rooms_used("plan/mod.rs", "fn x() { super::cli::run() }"), ["cli"]);
    assert_eq!(rooms_used("plan/links.rs", "super::super::report::human()"), ["report"]);
    assert_eq!(rooms_used("plan/links.rs", "mod tests { use super::super::super::write; }"), ["write"]);
    assert_eq!(rooms_used("cli/mod.rs", "use build::x; use self::check::y; // crate::write"), Vec::<&str>::new());
    assert_eq!(rooms_used("cli/build.rs", "use super::check;"), Vec::<&str>::new(), "a neighbor in the same room");
}

#[test]
fn the_picture_of_the_rooms_has_them_all() {
    let architecture = read("ARCHITECTURE.md");
    let library = read("src/lib.rs");
    for (room, _) in ARROWS {
        assert!(architecture.contains(&format!("| `{room}` |")), "{room} is not in ARCHITECTURE.md");
        assert!(library.contains(&format!("pub mod {room};")), "there is no room {room}");
    }
    assert_eq!(library.matches("mod ").count(), ARROWS.len(), "a room is in src/lib.rs and not in ARROWS");
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent: Vec<_> = sources().filter(|file| !read(file).starts_with("//! ")).collect();
    assert_eq!(silent, Vec::<String>::new());
}

/// Where each name of the contract's table of rules stands: its row, and its place in it.
fn contract() -> Vec<(String, String)> {
    let text = read("docs/contract.md");
    let (_, checks) = text.split_once("## 6. Checks").unwrap();
    let (table, _) = checks.split_once("\n\nA word rule").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    rows.flat_map(|(group, names)| {
        let group = group.split(" (").next().unwrap().to_owned();
        names.split('`').skip(1).step_by(2).map(move |name| (group.clone(), name.to_owned()))
    })
    .collect()
}

#[test]
fn every_rule_has_its_file_its_cases_and_its_place_in_the_contract() {
    let contract = contract();
    let place = |rule: &Rule| {
        let at = contract.iter().position(|(group, name)| group == rule.group.name() && name == rule.name);
        at.unwrap_or_else(|| panic!("{} is not in the row {} of docs/contract.md", rule.name, rule.group.name()))
    };
    for rule in rules::ALL {
        let file = format!("src/check/rules/{}.rs", rule.name.replace('-', "_"));
        assert!(read(&file).starts_with(&format!("//! `{}`", rule.name)), "{file} does not begin with its rule's name");
        assert!(!read(&format!("tests/rules/{}.md", rule.name)).is_empty());
        let headings: Vec<_> = ["\n### Why\n", "\n### Wrong\n", "\n### Right\n"].map(|it| rule.docs.find(it)).into();
        assert!(headings.iter().all(Option::is_some) && headings.is_sorted(), "{}: Why, Wrong, Right", rule.name);
    }
    let places: Vec<usize> = rules::ALL.iter().map(|rule| place(rule)).collect();
    for (pair, rules) in places.windows(2).zip(rules::ALL.windows(2)) {
        assert!(pair[0] < pair[1], "{} comes before {} in docs/contract.md", rules[1].name, rules[0].name);
    }
}

#[test]
fn no_rule_and_no_case_is_left_out_of_the_list() {
    for (folder, ending) in [("src/check/rules/", ".rs"), ("tests/rules/", ".md")] {
        let files = all_files();
        let names = files.iter().filter_map(|file| file.strip_prefix(folder));
        for file in names.filter(|file| *file != "mod.rs") {
            let rule = file.strip_suffix(ending).unwrap_or(file).replace('_', "-");
            assert!(
                Rule::find(&rule).is_some(),
                "{folder}{file} is read by nothing: there is no rule {rule} in the list"
            );
        }
    }
}

#[test]
fn messages_begin_in_lower_case_and_end_without_a_stop() {
    let mut wrong = Vec::new();
    for file in all_files().into_iter().filter(|file| file.starts_with("tests/rules/")) {
        for line in read(&file).lines() {
            let start = ["error[", "warning[", "note["].iter().find_map(|start| line.strip_prefix(start));
            let Some((_, message)) = start.and_then(|rest| rest.split_once("]: ")) else { continue };
            if message.starts_with(char::is_uppercase) || message.ends_with(['.', '!']) {
                wrong.push(format!("{file}: {line}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// What the manual says to type: `onevoice …` between backticks, or alone on a line of an example.
fn typed(text: &str) -> Vec<String> {
    let mut typed = Vec::new();
    for line in text.lines() {
        let is_example = line.trim_start().starts_with("onevoice ");
        if is_example {
            // what stands after a wide gap or a sign says what it does
            let line = line.trim().split("  ").next().unwrap_or_default();
            typed.push(line.split(" #").next().unwrap_or_default().to_owned());
        }
        let spans = line.split('`').skip(1).step_by(2);
        typed.extend(spans.filter(|span| span.starts_with("onevoice ")).map(str::to_owned));
    }
    typed
}

/// What does not work in a line that the manual says to type.
fn wrong_in(line: &str, program: &clap::Command) -> Option<String> {
    let own = line.split(['|', '>', '#']).next().unwrap_or_default();
    let mut words = own.split_whitespace().skip(1).peekable();
    let mut command = None;
    while let Some(word) = words.next() {
        let options = program.get_arguments().chain(command.into_iter().flat_map(clap::Command::get_arguments));
        let known = match (word.strip_prefix("--"), word.strip_prefix('-')) {
            (Some(long), _) => options.into_iter().any(|option| option.get_long() == long.split('=').next()),
            (None, Some(short)) => options.into_iter().any(|option| option.get_short() == short.chars().next()),
            (None, None) if command.is_none() && word.chars().all(|c| c.is_ascii_lowercase()) => {
                command = program.find_subcommand(word);
                command.is_some()
            }
            _ => true,
        };
        if !known {
            return Some(format!("there is no {word}"));
        }
        // names of rules are in lower case, RULE stands for any
        let rule = words.peek().filter(|rule| ["explain", "--rule"].contains(&word) && **rule == rule.to_lowercase());
        if let Some(rule) = rule.filter(|rule| Rule::find(rule).is_none()) {
            return Some(format!("there is no rule {rule}"));
        }
    }
    None
}

#[test]
fn what_the_manual_says_to_type_can_be_typed() {
    let mut program = onevoice::cli::command();
    program.build();
    let mut wrong = Vec::new();
    for file in MANUAL {
        for line in typed(&read(file)) {
            wrong.extend(wrong_in(&line, &program).map(|what| format!("{file}: {what}: {line}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_command_and_option_is_in_the_manual() {
    let manual = read("docs/cli.md");
    let mut program = onevoice::cli::command();
    program.build();
    for command in program.get_subcommands() {
        let (_, section) = manual
            .split_once(&format!("\n## onevoice {}\n", command.get_name()))
            .unwrap_or_else(|| panic!("docs/cli.md has no onevoice {}", command.get_name()));
        let section = section.split("\n## ").next().unwrap_or_default();
        let own = command.get_arguments().filter(|option| !option.is_global_set() && !option.is_hide_set());
        for long in own.filter_map(clap::Arg::get_long).filter(|long| *long != "help") {
            assert!(
                section.contains(&format!("--{long}")),
                "docs/cli.md: onevoice {} has --{long}",
                command.get_name()
            );
        }
    }
}

/// The names of the dependencies, those of the tests among them.
fn dependencies() -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in read("Cargo.toml").lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (inside, line.split_once([' ', '.', '='])) {
            names.push(name.to_owned());
        }
    }
    names
}

#[test]
fn every_dependency_has_its_reason_and_its_use() {
    let architecture = read("ARCHITECTURE.md");
    let (_, table) = architecture.split_once("\n## Dependencies\n").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.split([' ', '|']).next());
    let mut told: Vec<_> = rows.filter(|name| *name != "crate").map(str::to_owned).collect();
    let mut there = dependencies();
    told.sort();
    there.sort();
    assert_eq!(told, there, "ARCHITECTURE.md, Dependencies; Cargo.toml");
    let code: String = sources().filter(|file| !file.starts_with("bench/")).map(|file| read(&file)).collect();
    for name in there {
        let name = name.replace('-', "_");
        assert!(code.contains(&format!("{name}::")) || code.contains(&format!("use {name}")), "{name} is not used");
    }
}

#[test]
fn every_kind_of_page_has_its_template_and_its_row_for_themes() {
    let readme = read("themes/README.md");
    for kind in PageKind::ALL.map(PageKind::template) {
        assert!(!read(&format!("themes/plain/templates/{kind}.html")).is_empty());
        assert!(readme.contains(&format!("| `{kind}`")), "themes/README.md does not tell what {kind}.html gets");
    }
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    let documents = ["ARCHITECTURE.md", "CHANGELOG.md", "tests/README.md", "bench/README.md"];
    let made = ["docs/rules.md", "docs/writing.md", "src/cli/init/README.md"]; // their links are examples
    for file in MANUAL.into_iter().chain(documents).filter(|file| !made.contains(file)) {
        let text = read(file);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://") && !link.starts_with('#')) {
            let path = root().join(file).parent().unwrap().join(link.split('#').next().unwrap_or_default());
            assert!(path.try_exists().unwrap(), "{file}: {link}");
        }
    }
}

#[test]
fn no_file_names_a_place_of_one_machine_or_a_registrys_host() {
    let hosts = [
        ("crates", "io"),
        ("npmjs", "com"),
        ("npmjs", "org"),
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("rubygems", "org"),
        ("golang", "org"),
    ];
    let mut places: Vec<String> = hosts.map(|(name, end)| format!("{name}.{end}")).into();
    // as a path begins: after a space, a quote, a bracket
    for folder in ["root", "work", "home"] {
        places.extend([' ', '"', '\'', '`', '(', '=', ':'].map(|before| format!("{before}/{folder}/")));
    }
    let examples = ["/home/me/", "/home/someone"];
    let mut wrong = Vec::new();
    // cargo writes the lock file and names the registry in it
    for file in all_files().into_iter().filter(|file| file != "Cargo.lock") {
        let Ok(text) = fs::read_to_string(root().join(&file)) else { continue };
        for (n, line) in text.lines().enumerate() {
            let line = examples.iter().fold(format!(" {line}"), |line, example| line.replace(example, ""));
            if let Some(place) = places.iter().find(|place| line.contains(place.as_str())) {
                wrong.push(format!("{file}:{}: {}", n + 1, place.trim()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
