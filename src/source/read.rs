//! Reading one file: its bytes are seen once, hashed, and kept only if they are text.

use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use super::open::{Opened, Root};
use super::path::ToolkitPath;
use super::text::decode;
use super::{Content, SourceFile};
use crate::finding::{At, FileTrouble, Problem, What};

/// The largest text that is read, in bytes.
pub const TEXT_LIMIT: u64 = 8 << 20;

/// The largest other file that is read, in bytes.
pub const ASSET_LIMIT: u64 = 64 << 20;

/// Assets are hashed in pieces of this size.
const PIECE: usize = 128 << 10;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Asset,
}

/// Files that are published as they are, and files that are no text by their name, are not held in memory.
pub(super) fn kind(path: &ToolkitPath) -> Kind {
    let theirs = path.below("themes").and_then(|below| below.split('/').nth(1));
    if path.starts_with("content/files") || matches!(theirs, Some("static" | "handout")) {
        return Kind::Asset;
    }
    let extension = path.extension().to_ascii_lowercase();
    let text = ["", "md", "yaml", "yml", "html", "htm", "txt", "json", "css", "js", "svg", "xml", "toml", "markdown"];
    if text.contains(&extension.as_str()) { Kind::Text } else { Kind::Asset }
}

/// What reading a file came to.
pub(super) struct Outcome {
    pub file: SourceFile,
    pub problem: Option<Problem>,
}

/// Opens, reads and closes the file at `path`; `buffer` is only lent, so that a thread needs one for all its files.
pub(super) fn read(root: &Root, path: &ToolkitPath, buffer: &mut Vec<u8>) -> Outcome {
    let result = root.file(path.as_str()).map_err(What::Unreadable).and_then(|opened| match kind(path) {
        Kind::Text => {
            fill(opened, buffer, TEXT_LIMIT)?;
            Ok((blake3::hash(buffer), None))
        }
        Kind::Asset => stream(opened, buffer).map(|(hash, size)| (hash, Some(size))),
    });
    match result {
        Ok((hash, Some(size))) => good(path, hash, Content::Asset { size }),
        Ok((hash, None)) => text(path, hash, buffer),
        Err(what) => refused(path, what),
    }
}

/// A file whose bytes are in memory already.
pub(super) fn of_bytes(path: &ToolkitPath, bytes: &[u8]) -> Outcome {
    let hash = blake3::hash(bytes);
    let size = bytes.len() as u64;
    match kind(path) {
        Kind::Text if size > TEXT_LIMIT => refused(path, What::TooLarge { size, limit: TEXT_LIMIT }),
        Kind::Text => text(path, hash, bytes),
        Kind::Asset if size > ASSET_LIMIT => refused(path, What::TooLarge { size, limit: ASSET_LIMIT }),
        Kind::Asset => good(path, hash, Content::Asset { size }),
    }
}

fn text(path: &ToolkitPath, hash: blake3::Hash, bytes: &[u8]) -> Outcome {
    match decode(bytes) {
        Ok(text) => good(path, hash, Content::Text(Arc::from(text))),
        Err(no) => {
            let what = What::NotUtf8 { looks_like: no.looks_like, line: no.line };
            let problem = Problem::new(At::file(path.arc()), what);
            let file = SourceFile { path: path.clone(), hash, content: Content::Unusable };
            Outcome { file, problem: Some(problem) }
        }
    }
}

const fn good_file(path: ToolkitPath, hash: blake3::Hash, content: Content) -> SourceFile {
    SourceFile { path, hash, content }
}

fn good(path: &ToolkitPath, hash: blake3::Hash, content: Content) -> Outcome {
    Outcome { file: good_file(path.clone(), hash, content), problem: None }
}

/// A file that could not be read; its hash stands for the reason, so that the picture changes when the reason does.
pub(super) fn refused(path: &ToolkitPath, what: What) -> Outcome {
    let hash = blake3::hash(format!("{what:?}").as_bytes());
    let file = good_file(path.clone(), hash, Content::Unusable);
    Outcome { file, problem: Some(Problem::new(At::file(path.arc()), what)) }
}

