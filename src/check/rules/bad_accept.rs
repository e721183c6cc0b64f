//! `bad-accept`: a note that accepts a finding but can't work.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words, rules};
use crate::finding::{AcceptTrouble, Problem, Severity, What, nearest};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "bad-accept",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A note that accepts a finding but gives no reason, names no rule or one that can't be accepted, or stands in the wrong place.

### Why
Whoever reads the text next year has to know why a warning was set aside. What would break the site, a story without
consent, and words that are never to be used can't be set aside at all.

### Wrong
```md content/faqs/what-is-it.md
---
question: What is it?
---
<!-- accept: raw-html -->
Press <kbd>Enter</kbd>.
```

### Right
```md content/faqs/what-is-it.md
---
question: What is it?
---
<!-- accept: raw-html because the text is about HTML itself -->
Press <kbd>Enter</kbd>.
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::BadAccept(trouble) = &problem.what else { return None };
    Some(match trouble {
        AcceptTrouble::NoReason { rule } => Words::new("this note gives no reason")
            .label("`because` and the reason are missing")
            .help(if problem.at.file.ends_with(".md") {
                format!("write `<!-- accept: {rule} because … -->` with your reason in place of the dots; between keys `# accept: {rule} because …`")
            } else {
                format!("write `# accept: {rule} because …` with your reason in place of the dots")
            }),
        AcceptTrouble::UnknownRule { rule } => {
            let names = rules::ALL.iter().map(|rule| rule.name);
            let words = Words::new(format!("there is no rule `{rule}`"))
                .label("no such rule")
                .note("the name of a rule stands in brackets at the start of each finding");
            words.help(match nearest(rule, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`onevoice explain` lists all rules".to_owned(),
            })
        }
        AcceptTrouble::TooLateForFile { rule } => Words::new("a note for the whole file stands before its first text")
            .label("there is text before it")
            .help(format!("move it to the line below the second `---`; or leave out `whole file`, and it covers the next paragraph: `accept: {rule} because …`")),
        AcceptTrouble::NoWholeYaml { rule } => Words::new("a note between keys can't cover the whole file")
            .label("covers the entry below it, and no more")
            .help(format!("leave out `whole file` and write `accept: {rule} because …` above each entry; for the text of a page write `<!-- accept: {rule} whole file because … -->` below the second `---`")),
        AcceptTrouble::UnknownScope { rule, scope } => {
            Words::new(format!("`{scope}` means nothing between the rule and `because`"))
                .label("only `whole file` can stand there")
                .help(format!("write `accept: {rule} because …` for the next paragraph, or `accept: {rule} whole file because …` at the top for the whole file"))
        }
        AcceptTrouble::NotThisRule { rule } => Words::new(format!("a finding of `{rule}` can't be accepted"))
            .label("has to be mended")
            .help(format!("mend what it found and remove this note; `onevoice explain {rule}` shows how")),
    })
}
