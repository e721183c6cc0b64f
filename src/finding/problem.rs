//! What a stage did not understand: data without wording. The words stand in the file of the rule that
//! [`Problem::rule`] names.

use std::sync::Arc;

use super::At;

/// Something that a stage of the pipeline met and could not use as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: At,
    /// What.
    pub what: What,
    /// The item it is in, as commands name it.
    pub item: Option<Arc<str>>,
}

/// What is wrong there; one variant a cause, one rule a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// YAML that can't be read or holds the wrong kind of value.
    Yaml(YamlTrouble),
    /// A key that this kind of file does not have.
    UnknownKey {
        /// As typed.
        key: String,
        /// The keys that are known at this place, in the contract's order.
        known: Vec<String>,
        /// What the key stands in: `message`, `profile`, `fact`…
        inside: String,
    },
    /// A key that has to be there and is not.
    MissingKey {
        /// The key.
        key: String,
        /// What it is missing from.
        inside: String,
        /// The reader that has no text, where a text by audience leaves one out.
        reader: Option<String>,
    },
    /// A name that several places miss, told once.
    Repeated(Box<Repeated>),
    /// A name that is no audience and no group.
    UnknownAudience(AudienceTrouble),
    /// A reference to something that is not there or that this reader may not see.
    UnknownReference {
        /// `fact`, `message`, `word`, `file`…
        kind: &'static str,
        /// As typed.
        id: String,
        /// Why it can't be used.
        why: ReferenceTrouble,
    },
    /// A `:::` line that does not work.
    Tailoring(TailoringTrouble),
    /// Two things with one id.
    DuplicateId {
        /// The id.
        id: String,
        /// What it names: `fact`, `concern`…
        kind: &'static str,
        /// Where it stands first.
        first: At,
    },
    /// Two things that would get the same address, or an address that is ours.
    AddressTaken {
        /// The address, from the root.
        address: String,
        /// Who has it.
        by: AddressUse,
    },
    /// A file name, id or slug that can't be one.
    BadId {
        /// As typed.
        id: String,
        /// Why.
        why: IdTrouble,
    },
    /// A text file that is not UTF-8.
    NotUtf8 {
        /// What it probably is: `UTF-16`, `Windows-1252`.
        looks_like: &'static str,
        /// The line of the first wrong byte, from 1.
        line: usize,
    },
    /// A file over the limit.
    TooLarge {
        /// Bytes.
        size: u64,
        /// Bytes.
        limit: u64,
    },
    /// A file that can't be opened or read, or is no plain file inside the toolkit.
    Unreadable(FileTrouble),
    /// A template that can't be read or used.
    Template(TemplateTrouble),
    /// A note that accepts a finding but can't work.
    BadAccept(AcceptTrouble),
    /// A folder that is in no known place, with several files in it.
    UnknownFolder {
        /// What it is called.
        folder: String,
        /// What it should be called.
        belongs: String,
        /// How many files are in it.
        files: usize,
        /// Whether there is a folder of the right name, too.
        both: bool,
    },
    /// A file that is in no known place.
    UnknownFile {
        /// Where it probably belongs, or what to do with it.
        belongs: Option<String>,
    },
    /// Another tool's syntax, which is text here.
    ForeignSyntax {
        /// What was typed: `{{< … >}}`, `{{ … }}`, `{% … %}`, `<!--more-->`.
        what: &'static str,
    },
    /// A link to an address where nothing is.
    BrokenLink {
        /// As typed.
        link: String,
        /// An address or path that is there.
        near: Option<String>,
    },
    /// A link to an outside address where nothing is any more.
    DeadAddress {
        /// As typed.
        link: String,
        /// Why: `answers 404 (not found)`.
        why: String,
    },
    /// A link to an outside address that could not be looked at. Always a note: the fault may be anybody's.
    UnsureAddress {
        /// As typed.
        link: String,
        /// Why: `did not answer within 10 seconds`.
        why: String,
    },
    /// A link to a heading that is not on its page.
    BrokenAnchor {
        /// The name after `#`.
        anchor: String,
        /// The page, by its title or file.
        page: String,
        /// The nearest heading's id.
        near: Option<String>,
    },
    /// A file of `content/files/` that is not there.
    MissingFile {
        /// As typed.
        path: String,
        /// A file that is there, typed as a link would be.
        near: Option<String>,
    },
    /// A picture without a text for those who can't see it.
    MissingAlt {
        /// The picture, as typed.
        picture: String,
    },
    /// A link whose beginning is not allowed.
    BadScheme {
        /// `javascript`, `data`…
        scheme: String,
    },
    /// HTML in Markdown: it is shown, not used.
    RawHtml {
        /// The reference that was probably meant: `<town>` for `<local:town>`.
        meant: Option<String>,
        /// The tag as typed, cut to a line.
        tag: String,
    },
    /// A heading that skips a level.
    HeadingSkip {
        /// The level above it, 1 for the page's title.
        from: u8,
        /// Its own, as shown.
        to: u8,
    },
    /// A first-level heading below others: the page's title stands above the text.
    LateTitle {
        /// Its words.
        title: String,
    },
    /// A line that begins with the signs of a heading, and no space behind them.
    NoHeading {
        /// As it should be typed.
        instead: String,
    },
    /// A note that accepts a finding that is not there.
    UnusedAccept {
        /// The rule it names.
        rule: String,
    },
    /// `checks` of toolkit.yaml would lower a rule that can't be lowered.
    CannotBeLowered {
        /// The rule.
        rule: &'static str,
    },
    /// No `base_url`.
    NoBaseUrl,
    /// Two colours that can't be told apart well enough.
    Contrast {
        /// The colour, as typed.
        colour: String,
        /// What it is read on or beside.
        against: &'static str,
        /// Contrast in hundredths: 450 is 4.5:1.
        hundredths: u32,
    },
    /// A picture carried the place where it was taken (it is left out).
    PicturePlace,
    /// A hand-out that takes more pages than it may.
    TooManyPages(LongSheet),
    /// Text of a hand-out that stands over the foot of its page, or off the paper.
    OffPaper {
        /// The hand-out's address.
        handout: String,
        /// The first page on which it happens, from 1.
        page: usize,
        /// The first words that are lost.
        text: String,
    },
    /// Characters that no font of the print files has.
    MissingGlyph {
        /// The characters, each once.
        characters: Vec<char>,
        /// What is printed in their place.
        stand_in: String,
        /// The hand-outs in which it stands, by their addresses.
        handouts: Vec<String>,
    },
    /// A picture that print files can't show.
    UnprintedPicture {
        /// Why not.
        why: NotPrinted,
        /// The hand-outs in which its words stand in its place, by their addresses.
        handouts: Vec<String>,
    },
}

