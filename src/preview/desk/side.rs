//! One text side by side for all who read it, with the words marked that are not in the first version.

use std::collections::HashMap;

use super::{Body, counted, text};
use crate::language::difference::{Row, rows};
use crate::language::speech;
use crate::plan::Links;
use crate::preview::picture::Sight;
use crate::toolkit::audience::Audience;
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Kind, Reader, Readers};
use crate::voice::fragment::plain;
use crate::voice::measure::body;
use crate::voice::references::Target;
use crate::voice::{Fill, Fragment, Heard, Phrase, Told, hear};

/// How long a version is, and how hard to read.
pub(super) struct Measure {
    /// The words of its body.
    pub(super) words: usize,
    /// How long it takes to say them, at the readers' pace.
    pub(super) seconds: usize,
    /// The years of school that it asks for, and the most that a profile of its readers allows; none of a text so short
    /// that a grade says nothing of it.
    pub(super) grade: Option<(f64, Option<f64>)>,
}

/// A version: who reads it, and its texts, each with its key.
struct Version {
    readers: Readers,
    texts: Vec<(&'static str, Vec<String>)>,
}

/// The page of the item that `name` names: `messages/safer`.
pub(super) fn page(sight: &Sight<'_>, name: &str) -> Option<Body> {
    let (folder, id) = name.split_once('/')?;
    let toolkit = &sight.checked.toolkit;
    let kind = Kind::ALL.into_iter().find(|kind| kind.folder() == folder)?;
    let n = toolkit.item_index(kind, id)?;
    let guarded = toolkit.item(kind, id)?;
    let item = guarded.for_checks();
    let versions = versions(sight, n);
    let mut base: HashMap<&str, String> = HashMap::new();
    let mut html = format!(
        "<p><code>{}</code>, {}. {}</p><div class=\"versions\">",
        text(&item.file),
        super::items::state(guarded, &sight.checked.view),
        match versions.len() {
            0 => "Nobody reads it.".to_owned(),
            1 => "All who see it read the same.".to_owned(),
            count =>
                format!("{}. Words that the first does not have are <mark>marked</mark>.", counted(count, "version")),
        }
    );
    let heard = hear(toolkit, &sight.checked.view, n);
    for version in &versions {
        html.push_str(&shown(sight, n, version, heard.as_ref(), &mut base));
    }
    html.push_str("</div>");
    Some(Body { title: heading(sight, n), html })
}

fn shown(
    sight: &Sight<'_>,
    n: usize,
    version: &Version,
    heard: Option<&Heard<'_>>,
    base: &mut HashMap<&'static str, String>,
) -> String {
    let toolkit = &sight.checked.toolkit;
    let links = Links { toolkit, plan: &sight.checked.plan, view: &sight.checked.view };
    let names: Vec<String> = version
        .readers
        .iter()
        .map(|reader| {
            let name = toolkit.audience_of(reader).map_or("everyone", |audience| &audience.name);
            // where the item is not shown, or the site is another edition's, it has no address
            let shown = u32::try_from(n).ok().filter(|_| sight.kept.is_empty());
            match shown.and_then(|n| links.item(n, reader)) {
                Some(address) => {
                    let mut href = "/".to_owned();
                    crate::plan::address::encode(address.split('#').next().unwrap_or_default(), &mut href);
                    if let Some((_, anchor)) = address.split_once('#') {
                        href.push('#');
                        crate::plan::address::encode(anchor, &mut href);
                    }
                    format!("<a href=\"{}\">{}</a>", text(&href), text(name))
                }
                None => text(name),
            }
        })
        .collect();
    let measure = measure(sight, version, heard);
    let mut html = format!(
        "<article><h2>{}</h2><p class=\"measure\">{}, {}{}</p>",
        names.join(", "),
        counted(measure.words, "word"),
        counted(measure.seconds, "second"),
        measure.grade.map_or_else(String::new, |grade| format!(", {}", graded(grade)))
    );
    for (key, blocks) in &version.texts {
        let whole = blocks.join("\n");
        let first = !base.contains_key(key);
        let compared = base.entry(key).or_insert_with(|| whole.clone());
        html.push_str(&format!("<h3>{key}</h3>"));
        html.push_str(&paragraphs(if first { vec![Row::Same(&whole)] } else { rows(compared, &whole) }));
    }
    html.push_str("</article>");
    html
}

/// Rows of words as paragraphs, a line each; new words are marked, and what is gone is left out.
fn paragraphs(rows: Vec<Row<'_>>) -> String {
    let mut html = String::new();
    let mut paragraph = String::new();
    for row in rows {
        let (Row::Same(words) | Row::New(words)) = row else { continue };
        for line in words.split_inclusive('\n') {
            let said = text(line.trim());
            match row {
                _ if said.is_empty() => {}
                Row::New(_) => paragraph.push_str(&format!("<mark>{said}</mark> ")),
                _ => paragraph.push_str(&format!("{said} ")),
            }
            if line.ends_with('\n') {
                html.push_str(&format!("<p>{}</p>", paragraph.trim_end()));
                paragraph.clear();
            }
        }
    }
    html.push_str(&format!("<p>{}</p>", paragraph.trim_end()));
    html
}

/// How long each version of an item is.
pub(super) fn measures(sight: &Sight<'_>, n: usize) -> Vec<Measure> {
    let heard = hear(&sight.checked.toolkit, &sight.checked.view, n);
    versions(sight, n).iter().map(|version| measure(sight, version, heard.as_ref())).collect()
}

/// Counted as the checks count: of the body, without what only partners read.
fn measure(sight: &Sight<'_>, version: &Version, heard: Option<&Heard<'_>>) -> Measure {
    let toolkit = &sight.checked.toolkit;
    let first = version.readers.iter().next().unwrap_or(Reader::GENERAL);
    let (words, read) = heard.map(|heard| body(heard, toolkit, first)).unwrap_or_default();
    let pace = toolkit.audience_of(first).map_or(speech::WORDS_PER_MINUTE, Audience::words_per_minute);
    // the desk is for whoever writes the toolkit
    let limit = |reader| *toolkit.audience_of(reader)?.reading_grade.open(Key::for_checks());
    let limit = version.readers.iter().filter_map(limit).min_by(f64::total_cmp);
    let grade = read.told().map(|grade| (grade, limit));
    Measure { words, seconds: speech::seconds(words, pace) as usize, grade }
}

/// A reading grade in words: `grade 7.4, at most 8`.
fn graded((grade, limit): (f64, Option<f64>)) -> String {
    let most = limit.map_or_else(String::new, |limit| format!(", at most {limit}"));
    let over = limit.is_some_and(|limit| grade > limit);
    if over { format!("<strong>grade {grade:.1}{most}</strong>") } else { format!("grade {grade:.1}{most}") }
}

/// The heading of an item as its first reader reads it.
pub(super) fn heading(sight: &Sight<'_>, n: usize) -> String {
    let Some(guarded) = sight.checked.toolkit.all_items().get(n) else { return String::new() };
    let item = guarded.for_checks();
    let reader = item.readers.iter().next().unwrap_or(Reader::GENERAL);
    let phrase = sight.checked.voice.items.get(n).and_then(|told| told.text(item.heading_key, reader));
    phrase.map_or_else(|| item.name(), |phrase| of_phrase(sight, phrase, reader))
}

/// Readers who read the same words are together, the general version first.
fn versions(sight: &Sight<'_>, n: usize) -> Vec<Version> {
    let (Some(guarded), Some(told)) = (sight.checked.toolkit.all_items().get(n), sight.checked.voice.items.get(n))
    else {
        return Vec::new();
    };
    let mut versions: Vec<Version> = Vec::new();
    for reader in guarded.for_checks().readers.iter() {
        let texts = texts(sight, told, reader);
        match versions.iter_mut().find(|version| version.texts == texts) {
            Some(version) => version.readers = version.readers.and(Readers::only(reader)),
            None => versions.push(Version { readers: Readers::only(reader), texts }),
        }
    }
    versions
}

fn texts(sight: &Sight<'_>, told: &Told, reader: Reader) -> Vec<(&'static str, Vec<String>)> {
    let keys = told.texts.iter().filter_map(|(key, _)| {
        let phrase = told.text(key, reader)?;
        Some((*key, vec![of_phrase(sight, phrase, reader)]))
    });
    let body: String = told.body(reader).iter().map(|part| of_fragment(sight, part, reader)).collect();
    let body = (!body.is_empty()).then(|| ("body", blocks(&body)));
    keys.chain(body).filter(|(_, blocks)| blocks.iter().any(|block| !block.is_empty())).collect()
}

fn of_phrase(sight: &Sight<'_>, phrase: &Phrase, reader: Reader) -> String {
    match phrase {
        Phrase::Plain(text) => text.to_string(),
        Phrase::Rich(part) => plain(&of_fragment(sight, part, reader)),
    }
}

/// The HTML of a fragment with the words that differ by reader; links lead nowhere, marks of sources are left out.
fn of_fragment(sight: &Sight<'_>, part: &Fragment, reader: Reader) -> String {
    let toolkit = &sight.checked.toolkit;
    let mut out = String::with_capacity(part.html.len());
    part.fill(0..part.html.len(), &mut out, |fill, out| match fill {
        Fill::Word(n) => {
            let word = part.words.get(n as usize).and_then(|word| toolkit.word(word, reader));
            out.push_str(&text(word.map_or("", |word| word)));
        }
        Fill::Title(n) => {
            let target = part.links.get(n as usize).map(|link| &link.target);
            match target {
                Some(Target::Item(n, _)) => out.push_str(&text(&title(sight, *n as usize, reader))),
                Some(Target::Audience(reader)) => {
                    out.push_str(&text(toolkit.audience_of(*reader).map_or("", |audience| &audience.name)));
                }
                _ => {}
            }
        }
        Fill::Href(_) | Fill::Mark(_) | Fill::HeadingId(_) | Fill::Theme(_) => {}
    });
    out
}

/// A title that stands in another text: its typed words are enough, and a title in a title ends here.
fn title(sight: &Sight<'_>, n: usize, reader: Reader) -> String {
    let Some(guarded) = sight.checked.toolkit.all_items().get(n) else { return String::new() };
    let item = guarded.for_checks();
    let reader = if item.readers.has(reader) { reader } else { Reader::GENERAL };
    match sight.checked.voice.items.get(n).and_then(|told| told.text(item.heading_key, reader)) {
        Some(Phrase::Plain(text)) => text.to_string(),
        Some(Phrase::Rich(part)) => plain(&part.html),
        None => item.name(),
    }
}

/// The blocks of HTML of ours as plain text.
fn blocks(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let end = ["</p>", "</li>", "</h2>", "</h3>", "</h4>", "</h5>", "</h6>", "</tr>", "</pre>", "</dt>", "</dd>"]
            .iter()
            .filter_map(|end| rest.find(end).map(|at| at + end.len()))
            .min()
            .unwrap_or(rest.len());
        let (block, after) = rest.split_at(end);
        out.push(plain(block));
        rest = after;
    }
    out.retain(|block| !block.is_empty());
    out
}
