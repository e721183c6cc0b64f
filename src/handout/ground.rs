//! What all hand-outs of an edition are made from.

use super::pictures::Found;
use crate::language::Date;
use crate::plan::{Links, Page};
use crate::voice::Voice;

/// What all hand-outs of an edition are made from. What only a theme or a page knows is asked for.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The toolkit, its pages, and what this edition shows.
    pub links: Links<'a>,
    /// Its texts.
    pub voice: &'a Voice,
    /// The site's address, with a `/` at its end.
    pub base_url: Option<&'a str>,
    /// A word of the theme.
    pub word: &'a (dyn Fn(&str) -> String + Sync),
    /// A day in words.
    pub day: &'a (dyn Fn(Date) -> String + Sync),
    /// The version code of a page: a hand-out that says the same has the same.
    pub version: &'a (dyn Fn(&Page) -> String + Sync),
    /// A picture, by its path below `content/files/`.
    pub picture: &'a (dyn Fn(&str) -> Found + Sync),
}
