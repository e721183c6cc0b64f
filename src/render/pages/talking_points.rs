//! The sheet: points with their seconds, likely questions, the ask.

use crate::render::page::Maker;
use crate::render::things;
use crate::toolkit::id::Kind;
use crate::toolkit::item::Own;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("talking_points"));
    let (points, count) = super::audience::points(maker, usize::MAX);
    maker.set("points", points);
    maker.set("seconds", things::seconds(count, &maker.teller));
    let likely = super::faq::answered(maker, Kind::Faq, |item| matches!(&item.own, Own::Faq(faq) if faq.likely));
    maker.set("likely", likely);
    let shared = maker.shared;
    let ask = shared.audience.get_from_path("ask").and_then(|ask| ask.as_str());
    maker.print(ask.unwrap_or_default());
}
