//! The site as a ZIP file: the same site gives the same bytes, whoever packs it and when.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::write::{MANIFEST, Manifest, open_plain};

/// No `toolkit.json` and no manifest comes near.
const MOST: u64 = 64 << 20;

/// What a ZIP holds that stands where the next one is to go.
#[derive(Debug)]
pub struct Packed {
    /// Its manifest.
    pub manifest: Manifest,
    /// Its `toolkit.json`.
    pub data: Option<Vec<u8>>,
    /// Files at its root that are in no manifest, with their bytes: what a host wants, perhaps edited since.
    pub beside: Vec<(String, Vec<u8>)>,
}

/// Packs these files, each under its path, in the order given: by path, so that equal sites are equal files.
///
/// # Errors
/// Every failed call.
pub fn pack<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>, to: &mut File) -> io::Result<()> {
    // times and rights are ours to say, or they would be those of the moment and the machine
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(BufWriter::new(to));
    for (path, bytes) in files {
        zip.start_file(path, options).map_err(other)?;
        zip.write_all(bytes)?;
    }
    zip.finish().map_err(other)?.flush()
}

fn other(error: zip::result::ZipError) -> io::Error {
    match error {
        zip::result::ZipError::Io(error) => error,
        error => io::Error::other(error),
    }
}

/// Looks into the ZIP at `path`; `None` where nothing is.
///
/// # Errors
/// It can't be read, or is no ZIP that onevoice packed: then what it holds is not ours to replace.
pub fn look(path: &Path) -> io::Result<Option<Packed>> {
    let Some(file) = open_plain(path)? else { return Ok(None) };
    let not_ours = || io::Error::other("it is no ZIP file that onevoice wrote");
    let mut zip = ZipArchive::new(io::BufReader::new(file)).map_err(|_| not_ours())?;
    let text = read(&mut zip, MANIFEST)?.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(not_ours)?;
    let manifest = Manifest::parse(&text).map_err(|_| not_ours())?;
    let data = read(&mut zip, "toolkit.json")?;
    let ours: BTreeSet<&str> = manifest.files.iter().map(|(path, _)| &**path).chain([MANIFEST]).collect();
    let names = zip.file_names().map(|name| name.map(std::borrow::Cow::into_owned).map_err(other));
    let names: Vec<String> = names.collect::<io::Result<_>>()?;
    let mut beside = Vec::new();
    for name in names.into_iter().filter(|name| !ours.contains(name.as_str())) {
        let bytes = read(&mut zip, &name)?.ok_or_else(not_ours)?;
        beside.push((name, bytes));
    }
    Ok(Some(Packed { manifest, data, beside }))
}

/// The bytes of an entry; `None` where there is none, or where it grows beyond all bounds.
fn read<R: Read + Seek>(zip: &mut ZipArchive<R>, name: &str) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    match zip.by_name(name) {
        Ok(entry) => entry.take(MOST).read_to_end(&mut bytes)?,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(other(error)),
    };
    Ok(((bytes.len() as u64) < MOST).then_some(bytes))
}
