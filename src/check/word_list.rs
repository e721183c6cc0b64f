//! The words to avoid, ready to be looked for: those of the word list, and those of each profile's `avoid`.
//!
//! A word is a run of letters, digits, apostrophes and inner hyphens; a phrase is words with spaces or hyphens between
//! them. Case does not matter, save for a listed word all in capitals (`MAT` is not *mat*). Looking is linear: a word is
//! compared only with the phrases that begin with it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::quotations::quotations;
use super::text::Text;
use crate::toolkit::Toolkit;
use crate::toolkit::audience::{Avoided, AvoidedPhrase};
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Kind, Reader, Readers};
use crate::toolkit::term::{ForAudience, Level, Term};
use crate::voice::Subject;
use crate::voice::prose::{Block, MarkKind};

/// Keys that coach: they name what not to say.
const COACHING: [&str; 2] = ["tempting", "why_it_fails"];

/// The words to avoid of one toolkit.
#[derive(Debug)]
pub struct WordList {
    phrases: Vec<Phrase>,
    /// Phrases by the hash of their first word.
    first: HashMap<u64, Vec<u32>>,
    /// A bit for each hash that is in `first`, so that most words are passed by at once.
    sieve: Vec<u64>,
}

/// A listed phrase.
#[derive(Debug)]
struct Phrase {
    words: Vec<String>,
    what: What,
}

/// What a listed phrase is.
#[derive(Clone, Copy, Debug)]
enum What {
    /// To be avoided.
    Avoid(Source),
    /// Not to be looked into: an exception of the term with this number, or a name (none).
    Except(Option<usize>),
}

/// Who asks to avoid a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The word list: its entry with this number.
    Term(usize),
    /// An audience's profile: the entry of `avoid` with this number.
    Profile(Reader, usize),
}

/// A phrase that was met, and is to be avoided by some of its readers.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Where, in bytes of the prose.
    pub range: Range<usize>,
    /// Who asks to avoid it.
    pub source: Source,
    /// How firmly; of several readers the firmest.
    pub level: Level,
    /// For whom.
    pub readers: Readers,
    /// Whether it stands in a quotation or in quotation marks.
    pub quoted: bool,
    /// Whether it stands in a title, a question or a heading.
    pub in_heading: bool,
}

/// A word of a text.
struct Word {
    range: Range<usize>,
    hash: u64,
}

impl WordList {
    /// The words to avoid of `toolkit`.
    #[must_use]
    pub fn new(toolkit: &Toolkit) -> Self {
        let mut list = Self { phrases: Vec::new(), first: HashMap::new(), sieve: vec![0; 1 << 10] };
        for (n, term) in toolkit.terms.iter().enumerate() {
            for phrase in &term.avoid {
                list.add(phrase, What::Avoid(Source::Term(n)));
            }
            for phrase in &term.except {
                list.add(phrase, What::Except(Some(n)));
            }
        }
        for audience in &toolkit.audiences {
            for (n, avoided) in audience.avoid.open(Key::for_checks()).iter().enumerate() {
                let phrase = match avoided {
                    Avoided::Phrase(phrase) => phrase,
                    Avoided::Explained(explained) => &explained.phrase,
                };
                list.add(phrase, What::Avoid(Source::Profile(audience.reader, n)));
            }
        }
        for partner in &toolkit.partners {
            list.add(&partner.name, What::Except(None));
        }
        for (_, source) in toolkit.sources.0.iter().chain(&toolkit.term_sources.0) {
            let names = [Some(&source.title), source.published_in.as_ref()];
            for name in names.into_iter().flatten().chain(&source.authors.0) {
                list.add(name, What::Except(None));
            }
        }
        list
    }

    fn add(&mut self, phrase: &str, what: What) {
        let phrase = as_read(phrase);
        let words: Vec<String> = words(&phrase).map(|word| phrase[word.range].to_owned()).collect();
        let Some(first) = words.first() else { return };
        let hash = hash(first);
        self.sieve[bit(hash).0] |= bit(hash).1;
        let number = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
        self.first.entry(hash).or_default().push(number);
        self.phrases.push(Phrase { words, what });
    }

