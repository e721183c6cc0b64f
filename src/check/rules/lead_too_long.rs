//! `lead-too-long`: a question's first paragraph that does not answer it quickly.

use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, ThingLook, Words};
use crate::finding::Severity;
use crate::toolkit::id::{Kind, Readers};
use crate::voice::Heard;
use crate::voice::measure::Aloud;
use crate::voice::prose::BlockKind;

/// The most words of a first paragraph.
const MOST: usize = 40;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "lead-too-long",
    group: Group::Answers,
    severity: Levels::always(Severity::Note),
    fixed: Fixed::Nothing,
    reads: Reads::Thing(look),
    docs: r"
A question's first paragraph of more than 40 words.

### Why
The first paragraph is the answer: it stands alone on the sheet, in search and beside each concern. Reasons and details
come after it.

### Wrong
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
The county board voted last year to pay for the team out of the money that it gets from the settlement with the drug
makers, and the cities of the county add a small part of their own, which each of them decides on anew in every year.
```

### Right
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
The county does, with a small part from each city.

The county board voted last year to pay for the team out of the money that it gets from the settlement with the drug
makers, and the cities of the county add a small part of their own, which each of them decides on anew in every year.
```
",
};

fn look<'a>(ground: &'a Ground<'a>) -> ThingLook<'a> {
    Box::new(|heard: &Heard<'_>, found: &mut Found| {
        if heard.subject.item().is_none_or(|item| item.kind != Kind::Faq) {
            return;
        }
        for version in &heard.versions {
            let lead = heard.parts(version).find_map(|text| {
                let mut blocks = text.prose.blocks.iter();
                let block = blocks.find(|block| block.kind == BlockKind::Paragraph && !block.nested)?;
                Some((text, block))
            });
            let Some((text, block)) = lead else { continue };
            let mut counts = Aloud::new(&text.prose, ground.toolkit).counts_in(&block.range, version.readers);
            counts.retain(|(_, count)| *count > MOST);
            let Some(most) = counts.iter().map(|(_, count)| *count).max() else { continue };
            let readers = counts.iter().fold(Readers::NONE, |all, (readers, _)| all.and(*readers));
            let words = Words::new(format!("the first paragraph has {most} words; {MOST} are the most"))
                .label("this is the answer that sheets and lists show")
                .help("answer in a sentence or two, and leave an empty line before the reasons");
            found.tell(text.at(block.range.clone()), readers, words);
        }
    })
}
