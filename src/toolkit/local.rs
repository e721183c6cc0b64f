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

    /// Whether the text is what its kind says, so that a link to it leads somewhere. A gap that is still to be filled in counts.
    #[must_use]
    pub fn fits_its_kind(&self) -> bool {
        let Some(value) = self.value.as_deref().map(str::trim).filter(|value| !value.starts_with('[')) else {
            return true;
        };
        match self.kind {
            LocalKind::Phone => {
                let signs = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || is_sign_of_phones(c);
                (3..=15).contains(&dialled(value).trim_start_matches('+').len())
                    && value.chars().all(signs)
                    && value.contains(|c: char| c.is_ascii_digit())
            }
            LocalKind::Email => value.split_once('@').is_some_and(|(who, host)| {
                let good = |part: &str| !part.is_empty() && !part.contains([' ', '@', ',', '<', '>']);
                good(who) && good(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
            }),
            LocalKind::Url => ["https://", "http://"].iter().any(|start| {
                value
                    .strip_prefix(start)
                    .is_some_and(|rest| !rest.starts_with(['/', '.']) && rest.contains('.') && !rest.contains(' '))
            }),
            LocalKind::Text | LocalKind::Address | LocalKind::Hours => true,
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

/// What stands between the digits of a phone number.
fn is_sign_of_phones(sign: char) -> bool {
    matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '-' | '‑' | '–' | '.' | '(' | ')' | '+' | '/')
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
    fn a_fill_in_is_what_its_kind_says() {
        let fits = |kind, value: &str| {
            let value = Some(super::super::text::Typed(value.into()));
            let described = Described { value, kind, note: Coached::default() };
            Local::new("key".into(), LocalValue::Described(described)).fits_its_kind()
        };
        for phone in ["988", "+1 505 555 0142", "(505) 555-0142", "1-800-HELP", "555\u{a0}01\u{a0}42", "[the number]"] {
            assert!(fits(LocalKind::Phone, phone), "{phone}");
        }
        for none in [
            "call the office",
            "555-0100 (day and night)",
            "555-0100 or 555-0101",
            "office@example.org",
            "911 x2",
            "HELP",
        ] {
            assert!(!fits(LocalKind::Phone, none), "{none}");
        }
        assert!(fits(LocalKind::Email, "office@example.org"));
        for none in [
            "office.example.org",
            "office at example.org",
            "office@example",
            "@example.org",
            "a@example.org, b@example.org",
        ] {
            assert!(!fits(LocalKind::Email, none), "{none}");
        }
        assert!(fits(LocalKind::Url, "https://example.org/"));
        for none in ["www.example.org", "https://example", "https:// example.org", "example.org"] {
            assert!(!fits(LocalKind::Url, none), "{none}");
        }
        assert!(fits(LocalKind::Text, "anything"));
    }

    #[test]
    fn a_fill_in_is_empty_until_something_stands_there() {
        let local = Local::new("program-line".into(), LocalValue::Text(super::super::text::Typed("  ".into())));
        assert_eq!((local.value.as_deref(), local.label().as_str()), (None, "Program line"));
    }
}
