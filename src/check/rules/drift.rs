//! `drift`: a message that is another one for each audience.

use crate::check::phrase::reader as named;
use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, ThingLook, Words};
use crate::finding::{KeyPath, Severity};
use crate::language::words;
use crate::toolkit::id::{Kind, Reader, Readers};
use crate::voice::measure::Aloud;
use crate::voice::{Heard, HeardBlock};

/// The largest share of a message's words that may be one audience's own, where the toolkit names none.
const SHARE: f64 = 0.7;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "drift",
    group: Group::OneVoice,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Thing(look),
    docs: r"
For some audience, more of a message's words are its own than `limits.tailored_share` allows (0.7).

What the version for everyone does not have is an audience's own, also where a few audiences share it. In a message
for named audiences it is what not all of them read. The title, the claim, the summary, the spoken texts and the body
count.

### Why
A message is one thing that all partners say. When nearly all of its words differ, it is a second message that nobody
has agreed on, and two audiences that compare their pages see it.

### Wrong
```md content/messages/safer.md
---
title: Safer
claim: Our town is safer.
---
::: police
You go back to patrol while a case manager takes over. You need no second report, and you can call again on the next
shift. The person has somebody to ask, and you have one call less. It takes you a few minutes in all.
:::
```

### Right
```md content/messages/safer.md
---
title: Safer
claim: Our town is safer.
---
A case manager comes to the corner at once, asks what is needed first, and stays in touch for weeks.

::: police
You go back to patrol while a case manager takes over.
:::
```
",
};

fn look<'a>(ground: &'a Ground<'a>) -> ThingLook<'a> {
    let limit = ground.toolkit.settings.limits.tailored_share.unwrap_or(SHARE);
    Box::new(move |heard: &Heard<'_>, found: &mut Found| {
        let Some(item) = heard.subject.item().filter(|item| item.kind == Kind::Message) else { return };
        if heard.texts.iter().all(|text| text.readers == item.readers || text.coaching) {
            return;
        }
        let mut blocks = heard.blocks();
        blocks.retain(|block| block.text.key != Some("image_alt"));
        let counts: Vec<u32> = blocks.iter().map(|block| count(block, ground)).collect();
        let own = |readers: Readers| readers != item.readers && !readers.has(Reader::GENERAL);
        let mut over = Vec::new();
        for reader in item.readers.iter().filter(|reader| *reader != Reader::GENERAL) {
            let (mut all, mut tailored) = (0, 0);
            for (block, count) in blocks.iter().zip(&counts).filter(|(block, _)| block.readers.has(reader)) {
                all += count;
                tailored += if own(block.readers) { *count } else { 0 };
            }
            if f64::from(tailored) > limit * f64::from(all) {
                over.push((reader, tailored, all));
            }
        }
        if over.is_empty() {
            return;
        }
        let readers = over.iter().fold(Readers::NONE, |all, (reader, ..)| all.and(Readers::only(*reader)));
        let mut words = Words::new(format!("more than {:.0}% of what some read of this message nobody else reads", limit * 100.0))
            .label("one claim, with another text behind it")
            .help("say what holds for all above the first `:::`, and keep for one audience its example and what is asked of it");
        for (reader, tailored, all) in over {
            let name = named(ground.toolkit.reader_name(reader));
            words = words.note(format!("{name}: of {all} words {tailored} are read by nobody else"));
            let longest =
                blocks.iter().zip(&counts).filter(|(block, _)| block.readers.has(reader) && own(block.readers));
            if let Some((block, _)) = longest.max_by_key(|(_, count)| **count) {
                words = words.related(&block.text.at(block.block.range.clone()), "its longest part");
            }
        }
        words.related.dedup();
        found.tell(item.at(KeyPath::top("claim")), readers, words);
    })
}

fn count(block: &HeardBlock<'_>, ground: &Ground<'_>) -> u32 {
    let reader = block.readers.iter().next().unwrap_or(Reader::GENERAL);
    let aloud = Aloud::new(&block.text.prose, ground.toolkit);
    u32::try_from(words::count(&aloud.words(block.block.range.clone(), reader))).unwrap_or(u32::MAX)
}
