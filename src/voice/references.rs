//! Where a link leads: references to our own things, files, addresses, and the world outside.

use std::sync::Arc;

use crate::finding::{ReferenceTrouble, What, nearest};
use crate::toolkit::Toolkit;
use crate::toolkit::id::{Kind, Reader};
use crate::toolkit::names::nearest_of;
use crate::toolkit::places::{FileKind, kind_of};

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An item, by its number in [`Toolkit::all_items`], perhaps at a heading.
    Item(u32, Option<Box<str>>),
    /// An audience's home.
    Audience(Reader),
    /// A file of `content/files/`, by its path below it.
    File(Arc<str>),
    /// An address of this site, from the root, perhaps with an anchor.
    Address(Box<str>),
    /// A heading of the same page.
    Anchor(Box<str>),
    /// Outside, as typed.
    Outside(Box<str>),
}

/// What a destination in Markdown is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A link.
    Link(Target),
    /// A fact, by its number in the toolkit.
    Fact(u32),
    /// A fill-in, by its number in the toolkit.
    Local(u32),
    /// A word of ours, by its key.
    Word(Box<str>),
    /// Nothing that can be linked to: shown as text.
    Nothing,
}

/// The kinds of references, as typed before the colon.
const KINDS: [&str; 9] = ["fact", "local", "word", "message", "faq", "story", "page", "audience", "win"];

/// Reads the destination of a link in a file. What can't be used is told and leads to nothing.
#[must_use]
pub fn read(typed: &str, file: &str, toolkit: &Toolkit) -> (Destination, Option<What>) {
    // browsers drop control characters and leading spaces before they look for a scheme
    let bare: String;
    let clean = if typed.bytes().any(|b| b < 0x20 || b == 0x7f) || typed.starts_with(' ') {
        bare = typed.trim().chars().filter(|c| !c.is_control()).collect();
        bare.as_str()
    } else {
        typed.trim_end()
    };
    if let Some(anchor) = clean.strip_prefix('#') {
        return (Destination::Link(Target::Anchor(anchor.into())), None);
    }
    if let Some((scheme, rest)) = scheme(clean) {
        return with_scheme(clean, &scheme, rest, toolkit);
    }
    if clean.contains('\\') || clean.starts_with("//") {
        return (Destination::Nothing, Some(What::BrokenLink { link: typed.to_owned(), near: None }));
    }
    if clean.starts_with('/') {
        return (Destination::Link(Target::Address(clean.into())), None);
    }
    by_path(clean, file, toolkit)
}

/// References that stand in the words of a text: something is wrong with their signs, and readers would see them as they are
/// typed. The place of each in `text` and how it is typed: `<fact: odds>`, `{fact:odds}`, `<local.town>`.
#[must_use]
pub fn shown_as_typed(text: &str, toolkit: &Toolkit) -> Vec<(std::ops::Range<usize>, String)> {
    text.match_indices([':', '.']).filter_map(|(at, _)| as_typed(text, at, toolkit)).collect()
}

/// The reference to a fill-in or a fact of this name: what `<town>` was meant as.
#[must_use]
pub fn named(name: &str, toolkit: &Toolkit) -> Option<String> {
    let kind = ["local", "fact"].into_iter().find(|kind| is_there(kind, name, toolkit))?;
    Some(format!("<{kind}:{name}>"))
}

/// The reference around the `:` or `.` at byte `at`, if it was meant as one.
fn as_typed(text: &str, at: usize, toolkit: &Toolkit) -> Option<(std::ops::Range<usize>, String)> {
    let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
    let kind = before.rsplit(|sign: char| !sign.is_ascii_alphabetic()).next()?;
    let known = KINDS.into_iter().find(|known| known.eq_ignore_ascii_case(kind))?;
    let id = after.trim_start_matches(' ');
    let spaces = after.len() - id.len();
    let id = id.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-').next().filter(|id| !id.is_empty())?;
    let start = at - kind.len();
    let bracketed = text.get(..start)?.ends_with(['<', '{', '(', '[']);
    // a name of one plain word may be a word in a sentence
    let meant = bracketed || id.contains('-');
    let range = start - usize::from(bracketed)..at + 1 + spaces + id.len();
    // "the fact: costs fell" and "page.md" are words
    (meant && is_there(known, id, toolkit)).then(|| (range, format!("<{known}:{id}>")))
}

/// Whether something of this kind has this id. What it could have been instead is not looked for: texts are full of words.
fn is_there(kind: &str, id: &str, toolkit: &Toolkit) -> bool {
    match kind {
        "fact" => toolkit.fact_index(id).is_some(),
        "local" => toolkit.local.iter().any(|local| &*local.key == id),
        "audience" => toolkit.audience(id).is_some(),
        _ => {
            let kind = Kind::ALL.into_iter().find(|known| known.name() == kind);
            kind.is_some_and(|kind| toolkit.item_index(kind, id).is_some())
        }
    }
}

/// `scheme:rest`, the scheme in lower case (RFC 3986, section 3.1).
fn scheme(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let good = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    good.then(|| (scheme.to_ascii_lowercase(), rest))
}

