//! All files of a site, each made when it is asked for: a build writes them, a preview shows them. Both have them from
//! here, so that they are the same to the byte.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Checked, prints};
use crate::finding::Problem;
use crate::plan::{Page, PageKind};
use crate::render::{Address, Cards, Prints, Site, Theme, picture, redirect};
use crate::source::Source;

/// The files of a site that is made from a checked toolkit.
pub struct Files<'a> {
    site: Site<'a>,
    source: &'a Source,
    checked: &'a Checked,
    root: &'a Path,
    address: &'a Address,
    root_path: String,
    styles: Vec<(String, String)>,
    /// All but the pages, which come first and are the plan's.
    others: Vec<(String, Made)>,
    /// Their places among the others.
    numbers: HashMap<String, usize>,
}

/// What a file is made from.
#[derive(Clone)]
enum Made {
    /// The old address with this number in the plan.
    Redirect(usize),
    /// A machine file.
    Machine(&'static str),
    /// Bytes of the theme.
    Theme(Arc<[u8]>),
    /// A file of the toolkit, by its path there; a picture without what its camera wrote into it.
    Toolkit(String),
    /// Bytes that were printed or drawn.
    Print(Arc<[u8]>),
}

/// Why a file could not be made.
#[derive(Debug)]
pub enum Trouble {
    /// Its template.
    Template(Problem),
    /// The file it is made from can't be read.
    Read {
        /// That file, from the toolkit's folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl<'a> Files<'a> {
    /// Lists the files; none is made yet. `root` is the toolkit's folder, or empty. What is printed is among them where
    /// it was made with the check; else it is to be asked for with [`Files::print`].
    #[must_use]
    pub fn new(source: &'a Source, checked: &'a Checked, root: &'a Path, address: &'a Address, theme: Theme) -> Self {
        let (toolkit, plan) = (&checked.toolkit, &checked.plan);
        let mut all = Vec::new();
        all.extend(plan.redirects.iter().enumerate().map(|(n, it)| (it.file.to_string(), Made::Redirect(n))));
        let assets: Vec<_> = theme
            .files
            .iter()
            .map(|(name, asset)| (format!("assets/{name}"), Made::Theme(Arc::clone(&asset.bytes))))
            .collect();
        let is_style = |name: &&String| name.ends_with(".css");
        let styles = theme.files.keys().filter(is_style).map(|name| (name.clone(), theme.files[name].version.clone()));
        let styles = styles.collect();
        let site = Site::new(toolkit, &checked.voice, plan, &checked.view, address, theme);
        if let Some(prints) = &checked.prints {
            site.set_prints(prints.listing.clone());
            all.extend(prints.files.iter().map(|(path, bytes)| (path.clone(), Made::Print(Arc::clone(bytes)))));
        }
        all.extend(site.machine_paths().into_iter().map(|path| (path.to_owned(), Made::Machine(path))));
        all.extend(assets);
        let files = plan.used.files.iter();
        all.extend(files.map(|file| (format!("files/{file}"), Made::Toolkit(format!("content/files/{file}")))));
        all.extend(toolkit.settings.publish.include.iter().filter_map(|typed| {
            let file = crate::plan::published(toolkit, typed)?;
            let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
            Some((name, Made::Toolkit(format!("content/files/{file}"))))
        }));
        let numbers = all.iter().enumerate().map(|(n, (path, _))| (path.clone(), n)).collect();
        Self {
            site,
            source,
            checked,
            root,
            address,
            root_path: address.root_path().to_owned(),
            styles,
            others: all,
            numbers,
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.checked.plan.pages.len() + self.others.len()
    }

    /// Whether there is none; there is always a home page.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Their paths, from the root, by number.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let pages = self.checked.plan.pages.iter().map(|page| &*page.file);
        pages.chain(self.others.iter().map(|(path, _)| path.as_str()))
    }

    /// The path of a file by its number.
    #[must_use]
    pub fn path(&self, n: usize) -> Option<&str> {
        match self.page(n) {
            Some(page) => Some(&page.file),
            None => self.other(n).map(|(path, _)| path.as_str()),
        }
    }

    /// The number of the file at a path.
    #[must_use]
    pub fn number(&self, path: &str) -> Option<usize> {
        let plan = &self.checked.plan;
        plan.page_in(path).or_else(|| self.numbers.get(path).map(|n| plan.pages.len() + n))
    }

    /// The path of the site's root on its host: `/` or `/a/b/`.
    #[must_use]
    pub fn root_path(&self) -> &str {
        &self.root_path
    }

    /// The theme's style sheets by their path below `assets/`, with their versions.
    #[must_use]
    pub fn styles(&self) -> &[(String, String)] {
        &self.styles
    }

    /// The page that a file is, if it is one.
    #[must_use]
    pub fn page(&self, n: usize) -> Option<&'a Page> {
        self.checked.plan.pages.get(n)
    }

    fn other(&self, n: usize) -> Option<&(String, Made)> {
        self.others.get(n.checked_sub(self.checked.plan.pages.len())?)
    }

    /// Makes what several files share: for whoever is about to make all of them.
    pub fn prepare(&self) {
        self.site.prepare();
    }

    /// Makes a file; its bytes are added to `out`.
    ///
    /// # Errors
    /// Its template, or the file that it is made from.
    pub fn make(&self, n: usize, out: &mut Vec<u8>) -> Result<(), Trouble> {
        let plan = &self.checked.plan;
        if let Some(page) = self.page(n) {
            if page.kind == PageKind::Handouts && self.checked.prints.is_none() {
                self.list_prints();
            }
            return self.site.make(page, out).map_err(Trouble::Template);
        }
        match self.other(n).map(|(_, made)| made) {
            None => {}
            Some(Made::Redirect(n)) => {
                out.extend(plan.redirects.get(*n).map(|it| redirect(it, &self.site)).unwrap_or_default());
            }
            Some(Made::Machine(path)) => out.extend(self.site.machine(path).bytes),
            Some(Made::Theme(bytes) | Made::Print(bytes)) => out.extend_from_slice(bytes),
            Some(Made::Toolkit(path)) => {
                let failed = |error| Trouble::Read { path: path.into(), error };
                let gone = || failed(io::ErrorKind::NotFound.into());
                let file = self.source.get(path).ok_or_else(gone)?;
                let bytes = self.source.asset_bytes(&file.path).map_err(failed)?;
                out.extend_from_slice(&picture::strip(&bytes).bytes);
            }
        }
        Ok(())
    }
}

/// The files that are printed or drawn and were not made with the check.
impl Files<'_> {
    /// The one at `path`, made now; `None` where there is none. A layout that fails is told by a build.
    #[must_use]
    pub fn print(&self, path: &str) -> Option<Arc<[u8]>> {
        let base_url = self.address.base_url.as_deref();
        prints::at(path, self.source, self.root, base_url, &self.site).ok().flatten()
    }

    /// Makes them all, since the page that lists them says how large they are. The pages name no cards: those that were
    /// made before this would have to be made again.
    fn list_prints(&self) {
        let (made, _) = prints::make(self.source, self.root, self.address.base_url.as_deref(), &self.site);
        self.site.set_prints(Prints { cards: Cards::default(), ..made.listing });
    }
}
