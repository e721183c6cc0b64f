//! `story-consent`: a real person's story without a consent that is in force.

use crate::check::{Fixed, Found, Group, Levels, Reads, Rule, Whole, Words};
use crate::finding::{KeyPath, Severity};
use crate::language::Date;
use crate::toolkit::edition::Key;
use crate::toolkit::id::Kind;
use crate::toolkit::item::{Item, Own};
use crate::toolkit::story::{Consent, Person};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "story-consent",
    group: Group::SignOff,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Toolkit(look),
    docs: r"
A real person's story without a consent that is in force today.

### Why
It is their life. Without their word on record, given and not run out, nobody tells it: not on the site, and not in the
partners edition. Drafts are left alone, and `person: composite` needs no consent: nobody's own story is told.

### Wrong
```md content/stories/the-card.md
---
title: The card by the till
person: real
---
She called the number on the card.
```

### Right
```md content/stories/the-card.md
---
title: The card by the till
person: real
consent:
  on: 2026-10-01
  until: 2099-10-01
  scope: this site and its sheets
  recorded_by: the outreach worker
---
She called the number on the card.
```
",
};

fn look(whole: &Whole<'_>, found: &mut Found) {
    for guarded in whole.toolkit.items(Kind::Story).iter().filter(|item| !item.is_resting(whole.today)) {
        let item = guarded.for_checks();
        let Own::Story(story) = &item.own else { continue };
        if story.person != Person::Real {
            continue;
        }
        let consent = story.consent.open(Key::for_checks()).as_ref();
        if let Some(words) = trouble(item, consent, whole.today) {
            found.tell_of(Some(item.name().into()), item.at(KeyPath::top("person")), item.readers, words);
        }
    }
}

/// Why there is no consent in force; `None` if there is.
fn trouble(item: &Item, consent: Option<&Consent>, today: Date) -> Option<Words> {
    let words = |why: String| Words::new(format!("this story is a real person's, and {why}"));
    let date = |key: &str| item.at(KeyPath::top("consent").key(key));
    let Some(consent) = consent else {
        return Some(
            words("no consent is on record".to_owned())
                .label("needs consent")
                .help("ask them, then write down what they said:\nconsent: {on: YEAR-MONTH-DAY, until: YEAR-MONTH-DAY, scope: where it may be told, recorded_by: who asked}\nUntil then set `draft: true`"),
        );
    };
    let Some(on) = consent.on else {
        return Some(
            words("its consent does not say when it was given".to_owned()).label("needs consent").help(
                "write the day under `consent:`, like `on: 2026-05-01`; until they have agreed set `draft: true`",
            ),
        );
    };
    if on.0 > today {
        return Some(
            words(format!("its consent begins only on {}", on.0))
                .label("no consent yet")
                .help("mend the day, or set `draft: true` until then")
                .related(&date("on"), "given on this day"),
        );
    }
    let until = consent.until.filter(|until| until.0 < today)?;
    Some(
        words(format!("its consent ended on {}", until.0))
            .label("no consent any more")
            .help("ask them again and write down the new day, or set `draft: true`")
            .related(&date("until"), "ended on this day"),
    )
}
