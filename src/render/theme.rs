//! A theme: the built-in one, with the files of `themes/NAME/` in place of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use tera::{Tera, Value};

use super::accent;
use super::fields::from_yaml;
use crate::finding::{At, KeyPath, Problem, TemplateTrouble, What};
use crate::source::{Content, Source};
use crate::toolkit::settings::Settings;
use crate::toolkit::text::Extra;

static PLAIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/plain");

/// The fingerprint of the built-in theme's files.
#[must_use]
pub fn built_in() -> String {
    let mut paths = Vec::new();
    collect(&PLAIN, &mut paths);
    paths.sort();
    let mut hasher = blake3::Hasher::new();
    for path in &paths {
        hasher.update(path.as_bytes());
        hasher.update(PLAIN.get_file(path).map_or(&[][..], include_dir::File::contents));
    }
    hasher.finalize().to_hex().to_string()
}

/// A theme, loaded.
#[derive(Clone)]
pub struct Theme {
    /// The templates, compiled.
    pub tera: Tera,
    /// The theme's words in the toolkit's language.
    pub words: Words,
    /// Its options, as set or by default.
    pub options: Value,
    /// The files of `static/` by their path below it, sorted.
    pub files: BTreeMap<String, Asset>,
    /// The files of `handout/`, layouts and fonts of what is printed; none where this program prints nothing.
    pub handout: Vec<HandoutFile>,
    /// Where each template stands: the toolkit's own, or in the program.
    origins: BTreeMap<String, Arc<str>>,
}

/// A file of a theme, as it is published.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Seven hex digits of their fingerprint.
    pub version: String,
}

/// A file of a theme's `handout/`.
#[derive(Clone, Debug)]
pub struct HandoutFile {
    /// Its path below `handout/`.
    pub path: String,
    /// The file as findings name it.
    pub shown: Arc<str>,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// The theme's own words, by name.
#[derive(Clone, Debug, Default)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// A word; its name where the theme has none.
    #[must_use]
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// All words as a template sees them.
    #[must_use]
    pub fn value(&self) -> Value {
        let mut map = tera::Map::with_capacity(self.0.len());
        for (name, text) in &self.0 {
            map.insert(name.clone().into(), Value::from(text.as_str()));
        }
        Value::from(map)
    }
}

/// The files of a theme by their path in it: what the toolkit has stands in place of what is built in.
struct Files<'a> {
    source: &'a Source,
    name: &'a str,
}

impl Files<'_> {
    /// The text of a file, with its path in the toolkit if it is there.
    fn text(&self, path: &str) -> Option<(String, Option<Arc<str>>)> {
        let own = format!("themes/{}/{path}", self.name);
        if let Some(Content::Text(text)) = self.source.get(&own).map(|file| &file.content) {
            return Some((text.to_string(), Some(own.into())));
        }
        PLAIN.get_file(path)?.contents_utf8().map(|text| (text.to_owned(), None))
    }

    /// The paths of all files in a folder of the theme.
    fn under(&self, folder: &str) -> Vec<String> {
        let mut paths = Vec::new();
        if let Some(dir) = PLAIN.get_dir(folder) {
            collect(dir, &mut paths);
        }
        let prefix = format!("themes/{}/", self.name);
        for file in self.source.under(&format!("{prefix}{folder}")) {
            paths.extend(file.path.as_str().strip_prefix(&prefix).map(str::to_owned));
        }
        paths.sort();
        paths.dedup();
        paths
    }

    /// Whether the toolkit has a file of its own there.
    fn is_own(&self, path: &str) -> bool {
        self.source.get(&format!("themes/{}/{path}", self.name)).is_some()
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let own = format!("themes/{}/{path}", self.name);
        match self.source.get(&own) {
            Some(file) => match &file.content {
                Content::Text(text) => Some(text.as_bytes().to_vec()),
                _ => self.source.asset_bytes(&file.path).ok(),
            },
            None => PLAIN.get_file(path).map(|file| file.contents().to_vec()),
        }
    }
}

fn collect(dir: &Dir<'_>, paths: &mut Vec<String>) {
    paths.extend(dir.files().map(|file| file.path().to_string_lossy().replace('\\', "/")));
    dir.dirs().for_each(|dir| collect(dir, paths));
}

impl Theme {
    /// Loads the theme that the settings name.
    ///
    /// `None` where a template can't be read: then no page can be made.
    #[must_use]
    pub fn load(source: &Source, settings: &Settings) -> (Option<Self>, Vec<Problem>) {
        let mut problems = Vec::new();
        let name = settings.theme_name();
        if name != "plain" && source.under(&format!("themes/{name}")).next().is_none() {
            problems.push(missing_theme(source, name));
        }
        let files = Files { source, name };
        let (tera, origins) = match templates(&files) {
            Ok(loaded) => loaded,
            Err(problem) => {
                problems.push(problem);
                return (None, problems);
            }
        };
        let words = words(&files, settings.language(), &mut problems);
        let options = options(&files, settings, &mut problems);
        let accent = accent::set(settings, &mut problems);
        let handout = if cfg!(feature = "pdf") { handout(&files) } else { Vec::new() };
        let files = assets(&files, accent.as_deref());
        (Some(Self { tera, words, options, files, handout, origins }), problems)
    }

    /// Whether there is a template with this name, without its ending.
    #[must_use]
    pub fn has_template(&self, name: &str) -> bool {
        self.origins.contains_key(&format!("{name}.html"))
    }

    /// The names of all page templates, without their ending.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.origins.keys().filter_map(|name| name.strip_suffix(".html")).filter(|name| !name.contains('/'))
    }

    /// The file of a template as findings name it.
    #[must_use]
    pub fn file_of(&self, template: &str) -> Arc<str> {
        self.origins.get(template).cloned().unwrap_or_else(|| format!("themes/plain/templates/{template}").into())
    }
}

