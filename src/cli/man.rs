//! `onevoice man`: the manual page, from the same definitions as the help.

use std::io;

use clap::Command;
use clap_mangen::Man;

use super::exit::{Exit, Refusal};
use super::output::{Output, reason};

/// Print the manual page
///
/// One page for all commands, in the format of man.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice man > ~/.local/share/man/man1/onevoice.1    then: man onevoice
  onevoice man | man -l -                              read it now")]
pub struct Args {}

/// Prints it.
///
/// # Errors
/// When the page can't be made.
pub fn run(output: &mut Output) -> Result<Exit, Refusal> {
    let page =
        page().map_err(|trouble| Refusal::failed(format!("the manual page can't be made: {}", reason(&trouble))))?;
    output.result(&String::from_utf8_lossy(&page));
    Ok(Exit::Done)
}

/// The page of the program, with a section a command.
fn page() -> io::Result<Vec<u8>> {
    let mut whole = super::command();
    whole.build();
    let mut page = Vec::new();
    let man = Man::new(whole.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for command in whole.get_subcommands() {
        section(command, &mut page)?;
    }
    man.render_extra_section(&mut page)?;
    man.render_version_section(&mut page)?;
    Ok(page)
}

/// One command: its sections stand one level lower, and options of every command are not told again.
fn section(command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let own = command.clone().mut_args(|arg| if arg.is_global_set() { arg.hide(true) } else { arg });
    let man = Man::new(own);
    let mut part = Vec::new();
    man.render_synopsis_section(&mut part)?;
    man.render_description_section(&mut part)?;
    man.render_options_section(&mut part)?;
    man.render_extra_section(&mut part)?;
    let part = String::from_utf8_lossy(&part).replace("\n.SH ", "\n.SS ");
    let part = part.strip_prefix(".SH ").map_or_else(|| part.clone(), |rest| format!(".SS {rest}"));
    page.extend_from_slice(format!(".SH \"COMMAND {}\"\n{part}", command.get_name().to_uppercase()).as_bytes());
    Ok(())
}
