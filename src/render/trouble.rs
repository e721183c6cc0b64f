//! What a template engine says, as a problem with template, line and page.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::ErrorKind;

use super::theme::Theme;
use crate::finding::{At, Problem, TemplateTrouble, What};

/// A template that can't be read.
pub(super) fn unreadable(error: &tera::Error, origins: &BTreeMap<String, Arc<str>>) -> Problem {
    let file =
        |name: &str| origins.get(name).cloned().unwrap_or_else(|| format!("themes/plain/templates/{name}").into());
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span().range.clone();
            let at = At::bytes(file(report.filename()), span.start, span.end);
            Problem::new(at, What::Template(TemplateTrouble::Syntax(report.message().to_owned())))
        }
        ErrorKind::MissingParent { current, parent } => {
            let what = TemplateTrouble::Missing {
                what: "template",
                name: parent.clone(),
                known: origins.keys().filter(|name| !name.contains('/')).cloned().collect(),
            };
            Problem::new(At::file(file(current)), What::Template(what))
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let what = TemplateTrouble::Syntax("it uses itself, by way of others".to_owned());
            Problem::new(At::file(file(tpl)), What::Template(what))
        }
        _ => {
            let at = At::file(file(origins.keys().next().map_or("base.html", String::as_str)));
            Problem::new(at, What::Template(TemplateTrouble::Syntax(error.to_string())))
        }
    }
}

/// A page that could not be made.
pub(super) fn failed(error: &tera::Error, theme: &Theme, template: &str, address: &str) -> Problem {
    let address = format!("/{address}");
    let (at, message) = match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            let span = report.span().range.clone();
            (At::bytes(theme.file_of(report.filename()), span.start, span.end), report.message().to_owned())
        }
        _ => (At::file(theme.file_of(template)), error.to_string()),
    };
    let what = match unknown_name(&message) {
        Some((name, known)) => TemplateTrouble::UnknownVariable { known, name, page: address },
        None => TemplateTrouble::Failed { message, page: address },
    };
    Problem::new(at, What::Template(what))
}

/// The name that a message of Tera's is about, and those that exist there:
/// "Field `titel` is not defined. Available fields: title, path".
fn unknown_name(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix("Field `").or_else(|| message.strip_prefix("Variable `"))?;
    let (name, rest) = rest.split_once('`')?;
    let known = rest.split_once(": ").map_or("", |(_, list)| list);
    Some((name.to_owned(), known.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_name_is_told_with_those_that_exist() {
        let mut tera = tera::Tera::new();
        tera.add_raw_template("a.html", "{{ page.titel }}").unwrap();
        let mut context = tera::Context::new();
        context.insert_value("page", super::super::fields::Fields::with(2).set("title", "x").set("path", "y").into());
        let error = tera.render("a.html", &context).unwrap_err();
        let ErrorKind::RenderingError(report) = error.kind() else { panic!("{error:?}") };
        let (name, known) = unknown_name(report.message()).unwrap();
        assert_eq!((name.as_str(), known.len()), ("titel", 2), "{}", report.message());
    }
}
