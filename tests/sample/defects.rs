//! The sample with one defect of a rule put in: exactly that rule speaks.

use std::fmt::Write as _;

use onevoice::check::Stage;
use onevoice::pipeline::check_texts;

/// The sample's texts.
fn texts() -> Vec<(String, String)> {
    super::sources().into_iter().filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?))).collect()
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
    let today = "2026-11-25".parse().unwrap();
    let mut wrong = String::new();
    for case in include_str!("defects.md").split("\n## ").skip(1) {
        let mut files = sample.clone();
        let mut lines = case.lines();
        let rule = lines.next().unwrap();
        let mut rest: Vec<&str> = lines.collect();
        while let Some(at) = rest.iter().position(|line| line.starts_with("```")) {
            let info = rest[at].trim_start_matches('`');
            let path = if info.starts_with(['+', '~']) { info } else { info.split_once(' ').unwrap().1 };
            let end = at + 1 + rest[at + 1..].iter().position(|line| *line == "```").unwrap();
            put(path, &rest[at + 1..end], &mut files);
            rest = rest.split_off(end + 1);
        }
        let found = check_texts(&files, today, Stage::Preview);
        let rules: Vec<&str> = found.iter().map(|finding| &*finding.rule).collect();
        if rules.is_empty() || rules.iter().any(|spoken| *spoken != rule) {
            let _ = writeln!(wrong, "{rule}: {rules:?} {}", found.first().map_or("", |it| &it.message));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
