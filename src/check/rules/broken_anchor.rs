//! `broken-anchor`: a link to a heading that is not on its page.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "broken-anchor",
    group: Group::Web,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A link to a heading that is not on its page.

### Why
The page opens at its start, and the reader looks for the promised part. It happens when a heading is reworded, or when
it stands in a block that this audience does not see.

### Wrong
```md content/pages/press.md
---
title: Press
---
See [how to reach us](#contakt).

## Contact

Call us.
```

### Right
```md content/pages/press.md
---
title: Press
---
See [how to reach us](#contact).

## Contact

Call us.
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::BrokenAnchor { anchor, page, near } = &problem.what else { return None };
    let place = if page == "this page" { page.clone() } else { format!("the page `{page}`") };
    let words = Words::new(format!("there is no heading `#{anchor}` on {place}")).label("no such heading");
    Some(match near {
        Some(near) => words.help(format!("did you mean `#{near}`?")),
        None => words.help(format!(
            "link to the page alone; or write `{{#{anchor}}}` behind the words of the heading that is meant"
        )),
    })
}
