//! `onevoice new`: a commented file to write in, for each kind of item.

mod from;

use std::path::PathBuf;

use super::exit::{Exit, Refusal};
use super::here::{Here, is_there, quoted};
use super::output::{BOLD, Output, reason};
use super::{files, one_of};
use crate::finding::IdTrouble;
use crate::toolkit::id::{ADDRESSES, RESERVED, check, nearest_good};

/// Start a new file, with every key explained in it
///
/// What stands in [square brackets] in the file is to be written over; lines that begin with # explain the keys and may
/// be deleted. The id is the
/// name of the file without its ending and part of the page's address: lower-case letters, digits and hyphens. It stays
/// when the title changes. Pages nest: `onevoice new page about/team`. Nothing is ever overwritten.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice new faq who-pays                content/faqs/who-pays.md
  onevoice new audience business-owners    content/audiences/business-owners.yaml
  onevoice new page about/team             content/pages/about/team.md
  onevoice new faq who-pays --from a.docx  with the text of a Word document")]
pub struct Args {
    /// What to start
    #[arg(value_parser = one_of(&KINDS, |kind| kind.name))]
    kind: Kind,

    /// Its id, for example who-pays
    id: String,

    /// Take the text of this file: a Word document (.docx), a saved web page (.html), Markdown (.md) or plain text (.txt)
    ///
    /// Headings, lists, links, emphasis, tables and footnotes come along; the title becomes the item's own. Pictures are
    /// named, and what else does not come along is told. What is to be mended in the new file is shown at once. The file
    /// itself is only read.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    from: Option<PathBuf>,
}

/// A kind of item that people write.
#[derive(Clone, Copy, Debug)]
struct Kind {
    name: &'static str,
    folder: &'static str,
    ending: &'static str,
    /// The key that is its heading.
    heading: &'static str,
    example: &'static str,
    /// What else is worth knowing once it is written; empty where nothing is.
    hint: &'static str,
}

static KINDS: [Kind; 8] = [
    Kind {
        name: "message",
        folder: "messages",
        ending: "md",
        heading: "title",
        example: include_str!("new/message.md"),
        hint: "Put its id into `message_order` of the audiences that should hear it, in content/audiences/.",
    },
    Kind {
        name: "faq",
        folder: "faqs",
        ending: "md",
        heading: "question",
        example: include_str!("new/faq.md"),
        hint: "Name in `answers` the concerns that it answers; they stand in content/audiences/.",
    },
    Kind {
        name: "talking-point",
        folder: "talking-points",
        ending: "md",
        heading: "point",
        example: include_str!("new/talking-point.md"),
        hint: "It goes on the talking-points sheet of each audience that it is for.",
    },
    Kind {
        name: "tough-question",
        folder: "tough-questions",
        ending: "md",
        heading: "question",
        example: include_str!("new/tough-question.md"),
        hint: "It is in the partners edition only: `onevoice build --edition partners`.",
    },
    Kind {
        name: "story",
        folder: "stories",
        ending: "md",
        heading: "title",
        example: include_str!("new/story.md"),
        hint: "The story of a real person needs a consent on record.",
    },
    Kind {
        name: "win",
        folder: "wins",
        ending: "md",
        heading: "title",
        example: include_str!("new/win.md"),
        hint: "The latest win also stands on the front page.",
    },
    Kind {
        name: "page",
        folder: "pages",
        ending: "md",
        heading: "title",
        example: include_str!("new/page.md"),
        hint: "With `menu: true` it is in the menu of every page.",
    },
    Kind {
        name: "audience",
        folder: "audiences",
        ending: "yaml",
        heading: "name",
        example: include_str!("new/audience.yaml"),
        hint: "Its id can now stand after ::: and in `audiences:` of any text.",
    },
];

/// The keys that all Markdown files have, written once.
const COMMON: &str = include_str!("new/common.yaml");

/// Writes the file.
///
/// # Errors
/// When there is no toolkit here, the id can't be one, or the file is there already.
pub fn run(args: &Args, here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    let (kind, id) = (args.kind, args.id.as_str());
    let path = path_of(kind, id)?;
    let root = here.toolkit()?;
    for other in same_address(kind, id) {
        let there = is_there(&root.join(&other))
            .map_err(|trouble| Refusal::failed(format!("`{other}` can't be looked at: {}", reason(&trouble))))?;
        if there {
            return Err(Refusal::taken(format!("`{other}` has the address that `{path}` would have"))
                .help("choose another id, or write in the file that is there"));
        }
    }
    let target = root.join(&path);
    let shown = here.shown(&target);
    let example = fill(kind, id, &here.today()?.to_string());
    // is it free? What is taken is not worth reading a file for
    let file = [(path, example.into_bytes())];
    if !files::taken(&root, &file)?.is_empty() {
        return Err(Refusal::taken(format!("`{shown}` is there already; nothing was written"))
            .help("write in the file that is there, or choose another id"));
    }
    if let Some(draft) = &args.from {
        let [(path, example)] = file;
        return from::run(draft, kind, &from::New { path, example, root, shown }, here, output);
    }
    files::create(&root, &file)?;
    output.result(&format!(
        "{BOLD}{shown}{BOLD:#} is written\n\n\
         Open it in a text editor and write over what stands in [square brackets]; lines that begin with # explain each key.\n\
         {}\n\n\
         next:\n  {BOLD}{program} check {}{BOLD:#}\n  {BOLD}{program} build{BOLD:#}\n",
        kind.hint,
        quoted(&here.typed(&target).display().to_string()),
        program = here.program(),
    ));
    Ok(Exit::Done)
}

