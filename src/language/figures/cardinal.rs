//! Reads how much is said: `1.2 million`, `one hundred and twenty`, `half a million`, `dozens`, `2½`. Not what of.

use super::amount::Amount;
use super::lexicon::Role;
use super::scan::Reader;
use super::token::Piece;

/// A number as it is read, and where it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cardinal {
    /// `None` when it cannot be held.
    pub value: Option<Amount>,
    /// "dozens", "several hundred": no exact number.
    pub many: bool,
    /// The piece after it.
    pub end: usize,
    /// Whole digits and nothing else: only these can be years and codes. How many digits.
    pub plain_digits: Option<usize>,
    /// With a word for a size, or a sign between thousands: surely a number and no label.
    pub sized: bool,
    /// In words from the start.
    pub words: bool,
    /// What the last words for a size make of it: 1,000,000 in "3 million".
    pub scale: u64,
}

impl Reader<'_> {
    /// The number that starts at this piece. `between`: an "and" joins two numbers and is part of none.
    pub(super) fn cardinal(&self, at: usize, between: bool) -> Option<Cardinal> {
        match self.piece(at)? {
            Piece::Digits(_) => Some(self.in_digits(at)),
            Piece::Word(Some(entry)) => {
                if entry.is(Role::Cardinal) {
                    return Some(self.in_words(at, between));
                }
                if entry.is(Role::Crowd) {
                    return self.crowd(at);
                }
                if entry.is(Role::Magnitude) && self.bare_magnitude(at) {
                    return Some(self.in_words(at, between));
                }
                if entry.is(Role::Article) && self.is(at + 1, Role::Magnitude) {
                    let read = self.in_words(at + 1, between);
                    return Some(Cardinal { many: false, ..read });
                }
                if entry.is(Role::Several) && self.is(at + 1, Role::Magnitude) {
                    let read = self.in_words(at + 1, between);
                    return Some(Cardinal { many: true, ..read });
                }
                self.part_of_magnitude(at)
            }
            _ => None,
        }
    }

    /// "hundred people" without "a": after "few", or at the start; not "the hundredth", not the "thousand" of a name.
    fn bare_magnitude(&self, at: usize) -> bool {
        !self.is(at + 1, Role::Label) && at > 0 && !self.is_before(at, Role::Article)
    }

    fn in_digits(&self, at: usize) -> Cardinal {
        let Some(Piece::Digits(digits)) = self.piece(at) else {
            return Cardinal {
                value: None,
                many: false,
                end: at + 1,
                plain_digits: None,
                sized: false,
                words: false,
                scale: 1,
            };
        };
        let mut read = Cardinal {
            value: digits.value,
            many: false,
            end: at + 1,
            plain_digits: (!digits.grouped && !digits.decimal).then_some(digits.count),
            sized: digits.grouped,
            words: false,
            scale: 1,
        };
        if let Some(Piece::Digits(part)) = self.piece(at + 1)
            && part.grouped
            && part.decimal
            && self.glued(at + 1)
        {
            read.add(part.value, 1);
        } else if let Some((part, pieces)) = self.slash_fraction(at + 1)
            && self.piece(at + 1).is_some_and(|p| matches!(p, Piece::Digits(_)))
        {
            read.add(Some(part), pieces);
        }
        if self.is(read.end, Role::ShortMagnitude) && self.glued(read.end) && !self.glued_word(read.end + 1) {
            let money = at > 0
                && (self.is_before(at, Role::Currency) || self.sign(at - 1).is_some_and(super::units::is_currency));
            let entry = self.entry(read.end);
            let thousand = entry.is_some_and(|e| e.value == 1000);
            if (money || thousand)
                && let Some(entry) = entry
            {
                read.grow(entry.value, 1);
            }
        }
        self.magnitudes(&mut read);
        self.and_a_part(&mut read);
        read
    }

    fn in_words(&self, at: usize, between: bool) -> Cardinal {
        let mut read = Cardinal {
            value: Some(Amount::ZERO),
            many: false,
            end: at,
            plain_digits: None,
            sized: false,
            words: true,
            scale: 1,
        };
        // what is complete ("two thousand"), and what a coming "hundred" or "thousand" still makes larger
        let (mut done, mut open) = (Amount::ZERO, None::<Amount>);
        let mut last = u64::MAX;
        loop {
            let at_word = read.end + usize::from(read.end > at && self.hyphen(read.end));
            let Some(entry) = self.entry(at_word) else { break };
            let value = entry.value;
            let amount = Amount::whole(value);
            if entry.is(Role::Cardinal) {
                // twenty | five, hundred | five; not five | twenty, not twenty | twenty
                let fits = open.is_none()
                    || (last >= 100 || (last >= 20 && last.is_multiple_of(10) && (1..10).contains(&value)));
                if !fits || (read.end > at && self.starts_a_compound(at_word)) {
                    break;
                }
                read.scale = 1;
                open = open.unwrap_or(Amount::ZERO).plus(amount);
                last = value;
            } else if entry.is(Role::Magnitude) {
                read.sized = true;
                read.scale = read.scale.saturating_mul(value);
                let grown = open.unwrap_or(Amount::whole(1)).times(amount);
                if value <= 100 {
                    open = grown;
                    last = value;
                } else {
                    let Some(sum) = grown.and_then(|grown| done.plus(grown)) else {
                        read.value = None;
                        read.end = at_word + 1;
                        continue;
                    };
                    done = sum;
                    open = None;
                    last = value;
                }
            } else if entry.is(Role::And)
                && !between
                && last >= 100
                && last != u64::MAX
                && self.is(at_word + 1, Role::Cardinal)
            {
                read.end += 1;
                continue;
            } else {
                break;
            }
            read.end = at_word + 1;
        }
        if read.value.is_some() {
            read.value = done.plus(open.unwrap_or(Amount::ZERO));
        }
        if !between {
            self.and_a_part(&mut read);
        }
        read
    }

    /// "twenty one-on-one talks": the "one" belongs to what follows.
    fn starts_a_compound(&self, at: usize) -> bool {
        !self.glued(at)
            && self.hyphen(at + 1)
            && !self.is(at + 2, Role::Magnitude)
            && self.glued_word(at + 2)
            && !self.unit_word(at + 2)
    }

    fn unit_word(&self, at: usize) -> bool {
        [Role::Duration, Role::Percent, Role::Measure, Role::Currency].iter().any(|role| self.is(at, *role))
    }

    /// `million`, `hundred thousand` behind digits.
    fn magnitudes(&self, read: &mut Cardinal) {
        loop {
            let hyphen = usize::from(self.hyphen(read.end) && self.is(read.end + 1, Role::Magnitude));
            let Some(entry) = self.entry(read.end + hyphen).filter(|entry| entry.is(Role::Magnitude)) else { break };
            read.grow(entry.value, 1 + hyphen);
        }
    }

    /// "two and a half", "2 and a quarter".
    fn and_a_part(&self, read: &mut Cardinal) {
        if self.is(read.end, Role::And)
            && self.is(read.end + 1, Role::Article)
            && let Some(entry) =
                self.entry(read.end + 2).filter(|entry| entry.is(Role::Part) && matches!(entry.value, 2 | 4))
        {
            let part = Amount::fraction(1, u128::from(entry.value));
            read.add(part, 3);
            self.magnitudes(read);
        }
    }

    /// "dozens", "hundreds of thousands".
    fn crowd(&self, at: usize) -> Option<Cardinal> {
        let first = self.entry(at)?.value;
        let mut read = Cardinal {
            value: Some(Amount::whole(first)),
            many: true,
            end: at + 1,
            plain_digits: None,
            sized: true,
            words: true,
            scale: 1,
        };
        if self.is(at + 1, Role::Of)
            && let Some(entry) = self.entry(at + 2).filter(|entry| entry.is(Role::Crowd))
        {
            read.grow(entry.value, 2);
        } else if first == 10 {
            return None; // "tens" alone
        }
        Some(read)
    }

    /// "half a million", "a quarter of a million", "half-million", "a half million".
    fn part_of_magnitude(&self, at: usize) -> Option<Cardinal> {
        let start = at + usize::from(self.is(at, Role::Article));
        let part = self.entry(start).filter(|entry| entry.is(Role::Part))?;
        let mut next = start + 1;
        if self.is(next, Role::Of) {
            next += 1;
        }
        next += usize::from(self.is(next, Role::Article) || self.hyphen(next));
        let size = self.entry(next).filter(|entry| entry.is(Role::Magnitude))?;
        let value = Amount::fraction(1, u128::from(part.value)).and_then(|part| part.times(Amount::whole(size.value)));
        Some(Cardinal { value, many: false, end: next + 1, plain_digits: None, sized: true, words: true, scale: 1 })
    }

    /// `2/3` at this piece: the fraction and how many pieces it takes.
    pub(super) fn slash_fraction(&self, at: usize) -> Option<(Amount, usize)> {
        let (Piece::Digits(over), Piece::Digits(under)) = (self.piece(at)?, self.piece(at + 2)?) else { return None };
        let slash =
            self.sign(at + 1).is_some_and(|c| matches!(c, '/' | '⁄')) && self.glued(at + 1) && self.glued(at + 2);
        let alone = self.sign(at + 3) != Some('/') && !(at > 0 && self.sign(at - 1) == Some('/'));
        let (a, b) = (over.value?.as_whole()?, under.value?.as_whole()?);
        let usual = matches!(b, 2 | 3 | 4 | 5 | 6 | 8 | 10 | 16 | 100);
        (slash && alone && a > 0 && a < b && usual && !over.grouped && !under.grouped)
            .then(|| Amount::fraction(u128::from(a), u128::from(b)))?
            .map(|amount| (amount, 3))
    }
}

impl Cardinal {
    fn add(&mut self, part: Option<Amount>, pieces: usize) {
        self.value = self.value.and_then(|value| value.plus(part?));
        self.plain_digits = None;
        self.sized = true;
        self.end += pieces;
    }

    fn grow(&mut self, by: u64, pieces: usize) {
        self.value = self.value.and_then(|value| value.times(Amount::whole(by)));
        self.scale = self.scale.saturating_mul(by);
        self.plain_digits = None;
        self.sized = true;
        self.end += pieces;
    }
}
