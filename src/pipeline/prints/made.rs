//! Print files and cards, made or remembered.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::{From, Prints, Written};
use crate::finding::{At, KeyPath, LongSheet, NotPrinted, Problem, SheetKind, What};
use crate::handout::card::{self, Card, CardOf};
use crate::handout::content::Block;
use crate::handout::layout::{LayoutFile, Layouts};
use crate::handout::overflow::Overflow;
use crate::handout::pdf::{Facts, Look, Made, Press};
use crate::handout::{Ground, forget};
use crate::plan::{HandoutKind, PlannedHandout};
use crate::render::{CardAt, Print, PrintFile, Site};
use crate::toolkit::edition::Key;
use crate::toolkit::id::Readers;
use crate::write::cache::Folder;

/// The folder of the cache.
const FOLDER: &str = "prints";

/// What all prints of a run share.
struct Shop<'a> {
    from: From<'a>,
    site: &'a Site<'a>,
    layouts: Layouts,
    accent: String,
    folder: Folder,
}

/// A hand-out that was made.
struct One {
    made: Made,
    missing: Vec<char>,
    key: String,
}

/// Setting type nests deeply, and a thread that waits may begin another sheet on the same stack: two megabytes, the usual
/// size, are not enough for that (seen with one thread). Only what is used of it is ever taken.
const STACK: usize = 64 << 20;

/// Does `work`, and all that it does at once, on threads with room to nest.
fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(rayon::current_num_threads()).stack_size(STACK).build();
    match pool {
        Ok(pool) => pool.install(work),
        // no threads to be had: the usual ones have to do
        Err(_) => work(),
    }
}

/// A card: what it is for, where it stands, its bytes, and the key that they are remembered by.
type Drawn = (CardOf, CardAt, Arc<[u8]>, String);

/// All prints of an edition.
pub(super) fn all(written: &[Written], from: From<'_>, site: &Site<'_>) -> (Prints, Vec<Problem>) {
    with_room(|| all_here(written, from, site))
}

