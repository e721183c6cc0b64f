//! From events to the tree.

use std::ops::Range;

use super::events::{Event, Events, Stopped, What};
use super::guard::MOST_DEPTH;
use super::relaxed::Relaxed;
use super::{Entry, Kind, Node, Scalar, Slip, diagnose, guard, scalar};
use crate::finding::YamlTrouble;

/// Reads the one document in `text`; an empty text is [`Kind::Null`].
///
/// # Errors
/// The first thing that is wrong, as the writer's slip where that can be told, else in the parser's words.
pub fn parse(text: &str) -> Result<Node, Slip> {
    guard(text)?;
    if let Some(slip) = diagnose::unprintable(text) {
        return Err(slip);
    }
    match build(text, |byte| byte) {
        Ok(node) => Ok(node),
        Err(End::Slip(slip)) => Err(slip),
        Err(End::Stopped(stopped)) => relaxed(text).ok_or_else(|| diagnose::slip(text, &stopped)),
    }
}

/// The tree of a text that `serde_yaml` reads and our stricter parser does not, where it can be typed more strictly.
fn relaxed(text: &str) -> Option<Node> {
    let strict = Relaxed::of(text)?;
    serde_yaml::from_str::<serde::de::IgnoredAny>(text).ok()?;
    build(&strict.text, |byte| strict.original(byte)).ok()
}

/// Why there is no tree: the parser gave up, or we did.
enum End {
    Stopped(Stopped),
    Slip(Slip),
}

fn build(text: &str, original: impl Fn(usize) -> usize) -> Result<Node, End> {
    let mut builder = Builder::default();
    let mut events = Events::new(text);
    while let Some(event) = events.next() {
        let event = event.map_err(End::Stopped)?.moved(&original);
        builder.take(event).map_err(End::Slip)?;
    }
    Ok(builder.root.unwrap_or(Node { span: 0..0, kind: Kind::Null, tag: None }))
}

#[derive(Default)]
struct Builder {
    root: Option<Node>,
    open: Vec<Open>,
    /// By the number of the anchor; `None` while the value is still open.
    anchored: Vec<Option<Node>>,
    /// Where the last thing ended in the text, aliases counted where they stand.
    end: usize,
}

/// A list or map that is not closed yet.
struct Open {
    node: Node,
    key: Option<Node>,
    anchor: usize,
}

impl Builder {
    fn take(&mut self, event: Event) -> Result<(), Slip> {
        let Event { span, what } = event;
        let at = span.clone();
        self.end = self.end.max(span.end);
        let (anchor, node) = match what {
            What::Second => return Err(Slip::new(at, YamlTrouble::SecondDocument)),
            What::List { anchor, tag } => return self.open(at, Kind::List(Vec::new()), anchor, tag),
            What::Map { anchor, tag } => return self.open(at, Kind::Map(Vec::new()), anchor, tag),
            What::End => match self.open.pop() {
                None => return Ok(()),
                Some(mut open) => {
                    open.node.span.end = self.end.max(open.node.span.start);
                    (open.anchor, open.node)
                }
            },
            What::Nothing { anchor, tag } => {
                let kind = if tag.as_deref() == Some("!!str") { empty() } else { Kind::Null };
                (anchor, Node { span, kind, tag })
            }
            What::Text { text, style, anchor, tag } => {
                let meaning = scalar::meaning(&text, style, tag.as_deref());
                let kind = meaning.map_or(Kind::Null, |meaning| Kind::Scalar(Scalar { text, style, meaning }));
                (anchor, Node { span, kind, tag })
            }
            What::Alias(anchor) => match self.anchored.get(anchor) {
                Some(Some(node)) => (0, node.clone()),
                _ => return Err(Slip::new(at, YamlTrouble::Budget("aliases"))),
            },
        };
        if anchor > 0 {
            self.remember(anchor, Some(node.clone()));
        }
        self.put(node);
        Ok(())
    }

