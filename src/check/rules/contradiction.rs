//! `contradiction`: two audiences that are told different numbers.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::alike::{Alike, Bag, sequence};
use crate::check::phrase::reader as named;
use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, ThingLook, Words};
use crate::finding::{At, Severity};
use crate::language::figures::{Kind, Number, Value, numbers};
use crate::language::sentences::sentences;
use crate::toolkit::Toolkit;
use crate::toolkit::id::Readers;
use crate::voice::prose::{Mark, MarkKind};
use crate::voice::{Heard, HeardBlock, HeardText};

/// Sentences are compared that share so many words, beside numbers.
const FEWEST: usize = 6;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "contradiction",
    group: Group::OneVoice,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Thing(look),
    docs: r"
Two audiences' versions of one item give different numbers.

Either both cite the same fact or fill-in with different figures of it, or they say nearly the same sentence (at least 0.7
of its words, and six) with different numbers. Dates, times of day and phone numbers may differ, and so may figures of two
facts.

### Why
Audiences talk to each other. When the owner was told 20 minutes and the officer 30, neither believes the next number.

### Wrong
```md content/faqs/how-long.md
---
question: How long does it take?
---
::: police
A case manager comes within 20 minutes of your call.
::: else
A case manager comes within 30 minutes of your call.
:::
```

### Right
```md content/faqs/how-long.md
---
question: How long does it take?
---
::: police
A case manager comes within 20 minutes of your call, and you go back to patrol.
::: else
A case manager comes within 20 minutes of your call.
:::
```
",
};

/// A fact or a fill-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Fact(u32),
    Local(u32),
}

/// A number where somebody reads it.
#[derive(Clone)]
struct Told<'a> {
    text: &'a HeardText,
    range: Range<usize>,
    number: Number,
    /// The link whose words it stands in, by what it leads to and where it begins.
    link: Option<(Source, usize)>,
}

/// Numbers that are read together, with all who read them.
struct Statement<'a> {
    readers: Readers,
    told: Vec<Told<'a>>,
}

fn look<'a>(ground: &'a Ground<'a>) -> ThingLook<'a> {
    let allowed = allowed(ground.toolkit);
    Box::new(move |heard: &Heard<'_>, found: &mut Found| {
        let Some(item) = heard.subject.item() else { return };
        if heard.texts.iter().all(|text| text.readers == item.readers || text.coaching) {
            return;
        }
        let (mut cited, mut said, mut bags) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (block, told) in told_numbers(&heard.blocks()) {
            cite(block, &told, &mut cited);
            say(block, &told, &mut said, &mut bags);
        }
        for (source, statements) in &cited {
            let allowed = allowed.get(source).map_or(&[][..], |numbers| numbers);
            different_figures(statements, allowed, ground.toolkit, found);
        }
        different_numbers(&said, bags, ground.toolkit, found);
    })
}

/// The numbers in the wordings of each fact and fill-in.
fn allowed(toolkit: &Toolkit) -> BTreeMap<Source, Vec<Number>> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let facts = toolkit.facts.iter().enumerate().map(|(n, fact)| {
        let typed = [Some(&fact.value), fact.compare_value.as_ref()];
        let typed =
            typed.into_iter().flatten().map(|value| format!("{} {}", value.0.trim_start_matches('-'), fact.unit));
        let texts = [Some(&fact.reads), fact.compare_reads.as_ref(), Some(&fact.plain)];
        let texts = texts.into_iter().flatten().map(ToString::to_string);
        (Source::Fact(number(n)), texts.chain(typed).flat_map(|text| numbers(&text)).collect())
    });
    let local = toolkit
        .local
        .iter()
        .enumerate()
        .map(|(n, local)| (Source::Local(number(n)), local.value.as_deref().map(numbers).unwrap_or_default()));
    facts.chain(local).collect()
}

