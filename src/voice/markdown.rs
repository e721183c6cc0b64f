//! Markdown to HTML with gaps. HTML in the text is shown, not used; a link leads only where it may.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use super::blocks::outside;
use super::fragment::{Fill, Fragment, Gap, Heading, Link, ThemeWord, escape};
use super::origin::Cut;
use super::prose::{BlockKind, MarkKind, Prose, Recorder};
use super::references::{self, Destination, Target};
use crate::finding::{At, KeyPath, Problem, ReferenceTrouble, Spot, TailoringTrouble, What};
use crate::toolkit::Toolkit;
use crate::toolkit::local::{Local, LocalKind};

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_SMART_PUNCTUATION);

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
    for (event, range) in Parser::new_ext(cut.text(), OPTIONS).into_offset_iter() {
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
    let first = Parser::new_ext(rest, OPTIONS).into_offset_iter().next();
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
    for (event, range) in Parser::new_ext(cut.text(), OPTIONS).into_offset_iter() {
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
    /// Tight list items have no paragraphs.
    notes: Notes,
    braces: bool,
    /// The HTML tags told so far: what closes one of them is not told again.
    tags: Vec<String>,
    paragraph_from: usize,
    depth: usize,
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

/// What ends an open link.
enum OpenLink {
    Close(&'static str),
    /// A link whose own words are not shown: `<fact:…>`.
    Silent,
    /// The writer's words for a fact.
    Mark(u32),
    Nothing,
}

struct Picture {
    html: String,
    gap: Option<Fill>,
    alt: String,
    typed: String,
    range: Range<usize>,
}

/// Footnotes: their numbers, and what they say.
#[derive(Default)]
struct Notes {
    numbers: Vec<String>,
    texts: Vec<(String, Buffer)>,
    /// The text outside while a footnote is read.
    outside: Option<Buffer>,
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
            in_head: false,
            notes: Notes::default(),
            braces: text.contains("{{") || text.contains("{%"),
            tags: Vec::new(),
            paragraph_from: 0,
            depth: 0,
            prose: context.heard.then(|| Recorder::new(cut)),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
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
                self.open("<div class=\"table\" role=\"group\" tabindex=\"0\"><table>\n");
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
        }
        self.push_text(text);
        if let Some(prose) = &mut self.prose {
            prose.text(text, range);
        }
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
            self.tell(start..start + tag.len(), What::RawHtml { tag });
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

    // ------------------------------------------------------------------------------------------------ blocks

    fn start_heading(&mut self, level: HeadingLevel, id: Option<CowStr<'_>>, range: Range<usize>) {
        let typed = level as u8;
        self.has_first_level |= typed == 1;
        let shown = match self.setting {
            Setting::Alone => typed.max(1),
            Setting::Among(_) => (typed + 1).min(6),
        };
        self.push("<h");
        self.heading_digits.push((self.out.html.len(), shown));
        self.push("0 id=\"");
        self.out.gap(Fill::HeadingId(narrow(self.headings.len())));
        self.push("\">");
        self.heading_from = self.out.html.len();
        let span = self.span(&range);
        let base = id.map_or_else(Box::default, |id| Box::from(&*id));
        self.headings.push(Heading { level: shown, base, title: Box::default(), span });
    }

    fn end_heading(&mut self) {
        let title = super::fragment::plain(&self.out.html[self.heading_from..]);
        if let Some(heading) = self.headings.last_mut() {
            if heading.base.is_empty() {
                heading.base = slug(&title).into();
            }
            if let Setting::Among(prefix) = self.setting {
                heading.base = format!("{prefix}-{}", heading.base).into();
            }
            heading.title = title.into();
        }
        self.push("</h");
        let shown = self.headings.last().map_or(2, |heading| heading.level);
        self.heading_digits.push((self.out.html.len(), shown));
        self.push("0>\n");
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            return self.open("<blockquote>\n");
        };
        let (name, word) = match kind {
            BlockQuoteKind::Note => ("note", ThemeWord::Note),
            BlockQuoteKind::Tip => ("tip", ThemeWord::Tip),
            BlockQuoteKind::Important => ("important", ThemeWord::Important),
            BlockQuoteKind::Warning => ("warning", ThemeWord::Warning),
            BlockQuoteKind::Caution => ("caution", ThemeWord::Caution),
        };
        self.open(&format!("<aside class=\"alert {name}\"><p class=\"alert-title\">"));
        self.out.gap(Fill::Theme(word));
        self.push("</p>\n");
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_fence = matches!(kind, CodeBlockKind::Fenced(_));
        self.in_code = true;
        self.push("<pre tabindex=\"0\"><code>");
    }

    fn start_cell(&mut self) {
        let alignment = self.columns.get(self.column).copied().unwrap_or(Alignment::None);
        self.push(if self.in_head { "<th scope=\"col\"" } else { "<td" });
        self.push(match alignment {
            Alignment::None | Alignment::Left => ">",
            Alignment::Center => " class=\"center\">",
            Alignment::Right => " class=\"right\">",
        });
    }

    /// A head without words is no head: an ordinary cell stands in its place.
    fn end_cell(&mut self) {
        self.column += 1;
        if !self.in_head {
            return self.push("</td>");
        }
        match self.out.html.rfind("<th ") {
            Some(at) if self.out.html[at..].find('>') == Some(self.out.html.len() - at - 1) => {
                self.out.html.truncate(at);
                self.push("<td></td>");
            }
            _ => self.push("</th>"),
        }
    }

    // ------------------------------------------------------------------------------------------------ links

    fn start_link(&mut self, kind: LinkType, typed: &str, title: &str, range: Range<usize>) {
        let bare = matches!(kind, LinkType::Autolink);
        let mail;
        let typed = if matches!(kind, LinkType::Email) {
            mail = format!("mailto:{typed}");
            mail.as_str()
        } else {
            typed
        };
        let (destination, problem) = references::read(typed, &self.context.locator.file, self.context.toolkit);
        if let Some(what) = problem {
            self.tell(range.clone(), what);
        }
        self.hear_link(&destination, bare, range.clone());
        let open = match destination {
            Destination::Nothing => OpenLink::Nothing,
            Destination::Fact(fact) if bare => {
                let reads = &self.context.toolkit.facts[fact as usize].reads;
                escape_text(reads, &mut self.out.html);
                self.out.gap(Fill::Mark(fact));
                OpenLink::Silent
            }
            Destination::Fact(fact) => OpenLink::Mark(fact),
            Destination::Local(local) => {
                self.locals.push(local);
                self.start_local(&self.context.toolkit.local[local as usize], bare)
            }
            Destination::Word(key) => self.word(&key, range),
            Destination::Link(target) => {
                let shows_title = bare && !matches!(target, Target::Outside(_));
                let link = narrow(self.links.len());
                self.open_anchor(&target, title, link);
                self.links.push(Link { target, span: self.span(&range) });
                if shows_title {
                    self.out.gap(Fill::Title(link));
                    self.out.html.push_str("</a>");
                    OpenLink::Silent
                } else {
                    OpenLink::Close("</a>")
                }
            }
        };
        self.open_links.push(open);
    }

    /// What a link says, to whoever reads the words alone.
    fn hear_link(&mut self, destination: &Destination, bare: bool, range: Range<usize>) {
        let Some(prose) = &mut self.prose else { return };
        let toolkit = self.context.toolkit;
        let (put_in, own) = match destination {
            Destination::Fact(n) if bare => (Some((&*toolkit.facts[*n as usize].reads, MarkKind::FactReads(*n))), None),
            Destination::Fact(n) => (None, Some(MarkKind::FactWords(*n))),
            Destination::Local(n) if bare => {
                let value = toolkit.local[*n as usize].value.as_deref().unwrap_or("");
                (Some((value, MarkKind::LocalValue(*n))), None)
            }
            Destination::Local(n) => (None, Some(MarkKind::LocalWords(*n))),
            Destination::Word(_) if self.context.no_words => (None, None),
            Destination::Word(key) => (Some(("", MarkKind::Word(key.clone()))), None),
            Destination::Link(Target::Item(n, _)) if bare => (Some(("", MarkKind::Title(*n))), None),
            Destination::Link(Target::Audience(reader)) if bare => {
                let n = reader.index().map_or(u32::MAX, narrow);
                (Some(("", MarkKind::AudienceName(n))), None)
            }
            Destination::Link(Target::Outside(_)) if bare => (None, Some(MarkKind::Address)),
            _ => (None, None),
        };
        if let Some((text, kind)) = put_in {
            prose.put_in(text, range.clone(), kind);
        }
        prose.enter_link(own, range);
    }

    fn open_anchor(&mut self, target: &Target, title: &str, link: u32) {
        if self.picture.is_some() {
            return;
        }
        self.out.html.push_str("<a href=\"");
        match target {
            Target::Outside(address) => escape(address, &mut self.out.html),
            _ => self.out.gap(Fill::Href(link)),
        }
        self.out.html.push('"');
        if !title.is_empty() {
            self.out.html.push_str(" title=\"");
            escape(title, &mut self.out.html);
            self.out.html.push('"');
        }
        self.out.html.push('>');
    }

    fn start_local(&mut self, local: &Local, bare: bool) -> OpenLink {
        let Some(value) = local.value.as_deref() else {
            if bare {
                self.out.html.push_str("<span class=\"blank\">[");
                escape_text(&local.label(), &mut self.out.html);
                self.out.html.push_str("]</span>");
                return OpenLink::Silent;
            }
            return OpenLink::Nothing;
        };
        // an address from the fill-ins is content like any other: only what may be linked becomes a link
        let href = local.href().filter(|href| {
            let (destination, _) = references::read(href, "content/local.yaml", self.context.toolkit);
            matches!(destination, Destination::Link(Target::Outside(_)))
        });
        if let Some(href) = &href {
            self.out.html.push_str("<a href=\"");
            escape(href, &mut self.out.html);
            self.out.html.push_str("\">");
        }
        if !bare {
            return if href.is_some() { OpenLink::Close("</a>") } else { OpenLink::Nothing };
        }
        if local.kind == LocalKind::Phone {
            // a number is not broken at the end of a line
            escape_text(&value.replace(' ', "\u{a0}"), &mut self.out.html);
        } else {
            escape_text(value, &mut self.out.html);
        }
        if href.is_some() {
            self.out.html.push_str("</a>");
        }
        OpenLink::Silent
    }

    fn word(&mut self, key: &str, range: Range<usize>) -> OpenLink {
        if self.context.no_words {
            let why = ReferenceTrouble::WordInClaim;
            self.tell(range, What::UnknownReference { kind: "word", id: key.to_owned(), why });
            return OpenLink::Nothing;
        }
        let toolkit = self.context.toolkit;
        let known = |key: &str| {
            toolkit.settings.words.get(key).is_some() || toolkit.audiences.iter().any(|a| a.words.get(key).is_some())
        };
        if !known(key) {
            let mut words: Vec<&str> =
                toolkit.settings.words.names().chain(toolkit.audiences.iter().flat_map(|a| a.words.names())).collect();
            words.sort_unstable();
            words.dedup();
            let why = ReferenceTrouble::Unknown { known: crate::toolkit::names::nearest_of(key, &words) };
            self.tell(range, What::UnknownReference { kind: "word", id: key.to_owned(), why });
            return OpenLink::Nothing;
        }
        let n = self.words.iter().position(|word| **word == *key).unwrap_or_else(|| {
            self.words.push(key.into());
            self.words.len() - 1
        });
        self.out.gap(Fill::Word(narrow(n)));
        OpenLink::Silent
    }

    fn end_link(&mut self) {
        if let Some(prose) = &mut self.prose {
            prose.leave_link();
        }
        match self.open_links.pop() {
            Some(OpenLink::Close(html)) => self.push(html),
            Some(OpenLink::Mark(fact)) if self.picture.is_none() => self.out.gap(Fill::Mark(fact)),
            _ => {}
        }
    }

    fn start_picture(&mut self, typed: &str, title: &str, range: Range<usize>) {
        let (destination, problem) = references::read(typed, &self.context.locator.file, self.context.toolkit);
        if let Some(prose) = &mut self.prose {
            prose.enter_link(Some(MarkKind::Alt), range.clone());
        }
        let mut html = String::new();
        let gap = match (destination, problem) {
            (Destination::Link(target @ Target::File(_)), _) => {
                let link = narrow(self.links.len());
                self.links.push(Link { target, span: self.span(&range) });
                Some(Fill::Href(link))
            }
            (_, Some(what)) => {
                self.tell(range.clone(), what);
                None
            }
            // a picture from elsewhere would be a request to elsewhere
            _ => {
                self.tell(range.clone(), What::MissingFile { path: typed.to_owned(), near: None });
                None
            }
        };
        if !title.is_empty() {
            html.push_str(" title=\"");
            escape(title, &mut html);
            html.push('"');
        }
        self.picture = Some(Picture { html, gap, alt: String::new(), typed: typed.to_owned(), range });
    }

    fn end_picture(&mut self) {
        let Some(picture) = self.picture.take() else { return };
        if let Some(prose) = &mut self.prose {
            prose.leave_link();
        }
        if picture.alt.trim().is_empty() {
            self.tell(picture.range, What::MissingAlt { picture: picture.typed });
        }
        let Some(gap) = picture.gap else {
            // nothing to show: the text for it stands in its place
            return self.push(&picture.alt);
        };
        if self.is_silent() {
            return;
        }
        self.out.html.push_str("<img src=\"");
        self.out.gap(gap);
        self.out.html.push_str("\" alt=\"");
        self.out.html.push_str(&picture.alt);
        self.out.html.push('"');
        self.out.html.push_str(&picture.html);
        self.out.html.push_str(" loading=\"lazy\">");
    }

    // ------------------------------------------------------------------------------------------------ footnotes

    fn footnote(&mut self, label: &str) {
        if self.inline || self.picture.is_some() || self.is_silent() {
            return;
        }
        let number = self.notes.numbers.iter().position(|other| other == label).map_or_else(
            || {
                self.notes.numbers.push(label.to_owned());
                self.notes.numbers.len()
            },
            |n| n + 1,
        );
        let id = self.note_id(number);
        self.push(&format!(
            "<sup class=\"note\"><a href=\"#fn-{id}\" id=\"fnref-{id}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    fn note_id(&self, number: usize) -> String {
        match self.setting {
            Setting::Alone => number.to_string(),
            Setting::Among(prefix) => format!("{prefix}-{number}"),
        }
    }

    fn finish(mut self) -> Told {
        if !self.notes.numbers.is_empty() {
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

    /// The footnotes that the text refers to, in the order of their numbers.
    fn push_notes(&mut self) {
        self.push("<div class=\"footnotes\" role=\"doc-endnotes\"><ol>\n");
        let texts = std::mem::take(&mut self.notes.texts);
        let numbers = std::mem::take(&mut self.notes.numbers);
        for (n, label) in numbers.iter().enumerate() {
            let id = self.note_id(n + 1);
            self.push(&format!("<li id=\"fn-{id}\">"));
            if let Some((_, text)) = texts.iter().find(|(other, _)| other == label) {
                self.out.append(text);
            }
            self.push(&format!("<a href=\"#fnref-{id}\" role=\"doc-backlink\">"));
            self.out.gap(Fill::Theme(ThemeWord::BackToText));
            self.push(" ↩</a></li>\n");
        }
        self.push("</ol></div>\n");
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
