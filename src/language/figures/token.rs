//! A text cut into what figures are made of: numbers in digits, words, signs.

use super::amount::Amount;
use super::lexicon::{Entry, Lexicon, Role};

/// What a piece of the text is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece {
    Digits(Digits),
    Word(Option<&'static Entry>),
    Sign(char),
    /// An address of the web or of mail, a number with two points: nothing to read.
    Code,
}

/// A number in digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digits {
    /// `None` when there are more digits than anyone means.
    pub value: Option<Amount>,
    /// How many digits.
    pub count: usize,
    /// With a sign between thousands, or a fraction sign: never a year and never a code.
    pub grouped: bool,
    /// With a decimal point.
    pub decimal: bool,
}

/// A piece with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    /// Nothing stands between it and the piece before.
    pub glued: bool,
    pub piece: Piece,
}

impl Token {
    pub(super) const fn entry(&self) -> Option<&'static Entry> {
        match self.piece {
            Piece::Word(entry) => entry,
            _ => None,
        }
    }

    pub(super) fn is(&self, role: Role) -> bool {
        self.entry().is_some_and(|entry| entry.is(role))
    }

    pub(super) fn sign(&self) -> Option<char> {
        match self.piece {
            Piece::Sign(c) => Some(c),
            _ => None,
        }
    }
}

/// The parts of one that have a sign of their own.
pub(super) const fn fraction(c: char) -> Option<(u8, u8)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    })
}

/// Cuts a text. Each byte is looked at once or twice.
pub(super) fn tokens(text: &str, lexicon: &'static Lexicon) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut glued = false;
    let mut code_from = None;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() {
            at += c.len_utf8();
            glued = false;
            continue;
        }
        if !glued {
            let end = run_end(text, at);
            code_from = address(text.get(at..end).unwrap_or_default()).then_some(end);
        }
        let (end, piece) = if let Some(end) = code_from.take() {
            (end, Piece::Code)
        } else if c.is_ascii_digit() {
            let end = digits_end(text, at);
            (end, digits(text.get(at..end).unwrap_or_default()))
        } else if let Some((over, under)) = fraction(c) {
            let value = Amount::fraction(u128::from(over), u128::from(under));
            (at + c.len_utf8(), Piece::Digits(Digits { value, count: 1, grouped: true, decimal: true }))
        } else if c.is_alphabetic() {
            let end = word_end(text, at);
            (end, Piece::Word(lexicon.find(text.get(at..end).unwrap_or_default())))
        } else {
            (at + c.len_utf8(), Piece::Sign(c))
        };
        // a soft hyphen or a joiner that stands alone is nothing that anyone sees
        if !matches!(piece, Piece::Sign('\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')) {
            found.push(Token { start: at, end, glued, piece });
        }
        glued = true;
        at = end.max(at + 1);
    }
    found
}

fn run_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

/// Whether a run of letters is an address: `https://…`, `www.…`, `a@b.org`, `b.org/path`, `10.1007/s11292`.
fn address(run: &str) -> bool {
    if run.len() < 4 {
        return false;
    }
    let path = || {
        let (host, _) = run.split_once('/')?;
        let (name, ending) = host.rsplit_once('.')?;
        Some(
            name.ends_with(char::is_alphanumeric)
                && ending.len() >= 2
                && ending.bytes().all(|b| b.is_ascii_alphabetic()),
        )
    };
    run.contains("://")
        || (run.starts_with("10.")
            && run.contains('/')
            && run.get(3..7).is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit())))
        || run.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
        || run.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        || path().unwrap_or(false)
}

fn word_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut chars = text.get(at..).unwrap_or_default().char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let inner = matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !(c.is_alphabetic() || inner || c == '\u{ad}' || ('\u{300}'..='\u{36f}').contains(&c)) {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    end
}

/// The end of a number: digits, groups of three behind a comma or a narrow space, one or more points with digits.
fn digits_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
    let first = run(at);
    let mut end = at + first;
    if first <= 3 {
        while let Some(sign) = text.get(end..).and_then(|rest| rest.chars().next()).filter(|c| thousands(*c)) {
            let group = end + sign.len_utf8();
            // four looked at, not all: a long run of digits is read once
            let length =
                bytes.get(group..).unwrap_or_default().iter().take(4).take_while(|b| b.is_ascii_digit()).count();
            if length != 3 {
                break;
            }
            end = group + 3;
        }
    }
    while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1 + run(end + 1);
    }
    end
}

const fn thousands(c: char) -> bool {
    matches!(c, ',' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn digits(text: &str) -> Piece {
    let points = text.bytes().filter(|b| *b == b'.').count();
    if points > 1 {
        return Piece::Code;
    }
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    Piece::Digits(Digits { value: Amount::read(text), count, grouped: text.contains(thousands), decimal: points == 1 })
}
