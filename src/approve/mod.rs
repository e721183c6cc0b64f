//! A role signs the words that audiences read of an item: what stands in `content/approvals.yaml` afterwards, and the words
//! beside it.
//!
//! It knows a toolkit that was read and checked, and no terminal: `cli` says in words what was signed, and why not.

mod entries;
mod names;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use entries::by_hand;
pub use names::{Named, Unknown, plain};

use crate::check::{Group, Rule, Stage};
use crate::finding::{Finding, Severity};
use crate::language::Date;
use crate::pipeline::{self, Checked};
use crate::source::{OpenError, Source, SourceFile};
use crate::toolkit::Toolkit;
use crate::toolkit::approval::Approval;
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Reader, Readers};
use crate::toolkit::text::Day;
use crate::voice::Fingerprint;
use crate::voice::sign_off::{Book, Signable, Signature, asked, sign_off};
use crate::write::{Lock, WriteError, edit};

/// Where sign-offs are kept.
pub const FILE: &str = "content/approvals.yaml";
/// Where their words are kept.
const WORDS: &str = "content/approvals";
/// How long another onevoice is waited for.
const WAIT: Duration = Duration::from_mins(1);

/// Who signs what.
#[derive(Clone, Debug)]
pub struct Request {
    /// The toolkit's folder.
    pub root: PathBuf,
    /// What is signed: all of it, or nothing.
    pub items: Vec<Wanted>,
    /// The role, as typed.
    pub by: String,
    /// For whom, as typed; all who read it, if not said.
    pub audience: Option<String>,
    /// When they signed; today, if not said.
    pub on: Option<Date>,
    /// The day it is.
    pub today: Date,
}

/// An item that is to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// As typed: `messages/safer`, or the path of its file.
    pub item: String,
    /// The version code of the words that they read, as typed; those of today, if not said.
    pub version: Option<String>,
}

/// What is signed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    /// As commands name it.
    pub item: String,
    /// The role.
    pub by: String,
    /// When.
    pub on: Date,
    /// The words that were signed now: once, with all who read them.
    pub signed: Vec<Version>,
    /// Who reads words that the role had signed before, and when that was.
    pub before: Vec<(String, Date)>,
    /// Who is still asked to sign it.
    pub open: Vec<Open>,
}

/// Words that some audiences read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Who: audiences' ids, and `general`.
    pub audiences: Vec<String>,
    /// The words, each text under its key.
    pub words: String,
    fingerprint: Fingerprint,
}

/// A role that has not signed what it is asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The role.
    pub role: String,
    /// Whether nothing is published without it.
    pub required: bool,
    /// For whom.
    pub audiences: Vec<String>,
}

/// Why nothing was signed.
#[derive(Debug)]
pub enum Refused {
    /// The toolkit's folder can't be opened.
    Open(OpenError),
    /// There are errors in what would be signed, or in what says who signs.
    Findings {
        /// The item, as typed; none where nothing could be signed.
        item: Option<String>,
        /// The errors.
        found: Vec<Finding>,
    },
    /// A name that there is not.
    Unknown(Unknown),
    /// An item of a kind that is not signed: its name.
    NotSigned(String),
    /// There is nothing to read in it yet: its name.
    NoWords(String),
    /// An audience that does not read the item.
    NotRead {
        /// The item.
        item: String,
        /// The audience.
        audience: String,
        /// Who reads it.
        readers: Vec<String>,
    },
    /// A role that is not asked to sign it: not for the audience that was named, or for nobody.
    NotAsked {
        /// The item.
        item: String,
        /// The role.
        by: String,
        /// The audience, as typed.
        audience: Option<String>,
        /// For whom it is asked to sign the item.
        asked_for: Vec<String>,
    },
    /// The words that were read are not those of today for anyone: the codes of those, by audience.
    OtherWords {
        /// The item.
        item: String,
        /// The code, as typed.
        version: String,
        /// What has this code instead.
        of: CodeOf,
        /// Who reads which words today.
        today: Vec<(String, String)>,
    },
    /// A day that is still to come.
    Future(Date),
    /// A day on which the words were other ones.
    Earlier {
        /// The item.
        item: String,
        /// The day.
        on: Date,
        /// When the words were last other ones, as far as is known.
        changed: Date,
        /// How that is known.
        by: Known,
    },
    /// The file is typed in a way that nothing can be added to without touching the rest: what is to be added.
    ByHand(Vec<Approval>),
    /// The lock or the disk.
    Write(WriteError),
}

