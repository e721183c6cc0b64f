//! `reading-grade`: a body that is harder to read than its audience wants it.

use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, ThingLook, Words};
use crate::finding::{At, Severity, Spot};
use crate::language::readability::Measure;
use crate::toolkit::audience::Audience;
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Reader, Readers};
use crate::voice::measure::Aloud;
use crate::voice::{Heard, HeardVersion};

/// So many of the hardest sentences are shown.
const SHOWN: usize = 3;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "reading-grade",
    group: Group::Reading,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Thing(look),
    docs: r"
A body is harder to read than the profile's `reading_grade` allows.

The grade is that of Flesch and Kincaid: 0.39 · words/sentences + 11.8 · syllables/words − 15.59. A heading and a list
item end a sentence. A text of fewer than 100 words has none, and a profile without `reading_grade` asks for none.

### Why
People read what we send on the way to something else. Short sentences and short words are read to the end, also by
those who read every day for their work.

### Wrong
```yaml content/audiences/police.yaml
name: Police
ask: Refer people.
reading_grade: 8
```
```md content/faqs/how-it-works.md
---
question: How does it work?
---
Participating organizations coordinate individualized interventions according to eligibility criteria that were
established by a multidisciplinary advisory committee and that are evaluated periodically in consideration of available
institutional capacity. Administrative responsibilities, documentation requirements and confidentiality considerations
are communicated electronically to the designated representatives of each participating organization before the
implementation of any modification. Inconsistent availability of residential accommodation substantially diminishes the
sustainability of individual improvement, notwithstanding considerable administrative collaboration among municipal
authorities. Comprehensive evaluation methodologies facilitate the identification of organizational inefficiencies that
undermine sustainable community partnerships in the participating municipalities. Longitudinal observation demonstrates
the fundamental significance of transparent documentation, continuous supervision and systematic evaluation of
administrative performance.
```

### Right
```yaml content/audiences/police.yaml
name: Police
ask: Refer people.
reading_grade: 8
```
```md content/faqs/how-it-works.md
---
question: How does it work?
---
An officer meets someone who needs help more than a cell. The officer calls a case manager. She comes to the corner at
once. They sit down on a bench, and she asks what is needed first. It may be a bed, a meal or a doctor. The officer goes
back to patrol.

The case manager finds a bed for the night. They meet again the next day. She stays in touch for weeks, on good days and
on bad ones. Anyone may say no at any time. The shop owner gets a call, too, and hears what was done. A group of
partners meets each month. They look at what worked and what did not.
```
",
};

/// A sentence of fewer words is short, whatever its grade.
const SHORT: usize = 8;

fn look<'a>(ground: &'a Ground<'a>) -> ThingLook<'a> {
    let limit = |audience: &Audience| *audience.reading_grade.open(Key::for_checks());
    let audiences = ground.toolkit.audiences.iter();
    let limits: Vec<(Reader, f64)> =
        audiences.filter_map(|audience| Some((audience.reader, limit(audience)?))).collect();
    Box::new(move |heard: &Heard<'_>, found: &mut Found| {
        let Some(item) = heard.subject.item() else { return };
        let mut known: Vec<Option<Measure>> = vec![None; heard.texts.len()];
        let (mut hard, mut notes, mut readers) = (Vec::new(), Vec::new(), Readers::NONE);
        for version in &heard.versions {
            let before = readers;
            for (reader, limit) in limits.iter().filter(|(reader, _)| version.readers.has(*reader)) {
                let measure = measure(heard, version, *reader, ground, &mut known);
                let Some(grade) = measure.told().filter(|grade| grade > limit) else { continue };
                // those who read the same find the same sentences hard
                if before == readers {
                    hard.append(&mut hardest(heard, version, *reader, ground));
                }
                readers = readers.and(Readers::only(*reader));
                notes.push(format!("{}: grade {grade:.1}, at most {limit}", ground.toolkit.reader_name(*reader)));
            }
        }
        tell(hard, notes, readers, &item.text, found);
    })
}

/// The measure of what `reader` reads; what is the same for all is measured once.
fn measure(
    heard: &Heard<'_>,
    version: &HeardVersion,
    reader: Reader,
    ground: &Ground<'_>,
    known: &mut [Option<Measure>],
) -> Measure {
    let mut all = Measure::default();
    for n in &version.parts {
        let (Some(text), Some(known)) = (heard.texts.get(*n), known.get_mut(*n)) else { continue };
        let own = known.unwrap_or_else(|| {
            let aloud = Aloud::new(&text.prose, ground.toolkit);
            let own = aloud.sentences(reader).fold(Measure::default(), |all, (_, one)| all.and(one));
            *known = (!aloud.differs()).then_some(own);
            own
        });
        all = all.and(own);
    }
    all
}

/// The hardest sentences of what `reader` reads, each with its grade.
fn hardest(heard: &Heard<'_>, version: &HeardVersion, reader: Reader, ground: &Ground<'_>) -> Vec<(f64, At)> {
    let mut all: Vec<(f64, At)> = Vec::new();
    for text in heard.parts(version) {
        let aloud = Aloud::new(&text.prose, ground.toolkit);
        let long = aloud.sentences(reader).filter(|(_, measure)| measure.words >= SHORT);
        for (range, measure) in long {
            let grade = measure.rounded();
            let at = all.partition_point(|(other, _)| *other >= grade);
            if at < SHOWN {
                all.insert(at, (grade, text.at(range)));
                all.truncate(SHOWN);
            }
        }
    }
    if all.is_empty() {
        // words of many syllables in a list: the place is its beginning
        let first = heard.parts(version).find_map(|text| Some((text, text.prose.blocks.first()?)));
        all.extend(first.map(|(text, block)| (0.0, text.at(block.range.clone()))));
    }
    all
}

fn tell(mut hard: Vec<(f64, At)>, notes: Vec<String>, readers: Readers, file: &str, found: &mut Found) {
    hard.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut places = hard.into_iter();
    let Some((grade, at)) = places.next() else { return };
    let mut words = Words::new("this text is harder to read than `reading_grade` allows")
        .help("make two sentences of a long one, and take short words that are said every day");
    if grade > 0.0 {
        words = words.label(format!("the hardest sentence, grade {grade:.1}"));
    }
    for (grade, other) in places.filter(|(_, other)| *other != at) {
        // three marks below one line can't be told apart
        words = match in_one_line(&at, &other, file) {
            Some(sentence) => words.note(format!("in the same line, grade {grade:.1}: \"{}\"", begin(sentence))),
            None => words.related(&other, format!("grade {grade:.1}")),
        };
    }
    words.notes.extend(notes);
    found.tell(at, readers, words);
}

/// The words at `other`, if they stand in the same line of the file as those at `at`.
fn in_one_line<'t>(at: &At, other: &At, file: &'t str) -> Option<&'t str> {
    let (Spot::Bytes(a, b), Spot::Bytes(from, to)) = (&at.spot, &other.spot) else { return None };
    let between = file.get(*a.min(from) as usize..*b.max(to) as usize)?;
    (!between.contains('\n')).then(|| file.get(*from as usize..*to as usize))?
}

/// The first words of a sentence, by which it is found.
fn begin(sentence: &str) -> String {
    const WORDS: usize = 6;
    let words: Vec<&str> = sentence.split_whitespace().take(WORDS + 1).collect();
    let first = words.get(..WORDS).unwrap_or(&words).join(" ");
    if words.len() > WORDS { format!("{first} …") } else { first }
}
