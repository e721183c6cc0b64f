//! The program `onevoice`: reads the command line, runs the command, prints, exits.

use std::ffi::OsString;
use std::process::ExitCode;

use onevoice::cli::{self, output::Output};

fn main() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let mut output = Output::new(cli::colour(&typed));
    let exit = cli::run(&typed, &mut output);
    output.finish(exit).into()
}
