//! `unpaired-fact`: a fact without those that it may not stand without.

use std::collections::HashSet;
use std::sync::Arc;

use super::fact_not_for_audience::Allowed;
use crate::check::phrase::{list, reader};
use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, ThingLook, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::toolkit::Toolkit;
use crate::toolkit::id::{Id, Kind, Reader, Readers};
use crate::toolkit::item::Item;
use crate::voice::Heard;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unpaired-fact",
    group: Group::Facts,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Thing(look),
    docs: r"
A fact without the facts of its `show_with` in the same item, as one audience reads it.

### Why
Some figures mislead when they stand alone: a success without the number of people, a share without what it is a share of.
What another audience's block says does not count: nobody reads both.

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
    show_with: [people]
  - id: people
    label: People in the study
    value: 318
    unit: people
    reads: 318 people
    plain: The study followed 318 people.
    source: study
    review_by: 2099-05-01
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
    show_with: [people]
  - id: people
    label: People in the study
    value: 318
    unit: people
    reads: 318 people
    plain: The study followed 318 people.
    source: study
    review_by: 2099-05-01
```
```md content/faqs/does-it-work.md
---
question: Does it work?
---
It does: <fact:odds>, in a study of <fact:people>.
```
",
};

/// A fact in a text of the thing.
struct Use {
    fact: usize,
    at: At,
    readers: Readers,
    coaching: bool,
}

fn look<'a>(ground: &'a Ground<'a>) -> ThingLook<'a> {
    let toolkit = ground.toolkit;
    let allowed = Allowed::new(toolkit);
    let pairs: Vec<Vec<(usize, &Id)>> = toolkit.facts.iter().map(|fact| pairs(&fact.show_with, toolkit)).collect();
    let any = pairs.iter().any(|pairs| !pairs.is_empty());
    Box::new(move |heard, found| {
        if !any || !ground.is_shown(heard.subject) {
            return;
        }
        let uses = uses(heard, toolkit);
        let readers = uses
            .iter()
            .filter(|it| pairs.get(it.fact).is_some_and(|pairs| !pairs.is_empty()))
            .fold(Readers::NONE, |all, it| all.and(it.readers));
        for reader in readers.iter() {
            for_reader(reader, &uses, &pairs, &allowed, found);
        }
    })
}

fn pairs<'a>(ids: &'a [Id], toolkit: &Toolkit) -> Vec<(usize, &'a Id)> {
    ids.iter().filter_map(|id| Some((toolkit.fact_index(id)?, id))).collect()
}

fn uses(heard: &Heard<'_>, toolkit: &Toolkit) -> Vec<Use> {
    let mut uses = Vec::new();
    for text in &heard.texts {
        for (fact, mark) in text.facts() {
            uses.push(Use { fact, at: text.at_mark(mark), readers: text.readers, coaching: text.coaching });
        }
    }
    if let Some(item) = heard.subject.item().filter(|item| item.kind == Kind::Message) {
        uses.extend(listed(item, toolkit));
    }
    uses
}

/// The facts that a message lists: its page shows them.
fn listed<'a>(item: &'a Item, toolkit: &'a Toolkit) -> impl Iterator<Item = Use> + 'a {
    item.facts.iter().enumerate().filter_map(|(n, id)| {
        let at = At::value(Arc::clone(&item.file), KeyPath::top("facts").index(n));
        Some(Use { fact: toolkit.fact_index(id)?, at, readers: item.readers, coaching: false })
    })
}

/// Tells what stands alone before one reader: each fact once, at its first place, and with it the others.
fn for_reader(reader: Reader, uses: &[Use], pairs: &[Vec<(usize, &Id)>], allowed: &Allowed<'_>, found: &mut Found) {
    let read = || uses.iter().filter(|it| it.readers.has(reader));
    let open: HashSet<usize> = read().filter(|it| !it.coaching).map(|it| it.fact).collect();
    let all: HashSet<usize> = read().map(|it| it.fact).collect();
    let mut told: Vec<(usize, bool)> = Vec::new();
    for it in read() {
        let there = if it.coaching { &all } else { &open };
        let Some(pairs) = pairs.get(it.fact) else { continue };
        // that it may not stand here at all is told by another rule
        if !it.coaching && allowed.is_kept_from(it.fact, reader) {
            continue;
        }
        let missing: Vec<&Id> = pairs.iter().filter(|(n, _)| !there.contains(n)).map(|(_, id)| *id).collect();
        // a text with its coaching repeats what stands outside it
        if missing.is_empty() || told.iter().any(|(fact, coaching)| *fact == it.fact && *coaching <= it.coaching) {
            continue;
        }
        told.push((it.fact, it.coaching));
        let kept_from =
            |id: &&&Id| allowed.toolkit.fact_index(id).is_some_and(|n| !it.coaching && allowed.is_kept_from(n, reader));
        let mut words = match missing.iter().find(kept_from) {
            Some(id) => cannot_be_paired(it.fact, id, reader, allowed.toolkit),
            None => words(it.fact, &missing, allowed.toolkit),
        };
        for other in read().filter(|other| other.fact == it.fact && other.coaching == it.coaching && other.at != it.at)
        {
            words = words.related(&other.at, "and here");
        }
        found.tell(it.at.clone(), Readers::only(reader), words);
    }
}

fn words(fact: usize, missing: &[&Id], toolkit: &Toolkit) -> Words {
    let id = toolkit.facts.get(fact).map_or("", |fact| &*fact.id);
    let typed: Vec<String> = missing.iter().map(|id| format!("<fact:{id}>")).collect();
    Words::new(format!("the fact `{id}` stands here without {}", list(missing)))
        .label("may not stand alone")
        .help(format!("write {} into the same text, for the same readers; or take this fact out", list(&typed)))
}

/// The other fact may not be shown to this reader, so that this one can't be, either.
fn cannot_be_paired(fact: usize, missing: &Id, who: Reader, toolkit: &Toolkit) -> Words {
    let id = toolkit.facts.get(fact).map_or("", |fact| &*fact.id);
    let who = reader(toolkit.reader_name(who));
    Words::new(format!("the fact `{id}` stands here without `{missing}`, which may not be shown to {who}"))
        .label("may not stand alone")
        .help(format!("leave this fact out of what is for {who}, or put it into a block for those who may see both"))
}
