//! Finds the numbers of a text: a number in digits or words, then what it is a number of, by the words beside it.

use std::ops::Range;

use super::{Amount, Kind, Number, Value};

/// Words that are numbers.
const CARDINALS: [(&str, u64); 30] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("dozen", 12),
    ("hundred", 100),
];
const SIZES: [(&str, u64); 4] =
    [("hundred", 100), ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000)];
const PARTS: [(&str, u64); 12] = [
    ("half", 2),
    ("third", 3),
    ("thirds", 3),
    ("quarter", 4),
    ("quarters", 4),
    ("fourth", 4),
    ("fourths", 4),
    ("fifth", 5),
    ("fifths", 5),
    ("tenth", 10),
    ("tenths", 10),
    ("halves", 2),
];
const ORDINALS: [(&str, u64); 10] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
];
const MULTIPLES: [(&str, u64); 6] =
    [("twice", 2), ("thrice", 3), ("doubled", 2), ("tripled", 3), ("twofold", 2), ("fivefold", 5)];
const DURATIONS: [&str; 8] = ["second", "minute", "hour", "day", "night", "week", "month", "year"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const BEFORE_YEAR: [&str; 14] = [
    "in", "since", "year", "of", "from", "until", "by", "spring", "summer", "fall", "autumn", "winter", "early", "late",
];
const SHORT_CODES: [&str; 8] = ["211", "311", "411", "511", "711", "811", "911", "988"];

#[derive(Clone, Copy)]
struct Token<'a> {
    start: usize,
    word: &'a str,
}

impl Token<'_> {
    const fn end(&self) -> usize {
        self.start + self.word.len()
    }

    fn is_digits(&self) -> bool {
        self.word.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Every number, in order.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let lower = text.to_ascii_lowercase();
    let tokens = tokens(&lower);
    let reader = Reader { tokens: &tokens };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.number(at) {
            Some((number, next)) => {
                found.push(number);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found.retain(|number| number.value != Value::Many(Amount::ZERO));
    found
}

/// Numbers in digits, words, and single signs.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let digit = |c: char| c.is_ascii_digit();
        let length = if digit(first) {
            let bytes = rest.as_bytes();
            let inner = |n: usize, b: u8| matches!(b, b',' | b'.') && bytes.get(n + 1).is_some_and(u8::is_ascii_digit);
            bytes.iter().enumerate().take_while(|(n, b)| b.is_ascii_digit() || inner(*n, **b)).count()
        } else if first.is_alphabetic() {
            rest.find(|c: char| !c.is_alphanumeric() && c != '\'').unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            all.push(Token { start: at, word: &rest[..length] });
        }
        at += length;
    }
    all
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
}

