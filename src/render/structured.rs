//! What a page says of itself to search engines (schema.org, as JSON-LD): who publishes the site, and where a page stands.
//!
//! Questions and answers are marked in the page itself, by the template, so that no word stands there twice.

use std::fmt::Write as _;

use tera::Value;

use super::page::Maker;
use crate::plan::PageKind;

/// The JSON for a `script` element; none without the site's address, and for wrong addresses.
///
/// It is written by hand: every page has one, and nothing in it may end the element that it stands in.
pub(super) fn json(maker: &Maker<'_, '_>) -> Option<String> {
    let base = maker.site.address.base_url.as_deref()?;
    match maker.page.kind {
        PageKind::NotFound => None,
        PageKind::Home => Some(publisher(maker, base)),
        _ => Some(breadcrumbs(maker, base)),
    }
}

fn publisher(maker: &Maker<'_, '_>, base: &str) -> String {
    let settings = &maker.site.toolkit.settings;
    let us = format!("{base}#us");
    let mut out = r#"{"@context":"https://schema.org","@graph":[{"@type":"Organization","@id":"#.to_owned();
    quote(&[&us], &mut out);
    out.push_str(r#","name":"#);
    quote(&[settings.organization.as_deref().unwrap_or(&settings.title)], &mut out);
    out.push_str(r#","url":"#);
    quote(&[base], &mut out);
    let logo = maker.site.theme.options.get_from_path("logo").and_then(Value::as_str).filter(|logo| !logo.is_empty());
    if let Some(logo) = logo {
        out.push_str(r#","logo":"#);
        quote(&[base, logo], &mut out);
    }
    out.push_str(r#"},{"@type":"WebSite","name":"#);
    quote(&[&settings.title], &mut out);
    out.push_str(r#","url":"#);
    quote(&[base], &mut out);
    out.push_str(r#","inLanguage":"#);
    quote(&[settings.language()], &mut out);
    out.push_str(r#","publisher":{"@id":"#);
    quote(&[&us], &mut out);
    out.push_str("}}]}");
    out
}

/// The pages above this one, and itself.
fn breadcrumbs(maker: &Maker<'_, '_>, base: &str) -> String {
    let own = |key: &str| maker.fields.get(key).and_then(Value::as_str).unwrap_or_default();
    let trail = maker.fields.get("trail").and_then(Value::as_array).unwrap_or_default();
    let mut out = String::with_capacity(512);
    out.push_str(r#"{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":["#);
    for (n, link) in trail.iter().enumerate() {
        step(n + 1, text(link, "title"), [base, text(link, "path")], &mut out);
        out.push(',');
    }
    step(trail.len() + 1, own("title"), [base, own("path")], &mut out);
    out.push_str("]}");
    out
}

fn text<'v>(value: &'v Value, key: &'v str) -> &'v str {
    value.get_from_path(key).and_then(Value::as_str).unwrap_or_default()
}

fn step(n: usize, name: &str, [base, path]: [&str; 2], out: &mut String) {
    // writing to a text cannot fail
    let _ = write!(out, r#"{{"@type":"ListItem","position":{n},"name":"#);
    quote(&[name], out);
    out.push_str(r#","item":"#);
    // the address on the web, also in a site for a disk
    quote(&[base, path.strip_suffix("index.html").unwrap_or(path)], out);
    out.push('}');
}

/// Writes texts as one JSON text without signs that mean something in HTML.
fn quote(texts: &[&str], out: &mut String) {
    out.push('"');
    for sign in texts.iter().flat_map(|text| text.chars()) {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            '<' | '>' | '&' | '\0'..='\x1f' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(sign));
            }
            sign => out.push(sign),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_can_end_the_script() {
        let title = "</script><script>alert(1)</script> & <!-- \"\\ \n é";
        let mut out = String::new();
        quote(&[title], &mut out);
        assert!(!out.contains(['<', '>', '&', '\n']), "{out}");
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), title);
    }
}
