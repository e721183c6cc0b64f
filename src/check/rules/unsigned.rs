//! `unsigned`: a text that a role was asked to sign and has not.

use std::sync::Arc;

use crate::check::phrase::list;
use crate::check::{Fixed, Found, Group, Levels, Reads, Rule, Whole, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::toolkit::audience::Audience;
use crate::toolkit::edition::Key;
use crate::toolkit::id::Readers;
use crate::voice::sign_off::{Asked, SignOffs, Signable, asked};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unsigned",
    group: Group::SignOff,
    severity: Levels::by_stage(Severity::Note, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Toolkit(look),
    docs: r#"
A text that a role is asked to sign and has not signed: a note, and an error when publishing if the role is required.

### Why
A partner who did not see a text will say so in public. Signed are messages, questions, talking points and each audience's
ask, each version by itself. The roles of `approvals: {required: […]}` in toolkit.yaml have to sign before anything is
published; a profile's `reviewers` are asked, too, and hold up nothing: for each of them there is one note, at the first profile
that names it, with the number of texts that wait. The board of the partners edition lists them.

### Wrong
```yaml toolkit.yaml
title: Our toolkit
general: false
approvals: {required: [coordinator]}
```
```yaml content/audiences/police.yaml
name: Police
ask: Refer people.
```

### Right
```yaml toolkit.yaml
title: Our toolkit
general: false
approvals: {required: [coordinator]}
```
```yaml content/audiences/police.yaml
name: Police
ask: Refer people.
```
```yaml content/approvals.yaml
approvals:
  - item: audiences/police
    audience: police
    by: coordinator
    on: 2026-11-01
    text: "2d0af2bdeeba8905f02d897e252cbaf3"
```
"#,
};

fn look(whole: &Whole<'_>, found: &mut Found) {
    let toolkit = whole.toolkit;
    let sign_offs = SignOffs::new(toolkit.approvals.open(Key::for_checks()));
    let all: Vec<_> = toolkit.everyone().iter().map(|reader| (reader, asked(reader, toolkit))).collect();
    if all.iter().all(|(_, roles)| roles.is_empty()) {
        return;
    }
    let mut asked_too: Vec<AskedToo<'_>> = Vec::new();
    for what in Signable::all(toolkit).filter(|what| what.is_shown(toolkit, &whole.public())) {
        let name = what.name(toolkit);
        let read = what.readers(toolkit);
        let mut missing: Vec<(Asked<'_>, Readers)> = Vec::new();
        for (reader, roles) in all.iter().filter(|(reader, _)| read.has(*reader)) {
            for role in roles {
                if sign_offs.given(&name, toolkit.reader_name(*reader), role.role).is_empty() {
                    let only = Readers::only(*reader);
                    match missing.iter_mut().find(|(known, _)| known == role) {
                        Some((_, readers)) => *readers = readers.and(only),
                        None => missing.push((*role, only)),
                    }
                }
            }
        }
        for (role, their) in missing.iter().filter(|(role, _)| !role.required) {
            match asked_too.iter_mut().find(|known| known.role == role.role) {
                Some(known) => {
                    known.texts += 1;
                    known.readers = known.readers.and(*their);
                }
                None => asked_too.push(AskedToo { role: role.role, texts: 1, readers: *their }),
            }
        }
        let of: Vec<_> = missing.iter().filter(|(role, _)| role.required).collect();
        let Some((first, their)) = of.first() else { continue };
        let roles: Vec<&str> = of.iter().map(|(role, _)| role.role).collect();
        let more = if roles.len() > 1 { "; the others likewise" } else { "" };
        let words = Words::new(format!("this is not signed yet by {}", list(&roles)))
            .label("not signed")
            .help(format!("{}{more}", approve(first.role, &name, *their, read, whole)));
        let readers = of.iter().fold(Readers::NONE, |all, (_, readers)| all.and(*readers));
        found.tell_of(Some(name.as_str().into()), place(what, whole), readers, words);
    }
    for asked in &asked_too {
        asked.tell(whole, found);
    }
}

/// A role that holds up nothing, with what it has not signed.
struct AskedToo<'a> {
    role: &'a str,
    texts: usize,
    readers: Readers,
}

impl AskedToo<'_> {
    /// At the first profile that names the role.
    fn tell(&self, whole: &Whole<'_>, found: &mut Found) {
        let names = |audience: &&Audience| {
            let role = audience.reviewers.open(Key::for_checks()).iter().position(|role| **role == *self.role);
            role.map(|n| At::value(Arc::clone(&audience.file), KeyPath::top("reviewers").index(n)))
        };
        let Some(at) = whole.toolkit.audiences.iter().find_map(|audience| names(&audience)) else { return };
        let texts = if self.texts == 1 { "one text".to_owned() } else { format!("{} texts", self.texts) };
        let words = Words::new(format!("`{}` has {texts} to read and sign", self.role))
            .label("asked, and holds up nothing")
            .help("`onevoice build --edition partners` writes the board, /board/, which leads to a page with them all, and with what to send back")
            .weighs(Levels::always(Severity::Note));
        found.tell_of(None, at, self.readers, words);
    }
}

/// The first line of an item, the key of an ask.
fn place(what: Signable, whole: &Whole<'_>) -> At {
    match what {
        Signable::Item(n) => {
            let item = whole.toolkit.all_items().get(n).map(|item| Arc::clone(&item.for_checks().file));
            At::file(item.unwrap_or_default())
        }
        Signable::Ask(reader) => {
            let file = whole.toolkit.audience_of(reader).map(|audience| Arc::clone(&audience.file));
            At::key(file.unwrap_or_default(), KeyPath::top("ask"))
        }
    }
}

/// The command that signs: for everyone at once, or for the first of a few.
pub(super) fn approve(role: &str, name: &str, readers: Readers, read: Readers, whole: &Whole<'_>) -> String {
    let quote = |word: &str| if word.contains(' ') { format!("\"{word}\"") } else { word.to_owned() };
    let command = format!("onevoice approve {name} --by {}", quote(role));
    let names: Vec<&str> = readers.iter().map(|reader| whole.toolkit.reader_name(reader)).collect();
    match names.as_slice() {
        [first, rest @ ..] if readers != read => {
            let more = if rest.is_empty() { "" } else { ", and the same for the others" };
            format!("once they have read it, type `{command} --audience {first}`{more}")
        }
        _ => format!("once they have read it, type `{command}`"),
    }
}