/// What a version code belongs to that is not that of the words of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeOf {
    /// Words that somebody signed, which were kept and are no more those of the item.
    Before,
    /// Another text of today: its name, and whose.
    Other(String, String),
    /// No text that is known: a slip of the finger, the code of a whole page, or words that nobody had signed.
    Nothing,
}

/// How it is known that words have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// The item's `updated` says so.
    Updated,
    /// The same role signed other words that day.
    Signed,
}

/// An item with those of its readers whose words are signed.
struct ToSign {
    what: Signable,
    name: String,
    readers: Readers,
}

/// Signs all items, and writes it down at once; what was signed, in their order.
///
/// # Errors
/// See [`Refused`]; the sign-offs are as they were.
pub fn approve(request: &Request) -> Result<Vec<Approved>, Refused> {
    let on = request.on.unwrap_or(request.today);
    if on > request.today {
        return Err(Refused::Future(on));
    }
    // two at once take turns from before the reading until after the writing, so that none is lost
    let _lock = Lock::take(&request.root, "approve", WAIT).map_err(Refused::Write)?;
    let source = Source::read(&request.root).map_err(Refused::Open)?;
    let ask = pipeline::Request::to_check(request.root.clone(), request.today, Stage::Preview, "approve");
    let checked = pipeline::check(&source, &ask);
    let toolkit = &checked.toolkit;
    stop_for(None, &checked.findings, |finding| is_in_the_way(finding, None))?;
    let mut all: Vec<ToSign> = Vec::new();
    let mut by = request.by.as_str();
    for wanted in &request.items {
        let what = find(wanted, &checked)?;
        by = names::role(&request.by, toolkit).map_err(Refused::Unknown)?;
        let name = what.name(toolkit);
        let readers = readers(what, &name, by, request.audience.as_deref(), toolkit)?;
        if let Some(changed) = updated(what, toolkit).filter(|day| *day > on) {
            return Err(Refused::Earlier { item: wanted.item.clone(), on, changed, by: Known::Updated });
        }
        let readers = read(what, &name, readers, wanted.version.as_deref(), &checked)?;
        match all.iter_mut().find(|other| other.what == what) {
            // typed twice: with the codes of two audiences' words
            Some(other) => other.readers = other.readers.and(readers),
            None => all.push(ToSign { what, name, readers }),
        }
    }
    let book = Book::open(toolkit, &checked.voice, Key::for_checks());
    let done = all.iter().map(|it| sign(it, by, on, &checked, &book)).collect::<Result<Vec<_>, _>>()?;
    if done.iter().any(|done| !done.signed.is_empty()) {
        write(&done, &source, &request.root)?;
    }
    Ok(done)
}

/// The item that is meant, if nothing in it is in the way.
fn find(wanted: &Wanted, checked: &Checked) -> Result<Signable, Refused> {
    let (toolkit, findings) = (&checked.toolkit, &checked.findings);
    let typed = names::plain(&wanted.item);
    let what = names::item(typed, toolkit).map_err(|refused| {
        // a file that could not be read is no item
        let of_file = |finding: &Finding| *names::plain(&finding.place.file) == *typed;
        stop_for(Some(wanted), findings, of_file).err().unwrap_or(refused)
    })?;
    let its = (&*what.name(toolkit), &*file_of(what, toolkit));
    stop_for(Some(wanted), findings, |finding| is_in_the_way(finding, Some(its)))?;
    Ok(what)
}

/// What is new with the signature of a role under an item, and who is asked then.
fn sign(it: &ToSign, role: &str, on: Date, checked: &Checked, book: &Book<'_>) -> Result<Approved, Refused> {
    let (what, toolkit) = (it.what, &checked.toolkit);
    let (item, by) = (it.name.clone(), role.to_owned());
    let mut done = Approved { item, by, on, signed: Vec::new(), before: Vec::new(), open: Vec::new() };
    for reader in it.readers.iter() {
        let audience = toolkit.reader_name(reader).to_owned();
        let signature = book.signature(what, reader, role);
        if let Some(Signature::Changed { approval, .. }) = &signature
            && approval.on.0 > on
        {
            return Err(Refused::Earlier { item: done.item, on, changed: approval.on.0, by: Known::Signed });
        }
        if let Some(Signature::Signed(before)) = signature {
            done.before.push((audience, before.on.0));
        } else if let Some((words, fingerprint)) = sign_off(what, reader, toolkit, &checked.voice) {
            match done.signed.iter_mut().find(|version| version.fingerprint == fingerprint) {
                Some(version) => version.audiences.push(audience),
                None => done.signed.push(Version { audiences: vec![audience], words, fingerprint }),
            }
        }
    }
    if done.signed.is_empty() && done.before.is_empty() {
        return Err(Refused::NoWords(done.item));
    }
    done.open = open(what, it.readers, role, checked, book);
    Ok(done)
}

