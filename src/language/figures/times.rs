//! Multiples, and numbers that are no amounts: dates, times of day, phone numbers, ordinals, years.

use super::lexicon::Role;
use super::scan::{Read, Reader};
use super::token::Piece;
use super::{Amount, Kind, Value};

/// `twice as many`, `4.5 times`, `fivefold`, `doubled`; `three times a week` is how often.
pub(super) fn multiple(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let whole = |value: u64| Value::One(Amount::whole(value));
    if let Some(entry) = reader.entry(at) {
        if entry.is(Role::Folded) || entry.is(Role::Changed) {
            return Some(Read::new(at, at + 1, Kind::Multiple, whole(entry.value)));
        }
        if entry.is(Role::Often) {
            let kind = if compares(reader, at + 1) { Kind::Multiple } else { Kind::Occasions };
            return Some(Read::new(at, at + 1, kind, whole(entry.value)));
        }
        if entry.is(Role::Manifold) && reader.is(at + 1, Role::Comparison) && !reader.is(at + 1, Role::NotAMultiple) {
            return Some(Read::new(at, at + 1, Kind::Multiple, whole(entry.value)));
        }
    }
    let much = reader.much(at)?;
    let next = much.end + usize::from(reader.has(much.end, &['-', '‑']));
    if reader.is(next, Role::Fold) && (reader.glued(next) || next == much.end) {
        return Some(Read::new(at, next + 1, Kind::Multiple, much.value));
    }
    let by_sign = reader.has(much.end, &['×']) || reader.glued_word(much.end) && reader.word(much.end) == Some("x");
    if by_sign {
        return Some(Read::new(at, much.end + 1, Kind::Multiple, much.value));
    }
    if reader.word(much.end) != Some("times") {
        return None;
    }
    let decimal = matches!(much.value, Value::One(value) if !value.is_whole());
    let end = much.end + 1;
    if compares(reader, end) || decimal {
        return Some(Read::new(at, end, Kind::Multiple, much.value));
    }
    let few = matches!(much.value, Value::One(value) if value <= Amount::whole(12));
    Some(if few {
        Read::new(at, end, Kind::Occasions, much.value)
    } else {
        Read::new(at, much.end, Kind::Count, much.value)
    })
}

fn compares(reader: &Reader<'_>, at: usize) -> bool {
    reader.is(at, Role::Comparison) && !reader.is(at, Role::Schedule)
}

/// A date, a time of day, a phone number, a year.
pub(super) fn moment(reader: &Reader<'_>, at: usize) -> Option<Read> {
    date(reader, at)
        .or_else(|| time(reader, at))
        .or_else(|| phone(reader, at))
        .or_else(|| short_code(reader, at))
        .or_else(|| year(reader, at))
}

fn date(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let of = |value: Option<Amount>| value.map_or(Value::Unread, Value::One);
    let month = |at: usize| {
        let named = reader.is(at, Role::Month);
        let capital = reader.word(at).and_then(|word| word.chars().next()).is_some_and(char::is_uppercase);
        named && capital
    };
    if month(at) {
        let dot = usize::from(reader.has(at + 1, &['.']));
        let day_at = at + 1 + dot;
        if let Some(day) = reader.digits(day_at, 1..3) {
            let mut end =
                day_at + 1 + usize::from(reader.is(day_at + 1, Role::OrdinalEnding) && reader.glued(day_at + 1));
            if reader.sign(end).is_some_and(|sign| matches!(sign, '-' | '–')) && reader.digits(end + 1, 1..3).is_some()
            {
                end += 2;
            }
            let comma = usize::from(reader.has(end, &[',']));
            if reader.digits(end + comma, 4..5).is_some() {
                end += comma + 1;
            }
            return Some(Read::new(at, end, Kind::Date, of(Some(day))));
        }
        let year = reader.digits(day_at + usize::from(reader.has(day_at, &[','])), 4..5)?;
        return Some(Read::new(at, day_at + 1, Kind::Year, Value::One(year)));
    }
    let day = reader.digits(at, 1..5)?;
    // 2026-11-24, 11/24/2026, 24.11.2026 (that one is a code)
    if reader.has(at + 1, &['-', '/'])
        && reader.digits(at + 2, 1..3).is_some()
        && reader.glued(at + 2)
        && reader.sign(at + 3) == reader.sign(at + 1)
        && reader.glued(at + 3)
        && reader.digits(at + 4, 1..5).is_some()
        && reader.glued(at + 4)
    {
        return Some(Read::new(at, at + 5, Kind::Date, of(Some(day))));
    }
    let ending = usize::from(reader.is(at + 1, Role::OrdinalEnding) && reader.glued(at + 1));
    let of_word = usize::from(reader.is(at + 1 + ending, Role::Of));
    let month_at = at + 1 + ending + of_word;
    if reader.digits(at, 1..3).is_some() && month(month_at) {
        let year = usize::from(reader.digits(month_at + 1, 4..5).is_some());
        return Some(Read::new(at, month_at + 1 + year, Kind::Date, Value::One(day)));
    }
    None
}

