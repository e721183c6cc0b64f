//! Publishing without fear: what would change for readers is told first, and nothing becomes public unseen.
//!
//! ```text
//! Place::open   where the site goes, and whether this edition may go there
//! prepare       check, make the site in memory, compare it with what was published last
//!               (the caller shows that, and asks where something becomes public for the first time)
//! Prepared::publish   write it, all or nothing; offer the host's files; keep what was published
//! ```
//! It knows the pipeline and `write`, and no terminal.

mod archive;
pub mod changes;
pub mod hosts;
mod place;
mod published;
mod record;

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

pub use changes::Changes;
pub use hosts::Host;
pub use place::{Barred, Place, To};
pub use record::Book;

use crate::finding::{Finding, Severity};
use crate::pipeline::{self, Checked, Made, Request, Stop};
use crate::plan::address;
use crate::toolkit::edition::Edition;
use crate::toolkit::id::Kind;
use crate::write::{WriteError, Written, edit, single};
use changes::New;
use hosts::About;
use place::{Before, Site};
use published::{Bodies, Published};
use record::{Known, Last};

/// A site that is ready to be published, and what that would change.
#[derive(Debug)]
pub struct Prepared {
    /// Where it goes.
    pub place: Place,
    /// What would change.
    pub changes: Changes,
    /// The day of the last publish there, where it is known.
    pub last: Option<String>,
    /// Whether the last publish there was on another day.
    pub is_another_day: bool,
    /// Whether nothing was ever published there.
    pub is_first: bool,
    /// The host's files.
    pub offers: Vec<Offer>,
    /// The path of the site on its host: `/` or `/a/b/`.
    pub root: String,
    /// Whether the host gets, or has, the file that it can do without.
    pub with_workflow: bool,
    edition: Edition,
    made: Made,
    /// The words of its free pages, to be kept for the next publish.
    bodies: Bodies,
    /// What is public there afterwards, or was before.
    ever: BTreeSet<String>,
}

/// A file that the host wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// From the site's root.
    pub path: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// What it says.
    pub text: String,
    /// Whether it is there already, and is left alone.
    pub is_there: bool,
}

/// What came of a publish.
#[derive(Debug)]
pub struct Done {
    /// How many pages the site has.
    pub pages: usize,
    /// How many files there are now, those of others too.
    pub files: usize,
    /// How a folder was written; none for a ZIP file.
    pub written: Option<Written>,
    /// The host's files that were written.
    pub offered: Vec<&'static str>,
    /// What could not be written after the site: a host's file, or what is kept for the next publish.
    pub trouble: Vec<WriteError>,
}

/// Makes the site and compares it. `None` where a finding is an error. Nothing is written.
///
/// # Errors
/// What stops a build: see [`pipeline::make`].
pub fn prepare(
    place: Place,
    host: &Host,
    with_workflow: bool,
    request: &Request,
    book: &Book,
) -> Result<(Vec<Finding>, Option<Prepared>), Stop> {
    let (checked, made) = pipeline::make(request)?;
    let Some(made) = made.filter(|_| checked.findings.iter().all(|found| found.severity != Severity::Error)) else {
        return Ok((checked.findings, None));
    };
    let mut before = place.before(request, book);
    let mut after = made.files().get("toolkit.json").and_then(|bytes| Published::read(bytes)).unwrap_or_default();
    let bodies = published::bodies(&checked);
    if let Some(old) = before.bodies.take() {
        before.published.add(&old);
        after.add(&bodies);
    }
    let changes = compare(&before, &after, &made);
    let about = about(&checked, request);
    let mut ever = before.ever;
    ever.extend(after.things.into_iter().map(|thing| thing.name));
    ever.extend(own_files(&made).cloned());
    let has = |path: &str| matches!(&place.site, Site::Folder(target) if target.has(path));
    let prepared = Prepared {
        with_workflow: with_workflow || host.files.iter().any(|file| file.asked && has(file.path)),
        offers: offers(host, &about, with_workflow, &place, &made),
        is_another_day: before.on.as_ref().is_some_and(|day| *day != request.today.to_string()),
        is_first: before.manifest.is_none() && before.on.is_none(),
        last: before.on,
        root: about.root,
        edition: request.edition,
        place,
        changes,
        made,
        bodies,
        ever,
    };
    Ok((checked.findings, Some(prepared)))
}