fn stop_for(wanted: Option<&Wanted>, findings: &[Finding], is: impl Fn(&Finding) -> bool) -> Result<(), Refused> {
    let found: Vec<Finding> =
        findings.iter().filter(|finding| finding.severity == Severity::Error && is(finding)).cloned().collect();
    let item = wanted.map(|wanted| wanted.item.clone());
    if found.is_empty() { Ok(()) } else { Err(Refused::Findings { item, found }) }
}

/// Whether an error makes unsure what is signed: in the item, in the settings, in the sign-offs, and what can't be read of a
/// profile. That something is not signed yet is no reason not to sign it.
fn is_in_the_way(finding: &Finding, item: Option<(&str, &str)>) -> bool {
    let group = Rule::find(&finding.rule).map(|rule| rule.group);
    if group == Some(Group::SignOff) {
        return false;
    }
    let file = &*finding.place.file;
    if let Some((name, path)) = item {
        return file == path || finding.item.as_deref() == Some(name);
    }
    let is_profile = file.starts_with("content/audiences/");
    file == "toolkit.yaml" || file == FILE || (is_profile && group == Some(Group::Structure))
}

fn file_of(what: Signable, toolkit: &Toolkit) -> String {
    match what {
        Signable::Item(n) => toolkit.all_items().get(n).map(|item| item.for_checks().file.to_string()),
        Signable::Ask(reader) => toolkit.audience_of(reader).map(|audience| audience.file.to_string()),
    }
    .unwrap_or_default()
}

/// Of `readers` those who read the words of this version today. A code may be longer than what pages show, or some signs shorter.
fn read(
    what: Signable,
    item: &str,
    readers: Readers,
    version: Option<&str>,
    checked: &Checked,
) -> Result<Readers, Refused> {
    let Some(version) = version else { return Ok(readers) };
    let code = version.trim().to_lowercase();
    let toolkit = &checked.toolkit;
    let mut today = Vec::new();
    let mut same = Readers::NONE;
    for reader in readers.iter() {
        let Some((_, fingerprint)) = sign_off(what, reader, toolkit, &checked.voice) else { continue };
        if code.len() >= FEWEST_SIGNS && fingerprint.to_string().starts_with(&code) {
            same = same.and(Readers::only(reader));
        }
        today.push((toolkit.reader_name(reader).to_owned(), fingerprint.code()));
    }
    if !same.is_empty() {
        return Ok(same);
    }
    let (item, version) = (item.to_owned(), version.trim().to_owned());
    Err(Refused::OtherWords { item, of: code_of(what, &code, checked), version, today })
}

/// What a version code belongs to, if not to the words of `what`.
fn code_of(what: Signable, code: &str, checked: &Checked) -> CodeOf {
    let toolkit = &checked.toolkit;
    if code.len() < FEWEST_SIGNS {
        return CodeOf::Nothing;
    }
    for other in Signable::all(toolkit) {
        for reader in other.readers(toolkit).iter() {
            let today = sign_off(other, reader, toolkit, &checked.voice);
            if today.is_some_and(|(_, fingerprint)| fingerprint.to_string().starts_with(code)) {
                // of the same item it is the version of somebody for whom the role is not asked
                return CodeOf::Other(other.name(toolkit), toolkit.reader_name(reader).to_owned());
            }
        }
    }
    let name = what.name(toolkit);
    let key = Key::for_checks();
    let given = toolkit.approvals.open(key).iter().filter(|given| *given.item == *name).map(|given| &*given.text);
    let kept = toolkit.kept_words.open(key).iter().map(|kept| &*kept.fingerprint);
    if given.chain(kept).any(|print| print.starts_with(code)) { CodeOf::Before } else { CodeOf::Nothing }
}

/// Of a version code so many signs have to be typed: pages show seven.
const FEWEST_SIGNS: usize = 4;

/// When an item says that it was changed.
fn updated(what: Signable, toolkit: &Toolkit) -> Option<Date> {
    match what {
        Signable::Item(n) => toolkit.all_items().get(n)?.for_checks().updated,
        Signable::Ask(_) => None,
    }
}

