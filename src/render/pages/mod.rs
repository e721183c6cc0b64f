//! One file a page kind: what a page of it gets beside what every page has.

mod audience;
mod board;
mod brief;
mod compare;
mod coverage;
mod facts;
mod faq;
mod handouts;
mod home;
mod message;
mod messages;
mod not_found;
pub mod outline;
mod partners;
mod profile;
mod review;
mod search;
mod share;
mod signable;
pub mod site;
mod stories;
mod story;
mod talking_points;
mod tough_questions;
mod wins;
pub mod words;

use super::page::{Maker, Site};
use crate::plan::PageKind;
use crate::toolkit::id::Reader;

/// Sets the values of a page by its kind.
pub fn fill(maker: &mut Maker<'_, '_>) {
    match maker.page.kind {
        PageKind::Home => home::fill(maker),
        PageKind::Audience => audience::fill(maker),
        PageKind::Message => message::fill(maker),
        PageKind::Messages => messages::fill(maker),
        PageKind::Faq => faq::fill(maker),
        PageKind::TalkingPoints => talking_points::fill(maker),
        PageKind::Share => share::fill(maker),
        PageKind::Facts => facts::fill(maker),
        PageKind::Words => words::fill(maker),
        PageKind::Wins => wins::fill(maker),
        PageKind::Partners => partners::fill(maker),
        PageKind::Stories => stories::fill(maker),
        PageKind::Story => story::fill(maker),
        PageKind::Page => outline::fill(maker),
        PageKind::Search => search::fill(maker),
        PageKind::Handouts => handouts::fill(maker),
        PageKind::NotFound => not_found::fill(maker),
        PageKind::ToughQuestions => tough_questions::fill(maker),
        PageKind::Brief => brief::fill(maker),
        PageKind::Profile => profile::fill(maker),
        PageKind::Board => board::fill(maker),
        PageKind::Coverage => coverage::fill(maker),
        PageKind::Compare => compare::fill(maker),
        PageKind::Review => review::fill(maker),
    }
}

/// Where an item is shown side by side for all audiences; nowhere in the public edition.
fn compared(site: &Site<'_>, item: u32) -> Option<String> {
    let page = site.plan.comparison(item)?;
    Some(site.teller(Reader::GENERAL).path(&page.address))
}