fn compare(before: &Before, after: &Published, made: &Made) -> Changes {
    let mut changes = changes::things(&before.published, after, |name| before.ever.contains(name));
    let was = |file: &&String| {
        let manifest = before.manifest.iter().flat_map(|manifest| &manifest.files);
        before.ever.contains(*file) || manifest.into_iter().any(|(path, _)| **path == ***file)
    };
    let new = own_files(made).filter(|file| !was(file));
    changes.first.extend(new.map(|file| New { name: file.clone(), title: String::new(), audiences: Vec::new() }));
    let there = before.stands.as_ref().or(before.manifest.as_ref());
    changes.files = changes::files(there, &made.manifest());
    if let (Some(published), Some(stands)) = (&before.manifest, &before.stands) {
        changes.by_others = changes::by_others(published, stands);
    }
    changes
}

/// The files of the writer's own that are public with the site, by their paths in it.
fn own_files(made: &Made) -> impl Iterator<Item = &String> {
    made.files().keys().filter(|path| path.starts_with("files/"))
}

fn about(checked: &Checked, request: &Request) -> About {
    let base_url = request.base_url.as_deref().or(checked.toolkit.settings.base_url.as_deref());
    let encoded = |path: &str| {
        let mut out = String::new();
        address::encode(path, &mut out);
        out
    };
    let redirects = checked.plan.redirects.iter().map(|redirect| {
        let from = redirect.file.strip_suffix("index.html").unwrap_or(&redirect.file);
        (encoded(from), encoded(&redirect.to))
    });
    let root = crate::render::Address::new(base_url, false).root_path().to_owned();
    About { root, redirects: redirects.collect() }
}

fn offers(host: &Host, about: &About, with_workflow: bool, place: &Place, made: &Made) -> Vec<Offer> {
    let mut all = Vec::new();
    for (offered, text) in host.offers(about, with_workflow) {
        let there = made.files().contains_key(offered.path)
            || match &place.site {
                Site::Folder(target) => target.has(offered.path),
                Site::Zip(packed) => packed.iter().any(|zip| zip.beside.iter().any(|(name, _)| name == offered.path)),
            };
        all.push(Offer { path: offered.path, purpose: offered.purpose, text, is_there: there });
    }
    all
}

impl Prepared {
    /// Whether something would be public for the first time, which nobody has agreed to yet.
    #[must_use]
    pub fn needs_consent(&self) -> bool {
        self.edition == Edition::Public && !self.changes.first.is_empty()
    }

