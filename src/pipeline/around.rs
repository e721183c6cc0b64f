//! What the texts of items may look at beside their own file, as fingerprints: by them a preview knows what to tell again.

use std::fmt::Debug;
use std::io::Write;

use blake3::{Hash, Hasher};

use super::Request;
use crate::source::Source;
use crate::toolkit::Toolkit;
use crate::toolkit::fact::Fact;
use crate::toolkit::item::Own;
use crate::toolkit::places::{FileKind, kind_of};
use crate::voice::Around;

/// All that an item's texts, and the rules that hear them, may look at beside their own file. Whoever lets them look at
/// more, has to add it here: `tests/property` finds what is missing.
///
/// - the day, the edition, whether drafts are shown, and what the run is for;
/// - every YAML file: profiles, words, fill-ins, settings;
/// - of the facts their ids and order, who may see them, what goes with them and what to avoid; sources, and figures that
///   are held back. The words and figures of a fact are looked at by those who name it ([`Around::facts`]);
/// - which files there are in `content/files/`;
/// - which items there are, in their order (a reference is a number in it), who may see each, and when;
/// - the claims, which other texts may quote.
pub(super) fn look(source: &Source, toolkit: &Toolkit, request: &Request) -> Around {
    let facts: Vec<Hash> = toolkit.facts.iter().map(|fact| printed(fact)).collect();
    let mut figures = Hasher::new();
    for fact in &facts {
        figures.update(fact.as_bytes());
    }
    let figures = figures.finalize();
    let mut hasher = Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(request.edition.name().as_bytes());
    add(request.today.to_string().as_bytes());
    add(request.stage.name().as_bytes());
    add(&[u8::from(request.drafts)]);
    for file in source.files().filter(|file| !file.path.as_str().ends_with(".md")) {
        match kind_of(file.path.as_str()) {
            FileKind::Published(path) => add(path.as_bytes()),
            FileKind::Item(..)
            | FileKind::Facts
            | FileKind::Theme(..)
            | FileKind::ApprovedText(_)
            | FileKind::Approvals => {}
            _ => {
                add(file.path.as_str().as_bytes());
                add(file.hash.as_bytes());
            }
        }
    }
    // Markdown in `files/` is published as it is; the walk above leaves it out with the items
    for path in toolkit.files.iter() {
        add(path.as_bytes());
    }
    for fact in &toolkit.facts {
        let Fact { id, avoid, audiences, readers, show_with, entry, .. } = fact;
        add(printed(&(id, avoid, audiences, readers, show_with, entry)).as_bytes());
    }
    add(printed(&(&toolkit.sources, &toolkit.held_back)).as_bytes());
    for guarded in toolkit.all_items() {
        let item = guarded.for_checks();
        add(item.file.as_bytes());
        add(&item.readers.bits().to_le_bytes());
        add(&[u8::from(guarded.is_draft())]);
        add(guarded.edition().name().as_bytes());
        add(format!("{:?} {:?}", guarded.embargo(), guarded.withdrawn()).as_bytes());
        if let Own::Message(message) = &item.own {
            add(message.claim.as_bytes());
            if message.claim.contains("fact:") {
                add(figures.as_bytes());
            }
        }
    }
    Around { all: hasher.finalize(), facts, figures }
}

/// The fingerprint of all that is in a value.
fn printed(value: &dyn Debug) -> Hash {
    let mut hasher = Hasher::new();
    // a hasher takes all that is written to it
    let _ = write!(hasher, "{value:?}");
    hasher.finalize()
}
