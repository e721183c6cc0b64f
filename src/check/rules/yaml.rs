//! `yaml`: YAML that can't be read, or that holds the wrong kind of value.

use crate::check::phrase::{count, did_you_mean};
use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What, YamlTrouble};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "yaml",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r#"
A YAML file, or the block between `---` lines at the top of a text, that can't be read or holds the wrong kind of value.

### Why
A space too many or a colon in a sentence changes what the lines mean. Nothing is guessed: a value that was lost would
be missing on a page, and nobody would know.

### Wrong
```md content/faqs/who-pays.md
---
question: Money: who pays for this?
---
The city does.
```

### Right
```md content/faqs/who-pays.md
---
question: "Money: who pays for this?"
---
The city does.
```
"#,
};

fn words(problem: &Problem) -> Option<Words> {
    let What::Yaml(trouble) = &problem.what else { return None };
    Some(match trouble {
        YamlTrouble::Indent { .. }
        | YamlTrouble::IndentOfText { .. }
        | YamlTrouble::OtherSpace
        | YamlTrouble::LostIndent { .. } => return spaces(trouble),
        YamlTrouble::CurlyMarks { .. } | YamlTrouble::LoneMark { .. } | YamlTrouble::SplitNumber { .. } => {
            return misread(trouble);
        }
        YamlTrouble::NoFrontMatter => Words::new("the keys at the top of this file are missing")
            .label("the first line has to be `---`")
            .help(format!(
                "start the file with the keys between two `---` lines:\n---\n{}\n---",
                first_keys(&problem.at.file)
            )),
        YamlTrouble::OpenFrontMatter => Words::new("the keys at the top of this file have no end")
            .label("opened here")
            .help("add a line `---` between the last key and the text"),
        YamlTrouble::NearlyClosed => Words::new("the keys at the top of this file have no end")
            .label("not three plain dashes")
            .help("type three dashes here, `---`, and nothing else"),
        YamlTrouble::Toml(yaml) => {
            let words =
                Words::new("the keys at the top stand between `+++` lines").label("this is TOML; YAML is used here");
            match yaml {
                Some(yaml) => words.help(format!("write\n---\n{}\n---", yaml.trim_end())),
                None => words.help("write them as `key: value` lines between two `---` lines"),
            }
        }
        YamlTrouble::Tab => Words::new("this line starts with a tab; YAML needs spaces")
            .label("a tab")
            .help("type two spaces in its place"),
        YamlTrouble::ColonInText { instead } => Words::new("a text with a colon followed by a space needs quotes")
            .label("this colon starts a value of its own")
            .help(format!("write {}", typed(instead))),
        YamlTrouble::NeedsQuotes { sign, instead } => {
            let words = Words::new(format!("a text that starts with {} needs quotes", quoted(*sign)))
                .label("means something else in YAML");
            match instead {
                Some(line) => words.help(format!("write {}", typed(line))),
                None if *sign == '*' => {
                    words.help("for an entry of a list type `- ` in place of `* `; else put the whole text between quotation marks")
                }
                None => words.help("put the whole text between quotation marks"),
            }
        }
        YamlTrouble::QuoteInside { sign, instead } => {
            let mark = if *sign == '\'' { "an apostrophe" } else { "a quotation mark" };
            Words::new(format!("{mark} inside this text ends it too soon"))
                .label("the text begins with the same mark")
                .help(format!("write {}", typed(instead)))
        }
        YamlTrouble::CutAtHash { instead } => {
            let words = Words::new("a text ends before this `#`, and the rest of the line is lost")
                .label("starts a comment, which no page shows");
            let words = match instead {
                Some(line) => words.help(format!("write {}", typed(line))),
                None => words.help("put the whole text between quotation marks"),
            };
            words.note("a comment has a space after its `#`")
        }
        YamlTrouble::NeverClosed(sign) => never_closed(*sign),
        YamlTrouble::CurlyClose(sign) => Words::new("a curly quotation mark does not end this text")
            .label(format!("the text began with a straight {}", quoted(*sign)))
            .help(format!("type {} here", quoted(*sign))),
        YamlTrouble::BadLocal { key, found, kind } => bad_local(key, found, kind),
        YamlTrouble::SecondDocument => Words::new("this `---` line starts a second part, and only one is read")
            .label("a second part")
            .help("remove the line, or move what follows into a file of its own"),
        YamlTrouble::Budget(what) => budget(what),
        YamlTrouble::Unreadable(reason) => unreadable(reason),
        YamlTrouble::DuplicateKey { key, first } => Words::new(format!("the key `{key}` stands here twice"))
            .label("again here")
            .help("keep one of the two")
            .related(first, "first here"),
        YamlTrouble::WrongType { key, found, wanted, instead } => {
            let words = Words::new(format!("{} needs {wanted}", name(key))).label(format!("this is {found}"));
            match instead {
                Some(line) => words.help(format!("write {}", typed(line))),
                None => words.help(form(wanted)),
            }
        }
        YamlTrouble::BadValue { key, found, allowed } => {
            let words = Words::new(format!("{} can't be `{found}`", name(key))).label("none of its values");
            Words { help: did_you_mean(found, allowed), ..words }
        }
        YamlTrouble::BadForm { key, found, wanted } => Words::new(format!("{} can't be `{found}`", name(key)))
            .label("can't be used in this form")
            .help(format!("write {wanted}")),
        YamlTrouble::BadDate { key, found } => date(key, found),
        YamlTrouble::ReadsNotInPlain => Words::new("the words of `reads` do not stand in `plain`")
            .label("not found there")
            .help("make both say the same, as the source says it: `reads` is the part of `plain` that texts may quote"),
    })
}

