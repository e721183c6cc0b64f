//! What rules find, before it is weighed: who told it, where, for whom; and which of two speaks.

use std::sync::Arc;

use super::rule::{Rule, Words};
use crate::finding::{At, Finding, Place, Related, Severity, Spot};
use crate::toolkit::Toolkit;
use crate::toolkit::id::Readers;

/// Of rules that find something in the same words, the first in its row speaks.
const FIRST_TO_SPEAK: [&[&str]; 2] = [
    &["held-back-figure", "forbidden-wording", "figure-mismatch", "figure-retyped", "uncited-figure"],
    &["slogan-in-heading", "avoided-term"],
];

/// So many places of one cause are shown; of more, their number is.
const RELATED: usize = 8;

/// Something that a rule found.
#[derive(Clone, Debug)]
pub struct Tell {
    /// Who found it.
    pub rule: &'static Rule,
    /// Where.
    pub at: At,
    /// Who reads it; nobody where that has no meaning.
    pub readers: Readers,
    /// The item it is in, as commands name it.
    pub item: Option<Arc<str>>,
    /// The words.
    pub words: Words,
}

/// Where rules put what they find.
#[derive(Debug)]
pub struct Found {
    tells: Vec<Tell>,
    item: Option<Arc<str>>,
    rule: Option<&'static Rule>,
}

impl Found {
    /// Nothing yet; what is told is in `item`, if nothing else is said.
    pub(super) fn new(item: Option<String>) -> Self {
        Self { tells: Vec::new(), item: item.map(Arc::from), rule: None }
    }

    /// What comes now is told by `rule`.
    pub(super) const fn by(&mut self, rule: &'static Rule) -> &mut Self {
        self.rule = Some(rule);
        self
    }

    /// Tells something at `at` that `readers` read. What is told again in the same words at the same place is one finding:
    /// its readers and its related places are put together.
    pub fn tell(&mut self, at: At, readers: Readers, words: Words) {
        let item = self.item.clone();
        self.tell_of(item, at, readers, words);
    }

    /// The same, of another item than the one at hand, or of none.
    pub fn tell_of(&mut self, item: Option<Arc<str>>, at: At, readers: Readers, words: Words) {
        if let Some(rule) = self.rule {
            self.tells.push(Tell { rule, at, readers, item, words });
        }
    }

    /// What is left when of those that speak of the same words only the first does.
    pub(super) fn settle(self) -> Vec<Tell> {
        let mut tells = self.tells;
        if tells.len() < 2 {
            return tells;
        }
        for row in FIRST_TO_SPEAK {
            let rank = |tell: &Tell| row.iter().position(|name| *name == tell.rule.name);
            let mut ranked: Vec<(usize, At)> =
                tells.iter().filter_map(|tell| Some((rank(tell)?, tell.at.clone()))).collect();
            if ranked.len() < 2 {
                continue;
            }
            ranked.sort_by_key(|(_, at)| span(at).0);
            let longest = ranked.iter().map(|(_, at)| span(at)).map(|(start, end)| end - start).max().unwrap_or(0);
            tells.retain(|tell| {
                let Some(own) = rank(tell) else { return true };
                let (start, end) = span(&tell.at);
                // only these begin near enough to reach it
                let from = ranked.partition_point(|(_, at)| span(at).0 + longest < start);
                let near = ranked[from..].iter().take_while(|(_, at)| span(at).0 < end);
                !near.into_iter().any(|(other, at)| *other < own && overlap(at, &tell.at))
            });
        }
        tells
    }
}

/// Where a place begins and ends in its text.
const fn span(at: &At) -> (u32, u32) {
    match at.spot {
        Spot::Bytes(start, end) | Spot::Within(_, start, end) => (start, end),
        Spot::File | Spot::Name | Spot::Key(_) | Spot::Value(_) => (0, 0),
    }
}

/// Whether two places share words.
fn overlap(a: &At, b: &At) -> bool {
    let (one, other) = (span(a), span(b));
    let same_text = match (&a.spot, &b.spot) {
        (Spot::Bytes(..), Spot::Bytes(..)) => true,
        (Spot::Within(key, ..), Spot::Within(other, ..)) => key == other,
        _ => false,
    };
    a.file == b.file && same_text && one.0 < other.1 && other.0 < one.1
}

/// What is told several times of one cause, told once: for all its readers, with all its places.
pub(super) fn join(tells: Vec<Tell>) -> Vec<Tell> {
    use std::collections::HashMap;
    let mut joined: Vec<Tell> = Vec::with_capacity(tells.len());
    let mut known: HashMap<(&'static str, At, String), usize> = HashMap::new();
    for tell in tells {
        let key = (tell.rule.name, tell.at.clone(), tell.words.message.clone());
        let Some(n) = known.get(&key) else {
            known.insert(key, joined.len());
            joined.push(tell);
            continue;
        };
        let first = &mut joined[*n];
        first.readers = first.readers.and(tell.readers);
        first.words.related.extend(tell.words.related);
        if first.item != tell.item {
            first.item = None;
        }
    }
    for tell in &mut joined {
        let related = &mut tell.words.related;
        related.sort_by(|(a, _), (b, _)| (&a.file, span(a)).cmp(&(&b.file, span(b))));
        related.dedup();
        if related.len() > RELATED {
            let more = related.len() - RELATED;
            related.truncate(RELATED);
            tell.words.notes.push(format!("and in {more} more {}", if more == 1 { "place" } else { "places" }));
        }
    }
    joined
}

impl Tell {
    /// It as a finding.
    pub(super) fn into_finding(self, severity: Severity, toolkit: &Toolkit, place: &dyn Fn(&At) -> Place) -> Finding {
        let words = self.words;
        Finding {
            rule: self.rule.name.into(),
            severity,
            message: words.message,
            label: words.label,
            place: place(&self.at),
            item: self.item.as_deref().map(str::to_owned),
            audiences: self.readers.iter().map(|reader| toolkit.reader_name(reader).to_owned()).collect(),
            help: words.help,
            notes: words.notes,
            related: words.related.into_iter().map(|(at, label)| Related { place: place(&at), label }).collect(),
        }
    }
}
