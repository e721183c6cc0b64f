//! What was answered today, kept between two runs: a text of our own with a line an address, so that damage is seen.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Answer;
use crate::language::Date;

/// The first line, with the day.
const FORMAT: &str = "onevoice links 1 ";

/// Answers by address, all of one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    answers: BTreeMap<String, Answer>,
}

impl Memory {
    /// What was remembered on the day `today`: nothing where the bytes are another day's, damaged, or none of ours.
    #[must_use]
    pub fn read(bytes: &[u8], today: Date) -> Self {
        Self { answers: parse(bytes, today).unwrap_or_default() }
    }

    /// As bytes for the next run.
    #[must_use]
    pub fn bytes(&self, today: Date) -> Vec<u8> {
        let mut text = format!("{FORMAT}{today}\n");
        for (address, answer) in &self.answers {
            let (sign, why) = match answer {
                Answer::There => ('+', ""),
                Answer::Gone(why) => ('-', why.as_str()),
                Answer::Unsure(_) => continue,
            };
            // writing to a text cannot fail
            let _ = writeln!(text, "{sign} {address} {why}");
        }
        let checksum = blake3::hash(text.as_bytes());
        let _ = writeln!(text, "= {checksum}");
        text.into_bytes()
    }

    pub(super) fn answer(&self, address: &str) -> Option<&Answer> {
        self.answers.get(address)
    }

    /// Forgets all but these addresses.
    pub(super) fn keep(&mut self, addresses: &[&str]) {
        self.answers.retain(|address, _| addresses.binary_search(&address.as_str()).is_ok());
    }

    /// Remembers an answer that will hold for the day: who could not be asked now may answer in a minute.
    pub(super) fn remember(&mut self, address: &str, answer: &Answer) {
        if !matches!(answer, Answer::Unsure(_)) {
            self.answers.insert(address.to_owned(), answer.clone());
        }
    }
}

fn parse(bytes: &[u8], today: Date) -> Option<BTreeMap<String, Answer>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let end = text.rfind("= ")?;
    let (text, checksum) = text.split_at(end);
    if checksum != format!("= {}\n", blake3::hash(text.as_bytes())) {
        return None;
    }
    let mut lines = text.lines();
    if lines.next()?.strip_prefix(FORMAT)? != today.to_string() {
        return None;
    }
    lines
        .map(|line| {
            let (sign, rest) = line.split_once(' ')?;
            let (address, why) = rest.split_once(' ')?;
            let answer = match sign {
                "+" => Answer::There,
                "-" => Answer::Gone(why.to_owned()),
                _ => return None,
            };
            Some((address.to_owned(), answer))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_hold_for_their_day_and_damage_is_forgotten() {
        let today: Date = "2026-11-25".parse().unwrap();
        let mut memory = Memory::default();
        memory.remember("https://a.example/", &Answer::There);
        memory.remember("https://b.example/x", &Answer::Gone("answers 404 (not found)".to_owned()));
        memory.remember("https://c.example/", &Answer::Unsure("slow".to_owned()));
        let bytes = memory.bytes(today);
        assert_eq!(Memory::read(&bytes, today), memory);
        assert_eq!(Memory::read(&bytes, today).answer("https://c.example/"), None);
        for other in ["2026-11-26", "2026-11-24"] {
            assert_eq!(Memory::read(&bytes, other.parse().unwrap()), Memory::default());
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(Memory::read(&damaged, today), Memory::default(), "byte {at}");
            assert_eq!(Memory::read(&bytes[..at], today), Memory::default(), "cut at {at}");
        }
        memory.keep(&["https://a.example/"]);
        assert_eq!(memory.answer("https://b.example/x"), None);
    }
}
