//! `stale-approval`: a sign-off of words that have changed since.

use std::sync::Arc;

use super::unsigned::approve;
use crate::check::{Fixed, Found, Group, Levels, Reads, Rule, Whole, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::language::Date;
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Reader, Readers};
use crate::voice::sign_off::{Asked, SignOffs, Signable, Standing, asked, sign_off};

const FILE: &str = "content/approvals.yaml";

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "stale-approval",
    group: Group::SignOff,
    severity: Levels::by_stage(Severity::Note, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Toolkit(look),
    docs: r#"
A sign-off of words that have changed since: a note, and an error when publishing if the role is required.

### Why
A partner signs exact words. Facts' wording and fill-ins count; emphasis, line breaks and comments do not. When the words
change, the sign-off falls away, and the partner is asked again.

### Wrong
```yaml toolkit.yaml
title: Our toolkit
general: false
approvals: {required: [coordinator]}
```
```yaml content/audiences/police.yaml
name: Police
ask: Refer people, day and night.
```
```yaml content/approvals.yaml
approvals:
  - item: audiences/police
    audience: police
    by: coordinator
    on: 2026-11-01
    text: "1f0c7d5e1f0c7d5e1f0c7d5e1f0c7d5e"
```

### Right
The coordinator has signed today's words:
```yaml toolkit.yaml
title: Our toolkit
general: false
approvals: {required: [coordinator]}
```
```yaml content/audiences/police.yaml
name: Police
ask: Refer people, day and night.
```
```yaml content/approvals.yaml
approvals:
  - item: audiences/police
    audience: police
    by: coordinator
    on: 2026-11-01
    text: "13341799031603dfd042975f91fcf36d"
```
"#,
};

/// A role whose sign-offs of a text do not hold any more.
struct Stale<'a> {
    role: Asked<'a>,
    readers: Readers,
    /// Where they stand in their file, and of which day they are.
    places: Vec<(usize, Date)>,
}

fn look(whole: &Whole<'_>, found: &mut Found) {
    let toolkit = whole.toolkit;
    let approvals = toolkit.approvals.open(Key::for_checks());
    if approvals.is_empty() {
        return;
    }
    let sign_offs = SignOffs::new(approvals);
    let all: Vec<_> = toolkit.everyone().iter().map(|reader| (reader, asked(reader, toolkit))).collect();
    for what in Signable::all(toolkit).filter(|what| what.is_shown(toolkit, &whole.public())) {
        let name = what.name(toolkit);
        let read = what.readers(toolkit);
        let mut stale: Vec<Stale<'_>> = Vec::new();
        for (reader, roles) in all.iter().filter(|(reader, _)| read.has(*reader)) {
            of_reader(what, &name, *reader, roles, &sign_offs, whole, &mut stale);
        }
        for stale in stale {
            let Some((first, day)) = stale.places.first() else { continue };
            let mut words =
                Words::new(format!("the words of `{name}` have changed since `{}` signed them", stale.role.role))
                    .label(format!("signed on {day}"))
                    .help(approve(stale.role.role, &name, stale.readers, read, whole));
            if !stale.role.required {
                words = words.weighs(Levels::always(Severity::Note));
            }
            for (n, _) in stale.places.iter().skip(1) {
                words = words.related(&place(*n), "so is this one");
            }
            found.tell_of(Some(name.as_str().into()), place(*first), stale.readers, words);
        }
    }
}

fn place(n: usize) -> At {
    At::value(Arc::from(FILE), KeyPath::top("approvals").index(n).key("text"))
}

/// Adds the roles whose sign-offs no longer hold for one reader. The words are put together only if somebody signed some.
fn of_reader<'a>(
    what: Signable,
    name: &str,
    reader: Reader,
    roles: &[Asked<'a>],
    sign_offs: &SignOffs<'_>,
    whole: &Whole<'_>,
    stale: &mut Vec<Stale<'a>>,
) {
    let audience = whole.toolkit.reader_name(reader);
    let mut today = None;
    for role in roles {
        let given = sign_offs.given(name, audience, role.role);
        if given.is_empty() {
            continue;
        }
        let words = today.get_or_insert_with(|| sign_off(what, reader, whole.toolkit, whole.voice));
        let Some((_, fingerprint)) = words else { return };
        let Standing::Changed(last) = sign_offs.standing(name, audience, role.role, *fingerprint) else { continue };
        let Some((n, _)) = given.iter().find(|(_, given)| std::ptr::eq(*given, last)) else { continue };
        let (place, only) = ((*n, last.on.0), Readers::only(reader));
        match stale.iter_mut().find(|known| known.role == *role) {
            Some(known) => {
                known.readers = known.readers.and(only);
                known.places.push(place);
            }
            None => stale.push(Stale { role: *role, readers: only, places: vec![place] }),
        }
    }
}
