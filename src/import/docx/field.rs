//! Fields: what Word fills in by itself. Only links lead to something in a text; a table of contents is none of it.

use std::rc::Rc;

/// The fields that are open, one in another.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<Field>,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    shows: bool,
}

impl Fields {
    /// A field begins.
    pub fn begin(&mut self) {
        // no document has so many in each other; one made to do harm may
        if self.open.len() < 32 {
            self.open.push(Field::default());
        }
    }

    /// A part of what the field does.
    pub fn code(&mut self, code: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.code.len() < 4_000) {
            field.code.push_str(code);
        }
    }

    /// What it shows begins.
    pub fn shows(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.shows = true;
        }
    }

    /// The field ends; whether it was a table of contents.
    pub fn end(&mut self) -> bool {
        self.open.pop().is_some_and(|field| field.is("TOC"))
    }

    /// Whether words are shown here.
    pub fn is_shown(&self) -> bool {
        self.open.iter().all(|field| field.shows && !field.is("TOC"))
    }

    /// Where words lead here.
    pub fn link(&self) -> Option<Rc<str>> {
        self.open.iter().rev().find_map(|field| link(&field.code))
    }
}

impl Field {
    fn is(&self, name: &str) -> bool {
        self.code.split_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case(name))
    }
}

/// The address in `HYPERLINK "address" \o "hint"`.
pub fn link(code: &str) -> Option<Rc<str>> {
    let code = code.trim_start();
    let rest = code.get("HYPERLINK".len()..).filter(|_| code.to_ascii_uppercase().starts_with("HYPERLINK"))?;
    let rest = rest.trim_start();
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    (!address.is_empty() && !address.starts_with('\\')).then(|| address.into())
}
