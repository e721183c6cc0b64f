//! Who has signed what: the sign-offs of `content/approvals.yaml`, beside the texts that need one.

use super::{Body, text};
use crate::preview::picture::Sight;
use crate::toolkit::edition::Key;
use crate::toolkit::id::Kind;

/// The page. It tells what is written down; whether the words are still those that were signed is told by the findings.
pub(super) fn page(sight: &Sight<'_>) -> Body {
    let toolkit = &sight.checked.toolkit;
    let required = &toolkit.settings.approvals.required;
    // the desk is for whoever writes the toolkit
    let approvals = toolkit.approvals.open(Key::for_checks());
    let asked = if required.is_empty() {
        "No role has to sign before publishing: <code>approvals: {required: [role]}</code> in toolkit.yaml asks for one.".to_owned()
    } else {
        let roles: Vec<String> = required.iter().map(|role| text(role)).collect();
        format!("Before publishing these have to sign: {}.", roles.join(", "))
    };
    let mut rows = String::new();
    for kind in [Kind::Message, Kind::Faq, Kind::TalkingPoint] {
        for item in toolkit.items(kind) {
            let name = item.for_checks().name();
            let signed = approvals.iter().filter(|approval| *approval.item == *name);
            let signed: String =
                signed.map(|it| format!("<li>{} for {}, {}</li>", text(&it.by), text(&it.audience), it.on.0)).collect();
            let signed = if signed.is_empty() { "nobody yet".to_owned() } else { format!("<ul>{signed}</ul>") };
            rows.push_str(&format!(
                "<tr><th scope=\"row\"><a href=\"/_onevoice/items/{0}/{1}\">{0}</a></th><td>{signed}</td>\
                 <td><code>onevoice approve {0} --by ROLE</code></td></tr>",
                text(&name),
                sight.kept
            ));
        }
    }
    let html = format!(
        "<p>{asked}</p><div class=\"wide\" role=\"region\" aria-label=\"Sign-offs\" tabindex=\"0\"><table><thead><tr>\
         <th scope=\"col\">Text</th><th scope=\"col\">Signed by</th><th scope=\"col\">To sign</th></tr></thead>\
         <tbody>{rows}</tbody></table></div>"
    );
    Body { title: "Sign-offs".to_owned(), html }
}
