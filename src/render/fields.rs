//! Values for templates, put together by hand: a map that is filled key by key.

use std::collections::BTreeMap;

use tera::{Map, Value};

use crate::toolkit::text::{Extra, Own};

/// A map for a template. A key that is set again has its last value.
///
/// The engine hashes every key as it takes a map over, whatever kind of map that is: so it is kept as a list until then.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    /// An empty map with room for `size` keys.
    #[must_use]
    pub fn with(size: usize) -> Self {
        Self(Vec::with_capacity(size))
    }

    /// Sets a key.
    #[must_use]
    pub fn set(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.put(key, value);
        self
    }

    /// Sets a key to HTML that is not escaped again.
    #[must_use]
    pub fn html(mut self, key: &'static str, html: &str) -> Self {
        self.put(key, Value::safe_string(html));
        self
    }

    /// The last value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().rev().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// Sets a key.
    pub fn put(&mut self, key: &'static str, value: impl Into<Value>) {
        self.0.push((key, value.into()));
    }
}

impl From<Fields> for Value {
    fn from(fields: Fields) -> Self {
        Self::from(BTreeMap::from_iter(fields.0))
    }
}

/// A text that may be missing.
#[must_use]
pub fn maybe(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
}

/// HTML that may be missing.
#[must_use]
pub fn maybe_html(html: Option<&str>) -> Value {
    html.map_or_else(Value::none, Value::safe_string)
}

/// A list of texts.
#[must_use]
pub fn texts<'a>(list: impl IntoIterator<Item = &'a str>) -> Value {
    Value::from(list.into_iter().map(Value::from).collect::<Vec<_>>())
}

/// The committee's own values as a template sees them; an empty map where there are none.
#[must_use]
pub fn extra(extra: &Extra) -> Value {
    let mut map = Map::with_capacity(extra.0.as_ref().map_or(0, |entries| entries.len()));
    for (name, value) in extra.entries() {
        map.insert(name.to_owned().into(), own(value));
    }
    Value::from(map)
}

/// A value of the committee's own as a template sees it.
#[must_use]
pub fn own(value: &Own) -> Value {
    match value {
        Own::Null => Value::none(),
        Own::Bool(b) => Value::from(*b),
        Own::Int(n) => Value::from(*n),
        Own::Float(n) => Value::from(*n),
        Own::Text(text) => Value::from(&**text),
        Own::List(list) => Value::from(list.iter().map(own).collect::<Vec<_>>()),
        Own::Map(entries) => {
            let fields: Map = entries.iter().map(|(name, value)| (name.to_string().into(), own(value))).collect();
            Value::from(fields)
        }
    }
}

/// Any YAML value as a template sees it.
#[must_use]
pub fn from_yaml(value: &serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::none(),
        serde_yaml::Value::Bool(b) => Value::from(*b),
        serde_yaml::Value::Number(n) => match (n.as_i64(), n.as_u64(), n.as_f64()) {
            (Some(i), ..) => Value::from(i),
            (_, Some(u), _) => Value::from(u),
            (.., Some(f)) => Value::from(f),
            _ => Value::none(),
        },
        serde_yaml::Value::String(s) => Value::from(s.as_str()),
        serde_yaml::Value::Sequence(list) => Value::from(list.iter().map(from_yaml).collect::<Vec<_>>()),
        serde_yaml::Value::Mapping(map) => {
            let mut fields = Map::with_capacity(map.len());
            for (key, value) in map {
                let name = match key {
                    serde_yaml::Value::String(name) => name.clone(),
                    other => serde_yaml::to_string(other).unwrap_or_default().trim().to_owned(),
                };
                fields.insert(name.into(), from_yaml(value));
            }
            Value::from(fields)
        }
        serde_yaml::Value::Tagged(tagged) => from_yaml(&tagged.value),
    }
}
