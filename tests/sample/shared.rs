//! What is passed on: ready texts with their lengths, and what a page says of itself to other programs.

use serde_json::Value;

use crate::html::Page;
use crate::sample;

/// The pages of the public sample by path.
fn pages() -> Vec<(String, String)> {
    let toolkit = sample();
    toolkit.build(&["--base-url", "https://example.org/a/b/"]);
    let html = toolkit.site("public").into_iter().filter(|(name, _)| name.ends_with("index.html"));
    html.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn every_page_says_what_it_is_and_where_it_stands() {
    for (name, html) in pages() {
        let page = Page::read(&html);
        let meta = |key: &str, wanted: &str| {
            let tag = page.named("meta").find(|tag| tag.get(key) == Some(wanted));
            tag.and_then(|tag| tag.get("content")).unwrap_or_default().to_owned()
        };
        let address = format!("https://example.org/a/b/{}", name.strip_suffix("index.html").unwrap());
        assert_eq!(meta("property", "og:url"), address, "{name}");
        assert!(!meta("property", "og:title").is_empty() && !meta("name", "description").is_empty(), "{name}");
        let (_, json) = html.split_once("<script type=\"application/ld+json\">").unwrap();
        let data: Value = serde_json::from_str(json.split_once("</script>").unwrap().0).unwrap();
        assert_eq!(data["@context"], "https://schema.org");
        if name == "index.html" {
            assert_eq!(data["@graph"][0]["name"], "The Exampletown diversion coalition");
        } else {
            let steps = data["itemListElement"].as_array().unwrap();
            assert_eq!(steps[0]["item"], "https://example.org/a/b/", "{name}");
            assert_eq!(steps.last().unwrap()["item"], *address, "{name}");
            assert!(steps.len() > 1 && steps.iter().all(|step| step["name"] != ""), "{name}");
        }
        let questions = html.matches("https://schema.org/Question").count();
        assert_eq!(questions > 0, name.ends_with("faq/index.html"), "{name}");
        assert_eq!(questions, html.matches("https://schema.org/Answer").count(), "{name}");
    }
}

#[test]
fn a_ready_post_has_the_length_that_stands_beside_it() {
    let pages = pages();
    let shares: Vec<_> = pages.iter().filter(|(name, _)| name.ends_with("/share/index.html")).collect();
    assert_eq!(shares.len(), 8, "one for each audience");
    for (name, html) in shares {
        let mut posts = 0;
        for part in html.split(" of 280 characters").collect::<Vec<_>>().windows(2) {
            let told = part[0].rsplit('>').next().unwrap();
            let post = part[1].split_once("_post\"><p>").unwrap().1.split_once("</p>").unwrap().0;
            let post = post.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"").replace("&#x27;", "'");
            assert_eq!(told, post.chars().count().to_string(), "{name}: {post}");
            assert!(post.contains("https://example.org/a/b/"), "{name}: {post}");
            posts += 1;
        }
        assert!(posts > 4, "{name}");
        assert_eq!(html.matches("mailto:?subject=").count(), posts, "{name}");
    }
}
