//! `sound-bite`: a sound bite that is too long to be quoted.

use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, Text, TextLook, Words};
use crate::finding::Severity;
use crate::toolkit::id::Readers;
use crate::voice::measure::Aloud;

/// The most words of a sound bite.
const MOST: usize = 22;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "sound-bite",
    group: Group::Length,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Text(look),
    docs: r"
A sound bite of more than 22 words.

### Why
A reporter takes one sentence, and somebody in a doorway hears one. What is longer is cut, and somebody else decides
where.

### Wrong
```md content/messages/safer.md
---
title: Safer
claim: Our town is safer.
sound_bite: >
  When an officer can call a trained helper to the corner at once, people get the help that they need
  and the whole town is safer.
---
```

### Right
```md content/messages/safer.md
---
title: Safer
claim: Our town is safer.
sound_bite: Help that comes at once makes the whole town safer.
---
```
",
};

fn look<'a>(ground: &'a Ground<'a>) -> TextLook<'a> {
    Box::new(|text: &Text<'_>, found: &mut Found| {
        if text.key() != Some("sound_bite") {
            return;
        }
        let mut counts = Aloud::new(text.prose(), ground.toolkit).counts(text.readers());
        counts.retain(|(_, count)| *count > MOST);
        let Some(most) = counts.iter().map(|(_, count)| *count).max() else { return };
        let readers = counts.iter().fold(Readers::NONE, |all, (readers, _)| all.and(*readers));
        let words = Words::new(format!("this sound bite has {most} words; {MOST} are the most"))
            .label(format!("{} too many", most - MOST))
            .help("keep the one thought that must be heard; the rest belongs in `thirty_seconds`");
        found.tell(text.at(0..text.prose().text().len()), readers, words);
    })
}
