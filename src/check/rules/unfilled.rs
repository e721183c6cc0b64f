//! `unfilled`: what is still to be written: an empty fill-in that is used, a placeholder, a question without an answer.

use std::ops::Range;
use std::sync::Arc;

use crate::check::phrase::reader;
use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, ThingLook, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::toolkit::edition::Edition;
use crate::toolkit::id::{Kind, Readers};
use crate::toolkit::item::Own;
use crate::toolkit::local::{Local, LocalKind};
use crate::voice::prose::MarkKind;
use crate::voice::{Heard, HeardText, Subject};

/// What begins a placeholder between square brackets, in small letters: "[insert city]", "[Write here …]".
const OPENINGS: [&str; 12] =
    ["add ", "enter ", "fill in", "insert", "name of ", "tba", "tbc", "tbd", "to be ", "todo", "write ", "your "];

/// Words of a form that stand alone between square brackets, in capitals: "[CITY]", "[PHONE NUMBER]".
const FIELDS: [&str; 22] = [
    "ADDRESS",
    "AGENCY",
    "AMOUNT",
    "CITY",
    "COALITION",
    "CONTACT",
    "COUNTY",
    "DATE",
    "DAY",
    "EMAIL",
    "HERE",
    "HOURS",
    "LINK",
    "NAME",
    "NUMBER",
    "ORGANIZATION",
    "PARTNER",
    "PHONE",
    "PROGRAM",
    "STATE",
    "TOWN",
    "YEAR",
];

/// Marks of unfinished work, as whole words in this very form.
const UNFINISHED: [&str; 5] = ["TODO", "TBD", "TBC", "FIXME", "Lorem ipsum"];

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unfilled",
    group: Group::SignOff,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Thing(look),
    docs: r"
What is still to be written: a fill-in that is used while it is empty, a placeholder like `[INSERT CITY]`, `[Write here …]` or
`TODO`, a question, story or page without a text.

### Why
Readers would see a gap where the phone number should be, or a question that is left without an answer. The finding of an
empty fill-in stands at the fill-in, with all places that use it. A question can have an answer for one audience and none
for another: then it says for whom it is missing.

### Wrong
```yaml content/local.yaml
program-line:
```
```md content/faqs/whom-to-call.md
---
question: Whom do I call?
---
Call <local:program-line>.
```

```md content/faqs/who-pays.md
---
question: Who pays?
---
The [NAME OF THE COUNTY] does.
```

### Right
```yaml content/local.yaml
program-line: 555-0100
```
```md content/faqs/whom-to-call.md
---
question: Whom do I call?
---
Call <local:program-line>.
```
```md content/faqs/who-pays.md
---
question: Who pays?
---
The county does.
```
",
};

fn look<'a>(ground: &'a Ground<'a>) -> ThingLook<'a> {
    let all = &ground.toolkit.local;
    let any = all.iter().any(|local| local.value.is_none());
    Box::new(move |heard, found| {
        if !ground.is_shown(heard.subject) {
            return;
        }
        unanswered(heard, ground, found);
        for text in &heard.texts {
            for range in placeholders(text) {
                let words = Words::new("this is still to be written")
                    .label("a placeholder")
                    .help("write the words that belong here, or take it out");
                found.tell(text.at(range), text.readers, words);
            }
            if !any {
                continue;
            }
            for (n, mark) in text.locals() {
                if let Some(local) = all.get(n).filter(|local| local.value.is_none()) {
                    tell(local, &text.at_mark(mark), text.readers, found);
                }
            }
        }
    })
}

fn tell(local: &Local, used: &At, readers: Readers, found: &mut Found) {
    let key = &local.key;
    let path = KeyPath::top(key);
    let at = At::value("content/local.yaml".into(), if local.described { path.key("value") } else { path });
    let example = match local.kind {
        LocalKind::Phone => "555-0100",
        LocalKind::Email => "office@example.org",
        LocalKind::Url => "https://example.org/",
        LocalKind::Text | LocalKind::Address | LocalKind::Hours => "…",
    };
    let typed = if local.described { "value" } else { key };
    let words = Words::new(format!("the fill-in `{key}` is empty, and texts use it"))
        .label("not filled in yet")
        .help(format!("write it here: `{typed}: {example}`"))
        .related(used, "used here");
    found.tell_of(None, at, readers, words);
}

