//! A hand-out as PDF: tagged (PDF/UA-1), with its fonts in it, the same bytes every time; and a small picture of its
//! first page.

use std::sync::Arc;

use serde_json::{Value, json};
use typst::diag::SourceResult;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::content::Handout;
use super::layout::Layouts;
use super::overflow::{Lost, Overflow, behind, last_page, lost, pages_needed};
use super::pictures::Picture;
use super::{code, drawn, stand_in};
use crate::finding::Problem;
use crate::plan::HandoutKind;

/// What a hand-out looks like, beside its layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The theme's colour: `#0b5a5a`.
    pub accent: String,
    /// The pages that the audience's sheet may have.
    pub pages: usize,
}

/// A hand-out, set and ready to be set.
pub struct Press<'a> {
    layouts: &'a Layouts,
    handout: &'a Handout,
    name: &'a str,
    data: Value,
    missing: Vec<char>,
    most: Option<usize>,
}

/// A hand-out as files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Its first page, small, as PNG.
    pub picture: Vec<u8>,
    /// What is known of it.
    pub facts: Facts,
}

/// What is known of a PDF.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Facts {
    /// Its pages.
    pub pages: usize,
    /// The width and height of the picture, in pixels.
    pub picture_size: (u32, u32),
    /// What is behind the last page that it may have.
    pub over: Option<Overflow>,
    /// Text over the foot of a page, or off the paper.
    pub lost: Option<Lost>,
    /// The names of pictures that can't be read, so that their words stand in their place.
    pub broken: Vec<String>,
}

/// The sizes in point that are tried, the largest first.
const fn sizes(kind: HandoutKind) -> &'static [f64] {
    match kind {
        HandoutKind::Sheet | HandoutKind::Brief => &[12.5, 12.0, 11.5, 11.0],
        HandoutKind::LargeSheet => &[20.0, 19.0, 18.0],
        HandoutKind::Message => &[12.0, 11.5, 11.0, 10.5],
        HandoutKind::Faq => &[11.0, 10.5],
        HandoutKind::Card => &[13.0, 12.0, 11.0, 10.0],
    }
}

impl<'a> Press<'a> {
    /// Makes ready to set a hand-out; `stem` is its address without ending.
    #[must_use]
    pub fn new(handout: &'a Handout, stem: &'a str, layouts: &'a Layouts, look: &Look) -> Self {
        let kind = handout.kind;
        let most = match kind {
            HandoutKind::Sheet => Some(look.pages),
            HandoutKind::LargeSheet => Some(look.pages * 2),
            HandoutKind::Brief | HandoutKind::Card | HandoutKind::Message => Some(1),
            HandoutKind::Faq => None,
        };
        let mut data = serde_json::to_value(handout).unwrap_or_default();
        let (lang, region) = language(&handout.language);
        let lists_sources = !matches!(kind, HandoutKind::LargeSheet | HandoutKind::Card | HandoutKind::Brief);
        let day = handout.date.to_string();
        let day: Vec<i64> = day.split('-').filter_map(|part| part.parse().ok()).collect();
        let more = json!({
            "accent": look.accent,
            "qr": handout.address.as_deref().and_then(code::svg),
            "lang": lang,
            "region": region,
            "day": day,
            "lists-sources": lists_sources,
            "shows-marks": lists_sources,
            // which of them it is, is known when it is set; what is remembered depends on all
            "sizes": sizes(kind),
            "site-address": handout.base_url,
        });
        if let (Some(fields), Value::Object(more)) = (data.as_object_mut(), more) {
            fields.extend(more);
        }
        let missing = stand_in::replace(&mut data, &|c| layouts.has(c));
        Self { layouts, handout, name: stem, data, missing, most }
    }

    /// The characters for which a reader sees a stand-in.
    #[must_use]
    pub fn missing(&self) -> &[char] {
        &self.missing
    }

