//! `onevoice status`: the coordinator's page in the terminal.

mod human;

use super::build::stopped;
use super::exit::{Exit, Refusal};
use super::findings;
use super::here::Here;
use super::output::Output;
use super::{one_of, progress};
use crate::check::Stage;
use crate::finding::{Finding, Severity};
use crate::pipeline::{self, Request};
use crate::publish;
use crate::status::{Status, calendar};

/// Show where everything stands: items by state, what is due when, which worries are answered
///
/// Each item is listed once: as a draft, embargoed, withdrawn, in review (a required sign-off is missing), signed, or published.
/// Then come the days on which something is due, the concerns of each audience with what answers them, the findings
/// that were accepted, and how many findings there are. Findings do not change the exit code; `check` is for that.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice status                             where everything stands today
  onevoice status --today 2027-01-15          and on that day
  onevoice status --format ics > dates.ics    what is due, for a calendar
  onevoice status --format json               for other programs")]
pub struct Args {
    /// How it is printed: human for people, json for programs, ics for a calendar
    #[arg(long, default_value = "human", value_parser = one_of(&Format::ALL, |format| format.name()))]
    format: Format,
}

/// How a status is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// For people.
    Human,
    /// One JSON document.
    Json,
    /// A calendar of what is due.
    Ics,
}

impl Format {
    /// All, in the contract's order.
    const ALL: [Self; 3] = [Self::Human, Self::Json, Self::Ics];

    /// As `--format` names it.
    const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Ics => "ics",
        }
    }
}

/// Prints the status.
///
/// # Errors
/// When there is no toolkit here, or its folder can't be opened.
pub fn run(args: &Args, here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    let today = here.today()?;
    let request = Request::to_check(here.toolkit()?, today, Stage::Preview, "status");
    let (preview, publishing) =
        progress::while_busy(output, "reading", || pipeline::check_both_stages(&request)).map_err(stopped)?;
    // without its settings nothing of a toolkit is known: which roles sign, which audiences there are
    let unreadable = |found: &&Finding| &*found.place.file == "toolkit.yaml" && found.severity == Severity::Error;
    if preview.toolkit.settings.title.is_empty() {
        let found: Vec<Finding> = preview.findings.iter().filter(unreadable).cloned().collect();
        output.aside(&findings::human(&found, output.width()));
        return Err(Refusal::taken("there is no status: toolkit.yaml can't be used")
            .help("mend it first; `onevoice check` shows all findings"));
    }
    let mut status = Status::of(&preview, &publishing, today);
    status.first_public = publish::waiting(&request.root, &preview);
    output.result(&match args.format {
        Format::Human => human::text(&status, output.width()),
        // texts and numbers always have a JSON form
        Format::Json => serde_json::to_string_pretty(&status).unwrap_or_default(),
        Format::Ics => calendar(&status),
    });
    Ok(Exit::Done)
}
