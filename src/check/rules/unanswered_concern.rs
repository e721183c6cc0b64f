//! `unanswered-concern`: a concern that nothing published answers.

use std::collections::HashMap;
use std::sync::Arc;

use crate::check::{Fixed, Found, Group, Levels, Reads, Rule, Whole, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::toolkit::audience::{Audience, Concern};
use crate::toolkit::edition::Hidden;
use crate::toolkit::id::{Id, Kind, Readers};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unanswered-concern",
    group: Group::Answers,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Toolkit(look),
    docs: r"
A concern that no published message or question answers for the audience that has it.

### Why
People listen once their own worry was heard. A concern without an answer is left off the audience's page, and someone else
will answer it. Drafts, embargoed items and the partners edition do not count: the audience does not read them.

### Wrong
```yaml content/audiences/police.yaml
name: Police
ask: Refer people.
concerns:
  - id: time
    says: How long will this tie me up?
```

### Right
```yaml content/audiences/police.yaml
name: Police
ask: Refer people.
concerns:
  - id: time
    says: How long will this tie me up?
```
```md content/faqs/how-long.md
---
question: How long does a referral take?
answers: [time]
---
Ten minutes.
```
",
};

/// What there is about a concern.
#[derive(Default)]
struct Answers {
    /// Who reads an answer.
    readers: Readers,
    /// The first item that would answer it, and why not everyone reads it.
    other: Option<(String, Option<Hidden>)>,
}

fn look(whole: &Whole<'_>, found: &mut Found) {
    let mut answers: HashMap<&Id, Answers> = HashMap::new();
    for kind in [Kind::Message, Kind::Faq] {
        for guarded in whole.toolkit.items(kind) {
            let item = guarded.for_checks();
            let hidden = guarded.for_view(&whole.public()).err();
            for concern in &item.answers {
                let known = answers.entry(concern).or_default();
                if hidden.is_none() {
                    known.readers = known.readers.and(item.readers);
                }
                known.other.get_or_insert_with(|| (item.name(), hidden));
            }
        }
    }
    let nothing = Answers::default();
    for audience in &whole.toolkit.audiences {
        for (n, concern) in audience.concerns.iter().enumerate() {
            let known = answers.get(&concern.id).unwrap_or(&nothing);
            if !known.readers.has(audience.reader) {
                let at = At::value(Arc::clone(&audience.file), KeyPath::top("concerns").index(n).key("id"));
                let item = format!("audiences/{}", audience.id);
                let readers = Readers::only(audience.reader);
                found.tell_of(Some(item.into()), at, readers, words(audience, concern, known));
            }
        }
    }
}

fn words(audience: &Audience, concern: &Concern, known: &Answers) -> Words {
    let id = &concern.id;
    let words = Words::new(format!("nothing published answers the concern `{id}` for `{}`", audience.id))
        .label("not answered yet");
    let answer = format!("answers: [{id}]");
    match &known.other {
        None => words.help(format!(
            "add `{id}` to `answers:` of a text that answers it already; or type `onevoice new faq {id}` and write `{answer}` into the new file"
        )),
        Some((name, None)) => words
            .note(format!("`{name}` answers it for others"))
            .help(format!("add `{}` to `audiences:` there, or `{answer}` to a text that they read", audience.id)),
        Some((name, Some(hidden))) => {
            let why = match hidden {
                Hidden::Draft => "is a draft".to_owned(),
                Hidden::PartnersOnly => "is only for partners".to_owned(),
                Hidden::Embargoed(day) => format!("is not public before {day}"),
                Hidden::Withdrawn(day) => format!("was withdrawn on {day}"),
            };
            words
                .note(format!("`{name}` would answer it, but {why}"))
                .help(format!("publish it, or write `{answer}` into a message or question that they read"))
        }
    }
}
