//! Years, dates, times of day, ordinals: numbers that say when or which, not how many.

use super::amount::Amount;
use super::cardinal::Cardinal;
use super::lexicon::Role;
use super::scan::{Read, Reader};
use super::token::Piece;
use super::{Kind, Value};

impl Reader<'_> {
    /// `9 a.m.`, `9am`, `five o'clock`, `at nine`.
    pub(super) fn clock(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        let noon = value.amounts().all(|amount| amount <= Amount::whole(24));
        if !noon {
            return None;
        }
        if let Some(end) = self.half_of_day(read.end) {
            return Some(Read::new(at, end, Kind::Time, value).lends());
        }
        let said = self.is_before(at, Role::ClockBefore) && value.amounts().all(|amount| amount <= Amount::whole(12));
        (said
            && read.end == at + 1
            && self.stops(read.end)
            && !self.is(read.end, Role::Of)
            && self.percent_at(read.end).is_none())
        .then(|| Read::new(at, read.end, Kind::Time, value))
    }

    /// The end of `a.m.`, `pm`, `o'clock` at this piece.
    pub(super) fn half_of_day(&self, at: usize) -> Option<usize> {
        if self.is(at, Role::Clock) {
            return Some(at + 1);
        }
        let half = self.slice(at);
        let dotted = (half.eq_ignore_ascii_case("a") || half.eq_ignore_ascii_case("p"))
            && self.sign(at + 1) == Some('.')
            && self.slice(at + 2).eq_ignore_ascii_case("m");
        dotted.then(|| at + 3 + usize::from(self.sign(at + 3) == Some('.') && self.glued(at + 3)))
    }

    /// `half past nine`, `quarter to five`.
    pub(super) fn half_clock(&self, at: usize) -> Option<Read> {
        let entry = self.entry(at).filter(|entry| entry.is(Role::Part) && matches!(entry.value, 2 | 4))?;
        if !self.is(at + 1, Role::HalfClock) || (entry.value == 2 && self.slice(at + 1) != "past") {
            return None;
        }
        let hour =
            self.cardinal(at + 2, false).filter(|hour| hour.value.is_some_and(|value| value <= Amount::whole(12)))?;
        if self.percent_at(hour.end).is_some() {
            return None;
        }
        let end = self.half_of_day(hour.end).unwrap_or(hour.end);
        Some(Read::new(at, end, Kind::Time, hour.value.map_or(Value::Unread, Value::One)))
    }

    /// `June 5`, `5 June`, `the 5 of June`.
    pub(super) fn date(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        let day = read.plain_digits.is_some_and(|count| count <= 2)
            && value.amounts().all(|amount| amount <= Amount::whole(31));
        if !day {
            return None;
        }
        let month = |at: usize| self.is(at, Role::Month) && self.capital(at);
        let before = at
            .checked_sub(1)
            .map(|before| if self.sign(before) == Some('.') { before.saturating_sub(1) } else { before });
        let after = read.end + usize::from(self.is(read.end, Role::Of));
        if before.is_some_and(month) && !self.plural(read.end) {
            return Some(Read::new(at, read.end, Kind::Date, value).led());
        }
        month(after).then(|| Read::new(at, read.end, Kind::Date, value).lends())
    }

    /// `2014`, `2009 to 2014`, `the 1990s`, `nineteen ninety`.
    pub(super) fn year(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        let usual = |amount: Amount| amount >= Amount::whole(1500) && amount <= Amount::whole(2100);
        let digits =
            |at: usize| matches!(self.piece(at), Some(Piece::Digits(d)) if d.count == 4 && !d.grouped && !d.decimal);
        if read.words {
            let first = self.entry(at).map_or(0, |entry| entry.value);
            let rest = self
                .cardinal(read.end, true)
                .filter(|rest| rest.words && read.end == at + 1 && matches!(first, 18..=20))?;
            let rest_value = rest.value.filter(|value| *value >= Amount::whole(10) && *value < Amount::whole(100))?;
            let value = Amount::whole(first * 100).plus(rest_value)?;
            return Some(Read::new(at, rest.end, Kind::Year, Value::One(value)));
        }
        // ’24, '90s
        let apostrophe = matches!(self.sign_before(at), Some('’' | '\'' | '‘'))
            && self.glued(at)
            && !at.checked_sub(1).is_some_and(|b| self.glued(b));
        let decade = usize::from(self.glued(read.end) && self.slice(read.end) == "s");
        let tens = |amount: Amount| amount.as_whole().is_some_and(|n| n.is_multiple_of(10));
        if apostrophe && read.plain_digits == Some(2)
            || decade == 1 && value.amounts().all(tens) && read.plain_digits.is_some_and(|n| n == 2 || n == 4)
        {
            return Some(Read::new(at, read.end + decade, Kind::Year, value));
        }
        if !digits(at) || read.plain_digits != Some(4) || !value.amounts().all(usual) {
            return None;
        }
        let recent = |amount: Amount| amount >= Amount::whole(1990) && amount <= Amount::whole(2040);
        let counted = self.counted(read.end).is_some()
            && !self.hyphen(read.end)
            && !self.is_before(at, Role::YearBefore)
            && (at > 0 && !self.starts_sentence(at) || !value.amounts().all(recent));
        (!counted).then(|| Read::new(at, read.end, Kind::Year, value).led())
    }

    /// `3rd`, `twenty-first`, `21st`.
    pub(super) fn ordinal(&self, at: usize, read: &Cardinal) -> Option<Read> {
        let value = read.value.map_or(Value::Unread, Value::One);
        if !read.words && self.glued(read.end) && self.is(read.end, Role::OrdinalEnding) {
            return Some(Read::new(at, read.end + 1, Kind::Ordinal, value));
        }
        let next = read.end + usize::from(self.hyphen(read.end));
        let small = self
            .entry(next)
            .filter(|entry| entry.is(Role::Ordinal) && read.words && read.end > at && !entry.is(Role::Duration))?;
        let tens = read.value?.as_whole().filter(|n| n.is_multiple_of(10) && *n > 0)?;
        let said = Amount::whole(if small.value < 10 {
            tens.checked_add(small.value)?
        } else {
            tens.checked_mul(small.value)?
        });
        Some(Read::new(at, next + 1, Kind::Ordinal, Value::One(said)))
    }

    /// `third`, `twelfth`; "first" and "second" say an order, no number.
    pub(super) fn said_ordinal(&self, at: usize) -> Option<Read> {
        let entry = self.entry(at).filter(|entry| entry.is(Role::Ordinal) && entry.value > 2)?;
        Some(Read::new(at, at + 1, Kind::Ordinal, Value::One(Amount::whole(entry.value))))
    }
}
