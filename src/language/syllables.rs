//! How many syllables a word has when it is read aloud: by rules for English spelling, and a list of words that keep to none.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::hash::Words;

/// Words that the rules get wrong, with their syllables: `en-syllables.txt`, one a line.
fn exceptions() -> &'static Words<usize> {
    static EXCEPTIONS: OnceLock<Words<usize>> = OnceLock::new();
    EXCEPTIONS.get_or_init(|| {
        let lines = include_str!("en-syllables.txt").lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.split_once(' '))
            .filter_map(|(word, count)| Some((word, count.parse().ok()?)))
            .collect()
    })
}

/// The syllables of one word, as [`super::words`] gives it: at least one.
///
/// Parts with hyphens are counted by themselves. Numbers are counted as they are said (58 is fifty-eight, 2014 twenty fourteen, 911
/// digit by digit), abbreviations letter by letter (U.S., NCHRC; not LEAD, which can be said). Signs beside a word are not part of it.
#[must_use]
pub fn count(word: &str) -> usize {
    if let Some(digits) = phone(word) {
        return digits;
    }
    let parts = word.split(['-', '‐', '‑']).filter(|part| !part.is_empty());
    parts.map(part).sum::<usize>().max(1)
}

/// A phone number, said digit by digit.
fn phone(word: &str) -> Option<usize> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let groups: Vec<usize> = word.split(['-', '.']).map(str::len).collect();
    let digits = word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
    let said = digits && (groups.ends_with(&[3, 4]) || matches!(word, "911" | "988" | "211" | "311" | "411"));
    said.then(|| word.bytes().filter(u8::is_ascii_digit).map(digit).sum())
}

fn part(part: &str) -> usize {
    // by far the most words are as they are to be looked up, and are not copied
    let plain: Cow<'_, str> = if part.is_ascii() {
        Cow::Borrowed(part)
    } else {
        part.chars().filter(|c| *c != '\u{ad}').map(|c| if c == '’' { '\'' } else { c }).collect()
    };
    let small = plain.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let lower: Cow<'_, str> = if small { Cow::Borrowed(&plain) } else { Cow::Owned(plain.to_lowercase()) };
    if let Some(known) = exceptions().get(&*lower) {
        return *known;
    }
    if plain.chars().any(|c| c.is_ascii_digit()) {
        return mixed(&lower);
    }
    if spelled(&plain) {
        return capitals(&plain).chars().map(letter).sum();
    }
    let (stem, more) = without_apostrophe(&lower);
    exceptions().get(stem).copied().unwrap_or_else(|| by_rule(stem)) + more
}

/// Whether it is read letter by letter: `U.S`, `e.g`, `DNA`, `NCHRC`, `DAs`.
fn spelled(word: &str) -> bool {
    let letters = capitals(word);
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    let upper = letters.chars().count() > 1 && letters.chars().all(char::is_uppercase);
    let sayable =
        letters.chars().any(|c| matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Y')) && letters.chars().count() > 3;
    dotted || (upper && !sayable)
}

/// The word without the s of a plural or a possessive.
fn capitals(word: &str) -> &str {
    word.trim_end_matches("'s").trim_end_matches('s')
}

fn letter(c: char) -> usize {
    match c.to_ascii_lowercase() {
        'w' => 3,
        c if c.is_alphabetic() => 1,
        _ => 0,
    }
}

/// `'s` is said only after a hiss, `n't` after most consonants.
fn without_apostrophe(word: &str) -> (&str, usize) {
    let hiss = |stem: &str| ["s", "x", "z", "ch", "sh", "ce", "ge", "se"].iter().any(|end| stem.ends_with(end));
    if let Some(stem) = word.strip_suffix("'s") {
        return (stem, usize::from(hiss(stem)));
    }
    if let Some(stem) = word.strip_suffix("n't") {
        return (stem, usize::from(!matches!(stem, "do" | "ca" | "wo" | "are" | "were")));
    }
    for (ending, more) in [("'ll", 1), ("'ve", 0), ("'re", 0), ("'d", 0), ("'m", 0)] {
        if let Some(stem) = word.strip_suffix(ending) {
            return (stem, if stem.ends_with(['e', 'y', 'i', 'u', 'o']) { 0 } else { more });
        }
    }
    (word.trim_matches('\''), 0)
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Endings before which a silent e stays silent: safe-ly, home-less, some-thing.
const ENDINGS: [(&str, usize); 22] = [
    ("lessness", 2),
    ("fully", 2),
    ("lessly", 2),
    ("ments", 1),
    ("ment", 1),
    ("less", 1),
    ("ness", 1),
    ("ful", 1),
    ("ly", 1),
    ("time", 1),
    ("times", 1),
    ("where", 1),
    ("thing", 1),
    ("things", 1),
    ("body", 2),
    ("how", 1),
    ("one", 1),
    ("what", 1),
    ("side", 1),
    ("fore", 1),
    ("like", 1),
    ("some", 1),
];

fn by_rule(word: &str) -> usize {
    for (ending, said) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() > 2
            && stem.ends_with('e')
            && !stem.ends_with("ee")
        {
            return exceptions().get(stem).copied().unwrap_or_else(|| by_rule(stem)) + said;
        }
    }
    // specifically: the a is not heard
    let unheard = usize::from(word.ends_with("ically"));
    let bytes = word.as_bytes();
    let mut count = 0_usize;
    let mut before = false;
    for (at, &c) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        // y before a vowel at the start, u after q
        let consonant = c == b'y' && at == 0 && is_vowel(next)
            || c == b'u' && at > 0 && bytes.get(at - 1) == Some(&b'q') && is_vowel(next);
        let vowel = is_vowel(c) && !consonant;
        count += usize::from(vowel && !before);
        before = vowel;
    }
    // letters beyond a to z that are vowels: é, ü
    count += word
        .chars()
        .filter(|c| {
            !c.is_ascii()
                && c.is_alphabetic()
                && matches!(c, 'á' | 'é' | 'í' | 'ó' | 'ú' | 'ñ' | 'ä' | 'ö' | 'ü' | 'è' | 'ê' | 'ï')
        })
        .count();
    (count + parted(word)).saturating_sub(silent(bytes) + unheard).max(1)
}

