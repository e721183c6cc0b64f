//! Runs of a paragraph as Markdown, and the signs that Markdown would take for its own written so that it does not.
//!
//! Where emphasis begins and ends inside words, Markdown has rules that no writer of it can keep in every case. So each
//! paragraph is read back, and where its words are not the same it is written more plainly.

use pulldown_cmark::{Event, Parser, Tag};

use super::document::{Look, Piece, Run, may_lead_to, words};
use crate::source::MARKDOWN;

/// Longer paragraphs are written without emphasis and not read back.
const LONGEST_READ_BACK: usize = 64 << 10;

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a paragraph of its own, which may have several lines.
    Paragraph,
    /// In a heading.
    Heading,
    /// In a cell of a table.
    Cell,
    /// In a key of the front matter.
    Key,
}

/// How much of the look is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Care {
    Full,
    Links,
    Words,
}

/// The runs as the value of a key.
pub fn key(runs: &[Run]) -> String {
    write(runs, Place::Key)
}

/// The runs as Markdown in `place`; footnotes are marked `[^1]` and on.
pub fn write(runs: &[Run], place: Place) -> String {
    let long = words(runs).len() > LONGEST_READ_BACK;
    if !long {
        let without_notes: Vec<Run> = runs.iter().filter(|run| !matches!(run.piece, Piece::Note(_))).cloned().collect();
        let wanted = comparable(&words(&without_notes));
        for care in [Care::Full, Care::Links] {
            if read_back(&attempt(&without_notes, place, care)).is_some_and(|read| read == wanted) {
                return attempt(runs, place, care);
            }
        }
    }
    attempt(runs, place, Care::Words)
}

fn attempt(runs: &[Run], place: Place, care: Care) -> String {
    let mut out = String::new();
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let link = first.look.link.as_ref();
        let same = rest.iter().position(|run| run.look.link.as_ref() != link).unwrap_or(rest.len());
        let (group, after) = rest.split_at(same);
        rest = after;
        match link.filter(|link| care != Care::Words && may_lead_to(link)) {
            Some(link) if !words(group).trim().is_empty() => {
                let (before, inner, behind) = bare(group);
                out.push_str(&before);
                // a sign before a bracket would make a picture of it
                if out.ends_with('!') {
                    out.pop();
                    out.push_str("\\!");
                }
                out.push('[');
                styled(&inner, place, care, STYLES, &mut out);
                out.push_str("](");
                out.push_str(&address(link));
                out.push(')');
                out.push_str(&behind);
            }
            _ => styled(group, place, care, STYLES, &mut out),
        }
    }
    guarded(&out, place)
}

type Style = (fn(&Look) -> bool, &'static str);
static STYLES: &[Style] = &[(|look| look.bold, "**"), (|look| look.italic, "*"), (|look| look.struck, "~~")];

/// Writes the runs with the first of `styles` around those that have it, and the rest of them inside.
fn styled(runs: &[Run], place: Place, care: Care, styles: &[Style], out: &mut String) {
    let Some(((has, mark), inner_styles)) = styles.split_first().filter(|_| care == Care::Full) else {
        for run in runs {
            one(run, place, care, out);
        }
        return;
    };
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let on = has(&first.look);
        let same = rest.iter().position(|run| has(&run.look) != on).unwrap_or(rest.len());
        let (group, after) = rest.split_at(same);
        rest = after;
        let (before, inner, behind) = bare(group);
        if on && !words(&inner).is_empty() {
            out.push_str(&before);
            out.push_str(mark);
            styled(&inner, place, care, inner_styles, out);
            out.push_str(mark);
            out.push_str(&behind);
        } else {
            styled(group, place, care, inner_styles, out);
        }
    }
}

/// The runs without the spaces at their ends, and these spaces.
fn bare(runs: &[Run]) -> (String, Vec<Run>, String) {
    let (mut inner, mut before, mut behind) = (runs.to_vec(), String::new(), String::new());
    while let Some(Run { piece: Piece::Text(text), .. }) = inner.first_mut() {
        let kept = text.trim_start().to_owned();
        before.push_str(text.strip_suffix(kept.as_str()).unwrap_or_default());
        let empty = kept.is_empty();
        *text = kept;
        if !empty {
            break;
        }
        inner.remove(0);
    }
    while let Some(Run { piece: Piece::Text(text), .. }) = inner.last_mut() {
        let kept = text.trim_end().to_owned();
        behind.insert_str(0, text.strip_prefix(kept.as_str()).unwrap_or_default());
        let empty = kept.is_empty();
        *text = kept;
        if !empty {
            break;
        }
        inner.pop();
    }
    (before, inner, behind)
}

