//! The figures that a toolkit keeps: which fact says a number that was typed, and which numbers belong to a fact.

use std::collections::HashMap;

use crate::language::figures::{Amount, Kind, Number, Value, numbers};
use crate::toolkit::Toolkit;
use crate::toolkit::fact::Fact;
use crate::toolkit::local::Local;

/// The figures of all facts, to look one up by what it says.
#[derive(Debug)]
pub struct Stored {
    figures: Vec<Figure>,
    by_amount: HashMap<Amount, Vec<usize>>,
    /// What the wordings of facts say, by amount.
    said: HashMap<Amount, Vec<Wording>>,
}

/// What a fact keeps: its value, what that is compared with, or how its wording says them.
#[derive(Debug)]
struct Figure {
    fact: usize,
    number: Number,
    /// Whether it is what the value is compared with.
    compared: bool,
    /// What may be counted by it, of a count.
    nouns: Vec<String>,
}

/// A number in the wording of a fact.
#[derive(Debug)]
struct Wording {
    fact: usize,
    number: Number,
    counts: Option<String>,
}

impl Stored {
    /// The figures of the facts.
    pub fn new(facts: &[Fact]) -> Self {
        let figures: Vec<Figure> = facts.iter().enumerate().flat_map(|(n, fact)| figures(n, fact)).collect();
        let mut by_amount: HashMap<Amount, Vec<usize>> = HashMap::new();
        for (n, figure) in figures.iter().enumerate() {
            if let Some(amount) = figure.number.value.amounts().next() {
                by_amount.entry(amount).or_default().push(n);
            }
        }
        let mut said: HashMap<Amount, Vec<Wording>> = HashMap::new();
        for (n, fact) in facts.iter().enumerate() {
            for text in [&fact.reads, &fact.plain] {
                for number in numbers(text).into_iter().filter(Number::is_figure) {
                    let Some(amount) = number.value.amounts().next() else { continue };
                    let counts = noun(&number, text);
                    said.entry(amount).or_default().push(Wording { fact: n, number, counts });
                }
            }
        }
        Self { figures, by_amount, said }
    }

    /// The facts that keep this number of `text`, in their order; and whether it is what their value is compared with.
    pub fn facts_with(&self, number: &Number, text: &str) -> Vec<(usize, bool)> {
        let candidates = number.value.amounts().next().and_then(|amount| self.by_amount.get(&amount));
        let figures = candidates.into_iter().flatten().filter_map(|n| self.figures.get(*n));
        let same = figures.filter(|figure| figure.number.same(number) && figure.counts_what(number, text));
        let mut facts: Vec<_> = same.map(|figure| (figure.fact, figure.compared)).collect();
        facts.dedup_by_key(|(fact, _)| *fact);
        facts
    }

    /// The facts whose wordings say this number of `text` beside their own figure: "about $1,560 less, or 17%".
    pub fn saying(&self, number: &Number, text: &str) -> Vec<usize> {
        let said = number.value.amounts().next().and_then(|amount| self.said.get(&amount));
        let counted = noun(number, text);
        let same = said.into_iter().flatten().filter(|said| {
            said.number.same(number) && (number.kind != Kind::Count || counted.is_some() && said.counts == counted)
        });
        let mut facts: Vec<usize> = same.map(|said| said.fact).collect();
        facts.dedup();
        facts
    }

    /// The fact whose figure is of the same kind and nearest to this number of `text`, if it is near: a tenth off at most.
    pub fn near(&self, number: &Number, text: &str) -> Option<usize> {
        let Value::One(typed) = number.value else { return None };
        let off = |kept: Amount| {
            let (low, high) = if kept < typed { (kept, typed) } else { (typed, kept) };
            // how much more the higher one is, of the lower one
            high.of(low).filter(|times| Amount::fraction(11, 10).is_some_and(|most| *times <= most))
        };
        let near = self.figures.iter().filter_map(|figure| {
            let Value::One(kept) = figure.number.value else { return None };
            let alike = figure.number.kind == number.kind && figure.number.unit == number.unit;
            (alike && figure.counts_what(number, text)).then(|| Some((off(kept)?, figure.fact)))?
        });
        near.min().map(|(_, fact)| fact)
    }
}

