//! `unused-accept`: a note that accepts a finding that is not there.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unused-accept",
    group: Group::Web,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A note that accepts a finding that is not there.

### Why
The text was mended, and the note stayed. It would hide the same finding when it comes back, without anyone deciding so.

### Wrong
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
<!-- accept: raw-html because the text is about HTML itself -->
The city does.
```

### Right
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
The city does.
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    if let What::CannotBeLowered { rule } = &problem.what {
        return Some(
            Words::new(format!("the rule `{rule}` can't be switched off or made to weigh less"))
                .label("changes nothing")
                .help(format!("take this line out; `onevoice explain {rule}` shows how to mend what it finds")),
        );
    }
    let What::UnusedAccept { rule } = &problem.what else { return None };
    Some(
        Words::new(format!("this note accepts nothing: there is no finding of `{rule}` below it"))
            .label("covers nothing")
            .help("remove it, or move it to the line above what it is about"),
    )
}
