//! `uncited-figure`: a figure that names no fact.

use crate::check::phrase::reads;
use crate::check::stored::Stored;
use crate::check::{By, Fixed, Ground, Group, Levels, Reads, Rule, Text, TextLook, Words};
use crate::finding::Severity;
use crate::language::figures::Number;
use crate::toolkit::fact::Fact;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "uncited-figure",
    group: Group::Facts,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Text(look),
    docs: r#"
A figure that names no fact.

### Why
The first question to a figure is where it comes from. A figure that is kept as a fact has its source, its caveat and
the day on which it is to be checked again, and is said in the same words everywhere. A figure is a percentage, an
amount of money, a share, a multiple, or a count of people, things or events above twelve, in digits or in words.
Dates, times, lengths of time, ages, phone numbers and addresses are none.

### Wrong
```md content/faqs/does-it-work.md
---
question: Does it work?
---
Two-thirds of the calls come after dark.
```

### Right
```md content/faqs/does-it-work.md
---
question: Does it work?
---
The log shows [two-thirds of the calls after dark](fact:calls-at-night).
```
```yaml content/facts.yaml
sources:
  call-log: {title: "The call log of our town", year: 2026}
facts:
  - id: calls-at-night
    label: "Calls after dark"
    value: "two-thirds"
    unit: "of the calls"
    reads: "two-thirds of the calls"
    plain: "In our town two-thirds of the calls come after dark."
    source: call-log
    review_by: 2027-06-30
```
"#,
};

/// So many facts that say the same figure are named.
const SAYING: usize = 3;

fn look<'a>(ground: &'a Ground<'a>) -> TextLook<'a> {
    let stored = Stored::new(&ground.toolkit.facts);
    Box::new(move |text, found| {
        if !text.speaks_for_us() {
            return;
        }
        for said in text.numbers().iter().filter(|said| said.by == By::Writer && said.number.is_figure()) {
            let number = &said.number;
            let own = own_words(number, text);
            let words = Words::new("this figure names no fact").label("no source");
            let facts: Vec<&Fact> = stored
                .saying(number, text.prose().text())
                .into_iter()
                .filter_map(|n| ground.toolkit.facts.get(n))
                .take(SAYING)
                .collect();
            let words = match facts.as_slice() {
                [] => {
                    let words = words.help(format!(
                        "copy an entry of content/facts.yaml, put this figure and its source into it, and write \
                         [{own}](fact:ID) here, with its id; leave the figure out until you have a source"
                    ));
                    let near = stored.near(number, text.prose().text()).and_then(|n| ground.toolkit.facts.get(n));
                    match near {
                        Some(fact) => {
                            words.note(format!("another figure is kept as {}: is it the one you mean?", reads(fact)))
                        }
                        None => words,
                    }
                }
                [first, others @ ..] => {
                    let words = words
                        .help(format!("if you mean what this fact says, name it: write [{own}](fact:{})", first.id))
                        .note(format!("the fact says: {}", first.plain));
                    others.iter().fold(words, |words, fact| {
                        words.note(format!("the same figure is in <fact:{}>: {}", fact.id, fact.plain))
                    })
                }
            };
            found.tell(text.at(number.span.clone()), text.readers(), words);
        }
    })
}

/// The figure with what it counts, where that stands close by.
fn own_words<'t>(number: &Number, text: &Text<'t>) -> &'t str {
    let end = number.counted.as_ref().map_or(number.span.end, |counted| counted.end.max(number.span.end));
    let words = text.prose().text();
    let long = words.get(number.span.start..end).filter(|words| words.len() <= 40);
    long.unwrap_or_else(|| words.get(number.span.clone()).unwrap_or_default())
}
