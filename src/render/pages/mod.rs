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

use std::collections::BTreeSet;

use super::dates::in_words;
use super::fields::texts;
use super::page::{Maker, Site};
use crate::language::Date;
use crate::plan::{PageKind, withdrawn_on};
use crate::toolkit::id::{Kind, Reader, Readers};

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
    withdrawn(maker);
}

/// Where a text stood that was withdrawn, a line says so: older prints are out of date.
fn withdrawn(maker: &mut Maker<'_, '_>) {
    let kinds: &[Kind] = match maker.page.kind {
        PageKind::Messages | PageKind::Audience => &[Kind::Message],
        PageKind::Faq => &[Kind::Faq],
        PageKind::TalkingPoints => &[Kind::TalkingPoint],
        PageKind::Handouts => &[Kind::Message, Kind::Faq, Kind::TalkingPoint],
        PageKind::Wins => &[Kind::Win],
        PageKind::Stories => &[Kind::Story],
        _ => return,
    };
    let (view, reader) = (maker.site.view, maker.page.reader);
    // the page of prints is for all
    let reads = |readers: Readers| maker.page.kind == PageKind::Handouts || readers.has(reader);
    let items =
        kinds.iter().flat_map(|kind| maker.site.toolkit.items(*kind)).filter(|it| reads(it.for_checks().readers));
    let days: BTreeSet<Date> = items.filter_map(|item| withdrawn_on(item, view)).collect();
    let days: Vec<String> = days.into_iter().map(|day| in_words(day, &maker.site.theme.words)).collect();
    for day in &days {
        maker.print(day);
    }
    maker.set("withdrawn", texts(days.iter().map(String::as_str)));
}

/// Where an item is shown side by side for all audiences; nowhere in the public edition.
fn compared(site: &Site<'_>, item: u32) -> Option<String> {
    let page = site.plan.comparison(item)?;
    Some(site.teller(Reader::GENERAL).path(&page.address))
}
