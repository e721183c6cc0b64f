//! A message as all its audiences read it, side by side: each text once for those who read the same, and the words marked
//! that the first version does not have. Partners only.

use tera::Value;

use crate::language::difference::{Row, rows};
use crate::language::words;
use crate::plan::PageKind;
use crate::render::differences::paragraphs;
use crate::render::fields::{Fields, maybe, texts};
use crate::render::page::{Maker, Site};
use crate::render::texts::{Cites, Place, Teller};
use crate::render::things::{self, link, without_marks};
use crate::toolkit::id::Reader;
use crate::voice::Told;
use crate::voice::fragment::lines;

/// The texts that are compared, with the theme's word for each; the claim is the same for all.
const PARTS: [(&str, &str); 6] = [
    ("title", "part_title"),
    ("summary", "part_summary"),
    ("sound_bite", "sound_bite"),
    ("thirty_seconds", "thirty_seconds"),
    ("sixty_seconds", "sixty_seconds"),
    (BODY, "in_full"),
];

/// The text below the front matter.
const BODY: &str = "text";

/// A text, and those who read it so.
struct Version {
    text: String,
    readers: Vec<Reader>,
}

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let (Some((item, told)), Some(number), true) = (maker.item(), maker.page.item, maker.site.view.key().is_some())
    else {
        return;
    };
    let site = maker.site;
    let readers: Vec<Reader> = item.readers.iter().collect();
    let first = readers.first().copied().unwrap_or(Reader::GENERAL);
    let title = told.text("title", first).map(|phrase| site.teller(first).plain(phrase).into_owned());
    maker.own_title(&title.unwrap_or_default());
    let claim = told.text("claim", first).map(|phrase| site.teller(first).plain(phrase).into_owned());
    maker.print(claim.as_deref().unwrap_or_default());
    maker.set("claim", maybe(claim.as_deref()));
    let mut all = Vec::new();
    for (key, word) in PARTS {
        let versions = versions(site, told, key, &readers);
        for version in &versions {
            maker.print(&version.text);
        }
        if !versions.is_empty() {
            all.push(part(site, number, (key, word), &versions, &readers));
        }
    }
    maker.set("parts", Value::from(all));
    maker.set("name", item.name());
    let readers: Vec<Value> = readers.iter().map(|reader| self::reader(site, number, *reader)).collect();
    maker.set("readers", Value::from(readers));
    maker.set("trail", trail(maker));
}

/// The versions of a text in the order of their first readers: everyone's first. Who has no such text is in none.
fn versions(site: &Site<'_>, told: &Told, key: &str, readers: &[Reader]) -> Vec<Version> {
    let mut all: Vec<Version> = Vec::new();
    for reader in readers {
        let teller = site.teller(*reader);
        let text = if key == BODY {
            body(told, &teller)
        } else {
            told.text(key, *reader).map(|phrase| teller.plain(phrase).into_owned()).unwrap_or_default()
        };
        if text.is_empty() {
            continue;
        }
        match all.iter_mut().find(|version| version.text == text) {
            Some(version) => version.readers.push(*reader),
            None => all.push(Version { text, readers: vec![*reader] }),
        }
    }
    all
}

/// The words of the body as its audience reads it, without coaching; a line a paragraph.
fn body(told: &Told, teller: &Teller<'_>) -> String {
    let mut cites = Cites::default();
    let (html, _) = teller.body(told.open_body(teller.reader), &mut Place { root: "", cites: &mut cites });
    lines(&without_marks(&html))
}

fn part(site: &Site<'_>, item: u32, (key, word): (&str, &str), versions: &[Version], all: &[Reader]) -> Value {
    let base = versions.first().map_or("", |version| &*version.text);
    let shown = versions.iter().enumerate().map(|(n, version)| {
        let rows = rows(base, &version.text);
        let count = words::count(&version.text);
        let pace = version.readers.iter().map(|reader| things::seconds(count, &site.teller(*reader)));
        let kept: Vec<Row<'_>> = rows.iter().filter(|row| !matches!(row, Row::Gone(_))).copied().collect();
        let readers = version.readers.iter().map(|it| reader(site, item, *it)).collect::<Vec<_>>();
        Value::from(
            Fields::with(6)
                .set("readers", Value::from(readers))
                .set("first", n == 0)
                .set("paragraphs", paragraphs(&kept))
                .set("left_out", left_out(&rows))
                .set("words", count)
                .set("seconds", pace.max().unwrap_or_default()),
        )
    });
    let shown: Vec<Value> = shown.collect();
    let without = all.iter().filter(|it| !versions.iter().any(|version| version.readers.contains(it)));
    let without: Vec<Value> = without.map(|it| reader(site, item, *it)).collect();
    Fields::with(4)
        .set("key", key)
        .set("name", site.theme.words.get(word))
        .set("versions", Value::from(shown))
        .set("without", Value::from(without))
        .into()
}

/// Words that are only gone: nothing came in their place that could be marked.
fn left_out(rows: &[Row<'_>]) -> Value {
    let gone = rows.iter().enumerate().filter_map(|(n, row)| match (row, rows.get(n + 1)) {
        (Row::Gone(_), Some(Row::New(_))) => None,
        (Row::Gone(text), _) => Some(text.trim()),
        _ => None,
    });
    texts(gone)
}

fn reader(site: &Site<'_>, item: u32, reader: Reader) -> Value {
    let name = site.toolkit.audience_of(reader).map_or_else(|| site.theme.words.get("everyone"), |it| it.short_name());
    let page = site.plan.own_page(item, reader).map(|page| site.teller(Reader::GENERAL).path(&page.address));
    Fields::with(3)
        .set("id", site.toolkit.reader_name(reader))
        .set("name", name)
        .set("path", maybe(page.as_deref()))
        .into()
}

/// Home, the messages, and the message where everyone can read it.
fn trail(maker: &Maker<'_, '_>) -> Value {
    let mut trail: Vec<Value> = maker.shared.trail.as_array().unwrap_or_default().to_vec();
    if let Some(page) = maker.site.plan.page_of(PageKind::Messages, Reader::GENERAL) {
        trail.push(link(maker.word("messages"), &maker.teller.path(&page.address)));
    }
    Value::from(trail)
}