    /// What a text says that some of its readers should not hear.
    #[must_use]
    pub fn hits(&self, text: &Text<'_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        if text.key().is_some_and(|key| COACHING.contains(&key)) || is_tough_question(text) || is_name(text) {
            return hits;
        }
        for (block, words) in text.blocks() {
            self.look(text, block, words, &mut hits);
        }
        hits
    }

    fn look(&self, text: &Text<'_>, block: &Block, words_of_block: &str, hits: &mut Vec<Hit>) {
        let mut found: Vec<(Range<usize>, What)> = Vec::new();
        let mut rest = words(words_of_block);
        while let Some(word) = rest.next() {
            let (place, mask) = bit(word.hash);
            if self.sieve[place] & mask == 0 {
                continue;
            }
            for number in self.first.get(&word.hash).into_iter().flatten() {
                let phrase = &self.phrases[*number as usize];
                if let Some(end) = phrase.ends(words_of_block, &word, rest.clone()) {
                    found.push((word.range.start..end, phrase.what));
                }
            }
        }
        if found.is_empty() {
            return;
        }
        let said: Vec<Range<usize>> = quotations(words_of_block).collect();
        let from = block.range.start;
        let (excepted, met): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|(_, what)| matches!(what, What::Except(_)));
        // both stand in the order of the text, and only what begins near enough is looked at
        let longest_exception = excepted.iter().map(|(around, _)| around.len()).max().unwrap_or(0);
        let spared = |range: &Range<usize>, source: Source| {
            let first = excepted.partition_point(|(around, _)| around.start + longest_exception < range.end);
            excepted[first..].iter().take_while(|(around, _)| around.start <= range.start).any(|(around, what)| {
                let same = match what {
                    What::Except(Some(term)) => source == Source::Term(*term),
                    _ => true,
                };
                same && around.start <= range.start && range.end <= around.end
            })
        };
        let mut here: Vec<Hit> = Vec::new();
        for (range, what) in met {
            let What::Avoid(source) = what else { continue };
            let whole = from + range.start..from + range.end;
            let put_in = text.prose().marks_in(whole.clone()).any(|mark| mark.kind.is_put_in());
            if spared(&range, source) || put_in || text.is_code(&whole) {
                continue;
            }
            let Some((level, readers)) = source.level(text.readers(), text.ground.toolkit) else { continue };
            let quote = said.get(said.partition_point(|quote| quote.end < range.end));
            let quoted = block.quoted || quote.is_some_and(|quote| quote.start <= range.start);
            let in_heading = text.is_heading(block) && !in_alt(text, &whole);
            here.push(Hit { range: whole, source, level, readers, quoted, in_heading });
        }
        hits.extend(longest(here));
    }
}

impl Phrase {
    /// Where the phrase ends, if it stands at `first` and the words behind it.
    fn ends<'w>(&self, text: &str, first: &Word, mut rest: impl Iterator<Item = Word> + 'w) -> Option<usize> {
        let mut end = 0;
        for (n, listed) in self.words.iter().enumerate() {
            let word = if n == 0 { first.range.clone() } else { rest.next()?.range };
            // a name stands for all that is in it, punctuation too
            let apart = |sign: char| sign == ' ' || matches!(self.what, What::Except(None)) && !sign.is_alphanumeric();
            if n > 0 && !text[end..word.start].chars().all(apart) {
                return None;
            }
            if !same(listed, &text[word.clone()]) {
                return None;
            }
            end = word.end;
        }
        Some(end)
    }
}

/// Whether a listed word and a word of a text are the same.
fn same(listed: &str, word: &str) -> bool {
    if is_capitals(listed) {
        return listed == word;
    }
    listed.len() == word.len() && listed.eq_ignore_ascii_case(word)
        || !word.is_ascii() && listed.to_lowercase() == word.to_lowercase()
}

/// Whether a word is written all in capitals, as initials are.
fn is_capitals(word: &str) -> bool {
    word.chars().filter(|sign| sign.is_uppercase()).count() > 1 && !word.chars().any(char::is_lowercase)
}

/// The words of a text. A possessive `'s` stands outside; a hyphen is part of a word.
fn words(text: &str) -> impl Iterator<Item = Word> + Clone + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !is_letter(bytes[at]) {
            at += width(bytes[at]);
        }
        if at >= bytes.len() {
            return None;
        }
        let start = at;
        while at < bytes.len()
            && (is_letter(bytes[at])
                || matches!(bytes[at], b'\'' | b'-') && bytes.get(at + 1).is_some_and(|next| is_letter(*next)))
        {
            at += 1;
        }
        let word = &text[start..at];
        let end = start + word.strip_suffix("'s").unwrap_or(word).len();
        Some(Word { range: start..end, hash: hash(&text[start..end]) })
    })
}

/// Whether a byte belongs to a letter or a digit. Signs beyond ASCII count as letters, save those whose first byte is
/// that of quotation marks, dashes and signs of no language.
const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 && !matches!(byte, 0xc2 | 0xe2 | 0xef)
}

/// The bytes of a sign that is no letter, by its first one (RFC 3629, section 3).
const fn width(first: u8) -> usize {
    match first {
        0xc2 => 2,
        0xe2 | 0xef => 3,
        _ => 1,
    }
}

/// A hash of a word without its case (FNV-1a).
fn hash(word: &str) -> u64 {
    let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    if word.is_ascii() {
        return word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| add(hash, byte.to_ascii_lowercase()));
    }
    word.to_lowercase().bytes().fold(0xcbf2_9ce4_8422_2325, add)
}

