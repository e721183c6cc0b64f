//! `missing-ask`: a profile whose ask is empty.

use std::sync::Arc;

use crate::check::{Fixed, Found, Group, Levels, Reads, Rule, Whole, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::toolkit::id::Readers;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "missing-ask",
    group: Group::Answers,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Toolkit(look),
    docs: r"
A profile whose `ask` is there and empty.

### Why
Everything on an audience's pages leads to one thing that it can do. Without it people agree, and go home.

### Wrong
```yaml content/audiences/police.yaml
name: Police
ask:
```

### Right
```yaml content/audiences/police.yaml
name: Police
ask: Refer people at the moment of arrest.
```
",
};

fn look(whole: &Whole<'_>, found: &mut Found) {
    for audience in &whole.toolkit.audiences {
        if audience.ask.as_ref().is_some_and(|ask| !ask.trim().is_empty()) {
            continue;
        }
        let at = At::value(Arc::clone(&audience.file), KeyPath::top("ask"));
        let words = Words::new(format!("there is nothing that we ask of `{}`", audience.id))
            .label("empty")
            .help("write the one thing that they can do: `ask: Refer people at the moment of arrest.`");
        found.tell_of(Some(format!("audiences/{}", audience.id).into()), at, Readers::only(audience.reader), words);
    }
}