/// Why a picture is not on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPrinted {
    /// It is of a form that no print file of ours can hold.
    Form,
    /// It has more pixels than are set on paper.
    Large,
    /// It can't be read or drawn.
    Broken,
    /// The pictures before it have as many pixels as a hand-out may.
    Many,
}

/// A name that several places miss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// What is wrong at each of them.
    pub what: What,
    /// The places after the first, in their order.
    pub others: Vec<At>,
    /// What of the same kind nothing names: one of it may have had this name.
    pub unused: Vec<Unused>,
}

/// A thing that nothing names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// Its name.
    pub name: String,
    /// Where it gets it.
    pub at: At,
}

/// What has a number of pages that it may not go over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    /// The talking points.
    Sheet,
    /// The same in large print.
    Large,
    /// The card for the counter.
    Card,
    /// The brief for speakers.
    Brief,
}

/// By how much a sheet is too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongSheet {
    /// Its pages.
    pub pages: usize,
    /// The pages that it may have.
    pub most: usize,
    /// The words that fell over.
    pub words: usize,
    /// The lines that fell over.
    pub lines: usize,
    /// What it is.
    pub kind: SheetKind,
    /// Whether it is the one for everyone.
    pub general: bool,
    /// How many pictures are on it.
    pub pictures: usize,
    /// The longest points: where each stands, and its words.
    pub longest: Vec<(At, usize)>,
}

