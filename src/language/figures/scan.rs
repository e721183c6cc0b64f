//! Goes through a text once and asks, at each piece, whether a number starts there and what it is a number of.

use std::ops::Range;

use super::cardinal::Cardinal;
use super::lexicon::{Entry, Role};
use super::token::{Piece, Token};
use super::{Kind, Number, Value};

/// A text in pieces. All questions about what stands where are asked of it; all look a few pieces around, never further.
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
}

/// A number and the pieces that it takes.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub from: usize,
    pub end: usize,
    /// `None` for what looks like a number and is none: "one another".
    pub kind: Option<Kind>,
    pub value: Value,
    pub unit: Option<&'static str>,
    /// The piece that is counted.
    pub counted: Option<usize>,
    /// Named by a word before it, which may name the next as well: "pages 12 and 15".
    pub led: bool,
    /// The unit stands behind it and may be that of the number before: "30, 60 and 90 days".
    pub lends: bool,
}

impl Read {
    pub(super) fn new(from: usize, end: usize, kind: Kind, value: Value) -> Self {
        Self { from, end, kind: Some(kind), value, unit: None, counted: None, led: false, lends: false }
    }

    pub(super) fn unit(self, unit: Option<&'static str>) -> Self {
        Self { unit, ..self }
    }

    pub(super) fn led(self) -> Self {
        Self { led: true, ..self }
    }

    pub(super) fn lends(self) -> Self {
        Self { lends: true, ..self }
    }

    fn nothing(from: usize, end: usize) -> Self {
        Self { kind: None, ..Self::new(from, end, Kind::Count, Value::Unread) }
    }
}

pub(super) fn scan(text: &str, tokens: &[Token]) -> Vec<Number> {
    let reader = Reader { text, tokens };
    let mut found: Vec<Read> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(read) = reader.number(at) {
            at = read.end.max(at + 1);
            if read.kind.is_some() {
                let before = found.last();
                let read = reader.follow(before, read);
                found.push(read);
            }
        } else {
            at += 1;
        }
    }
    reader.lend(&mut found);
    found.into_iter().filter_map(|read| reader.finish(read)).collect()
}