impl<'a> Reader<'a> {
    fn token(&self, at: usize) -> Option<Token<'a>> {
        self.tokens.get(at).copied()
    }

    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.word)
    }

    fn before(&self, at: usize) -> &'a str {
        at.checked_sub(1).map_or("", |at| self.word(at))
    }

    fn glued(&self, at: usize) -> bool {
        at > 0 && self.token(at).zip(self.token(at - 1)).is_some_and(|(one, before)| before.end() == one.start)
    }

    fn made(
        &self,
        from: usize,
        to: usize,
        kind: Kind,
        value: Value,
        unit: Option<&'static str>,
    ) -> Option<(Number, usize)> {
        let span: Range<usize> = self.token(from)?.start..self.token(to.checked_sub(1)?)?.end();
        Some((Number { span, kind, value, unit, counted: None }, to))
    }

    /// The number that begins at a token, and the token behind it.
    fn number(&self, at: usize) -> Option<(Number, usize)> {
        if let Some(found) = self.special(at) {
            return Some(found);
        }
        let money = matches!(self.word(at), "$" | "€" | "£");
        let first = at + usize::from(money);
        let (amount, mut end) = self.amount(first)?;
        let mut value = Value::One(amount);
        if money {
            return self.made(at, end, Kind::Money, value, Some("usd"));
        }
        if let Some((share, end)) = self.share(amount, end) {
            return self.made(at, end, Kind::Share, Value::One(share), None);
        }
        if matches!(self.word(end), "to" | "-" | "–")
            && let Some((high, next)) = self.amount(end + 1).filter(|(high, _)| amount < *high)
        {
            (value, end) = (Value::Between(amount, high), next);
        }
        let (kind, unit, end) = self.kind(at, end, amount);
        self.made(at, end, kind, value, unit)
    }

    /// What is no amount with a unit: dates, times, phone numbers, multiples, parts.
    fn special(&self, at: usize) -> Option<(Number, usize)> {
        let word = self.word(at);
        let find = |list: &[(&str, u64)]| list.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
        if let Some(times) = find(&MULTIPLES) {
            return self.made(at, at + 1, Kind::Multiple, Value::One(Amount::whole(times)), None);
        }
        let part = find(&PARTS).and_then(|under| Amount::fraction(1, u128::from(under)));
        let half =
            word == "half" && !matches!(self.before(at), "second" | "first" | "other") && self.word(at + 1) != "past";
        if half || (matches!(self.before(at), "a" | "one") && self.word(at + 1) == "of") {
            return self.made(at, at + 1, Kind::Share, Value::One(part?), None);
        }
        if let Some(order) = find(&ORDINALS).filter(|_| !matches!(self.before(at), "at" | "a") && word != "second")
            && at > 0
        {
            return self.made(at, at + 1, Kind::Ordinal, Value::One(Amount::whole(order)), None);
        }
        if !self.token(at)?.is_digits() {
            return None;
        }
        let code = |end| self.made(at, end, Kind::Phone, Value::Unread, None);
        let joined = |n: usize| self.word(n) == "-" && self.glued(n) && self.glued(n + 1);
        let length = |n: usize| self.token(n).filter(Token::is_digits).map_or(0, |token| token.word.len());
        match (length(at), joined(at + 1), length(at + 2), joined(at + 3), length(at + 4)) {
            (3, true, 3, true, 4) => return code(at + 5),
            (3, true, 4, ..) => return code(at + 3),
            (4, true, 2, true, 2) => return self.made(at, at + 5, Kind::Date, Value::Unread, None),
            _ => {}
        }
        if SHORT_CODES.contains(&word) && !self.glued(at) && !self.glued(at + 1) {
            return code(at + 1);
        }
        if self.word(at + 1) == ":" && self.glued(at + 2) && length(at + 2) == 2 {
            return self.made(at, at + 3, Kind::Time, Value::Unread, None);
        }
        if matches!(self.word(at + 1), "am" | "pm" | "o'clock")
            || (matches!(self.word(at + 1), "a" | "p") && self.word(at + 2) == "." && self.word(at + 3) == "m")
        {
            return self.made(at, at + 2, Kind::Time, Value::Unread, None);
        }
        if MONTHS.contains(&self.word(at + 1)) || MONTHS.contains(&self.before(at)) {
            return self.made(at, at + 1, Kind::Date, Value::Unread, None);
        }
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let end = self.word(at + 1).chars().all(|c| !c.is_alphanumeric());
        if year && (BEFORE_YEAR.contains(&self.before(at)) || end) {
            return self.made(at, at + 1, Kind::Year, Value::Unread, None);
        }
        if matches!(self.word(at + 1), "st" | "nd" | "rd" | "th") && self.glued(at + 1) {
            let value = Amount::read(word).map_or(Value::Unread, Value::One);
            return self.made(at, at + 2, Kind::Ordinal, value, None);
        }
        None
    }

    /// How much: digits or words with their sizes.
    fn amount(&self, at: usize) -> Option<(Amount, usize)> {
        let size =
            |n: usize| SIZES.iter().find(|(known, _)| *known == self.word(n)).map(|(_, size)| Amount::whole(*size));
        let token = self.token(at)?;
        if token.is_digits() {
            let mut amount = Amount::read(token.word)?;
            let mut end = at + 1;
            while let Some(by) = size(end) {
                (amount, end) = (amount.times(by)?, end + 1);
            }
            return Some((amount, end));
        }
        let (mut sum, mut open, mut end) = (Amount::ZERO, None::<Amount>, at);
        loop {
            let joiner = usize::from(end > at && matches!(self.word(end), "-" | "and"));
            let next = end + joiner;
            if let Some(by) = size(next).filter(|_| end > at) {
                open = open?.times(by);
                if by > Amount::whole(100) {
                    sum = sum.plus(open?)?;
                    open = None;
                }
            } else if let Some((_, value)) =
                CARDINALS.iter().find(|(known, _)| *known == self.word(next)).filter(|(_, value)| {
                    let small = open.is_none_or(|open| {
                        Amount::whole(*value) < Amount::whole(10).max(open) && open >= Amount::whole(20)
                    });
                    small
                        && (joiner == 0 || self.word(end) == "-" || open.is_some_and(|open| open >= Amount::whole(100)))
                })
            {
                open = Some(open.unwrap_or(Amount::ZERO).plus(Amount::whole(*value))?);
            } else {
                break;
            }
            end = next + 1;
        }
        (end > at).then(|| Some((sum.plus(open.unwrap_or(Amount::ZERO))?, end)))?
    }

    /// "one in five", "9 out of 10", "two-thirds".
    fn share(&self, amount: Amount, end: usize) -> Option<(Amount, usize)> {
        let hyphen = usize::from(self.word(end) == "-");
        if let Some((_, under)) = PARTS.iter().find(|(known, _)| *known == self.word(end + hyphen)) {
            return Some((amount.of(Amount::whole(*under))?, end + hyphen + 1));
        }
        let next = match (self.word(end), self.word(end + 1)) {
            ("in", _) => end + 1,
            ("out", "of") => end + 2,
            _ => return None,
        };
        let (whole, end) = self.amount(next)?;
        (amount < whole && DURATIONS.iter().all(|unit| !self.word(end).starts_with(unit)))
            .then(|| Some((amount.of(whole)?, end)))?
    }

    /// What it is a number of, by the words behind it.
    fn kind(&self, at: usize, end: usize, amount: Amount) -> (Kind, Option<&'static str>, usize) {
        let word = self.word(end);
        match (word, self.word(end + 1)) {
            ("%" | "percent", _) => return (Kind::Percent, None, end + 1),
            ("per", "cent") => return (Kind::Percent, None, end + 2),
            ("percentage", "point" | "points") => return (Kind::Points, None, end + 2),
            ("dollar" | "dollars", _) => return (Kind::Money, Some("usd"), end + 1),
            ("times", "as" | "more" | "the" | "higher") => return (Kind::Multiple, None, end + 1),
            ("times", _) => return (Kind::Occasions, None, end + 1),
            ("years", "old") => return (Kind::Age, None, end + 2),
            _ => {}
        }
        let hyphen = usize::from(word == "-");
        let more = usize::from(matches!(word, "more" | "fewer" | "business" | "extra" | "full"));
        let unit = self.word(end + hyphen + more);
        if let Some(unit) =
            DURATIONS.into_iter().find(|known| unit.strip_prefix(known).is_some_and(|rest| matches!(rest, "" | "s")))
        {
            return (Kind::Duration, Some(unit), end + hyphen + more + 1);
        }
        if matches!(self.before(at), "under" | "over" | "age" | "ages") {
            return (Kind::Age, None, end);
        }
        let one = amount == Amount::whole(1) && self.word(at) == "one";
        if one || matches!(self.before(at), "section" | "room" | "route" | "page" | "bill" | "-") {
            // "one of us", "COVID-19": no number that anybody counts
            return (Kind::Name, None, end);
        }
        (Kind::Count, None, end)
    }
}

