//! Who is answered: each concern of each audience, with what answers it, or with what to type so that something does.

use super::{Body, text};
use crate::plan::Links;
use crate::preview::picture::Sight;
use crate::toolkit::audience::Audience;
use crate::toolkit::edition::{Edition, View};
use crate::toolkit::id::{Id, Kind};

/// The page: concerns down, audiences across. What only partners see does not count.
pub(super) fn page(sight: &Sight<'_>) -> Body {
    let toolkit = &sight.checked.toolkit;
    let mut concerns: Vec<&Id> = Vec::new();
    for concern in toolkit.audiences.iter().flat_map(|audience| &audience.concerns) {
        if !concerns.contains(&&concern.id) {
            concerns.push(&concern.id);
        }
    }
    if concerns.is_empty() {
        let html = "<p>No audience has a concern yet. They stand in each profile, under <code>concerns</code>.</p>";
        return Body { title: "Answers".to_owned(), html: html.to_owned() };
    }
    let columns: String = toolkit
        .audiences
        .iter()
        .map(|audience| format!("<th scope=\"col\">{}</th>", text(audience.short_name())))
        .collect();
    let mut open = 0;
    let rows: String = concerns
        .iter()
        .map(|concern| {
            let cells: String =
                toolkit.audiences.iter().map(|audience| cell(sight, audience, concern, &mut open)).collect();
            format!("<tr><th scope=\"row\"><code>{}</code></th>{cells}</tr>", text(concern))
        })
        .collect();
    let sum = match open {
        0 => "Every concern has an answer that is public.".to_owned(),
        1 => "One concern of one audience has no public answer.".to_owned(),
        open => format!("{open} concerns have no public answer for their audience."),
    };
    let html = format!(
        "<p class=\"sum\">{sum}</p><p>What only partners see is no answer here; drafts are none either.</p>\
         <div class=\"wide\" role=\"region\" aria-label=\"Concerns and audiences\" tabindex=\"0\"><table class=\"coverage\"><thead><tr>\
         <th scope=\"col\">Concern</th>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
    );
    Body { title: "Answers".to_owned(), html }
}

fn cell(sight: &Sight<'_>, audience: &Audience, id: &Id, open: &mut usize) -> String {
    let Some(concern) = audience.concerns.iter().find(|concern| concern.id == *id) else {
        return "<td class=\"none\"><span class=\"unseen\">not a concern of theirs</span></td>".to_owned();
    };
    let answers = answers(sight, audience, id);
    let says = format!("<p>\u{201c}{}\u{201d}</p>", text(&concern.says));
    if answers.is_empty() {
        *open += 1;
        return format!(
            "<td class=\"open\">{says}<p><b>no answer</b>: write one with <code>onevoice new faq {}</code></p></td>",
            text(id)
        );
    }
    format!("<td>{says}<ul>{}</ul></td>", answers.concat())
}

/// The messages and questions that answer a concern for an audience, in public.
fn answers(sight: &Sight<'_>, audience: &Audience, id: &Id) -> Vec<String> {
    let toolkit = &sight.checked.toolkit;
    let view = View { edition: Edition::Public, drafts: false, ..sight.checked.view };
    let links = Links { toolkit, plan: &sight.checked.plan, view: &sight.checked.view };
    let mut out = Vec::new();
    for kind in [Kind::Message, Kind::Faq] {
        for item in toolkit.shown(kind, &view, audience.reader).filter(|item| item.answers.contains(id)) {
            let n = toolkit.item_index(kind, &item.id);
            let title = n.map_or_else(|| item.name(), |n| super::side::heading(sight, n));
            let address = n.and_then(|n| u32::try_from(n).ok()).and_then(|n| links.item(n, audience.reader));
            let desk = || format!("/_onevoice/items/{}/{}/{}", item.kind.folder(), item.id, sight.kept);
            let address = address.filter(|_| sight.kept.is_empty());
            let href = address.map_or_else(desk, |address| format!("/{address}"));
            out.push(format!("<li><a href=\"{}\">{}</a></li>", text(&href), text(&title)));
        }
    }
    out
}
