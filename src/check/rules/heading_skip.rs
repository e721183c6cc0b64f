//! `heading-skip`: a heading that skips a level, or a line that was meant as a heading.

use crate::check::phrase::count;
use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "heading-skip",
    group: Group::Web,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A heading that skips a level, or a line that was meant as one.

### Why
People who listen to a page go through it by its headings. A level that is left out sounds like a part that is missing.

### Wrong
```md content/pages/press.md
---
title: Press
---
## Contact

#### By phone

Call us.
```

### Right
```md content/pages/press.md
---
title: Press
---
## Contact

### By phone

Call us.
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let (from, to) = match &problem.what {
        What::HeadingSkip { from, to } => (*from, *to),
        What::LateTitle { title } => {
            return Some(
                Words::new("one `#` is the title, which stands above this text already")
                    .label("comes after other headings")
                    .help(format!("write `## {title}`")),
            );
        }
        What::NoHeading { instead } => {
            return Some(
                Words::new("this is no heading: a space is missing behind its `#` signs")
                    .label("shown to readers as it stands")
                    .help(format!("write `{instead}`")),
            );
        }
        _ => return None,
    };
    let above = if from <= 1 { "the page's title".to_owned() } else { format!("a heading of level {from}") };
    Some(
        Words::new(format!("this heading skips a level: {above} stands above it, and it is of level {to}"))
            .label(format!("level {} is missing", from + 1))
            .help(format!(
                "remove {}",
                count(usize::from(to.saturating_sub(from + 1)), "`#`").replace("`s", "` signs")
            )),
    )
}
