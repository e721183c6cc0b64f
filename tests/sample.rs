//! The sample toolkit of this repository, built by the program as a process: its links, its bytes, its texts.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The day on which all tests take place: facts fall due in time.
const TODAY: &str = "2026-11-25";

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of the sample in a folder of its own.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(repository().join("toolkit.yaml"), folder.path().join("toolkit.yaml")).unwrap();
    copy(&repository().join("content"), &folder.path().join("content"));
    folder
}

fn onevoice(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onevoice"));
    command.arg("-C").arg(folder).args(["--today", TODAY]).args(arguments);
    command
}

fn build(folder: &Path, arguments: &[&str]) -> String {
    let done = onevoice(folder, &[&["build"], arguments].concat()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
    said
}

/// Every file below a folder by its path with `/`.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn collect(folder: &Path, prefix: &str, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                collect(&entry.path(), &format!("{name}/"), all);
            } else {
                all.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    collect(folder, "", &mut all);
    all
}

/// The tags of a page: name and attributes. Our own pages hold no `>` inside a quoted attribute.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    for part in html.split('<').skip(1) {
        let Some((inside, _)) = part.split_once('>') else { continue };
        if inside.starts_with(['/', '!', '?']) {
            continue;
        }
        let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let mut attributes = Vec::new();
        while let Some((key, after)) = rest.trim_start().split_once("=\"") {
            let Some((value, after)) = after.split_once('"') else { break };
            let key = key.split_whitespace().last().unwrap_or_default();
            attributes
                .push((key.to_owned(), value.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"")));
            rest = after;
        }
        found.push((name.to_owned(), attributes));
    }
    found
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' && after.len() >= 2 {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The file that a link on `page` leads to, as a server at `root` or, without an index, a disk would find it.
fn target(page: &str, link: &str, root: &str, from_disk: bool) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let link = match link.strip_prefix(root).filter(|_| link.starts_with('/')) {
        Some(absolute) => {
            parts.clear();
            absolute
        }
        None => link,
    };
    assert!(!link.starts_with('/'), "{page}: {link} leads out of {root}");
    let folder = link.is_empty() || link.ends_with('/') || link == "." || link == "..";
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leads above the root"),
            part => parts.push(part),
        }
    }
    let path = decoded(&parts.join("/"));
    if !folder || from_disk {
        return path;
    }
    if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") }
}

/// Every link and anchor of every page leads somewhere, ids are unique, and nothing runs or styles inline.
fn crawl(site: &Path, root: &str, from_disk: bool) {
    let files = files(site);
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    let pages: Vec<&String> = files.keys().filter(|path| path.ends_with(".html")).collect();
    let ids = |path: &str| -> Vec<String> {
        tags(&text(path)).iter().filter_map(|(_, attributes)| Some(attribute(attributes, "id")?.to_owned())).collect()
    };
    let all_ids: BTreeMap<&String, HashSet<String>> = pages
        .iter()
        .map(|page| {
            let list = ids(page);
            let set: HashSet<String> = list.iter().cloned().collect();
            assert_eq!(set.len(), list.len(), "{page}: an id stands twice: {list:?}");
            (*page, set)
        })
        .collect();
    assert!(pages.len() > 100, "{} pages", pages.len());
    let (mut wrong, mut links) = (Vec::new(), 0);
    for page in &pages {
        let tags = tags(&text(page));
        let count = |name: &str| tags.iter().filter(|(tag, _)| tag == name).count();
        assert_eq!((count("h1"), count("title"), count("main")), (1, 1, 1), "{page}");
        assert!(tags.iter().any(|(tag, at)| tag == "html" && attribute(at, "lang").is_some()), "{page}: no language");
        for (tag, attributes) in &tags {
            assert!(tag != "style" && attribute(attributes, "style").is_none(), "{page}: inline style");
            assert!(tag != "script" || attribute(attributes, "src").is_some(), "{page}: inline script");
            assert!(!attributes.iter().any(|(name, _)| name.starts_with("on")), "{page}: inline handler");
            assert!(tag != "img" || attribute(attributes, "alt").is_some(), "{page}: no text for a picture");
            for name in ["href", "src"] {
                let Some(link) = attribute(attributes, name) else { continue };
                if ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme)) {
                    continue;
                }
                links += 1;
                let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
                let path = path.split('?').next().unwrap_or_default();
                let to = if path.is_empty() { (*page).clone() } else { target(page, path, root, from_disk) };
                if !files.contains_key(&to) {
                    wrong.push(format!("{page}: {link} -> {to}"));
                } else if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty())
                    && !all_ids.get(&to).is_some_and(|ids| ids.contains(&decoded(anchor)))
                {
                    wrong.push(format!("{page}: {link}: no such place"));
                }
            }
        }
    }
    assert!(links > 2000, "{links} links");
    assert!(wrong.is_empty(), "{} broken links:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_link_leads_somewhere_at_the_root_in_a_folder_and_from_a_disk() {
    let folder = sample();
    for edition in ["public", "partners"] {
        build(folder.path(), &["--edition", edition, "--base-url", "https://example.org/"]);
        crawl(&folder.path().join(edition), "/", false);
        build(folder.path(), &["--edition", edition, "--base-url", "https://example.org/a/b/"]);
        crawl(&folder.path().join(edition), "/a/b/", false);
        build(folder.path(), &["--edition", edition, "--offline", "--base-url", "https://example.org/"]);
        crawl(&folder.path().join(edition), "/", true);
    }
}

