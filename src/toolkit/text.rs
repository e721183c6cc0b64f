//! Texts as they are typed in YAML: the same for all or by audience; days; numbers that are kept as typed.

use std::fmt;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::edition::Coached;
use super::id::{Reader, Readers};
use crate::language::Date;

/// A text key as typed: one text, or a map by audience with `else` for the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// The same for all.
    Same(Arc<str>),
    /// By audience, group or `else`, in the order typed.
    By(Vec<(Arc<str>, Arc<str>)>),
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or texts by audience")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text::Same(text.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut cases: Vec<(Arc<str>, Arc<str>)> = Vec::new();
                while let Some((name, text)) = map.next_entry::<Arc<str>, Arc<str>>()? {
                    if cases.iter().any(|(other, _)| *other == name) {
                        return Err(de::Error::custom("duplicate key"));
                    }
                    cases.push((name, text));
                }
                Ok(Text::By(cases))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One text, or a text for each audience or group, with `else` for the rest.",
            "anyOf": [
                { "type": "string" },
                { "type": "object", "additionalProperties": { "type": "string" }, "byAudience": true }
            ]
        })
    }
}

/// A text with its readers resolved: after the toolkit is read there is no unknown name in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tailored {
    /// The same for all.
    Same(Arc<str>),
    /// The cases in the order typed: who reads it, the key as typed, the text. `else` is the last of them.
    By(Vec<Case>),
}

/// One case of a [`Tailored`] text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Who reads this case.
    pub readers: Readers,
    /// The key as typed: an audience, a group, `else`.
    pub key: Arc<str>,
    /// The text.
    pub text: Arc<str>,
}

impl Tailored {
    /// What `reader` reads, if there is a text for it.
    #[must_use]
    pub fn get(&self, reader: Reader) -> Option<&Arc<str>> {
        match self {
            Self::Same(text) => Some(text),
            Self::By(cases) => cases.iter().find(|case| case.readers.has(reader)).map(|case| &case.text),
        }
    }

    /// The key under which these readers' text stands; none where it is the same for all.
    #[must_use]
    pub fn key_for(&self, readers: Readers) -> Option<&Arc<str>> {
        let Self::By(cases) = self else { return None };
        let first = readers.iter().next()?;
        cases.iter().find(|case| case.readers.has(first)).map(|case| &case.key)
    }

    /// Every text with the key it stands under (none where it is the same for all) and its readers among `all`.
    pub fn cases(&self, all: Readers) -> impl Iterator<Item = (Option<&Arc<str>>, &Arc<str>, Readers)> {
        let (same, cases): (Option<&Arc<str>>, &[Case]) = match self {
            Self::Same(text) => (Some(text), &[]),
            Self::By(cases) => (None, cases),
        };
        same.map(move |text| (None, text, all))
            .into_iter()
            .chain(cases.iter().map(move |case| (Some(&case.key), &case.text, case.readers.both(all))))
    }
}

/// A day, typed as `2026-11-24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl Visitor<'_> for Visit {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date like 2026-11-24")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                text.parse().map(Day).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visit)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "description": "A date like 2026-11-24." })
    }
}

