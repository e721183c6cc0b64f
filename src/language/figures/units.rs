//! What an amount is of, by the word or the sign behind it: percent, points, money, durations, ages, measures.

use super::lexicon::Role;
use super::scan::{Much, Read, Reader};
use super::{Kind, Value};

/// Whether a sign is that of money.
pub(super) const fn is_currency(sign: char) -> bool {
    matches!(sign, '$' | '€' | '£' | '¥' | '₹')
}

/// `$1.2 million`, at the sign; with the country before it (`US$5`) the sign is where it begins.
pub(super) fn money(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let much = reader.much(at + 1)?;
    let unit = match reader.sign(at)? {
        '$' => "usd",
        '€' => "eur",
        '£' => "gbp",
        '¥' => "jpy",
        _ => "inr",
    };
    let mut end = much.end;
    let mut value = much.value;
    // "$40 to $50" is two; "$40–$50" with the sign twice is read as one range
    if let Value::One(low) = much.value
        && reader.sign(end).is_some_and(|sign| matches!(sign, '-' | '–' | '—'))
        && reader.sign(end + 1) == reader.sign(at)
        && let Some(second) = reader.much(end + 2)
        && let Value::One(high) = second.value
    {
        value = Value::Between(low, high);
        end = second.end;
    }
    Some(Read::new(at, end, Kind::Money, value).of(Some(unit)))
}

/// The number that begins at `at` with its unit; `None` where it has none that is known.
pub(super) fn with_unit(reader: &Reader<'_>, at: usize, much: &Much) -> Option<Read> {
    let hyphen =
        usize::from(reader.sign(much.end).is_some_and(|sign| sign == '-' || sign == '‑') && reader.glued(much.end));
    let next = much.end + hyphen;
    if let Some(read) = percent(reader, at, much, next) {
        return Some(read);
    }
    let entry = reader.entry(next)?;
    if entry.is(Role::Currency) && (reader.word(next)?.len() > 1) {
        return Some(Read::new(at, next + 1, Kind::Money, much.value).of(entry.unit));
    }
    duration(reader, at, much, next).or_else(|| measure(reader, at, much, next)).or_else(|| age(reader, at, much))
}

fn percent(reader: &Reader<'_>, at: usize, much: &Much, next: usize) -> Option<Read> {
    let end = match reader.sign(next) {
        Some('%' | '％' | '﹪') => next + 1,
        _ if reader.is(next, Role::Percent) => next + 1,
        _ if reader.is(next, Role::Per) && reader.is(next + 1, Role::Cent) => next + 2,
        _ if reader.is(next, Role::Percentage) && reader.is(next + 1, Role::Point) => next + 1,
        _ => return None,
    };
    let hyphen = usize::from(reader.sign(end) == Some('-') && reader.glued(end));
    if reader.is(end + hyphen, Role::Point) {
        return Some(Read::new(at, end + hyphen + 1, Kind::Points, much.value));
    }
    Some(Read::new(at, end, Kind::Percent, much.value))
}

/// `72 hours`, `30-day`, `41 fewer days`; `25 years old` and `18-year-olds` are ages.
fn duration(reader: &Reader<'_>, at: usize, much: &Much, next: usize) -> Option<Read> {
    let mut unit = next;
    while reader.is(unit, Role::BetweenUnit) && unit < next + 3 {
        unit += 1;
    }
    let entry = reader.entry(unit).filter(|entry| entry.is(Role::Duration))?;
    let end = unit + 1;
    let hyphen = usize::from(reader.sign(end) == Some('-') && reader.glued(end));
    if reader.is(end + hyphen, Role::Old) {
        return Some(Read::new(at, end + hyphen + 1, Kind::Age, much.value).of(Some("year")));
    }
    if reader.is(end, Role::Of) && reader.is(end + 1, Role::Age) {
        return Some(Read::new(at, end + 2, Kind::Age, much.value).of(Some("year")));
    }
    if much.plain_digits == Some(4) && unit == next && reader.is(unit, Role::Month) {
        return None;
    }
    Some(Read::new(at, end, Kind::Duration, much.value).of(entry.unit))
}

fn measure(reader: &Reader<'_>, at: usize, much: &Much, next: usize) -> Option<Read> {
    let unit = next + usize::from(reader.is(next, Role::MeasureLead) && reader.is(next + 1, Role::Measure));
    let entry = reader.entry(unit).filter(|entry| entry.is(Role::Measure))?;
    Some(Read::new(at, unit + 1, Kind::Measure, much.value).of(entry.unit))
}

/// `aged 25`, `ages 18 to 25`, `18 and older`, `under 18`, `she was 34`.
fn age(reader: &Reader<'_>, at: usize, much: &Much) -> Option<Read> {
    let is_age = reader.is_before(at, Role::Age)
        || reader.is_before(at, Role::Turned)
        || (reader.is(much.end, Role::And) || reader.is(much.end, Role::Or)) && reader.is(much.end + 1, Role::AgeAfter);
    is_age.then(|| Read::new(at, much.end, Kind::Age, much.value).of(Some("year")))
}

/// An age that has no word behind it at all.
pub(super) fn bare_age(reader: &Reader<'_>, at: usize, much: &Much) -> Option<Read> {
    if let Some(read) = age(reader, at, much) {
        return Some(read);
    }
    let limit = reader.is_before(at, Role::AgeLimit)
        && at > 1
        && reader.is(at - 2, Role::AgedPeople)
        && reader.counted(much.end).is_none();
    let subject = (reader.is_before(at, Role::Whole) && at > 1 && reader.is(at - 2, Role::AgedSubject))
        && reader.counted(much.end).is_none();
    (limit || subject).then(|| Read::new(at, much.end, Kind::Age, much.value).of(Some("year")))
}
