//! The cases of tests/rules, one page a rule, and the examples of the rules' docs, through the whole pipeline.
//!
//! On a page a heading starts a case. A fence with a path is a file of the case; files above the first heading are in
//! every case. A fence `findings` is the exact output; without one the case has none. While a `findings` fence holds
//! only lines like `# unknown-key content/faqs/a.md:3:1` (the column, the line or the end of the path may be left out),
//! only rules and places are compared. `UPDATE_EXPECT=1` writes what came out, unless such a line says otherwise.
//!
//! A case whose heading ends with "when publishing" is checked for publishing, every other one for preview.
//!
//! What every toolkit needs is added where a case does not show it: a title, `base_url`, one audience. Rules of other
//! pages are off where they can be; the text above the first heading switches rules on by naming them.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use onevoice::check::rules::ALL;
use onevoice::check::{Fixed, Stage};
use onevoice::check_texts as check;

const TODAY: &str = "2026-11-24";

/// A Markdown page of cases.
#[derive(Default)]
struct Page {
    /// What stands above the first heading.
    intro: String,
    cases: Vec<Case>,
}

#[derive(Clone, Default)]
struct Case {
    heading: String,
    files: Vec<(String, String)>,
    /// The lines inside the fence `findings`, counted from 0.
    fence: Option<Range<usize>>,
    expected: String,
}

impl Page {
    fn parse(text: &str) -> Self {
        let mut page = Self::default();
        let mut shared = Case::default();
        let mut lines = text.lines().enumerate();
        while let Some((n, line)) = lines.next() {
            let ticks = line.len() - line.trim_start_matches('`').len();
            if ticks >= 3 {
                let close = &line[..ticks];
                let body: Vec<_> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != close).collect();
                let case = page.cases.last_mut().unwrap_or(&mut shared);
                case.fence(&line[ticks..], n + 1, &body);
            } else if let Some(heading) = line.strip_prefix("### ").or_else(|| line.strip_prefix("## ")) {
                page.cases.push(Case { heading: heading.to_owned(), ..shared.clone() });
            } else if page.cases.is_empty() {
                page.intro += line;
                page.intro.push('\n');
            }
        }
        page
    }
}

impl Case {
    fn fence(&mut self, info: &str, first: usize, body: &[&str]) {
        let text: String = body.iter().flat_map(|line| [line, "\n"]).collect();
        if info == "findings" {
            self.expected = text;
            self.fence = Some(first..first + body.len());
        } else if let Some((_, path)) = info.split_once(' ') {
            self.files.retain(|(known, _)| known != path);
            self.files.push((path.to_owned(), text));
        }
    }

    fn stage(&self) -> Stage {
        if self.heading.ends_with("when publishing") { Stage::Publishing } else { Stage::Preview }
    }

    /// The places that lines starting with `# ` ask for.
    fn places(&self) -> Vec<&str> {
        self.expected.lines().filter_map(|line| line.strip_prefix("# ")).collect()
    }

    /// The exact output that is expected, where there is one.
    fn exact(&self) -> Option<String> {
        let lines: String =
            self.expected.lines().filter(|line| !line.starts_with("# ")).flat_map(|line| [line, "\n"]).collect();
        (self.fence.is_none() || !lines.trim().is_empty()).then_some(lines)
    }

    /// The files with what every toolkit needs; of the rules that can be switched off only `on` are left.
    fn toolkit(&self, on: &[&str]) -> Vec<(String, String)> {
        let mut files = self.files.clone();
        if !files.iter().any(|(path, _)| path.starts_with("content/audiences/")) {
            files.push(("content/audiences/police.yaml".into(), "name: Police\nask: Refer people.\n".into()));
        }
        if !files.iter().any(|(path, _)| path == "toolkit.yaml") {
            files.push(("toolkit.yaml".into(), "title: Our toolkit\n".into()));
        }
        let off: String = ALL
            .iter()
            .filter(|rule| rule.fixed != Fixed::Whole && !on.contains(&rule.name))
            .map(|rule| format!("  {}: off\n", rule.name))
            .collect();
        for (_, text) in files.iter_mut().filter(|(path, _)| path == "toolkit.yaml") {
            if !text.contains("base_url:") && !on.contains(&"no-base-url") {
                text.push_str("base_url: https://toolkit.example.org\n");
            }
            if !text.contains("checks:") && !off.is_empty() {
                *text += &format!("checks:\n{off}");
            }
        }
        files
    }
}