/// Silent e at the end, also in -es and -ed.
fn silent(word: &[u8]) -> usize {
    let (last, stem) = match word {
        [stem @ .., b'e'] => (b'e', stem),
        [stem @ .., b'e', b's'] => (b's', stem),
        [stem @ .., b'e', b'd'] => (b'd', stem),
        _ => return 0,
    };
    let Some((&before, rest)) = stem.split_last() else { return 0 };
    // only after a consonant, and not the only vowel
    if is_vowel(before) && !(before == b'u' && matches!(rest.last(), Some(b'q' | b'g')))
        || !stem.iter().any(|c| is_vowel(*c))
    {
        return 0;
    }
    // table, tables, handled
    let syllabic = before == b'l' && rest.last().is_some_and(|c| !is_vowel(*c) && !matches!(c, b'l' | b'r' | b'w'));
    let hissed = matches!(before, b's' | b'z' | b'x' | b'c' | b'g') || matches!(stem, [.., b'c' | b's', b'h']);
    usize::from(match last {
        b'e' => !syllabic,
        b's' => !syllabic && !hissed,
        _ => !syllabic && !matches!(before, b't' | b'd'),
    })
}

/// Vowels that stand together and are said apart: me-dia, vio-lent, ac-tual, go-ing, sci-ence.
fn parted(word: &str) -> usize {
    let mut more = 0;
    let bytes = word.as_bytes();
    for (at, pair) in bytes.windows(2).enumerate() {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(0);
        let after = bytes.get(at + 2).copied().unwrap_or(0);
        more += usize::from(match pair {
            b"ia" => {
                !matches!(before, b'c' | b't' | b's' | b'g') && !word.ends_with("iage") && !word.ends_with("iages")
            }
            b"io" => !matches!(before, b't' | b's' | b'c' | b'g' | b'x' | b'n' | b'h'),
            b"iu" => at > 0,
            b"eo" => before != b'g' && after != b'p' && after != b'u',
            b"ua" => !matches!(before, b'q' | b'g'),
            b"uo" => !matches!(before, b'q' | b'b'),
            b"ie" => match bytes.get(at + 2..) {
                // science, client, experience; not patient, efficient, friend
                Some([b'n', b'c' | b't', ..]) => !matches!(before, b't' | b'c'),
                Some([b't', b'y' | b'i', ..]) => true,
                Some([b'r'] | [b's', b't']) => at > 2,
                _ => false,
            },
            b"yi" | b"ei" | b"oi" | b"ui" | b"ai" => {
                matches!(bytes.get(at + 1..), Some([b'i', b'n', b'g'] | [b'i', b'n', b'g', b's']))
            }
            b"sm" => at + 2 == bytes.len() && at > 0,
            _ => false,
        });
    }
    more
}

