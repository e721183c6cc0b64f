//! The schemas of all YAML files, made from the types that read them; and the walk that tells what does not fit one.

use std::sync::Arc;

use serde_json::Value as Schema;
use serde_yaml::Value as Yaml;

use crate::finding::{At, Problem, What, YamlTrouble, nearest};
use crate::language::Date;
use crate::source::yaml::{Entry, Kind, Meaning, Node};

/// The schemas of the toolkit's files by name, as `onevoice schema NAME` prints them.
#[must_use]
pub fn all() -> Vec<(&'static str, Schema)> {
    macro_rules! schemas {
        ($($name:literal: $type:ty),* $(,)?) => {
            vec![$(($name, schemars::schema_for!($type).to_value())),*]
        };
    }
    schemas! {
        "toolkit": super::settings::Settings,
        "audience": super::audience::Audience,
        "message": super::message::MessageKeys,
        "faq": super::faq::FaqKeys,
        "talking-point": super::point::PointKeys,
        "tough-question": super::tough_question::ToughQuestionKeys,
        "story": super::story::StoryKeys,
        "win": super::win::WinKeys,
        "page": super::page::PageKeys,
        "facts": super::fact::FactsFile,
        "terms": super::term::TermsFile,
        "local": super::local::LocalFile,
        "partners": super::partner::PartnersFile,
        "approvals": super::approval::ApprovalsFile,
    }
}

/// A text in place of one that is missing or wrong. Whoever looks into a text that had to be there sees this one and is silent.
pub const STAND_IN: &str = "\u{2014}";

/// What an item says first, by its kind: whoever types another kind's key means this one's.
const HEADS: [&str; 3] = ["title", "question", "point"];

