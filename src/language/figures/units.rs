//! Numbers with a unit: percentages, money, durations, ages, measures.

use super::amount::Amount;
use super::cardinal::Cardinal;
use super::lexicon::Role;
use super::scan::{Read, Reader};
use super::token::Piece;
use super::{Kind, Value};

const fn currency(sign: char) -> Option<&'static str> {
    Some(match sign {
        '$' | '＄' => "usd",
        '€' => "eur",
        '£' => "gbp",
        '¥' => "jpy",
        _ => return None,
    })
}

pub(super) const fn is_currency(sign: char) -> bool {
    currency(sign).is_some()
}

/// Two amounts of one range; a size that only the second has is that of both: "2 to 3 million".
pub(super) fn scaled(first: &Cardinal, low: Amount, second: &Cardinal, high: Amount) -> Value {
    let size = Amount::whole(second.scale);
    let shared = first.scale == 1 && second.scale > 1;
    let grown = low.times(size).filter(|grown| shared && *grown <= high);
    Value::Between(grown.unwrap_or(low), high)
}

impl Reader<'_> {
    /// `$1.2 million`, `$5–10 million`, `US$ 5`.
    pub(super) fn money_sign(&self, at: usize) -> Option<Read> {
        let unit = currency(self.sign(at)?);
        let first = self.cardinal(at + 1, false)?;
        let low = first.value?;
        let from =
            at.checked_sub(1).filter(|before| self.glued(at) && self.is(*before, Role::CountryOfMoney)).unwrap_or(at);
        let money = |end, value| Some(Read::new(from, end, Kind::Money, value).unit(unit));
        let dash = self.dash(first.end);
        if dash || self.is(first.end, Role::To) {
            let signed = self.sign(first.end + 1).is_some_and(is_currency);
            let second = self.cardinal(first.end + 1 + usize::from(signed), false);
            if let Some(second) = second
                && let Some(high) = second.value
                && (dash || !signed || (second.scale > first.scale && !self.is_before(from, Role::From)))
                && !self.is(second.end, Role::Percent)
                && !matches!(self.sign(second.end), Some('%'))
                && high >= low
            {
                return money(second.end, scaled(&first, low, &second, high));
            }
        }
        money(first.end, Value::One(low))
    }

    /// `USD 500`.
    pub(super) fn money_code(&self, at: usize) -> Option<Read> {
        let entry = self.entry(at).filter(|entry| entry.is(Role::Currency))?;
        let written = self.slice(at).len() == 3 && self.slice(at).bytes().all(|b| b.is_ascii_uppercase());
        if !written || !matches!(self.piece(at + 1), Some(Piece::Digits(_))) {
            return None;
        }
        let read = self.cardinal(at + 1, false)?;
        Some(Read::new(at, read.end, Kind::Money, Value::One(read.value?)).unit(entry.unit))
    }

    /// `500 dollars`, `50 cents`, `5-dollar`.
    pub(super) fn money_word(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        if self.sign(read.end) == Some('¢') {
            return Some(Read::new(at, read.end + 1, Kind::Money, in_dollars(value)).unit(Some("usd")));
        }
        let mut next = read.end + usize::from(self.hyphen(read.end));
        for _ in 0..4 {
            // US dollars, U.S. dollars
            let country = self.is(next, Role::CountryOfMoney)
                || (self.sign(next) == Some('.') && next > read.end)
                || self.slice(next) == "S";
            if !country {
                break;
            }
            next += 1;
        }
        let entry = self.entry(next).filter(|entry| entry.is(Role::Currency))?;
        let (value, unit) = match entry.unit {
            Some("usd-cent") if self.is_before(at, Role::His) => {
                return Some(Read::new(at, next + 1, Kind::Name, value)); // "my two cents"
            }
            Some("usd-cent") => (in_dollars(value), Some("usd")),
            unit => (value, unit),
        };
        Some(Read::new(at, next + 1, Kind::Money, value).unit(unit).lends())
    }

    /// `58%`, `58 per cent`, `58-percent`, `12 percentage points`.
    pub(super) fn percent(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        let (end, kind) = self.percent_at(read.end)?;
        Some(Read::new(at, end, kind, value).lends())
    }

    pub(super) fn percent_at(&self, from: usize) -> Option<(usize, Kind)> {
        let at = from + usize::from(self.hyphen(from));
        if matches!(self.sign(at), Some('%' | '％' | '٪')) {
            let point = at + 1 + usize::from(self.hyphen(at + 1));
            return Some(if self.is(point, Role::Point) { (point + 1, Kind::Points) } else { (at + 1, Kind::Percent) });
        }
        let after = if self.is(at, Role::Percent) || self.is(at, Role::Percentage) {
            at + 1
        } else if self.is(at, Role::Per) && self.is(at + 1, Role::Cent) {
            at + 2
        } else {
            return None;
        };
        let point = after + usize::from(self.hyphen(after));
        if self.is(point, Role::Point) {
            return Some((point + 1, Kind::Points));
        }
        (!self.is(at, Role::Percentage)).then_some((after, Kind::Percent))
    }

    /// `72 hours`, `30-day`, `41 fewer days`, `9.3 officer hours`.
    pub(super) fn duration(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        let (end, unit) = self.unit_at(read, value, Role::Duration)?;
        Some(Read::new(at, end, Kind::Duration, value).unit(unit).lends())
    }

    /// `30 miles`, `50 mg`, `90°`, `8.5 x 11 in`.
    pub(super) fn measure(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        if matches!(self.sign(read.end), Some('°' | '″' | '′')) {
            return Some(Read::new(at, read.end + 1, Kind::Measure, value).unit(Some("degree")));
        }
        let cross = self.sign(read.end) == Some('×') || (self.slice(read.end).eq_ignore_ascii_case("x"));
        if cross && matches!(self.piece(read.end + 1), Some(Piece::Digits(_))) {
            let second = self.cardinal(read.end + 1, false)?;
            return Some(Read::new(at, second.end, Kind::Measure, value));
        }
        let (end, unit) = self.unit_at(read, value, Role::Measure)?;
        Some(Read::new(at, end, Kind::Measure, value).unit(unit).lends())
    }

    /// The end and the name of a unit behind a number, two words between them at most.
    fn unit_at(&self, read: &Cardinal, value: Value, role: Role) -> Option<(usize, Option<&'static str>)> {
        let hyphen = self.hyphen(read.end);
        let mut next = read.end + usize::from(hyphen);
        for _ in 0..2 {
            if self.is(next, role) || !(self.is(next, Role::BetweenUnit) || self.is(next, Role::MeasureLead)) {
                break;
            }
            next += 1 + usize::from(self.hyphen(next + 1));
        }
        let entry = self.entry(next).filter(|entry| entry.is(role))?;
        // "14 weekend visits", "15 block captains": one unit as an adjective, something else is counted
        let single = !self.slice(next).ends_with('s') && entry.unit.is_some_and(|name| name == self.slice(next));
        let counts = single && !hyphen && value != Value::One(Amount::whole(1)) && self.plural(next + 1);
        (!counts).then_some((next + 1, entry.unit))
    }

    /// `25 years old`, `18-year-olds`, `aged 25`, `ages 18 to 25`, `18 and over`, `under 18`, `in her 40s`.
    pub(super) fn age(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        let age = |end| Read::new(at, end, Kind::Age, value);
        if let Some(end) = self.years_old(read.end) {
            return Some(age(end).lends());
        }
        let lead = at.checked_sub(1).map(|before| {
            if self.hyphen(before) || self.is(before, Role::Of) { before.saturating_sub(1) } else { before }
        });
        if lead.is_some_and(|lead| self.is(lead, Role::Age)) || self.is_before(at, Role::Turned) && self.stops(read.end)
        {
            return Some(age(read.end).led());
        }
        let human = value.amounts().all(|amount| amount <= Amount::whole(120));
        if !human || read.sized || read.many {
            return None;
        }
        if (self.is(read.end, Role::And) || self.is(read.end, Role::Or))
            && self.is(read.end + 1, Role::AgeAfter)
            && self.stops(read.end + 2)
        {
            return Some(age(read.end + 2));
        }
        if self.glued(read.end)
            && self.slice(read.end) == "s"
            && (self.is_before(at, Role::His) || self.is_before(at, Role::DecadePart))
        {
            return Some(age(read.end + 1));
        }
        if self.sign(read.end) == Some('+') && self.glued(read.end) && self.stops(read.end + 1) {
            return Some(age(read.end + 1));
        }
        let limit = at.checked_sub(1).filter(|before| {
            self.is(*before, Role::AgeLimit) || (self.hyphen(*before) && self.is_before(*before, Role::AgeLimit))
        })?;
        let glued_s = usize::from(self.glued(read.end) && self.slice(read.end) == "s");
        let people = limit == 0 || self.is_before(limit, Role::AgedPeople) || self.hyphen(limit);
        let small = value.amounts().all(|amount| amount >= Amount::whole(5) && amount <= Amount::whole(99));
        (people && small && self.stops(read.end + glued_s) && !self.is(read.end, Role::Of))
            .then(|| age(read.end + glued_s))
    }

    fn years_old(&self, from: usize) -> Option<usize> {
        let unit = from + usize::from(self.hyphen(from));
        if !self.is(unit, Role::Duration) {
            return None;
        }
        let old = unit + 1 + usize::from(self.hyphen(unit + 1));
        if self.is(old, Role::Old) {
            return Some(old + 1);
        }
        (self.is(unit + 1, Role::Of) && self.is(unit + 2, Role::Age)).then_some(unit + 3)
    }
}

fn in_dollars(value: Value) -> Value {
    let dollars = |amount: Amount| amount.of(Amount::whole(100)).unwrap_or(amount);
    match value {
        Value::One(amount) => Value::One(dollars(amount)),
        Value::Many(amount) => Value::Many(dollars(amount)),
        Value::Between(low, high) => Value::Between(dollars(low), dollars(high)),
        Value::Unread => Value::Unread,
    }
}
