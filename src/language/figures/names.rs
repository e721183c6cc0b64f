//! Numbers that are part of a name, an address, a code, a reference: `COVID-19`, `Section 8`, `42 CFR`, `1200 Main Street`.

use super::lexicon::Role;
use super::scan::{Read, Reader};
use super::token::Piece;
use super::{Kind, Value, times, units};

/// The number at this piece, if it is a name; ordinals in digits and bare ages are told here, too.
pub(super) fn name(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let digits = match reader.piece(at)? {
        Piece::Digits(digits) => digits,
        Piece::Word(Some(entry)) if entry.is(Role::Cardinal) => {
            return (labelled(reader, at, false) && at > 0).then(|| {
                let end = reader.much(at).map_or(at + 1, |much| much.end);
                Read::new(at, end, Kind::Name, Value::Unread)
            });
        }
        _ => return None,
    };
    if let Some(read) = times::ordinal_digits(reader, at) {
        return Some(read);
    }
    let much = reader.much(at)?;
    let named = |end: usize| Some(Read::new(at, end, Kind::Name, Value::Unread));
    let money = at > 0 && reader.sign(at - 1).is_some_and(units::is_currency);
    if money || digits.grouped || reader.sign(much.end) == Some('%') || reader.is(much.end, Role::Percent) {
        return None;
    }
    // 24/7, 50-50, 12-12-26: neither a share nor a range
    if reader.has(at + 1, &['/'])
        && reader.glued(at + 2)
        && reader.slash_fraction(at).is_none()
        && reader.digits(at + 2, 1..3).is_some()
        && !reader.has(at + 3, &['/'])
    {
        return named(at + 3);
    }
    if reader.has(at + 1, &['-', '–'])
        && reader.glued(at + 2)
        && let (Some(one), Some(two)) = (reader.digits(at, 1..3), reader.digits(at + 2, 1..3))
    {
        let score = one >= two && reader.sign(at + 3) != Some('%') && !reader.has(at + 3, &['-', '–']);
        if score && !reader.is(at + 3, Role::Percent) {
            return named(at + 3);
        }
    }
    if joined_to_letters(reader, at)
        || labelled(reader, at, digits.decimal)
        || referred(reader, at, much.end)
        || street(reader, at)
        || of_list(reader, at)
    {
        return named(much.end.max(at + 1));
    }
    units::bare_age(reader, at, &much)
        .filter(|_| units::with_unit(reader, at, &much).is_none_or(|read| read.kind == Kind::Age))
}

/// `COVID-19`, `WD-40`, `B12`, `4K`, `5G`: letters against the digits.
fn joined_to_letters(reader: &Reader<'_>, at: usize) -> bool {
    let before = at > 0 && reader.glued(at);
    let word_before = before && matches!(reader.piece(at - 1), Some(Piece::Word(_)));
    let hyphen_before =
        before && reader.sign(at - 1) == Some('-') && reader.glued(at - 1) && at > 1 && is_name_part(reader, at - 2);
    let sign_before = before && reader.sign(at - 1).is_some_and(|sign| matches!(sign, '#' | '№' | '§' | '/'))
        || at > 0 && reader.sign(at - 1) == Some('§');
    let short = reader.is(at + 1, Role::ShortMagnitude)
        || reader.is(at + 1, Role::Magnitude)
        || reader.word(at + 1) == Some("x")
        || [Role::Clock, Role::Duration, Role::Measure, Role::OrdinalEnding, Role::Percent]
            .iter()
            .any(|role| reader.is(at + 1, *role))
        || reader.word(at + 1) == Some("s");
    let word_behind = reader.glued_word(at + 1) && !short;
    word_before || hyphen_before || sign_before || word_behind
}

/// Whether a word before a hyphen makes the number behind it a part of a name.
fn is_name_part(reader: &Reader<'_>, at: usize) -> bool {
    match reader.piece(at) {
        Some(Piece::Word(None)) => true,
        Some(Piece::Word(Some(entry))) => entry.is(Role::Label) || entry.is(Role::WeakLabel),
        _ => false,
    }
}

/// `13.` before a sentence: the number of a list.
fn of_list(reader: &Reader<'_>, at: usize) -> bool {
    let begins = at == 0 || reader.sign(at - 1).is_some_and(|sign| matches!(sign, '.' | '!' | '?' | ':'));
    let capital = reader.word(at + 2).and_then(|word| word.chars().next()).is_some_and(char::is_uppercase);
    begins && reader.has(at + 1, &['.', ')']) && capital && !reader.glued(at + 2)
}

/// `Section 8`, `No. 5`, `Step 4`, `Apollo 11`: a label, or a name with a capital, before it.
fn labelled(reader: &Reader<'_>, at: usize, decimal: bool) -> bool {
    if at == 0 {
        return false;
    }
    let stop = usize::from(reader.has(at - 1, &['.']));
    let Some(label) = at.checked_sub(1 + stop) else { return false };
    let Some(Piece::Word(entry)) = reader.piece(label) else { return false };
    let counted = reader.much(at).is_some_and(|much| reader.counted(much.end).is_some());
    if let Some(entry) = entry {
        if stop == 1 {
            return entry.is(Role::LabelWithStop) || entry.is(Role::Label);
        }
        if entry.is(Role::Label) {
            return true;
        }
        if entry.is(Role::WeakLabel) {
            // "the year 2024", "fiscal year 2024"
            return !counted && !(entry.is(Role::Duration) && reader.digits(at, 4..5).is_some());
        }
        return false;
    }
    // a proper name: "Ward", "Apollo"; not the first word of a sentence, and nothing is counted
    stop == 0 && !decimal && reader.is_proper(label) && !counted && !reader.much(at).is_some_and(|much| much.sized)
}

/// `42 CFR`, `18 U.S.C.`, `NM 87501`.
fn referred(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let initials = reader.word(end) == Some("U") && reader.has(end + 1, &['.']);
    let zip = reader.digits(at, 5..6).is_some()
        && at > 0
        && reader
            .word(at - 1)
            .is_some_and(|word| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
    reader.is(end, Role::LabelAfter) || initials || zip || reader.is(at + 1, Role::Lesson)
}

/// `1200 Main Street`, `85 Old Santa Fe Trail`.
fn street(reader: &Reader<'_>, at: usize) -> bool {
    const WORDS: usize = 4;
    let mut next = at + 1;
    for _ in 0..WORDS {
        let Some(word) = reader.word(next) else { return false };
        let plain = word.starts_with(char::is_uppercase) || matches!(reader.piece(next), Some(Piece::Digits(_)));
        if !plain {
            return false;
        }
        if next > at + 1 && reader.is(next, Role::Street) || next == at + 1 && reader.is(next, Role::Street) {
            return true;
        }
        next += 1 + usize::from(reader.has(next + 1, &['.']));
    }
    false
}
