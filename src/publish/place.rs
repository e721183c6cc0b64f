//! Where a site goes: whether it may, and what was published there before.
//!
//! Each place has one edition, for ever. What the place itself says counts, and what is kept of it: so neither a removed
//! manifest nor another way to the same folder gets round it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::archive::{self, Packed};
use super::hosts::{self, Host};
use super::published::{Bodies, Published};
use super::record::{Book, Last};
use crate::pipeline::Request;
use crate::write::{Fingerprint, Holds, Manifest, Refusal, Target, WriteError, single, sites_around};

/// Where a site is to go, as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// This folder.
    Folder(PathBuf),
    /// This ZIP file.
    Zip(PathBuf),
    /// The output folder of builds, from which a host takes it.
    Usual,
}

/// A place that is free for the edition.
#[derive(Debug)]
pub struct Place {
    /// What the record calls it: `folder /srv/site`, `zip /srv/site.zip`, `host netlify`.
    pub name: String,
    /// The folder or file, after all links.
    pub path: PathBuf,
    pub(super) site: Site,
    /// Whether what stands there is what readers have: a folder that builds write to too is not.
    pub(super) is_out: bool,
}

/// What stands at a place.
#[derive(Debug)]
pub(super) enum Site {
    Folder(Target),
    Zip(Option<Packed>),
}

/// Why a place is not free.
#[derive(Debug)]
pub enum Barred {
    /// No site may go there at all.
    Refused(Refusal),
    /// The file there can't be replaced.
    File {
        /// The ZIP file.
        path: PathBuf,
        /// What is wrong with it.
        error: io::Error,
    },
    /// The ZIP file holds something that onevoice did not write.
    Foreign {
        /// The ZIP file.
        path: PathBuf,
        /// What it holds.
        name: String,
    },
    /// The other edition is or was there, or around it.
    Edition {
        /// The folder or file with the other edition.
        place: PathBuf,
        /// Which edition that is.
        there: String,
    },
    /// A site with drafts is there.
    Drafts {
        /// The folder.
        path: PathBuf,
    },
}

/// What was published at a place before.
#[derive(Clone, Debug, Default)]
pub(super) struct Before {
    /// The day, where it is known.
    pub(super) on: Option<String>,
    pub(super) published: Published,
    /// The words of its free pages, where they were kept and it is still the site that was published from here.
    pub(super) bodies: Option<Bodies>,
    pub(super) manifest: Option<Manifest>,
    /// What really stands there of the files that the manifest lists; none where nobody else can have changed them.
    pub(super) stands: Option<Manifest>,
    /// What was ever there, by name.
    pub(super) ever: BTreeSet<String>,
}

impl Place {
    /// Looks at the place that was asked for. Nothing is changed.
    ///
    /// # Errors
    /// It is not free for this edition.
    pub fn open(to: &To, host: &Host, request: &Request, book: &Book) -> Result<Self, Barred> {
        let (root, home) = (&request.root, request.home.as_deref());
        let usual = request.output();
        let place = match to {
            To::Zip(file) => {
                let path = single::place(file, root, home).map_err(Barred::Refused)?;
                bar(&path, request, book)?;
                let packed = archive::look(&path).map_err(|error| Barred::File { path: path.clone(), error })?;
                Self { name: format!("zip {}", path.display()), path, site: Site::Zip(packed), is_out: true }
            }
            To::Folder(_) | To::Usual => {
                let folder = if let To::Folder(folder) = to { folder } else { &usual };
                let target = Target::open(folder, root, home).map_err(Barred::Refused)?;
                let path = target.path().to_owned();
                bar(&path, request, book)?;
                let is_usual = Target::open(&usual, root, home).is_ok_and(|usual| usual.path() == path);
                let name = match to {
                    To::Usual => format!("host {}", host.name),
                    _ => format!("folder {}", path.display()),
                };
                Self { name, path, site: Site::Folder(target), is_out: !is_usual }
            }
        };
        place.check_holds(request)?;
        Ok(place)
    }

    fn holds(&self) -> Option<&Holds> {
        match &self.site {
            Site::Folder(target) => target.holds(),
            Site::Zip(packed) => packed.as_ref().map(|packed| &packed.manifest.holds),
        }
    }