/// The blocks in which numbers stand that may not differ, each with these.
fn told_numbers<'a>(blocks: &[HeardBlock<'a>]) -> Vec<(HeardBlock<'a>, Vec<Told<'a>>)> {
    let mut all = Vec::new();
    let mut marks: (Option<&HeardText>, Vec<&Mark>) = (None, Vec::new());
    for block in blocks {
        let mut found = numbers(block.text.prose.words_of(block.block));
        found.retain(|number| !matches!(number.kind, Kind::Date | Kind::Time | Kind::Phone | Kind::Year));
        if found.is_empty() {
            continue;
        }
        if marks.0.is_none_or(|text| !std::ptr::eq(text, block.text)) {
            let mut sorted: Vec<&Mark> = block.text.prose.marks.iter().collect();
            sorted.sort_by_key(|mark| mark.range.start);
            marks = (Some(block.text), sorted);
        }
        let told = found.into_iter().filter_map(|number| {
            let range = block.block.range.start + number.span.start..block.block.range.start + number.span.end;
            let link = match covering(&marks.1, range.start).map(|mark| (&mark.kind, mark.range.start)) {
                Some((MarkKind::Code | MarkKind::Address, _)) => return None,
                Some((MarkKind::FactReads(n) | MarkKind::FactWords(n), at)) => Some((Source::Fact(*n), at)),
                Some((MarkKind::LocalValue(n) | MarkKind::LocalWords(n), at)) => Some((Source::Local(*n), at)),
                _ => None,
            };
            Some(Told { text: block.text, range, number, link })
        });
        all.push((*block, told.collect()));
    }
    all
}

/// The innermost mark around byte `at`; marks stand within three others at most.
fn covering<'m>(marks: &[&'m Mark], at: usize) -> Option<&'m Mark> {
    let first = marks.partition_point(|mark| mark.range.start <= at);
    marks.get(..first)?.iter().rev().take(4).find(|mark| at < mark.range.end).copied()
}

/// Keeps what is cited of each fact and fill-in: the same figures once, with all who read them.
fn cite<'a>(block: HeardBlock<'a>, told: &[Told<'a>], cited: &mut BTreeMap<Source, Vec<Statement<'a>>>) {
    for link in told.chunk_by(|a, b| a.link == b.link) {
        let Some((source, _)) = link.first().and_then(|told| told.link) else { continue };
        let statements = cited.entry(source).or_default();
        let same = |known: &&mut Statement<'_>| agree(&known.told, link);
        match statements.iter_mut().find(same) {
            Some(known) => known.readers = known.readers.and(block.readers),
            None => statements.push(Statement { readers: block.readers, told: link.to_vec() }),
        }
    }
}

/// Keeps the sentences that hold numbers, and their other words.
fn say<'a>(block: HeardBlock<'a>, told: &[Told<'a>], said: &mut Vec<Statement<'a>>, bags: &mut Vec<Bag>) {
    let words = block.text.prose.words_of(block.block);
    let base = block.block.range.start;
    let mut rest = told;
    for sentence in sentences(words) {
        let until = rest.partition_point(|told| told.range.start - base < sentence.end);
        let (own, others) = rest.split_at(until);
        rest = others;
        if own.is_empty() {
            continue;
        }
        let (mut other_words, mut at) = (Vec::new(), sentence.start);
        for number in own {
            other_words.extend(sequence(words.get(at..number.range.start - base).unwrap_or_default()));
            at = number.range.end - base;
        }
        other_words.extend(sequence(words.get(at..sentence.end).unwrap_or_default()));
        bags.push(Bag::new(other_words));
        said.push(Statement { readers: block.readers, told: own.to_vec() });
    }
}

