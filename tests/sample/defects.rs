//! The sample with one defect of a rule put in: exactly that rule speaks.

use std::fmt::Write as _;

use onevoice::check::Stage;
use onevoice::finding::{Finding, Severity};
use onevoice::pipeline::{Request, check_folder, check_texts};

use super::toolkit::Toolkit;

/// The sample's texts.
fn texts() -> Vec<(String, String)> {
    super::sources().into_iter().filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?))).collect()
}

/// The bytes that stand in lines as pairs of hexadecimal digits.
fn bytes(lines: &[&str]) -> Vec<u8> {
    let digits: Vec<u8> =
        lines.iter().flat_map(|line| line.bytes()).filter(|byte| !byte.is_ascii_whitespace()).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(pair).collect()
}

/// What is found in the sample with these files; those that are no texts can only be read from a disk.
fn found(files: &[(String, String)], others: &[(String, Vec<u8>)]) -> Vec<Finding> {
    let today = "2026-11-25".parse().unwrap();
    if others.is_empty() {
        return check_texts(files, today, Stage::Preview);
    }
    let folder = Toolkit::empty();
    files.iter().for_each(|(path, text)| folder.write(path, text.as_bytes()));
    others.iter().for_each(|(path, bytes)| folder.write(path, bytes));
    let request = Request::to_check(folder.root().to_owned(), today, Stage::Preview, "check");
    check_folder(&request).unwrap().findings
}

/// Puts the files of a case into the toolkit.
fn put(path: &str, lines: &[&str], files: &mut Vec<(String, String)>) {
    if let Some(path) = path.strip_prefix("+ ") {
        let (_, text) = files.iter_mut().find(|(known, _)| known == path).unwrap();
        *text += &format!("{}\n", lines.join("\n"));
    } else if let Some(path) = path.strip_prefix("~ ") {
        let (_, text) = files.iter_mut().find(|(known, _)| known == path).unwrap();
        let with = |sign| lines.iter().filter_map(|line| line.strip_prefix(sign)).collect::<Vec<_>>().join("\n");
        let (old, new) = (with('-'), with('+'));
        assert!(text.contains(&old), "{path} has no {old}");
        *text = text.replacen(&old, &new, 1);
    } else {
        files.push((path.to_owned(), format!("{}\n", lines.join("\n"))));
    }
}