/// Lines that do not start where they should.
fn spaces(trouble: &YamlTrouble) -> Option<Words> {
    Some(match trouble {
        YamlTrouble::Indent { found, above, line } => indent(*found, *above, *line),
        YamlTrouble::IndentOfText { found, wanted, line } => {
            Words::new(format!("this line belongs to the text of line {line}, and stands left of it"))
                .label(format!("starts {}", start(*found)))
                .help(format!("start it {}", start(*wanted)))
        }
        YamlTrouble::OtherSpace => Words::new("this line starts with a space of another kind, which looks the same")
            .label("pasted from elsewhere")
            .help("delete what stands before the first word, and type two spaces for each step to the right"),
        YamlTrouble::LostIndent { key } => {
            Words::new(format!("`{key}` stands at the left edge, as if it were a fill-in of its own"))
                .label("belongs to the fill-in above")
                .help("start it after 2 spaces")
        }
        _ => return None,
    })
}

/// What is read otherwise than it looks.
fn misread(trouble: &YamlTrouble) -> Option<Words> {
    Some(match trouble {
        YamlTrouble::CurlyMarks { instead } => {
            Words::new("the curly quotation marks around this text are a part of it")
                .label("readers would see them")
                .help(format!("type straight ones, {}, or none", typed(instead)))
                .note(format!("to show them to readers put straight ones around: `'“{}”'`", instead.trim_matches('"')))
        }
        YamlTrouble::LoneMark { instead } => Words::new("this quotation mark ends a text that began with none")
            .label("readers would see it")
            .help(format!("write {}, or take it out", typed(instead))),
        YamlTrouble::SplitNumber { instead } => Words::new("this figure is cut in two at its comma")
            .label("in a list a comma begins a new entry")
            .help(format!("put it between quotation marks: {}", typed(instead))),
        _ => return None,
    })
}

/// A fill-in that can't be dialled, mailed or opened.
fn bad_local(key: &str, found: &str, kind: &str) -> Words {
    let (what, use_, like) = match kind {
        "phone" => (
            "a phone number",
            "dialled",
            "write the number alone, like `555-0100`; words about it belong into the texts around it",
        ),
        "email" => ("an email address", "written to", "write the whole address, like `office@example.org`"),
        _ => ("an address on the web", "opened", "write it from `https://` on, like `https://example.org/`"),
    };
    Words::new(format!("the fill-in `{key}` is {what}, and `{found}` can't be {use_}"))
        .label("pages make a link of it")
        .help(format!("{like}; for any other text take `kind: {kind}` out"))
}

/// The keys that a Markdown file needs, by its folder.
fn first_keys(file: &str) -> &'static str {
    match file.strip_prefix("content/").and_then(|path| path.split('/').next()) {
        Some("messages") => "title: …\nclaim: …",
        Some("faqs" | "tough-questions") => "question: …",
        Some("talking-points") => "point: …",
        Some("stories") => "title: …\nperson: real or composite",
        Some("wins") => "title: …\ndate: YEAR-MONTH-DAY\nsize: small\nkind: community",
        _ => "title: …",
    }
}

/// How a value of the wanted kind is typed; of several kinds the first.
fn form(wanted: &str) -> &'static str {
    [
        ("a date", "write year-month-day, like `2026-05-01`"),
        ("a text", "write one text after the colon, between quotation marks if it holds a sign of YAML"),
        ("a list", "write each entry on a line of its own, after `- `"),
        ("true or false", "write `true` or `false`"),
        ("a whole number", "write a whole number, like `3`"),
        ("a number", "write a number, like `3` or `0.5`"),
        ("texts by audience", "write a line `AUDIENCE: text` for each audience, and `else: text` for the others"),
    ]
    .into_iter()
    .find(|(start, _)| wanted.starts_with(start))
    .map_or("write each entry on a line of its own, as `key: value`", |(_, help)| help)
}