/// `9:30`, `9 p.m.`, `9am`, `nine o'clock`, `half past nine`, `9 to 5`.
fn time(reader: &Reader<'_>, at: usize) -> Option<Read> {
    if reader.is(at, Role::Part) && reader.is(at + 1, Role::HalfClock) {
        let hour = reader.much(at + 2)?;
        return Some(Read::new(at, hour.end, Kind::Time, hour.value));
    }
    let much =
        reader.cardinal(at, false).filter(|read| read.words || read.plain_digits.is_some_and(|count| count < 3))?;
    let value = much.value.map_or(Value::Unread, Value::One);
    let mut end = much.end;
    let minutes = reader.has(end, &[':']) && reader.digits(end + 1, 2..3).is_some() && reader.glued(end + 1);
    if minutes {
        end += 2;
    }
    if let Some(clock) = clock(reader, end) {
        return Some(Read::new(at, clock, Kind::Time, value));
    }
    if minutes {
        return Some(Read::new(at, end, Kind::Time, value));
    }
    // "9 to 5 p.m.", "9–5 p.m.": the first of a range
    let dash = reader.sign(end).is_some_and(|sign| matches!(sign, '-' | '–')) || reader.is(end, Role::To);
    if dash && let Some(second) = reader.cardinal(end + 1, false) {
        let mut last = second.end;
        if reader.has(last, &[':']) && reader.digits(last + 1, 2..3).is_some() {
            last += 2;
        }
        if clock(reader, last).is_some() {
            return Some(Read::new(at, much.end, Kind::Time, value));
        }
    }
    None
}

/// The piece behind `a.m.`, `pm`, `o'clock`.
fn clock(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if reader.is(at, Role::Clock) {
        return Some(at + 1);
    }
    let letter = |at: usize, of: &[&str]| {
        reader.word(at).is_some_and(|word| of.iter().any(|one| word.eq_ignore_ascii_case(one)))
    };
    (letter(at, &["a", "p"]) && reader.has(at + 1, &['.']) && letter(at + 2, &["m"]) && reader.glued(at + 2))
        .then(|| at + 3 + usize::from(reader.has(at + 3, &['.'])))
}

/// `505-555-0142`, `1-800-555-0142`, `555-0142`, `505.555.0142` (a code).
fn phone(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let group = |at: usize, counts| reader.digits(at, counts).is_some();
    let joined = |at: usize| reader.has(at, &['-', '–', '‑', '.']) && reader.glued(at + 1);
    group(at, 1..5).then_some(())?;
    let mut end = at + 1;
    let mut groups = 1;
    while joined(end) && group(end + 1, 2..5) {
        end += 2;
        groups += 1;
    }
    let four = reader.digits(end - 1, 4..5).is_some();
    let three = reader.digits(at, 3..4).is_some();
    (groups >= 3 || groups == 2 && four && three).then(|| Read::new(at, end, Kind::Phone, Value::Unread))
}

/// `(505) 555-0142`, at the bracket.
pub(super) fn phone_in_brackets(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let open =
        reader.sign(at) == Some('(') && reader.digits(at + 1, 3..4).is_some() && reader.sign(at + 2) == Some(')');
    (open && reader.digits(at + 3, 3..4).is_some() && reader.digits(at + 5, 4..5).is_some())
        .then(|| Read::new(at, at + 6, Kind::Phone, Value::Unread))
}

/// `988`, `911`: numbers that are dialled.
fn short_code(reader: &Reader<'_>, at: usize) -> Option<Read> {
    reader.digits(at, 3..4)?;
    let code = super::lexicon::english().find(reader.word(at)?).is_some_and(|entry| entry.is(Role::ShortCode));
    let counts = reader.counted(at + 1).is_some()
        && !reader.is(at + 1, Role::OfCode)
        && !reader.is_proper(at + 1)
        && !reader.is_before(at, Role::Dial);
    let called = reader.is_before(at, Role::Dial)
        && reader.word(at - 1).is_some_and(|word| !word.eq_ignore_ascii_case("to") && !word.eq_ignore_ascii_case("at"));
    (code && !counts || called && reader.counted(at + 1).is_none())
        .then(|| Read::new(at, at + 1, Kind::Phone, Value::Unread))
}

/// `2014`, `the 1990s`, `2019–20`; not the 2014 of "2014 people".
fn year(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let value = reader.digits(at, 4..5)?;
    let number = value.as_whole()?;
    if !(1500..2150).contains(&number) || reader.sign(at + 1) == Some('%') {
        return None;
    }
    if reader.glued_word(at + 1) && reader.word(at + 1) == Some("s") {
        return Some(Read::new(at, at + 2, Kind::Year, Value::One(value)));
    }
    let next_counts = reader.counted(at + 1).is_some()
        && reader.word(at + 1).is_some_and(|word| !word.starts_with(char::is_uppercase));
    let plural = reader.word(at + 1).is_some_and(super::scan::is_plural);
    let dated = at > 0
        && (reader
            .entry(at - 1)
            .is_some_and(|entry| entry.is(Role::Function) && !entry.is(Role::Nearly) || entry.is(Role::Month))
            || reader.sign(at - 1).is_some_and(|sign| matches!(sign, '(' | ',' | '–' | '-' | '/')));
    let from_start = at == 0 && !plural;
    (dated || !next_counts || from_start).then(|| Read::new(at, at + 1, Kind::Year, Value::One(value)))
}

/// `the 3rd`, `twenty-first`, `first`.
pub(super) fn ordinal(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let entry = reader.entry(at).filter(|entry| entry.is(Role::Ordinal))?;
    Some(Read::new(at, at + 1, Kind::Ordinal, Value::One(Amount::whole(entry.value))))
}

/// `3rd`, `21st` at digits.
pub(super) fn ordinal_digits(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let Some(Piece::Digits(digits)) = reader.piece(at) else { return None };
    (reader.glued_word(at + 1) && reader.is(at + 1, Role::OrdinalEnding))
        .then(|| Read::new(at, at + 2, Kind::Ordinal, digits.value.map_or(Value::Unread, Value::One)))
}