fn with_scheme(typed: &str, scheme: &str, rest: &str, toolkit: &Toolkit) -> (Destination, Option<What>) {
    match scheme {
        "http" | "https" | "mailto" | "tel" => (Destination::Link(Target::Outside(typed.into())), None),
        "fact" => number(toolkit.fact_index(rest)).map_or_else(
            || {
                saying(unknown("fact", rest, toolkit.facts.iter().map(|fact| &*fact.id)), |id| {
                    toolkit.fact(id).map(|fact| fact.reads.to_string())
                })
            },
            |n| (Destination::Fact(n), None),
        ),
        "local" => number(toolkit.local.iter().position(|local| &*local.key == rest)).map_or_else(
            || {
                saying(unknown("local", rest, toolkit.local.iter().map(|local| &*local.key)), |key| {
                    toolkit.local(key)?.value.as_deref().map(str::to_owned)
                })
            },
            |n| (Destination::Local(n), None),
        ),
        "word" => (Destination::Word(rest.into()), None),
        "message" => item(Kind::Message, rest, toolkit),
        "faq" => item(Kind::Faq, rest, toolkit),
        "story" => item(Kind::Story, rest, toolkit),
        "page" => item(Kind::Page, rest, toolkit),
        "win" => item(Kind::Win, rest, toolkit),
        "audience" => toolkit.audience(rest).map_or_else(
            || unknown("audience", rest, toolkit.audiences.iter().map(|audience| &*audience.id)),
            |audience| (Destination::Link(Target::Audience(audience.reader)), None),
        ),
        _ => (Destination::Nothing, Some(bad_scheme(scheme, rest))),
    }
}

/// A scheme that is none of ours: perhaps a slip.
fn bad_scheme(scheme: &str, rest: &str) -> What {
    let singular = scheme.trim_end_matches('s');
    let near = KINDS
        .into_iter()
        .find(|kind| *kind == singular || (*kind == "story" && scheme == "stories"))
        .or_else(|| nearest(scheme, KINDS))
        .filter(|_| !matches!(scheme, "javascript" | "data" | "vbscript" | "file" | "ftp" | "sms" | "blob" | "about"));
    match near {
        Some(near) => What::UnknownReference {
            kind: "reference",
            id: format!("{scheme}:{rest}"),
            why: ReferenceTrouble::UnknownKind { near },
        },
        None => What::BadScheme { scheme: scheme.to_owned() },
    }
}

fn number(index: Option<usize>) -> Option<u32> {
    index.and_then(|index| u32::try_from(index).ok())
}

fn item(kind: Kind, typed: &str, toolkit: &Toolkit) -> (Destination, Option<What>) {
    let (id, anchor) = split_anchor(typed);
    let id = id.strip_prefix(kind.folder()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id);
    number(toolkit.item_index(kind, id)).map_or_else(
        || unknown(kind.name(), id, toolkit.items(kind).iter().map(|item| &*item.for_checks().id)),
        |n| (Destination::Link(Target::Item(n, anchor)), None),
    )
}

fn unknown<'a>(kind: &'static str, id: &str, known: impl Iterator<Item = &'a str>) -> (Destination, Option<What>) {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    let why = ReferenceTrouble::unknown(nearest_of(id, &known));
    (Destination::Nothing, Some(What::UnknownReference { kind, id: id.to_owned(), why }))
}

/// What is unknown, with what the first of those that may be meant says.
fn saying(unknown: (Destination, Option<What>), text: impl Fn(&str) -> Option<String>) -> (Destination, Option<What>) {
    let (nowhere, mut what) = unknown;
    if let Some(What::UnknownReference { why: ReferenceTrouble::Unknown { known, says }, .. }) = &mut what {
        *says = known.first().and_then(|first| text(first));
    }
    (nowhere, what)
}

fn split_anchor(text: &str) -> (&str, Option<Box<str>>) {
    text.split_once('#').map_or((text, None), |(path, anchor)| (path, Some(anchor.into())))
}