/// Whether facts are looked up by numbers of this kind: a day or a name is no figure that one of them keeps.
pub const fn is_kept(kind: Kind) -> bool {
    !matches!(kind, Kind::Year | Kind::Date | Kind::Time | Kind::Phone | Kind::Ordinal | Kind::Name)
}

impl Figure {
    /// Whether it counts the same things as a count of `text`; true of all that is no count.
    fn counts_what(&self, number: &Number, text: &str) -> bool {
        number.kind != Kind::Count || noun(number, text).is_some_and(|noun| self.nouns.contains(&noun))
    }
}

/// What a number counts, in small letters and without the ending of the plural.
fn noun(number: &Number, text: &str) -> Option<String> {
    let noun = text.get(number.counted.clone()?)?.to_lowercase();
    Some(noun.strip_suffix('s').unwrap_or(&noun).to_owned())
}

/// A value with its unit, as a number of the text that it gives.
fn valued(value: &str, unit: &str) -> Option<(Number, String)> {
    let text = format!("{} {unit}", value.trim().trim_start_matches(['-', '+', '−']));
    numbers(&text).into_iter().next().map(|number| (number, text))
}

/// The number of `reads` that says another figure than the value; `None` where one of its numbers is the value, be it
/// rounded, or none is of its kind ("most of them").
pub fn said_otherwise(value: &str, unit: &str, reads: &str) -> Option<Number> {
    let (kept, _) = valued(value, unit)?;
    let alike = |said: &Number| said.kind == kept.kind && said.unit == kept.unit;
    let said: Vec<Number> = numbers(reads).into_iter().filter(alike).collect();
    let says = |said: &Number| match (kept.value, said.value) {
        (Value::One(kept), Value::One(said)) => kept.rounds_to(said),
        (kept, said) => kept == said || said == Value::Unread,
    };
    (!said.iter().any(says)).then(|| said.into_iter().next())?
}

fn figures(n: usize, fact: &Fact) -> Vec<Figure> {
    let values = [
        (Some(&fact.value), Some(&fact.reads), false),
        (fact.compare_value.as_ref(), fact.compare_reads.as_ref(), true),
    ];
    let mut nouns = Vec::new();
    let mut kept: Vec<(Number, bool)> = Vec::new();
    for (value, reads, compared) in values {
        let Some((number, text)) = value.and_then(|value| valued(&value.0, &fact.unit)) else { continue };
        if !is_kept(number.kind) {
            continue;
        }
        nouns.extend(noun(&number, &text));
        // the wording may round it: "about 80,000 people" for 80,391 deaths
        let alike = |said: &Number| said.kind == number.kind && said.unit == number.unit;
        if let Some((said, reads)) = reads.and_then(|reads| Some((numbers(reads).into_iter().find(alike)?, reads))) {
            nouns.extend(noun(&said, reads));
            kept.push((said, compared));
        }
        kept.push((number, compared));
    }
    nouns.sort();
    nouns.dedup();
    kept.into_iter().map(|(number, compared)| Figure { fact: n, number, compared, nouns: nouns.clone() }).collect()
}

/// The numbers that belong to a fact or a fill-in.
#[derive(Debug, Default)]
pub struct Own {
    numbers: Vec<Number>,
    /// The digits of those that can't be compared by value, of a phone number.
    digits: Vec<String>,
}

impl Own {
    /// Those of a fact: its value and all that is said of it. Of its caveat and its sources only the years.
    pub fn of_fact(fact: &Fact, toolkit: &Toolkit) -> Self {
        let mut own = Self::default();
        for value in [Some(&fact.value), fact.compare_value.as_ref()].into_iter().flatten() {
            own.numbers.extend(valued(&value.0, &fact.unit).map(|(number, _)| number));
            own.add(&value.0);
        }
        let texts = [&fact.label, &fact.unit, &fact.reads, &fact.plain];
        let more = [&fact.compare_reads, &fact.sample, &fact.period, &fact.place];
        texts.into_iter().chain(more.into_iter().flatten()).for_each(|text| own.add(text));
        let sources = [&fact.source].into_iter().chain(&fact.also.0).chain(&fact.see_also.0);
        let sources = sources.filter_map(|id| toolkit.sources.get(id));
        for source in sources {
            own.add_years(&source.title);
            source.year.iter().for_each(|year| own.add_years(&year.0));
        }
        fact.published.iter().for_each(|day| own.add_years(&day.0));
        fact.caveat.iter().for_each(|caveat| own.add_years(caveat));
        own
    }

