//! What is to be mended, by file.

use super::{Body, counted, text, words};
use crate::finding::{Counts, Finding};
use crate::preview::picture::Sight;

/// The page.
pub(super) fn page(findings: &[Finding], sight: &Sight<'_>) -> Body {
    let counts = Counts::of(findings);
    let parts = [(counts.error, "error"), (counts.warning, "warning"), (counts.note, "note")];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, name)| counted(count, name)).collect();
    let sum = if parts.is_empty() { "Nothing is to be mended.".to_owned() } else { parts.join(", ") };
    let accepted = sight.checked.accepted.len();
    let accepted = match accepted {
        0 => String::new(),
        count => format!(
            "<p>{} accepted with a reason: <code>onevoice status</code> lists them.</p>",
            counted(count, "finding")
        ),
    };
    Body { title: "Findings".to_owned(), html: format!("<p class=\"sum\">{sum}</p>{accepted}{}", list(findings)) }
}

/// Findings by file, in the order in which they are printed.
pub(super) fn list(findings: &[Finding]) -> String {
    let mut out = String::new();
    let mut file: Option<&str> = None;
    for finding in findings {
        if file != Some(&*finding.place.file) {
            if file.is_some() {
                out.push_str("</ol></section>");
            }
            file = Some(&finding.place.file);
            out.push_str(&format!(
                "<section><h2><code>{}</code></h2><ol class=\"findings\">",
                text(&finding.place.file)
            ));
        }
        out.push_str(&entry(finding));
    }
    if file.is_some() {
        out.push_str("</ol></section>");
    }
    out
}

fn entry(finding: &Finding) -> String {
    let severity = finding.severity.name();
    let place = &finding.place;
    let mut out = format!("<li class=\"{severity}\">");
    out.push_str(&format!(
        "<p class=\"what\"><b class=\"weight\">{severity}</b> {} <code>{}</code></p>",
        words(&finding.message),
        text(&finding.rule)
    ));
    if place.line > 0 {
        let part = |range: std::ops::Range<usize>| text(place.text.get(range).unwrap_or_default());
        let marked = part(place.start..place.end);
        let marked = if marked.is_empty() { "\u{2038}".to_owned() } else { marked };
        out.push_str(&format!(
            "<p class=\"where\">line {}, column {}</p><pre tabindex=\"0\">{}<mark>{marked}</mark>{}</pre>",
            place.line,
            place.column,
            part(0..place.start),
            part(place.end..place.text.len())
        ));
    }
    if !finding.label.is_empty() {
        out.push_str(&format!("<p>{}</p>", words(&finding.label)));
    }
    if let Some(help) = &finding.help {
        out.push_str(&format!("<p class=\"help\"><b>help:</b> {}</p>", words(help)));
    }
    for note in &finding.notes {
        out.push_str(&format!("<p><b>note:</b> {}</p>", words(note)));
    }
    for related in &finding.related {
        let at = &related.place;
        out.push_str(&format!(
            "<p><b>see:</b> <code>{}:{}</code> {}</p>",
            text(&at.file),
            at.line,
            words(&related.label)
        ));
    }
    if !finding.audiences.is_empty() {
        out.push_str(&format!("<p><b>seen by:</b> {}</p>", text(&finding.audiences.join(", "))));
    }
    out.push_str(&format!("<p class=\"more\"><code>onevoice explain {}</code> says why</p>", text(&finding.rule)));
    out.push_str("</li>");
    out
}
