//! Hand-outs as Word documents, in every program: they need no type to be set, and are made in less time than it takes to
//! remember them.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Prints, Written};
use crate::handout::{content, docx};
use crate::render::{Print, PrintFile};

/// Adds the documents of hand-outs to the prints, each beside the PDF of the same hand-out.
pub(super) fn add(prints: &mut Prints, written: &[Written]) {
    let made: Vec<_> = written.par_iter().map(made).collect();
    for (Written { planned, handout }, bytes) in written.iter().zip(made) {
        let Some(bytes) = bytes else { continue };
        let path = format!("{}.docx", planned.stem);
        let file = PrintFile { form: "DOCX", path: path.clone(), size: Some(bytes.len()) };
        let pdf = format!("{}.pdf", planned.stem);
        let beside = prints.listing.handouts.iter_mut().find(|print| print.files.iter().any(|file| file.path == pdf));
        match beside {
            Some(print) => print.files.push(file),
            None => prints.listing.handouts.push(Print {
                kind: planned.kind,
                reader: planned.reader,
                title: content::words(&handout.title),
                version: handout.version.clone(),
                files: vec![file],
                pages: None,
                picture: None,
            }),
        }
        prints.files.push((path, bytes));
    }
}

/// The document of a hand-out; none for one that has none.
pub(super) fn made(written: &Written) -> Option<Arc<[u8]>> {
    // writing to memory does not fail
    let bytes = written.planned.kind.is_document().then(|| docx::write(&written.handout).ok())??;
    Some(bytes.into())
}
