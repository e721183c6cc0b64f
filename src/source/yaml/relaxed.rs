//! What `serde_yaml` reads and the stricter YAML 1.2 of the tree's parser does not: lines of a quoted text or of a list
//! in brackets that stand too far left (`]` at the margin), and tabs after a colon or a dash.

use super::outline::{Inside, Outline};

/// The same YAML, typed as YAML 1.2 wants it.
pub(super) struct Relaxed {
    pub text: String,
    /// Where a piece of the original begins again, and how many bytes were put in before it.
    moved: Vec<(usize, usize)>,
}

impl Relaxed {
    /// `None` where there is nothing to change.
    pub fn of(text: &str) -> Option<Self> {
        let outline = Outline::of(text);
        let mut relaxed = Self { text: String::with_capacity(text.len() + 64), moved: Vec::new() };
        let (mut done, mut added, mut indent) = (0, 0, 0);
        for line in &outline.lines {
            match line.inside {
                Inside::Nothing => {
                    indent = line.indent;
                    // after the key or the first dash: a tab before them is a slip for everyone
                    let dash = line.span.start + line.indent + 1;
                    let before = line.key.as_ref().map_or(dash, |key| key.end)..line.value.start;
                    if outline.slice(before.clone()).contains('\t') {
                        relaxed.text.push_str(outline.slice(done..before.start));
                        relaxed.text.push_str(&outline.slice(before.clone()).replace('\t', " "));
                        done = before.end;
                    }
                }
                Inside::Quote(_) | Inside::Bracket(_) => {
                    // further right than whatever the entry it belongs to could ask for
                    let spaces = indent + 64;
                    added += spaces;
                    relaxed.text.push_str(outline.slice(done..line.span.start));
                    relaxed.text.push_str(&" ".repeat(spaces));
                    relaxed.moved.push((relaxed.text.len(), added));
                    done = line.span.start;
                }
                Inside::Plain(_) | Inside::Block(_) => {}
            }
        }
        relaxed.text.push_str(outline.slice(done..text.len()));
        (relaxed.text != text).then_some(relaxed)
    }

    /// The byte of the original that `byte` of this text was.
    pub fn original(&self, byte: usize) -> usize {
        let after = self.moved.partition_point(|(from, _)| *from <= byte);
        let added = after.checked_sub(1).and_then(|at| self.moved.get(at)).map_or(0, |(_, added)| *added);
        byte - added
    }
}

#[cfg(test)]
mod tests {
    use crate::source::yaml::{Node, parse};

    #[test]
    fn what_serde_yaml_reads_has_a_place_too() {
        for (text, value) in [
            ("k: [\n]\nb: é", "[\n]"),
            ("k: [\na,\n'b'\n] # c\nb: é", "[\na,\n'b'\n]"),
            ("k: {\n\n\ta: 1\n}\nb: é", "{\n\n\ta: 1\n}"),
            ("k: \"one\ntwo\"\nb: é", "\"one\ntwo\""),
            ("k: 'one\n\n\ttwo'\nb: é", "'one\n\n\ttwo'"),
            ("k:\tone\nb:\t\té", "one"),
        ] {
            let node = parse(text).unwrap_or_else(|slip| panic!("{text:?}: {slip:?}"));
            let read: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
            let piece = |key: &str| node.entry(key).map(|entry| &text[entry.value.span.clone()]);
            assert_eq!(piece("k"), Some(value), "{text:?}");
            assert_eq!(piece("b"), Some("é"), "{text:?}");
            assert_eq!(node.entry("k").and_then(|entry| Node::text(&entry.value)), read["k"].as_str());
        }
    }
}
