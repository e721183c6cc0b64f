//! Markdown to HTML with gaps. HTML in the text is shown, not used; a link leads only where it may.

mod blocks;
mod links;
pub(super) mod notes;

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, Event, Parser, Tag, TagEnd};

use super::blocks::outside;
use super::fragment::{Fill, Fragment, Gap, Heading, Link, ThemeWord, escape};
use super::origin::Cut;
use super::prose::{BlockKind, Prose, Recorder};
use super::references;
use crate::finding::{At, KeyPath, Problem, ReferenceTrouble, Spot, TailoringTrouble, What};
use crate::source::MARKDOWN;
use crate::toolkit::Toolkit;
use links::{OpenLink, Picture};
use notes::Notes;

/// Where a text stands, so that its problems can be placed.
#[derive(Clone, Debug)]
pub struct Locator {
    /// The file.
    pub file: Arc<str>,
    /// The key whose value it is; none for a body.
    pub key: Option<KeyPath>,
}

impl Locator {
    /// A place in the text: bytes of the file for a body, of the value for a key.
    #[must_use]
    pub fn at(&self, span: (u32, u32)) -> At {
        let spot = match &self.key {
            Some(key) => Spot::Within(key.clone(), span.0, span.1),
            None => Spot::Bytes(span.0, span.1),
        };
        At { file: Arc::clone(&self.file), spot }
    }
}

/// How a body is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting<'a> {
    /// On a page of its own, under its title.
    Alone,
    /// Among others on a page: its headings stand a level lower, its ids begin with its own.
    Among(&'a str),
}

/// What reading a text needs beside the text.
pub struct Context<'a> {
    /// What references may lead to.
    pub toolkit: &'a Toolkit,
    /// Where the text stands.
    pub locator: &'a Locator,
    /// Whether `word:` has no place here: in a claim.
    pub no_words: bool,
    /// Whether the text is wanted as people read it, too.
    pub heard: bool,
}

/// A text, read.
pub struct Told {
    /// As HTML.
    pub fragment: Fragment,
    /// As people read it; empty where nobody asked for it.
    pub prose: Prose,
}

/// Reads a body.
#[must_use]
pub fn body(cut: &Cut<'_>, setting: Setting<'_>, context: &Context<'_>, problems: &mut Vec<Problem>) -> Told {
    let mut writer = Writer::new(cut, setting, context, problems);
    for (event, range) in Parser::new_ext(cut.text(), MARKDOWN).into_offset_iter() {
        writer.event(event, range);
    }
    writer.finish()
}

/// The first block of `text` behind byte `from`: what an accept in front of it covers.
#[must_use]
pub fn next_block(text: &str, from: usize) -> Range<usize> {
    let mut from = from;
    // another note, or any other comment, is no block of its own
    while let Some(comment) = text.get(from..).map(str::trim_start).filter(|rest| rest.starts_with("<!--")) {
        let Some(length) = comment.find("-->") else { break };
        from = text.len() - comment.len() + length + 3;
    }
    let rest = text.get(from..).unwrap_or_default();
    let first = Parser::new_ext(rest, MARKDOWN).into_offset_iter().next();
    first.map_or(text.len()..text.len(), |(_, range)| range.start + from..range.end + from)
}

/// Reads a text of the front matter: one paragraph, in HTML without its tags.
///
/// A no-break space before it keeps its first sign from opening a list or a heading; line breaks count as spaces.
#[must_use]
pub fn inline(text: &str, context: &Context<'_>, problems: &mut Vec<Problem>) -> Told {
    const GUARD: &str = "\u{a0}";
    let one_line = text.trim_end().replace(['\n', '\r'], " ");
    let source = format!("{GUARD}{one_line}");
    let mut cut = Cut::whole(GUARD, 0);
    for piece in outside_comments(&one_line, context, problems) {
        // no second space where a comment stood between two
        let text = &source[GUARD.len()..][piece.clone()];
        let bare = if cut.text().ends_with([' ', '\u{a0}']) { text.trim_start() } else { text };
        cut.push(bare, piece.end - bare.len());
    }
    let mut writer = Writer::new(&cut, Setting::Alone, context, problems);
    writer.inline = true;
    for (event, range) in Parser::new_ext(cut.text(), MARKDOWN).into_offset_iter() {
        if let Event::Text(text) = &event
            && range.start == 0
        {
            let rest = text.strip_prefix(GUARD).unwrap_or(text).to_owned();
            writer.event(Event::Text(rest.into()), GUARD.len().min(range.end)..range.end);
        } else {
            writer.event(event, range);
        }
    }
    writer.finish()
}