/// Tells that a question has no answer, for all its readers or for some, or that a story or a page has no text.
fn unanswered(heard: &Heard<'_>, ground: &Ground<'_>, found: &mut Found) {
    let Subject::Item(_, guarded) = heard.subject else { return };
    let item = guarded.for_checks();
    let (kind, what) = match item.kind {
        Kind::Faq => ("question", "answer"),
        Kind::ToughQuestion => ("tough question", "answer"),
        Kind::Story => ("story", "text"),
        // another template shows what it likes
        Kind::Page if matches!(&item.own, Own::Page(page) if page.template.is_none()) => ("page", "text"),
        // a claim, a point, the title of a win stand alone
        Kind::Page | Kind::Message | Kind::TalkingPoint | Kind::Win => return,
    };
    let body = heard.texts.iter().filter(|text| text.key.is_none() && !text.prose.blocks.is_empty());
    let body = body.filter(|text| !text.coaching || guarded.edition() == Edition::Partners);
    let missing = body.fold(item.readers, |missing, text| missing.without(text.readers));
    let all = missing == item.readers;
    // a page's or a story's text may be for some, or be a picture, whose missing words another rule tells
    let picture = || item.text.get(item.body_start..).is_some_and(|body| body.contains("!["));
    if missing.is_empty() || (what == "text" && (!all || picture())) {
        return;
    }
    let words = if all {
        Words::new(format!("this {kind} has no {what}"))
            .label("nothing stands below")
            .help(format!("write the {what} below the second `---` line, or add `draft: true` until it is there"))
    } else {
        let names: Vec<&str> = missing.iter().map(|one| reader(ground.toolkit.reader_name(one))).collect();
        Words::new(format!("this {kind} has no {what} for some of its readers"))
            .label(format!("nothing is said to {}", names.join(", ")))
            .help(format!(
                "write a block `::: else` with the {what} for them, or name in `audiences` those who have one"
            ))
    };
    found.tell(At::value(Arc::clone(&item.file), KeyPath::top(item.heading_key)), missing, words);
}

/// Where a text holds words that stand for others, in bytes of its words.
fn placeholders(text: &HeardText) -> Vec<Range<usize>> {
    let words = text.prose.text();
    let mut found: Vec<Range<usize>> = Vec::new();
    if matches!(words.trim(), "\u{2026}" | "...") {
        return std::iter::once(0..words.len()).collect();
    }
    for (start, _) in words.match_indices('[') {
        let inner = words.get(start + 1..).unwrap_or_default();
        // over lines, but not over a blank one or another bracket
        let Some(end) =
            inner.find(['[', ']']).filter(|end| inner.get(*end..).is_some_and(|rest| rest.starts_with(']')))
        else {
            continue;
        };
        if is_placeholder(inner.get(..end).unwrap_or_default()) {
            found.push(start..start + end + 2);
        }
    }
    for mark in UNFINISHED {
        let is_whole = |at: &usize| {
            let before = words.get(..*at).and_then(|before| before.chars().next_back());
            let after = words.get(at + mark.len()..).and_then(|after| after.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        };
        let whole = words.match_indices(mark).map(|(at, _)| at).filter(is_whole).map(|at| at..at + mark.len());
        let free: Vec<_> = whole.filter(|range| !found.iter().any(|other| other.contains(&range.start))).collect();
        found.extend(free);
    }
    let is_special = |range: &Range<usize>| {
        let mut marks = text.prose.marks_in(range.clone());
        marks.any(|mark| matches!(mark.kind, MarkKind::Code | MarkKind::Address) || mark.kind.is_put_in())
    };
    found.retain(|range| !is_special(range));
    found
}

/// Whether what stands between square brackets is a place to write in.
fn is_placeholder(inner: &str) -> bool {
    let inner = inner.trim();
    let lower = inner.to_lowercase();
    if OPENINGS.iter().any(|opening| lower.starts_with(opening)) {
        return true;
    }
    let mut parts = inner.split([' ', '-', '_', '/', '\n']).filter(|part| !part.is_empty());
    let capitals = !inner.is_empty() && !inner.contains(char::is_lowercase);
    capitals && parts.any(|part| FIELDS.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_told_from_words_that_an_editor_put_in() {
        for form in [
            "INSERT CITY",
            "insert the county's name",
            "NAME",
            "PHONE NUMBER",
            "your town",
            "Write here why",
            "TBD",
            "CITY/COUNTY",
        ] {
            assert!(is_placeholder(form), "{form}");
        }
        for words in ["LEAD", "sic", "the program", "he", "1", "", "MAT", "citing", "x", "State v. Jones", "yours"] {
            assert!(!is_placeholder(words), "{words}");
        }
    }
}