fn one(run: &Run, place: Place, care: Care, out: &mut String) {
    match &run.piece {
        Piece::Text(text) if run.look.code && care != Care::Words && !text.trim().is_empty() => code(text, place, out),
        Piece::Text(text) => escaped(text, care, out),
        Piece::Break if place == Place::Paragraph => out.push_str("\\\n"),
        Piece::Break => out.push(' '),
        Piece::Note(number) => out.push_str(&format!("[^{}]", number + 1)),
    }
}

/// A code span; one that holds what would end a cell or open a comment is text.
fn code(text: &str, place: Place, out: &mut String) {
    if text.contains("<!--") || (place == Place::Cell && text.contains('|')) {
        return escaped(text, Care::Full, out);
    }
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
}

/// The text with every sign written so that Markdown and our blocks read it as itself.
fn escaped(text: &str, care: Care, out: &mut String) {
    let mut before = out.chars().next_back().filter(|sign| sign.is_alphanumeric());
    for (at, sign) in text.char_indices() {
        let rest = text.get(at + sign.len_utf8()..).unwrap_or_default();
        let next = rest.chars().next();
        match sign {
            '`' => out.push_str("&#96;"),
            '<' if !next.is_some_and(|next| next == ' ' || next.is_ascii_digit()) => out.push_str("&lt;"),
            '&' if is_reference(rest) => out.push_str("&amp;"),
            '_' if before.is_some() && next.is_some_and(char::is_alphanumeric) && care == Care::Full => out.push('_'),
            '\\' | '*' | '_' | '[' | ']' | '~' | '|' | '{' => {
                out.push('\\');
                out.push(sign);
            }
            _ if care == Care::Words
                && sign.is_ascii_punctuation()
                && !matches!(sign, '.' | ',' | '\'' | '"' | '-') =>
            {
                out.push_str(&format!("&#{};", u32::from(sign)));
            }
            _ => out.push(sign),
        }
        before = Some(sign).filter(|sign| sign.is_alphanumeric());
    }
}

/// Whether a `&` before `rest` would be read as the name or number of a sign.
fn is_reference(rest: &str) -> bool {
    let inside = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').take(40).count();
    inside > 0 && rest.as_bytes().get(inside) == Some(&b';')
}

/// An address as it stands in brackets.
fn address(link: &str) -> String {
    let mut out = String::new();
    for (at, sign) in link.char_indices() {
        match sign {
            '(' | ')' | '<' | '>' | '\\' | '`' | '|' | '"' | '\'' | '[' | ']' | '{' | '}' | '^' => {
                out.push_str(&format!("%{:02X}", u32::from(sign)));
            }
            '&' if is_reference(link.get(at + 1..).unwrap_or_default()) => out.push_str("&amp;"),
            sign if sign.is_whitespace() || sign.is_control() => out.push_str("%20"),
            sign => out.push(sign),
        }
    }
    out
}

/// The lines with their first signs guarded: no line opens a list, a heading, a quotation or a block of ours.
fn guarded(text: &str, place: Place) -> String {
    let lines: Vec<String> = text.split('\n').map(line_guarded).collect();
    let mut text = lines.join("\n");
    // what ends a heading, or names it, is taken before escapes are
    let ending = text.chars().next_back().filter(|sign| place == Place::Heading && matches!(sign, '#' | '}'));
    if let Some(sign) = ending {
        text.pop();
        text.push_str(&format!("&#{};", u32::from(sign)));
    }
    text
}

fn line_guarded(line: &str) -> String {
    let line = line.trim_start_matches(' ');
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(rest) = line.get(digits..).filter(|rest| digits > 0 && rest.starts_with(['.', ')'])) {
        let number = line.get(..digits).unwrap_or_default();
        return format!("{number}\\{rest}");
    }
    // a block of ours may not begin here either, with signs before it that nobody sees
    let unseen = |sign: char| {
        sign.is_whitespace()
            || sign.is_control()
            || ('\u{200b}'..='\u{200f}').contains(&sign)
            || matches!(sign, '>' | '\u{ad}' | '\u{2060}' | '\u{feff}')
    };
    let rest = line.trim_start_matches(unseen);
    if rest.len() < line.len() && rest.starts_with(":::") {
        return format!("{}\\{rest}", line.get(..line.len() - rest.len()).unwrap_or_default());
    }
    if line.starts_with(['#', '>', '+', '-', '=', ':']) { format!("\\{line}") } else { line.to_owned() }
}

