//! `spoken-length`: a text for thirty or sixty seconds that takes more or less.

use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, Text, TextLook, Words};
use crate::finding::Severity;
use crate::toolkit::id::Readers;
use crate::voice::measure::Aloud;

/// The keys with the fewest and the most words of each.
const LENGTHS: [(&str, usize, usize); 2] = [("thirty_seconds", 65, 75), ("sixty_seconds", 130, 150)];

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "spoken-length",
    group: Group::Length,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Text(look),
    docs: r"
A text for thirty seconds has 65 to 75 words, one for sixty seconds 130 to 150.

### Why
Who is given thirty seconds at a meeting gets thirty seconds. A text that runs over is cut off before its end, where
the ask stands. One that is too short gives away time that was offered.

### Wrong
```md content/messages/safer.md
---
title: Safer
claim: Our town is safer.
thirty_seconds: An officer calls a trained helper to the corner. The helper stays in touch for weeks.
---
```

### Right
```md content/messages/safer.md
---
title: Safer
claim: Our town is safer.
thirty_seconds: >
  An officer meets someone who needs help more than a cell. The officer calls a trained helper, who comes to the
  corner at once. The helper asks what is needed first: a bed, a meal, a doctor, a friend to call. The officer goes
  back to patrol. The helper stays in touch for weeks, on good days and on bad ones. That is all. You can call the
  same line.
---
```
",
};

fn look<'a>(ground: &'a Ground<'a>) -> TextLook<'a> {
    Box::new(|text: &Text<'_>, found: &mut Found| {
        let Some((key, fewest, most)) = LENGTHS.into_iter().find(|(key, ..)| text.key() == Some(*key)) else { return };
        let mut counts = Aloud::new(text.prose(), ground.toolkit).counts(text.readers());
        // an empty text is one that is not written yet
        counts.retain(|(_, count)| *count > 0 && !(fewest..=most).contains(count));
        let Some(&(_, count)) = counts.iter().max_by_key(|(_, count)| count.abs_diff(most)) else { return };
        let readers = counts.iter().fold(Readers::NONE, |all, (readers, _)| all.and(*readers));
        let label = if count > most {
            format!("{} too many", count - most)
        } else {
            format!("{} too few", fewest.saturating_sub(count))
        };
        let time = key.trim_end_matches("_seconds");
        let words = Words::new(format!("{time} seconds are {fewest} to {most} words; this has {count}"))
            .label(label)
            .help(format!("write {fewest} to {most} words, counted as they are read aloud"));
        found.tell(text.at(0..text.prose().text().len()), readers, words);
    })
}
