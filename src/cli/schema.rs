//! `onevoice schema`: JSON Schema of what a writer types, and the values that templates get.

use serde_json::{Map, Value};

use super::exit::{Exit, Refusal};
use super::output::Output;
use crate::finding::nearest;
use crate::toolkit::schema;

/// Print the JSON Schema of a kind of file, or the values that templates get
///
/// Editors complete and check with these schemas as you type; `onevoice init` writes them to schemas/. Without a name,
/// all of them are printed as one object.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice schema audience                 the keys of an audience's profile
  onevoice schema facts > facts.json       for an editor
  onevoice schema theme                    what a template of a theme gets")]
pub struct Args {
    /// A kind of file (toolkit, audience, facts, terms, message, faq…), or theme
    #[arg(value_name = "NAME | theme")]
    name: Option<String>,
}

const THEME: &str = "theme";
/// The page of the manual that lists them: one text, so that the two can't differ.
const THEME_VALUES: &str = include_str!("../../themes/README.md");

/// Prints one schema, all of them, or the values of templates.
///
/// # Errors
/// When there is no schema of that name.
pub fn run(args: &Args, output: &mut Output) -> Result<Exit, Refusal> {
    let text = match args.name.as_deref() {
        Some(THEME) => THEME_VALUES.to_owned(),
        Some(name) => {
            let schemas = schema::all();
            let names: Vec<&str> = schemas.iter().map(|(name, _)| *name).chain([THEME]).collect();
            let found = schemas.iter().find(|(known, _)| *known == name).ok_or_else(|| {
                Refusal::usage(format!("there is no schema `{name}`"))
                    .note(format!("there are {}", names.join(", ")))
                    .did_you_mean(nearest(name, names.iter().copied()))
            })?;
            as_text(&found.1)
        }
        None => {
            let all: Map<_, _> = schema::all().into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
            as_text(&Value::Object(all))
        }
    };
    output.result(&text);
    Ok(Exit::Done)
}

/// A schema as it is printed and written: indented, with a line break at the end.
pub(super) fn as_text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
