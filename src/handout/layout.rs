//! The layouts of a theme and their fonts, ready to set type with. They read no disk and no clock, and no package; of
//! files they see the pictures of the text that they set.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;

use super::pictures::Picture;
use crate::finding::{At, Problem, TemplateTrouble, What};

/// A file of a theme's `handout/`.
#[derive(Clone, Debug)]
pub struct LayoutFile {
    /// Its path below `handout/`: `sheet.typ`, `fonts/Sans.ttf`.
    pub path: String,
    /// The file as findings name it.
    pub shown: Arc<str>,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Layouts and fonts.
pub struct Layouts {
    sources: BTreeMap<String, (FileId, Source, Arc<str>)>,
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    /// The fingerprint of all files: with other layouts or fonts, other hand-outs.
    pub fingerprint: [u8; 32],
}

impl Layouts {
    /// Reads the files; what is neither a layout nor a font counts for nothing.
    #[must_use]
    pub fn new(files: &[LayoutFile]) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut sources = BTreeMap::new();
        let mut fonts = Vec::new();
        for file in files {
            hasher.update(file.path.as_bytes());
            hasher.update(&(file.bytes.len() as u64).to_le_bytes());
            hasher.update(&file.bytes);
            match file.path.rsplit('.').next() {
                Some("ttf" | "otf" | "ttc") => fonts.extend(Font::iter(Bytes::new(Arc::clone(&file.bytes)))),
                Some("typ") => {
                    let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
                    let Some(id) = id_of(&file.path) else { continue };
                    let source = Source::new(id, text.to_owned());
                    sources.insert(file.path.clone(), (id, source, Arc::clone(&file.shown)));
                }
                _ => {}
            }
        }
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { sources, fonts, book, fingerprint: *hasher.finalize().as_bytes() }
    }

