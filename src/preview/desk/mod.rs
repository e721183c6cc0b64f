//! The review desk, at `/_onevoice/`: what is to be mended, who is answered and who is not, how a text reads for each
//! audience, who has signed. It is for whoever writes the toolkit; it is in no site.

mod coverage;
mod findings;
mod items;
mod side;
mod sign_offs;

use super::answer::{Answer, FOUND, HTML, NOTHING};
use super::now::Now;
use super::picture::Sight;
use crate::finding::Finding;
use crate::pipeline::{Request, check};
use crate::toolkit::edition::Edition;
use crate::voice::fragment::escape;

/// The desk's pages, as its menu lists them: below `/_onevoice/`, and what they are called.
const PAGES: [(&str, &str); 4] =
    [("", "Findings"), ("coverage/", "Answers"), ("items/", "Texts"), ("sign-offs/", "Sign-offs")];

/// A page of the desk; `None` where it has none at `path`, which is below `/_onevoice/`.
#[must_use]
pub fn answer(now: &Now, path: &str, query: Option<&str>) -> Option<Answer> {
    if !path.ends_with('/')
        && (path.starts_with("items/") || PAGES.iter().any(|(at, _)| at.strip_suffix('/') == Some(path)))
    {
        let query = query.map_or_else(String::new, |query| format!("?{query}"));
        return Some(Answer::moved(format!("/_onevoice/{path}/{query}")));
    }
    let findings = std::sync::Arc::clone(&now.findings);
    let (path, query) = (path.to_owned(), query.unwrap_or_default().to_owned());
    let html = now.latest.ask(move |sight| {
        let Some(edition) = other_edition(sight, &query) else { return shown(sight, &path, &findings) };
        // the other edition is made only while somebody looks at it
        let request = Request { edition, ..sight.request.clone() };
        let checked = check(sight.source, &request);
        let kept = match edition {
            Edition::Public => "?edition=public",
            Edition::Partners => "?edition=partners",
        };
        let other = Sight { request: &request, checked: &checked, files: None, kept, ..*sight };
        shown(&other, &path, &checked.findings)
    });
    Some(Answer::new(FOUND, HTML, html.flatten()?.into_bytes()).tagged())
}

/// The edition that is asked for, where it is not the one that is served.
fn other_edition(sight: &Sight<'_>, query: &str) -> Option<Edition> {
    let edition = match query {
        "edition=public" => Edition::Public,
        "edition=partners" => Edition::Partners,
        _ => return None,
    };
    (edition != sight.checked.view.edition).then_some(edition)
}

fn shown(sight: &Sight<'_>, path: &str, findings: &[Finding]) -> Option<String> {
    let body = match path {
        "" => findings::page(findings, sight),
        "coverage/" => coverage::page(sight),
        "items/" => items::page(sight),
        "sign-offs/" => sign_offs::page(sight),
        path => side::page(sight, path.strip_prefix("items/")?.strip_suffix('/')?)?,
    };
    Some(page(sight, path, &body))
}

/// That the desk has nothing at a path.
#[must_use]
pub fn nothing(now: &Now) -> Answer {
    let body = Body {
        title: "There is nothing here".to_owned(),
        html: "<p>The pages of the desk are listed above.</p>".to_owned(),
    };
    let html = now.latest.ask(move |sight| page(sight, "-", &body));
    Answer::new(NOTHING, HTML, html.unwrap_or_default().into_bytes()).tagged()
}

/// The page that stands in place of a site that can't be made yet.
#[must_use]
pub fn broken(now: &Now) -> String {
    let findings = std::sync::Arc::clone(&now.findings);
    let html = now.latest.ask(move |sight| {
        let list = findings::list(&findings);
        let html = format!(
            "<p>The site appears here by itself as soon as the errors are mended: save the file, and look. \
             The <a href=\"/_onevoice/\">review desk</a> shows the rest.</p>{list}"
        );
        document(sight, "To be mended first", &html, None)
    });
    html.unwrap_or_else(|| "<!doctype html><title>The preview has failed</title><body><p>The preview has failed; start it again.</p></body>".to_owned())
}

/// What a page of the desk shows.
struct Body {
    title: String,
    html: String,
}

fn page(sight: &Sight<'_>, path: &str, body: &Body) -> String {
    document(sight, &body.title, &body.html, Some(path))
}

/// A whole page; with the menu, where it is one of the desk's own at `path`.
fn document(sight: &Sight<'_>, title: &str, html: &str, path: Option<&str>) -> String {
    let toolkit = &sight.checked.toolkit;
    let name = text(if toolkit.settings.title.is_empty() { "This toolkit" } else { &toolkit.settings.title });
    let edition = sight.checked.view.edition.name();
    let entries = PAGES.iter().map(|(at, name)| {
        let current = match path {
            Some(path) if path == *at => " aria-current=\"page\"",
            Some(path) if !at.is_empty() && path.starts_with(at) => " aria-current=\"true\"",
            _ => "",
        };
        format!("<li><a href=\"/_onevoice/{at}{}\"{current}>{name}</a></li>", sight.kept)
    });
    let entries: String = entries.collect();
    let (title, drafts) = (text(title), if sight.checked.view.drafts { ", with drafts" } else { "" });
    // the same page of the desk, for the other edition
    let here = path.filter(|path| *path != "-").map(|path| {
        let (other, name) = match sight.checked.view.edition {
            Edition::Public => ("partners", "partners"),
            Edition::Partners => ("public", "public"),
        };
        format!(" \u{b7} <a href=\"/_onevoice/{}?edition={other}\">show the {name} edition</a>", text(path))
    });
    let other = here.unwrap_or_default();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} \u{b7} {name}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <link rel=\"stylesheet\" href=\"/_onevoice/desk.css\"><link rel=\"icon\" href=\"data:,\"></head><body>\
         <a class=\"skip\" href=\"#main\">Skip to the text</a>\
         <header><p><a href=\"/\">{name}</a> <span>{edition} edition{drafts}{other}</span></p>\
         <nav aria-label=\"Review desk\"><ul>{entries}</ul></nav></header>\
         <main id=\"main\" tabindex=\"-1\"><h1>{title}</h1>{html}</main>\
         <script src=\"/_onevoice/preview.js\" defer></script></body></html>\n"
    )
}

/// Text of a finding in HTML: what stands between backticks is code.
fn words(plain: &str) -> String {
    let parts: Vec<&str> = plain.split('`').collect();
    // a backtick without a second one is a backtick
    if parts.len().is_multiple_of(2) {
        return text(plain);
    }
    let part = |(n, part): (usize, &&str)| if n % 2 == 1 { format!("<code>{}</code>", text(part)) } else { text(part) };
    parts.iter().enumerate().map(part).collect()
}

/// Text as it stands in HTML.
fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len() + 8);
    escape(plain, &mut out);
    out
}

/// `1 word`, `2 words`.
fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