/// A path from the file's own folder: to another item, or to a file of `files/`.
fn by_path(typed: &str, file: &str, toolkit: &Toolkit) -> (Destination, Option<What>) {
    let (path, anchor) = split_anchor(typed);
    let decoded = percent_decoded(path);
    let broken = |near: Option<String>| What::BrokenLink { link: typed.to_owned(), near };
    let Some(full) = resolve(file, &decoded) else { return (Destination::Nothing, Some(broken(None))) };
    match kind_of(&full) {
        FileKind::Item(kind, id) => {
            if let Some(n) = number(toolkit.item_index(kind, &id)) {
                (Destination::Link(Target::Item(n, anchor)), None)
            } else {
                let known: Vec<&str> = toolkit.items(kind).iter().map(|item| &*item.for_checks().id).collect();
                let up = "../".repeat(file.matches('/').count().saturating_sub(1));
                let near =
                    || nearest_of(&id, &known).into_iter().map(|id| format!("{up}{}/{id}.md", kind.folder())).collect();
                let near = of_another_kind(path, toolkit).map_or_else(near, |there| vec![format!("{up}{there}")]);
                let why = ReferenceTrouble::unknown(near);
                (Destination::Nothing, Some(What::UnknownReference { kind: "file", id: typed.to_owned(), why }))
            }
        }
        FileKind::Audience(id) if toolkit.audience(&id).is_some() => {
            let reader = toolkit.audience(&id).map_or(Reader::GENERAL, |audience| audience.reader);
            (Destination::Link(Target::Audience(reader)), None)
        }
        FileKind::Published(path) => match toolkit.files.binary_search(&path) {
            Ok(n) => (Destination::Link(Target::File(Arc::clone(&toolkit.files[n]))), None),
            Err(_) => (Destination::Nothing, Some(missing_file(typed, &path, file, toolkit))),
        },
        _ if full.ends_with(".md") => {
            let why = ReferenceTrouble::unknown(Vec::new());
            (Destination::Nothing, Some(What::UnknownReference { kind: "file", id: typed.to_owned(), why }))
        }
        _ if meant(typed, &full, toolkit).is_some() => {
            (Destination::Nothing, Some(broken(meant(typed, &full, toolkit))))
        }
        _ => {
            let name = full.rsplit_once('/').map_or(full.as_str(), |(_, name)| name);
            let has_ending = name.contains('.');
            let problem = if has_ending { missing_file(typed, name, file, toolkit) } else { broken(None) };
            (Destination::Nothing, Some(problem))
        }
    }
}

/// The file of an item of this name that lies elsewhere: `faqs/who-pays.md` typed in a page. From `content/`.
fn of_another_kind(typed: &str, toolkit: &Toolkit) -> Option<String> {
    let name = typed.rsplit('/').next()?.strip_suffix(".md")?;
    let mut kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| toolkit.item_index(*kind, name).is_some()).collect();
    kinds.sort_by_key(|kind| !typed.split('/').any(|part| part == kind.folder()));
    kinds.first().map(|kind| format!("{}/{name}.md", kind.folder()))
}

/// What a path was meant as that leads to no file: an address of another site without its beginning, an item by its page.
fn meant(typed: &str, full: &str, toolkit: &Toolkit) -> Option<String> {
    const ENDS: [&str; 8] = [".org", ".com", ".net", ".gov", ".edu", ".us", ".info", ".io"];
    let host = typed.split(['/', '?', '#']).next().unwrap_or(typed);
    if host.starts_with("www.") || host.contains('@') {
        return None; // told as what it is
    }
    if ENDS.iter().any(|end| host.len() > end.len() && host.ends_with(end)) {
        return Some(format!("https://{typed}"));
    }
    let bare = |path: &str| {
        let path = path.trim_end_matches('/');
        path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).unwrap_or(path).to_owned()
    };
    let FileKind::Item(kind, id) = kind_of(&format!("{}.md", bare(full))) else { return None };
    let (path, anchor) = split_anchor(typed);
    let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
    toolkit.item_index(kind, &id).map(|_| format!("{}.md{anchor}", bare(path)))
}

/// That a file is not there, with the nearest one that is, typed as a link from this file would be.
fn missing_file(typed: &str, path: &str, file: &str, toolkit: &Toolkit) -> What {
    let near = nearest(path, toolkit.files.iter().map(|file| &**file)).or_else(|| {
        toolkit.files.iter().map(|file| &**file).find(|file| file.rsplit('/').next() == path.rsplit('/').next())
    });
    let depth = file.matches('/').count().saturating_sub(1);
    let near = near.map(|near| format!("{}files/{near}", "../".repeat(depth)));
    What::MissingFile { path: typed.to_owned(), near }
}

/// The path that `relative` means in the folder of `file`; `None` where it leads out of the toolkit.
fn resolve(file: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `%20` and the like taken away; what is no UTF-8 then stays as typed.
fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_read_as_a_browser_reads_them() {
        assert_eq!(scheme("JavaScript:alert(1)").unwrap().0, "javascript");
        assert_eq!(scheme("fact:a"), Some(("fact".into(), "a")));
        assert_eq!(scheme("../faqs/a.md"), None);
        assert_eq!(scheme("1a:b"), None);
        assert_eq!(scheme("a b:c"), None);
    }

    #[test]
    fn paths_cannot_leave_the_toolkit() {
        assert_eq!(resolve("content/messages/a.md", "../faqs/b.md").unwrap(), "content/faqs/b.md");
        assert_eq!(resolve("content/pages/x/a.md", "./b.md").unwrap(), "content/pages/x/b.md");
        assert_eq!(resolve("content/messages/a.md", "../../../etc/passwd"), None);
    }

    #[test]
    fn percent_signs_are_taken_away_where_they_mean_a_byte() {
        assert_eq!(percent_decoded("a%20b%C3%A9.png"), "a bé.png");
        assert_eq!(percent_decoded("100%.png"), "100%.png");
        assert_eq!(percent_decoded("%ff"), "%ff");
    }
}