const fn bit(hash: u64) -> (usize, u64) {
    ((hash >> 6 & 0x3ff) as usize, 1 << (hash & 63))
}

/// A listed phrase with the signs that prose has.
fn as_read(phrase: &str) -> String {
    let spaces = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
    spaces.replace(['\u{2019}', '\u{2018}'], "'").replace('\u{ad}', "")
}

/// Of hits that overlap the longest; of two on the same words the firmest, for the readers of both.
fn longest(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end), std::cmp::Reverse(hit.level)));
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match kept.last_mut() {
            Some(last) if last.range == hit.range => last.readers = last.readers.and(hit.readers),
            Some(last) if hit.range.start < last.range.end => {}
            _ => kept.push(hit),
        }
    }
    kept
}

fn is_tough_question(text: &Text<'_>) -> bool {
    text.key() == Some("question") && text.subject().item().is_some_and(|item| item.kind == Kind::ToughQuestion)
}

/// Whose name it is says how it is spelled.
fn is_name(text: &Text<'_>) -> bool {
    matches!((text.subject(), text.key()), (Subject::Partner(_), Some("name")))
}

fn in_alt(text: &Text<'_>, range: &Range<usize>) -> bool {
    text.prose().marks_in(range.clone()).any(|mark| mark.kind == MarkKind::Alt)
}

impl Source {
    fn term(self, toolkit: &Toolkit) -> Option<&Term> {
        let Self::Term(n) = self else { return None };
        toolkit.terms.get(n)
    }

    fn explained(self, toolkit: &Toolkit) -> Option<&AvoidedPhrase> {
        let Self::Profile(reader, n) = self else { return None };
        match toolkit.audience_of(reader)?.avoid.open(Key::for_checks()).get(n)? {
            Avoided::Explained(explained) => Some(explained),
            Avoided::Phrase(_) => None,
        }
    }

    /// What is different for one reader.
    fn own(self, reader: Reader, toolkit: &Toolkit) -> Option<&ForAudience> {
        let id = &toolkit.audience_of(reader)?.id;
        self.term(toolkit)?.audiences.open(Key::for_checks()).get(id)
    }

    /// How firmly it asks `readers` to avoid its phrase, and which of them; `None` where it asks nobody.
    fn level(self, readers: Readers, toolkit: &Toolkit) -> Option<(Level, Readers)> {
        if let Self::Profile(reader, _) = self {
            return readers.has(reader).then(|| (Level::Change, Readers::only(reader)));
        }
        let term = self.term(toolkit)?;
        let mut firmest: Option<(Level, Readers)> = None;
        for reader in readers.iter() {
            let own = self.own(reader, toolkit);
            if own.is_some_and(|own| own.off) {
                continue;
            }
            let level = own.and_then(|own| own.level).unwrap_or(term.level);
            let (firm, who) = firmest.unwrap_or((level, Readers::NONE));
            firmest = Some((firm.max(level), who.and(Readers::only(reader))));
        }
        firmest
    }

    /// What to say instead, best first, to these readers.
    #[must_use]
    pub fn say(self, readers: Readers, toolkit: &Toolkit) -> Vec<Arc<str>> {
        let Some(term) = self.term(toolkit) else {
            return self.explained(toolkit).and_then(|explained| explained.say.clone()).into_iter().collect();
        };
        let mut readers = readers.iter();
        let only = readers.next().filter(|_| readers.next().is_none());
        let own = only.and_then(|reader| self.own(reader, toolkit)).map(|own| &own.say);
        own.filter(|say| !say.is_empty()).unwrap_or(&term.say).clone()
    }

    /// Why it is to be avoided.
    #[must_use]
    pub fn why(self, toolkit: &Toolkit) -> Option<&str> {
        let why = match self.term(toolkit) {
            Some(term) => Some(&term.why),
            None => self.explained(toolkit)?.why.as_ref(),
        };
        why.map(|why| why.trim().trim_end_matches('.'))
    }

    /// What the word list says for single ones of these readers, each with its name.
    #[must_use]
    pub fn notes(self, readers: Readers, toolkit: &Toolkit) -> Vec<String> {
        let note = |reader| {
            let note = self.own(reader, toolkit)?.note.as_deref()?;
            Some(format!("for {}: {}", toolkit.reader_name(reader), note.trim().trim_end_matches('.')))
        };
        readers.iter().filter_map(note).collect()
    }

    /// Whether it is the opponents' phrase, or one that a profile asks to avoid.
    #[must_use]
    pub fn is_slogan(self, toolkit: &Toolkit) -> bool {
        self.term(toolkit).is_none_or(|term| term.slogan)
    }
}
