//! Shares: `one in five`, `9 out of 10`, `two-thirds`, `half`, `a quarter`, `2/3`, `½`.

use super::lexicon::Role;
use super::scan::{Read, Reader};
use super::token::Piece;
use super::{Amount, Kind, Value};

/// The share that begins at this piece.
pub(super) fn share(reader: &Reader<'_>, at: usize) -> Option<Read> {
    ratio(reader, at).or_else(|| fraction(reader, at)).or_else(|| parts(reader, at)).or_else(|| one_part(reader, at))
}

/// `one in five`, `1 in every 5`, `9 out of 10`, `nine of every ten`.
fn ratio(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let first = reader.much(at).filter(|much| !much.sized)?;
    let Value::One(over) = first.value else { return None };
    let mut next = first.end;
    let dashed = usize::from(reader.has(next, &['-']));
    next += dashed;
    let (mut under, sure) = if reader.is(next, Role::Out) && reader.is(next + 1 + dashed, Role::Of) {
        (next + 2 + dashed, true)
    } else if reader.is(next, Role::In) || reader.is(next, Role::Of) && reader.is(next + 1, Role::Every) {
        (next + 1, false)
    } else {
        return None;
    };
    under += usize::from(dashed == 1 && reader.has(under, &['-']));
    let every = reader.is(under, Role::Every);
    under += usize::from(every);
    let second = reader.much(under)?;
    let Value::One(whole) = second.value else { return None };
    let year = second.plain_digits == Some(4) && !every;
    let measured = [Role::Duration, Role::Measure, Role::BetweenUnit].iter().any(|role| reader.is(second.end, *role));
    if over >= whole || whole.as_whole()? < 2 || !over.is_whole() || year && !sure || measured && !every && !sure {
        return None;
    }
    let million = second.sized && reader.is(second.end - 1, Role::Magnitude) && over == Amount::whole(1);
    if million && whole >= Amount::whole(1_000_000) {
        return Some(Read::new(at, second.end, Kind::Name, Value::Unread));
    }
    Some(Read::new(at, second.end, Kind::Share, Value::One(over.of(whole)?)))
}

/// `2/3` and `½`, alone.
fn fraction(reader: &Reader<'_>, at: usize) -> Option<Read> {
    if let Some((value, pieces)) = reader.slash_fraction(at) {
        let measured = [Role::Duration, Role::Measure].iter().any(|role| reader.is(at + pieces, *role));
        return (!measured).then(|| Read::new(at, at + pieces, Kind::Share, Value::One(value)));
    }
    let Some(Piece::Digits(digits)) = reader.piece(at) else { return None };
    let word = reader.word(at)?;
    let sign = word.chars().next().is_some_and(|sign| super::token::fraction(sign).is_some());
    let measured = [Role::Duration, Role::Measure, Role::Magnitude].iter().any(|role| reader.is(at + 1, *role))
        || reader.sign(at + 1) == Some('%');
    (sign && !measured).then(|| Read::new(at, at + 1, Kind::Share, digits.value.map_or(Value::Unread, Value::One)))
}

/// `two-thirds`, `three quarters`.
fn parts(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let over = reader.entry(at).filter(|entry| entry.is(Role::Cardinal) && entry.value > 0)?.value;
    let next = at + 1 + usize::from(reader.has(at + 1, &['-', '‑']));
    let entry = reader.entry(next)?;
    let one = over == 1 && entry.is(Role::Part) && !reader.has(next + 1, &['-']);
    if !(entry.is(Role::Parts) || one) || over >= entry.value {
        return None;
    }
    if entry.is(Role::Duration) && !reader.is(next + 1, Role::Of) && next == at + 1 {
        // "two quarters": of a year, or of a whole
        return None;
    }
    if one && next == at + 1 && !reader.is(next + 1, Role::PartAfter) {
        return None;
    }
    Some(Read::new(at, next + 1, Kind::Share, Value::One(Amount::fraction(u128::from(over), u128::from(entry.value))?)))
}

/// `a third of`, `a quarter`, `half of`; `halved`, `cut in half`.
fn one_part(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let entry = reader.entry(at)?;
    if entry.is(Role::Halved) {
        return Some(Read::new(at, at + 1, Kind::Share, Value::One(Amount::fraction(1, 2)?)));
    }
    let article = entry.is(Role::Article);
    let part_at = at + usize::from(article);
    let part = reader.entry(part_at).filter(|entry| entry.is(Role::Part))?;
    let next = part_at + 1;
    // "a quarter of an hour", "half an hour", "half-hour", "half past", "second half"
    let and_a_half = article && at > 1 && reader.is(at - 1, Role::And) && reader.is(at - 2, Role::Duration);
    if and_a_half || reader.has(next, &['-']) || timed(reader, next) || idiom(reader, at, next) {
        return None;
    }
    let half = part.is(Role::Half);
    let sure = if half {
        let cut = at > 1
            && reader.is(at - 1, Role::In)
            && (reader.is(at - 2, Role::Cut) || reader.is(at.saturating_sub(3), Role::Cut));
        let before = at > 0 && reader.is(at - 1, Role::Nearly);
        cut || reader.is(next, Role::HalfOf) || before && !reader.is(next, Role::Article)
    } else {
        let nearly = at > 0 && reader.is(at - 1, Role::Nearly);
        article && (reader.is(next, Role::PartAfter) || nearly && ends(reader, next))
    };
    sure.then(|| Amount::fraction(1, u128::from(part.value)))
        .flatten()
        .map(|value| Read::new(at, next, Kind::Share, Value::One(value)))
}

/// Whether what is halved or quartered is a length of time or a place in time.
fn timed(reader: &Reader<'_>, next: usize) -> bool {
    let mut at = next;
    at += usize::from(reader.is(at, Role::Of));
    at += usize::from(reader.is(at, Role::Article) || reader.is(at, Role::The));
    reader.is(at, Role::Duration)
        || reader.is(at, Role::Measure)
        || reader.is(next, Role::HalfClock)
            && (reader.is(next + 1, Role::Cardinal) || reader.digits(next + 1, 1..3).is_some())
}

fn idiom(reader: &Reader<'_>, at: usize, next: usize) -> bool {
    let before = at > 0 && reader.is(at - 1, Role::NotAHalf);
    let the = usize::from(reader.is(next, Role::The));
    before || reader.is(next + the, Role::HalfIdiom)
}

fn ends(reader: &Reader<'_>, at: usize) -> bool {
    match reader.piece(at) {
        None | Some(Piece::Sign(_)) => true,
        Some(Piece::Word(Some(entry))) => entry.is(Role::Function),
        _ => false,
    }
}
