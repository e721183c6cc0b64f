//! `expired-fact`: a fact that is used after the day of its review.

use std::sync::Arc;

use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, ThingLook, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::toolkit::edition::Key;
use crate::toolkit::fact::Fact;
use crate::toolkit::id::Readers;
use crate::voice::Subject;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "expired-fact",
    group: Group::Facts,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Thing(look),
    docs: r"
A fact that is used after its `review_by`.

### Why
Figures grow old. An opponent who finds the newer one needs no other argument. The finding stands at the fact, with all
places that use it: one look at the source mends them all.

### Wrong
```yaml content/facts.yaml
sources:
  study: {title: A study of outcomes, year: 2017}
facts:
  - id: odds
    label: Odds of a new arrest
    value: 58
    unit: percent
    reads: 58% lower odds
    plain: People had 58% lower odds of a new arrest.
    source: study
    review_by: 2020-05-01
```
```md content/faqs/does-it-work.md
---
question: Does it work?
---
People had <fact:odds>.
```

### Right
```yaml content/facts.yaml
sources:
  study: {title: A study of outcomes, year: 2017}
facts:
  - id: odds
    label: Odds of a new arrest
    value: 58
    unit: percent
    reads: 58% lower odds
    plain: People had 58% lower odds of a new arrest.
    source: study
    review_by: 2099-05-01
```
```md content/faqs/does-it-work.md
---
question: Does it work?
---
People had <fact:odds>.
```
",
};

fn look<'a>(ground: &'a Ground<'a>) -> ThingLook<'a> {
    let facts = &ground.toolkit.facts;
    let expired: Vec<bool> = facts.iter().map(|fact| fact.review_by.0 < ground.today).collect();
    let any = expired.contains(&true);
    let is_expired = move |n: usize| expired.get(n).copied().unwrap_or_default();
    Box::new(move |heard, found| {
        if !any || !ground.is_shown(heard.subject) {
            return;
        }
        for text in &heard.texts {
            for (n, mark) in text.facts().filter(|(n, _)| is_expired(*n)) {
                tell(&facts[n], &text.at_mark(mark), text.readers, found);
            }
        }
        let (file, key, ids, readers) = match heard.subject {
            Subject::Item(_, item) => {
                let item = item.for_checks();
                (&item.file, "facts", item.facts.as_slice(), item.readers)
            }
            Subject::Audience(audience) => {
                let first = audience.facts_first.open(Key::for_checks());
                (&audience.file, "facts_first", first.as_slice(), Readers::only(audience.reader))
            }
            _ => return,
        };
        for (place, id) in ids.iter().enumerate() {
            if let Some(n) = ground.toolkit.fact_index(id).filter(|n| is_expired(*n)) {
                let at = At::value(Arc::clone(file), KeyPath::top(key).index(place));
                tell(&facts[n], &at, readers, found);
            }
        }
    })
}

fn tell(fact: &Fact, used: &At, readers: Readers, found: &mut Found) {
    let at = At::value(Arc::clone(&fact.entry.file), fact.entry.key("review_by"));
    let words = Words::new(format!("the fact `{}` was to be checked by {}", fact.id, fact.review_by.0))
        .label("this day is past")
        .help("look at its source again, then write the day of the next check here")
        .related(used, "used here");
    found.tell_of(None, at, readers, words);
}
