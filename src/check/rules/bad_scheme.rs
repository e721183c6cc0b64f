//! `bad-scheme`: a link whose beginning is not allowed.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What, nearest};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "bad-scheme",
    group: Group::Web,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A link that starts with something other than `https:`, `http:`, `mailto:`, `tel:` or a reference of ours.

### Why
Links such as `javascript:` can run programs in the reader's browser, and `file:` works on your computer only. They are
left out of the page; their words stay.

### Wrong
```md content/pages/press.md
---
title: Press
---
[The plan](file:///C:/plan.pdf)
```

### Right
```md content/pages/press.md
---
title: Press
---
[The plan](https://example.org/plan.pdf)
```
",
};

/// What a link may start with, and the references.
const ALLOWED: &[&str] =
    &["https", "http", "mailto", "tel", "fact", "local", "word", "message", "faq", "story", "page", "audience"];

fn words(problem: &Problem) -> Option<Words> {
    let What::BadScheme { scheme } = &problem.what else { return None };
    let words = Words::new(format!("a link can't start with `{scheme}:`")).label("left out of the page");
    Some(match (scheme.as_str(), nearest(scheme, ALLOWED.iter().copied())) {
        // `C:\Users\map.png`
        (drive, _) if drive.len() == 1 => words
            .label("a file on your own computer")
            .help("put the file into content/files, and link to it as `../files/NAME`"),
        ("file", _) => words.help("put the file into content/files, and link to it as `../files/NAME`"),
        ("sms" | "callto" | "whatsapp", _) => words.help("for a phone line write `tel:` and the number"),
        (_, Some(near)) => words.help(format!("did you mean `{near}:`?")),
        _ => words.help("use `https:`, `mailto:`, `tel:`, or a reference like `page:contact`"),
    })
}
