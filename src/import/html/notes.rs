//! Footnotes of a page: a mark that leads down to a note, which leads back up to the mark.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{NodeId, Tree};

/// The footnotes of a page.
#[derive(Debug, Default)]
pub struct Notes {
    /// The link that is a mark, and the number of its note.
    references: BTreeMap<NodeId, usize>,
    /// The nodes that are notes, by their number.
    targets: Vec<NodeId>,
    /// The same, to be found by node.
    numbers: BTreeMap<NodeId, usize>,
    /// The links in notes that lead back.
    backs: BTreeSet<NodeId>,
    /// Whether notes are being read: then they are shown.
    pub open: bool,
}

impl Notes {
    /// Finds the footnotes in the node `main`.
    pub fn find(tree: &Tree, main: NodeId) -> Self {
        let mut by_name: BTreeMap<&str, NodeId> = BTreeMap::new();
        for (id, node) in tree.all() {
            for name in [node.get("id"), node.get("name").filter(|_| node.name == "a")].into_iter().flatten() {
                by_name.entry(name).or_insert(id);
            }
        }
        let link = |id: NodeId| {
            tree.get(id).get("href").and_then(|href| href.strip_prefix('#')).and_then(|name| by_name.get(name))
        };
        let mut notes = Self::default();
        for (id, node) in tree.all().filter(|(_, node)| node.name == "a") {
            let mark = tree.words(id);
            let mark = mark.trim().trim_matches(['[', ']', '(', ')']);
            let is_mark = !mark.is_empty() && mark.chars().count() <= 4 && !mark.chars().any(char::is_alphabetic);
            let is_back = notes.backs.contains(&id);
            let Some(target) = link(id).copied().filter(|_| is_mark && !is_back && tree.is_in(id, main)) else {
                continue;
            };
            let note = note_around(tree, target);
            // the note leads back to the mark, or to what the mark stands in
            let back = links_in(tree, note).into_iter().find(|back| {
                link(*back).is_some_and(|up| {
                    let small = matches!(tree.get(*up).name.as_str(), "sup" | "span" | "a");
                    *up == id || (small && tree.is_in(id, *up)) || tree.is_in(*up, tree.get(id).parent)
                })
            });
            let Some(back) = back.filter(|_| note != Tree::TOP && !tree.is_in(id, note) && node.get("href").is_some())
            else {
                continue;
            };
            let next = notes.targets.len();
            let number = *notes.numbers.entry(note).or_insert(next);
            if number == next {
                notes.targets.push(note);
            }
            notes.references.insert(id, number);
            notes.backs.insert(back);
        }
        notes
    }

    /// The number of the note that a node is the mark of.
    pub fn reference(&self, id: NodeId) -> Option<usize> {
        self.references.get(&id).copied()
    }

    /// Whether a node is a note, or leads back from one: neither stands in the text.
    pub fn is_target(&self, id: NodeId) -> bool {
        (!self.open && self.numbers.contains_key(&id)) || self.backs.contains(&id)
    }

    /// The notes in the order of their numbers.
    pub fn in_order(&self) -> Vec<NodeId> {
        self.targets.clone()
    }
}

/// The paragraph, item or division that a link's target is, or stands in.
fn note_around(tree: &Tree, target: NodeId) -> NodeId {
    let mut at = target;
    while at != Tree::TOP && !matches!(tree.get(at).name.as_str(), "li" | "p" | "div" | "aside" | "dd" | "section") {
        at = tree.get(at).parent;
    }
    at
}

fn links_in(tree: &Tree, id: NodeId) -> Vec<NodeId> {
    let (mut found, mut open, mut looked_at) = (Vec::new(), vec![id], 0);
    while let Some(id) = open.pop().filter(|_| looked_at < 500) {
        looked_at += 1;
        let node = tree.get(id);
        if node.name == "a" {
            found.push(id);
        }
        // a note is short
        open.extend(node.children.iter().take(500).rev());
    }
    found
}