/// The pieces of a text that stand in no comment. Nothing of what may be meant as a comment is shown.
fn outside_comments(text: &str, context: &Context<'_>, problems: &mut Vec<Problem>) -> Vec<Range<usize>> {
    let (pieces, open) = outside(text);
    if let Some(open) = open {
        let at = context.locator.at((narrow(open), narrow(open + 4)));
        problems.push(Problem::new(at, What::Tailoring(TailoringTrouble::OpenComment)));
    }
    pieces
}

struct Writer<'a, 'p> {
    cut: &'a Cut<'a>,
    setting: Setting<'a>,
    context: &'a Context<'a>,
    problems: &'p mut Vec<Problem>,
    inline: bool,
    out: Buffer,
    links: Vec<Link>,
    headings: Vec<Heading>,
    words: Vec<Box<str>>,
    locals: Vec<u32>,
    lead: Option<(u32, u32)>,
    /// Where the digits of heading tags stand, to be moved down if the body has first-level headings.
    heading_digits: Vec<(usize, u8)>,
    has_first_level: bool,
    /// Where the heading that is open began in the HTML.
    heading_from: usize,
    open_links: Vec<OpenLink>,
    picture: Option<Picture>,
    in_fence: bool,
    in_code: bool,
    /// The heads of the table that is open.
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Where the name of the table's box goes.
    table_from: usize,
    /// Tight list items have no paragraphs.
    notes: Notes,
    braces: bool,
    /// The HTML tags told so far: what closes one of them is not told again.
    tags: Vec<String>,
    paragraph_from: usize,
    depth: usize,
    /// How many blocks are open.
    blocks: usize,
    /// The stretch for partners alone around which a frame is open.
    for_partners: Option<usize>,
    prose: Option<Recorder<'a>>,
}

/// HTML with the gaps in it.
#[derive(Default)]
struct Buffer {
    html: String,
    gaps: Vec<Gap>,
}

impl Buffer {
    fn gap(&mut self, fill: Fill) {
        self.gaps.push(Gap { at: narrow(self.html.len()), fill });
    }

    fn append(&mut self, other: &Self) {
        let base = narrow(self.html.len());
        self.gaps.extend(other.gaps.iter().map(|gap| Gap { at: gap.at + base, fill: gap.fill }));
        self.html.push_str(&other.html);
    }
}