impl Reader<'_> {
    pub(super) fn piece(&self, at: usize) -> Option<Piece> {
        self.tokens.get(at).map(|token| token.piece)
    }

    pub(super) fn entry(&self, at: usize) -> Option<&'static Entry> {
        self.tokens.get(at)?.entry()
    }

    pub(super) fn is(&self, at: usize, role: Role) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(role))
    }

    pub(super) fn is_before(&self, at: usize, role: Role) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is(before, role))
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        self.tokens.get(at)?.sign()
    }

    pub(super) fn sign_before(&self, at: usize) -> Option<char> {
        self.sign(at.checked_sub(1)?)
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    pub(super) fn word(&self, at: usize) -> bool {
        matches!(self.piece(at), Some(Piece::Word(_)))
    }

    pub(super) fn glued_word(&self, at: usize) -> bool {
        self.word(at) && self.glued(at)
    }

    /// A hyphen against the piece before it.
    pub(super) fn hyphen(&self, at: usize) -> bool {
        self.glued(at) && matches!(self.sign(at), Some('-' | '‐' | '‑'))
    }

    /// A hyphen or a dash for "to", with or without spaces around.
    pub(super) fn dash(&self, at: usize) -> bool {
        matches!(self.sign(at), Some('–' | '‒' | '−')) || self.hyphen(at)
    }

    pub(super) fn slice(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.word(at) && self.slice(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a sentence starts with this piece, as far as one can see.
    pub(super) fn starts_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        matches!(self.sign(before), Some('.' | '!' | '?' | ':' | '“' | '"' | '‘' | '(' | '•' | '…' | '—' | '*' | '|'))
    }

    /// Whether nothing that could be counted comes next: the end, a sign, or a small word.
    pub(super) fn stops(&self, at: usize) -> bool {
        !self.word(at) || self.is(at, Role::Function)
    }

    /// The noun that is counted: the first plural within four words.
    pub(super) fn counted(&self, from: usize) -> Option<usize> {
        let mut at = from + usize::from(self.hyphen(from));
        let hyphened = at > from;
        if hyphened {
            return self.glued_word(at).then_some(at);
        }
        for _ in 0..4 {
            if !self.word(at) {
                return None;
            }
            let between = self.is(at, Role::BetweenUnit) || self.is(at, Role::Comparison) && !self.is(at, Role::The);
            if self.is(at, Role::Function) && !between {
                return None;
            }
            if !between && self.plural(at) {
                return Some(at);
            }
            at += 1;
            // "pre-arrest programs", "low-level arrests"
            if self.hyphen(at) && self.glued_word(at + 1) {
                at += 1;
            }
        }
        None
    }

    /// A noun in the plural, by its letters.
    pub(super) fn plural(&self, at: usize) -> bool {
        if self.is(at, Role::Counted) {
            return true;
        }
        let word = self.slice(at);
        word.len() > 3
            && !self.is(at, Role::Function)
            && word.ends_with(['s', 'S'])
            && !["ss", "us", "is", "'s", "’s"].iter().any(|ending| word.ends_with(ending))
    }

    /// What starts at this piece, if it is a number.
    fn number(&self, at: usize) -> Option<Read> {
        match self.piece(at)? {
            Piece::Sign(c) if super::units::is_currency(c) => return self.money_sign(at),
            Piece::Sign('(' | '+') => return self.phone(at),
            Piece::Sign(_) | Piece::Code | Piece::Word(None) => return None,
            Piece::Digits(_) | Piece::Word(Some(_)) => {}
        }
        if let Some(read) = self.money_code(at).or_else(|| self.said_multiple(at)).or_else(|| self.half_clock(at)) {
            return Some(read);
        }
        if matches!(self.piece(at), Some(Piece::Digits(_)))
            && let Some(read) = self.phone(at).or_else(|| self.chain(at))
        {
            return Some(read);
        }
        if let Some(read) = self.part_of_unit(at) {
            return Some(read);
        }
        if let Some(cardinal) = self.cardinal(at, self.is_before(at, Role::Between)) {
            return Some(self.judge(at, &cardinal));
        }
        self.said_part(at).or_else(|| self.said_ordinal(at))
    }

    /// What a number that has been read is a number of.
    fn judge(&self, at: usize, first: &Cardinal) -> Read {
        if let Some(read) = self.part(at, first).or_else(|| self.ordinal(at, first)) {
            return read;
        }
        let (last, value) = self.range(at, first);
        let ways = [Self::ratio, Self::age, Self::percent, Self::money_word, Self::multiple, Self::clock];
        if let Some(read) = ways.iter().find_map(|way| way(self, at, &last, value)) {
            return read;
        }
        let ways = [Self::date, Self::name_before, Self::duration, Self::measure, Self::name_after, Self::year];
        if let Some(read) = ways.iter().find_map(|way| way(self, at, &last, value)) {
            return read;
        }
        self.count(at, &last, value)
    }

    fn count(&self, at: usize, last: &Cardinal, value: Value) -> Read {
        let one = last.words && last.end == at + 1 && self.entry(at).is_some_and(|e| e.value == 1);
        if one
            && (self.is_before(at, Role::OneBefore) || !self.word(last.end) || self.is(last.end, Role::OneAfter))
            && !self.hyphen(last.end)
        {
            return Read::nothing(at, last.end);
        }
        Read { counted: self.counted(last.end), ..Read::new(at, last.end, Kind::Count, value) }
    }

    /// The second number of "40 to 50", "40–50", "between 40 and 50", with one unit for both.
    fn range(&self, at: usize, first: &Cardinal) -> (Cardinal, Value) {
        let one = |read: &Cardinal| match read.value {
            Some(amount) if read.many => Value::Many(amount),
            Some(amount) => Value::One(amount),
            None => Value::Unread,
        };
        let alone = (*first, one(first));
        let between = self.is_before(at, Role::Between);
        // "18- to 25-year-olds"
        let hangs =
            usize::from(self.hyphen(first.end) && self.is(first.end + 1, Role::To) && !self.glued(first.end + 1));
        let join = first.end + hangs;
        let joined = (self.dash(join) && !self.glued_word(join + 1))
            || self.is(join, Role::To)
            || (between && self.is(join, Role::And));
        if !joined {
            return alone;
        }
        let Some(second) = self.cardinal(join + 1, false) else { return alone };
        let (Some(low), Some(high)) = (first.value, second.value) else { return alone };
        if first.many || second.many {
            return alone;
        }
        (second, super::units::scaled(first, low, &second, high))
    }

    /// "pages 12 and 15", "June 5 and 6": the second is what the first is.
    fn follow(&self, before: Option<&Read>, read: Read) -> Read {
        let plain = read.kind == Some(Kind::Count) && read.counted.is_none();
        let Some(before) = before.filter(|before| plain && before.led && self.only_joins(before.end, read.from)) else {
            return read;
        };
        Read { kind: before.kind, led: true, ..read }
    }

    /// "30, 60 and 90 days": the first two are days as well.
    fn lend(&self, found: &mut [Read]) {
        let mut after: Option<Read> = None;
        for read in found.iter_mut().rev() {
            if read.kind == Some(Kind::Count)
                && let Some(lender) =
                    after.as_ref().filter(|after| after.lends && self.only_joins(read.end, after.from))
            {
                read.kind = lender.kind;
                read.unit = lender.unit;
                read.counted = None;
                read.lends = true;
            }
            after = Some(read.clone());
        }
    }

    /// Whether only a comma, a hyphen that hangs, "and" or "or" stands between two numbers.
    fn only_joins(&self, from: usize, to: usize) -> bool {
        from < to
            && to - from <= 3
            && (from..to).all(|at| {
                self.is(at, Role::And)
                    || self.is(at, Role::Or)
                    || self.is(at, Role::To)
                    || matches!(self.sign(at), Some(',' | '-' | '–' | '‑' | '&' | '/'))
            })
    }

    fn finish(&self, read: Read) -> Option<Number> {
        let place = |from: usize, end: usize| -> Option<Range<usize>> {
            Some(self.tokens.get(from)?.start..self.tokens.get(end.checked_sub(1)?)?.end)
        };
        Some(Number {
            span: place(read.from, read.end)?,
            kind: read.kind?,
            value: read.value,
            unit: read.unit,
            counted: read.counted.and_then(|at| place(at, at + 1)),
        })
    }
}
