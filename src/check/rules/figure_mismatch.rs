//! `figure-mismatch`: own words that disagree with the fact or the fill-in that they link to; a fact's wording that
//! disagrees with its value.

use std::sync::Arc;

use crate::check::phrase::reads;
use crate::check::stored::{Own, said_otherwise};
use crate::check::{By, Fixed, Found, Ground, Group, Levels, Reads, Rule, Said, TextLook, Words};
use crate::finding::{At, Severity};
use crate::language::figures::{Amount, Kind, Value};
use crate::toolkit::fact::Fact;
use crate::toolkit::id::Readers;
use crate::voice::Subject;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "figure-mismatch",
    group: Group::Facts,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Text(look),
    docs: r#"
Own words that disagree with the fact or the fill-in that they link to, or a fact whose wording says another figure than
its `value`.

### Why
A link to a fact says: this is the figure, and there is its source. If the figure in the link is another one, the source
speaks against us, and whoever looks it up believes nothing else either. Every number in the link has to be one of the
fact's; the years of the fact and its source are free. A link to a fill-in has to say what stands in content/local.yaml. In the fact
itself `reads` has to say the `value`, as it is or rounded ("about 80,000" for 80,391), and `compare_reads` the
`compare_value`: a new year's figure that is written in one of them alone would not reach the pages, or not be found again.

### Wrong
```md content/faqs/how-long.md
---
question: How soon does somebody come?
---
A case manager comes [within 30 minutes](local:response-time).
```
```yaml content/local.yaml
response-time: "20 minutes or less"
```

### Right
```md content/faqs/how-long.md
---
question: How soon does somebody come?
---
A case manager comes [within twenty minutes](local:response-time).
```
```yaml content/local.yaml
response-time: "20 minutes or less"
```
"#,
};

fn look<'a>(ground: &'a Ground<'a>) -> TextLook<'a> {
    let toolkit = ground.toolkit;
    let facts: Vec<Own> = toolkit.facts.iter().map(|fact| Own::of_fact(fact, toolkit)).collect();
    let locals: Vec<Option<Own>> = toolkit.local.iter().map(Own::of_local).collect();
    Box::new(move |text, found| {
        if let Subject::Fact(fact) = text.subject() {
            if text.key() == Some("reads") {
                compare(fact, text.readers(), found);
            }
            return;
        }
        for said in text.numbers() {
            let number = &said.number;
            let typed = text.prose().text().get(number.span.clone()).unwrap_or_default();
            let words = match said.by {
                By::Fact(n) => {
                    let n = n as usize;
                    let (Some(own), Some(fact)) = (facts.get(n), toolkit.facts.get(n)) else { continue };
                    if is_no_figure(said, typed) || own.has(number, typed) {
                        continue;
                    }
                    Words::new("this figure is not one of the fact that it links to")
                        .label(format!("not in `{}`", fact.id))
                        .help(format!("write a figure of the fact, or {}", reads(fact)))
                }
                By::Local(n) => {
                    let n = n as usize;
                    let (Some(Some(own)), Some(local)) = (locals.get(n), toolkit.local.get(n)) else { continue };
                    if is_one(said, typed) || own.has(number, typed) {
                        continue;
                    }
                    let value = local.value.as_deref().unwrap_or_default();
                    Words::new("this number is not that of the fill-in that it links to")
                        .label(format!("not in `{}`", local.key))
                        .help(format!("write <local:{}>, which reads \"{value}\"", local.key))
                }
                _ => continue,
            };
            found.tell(text.at(number.span.clone()), text.readers(), words);
        }
    })
}

/// A fact's wordings with the values that they say.
fn compare(fact: &Fact, readers: Readers, found: &mut Found) {
    let pairs = [
        ("value", "reads", Some(&fact.value), Some(&fact.reads)),
        ("compare_value", "compare_reads", fact.compare_value.as_ref(), fact.compare_reads.as_ref()),
    ];
    for (key, wording, value, reads) in pairs {
        let (Some(value), Some(reads)) = (value, reads) else { continue };
        let Some(said) = said_otherwise(&value.0, &fact.unit, reads) else { continue };
        let at = |key| At::value(Arc::clone(&fact.entry.file), fact.entry.key(key));
        let said = reads.get(said.span).unwrap_or_default();
        let words = Words::new(format!("the fact `{}` says two different figures", fact.id))
            .label(format!("`{wording}` says {said}"))
            .help(format!(
                "look at its source: if {} is right, write it in `{wording}`, in `plain` and in the other texts of this fact, too",
                value.0
            ))
            .related(&at(wording), "the wording that pages show");
        found.tell(at(key), readers, words);
    }
}

/// Names and ranks say nothing of the fact: "COVID-19", "the first".
fn is_no_figure(said: &Said, typed: &str) -> bool {
    matches!(said.number.kind, Kind::Name | Kind::Ordinal) || is_one(said, typed)
}

/// "One" in words is seldom a number: "one more reason".
fn is_one(said: &Said, typed: &str) -> bool {
    said.number.kind == Kind::Count && said.number.value == Value::One(Amount::whole(1)) && !typed.starts_with('1')
}