/// Whose words are signed: of all who read them, those for whom the role is asked.
fn readers(what: Signable, item: &str, role: &str, typed: Option<&str>, toolkit: &Toolkit) -> Result<Readers, Refused> {
    let all = what.readers(toolkit);
    let named = |readers: Readers| readers.iter().map(|reader| toolkit.reader_name(reader).to_owned()).collect();
    let is_asked = |reader: &Reader| asked(*reader, toolkit).iter().any(|asked| asked.role == role);
    let asked_for = all.iter().filter(is_asked).fold(Readers::NONE, |all, reader| all.and(Readers::only(reader)));
    let signed = match typed {
        None => asked_for,
        Some(typed) => {
            let reader = names::reader(typed, toolkit).map_err(Refused::Unknown)?;
            if !all.has(reader) {
                let (item, audience) = (item.to_owned(), typed.to_owned());
                return Err(Refused::NotRead { item, audience, readers: named(all) });
            }
            if asked_for.has(reader) { Readers::only(reader) } else { Readers::NONE }
        }
    };
    if signed.is_empty() {
        let (item, by, audience) = (item.to_owned(), role.to_owned(), typed.map(str::to_owned));
        return Err(Refused::NotAsked { item, by, audience, asked_for: named(asked_for) });
    }
    Ok(signed)
}

/// Who is still asked, once `role` has signed for `readers`: the required roles first.
fn open(what: Signable, readers: Readers, role: &str, checked: &Checked, book: &Book<'_>) -> Vec<Open> {
    let toolkit = &checked.toolkit;
    let mut all: Vec<Open> = Vec::new();
    for reader in what.readers(toolkit).iter() {
        for asked in asked(reader, toolkit) {
            let signs_now = asked.role == role && readers.has(reader);
            if signs_now || matches!(book.signature(what, reader, asked.role), None | Some(Signature::Signed(_))) {
                continue;
            }
            let audience = toolkit.reader_name(reader).to_owned();
            if let Some(open) = all.iter_mut().find(|open| open.role == asked.role) {
                open.audiences.push(audience);
            } else {
                all.push(Open { role: asked.role.to_owned(), required: asked.required, audiences: vec![audience] });
            }
        }
    }
    all.sort_by_key(|open| !open.required);
    all
}

/// The words first: a sign-off whose words are missing could never say what changed.
fn write(done: &[Approved], source: &Source, root: &Path) -> Result<(), Refused> {
    let new: Vec<Approval> = done.iter().flat_map(approvals).collect();
    let there = source.get(FILE);
    let text = match there.map(|file| file.text()) {
        None => entries::new_file(&new),
        Some(text) => match text.and_then(|text| entries::add(text, &new)) {
            Some(text) => text,
            None => return Err(Refused::ByHand(new)),
        },
    };
    let mut kept = BTreeSet::new();
    for version in done.iter().flat_map(|done| &done.signed) {
        // two items may say the same
        if kept.insert(version.fingerprint.to_string()) {
            keep_words(version, source, root)?;
        }
    }
    let written = match there {
        None => edit::create_new(root, Path::new(FILE), text.as_bytes()),
        Some(file) => {
            let was = bytes(file);
            let mark = was.len() - file.text().map_or(0, |text| text.len());
            let now = [was.get(..mark).unwrap_or_default(), text.as_bytes()].concat();
            edit::replace_if_same(root, Path::new(FILE), &was, &now)
        }
    };
    written.map_err(Refused::Write)
}

/// As they stand in the file.
fn approvals(done: &Approved) -> impl Iterator<Item = Approval> {
    done.signed.iter().flat_map(|version| {
        version.audiences.iter().map(|audience| Approval {
            item: done.item.as_str().into(),
            audience: audience.as_str().into(),
            by: done.by.as_str().into(),
            on: Day(done.on),
            text: version.fingerprint.to_string().into(),
        })
    })
}

/// Keeps the words of a version, where they are not kept yet.
fn keep_words(version: &Version, source: &Source, root: &Path) -> Result<(), Refused> {
    let path = format!("{WORDS}/{}.txt", version.fingerprint);
    let written = match source.get(&path) {
        None => edit::create_new(root, Path::new(&path), version.words.as_bytes()),
        Some(file) => match file.text() {
            Some(kept) if Fingerprint::of_text(kept) == version.fingerprint => return Ok(()),
            _ => edit::replace_no_link(root, Path::new(&path), version.words.as_bytes()),
        },
    };
    written.map_err(Refused::Write)
}

/// The bytes of a file on the disk. Its picture has no byte order mark, but knows the fingerprint of the bytes.
fn bytes(file: &SourceFile) -> Vec<u8> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let text = file.text().map_or(&[][..], |text| text.as_bytes());
    let marked = [MARK, text].concat();
    if blake3::hash(&marked) == file.hash { marked } else { text.to_vec() }
}