fn all_here(written: &[Written], from: From<'_>, site: &Site<'_>) -> (Prints, Vec<Problem>) {
    let shop = Shop::open(from, site);
    let ones: Vec<_> = written.par_iter().map(|written| shop.one(written)).collect();
    let cards: Vec<_> = shop.grounded(card::cards).par_iter().map(|card| shop.card(card)).collect();
    let mut prints = Prints::default();
    prints.listing.makes_pdf = true;
    let (mut problems, mut keys) = (Vec::new(), BTreeSet::new());
    for (written, one) in written.iter().zip(ones) {
        match one {
            Ok(one) => {
                shop.tell(written, &one, &mut problems);
                keys.insert(one.key.clone());
                add(&mut prints, written, one);
            }
            Err(problem) => problems.push(problem),
        }
    }
    for card in cards {
        match card {
            Ok((of, at, bytes, key)) => {
                keys.insert(key);
                prints.files.push((at.path.to_string(), bytes));
                let cards = &mut prints.listing.cards;
                match of {
                    CardOf::Site => cards.site = Some(at),
                    CardOf::Audience(reader) => _ = cards.audiences.insert(reader, at),
                    CardOf::Message(n) => _ = cards.messages.insert(n, at),
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    shop.tidy(keys);
    forget();
    (prints, super::super::distinct(problems))
}

/// The print file at a path of the site: of a hand-out, by its ending, or a card.
pub(super) fn at(
    path: &str,
    ending: &str,
    written: Option<&Written>,
    from: From<'_>,
    site: &Site<'_>,
) -> Result<Option<Arc<[u8]>>, Problem> {
    with_room(|| {
        let shop = Shop::open(from, site);
        if let Some(written) = written {
            let one = shop.one(written)?;
            return Ok(match ending {
                "pdf" => Some(one.made.pdf.into()),
                "png" => Some(one.made.picture.into()),
                _ => None,
            });
        }
        if !path.starts_with("assets/cards/") {
            return Ok(None);
        }
        for card in shop.grounded(card::cards) {
            let (_, at, bytes, _) = shop.card(&card)?;
            if *at.path == *path {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    })
}

fn add(prints: &mut Prints, Written { planned, handout }: &Written, one: One) {
    let Made { pdf, picture, facts } = one.made;
    let path = format!("{}.pdf", planned.stem);
    let shown = format!("{}.png", planned.stem);
    let file = PrintFile { form: "PDF", path: path.clone(), size: Some(pdf.len()) };
    let (width, height) = facts.picture_size;
    prints.listing.handouts.push(Print {
        kind: planned.kind,
        reader: planned.reader,
        title: crate::handout::content::words(&handout.title),
        version: handout.version.clone(),
        files: vec![file],
        pages: Some(facts.pages),
        picture: (!picture.is_empty()).then(|| (shown.clone(), width, height)),
    });
    prints.files.push((path, pdf.into()));
    if !picture.is_empty() {
        prints.files.push((shown, picture.into()));
    }
}

impl<'a> Shop<'a> {
    fn open(from: From<'a>, site: &'a Site<'a>) -> Self {
        let theme = site.theme();
        let files: Vec<LayoutFile> = theme
            .handout
            .iter()
            .map(|file| LayoutFile {
                path: file.path.clone(),
                shown: Arc::clone(&file.shown),
                bytes: Arc::clone(&file.bytes),
            })
            .collect();
        let accent = theme.options.get_from_path("accent").and_then(tera::Value::as_str).unwrap_or_default();
        let is_color = |text: &str| text.starts_with('#') && text.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit());
        let accent = if is_color(accent) { accent } else { "#0b5a5a" };
        let on_disk = !from.root.as_os_str().is_empty();
        Self {
            from,
            site,
            layouts: Layouts::new(&files),
            accent: accent.to_owned(),
            folder: if on_disk { Folder::open(from.root, FOLDER) } else { Folder::none() },
        }
    }

    fn grounded<T>(&self, make: impl FnOnce(&Ground<'_>) -> T) -> T {
        super::grounded(self.from, self.site, make)
    }

    fn one(&self, Written { planned, handout }: &Written) -> Result<One, Problem> {
        let audience = self.site.toolkit().audience_of(planned.reader);
        let pages = audience.and_then(|audience| audience.handout.open(Key::for_checks()).pages).unwrap_or(1);
        let look = Look { accent: self.accent.clone(), pages: pages.max(1) as usize };
        let press = Press::new(handout, &planned.stem, &self.layouts, &look);
        let key = press.key().to_hex().to_string();
        let remembered = self.folder.recall(&key).and_then(|bytes| unpacked(&bytes));
        let made = if let Some(made) = remembered {
            made
        } else {
            let made = press.make()?;
            self.folder.remember(&key, &packed(&made));
            made
        };
        let missing = press.missing().to_vec();
        Ok(One { made, missing, key })
    }

    fn card(&self, card: &Card) -> Result<Drawn, Problem> {
        let toolkit = self.site.toolkit();
        let data = card.data(toolkit.settings.language(), &self.accent, &self.layouts);
        let key = card::key(&data, &self.layouts).to_hex().to_string();
        let bytes = if let Some(bytes) = self.folder.recall(&key) {
            bytes
        } else {
            let bytes = card::draw(&data, &self.layouts)?;
            self.folder.remember(&key, &bytes);
            bytes
        };
        let name = match card.of {
            CardOf::Site => "site".to_owned(),
            CardOf::Audience(reader) => toolkit.reader_name(reader).to_owned(),
            CardOf::Message(n) => {
                let item = toolkit.all_items().get(n as usize).map(crate::toolkit::edition::Guarded::for_checks);
                format!("message-{}", item.map_or("", |item| &item.id))
            }
        };
        // who passes links on keeps the picture of an address: another picture has another
        let short = key.get(..7).unwrap_or(&key);
        let path = format!("assets/cards/{name}-{short}.png").into();
        Ok((card.of, CardAt { path, alt: card.alt().into() }, bytes.into(), key))
    }

    // ------------------------------------------------------------------------------------------------ what is told

    fn tell(&self, written: &Written, one: &One, problems: &mut Vec<Problem>) {
        self.tell_missing(written, one, problems);
        self.tell_pictures(written, one, problems);
        let planned = &written.planned;
        if let Some(over) = one.made.facts.over {
            problems.extend(self.too_long(written, one, over));
        }
        if let Some(lost) = &one.made.facts.lost {
            let what = What::OffPaper { handout: planned.stem.to_string(), page: lost.page, text: lost.text.clone() };
            problems.push(Problem::new(self.place_of(planned), what));
        }
    }

    /// The file that a hand-out is about.
    fn place_of(&self, planned: &PlannedHandout) -> At {
        let toolkit = self.site.toolkit();
        let item = planned.item.and_then(|n| toolkit.all_items().get(n as usize));
        let file = match item {
            Some(item) => Arc::clone(&item.for_checks().file),
            None => {
                toolkit.audience_of(planned.reader).map_or_else(|| "toolkit.yaml".into(), |of| Arc::clone(&of.file))
            }
        };
        At::file(file)
    }

    /// Characters without a shape are told once a place, with the hand-outs in which they stand.
    fn tell_missing(&self, Written { planned, handout }: &Written, one: &One, problems: &mut Vec<Problem>) {
        if one.missing.is_empty() {
            return;
        }
        for (at, characters) in self.places(&one.missing, &handout.files) {
            let same = problems.iter_mut().find_map(|problem| match &mut problem.what {
                What::MissingGlyph { handouts, .. } if problem.at == at => Some(handouts),
                _ => None,
            });
            let stem = planned.stem.to_string();
            if let Some(handouts) = same {
                handouts.push(stem);
                continue;
            }
            let stand_in = self.layouts.stand_in().to_string();
            problems.push(Problem::new(at, What::MissingGlyph { characters, stand_in, handouts: vec![stem] }));
        }
    }

    /// Pictures that are told instead of shown, each once, with the hand-outs that it is missing in.
    fn tell_pictures(&self, Written { planned, handout }: &Written, one: &One, problems: &mut Vec<Problem>) {
        let broken = &one.made.facts.broken;
        for (file, picture) in handout.pictures() {
            let why = match (picture, self.from.picture(file)) {
                (Some(picture), _) if broken.contains(&picture.name) => NotPrinted::Broken,
                (None, Err(why)) => why,
                (None, Ok(_)) => NotPrinted::Many,
                _ => continue,
            };
            let at = At::file(format!("content/files/{file}").into());
            let stem = planned.stem.to_string();
            let same = problems.iter_mut().find_map(|problem| match &mut problem.what {
                What::UnprintedPicture { handouts, .. } if problem.at == at => Some(handouts),
                _ => None,
            });
            match same {
                Some(handouts) if handouts.contains(&stem) => {}
                Some(handouts) => handouts.push(stem),
                None => problems.push(Problem::new(at, What::UnprintedPicture { why, handouts: vec![stem] })),
            }
        }
    }

    /// Where characters stand: in each item that has them, else in the first other file, else at the toolkit's own.
    fn places(&self, missing: &[char], files: &[Arc<str>]) -> Vec<(At, Vec<char>)> {
        let all = |file: &Arc<str>| {
            let text = self.from.source.get(file).and_then(|file| file.text()).map_or("", |text| text);
            let runs = runs_of(text, missing).into_iter();
            runs.map(|(start, end, characters)| (At::bytes(Arc::clone(file), start, end), characters)).collect()
        };
        let is_item = |file: &&Arc<str>| file.ends_with(".md");
        let mut places: Vec<(At, Vec<char>)> =
            files.iter().filter(is_item).flat_map(|file| -> Vec<_> { all(file) }).collect();
        let mut left = missing.to_vec();
        left.retain(|character| !places.iter().any(|(_, characters)| characters.contains(character)));
        for file in files.iter().filter(|file| !is_item(file)) {
            for (at, mut characters) in all(file) {
                characters.retain(|character| left.contains(character));
                if !characters.is_empty() {
                    left.retain(|character| !characters.contains(character));
                    places.push((at, characters));
                }
            }
        }
        if !left.is_empty() {
            places.push((At::file("toolkit.yaml".into()), left));
        }
        places
    }

    fn too_long(&self, Written { planned, handout }: &Written, one: &One, over: Overflow) -> Option<Problem> {
        let kind = match planned.kind {
            HandoutKind::Sheet => SheetKind::Sheet,
            HandoutKind::LargeSheet => SheetKind::Large,
            HandoutKind::Card => SheetKind::Card,
            HandoutKind::Brief => SheetKind::Brief,
            HandoutKind::Message | HandoutKind::Faq => return None,
        };
        let toolkit = self.site.toolkit();
        let audience = toolkit.audience_of(planned.reader);
        let is_sheet = matches!(kind, SheetKind::Sheet | SheetKind::Large);
        let typed = audience.filter(|_| is_sheet).and_then(|audience| audience.handout.open(Key::for_checks()).pages);
        let at = match (audience, typed) {
            (Some(audience), Some(_)) => At::value(Arc::clone(&audience.file), KeyPath::top("handout").key("pages")),
            _ => self.place_of(planned),
        };
        let most = typed.unwrap_or(1).max(1) as usize * if kind == SheetKind::Large { 2 } else { 1 };
        let mut points: Vec<(usize, usize)> = handout
            .blocks
            .iter()
            .filter_map(|block| if let Block::Points { points, .. } = block { Some(points) } else { None })
            .flatten()
            .map(|point| (point.words, point.item))
            .collect();
        points.sort_by_key(|(words, item)| (std::cmp::Reverse(*words), *item));
        let longest = points.iter().take(3).filter_map(|(words, n)| {
            let item = toolkit.all_items().get(*n)?.for_checks();
            let path = KeyPath::top(item.heading_key);
            let case = item.heading.key_for(Readers::only(planned.reader));
            Some((item.at(case.map_or(path.clone(), |case| path.key(case))), *words))
        });
        let longest = longest.collect();
        let Overflow { words, lines } = over;
        let general = audience.is_none();
        let pictures = handout.pictures().filter(|(_, picture)| picture.is_some()).count();
        let pages = one.made.facts.pages;
        let sheet = LongSheet { pages, most, words, lines, kind, general, pictures, longest };
        let item = audience.map(|audience| format!("audiences/{}", audience.id).into());
        Some(Problem { item, ..Problem::new(at, What::TooManyPages(sheet)) })
    }

    /// Lets go what neither edition's last build used.
    fn tidy(&self, mut keys: BTreeSet<String>) {
        let list = |edition: &str| format!("{edition}.list");
        let own = self.site.view().edition.name();
        let text: String = keys.iter().flat_map(|key| [key.as_str(), "\n"]).collect();
        self.folder.remember(&list(own), text.as_bytes());
        for edition in ["public", "partners"] {
            let name = list(edition);
            if edition != own
                && let Some(bytes) = self.folder.recall(&name)
            {
                keys.extend(String::from_utf8_lossy(&bytes).lines().map(str::to_owned));
            }
            keys.insert(name);
        }
        self.folder.keep_only(&keys);
    }
}

/// The places of a text where characters that are missing stand together, with those that no place before has. Spaces
/// and signs between them, and what nobody sees, belong to the same phrase.
fn runs_of(text: &str, missing: &[char]) -> Vec<(usize, usize, Vec<char>)> {
    let mut runs: Vec<(usize, usize, Vec<char>)> = Vec::new();
    let mut known: Vec<char> = Vec::new();
    let mut open: Option<(usize, usize, Vec<char>)> = None;
    for (at, c) in text.char_indices() {
        if missing.contains(&c) {
            let run = open.get_or_insert((at, at, Vec::new()));
            run.1 = at + c.len_utf8();
            if !known.contains(&c) {
                known.push(c);
                run.2.push(c);
            }
        } else if c == '\n' || c.is_alphanumeric() {
            runs.extend(open.take());
        }
    }
    runs.extend(open);
    runs.retain(|(.., characters)| !characters.is_empty());
    runs
}

// ---------------------------------------------------------------------------------------------------- what is kept

#[derive(serde::Serialize, serde::Deserialize)]
struct Head {
    facts: Facts,
    pdf: usize,
    picture: usize,
}

/// A line that says what follows, then the PDF and the picture.
fn packed(made: &Made) -> Vec<u8> {
    let head = Head { facts: made.facts.clone(), pdf: made.pdf.len(), picture: made.picture.len() };
    // numbers always have a JSON form
    let mut bytes = serde_json::to_vec(&head).unwrap_or_default();
    bytes.push(b'\n');
    bytes.extend_from_slice(&made.pdf);
    bytes.extend_from_slice(&made.picture);
    bytes
}

/// What was kept; `None` where it is not whole.
fn unpacked(bytes: &[u8]) -> Option<Made> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let head: Head = serde_json::from_slice(bytes.get(..end)?).ok()?;
    let rest = bytes.get(end + 1..)?;
    let (pdf, picture) = rest.split_at_checked(head.pdf)?;
    (picture.len() == head.picture).then(|| Made { pdf: pdf.to_vec(), picture: picture.to_vec(), facts: head.facts })
}
