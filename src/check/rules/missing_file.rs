//! `missing-file`: a file of content/files that is not there.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "missing-file",
    group: Group::Web,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A picture or document that is not in content/files.

### Why
Readers see a broken picture, or a download that fails. Upper and lower case count: `Hours.csv` is not `hours.csv` on
the computer that shows your site, even where it is on yours.

### Wrong
```md content/pages/press.md
---
title: Press
---
[Our hours](../files/Hours.csv)
```
```csv content/files/hours.csv
Monday,9-5
```

### Right
```md content/pages/press.md
---
title: Press
---
[Our hours](../files/hours.csv)
```
```csv content/files/hours.csv
Monday,9-5
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::MissingFile { path, near } = &problem.what else { return None };
    if path.contains("://") {
        return Some(
            Words::new("a picture can't come from another site")
                .label("left out of the page")
                .help("save it in content/files, and write `![what it shows](../files/NAME)`")
                .note("each reader of the page would be known to that site"),
        );
    }
    let words = Words::new(format!("there is no file `{path}`")).label("not found");
    Some(match near {
        Some(near) if near.to_lowercase() == path.to_lowercase() => {
            words.help(format!("write `{near}`")).note("upper and lower case count")
        }
        Some(near) => words.help(format!("did you mean `{near}`?")),
        None if path.starts_with("www.") => words.help(format!("for a page of another site write `https://{path}`")),
        None if path.contains('@') && !path.contains('/') => {
            words.help(format!("for an email address write `mailto:{path}`"))
        }
        None => words.help("put the file into content/files, and link to it as `../files/NAME`"),
    })
}
