//! `sheet-too-long`: a sheet with more words than fit on it.

use std::sync::Arc;

use crate::check::phrase::count as counted;
use crate::check::{Fixed, Found, Group, Levels, Reads, Rule, Whole, Words};
use crate::finding::{At, KeyPath, LongSheet, Problem, Severity, SheetKind, What};
use crate::toolkit::audience::Audience;
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Kind, Readers};
use crate::toolkit::item::{Item, Own};
use crate::voice::Fragment;
use crate::voice::measure::Printed;

/// The most words of a sheet, where the profile names none.
const MOST: u32 = 350;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "sheet-too-long",
    group: Group::Length,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::ToolkitAndProblem(look, pages),
    docs: r"
An audience's sheet with more words than its `handout.words` (350).

Points count with their texts, likely questions with the first paragraph of their answers, and the ask. Sources and
contacts do not.

A program that makes print files (built with `pdf`) also looks at the sheet itself: it may have as many pages as
`handout.pages` says (1), in large print twice as many; a card and a brief have one. It is set smaller where that helps,
but never under 11 point (a card under 10). Such a program also tells of any print file whose text runs over the foot of
its page or off the paper.

### Why
The sheet goes into a pocket. What does not fit on one page is not read on the way to the door.

### Wrong
```yaml content/audiences/police.yaml
name: Police
ask: Refer people.
handout: {words: 15}
```
```md content/talking-points/you-decide.md
---
point: You decide on the spot, and the law has not changed for anyone in this town.
---
```

### Right
```yaml content/audiences/police.yaml
name: Police
ask: Refer people.
handout: {words: 15}
```
```md content/talking-points/you-decide.md
---
point: You decide on the spot.
---
```
",
};

/// A hand-out that takes more pages than it may, or leaves its pages.
fn pages(problem: &Problem) -> Option<Words> {
    match &problem.what {
        What::TooManyPages(sheet) => Some(too_many(sheet)),
        What::OffPaper { handout, page, text } => Some(
            Words::new(format!("the text of {handout} leaves page {page}"))
                .label(format!("over the foot or off the paper: `{text}`"))
                .help("shorten it, or break it into paragraphs; a table's cell is not for long texts"),
        ),
        _ => None,
    }
}

fn too_many(sheet: &LongSheet) -> Words {
    let name = match sheet.kind {
        SheetKind::Sheet => "sheet",
        SheetKind::Large => "sheet in large print",
        SheetKind::Card => "card for the counter",
        SheetKind::Brief => "brief",
    };
    let whose = if sheet.general { format!("the general {name}") } else { format!("this audience's {name}") };
    let help = match sheet.kind {
        SheetKind::Sheet | SheetKind::Large => {
            "shorten what stands on it, or take it off with `audiences:` in a point or without `likely: true`"
        }
        SheetKind::Card => "shorten the claim or the sound bite of the audience's first message, or the ask",
        SheetKind::Brief => {
            "shorten what stands on it: claims, sound bites, facts, tough questions, words to say and to avoid"
        }
    };
    let mut words = Words::new(format!(
        "{whose} has {}; {} {} the most",
        counted(sheet.pages, "page"),
        sheet.most,
        if sheet.most == 1 { "is" } else { "are" }
    ))
    .label(match (sheet.words, sheet.pictures) {
        (0, 1..) => "its pictures are too many".to_owned(),
        _ => format!("{} in {} too many", counted(sheet.words, "word"), counted(sheet.lines, "line")),
    })
    .help(help);
    if sheet.pictures > 0 {
        words =
            words.note(format!("it has {}; each takes the room of several lines", counted(sheet.pictures, "picture")));
    }
    for (at, count) in &sheet.longest {
        words = words.related(at, format!("one of the longest points, {}", counted(*count, "word")));
    }
    words
}

/// What stands on a sheet.
#[derive(Clone, Copy, Default)]
struct Sheet<'a> {
    points: usize,
    questions: usize,
    /// What has the most words of these.
    longest: Option<(usize, &'a Item)>,
}

fn look(whole: &Whole<'_>, found: &mut Found) {
    let audiences = &whole.toolkit.audiences;
    let mut sheets = vec![Sheet::default(); audiences.len()];
    fill(whole, &mut sheets);
    let printed = Printed { toolkit: whole.toolkit, voice: whole.voice };
    for (n, (audience, sheet)) in audiences.iter().zip(&sheets).enumerate() {
        let ask = whole.voice.audiences.get(n).and_then(|told| told.ask.as_ref());
        let ask = ask.map_or(0, |ask| printed.phrase(ask, audience.reader));
        tell(audience, *sheet, ask, found);
    }
}

/// Counts what stands on the sheets: each text once for all who read the same.
fn fill<'a>(whole: &Whole<'a>, sheets: &mut [Sheet<'a>]) {
    let printed = Printed { toolkit: whole.toolkit, voice: whole.voice };
    let public = whole.public();
    for (item, told) in whole.toolkit.all_items().iter().zip(&whole.voice.items) {
        let Ok(item) = item.for_view(&public) else { continue };
        let likely = matches!(&item.own, Own::Faq(faq) if faq.likely);
        if item.kind != Kind::TalkingPoint && !likely {
            continue;
        }
        let mut known: Vec<(&[Arc<Fragment>], usize)> = Vec::new();
        for reader in item.readers.iter() {
            let Some(sheet) = reader.index().and_then(|n| sheets.get_mut(n)) else { continue };
            let heading = told.text(item.heading_key, reader).map_or(0, |text| printed.phrase(text, reader));
            let parts = told.open_body(reader);
            let body = if let Some((_, count)) = known.iter().find(|(known, _)| std::ptr::eq(*known, parts)) {
                *count
            } else {
                let count = if likely { printed.lead(parts, reader) } else { printed.body(parts, reader) };
                if !differs(parts) {
                    known.push((parts, count));
                }
                count
            };
            let count = heading + body;
            let of = if likely { &mut sheet.questions } else { &mut sheet.points };
            *of += count;
            if sheet.longest.is_none_or(|(longest, _)| longest < count) {
                sheet.longest = Some((count, item));
            }
        }
    }
}

/// Whether some words differ by reader.
fn differs(parts: &[Arc<Fragment>]) -> bool {
    parts.iter().any(|part| !part.words.is_empty() || !part.links.is_empty())
}

fn tell(audience: &Audience, sheet: Sheet<'_>, ask: usize, found: &mut Found) {
    let typed = audience.handout.open(Key::for_checks()).words;
    let most = typed.unwrap_or(MOST);
    let count = sheet.points + sheet.questions + ask;
    if count <= most as usize {
        return;
    }
    let file = Arc::clone(&audience.file);
    let at = match typed {
        Some(_) => At::value(file, KeyPath::top("handout").key("words")),
        None => At::file(file),
    };
    let mut words = Words::new(format!("this audience's sheet has {count} words; {most} are the most"))
        .label(format!("{} too many", count - most as usize))
        .help("shorten what stands on it, or take it off with `audiences:` in a point or without `likely: true`")
        .note(format!("points: {}, likely questions: {}, the ask: {ask}", sheet.points, sheet.questions));
    if let Some((count, item)) = sheet.longest {
        let path = KeyPath::top(item.heading_key);
        let case = item.heading.key_for(Readers::only(audience.reader));
        let heading = item.at(case.map_or(path.clone(), |case| path.key(case)));
        words = words.related(&heading, format!("the longest part, {}", counted(count, "word")));
    }
    let name: Arc<str> = format!("audiences/{}", audience.id).into();
    found.tell_of(Some(name), at, Readers::only(audience.reader), words);
}