/// A number or a text, kept as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(pub Arc<str>);

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl Visitor<'_> for Visit {
            type Value = Typed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Typed, E> {
                Ok(Typed(text.into()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Typed, E> {
                Ok(Typed(number.to_string().into()))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Typed, E> {
                Ok(Typed(number.to_string().into()))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Typed, E> {
                Ok(Typed(number.to_string().into()))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl JsonSchema for Typed {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "number-or-text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"], "description": "A number or a text." })
    }
}

/// One text or a list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneOrMore(pub Vec<Arc<str>>);

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = OneOrMore;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMore, E> {
                Ok(OneOrMore(vec![text.into()]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMore, A::Error> {
                let mut all = Vec::new();
                while let Some(text) = list.next_element()? {
                    all.push(text);
                }
                Ok(OneOrMore(all))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl JsonSchema for OneOrMore {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "one-or-more".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One text or a list of them.",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
        })
    }
}

/// Entries in the order typed, each name once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries<T>(pub Vec<(Arc<str>, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Entries<T> {
    /// The entry with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(key, _)| &**key == name).map(|(_, value)| value)
    }

    /// All entries in the order typed.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// The names in the order typed.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Visit<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("entries, each with a name")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Entries<T>, E> {
                Ok(Entries::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut all: Vec<(Arc<str>, T)> = Vec::new();
                let mut seen = std::collections::HashSet::new();
                while let Some((name, value)) = map.next_entry::<Arc<str>, T>()? {
                    if !seen.insert(Arc::clone(&name)) {
                        return Err(de::Error::custom("duplicate key"));
                    }
                    all.push((name, value));
                }
                Ok(Entries(all))
            }
        }
        deserializer.deserialize_any(Visit(std::marker::PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("entries-of-{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Coached<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

impl<T: JsonSchema> JsonSchema for Coached<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A theme author's or committee's own values; any YAML with names for its entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(pub Option<OwnEntries>);

/// Entries by name, in the order typed.
pub type OwnEntries = Box<[(Box<str>, Own)]>;

/// A value of the committee's own, held small: a page of a large site has some of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Own {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A text.
    Text(Box<str>),
    /// A list.
    List(Box<[Own]>),
    /// Entries in the order typed.
    Map(OwnEntries),
}

impl Extra {
    /// The entry with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Own> {
        self.entries().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The entries in the order typed.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Own)> {
        self.0.iter().flatten().map(|(key, value)| (&**key, value))
    }
}

impl Own {
    /// The text, if it is one.
    #[must_use]
    pub const fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Own {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Own;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Own, E> {
                Ok(Own::Null)
            }

            fn visit_bool<E: de::Error>(self, b: bool) -> Result<Own, E> {
                Ok(Own::Bool(b))
            }

            fn visit_i64<E: de::Error>(self, n: i64) -> Result<Own, E> {
                Ok(Own::Int(n))
            }

            #[expect(clippy::cast_precision_loss, reason = "a number over 9 quintillion is shown rounded")]
            fn visit_u64<E: de::Error>(self, n: u64) -> Result<Own, E> {
                Ok(i64::try_from(n).map_or(Own::Float(n as f64), Own::Int))
            }

            fn visit_f64<E: de::Error>(self, n: f64) -> Result<Own, E> {
                Ok(Own::Float(n))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Own, E> {
                Ok(Own::Text(text.into()))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Own, A::Error> {
                let mut all = Vec::new();
                while let Some(value) = list.next_element()? {
                    all.push(value);
                }
                Ok(Own::List(all.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Own, A::Error> {
                let mut all: Vec<(Box<str>, Own)> = Vec::new();
                while let Some((key, value)) = map.next_entry::<Name, Own>()? {
                    if all.iter().any(|(other, _)| *other == key.0) {
                        return Err(de::Error::custom("duplicate key"));
                    }
                    all.push((key.0, value));
                }
                Ok(Own::Map(all.into()))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

/// The name of an entry; a number or truth value counts as it is typed.
struct Name(Box<str>);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Own::deserialize(deserializer)? {
            Own::Text(text) => Ok(Self(text)),
            Own::Int(n) => Ok(Self(n.to_string().into())),
            Own::Float(n) => Ok(Self(n.to_string().into())),
            Own::Bool(b) => Ok(Self(b.to_string().into())),
            Own::Null => Ok(Self("null".into())),
            Own::List(_) | Own::Map(_) => Err(de::Error::custom("a name has to be a word")),
        }
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Own::deserialize(deserializer)? {
            Own::Null => Ok(Self(None)),
            Own::Map(entries) => Ok(Self(Some(entries))),
            _ => Err(de::Error::custom("expected entries with names")),
        }
    }
}

impl JsonSchema for Extra {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "extra".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["object", "null"], "description": "Your own values, for themes.", "additionalProperties": true })
    }
}
