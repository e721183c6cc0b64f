//! `template`: a theme that can't be used.

use crate::check::phrase::{did_you_mean, list};
use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, TemplateTrouble, What, nearest};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "template",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A template that can't be read or used, or a theme, template or option that is not there.

### Why
A field that does not exist would leave a hole in every page. themes/README.md lists the fields that there are, and
`onevoice schema theme` prints them.

### Wrong
```html themes/plain/templates/page.html
<h1>{{ page.titel }}</h1>
```
```md content/pages/press.md
---
title: Press
---
Call us.
```

### Right
```html themes/plain/templates/page.html
<h1>{{ page.title }}</h1>
```
```md content/pages/press.md
---
title: Press
---
Call us.
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::Template(trouble) = &problem.what else { return None };
    Some(match trouble {
        TemplateTrouble::Syntax(reason) => Words::new("this template can't be read")
            .label("from here on")
            .help("look for a bracket or an `{% end… %}` that is missing")
            .note(format!("the template engine says: {reason}")),
        TemplateTrouble::UnknownVariable { name, known, page } => {
            let words = Words::new(format!("templates have no field `{name}`"))
                .label("no such field")
                .note(format!("found while making {page}"));
            let words = Words { help: field(name, known), ..words };
            if known.is_empty() { words } else { words.note(format!("fields that exist here: {}", list(known))) }
        }
        TemplateTrouble::Failed { message, page } => Words::new(format!("this template could not make {page}"))
            .label("stopped here")
            .note(format!("the template engine says: {message}")),
        TemplateTrouble::Missing { what, name, known } => {
            let words = Words::new(format!("there is no {what} `{name}`")).label("not found");
            Words { help: did_you_mean(name, known), ..words }
        }
    })
}

/// The nearest field; `known` may hold whole names (`page.title`) or last parts (`title`).
fn field(name: &str, known: &[String]) -> Option<String> {
    let known = || known.iter().map(String::as_str);
    if let Some(near) = nearest(name, known()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let (parent, last) = name.rsplit_once('.')?;
    nearest(last, known()).map(|near| format!("did you mean `{parent}.{near}`?"))
}