/// The file of the item, from the toolkit's root.
fn path_of(kind: Kind, id: &str) -> Result<String, Refusal> {
    let parts: Vec<&str> = if kind.name == "page" { id.split('/').collect() } else { vec![id] };
    let wrong = parts.iter().any(|part| check(part).is_err());
    if wrong {
        let good: Vec<String> = parts
            .iter()
            .filter_map(|part| match check(part) {
                Ok(()) => Some((*part).to_owned()),
                Err(IdTrouble::Signs(_)) => Some(nearest_good(without_ending(part))),
                Err(_) => None,
            })
            .filter(|part| !part.is_empty())
            .collect();
        let refusal = Refusal::usage(format!("`{id}` can't be an id"))
            .note("an id is made of lower-case letters a to z, digits and hyphens");
        return Err(refusal.did_you_mean(Some(good.join("/").as_str()).filter(|good| !good.is_empty())));
    }
    let first = parts.first().copied().unwrap_or_default();
    // what stands at the root of the site: audiences and pages
    if matches!(kind.name, "audience" | "page") && (RESERVED.contains(&first) || ADDRESSES.contains(&first)) {
        return Err(Refusal::usage(format!("`{id}` can't be the id of {}", with_article(kind.name)))
            .note("it means something else, or is the address of a part of every site")
            .help(format!("take another one, for example `{first}-{}`", kind.name)));
    }
    Ok(format!("content/{}/{id}.{}", kind.folder, kind.ending))
}

/// What is typed as a file's name is meant as its id.
fn without_ending(name: &str) -> &str {
    name.strip_suffix(".md").or_else(|| name.strip_suffix(".yaml")).unwrap_or(name)
}

/// Files that would be at the same address as the new one.
fn same_address(kind: Kind, id: &str) -> Vec<String> {
    match kind.name {
        "audience" => vec![format!("content/pages/{id}.md"), format!("content/pages/{id}/index.md")],
        "page" => {
            let first = id.split('/').next().unwrap_or(id);
            let beside = match id.strip_suffix("/index") {
                Some(folder) => format!("content/pages/{folder}.md"),
                None => format!("content/pages/{id}/index.md"),
            };
            vec![format!("content/audiences/{first}.yaml"), beside]
        }
        _ => Vec::new(),
    }
}

/// The example with its gaps filled: the keys of all kinds, the id in words, the date.
fn fill(kind: Kind, id: &str, today: &str) -> String {
    let last = id.strip_suffix("/index").unwrap_or(id).rsplit('/').next().unwrap_or(id);
    let words = last.replace('-', " ");
    let title: String = words.get(..1).map_or_else(String::new, str::to_uppercase) + words.get(1..).unwrap_or_default();
    kind.example.replace("# COMMON\n", COMMON).replace("TITLE", &title).replace("TODAY", today)
}

fn with_article(name: &str) -> String {
    if name.starts_with('a') { format!("an {name}") } else { format!("a {name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(kind: &str, id: &str) -> String {
        let kind = *KINDS.iter().find(|known| known.name == kind).unwrap();
        path_of(kind, id).unwrap_or_else(|refusal| refusal.help.join("; "))
    }

    #[test]
    fn an_id_becomes_a_path_or_the_nearest_good_one_is_named() {
        assert_eq!(path("faq", "who-pays"), "content/faqs/who-pays.md");
        assert_eq!(path("page", "about/team"), "content/pages/about/team.md");
        assert_eq!(path("faq", "about/team"), "did you mean `about-team`?");
        assert_eq!(path("faq", "Who pays?"), "did you mean `who-pays`?");
        assert_eq!(path("page", "Über uns/Das Café.md"), "did you mean `uber-uns/das-cafe`?");
        assert_eq!(path("page", "../secret"), "did you mean `secret`?");
        assert_eq!(path("faq", "???"), "");
        assert_eq!(path("page", ""), "");
    }

    #[test]
    fn what_stands_at_the_root_of_a_site_keeps_away_from_our_own_addresses() {
        assert_eq!(path("audience", "general"), "take another one, for example `general-audience`");
        assert_eq!(path("page", "faq/more"), "take another one, for example `faq-page`");
        assert_eq!(path("page", "index"), "take another one, for example `index-page`");
        assert_eq!(path("faq", "general"), "content/faqs/general.md");
    }

    #[test]
    fn the_examples_have_no_gaps_left_and_their_yaml_can_be_read() {
        for kind in KINDS {
            let text = fill(kind, "who-pays", "2026-11-24");
            for gap in ["COMMON", "TITLE", "TODAY"] {
                assert!(!text.contains(gap), "{}: {gap}", kind.name);
            }
            let yaml = text.strip_prefix("---\n").map_or(text.as_str(), |rest| rest.split("\n---\n").next().unwrap());
            let value: serde_yaml::Value = serde_yaml::from_str(yaml).unwrap();
            assert!(value.is_mapping(), "{}", kind.name);
            // also with every optional key switched on
            let all: String = yaml.lines().map(|line| switched_on(line) + "\n").collect();
            let value: Result<serde_yaml::Value, _> = serde_yaml::from_str(&all);
            assert!(value.is_ok(), "{}: {value:?}\n{all}", kind.name);
        }
    }

    /// `#key: value` and its following lines without the sign; explanations have a space after it.
    fn switched_on(line: &str) -> String {
        match line.strip_prefix('#') {
            Some(key) if !key.starts_with([' ', '\n']) || key.starts_with("  ") => key.to_owned(),
            _ => line.to_owned(),
        }
    }
}
