//! `foreign-syntax`: another tool's syntax, which is text here.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "foreign-syntax",
    group: Group::Structure,
    severity: Levels::always(Severity::Note),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r#"
Another tool's syntax, which is shown to readers as it stands.

### Why
Hugo, Jekyll and others fill in `{{< … >}}`, `{{ … }}` and `{% … %}`. Here a text holds Markdown only, and each of them
has something to use instead. To show the signs themselves, put them between backticks.

### Wrong
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
See {{< ref "budget.md" >}}.
```

### Right
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
See [the budget](page:budget).
```
```md content/pages/budget.md
---
title: The budget
---
It is small.
```
"#,
};

fn words(problem: &Problem) -> Option<Words> {
    let What::ForeignSyntax { what } = problem.what else { return None };
    let words = Words::new(format!("`{what}` has no meaning here")).label("shown to readers as it stands");
    Some(match what {
        "{{< … >}}" => words.help(
            "for a link write `[words](page:ID)`, for a picture `![what it shows](../files/NAME)`, \
             for a box `> [!NOTE]`, for a figure `<fact:ID>`",
        ),
        "{{ … }}" => words
            .help("for a figure write `<fact:ID>`, for a phone line or a name `<local:KEY>`, for a word `<word:KEY>`"),
        "{% … %}" => {
            words.help("for words that differ by audience open a block `::: AUDIENCE` and close it with `:::`")
        }
        "<!--more-->" => words
            .label("left out")
            .help("write what stands above it as `summary: …` between the `---` lines at the top"),
        _ => words.help("write it as Markdown, or put it between backticks to show it"),
    })
}