/// What a toolkit would read, to be compared; none where it is not one paragraph.
fn read_back(markdown: &str) -> Option<String> {
    let (mut read, mut paragraphs) = (String::new(), 0);
    for event in Parser::new_ext(markdown, MARKDOWN) {
        match event {
            Event::Start(Tag::Paragraph) => paragraphs += 1,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) | Event::End(_) => {}
            Event::Text(text) | Event::Code(text) => read.push_str(&text),
            Event::SoftBreak | Event::HardBreak => read.push(' '),
            _ => return None,
        }
    }
    (paragraphs <= 1).then(|| comparable(&read))
}

/// Without spaces, and with the typed forms of what smart punctuation makes.
fn comparable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars().filter(|sign| !sign.is_whitespace()) {
        match sign {
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            '–' | '—' | '-' => {
                if !out.ends_with('-') {
                    out.push('-');
                }
            }
            '…' => out.push_str("..."),
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(name: &str) -> Look {
        let has = |style: char| name.contains(style);
        let link = has('l').then(|| "https://example.org/a (b)?x=1&copy;".into());
        Look { bold: has('b'), italic: has('i'), struck: has('s'), code: has('c'), link }
    }

    /// `b:words` is a run in bold; a lone `/` is a new line.
    fn runs(pieces: &[&str]) -> Vec<Run> {
        let run = |piece: &&str| match piece
            .split_once(':')
            .filter(|(name, _)| name.chars().all(|sign| "bislc".contains(sign)))
        {
            Some((name, words)) if !name.is_empty() => Run::text(words, &look(name)),
            _ if *piece == "/" => Run::line_break(),
            _ => Run::text(*piece, &Look::default()),
        };
        super::super::document::tidy(pieces.iter().map(run).collect())
    }

    #[test]
    fn emphasis_links_and_code_are_written_where_they_can_be_read() {
        for (pieces, markdown) in [
            (&["Say ", "b:first ", "what ", "i:happens", "."][..], "Say **first** what *happens*."),
            (&["b:all ", "bi:of", "b: it"][..], "**all *of* it**"),
            (&["i:one ", "bi:two", " three"][..], "*one* ***two*** three"),
            (&["a", "b:\"b\"", "c"][..], "a\"b\"c"),
            (&["Look!", "l:here", " now"][..], "Look\\![here](https://example.org/a%20%28b%29?x=1&amp;copy;) now"),
            (&["l: the ", "bl:plan"][..], "[the **plan**](https://example.org/a%20%28b%29?x=1&amp;copy;)"),
            (&["Type ", "c:a*`b", " then"][..], "Type ``a*`b`` then"),
            (&["s:gone", " x"][..], "~~gone~~ x"),
            (&["one", "/", "# two", "/", "1. three"][..], "one\\\n\\# two\\\n1\\. three"),
        ] {
            assert_eq!(write(&runs(pieces), Place::Paragraph), markdown);
        }
    }

    #[test]
    fn signs_that_mean_something_to_markdown_or_to_us_stay_signs() {
        for (text, markdown) in [
            ("::: police", "\\::: police"),
            ("<fact:x> and [[x]] {{ y }}", "&lt;fact:x> and \\[\\[x\\]\\] \\{\\{ y }}"),
            ("a < b & c &amp; d", "a < b & c &amp;amp; d"),
            ("<!-- accept: raw-html because --> x", "&lt;!-- accept: raw-html because --> x"),
            ("snake_case _x_ 2*3*4", "snake_case \\_x\\_ 2\\*3\\*4"),
            ("- no list", "\\- no list"),
            ("2026. A year", "2026\\. A year"),
            ("2026.5", "2026\\.5"),
            ("| a | b |", "\\| a \\| b \\|"),
            ("--- x", "\\--- x"),
            (": x", "\\: x"),
            ("[^1]: x", "\\[^1\\]: x"),
        ] {
            assert_eq!(write(&runs(&[text]), Place::Paragraph), markdown);
        }
        assert_eq!(write(&runs(&["C #"]), Place::Heading), "C &#35;");
        assert_eq!(write(&runs(&["One {#two}", "/", "x"]), Place::Heading), "One \\{#two} x");
        assert_eq!(write(&runs(&["One {#two}"]), Place::Heading), "One \\{#two&#125;");
    }
}