    fn open(&mut self, span: Range<usize>, kind: Kind, anchor: usize, tag: Option<String>) -> Result<(), Slip> {
        if self.open.len() >= MOST_DEPTH {
            return Err(Slip::new(span, YamlTrouble::Budget("depth")));
        }
        if anchor > 0 {
            self.remember(anchor, None);
        }
        self.open.push(Open { node: Node { span, kind, tag }, key: None, anchor });
        Ok(())
    }

    fn remember(&mut self, anchor: usize, node: Option<Node>) {
        if self.anchored.len() <= anchor {
            self.anchored.resize(anchor + 1, None);
        }
        if let Some(place) = self.anchored.get_mut(anchor) {
            *place = node;
        }
    }

    fn put(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut open.node.kind {
            Kind::List(items) => items.push(node),
            Kind::Map(entries) => match open.key.take() {
                None => open.key = Some(node),
                Some(key) => entries.push(Entry { key, value: node }),
            },
            Kind::Null | Kind::Scalar(_) => {}
        }
    }
}

const fn empty() -> Kind {
    Kind::Scalar(Scalar { text: String::new(), style: super::Style::Plain, meaning: super::Meaning::Text })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_yaml::Value;

    use super::*;
    use crate::source::yaml::{Meaning, Origin, Style};

    fn same(node: &Node, value: &Value) -> bool {
        if let (Some(tag), Value::Tagged(tagged)) = (&node.tag, value) {
            let untagged = Node { tag: None, ..node.clone() };
            return tagged.tag == tag.as_str() && same(&untagged, &tagged.value);
        }
        match (&node.kind, value) {
            (Kind::Null, Value::Null) => true,
            (Kind::List(items), Value::Sequence(values)) => {
                items.len() == values.len() && items.iter().zip(values).all(|(item, value)| same(item, value))
            }
            (Kind::Map(entries), Value::Mapping(values)) => {
                let pair = |(entry, (key, value)): (&Entry, (&Value, &Value))| {
                    same(&entry.key, key) && same(&entry.value, value)
                };
                entries.len() == values.len() && entries.iter().zip(values).all(pair)
            }
            (Kind::Scalar(scalar), value) => match (scalar.meaning, value) {
                (Meaning::Text, Value::String(text)) => scalar.text == *text,
                (Meaning::Bool(truth), Value::Bool(other)) => truth == *other,
                (Meaning::Int(int), Value::Number(number)) => {
                    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)) == Some(int)
                }
                (Meaning::Float(float), Value::Number(number)) => {
                    number.as_f64().is_some_and(|other| other == float || (other.is_nan() && float.is_nan()))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Both read the text, and not alike.
    fn differ(text: &str) -> Option<String> {
        let (node, value) = (parse(text).ok()?, serde_yaml::from_str::<Value>(text).ok()?);
        // a file that is nothing but a block text is none of ours: YAML 1.2 lets it stand at the margin, 1.1 does not
        if matches!(&node.kind, Kind::Scalar(scalar) if !matches!(scalar.style, Style::Plain | Style::Single | Style::Double))
        {
            return None;
        }
        (!same(&node, &value)).then(|| format!("{text:?}\n{node:?}\n{value:?}"))
    }

    #[test]
    fn scalars_mean_what_serde_yaml_takes_them_for() {
        let words = "true False TRUE yes no on null Null ~ 1 -1 +1 007 0 00 0x1F -0x1f 0o17 0b101 1_000 1e3 1.5 -1.5 .5 5. +.5 \
            .inf -.Inf +.inf .nan 0x 0o8 1.2.3 12:30 2026-01-02 18446744073709551615 -9223372036854775808 1e999 - -- +- ++1 0x+1 \
            !!str !!int !x <<";
        for word in words.split_whitespace() {
            for text in [
                word.to_owned(),
                format!("a: {word}"),
                format!("- {word}"),
                format!("!!str {word}"),
                format!("!!float {word}"),
                format!("a: '{word}'"),
            ] {
                assert_eq!(differ(&text), None);
            }
        }
    }

    fn document() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a", "b: ", "é", ": ", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", "'", "\"", "|", ">", "|-",
            ">+", "|2", "#", " # x", "&a ", "*a", "? ", "\\", "\\n", "\t", "\r\n", "\n\n", " ", "  ", "0x1", "1.5",
            "true", "~", "---", "...", "<<: ", "%", "@", "\u{2003}", "😀", "-", ":", ",",
        ]);
        prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
    }

    fn tidy() -> impl Strategy<Value = String> {
        let scalar = prop::sample::select(vec![
            "word",
            "two words",
            "'it''s'",
            "\"a\\tb\"",
            "1",
            "0o7",
            "true",
            "~",
            "",
            "\"\"",
            "[a, b: c, ]",
            "{a: b, c}",
            "[]",
            "é # no",
            "\"one\n        two\"",
            "one\n        two\n\n        three",
            "|\n        one\n         two\n",
            ">-\n        one\n        two\n\n        é",
            "!x y",
            "[\n        a,\n        'b' ]",
        ]);
        let entry = (0..4usize, prop::sample::select(vec!["", "- ", "k: ", "- k: ", "'q': ", "? "]), scalar);
        prop::collection::vec(entry, 1..6).prop_map(|entries| {
            let mut text = String::new();
            for (n, (depth, start, scalar)) in entries.into_iter().enumerate() {
                text += &"  ".repeat(depth);
                text += &start.replace("k", &format!("k{n}"));
                text += scalar;
                text += "\n";
            }
            text
        })
    }

    /// Quick cases, so many of them; `PROPTEST_CASES=100000` for a long run.
    fn many() -> ProptestConfig {
        let usual = ProptestConfig::default();
        ProptestConfig { cases: usual.cases * 16, failure_persistence: None, ..usual }
    }

    /// Every value stands in the text, inside what it belongs to, and every character of it has an origin there.
    fn placed(text: &str, node: &Node, outer: &Range<usize>) -> Result<(), TestCaseError> {
        prop_assert!(text.get(node.span.clone()).is_some(), "{text:?} {node:?}");
        prop_assert!(outer.start <= node.span.start && node.span.end <= outer.end, "{text:?} {node:?} {outer:?}");
        for (key, value) in node.entries().iter().map(|entry| (&entry.key, &entry.value)) {
            placed(text, key, &node.span)?;
            placed(text, value, &node.span)?;
        }
        for item in node.items() {
            placed(text, item, &node.span)?;
        }
        if let Some(value) = node.text() {
            let origin = Origin::new(text, node);
            for (at, c) in value.char_indices() {
                let made = origin.range(at..at + c.len_utf8());
                let piece = text.get(made.clone());
                prop_assert!(made.start >= node.span.start, "{text:?} {node:?}");
                let good = piece.is_some_and(|piece| match c {
                    ' ' | '\n' => piece.chars().all(char::is_whitespace) || piece.starts_with('\\'),
                    c => piece.starts_with(c) || piece.starts_with('\\'),
                });
                prop_assert!(good, "{c:?} from {piece:?} in {text:?}");
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(many())]

        #[test]
        fn every_value_and_every_slip_has_a_place(text in document()) {
            // without anchors, whose values stand elsewhere
            let text = format!("k: {}", text.replace('*', ""));
            let slip = match (parse(&text), serde_yaml::from_str::<Value>(&text)) {
                (Ok(node), Ok(_)) => return placed(&text, &node, &(0..text.len())),
                (Ok(_), Err(error)) => diagnose::of_serde_yaml(&error, &text),
                (Err(slip), _) => slip,
            };
            prop_assert!(text.get(slip.span.clone()).is_some(), "{text:?} {slip:?}");
        }

        #[test]
        fn what_both_read_they_read_alike(text in document()) {
            prop_assert_eq!(differ(&text), None);
        }

        #[test]
        fn what_both_read_of_tidy_texts_they_read_alike(text in tidy()) {
            prop_assert_eq!(differ(&text), None);
        }
    }
}
