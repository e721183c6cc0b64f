//! YAML as a tree of values that know where they stand, and what is wrong where a text is none.
//!
//! Values are read to types with `serde_yaml`; this tree is made only when a finding has to point into a file, and
//! it gives scalars the meaning that `serde_yaml` 0.9 gives them. A merge key (`<<`) is a key like any other, there too.

mod cut;
mod diagnose;
mod events;
mod guard;
mod marks;
mod origin;
mod outline;
mod relaxed;
mod scalar;
mod tree;
#[cfg(test)]
mod worst;

use std::ops::Range;
use std::sync::Arc;

use crate::finding::{At, Problem, What, YamlTrouble};

pub use cut::cut_short;
pub use diagnose::serde_yaml_trouble;
pub use guard::{MOST_ALIASES, MOST_DEPTH, MOST_NODES, guard};
pub use marks::misread;
pub use origin::Origin;
pub use scalar::Meaning;
pub use tree::parse;

/// What is wrong with a YAML text, and where, in bytes of that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The smallest piece that shows it.
    pub span: Range<usize>,
    /// What it is.
    pub trouble: YamlTrouble,
}

impl Slip {
    /// A slip at `span`.
    #[must_use]
    pub const fn new(span: Range<usize>, trouble: YamlTrouble) -> Self {
        Self { span, trouble }
    }

    /// The slip as a problem of `file`, in which `before` stands before the YAML: nothing, or the line that opens the
    /// front matter.
    #[must_use]
    pub fn problem(self, file: Arc<str>, before: &str) -> Problem {
        let lines = || before.matches('\n').count();
        let trouble = match self.trouble {
            YamlTrouble::Indent { found, above, line } => YamlTrouble::Indent { found, above, line: line + lines() },
            YamlTrouble::IndentOfText { found, wanted, line } => {
                YamlTrouble::IndentOfText { found, wanted, line: line + lines() }
            }
            other => other,
        };
        let at = At::bytes(file, before.len() + self.span.start, before.len() + self.span.end);
        Problem::new(at, What::Yaml(trouble))
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Bytes of the text: a scalar with its quotes or its `|`, a list or map from its first to its last sign. Empty for
    /// a value that is not there: after the `:` or `-`. A value that an alias stands for is where its anchor is.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// A tag of its own, as typed: `!secret`, `!!str`.
    pub tag: Option<String>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Nothing, `~` or `null`.
    Null,
    /// A text, number, or truth value.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in their order; a key that stands twice is there twice.
    Map(Vec<Entry>),
}

/// A text, number or truth value.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    /// With quotes, folds and escapes taken away.
    pub text: String,
    /// How it is typed.
    pub style: Style,
    /// What it stands for.
    pub meaning: Meaning,
}

/// How a scalar is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|`
    Literal {
        /// Where its first content stands.
        content: usize,
    },
    /// `>`
    Folded {
        /// Where its first content stands.
        content: usize,
    },
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Node,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The text, where it is a scalar of any meaning.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The first entry with this key, where it is a map.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key.text() == Some(key))
    }

    /// The keys with their values; none where it is no map.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map(entries) => entries,
            Kind::Null | Kind::Scalar(_) | Kind::List(_) => &[],
        }
    }

    /// The entries of a list; none where it is no list.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items,
            Kind::Null | Kind::Scalar(_) | Kind::Map(_) => &[],
        }
    }
}
