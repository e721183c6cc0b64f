//! Hand-outs as Word documents, in every program: they need no type to be set, and are made in less time than it takes to
//! remember them.

use std::sync::Arc;

use rayon::prelude::*;

use super::{From, Prints, grounded};
use crate::handout::{self, Handout, docx};
use crate::plan::{PlannedHandout, handouts};
use crate::render::{Print, PrintFile, Site};

/// Adds the documents of an edition to its prints, each beside the PDF of the same hand-out.
pub(super) fn add(prints: &mut Prints, from: From<'_>, site: &Site<'_>) {
    let planned = handouts(site.toolkit(), site.plan(), site.view());
    let planned: Vec<_> = planned.iter().filter(|planned| planned.kind.is_document()).collect();
    let made: Vec<_> = planned.par_iter().map(|planned| made(planned, from, site)).collect();
    for (planned, made) in planned.into_iter().zip(made) {
        let Some((handout, bytes)) = made else { continue };
        let path = format!("{}.docx", planned.stem);
        let file = PrintFile { form: "DOCX", path: path.clone(), size: Some(bytes.len()) };
        let pdf = format!("{}.pdf", planned.stem);
        let beside = prints.listing.handouts.iter_mut().find(|print| print.files.iter().any(|file| file.path == pdf));
        match beside {
            Some(print) => print.files.push(file),
            None => prints.listing.handouts.push(Print {
                kind: planned.kind,
                reader: planned.reader,
                title: handout::content::words(&handout.title),
                version: handout.version.clone(),
                files: vec![file],
                pages: None,
                picture: None,
            }),
        }
        prints.files.push((path, bytes));
    }
}

/// The document at an address.
pub(super) fn at(address: &str, from: From<'_>, site: &Site<'_>) -> Option<Arc<[u8]>> {
    let stem = address.trim_start_matches('/').strip_suffix(".docx")?;
    let planned = handouts(site.toolkit(), site.plan(), site.view());
    let planned = planned.iter().find(|planned| *planned.stem == *stem && planned.kind.is_document())?;
    made(planned, from, site).map(|(_, bytes)| bytes)
}

fn made(planned: &PlannedHandout, from: From<'_>, site: &Site<'_>) -> Option<(Handout, Arc<[u8]>)> {
    let handout = grounded(from, site, |ground| handout::make(planned, ground))?;
    // writing to memory does not fail
    let bytes = docx::write(&handout).ok()?;
    Some((handout, bytes.into()))
}
