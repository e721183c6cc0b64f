//! `review-overdue`: an item or a profile that was to be looked at again by a day that is past.

use std::sync::Arc;

use crate::check::{Fixed, Found, Group, Levels, Reads, Rule, Whole, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::language::Date;
use crate::toolkit::edition::Key;
use crate::toolkit::id::Readers;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "review-overdue",
    group: Group::SignOff,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Toolkit(look),
    docs: r"
An item or a profile whose `review_by` is past.

### Why
You set the day because something may change by then: a budget, a phone line, who sits on the council. Drafts are left
alone.

### Wrong
```md content/faqs/who-pays.md
---
question: Who pays for this?
review_by: 2020-05-01
---
The city does.
```

### Right
```md content/faqs/who-pays.md
---
question: Who pays for this?
review_by: 2099-05-01
---
The city does.
```
",
};

fn look(whole: &Whole<'_>, found: &mut Found) {
    for guarded in whole.toolkit.all_items().iter().filter(|item| !item.is_resting(whole.today)) {
        let item = guarded.for_checks();
        if let Some(day) = item.review_by.filter(|day| *day < whole.today) {
            found.tell_of(Some(item.name().into()), item.at(KeyPath::top("review_by")), item.readers, words(day));
        }
    }
    for audience in &whole.toolkit.audiences {
        let day = audience.review_by.open(Key::for_checks());
        if let Some(day) = day.filter(|day| day.0 < whole.today) {
            let at = At::value(Arc::clone(&audience.file), KeyPath::top("review_by"));
            let item = format!("audiences/{}", audience.id);
            found.tell_of(Some(item.into()), at, Readers::only(audience.reader), words(day.0));
        }
    }
}

fn words(day: Date) -> Words {
    Words::new(format!("this was to be looked at again by {day}"))
        .label("this day is past")
        .help("read it again, mend what has changed, then write the day of the next review here")
}
