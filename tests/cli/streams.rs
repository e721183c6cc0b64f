//! Streams that close, fill up, or are no terminal.

use std::io::Read;
use std::process::Stdio;

use super::{program, said};

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    // more than a pipe holds, so that the program still writes when the reader is gone
    for arguments in [&["completions", "bash"][..], &["man"], &["schema"], &["--help"]] {
        let mut child =
            program(folder.path(), arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 1];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let said = said(&child.wait_with_output().unwrap());
        assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
    let mut child =
        program(folder.path(), &["no-such-command"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_output_ends_with_3_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for arguments in [&["explain"][..], &["--help"], &["man"], &[]] {
        let said = said(&program(folder.path(), arguments).stdout(full()).output().unwrap());
        assert_eq!(said.code, Some(3), "{arguments:?}");
        assert_eq!(said.stderr, "error: standard output can't be written: no space left on device\n", "{arguments:?}");
    }
    let said = said(&program(folder.path(), &["explain"]).stdout(full()).stderr(full()).output().unwrap());
    assert_eq!(said.code, Some(3));
}

#[cfg(target_os = "linux")]
#[test]
fn a_stream_that_is_closed_from_the_start_is_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    for line in ["exec \"$0\" explain >&-", "exec \"$0\" explain 2>&-", "exec \"$0\" buidl >&- 2>&-"] {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", line, env!("CARGO_BIN_EXE_onevoice")]).current_dir(folder.path());
        let code = shell.output().unwrap().status.code();
        assert_eq!(code, Some(if line.contains("buidl") { 2 } else { 0 }), "{line}");
    }
}

#[test]
fn colours_are_for_terminals_unless_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let coloured = |arguments: &[&str], variable: Option<(&str, &str)>| {
        let mut command = program(folder.path(), arguments);
        command.envs(variable);
        let said = said(&command.output().unwrap());
        (said.stdout.contains('\u{1b}'), said.stderr.contains('\u{1b}'))
    };
    assert_eq!(coloured(&[], None), (false, false));
    assert_eq!(coloured(&["--color", "always"], None), (true, false));
    assert_eq!(coloured(&["--color=always", "buidl"], None), (false, true));
    assert_eq!(coloured(&["--color=always", "--help"], None), (true, false));
    assert_eq!(coloured(&["--color=never"], Some(("CLICOLOR_FORCE", "1"))), (false, false));
    assert_eq!(coloured(&[], Some(("CLICOLOR_FORCE", "1"))), (true, false));
    assert_eq!(coloured(&[], Some(("NO_COLOR", "1"))), (false, false));
}

/// With a terminal on both streams, by way of `script`, where there is one.
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_there_are_colours_unless_no_color_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let shown = |variable: Option<(&str, &str)>| {
        let mut script = std::process::Command::new("script");
        script.args(["-qec", env!("CARGO_BIN_EXE_onevoice"), "/dev/null"]).current_dir(folder.path());
        script.env_remove("NO_COLOR").env("TERM", "xterm").envs(variable).stdin(Stdio::null());
        script.output().ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let Some(coloured) = shown(None) else { return };
    assert!(coloured.contains("\u{1b}[1m"), "{coloured}");
    let plain = shown(Some(("NO_COLOR", "1"))).unwrap();
    assert!(plain.contains("onevoice init") && !plain.contains('\u{1b}'), "{plain}");
}
