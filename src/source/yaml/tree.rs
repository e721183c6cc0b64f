//! From events to the tree.

use std::ops::Range;

use super::events::{Event, Events, What};
use super::guard::MOST_DEPTH;
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
    let mut builder = Builder::default();
    let mut events = Events::new(text);
    while let Some(event) = events.next() {
        builder.take(event.map_err(|stopped| diagnose::slip(text, &stopped))?)?;
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