/// `rule file:line:column` of each finding in a report for people.
fn places(report: &str) -> Vec<String> {
    let mut lines = report.lines().peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let Some((severity, rest)) = line.split_once('[') else { continue };
        let Some((rule, _)) = rest.split_once("]: ") else { continue };
        if !["error", "warning", "note"].contains(&severity) {
            continue;
        }
        // a message of several lines stands above the place
        let place = lines.by_ref().find_map(|line| line.trim_start().strip_prefix("--> ").map(str::to_owned));
        found.push(format!("{rule} {}", place.unwrap_or_default()));
    }
    found
}

/// What is asked for and not found, and what is found and not asked for.
fn differences(asked: &[&str], mut found: Vec<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for place in asked {
        let fits = |found: &String| {
            found.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        };
        match found.iter().position(fits) {
            Some(at) => drop(found.remove(at)),
            None => wrong.push(format!("not found: {place}")),
        }
    }
    wrong.extend(found.into_iter().map(|place| format!("not asked for: {place}")));
    wrong
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// The pages in the order of the list, each with its rule's name, path and text.
fn pages() -> Vec<(&'static str, PathBuf, String)> {
    ALL.iter()
        .map(|rule| {
            let path = folder().join(format!("{}.md", rule.name));
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (rule.name, path, text)
        })
        .collect()
}

/// The page's rule, and those that its first text names.
fn rules_on(rule: &'static str, page: &Page) -> Vec<&'static str> {
    let named = ALL.iter().map(|rule| rule.name).filter(|name| page.intro.contains(&format!("`{name}`")));
    named.chain([rule]).collect()
}

#[test]
fn every_case_finds_what_its_page_says() {
    let wrong: String = pages()
        .into_iter()
        .map(|(rule, path, text)| {
            let page = Page::parse(&text);
            compare(rule, &path, &text, &page, &rules_on(rule, &page))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// tests/slips.md: what writers do most often, with all rules on.
#[test]
fn the_slips_of_writers_are_answered_in_their_words() {
    let path = folder().with_file_name("slips.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let page = Page::parse(&text);
    let on: Vec<&str> = ALL.iter().map(|rule| rule.name).filter(|name| *name != "no-base-url").collect();
    let wrong = compare("slips", &path, &text, &page, &on);
    assert!(wrong.is_empty(), "\n{wrong}");
    for case in &page.cases {
        assert!(case.exact().is_some_and(|expected| !expected.is_empty()), "{}: no finding", case.heading);
        for word in ["mapping", "token", "scalar", "parse", "regex", "block collection", "unmarshal", "null"] {
            assert!(!case.expected.contains(word), "{}: `{word}` is a programmer's word", case.heading);
        }
    }
}

/// What the cases of a page find otherwise than it says; with `UPDATE_EXPECT=1` the page says what they find.
fn compare(name: &str, path: &Path, text: &str, page: &Page, on: &[&str]) -> String {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // from the end, so that the lines above keep their numbers
    for case in page.cases.iter().rev() {
        let output = check(&case.toolkit(on), TODAY, case.stage());
        let mut differs =
            if case.places().is_empty() { Vec::new() } else { differences(&case.places(), places(&output)) };
        let exact = case.exact().is_none_or(|expected| expected.trim_end() == output.trim_end());
        match &case.fence {
            Some(fence) if update && differs.is_empty() => {
                lines.splice(fence.clone(), output.trim_end().lines().map(str::to_owned));
                continue;
            }
            _ if !exact => differs.push(format!("expected:\n{}", case.expected)),
            _ => {}
        }
        if !differs.is_empty() {
            let _ = writeln!(wrong, "{name}, {}\n{}\nfound:\n{output}", case.heading, differs.join("\n"));
        }
    }
    if update {
        std::fs::write(path, lines.join("\n") + "\n").unwrap();
    }
    wrong
}

#[test]
fn the_docs_of_a_rule_show_what_is_wrong_and_what_is_right() {
    let mut wrong = String::new();
    for rule in ALL {
        for case in Page::parse(rule.docs).cases.iter().filter(|case| !case.files.is_empty()) {
            let output = check(&case.toolkit(&[rule.name]), TODAY, Stage::Preview);
            let found = places(&output).iter().any(|place| place.split(' ').next() == Some(rule.name));
            if found != (case.heading == "Wrong") {
                let _ = writeln!(wrong, "{}, {}:\n{output}", rule.name, case.heading);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_page_has_a_case_that_is_found_and_one_that_is_not() {
    for (rule, _, text) in pages() {
        let page = Page::parse(&text);
        assert!(page.intro.starts_with(&format!("# `{rule}`\n")), "{rule}");
        assert!(page.cases.iter().any(|case| case.fence.is_none()), "{rule}: no case without findings");
        let shown = ALL.iter().any(|listed| listed.name == rule && listed.docs.contains("\n### Wrong\n```"));
        let found = page.cases.iter().any(|case| case.fence.is_some());
        assert!(found || !shown, "{rule}: no case with findings");
        for case in &page.cases {
            assert!(!case.files.is_empty(), "{rule}, {}: no file", case.heading);
        }
    }
}

#[test]
fn every_expected_place_is_in_its_case() {
    for (rule, _, text) in pages() {
        for case in Page::parse(&text).cases {
            for expected in case.places() {
                let (name, place) = expected.split_once(' ').unwrap_or_else(|| panic!("{rule}: {expected}"));
                assert!(ALL.iter().any(|rule| rule.name == name), "{rule}: no rule `{name}`");
                let mut parts = place.split(':');
                let path = parts.next().unwrap_or_default();
                let file = case.files.iter().find(|(known, _)| known.starts_with(path));
                let (_, text) = file.unwrap_or_else(|| panic!("{rule}, {}: no file {path}", case.heading));
                let Some(line) = parts.next() else { continue };
                let line = text.lines().nth(line.parse::<usize>().unwrap() - 1);
                let line = line.unwrap_or_else(|| panic!("{rule}, {}: no such line: {expected}", case.heading));
                let column = parts.next().map_or(1, |column| column.parse().unwrap());
                assert!(column <= line.chars().count() + 1, "{rule}, {}: no such column: {expected}", case.heading);
            }
        }
    }
}

#[test]
fn a_page_is_read_as_its_first_lines_say() {
    let page = Page::parse(
        "# `x`\n\n```md all.md\nall\n```\n\n## One\n\n````md a.md\n```\n## no heading\n```\n````\n\n```findings\n# x a.md:1\n```\n\n## Two\n",
    );
    assert_eq!(page.cases.iter().map(|case| case.heading.as_str()).collect::<Vec<_>>(), ["One", "Two"]);
    let one = &page.cases[0];
    assert_eq!(one.files, [("all.md".into(), "all\n".into()), ("a.md".into(), "```\n## no heading\n```\n".into())]);
    assert_eq!((one.places(), one.fence.clone(), one.exact()), (vec!["x a.md:1"], Some(15..16), None));
    assert_eq!(page.cases[1].exact(), Some(String::new()), "no fence: nothing is found");
}

#[test]
fn places_are_compared_as_far_as_they_are_given() {
    let report = "error[x]: m\n --> a/b.md:3:1\n  |\n3 | t [x]: y\n\nwarning[y]: m\n--> c.png\n = help: h\n";
    assert_eq!(places(report), ["x a/b.md:3:1", "y c.png"]);
    let wrong = |asked: &[&str]| differences(asked, places(report));
    assert!(wrong(&["x a/b.md:3", "y c.png"]).is_empty());
    assert!(wrong(&["x a", "y c.png"]).is_empty());
    assert_eq!(wrong(&["x a/b.md:31", "y c.png"]).len(), 2);
    assert_eq!(wrong(&["x a/b.md:3:1"]), ["not asked for: y c.png"]);
}