#[cfg(test)]
mod tests {
    use crate::language::figures::numbers;

    #[test]
    fn numbers_are_found_with_their_kinds() {
        let cases = [
            ("It takes 20 minutes, or twenty-five hours", "20 minutes Duration, twenty-five hours Duration"),
            (
                "58% or fifty-eight per cent of $1.2 million",
                "58% Percent, fifty-eight per cent Percent, $1.2 million Money",
            ),
            (
                "one in five, nine out of ten, two-thirds, half",
                "one in five Share, nine out of ten Share, two-thirds Share, half Share",
            ),
            ("call 555-0142 or 988 at 9:30, 8 a.m.", "555-0142 Phone, 988 Phone, 9:30 Time, 8 a Time"),
            ("on 12 March 2026, in 2024", "12 Date, 2026 Date, 2024 Year"),
            (
                "twice as many, three times as many, two times",
                "twice Multiple, three times Multiple, two times Occasions",
            ),
            ("20 to 30 minutes; a third of the 1,200 arrests", "20 to 30 minutes Duration, third Share, 1,200 Count"),
            ("two hundred and five people", "two hundred and five Count"),
            ("no number here", ""),
        ];
        for (text, right) in cases {
            let found: Vec<String> = numbers(text)
                .iter()
                .map(|number| format!("{} {:?}", &text[number.span.clone()], number.kind))
                .collect();
            assert_eq!(found.join(", "), right);
        }
        let same = |text: &str| matches!(&numbers(text)[..], [a, b] if a.same(b) || a.same_share(b));
        for text in [
            "$1,200 and 1,200 dollars",
            "7.6 million and 7,600,000 people",
            "20% and one in five",
            "14 cars and fourteen cars",
        ] {
            assert!(same(text), "{text}");
        }
    }
}
