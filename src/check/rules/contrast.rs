//! `contrast`: two colours that can't be told apart well enough.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "contrast",
    group: Group::Web,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r##"
A colour of the theme that is hard to read where it is used: a contrast under 4.5:1.

### Why
Older eyes, cheap screens and sunlight make pale letters unreadable. 4.5:1 is what the accessibility guidelines (WCAG
2.2, AA) ask of text.

### Wrong
```yaml toolkit.yaml
title: Our toolkit
theme:
  name: plain
  options:
    accent: "#ffd700"
```

### Right
```yaml toolkit.yaml
title: Our toolkit
theme:
  name: plain
  options:
    accent: "#7a4b00"
```
"##,
};

fn words(problem: &Problem) -> Option<Words> {
    let What::Contrast { colour, against, hundredths } = &problem.what else { return None };
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    Some(
        Words::new(format!("the colour `{colour}` is hard to read on {against}"))
            .label(format!("{whole}.{rest:02}:1, and 4.5:1 is the least"))
            .help(format!("choose a colour that differs more from {against}: darker on light, lighter on dark")),
    )
}
