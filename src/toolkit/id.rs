//! Ids, and who reads: an audience, or everyone in the general version.

use std::fmt;
use std::sync::Arc;

use crate::finding::IdTrouble;

/// Words that mean something else where an audience's id could stand.
pub const RESERVED: [&str; 5] = ["else", "all", "none", "general", "partners-only"];

/// The first parts of our own addresses; no audience and no free page may have one.
pub const ADDRESSES: [&str; 18] = [
    "messages", "faq", "facts", "words", "wins", "partners", "stories", "search", "handouts", "assets", "files",
    "board", "coverage", "compare", "review", "share", "404", "index",
];

/// Whether `id` can be an id: lower-case letters, digits, hyphens.
///
/// # Errors
/// Why not, with the nearest id that could be one.
pub fn check(id: &str) -> Result<(), IdTrouble> {
    if id.is_empty() || id.bytes().all(|b| b == b'-') {
        return Err(IdTrouble::Empty);
    }
    if id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Ok(());
    }
    Err(IdTrouble::Signs(nearest_good(id)))
}

/// The id that a title or a wrong id comes nearest to; may be empty.
#[must_use]
pub fn nearest_good(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut id = String::with_capacity(text.len());
    for c in text.nfd().flat_map(char::to_lowercase) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') && !unicode_normalization::char::is_combining_mark(c) {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// Who reads a text: an audience by its place in the toolkit's order, or everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reader(u8);

impl Reader {
    /// The version for everyone.
    pub const GENERAL: Self = Self(0);
    /// How many audiences a toolkit can have.
    pub const MOST: usize = 127;

    /// The audience at `index` of the toolkit's order; `None` past [`Self::MOST`].
    #[must_use]
    pub fn audience(index: usize) -> Option<Self> {
        (index < Self::MOST).then(|| u8::try_from(index + 1).ok().map(Self)).flatten()
    }

    /// The audience's place in the toolkit's order; `None` for everyone.
    #[must_use]
    pub const fn index(self) -> Option<usize> {
        if self.0 == 0 { None } else { Some(self.0 as usize - 1) }
    }
}

/// A set of readers.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Readers(u128);

impl Readers {
    /// Nobody.
    pub const NONE: Self = Self(0);

    /// Everyone who can read a toolkit of `audiences` audiences, the general version among them.
    #[must_use]
    pub fn all(audiences: usize) -> Self {
        let count = audiences.min(Reader::MOST) + 1;
        Self(if count == 128 { u128::MAX } else { (1 << count) - 1 })
    }

    /// One reader alone.
    #[must_use]
    pub const fn only(reader: Reader) -> Self {
        Self(1 << reader.0)
    }

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those in both sets.
    #[must_use]
    pub const fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether `reader` is in it.
    #[must_use]
    pub const fn has(self, reader: Reader) -> bool {
        self.0 & (1 << reader.0) != 0
    }

    /// The set as a number, for fingerprints.
    #[must_use]
    pub const fn bits(self) -> u128 {
        self.0
    }

    /// Whether nobody is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The readers, everyone first, then in the toolkit's order.
    pub fn iter(self) -> impl Iterator<Item = Reader> {
        (0..128_u8).filter(move |n| self.0 & (1 << n) != 0).map(Reader)
    }
}

impl fmt::Debug for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|reader| reader.0)).finish()
    }
}

/// What kind of item a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A claim of the coalition.
    Message,
    /// A question with its answer.
    Faq,
    /// Something to say.
    TalkingPoint,
    /// A hostile question, for partners.
    ToughQuestion,
    /// Somebody's story.
    Story,
    /// Something that was reached.
    Win,
    /// Any other page.
    Page,
}

impl Kind {
    /// All kinds, in the contract's order.
    pub const ALL: [Self; 7] =
        [Self::Message, Self::Faq, Self::TalkingPoint, Self::ToughQuestion, Self::Story, Self::Win, Self::Page];

    /// The folder below `content/`, and the first part of the item's name in commands and findings.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Message => "messages",
            Self::Faq => "faqs",
            Self::TalkingPoint => "talking-points",
            Self::ToughQuestion => "tough-questions",
            Self::Story => "stories",
            Self::Win => "wins",
            Self::Page => "pages",
        }
    }

    /// The kind's name, as in `onevoice new KIND` and in references.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Faq => "faq",
            Self::TalkingPoint => "talking-point",
            Self::ToughQuestion => "tough-question",
            Self::Story => "story",
            Self::Win => "win",
            Self::Page => "page",
        }
    }
}

/// An id that is shared instead of copied.
pub type Id = Arc<str>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_lower_case_letters_digits_and_hyphens() {
        assert_eq!(check("who-can-take-part"), Ok(()));
        assert_eq!(check("Who pays?"), Err(IdTrouble::Signs("who-pays".into())));
        assert_eq!(check("cómo_está"), Err(IdTrouble::Signs("como-esta".into())));
        assert_eq!(check("--"), Err(IdTrouble::Empty));
    }

    #[test]
    fn readers_are_a_set_in_the_toolkits_order() {
        let police = Reader::audience(1).unwrap();
        let all = Readers::all(3);
        assert_eq!(all.iter().count(), 4);
        assert!(all.has(Reader::GENERAL) && all.has(police));
        assert!(!all.without(Readers::only(police)).has(police));
        assert_eq!(Readers::all(127).iter().count(), 128);
        assert_eq!(Reader::audience(127), None);
    }
}
