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
    /// The title of what only partners read.
    ForPartners,
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
            Self::ForPartners => "alert_partners",
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
    /// As typed: 1 to 6.
    pub typed: u8,
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
    let bytes = html.as_bytes();
    let mut words = Words { out: String::with_capacity(html.len()), after_space: true };
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        // a letter, or one space between two words: by far the most, and copied in long runs
        let next = bytes.get(at + 1).copied().unwrap_or(b'<');
        if !SPECIAL[usize::from(byte)] || (byte == b' ' && at > from && !SPECIAL[usize::from(next)]) {
            at += 1;
            continue;
        }
        words.text(&html[from..at]);
        at += match byte {
            b'<' => words.tag(&html[at..]),
            b'&' => {
                let (sign, length) = entity(&html[at..]);
                words.text(sign.encode_utf8(&mut [0; 4]));
                length
            }
            _ => words.perhaps_space(&html[at..]),
        };
        from = at;
    }
    words.text(&html[from..]);
    let mut out = words.out;
    out.truncate(out.trim_end().len());
    out
}

/// The words of HTML that we have made, as [`plain`] gives them, with a line for each paragraph, item, heading and row.
#[must_use]
pub fn lines(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut from, mut at) = (0, 0);
    let mut line = |from: usize, to: usize| {
        let words = plain(&html[from..to]);
        if !words.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&words);
        }
    };
    while let Some(start) = html[at..].find('<').map(|start| at + start) {
        let end = html[start..].find('>').map_or(html.len(), |end| start + end + 1);
        let tag = &html[start + 1..end];
        let name = tag.trim_start_matches('/').split([' ', '/', '>']).next().unwrap_or("");
        if breaks(name) && !matches!(name, "td" | "th" | "img" | "input") {
            line(from, start);
            from = end;
        }
        at = end;
    }
    line(from, html.len());
    out
}

/// Bytes that [`plain`] has to look at: the beginning of a tag or entity, white space, and the lead bytes of white space
/// beyond ASCII (U+0085, U+00A0, U+1680, U+2000 to U+205F, U+3000).
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let all = b"<& \t\n\x0b\x0c\r\xC2\xE1\xE2\xE3";
    let mut n = 0;
    while n < all.len() {
        table[all[n] as usize] = true;
        n += 1;
    }
    table
};

/// Words as they are put together.
struct Words {
    out: String,
    /// Whether a space would be one too many.
    after_space: bool,
}

impl Words {
    /// Adds text without white space at its ends.
    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push_str(text);
            self.after_space = false;
        }
    }

    fn space(&mut self) {
        if !self.after_space {
            self.out.push(' ');
            self.after_space = true;
        }
    }

    /// Adds what the sign at the start of `rest` stands for, white space or not; gives its length.
    fn perhaps_space(&mut self, rest: &str) -> usize {
        let Some(sign) = rest.chars().next() else { return 1 };
        if sign.is_whitespace() {
            self.space();
        } else {
            self.text(&rest[..sign.len_utf8()]);
        }
        sign.len_utf8()
    }

    /// Adds what the tag at the start of `rest` leaves; gives its length.
    fn tag(&mut self, rest: &str) -> usize {
        let end = rest.find('>').unwrap_or(rest.len() - 1);
        let tag = &rest[1..end.max(1)];
        if let Some(alt) = tag.strip_prefix("img ").and_then(|tag| tag.split(" alt=\"").nth(1)) {
            self.text(&plain(alt.split('"').next().unwrap_or("")));
        } else if breaks(tag) {
            self.space();
        }
        end + 1
    }
}

/// Whether a tag stands between words: all but those of emphasis, links and the like.
fn breaks(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
    !matches!(name, "em" | "strong" | "a" | "code" | "del" | "sup" | "span" | "abbr" | "b" | "i")
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
    fn lines_hold_the_same_words_a_line_a_paragraph() {
        let html = "<h2 id=\"a\">One</h2>\n<p>Tom &amp; <em>Jer</em>ry,\n  x<br> end.</p><p><img src=\"x\" alt=\"A cat\"></p>\
            <ul><li>a<ul><li>b</li></ul></li></ul><table><tr><td>c</td><td>d</td></tr><tr><td>e</td></tr></table>";
        assert_eq!(lines(html), "One\nTom & Jerry, x\nend.\nA cat\na\nb\nc d\ne");
        assert_eq!(lines(html).replace('\n', " "), plain(html));
        assert_eq!(lines("words alone"), "words alone");
    }

    #[test]
    fn white_space_of_every_kind_is_one_space() {
        assert_eq!(
            plain(" a  b\u{a0}\u{2003}c\n\nd é\u{2014}f \u{201c}g\u{201d} "),
            "a b c d é\u{2014}f \u{201c}g\u{201d}"
        );
        assert_eq!(plain("<p>a</p> <p> b <em> c</em></p>x<"), "a b c x");
    }

    #[test]
    fn nothing_that_is_escaped_can_end_an_attribute() {
        let mut out = String::new();
        escape("a\"b'c<d>&é", &mut out);
        assert_eq!(out, "a&quot;b&#39;c&lt;d&gt;&amp;é");
    }
}
