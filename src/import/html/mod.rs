//! A saved web page: its main part, without menus, head and foot.

mod flow;
mod notes;
mod table;
mod tree;

use super::document::Document;
use super::left_out::Kind;
use super::{Refusal, encoding};
use flow::Reader;
use tree::Tree;

/// Reads a web page.
///
/// # Errors
/// When it is no text, or its parts stand too deep in each other.
pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let named = encoding::named_in_page(bytes);
    let decoded = encoding::decode(bytes, named.as_deref())?;
    let tree = Tree::read(&decoded.text)?;
    let mut reader = Reader::new(&tree);
    let mut document = reader.document();
    if decoded.guessed {
        document.left_out.one(Kind::GuessedLetters);
    }
    if says_not_public(&tree) {
        document.left_out.one(Kind::Band);
    }
    Ok(document)
}

/// Whether it is a page of ours that says that it is not for the public: `parts/bands.html` of the theme, in the page's head.
fn says_not_public(tree: &Tree) -> bool {
    tree.all().any(|(_, node)| {
        let is_band = node.name == "p" && node.get("class") == Some("band");
        is_band && tree.get(node.parent).name == "header"
    })
}
