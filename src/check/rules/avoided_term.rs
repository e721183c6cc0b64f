//! `avoided-term`: a word that the word list or a profile asks not to use.

use crate::check::word_list::{Hit, Source};
use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, Text, TextLook, Words};
use crate::finding::Severity;
use crate::toolkit::term::Level;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "avoided-term",
    group: Group::Words,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Part,
    reads: Reads::Text(look),
    docs: r#"
A word that the word list, or a profile's `avoid`, asks not to use.

### Why
A word like *addict* tells people that someone is their illness, and whoever hears it about their own child stops
listening. Words are found in every text that people read, in any case, also when they are in bold or broken over two
lines. Level `stop` in the word list is an error that can't be switched off, `change` a warning, `think` a note. What
somebody else said stays as they said it: in a quotation or in quotation marks only words of level `stop` are found.

### Wrong
```yaml content/terms.yaml
terms:
  - avoid: [addict, addicts]
    say: [people with a substance use disorder]
    why: A person has an illness; the illness is not the person.
    level: change
```
```md content/faqs/who-is-it-for.md
---
question: Who is it for?
---
The program is for addicts in our town.
```

### Right
```yaml content/terms.yaml
terms:
  - avoid: [addict, addicts]
    say: [people with a substance use disorder]
    why: A person has an illness; the illness is not the person.
    level: change
```
```md content/faqs/who-is-it-for.md
---
question: Who is it for?
---
The program is for people with a substance use disorder. One of them says: "I was an addict, and nobody asked me in."
```
"#,
};

fn look<'a>(ground: &'a Ground<'a>) -> TextLook<'a> {
    Box::new(move |text, found| {
        for hit in text.hits().iter().filter(|hit| hit.level == Level::Stop || !hit.quoted) {
            tell(hit, text, ground, found);
        }
    })
}

fn tell(hit: &Hit, text: &Text<'_>, ground: &Ground<'_>, found: &mut Found) {
    let typed = &text.prose().text()[hit.range.clone()];
    let mut words = Words::new(match (hit.source, hit.level) {
        (_, Level::Stop) => format!("“{typed}” is never right in our own voice"),
        (Source::Profile(reader, _), _) => {
            format!("“{typed}” does not work with {}", ground.toolkit.reader_name(reader))
        }
        (_, Level::Change) => format!("“{typed}” is a word we do not use"),
        (_, Level::Think) => format!("“{typed}” may be right here; think about it"),
    });
    let say = hit.source.say(hit.readers, ground.toolkit);
    if let Some(best) = say.first() {
        words = words.label(format!("say “{best}”"));
        let all: Vec<String> = say.iter().map(|say| format!("“{say}”")).collect();
        words = words.help(format!("write {}", all.join(" or ")));
    } else {
        words = words.label("say it another way");
    }
    if let Some(why) = hit.source.why(ground.toolkit) {
        words = words.note(why);
    }
    for note in hit.source.notes(hit.readers, ground.toolkit) {
        words = words.note(note);
    }
    words = words.weighs(Levels::always(match hit.level {
        Level::Stop => Severity::Error,
        Level::Change => Severity::Warning,
        Level::Think => Severity::Note,
    }));
    if hit.level == Level::Stop {
        words = words.fixed();
    }
    found.tell(text.at(hit.range.clone()), hit.readers, words);
}
