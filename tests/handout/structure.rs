//! The tag tree of every PDF: what a screen reader goes through.

use std::path::Path;

use serde_json::{Map, Value};

use crate::{pdfs, tool};

/// The objects of a PDF as qpdf lists them.
struct Objects(Map<String, Value>);

impl Objects {
    fn read(json: &str) -> Self {
        let all: Value = serde_json::from_str(json).unwrap();
        Self(all["qpdf"][1].as_object().unwrap().clone())
    }

    /// A value, or what the reference leads to.
    fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(name) = value.as_str().filter(|name| name.ends_with(" R")) else { return value };
        let object = &self.0[&format!("obj:{name}")];
        let value = object.get("value").unwrap_or(&object["stream"]["dict"]);
        self.follow(value)
    }

    fn catalog(&self) -> &Value {
        self.follow(&self.0["trailer"]["value"]["/Root"])
    }
}

/// A tag with what stands in it.
#[derive(Debug)]
struct Tag {
    name: String,
    alt: Option<String>,
    below: Vec<Self>,
    refers: bool,
    /// Whether words or a picture stand in it and in none of its parts.
    holds: bool,
}

fn tags(objects: &Objects, value: &Value, found: &mut Vec<Tag>, refers: &mut bool) {
    match objects.follow(value) {
        Value::Array(list) => list.iter().for_each(|value| tags(objects, value, found, refers)),
        Value::Object(fields) if fields.contains_key("/S") => {
            let (mut below, mut own) = (Vec::new(), false);
            if let Some(children) = fields.get("/K") {
                tags(objects, children, &mut below, &mut own);
            }
            let alt = fields.get("/Alt").and_then(Value::as_str).map(str::to_owned);
            let kids = fields.get("/K").map(|kids| objects.follow(kids));
            let content = |kid: &Value| kid.is_number() || objects.follow(kid)["/Type"] == "/MCR";
            let holds =
                kids.is_some_and(|kids| kids.as_array().map_or_else(|| content(kids), |kids| kids.iter().any(content)));
            let name = fields["/S"].as_str().unwrap().trim_start_matches('/').to_owned();
            found.push(Tag { name, alt, below, refers: own, holds });
        }
        Value::Object(fields) => *refers |= fields.get("/Type").and_then(Value::as_str) == Some("/OBJR"),
        _ => {}
    }
}

fn walk<'t>(tags: &'t [Tag], see: &mut dyn FnMut(&'t Tag)) {
    for tag in tags {
        see(tag);
        walk(&tag.below, see);
    }
}

#[test]
fn every_pdf_has_one_title_headings_in_steps_whole_lists_and_texts_for_pictures() {
    for edition in ["public", "partners"] {
        for (path, file) in pdfs(edition) {
            if whole(&path, &file).is_none() {
                return;
            }
        }
    }
}

/// Goes through a PDF's tags; gives the words for its pictures, `None` where this machine has no qpdf.
pub(crate) fn whole(path: &str, file: &Path) -> Option<Vec<String>> {
    let json = tool("qpdf", &["--json=2"], file, &[])?;
    let objects = Objects::read(&json);
    let catalog = objects.catalog();
    assert!(catalog["/Lang"].as_str().is_some_and(|language| language.starts_with("u:en")), "{path}");
    assert_eq!(objects.follow(&catalog["/MarkInfo"])["/Marked"], true, "{path}");
    assert_eq!(objects.follow(&catalog["/ViewerPreferences"])["/DisplayDocTitle"], true, "{path}");
    assert!(objects.follow(&catalog["/Outlines"])["/Count"].as_i64().unwrap_or(0) != 0, "{path}: bookmarks");
    let mut tree = Vec::new();
    tags(&objects, &objects.follow(&catalog["/StructTreeRoot"])["/K"], &mut tree, &mut false);
    assert_eq!(tree.iter().map(|tag| &*tag.name).collect::<Vec<_>>(), ["Document"], "{path}");
    let alts = check(path, &tree);
    let bytes = std::fs::read(file).unwrap();
    let has = |sign: &str| bytes.windows(sign.len()).any(|window| window == sign.as_bytes());
    assert!(has("<pdfuaid:part>1</pdfuaid:part>"), "{path} does not say that it is PDF/UA-1");
    Some(alts)
}

fn check(path: &str, tree: &[Tag]) -> Vec<String> {
    let (mut level, mut titles, mut alts) = (0, 0, Vec::new());
    walk(tree, &mut |tag| {
        let names: Vec<&str> = tag.below.iter().map(|tag| &*tag.name).collect();
        if let Some(own) = tag.name.strip_prefix('H').and_then(|level| level.parse::<u32>().ok()) {
            assert!(own <= level + 1, "{path}: H{own} after H{level}");
            titles += u32::from(own == 1);
            level = own;
        }
        let only_parts = ["Document", "L", "LI", "Table", "TR", "THead", "TBody"];
        assert!(
            !tag.holds || !only_parts.contains(&&*tag.name),
            "{path}: words in a {} that are no paragraph's",
            tag.name
        );
        match &*tag.name {
            "L" => assert!(!names.is_empty() && names.iter().all(|name| *name == "LI"), "{path}: a list of {names:?}"),
            "LI" => assert!(names.contains(&"LBody"), "{path}: an item of {names:?}"),
            "Figure" => {
                assert!(tag.alt.as_ref().is_some_and(|alt| alt.len() > 2), "{path}: a picture without words");
                alts.extend(tag.alt.clone());
            }
            "Link" => {
                let mut refers = tag.refers;
                walk(&tag.below, &mut |tag| refers |= tag.refers);
                assert!(refers, "{path}: a link that leads nowhere");
            }
            "Table" => {
                let mut heads = 0;
                walk(&tag.below, &mut |tag| heads += u32::from(tag.name == "TH"));
                assert!(heads > 0, "{path}: a table without heads");
            }
            _ => {}
        }
    });
    assert_eq!(titles, 1, "{path}");
    alts
}

#[test]
fn the_foot_of_the_last_page_leads_to_the_page_that_says_the_same() {
    for (path, file) in pdfs("public") {
        let Some(json) = tool("qpdf", &["--json=2"], &file, &[]) else { return };
        let addresses: Vec<&str> = json
            .match_indices("\"/URI\": \"u:")
            .filter_map(|(at, sign)| json[at + sign.len()..].split('"').next())
            .collect();
        let (folder, name) = path.strip_prefix("handouts/").unwrap().rsplit_once('/').unwrap();
        let reader =
            folder.strip_prefix("general").map_or(format!("{folder}/"), |rest| rest.trim_start_matches('/').to_owned());
        let reader = if reader.is_empty() || reader.ends_with('/') { reader } else { reader + "/" };
        let page = match name {
            "sheet.pdf" | "sheet-large.pdf" if reader.is_empty() => String::new(),
            "sheet.pdf" | "sheet-large.pdf" => format!("{reader}talking-points/"),
            "card.pdf" => reader,
            _ => format!("{reader}{}/", name.trim_end_matches(".pdf")),
        };
        let own = format!("https://example.org/toolkit/{page}");
        assert!(addresses.contains(&&*own), "{path} does not lead to {own}: {addresses:?}");
    }
}
