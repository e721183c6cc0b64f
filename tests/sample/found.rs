//! What can be found: the index holds the words of this edition's pages, each text once, and leads to where they stand.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::html::Page;
use crate::sample;
use crate::toolkit::Toolkit;

/// A text of the index, and the paths that it is read at.
struct Found {
    texts: Vec<(String, Vec<String>)>,
}

impl Found {
    fn of(site: &BTreeMap<String, Vec<u8>>) -> Self {
        let script = String::from_utf8(site["search/index.js"].clone()).unwrap();
        let json = script.strip_prefix("window.onevoice=").and_then(|rest| rest.strip_suffix(";\n")).unwrap();
        let index: Value = serde_json::from_str(json).unwrap();
        let mut texts = Vec::new();
        for item in index["items"].as_array().unwrap() {
            let kind = usize::try_from(item[0].as_u64().unwrap()).unwrap();
            assert!(index["kinds"][kind].is_string());
            for (n, text) in item[1].as_array().unwrap().iter().enumerate() {
                let reads =
                    |version: &&Value| version[2] == n || version[3].as_array().unwrap().iter().any(|part| *part == n);
                let versions = item[2].as_array().unwrap().iter().filter(reads);
                let paths = versions.map(|version| version[0].as_str().unwrap().to_owned()).collect();
                texts.push((text.as_str().unwrap().to_owned(), paths));
            }
        }
        Self { texts }
    }

    /// Where a word is found.
    fn paths(&self, word: &str) -> Vec<&str> {
        let mut paths: Vec<&str> = self
            .texts
            .iter()
            .filter(|(text, _)| text.contains(word))
            .flat_map(|(_, paths)| paths)
            .map(|p| &**p)
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}

fn site(toolkit: &Toolkit, output: &str) -> BTreeMap<String, Vec<u8>> {
    toolkit.site(output).into_iter().collect()
}

#[test]
fn what_is_found_is_where_the_search_says() {
    let toolkit = sample();
    for (edition, offline) in [("public", false), ("partners", false), ("public", true)] {
        let options = ["--edition", edition, "--offline"];
        toolkit.build(if offline { &options } else { &options[..2] });
        let site = site(&toolkit, edition);
        let found = Found::of(&site);
        let pages: BTreeMap<&str, Page> = site
            .iter()
            .filter(|(name, _)| name.ends_with(".html"))
            .map(|(name, bytes)| (&**name, Page::read(std::str::from_utf8(bytes).unwrap())))
            .collect();
        assert!(found.texts.len() > 400, "{}", found.texts.len());
        for (text, paths) in &found.texts {
            for path in paths {
                let (file, anchor) = path.split_once('#').unwrap_or((path, ""));
                let file = if offline { file.to_owned() } else { format!("{file}index.html") };
                let page = pages.get(&*file).unwrap_or_else(|| panic!("{edition}: no {path}"));
                assert!(anchor.is_empty() || page.ids().any(|id| id == anchor), "{edition}: {path}");
                // a source's title, and the words to avoid, stand in other order there
                let start: String = text.split(' ').take(3).collect::<Vec<_>>().join(" ");
                let shown = page.text.contains(&start) || text.contains(';') || path.starts_with("facts/");
                assert!(shown, "{edition}: {path} does not show {start:?}");
            }
        }
        for page in pages.values() {
            assert!(page.named("a").any(|tag| tag.get("href").is_some_and(|href| href.contains("search/"))));
        }
    }
}

#[test]
fn what_one_audience_reads_is_found_on_its_page_alone() {
    let toolkit = sample();
    let faq = "---\nquestion: What is a quokka?\n---\nSmall wombles.\n\n::: police\nFor you, a gribbet.\n:::\n\n\
               ::: partners-only\nNever a snorfle.\n:::\n";
    toolkit.write("content/faqs/quokka.md", faq);
    toolkit.build(&[]);
    let found = Found::of(&site(&toolkit, "public"));
    assert_eq!(found.paths("gribbet"), ["police/faq/#quokka"]);
    assert_eq!(found.paths("wombles"), ["faq/#quokka", "police/faq/#quokka"]);
    assert_eq!(found.paths("snorfle"), [""; 0]);
    let once = found.texts.iter().filter(|(text, _)| text.contains("wombles")).count();
    assert_eq!(once, 1, "a text that several read stands once");
    toolkit.build(&["--edition", "partners"]);
    let found = Found::of(&site(&toolkit, "partners"));
    assert_eq!(found.paths("snorfle"), ["faq/#quokka", "police/faq/#quokka"]);
}

#[test]
fn without_search_and_share_nothing_leads_there() {
    let toolkit = sample();
    let settings = std::fs::read_to_string(toolkit.at("toolkit.yaml")).unwrap();
    toolkit.write("toolkit.yaml", format!("{settings}\noutputs: {{search: false, share: false}}\n"));
    toolkit.build(&[]);
    for (name, bytes) in toolkit.site("public") {
        assert!(!name.starts_with("search/") && !name.contains("/share/"), "{name}");
        if name.ends_with(".html") {
            let page = Page::read(std::str::from_utf8(&bytes).unwrap());
            let leads = page.addresses().any(|href| href.ends_with("search/") || href.ends_with("share/"));
            assert!(!leads, "{name}");
        }
    }
}
