//! Themes: what a template gets is what themes/README.md lists, and a theme of few files is a whole theme.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::html::Page;
use crate::toolkit::{Toolkit, files};
use crate::{REPOSITORY, sample};

/// The sample with another theme.
fn themed(theme: &str) -> Toolkit {
    let toolkit = sample();
    let settings = fs::read_to_string(toolkit.at("toolkit.yaml")).unwrap();
    toolkit.write("toolkit.yaml", settings.replace("theme: plain", theme));
    toolkit
}

#[test]
fn a_theme_of_a_few_files_gives_a_whole_site() {
    let toolkit = themed("theme: {name: harbor, options: {motto: Safe home}}");
    for (path, bytes) in files(&Path::new(REPOSITORY).join("themes/harbor")) {
        toolkit.write(&format!("themes/harbor/{path}"), bytes);
    }
    for edition in ["partners", "public"] {
        toolkit.build(&["--edition", edition]);
        whole_site(&toolkit.site(edition).into_iter().collect());
    }
}

fn whole_site(site: &BTreeMap<String, Vec<u8>>) {
    assert!(site.contains_key("assets/harbor.css") && site.contains_key("assets/style.css"));
    for (name, bytes) in site.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let page = Page::read(html);
        assert_eq!(page.wrong, [""; 0], "{name}");
        assert!(html.contains("assets/harbor.css?v=") && page.text.contains("Safe home"), "{name}");
        assert!(page.text.contains("Find"), "{name}: words of its own");
        assert!(page.text.contains("Skip to the text"), "{name}: words of plain");
    }
    let home = std::str::from_utf8(&site["index.html"]).unwrap();
    assert!(home.contains("<ul class=\"harbor\">") && home.contains("Choose what you are"));
}

/// A base that prints the names of all values before its page.
const NAMES: &str = "{{ page.kind }}|page:{% for key, value in page %}{{ key }} {% endfor %}|site:\
    {% for key, value in site %}{{ key }} {% endfor %}|audience:\
    {% if audience %}{% for key, value in audience %}{{ key }} {% endfor %}{% endif %}|\
    {% block title %}{% endblock %}{% block class %}{% endblock %}{% block header %}{% endblock %}\
    {% block hero %}{% endblock %}{% block main %}{% endblock %}{% block footer %}{% endblock %}";

/// The names in code spans of a text; what stands in brackets inside a span is a type or a name below.
fn spans(text: &str) -> BTreeSet<&str> {
    let code = text.split('`').skip(1).step_by(2);
    code.flat_map(str::split_whitespace).map(|name| name.trim_matches(['{', '}', '[', ']'])).collect()
}

#[test]
fn a_template_gets_what_the_list_for_themes_says() {
    let readme = fs::read_to_string(Path::new(REPOSITORY).join("themes/README.md")).unwrap();
    let section = |heading: &str| {
        let (_, rest) = readme.split_once(&format!("\n## {heading}\n")).unwrap();
        rest.split("\n## ").next().unwrap().to_owned()
    };
    let every = section("`page`: on every page");
    let kinds = section("`page`: by kind");
    let (site, audience) = (section("`site`"), section("`audience`"));
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut common: Option<BTreeSet<String>> = None;
    for edition in ["public", "partners"] {
        let toolkit = themed("theme: names");
        toolkit.write("themes/names/templates/base.html", NAMES);
        toolkit.build(&["--edition", edition]);
        for (name, bytes) in toolkit.site(edition).into_iter().filter(|(name, _)| name.ends_with(".html")) {
            let text = String::from_utf8(bytes).unwrap();
            let parts: Vec<&str> = text.split('|').collect();
            let list = |n: usize, what: &str| {
                let names = parts[n].trim().strip_prefix(what).unwrap_or_else(|| panic!("{name}: {text}"));
                names.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>()
            };
            let page = list(1, "page:");
            for key in list(2, "site:") {
                assert!(spans(&site).contains(&*key), "themes/README.md: site.{key}");
            }
            for key in list(3, "audience:") {
                assert!(spans(&audience).contains(&*key), "themes/README.md: audience.{key}");
            }
            common = Some(common.map_or_else(|| page.clone(), |common| common.intersection(&page).cloned().collect()));
            seen.entry(parts[0].trim().to_owned()).or_default().extend(page);
        }
    }
    for (kind, keys) in &seen {
        let row = kinds.lines().find(|line| line.starts_with(&format!("| `{kind}`"))).unwrap();
        let told: BTreeSet<&str> = spans(&every).union(&spans(row)).copied().collect();
        for key in keys {
            assert!(told.contains(&**key), "themes/README.md: page.{key} of {kind}");
        }
    }
    assert!(seen.len() > 15, "{seen:?}");
    for key in
        ["kind", "id", "title", "trail", "nav", "others", "sources", "outline", "html", "version", "structured_html"]
    {
        assert!(common.as_ref().unwrap().contains(key), "every page has {key}");
    }
}