    /// Whether the site is for everyone.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.edition == Edition::Public
    }

    /// Writes the site, then the host's files, and keeps what was published.
    ///
    /// # Errors
    /// The site could not be written: what was there is there. What goes wrong after that is in [`Done::trouble`].
    pub fn publish(&self, request: &Request) -> Result<Done, WriteError> {
        let mut done = match &self.place.site {
            Site::Folder(target) => {
                let offers = self.offers.iter().filter(|offer| !offer.is_there);
                let beside: Vec<(&str, &[u8])> = offers.map(|offer| (offer.path, offer.text.as_bytes())).collect();
                let written = self.made.write(target, request, &beside)?;
                let files = self.made.files().len() + 1 + written.carried + written.beside.len();
                let is_new = |path: &&'static str| written.beside.iter().any(|added| added == path);
                let offered = self.offers.iter().map(|offer| offer.path).filter(is_new).collect();
                Done { pages: 0, files, written: Some(written), offered, trouble: Vec::new() }
            }
            Site::Zip(packed) => {
                let beside = packed.as_ref().map_or(&[][..], |packed| &packed.beside);
                let files = self.pack(beside, request)?;
                let offered = self.offers.iter().filter(|offer| !offer.is_there).map(|offer| offer.path).collect();
                Done { pages: 0, files, written: None, offered, trouble: Vec::new() }
            }
        };
        done.pages = self.made.pages();
        if matches!(self.place.site, Site::Folder(_)) {
            self.offer(&mut done);
        }
        let known = Known {
            place: self.place.name.clone(),
            path: self.place.path.clone(),
            edition: self.edition.name().to_owned(),
            on: request.today.to_string(),
            ever: self.ever.clone(),
        };
        let data = self.made.files().get("toolkit.json").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let last =
            Last { data: data.unwrap_or_default(), manifest: self.made.manifest().text(), bodies: self.bodies.clone() };
        done.trouble.extend(Book::note(&request.root, known, &last).err());
        Ok(done)
    }

    /// Writes the host's files where they could not come with the site: a mount is written file by file.
    fn offer(&self, done: &mut Done) {
        let offers = self.offers.iter().filter(|offer| !offer.is_there);
        for offer in offers.filter(|offer| !done.offered.contains(&offer.path)).collect::<Vec<_>>() {
            match edit::create_new(&self.place.path, Path::new(offer.path), offer.text.as_bytes()) {
                Ok(()) => {
                    done.files += 1;
                    done.offered.push(offer.path);
                }
                Err(WriteError::Failed { error, .. }) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => done.trouble.push(error),
            }
        }
    }

    /// Packs the site with its manifest and the host's files; how many there are.
    fn pack(&self, beside: &[(String, Vec<u8>)], request: &Request) -> Result<usize, WriteError> {
        let manifest = self.made.manifest().text();
        let site = self.made.files();
        let mut files: Vec<(&str, &[u8])> =
            site.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
        files.push((crate::write::MANIFEST, manifest.as_bytes()));
        files.extend(
            beside
                .iter()
                .filter(|(name, _)| !site.contains_key(name))
                .map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
        );
        let offers = self.offers.iter().filter(|offer| !offer.is_there);
        files.extend(offers.map(|offer| (offer.path, offer.text.as_bytes())));
        files.sort_unstable_by_key(|(path, _)| *path);
        let lock = pipeline::lock(request)?;
        self.place.is_as_it_was()?;
        single::replace(&self.place.path, &lock, |file| archive::pack(files.iter().copied(), file))?;
        Ok(files.len())
    }
}

/// What would be public for the first time at a place with the next publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// `host netlify`, `folder /srv/site`.
    pub place: String,
    /// The day of the last publish there; none where there was none.
    pub last: Option<String>,
    /// The items, facts, audiences, members, words and files.
    pub items: Vec<String>,
}

/// What is waiting to be public in a checked toolkit, for each place that the public edition was published to; where
/// there is none yet, for the toolkit's host.
#[must_use]
pub fn waiting(root: &Path, checked: &Checked) -> Vec<Waiting> {
    let names = public_names(checked);
    let book = Book::open(root);
    let new = |ever: &BTreeSet<String>| names.iter().filter(|name| !ever.contains(*name)).cloned().collect();
    let known = book.places.iter().filter(|known| known.edition == Edition::Public.name());
    let known = known.map(|known| Waiting {
        place: known.place.clone(),
        last: Some(known.on.clone()),
        items: new(&known.ever),
    });
    let mut all: Vec<Waiting> = known.collect();
    if all.is_empty() {
        let host = checked.toolkit.settings.publish.host.as_deref().unwrap_or(Host::none().name);
        all.push(Waiting { place: format!("host {host}"), last: None, items: new(&BTreeSet::new()) });
    }
    all
}

/// The names of all that the site of a checked toolkit shows, as a publish lists them.
fn public_names(checked: &Checked) -> Vec<String> {
    let toolkit = &checked.toolkit;
    let mut names: Vec<String> = Vec::new();
    for kind in Kind::ALL {
        let shown = toolkit.items(kind).iter().filter_map(|item| item.for_view(&checked.view).ok());
        names.extend(shown.map(crate::toolkit::item::Item::name));
    }
    let facts = checked.plan.used.facts.iter().filter_map(|n| toolkit.facts.get(*n as usize));
    names.extend(facts.map(|fact| format!("facts/{}", fact.id)));
    names.extend(toolkit.audiences.iter().map(|audience| format!("audiences/{}", audience.id)));
    names.extend(toolkit.partners.iter().map(|partner| format!("partners/{}", partner.id)));
    let terms = toolkit.terms.iter().filter(|term| term.is_shown(&checked.view));
    names.extend(terms.map(|term| format!("terms/{}", term.id.as_deref().unwrap_or_default())));
    names.extend(checked.plan.used.files.iter().map(|file| format!("files/{file}")));
    names
}