fn missing_theme(source: &Source, name: &str) -> Problem {
    let mut known: Vec<String> = source
        .under("themes")
        .filter_map(|file| Some(file.path.as_str().strip_prefix("themes/")?.split_once('/')?.0.to_owned()))
        .chain(["plain".to_owned()])
        .collect();
    known.sort();
    known.dedup();
    let what = What::Template(TemplateTrouble::Missing { what: "theme", name: name.to_owned(), known });
    Problem::new(At::value("toolkit.yaml".into(), KeyPath::top("theme")), what)
}

type Loaded = (Tera, BTreeMap<String, Arc<str>>);

fn templates(files: &Files<'_>) -> Result<Loaded, Problem> {
    let mut tera = Tera::new();
    let mut origins = BTreeMap::new();
    let mut texts = Vec::new();
    for path in files.under("templates") {
        let Some(name) = path.strip_prefix("templates/").filter(|name| name.ends_with(".html")) else { continue };
        if let Some((text, own)) = files.text(&path) {
            let shown = own.unwrap_or_else(|| format!("themes/plain/{path}").into());
            origins.insert(name.to_owned(), shown);
            texts.push((name.to_owned(), text));
        }
    }
    match tera.add_raw_templates(texts) {
        Ok(()) => Ok((tera, origins)),
        Err(error) => Err(super::trouble::unreadable(&error, &origins)),
    }
}

/// The theme's words: English, and over it the toolkit's language, the built-in files first.
fn words(files: &Files<'_>, language: &str, problems: &mut Vec<Problem>) -> Words {
    let mut words = Words::default();
    let main = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
    for name in ["en", &main, language] {
        let path = format!("i18n/{name}.yaml");
        let built_in = PLAIN.get_file(&path).and_then(|file| file.contents_utf8());
        let own =
            files.source.get(&format!("themes/{}/{path}", files.name)).and_then(|file| file.text().map(|text| &**text));
        for text in [built_in, own].into_iter().flatten() {
            match serde_yaml::from_str::<BTreeMap<String, String>>(text) {
                Ok(more) => words.0.extend(more),
                Err(error) => {
                    let file = format!("themes/{}/{path}", files.name).into();
                    let what = What::Template(TemplateTrouble::Syntax(error.to_string()));
                    problems.push(Problem::new(At::file(file), what));
                }
            }
        }
    }
    words
}

/// The declared options with their defaults, set by `theme: {options}`.
fn options(files: &Files<'_>, settings: &Settings, problems: &mut Vec<Problem>) -> Value {
    let mut map = tera::Map::new();
    let own =
        files.source.get(&format!("themes/{}/theme.yaml", files.name)).and_then(|file| file.text().map(|text| &**text));
    let built_in = PLAIN.get_file("theme.yaml").and_then(|file| file.contents_utf8());
    for text in [built_in, own].into_iter().flatten() {
        match serde_yaml::from_str::<serde_yaml::Value>(text) {
            Ok(declared) => {
                let options = declared.get("options").and_then(serde_yaml::Value::as_mapping);
                for (name, option) in options.into_iter().flatten() {
                    let Some(name) = name.as_str() else { continue };
                    let default = option.get("default").map_or_else(Value::none, from_yaml);
                    map.insert(name.to_owned().into(), default);
                }
            }
            Err(error) => {
                let file = format!("themes/{}/theme.yaml", files.name).into();
                let what = What::Template(TemplateTrouble::Syntax(error.to_string()));
                problems.push(Problem::new(At::file(file), what));
            }
        }
    }
    for (name, value) in settings.theme_options().into_iter().flat_map(Extra::entries) {
        if map.contains_key(&tera::value::Key::from(name.to_owned())) {
            map.insert(name.to_owned().into(), super::fields::own(value));
        } else {
            let known = map.keys().filter_map(|key| key.as_str().map(str::to_owned)).collect();
            let what = What::UnknownKey { key: name.to_owned(), known, inside: "theme's options".to_owned() };
            let path = KeyPath::top("theme").key("options").key(name);
            problems.push(Problem::new(At::key("toolkit.yaml".into(), path), what));
        }
    }
    Value::from(map)
}

/// Layouts and fonts of what is printed.
fn handout(files: &Files<'_>) -> Vec<HandoutFile> {
    let file = |path: String| {
        let shown = format!("themes/{}/{path}", if files.is_own(&path) { files.name } else { "plain" });
        let bytes = files.bytes(&path)?.into();
        Some(HandoutFile { path: path.strip_prefix("handout/")?.to_owned(), shown: shown.into(), bytes })
    };
    files.under("handout").into_iter().filter_map(file).collect()
}

/// The files of `static/`, style sheets and scripts without needless signs.
fn assets(files: &Files<'_>, accent: Option<&str>) -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    for path in files.under("static") {
        let Some(bytes) = files.bytes(&path) else { continue };
        let Some(name) = path.strip_prefix("static/") else { continue };
        let bytes = match accent {
            // under the content policy a colour can come from a style sheet alone
            Some(accent) if name == "style.css" => {
                [&bytes[..], format!("\n:root{{--accent:{accent}}}\n").as_bytes()].concat()
            }
            Some(accent) if name == "favicon.svg" => {
                String::from_utf8_lossy(&bytes).replace("#0b5a5a", accent).into_bytes()
            }
            _ => bytes,
        };
        let bytes = super::minify::asset(name, bytes);
        let mut version = blake3::hash(&bytes).to_hex().to_string();
        version.truncate(7);
        assets.insert(name.to_owned(), Asset { bytes: bytes.into(), version });
    }
    assets
}
