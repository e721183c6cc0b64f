//! cases.md: files before and after, a heading a case; and files that a program types at random.

use proptest::prelude::*;

use super::*;
use crate::toolkit::text::Day;

const CASES: &str = include_str!("cases.md");

fn approval(item: &str, audience: &str, by: &str) -> Approval {
    Approval {
        item: item.into(),
        audience: audience.into(),
        by: by.into(),
        on: Day("2026-11-25".parse().unwrap()),
        text: "2d0af2bdeeba8905f02d897e252cbaf3".into(),
    }
}

/// The fences under each heading, with `␍` for a carriage return and `␃` where the text ends without a line break.
fn cases() -> Vec<(&'static str, Vec<String>)> {
    CASES
        .split("\n## ")
        .skip(1)
        .map(|case| {
            let (name, rest) = case.split_once('\n').unwrap();
            let fences = rest.split("```yaml\n").skip(1).map(|fence| {
                let (text, _) = fence.split_once("```").unwrap();
                text.replace('␍', "\r").replace("␃\n", "")
            });
            (name, fences.collect())
        })
        .collect()
}

#[test]
fn a_sign_off_is_added_and_every_other_byte_is_as_it_was() {
    let one = [approval("messages/safer", "police", "editor")];
    let cases = cases();
    assert!(cases.len() > 25, "{}", cases.len());
    let mut wrong = Vec::new();
    for (name, fences) in cases {
        let got = add(&fences[0], &one);
        match (&got, fences.get(1)) {
            (Some(got), Some(want)) if got == want => {}
            (None, None) => {}
            _ => wrong.push(format!("## {name}\n{}", got.unwrap_or_else(|| "by hand\n".to_owned()))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_new_file_says_what_it_is_and_takes_more() {
    let new =
        [approval("messages/safer", "police", "editor"), approval("audiences/no", "no", "\"us\": [a, b] # c\u{85}")];
    let text = new_file(&new);
    assert_eq!(read(&text).unwrap().approvals, new);
    assert_eq!(read(&add(&text, &new).unwrap()).unwrap().approvals.len(), 4);
    assert_eq!(read(&format!("approvals:\n{}", by_hand(&new))).unwrap().approvals, new);
}

/// Files as people type them, with all that may stand around and between.
fn file() -> impl Strategy<Value = String> {
    let entry = |n: usize| format!("item: messages/m{n}, audience: a, by: r, on: 2026-01-02, text: t{n}");
    let comment = prop::sample::select(vec!["", " # why", "  #"]);
    let line = prop::sample::select(vec!["", "# a note", "  # deep", "      # deeper", " ", "---"]);
    let extra = prop::sample::select(vec![
        "",
        "extra: {a: 1}",
        "extra:\n  b: |\n    text\n",
        "extra: 'x: y'",
        "extra: >+\n  z\n\n",
    ]);
    let style = 0..8_usize;
    let parts = (style, 0..4_usize, prop::collection::vec(line, 4), comment, extra, any::<[bool; 3]>());
    parts.prop_map(move |(style, count, lines, comment, extra, [first, crlf, ends])| {
        let (margin, dash) = [("", "- "), ("  ", "- "), ("    ", "-   ")][style % 3];
        let entries: Vec<String> = (0..count).map(entry).collect();
        let list = match style {
            0..=2 => {
                let spaces = " ".repeat(margin.len() + dash.len());
                let block = |entry: &String| {
                    format!("{margin}{dash}{}{comment}\n", entry.replace(", ", &format!("\n{spaces}")))
                };
                format!("approvals:{comment}\n{}", entries.iter().map(block).collect::<String>())
            }
            3 => format!(
                "approvals:\n{}",
                entries.iter().map(|e| format!("{margin}- {{{e}}}{comment}\n")).collect::<String>()
            ),
            4 => format!(
                "approvals: [{}]{comment}\n",
                entries.iter().map(|e| format!("{{{e}}}")).collect::<Vec<_>>().join(", ")
            ),
            5 => format!(
                "approvals: [\n{}  ]\n",
                entries.iter().map(|e| format!("  {{{e}}},{comment}\n")).collect::<String>()
            ),
            6 => format!(
                "approvals: [\n{}{comment}\n  ]\n",
                entries.iter().map(|e| format!("  {{{e}}}")).collect::<Vec<_>>().join(&format!(",{comment}\n"))
            ),
            _ => String::new(),
        };
        let (one, other) = if first { (extra.to_owned(), list) } else { (list, extra.to_owned()) };
        let mut text = format!("{}\n{one}\n{}\n{other}\n{}\n{}", lines[0], lines[1], lines[2], lines[3]);
        if !ends {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_in_the_file_is_in_it_afterwards_byte_for_byte(text in file(), count in 1..3_usize) {
        let new: Vec<Approval> = (0..count).map(|n| approval("messages/safer", ["police", "yes"][n], "chief, deputy")).collect();
        let Some(before) = read(&text) else { return Ok(()) };
        let after = add(&text, &new);
        // by hand at most where the last text keeps the line breaks behind it
        prop_assert!(after.is_some() || text.contains(">+") || text.contains("|"), "{}", text);
        let Some(after) = after else { return Ok(()) };
        // nothing is gone or moved but a bracket that stood before a note
        let mut rest = after.bytes();
        let is_there = text.bytes().filter(|byte| *byte != b']').all(|byte| rest.any(|other| other == byte));
        prop_assert!(is_there && text.matches(']').count() == after.matches(']').count(), "not only added:\n{}\n---\n{}", text, after);
        for note in text.lines().filter(|line| line.contains(": t") && line.contains('#')) {
            let (entry, note) = note.split_once(" #").unwrap();
            let entry = entry.trim_end_matches([',', ' ']);
            prop_assert!(after.lines().any(|line| line.starts_with(entry.trim_end_matches(']')) && line.ends_with(note)), "{}", after);
        }
        let read = read(&after).unwrap();
        prop_assert_eq!(read.approvals, [before.approvals, new].concat());
        prop_assert_eq!(read.extra, before.extra);
        prop_assert_eq!(after.matches("\r\n").count() == after.matches('\n').count(), text.contains("\r\n") || !after.contains('\n'));
    }
}
