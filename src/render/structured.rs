//! What a page says of itself to search engines (schema.org, as JSON-LD): who publishes the site, and where a page stands.
//!
//! Questions and answers are marked in the page itself, by the template, so that no word stands there twice.

use serde_json::json;
use tera::Value;

use super::page::Maker;
use crate::plan::PageKind;

/// The JSON for a `script` element; none without the site's address, and for wrong addresses.
pub(super) fn json(maker: &Maker<'_, '_>) -> Option<String> {
    let base = maker.site.address.base_url.as_deref()?;
    let data = match maker.page.kind {
        PageKind::NotFound => return None,
        PageKind::Home => publisher(maker, base),
        _ => breadcrumbs(maker, base),
    };
    Some(safe(&data.to_string()))
}

fn publisher(maker: &Maker<'_, '_>, base: &str) -> serde_json::Value {
    let settings = &maker.site.toolkit.settings;
    let name = settings.organization.as_deref().unwrap_or(&settings.title);
    let mut organization = json!({"@type": "Organization", "@id": format!("{base}#us"), "name": name, "url": base});
    let logo = maker.site.theme.options.get_from_path("logo").and_then(Value::as_str).filter(|logo| !logo.is_empty());
    if let Some(logo) = logo {
        organization["logo"] = format!("{base}{logo}").into();
    }
    let site = json!({
        "@type": "WebSite",
        "name": &*settings.title,
        "url": base,
        "inLanguage": settings.language(),
        "publisher": {"@id": format!("{base}#us")},
    });
    json!({"@context": "https://schema.org", "@graph": [organization, site]})
}

/// The pages above this one, and itself.
fn breadcrumbs(maker: &Maker<'_, '_>, base: &str) -> serde_json::Value {
    let text = |value: &Value, key: &str| {
        value.get_from_path(key).and_then(Value::as_str).map(str::to_owned).unwrap_or_default()
    };
    let own = |key: &str| maker.fields.get(key).and_then(Value::as_str).unwrap_or_default();
    let trail = maker.fields.get("trail").and_then(Value::as_array).unwrap_or_default();
    let above = trail.iter().map(|link| (text(link, "title"), text(link, "path")));
    let list: Vec<serde_json::Value> = above
        .chain([(own("title").to_owned(), own("path").to_owned())])
        .enumerate()
        .map(|(n, (name, path))| {
            let path = path.strip_suffix("index.html").unwrap_or(&path);
            json!({"@type": "ListItem", "position": n + 1, "name": name, "item": format!("{base}{path}")})
        })
        .collect();
    json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": list})
}

/// Nothing in it can end the element that it stands in.
fn safe(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_can_end_the_script() {
        let data = json!({"name": "</script><script>alert(1)</script> & <!--"});
        let text = safe(&data.to_string());
        assert!(!text.contains(['<', '>', '&']), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), data);
    }
}
