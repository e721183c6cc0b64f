//! `onevoice init`: a toolkit to start from. The small one lies beside this file, in init/small/, as it is written.

use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::exit::{Exit, Refusal};
use super::files::{self, NewFile};
use super::here::{Here, ROOT_FILE, is_there, quoted};
use super::output::{BOLD, Output, reason};
use super::schema::as_text;
use super::survey::Survey;
use crate::toolkit::schema;

/// Make a small working toolkit to start from
///
/// It has audiences, messages, questions and facts on pre-arrest diversion that build without a finding; write over
/// them. Schemas for editors, a README and a .gitignore come along. Nothing is ever overwritten.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice init my-toolkit             a small toolkit in the folder my-toolkit
  onevoice init                        the same, in this folder
  onevoice init --sample my-toolkit    the full example, with eight audiences")]
pub struct Args {
    /// The folder; it is made if it is not there. Without it: this folder
    #[arg(value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
    folder: Option<PathBuf>,

    /// The full example instead of a small toolkit
    #[arg(long)]
    sample: bool,
}

static SMALL: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/small");
/// The example is the repository's own toolkit, the one that its tests read.
static SAMPLE: Dir = include_dir!("$CARGO_MANIFEST_DIR/content");
const SAMPLE_SETTINGS: &[u8] = include_bytes!("../../toolkit.yaml");

/// Writes the toolkit and says what to type next.
///
/// # Errors
/// When the folder holds a toolkit or files of the same names already, or can't be written.
pub fn run(args: &Args, here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    let named = args.folder.as_deref().unwrap_or(Path::new(""));
    let folder = here.path(named);
    let shown = folder.display().to_string();
    if asked(&folder, files::is_no_folder)? {
        return Err(
            Refusal::usage(format!("`{shown}` is no folder")).help("choose another name: `onevoice init my-toolkit`")
        );
    }
    if asked(&folder.join(ROOT_FILE), is_there)? {
        return Err(Refusal::taken(format!("`{shown}` already holds a toolkit; nothing was written"))
            .help("`onevoice` says what is in it; `onevoice init my-toolkit` makes another one beside it"));
    }
    let files = if args.sample { sample() } else { small() };
    let taken = files::taken(&folder, &files)?;
    if !taken.is_empty() {
        let refusal = Refusal::taken(format!("some files are there already in `{shown}`; nothing was written"))
            .note(format!("in the way: {}", listed(&taken)));
        return Err(refusal.help("move them away, or choose a new folder: `onevoice init my-toolkit`"));
    }
    files::create(&folder, &files)?;
    output.result(&said(&folder, &shown, here.is_elsewhere(&folder)));
    Ok(Exit::Done)
}

/// The first of them, and how many more.
fn listed(paths: &[&str]) -> String {
    const MOST: usize = 12;
    let text = paths.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    match paths.len().checked_sub(MOST) {
        Some(more @ 1..) => format!("{text} and {more} more"),
        _ => text,
    }
}

fn said(folder: &Path, shown: &str, elsewhere: bool) -> String {
    let place = if elsewhere { shown } else { "this folder" };
    let next = if elsewhere {
        [format!("cd {}", quoted(shown)), "onevoice serve --open".to_owned()]
    } else {
        ["onevoice serve --open".to_owned(), "onevoice build".to_owned()]
    };
    let [first, second] = next;
    format!(
        "A toolkit is in {BOLD}{place}{BOLD:#}: {}.\nREADME.md tells where to write what.\n\n\
         next:\n  {BOLD}{first}{BOLD:#}\n  {BOLD}{second}{BOLD:#}\n",
        Survey::of(folder).in_words()
    )
}

fn small() -> Vec<NewFile> {
    let mut files = with_companions();
    add(&SMALL, "", &mut files);
    files
}

fn sample() -> Vec<NewFile> {
    let mut files = with_companions();
    files.push((ROOT_FILE.to_owned(), SAMPLE_SETTINGS.to_vec()));
    add(&SAMPLE, "content/", &mut files);
    files
}

/// What comes along with every toolkit.
fn with_companions() -> Vec<NewFile> {
    let companions = [(".gitignore", include_str!("init/gitignore")), ("README.md", include_str!("init/README.md"))];
    let schemas = schema::all().into_iter().map(|(name, schema)| (format!("schemas/{name}.json"), as_text(&schema)));
    companions
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .chain(schemas)
        .map(|(path, text)| (path, text.into_bytes()))
        .collect()
}

/// All files below `dir`, with `before` in front of their paths; hidden ones are not part of a toolkit.
fn add(dir: &Dir, before: &str, files: &mut Vec<NewFile>) {
    for file in dir.files() {
        let hidden = file.path().iter().any(|part| part.to_string_lossy().starts_with('.'));
        if !hidden {
            files.push((format!("{before}{}", file.path().display()), file.contents().to_vec()));
        }
    }
    for inner in dir.dirs() {
        add(inner, before, files);
    }
}

fn asked(path: &Path, ask: fn(&Path) -> io::Result<bool>) -> Result<bool, Refusal> {
    ask(path)
        .map_err(|trouble| Refusal::failed(format!("`{}` can't be looked at: {}", path.display(), reason(&trouble))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemas_that_the_files_name_come_along() {
        let files = small();
        let mut named = 0;
        for (path, bytes) in files.iter().filter(|(path, _)| path.rsplit('.').next() == Some("yaml")) {
            let text = String::from_utf8_lossy(bytes);
            let first = text.lines().next().unwrap_or_default();
            let schema = first.strip_prefix("# yaml-language-server: $schema=").expect(path);
            let up = path.matches('/').count();
            let inside = schema.strip_prefix(&"../".repeat(up)).expect(path);
            assert!(files.iter().any(|(path, _)| path == inside), "{path}: {schema}");
            named += 1;
        }
        assert_eq!(named, 8);
    }
}
