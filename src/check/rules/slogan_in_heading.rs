//! `slogan-in-heading`: the opponents' phrase where everyone reads it first.

use crate::check::word_list::Source;
use crate::check::{Fixed, Ground, Group, Levels, Reads, Rule, TextLook, Words};
use crate::finding::Severity;
use crate::toolkit::term::Level;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "slogan-in-heading",
    group: Group::Words,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Text(look),
    docs: r"
A slogan of the opponents, or a phrase that a profile asks to avoid, in a title, a question or a heading.

### Why
Headings are what people remember, and a slogan that is denied is a slogan that is repeated. Quotation marks do not
help. Ask what people really want to know: what happens next, and who does it. Slogans are the entries of the word list
with `slogan: true`.

### Wrong
```yaml content/terms.yaml
terms:
  - avoid: [catch and release]
    say: [what happens next]
    why: Denying a slogan repeats it.
    level: change
    slogan: true
```
```md content/faqs/is-it.md
---
question: Is this catch and release?
---
No. A case manager meets the person the same day.
```

### Right
```yaml content/terms.yaml
terms:
  - avoid: [catch and release]
    say: [what happens next]
    why: Denying a slogan repeats it.
    level: change
    slogan: true
```
```md content/faqs/is-it.md
---
question: What happens after the officer leaves?
---
A case manager meets the person the same day.
```
",
};

fn look<'a>(ground: &'a Ground<'a>) -> TextLook<'a> {
    Box::new(move |text, found| {
        let slogans = text
            .hits()
            .iter()
            .filter(|hit| hit.in_heading && hit.level < Level::Stop && hit.source.is_slogan(ground.toolkit));
        for hit in slogans {
            let typed = &text.prose().text()[hit.range.clone()];
            let mut words = Words::new(match hit.source {
                Source::Term(_) => format!("this heading repeats the slogan “{typed}”"),
                Source::Profile(reader, _) => {
                    let who = ground.toolkit.reader_name(reader);
                    format!("this heading says “{typed}”, which does not work with {who}")
                }
            });
            words = words.label("people remember this, also when it is denied");
            let say = hit.source.say(hit.readers, ground.toolkit);
            words = words.help(match say.first() {
                Some(say) => format!("say what happens in your own words: “{say}”"),
                None => "say what happens, in your own words".to_owned(),
            });
            if let Some(why) = hit.source.why(ground.toolkit) {
                words = words.note(why);
            }
            found.tell(text.at(hit.range.clone()), hit.readers, words);
        }
    })
}