impl<'a, 'p> Writer<'a, 'p> {
    fn new(cut: &'a Cut<'a>, setting: Setting<'a>, context: &'a Context<'a>, problems: &'p mut Vec<Problem>) -> Self {
        let text = cut.text();
        Self {
            cut,
            setting,
            context,
            problems,
            inline: false,
            out: Buffer { html: String::with_capacity(text.len() + text.len() / 3), gaps: Vec::new() },
            links: Vec::new(),
            headings: Vec::new(),
            words: Vec::new(),
            locals: Vec::new(),
            lead: None,
            heading_digits: Vec::new(),
            has_first_level: false,
            heading_from: 0,
            open_links: Vec::new(),
            picture: None,
            in_fence: false,
            in_code: false,
            columns: Vec::new(),
            column: 0,
            table_from: 0,
            in_head: false,
            notes: Notes::default(),
            braces: text.contains("{{") || text.contains("{%"),
            tags: Vec::new(),
            paragraph_from: 0,
            depth: 0,
            blocks: 0,
            for_partners: None,
            prose: context.heard.then(|| Recorder::new(cut)),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match &event {
            // a footnote stands elsewhere
            Event::Start(Tag::FootnoteDefinition(_)) => self.blocks += 1,
            Event::Start(tag) if !is_inline(tag.to_end()) => {
                self.frame(range.start);
                self.blocks += 1;
            }
            Event::End(tag) if !is_inline(*tag) => self.blocks = self.blocks.saturating_sub(1),
            Event::Rule => self.frame(range.start),
            _ => {}
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                if !self.is_silent() {
                    self.push("<code>");
                    self.push_text(&text);
                    self.push("</code>");
                    if let Some(prose) = &mut self.prose {
                        prose.code(&text, range);
                    }
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, range),
            Event::SoftBreak => self.line_end("\n", range),
            Event::HardBreak => self.line_end("<br>\n", range),
            Event::Rule => self.push("<hr>\n"),
            Event::FootnoteReference(label) => self.footnote(&label),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Opens or closes the frame around what only partners read, where a block of the body's own begins at byte `at`.
    fn frame(&mut self, at: usize) {
        let wanted = self.cut.for_partners_at(at);
        if self.blocks > 0 || wanted == self.for_partners {
            return;
        }
        self.end_frame();
        self.for_partners = wanted;
        if wanted.is_some() {
            self.open("<aside class=\"alert partners\" role=\"note\"><p class=\"alert-title\">");
            self.out.gap(Fill::Theme(ThemeWord::ForPartners));
            self.push("</p>\n");
        }
    }

    fn end_frame(&mut self) {
        if self.for_partners.take().is_some() {
            self.close("</aside>\n");
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.inline
            && !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        {
            return;
        }
        if let Some(prose) = &mut self.prose {
            begin_block(prose, &tag);
        }
        match tag {
            Tag::Paragraph => {
                self.push("<p>");
                self.paragraph_from = self.out.html.len();
            }
            Tag::Heading { level, id, .. } => self.start_heading(level, id, range),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(None) => self.open("<ul>\n"),
            Tag::List(Some(1)) => self.open("<ol>\n"),
            Tag::List(Some(first)) => self.open(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.push("<li>"),
            Tag::FootnoteDefinition(label) => {
                let outside = std::mem::take(&mut self.out);
                self.notes.outside = Some(outside);
                self.notes.texts.push((label.to_string(), Buffer::default()));
            }
            Tag::DefinitionList => self.open("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(columns) => {
                self.columns = columns;
                self.open("<div class=\"table\" role=\"group\" tabindex=\"0\"");
                self.table_from = self.out.html.len();
                self.push("><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => self.start_picture(&dest_url, &title, range),
            Tag::HtmlBlock | Tag::MetadataBlock(_) | Tag::Superscript | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.inline
            && !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
        {
            return;
        }
        if let Some(prose) = &mut self.prose {
            end_block(prose, tag);
        }
        match tag {
            TagEnd::Paragraph => {
                if self.lead.is_none() && self.depth == 0 && self.notes.outside.is_none() {
                    self.lead = Some((narrow(self.paragraph_from), narrow(self.out.html.len())));
                }
                self.push("</p>\n");
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(None) => self.close("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.close("</aside>\n"),
            TagEnd::CodeBlock => {
                self.in_fence = false;
                self.in_code = false;
                self.push("</code></pre>\n");
            }
            TagEnd::List(false) => self.close("</ul>\n"),
            TagEnd::List(true) => self.close("</ol>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::FootnoteDefinition => {
                let text = std::mem::replace(&mut self.out, self.notes.outside.take().unwrap_or_default());
                if let Some((_, place)) = self.notes.texts.last_mut() {
                    *place = text;
                }
            }
            TagEnd::DefinitionList => self.close("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.close("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.name_table();
                self.push("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                self.end_cell();
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_picture(),
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) | TagEnd::Superscript | TagEnd::Subscript => {}
        }
    }

    // ------------------------------------------------------------------------------------------------ writing

    /// Writes HTML of ours; in a picture's text and in a link whose words are not shown, nothing.
    fn push(&mut self, html: &str) {
        if let Some(picture) = &mut self.picture {
            if !html.starts_with('<') {
                picture.alt.push_str(html);
            }
        } else if !self.is_silent() {
            self.out.html.push_str(html);
        }
    }

    fn open(&mut self, html: &str) {
        self.depth += 1;
        self.push(html);
    }

    fn close(&mut self, html: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.push(html);
    }

    fn push_text(&mut self, text: &str) {
        match &mut self.picture {
            Some(picture) => escape(text, &mut picture.alt),
            None => escape_text(text, &mut self.out.html),
        }
    }

    fn line_end(&mut self, html: &str, range: Range<usize>) {
        self.push(if self.picture.is_some() { " " } else { html });
        if let Some(prose) = &mut self.prose
            && !matches!(self.open_links.last(), Some(OpenLink::Silent))
        {
            prose.line_end(range);
        }
    }

    fn is_silent(&self) -> bool {
        matches!(self.open_links.last(), Some(OpenLink::Silent))
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.is_silent() {
            return;
        }
        if !self.in_fence {
            self.look_for_markers(text, &range);
            self.look_for_headings(text, &range);
            self.look_for_references(text, &range);
        }
        self.push_text(text);
        if let Some(prose) = &mut self.prose {
            prose.text(text, range);
        }
    }

    /// Tells a reference that is shown as it is typed.
    fn look_for_references(&mut self, text: &str, range: &Range<usize>) {
        // in a link the words are the writer's own
        if self.in_code || !text.contains([':', '.']) || self.cut.text().get(range.clone()) != Some(text) {
            return;
        }
        // the reader of Markdown makes the sign before it a piece of its own
        let source = self.cut.text();
        let opens = source.get(..range.start).is_some_and(|before| before.ends_with(['<', '{', '[', '(']));
        let from = range.start - usize::from(opens);
        if source.get(..from).is_some_and(|before| before.ends_with('\\')) {
            return; // to be shown as it is
        }
        let text = source.get(from..range.end).unwrap_or(text);
        for (at, instead) in references::shown_as_typed(text, self.context.toolkit) {
            let what = What::UnknownReference {
                kind: "reference",
                id: text.get(at.clone()).unwrap_or_default().to_owned(),
                why: ReferenceTrouble::AsTyped { instead },
            };
            self.tell(from + at.start..from + at.end, what);
        }
    }

    /// Tells a line of text that begins with `##` and a word: a heading that lacks its space. One sign begins a tag, `#LEAD`.
    fn look_for_headings(&mut self, text: &str, range: &Range<usize>) {
        let words = text.trim_start_matches('#');
        let signs = text.len() - words.len();
        if !(2..=6).contains(&signs) || self.in_code || !words.starts_with(char::is_alphanumeric) {
            return;
        }
        let source = self.cut.text();
        let before = source.get(..range.start).unwrap_or_default();
        if !before.is_empty() && !before.ends_with('\n') {
            return;
        }
        let line = source.get(range.start..).and_then(|rest| rest.lines().next()).unwrap_or(text).trim_end();
        let instead = format!("{} {}", "#".repeat(signs), line.trim_start_matches('#'));
        self.tell(range.start..range.start + line.len(), What::NoHeading { instead });
    }

    /// Tells what would pass for text and is meant as something else: a `:::` line, another tool's braces.
    fn look_for_markers(&mut self, text: &str, range: &Range<usize>) {
        if text.trim_start().starts_with(":::") {
            let source = self.cut.text();
            let from = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
            let to = source[range.start..].find('\n').map_or(source.len(), |at| range.start + at);
            if super::blocks::inner(&source[from..to]).starts_with(":::") {
                let start = from + source[from..to].find(":::").unwrap_or(0);
                let end = start + source[start..to].trim_end().len();
                self.tell(start..end, What::Tailoring(TailoringTrouble::Misplaced));
            }
        }
        if self.braces
            && !self.in_code
            && let Some(at) = text.find("{{").or_else(|| text.find("{%"))
        {
            let start = (range.start + at).min(range.end);
            let rest = &self.cut.text()[start..];
            let what = match rest.as_bytes().get(1..3) {
                Some(b"{<" | b"{%") => "{{< … >}}",
                Some([b'{', _]) => "{{ … }}",
                _ => "{% … %}",
            };
            let line = rest.lines().next().unwrap_or_default();
            let close = if what == "{% … %}" { "%}" } else { "}}" };
            let length = line.find(close).map_or(line.trim_end().len(), |at| at + close.len());
            self.tell(start..start + length, What::ForeignSyntax { what });
        }
    }

    fn raw_html(&mut self, html: &str, range: Range<usize>) {
        if self.is_silent() {
            return;
        }
        let trimmed = html.trim_end();
        let lead = trimmed.len() - trimmed.trim_start().len();
        if trimmed.trim_start().starts_with("<!--") {
            // one that stands where the cutter saw code: comments never reach readers
            return;
        }
        let name =
            |tag: &str| tag.trim_matches(['<', '/', '>']).split([' ', '>', '\n']).next().unwrap_or("").to_owned();
        let closes = trimmed.trim_start().starts_with("</") && self.tags.contains(&name(trimmed.trim_start()));
        if trimmed.trim_start().starts_with('<') && !closes {
            self.tags.push(name(trimmed.trim_start()));
            let tag: String = trimmed.trim_start().chars().take_while(|c| *c != '\n').take(60).collect();
            let start = range.start + lead;
            let meant = references::named(tag.trim_matches(['<', '/', '>', ' ']), self.context.toolkit);
            self.tell(start..start + tag.len(), What::RawHtml { meant, tag });
        }
        self.push_text(html);
    }

    fn tell(&mut self, range: Range<usize>, what: What) {
        let span = self.span(&range);
        self.problems.push(Problem::new(self.context.locator.at(span), what));
    }

    fn span(&self, range: &Range<usize>) -> (u32, u32) {
        let span = self.cut.span(range.clone());
        (narrow(span.start), narrow(span.end))
    }

    fn finish(mut self) -> Told {
        self.end_frame();
        if !self.notes.is_empty() {
            self.push_notes();
        }
        let shift = u8::from(self.has_first_level);
        let mut html = self.out.html.into_bytes();
        for (at, shown) in &self.heading_digits {
            if let Some(digit) = html.get_mut(*at) {
                *digit = b'0' + (shown + shift).min(6);
            }
        }
        for heading in &mut self.headings {
            heading.level = (heading.level + shift).min(6);
        }
        // the bytes were a text, and a digit took a digit's place
        let html = String::from_utf8(html).unwrap_or_default();
        let fragment = Fragment {
            html: html.into(),
            gaps: self.out.gaps.into(),
            links: self.links.into(),
            headings: self.headings.into(),
            words: self.words.into(),
            locals: self.locals.into(),
            lead: self.lead,
        };
        Told { fragment, prose: self.prose.map(Recorder::finish).unwrap_or_default() }
    }
}

/// The block that a tag opens, for those who read the words alone; `None` for one that says no more than that it is one.
const fn block_kind(tag: TagEnd) -> Option<BlockKind> {
    match tag {
        TagEnd::Heading(_) => Some(BlockKind::Heading),
        TagEnd::Item => Some(BlockKind::Item),
        TagEnd::TableCell => Some(BlockKind::Cell),
        TagEnd::DefinitionListTitle => Some(BlockKind::Term),
        TagEnd::DefinitionListDefinition => Some(BlockKind::Definition),
        TagEnd::FootnoteDefinition => Some(BlockKind::Footnote),
        TagEnd::CodeBlock => Some(BlockKind::Code),
        _ => None,
    }
}

const fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

fn begin_block(prose: &mut Recorder<'_>, tag: &Tag<'_>) {
    match tag {
        Tag::BlockQuote(kind) => prose.enter_quote(kind.is_some()),
        tag if is_inline(tag.to_end()) => {}
        tag => prose.enter(block_kind(tag.to_end())),
    }
}

fn end_block(prose: &mut Recorder<'_>, tag: TagEnd) {
    match tag {
        TagEnd::BlockQuote(kind) => prose.leave_quote(kind.is_some()),
        tag if is_inline(tag) => {}
        tag => prose.leave(block_kind(tag)),
    }
}

/// Escapes text between tags: quotation marks stay.
fn escape_text(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let sign = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(sign);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// The id of a heading: its letters and digits of any script in lower case, hyphens between.
fn slug(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if matches!(c, '\'' | '’') {
            // an apostrophe stands inside a word
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() {
        out.push_str("section");
    }
    out
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
