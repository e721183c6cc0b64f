//! What of a file did not come along, or not as it was: counted, and in words.

use std::collections::BTreeMap;

/// What did not come along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// The pictures, in their order.
    pub pictures: Vec<Picture>,
    /// The keys of a front matter that are another tool's.
    pub keys: Vec<String>,
    counts: BTreeMap<Kind, usize>,
}

/// A picture of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The name of its file, as far as the document tells it.
    pub name: String,
    /// What it shows, where the document says so.
    pub alt: String,
}

/// A kind of thing that is left out or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A character set was not named, and one was taken.
    GuessedLetters,
    /// A heading stands on another level now.
    HeadingMoved,
    /// A link to somewhere that a text can't lead to.
    Link,
    /// A table in a cell of a table, or a list in one.
    InCell,
    /// A cell that reached over others.
    WideCell,
    /// Signs above or below the line.
    Raised,
    /// A formula.
    Formula,
    /// Signs that only one font has.
    OddSign,
    /// A part that readers did not see.
    Hidden,
    /// A change that nobody had agreed to yet: taken as made.
    Tracked,
    /// A remark in the margin.
    Comment,
    /// A table of contents.
    Contents,
    /// What stood at the top and bottom of pages.
    PageEdges,
    /// The frame of a web page: menus, head and foot.
    Frame,
    /// A field to fill in, or a button.
    Form,
    /// A film, a sound, a map or another page in the page.
    Media,
    /// A file of another program in the document.
    Embedded,
    /// A button or field that is a program of its own.
    Control,
    /// A template that stands elsewhere.
    Template,
    /// A part of the document whose name leads out of it.
    Escaping,
    /// The line that says that a page or hand-out is not for the public.
    Band,
    /// Lists or quotations deeper than ten levels.
    Deep,
}

impl LeftOut {
    /// Counts one.
    pub fn one(&mut self, kind: Kind) {
        self.count(kind, 1);
    }

    /// Counts some.
    pub fn count(&mut self, kind: Kind, count: usize) {
        if count > 0 {
            *self.counts.entry(kind).or_default() += count;
        }
    }

    /// Counts at least so many.
    pub fn at_least(&mut self, kind: Kind, count: usize) {
        let known = self.counts.get(&kind).copied().unwrap_or_default();
        self.count(kind, count.saturating_sub(known));
    }

    /// Whether one of this kind was met.
    #[must_use]
    pub fn has(&self, kind: Kind) -> bool {
        self.counts.contains_key(&kind)
    }

    /// A line for each kind of thing, in lower case and without a full stop.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for picture in &self.pictures {
            let alt = if picture.alt.is_empty() { "no words for it".into() } else { format!("\"{}\"", picture.alt) };
            lines.push(format!("the file of a picture does not come along: {} ({alt})", picture.name));
        }
        if !self.keys.is_empty() {
            let keys: Vec<String> = self.keys.iter().map(|key| format!("`{key}`")).collect();
            lines.push(format!("left out of the front matter: {}", keys.join(", ")));
        }
        lines.extend(self.counts.iter().map(|(kind, count)| kind.words(*count)));
        lines
    }
}

impl Kind {
    fn words(self, count: usize) -> String {
        let counted = |one: &str, many: &str| if count == 1 { one.to_owned() } else { format!("{count} {many}") };
        match self {
            Self::GuessedLetters => "the letters are read as Windows-1252, since the file does not name them: look at accents and quotation marks".into(),
            Self::HeadingMoved => counted("one heading stands on another level", "headings stand on another level") + ": the first is `##`, and none is skipped",
            Self::Link => counted("one link leads nowhere from here", "links lead nowhere from here") + ": the words stay",
            Self::InCell => counted("a table cell held several paragraphs, a list or a table", "table cells held several paragraphs, a list or a table") + ": the words stand on one line",
            Self::WideCell => counted("a table cell reached over others", "table cells reached over others") + ": empty cells stand in their place",
            Self::Raised => counted("raised or lowered signs stand on the line", "times raised or lowered signs stand on the line"),
            Self::Formula => counted("a formula is plain text now", "formulas are plain text now") + ": compare it with the original",
            Self::OddSign => counted("a sign that only one font has is left out", "signs that only one font has are left out"),
            Self::Hidden => counted("a hidden text is left out", "hidden texts are left out"),
            Self::Tracked => counted("a tracked change is taken as made", "tracked changes are taken as made"),
            Self::Comment => counted("a comment is left out", "comments are left out"),
            Self::Contents => "the table of contents is left out: the page makes its own".into(),
            Self::PageEdges => "what stands at the top and bottom of each page is left out".into(),
            Self::Frame => "menus, header, footer and scripts of the page are left out".into(),
            Self::Form => counted("a form is left out", "fields and buttons of forms are left out"),
            Self::Media => counted("a video, sound or page in the page is left out", "videos, sounds or pages in the page are left out"),
            Self::Embedded => counted("a file in the document is left out", "files in the document are left out"),
            Self::Control => counted("a button or field with a program of its own is left out", "buttons or fields with programs of their own are left out") + ": none was run",
            Self::Template => "the document names a template that stands elsewhere: it was not fetched".into(),
            Self::Escaping => counted("a part of the document has a name that leads out of it", "parts of the document have names that lead out of it") + ": it is left out, and nothing was unpacked",
            Self::Band => "it says of itself that it is not for the public, as pages and hand-outs of the partners edition and of drafts do: `edition: partners` is set in the new file, and the line that said so is left out".into(),
            Self::Deep => counted("a list deeper than ten levels stands higher", "lists deeper than ten levels stand higher"),
        }
    }
}
