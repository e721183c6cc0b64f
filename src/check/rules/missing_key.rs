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

/// What a line with the key may look like; a key that is not here is shown with three dots. None of it can be published as
/// it stands: words in brackets are told as a placeholder, and a day has to be put in.
const EXAMPLES: &[(&str, &str)] = &[
    ("title", "\"[write what this is called]\""),
    ("claim", "\"[write the one sentence that everyone says]\""),
    ("question", "\"[write what people ask]\""),
    ("point", "\"[write the one line that is said]\""),
    ("name", "\"[write what it is called]\""),
    ("ask", "\"[write the one thing that we want them to do]\""),
    ("consent", "{on: YEAR-MONTH-DAY, until: YEAR-MONTH-DAY, scope: where it may be told, recorded_by: who asked}"),
    ("date", "YEAR-MONTH-DAY"),
    ("review_by", "YEAR-MONTH-DAY"),
    ("size", "small"),
    ("kind", "community"),
    ("type", "other"),
    ("level", "change"),
    ("avoid", "[the words to avoid]"),
    ("says", "\"[write the worry in their own words]\""),
    ("value", "58"),
    ("unit", "percent"),
    ("reads", "\"[write the wording that texts may show]\""),
    ("plain", "\"[write it in a sentence with the words of reads]\""),
    ("source", "the-id-of-a-source"),
    ("id", "a-short-name"),
];

fn words(problem: &Problem) -> Option<Words> {
    let What::MissingKey { key, inside, reader: who } = &problem.what else { return None };
    let Some(who) = who else {
        if key == "person" {
            return Some(
                Words::new(format!("{} needs `{key}`", a(inside)))
                    .label(format!("`{key}` is missing"))
                    .help("add a line `person: real` for one person's own story, which needs their consent, or `person: composite` for one that is put together from several"),
            );
        }
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
