//! What a file is by its place, and where a file that is in no known place probably belongs.

use std::sync::Arc;

use super::id::Kind;

/// What a file of the toolkit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `toolkit.yaml`.
    Settings,
    /// An item, with its id as typed.
    Item(Kind, Arc<str>),
    /// A profile, with its id as typed.
    Audience(Arc<str>),
    /// Facts and sources.
    Facts,
    /// Words.
    Terms,
    /// Fill-ins.
    Local,
    /// Members.
    Partners,
    /// Sign-offs.
    Approvals,
    /// The words of a sign-off, with their fingerprint as the file is named.
    ApprovedText(Arc<str>),
    /// A file that is published, by its path below `files/`.
    Published(Arc<str>),
    /// A theme's file: the theme, the path in it.
    Theme(Arc<str>, Arc<str>),
    /// In no known place; with where it probably belongs.
    Unknown(Option<String>),
}

/// The kind of the file at `path`.
#[must_use]
pub fn kind_of(path: &str) -> FileKind {
    if path == "toolkit.yaml" {
        return FileKind::Settings;
    }
    if let Some(inside) = path.strip_prefix("themes/") {
        return in_themes(inside);
    }
    path.strip_prefix("content/").map_or_else(|| FileKind::Unknown(None), in_content)
}

fn in_themes(inside: &str) -> FileKind {
    let Some((theme, file)) = inside.split_once('/') else {
        return FileKind::Unknown(Some("a folder of its own, themes/NAME/".to_owned()));
    };
    let known = file == "theme.yaml"
        || ["templates/", "static/", "i18n/", "handout/"].iter().any(|folder| file.starts_with(folder));
    if known {
        return FileKind::Theme(theme.into(), file.into());
    }
    let folder = match ending(file) {
        "html" => Some("templates"),
        "css" | "js" | "svg" | "png" | "ico" | "woff2" => Some("static"),
        "typ" | "ttf" | "otf" => Some("handout"),
        "yaml" => Some("i18n"),
        _ => None,
    };
    FileKind::Unknown(folder.map(|folder| format!("themes/{theme}/{folder}/{}", name(file))))
}

fn in_content(inside: &str) -> FileKind {
    let (folder, rest) = inside.split_once('/').unwrap_or(("", inside));
    match (folder, rest) {
        ("", "facts.yaml") => return FileKind::Facts,
        ("", "terms.yaml") => return FileKind::Terms,
        ("", "local.yaml") => return FileKind::Local,
        ("", "partners.yaml") => return FileKind::Partners,
        ("", "approvals.yaml") => return FileKind::Approvals,
        ("files", file) => return FileKind::Published(file.into()),
        ("facts", file) if flat(file, "yaml") => return FileKind::Facts,
        ("terms", file) if flat(file, "yaml") => return FileKind::Terms,
        ("approvals", file) if flat(file, "txt") => return FileKind::ApprovedText(stem(file).into()),
        ("audiences", file) if flat(file, "yaml") => return FileKind::Audience(stem(file).into()),
        _ => {}
    }
    if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.folder() == folder) {
        let nests = kind == Kind::Page;
        if ending(rest) == "md"
            && (nests || !rest.contains('/'))
            && translation(rest).is_none()
            && name(rest) != "_index.md"
        {
            return FileKind::Item(kind, item_id(kind, rest).into());
        }
    }
    FileKind::Unknown(belongs(folder, rest))
}

/// The id of an item by its path in its folder; a page's `index.md` is its folder's page.
fn item_id(kind: Kind, rest: &str) -> &str {
    let id = rest.strip_suffix(".md").unwrap_or(rest);
    if kind == Kind::Page { id.strip_suffix("/index").unwrap_or(id) } else { id }
}

/// Where a file below `content/` probably belongs.
fn belongs(folder: &str, rest: &str) -> Option<String> {
    let file = name(rest);
    if let Some(language) = translation(rest) {
        return Some(format!("a later version: names like {file} are kept for translations (here: `{language}`)"));
    }
    if file == "_index.md" {
        return Some(format!("content/{folder}/{}", rest.replace("_index.md", "index.md")));
    }
    if ending(file) == "yml" {
        return Some(format!("content/{}", join(folder, &rest.replace(".yml", ".yaml"))));
    }
    let folders = Kind::ALL.map(Kind::folder);
    // the folder is right: its name is not
    if folders.contains(&folder) || folder == "audiences" {
        let wanted = if folder == "audiences" { "yaml" } else { "md" };
        let new = |kind: &str| {
            format!("copy its words into a file of its kind: `onevoice new {kind} {} --from {file}`", stem(file))
        };
        match ending(file) {
            "docx" | "html" | "htm" => {
                let kind = Kind::ALL.into_iter().find(|kind| kind.folder() == folder);
                return Some(kind.map_or_else(|| format!("content/files/{file}"), |kind| new(kind.name())));
            }
            "txt" | "markdown" | "md" | "mdown" => {
                let stem = stem(file).strip_suffix(".md").unwrap_or_else(|| stem(file));
                return Some(format!("content/{folder}/{stem}.{wanted}"));
            }
            _ => {}
        }
    }
    if matches!(folder, "images" | "img" | "pictures" | "photos" | "media" | "assets") {
        return Some(format!("content/files/{file}"));
    }
    if let Some(near) =
        crate::finding::nearest(folder, folders.into_iter().chain(["audiences", "files", "facts", "terms"]))
    {
        return Some(format!("content/{near}/{file}"));
    }
    match ending(file) {
        "md" | "markdown" if folders.contains(&folder) && folder != "pages" => {
            Some(format!("content/{folder}/{}.md", stem(file)))
        }
        "md" | "markdown" => Some(format!("content/pages/{}.md", stem(file))),
        "yaml" => crate::finding::nearest(stem(file), ["facts", "terms", "local", "partners", "approvals"])
            .map(|near| format!("content/{near}.yaml"))
            .or_else(|| Some(format!("content/audiences/{file}"))),
        "html" | "htm" | "docx" | "txt" => Some(format!("content/pages/{}.md, as Markdown", stem(file))),
        _ => Some(format!("content/files/{file}")),
    }
}

