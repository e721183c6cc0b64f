//! `fact-not-for-audience`: a fact before readers to whom it may not be shown.

use std::sync::Arc;

use crate::check::phrase::list;
use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, ThingLook, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::toolkit::Toolkit;
use crate::toolkit::edition::Key;
use crate::toolkit::fact::Fact;
use crate::toolkit::id::{Kind, Reader, Readers};
use crate::voice::{Heard, Subject};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "fact-not-for-audience",
    group: Group::Facts,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Thing(look),
    docs: r"
A fact in a text that is also read by somebody to whom it may not be shown.

### Why
A fact's `audiences` and a profile's `facts_never` keep a figure from those whom it would lose. A fact that names its
audiences is in no general version either: everyone reads that one.

### Wrong
```yaml content/facts.yaml
sources:
  study: {title: A study of outcomes, year: 2017}
facts:
  - id: odds
    label: Odds of a new arrest
    value: 58
    unit: percent
    reads: 58% lower odds
    plain: People had 58% lower odds of a new arrest.
    source: study
    review_by: 2099-05-01
    audiences: [police]
```
```md content/faqs/does-it-work.md
---
question: Does it work?
---
It does: <fact:odds>.
```

### Right
```yaml content/facts.yaml
sources:
  study: {title: A study of outcomes, year: 2017}
facts:
  - id: odds
    label: Odds of a new arrest
    value: 58
    unit: percent
    reads: 58% lower odds
    plain: People had 58% lower odds of a new arrest.
    source: study
    review_by: 2099-05-01
    audiences: [police]
```
```md content/faqs/does-it-work.md
---
question: Does it work?
---
It does.

::: police
The figure: <fact:odds>.
:::
```
",
};

/// To whom each fact may be shown.
pub(super) struct Allowed<'a> {
    pub(super) toolkit: &'a Toolkit,
    readers: Vec<Readers>,
}

impl<'a> Allowed<'a> {
    pub(super) fn new(toolkit: &'a Toolkit) -> Self {
        let mut readers: Vec<Readers> = toolkit.facts.iter().map(|fact| fact.readers).collect();
        for audience in &toolkit.audiences {
            for id in audience.facts_never.open(Key::for_checks()) {
                if let Some(allowed) = toolkit.fact_index(id).and_then(|n| readers.get_mut(n)) {
                    *allowed = allowed.without(Readers::only(audience.reader));
                }
            }
        }
        Self { toolkit, readers }
    }

    /// Whether fact `n` may not be shown to `reader`.
    pub(super) fn is_kept_from(&self, n: usize, reader: Reader) -> bool {
        !self.wrong(n, Readers::only(reader)).is_empty()
    }

    /// Those of `readers` to whom fact `n` may not be shown.
    fn wrong(&self, n: usize, readers: Readers) -> Readers {
        self.readers.get(n).map_or(Readers::NONE, |allowed| readers.without(*allowed))
    }
}

fn look<'a>(ground: &'a Ground<'a>) -> ThingLook<'a> {
    let allowed = Allowed::new(ground.toolkit);
    let everyone = ground.toolkit.everyone();
    let any = (0..allowed.readers.len()).any(|n| !allowed.wrong(n, everyone).is_empty());
    Box::new(move |heard, found| {
        if !any || !ground.is_shown(heard.subject) {
            return;
        }
        let here = shown_to(heard, everyone);
        // what coaches is said to partners, not to the audience
        let coaches = |key| matches!(key, Some("tempting" | "why_it_fails"));
        for text in heard.texts.iter().filter(|text| !text.coaching && !coaches(text.key)) {
            for (n, mark) in text.facts() {
                tell(&allowed, n, &text.at_mark(mark), text.readers.both(here), text.key.is_none(), found);
            }
        }
        // a message shows the facts that it lists
        let Some(item) = heard.subject.item().filter(|item| item.kind == Kind::Message) else { return };
        for (place, id) in item.facts.iter().enumerate() {
            if let Some(n) = ground.toolkit.fact_index(id) {
                let at = At::value(Arc::clone(&item.file), KeyPath::top("facts").index(place));
                tell(&allowed, n, &at, item.readers, false, found);
            }
        }
    })
}

/// Who may read it at all: a tough question has no general version.
fn shown_to(heard: &Heard<'_>, everyone: Readers) -> Readers {
    match heard.subject {
        Subject::Item(_, item) if item.for_checks().kind == Kind::ToughQuestion => {
            everyone.without(Readers::only(Reader::GENERAL))
        }
        _ => everyone,
    }
}

fn tell(allowed: &Allowed<'_>, n: usize, at: &At, readers: Readers, in_body: bool, found: &mut Found) {
    let wrong = allowed.wrong(n, readers);
    let Some(fact) = allowed.toolkit.facts.get(n).filter(|_| !wrong.is_empty()) else { return };
    let mut words = Words::new(format!("the fact `{}` may not be shown to all who read this", fact.id))
        .label("not for all of them")
        .help(help(allowed, n, readers, in_body));
    if fact.audiences.is_some() && !wrong.without(fact.readers).is_empty() {
        let at = At::value(Arc::clone(&fact.entry.file), fact.entry.key("audiences"));
        words = words.related(&at, "it is for these alone");
    }
    for audience in wrong.iter().filter_map(|reader| allowed.toolkit.audience_of(reader)) {
        if let Some(place) = never(&audience.facts_never.open(Key::for_checks())[..], fact) {
            let at = At::value(Arc::clone(&audience.file), KeyPath::top("facts_never").index(place));
            words = words.related(&at, format!("never shown to `{}`", audience.id));
        }
    }
    found.tell(at.clone(), wrong, words);
}

fn never(ids: &[Arc<str>], fact: &Fact) -> Option<usize> {
    ids.iter().position(|id| *id == fact.id)
}

/// What to type: a block for those who may read it, where there are a few.
fn help(allowed: &Allowed<'_>, n: usize, readers: Readers, in_body: bool) -> String {
    const FEW: usize = 4;
    let good = readers.without(allowed.wrong(n, readers));
    let names: Vec<&str> = good.iter().map(|reader| allowed.toolkit.reader_name(reader)).collect();
    match (in_body, names.len()) {
        (_, 0) => "leave it out, or use a fact that they may see".to_owned(),
        (true, 1..=FEW) if !good.has(Reader::GENERAL) => {
            format!("put it between lines `::: {}` and `:::`", names.join(", "))
        }
        (true, _) => "put it into a `:::` block that these readers do not see".to_owned(),
        (false, 1..=FEW) => format!("leave it out here, or write a text of their own for {}", list(&names)),
        (false, _) => "leave it out, or write these readers a text of their own".to_owned(),
    }
}
