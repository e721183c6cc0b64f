//! `tailoring`: a `:::` line that does not work.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, TailoringTrouble, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "tailoring",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A `:::` line that does not work, or a comment that is never closed.

### Why
Blocks keep each audience's words for that audience, and coaching out of everything public. A line that only looks
like a marker would let them through, so nothing is guessed.

### Wrong
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
The city does.

::: police
It costs your budget nothing.
```

### Right
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
The city does.

::: police
It costs your budget nothing.
::: else
Nobody pays more than before.
:::
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::Tailoring(trouble) = &problem.what else { return None };
    Some(match trouble {
        TailoringTrouble::NeverClosed => Words::new("this block is never closed")
            .label("opened here")
            .help("add `:::` on a line of its own where it ends")
            .note("the file ends before a closing `:::`"),
        TailoringTrouble::NothingOpen => Words::new("no block is open here")
            .label("closes nothing")
            .help("write the line that opens the block above it again: `::: partners-only`, or `:::` and an audience")
            .note("remove this line only if everybody may read what stands above it"),
        TailoringTrouble::ElseAlone => Words::new("`else` has no audience before it")
            .label("the rest of whom?")
            .help("open the block with an audience: `::: police`, then `::: else`"),
        TailoringTrouble::Nested { open } => Words::new("a block can't stand inside another")
            .label("opens inside a block")
            .help("close the other block with `:::` first")
            .related(open, "the other block opens here"),
        TailoringTrouble::Twice { name, first } => Words::new(format!("`{name}` has two texts in one block"))
            .label("again here")
            .help("put both texts into one part, or close the block with `:::` between them")
            .note("a group counts as the audiences in it")
            .related(first, "first here"),
        TailoringTrouble::AfterElse { first } => Words::new("`else` has to come last in its block")
            .label("comes after `else`")
            .help("move this part above `::: else`")
            .related(first, "`else` stands here"),
        TailoringTrouble::CoachingMixed => Words::new("`partners-only` has to stand alone")
            .label("mixed with other parts")
            .help("close the block with `:::`, then open `::: partners-only` by itself"),
        TailoringTrouble::NearlyMarker { instead } => {
            Words::new("a block begins and ends with three colons side by side")
                .label("not three colons")
                .help(format!("write `{instead}`"))
                .note("as it stands, what is meant for some would be shown to all")
        }
        TailoringTrouble::TooManyColons => {
            Words::new("a `:::` line has exactly three colons").label("more than three").help("write `:::`")
        }
        TailoringTrouble::Tab => {
            Words::new("a `:::` line can't hold a tab").label("a tab").help("put a space in its place")
        }
        TailoringTrouble::StrayText { text } if text.split_whitespace().count() == 1 => {
            Words::new("audiences in a `:::` line have commas between them")
                .label("no comma before this")
                .help("put a comma between two audiences; text stands on the line below")
        }
        TailoringTrouble::StrayText { text } => Words::new("after `:::` only audiences can stand")
            .label("these words are shown to nobody")
            .help(format!("move them to the line below: `{}`", begin(text))),
        TailoringTrouble::NotReader { name } => {
            Words::new(format!("`{name}` read none of this text: the keys at its top leave them out"))
                .label("not among `audiences:`")
                .help(format!("add `{name}` to `audiences:` at the top, or take this part out"))
        }
        TailoringTrouble::EmptyName => Words::new("a comma in this `:::` line has no audience beside it")
            .label("a name is missing")
            .help("name the audience, or remove the comma"),
        TailoringTrouble::Misplaced => {
            Words::new("a `:::` line works only at the left edge, outside lists and quotations")
                .label("would be shown as text")
                .help("move it to the start of the line; to show `:::` to readers, put it between lines of ```")
        }
        TailoringTrouble::OpenComment => Words::new("this comment is never closed")
            .label("opened here")
            .help("add `-->` where it ends")
            .note("everything after it would be left out"),
        TailoringTrouble::OpenFence => Words::new("the lines of ``` that open here are never closed")
            .label("opened here")
            .help("add a line of ``` where the example ends")
            .note("`:::` lines below it would be shown as text, to all readers"),
    })
}

/// A text, or its first words where it is long.
fn begin(text: &str) -> String {
    const WORDS: usize = 6;
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..WORDS) {
        Some(first) if words.len() > WORDS => format!("{} …", first.join(" ")),
        _ => words.join(" "),
    }
}
