//! `missing-alt`: a picture without a text for those who can't see it.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{At, Problem, Severity, Spot, Step, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "missing-alt",
    group: Group::Web,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A picture without a text for those who can't see it.

### Why
Some readers listen to the page, some have pictures off to save money. The text says in a sentence what the picture
says to the others.

### Wrong
```md content/pages/press.md
---
title: Press
---
![](../files/street.png)
```

### Right
```md content/pages/press.md
---
title: Press
---
![An officer and an outreach worker talk with a man on Third Avenue](../files/street.png)
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::MissingAlt { picture } = &problem.what else { return None };
    let words = Words::new(format!("`{picture}` has no text for those who can't see it")).label("what does it show?");
    Some(match key(&problem.at) {
        Some(key) => words.help(format!("add a line `{key}_alt: what the picture shows`")),
        None => words.help(format!("write `![what the picture shows]({picture})`")),
    })
}

/// The key that names the picture, where it is no picture of the text: `image`, `logo`.
fn key(at: &At) -> Option<&str> {
    let (Spot::Key(path) | Spot::Value(path)) = &at.spot else { return None };
    match path.0.last() {
        Some(Step::Key(key)) => Some(key.trim_end_matches("_alt")),
        _ => None,
    }
}