fn budget(what: &'static str) -> Words {
    let (label, help) = match what {
        "depth" => {
            ("too many levels inside one another", "keep lists and keys flat: nobody needs more than a few levels")
        }
        "aliases" => ("repeats itself too often", "write out what `*NAME` repeats"),
        "size" => ("too much for one file", "split it into several files"),
        other => (other, "split it up, or leave some of it out"),
    };
    Words::new("this is more than can be read").label(label).help(help)
}

fn unreadable(reason: &str) -> Words {
    let known = [
        ("a space is missing after this dash", "type a space after the dash"),
        ("a space is missing after this colon", "type a space after the colon"),
        ("this line has no colon after its key", "type a colon and a space after the key, like `order: 15`"),
        (
            "this is no key with a colon",
            "write a key with a colon and a space, like `order: 15`; or let the line above go on by moving this one to the right",
        ),
        ("a list can't stand below a text", "take out the text after the colon above, or the list"),
    ];
    if let Some((_, help)) = known.into_iter().find(|(words, _)| *words == reason) {
        return Words::new(reason).label("here").help(help);
    }
    Words::new("this can't be read as YAML")
        .label("from here on")
        .help("look at this line and the one above: mostly a colon, a quotation mark or a space is missing")
        .note(format!("the reader of YAML says: {reason}"))
}

fn indent(found: usize, above: usize, line: usize) -> Words {
    let side = if found < above { "left" } else { "right" };
    let off = count(found.abs_diff(above), "space");
    Words::new(format!("this line starts {off} {side} of line {line}, to which it belongs"))
        .label(format!("starts {}", start(found)))
        .help(format!("start it {}, like line {line}", start(above)))
}

fn start(spaces: usize) -> String {
    match spaces {
        0 => "at the left edge".to_owned(),
        _ => format!("after {}", count(spaces, "space")),
    }
}

fn never_closed(sign: char) -> Words {
    let (what, close) = match sign {
        '[' => ("bracket", ']'),
        '{' => ("bracket", '}'),
        mark => ("quotation mark", mark),
    };
    Words::new(format!("this {what} is never closed"))
        .label("opened here")
        .help(format!("type {} where it ends", quoted(close)))
}

fn date(key: &str, found: &str) -> Words {
    let words = Words::new(format!("{} needs a date", name(key)));
    let parts: Vec<_> = found.split(['-', '/', '.']).map(str::trim).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 && [year, month, day].iter().all(|part| is_number(part)) => {
            let right = format!("{year}-{month:0>2}-{day:0>2}");
            if right == found {
                words.label("there is no such day").help("look at the month and the day: it is year-month-day")
            } else {
                words.label("not year-month-day").help(format!("write `{right}`"))
            }
        }
        _ => words.label("not year-month-day").help("write year-month-day, like `2026-05-01`"),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A key between backticks; a place in words (`entry 2 of …`) as it is; nothing is the file itself.
fn name(key: &str) -> String {
    match key {
        "" => "this file".to_owned(),
        words if words.contains(' ') => words.to_owned(),
        key => format!("`{key}`"),
    }
}

/// A line to type: between backticks, or below where it has several lines.
fn typed(line: &str) -> String {
    if line.contains('\n') { format!("\n{line}") } else { format!("`{line}`") }
}

/// A sign between backticks; a backtick itself by name.
fn quoted(sign: char) -> String {
    if sign == '`' { "a backtick".to_owned() } else { format!("`{sign}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_guessed_only_where_its_year_comes_first() {
        let help = |found: &str| date("updated", found).help.unwrap_or_default();
        assert_eq!(help("2026-5-3"), "write `2026-05-03`");
        assert_eq!(help("2026/05/03"), "write `2026-05-03`");
        assert_eq!(help("5/3/2026"), "write year-month-day, like `2026-05-01`");
        assert_eq!(date("updated", "2026-02-30").label, "there is no such day");
    }

    #[test]
    fn an_indent_slip_names_both_lines() {
        assert_eq!(indent(1, 2, 4).message, "this line starts one space left of line 4, to which it belongs");
        assert_eq!(indent(5, 2, 4).message, "this line starts 3 spaces right of line 4, to which it belongs");
        assert_eq!(indent(1, 2, 4).help.unwrap_or_default(), "start it after 2 spaces, like line 4");
    }
}
