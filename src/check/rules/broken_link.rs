//! `broken-link`: a link to an address where nothing is.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "broken-link",
    group: Group::Web,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A link to an address where nothing is. Addresses of other sites are asked for by `onevoice check --online` alone.

### Why
The reader gets a page that says *not found*, at the moment they wanted to know more. A link by reference
(`page:contact`) follows the page when its address changes.

### Wrong
```md content/pages/press.md
---
title: Press
---
[Write to us](/contakt/).
```
```md content/pages/contact.md
---
title: Contact
---
Call us.
```

### Right
```md content/pages/press.md
---
title: Press
---
[Write to us](page:contact).
```
```md content/pages/contact.md
---
title: Contact
---
Call us.
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let (link, near) = match &problem.what {
        What::BrokenLink { link, near } => (link, near),
        What::DeadAddress { link, why } => {
            return Some(
                Words::new(format!("there is nothing at `{link}` any more"))
                    .label(format!("the address {why}"))
                    .help("open it in a browser, look for where the page has gone, and type that address; else take the link out"),
            );
        }
        What::UnsureAddress { link, why } => {
            return Some(
                Words::new(format!("`{link}` could not be looked at"))
                    .label(format!("the address {why}"))
                    .help("open it in a browser: if the page is there, nothing has to be done"),
            );
        }
        _ => return None,
    };
    if link.is_empty() {
        return Some(
            Words::new("this link has no address")
                .label("nothing stands between `(` and `)`")
                .help("name a page there, like `[words](../pages/contact.md)`, or take the link out"),
        );
    }
    let words = Words::new(format!("there is nothing at `{link}`")).label("no such page or file");
    let is_pdf = link.trim_start_matches('/').starts_with("handouts/") && link.ends_with(".pdf");
    Some(match near {
        _ if is_pdf && cfg!(not(feature = "pdf")) => words.help(
            "this program makes no PDF: link to the Word document (the same address with `.docx`), or use a program built with the feature `pdf`",
        ),
        Some(near) => words.help(format!("did you mean `{near}`?")),
        None => words.help("name the page by its file, like `[words](../pages/contact.md)`, or by its id, like `[words](page:contact)`"),
    })
}