/// Looks through YAML with a schema in hand.
pub struct Examiner<'a> {
    file: &'a Arc<str>,
    offset: usize,
    text: &'a str,
    schema: &'a Schema,
    inside: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Examiner<'a> {
    /// `text` starts at byte `offset` of `file` and should fit `schema`.
    pub fn new(
        file: &'a Arc<str>,
        offset: usize,
        text: &'a str,
        schema: &'a Schema,
        inside: &'a str,
        problems: &'a mut Vec<Problem>,
    ) -> Self {
        Self { file, offset, text, schema, inside, problems }
    }

    /// What fits of the whole file.
    pub fn whole(&mut self, node: &Node) -> Yaml {
        if matches!(node.kind, Kind::Null) {
            let map = Node { span: node.span.clone(), kind: Kind::Map(Vec::new()), tag: None };
            return self.examine(&map, self.schema, "", self.inside).unwrap_or(Yaml::Null);
        }
        self.examine(node, self.schema, "", self.inside).unwrap_or(Yaml::Null)
    }

    /// What fits of `node`, the value of `key`; `None` where it has to be left out.
    fn examine(&mut self, node: &Node, schema: &'a Schema, key: &str, inside: &str) -> Option<Yaml> {
        let schema = self.resolved(schema);
        if let Some(branches) = branches(schema) {
            return self.one_of(node, schema, branches, key, inside);
        }
        if let Some(allowed) = allowed(schema) {
            return self.choice(node, &allowed, key);
        }
        match Value::of(node) {
            Value::Null if permits(schema, "null") => Some(Yaml::Null),
            Value::Map(entries) if permits(schema, "object") => Some(self.map(node, entries, schema, key, inside)),
            Value::List(list) if permits(schema, "array") => Some(self.list(list, schema, key)),
            Value::Text(text) if permits(schema, "string") => self.text(node, text, schema, key),
            Value::Bool(b) if permits(schema, "boolean") => Some(Yaml::Bool(b)),
            Value::Number(n) if permits(schema, "number") || permits(schema, "integer") => {
                self.number(node, &n, schema, key)
            }
            Value::Null if !permits(schema, "null") => {
                self.missing(node, key, inside);
                None
            }
            _ => {
                self.wrong_type(node, schema, key);
                None
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ kinds of values

    fn map(&mut self, node: &Node, entries: &[Entry], schema: &'a Schema, key: &str, inside: &str) -> Yaml {
        let properties = schema.get("properties").and_then(Schema::as_object);
        let others = schema.get("additionalProperties");
        let inside = if key.is_empty() { inside.to_owned() } else { singular(key) };
        let mut map = serde_yaml::Mapping::new();
        let mut seen: Vec<(&str, &Node)> = Vec::new();
        for Entry { key: name_node, value } in entries {
            let Some(name) = name_of(name_node) else {
                self.tell(name_node, YamlTrouble::Unreadable("a name has to stand before the colon".to_owned()));
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == name) {
                let first = self.at(first);
                self.tell(name_node, YamlTrouble::DuplicateKey { key: name.to_owned(), first });
                continue;
            }
            seen.push((name, name_node));
            let value_schema =
                properties.and_then(|known| known.get(name)).or_else(|| others.filter(|o| o.is_object()));
            let read = match value_schema {
                // a text that is there, but wrong, is not one that nobody has written
                Some(schema) => self
                    .examine(value, schema, name, &inside)
                    .or_else(|| Some(self.stand_in(schema)).filter(|value| value.as_str() == Some(STAND_IN))),
                None if others == Some(&Schema::Bool(true)) || (others.is_none() && properties.is_none()) => {
                    Some(plain(value))
                }
                None => {
                    self.unknown_key(name_node, name, properties, &inside);
                    None
                }
            };
            if let Some(read) = read {
                map.insert(Yaml::String(name.to_owned()), read);
            }
        }
        // a required key that is only misspelt is told as that
        let meant: Vec<&str> = seen
            .iter()
            .filter(|(name, _)| properties.is_some_and(|known| !known.contains_key(*name)))
            .flat_map(|(name, _)| {
                let near = properties.and_then(|known| nearest(name, known.keys().map(String::as_str)));
                let heads = if HEADS.contains(name) { &HEADS[..] } else { &[] };
                near.into_iter().chain(heads.iter().copied())
            })
            .collect();
        for required in
            schema.get("required").and_then(Schema::as_array).into_iter().flatten().filter_map(Schema::as_str)
        {
            if !meant.contains(&required) && !seen.iter().any(|(name, _)| *name == required) {
                let at = self.start_of(node);
                let what = What::MissingKey { key: required.to_owned(), inside: inside.clone(), reader: None };
                self.problems.push(Problem::new(at, what));
            }
            // told, and no reason to lose the rest: what names this entry names something that is there
            if !map.contains_key(required)
                && let Some(schema) = properties.and_then(|known| known.get(required))
            {
                map.insert(Yaml::String(required.to_owned()), self.stand_in(schema));
            }
        }
        Yaml::Mapping(map)
    }

    /// A value that fits, for one that is missing or wrong. It is never published: what it stands for is an error.
    fn stand_in(&self, schema: &'a Schema) -> Yaml {
        let schema = self.resolved(schema);
        if let Some(branches) = branches(schema) {
            return branches.first().map_or(Yaml::Null, |branch| self.stand_in(branch));
        }
        if let Some(allowed) = allowed(schema) {
            return allowed.into_iter().next_back().map_or(Yaml::Null, Yaml::String);
        }
        if schema.get("format").and_then(Schema::as_str) == Some("date") {
            return Yaml::String("9999-12-31".to_owned());
        }
        if permits(schema, "string") {
            Yaml::String(STAND_IN.to_owned())
        } else if permits(schema, "array") {
            Yaml::Sequence(Vec::new())
        } else if permits(schema, "object") {
            Yaml::Mapping(serde_yaml::Mapping::new())
        } else if permits(schema, "boolean") {
            Yaml::Bool(false)
        } else {
            Yaml::Null
        }
    }

    fn list(&mut self, list: &[Node], schema: &'a Schema, key: &str) -> Yaml {
        static ANYTHING: Schema = Schema::Bool(true);
        let items = schema.get("items").unwrap_or(&ANYTHING);
        let inside = singular(key);
        let read = list.iter().filter_map(|node| self.examine(node, items, key, &inside)).collect();
        Yaml::Sequence(read)
    }

    fn text(&mut self, node: &Node, text: &str, schema: &Schema, key: &str) -> Option<Yaml> {
        if schema.get("format").and_then(Schema::as_str) == Some("date") && text.parse::<Date>().is_err() {
            self.tell(node, YamlTrouble::BadDate { key: key.to_owned(), found: text.to_owned() });
            return None;
        }
        Some(Yaml::String(text.to_owned()))
    }

    fn number(&mut self, node: &Node, number: &serde_yaml::Number, schema: &Schema, key: &str) -> Option<Yaml> {
        let whole = number.is_i64() || number.is_u64();
        let least = schema.get("minimum").and_then(Schema::as_f64);
        let fits = least.is_none_or(|least| number.as_f64().is_some_and(|n| n >= least));
        if (!permits(schema, "number") && !whole) || !fits {
            let wanted = if fits { "a whole number, like 3" } else { "a number from 0 up" };
            let found = self.text[node.span.clone()].to_owned();
            self.tell(node, YamlTrouble::BadForm { key: key.to_owned(), found, wanted: wanted.to_owned() });
            return None;
        }
        Some(Yaml::Number(number.clone()))
    }

    /// One of several words.
    fn choice(&mut self, node: &Node, allowed: &[String], key: &str) -> Option<Yaml> {
        let typed = self.text[node.span.clone()].trim().to_owned();
        let read = match Value::of(node) {
            Value::Text(text) => allowed.iter().any(|word| word == text).then(|| Yaml::String(text.to_owned())),
            Value::Bool(b) => allowed.contains(&b.to_string()).then_some(Yaml::Bool(b)),
            _ => None,
        };
        if read.is_none() {
            let found: String = typed.lines().next().unwrap_or_default().chars().take(60).collect();
            // `false` is another way to say `off`, not one to suggest
            let allowed = allowed.iter().filter(|word| *word != "false").cloned().collect();
            self.tell(node, YamlTrouble::BadValue { key: key.to_owned(), found, allowed });
        }
        read
    }

    /// One of several forms: the first whose kind of value stands there.
    fn one_of(
        &mut self,
        node: &Node,
        schema: &'a Schema,
        branches: &'a [Schema],
        key: &str,
        inside: &str,
    ) -> Option<Yaml> {
        let fits = |branch: &&'a Schema| {
            let branch = self.resolved(branch);
            branches_fit(branch, self.schema, node)
        };
        match branches.iter().find(fits) {
            Some(branch) => self.examine(node, branch, key, inside),
            None if matches!(node.kind, Kind::Null) => {
                self.missing(node, key, inside);
                None
            }
            None => {
                self.wrong_type(node, schema, key);
                None
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ what is wrong

    fn unknown_key(&mut self, node: &Node, name: &str, known: Option<&serde_json::Map<String, Schema>>, inside: &str) {
        let known = known.map(|known| known.keys().cloned().collect()).unwrap_or_default();
        let what = What::UnknownKey { key: name.to_owned(), known, inside: inside.to_owned() };
        let at = self.at(node);
        self.problems.push(Problem::new(at, what));
    }

    /// A key without a value where there has to be one.
    fn missing(&mut self, node: &Node, key: &str, inside: &str) {
        let at = self.at(node);
        let what = What::MissingKey { key: key.to_owned(), inside: inside.to_owned(), reader: None };
        self.problems.push(Problem::new(at, what));
    }

    fn wrong_type(&mut self, node: &Node, schema: &Schema, key: &str) {
        let found = match Value::of(node) {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "entries with names",
        };
        let wanted = self.wanted(schema);
        let line = self.text[node.span.clone()].trim();
        let one_line = !line.contains('\n') && !line.is_empty();
        let instead = match Value::of(node) {
            Value::Bool(_) | Value::Number(_) if one_line && wanted.starts_with("a text") => {
                Some(format!("{key}: \"{line}\""))
            }
            Value::Text(_) if one_line && wanted.starts_with("a list") => {
                // `(police, residents)` and `police and residents` are lists, too
                let list = line.trim_start_matches('(').trim_end_matches(')').replace(" and ", ", ").replace(';', ",");
                Some(format!("{key}: [{list}]"))
            }
            // one of them is meant
            Value::List([first, ..]) if one_line && wanted.starts_with("a text") => {
                first.text().filter(|text| !text.is_empty()).map(|text| format!("{key}: {text}"))
            }
            _ => None,
        };
        self.tell(node, YamlTrouble::WrongType { key: key.to_owned(), found, wanted, instead });
    }

    /// What a schema asks for, in words.
    fn wanted(&self, schema: &Schema) -> String {
        let schema = resolve(schema, self.schema);
        if let Some(branches) = branches(schema) {
            let mut words: Vec<String> = branches
                .iter()
                .map(|branch| resolve(branch, self.schema))
                .filter(|branch| !is_null(branch))
                .map(|branch| self.wanted(branch))
                .collect();
            words.dedup();
            return words.join(", or ");
        }
        if let Some(allowed) = allowed(schema) {
            return format!("one of {}", allowed.join(", "));
        }
        if schema.get("format").and_then(Schema::as_str) == Some("date") {
            return "a date like 2026-11-24".to_owned();
        }
        if schema.get("byAudience").is_some() {
            return "texts by audience".to_owned();
        }
        let kinds = [
            ("string", "a text"),
            ("boolean", "true or false"),
            ("integer", "a whole number"),
            ("number", "a number"),
            ("array", "a list"),
            ("object", "entries with names"),
        ];
        let words: Vec<&str> = kinds.iter().filter(|(kind, _)| permits(schema, kind)).map(|(_, word)| *word).collect();
        let first = words.join(" or ");
        match schema.get("items") {
            Some(items) if permits(schema, "array") => format!("{first} of {}", plural(&self.wanted(items))),
            _ => first,
        }
    }

    fn tell(&mut self, node: &Node, trouble: YamlTrouble) {
        let at = self.at(node);
        self.problems.push(Problem::new(at, What::Yaml(trouble)));
    }

    fn at(&self, node: &Node) -> At {
        At::bytes(Arc::clone(self.file), node.span.start + self.offset, node.span.end + self.offset)
    }

    /// Where an entry that is missing would stand: the first line of what it is missing from.
    fn start_of(&self, node: &Node) -> At {
        if node.span.start == 0 && self.offset > 0 {
            return At::bytes(Arc::clone(self.file), 0, 3);
        }
        let start = node.span.start;
        let line = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let end = line.min(node.span.end).max(start);
        At::bytes(Arc::clone(self.file), start + self.offset, end + self.offset)
    }

    fn resolved(&self, schema: &'a Schema) -> &'a Schema {
        resolve(schema, self.schema)
    }
}

/// A value by what it stands for.
enum Value<'n> {
    Null,
    Bool(bool),
    Number(serde_yaml::Number),
    Text(&'n str),
    List(&'n [Node]),
    Map(&'n [Entry]),
}

impl<'n> Value<'n> {
    fn of(node: &'n Node) -> Self {
        match &node.kind {
            Kind::Null => Self::Null,
            Kind::List(list) => Self::List(list),
            Kind::Map(entries) => Self::Map(entries),
            Kind::Scalar(scalar) => match scalar.meaning {
                Meaning::Text => Self::Text(&scalar.text),
                Meaning::Bool(b) => Self::Bool(b),
                Meaning::Float(n) => Self::Number(n.into()),
                Meaning::Int(n) => match (i64::try_from(n), u64::try_from(n)) {
                    (Ok(n), _) => Self::Number(n.into()),
                    (_, Ok(n)) => Self::Number(n.into()),
                    _ => Self::Text(&scalar.text),
                },
            },
        }
    }
}

/// The name of an entry.
fn name_of(node: &Node) -> Option<&str> {
    match Value::of(node) {
        Value::Text(name) => Some(name),
        _ => None,
    }
}

/// A schema with its reference followed.
fn resolve<'s>(schema: &'s Schema, root: &'s Schema) -> &'s Schema {
    let Some(reference) = schema.get("$ref").and_then(Schema::as_str) else { return schema };
    reference.strip_prefix('#').and_then(|path| root.pointer(path)).unwrap_or(schema)
}

fn branches(schema: &Schema) -> Option<&[Schema]> {
    let list = schema.get("anyOf").or_else(|| schema.get("oneOf"))?.as_array()?;
    (!list.iter().all(|branch| branch.get("const").is_some() || is_text_choice(branch))).then_some(list)
}

fn is_text_choice(schema: &Schema) -> bool {
    schema.get("enum").is_some()
}

fn is_null(schema: &Schema) -> bool {
    schema.get("type").and_then(Schema::as_str) == Some("null")
}

/// The words of a choice, in their order.
fn allowed(schema: &Schema) -> Option<Vec<String>> {
    let word = |value: &Schema| match value {
        Schema::String(word) => word.clone(),
        other => other.to_string(),
    };
    if let Some(list) = schema.get("enum").and_then(Schema::as_array) {
        return Some(list.iter().filter(|value| !value.is_null()).map(word).collect());
    }
    if let Some(value) = schema.get("const") {
        return Some(vec![word(value)]);
    }
    let list = schema.get("oneOf").or_else(|| schema.get("anyOf"))?.as_array()?;
    let mut words = Vec::new();
    for branch in list {
        words.extend(allowed(branch)?);
    }
    Some(words)
}

/// Whether a value of `node`'s kind is one that `schema` is for.
fn branches_fit(schema: &Schema, root: &Schema, node: &Node) -> bool {
    if let Some(list) = branches(schema) {
        return list.iter().any(|branch| branches_fit(resolve(branch, root), root, node));
    }
    if allowed(schema).is_some() {
        return matches!(Value::of(node), Value::Text(_) | Value::Bool(_));
    }
    match Value::of(node) {
        Value::Null => permits(schema, "null"),
        Value::Bool(_) => permits(schema, "boolean"),
        Value::Number(_) => permits(schema, "number") || permits(schema, "integer"),
        Value::Text(_) => permits(schema, "string"),
        Value::List(_) => permits(schema, "array"),
        Value::Map(_) => permits(schema, "object"),
    }
}

/// Whether values of a type are allowed; a schema without a type allows all.
fn permits(schema: &Schema, kind: &str) -> bool {
    match schema.get("type") {
        None => true,
        Some(Schema::String(only)) => only == kind,
        Some(Schema::Array(list)) => list.iter().any(|value| value == kind),
        Some(_) => false,
    }
}

/// YAML as it is, where anything goes.
fn plain(node: &Node) -> Yaml {
    match Value::of(node) {
        Value::Null => Yaml::Null,
        Value::Bool(b) => Yaml::Bool(b),
        Value::Number(n) => Yaml::Number(n),
        Value::Text(text) => Yaml::String(text.to_owned()),
        Value::List(list) => Yaml::Sequence(list.iter().map(plain).collect()),
        Value::Map(entries) => {
            Yaml::Mapping(entries.iter().map(|entry| (plain(&entry.key), plain(&entry.value))).collect())
        }
    }
}

/// What an entry of a list is called: `facts` is a list of facts.
fn singular(key: &str) -> String {
    let name = match key {
        "held_back" => "held-back figure",
        "facts" => "fact",
        "concerns" => "concern",
        "terms" => "word",
        "partners" => "partner",
        "approvals" => "sign-off",
        "sources" => "source",
        "menu" => "menu entry",
        other => other,
    };
    name.to_owned()
}

fn plural(words: &str) -> String {
    match words {
        "a text" => "texts".to_owned(),
        "entries with names" => "entries".to_owned(),
        other => other.to_owned(),
    }
}