/// Reads the whole file into `buffer`: one call where the size was told right, since a short answer is its end.
pub(super) fn fill(opened: Opened, buffer: &mut Vec<u8>, limit: u64) -> Result<(), What> {
    let Opened { mut file, size } = opened;
    let too_large = |size| What::TooLarge { size, limit };
    if size > limit {
        return Err(too_large(size));
    }
    buffer.clear();
    let mut read = 0;
    loop {
        let room = if read == 0 { to_usize(size) + 1 } else { (buffer.len() - read).max(PIECE) };
        if buffer.len() < read + room {
            buffer.resize(read + room, 0);
        }
        let Some(free) = buffer.get_mut(read..) else { break };
        let got = some(&mut file, free)?;
        read += got;
        if read as u64 > limit {
            return Err(too_large(read as u64));
        }
        // one byte more than its size was asked for: fewer bytes are all there are
        if got == 0 || read == to_usize(size) {
            break;
        }
    }
    buffer.truncate(read);
    if (read as u64) < size { Err(What::Unreadable(FileTrouble::Gone)) } else { Ok(()) }
}

/// Hashes a file piece by piece.
fn stream(opened: Opened, buffer: &mut Vec<u8>) -> Result<(blake3::Hash, u64), What> {
    let Opened { mut file, size } = opened;
    let too_large = |size| What::TooLarge { size, limit: ASSET_LIMIT };
    if size > ASSET_LIMIT {
        return Err(too_large(size));
    }
    buffer.resize(PIECE.min(to_usize(size) + 1), 0);
    let mut hasher = blake3::Hasher::new();
    let mut read: u64 = 0;
    loop {
        let got = some(&mut file, buffer)?;
        hasher.update(buffer.get(..got).unwrap_or_default());
        read += got as u64;
        if read > ASSET_LIMIT {
            return Err(too_large(read));
        }
        if got == 0 || (read == size && got < buffer.len()) {
            break;
        }
    }
    if read < size { Err(What::Unreadable(FileTrouble::Gone)) } else { Ok((hasher.finalize(), read)) }
}

/// One read, again if a signal came in between.
fn some(file: &mut File, into: &mut [u8]) -> Result<usize, What> {
    loop {
        match file.read(into) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(What::Unreadable(FileTrouble::System(error.to_string()))),
            Ok(got) => return Ok(got),
        }
    }
}

fn to_usize(size: u64) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX - 1)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// A file that had `told` bytes when it was opened, and `now` when it was read.
    fn read(told: u64, now: usize) -> Result<usize, What> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&vec![b'x'; now]).unwrap();
        let mut buffer = Vec::new();
        fill(Opened { file: file.reopen().unwrap(), size: told }, &mut buffer, 1 << 20)?;
        assert!(buffer.iter().all(|&byte| byte == b'x'));
        let streamed = stream(Opened { file: file.reopen().unwrap(), size: told }, &mut Vec::new())?;
        assert_eq!(streamed, (blake3::hash(&buffer), buffer.len() as u64));
        Ok(buffer.len())
    }

    #[test]
    fn a_file_may_grow_while_it_is_read_but_not_shrink() {
        let gone = Err(What::Unreadable(FileTrouble::Gone));
        for (told, now, got) in [
            (0, 0, Ok(0)),
            (5, 5, Ok(5)),
            (0, 5, Ok(5)),
            (5, 700_000, Ok(700_000)),
            (200_000, 200_000, Ok(200_000)),
            (131_072, 131_072, Ok(131_072)),
            (5, 4, gone.clone()),
            (5, 0, gone),
            (5, 2 << 20, Err(What::TooLarge { size: 0, limit: 1 << 20 })),
        ] {
            let read = match read(told, now) {
                Err(What::TooLarge { limit, .. }) => Err(What::TooLarge { size: 0, limit }),
                other => other,
            };
            assert_eq!(read, got, "{told} {now}");
        }
    }
}
