//! `no-base-url`: a toolkit that does not know its own address.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "no-base-url",
    group: Group::Web,
    severity: Levels::by_stage(Severity::Note, Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A toolkit.yaml without `base_url`, the address where the site will be.

### Why
The pages work without it. But search engines, feed readers and the preview of a shared link need whole addresses.

### Wrong
```yaml toolkit.yaml
title: Our toolkit
```

### Right
```yaml toolkit.yaml
title: Our toolkit
base_url: https://toolkit.example.org
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::NoBaseUrl = problem.what else { return None };
    Some(
        Words::new("toolkit.yaml does not say where the site will be")
            .label("`base_url` is missing")
            .help("add a line `base_url: https://…`, with the site's address")
            .note("without it there is no sitemap, no feed, and no picture beside a shared link"),
    )
}
