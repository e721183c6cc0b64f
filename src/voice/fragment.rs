//! A piece of HTML with gaps: what is the same for all its readers is made once, what differs by page is filled in later.

use super::references::Target;

/// HTML with gaps, as it was made from one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fragment {
    /// The HTML without what the gaps stand for.
    pub html: Box<str>,
    /// The gaps in their order.
    pub gaps: Box<[Gap]>,
    /// The links, in the order of the text.
    pub links: Box<[Link]>,
    /// The headings, in the order of the text.
    pub headings: Box<[Heading]>,
    /// The words of ours that the text asks for.
    pub words: Box<[Box<str>]>,
    /// The fill-ins that it shows, by their numbers in the toolkit.
    pub locals: Box<[u32]>,
    /// Where the inside of its first paragraph stands in `html`.
    pub lead: Option<(u32, u32)>,
}

/// A gap in the HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Where it is.
    pub at: u32,
    /// What fills it.
    pub fill: Fill,
}

/// What fills a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// The address that link number N leads to.
    Href(u32),
    /// The title of the item that link number N leads to, as the page's reader reads it.
    Title(u32),
    /// The mark of the source of fact number N.
    Mark(u32),
    /// The word number N of the fragment's `words`, as the page's reader reads it.
    Word(u32),
    /// The id of heading number N.
    HeadingId(u32),
    /// A word of the theme.
    Theme(ThemeWord),
}

/// The words of the theme that texts ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeWord {
    /// The title of a note.
    Note,
    /// The title of a tip.
    Tip,
    /// The title of something important.
    Important,
    /// The title of a warning.
    Warning,
    /// The title of a call for caution.
    Caution,
    /// What leads from a footnote back to the text.
    BackToText,
}

impl ThemeWord {
    /// Its name in the theme's `i18n/xx.yaml`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "alert_note",
            Self::Tip => "alert_tip",
            Self::Important => "alert_important",
            Self::Warning => "alert_warning",
            Self::Caution => "alert_caution",
            Self::BackToText => "back_to_text",
        }
    }
}

/// A link in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// Its place: in the file for a body, in the value for a text of the front matter.
    pub span: (u32, u32),
}

/// A heading in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// As shown: 2 to 6.
    pub level: u8,
    /// What its id is made from, or the id that was typed.
    pub base: Box<str>,
    /// Its words.
    pub title: Box<str>,
    /// Its place in the file.
    pub span: (u32, u32),
}

impl Fragment {
    /// The facts whose marks it holds, in the order of the text, each as often as it is there.
    pub fn facts(&self) -> impl Iterator<Item = u32> {
        self.gaps.iter().filter_map(|gap| match gap.fill {
            Fill::Mark(fact) => Some(fact),
            _ => None,
        })
    }

    /// Writes the HTML of `range` with its gaps filled.
    pub fn fill(&self, range: std::ops::Range<usize>, out: &mut String, mut fill: impl FnMut(Fill, &mut String)) {
        let mut from = range.start;
        let first = self.gaps.partition_point(|gap| (gap.at as usize) < range.start);
        for gap in &self.gaps[first..] {
            let at = gap.at as usize;
            if at > range.end {
                break;
            }
            out.push_str(&self.html[from..at]);
            fill(gap.fill, out);
            from = at;
        }
        out.push_str(&self.html[from..range.end]);
    }
}

/// Writes `text` so that it is text in HTML, also inside quoted attributes.
pub fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let sign = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(sign);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// The words of HTML that we have made: tags taken away, signs as they read, every run of white space one space.
/// The text for those who can't see a picture counts.
#[must_use]
pub fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        push_words(&rest[..at], &mut out);
        rest = &rest[at..];
        if let Some(tag) = rest.strip_prefix('<') {
            let end = tag.find('>').unwrap_or(tag.len());
            let (tag, after) = (&tag[..end], tag.get(end + 1..).unwrap_or(""));
            if let Some(alt) = tag.strip_prefix("img ").and_then(|tag| tag.split(" alt=\"").nth(1)) {
                out.push_str(&plain(alt.split('"').next().unwrap_or("")));
            } else if breaks(tag) {
                push_words(" ", &mut out);
            }
            rest = after;
        } else {
            let (sign, length) = entity(rest);
            out.push(sign);
            rest = &rest[length..];
        }
    }
    push_words(rest, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Whether a tag stands between words: all but those of emphasis, links and the like.
fn breaks(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
    !matches!(name, "em" | "strong" | "a" | "code" | "del" | "sup" | "span" | "abbr" | "b" | "i")
}

/// Adds text, every run of white space as one space. Text between two runs is copied at one stroke.
fn push_words(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    let mut after_space = out.is_empty() || out.ends_with(' ');
    while at < bytes.len() {
        let byte = bytes[at];
        // the lead bytes of all white space beyond ASCII: U+0085, U+00A0, U+1680, U+2000 to U+205F, U+3000
        let space = match byte {
            b' ' | b'\t'..=b'\r' => 1,
            0xC2 | 0xE1..=0xE3 => text[at..].chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8),
            _ => 0,
        };
        if space == 0 {
            after_space = false;
            at += 1;
        } else if byte == b' ' && !after_space {
            after_space = true;
            at += 1;
        } else {
            out.push_str(&text[from..at]);
            if !after_space {
                out.push(' ');
            }
            after_space = true;
            at += space;
            from = at;
        }
    }
    out.push_str(&text[from..]);
}

/// The sign that an entity of ours stands for, and its length.
fn entity(text: &str) -> (char, usize) {
    [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')]
        .into_iter()
        .find(|(entity, _)| text.starts_with(entity))
        .map_or(('&', 1), |(entity, sign)| (sign, entity.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_also_in_a_part() {
        let fragment = Fragment {
            html: "<p>See <a href=\"\">it</a> and </p><p>x</p>".into(),
            gaps: [Gap { at: 16, fill: Fill::Href(0) }, Gap { at: 29, fill: Fill::Mark(3) }].into(),
            lead: Some((3, 29)),
            ..Fragment::default()
        };
        let mut out = String::new();
        fragment.fill(3..29, &mut out, |fill, out| out.push_str(if fill == Fill::Href(0) { "a/" } else { "[1]" }));
        assert_eq!(out, "See <a href=\"a/\">it</a> and [1]");
    }

    #[test]
    fn words_are_what_is_left_without_tags() {
        let html = "<h2 id=\"a\">One</h2>\n<p>Tom &amp; <em>Jer</em>ry,\n  &quot;58%&quot;<br> end.</p><img src=\"x\" alt=\"A &lt;b&gt; cat\"><ul><li>a</li><li>b</li></ul>";
        assert_eq!(plain(html), "One Tom & Jerry, \"58%\" end. A <b> cat a b");
    }

    #[test]
    fn nothing_that_is_escaped_can_end_an_attribute() {
        let mut out = String::new();
        escape("a\"b'c<d>&é", &mut out);
        assert_eq!(out, "a&quot;b&#39;c&lt;d&gt;&amp;é");
    }
}
