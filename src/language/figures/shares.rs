//! Shares, ratios and multiples: `one in five`, `two-thirds`, `half`, `twice as many`, `fivefold`.

use super::amount::Amount;
use super::cardinal::Cardinal;
use super::lexicon::Role;
use super::scan::{Read, Reader};
use super::{Kind, Value};

impl Reader<'_> {
    /// `one in five`, `9 out of 10`, `3 of 4`, `12 per 1,000`, `3-to-1`.
    pub(super) fn ratio(&self, at: usize, first: &Cardinal, value: Value) -> Option<Read> {
        let Value::One(over) = value else { return None };
        let (mut next, hyphens) = self.past_hyphen(first.end);
        // "nine times out of ten"
        next += usize::from(self.is(next, Role::Times) && self.is(next + 1, Role::Out));
        let (whole_at, sure) = if self.is(next, Role::In) {
            (next + 1, true)
        } else if self.is(next, Role::Out) && self.is(self.past_hyphen(next + 1).0, Role::Of) {
            (self.past_hyphen(next + 1).0 + 1, true)
        } else if self.is(next, Role::Of) {
            (next + 1, self.is(next + 1, Role::Every))
        } else if self.is(next, Role::Per) && !self.is(next + 1, Role::Cent) {
            (next + 1, true)
        } else if hyphens && self.is(next, Role::To) && self.hyphen(next + 1) {
            let second = self.cardinal(self.past_hyphen(next + 1).0, false)?;
            return Some(Read::new(at, second.end, Kind::Share, Value::Between(over, second.value?)));
        } else if self.slice(next) == "for" && self.is(next + 1, Role::Every) {
            (next + 1, true)
        } else {
            return None;
        };
        let mut whole_at = self.past_hyphen(whole_at).0;
        whole_at +=
            usize::from(self.is(whole_at, Role::Every) || (self.is(next, Role::Out) && self.is(whole_at, Role::The)));
        let whole = self.cardinal(whole_at, false)?;
        let under = whole.value?;
        let year = whole.plain_digits == Some(4) && under >= Amount::whole(1900) && under <= Amount::whole(2100);
        if over >= under || year || whole.many || self.has_unit(whole.end) {
            return None;
        }
        // "3 of 4", "nine of ten"; "one of two" chooses
        if !sure && (first.words != whole.words || over <= Amount::whole(1) && first.words) {
            return None;
        }
        if self.is(next, Role::In) && whole.words && under >= Amount::whole(1_000_000) && over == Amount::whole(1) {
            return Some(Read::new(at, whole.end, Kind::Name, value)); // "one in a million"
        }
        // "page 3 of 14"
        if self.name_before(at, first, value).is_some() {
            return Some(Read::new(at, whole.end, Kind::Name, value));
        }
        Some(Read::new(at, whole.end, Kind::Share, Value::One(over.of(under)?)))
    }

    fn past_hyphen(&self, at: usize) -> (usize, bool) {
        let hyphen = self.hyphen(at);
        (at + usize::from(hyphen), hyphen)
    }

    /// Whether a unit follows: "3 in 10 days", "one in ten percent".
    fn has_unit(&self, end: usize) -> bool {
        let at = end + usize::from(self.hyphen(end));
        let skip = at + usize::from(self.is(at, Role::BetweenUnit));
        [at, skip].iter().any(|at| {
            [Role::Duration, Role::Measure, Role::Currency, Role::Month, Role::Clock]
                .iter()
                .any(|role| self.is(*at, *role))
        }) || self.percent_at(end).is_some()
    }

    /// `two-thirds`, `one quarter`, `2/3`.
    pub(super) fn part(&self, at: usize, first: &Cardinal) -> Option<Read> {
        let over = first.value?;
        let (next, _) = self.past_hyphen(first.end);
        if let Some((value, pieces)) = self.slash_fraction(at).filter(|_| !first.words) {
            return Some(self.part_of(at, at + pieces, value));
        }
        // ½
        if !first.words
            && !over.is_whole()
            && over < Amount::whole(1)
            && first.end == at + 1
            && first.plain_digits.is_none()
            && first.sized
        {
            return Some(self.part_of(at, first.end, over));
        }
        let role = if over == Amount::whole(1) { Role::Part } else { Role::Parts };
        let part = self.entry(next).filter(|entry| entry.is(role))?;
        let under = Amount::whole(part.value);
        let (after, _) = self.past_hyphen(next + 1);
        if over >= under || self.is(after, Role::OrdinalNoun) || first.many {
            return None;
        }
        Some(self.part_of(at, next + 1, over.of(under)?))
    }

    /// A part, unless it is one of an hour or a mile.
    fn part_of(&self, at: usize, end: usize, value: Amount) -> Read {
        let of = end + usize::from(self.is(end, Role::Of));
        let unit = of + usize::from(of > end || self.is(of, Role::Article)) * usize::from(self.is(of, Role::Article));
        let value = Value::One(value);
        for (role, kind) in [(Role::Duration, Kind::Duration), (Role::Measure, Kind::Measure)] {
            if let Some(entry) = self.entry(unit).filter(|entry| entry.is(role)) {
                return Read::new(at, unit + 1, kind, value).unit(entry.unit);
            }
        }
        Read::new(at, end, Kind::Share, value)
    }

    /// "half an hour", "half a percent", "half of one percent", "a percentage point".
    pub(super) fn part_of_unit(&self, at: usize) -> Option<Read> {
        if self.is(at, Role::Article) && self.is(at + 1, Role::Percentage) && self.is(at + 2, Role::Point) {
            return Some(Read::new(at, at + 3, Kind::Points, Value::One(Amount::whole(1))));
        }
        if !self.is(at, Role::Half) {
            return None;
        }
        let half = Amount::fraction(1, 2)?;
        let next = at + 1 + usize::from(self.is(at + 1, Role::Of));
        let one = self
            .entry(next)
            .is_some_and(|entry| entry.is(Role::Article) || (entry.is(Role::Cardinal) && entry.value == 1));
        let hyphen = self.hyphen(at + 1);
        let unit = if one || hyphen { next + 1 } else { next };
        if one && let Some((end, kind)) = self.percent_at(unit) {
            return Some(Read::new(at, end, kind, Value::One(half)));
        }
        for (role, kind) in
            [(Role::Duration, Kind::Duration), (Role::Measure, Kind::Measure), (Role::Currency, Kind::Money)]
        {
            if let Some(entry) = self.entry(unit).filter(|entry| entry.is(role) && entry.unit != Some("usd-cent")) {
                return Some(Read::new(at, unit + 1, kind, Value::One(half)).unit(entry.unit));
            }
        }
        None
    }

    /// `half`, `a third`, `a quarter` where they are parts of something.
    pub(super) fn said_part(&self, at: usize) -> Option<Read> {
        if self.is(at, Role::Half) {
            return self.half(at);
        }
        let part = self.entry(at + 1).filter(|entry| self.is(at, Role::Article) && entry.is(Role::Part))?;
        let next = at + 2;
        if self.hyphen(next)
            || self.is(next, Role::OrdinalNoun)
            || self.is(next + 1, Role::Month) && self.capital(next + 1)
        {
            return None;
        }
        let clear = self.is(next, Role::PartAfter) || (self.is_before(at, Role::Nearly) && self.stops(next));
        let amount = Amount::fraction(1, u128::from(part.value))?;
        clear.then(|| self.part_of(at, next, amount))
    }

    fn half(&self, at: usize) -> Option<Read> {
        let next = at + 1;
        let before = at.checked_sub(1);
        if self.hyphen(next) || before.is_some_and(|before| self.hyphen(before) || self.is(before, Role::NotAHalf)) {
            return None;
        }
        let value = Value::One(Amount::fraction(1, 2)?);
        if self.is(next, Role::HalfOf) && self.is(next + 1, Role::HalfIdiom) && self.stops(next + 2) {
            return Some(Read::new(at, next, Kind::Name, value));
        }
        let cut = self.is_before(at, Role::In)
            && (2..9).any(|back| at.checked_sub(back).is_some_and(|back| self.is(back, Role::Cut)));
        let nearly = self.is_before(at, Role::Nearly)
            && !self.is_before(at, Role::And)
            && (self.stops(next) || self.is_before(at, Role::Than));
        let clear = self.is(next, Role::HalfOf) || cut || nearly;
        let none = self.is(next, Role::Article)
            || self.is(next, Role::HalfClock) && self.entry(next + 1).is_some_and(|e| e.is(Role::Cardinal));
        (clear && !none).then(|| Read::new(at, next, Kind::Share, value))
    }

    /// `twice as many`, `doubled`, `double the number`, `fivefold`, `halved`.
    pub(super) fn said_multiple(&self, at: usize) -> Option<Read> {
        let entry = self.entry(at)?;
        let next = at + 1;
        let value = Value::One(Amount::whole(entry.value));
        let read = |kind| Some(Read::new(at, next, kind, value));
        if entry.is(Role::Often) {
            return read(if self.is(next, Role::Comparison) { Kind::Multiple } else { Kind::Occasions });
        }
        let hyphened = self.hyphen(next) || at.checked_sub(1).is_some_and(|before| self.hyphen(before));
        if entry.is(Role::Changed) && !self.is(next, Role::NotAMultiple) && !hyphened {
            return read(Kind::Multiple);
        }
        if entry.is(Role::Manifold) && self.is(next, Role::Comparison) && !self.is(next, Role::NotAMultiple) {
            return read(Kind::Multiple);
        }
        if entry.is(Role::Halved) {
            return Some(Read::new(at, next, Kind::Share, Value::One(Amount::fraction(1, 2)?)));
        }
        // "the reason is twofold"
        if entry.is(Role::Folded) && !self.is_before(at, Role::Whole) {
            return read(Kind::Multiple);
        }
        None
    }

    /// `4.5 times`, `three times as many`, `5x`, `five-fold`; `three times a week` is no multiple.
    pub(super) fn multiple(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        let (next, _) = self.past_hyphen(read.end);
        if self.is(next, Role::Fold) {
            return Some(Read::new(at, next + 1, Kind::Multiple, value).lends());
        }
        let x = self.sign(read.end) == Some('×') || self.slice(read.end).eq_ignore_ascii_case("x");
        if x && self.glued(read.end) && !matches!(self.piece(read.end + 1), Some(super::token::Piece::Digits(_))) {
            return Some(Read::new(at, read.end + 1, Kind::Multiple, value));
        }
        if !self.is(next, Role::Times) || !self.slice(next).ends_with('s') {
            return None;
        }
        let after = next + 1;
        let decimal = value.amounts().any(|amount| !amount.is_whole());
        if self.is(after, Role::Comparison) || (decimal && !self.is(after, Role::Schedule)) {
            return Some(Read::new(at, after, Kind::Multiple, value).lends());
        }
        let twelve = Amount::whole(12);
        if read.many || value.amounts().any(|amount| amount > twelve) {
            return Some(Read { counted: Some(next), ..Read::new(at, read.end, Kind::Count, value) });
        }
        Some(Read::new(at, after, Kind::Occasions, value).lends())
    }
}
