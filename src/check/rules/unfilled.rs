//! `unfilled`: a fill-in that is used while it is empty.

use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, ThingLook, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::toolkit::id::Readers;
use crate::toolkit::local::{Local, LocalKind};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unfilled",
    group: Group::SignOff,
    severity: Levels::by_stage(Severity::Warning, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Thing(look),
    docs: r"
A fill-in that is used while it is empty.

### Why
Readers would see a gap where the phone number should be. The finding stands at the fill-in, with all places that use it.

### Wrong
```yaml content/local.yaml
program-line:
```
```md content/faqs/whom-to-call.md
---
question: Whom do I call?
---
Call <local:program-line>.
```

### Right
```yaml content/local.yaml
program-line: 555-0100
```
```md content/faqs/whom-to-call.md
---
question: Whom do I call?
---
Call <local:program-line>.
```
",
};

fn look<'a>(ground: &'a Ground<'a>) -> ThingLook<'a> {
    let all = &ground.toolkit.local;
    let any = all.iter().any(|local| local.value.is_none());
    Box::new(move |heard, found| {
        if !any || !ground.is_shown(heard.subject) {
            return;
        }
        for text in &heard.texts {
            for (n, mark) in text.locals() {
                if let Some(local) = all.get(n).filter(|local| local.value.is_none()) {
                    tell(local, &text.at_mark(mark), text.readers, found);
                }
            }
        }
    })
}

fn tell(local: &Local, used: &At, readers: Readers, found: &mut Found) {
    let key = &local.key;
    let path = KeyPath::top(key);
    let at = At::value("content/local.yaml".into(), if local.described { path.key("value") } else { path });
    let example = match local.kind {
        LocalKind::Phone => "555-0100",
        LocalKind::Email => "office@example.org",
        LocalKind::Url => "https://example.org/",
        LocalKind::Text | LocalKind::Address | LocalKind::Hours => "…",
    };
    let typed = if local.described { "value" } else { key };
    let words = Words::new(format!("the fill-in `{key}` is empty, and texts use it"))
        .label("not filled in yet")
        .help(format!("write it here: `{typed}: {example}`"))
        .related(used, "used here");
    found.tell_of(None, at, readers, words);
}