    /// Those of a fill-in; none where it is not filled in.
    pub fn of_local(local: &Local) -> Option<Self> {
        let mut own = Self::default();
        own.add(local.value.as_deref()?);
        Some(own)
    }

    fn add(&mut self, text: &str) {
        let found = numbers(text);
        self.digits.extend(found.iter().map(|number| digits(&text[number.span.clone()])));
        self.numbers.extend(found);
    }

    /// A date is more than a year: the year in it counts, too.
    fn add_years(&mut self, text: &str) {
        self.numbers.extend(numbers(text).into_iter().filter(|number| matches!(number.kind, Kind::Year | Kind::Date)));
        let years = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
        self.digits.extend(years.map(str::to_owned));
    }

    /// Whether `number`, in words `typed`, is one of them.
    pub fn has(&self, number: &Number, typed: &str) -> bool {
        if self.numbers.iter().any(|own| own.same(number) || own.same_share(number)) {
            return true;
        }
        match (number.kind, number.value) {
            (Kind::Year | Kind::Date | Kind::Phone | Kind::Name | Kind::Time, _) | (_, Value::Unread) => {
                let typed = digits(typed);
                let longer = |one: &str, other: &str| is_phone(other) && one.ends_with(other);
                self.digits.iter().any(|own| *own == typed || longer(own, &typed) || longer(&typed, own))
            }
            // "thousands" of 7.6 million
            (_, Value::Many(many)) => self.numbers.iter().any(|own| {
                let twice = many.times(Amount::whole(2));
                own.value.amounts().any(|amount| twice.is_some_and(|twice| twice <= amount))
            }),
            // each end of "34 to 71 percent"; and a number alone, whose unit stands outside of the link
            (_, value) => value.amounts().all(|amount| {
                let bare = number.kind == Kind::Count && number.counted.is_none();
                self.numbers.iter().any(|own| {
                    (bare || own.kind == number.kind && own.unit == number.unit)
                        && own.value.amounts().any(|kept| kept == amount)
                })
            }),
        }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// So many digits that a longer one with the same end is the same line with its area.
fn is_phone(digits: &str) -> bool {
    digits.len() >= 7
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a fill-in with `value` has each number of `text`.
    fn has(value: &str, text: &str) -> Vec<bool> {
        let mut own = Own::default();
        own.add(value);
        numbers(text).iter().map(|number| own.has(number, &text[number.span.clone()])).collect()
    }

    #[test]
    fn a_number_is_known_in_any_form() {
        assert_eq!(has("20 minutes or less", "twenty minutes, not 30 minutes"), [true, false]);
        assert_eq!(has("8 a.m. to 8 p.m.", "from 8 a.m. to 9 p.m."), [true, false]);
        assert_eq!(has("(505) 555-0142", "call 555-0142 or 555-0149"), [true, false]);
        assert_eq!(has("555-0142", "call (505) 555-0142"), [true]);
        assert_eq!(has("up from 34% to 71%", "34 to 71 percent, not 43%"), [true, false]);
        assert_eq!(has("7.6 million admissions", "millions of admissions"), [true]);
        assert_eq!(has("a value of 58%", "one in five"), [false]);
        assert_eq!(has("20% of them", "one in five people"), [true]);
    }

    #[test]
    fn a_wording_says_the_value_or_rounds_it() {
        let otherwise = |value, unit, reads: &str| {
            said_otherwise(value, unit, reads).map(|number| reads.get(number.span).unwrap_or_default().to_owned())
        };
        assert_eq!(otherwise("75", "percent", "71% used care, up from 34%").as_deref(), Some("71%"));
        assert_eq!(otherwise("34", "percent", "71% used care, up from 34%"), None);
        assert_eq!(otherwise("80391", "deaths in a year", "about 80,000 people"), None);
        assert_eq!(otherwise("-2100", "US dollars", "down by about $2,100"), None);
        assert_eq!(otherwise("-2200", "US dollars", "down by about $2,100").as_deref(), Some("$2,100"));
        assert_eq!(otherwise("0", "violent charges", "no violent charges"), None);
        assert_eq!(otherwise("50", "percent (about)", "about half the risk"), None);
        assert_eq!(otherwise("6 to 9", "months", "in 6 to 9 months"), None);
    }
}
