//! `bad-id`: a file name, id, slug or alias that can't be one.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{IdTrouble, Problem, Severity, Spot, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "bad-id",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A file name, id, slug or alias that can't be one.

### Why
An id is typed in references and on the command line and becomes an address, so it holds lower-case letters, digits and
hyphens only, and none of the words that mean something else (`else`, `all`, `general`, `faq`).

### Wrong
```md content/faqs/Who_pays.md
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

fn words(problem: &Problem) -> Option<Words> {
    let What::BadId { id, why } = &problem.what else { return None };
    Some(match why {
        IdTrouble::Signs(good) => {
            let words =
                Words::new(format!("`{id}` can't be an id")).label("lower-case letters, digits and hyphens only");
            let ending = problem.at.file.rsplit_once('.').map_or("", |(_, ending)| ending);
            match (good.as_str(), &problem.at.spot) {
                ("", Spot::Name) => words.help(format!("rename the file, for example to `who-pays.{ending}`")),
                ("", _) => words.help("write a name like `who-pays`"),
                (good, Spot::Name) => words.help(format!("rename the file to `{good}.{ending}`")),
                (good, _) => words.help(format!("write `{good}`")),
            }
        }
        IdTrouble::Reserved => Words::new(format!("`{id}` can't be an id: the word means something else here"))
            .label("a reserved word")
            .help("choose another name"),
        IdTrouble::Empty => {
            Words::new("this id is empty").label("needs a letter or digit").help("write a name like `who-pays`")
        }
        IdTrouble::Slug => Words::new(format!("`{id}` can't be a slug"))
            .label("letters, digits and hyphens only")
            .help("write one part of an address, like `slug: who-pays`"),
        IdTrouble::Alias => Words::new(format!("`{id}` can't be an old address"))
            .label("no path from the site's start")
            .help("write the path with a `/` first, like `/old/page/`"),
        IdTrouble::Name => Words::new("the name of this file can't be read")
            .label("not text")
            .help("rename the file with letters, digits and hyphens"),
    })
}
