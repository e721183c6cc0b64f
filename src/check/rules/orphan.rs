//! `orphan`: an item that no audience sees, a file that nothing names.

use std::collections::HashSet;
use std::sync::Arc;

use crate::check::{Fixed, Found, Group, Levels, Reads, Rule, Whole, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::plan::named_files;
use crate::toolkit::id::Readers;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "orphan",
    group: Group::Answers,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Toolkit(look),
    docs: r"
An item that no audience sees; as a note, a file of content/files that nothing names.

### Why
Somebody wrote it, and nobody will read it. A file is published when a text names it: what nothing names stays behind.

### Wrong
```md content/faqs/who-pays.md
---
question: Who pays for this?
audiences: []
---
The city does.
```

### Right
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
The city does.
```
",
};

fn look(whole: &Whole<'_>, found: &mut Found) {
    for guarded in whole.toolkit.all_items().iter().filter(|item| !item.is_resting(whole.today)) {
        let item = guarded.for_checks();
        if !item.readers.is_empty() || item.names_unknown {
            continue;
        }
        let words = Words::new("no audience sees this").label("nobody belongs to it").help(
            "name those who should read it, like `audiences: [police]`, or remove `audiences:` so that everyone does",
        );
        found.tell_of(Some(item.name().into()), item.at(KeyPath::top("audiences")), Readers::NONE, words);
    }
    files(whole, found);
}

fn files(whole: &Whole<'_>, found: &mut Found) {
    if whole.toolkit.files.is_empty() {
        return;
    }
    let named: HashSet<Arc<str>> = named_files(whole.toolkit, whole.voice);
    for file in whole.toolkit.files.iter().filter(|file| !named.contains(*file)) {
        let words = Words::new("nothing names this file, so it is not published")
            .help(format!("link to it, like `[what it is](../files/{file})`, or remove it"))
            .weighs(Levels::always(Severity::Note));
        found.tell_of(None, At::file(format!("content/files/{file}").into()), Readers::NONE, words);
    }
}
