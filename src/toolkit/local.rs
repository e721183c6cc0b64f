//! The fill-ins: town, agencies, phone lines, hours.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::edition::Coached;
use super::text::Entries;

/// What a fill-in is, so that it can be dialled, mailed or opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LocalKind {
    /// A text.
    #[default]
    Text,
    /// A phone number.
    Phone,
    /// An email address.
    Email,
    /// An address on the web.
    Url,
    /// A street address.
    Address,
    /// Opening hours.
    Hours,
}

impl LocalKind {
    /// As typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Url => "url",
            Self::Address => "address",
            Self::Hours => "hours",
        }
    }
}

/// A fill-in as typed: a text, or one with its kind.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LocalValue {
    /// Not filled in yet.
    Empty(()),
    /// A text.
    Text(super::text::Typed),
    /// With its kind and a note for whoever fills it in.
    Described(Described),
}

/// A fill-in with its kind.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Described {
    /// The text; empty is not filled in yet.
    pub value: Option<super::text::Typed>,
    /// What it is.
    #[serde(default)]
    pub kind: LocalKind,
    /// For whoever fills it in; never shown to the public.
    #[serde(default)]
    pub note: Coached<Option<Arc<str>>>,
}

/// `content/local.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct LocalFile(pub Entries<LocalValue>);

impl super::keys::Keys for LocalFile {
    const INSIDE: &'static str = "list of fill-ins";
}

/// A fill-in.
#[derive(Clone, Debug)]
pub struct Local {
    /// Its name, for `<local:KEY>`.
    pub key: Arc<str>,
    /// The text; `None` while it is not filled in.
    pub value: Option<Arc<str>>,
    /// What it is.
    pub kind: LocalKind,
    /// For whoever fills it in.
    pub note: Coached<Option<Arc<str>>>,
    /// Whether the text stands in a `value` of its own, beside its kind.
    pub described: bool,
}

impl Local {
    pub(super) fn new(key: Arc<str>, value: LocalValue) -> Self {
        let filled = |text: super::text::Typed| Some(text.0).filter(|text| !text.trim().is_empty());
        match value {
            LocalValue::Empty(()) => {
                Self { key, value: None, kind: LocalKind::Text, note: Coached::default(), described: false }
            }
            LocalValue::Text(text) => {
                Self { key, value: filled(text), kind: LocalKind::Text, note: Coached::default(), described: false }
            }
            LocalValue::Described(d) => {
                Self { key, value: d.value.and_then(filled), kind: d.kind, note: d.note, described: true }
            }
        }
    }

    /// Where a link to it leads: `tel:`, `mailto:`, or the address itself; `None` for what can't be opened.
    #[must_use]
    pub fn href(&self) -> Option<String> {
        let value = self.value.as_deref()?;
        match self.kind {
            LocalKind::Phone => Some(format!("tel:{}", dialled(value))),
            LocalKind::Email => Some(format!("mailto:{value}")),
            LocalKind::Url => Some(value.to_owned()),
            LocalKind::Text | LocalKind::Address | LocalKind::Hours => None,
        }
    }

    /// The name in words: `program-line` is "Program line".
    #[must_use]
    pub fn label(&self) -> String {
        let words = self.key.replace(['-', '_'], " ");
        let mut chars = words.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    }
}

/// The digits of a phone number, with a leading plus (RFC 3966 allows no spaces); letters stand for their key's digit.
fn dialled(value: &str) -> String {
    let plus = value.trim_start().starts_with('+');
    let digits = value.chars().filter_map(|c| match c.to_ascii_lowercase() {
        c @ '0'..='9' => Some(c),
        'a'..='c' => Some('2'),
        'd'..='f' => Some('3'),
        'g'..='i' => Some('4'),
        'j'..='l' => Some('5'),
        'm'..='o' => Some('6'),
        'p'..='s' => Some('7'),
        't'..='v' => Some('8'),
        'w'..='z' => Some('9'),
        _ => None,
    });
    plus.then_some('+').into_iter().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_dialled_without_its_signs() {
        assert_eq!(dialled("+1 (505) 555-0142"), "+15055550142");
        assert_eq!(dialled("988"), "988");
        assert_eq!(dialled("1-800-HELP"), "18004357");
    }

    #[test]
    fn a_fill_in_is_empty_until_something_stands_there() {
        let local = Local::new("program-line".into(), LocalValue::Text(super::super::text::Typed("  ".into())));
        assert_eq!((local.value.as_deref(), local.label().as_str()), (None, "Program line"));
    }
}
