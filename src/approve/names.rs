//! The names that are typed after `approve`: items, roles, audiences; and what was probably meant.

use super::Refused;
use crate::finding::nearest;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Kind, Reader};
use crate::voice::sign_off::Signable;

/// A name that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What it should have been the name of.
    pub what: Named,
    /// As typed.
    pub typed: String,
    /// What was probably meant.
    pub near: Option<String>,
    /// All that there are; of items none, since they are many.
    pub known: Vec<String>,
}

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Something that is signed.
    Item,
    /// Who signs.
    Role,
    /// Who reads.
    Audience,
    /// The same, where a group was named: its members are known.
    Group,
}

/// An item's name from what was typed: a path of its file is good, too.
#[must_use]
pub fn plain(typed: &str) -> &str {
    let path = typed.trim_start_matches("./");
    let path = path.strip_prefix("content/").unwrap_or(path);
    path.strip_suffix(".md").or_else(|| path.strip_suffix(".yaml")).unwrap_or(path)
}

pub(super) fn item(typed: &str, toolkit: &Toolkit) -> Result<Signable, Refused> {
    if let Some(what) = Signable::named(typed, toolkit) {
        return Ok(what);
    }
    let other = typed.split_once('/').and_then(|(folder, id)| {
        let kind = Kind::ALL.into_iter().find(|kind| kind.folder() == folder)?;
        toolkit.item(kind, id)
    });
    if let Some(other) = other {
        return Err(Refused::NotSigned(other.for_checks().name()));
    }
    let names: Vec<String> = Signable::all(toolkit).map(|what| what.name(toolkit)).collect();
    let id_of = |name: &'_ String| name.split_once('/').map(|(_, id)| id.to_owned()).unwrap_or_default();
    // `message:safer` is how a text names it
    let near = match typed.split_once(['/', ':']) {
        // the id alone, right or nearly
        None => {
            let ids: Vec<String> = names.iter().map(id_of).collect();
            let at = ids.iter().position(|id| id == typed).or_else(|| {
                let near = nearest(typed, ids.iter().map(String::as_str))?;
                ids.iter().position(|id| id == near)
            });
            at.and_then(|at| names.get(at))
        }
        // the id is right, the folder is not
        Some((_, id)) => {
            let near = nearest(typed, names.iter().map(String::as_str));
            names
                .iter()
                .find(|name| id_of(name) == id)
                .or_else(|| names.iter().find(|name| Some(name.as_str()) == near))
        }
    };
    Err(Refused::Unknown(Unknown {
        what: Named::Item,
        typed: typed.to_owned(),
        near: near.cloned(),
        known: Vec::new(),
    }))
}

/// The roles that are asked somewhere: the required ones, then the reviewers of profiles.
fn roles(toolkit: &Toolkit) -> Vec<&str> {
    let reviewers = toolkit.audiences.iter().flat_map(|audience| audience.reviewers.open(Key::for_checks()));
    let mut all: Vec<&str> = Vec::new();
    for role in toolkit.settings.approvals.required.iter().chain(reviewers) {
        if !all.contains(&&**role) {
            all.push(role);
        }
    }
    all
}

/// The role that is meant, as the toolkit writes it: whoever types it may begin it with a capital letter.
pub(super) fn role<'a>(typed: &str, toolkit: &'a Toolkit) -> Result<&'a str, Unknown> {
    let all = roles(toolkit);
    let exact = all.iter().find(|role| **role == typed.trim());
    let found = exact.or_else(|| all.iter().find(|role| role.to_lowercase() == typed.trim().to_lowercase()));
    found.copied().ok_or_else(|| unknown(Named::Role, typed, &all))
}

pub(super) fn reader(typed: &str, toolkit: &Toolkit) -> Result<Reader, Unknown> {
    let found = toolkit.everyone().iter().find(|reader| toolkit.reader_name(*reader) == typed);
    found.ok_or_else(|| {
        if let Some((_, members)) = toolkit.groups.iter().find(|(name, _)| **name == *typed) {
            let members: Vec<&str> = members.iter().map(|reader| toolkit.reader_name(reader)).collect();
            return Unknown { near: None, ..unknown(Named::Group, typed, &members) };
        }
        let all: Vec<&str> = toolkit.everyone().iter().map(|reader| toolkit.reader_name(reader)).collect();
        unknown(Named::Audience, typed, &all)
    })
}

fn unknown(what: Named, typed: &str, known: &[&str]) -> Unknown {
    Unknown {
        what,
        typed: typed.to_owned(),
        near: nearest(typed, known.iter().copied()).map(str::to_owned),
        known: known.iter().map(|name| (*name).to_owned()).collect(),
    }
}
