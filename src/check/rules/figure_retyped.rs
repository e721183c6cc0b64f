//! `figure-retyped`: a figure that is kept as a fact, typed by hand.

use crate::check::phrase::reads;
use crate::check::stored::Stored;
use crate::check::{By, Fixed, Ground, Group, Levels, Reads, Rule, TextLook, Words};
use crate::finding::Severity;

/// So many facts with the same figure are named beside the first.
const OTHERS: usize = 3;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "figure-retyped",
    group: Group::Facts,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Text(look),
    docs: r#"
A figure that is kept as a fact, typed by hand.

### Why
A figure that is typed again stays as it is when the fact is corrected, and is soon said in other words than the source
allows: "lower odds" becomes "less likely". `<fact:ID>` brings in the allowed wording; `[your own words](fact:ID)` are
compared with the fact. A count, a length of time or an age is meant only with its unit: "41 fewer days", not 41 of
anything else.

### Wrong
```md content/faqs/does-it-work.md
---
question: Does it work?
---
People had 58% less chance of being arrested.
```
```yaml content/facts.yaml
sources:
  collins-2017: {title: "Effects on recidivism", year: 2017}
facts:
  - id: seattle-arrest-odds
    label: "New arrests, Seattle"
    value: 58
    unit: percent
    reads: "58% lower odds of being arrested again"
    plain: "People in the program had 58% lower odds of being arrested again."
    source: collins-2017
    review_by: 2027-11-30
```

### Right
```md content/faqs/does-it-work.md
---
question: Does it work?
---
People had <fact:seattle-arrest-odds>.
```
```yaml content/facts.yaml
sources:
  collins-2017: {title: "Effects on recidivism", year: 2017}
facts:
  - id: seattle-arrest-odds
    label: "New arrests, Seattle"
    value: 58
    unit: percent
    reads: "58% lower odds of being arrested again"
    plain: "People in the program had 58% lower odds of being arrested again."
    source: collins-2017
    review_by: 2027-11-30
```
"#,
};

fn look<'a>(ground: &'a Ground<'a>) -> TextLook<'a> {
    let stored = Stored::new(&ground.toolkit.facts);
    Box::new(move |text, found| {
        if !text.speaks_for_us() {
            return;
        }
        for said in text.numbers().iter().filter(|said| said.by == By::Writer) {
            let facts = stored.facts_with(&said.number, text.prose().text());
            let mut facts = facts.iter().filter_map(|(n, compared)| Some((ground.toolkit.facts.get(*n)?, *compared)));
            let Some((first, compared)) = facts.next() else { continue };
            let words = Words::new("this figure is kept as a fact").label("typed by hand");
            let typed = text.prose().text().get(said.number.span.clone()).unwrap_or_default();
            let words = if compared {
                let reads = first.compare_reads.as_deref().unwrap_or(typed);
                words.help(format!("write [{reads}](fact:{})", first.id))
            } else {
                words.help(format!("write {}, and the sentence around it", reads(first)))
            };
            let others = facts.take(OTHERS);
            let words = others.fold(words, |words, (fact, _)| words.note(format!("it is also in {}", reads(fact))));
            found.tell(text.at(said.number.span.clone()), text.readers(), words);
        }
    })
}