#[test]
fn the_sample_has_nothing_to_mend() {
    let folder = sample();
    assert_eq!(build(folder.path(), &[]), "");
}

#[test]
fn the_same_folder_gives_the_same_bytes_anywhere() {
    let first = sample();
    build(first.path(), &[]);
    let expected = files(&first.path().join("public"));
    for (name, value) in [
        ("TZ", "Pacific/Auckland"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("RAYON_NUM_THREADS", "1"),
        ("RAYON_NUM_THREADS", "7"),
        ("HOME", "/nowhere"),
    ] {
        let other = sample();
        let done = onevoice(other.path(), &["build", "-q"]).env(name, value).output().unwrap();
        assert!(done.status.success());
        assert!(files(&other.path().join("public")) == expected, "{name}={value}");
    }
    let other = sample();
    let mut command = Command::new(env!("CARGO_BIN_EXE_onevoice"));
    let seconds = "1795600000";
    let done = command.arg("-C").arg(other.path()).arg("build").env("SOURCE_DATE_EPOCH", seconds).output().unwrap();
    assert!(done.status.success());
    assert_eq!(files(&other.path().join("public")).len(), expected.len());
}

/// What changes when a file is written: its number, its time.
fn marks(folder: &Path) -> BTreeMap<PathBuf, (u64, std::time::SystemTime)> {
    use std::os::unix::fs::MetadataExt as _;
    files(folder)
        .keys()
        .map(|path| {
            let about = std::fs::symlink_metadata(folder.join(path)).unwrap();
            (PathBuf::from(path), (about.ino(), about.modified().unwrap()))
        })
        .collect()
}

#[test]
fn a_build_without_a_change_writes_nothing_and_one_with_a_change_only_that() {
    let folder = sample();
    let public = folder.path().join("public");
    build(folder.path(), &[]);
    let before = marks(&public);
    assert!(build(folder.path(), &[]).contains("nothing has changed"));
    assert_eq!(marks(&public), before);

    let message = folder.path().join("content/messages/safer.md");
    let text = std::fs::read_to_string(&message).unwrap();
    std::fs::write(&message, format!("{text}\nOne more sentence.\n")).unwrap();
    build(folder.path(), &[]);
    let after = marks(&public);
    let changed: Vec<_> =
        before.iter().filter(|(path, mark)| after.get(*path) != Some(mark)).map(|(path, _)| path).collect();
    assert!(!changed.is_empty() && changed.len() < 40, "{changed:?}");
    std::fs::write(&message, text).unwrap();
    build(folder.path(), &[]);

    std::fs::remove_file(folder.path().join("content/pages/press.md")).unwrap();
    let linked = onevoice(folder.path(), &["build"]).output().unwrap();
    if linked.status.success() {
        assert!(!public.join("press/index.html").exists(), "a page goes with its source");
    }
    std::fs::write(public.join("index.html"), "tampered").unwrap();
    let again = sample();
    copy(&again.path().join("content"), &folder.path().join("content"));
    build(folder.path(), &[]);
    build(again.path(), &[]);
    assert!(files(&public) == files(&again.path().join("public")), "an incremental build equals a clean one");
}

#[test]
fn every_message_says_the_same_to_all_and_answers_each_in_its_own_words() {
    let folder = sample();
    build(folder.path(), &[]);
    let data: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("public/toolkit.json")).unwrap()).unwrap();
    let messages = data["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 8);
    for message in messages {
        let part = |n: &serde_json::Value| message["parts"][n.as_u64().unwrap() as usize].as_str().unwrap();
        let version = |audience: &str| {
            message["versions"].as_array().unwrap().iter().find(|version| version["audience"] == audience).unwrap()
        };
        let claim = part(&version("general")["texts"]["claim"]);
        let mut leads = HashSet::new();
        for audience in ["general", "business-owners", "police", "residents"] {
            let version = version(audience);
            assert_eq!(part(&version["texts"]["claim"]), claim, "{}", message["id"]);
            let lead = part(&version["body"][0]);
            leads.insert(lead);
            let address = version["address"].as_str().unwrap().trim_start_matches('/');
            let page = std::fs::read_to_string(folder.path().join("public").join(address).join("index.html")).unwrap();
            let facts: Vec<&str> = page.match_indices("id=\"source-").map(|(at, _)| &page[at..at + 12]).collect();
            let plain = page.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
            assert!(plain.contains(claim), "{address}: the claim is not on the page");
            let words: String = lead.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
            assert!(plain.contains(&words) || lead.contains("555"), "{address}: {words}");
            assert!(!facts.is_empty() || message["id"] == "follow-up" || !page.contains("class=\"mark\""), "{address}");
        }
        assert_eq!(leads.len(), 4, "{}: each of the three, and everyone, has a lead of its own", message["id"]);
    }
}
