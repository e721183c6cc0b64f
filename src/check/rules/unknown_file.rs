//! `unknown-file`: a file that is in no known place.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unknown-file",
    group: Group::Structure,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A file that is in no known place, so that nobody reads it.

### Why
A question saved in `content/faq` in place of `content/faqs` would be missing from the site without a word.

### Wrong
```md content/faq/who-pays.md
---
question: Who pays for this?
---
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

/// How a place begins that something can be moved to; other advice stands as it is.
const HOMES: &[&str] = &["content/", "themes/", "toolkit.yaml"];

fn words(problem: &Problem) -> Option<Words> {
    if let What::UnknownFolder { folder, belongs, files, both } = &problem.what {
        let words = Words::new(format!("{files} files of {folder} are in no known place, so they are not read"));
        let mend = if *both { "move them into the folder" } else { "rename the folder to" };
        return Some(words.help(format!("{mend} {belongs}")));
    }
    let What::UnknownFile { belongs } = &problem.what else { return None };
    let words = Words::new("this is in no known place, so it is not read");
    Some(match belongs {
        Some(place) if HOMES.iter().any(|home| place.starts_with(home)) => words.help(format!("move it to {place}")),
        Some(advice) => words.help(advice.clone()),
        None => words.help("move it to the folder of its kind (content/pages, content/files), or out of the toolkit"),
    })
}