    /// Whether a font has this character.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)))
    }

    /// What a reader sees in place of a character that no font has.
    #[must_use]
    pub fn stand_in(&self) -> char {
        super::stand_in::sign(&|c| self.has(c))
    }

    /// Sets `data`, a JSON text, by the layout `name`, which can show `pictures`, at `/pictures/NAME`.
    ///
    /// # Errors
    /// What is wrong with the layout.
    pub fn set(&self, name: &str, data: &str, pictures: &[Arc<Picture>]) -> Result<PagedDocument, Problem> {
        let path = format!("{name}.typ");
        let Some((main, _, _)) = self.sources.get(&path) else {
            let known = self.sources.keys().cloned().collect();
            let what = What::Template(TemplateTrouble::Missing { what: "layout", name: path, known });
            return Err(Problem::new(At::file("toolkit.yaml".into()), what));
        };
        let mut inputs = Dict::new();
        inputs.insert("data".into(), data.into_value());
        let library = LazyHash::new(Library::builder().with_inputs(inputs).build());
        let press = Press { layouts: self, library, main: *main, alone: None, pictures };
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&press);
        // a layout of ours that warns is wrong, too; somebody else's may be as it likes
        let ours = || self.sources.values().all(|(.., shown)| shown.starts_with("themes/plain/"));
        debug_assert!(warnings.is_empty() || !ours(), "{warnings:?}");
        output.map_err(|errors| self.problem(&path, name, &errors, &press))
    }

    /// Whether a picture can be set at all, by itself on a page of a tagged PDF.
    #[must_use]
    pub fn can_set(&self, picture: &Arc<Picture>) -> bool {
        let Some(id) = id_of("a picture alone.typ") else { return false };
        // a drawing has words, too: they are set in our fonts
        let mut families: Vec<&str> = self.fonts.iter().map(|font| font.info().family.as_str()).collect();
        families.dedup();
        let fonts: String = families.iter().map(|family| format!("{family:?}, ")).collect();
        let fonts = if fonts.is_empty() { String::new() } else { format!("#set text(font: ({fonts}))\n") };
        let image = format!("#image(\"/pictures/{}\", width: 1in, alt: \"a\")", picture.name);
        let text = format!("#set document(title: \"a\")\n{fonts}{image}");
        let alone = Some(Source::new(id, text));
        let library = LazyHash::new(Library::builder().build());
        let press = Press { layouts: self, library, main: id, alone, pictures: std::slice::from_ref(picture) };
        let set = typst::compile::<PagedDocument>(&press).output;
        set.is_ok_and(|document| super::pdf::tagged(&document, "a picture").is_ok())
    }

    /// What the program for type says, as a problem of the layout.
    pub(super) fn problem_of(&self, name: &str, errors: &[SourceDiagnostic]) -> Problem {
        let library = LazyHash::new(Library::builder().build());
        let path = format!("{name}.typ");
        let main = self.sources.get(&path).map(|(id, ..)| *id).or_else(|| id_of(&path));
        match main {
            Some(main) => {
                self.problem(&path, name, errors, &Press { layouts: self, library, main, alone: None, pictures: &[] })
            }
            None => Problem::new(At::file(path.into()), What::Template(TemplateTrouble::Syntax(String::new()))),
        }
    }

    fn problem(&self, path: &str, name: &str, errors: &[SourceDiagnostic], press: &Press<'_>) -> Problem {
        let first = errors.first();
        let id = first.and_then(|error| error.span.id());
        let own = |path: &str| self.sources.get(path).map(|(.., shown)| Arc::clone(shown));
        let file = id
            .and_then(|id| self.sources.values().find(|(other, ..)| *other == id))
            .map(|(.., shown)| Arc::clone(shown))
            .or_else(|| own(path))
            .unwrap_or_else(|| path.into());
        let range = first.and_then(|error| press.range(error.span));
        let at = match range {
            Some(range) => At::bytes(file, range.start, range.end),
            None => At::file(file),
        };
        let mut message = first.map(|error| error.message.to_string()).unwrap_or_default();
        for hint in first.into_iter().flat_map(|error| &error.hints) {
            message = format!("{message}; {}", hint.v);
        }
        Problem::new(at, What::Template(TemplateTrouble::Failed { message, page: format!("the layout {name}") }))
    }
}

fn id_of(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

/// What a layout can see: the other layouts, the fonts, and the pictures of its text.
struct Press<'a> {
    layouts: &'a Layouts,
    library: LazyHash<Library>,
    main: FileId,
    /// A text of ours that is no layout.
    alone: Option<Source>,
    pictures: &'a [Arc<Picture>],
}

impl World for Press<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.layouts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if let Some(alone) = self.alone.as_ref().filter(|alone| alone.id() == id) {
            return Ok(alone.clone());
        }
        let found = self.layouts.sources.values().find(|(other, ..)| *other == id);
        found.map(|(_, source, _)| source.clone()).ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        let name = path.strip_prefix("pictures/").ok_or(FileError::AccessDenied)?;
        let found = self.pictures.iter().find(|picture| picture.name == name);
        found.map(|picture| Bytes::new(Arc::clone(&picture.bytes))).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.layouts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_can_be_set_alone_is_told_from_one_that_cannot() {
        let font = include_bytes!("../../themes/plain/handout/fonts/PublicSans_400Regular.ttf").as_slice();
        let font = LayoutFile { path: "fonts/a.ttf".into(), shown: "a".into(), bytes: font.into() };
        let layouts = Layouts::new(&[font]);
        let svg = |inside: &str| {
            let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\">{inside}</svg>");
            Arc::new(Picture::read(text.into_bytes().into(), 1, true).unwrap_or_else(|why| panic!("{why:?}")))
        };
        assert!(layouts.can_set(&svg("<rect width=\"9\" height=\"9\"/>")));
        assert!(!layouts.can_set(&svg("<text y=\"9\">\u{1f600}</text>")));
        assert!(!layouts.can_set(&svg("<rect")));
    }
}