/// Tells where one fact or fill-in is cited with different figures, both its own.
fn different_figures(statements: &[Statement<'_>], allowed: &[Number], toolkit: &Toolkit, found: &mut Found) {
    let mut known = vec![false; statements.len()];
    for (n, one) in statements.iter().enumerate() {
        let mut others = Vec::new();
        for (m, other) in statements.iter().enumerate().skip(n + 1) {
            let (mine, theirs) = (lacking(&one.told, &other.told), lacking(&other.told, &one.told));
            // of one thing: 590 arrests and 100 people are two
            let pair = mine.iter().find_map(|a| Some((*a, *theirs.iter().find(|b| comparable(a, b))?)));
            let Some((mine, theirs)) = pair else { continue };
            let is_allowed = |told: &Told<'_>| allowed.iter().any(|number| says(number, &told.number));
            if !known[n] && apart(one.readers, other.readers) && is_allowed(mine) && is_allowed(theirs) {
                others.push((mine, theirs, other.readers));
                known[m] = true;
            }
        }
        tell(one.readers, &others, toolkit, found);
    }
}

/// Tells which sentences say nearly the same with different numbers.
fn different_numbers(said: &[Statement<'_>], bags: Vec<Bag>, toolkit: &Toolkit, found: &mut Found) {
    if said.len() < 2 {
        return;
    }
    let alike = Alike::new(bags.clone());
    let mut known = vec![false; said.len()];
    for (n, (one, bag)) in said.iter().zip(&bags).enumerate() {
        if known[n] {
            continue;
        }
        let near: Vec<(usize, &Statement<'_>)> = alike
            .near(bag)
            .into_iter()
            .filter(|(_, shared)| *shared >= FEWEST)
            .filter_map(|(m, _)| Some((m, said.get(m)?)))
            .collect();
        // who reads these numbers in a sentence like this
        let readers_of = |told: &[Told<'_>]| {
            let same = near.iter().filter(|(_, statement)| agree(&statement.told, told));
            same.fold(Readers::NONE, |all, (_, statement)| all.and(statement.readers))
        };
        let own = readers_of(&one.told);
        let mut others = Vec::new();
        for (m, other) in near.iter().filter(|(m, _)| *m > n) {
            let (mine, theirs) = (lacking(&one.told, &other.told), lacking(&other.told, &one.told));
            // figures of facts and fill-ins: of one they are told above, of two they may differ
            let typed = mine.iter().chain(&theirs).any(|told| told.link.is_none());
            let (Some(mine), Some(theirs)) = (mine.first(), theirs.first()) else { continue };
            let readers = readers_of(&other.told);
            if typed && !known[*m] && apart(own, readers) {
                others.push((*mine, *theirs, other.readers));
                known[*m] = true;
            }
        }
        tell(one.readers, &others, toolkit, found);
    }
}

/// Whether some read the one and not the other, and some the other way round.
fn apart(one: Readers, other: Readers) -> bool {
    !one.without(other).is_empty() && !other.without(one).is_empty()
}

/// The numbers of `one` that `other` does not hold.
fn lacking<'t, 'a>(one: &'t [Told<'a>], other: &[Told<'_>]) -> Vec<&'t Told<'a>> {
    let mut left: Vec<&Told<'_>> = other.iter().collect();
    let mut lacking = Vec::new();
    for told in one {
        match left.iter().position(|other| same(told, other)) {
            Some(at) => drop(left.swap_remove(at)),
            None => lacking.push(told),
        }
    }
    lacking
}

fn agree(one: &[Told<'_>], other: &[Told<'_>]) -> bool {
    lacking(one, other).is_empty() && lacking(other, one).is_empty()
}

fn same(one: &Told<'_>, other: &Told<'_>) -> bool {
    one.number.same(&other.number)
        || one.number.same_share(&other.number)
        || one.words().eq_ignore_ascii_case(other.words())
}

/// Whether both could be the same thing's number.
fn comparable(one: &Told<'_>, other: &Told<'_>) -> bool {
    let counted = |told: &Told<'_>| {
        let base = told.range.start - told.number.span.start;
        let noun = told.number.counted.clone()?;
        told.text.prose.text().get(base + noun.start..base + noun.end).map(str::to_lowercase)
    };
    let things = counted(one).zip(counted(other));
    one.number.kind == other.number.kind
        && one.number.unit == other.number.unit
        && things.is_none_or(|(one, other)| one.trim_end_matches('s') == other.trim_end_matches('s'))
}

/// Whether a wording with `allowed` allows `typed`: all its amounts are there, whatever they are of.
fn says(allowed: &Number, typed: &Number) -> bool {
    let amounts: Vec<_> = allowed.value.amounts().collect();
    let known = typed.value.amounts().all(|amount| amounts.contains(&amount));
    allowed.same(typed) || allowed.same_share(typed) || (known && typed.value != Value::Unread)
}

impl<'a> Told<'a> {
    fn words(&self) -> &'a str {
        self.text.prose.text().get(self.range.clone()).unwrap_or_default()
    }

    fn at(&self) -> At {
        self.text.at(self.range.clone())
    }
}

/// Tells one finding: what the first are told, and beside it what others are.
fn tell(own: Readers, others: &[(&Told<'_>, &Told<'_>, Readers)], toolkit: &Toolkit, found: &mut Found) {
    let Some((first, second, _)) = others.first() else { return };
    let told_to = |readers: Readers| {
        let names: Vec<&str> = readers.iter().map(|reader| named(toolkit.reader_name(reader))).collect();
        match &names[..] {
            names @ ([] | [_] | [_, _] | [_, _, _]) => format!("told to {}", names.join(", ")),
            [first, second, rest @ ..] => format!("told to {first}, {second} and {} more", rest.len()),
        }
    };
    let message = format!("audiences are told different numbers: `{}` and `{}`", first.words(), second.words());
    let mut words = Words::new(message)
        .label(told_to(own))
        .help("give all the same number, or say in the sentence what is different for these readers");
    let mut readers = own;
    for (_, theirs, others) in others {
        words = words.related(&theirs.at(), told_to(*others));
        readers = readers.and(*others);
    }
    found.tell(first.at(), readers, words);
}
