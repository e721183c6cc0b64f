//! `address-taken`: two things that would get the same address.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{AddressUse, Problem, Severity, Spot, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "address-taken",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
Two things that would get the same address, or one that would take an address of every site.

### Why
One of the two pages would overwrite the other. Some computers don't tell upper from lower case, so addresses that
differ only in that are the same too.

### Wrong
```md content/pages/press.md
---
title: Press
---
Call us.
```
```md content/pages/newsroom.md
---
title: Newsroom
slug: press
---
News.
```

### Right
```md content/pages/press.md
---
title: Press
---
Call us.
```
```md content/pages/newsroom.md
---
title: Newsroom
---
News.
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::AddressTaken { address, by } = &problem.what else { return None };
    Some(match by {
        AddressUse::Ours => Words::new(format!("the address `{address}` is taken by a part of every site"))
            .label(format!("would be at `{address}`"))
            .help("rename the file, or change its `slug` or alias"),
        AddressUse::Item { first, name } => Words::new(format!("`{name}` already has the address `{address}`"))
            .label(format!("would be at `{address}` too"))
            .help(match problem.at.spot {
                Spot::Name if [&problem.at.file, &first.file].iter().any(|file| file.ends_with("/index.md")) => {
                    "rename one of the two files: an index.md has the name of its folder"
                }
                Spot::Name => "rename this file, or write a `slug: …` of its own into it",
                _ => "write another `slug` or alias here, or rename the other file",
            })
            .related(first, "has it first"),
    })
}