/// What stands at the toolkit's root and is at home elsewhere: by its name.
#[must_use]
pub fn misplaced(name: &str) -> Option<String> {
    let home = match name {
        "static" | "assets" => {
            "content/files/ for pictures and papers, themes/NAME/static/ for a theme's own".to_owned()
        }
        "layouts" | "templates" | "_includes" | "_layouts" => "themes/NAME/templates/".to_owned(),
        "data" | "_data" => "content/facts.yaml, content/local.yaml, or `extra:` in toolkit.yaml".to_owned(),
        "archetypes" => "nothing here: `onevoice new KIND ID` writes a commented file".to_owned(),
        "hugo.yaml" | "hugo.toml" | "config.toml" | "config.yaml" | "zola.toml" | "mkdocs.yml" | "_config.yml" => {
            "toolkit.yaml".to_owned()
        }
        "facts.yaml" | "terms.yaml" | "local.yaml" | "partners.yaml" | "approvals.yaml" => format!("content/{name}"),
        "toolkit.yml" => "toolkit.yaml".to_owned(),
        "audiences" | "files" => format!("content/{name}/"),
        _ if Kind::ALL.iter().any(|kind| kind.folder() == name && name != "partners") => format!("content/{name}/"),
        _ => return None,
    };
    Some(home)
}

/// The language of `NAME.xx.md`, where `xx` looks like one.
fn translation(path: &str) -> Option<&str> {
    let (_, language) = stem(name(path)).rsplit_once('.')?;
    let (first, region) = language.split_once('-').unwrap_or((language, ""));
    let letters = |text: &str, sizes: std::ops::RangeInclusive<usize>| {
        sizes.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic())
    };
    (ending(path) == "md" && letters(first, 2..=3) && (region.is_empty() || letters(region, 2..=4))).then_some(language)
}

fn flat(file: &str, wanted: &str) -> bool {
    !file.contains('/') && ending(file) == wanted
}

fn join(folder: &str, rest: &str) -> String {
    if folder.is_empty() { rest.to_owned() } else { format!("{folder}/{rest}") }
}

fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn ending(path: &str) -> &str {
    name(path).rsplit_once('.').map_or("", |(_, ending)| ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_place() {
        assert_eq!(kind_of("content/faqs/who-pays.md"), FileKind::Item(Kind::Faq, "who-pays".into()));
        assert_eq!(kind_of("content/pages/about/team.md"), FileKind::Item(Kind::Page, "about/team".into()));
        assert_eq!(kind_of("content/pages/about/index.md"), FileKind::Item(Kind::Page, "about".into()));
        assert_eq!(kind_of("content/pages/index.md"), FileKind::Item(Kind::Page, "index".into()));
        assert_eq!(kind_of("content/audiences/police.yaml"), FileKind::Audience("police".into()));
        assert_eq!(kind_of("content/facts/county.yaml"), FileKind::Facts);
        assert_eq!(kind_of("content/approvals/2d0a.txt"), FileKind::ApprovedText("2d0a".into()));
        assert_eq!(kind_of("content/files/a/b.png"), FileKind::Published("a/b.png".into()));
        assert_eq!(
            kind_of("themes/mine/templates/home.html"),
            FileKind::Theme("mine".into(), "templates/home.html".into())
        );
    }

    #[test]
    fn a_file_in_no_known_place_is_told_where_it_belongs() {
        let home = |path: &str| match kind_of(path) {
            FileKind::Unknown(home) => home.unwrap_or_default(),
            other => format!("{other:?}"),
        };
        assert_eq!(home("content/faq/who-pays.md"), "content/faqs/who-pays.md");
        assert_eq!(home("content/about.md"), "content/pages/about.md");
        assert_eq!(home("content/audiences/police.yml"), "content/audiences/police.yaml");
        assert_eq!(home("content/police.yaml"), "content/audiences/police.yaml");
        assert_eq!(home("content/fact.yaml"), "content/facts.yaml");
        assert_eq!(home("content/messages/photo.png"), "content/files/photo.png");
        assert_eq!(home("content/pages/_index.md"), "content/pages/index.md");
        assert!(home("content/messages/safer.es.md").contains("translations"));
        assert_eq!(home("themes/mine/home.html"), "themes/mine/templates/home.html");
        assert_eq!(misplaced("static").unwrap().split(' ').next(), Some("content/files/"));
        assert_eq!(misplaced("partners"), None, "the partners edition is written there");
        assert_eq!(misplaced("notes"), None);
    }
}
