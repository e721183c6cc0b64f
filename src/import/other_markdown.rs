//! Markdown of another tool: its front matter apart, its text as it is.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::left_out::{Kind, Picture};
use super::{Entry, Imported, Refusal, encoding};
use crate::finding::YamlTrouble;
use crate::source::front_matter;

/// Reads Markdown.
///
/// # Errors
/// When it is no text.
pub fn read(bytes: &[u8]) -> Result<Imported, Refusal> {
    let decoded = encoding::decode(bytes, None)?;
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
    let mut imported = Imported::default();
    if decoded.guessed {
        imported.left_out.one(Kind::GuessedLetters);
    }
    let body = match front_matter(&text) {
        Ok(parts) => {
            imported.entries = entries(text.get(parts.yaml).unwrap_or_default());
            text.get(parts.body..).unwrap_or_default()
        }
        Err(slip) => match (slip.trouble, toml_body(&text)) {
            (YamlTrouble::Toml(Some(yaml)), Some(body)) => {
                imported.entries = entries(yaml.trim_start_matches("---\n").trim_end_matches("---"));
                body
            }
            (YamlTrouble::Toml(None), Some(body)) => {
                imported.left_out.keys.push("+++".to_owned());
                body
            }
            _ => &text,
        },
    };
    // a heading that says the same as the front matter's is said once; another one stays where it is
    let typed = imported.entries.iter().find(|entry| matches!(entry.key.as_str(), "title" | "question" | "point"));
    let typed =
        typed.and_then(|entry| entry.lines.split_once(':')).map(|(_, value)| value.trim().trim_matches(['"', '\'']));
    let body = match (split_title(body), typed) {
        ((None, body), _) => body,
        ((title, body), None) => {
            imported.title = title;
            body
        }
        ((Some(title), rest), Some(typed)) if title == typed => rest,
        _ => body.to_owned(),
    };
    let body = below_the_title(&body);
    imported.left_out.pictures = pictures(&body);
    imported.body = body.trim_matches('\n').to_owned() + "\n";
    Ok(imported)
}

/// What stands behind a block between `+++` lines.
fn toml_body(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('\n')?;
    let at = rest.find("\n+++")?;
    Some(rest.get(at + 1..)?.split_once('\n').map_or("", |(_, body)| body))
}

/// The entries of a YAML map by its lines: one begins with a key at the line's start, what is indented belongs to it.
fn entries(yaml: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        let key = line.split_once(':').map(|(key, _)| key.trim().trim_matches(['"', '\'']));
        let begins = !line.starts_with([' ', '\t', '#', '-', ']', '}', '\n']);
        match (key.filter(|key| begins && !key.is_empty()), entries.last_mut()) {
            (Some(key), _) => entries.push(Entry { key: key.to_owned(), lines: line.to_owned() }),
            (None, Some(last)) if !line.starts_with('#') => last.lines.push_str(line),
            _ => {}
        }
    }
    for entry in &mut entries {
        entry.lines = entry.lines.trim_end().to_owned() + "\n";
    }
    entries
}

/// The text without its first heading, where that is the only one of the first level; and that heading's Markdown.
fn split_title(body: &str) -> (Option<String>, String) {
    let mut first = None;
    let mut headings = 0;
    for (event, range) in Parser::new_ext(body, Options::ENABLE_HEADING_ATTRIBUTES).into_offset_iter() {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            headings += usize::from(level == HeadingLevel::H1);
            first.get_or_insert((level, range));
        }
    }
    let Some((HeadingLevel::H1, range)) = first.filter(|_| headings == 1) else { return (None, body.to_owned()) };
    let typed = body.get(range.clone()).unwrap_or_default().trim();
    // `# Title`, `# Title #`, `# Title {#id}`, or a line with `===` under it
    let title = match typed.strip_prefix('#') {
        Some(rest) => rest.trim().trim_end_matches('#').trim_end(),
        None => typed.rsplit_once('\n').map_or(typed, |(title, _)| title.trim()),
    };
    let title = match title.strip_suffix('}').and_then(|rest| rest.rsplit_once('{')) {
        Some((words, _)) => words.trim_end(),
        None => title,
    };
    if title.is_empty() || title.contains('\n') || title.contains("[^") {
        return (None, body.to_owned());
    }
    let rest = body.get(range.end..).unwrap_or_default();
    let before = body.get(..range.start).unwrap_or_default();
    (Some(title.to_owned()), format!("{before}{rest}"))
}

/// The text with its headings a level lower where some are of the first one, which is the title's.
fn below_the_title(body: &str) -> String {
    let headings = || {
        let events = Parser::new_ext(body, Options::ENABLE_HEADING_ATTRIBUTES).into_offset_iter();
        events.filter_map(|(event, range)| match event {
            Event::Start(Tag::Heading { level, .. }) => Some((level, range)),
            _ => None,
        })
    };
    let mut out = body.to_owned();
    if headings().all(|(level, _)| level != HeadingLevel::H1) {
        return out;
    }
    for (level, range) in headings().collect::<Vec<_>>().into_iter().rev() {
        let Some(typed) = body.get(range.clone()) else { continue };
        if typed.starts_with('#') {
            // there is no seventh
            if level != HeadingLevel::H6 {
                out.insert(range.start, '#');
            }
        } else if let Some((words, line)) = typed.trim_end().rsplit_once('\n') {
            // a line of `===` or `---` under it
            let sign = if level == HeadingLevel::H1 { "##" } else { "###" };
            let (start, end) = (range.start, range.start + words.len() + 1 + line.len());
            let words: Vec<&str> = words.lines().map(str::trim).collect();
            out.replace_range(start..end, &format!("{sign} {}", words.join(" ")));
        }
    }
    out
}

/// The pictures that lie beside the text.
fn pictures(body: &str) -> Vec<Picture> {
    let mut pictures = Vec::new();
    let mut open: Option<Picture> = None;
    for event in Parser::new_ext(body, Options::empty()) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                open = Some(Picture { name: dest_url.to_string(), alt: String::new() });
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(picture) = &mut open {
                    picture.alt.push_str(&text);
                }
            }
            Event::End(TagEnd::Image) => pictures.extend(open.take()),
            _ => {}
        }
    }
    pictures
}
