//! Files that are published as they are: a theme's, and those of `content/files/` that something shown names.

use std::sync::Arc;

use crate::plan::Plan;
use crate::render::{Theme, picture};
use crate::source::Source;
use crate::toolkit::Toolkit;
use crate::write::{Staging, WriteError};

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
                let bytes = source.asset_bytes(path).map_err(|error| WriteError::reading(path, error))?;
                staging.put(&self.path, &picture::strip(&bytes).bytes)
            }
        }
    }
}
