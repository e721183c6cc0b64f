//! `missing-key`: a key that has to be there and is not.

use crate::check::phrase::{a, reader};
use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "missing-key",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A key that has to be there and is not.

### Why
A message without its claim, a question without a question: there would be a page with a hole in it. A text by audience
needs words for everyone who sees the item, so `else` is missing as well where it is not there for the rest.

### Wrong
```md content/messages/safer.md
---
title: Safer streets
---
Help works.
```

### Right
```md content/messages/safer.md
---
title: Safer streets
claim: Help makes our streets safer.
---
Help works.
```
",
};

/// What a line with the key may look like. A key that is not here is shown with three dots.
const EXAMPLES: &[(&str, &str)] = &[
    ("title", "What this is called"),
    ("claim", "One sentence that everyone says."),
    ("question", "What do people ask?"),
    ("point", "One sentence to say aloud."),
    ("name", "What it is called"),
    ("ask", "The one thing that we want them to do."),
    ("person", "composite"),
    ("consent", "{on: 2026-05-01, until: 2027-05-01, scope: website, recorded_by: A. Name}"),
    ("date", "2026-05-01"),
    ("review_by", "2027-05-01"),
    ("size", "small"),
    ("kind", "community"),
    ("type", "other"),
    ("level", "change"),
    ("avoid", "[the words to avoid]"),
    ("says", "The worry in their own words."),
    ("value", "58"),
    ("unit", "percent"),
    ("reads", "58% lower odds of being arrested again"),
    ("source", "the-id-of-a-source"),
];

fn words(problem: &Problem) -> Option<Words> {
    let What::MissingKey { key, inside, reader: who } = &problem.what else { return None };
    let Some(who) = who else {
        let example = EXAMPLES.iter().find(|(name, _)| name == key).map_or("…", |(_, example)| example);
        return Some(
            Words::new(format!("{} needs `{key}`", a(inside)))
                .label(format!("`{key}` is missing"))
                .help(format!("add a line `{key}: {example}`")),
        );
    };
    let words = Words::new(format!("`{key}` has no text for {}", reader(who))).label("nothing here is for them");
    Some(if who == "general" {
        words.help("add a line `else: …`, which the general version reads")
    } else {
        words.help(format!("add a line `{who}: …`, or `else: …` for all the others"))
    })
}
