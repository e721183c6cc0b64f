//! A command line that can't be understood, in our words, with "did you mean".

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::exit::Refusal;
use crate::finding::nearest;

/// Words of other tools for our commands, and what ours are called. Those that are not there are not suggested.
const COMMANDS: [(&str, &str); 18] = [
    ("server", "serve"),
    ("dev", "serve"),
    ("start", "serve"),
    ("preview", "serve"),
    ("watch", "serve"),
    ("deploy", "publish"),
    ("upload", "publish"),
    ("list", "status"),
    ("sign", "approve"),
    ("lint", "check"),
    ("test", "check"),
    ("validate", "check"),
    ("generate", "build"),
    ("make", "build"),
    ("create", "new"),
    ("add", "new"),
    ("rules", "explain"),
    ("doctor", "check"),
];

/// Options of other tools, and what ours are called.
const OPTIONS: [(&str, &str); 11] = [
    ("--buildDrafts", "--drafts"),
    ("--build-drafts", "--drafts"),
    ("--destination", "--output"),
    ("--dest", "--output"),
    ("--dest-dir", "--output"),
    ("--output-dir", "--output"),
    ("--source", "-C"),
    ("--root", "-C"),
    ("--dir", "-C"),
    ("--environment", "--for"),
    ("--date", "--today"),
];

/// What is wrong with what was `typed`.
pub fn refusal(mistake: &clap::Error, typed: &[OsString], whole: &Command) -> Refusal {
    let used = typed.iter().skip(1).find_map(|word| whole.find_subcommand(word));
    let of = |kind| texts(mistake.get(kind));
    let first = |kind| of(kind).into_iter().next().unwrap_or_default();
    let refusal = match mistake.kind() {
        ErrorKind::InvalidSubcommand => return unknown_command(&first(ContextKind::InvalidSubcommand), whole),
        ErrorKind::UnknownArgument => unknown_argument(&first(ContextKind::InvalidArg), used, whole),
        ErrorKind::InvalidValue => {
            let (argument, value) = (first(ContextKind::InvalidArg), first(ContextKind::InvalidValue));
            let valid = of(ContextKind::ValidValue);
            let refusal = if value.is_empty() {
                Refusal::usage(format!("`{argument}` needs a value"))
            } else {
                Refusal::usage(format!("`{value}` can't stand for `{argument}`"))
                    .did_you_mean(nearest_value(&value, &valid))
            };
            // a toolkit is a whole folder, and no kind of file in it
            let refusal = match value.as_str() {
                "toolkit" | "site" | "project" if used.is_some_and(|used| used.get_name() == "new") => {
                    refusal.help("a new toolkit is made with `onevoice init FOLDER`")
                }
                _ => refusal,
            };
            if valid.is_empty() { refusal } else { refusal.note(format!("it is one of: {}", valid.join(", "))) }
        }
        ErrorKind::ValueValidation => {
            let (argument, value) = (first(ContextKind::InvalidArg), first(ContextKind::InvalidValue));
            let refusal = Refusal::usage(format!("`{value}` can't stand for `{argument}`"));
            match std::error::Error::source(mistake) {
                Some(why) => refusal.note(why.to_string()),
                None => refusal,
            }
        }
        ErrorKind::MissingRequiredArgument => {
            let name = used.map_or("onevoice", Command::get_name);
            Refusal::usage(format!("`{name}` needs {}", list(&of(ContextKind::InvalidArg))))
        }
        ErrorKind::ArgumentConflict => {
            let (argument, others) = (first(ContextKind::InvalidArg), of(ContextKind::PriorArg));
            if others.contains(&argument) {
                Refusal::usage(format!("`{argument}` is there twice"))
            } else {
                Refusal::usage(format!("`{argument}` does not go with {}", list(&others)))
            }
        }
        _ => {
            let text = mistake.render().to_string();
            let line = text.lines().next().unwrap_or_default();
            Refusal::usage(line.strip_prefix("error: ").unwrap_or(line))
        }
    };
    match used {
        Some(used) => refusal.help(format!("`onevoice {} --help` tells what can be typed", used.get_name())),
        None => refusal.help("`onevoice --help` tells what can be typed"),
    }
}