    /// The fingerprint of all that the files depend on.
    #[must_use]
    pub fn key(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.layouts.fingerprint);
        hasher.update(FORM.as_bytes());
        hasher.update(self.name.as_bytes());
        hasher.update(&[u8::try_from(self.most.unwrap_or(0)).unwrap_or(u8::MAX)]);
        hasher.update(self.data.to_string().as_bytes());
        hasher.finalize()
    }

    /// Sets it. A picture that can't be read costs no sheet: its words stand in its place.
    ///
    /// # Errors
    /// What is wrong with the layout.
    pub fn make(&self) -> Result<Made, Problem> {
        let mut pictures: Vec<Arc<Picture>> = Vec::new();
        for picture in self.handout.pictures().filter_map(|(_, picture)| picture) {
            if !pictures.iter().any(|known| known.name == picture.name) {
                pictures.push(Arc::clone(picture));
            }
        }
        let mut data = self.data.clone();
        let mut broken = Vec::new();
        loop {
            let dropped = match self.made(&data, &pictures) {
                Ok(made) => return Ok(Made { facts: Facts { broken, ..made.facts }, ..made }),
                Err(problem) if pictures.is_empty() => return Err(problem),
                Err(_) => self.drop_broken(&mut pictures),
            };
            for picture in dropped {
                tell_instead(&mut data, &picture.name);
                broken.push(picture.name.clone());
            }
        }
    }

    fn made(&self, data: &Value, pictures: &[Arc<Picture>]) -> Result<Made, Problem> {
        let document = self.fitting(data, pictures)?;
        let over = self.most.filter(|most| document.pages().len() > *most).map(|most| behind(&document, most));
        let pdf = self.pdf(&document)?;
        let (picture, picture_size) = document.pages().first().map(drawn::small).unwrap_or_default();
        let facts =
            Facts { pages: document.pages().len(), picture_size, over, lost: lost(&document), broken: Vec::new() };
        Ok(Made { pdf, picture, facts })
    }

    /// In the largest type in which it fits; else in the smallest that there is or, where it may go on as long as it needs,
    /// on the fewest pages.
    fn fitting(&self, data: &Value, pictures: &[Arc<Picture>]) -> Result<PagedDocument, Problem> {
        let sizes = sizes(self.handout.kind);
        let mut data = data.clone();
        let mut made: Vec<Option<PagedDocument>> = sizes.iter().map(|_| None).collect();
        let mut set = |n: usize| {
            data["size"] = json!(sizes[n]);
            let document = self.layouts.set(self.handout.layout, &data.to_string(), pictures);
            // what one size leaves behind is little help to the next, and much to keep
            super::forget();
            document
        };
        // by halves: what fits in one size fits in each smaller one
        let (mut too_large, mut fitting) = (0, sizes.len());
        while too_large < fitting {
            let n = usize::midpoint(too_large, fitting - 1);
            let document = set(n)?;
            // a page that is well filled is not to be saved by smaller type
            let fits =
                self.most.map_or_else(|| last_page(&document) > WELL_FILLED, |most| document.pages().len() <= most);
            made[n] = Some(document);
            if fits {
                fitting = n;
            } else {
                too_large = n + 1;
            }
        }
        if fitting == sizes.len() && !self.promised() {
            fitting = 0;
            let mut fewest = (usize::MAX, 0);
            for (n, kept) in made.iter_mut().enumerate() {
                let document = match kept.take() {
                    Some(document) => document,
                    None => set(n)?,
                };
                // sources, and what is for partners alone, may go on behind the rest
                let needed = (pages_needed(&document), document.pages().len());
                *kept = Some(document);
                if needed < fewest {
                    (fewest, fitting) = (needed, n);
                }
            }
        }
        let n = fitting.min(sizes.len() - 1);
        match made[n].take() {
            Some(document) => Ok(document),
            None => set(n),
        }
    }

    /// Takes out the pictures that can't be set; all of them, where each by itself can.
    fn drop_broken(&self, pictures: &mut Vec<Arc<Picture>>) -> Vec<Arc<Picture>> {
        let broken: Vec<_> = pictures.extract_if(.., |picture| !self.layouts.can_set(picture)).collect();
        if broken.is_empty() { std::mem::take(pictures) } else { broken }
    }

    /// Whether somebody is told when it has more pages than it may.
    const fn promised(&self) -> bool {
        !matches!(self.handout.kind, HandoutKind::Message | HandoutKind::Faq)
    }

    fn pdf(&self, document: &PagedDocument) -> Result<Vec<u8>, Problem> {
        let ident = format!("{} {}", self.handout.site, self.name);
        tagged(document, &ident).map_err(|errors| self.layouts.problem_of(self.handout.layout, &errors))
    }
}

/// A document as PDF/UA-1; the same `ident` gives the same bytes.
pub(super) fn tagged(document: &PagedDocument, ident: &str) -> SourceResult<Vec<u8>> {
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some("onevoice".to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default(),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options)
}

/// So much of the last page has to have text on it that it is worth its paper.
const WELL_FILLED: f64 = 0.3;

/// What is remembered depends on the form of our files, too.
const FORM: &str = concat!("4 typst 0.15.1 onevoice ", env!("CARGO_PKG_VERSION"));

/// Puts the words for a picture in its place.
fn tell_instead(value: &mut Value, name: &str) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| tell_instead(value, name)),
        Value::Object(fields) => {
            if fields.get("picture").is_some_and(|picture| picture["name"] == name) {
                fields.insert("picture".to_owned(), Value::Null);
            }
            fields.values_mut().for_each(|value| tell_instead(value, name));
        }
        _ => {}
    }
}

/// The language and the region of a tag, as a PDF names them.
pub(super) fn language(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split('-');
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let main = parts.next().filter(|part| (2..=3).contains(&part.len()) && letters(part)).unwrap_or("en");
    let region = parts.find(|part| part.len() == 2 && letters(part));
    (main.to_ascii_lowercase(), region.map(str::to_ascii_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_a_language_and_perhaps_a_region() {
        assert_eq!(language("en-US"), ("en".into(), Some("US".into())));
        assert_eq!(language("zh-Hant-tw"), ("zh".into(), Some("TW".into())));
        assert_eq!(language("es"), ("es".into(), None));
        assert_eq!(language("x"), ("en".into(), None));
    }
}
