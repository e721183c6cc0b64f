//! What a site is made from, as one fingerprint: the sources, the request, and the program itself.

use super::Request;
use crate::check::Stage;
use crate::source::Source;
use crate::toolkit::places::misplaced;

/// The fingerprint of all that a build depends on. Equal keys give equal sites.
pub(super) fn of(source: &Source, request: &Request) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(program().as_bytes());
    add(source.fingerprint().as_bytes());
    // of what else stands at the root only that counts which a finding tells: the output itself stands there
    for entry in source.root_entries().iter().filter(|entry| misplaced(&entry.name).is_some()) {
        add(entry.name.as_bytes());
    }
    add(request.edition.name().as_bytes());
    add(&[u8::from(request.drafts), u8::from(request.offline), u8::from(request.minify)]);
    add(&[u8::from(request.stage == Stage::Publishing)]);
    add(request.base_url.as_deref().unwrap_or("\0").as_bytes());
    add(request.today.to_string().as_bytes());
    *hasher.finalize().as_bytes()
}

/// The program: its version and the built-in theme. A build of the same version with another theme is another program.
fn program() -> String {
    let prints = if cfg!(feature = "pdf") { " pdf" } else { "" };
    format!("{} {}{prints}", env!("CARGO_PKG_VERSION"), crate::render::theme::built_in())
}