    fn check_holds(&self, request: &Request) -> Result<(), Barred> {
        if let Some(holds) = self.holds() {
            if holds.edition != request.edition.name() {
                return Err(Barred::Edition { place: self.path.clone(), there: holds.edition.clone() });
            }
            if holds.drafts {
                return Err(Barred::Drafts { path: self.path.clone() });
            }
        }
        if let Site::Zip(Some(packed)) = &self.site
            && let Some((name, _)) = packed.beside.iter().find(|(name, _)| !hosts::wants(name))
        {
            return Err(Barred::Foreign { path: self.path.clone(), name: name.clone() });
        }
        Ok(())
    }

    /// Fails if another site was packed into the ZIP file since it was looked at.
    pub(super) fn is_as_it_was(&self) -> Result<(), WriteError> {
        let Site::Zip(before) = &self.site else { return Ok(()) };
        let now = archive::look(&self.path).ok().flatten();
        let same = now.as_ref().map(|zip| &zip.manifest.holds) == before.as_ref().map(|zip| &zip.manifest.holds);
        if same { Ok(()) } else { Err(WriteError::Changed { path: self.path.clone() }) }
    }

    /// What was published here last, and ever.
    pub(super) fn before(&self, request: &Request, book: &Book) -> Before {
        let known = book.find(&self.name);
        let last = Last::open(&request.root, &self.name).filter(|_| known.is_some());
        let (data, manifest) = match &self.site {
            Site::Folder(target) if self.is_out => {
                (target.read("toolkit.json", 64 << 20), target.manifest().ok().flatten())
            }
            Site::Zip(packed) => {
                packed.as_ref().map_or((None, None), |packed| (packed.data.clone(), Some(packed.manifest.clone())))
            }
            Site::Folder(_) => last.as_ref().map_or((None, None), |last| {
                (Some(last.data.clone().into_bytes()), Manifest::parse(&last.manifest).ok())
            }),
        };
        let same = |last: &Last| manifest.as_ref().is_some_and(|manifest| manifest.text() == last.manifest);
        let last = last.filter(same);
        // where somebody else has written over it, what was published from here is known better
        let data = data.filter(|data| last.is_none() || is_as_listed(manifest.as_ref(), "toolkit.json", data));
        let read = |bytes: Option<&[u8]>| bytes.and_then(Published::read);
        let published = read(data.as_deref()).or_else(|| read(last.as_ref().map(|last| last.data.as_bytes())));
        let published = published.unwrap_or_default();
        let bodies = last.map(|last| last.bodies);
        let stands = match &self.site {
            Site::Folder(target) if self.is_out => manifest.as_ref().map(|manifest| standing(manifest, target)),
            Site::Folder(_) | Site::Zip(_) => None,
        };
        let mut ever: BTreeSet<String> = known.map(|known| known.ever.clone()).unwrap_or_default();
        ever.extend(published.things.iter().map(|thing| thing.name.clone()));
        Before { on: known.map(|known| known.on.clone()), published, bodies, manifest, stands, ever }
    }
}

/// Of the files that a manifest lists those that stand there, with the fingerprints that they have now.
fn standing(manifest: &Manifest, target: &Target) -> Manifest {
    let files = manifest.files.iter().filter_map(|(path, _)| Some((path.clone(), target.print(path)?)));
    Manifest { holds: manifest.holds.clone(), files: files.collect() }
}

fn is_as_listed(manifest: Option<&Manifest>, path: &str, bytes: &[u8]) -> bool {
    let listed = manifest.and_then(|manifest| manifest.files.iter().find(|(listed, _)| **listed == *path));
    listed.is_some_and(|(_, print)| *print == Fingerprint::of(bytes))
}

/// Fails if the other edition is, or was ever, at this path, around it or below it: what lies in a public folder is
/// public, whatever it calls itself.
fn bar(path: &Path, request: &Request, book: &Book) -> Result<(), Barred> {
    let edition = request.edition.name();
    let around = sites_around(path).into_iter().map(|(path, holds)| (path, holds.edition));
    let known = book.places.iter().filter_map(|known| {
        let place = &known.path;
        (path.starts_with(place) || place.starts_with(path)).then(|| (place.clone(), known.edition.clone()))
    });
    match around.chain(known).find(|(_, there)| there != edition) {
        Some((place, there)) => Err(Barred::Edition { place, there }),
        None => Ok(()),
    }
}
