//! `stale-approval`: a sign-off of words that have changed since.

use std::sync::Arc;

use super::unsigned::approve;
use crate::check::phrase::one_of;
use crate::check::{Fixed, Found, Group, Levels, Reads, Rule, Whole, Words};
use crate::finding::{At, KeyPath, Severity, nearest};
use crate::language::Date;
use crate::toolkit::approval::Approval;
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Reader, Readers};
use crate::voice::sign_off::{Asked, SignOffs, Signable, Standing, asked, roles, sign_off};

const FILE: &str = "content/approvals.yaml";

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "stale-approval",
    group: Group::SignOff,
    severity: Levels::by_stage(Severity::Note, Severity::Error),
    fixed: Fixed::Nothing,
    reads: Reads::Toolkit(look),
    docs: r#"
A sign-off of words that have changed since: a note, and an error when publishing if the role is required. One that names no
text, audience or role of the toolkit, or a day that is still to come, is a warning: it counts for nothing, and holds up nothing.

### Why
A partner signs exact words. Facts' wording and fill-ins count; emphasis, line breaks and comments do not. When the words
change, the sign-off falls away, and the partner is asked again. A sign-off that was typed by hand with a slip in a name passes for
one that was given; one of a text that was renamed or taken out only tells what once was.

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
    let roles = roles(toolkit);
    for (n, given) in approvals.iter().enumerate() {
        slips(n, given, &roles, whole, found);
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
    at(n, "text")
}

fn at(n: usize, key: &str) -> At {
    At::value(Arc::from(FILE), KeyPath::top("approvals").index(n).key(key))
}

/// What keeps a sign-off from ever counting.
fn slips(n: usize, given: &Approval, roles: &[&str], whole: &Whole<'_>, found: &mut Found) {
    let toolkit = whole.toolkit;
    let mut tell = |key: &str, words: Words| {
        let words = words.weighs(Levels::always(Severity::Warning));
        found.tell_of(None, at(n, key), Readers::NONE, words);
    };
    if Signable::named(&given.item, toolkit).is_none() {
        let names: Vec<String> = Signable::all(toolkit).map(|what| what.name(toolkit)).collect();
        let gone = "if it was renamed or taken out, the sign-off counts for nothing: let them sign it by its new name, or delete these lines";
        let near = nearest(&given.item, names.iter().map(String::as_str));
        let words = Words::new(format!("there is no `{}` to sign", given.item)).label("no text of this name is signed");
        tell("item", meant(near, gone, words));
    }
    let readers: Vec<&str> = toolkit.everyone().iter().map(|reader| toolkit.reader_name(reader)).collect();
    if !readers.contains(&&*given.audience) {
        let words = Words::new(format!("there is no audience `{}`", given.audience)).label("nobody reads this");
        tell("audience", meant(nearest(&given.audience, readers.iter().copied()), &one_of_these(&readers), words));
    }
    if !roles.contains(&&*given.by) {
        let words = Words::new(format!("no role `{}` is asked to sign", given.by)).label("counts for nothing");
        let same = roles.iter().find(|role| role.to_lowercase() == given.by.to_lowercase()).copied();
        let near = same.or_else(|| nearest(&given.by, roles.iter().copied()));
        tell("by", meant(near, &one_of_these(roles), words));
    }
    if given.on.0 > whole.today {
        let words = Words::new(format!("{} is still to come", given.on.0)).label("nobody has signed yet on this day");
        tell("on", words.help("write the day on which they signed"));
    }
    if given.text.len() != PRINT || !given.text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let words =
            Words::new(format!("`{}` can't be the fingerprint of a text", given.text)).label("no words have it");
        tell("text", words.help("delete these lines, and sign with `onevoice approve`, which writes it"));
    }
}

/// The signs of a fingerprint.
const PRINT: usize = 32;

fn meant(near: Option<&str>, else_: &str, words: Words) -> Words {
    match near {
        Some(near) => words.help(format!("did you mean `{near}`?")),
        None => words.help(else_),
    }
}

fn one_of_these(names: &[&str]) -> String {
    one_of(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        .unwrap_or_else(|| "no role is asked to sign in this toolkit".to_owned())
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
