//! `duplicate-id`: two things with one id.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "duplicate-id",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
Two things of one kind with the same id.

### Why
References, sign-offs and addresses go by the id. With two of them nobody can say which is meant. A county's own number
for a fact is no second fact: it says `replaces: true`.

### Wrong
```yaml content/terms.yaml
terms:
  - id: addict
    avoid: [addict]
    say: [person who uses drugs]
    why: Say the person first.
    level: change
  - id: addict
    avoid: [junkie]
    say: [person who uses drugs]
    why: Say the person first.
    level: stop
```

### Right
```yaml content/terms.yaml
terms:
  - id: addict
    avoid: [addict]
    say: [person who uses drugs]
    why: Say the person first.
    level: change
  - id: junkie
    avoid: [junkie]
    say: [person who uses drugs]
    why: Say the person first.
    level: stop
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::DuplicateId { id, kind, first } = &problem.what else { return None };
    let words = Words::new(format!("another {kind} already has the id `{id}`"))
        .label("again here")
        .help("give one of the two another id")
        .related(first, "first here");
    Some(if *kind == "fact" {
        words.note("a fact that takes the place of another says `replaces: true`")
    } else {
        words
    })
}
