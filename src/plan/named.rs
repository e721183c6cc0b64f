//! What keys name: pictures and files of `content/files/`, and where the menu leads.

use std::sync::Arc;

use super::{Links, published};
use crate::finding::{At, KeyPath, Problem, What, nearest};
use crate::toolkit::Toolkit;
use crate::toolkit::id::{Reader, Readers};
use crate::voice::Voice;
use crate::voice::references::{self, Destination, Target};

pub(super) const SETTINGS: &str = "toolkit.yaml";

/// Tells files that are not there, pictures without a text for those who can't see them, and dead entries of the menu.
pub(super) fn check(links: Links<'_>, voice: &Voice) -> Vec<Problem> {
    let toolkit = links.toolkit;
    let mut problems = Vec::new();
    for item in toolkit.all_items() {
        let item = item.for_checks();
        let Some(image) = &item.image else { continue };
        let says = item.image_alt.as_ref().is_some_and(|alt| {
            item.readers.iter().all(|reader| alt.get(reader).is_some_and(|text| !text.trim().is_empty()))
        });
        let path = KeyPath::top("image");
        let found = picture(toolkit, &item.file, path, image, says);
        problems.extend(found.map(|problem| Problem { item: Some(item.name().into()), ..problem }));
    }
    for partner in &toolkit.partners {
        let Some(logo) = &partner.logo else { continue };
        let says = partner.logo_alt.as_ref().is_some_and(|alt| !alt.trim().is_empty());
        problems.extend(picture(toolkit, &partner.entry.file, partner.entry.key("logo"), logo, says));
    }
    let settings: Arc<str> = SETTINGS.into();
    for (n, file) in toolkit.settings.publish.include.iter().enumerate() {
        let path = KeyPath::top("publish").key("include").index(n);
        problems.extend(missing(toolkit, &settings, path, file));
    }
    if let Some(logo) = toolkit.settings.theme_options().and_then(|options| options.get("logo")?.as_str()) {
        problems.extend(missing(toolkit, &settings, KeyPath::top("theme").key("options").key("logo"), logo));
    }
    for (n, entry) in toolkit.settings.menu.iter().flatten().enumerate() {
        let path = KeyPath::top("menu").index(n).key("to");
        let at = At::value(Arc::clone(&settings), path);
        problems.extend(menu(links, &entry.to, voice).map(|what| Problem::new(at, what)));
    }
    problems
}

/// A picture that is not there, or else one that says nothing to those who can't see it.
fn picture(toolkit: &Toolkit, file: &Arc<str>, path: KeyPath, typed: &str, says: bool) -> Option<Problem> {
    missing(toolkit, file, path.clone(), typed).or_else(|| {
        let what = What::MissingAlt { picture: typed.to_owned() };
        (!says).then(|| Problem::new(At::key(Arc::clone(file), path), what))
    })
}

fn missing(toolkit: &Toolkit, file: &Arc<str>, path: KeyPath, typed: &str) -> Option<Problem> {
    if published(toolkit, typed).is_some() {
        return None;
    }
    let name = typed.rsplit("files/").next().unwrap_or(typed);
    let near = nearest(name, toolkit.files.iter().map(|file| &**file)).map(|near| format!("files/{near}"));
    let what = What::MissingFile { path: typed.to_owned(), near };
    Some(Problem::new(At::value(Arc::clone(file), path), what))
}

/// What is wrong with where an entry of the menu leads.
fn menu(links: Links<'_>, typed: &str, voice: &Voice) -> Option<What> {
    let (destination, problem) = references::read(typed, SETTINGS, links.toolkit);
    if problem.is_some() {
        return problem;
    }
    let dead = || What::BrokenLink { link: typed.to_owned(), near: None };
    match destination {
        Destination::Link(Target::Outside(_)) => None,
        Destination::Link(Target::Address(address)) => links.wrong_address(&address, voice),
        Destination::Link(target) if links.address(&target, Reader::GENERAL).is_none() => Some(dead()),
        Destination::Link(Target::Item(item, Some(anchor))) => {
            links.wrong_item_anchor(item, &anchor, Readers::only(Reader::GENERAL), voice)
        }
        Destination::Link(_) => None,
        _ => Some(dead()),
    }
}
