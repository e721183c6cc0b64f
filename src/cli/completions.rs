//! `onevoice completions`: what a shell needs to complete commands, options and their values.

use clap_complete::Shell;

use super::exit::{Exit, Refusal};
use super::output::Output;

/// Print the completions for a shell
///
/// Put them where your shell looks for them, and it completes commands, options and their values.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice completions bash > ~/.local/share/bash-completion/completions/onevoice
  onevoice completions zsh > ~/.zfunc/_onevoice
  onevoice completions fish > ~/.config/fish/completions/onevoice.fish")]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints them.
///
/// # Errors
/// Never; it ends like every command.
pub fn run(args: &Args, output: &mut Output) -> Result<Exit, Refusal> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "onevoice", &mut script);
    output.result(&String::from_utf8_lossy(&script));
    Ok(Exit::Done)
}