/// Digits with or without letters: `58`, `4.5`, `1,200`, `3rd`, `1990s`.
fn mixed(word: &str) -> usize {
    let plain: String = word.chars().filter(|c| *c != ',').collect();
    let end = plain.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(plain.len());
    let (number, rest) = plain.split_at(end);
    let Some((whole, decimals)) = number.split_once('.').or(Some((number, ""))) else { return 1 };
    let year = !word.contains(',') && decimals.is_empty() && whole.len() == 4;
    let said = match whole.parse::<u64>() {
        Ok(year_number @ 1100..=2099) if year => said_year(year_number),
        Ok(value) => said_number(value),
        Err(_) => whole.bytes().map(digit).sum(),
    };
    let point = if decimals.is_empty() { 0 } else { 1 + decimals.bytes().map(digit).sum::<usize>() };
    let letters: usize = match rest {
        "" | "s" | "'s" | "st" | "nd" | "rd" | "th" => 0,
        rest if number.is_empty() => {
            rest.split(|c: char| c.is_ascii_digit()).filter(|p| !p.is_empty()).map(by_rule).sum()
        }
        rest => rest.chars().map(letter).sum(),
    };
    said + point + letters
}

fn digit(c: u8) -> usize {
    match c {
        b'0' | b'7' => 2,
        c if c.is_ascii_digit() => 1,
        _ => 0,
    }
}

fn said_year(year: u64) -> usize {
    match (year / 100, year % 100) {
        (20, rest @ 0..=9) => 3 + if rest == 0 { 0 } else { said_number(rest) },
        (century, 0) => said_number(century) + 2,
        (century, rest @ 1..=9) => said_number(century) + 1 + said_number(rest),
        (century, rest) => said_number(century) + said_number(rest),
    }
}

fn said_number(number: u64) -> usize {
    match number {
        0 | 7 => 2,
        11 | 17 => 3,
        1..=10 | 12 => 1,
        13..=19 => 2,
        20..=99 => {
            let rest = number % 10;
            2 + usize::from(number / 10 == 7) + if rest == 0 { 0 } else { said_number(rest) }
        }
        100..=999 => larger(number, 100),
        1000..=999_999 => larger(number, 1000),
        1_000_000..=999_999_999 => larger(number, 1_000_000),
        _ => larger(number, 1_000_000_000),
    }
}

/// hundred, thousand, million, billion: two syllables each.
fn larger(number: u64, size: u64) -> usize {
    let rest = number % size;
    said_number(number / size) + 2 + if rest == 0 { 0 } else { said_number(rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_syllables_that_are_heard() {
        let cases = "a 1, the 1, diversion 3, pre-arrest 3, safely 2, homeless 2, something 2, handled 2, tables 2, places 2, makes 1, wanted 2, \
            asked 1, media 3, violent 3, actual 3, going 2, being 2, trying 2, science 2, society 4, don't 1, didn't 2, isn't 2, we'll 1, \
            officer's 3, boss's 2, police 2, people 2, business 2, quiet 2, recidivism 5, nation 2, social 2, patient 2, \
            question 2, language 2, statement 2, U.S 2, e.g 2, LEAD 1, CDC 3, NCHRC 5, DAs 2, 58 3, 4.5 3, 1,200 6, 2014 4, 1998 5, 2005 4, 911 3, \
            988 3, 555-0123 8, 3rd 1, 100 3, 0 2, 77 5, 1990s 4, COVID-19 4, 20-bed 3";
        for case in cases.split(", ") {
            let (word, syllables) = case.split_once(' ').unwrap();
            assert_eq!(count(word), syllables.parse::<usize>().unwrap(), "{word}");
        }
    }

    #[test]
    fn each_line_of_the_list_is_read_and_needed() {
        let lines = include_str!("en-syllables.txt").lines().filter(|line| !line.starts_with('#'));
        let (mut known, mut idle) = (0, Vec::new());
        for line in lines {
            let (word, said) = line.split_once(' ').unwrap();
            known += 1;
            if by_rule(word) == said.parse::<usize>().unwrap() {
                idle.push(word);
            }
        }
        assert_eq!(exceptions().len(), known, "a line is twice in the list, or is none");
        assert_eq!(idle, [""; 0], "the rules say the same");
    }
}
