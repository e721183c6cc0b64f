//! Files that are published as they are: a theme's, and those of `content/files/` that something shown names.

use std::sync::Arc;

use crate::plan::Plan;
use crate::render::{Theme, picture};
use crate::source::Source;
use crate::toolkit::Toolkit;
use crate::write::{Doing, Staging, WriteError};

/// A file to be published.
pub(super) struct Asset {
    /// Its path in the site.
    pub(super) path: String,
    from: From,
}

enum From {
    /// Bytes at hand.
    Bytes(Arc<[u8]>),
    /// A file of the toolkit, by its path there.
    Toolkit(String),
}

/// All files of a site that are no pages.
pub(super) fn of(toolkit: &Toolkit, plan: &Plan, theme: &Theme) -> Vec<Asset> {
    let themes = theme
        .files
        .iter()
        .map(|(name, asset)| Asset { path: format!("assets/{name}"), from: From::Bytes(Arc::clone(&asset.bytes)) });
    let files = plan
        .used
        .files
        .iter()
        .map(|file| Asset { path: format!("files/{file}"), from: From::Toolkit(format!("content/files/{file}")) });
    let included = toolkit.settings.publish.include.iter().filter_map(|typed| {
        let file = crate::plan::published(toolkit, typed)?;
        let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
        Some(Asset { path: name, from: From::Toolkit(format!("content/files/{file}")) })
    });
    themes.chain(files).chain(included).collect()
}

impl Asset {
    /// Writes the file; pictures without what their camera wrote into them.
    pub(super) fn write(&self, source: &Source, staging: &Staging) -> Result<(), WriteError> {
        match &self.from {
            From::Bytes(bytes) => staging.put(&self.path, bytes),
            From::Toolkit(path) => {
                let failed = |error| WriteError::Failed { doing: Doing::Read, path: path.into(), error };
                let gone = || failed(std::io::ErrorKind::NotFound.into());
                let file = source.get(path).ok_or_else(gone)?;
                let bytes = source.asset_bytes(&file.path).map_err(failed)?;
                staging.put(&self.path, &picture::strip(&bytes).bytes)
            }
        }
    }
}
