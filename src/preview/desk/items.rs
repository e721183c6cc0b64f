//! All texts of the toolkit: how long each is, who sees it, and whether it comes out.

use super::side::{heading, measures};
use super::{Body, text};
use crate::preview::picture::Sight;
use crate::toolkit::edition::{Edition, Guarded, Hidden, View};
use crate::toolkit::id::Kind;
use crate::toolkit::item::Item;

/// The page: one table for each kind.
pub(super) fn page(sight: &Sight<'_>) -> Body {
    let toolkit = &sight.checked.toolkit;
    let mut html = String::from("<p>Each leads to its text side by side for all who read it.</p>");
    for kind in Kind::ALL {
        let items = toolkit.items(kind);
        let start = items.first().and_then(|item| toolkit.item_index(kind, &item.for_checks().id)).unwrap_or(0);
        if items.is_empty() {
            continue;
        }
        let rows: String = items.iter().enumerate().map(|(n, item)| row(sight, start + n, item)).collect();
        html.push_str(&format!(
            "<section><h2>{}</h2><div class=\"wide\" role=\"region\" aria-label=\"{0}\" tabindex=\"0\"><table><thead><tr>\
             <th scope=\"col\">Text</th><th scope=\"col\">Versions</th><th scope=\"col\">Words</th>\
             <th scope=\"col\">Seconds</th><th scope=\"col\">Grade</th><th scope=\"col\">State</th></tr></thead><tbody>{rows}</tbody></table></div></section>",
            kind.folder()
        ));
    }
    Body { title: "Texts".to_owned(), html }
}

fn row(sight: &Sight<'_>, n: usize, guarded: &Guarded<Item>) -> String {
    let item = guarded.for_checks();
    let measures = measures(sight, n);
    let range = |of: &dyn Fn(&super::side::Measure) -> usize| {
        let least = measures.iter().map(of).min().unwrap_or(0);
        let most = measures.iter().map(of).max().unwrap_or(0);
        if least == most { most.to_string() } else { format!("{least}\u{2013}{most}") }
    };
    format!(
        "<tr><th scope=\"row\"><a href=\"/_onevoice/items/{}/{}/{}\">{}</a><br><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        item.kind.folder(),
        text(&item.id),
        sight.kept,
        text(&heading(sight, n)),
        text(&item.name()),
        measures.len(),
        range(&|measure| measure.words),
        range(&|measure| measure.seconds),
        grades(&measures),
        state(guarded, &sight.checked.view)
    )
}

/// The lowest and the highest reading grade of an item's versions.
fn grades(measures: &[super::side::Measure]) -> String {
    let grades = || measures.iter().filter_map(|measure| Some(measure.grade?.0));
    let (least, most) = (grades().min_by(f64::total_cmp), grades().max_by(f64::total_cmp));
    match (least, most) {
        (Some(least), Some(most)) if most - least >= 0.05 => format!("{least:.1}\u{2013}{most:.1}"),
        (_, Some(most)) => format!("{most:.1}"),
        _ => String::new(),
    }
}

/// In which edition an item is, and when.
pub(super) fn state(item: &Guarded<Item>, view: &View) -> String {
    let public = View { edition: Edition::Public, drafts: false, ..*view };
    match item.for_view(&public) {
        Ok(_) => "public".to_owned(),
        Err(Hidden::Draft) => "draft".to_owned(),
        Err(Hidden::Embargoed(day)) => format!("from {day} on"),
        Err(Hidden::Withdrawn(day)) => format!("withdrawn on {day}"),
        Err(Hidden::PartnersOnly) => "partners only".to_owned(),
    }
}
