//! What a toolkit's folder holds, by its file names and lists: said also of a toolkit that can't be built.

use std::io::Read;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::here::ROOT_FILE;

/// What is there.
#[derive(Debug, Default)]
pub struct Survey {
    /// The title; none where toolkit.yaml can't be read or has none.
    pub title: Option<String>,
    /// The theme.
    pub theme: String,
    /// How many of each kind there are: number, name of one, name of several.
    pub counts: Vec<(usize, &'static str, &'static str)>,
}

/// One file an item: folder, ending, name of one, name of several.
const FOLDERS: [(&str, &str, &str, &str); 8] = [
    ("audiences", "yaml", "audience", "audiences"),
    ("messages", "md", "message", "messages"),
    ("faqs", "md", "question", "questions"),
    ("talking-points", "md", "talking point", "talking points"),
    ("tough-questions", "md", "tough question", "tough questions"),
    ("stories", "md", "story", "stories"),
    ("wins", "md", "win", "wins"),
    ("pages", "md", "page", "pages"),
];

/// Larger files are not looked into: the contract's limit for text.
const LIMIT: u64 = 8 << 20;

#[derive(Deserialize)]
struct Settings {
    title: Option<String>,
    theme: Option<Theme>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Theme {
    Name(String),
    Options { name: Option<String> },
}

#[derive(Deserialize)]
struct Lists {
    facts: Option<Vec<IgnoredAny>>,
    terms: Option<Vec<IgnoredAny>>,
}

impl Survey {
    /// Looks at the toolkit in `root`. What can't be read counts as nothing: `onevoice check` names it.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        let settings: Option<Settings> = text(&root.join(ROOT_FILE)).and_then(|text| serde_yaml::from_str(&text).ok());
        let (title, theme) = settings.map_or((None, None), |settings| (settings.title, settings.theme));
        let theme = match theme {
            Some(Theme::Name(name) | Theme::Options { name: Some(name) }) => name,
            _ => "plain".to_owned(),
        };
        let content = root.join("content");
        let mut counts: Vec<_> = FOLDERS
            .iter()
            .map(|&(folder, ending, one, several)| (files(&content.join(folder), ending).count(), one, several))
            .collect();
        let entries = |name: &str, list: fn(Lists) -> Option<Vec<IgnoredAny>>| -> usize {
            files(&content.join(name), "yaml")
                .chain([content.join(format!("{name}.yaml"))])
                .filter_map(|path| serde_yaml::from_str(&text(&path)?).ok().and_then(list))
                .map(|entries| entries.len())
                .sum()
        };
        counts.push((entries("facts", |lists| lists.facts), "fact", "facts"));
        counts.push((entries("terms", |lists| lists.terms), "word entry", "word entries"));
        Self { title, theme, counts }
    }

    /// How many there are of a kind, by the name of one.
    #[must_use]
    pub fn count(&self, one: &str) -> usize {
        self.counts.iter().find(|(_, name, _)| *name == one).map_or(0, |(count, ..)| *count)
    }

    /// The counts in words, kinds without anything left out: `3 audiences, 1 win`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let words: Vec<String> = self
            .counts
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|&(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }))
            .collect();
        if words.is_empty() { "nothing in content/ yet".to_owned() } else { words.join(", ") }
    }
}

/// The plain files below `folder` that end in `ending`; no hidden ones, no README.
fn files(folder: &Path, ending: &'static str) -> impl Iterator<Item = std::path::PathBuf> {
    let shown = |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(shown)
        .filter_map(Result::ok)
        .filter(move |entry| entry.file_type().is_file() && entry.file_name() != "README.md")
        .map(walkdir::DirEntry::into_path)
        .filter(move |path| path.extension().is_some_and(|found| found == ending))
}

#[expect(clippy::disallowed_methods, reason = "counts what is there before, or although, the toolkit can be read")]
fn text(path: &Path) -> Option<String> {
    // a pipe or a link in place of the file is not opened
    if !std::fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let mut text = String::new();
    std::fs::File::open(path).ok()?.take(LIMIT).read_to_string(&mut text).ok()?;
    Some(text)
}
