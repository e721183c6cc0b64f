//! `forbidden-wording`: in a link to a fact, a wording that the fact's `avoid` lists.

use crate::check::phrase::reads;
use crate::check::wording::Wordings;
use crate::check::{Fixed, Ground, Group, Levels, Reads, Rule, TextLook, Words};
use crate::finding::Severity;
use crate::toolkit::edition::Key;
use crate::voice::prose::MarkKind;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "forbidden-wording",
    group: Group::Facts,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Text(look),
    docs: r#"
In a link to a fact, a wording that the fact's `avoid` lists.

### Why
The right figure in the wrong words is wrong: odds are not likelihood, an arrest is not a crime. Whoever read the source
has listed under `avoid` what it does not say. The figure in such a wording is found in any form, "58%" like
"fifty-eight percent".

### Wrong
```md content/faqs/does-it-work.md
---
question: Does it work?
---
People were [58 percent less likely](fact:seattle-arrest-odds) to be arrested.
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
    avoid: ["58% less likely"]
    source: collins-2017
    review_by: 2027-11-30
```

### Right
```md content/faqs/does-it-work.md
---
question: Does it work?
---
People had [58 percent lower odds](fact:seattle-arrest-odds) of an arrest.
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
    avoid: ["58% less likely"]
    source: collins-2017
    review_by: 2027-11-30
```
"#,
};

fn look<'a>(ground: &'a Ground<'a>) -> TextLook<'a> {
    let facts = &ground.toolkit.facts;
    let avoided: Vec<Wordings> = facts
        .iter()
        .map(|fact| Wordings::new(fact.avoid.open(Key::for_checks()).iter().map(|wording| &**wording)))
        .collect();
    Box::new(move |text, found| {
        for mark in &text.prose().marks {
            let MarkKind::FactWords(n) = mark.kind else { continue };
            let (Some(avoided), Some(fact)) = (avoided.get(n as usize), facts.get(n as usize)) else { continue };
            if avoided.is_empty() {
                continue;
            }
            let all = text.prose().text();
            avoided.find(all, mark.range.clone(), text.numbers(), |_, range| {
                if text.is_code(&range) {
                    return;
                }
                let typed = all.get(range.clone()).unwrap_or_default();
                let words = Words::new(format!("\"{typed}\" is a wording to avoid for this fact"))
                    .label("the source does not say this")
                    .help(format!("write {}", reads(fact)));
                found.tell(text.at(range), text.readers(), words);
            });
        }
    })
}
