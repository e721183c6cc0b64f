//! The command line: one file a command. Only this room knows about terminals, arguments and exit codes.
//!
//! A command is a struct `Args`, which is also its help, manual and completions, and a function `run`, which calls
//! one room and hands the result to [`Output`].

pub mod approve;
pub mod bare;
pub mod build;
pub mod check;
pub mod completions;
pub mod exit;
pub mod explain;
mod files;
mod findings;
pub mod here;
pub mod init;
pub mod man;
mod mistakes;
pub mod new;
pub mod output;
mod progress;
pub mod schema;
pub mod status;
mod survey;

use std::ffi::OsString;
use std::path::PathBuf;

use anstream::ColorChoice;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::language::Date;
use exit::{Exit, Refusal};
use here::Here;
use output::{Loudness, Output};

/// Builds a coalition's messaging toolkit: one claim, one set of facts, told to each audience in its own words
///
/// A toolkit is a folder of plain text files: messages, questions, talking points, facts, and a profile of each
/// audience. onevoice checks it (does every reference lead to something, does every reader have a text, is every picture
/// told in words?) and makes a website of it, with pages for each audience.
///
/// Without a command it says what is in this folder and what to do next.
#[derive(Debug, Parser)]
#[command(name = "onevoice", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_long_help = "\
Examples:
  onevoice init my-toolkit           a small toolkit to start from
  onevoice build                     check it, then write the site to public/
  onevoice check --for publish       what is to be mended before others see it
  onevoice explain broken-link       what a rule looks for, and why

Exit codes:
  0  done
  1  there are errors to mend, or something is there already and is not replaced
  2  the command line is wrong, or there is no toolkit here
  3  writing, the lock, the network or the folder itself failed")]
pub struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of every command")]
struct Common {
    /// Work in this folder instead of the current one
    #[arg(short = 'C', value_name = "FOLDER", global = true, display_order = 900)]
    start: Option<PathBuf>,

    /// Say only errors
    #[arg(short, long, global = true, conflicts_with = "verbose", display_order = 901)]
    quiet: bool,

    /// Say more about what is being done
    #[arg(short, long, global = true, display_order = 902)]
    verbose: bool,

    /// Take this date for today, typed as 2026-11-24
    ///
    /// Facts expire, embargoes end and reviews fall due by it. Without it, `SOURCE_DATE_EPOCH` (seconds since 1970)
    /// counts, then the date of this computer.
    #[arg(long, value_name = "DATE", global = true, display_order = 903, value_parser = date)]
    today: Option<Date>,

    /// Colors: auto (on a terminal, unless `NO_COLOR` is set), always, never
    #[arg(long, value_name = "WHEN", global = true, hide_possible_values = true, display_order = 904)]
    #[arg(default_value = "auto", hide_default_value = true, value_parser = one_of(&COLOURS, |colour| colour.0))]
    color: Colour,
}

type Colour = (&'static str, ColorChoice);
static COLOURS: [Colour; 3] =
    [("auto", ColorChoice::Auto), ("always", ColorChoice::AlwaysAnsi), ("never", ColorChoice::Never)];

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    New(new::Args),
    Build(build::Args),
    Check(check::Args),
    Status(status::Args),
    Approve(approve::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Reads the command line, runs the command and prints; the exit code is that of the command alone: what became of
/// the output is for [`Output::finish`] to say.
pub fn run(typed: &[OsString], output: &mut Output) -> Exit {
    match parse(typed, output) {
        Ok(Some(arguments)) => arguments.run(output).unwrap_or_else(|refusal| refuse(&refusal, output)),
        Ok(None) => Exit::Done,
        Err(refusal) => refuse(&refusal, output),
    }
}

fn refuse(refusal: &Refusal, output: &mut Output) -> Exit {
    output.refuse(refusal);
    refusal.exit
}

/// The arguments; nothing where help or the version was asked for and has been printed.
fn parse(typed: &[OsString], output: &mut Output) -> Result<Option<Arguments>, Refusal> {
    match Arguments::try_parse_from(typed) {
        Ok(arguments) => Ok(Some(arguments)),
        Err(answer) if matches!(answer.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            output.result(&answer.render().ansi().to_string());
            Ok(None)
        }
        Err(mistake) => {
            let mut whole = command();
            whole.build();
            Err(mistakes::refusal(&mistake, typed, &whole))
        }
    }
}

/// The colours that `--color` asks for, known before the command line is read: also its mistakes are printed.
#[must_use]
pub fn colour(typed: &[OsString]) -> ColorChoice {
    let words: Vec<_> = typed.iter().map(|word| word.to_string_lossy()).take_while(|word| *word != "--").collect();
    let after = |(n, word): (usize, &std::borrow::Cow<'_, str>)| match word.strip_prefix("--color")? {
        "" => words.get(n + 1).map(ToString::to_string),
        rest => rest.strip_prefix('=').map(ToOwned::to_owned),
    };
    let asked = words.iter().enumerate().rev().find_map(after);
    COLOURS.iter().find(|(name, _)| Some(*name) == asked.as_deref()).map_or(ColorChoice::Auto, |colour| colour.1)
}

/// The whole command line as data: for help, manual, completions and the documentation.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

impl Arguments {
    fn run(self, output: &mut Output) -> Result<Exit, Refusal> {
        output.set_loudness(match (self.common.quiet, self.common.verbose) {
            (true, _) => Loudness::Quiet,
            (_, true) => Loudness::Verbose,
            _ => Loudness::Normal,
        });
        let here = Here::new(self.common.start, self.common.today)?;
        match &self.command {
            None => bare::run(&here, output),
            Some(Command::Init(args)) => init::run(args, &here, output),
            Some(Command::New(args)) => new::run(args, &here, output),
            Some(Command::Build(args)) => build::run(args, &here, output),
            Some(Command::Check(args)) => check::run(args, &here, output),
            Some(Command::Status(args)) => status::run(args, &here, output),
            Some(Command::Approve(args)) => approve::run(args, &here, output),
            Some(Command::Explain(args)) => explain::run(args, output),
            Some(Command::Schema(args)) => schema::run(args, output),
            Some(Command::Completions(args)) => completions::run(args, output),
            Some(Command::Man(_)) => man::run(output),
        }
    }
}

/// Takes one of `all`, typed by its name; help and completions list the names.
fn one_of<T>(all: &'static [T], name: fn(&T) -> &'static str) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    PossibleValuesParser::new(all.iter().map(name))
        .try_map(move |typed| all.iter().copied().find(|value| name(value) == typed).ok_or("not in the list"))
}

fn date(typed: &str) -> Result<Date, &'static str> {
    let looks_like_one = typed.len() == 10 && typed.bytes().all(|sign| sign.is_ascii_digit() || sign == b'-');
    typed.parse().map_err(|_| {
        if looks_like_one { "there is no such day" } else { "a date is typed as 2026-11-24: year, month, day" }
    })
}

/// `1 error`, `2 errors`.
fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_of_the_command_line_holds_together() {
        command().debug_assert();
    }

    #[test]
    fn the_last_color_counts_also_in_a_line_with_mistakes() {
        let colour = |line: &str| colour(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(colour("onevoice --color never buidl"), ColorChoice::Never);
        assert_eq!(colour("onevoice --color=never --color=always"), ColorChoice::AlwaysAnsi);
        assert_eq!(colour("onevoice --color=pink"), ColorChoice::Auto);
        assert_eq!(colour("onevoice -- --color=never"), ColorChoice::Auto);
        assert_eq!(colour("onevoice --color"), ColorChoice::Auto);
    }
}
