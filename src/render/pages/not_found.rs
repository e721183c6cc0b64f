//! The page for addresses where nothing is. Its links start at the site's root, since it is served at any depth.

use crate::render::page::Maker;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("not_found"));
}
