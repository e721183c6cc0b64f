//! `held-back-figure`: a figure that `held_back` lists.

use std::ops::Range;

use crate::check::wording::{Wordings, same_figure, tokens};
use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, Said, Text, TextLook, Words};
use crate::finding::{At, Severity};
use crate::language::figures::{Kind, Number, numbers};
use crate::language::sentences;
use crate::toolkit::edition::Key;
use crate::toolkit::fact::HeldBack;
use crate::toolkit::id::Kind as ItemKind;
use crate::voice::Subject;
use crate::voice::prose::Prose;

/// So many of a figure's other words make a sentence its own.
const WORDS: usize = 2;

/// Words that say nothing of what a sentence is about.
const SMALL: [&str; 52] = [
    "a", "about", "after", "against", "all", "among", "an", "and", "are", "as", "at", "be", "before", "between", "but",
    "by", "for", "from", "had", "has", "have", "in", "into", "is", "it", "its", "no", "not", "of", "on", "only", "or",
    "out", "over", "per", "some", "than", "that", "the", "their", "them", "then", "these", "they", "this", "those",
    "to", "under", "up", "was", "were", "with",
];

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "held-back-figure",
    group: Group::Facts,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Text(look),
    docs: r#"
A figure that `held_back` lists: it goes around and must not be used.

### Why
Some figures are repeated everywhere and do not hold: nobody knows the source, or it says something else. One of them is
enough for an opponent. `held_back` in content/facts.yaml lists them with the reason. They are found by the wordings under
`match`, their figures in any form; without `match` by a sentence that holds all figures and two of the other words.

### Wrong
```md content/faqs/what-does-it-cost.md
---
question: What does it cost?
---
The usual way costs 42,000 dollars a person.
```
```yaml content/facts.yaml
held_back:
  - figure: "$42,000 a person over three years"
    why: "The full cost of a picked group."
    match: ["$42,000"]
```

### Right
```md content/faqs/what-does-it-cost.md
---
question: What does it cost?
---
We are counting what the usual way costs.
```
```yaml content/facts.yaml
held_back:
  - figure: "$42,000 a person over three years"
    why: "The full cost of a picked group."
    match: ["$42,000"]
```
"#,
};

fn look<'a>(ground: &'a Ground<'a>) -> TextLook<'a> {
    let held = ground.toolkit.held_back.open(Key::for_checks());
    let by_wording = held.iter().flat_map(|held| held.matches.iter().map(move |wording| (held, &**wording)));
    let (owners, wordings): (Vec<&HeldBack>, Vec<&str>) = by_wording.unzip();
    let wordings = Wordings::new(wordings.into_iter());
    let by_sentence: Vec<BySentence<'_>> =
        held.iter().filter(|held| held.matches.is_empty()).filter_map(BySentence::new).collect();
    Box::new(move |text, found| {
        if says_what_not_to_say(text) {
            return;
        }
        if !wordings.is_empty() {
            for (block, _) in text.blocks() {
                wordings.find(text.prose().text(), block.range.clone(), text.numbers(), |n, range| {
                    if let Some(held) = owners.get(n).filter(|_| !text.is_code(&range) && !text.is_put_in(&range)) {
                        tell(held, range, text, found);
                    }
                });
            }
        }
        for by_sentence in &by_sentence {
            by_sentence.look(text, found);
        }
    })
}

/// What others say, and what comes to mind and must not be said: there it has to stand.
fn says_what_not_to_say(text: &Text<'_>) -> bool {
    let tough = matches!(text.subject(), Subject::Item(_, item) if item.for_checks().kind == ItemKind::ToughQuestion);
    tough && !text.speaks_for_us()
}

fn tell(held: &HeldBack, range: Range<usize>, text: &Text<'_>, found: &mut Found) {
    let typed = text.prose().text().get(range.clone()).unwrap_or_default();
    let entry = At::value(held.entry.file.clone(), held.entry.key("figure"));
    let words = Words::new(format!("\"{typed}\" is held back"))
        .label("must not be used")
        .help("leave it out, or say it with a figure of content/facts.yaml")
        .note(format!("{}: {}", held.figure, held.why.trim_end_matches('.')))
        .related(&entry, "held back here");
    found.tell(text.at(range), text.readers(), words);
}

/// A figure without wordings of its own: found by what it says.
struct BySentence<'a> {
    held: &'a HeldBack,
    figures: Vec<Number>,
    words: Vec<String>,
    /// How many of the words a sentence has to have.
    needed: usize,
}

impl<'a> BySentence<'a> {
    /// `None` where there is nothing to find it by.
    fn new(held: &'a HeldBack) -> Option<Self> {
        let prose = Prose::plain(&held.figure);
        let text = prose.text();
        let all = numbers(text);
        let outside = |word: &Range<usize>| {
            !all.iter().any(|number| number.span.start < word.end && word.start < number.span.end)
        };
        let words = tokens(text, 0..text.len()).filter(outside).map(|word| text[word].to_lowercase());
        let mut words: Vec<String> = words.filter(|word| SMALL.binary_search(&word.as_str()).is_err()).collect();
        words.sort();
        words.dedup();
        let mut figures: Vec<Number> = all.iter().filter(|number| number.is_figure()).cloned().collect();
        if figures.is_empty() {
            let measured = |number: &&Number| {
                matches!(number.kind, Kind::Duration | Kind::Age | Kind::Measure | Kind::Count | Kind::Occasions)
            };
            figures = all.iter().filter(measured).cloned().collect();
        }
        // without a figure only all of its words say the same
        let needed = if figures.is_empty() { words.len() } else { words.len().min(WORDS) };
        (!figures.is_empty() || needed > 0).then_some(Self { held, figures, words, needed })
    }

    fn look(&self, text: &Text<'_>, found: &mut Found) {
        let numbers = text.numbers();
        let is_typed = |said: &&Said| !said.by.is_put_in();
        let holds = |figure| numbers.iter().filter(is_typed).any(|said| same_figure(figure, &said.number));
        if !self.figures.iter().all(holds) {
            return;
        }
        for (block, words) in text.blocks() {
            for sentence in sentences(words) {
                let sentence = sentence.start + block.range.start..sentence.end + block.range.start;
                let at = |place: usize| numbers.partition_point(|said| said.number.span.start < place);
                let inside: Vec<&Said> =
                    numbers[at(sentence.start)..at(sentence.end)].iter().filter(is_typed).collect();
                if let Some(place) = self.place(&sentence, &inside, text.prose().text()) {
                    tell(self.held, place, text, found);
                }
            }
        }
    }

    /// The first of the figures in a sentence that says all of it.
    fn place(&self, sentence: &Range<usize>, inside: &[&Said], text: &str) -> Option<Range<usize>> {
        let all = self.figures.iter().all(|figure| inside.iter().any(|said| same_figure(figure, &said.number)));
        if !all {
            return None;
        }
        let said: Vec<String> = tokens(text, sentence.clone()).map(|word| text[word].to_lowercase()).collect();
        let shared = self.words.iter().filter(|word| said.contains(word)).count();
        let own = |said: &&&Said| self.figures.iter().any(|figure| same_figure(figure, &said.number));
        let first = inside.iter().find(own).map_or_else(|| sentence.clone(), |said| said.number.span.clone());
        (shared >= self.needed).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::SMALL;

    #[test]
    fn small_words_are_sorted() {
        assert!(SMALL.is_sorted());
    }
}
