//! Who has signed what: each text that is signed, with the roles that are asked, and the words that changed since.

use super::side::heading;
use super::{Body, text};
use crate::language::difference::Row;
use crate::preview::picture::Sight;
use crate::toolkit::audience::Audience;
use crate::toolkit::edition::Key;
use crate::toolkit::id::Reader;
use crate::voice::sign_off::{Book, Change, Signable, Signature, asked, changes};

/// The page.
pub(super) fn page(sight: &Sight<'_>) -> Body {
    let toolkit = &sight.checked.toolkit;
    let required = &toolkit.settings.approvals.required;
    let needed = if required.is_empty() {
        "No role has to sign before publishing: <code>approvals: {required: [role]}</code> in toolkit.yaml asks for one.".to_owned()
    } else {
        let roles: Vec<String> = required.iter().map(|role| text(role)).collect();
        format!("Before publishing these have to sign: {}.", roles.join(", "))
    };
    // the desk is for whoever writes the toolkit
    let book = Book::open(toolkit, &sight.checked.voice, Key::for_checks());
    let rows: String = Signable::all(toolkit).filter_map(|what| row(sight, &book, what)).collect();
    let html = format!(
        "<p>{needed} The reviewers of a profile are asked, too. Words that came since a sign-off are <ins>underlined</ins>, words \
         that went are <del>crossed out</del>.</p><div class=\"wide\" role=\"region\" aria-label=\"Sign-offs\" tabindex=\"0\">\
         <table><thead><tr><th scope=\"col\">Text</th><th scope=\"col\">Sign-offs</th></tr></thead>\
         <tbody>{rows}</tbody></table></div>"
    );
    Body { title: "Sign-offs".to_owned(), html }
}

/// One text with the roles that are asked to sign it; none where nobody is, and nobody did.
fn row(sight: &Sight<'_>, book: &Book<'_>, what: Signable) -> Option<String> {
    let toolkit = &sight.checked.toolkit;
    let mut roles: Vec<(&str, Vec<(Reader, Signature<'_>)>)> = Vec::new();
    for reader in what.readers(toolkit).iter() {
        for role in asked(reader, toolkit) {
            let Some(signature) = book.signature(what, reader, role.role) else { continue };
            match roles.iter_mut().find(|(known, _)| *known == role.role) {
                Some((_, signatures)) => signatures.push((reader, signature)),
                None => roles.push((role.role, vec![(reader, signature)])),
            }
        }
    }
    if roles.is_empty() {
        return None;
    }
    let name = text(&what.name(toolkit));
    let title = match what {
        Signable::Item(n) => {
            format!("<a href=\"/_onevoice/items/{name}/{}\">{}</a><br>", sight.kept, text(&heading(sight, n)))
        }
        Signable::Ask(reader) => format!("What we ask: {}<br>", readers(sight, &[reader])),
    };
    let roles: String = roles
        .iter()
        .map(|(role, signatures)| format!("<h3>{}</h3><ul>{}</ul>", text(role), states(sight, signatures)))
        .collect();
    Some(format!("<tr><th scope=\"row\">{title}<code>{name}</code></th><td>{roles}</td></tr>"))
}

/// Where a role stands with each version; readers with whom it stands the same are told together.
fn states(sight: &Sight<'_>, signatures: &[(Reader, Signature<'_>)]) -> String {
    let mut told: Vec<(String, Vec<Reader>)> = Vec::new();
    for (reader, signature) in signatures {
        let state = match signature {
            Signature::Signed(approval) => format!("signed on {}", approval.on.0),
            Signature::Never => "not signed yet".to_owned(),
            Signature::Changed { approval, before, now } => {
                let since = format!("<strong>other words than those signed on {}</strong>", approval.on.0);
                let changes: String =
                    before.map_or_else(Vec::new, |before| changes(before, now)).iter().map(changed).collect();
                format!("{since}{changes}")
            }
        };
        match told.iter_mut().find(|(known, _)| *known == state) {
            Some((_, readers)) => readers.push(*reader),
            None => told.push((state, vec![*reader])),
        }
    }
    told.iter().map(|(state, who)| format!("<li>{}: {state}</li>", readers(sight, who))).collect()
}

/// The names of readers.
fn readers(sight: &Sight<'_>, readers: &[Reader]) -> String {
    let name = |audience: &Audience| text(&audience.name);
    let names =
        readers.iter().map(|reader| sight.checked.toolkit.audience_of(*reader).map_or("everyone".to_owned(), name));
    names.collect::<Vec<_>>().join(", ")
}

/// A changed text with its words of both days.
fn changed(change: &Change<'_>) -> String {
    let rows = change.rows.iter().map(|row| match row {
        Row::Same(words) => text(words),
        Row::Gone(words) => format!("<del>{}</del> ", text(words.trim_end())),
        Row::New(words) => format!("<ins>{}</ins> ", text(words.trim_end())),
    });
    let rows: String = rows.collect();
    format!("<p class=\"changed\"><span class=\"measure\">{}</span> {}</p>", change.key, rows.trim_end())
}