/// The value that was probably meant; `github` is enough of `github-pages`.
pub fn nearest_value<'a>(typed: &str, valid: &'a [String]) -> Option<&'a str> {
    let first = |name: &'a String| name.split('-').next().unwrap_or(name);
    let part = valid.iter().find(|name| first(name) == typed).map(String::as_str);
    part.or_else(|| nearest(typed, valid.iter().map(String::as_str))).or_else(|| {
        let near = nearest(typed, valid.iter().map(first))?;
        valid.iter().find(|name| first(name) == near).map(String::as_str)
    })
}

fn unknown_command(name: &str, whole: &Command) -> Refusal {
    let names = || whole.get_subcommands().map(Command::get_name);
    let meant = COMMANDS.iter().find(|(theirs, _)| *theirs == name).map(|(_, ours)| *ours);
    let near = meant.filter(|meant| names().any(|name| name == *meant)).or_else(|| nearest(name, names()));
    Refusal::usage(format!("there is no command `{name}`"))
        .note(format!("the commands are {}", names().collect::<Vec<_>>().join(", ")))
        .did_you_mean(near)
}

fn unknown_argument(argument: &str, used: Option<&Command>, whole: &Command) -> Refusal {
    let place = used.map_or_else(String::new, |used| format!(" of `{}`", used.get_name()));
    if !argument.starts_with('-') {
        let named = used.map_or("onevoice", Command::get_name);
        return Refusal::usage(format!("`{argument}` is one word more than `{named}` takes"));
    }
    let name = argument.split('=').next().unwrap_or(argument);
    let options: Vec<String> = used
        .into_iter()
        .chain([whole])
        .flat_map(Command::get_arguments)
        .flat_map(|option| {
            [option.get_long().map(|long| format!("--{long}")), option.get_short().map(|s| format!("-{s}"))]
        })
        .flatten()
        .chain(["--help".to_owned()])
        .collect();
    let meant = OPTIONS.iter().find(|(theirs, _)| *theirs == name).map(|(_, ours)| *ours);
    let near = meant
        .filter(|meant| options.iter().any(|option| option == meant))
        .or_else(|| nearest(name, options.iter().filter(|option| option.len() > 2).map(String::as_str)));
    Refusal::usage(format!("there is no option `{name}`{place}")).did_you_mean(near)
}

fn texts(value: Option<&ContextValue>) -> Vec<String> {
    match value {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// `` `A` and `B` ``
fn list(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[derive(clap::Parser)]
    #[command(name = "onevoice")]
    enum Later {
        /// A command of a later day.
        Serve {
            /// One of its options.
            #[arg(long)]
            drafts: bool,
        },
        /// Another.
        Schema,
    }

    fn said(line: &str) -> String {
        let whole = Later::command();
        let typed: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let mistake = whole.clone().try_get_matches_from(&typed).unwrap_err();
        let refusal = refusal(&mistake, &typed, &whole);
        format!("{}; {}", refusal.message, refusal.help.join("; "))
    }

    #[test]
    fn words_of_other_tools_lead_to_ours() {
        assert_eq!(said("onevoice server"), "there is no command `server`; did you mean `serve`?");
        assert_eq!(said("onevoice dev"), "there is no command `dev`; did you mean `serve`?");
        assert_eq!(said("onevoice schem"), "there is no command `schem`; did you mean `schema`?");
        assert_eq!(said("onevoice deploy"), "there is no command `deploy`; ");
    }

    #[test]
    fn an_option_is_looked_for_where_it_was_typed() {
        let help = "`onevoice serve --help` tells what can be typed";
        assert_eq!(
            said("onevoice serve --draft"),
            format!("there is no option `--draft` of `serve`; did you mean `--drafts`?; {help}")
        );
        assert_eq!(
            said("onevoice serve --buildDrafts"),
            format!("there is no option `--buildDrafts` of `serve`; did you mean `--drafts`?; {help}")
        );
        assert_eq!(said("onevoice serve -x"), format!("there is no option `-x` of `serve`; {help}"));
        assert_eq!(said("onevoice serve now"), format!("`now` is one word more than `serve` takes; {help}"));
    }
}