impl Problem {
    /// A problem outside any item.
    #[must_use]
    pub const fn new(at: At, what: What) -> Self {
        Self { at, what, item: None }
    }

    /// Whether it may be no fault of the toolkit's: then it weighs no more than a note.
    #[must_use]
    pub const fn is_unsure(&self) -> bool {
        matches!(self.what, What::UnsureAddress { .. })
    }

    /// The name of the rule that words this problem.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.what.rule()
    }
}

impl What {
    /// The name of the rule that words it.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Repeated(repeated) => repeated.what.rule(),
            Self::Yaml(_) => "yaml",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingKey { .. } => "missing-key",
            Self::UnknownAudience(_) => "unknown-audience",
            Self::UnknownReference { .. } => "unknown-reference",
            Self::Tailoring(_) => "tailoring",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::AddressTaken { .. } => "address-taken",
            Self::BadId { .. } => "bad-id",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::TooLarge { .. } => "too-large",
            Self::Unreadable(_) => "unreadable",
            Self::Template(_) => "template",
            Self::BadAccept(_) => "bad-accept",
            Self::UnknownFile { .. } | Self::UnknownFolder { .. } => "unknown-file",
            Self::ForeignSyntax { .. } => "foreign-syntax",
            Self::BrokenLink { .. } | Self::DeadAddress { .. } | Self::UnsureAddress { .. } => "broken-link",
            Self::BrokenAnchor { .. } => "broken-anchor",
            Self::MissingFile { .. } => "missing-file",
            Self::MissingAlt { .. } => "missing-alt",
            Self::BadScheme { .. } => "bad-scheme",
            Self::RawHtml { .. } => "raw-html",
            Self::HeadingSkip { .. } | Self::LateTitle { .. } | Self::NoHeading { .. } => "heading-skip",
            Self::UnusedAccept { .. } | Self::CannotBeLowered { .. } => "unused-accept",
            Self::NoBaseUrl => "no-base-url",
            Self::Contrast { .. } => "contrast",
            Self::PicturePlace => "picture-place",
            Self::TooManyPages(_) | Self::OffPaper { .. } => "sheet-too-long",
            Self::MissingGlyph { .. } => "missing-glyph",
            Self::UnprintedPicture { .. } => "unprinted-picture",
        }
    }
}