#[test]
fn one_defect_of_a_rule_makes_that_rule_speak_and_no_other() {
    let sample = texts();
    let mut wrong = String::new();
    for case in include_str!("defects.md").split("\n## ").skip(1) {
        let (mut files, mut others) = (sample.clone(), Vec::new());
        let mut lines = case.lines();
        let rule = lines.next().unwrap();
        let mut rest: Vec<&str> = lines.collect();
        while let Some(at) = rest.iter().position(|line| line.starts_with("```")) {
            let info = rest[at].trim_start_matches('`');
            let path = if info.starts_with(['+', '~']) { info } else { info.split_once(' ').unwrap().1 };
            let end = at + 1 + rest[at + 1..].iter().position(|line| *line == "```").unwrap();
            if info.starts_with("hex ") {
                others.push((path.to_owned(), bytes(&rest[at + 1..end])));
            } else {
                put(path, &rest[at + 1..end], &mut files);
            }
            rest = rest.split_off(end + 1);
        }
        let found = found(&files, &others);
        let rules: Vec<&str> = found.iter().map(|finding| &*finding.rule).collect();
        if rules.is_empty() || rules.iter().any(|spoken| *spoken != rule) {
            let _ = writeln!(wrong, "{rule}: {rules:?} {}", found.first().map_or("", |it| &it.message));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Files, each with the line that is broken: a key, and what stands there instead; nothing where the line is gone.
const SLIPS: [(&str, &str, &str); 40] = [
    (
        "content/messages/safer.md",
        "    <fact:seattle-arrest-odds> than",
        "    <fact:seattle-arrest-odd> than people booked as usual.",
    ),
    ("content/facts.yaml", "    label:", "    label: [a, b]"),
    ("content/facts.yaml", "    label:", ""),
    ("content/facts.yaml", "    value:", "    value: [a, b]"),
    ("content/facts.yaml", "    value:", ""),
    ("content/facts.yaml", "    unit:", ""),
    ("content/facts.yaml", "    reads:", "    reads: {a: b}"),
    ("content/facts.yaml", "    reads:", ""),
    ("content/facts.yaml", "    plain:", "    plain: [a, b]"),
    ("content/facts.yaml", "    plain:", ""),
    ("content/facts.yaml", "    source:", "    source: [a, b]"),
    ("content/facts.yaml", "    source:", ""),
    ("content/facts.yaml", "    review_by:", "    review_by: in May"),
    ("content/facts.yaml", "    review_by:", ""),
    ("content/facts.yaml", "    title:", ""),
    ("content/audiences/police.yaml", "name:", "name: [a, b]"),
    ("content/audiences/police.yaml", "name:", ""),
    ("content/audiences/police.yaml", "ask:", ""),
    ("content/audiences/police.yaml", "    says:", "    says: [a, b]"),
    ("content/audiences/police.yaml", "words_per_minute:", "words_per_minute: fast"),
    ("content/partners.yaml", "    type:", "    type: school"),
    ("content/partners.yaml", "    name:", "    name: [a, b]"),
    ("content/terms.yaml", "    level:", "    level: never"),
    ("content/terms.yaml", "    why:", "    why: [a, b]"),
    ("content/local.yaml", "  kind: phone", "  kind: telephone"),
    ("content/local.yaml", "  value:", "  value: [a, b]"),
    ("toolkit.yaml", "title:", "title: [a, b]"),
    ("toolkit.yaml", "title:", ""),
    ("content/messages/safer.md", "title:", "title: [a, b]"),
    ("content/messages/safer.md", "title:", ""),
    ("content/messages/safer.md", "claim:", ""),
    ("content/messages/safer.md", "answers:", "answers: {a: b}"),
    ("content/faqs/who-can-take-part.md", "question:", "qestion:"),
    ("content/pages/accessibility.md", "title:", "title: [a, b]"),
    ("content/pages/press.md", "title:", "question: For the press"),
    ("content/talking-points/made-here.md", "message:", "message: [money, open-books]"),
    ("content/audiences/police.yaml", "handout:", "handout: {pages: 1, word: 480}"),
    ("content/audiences/police.yaml", "message_order:", "message_order: [officers-decide, safr]"),
    ("content/local.yaml", "  value:", "value: Exampletown"),
    ("content/messages/money.md", "  business-owners:", "business-owners: >-"),
];

#[test]
fn one_slip_in_a_value_is_told_alone() {
    let sample = texts();
    let mut wrong = String::new();
    for (path, key, instead) in SLIPS {
        let mut files = sample.clone();
        let (_, text) = files.iter_mut().find(|(known, _)| known == path).unwrap();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("{path} has no {key}"));
        *text = text.replacen(
            &format!("{line}\n"),
            &if instead.is_empty() { String::new() } else { format!("{instead}\n") },
            1,
        );
        let found = found(&files, &[]);
        let serious: Vec<&Finding> = found.iter().filter(|finding| finding.severity > Severity::Note).collect();
        if serious.len() != 1 || *serious[0].place.file != *path {
            let told = serious.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>();
            let _ = writeln!(wrong, "{path}, {key} {instead}: {told:?}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_file_that_others_stand_on_by_a_wrong_name_is_told_alone() {
    for (path, wrong) in [("content/local.yaml", "content/local.yml"), ("content/facts.yaml", "content/fact.yaml")] {
        let mut files = texts();
        files.iter_mut().filter(|(known, _)| known == path).for_each(|(known, _)| wrong.clone_into(known));
        let found = found(&files, &[]);
        let told: Vec<_> =
            found.iter().map(|it| (&*it.rule, it.severity, &*it.place.file, it.help.as_deref())).collect();
        let help = format!("move it to {path}");
        assert_eq!(told, [("unknown-file", Severity::Error, wrong, Some(help.as_str()))], "{path}");
    }
}

#[test]
fn who_links_to_a_file_that_cannot_be_read_is_silent() {
    for path in ["content/faqs/what-does-it-cost.md", "content/pages/how-it-works.md", "content/messages/safer.md"] {
        let mut files = texts();
        files
            .iter_mut()
            .filter(|(known, _)| known == path)
            .for_each(|(_, text)| *text = text.replacen("order: ", "order ", 1));
        let found = found(&files, &[]);
        let told: Vec<_> = found.iter().map(|it| (&*it.rule, &*it.place.file)).collect();
        assert_eq!(told, [("yaml", path)]);
    }
}

/// What is renamed in the sample: a file or folder, or a name in a file.
const RENAMED: [(&str, &str, &str); 9] = [
    ("", "content/audiences/residents.yaml", "content/audiences/neighbors.yaml"),
    ("", "content/audiences/police.yaml", "content/audiences/polise.yaml"),
    ("", "content/messages/money.md", "content/messages/cost.md"),
    ("", "content/pages/how-it-works.md", "content/pages/how.md"),
    ("", "content/talking-points/", "content/talking_points/"),
    ("", "content/faqs/", "content/faq/"),
    ("content/local.yaml", "\nprogram-line:", "\nprogramline:"),
    ("content/facts.yaml", "id: seattle-arrest-odds", "id: seattle-odds"),
    ("content/audiences/residents.yaml", "id: safe-on-my-block", "id: my-block"),
];

#[test]
fn what_was_renamed_is_told_once_and_by_its_new_name() {
    for (file, old, new) in RENAMED {
        let mut files = texts();
        for (path, text) in &mut files {
            if file.is_empty() {
                *path = path.replacen(old, new, 1);
            } else if path == file {
                *text = text.replacen(old, new, 1);
            }
        }
        let found = found(&files, &[]);
        let told: Vec<_> =
            found.iter().map(|it| (it.message.as_str(), it.help.as_deref().unwrap_or_default())).collect();
        assert!(matches!(told.as_slice(), [(_, help)] if help.contains("rename")), "{old}: {told:?}");
    }
}
