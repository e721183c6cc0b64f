//! The toolkit after an edit of nothing but bodies: what most saves are.

use std::sync::Arc;

use super::Toolkit;
use super::item::Item;
use super::places::{FileKind, kind_of};
use crate::source::{SourceFile, front_matter};

impl Toolkit {
    /// The toolkit in which items have the bodies that `files` hold, and the numbers of these items. `None` where a file
    /// is no item's, or holds other front matter: then anything may be different.
    #[must_use]
    pub fn with_bodies(mut self, files: &[&SourceFile]) -> Option<(Self, Vec<usize>)> {
        let items = files.iter().map(|file| {
            let path = file.path.as_str();
            let FileKind::Item(kind, id) = kind_of(path) else { return None };
            let n = self.item_index(kind, &id)?;
            let old = self.items.get(n)?;
            let text = file.text().filter(|_| *old.for_checks().file == *path)?;
            has_front_matter_of(text, old.for_checks())
                .then(|| (n, old.with(Item { text: Arc::clone(text), ..old.for_checks().clone() })))
        });
        let items: Vec<_> = items.collect::<Option<_>>()?;
        let mut numbers = Vec::with_capacity(items.len());
        for (n, item) in items {
            *self.items.get_mut(n)? = item;
            numbers.push(n);
        }
        Some((self, numbers))
    }
}

/// Whether a text begins with the front matter of `item`, to the byte.
fn has_front_matter_of(text: &str, item: &Item) -> bool {
    let begins = item.text.get(..item.body_start).is_some_and(|front| text.starts_with(front));
    begins && front_matter(text).is_ok_and(|front| front.body == item.body_start)
}
