//! Goes through the pieces of a text and asks, at each that can begin a number, what the number is of.

use std::ops::Range;

use super::lexicon::{Entry, Role};
use super::token::{Piece, Token};
use super::{Amount, Kind, Number, Value, names, shares, times, units};

/// The pieces of a text, to be looked at from any place.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    tokens: &'a [Token],
}

/// A number as it was read: its pieces, and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read {
    /// Its first piece, and the one behind its last.
    pub pieces: (usize, usize),
    pub kind: Kind,
    pub value: Value,
    pub unit: Option<&'static str>,
}

impl Read {
    pub(super) const fn new(from: usize, to: usize, kind: Kind, value: Value) -> Self {
        Self { pieces: (from, to), kind, value, unit: None }
    }

    pub(super) const fn of(mut self, unit: Option<&'static str>) -> Self {
        self.unit = unit;
        self
    }
}

/// An amount, or a range of two: `40`, `40 to 50`, `40–50`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Much {
    pub value: Value,
    /// The piece behind it.
    pub end: usize,
    /// Digits and nothing else, and how many.
    pub plain_digits: Option<usize>,
    /// With a word or a sign for a size.
    pub sized: bool,
    pub words: bool,
}

/// All numbers of a text that was cut into `tokens`.
pub(super) fn scan(text: &str, tokens: &[Token]) -> Vec<Number> {
    let reader = Reader { text, tokens };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.number(at) {
            Some(read) => {
                found.extend(reader.finish(read));
                at = read.pieces.1.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

impl<'a> Reader<'a> {
    /// What the number is of that begins at this piece.
    fn number(&self, at: usize) -> Option<Read> {
        let piece = self.piece(at)?;
        if let Piece::Sign(sign) = piece {
            return if units::is_currency(sign) { units::money(self, at) } else { times::phone_in_brackets(self, at) };
        }
        if matches!(piece, Piece::Code) {
            return None;
        }
        names::name(self, at)
            .or_else(|| times::moment(self, at))
            .or_else(|| shares::share(self, at))
            .or_else(|| times::multiple(self, at))
            .or_else(|| self.amount(at))
            .or_else(|| times::ordinal(self, at))
    }

    /// An amount of something: its unit is behind it.
    fn amount(&self, at: usize) -> Option<Read> {
        let much = self.much(at)?;
        if much.words && matches!(much.value, Value::One(one) if one == Amount::whole(1)) && !self.counts_one(at, &much)
        {
            return None;
        }
        units::with_unit(self, at, &much).or_else(|| Some(Read::new(at, much.end, Kind::Count, much.value)))
    }

    /// "one" is a number where something is counted or measured: not in "no one", "one of us", "one day at a time".
    fn counts_one(&self, at: usize, much: &Much) -> bool {
        let next = self.entry(much.end);
        let before = at.checked_sub(1).and_then(|before| self.entry(before));
        !before.is_some_and(|entry| entry.is(Role::OneBefore))
            && !next.is_some_and(|entry| entry.is(Role::OneAfter) || entry.is(Role::Function))
            && matches!(self.piece(much.end), Some(Piece::Word(_) | Piece::Sign('%' | '-')))
    }

    /// A number, or a range of two.
    pub(super) fn much(&self, at: usize) -> Option<Much> {
        let between = at > 0 && self.is(at - 1, Role::Between);
        let first = self.cardinal(at, between)?;
        let one = |value: Option<Amount>, many: bool| match value {
            None => Value::Unread,
            Some(amount) if many => Value::Many(amount),
            Some(amount) => Value::One(amount),
        };
        let mut much = Much {
            value: one(first.value, first.many),
            end: first.end,
            plain_digits: first.plain_digits,
            sized: first.sized,
            words: first.words,
        };
        let dash = self.sign(first.end).is_some_and(|sign| matches!(sign, '-' | '–' | '—')) && !first.words;
        let to = self.is(first.end, Role::To) || between && self.is(first.end, Role::And);
        if (dash && self.glued(first.end) || dash && self.sign(first.end) != Some('-') || to)
            && let Some(second) = self.cardinal(first.end + 1, false).filter(|second| !second.many)
            && let (Some(low), Some(high), false) = (first.value, second.value, first.many)
            && self.starts_number(first.end + 1)
            && low < high
        {
            much.value = Value::Between(low, high);
            much.end = second.end;
            much.plain_digits = None;
            much.sized |= second.sized;
        }
        Some(much)
    }

    /// Whether a range can go on here: with a digit or a number word, not with "a".
    fn starts_number(&self, at: usize) -> bool {
        matches!(self.piece(at), Some(Piece::Digits(_))) || self.is(at, Role::Cardinal)
    }

    fn finish(&self, read: Read) -> Option<Number> {
        let (from, to) = read.pieces;
        let start = self.tokens.get(from)?.start;
        let end = self.tokens.get(to.checked_sub(1)?)?.end;
        let counted = matches!(read.kind, Kind::Count).then(|| self.counted(to)).flatten();
        Some(Number { span: start..end, kind: read.kind, value: read.value, unit: read.unit, counted })
    }

    /// The noun that is counted: the last of the words that follow, before a small word or a sign.
    pub(super) fn counted(&self, from: usize) -> Option<Range<usize>> {
        const WORDS: usize = 4;
        let mut last = None;
        let mut at = from + usize::from(self.sign(from) == Some('-') && self.glued(from));
        for _ in 0..WORDS {
            let Some(token) = self.tokens.get(at) else { break };
            if !matches!(token.piece, Piece::Word(_)) || token.is(Role::Function) {
                break;
            }
            last = Some(token.start..token.end);
            // the first plural is what is counted
            if self.word(at).is_some_and(is_plural) {
                break;
            }
            at += 1 + usize::from(self.sign(at + 1) == Some('-') && self.glued(at + 1) && self.glued(at + 2));
        }
        last
    }

    // ------------------------------------------------------------------------------------------------ looking

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
        at > 0 && self.is(at - 1, role)
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        self.tokens.get(at)?.sign()
    }

    /// Whether nothing stands between this piece and the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    pub(super) fn glued_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued && matches!(token.piece, Piece::Word(_)))
    }

    /// The letters or digits of a piece.
    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        let token = self.tokens.get(at)?;
        self.text.get(token.start..token.end)
    }

    /// Whether a piece is this sign, against the one before.
    pub(super) fn has(&self, at: usize, signs: &[char]) -> bool {
        self.glued(at) && self.sign(at).is_some_and(|sign| signs.contains(&sign))
    }

    /// The digits at a piece, if it has as many and no other sign.
    pub(super) fn digits(&self, at: usize, counts: Range<usize>) -> Option<Amount> {
        match self.piece(at)? {
            Piece::Digits(digits) if !digits.grouped && !digits.decimal && counts.contains(&digits.count) => {
                digits.value
            }
            _ => None,
        }
    }

    /// Whether a word begins with a capital and is not the first of a sentence.
    pub(super) fn is_proper(&self, at: usize) -> bool {
        let capital = self.word(at).and_then(|word| word.chars().next()).is_some_and(char::is_uppercase);
        let first = at == 0 || self.sign(at - 1).is_some_and(|sign| matches!(sign, '.' | '!' | '?' | ':' | '“' | '"'));
        capital && !first
    }
}

/// Whether a noun looks like more than one.
pub(super) fn is_plural(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.ends_with('s') && !lower.ends_with("ss") && lower.len() > 3
        || matches!(lower.as_str(), "people" | "men" | "women" | "children" | "police" | "staff" | "youth" | "percent")
}
