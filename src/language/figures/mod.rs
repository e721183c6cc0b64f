//! Figures: the numbers in a text, in digits or words, each with its place and a form that can be compared.
//!
//! `58%`, `58 per cent` and `fifty-eight percent` are the same figure. A share is not a percentage, but both have one
//! [`Number::same_share`]. The place of a number is the smallest that says it with its unit.

mod amount;
mod found;

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

/// Every figure of a block of plain text, in order.
#[must_use]
pub fn figures(text: &str) -> Vec<Number> {
    let mut found = numbers(text);
    found.retain(Number::is_figure);
    found
}

/// Every number of a block of plain text, in order. The "one" of "no one" and "one of us" is no number.
#[must_use]
pub fn numbers(text: &str) -> Vec<Number> {
    found::numbers(text)
}
