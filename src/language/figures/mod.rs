//! Figures: the numbers in a text that a reader takes for evidence, in digits or words, each with its place and a form that can be
//! compared. `58%`, `58 per cent` and `fifty-eight percent` are the same figure.
//!
//! Two questions, one pass. [`figures`] gives what needs a source: percentages, points, money, shares, multiples, and counts above
//! twelve. [`numbers`] gives every number with its [`Kind`], also years, dates, times, ages, durations, phone numbers and the numbers
//! in names: for texts in which every number counts, and to set some kinds apart.
//!
//! What was decided where the language is not sharp:
//! - A share is not a percentage: "one in five" and "20%" are two figures with one [`Number::same_share`]. "Half" is the share 1/2, and
//!   so is "halved". "twice", "doubled", "two times as many", "twofold" and "2x" are the multiple 2.
//! - "twice" and "three times" are multiples only where something is compared ("twice as many", "three times the rate"); else they
//!   are occasions. "twice a week" is a schedule. Occasions above twelve are a count.
//! - A count with a decimal part ("1.4 fewer bookings") is a figure at any size: nobody counts so without a study.
//! - A distance, a weight, a dose, a temperature is a [`Kind::Measure`], not a figure. So is a duration, also "41 fewer days".
//! - "40 to 50 percent" is one figure with two amounts; "from 40% to 50%" is two figures. "50-50", "a 7-2 vote", "24/7", "half the
//!   battle", "one in a million" are names: ways of speaking.
//! - "dozens" and "hundreds of thousands" are counts of many, equal only to themselves.
//! - The place of a figure is the smallest that says it with its unit: `58%`, `$1.2 million`, `4.5 times`, `one in five`. What is
//!   counted is not in it (`1,200` in "1,200 low-level arrests"); [`Number::counted`] says which word that seems to be.
//!
//! The words are data: `language/en.yaml`.

mod amount;
mod cardinal;
mod lexicon;
mod names;
mod scan;
mod shares;
#[cfg(test)]
mod tests;
mod times;
mod token;
mod units;

use std::ops::Range;

pub use amount::Amount;

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Where it stands, in bytes: the number with its unit, without the noun that is counted.
    pub span: Range<usize>,
    /// What it is a number of.
    pub kind: Kind,
    /// How much.
    pub value: Value,
    /// The one name of its unit: `usd`, `hour`, `mile`. None for kinds that need none.
    pub unit: Option<&'static str>,
    /// Where the noun stands that is counted, as far as can be told: `arrests` in "1,200 low-level arrests".
    pub counted: Option<Range<usize>>,
}

/// What a number is a number of. The first six can be figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `58%`
    Percent,
    /// `12 percentage points`
    Points,
    /// `$1.2 million`; the unit is the currency.
    Money,
    /// `one in five`, `9 out of 10`, `two-thirds`, `half`
    Share,
    /// `twice as many`, `fivefold`, `4.5 times`
    Multiple,
    /// `1,200 arrests`, `dozens`. A figure when above twelve.
    Count,
    /// `three times`, `twice a week`: how often, up to twelve.
    Occasions,
    /// `72 hours`, `30-day`; the unit is that of the text: 72 hours is not three days.
    Duration,
    /// `25 years old`, `under 18`, `ages 18 to 25`
    Age,
    /// `30 miles`, `50 mg`
    Measure,
    /// `2014`, `the 1990s`
    Year,
    /// `June 5`, `2026-11-24`; the value is the day.
    Date,
    /// `9:30 p.m.`, `half past nine`; the value is the hour.
    Time,
    /// `206-555-0123`, `988`
    Phone,
    /// `the 3rd`, `twenty-first`
    Ordinal,
    /// A number that is part of a name, an address, a code, a reference, a list or a way of speaking: `COVID-19`, `Section 8`,
    /// `42 CFR`, `1200 Main Street`, `24/7`.
    Name,
}

/// How much a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// One amount.
    One(Amount),
    /// From the first to the second, in the order of the text: `40 to 50 percent`.
    Between(Amount, Amount),
    /// Many of these: `dozens` is many twelves.
    Many(Amount),
    /// More digits than can be held, or a code: equal to nothing.
    Unread,
}

impl Value {
    /// The amounts in it: one, two, or none.
    pub fn amounts(self) -> impl Iterator<Item = Amount> {
        let (first, second) = match self {
            Self::One(amount) | Self::Many(amount) => (Some(amount), None),
            Self::Between(low, high) => (Some(low), Some(high)),
            Self::Unread => (None, None),
        };
        first.into_iter().chain(second)
    }
}

impl Number {
    /// Whether it is a figure: something that a reader takes for evidence.
    #[must_use]
    pub fn is_figure(&self) -> bool {
        match self.kind {
            Kind::Percent | Kind::Points | Kind::Money | Kind::Share | Kind::Multiple => true,
            Kind::Count => match self.value {
                Value::Many(_) | Value::Unread => true,
                Value::One(amount) | Value::Between(_, amount) => amount > Amount::whole(12) || !amount.is_whole(),
            },
            _ => false,
        }
    }

    /// Whether both say the same: kind, unit and value, whatever their form. Nouns that are counted are not compared.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.unit == other.unit && self.value == other.value && self.value != Value::Unread
    }

    /// Whether both are the same part of a whole: 20%, one in five, 1/5, a fifth.
    #[must_use]
    pub fn same_share(&self, other: &Self) -> bool {
        matches!((self.share(), other.share()), (Some(one), Some(two)) if one == two)
    }

    fn share(&self) -> Option<Amount> {
        match (self.kind, self.value) {
            (Kind::Share, Value::One(amount)) => Some(amount),
            (Kind::Percent, Value::One(amount)) => amount.of(Amount::whole(100)),
            _ => None,
        }
    }
}

/// Every figure of a block of plain text, in order. Nothing is allocated when there is no number.
#[must_use]
pub fn figures(text: &str) -> Vec<Number> {
    let mut found = numbers(text);
    found.retain(Number::is_figure);
    found
}

/// Every number of a block of plain text, in order. The "one" of "no one" and "one of us" is no number, nor is the "first" of "at first".
#[must_use]
pub fn numbers(text: &str) -> Vec<Number> {
    let lexicon = lexicon::english();
    if !lexicon.may_hold_a_number(text) {
        return Vec::new();
    }
    scan::scan(text, &token::tokens(text, lexicon))
}
