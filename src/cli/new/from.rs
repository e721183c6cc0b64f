//! `onevoice new --from FILE`: the new file holds the text of another one.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, OFlags};

use super::super::build::{in_words, stopped};
use super::super::exit::{Exit, Refusal};
use super::super::findings::human;
use super::super::here::{Here, quoted};
use super::super::output::{BOLD, Output, reason};
use super::super::{files, progress};
use super::Kind;
use crate::check::Stage;
use crate::finding::{Counts, Finding};
use crate::import::{self, Entry, Format, Imported};
use crate::pipeline::{self, Request};
use crate::toolkit::schema;

/// The file that is to be made.
pub struct New {
    /// Where, from the toolkit's root.
    pub path: String,
    /// The example of its kind.
    pub example: Vec<u8>,
    /// The toolkit's root.
    pub root: PathBuf,
    /// The path as it is told.
    pub shown: String,
}

/// Reads `draft`, writes the new file, and shows what is to be mended in it.
///
/// # Errors
/// When the draft can't be read, or the file can't be written.
pub fn run(draft: &Path, kind: Kind, new: &New, here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    if kind.ending != "md" {
        return Err(Refusal::usage("a profile has keys and no text, so nothing can be put into it with `--from`")
            .help("start it without `--from`, and copy sentences into its keys"));
    }
    let refused =
        |why: import::Refusal| Refusal::usage(format!("`{}` can't be taken: {why}", draft.display())).help(why.help());
    let format = Format::by_name(&draft.to_string_lossy()).map_err(refused)?;
    let bytes = read(&here.path(draft), draft, format)?;
    let mut imported = import::read(format, &bytes).map_err(refused)?;
    drop(bytes);
    let (text, heading) = filled(&String::from_utf8_lossy(&new.example), kind, &mut imported);
    files::create(&new.root, &[(new.path.clone(), text.into_bytes())])?;

    let target = new.root.join(&new.path);
    let draft = draft.display();
    output.result(&format!(
        "{BOLD}{}{BOLD:#} is written, with the text of {draft}\n\n{heading}\n\
         The other keys are examples; lines that begin with # explain each of them.\n{}\n",
        new.shown, kind.hint,
    ));
    for line in imported.left_out.lines() {
        output.progress(&format!("{BOLD}note{BOLD:#}: {line}"));
    }
    show_findings(new, here, output);
    output.result(&format!(
        "\nnext:\n  {BOLD}{program} check {}{BOLD:#}\n  {BOLD}{program} build{BOLD:#}\n",
        quoted(&here.typed(&target).display().to_string()),
        program = here.program(),
    ));
    Ok(Exit::Done)
}

/// What `onevoice check` says of the new file. The file stands, whatever it is.
fn show_findings(new: &New, here: &Here, output: &mut Output) {
    let checked = here.today().and_then(|today| {
        let request = Request::to_check(new.root.clone(), today, Stage::Preview, "new");
        progress::while_busy(output, "checking", || pipeline::check_folder(&request)).map_err(stopped)
    });
    match checked {
        Ok(checked) => {
            let own = |found: &Finding| *found.place.file == *new.path;
            let shown: Vec<Finding> = checked.findings.into_iter().filter(own).collect();
            output.result(&human(&shown, output.width()));
            output.progress(&if shown.is_empty() { "no findings".to_owned() } else { in_words(Counts::of(&shown)) });
        }
        Err(refusal) => output.refuse(&refusal),
    }
}

/// The bytes of the draft: of a plain file, and not more than its format may have.
fn read(path: &Path, typed: &Path, format: Format) -> Result<Vec<u8>, Refusal> {
    let typed = typed.display();
    let failed = |trouble: io::Error| match trouble.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Refusal::usage(format!("there is no file `{typed}`")),
        _ => Refusal::failed(format!("`{typed}` can't be read: {}", reason(&trouble))),
    };
    // a pipe that nobody writes to must not hold us, a terminal must not become ours
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let opened = rustix::fs::openat(CWD, path, flags, Mode::empty()).map_err(|trouble| failed(trouble.into()))?;
    let found = rustix::fs::fstat(&opened).map_err(|trouble| failed(trouble.into()))?;
    match FileType::from_raw_mode(found.st_mode) {
        FileType::RegularFile => {}
        FileType::Directory => {
            return Err(Refusal::usage(format!("`{typed}` is a folder")).help("give a file that is in it"));
        }
        _ => return Err(Refusal::usage(format!("`{typed}` is no plain file")).help("save it as a file first")),
    }
    let mut bytes = Vec::new();
    File::from(opened).take(format.largest() + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// The example with the draft's keys and text in place of its own, and what became of the heading.
fn filled(example: &str, kind: Kind, imported: &mut Imported) -> (String, String) {
    let heading = kind.heading;
    let (yaml, _) = example.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap_or((example, ""));
    let mut lines: Vec<String> = yaml.lines().map(str::to_owned).collect();
    let known = keys(kind);
    let mut entries = std::mem::take(&mut imported.entries);
    if !entries.iter().any(|entry| entry.key == heading) {
        // what other tools call the title is what this kind is headed by
        if let Some(title) = entries.iter_mut().find(|entry| entry.key == "title") {
            title.lines = format!("{heading}{}", title.lines.trim_start_matches(|sign| sign != ':'));
            heading.clone_into(&mut title.key);
        }
    }
    let mut from = None;
    if let Some(title) = imported.title.take() {
        let quoted = format!("{heading}: \"{}\"\n", title.replace('\\', "\\\\").replace('"', "\\\""));
        entries.push(Entry { key: heading.to_owned(), lines: quoted });
        from = Some("the document's title");
    }
    let mut seen: Vec<String> = Vec::new();
    for entry in entries {
        if !known.contains(&entry.key) || seen.contains(&entry.key) {
            imported.left_out.keys.push(entry.key);
            continue;
        }
        if entry.key == heading {
            from = from.or(Some("from the file's front matter"));
        }
        put(&mut lines, &entry);
        seen.push(entry.key);
    }
    let told = if let Some(from) = from {
        format!("`{heading}` is {from}.")
    } else {
        // what no document said is for people to write, and nothing is published before
        let to_write = format!("{heading}: \"[");
        if !lines.iter().any(|line| line.starts_with(&to_write)) {
            let entry = Entry { key: heading.to_owned(), lines: format!("{to_write}Write the {heading} here]\"\n") };
            put(&mut lines, &entry);
        }
        format!("`{heading}` is still to be written: nothing in the document is sure to be it.")
    };
    (format!("---\n{}\n---\n\n{}", lines.join("\n"), imported.body), told)
}

/// Puts an entry in place of the example's, also of one that is switched off.
fn put(lines: &mut Vec<String>, entry: &Entry) {
    let new = entry.lines.trim_end_matches('\n').to_owned();
    let active = lines.iter().position(|line| line.split(':').next() == Some(entry.key.as_str()));
    let off = format!("#{}", entry.key);
    let at = active.or_else(|| lines.iter().position(|line| line.split(':').next() == Some(off.as_str())));
    let Some(at) = at else { return lines.push(new) };
    // the lines of a list or map that is switched off go with it
    let more = lines.iter().skip(at + 1).take_while(|line| active.is_none() && line.starts_with("#  ")).count();
    lines.splice(at..=at + more, [new]);
}

/// The keys that a file of this kind may have.
fn keys(kind: Kind) -> Vec<String> {
    let schemas = schema::all();
    let own = schemas.iter().find(|(name, _)| *name == kind.name).and_then(|(_, schema)| schema.get("properties"));
    own.and_then(|keys| keys.as_object()).map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
}