/// What is wrong with a piece of YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YamlTrouble {
    /// The file does not begin with a `---` line.
    NoFrontMatter,
    /// The second `---` line is missing.
    OpenFrontMatter,
    /// The line that should close it has dashes of another number or kind.
    NearlyClosed,
    /// Front matter between `+++` lines, with the same block as YAML where it could be translated.
    Toml(Option<String>),
    /// A tab stands where spaces indent.
    Tab,
    /// A text with a colon and a space needs quotes.
    ColonInText {
        /// The line as it should be typed.
        instead: String,
    },
    /// A text that starts with a sign that means something else in YAML (`@`, `` ` ``, `%`, `*`, `&`, `!`, `[`, `{`, `>`, `|`).
    NeedsQuotes {
        /// The sign.
        sign: char,
        /// The line as it should be typed, where it is one.
        instead: Option<String>,
    },
    /// A quotation mark or apostrophe inside a text that is between the same marks.
    QuoteInside {
        /// The mark.
        sign: char,
        /// The line as it should be typed.
        instead: String,
    },
    /// A text without quotes that YAML ends before a `#`, as if a comment began there.
    CutAtHash {
        /// The line as it should be typed, where it is one.
        instead: Option<String>,
    },
    /// A line that stands further left or right than those it belongs to.
    Indent {
        /// Spaces before the text of this line.
        found: usize,
        /// Spaces before the line it belongs to.
        above: usize,
        /// That line, from 1.
        line: usize,
    },
    /// A line of a text that stands left of where its text stands.
    IndentOfText {
        /// Spaces before the text of this line.
        found: usize,
        /// Spaces that it needs.
        wanted: usize,
        /// The line that opens the text, from 1.
        line: usize,
    },
    /// A space of another kind where spaces indent.
    OtherSpace,
    /// A key of a fill-in at the left edge, where it is a fill-in of its own.
    LostIndent {
        /// The key.
        key: String,
    },
    /// A quotation mark or bracket that is never closed.
    NeverClosed(char),
    /// A text that begins with this straight mark and ends with a curly one.
    CurlyClose(char),
    /// A text all in curly quotation marks, which readers would see.
    CurlyMarks {
        /// The text as it should be typed.
        instead: String,
    },
    /// A text that ends with a quotation mark and begins with none.
    LoneMark {
        /// The text as it should be typed.
        instead: String,
    },
    /// A figure in a list in brackets, cut by its comma into two entries.
    SplitNumber {
        /// The entry as it should be typed.
        instead: String,
    },
    /// A fill-in that can't be what its kind says.
    BadLocal {
        /// Its name.
        key: String,
        /// As typed.
        found: String,
        /// `phone`, `email`, `url`.
        kind: &'static str,
    },
    /// Nothing of the above; what the reader of YAML says, in its words.
    Unreadable(String),
    /// More than one document in the file.
    SecondDocument,
    /// A key that stands twice in the same place.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stands first.
        first: At,
    },
    /// A value of the wrong kind.
    WrongType {
        /// The key, or the entry's place in words.
        key: String,
        /// What stands there: `a list`, `a number`…
        found: &'static str,
        /// What has to stand there: `a text`, `a list of audiences`…
        wanted: String,
        /// A whole line to type instead.
        instead: Option<String>,
    },
    /// A value that is none of those allowed.
    BadValue {
        /// The key.
        key: String,
        /// As typed.
        found: String,
        /// Those allowed, in the contract's order.
        allowed: Vec<String>,
    },
    /// A number or text that has the right kind but not a form that can be used.
    BadForm {
        /// The key.
        key: String,
        /// As typed.
        found: String,
        /// What it should be, with an example.
        wanted: String,
    },
    /// A date that is none, or not typed as YYYY-MM-DD.
    BadDate {
        /// The key.
        key: String,
        /// As typed.
        found: String,
    },
    /// A fact's `reads` is not found in its `plain`.
    ReadsNotInPlain,
    /// Too deep, too many aliases: not a text that a person wrote.
    Budget(&'static str),
}

/// Why a name is no audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AudienceTrouble {
    /// Neither an audience nor a group.
    Unknown {
        /// As typed.
        name: String,
        /// Audiences and groups that are there.
        known: Vec<String>,
    },
    /// A name from another tool: `note`, `tip`, `warning` after `:::`.
    Admonition {
        /// As typed.
        name: String,
    },
    /// A reserved word (`else`, `all`, `general`, `partners-only`…) where an audience has to stand.
    Reserved {
        /// As typed.
        name: String,
    },
    /// Named twice in the same list, groups expanded.
    Twice {
        /// The audience.
        name: String,
    },
}

/// Why a reference can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceTrouble {
    /// No such id; those that there are.
    Unknown {
        /// The one that was meant, else near ones first, at most a handful.
        known: Vec<String>,
        /// What readers see of the first of them, where it is put into texts.
        says: Option<String>,
    },
    /// Its signs are wrong, so that it is no reference and readers would see it.
    AsTyped {
        /// As it should be typed.
        instead: String,
    },
    /// The kind before the colon is none of ours but nearly one.
    UnknownKind {
        /// The right kind.
        near: &'static str,
    },
    /// It is in the partners edition only.
    PartnersOnly,
    /// It is a draft.
    Draft,
    /// It is embargoed until this date.
    Embargoed(String),
    /// It was withdrawn on this date.
    Withdrawn(String),
    /// These readers can't see it, and it has no general version.
    NotForReader(String),
    /// A `claim` holds a `word:`, which differs by audience.
    WordInClaim,
    /// There is no word for this reader (`words` has no such key for it).
    NoWord(String),
    /// Nothing that has a page: a point, a win, a fact without a list.
    NoPage,
}

impl ReferenceTrouble {
    /// No such id, with those that may be meant.
    #[must_use]
    pub const fn unknown(known: Vec<String>) -> Self {
        Self::Unknown { known, says: None }
    }
}

