//! `figure-first`: a figure in the first sentence of a message, for an audience that is not won by figures.

use crate::check::numbers::said;
use crate::check::phrase::list;
use crate::check::{By, Fixed, Found, Ground, Group, Levels, Reads, Rule, Said, ThingLook, Words};
use crate::finding::Severity;
use crate::language::figures::Kind as NumberKind;
use crate::language::sentences;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Kind, Readers};
use crate::voice::prose::{Block, BlockKind, MarkKind, Prose};
use crate::voice::{Heard, HeardText};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "figure-first",
    group: Group::Facts,
    severity: Levels::always(Severity::Note),
    fixed: Fixed::Nothing,
    reads: Reads::Thing(look),
    docs: r"
A figure in the first sentence of a message, for an audience without `facts_first`.

### Why
People hear a figure as proof of something. Before they know of what, and whether it is about them, it is noise, and
often the start of a quarrel about numbers. Begin with what the audience cares about and bring the figure next. Where
an audience is won by figures, its profile names them under `facts_first`, and nothing is said here.

### Wrong
```md content/messages/time.md
---
title: Time for other work
claim: Officers have more time for serious crime.
---
Last year 1,340 calls came from four blocks. Officers know the corner.
```

### Right
```md content/messages/time.md
---
title: Time for other work
claim: Officers have more time for serious crime.
---
Officers know the corner. Last year 1,340 calls came from four blocks.
```
",
};

fn look<'a>(ground: &'a Ground<'a>) -> ThingLook<'a> {
    let toolkit = ground.toolkit;
    let without = toolkit.audiences.iter().filter(|audience| audience.facts_first.open(Key::for_checks()).is_empty());
    let without = without.fold(Readers::NONE, |all, audience| all.and(Readers::only(audience.reader)));
    Box::new(move |heard, found| {
        if heard.subject.item().is_some_and(|item| item.kind == Kind::Message) {
            each_version(heard, without, toolkit, found);
        }
    })
}

fn each_version(heard: &Heard<'_>, without: Readers, toolkit: &Toolkit, found: &mut Found) {
    for version in &heard.versions {
        let readers = version.readers.both(without);
        if readers.is_empty() {
            continue;
        }
        let first = heard.parts(version).filter(|text| !text.coaching);
        let Some((text, block)) = first.into_iter().find_map(|text| Some((text, first_block(&text.prose)?))) else {
            continue;
        };
        if let Some(figure) = figure_in_first_sentence(text, block) {
            let words =
                Words::new("a figure stands in the first sentence").label("before the reader knows what it is about");
            let words = words.help(help(readers, toolkit));
            found.tell(text.at(figure.number.span), readers, words);
        }
    }
}

/// The first text that is read: no heading, no code, no picture's words.
fn first_block(prose: &Prose) -> Option<&Block> {
    prose.blocks.iter().find(|block| {
        let is_picture = || {
            let alt = |kind: &MarkKind| *kind == MarkKind::Alt;
            prose.marks_in(block.range.clone()).any(|mark| alt(&mark.kind) && mark.range == block.range)
        };
        !matches!(block.kind, BlockKind::Heading | BlockKind::Code) && !is_picture()
    })
}

fn figure_in_first_sentence(text: &HeardText, block: &Block) -> Option<Said> {
    let first = sentences(text.prose.words_of(block)).next()?;
    let end = block.range.start + first.end;
    let figures = said(&text.prose, std::iter::once(block)).into_iter().filter(is_figure);
    figures.take_while(|said| said.number.span.start < end).next()
}

/// In a fact every number is a figure, a length of time, too.
fn is_figure(said: &Said) -> bool {
    let measured = matches!(said.number.kind, NumberKind::Count | NumberKind::Duration | NumberKind::Measure);
    said.number.is_figure() || measured && matches!(said.by, By::Fact(_) | By::PutInFact(_))
}

fn help(readers: Readers, toolkit: &Toolkit) -> String {
    let names: Vec<&str> = readers.iter().map(|reader| toolkit.reader_name(reader)).collect();
    let profiles = match names.as_slice() {
        [one] => format!("content/audiences/{one}.yaml"),
        _ => format!("the profiles of {}", list(&names)),
    };
    format!(
        "begin with what the reader cares about, and bring the figure next; or, if figures win them, write `facts_first: [ID-OF-THE-FACT]` in {profiles}"
    )
}
