//! Numbers that belong to a name: references, addresses, codes, phone numbers, lists, ways of speaking.

use super::amount::Amount;
use super::cardinal::Cardinal;
use super::lexicon::{self, Role};
use super::scan::{Read, Reader};
use super::token::{Digits, Piece};
use super::{Kind, Value};

impl Reader<'_> {
    fn digits(&self, at: usize) -> Option<Digits> {
        match self.piece(at)? {
            Piece::Digits(digits) => Some(digits),
            _ => None,
        }
    }

    fn plain(&self, at: usize, count: usize) -> bool {
        self.digits(at).is_some_and(|digits| digits.count == count && !digits.grouped && !digits.decimal)
    }

    /// `206-555-0123`, `(206) 555-0123`, `+1 206 555 0123`, `555-0123`, `1-800-GET-HELP`, `988`.
    pub(super) fn phone(&self, at: usize) -> Option<Read> {
        let read = |end| Some(Read::new(at, end, Kind::Phone, Value::Unread));
        let mut next = at + usize::from(self.sign(at) == Some('+'));
        // a country's code
        let after = self.telephone_gap(next + 1);
        let abroad = next > at && self.digits(next).is_some_and(|digits| digits.count <= 3);
        let home =
            self.plain(next, 1) && self.slice(next) == "1" && (self.plain(after, 3) || self.sign(after) == Some('('));
        if abroad || home {
            next = after;
        }
        let area = self.sign(next) == Some('(') && self.plain(next + 1, 3) && self.sign(next + 2) == Some(')');
        if area {
            next += 3;
        } else if self.plain(next, 3) && self.plain(self.telephone_gap(next + 1), 3) {
            next = self.telephone_gap(next + 1);
        }
        let last = self.telephone_gap(next + 1);
        if self.plain(next, 3)
            && self.plain(last, 4)
            && (last > next + 1 || !self.glued(last))
            && !self.is(last + 1, Role::Counted)
        {
            return read(last + 1);
        }
        // 1-800-GET-HELP
        if self.plain(at, 1)
            && self.hyphen(at + 1)
            && self.plain(at + 2, 3)
            && self.hyphen(at + 3)
            && self.glued_word(at + 4)
        {
            let length = (at + 4..at + 10)
                .take_while(|at| {
                    self.glued_word(*at) || self.hyphen(*at) || self.digits(*at).is_some_and(|_| self.glued(*at))
                })
                .count();
            return read(at + 4 + length);
        }
        let digits = self.digits(at)?;
        let code = lexicon::english().find(self.slice(at)).is_some_and(|entry| entry.is(Role::ShortCode));
        let people =
            self.is(at + 1, Role::Counted) && !self.is(at + 1, Role::OfCode) || self.is(at + 1, Role::BetweenUnit);
        let unit = self.percent_at(at + 1).is_some()
            || self.sign_before(at).is_some_and(super::units::is_currency)
            || self.is(at + 1, Role::Duration);
        let dialled = digits.count >= 5
            && !digits.grouped
            && !digits.decimal
            && self.is_before(at, Role::Dial)
            && self.stops(at + 1);
        let long = digits.count >= 7 && !digits.grouped && !digits.decimal && self.stops(at + 1) && !unit;
        (code && !people && !unit && !self.is(at + 1, Role::Magnitude) || dialled || long).then(|| read(at + 1))?
    }

    /// Past the sign between two groups of a phone number.
    fn telephone_gap(&self, at: usize) -> usize {
        let sign = self.hyphen(at) || self.glued(at) && matches!(self.sign(at), Some('.' | '–'));
        at + usize::from(sign)
    }

    /// Groups of digits in one run: `2026-11-24`, `11/23/2026`, `9:30`, `2009-2014`, `24/7`, `50-50`, `98101-1234`.
    pub(super) fn chain(&self, at: usize) -> Option<Read> {
        let sign = self.sign(at + 1).filter(|_| self.glued(at + 1) && self.glued(at + 2))?;
        if !matches!(sign, '-' | '–' | '/' | ':' | '‑' | '.') {
            return None;
        }
        let (one, two) = (self.digits(at)?, self.digits(at + 2)?);
        let mut end = at + 3;
        while self.sign(end) == Some(sign) && self.glued(end) && self.glued(end + 1) && self.digits(end + 1).is_some() {
            end += 2;
        }
        let read = |kind, value| Some(Read::new(at, end, kind, value));
        let first = one.value.map_or(Value::Unread, Value::One);
        if one.grouped || two.grouped || one.decimal || two.decimal {
            return if end > at + 3 { read(Kind::Name, Value::Unread) } else { None };
        }
        if end > at + 3 {
            let date =
                end == at + 5 && (one.count == 4 || self.plain(at + 4, 4) || self.plain(at + 4, 2) && sign == '/');
            return read(if date { Kind::Date } else { Kind::Name }, Value::Unread);
        }
        let both = Value::Between(one.value?, two.value?);
        let year = |digits: Digits| {
            digits.count == 4 && digits.value.is_some_and(|v| v >= Amount::whole(1500) && v <= Amount::whole(2100))
        };
        match sign {
            ':' if two.count == 2 => {
                let end = self.half_of_day(end).unwrap_or(end);
                Some(Read::new(at, end, Kind::Time, first))
            }
            ':' if self.named(at) => read(Kind::Name, Value::Unread),
            ':' => read(Kind::Share, both),
            _ if year(one) && (year(two) || two.count == 2) => read(Kind::Year, both),
            '/' if self.slash_fraction(at).is_some() && !self.named(at) => None,
            '/' => read(Kind::Name, Value::Unread),
            _ if one.count == 5 && two.count == 4 => read(Kind::Name, Value::Unread),
            _ if one.value >= two.value && self.has_no_unit(end) => read(Kind::Name, both),
            _ => None,
        }
    }

    fn has_no_unit(&self, end: usize) -> bool {
        self.percent_at(end).is_none() && self.counted(end).is_none()
    }

    /// A capital word, not the first of a sentence and no small word, stands before.
    fn named(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            let word = self.slice(before);
            let letters = word.len() > 1 && word.chars().all(char::is_uppercase);
            self.capital(before)
                && !self.is(before, Role::Function)
                && !self.is(before, Role::Month)
                && (letters || !self.starts_sentence(before))
        })
    }

    /// `page 12`, `Section 8`, `COVID-19`, `#5`, `H1N1`, `Proposition 47`, a `7-2 vote`.
    pub(super) fn name_before(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        let name = |led| Some(Read { led, ..Read::new(at, read.end, Kind::Name, value) });
        let before = at.checked_sub(1)?;
        if matches!(self.sign(before), Some('#' | '§' | '№' | '@' | '_' | '¶')) {
            return name(true);
        }
        if self.glued(at) {
            if self.word(before) && !read.words {
                return name(false);
            }
            if self.hyphen(before)
                && before.checked_sub(1).is_some_and(|word| self.word(word) && !self.is(word, Role::Prefix))
            {
                return name(false);
            }
            // 401(k), 501(c)(3)
            if self.sign(before) == Some('(') && self.glued(before) {
                return name(false);
            }
        }
        let counted = self.counted(read.end).is_some();
        let word = if self.sign(before) == Some('.') { before.checked_sub(1)? } else { before };
        let initial = self.capital(word) && self.slice(word).len() == 1 && !counted;
        if word < before && self.glued(before) && (initial || self.is(word, Role::LabelWithStop)) {
            return name(true);
        }
        if word == before && self.is(word, Role::Label) && !(read.many || read.sized) {
            return name(true);
        }
        // "Phase 13 starts", but "Box 40 meals": the verb and the noun look the same, so the noun must be a known one
        let surely = self.counted(read.end).is_some_and(|noun| self.is(noun, Role::Counted));
        // "the year 2024" is a year
        let year = self.is(word, Role::Duration) && read.plain_digits == Some(4);
        let weak = word == before && self.is(word, Role::WeakLabel) && !read.sized && !year && !self.rate(word);
        if weak && (!counted || self.capital(word) && !(surely && self.starts_sentence(word))) {
            return name(true);
        }
        if self.votes(at, read, value) {
            return name(false);
        }
        (self.named(at) && !counted && !read.sized && !read.words && !self.unit_follows(read.end))
            .then(|| name(false))?
    }

    /// "a year 40" is a rate and then a number, "Year 2" a name.
    fn rate(&self, word: usize) -> bool {
        self.is(word, Role::Duration)
            && !self.capital(word)
            && (self.is_before(word, Role::Article) || self.is_before(word, Role::Every))
    }

    fn unit_follows(&self, end: usize) -> bool {
        let at = end + usize::from(self.hyphen(end));
        [Role::Duration, Role::Measure, Role::BetweenUnit].iter().any(|role| self.is(at, *role))
    }

    /// "voted 14–3", "a 14-3 vote".
    fn votes(&self, at: usize, read: &Cardinal, value: Value) -> bool {
        let close = (1..3).any(|back| at.checked_sub(back).is_some_and(|word| self.is(word, Role::Vote)));
        matches!(value, Value::Between(..))
            && (self.is(read.end, Role::Vote) || close && self.counted(read.end).is_none())
    }

    /// `42 CFR`, `1200 Main Street`, `98101`, `101`, `(14)`, `1.` at the start of a list, `007`.
    pub(super) fn name_after(&self, at: usize, read: &Cardinal, value: Value) -> Option<Read> {
        let name = |end| Some(Read::new(at, end, Kind::Name, value));
        let count = read.plain_digits?;
        let rest = self.tokens.get(read.end).and_then(|token| self.text.get(token.start..)).unwrap_or_default();
        if self.is(read.end, Role::LabelAfter)
            || ["U.S.C", "C.F.R", "F.2d", "F.3d"].iter().any(|code| rest.starts_with(code))
        {
            return name(read.end);
        }
        if let Some(end) = self.street(read.end) {
            return name(end);
        }
        let slice = self.slice(at);
        let state = at.checked_sub(1).is_some_and(|before| {
            let word = self.slice(before);
            self.word(before) && word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase())
        });
        if count == 5 && state || count > 1 && slice.starts_with('0') {
            return name(read.end);
        }
        let lesson = lexicon::english().find(slice).is_some_and(|entry| entry.is(Role::Lesson));
        if lesson && at > 0 && self.stops(read.end) && self.word(at - 1) && !self.is_before(at, Role::Function) {
            return name(read.end);
        }
        // 401(k), 63(4), and digits with letters against them: 1040A, 49ers, 30_seconds
        let letters = self.glued_word(read.end) && self.slice(read.end) != "s";
        let joined = matches!(self.sign(read.end), Some('(' | '_')) && self.glued(read.end) && self.glued(read.end + 1);
        if letters || joined {
            return name(read.end + usize::from(letters));
        }
        let closed =
            matches!(self.sign(read.end), Some(')' | ']')) && value.amounts().all(|amount| amount <= Amount::whole(30));
        let listed = at == 0 && matches!(self.sign(read.end), Some('.' | ')')) && self.word(read.end + 1);
        let bracketed = closed && matches!(self.sign_before(at), Some('(' | '[')) && self.glued(at);
        (listed || bracketed).then(|| name(read.end))?
    }

    /// The end of a street's name behind a number: capital words, then `Street`, `Ave.`
    fn street(&self, from: usize) -> Option<usize> {
        let mut at = from;
        let mut words = 0;
        for _ in 0..7 {
            if self.capital(at) {
                words += 1;
                if words > 1 && self.is(at, Role::Street) {
                    return Some(at + 1);
                }
                if words > 4 {
                    return None;
                }
            } else if self.digits(at).is_some() && self.is(at + 1, Role::OrdinalEnding) && self.glued(at + 1) {
                at += 1;
                words += 1;
            } else if self.sign(at) != Some('.') || words == 0 {
                return None;
            }
            at += 1;
        }
        None
    }
}