/// What is wrong with a `:::` line. `open` is where its block was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TailoringTrouble {
    /// Never closed; the file ends first.
    NeverClosed,
    /// A close without an open.
    NothingOpen,
    /// `else` without an audience before it.
    ElseAlone,
    /// A block inside another.
    Nested {
        /// Where the outer one was opened.
        open: At,
    },
    /// An audience that already has its text in this chain.
    Twice {
        /// The audience.
        name: String,
        /// Where it stands first.
        first: At,
    },
    /// Names after `else`.
    AfterElse {
        /// Where `else` stands.
        first: At,
    },
    /// `partners-only` together with other names, or as a switch.
    CoachingMixed,
    /// Four or more colons.
    TooManyColons,
    /// Two colons, spaces between them, or colons of another script.
    NearlyMarker {
        /// The line as it should be typed.
        instead: String,
    },
    /// A tab in the marker line.
    Tab,
    /// An audience that the item's `audiences` leave out: nobody reads its part.
    NotReader {
        /// The audience or group.
        name: String,
    },
    /// Words that are no names.
    StrayText {
        /// The words.
        text: String,
    },
    /// A comma without a name.
    EmptyName,
    /// A marker in a list, a quotation or too far to the right.
    Misplaced,
    /// A comment that is never closed.
    OpenComment,
    /// A fenced code block that is never closed and takes `:::` lines in.
    OpenFence,
}

/// Who has an address already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressUse {
    /// A part of every site: `/faq/`, `/assets/`.
    Ours,
    /// Another item, slug or alias.
    Item {
        /// Where it takes the address.
        first: At,
        /// What it is, as commands name it.
        name: String,
    },
}

/// Why something can't be an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdTrouble {
    /// Other signs than lower-case letters, digits and hyphens; with the nearest good id.
    Signs(String),
    /// A word that means something else: `else`, `general`, `faq`.
    Reserved,
    /// Empty, or nothing but hyphens.
    Empty,
    /// A slug with other signs than letters, marks, digits and hyphens.
    Slug,
    /// An alias that is no path from the root.
    Alias,
    /// A file name that is not UTF-8.
    Name,
}

/// Why a file can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileTrouble {
    /// No permission.
    Denied,
    /// A link that leads out of the toolkit.
    LeadsOutside,
    /// A link in a circle, or to nothing.
    DeadLink,
    /// A pipe, socket, device: no plain file.
    NotPlain(&'static str),
    /// A folder where a file has to be.
    Folder,
    /// It went away while it was read.
    Gone,
    /// What the system said.
    System(String),
}

/// What is wrong with a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateTrouble {
    /// A template that can't be read.
    Syntax(String),
    /// A variable that does not exist.
    UnknownVariable {
        /// As typed: `page.titel`.
        name: String,
        /// The fields that exist there.
        known: Vec<String>,
        /// The page that was being made.
        page: String,
    },
    /// What went wrong while a page was made.
    Failed {
        /// What the template engine said.
        message: String,
        /// The page.
        page: String,
    },
    /// A theme, template, option or words file that is not there.
    Missing {
        /// What.
        what: &'static str,
        /// Its name, as typed.
        name: String,
        /// Those that are there.
        known: Vec<String>,
    },
}

/// Why an accept can't work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AcceptTrouble {
    /// No `because`, or nothing after it.
    NoReason {
        /// The rule it names.
        rule: String,
    },
    /// No such rule.
    UnknownRule {
        /// As typed.
        rule: String,
    },
    /// `whole file` where there is text before the note.
    TooLateForFile {
        /// The rule it names.
        rule: String,
    },
    /// `whole file` in YAML, where a note covers an entry.
    NoWholeYaml {
        /// The rule it names.
        rule: String,
    },
    /// Other words than `whole file` between the rule and `because`.
    UnknownScope {
        /// The rule it names.
        rule: String,
        /// The words.
        scope: String,
    },
    /// A rule that can't be accepted away (structure, consent, words that are never to be used).
    NotThisRule {
        /// The rule.
        rule: String,
    },
}
