//! Texts that are made to take time and memory: each is answered, whatever the answer is.

use std::time::{Duration, Instant};

use super::{guard, parse};

/// Ten times what a slow machine takes for the slowest in a debug build; the time of a bomb has no end.
const LONGEST: Duration = Duration::from_secs(5);

#[test]
fn no_text_takes_long() {
    let only = std::env::var("CASE").ok();
    for (name, text) in cases() {
        if only.as_ref().is_some_and(|only| *only != name) {
            continue;
        }
        let (start, before) = (Instant::now(), most_memory());
        let guarded = guard(&text).is_ok();
        let (guarding, start) = (start.elapsed(), Instant::now());
        let read = guarded.then(|| serde_yaml::from_str::<serde_yaml::Value>(&text).is_ok());
        let (reading, start) = (start.elapsed(), Instant::now());
        let parsed = parse(&text).map(|_| ()).map_err(|slip| slip.trouble);
        let parsing = start.elapsed();
        // of one case alone (`CASE=name cargo test no_text -- --nocapture`) the memory can be told, too
        let more = most_memory().saturating_sub(before);
        println!("{name}: {guarding:?}, {reading:?} {read:?}, {parsing:?} {:.50}; {more} kB", format!("{parsed:?}"));
        assert!(guarding.max(reading).max(parsing) < LONGEST, "{name}");
    }
}

/// Kilobytes: the most that was in use so far.
fn most_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse().ok());
    most.unwrap_or_default()
}

#[rustfmt::skip]
fn cases() -> Vec<(&'static str, String)> {
    let aliases = format!("a: &a {}\n{}", "x".repeat(100_000), "b: *a\n".repeat(20_000));
    let laughs: String = ('b'..='i')
        .map(|c| format!("{c}: &{c} [{}]\n", vec![format!("*{}", (c as u8 - 1) as char); 9].join(",")))
        .collect();
    vec![
        ("ordinary", "title: x\n".to_owned()),
        ("50 MB in one text", format!("a: {}\n", "x".repeat(50 << 20))),
        ("1 MB in one text", format!("a: {}\n", "x ".repeat(1 << 19))),
        ("much quoted", format!("a: \"{}\"\n", "x\\n".repeat(200 << 10))),
        ("much under |", format!("a: |\n{}", "  some words\n".repeat(20_000))),
        ("20,000 aliases of 100 KB", aliases),
        ("a billion laughs", format!("a: &a [x,x,x,x,x,x,x,x,x]\n{laughs}")),
        ("60,000 lines", "- b\n".repeat(60_000)),
        ("60,000 commas", format!("a: [{}]\n", "a,".repeat(60_000))),
        (
            "30,000 keys in braces",
            format!("a: {{{}}}\n", (0..30_000).map(|n| format!("k{n}: b,")).collect::<String>()),
        ),
        ("much of [", "[".repeat(200 << 10)),
        ("much of {a:", "{a: ".repeat(200 << 10)),
        ("much of - ", "- ".repeat(200 << 10)),
        ("much of quotes", "'\n\"\n".repeat(200 << 10)),
        ("much of &a", "&a ".repeat(200 << 10)),
        ("much of *a", "*a ".repeat(200 << 10)),
        ("much of : ", ": ".repeat(200 << 10)),
        ("much of ? ", "? ".repeat(200 << 10)),
        ("much of #", "#".repeat(200 << 10)),
        ("much of spaces", " ".repeat(200 << 10)),
        ("much of tabs", "\t".repeat(200 << 10)),
        ("much of breaks", "\n".repeat(200 << 10)),
        ("much of !", "!".repeat(200 << 10)),
        ("much of |", "|\n".repeat(200 << 10)),
        ("much of ---", "---\n".repeat(200 << 10)),
        ("much of words and colons", "a: b: ".repeat(200 << 10)),
        ("1,000 brackets behind a slip", format!("k: \"\"# x\n{}\n", "[".repeat(1000))),
        ("much of lines without keys", "word\n".repeat(120_000)),
        ("quotes in lines", "'a\n\"b\n".repeat(30_000)),
        ("open quotes after keys", "a: 'x\n".repeat(30_000)),
        ("open double quotes after keys", "a: \"x\n\n".repeat(30_000)),
        ("open brackets after keys", "a: [x\n".repeat(30_000)),
        ("open brackets in few", "a: [x\n".repeat(60) + &"b: c\n".repeat(30_000)),
        ("words in lines", "word\n".repeat(60_000)),
        ("one slip in many lines", "a: b\n".repeat(30_000) + "c: d: e\n"),
        ("deeper by a step, then a slip", "a:\n  b: c\n d: e\n".repeat(30_000)),
        ("tabs in brackets", format!("a: [\n{}]", "\tx,\n".repeat(30_000))),
        ("commas at the margin", format!("a: [\n{}]", "x,\n".repeat(30_000))),
        ("escapes", format!("a: \"{}\\q\"", "\\n".repeat(100_000))),
        ("keys with quotes", "'a': b\n\"c\": d\n".repeat(60_000) + "'"),
        ("deeper and deeper", (0..4000).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
    ]
}
