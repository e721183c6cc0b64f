//! The only printer: results on standard output, everything else on standard error, and neither ever panics.
//!
//! Printing can't fail halfway through a command: a stream that is closed or full is remembered, the command goes on
//! (a build still writes its site), and [`Output::finish`] says at the end what became of it.

use std::io::{self, IsTerminal, Stderr, Stdout, Write};

use anstream::{AutoStream, ColorChoice};
use clap::builder::styling::{AnsiColor, Style};

use super::exit::{Exit, Refusal};

/// How much is said beside the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loudness {
    /// Errors only (`-q`).
    Quiet,
    /// Also what is being done, warnings and notes.
    Normal,
    /// Also how (`-v`).
    Verbose,
}

/// Standard output and standard error of this run.
pub struct Output {
    stdout: AutoStream<Stdout>,
    stderr: AutoStream<Stderr>,
    loudness: Loudness,
    trouble: Option<io::Error>,
}

impl Output {
    /// Both streams, in colour as `colour` says (`Auto`: on a terminal, unless `NO_COLOR` is set).
    #[must_use]
    pub fn new(colour: ColorChoice) -> Self {
        Self {
            stdout: AutoStream::new(io::stdout(), colour),
            stderr: AutoStream::new(io::stderr(), colour),
            loudness: Loudness::Normal,
            trouble: None,
        }
    }

    /// Says less or more from here on.
    pub const fn set_loudness(&mut self, loudness: Loudness) {
        self.loudness = loudness;
    }

    /// How much is said.
    #[must_use]
    pub const fn loudness(&self) -> Loudness {
        self.loudness
    }

    /// Prints what the command was asked for, to standard output; a last line break is added where there is none.
    pub fn result(&mut self, text: &str) {
        if self.trouble.is_some() || text.is_empty() {
            return;
        }
        if let Err(trouble) = write_lines(&mut self.stdout, text) {
            self.trouble = Some(trouble);
        }
    }

    /// Hands on what was printed so far: for a command that goes on for long.
    pub fn flush(&mut self) {
        if self.trouble.is_none()
            && let Err(trouble) = self.stdout.flush()
        {
            self.trouble = Some(trouble);
        }
    }

    /// Prints what is being done, to standard error, unless the run is quiet.
    pub fn progress(&mut self, text: &str) {
        if self.loudness >= Loudness::Normal {
            self.aside(text);
        }
    }

    /// Prints how something is done, to standard error, in a verbose run only.
    pub fn detail(&mut self, text: &str) {
        if self.loudness >= Loudness::Verbose {
            self.aside(text);
        }
    }

    /// Prints to standard error, however quiet the run is: findings that were not the result, errors.
    pub fn aside(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        // there is no other place left to say that standard error can't be written
        let _ = write_lines(&mut self.stderr, text);
    }

    /// Says why a command did not do what it was asked for.
    pub fn refuse(&mut self, refusal: &Refusal) {
        let mut text = format!("{ERROR}error{ERROR:#}{BOLD}: {}{BOLD:#}\n", refusal.message);
        for (name, lines) in [("note", &refusal.notes), ("help", &refusal.help)] {
            for line in lines {
                text.push_str(&format!("  = {BOLD}{name}{BOLD:#}: {line}\n"));
            }
        }
        self.aside(&text);
    }

    /// The columns of the terminal that standard output or standard error goes to; none where neither is one.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        terminal_width(self.stdout.as_inner()).or_else(|| terminal_width(self.stderr.as_inner()))
    }

    /// Flushes, and turns how the command ended into how the program ends.
    ///
    /// A reader that went away (`onevoice check | head`) changes nothing; an output that could not be written otherwise
    /// (a full disk) is a failure that is named on standard error.
    #[must_use]
    pub fn finish(mut self, exit: Exit) -> Exit {
        let trouble = match self.trouble.take() {
            Some(trouble) => Some(trouble),
            None => self.stdout.flush().err(),
        };
        match trouble {
            Some(trouble) if trouble.kind() != io::ErrorKind::BrokenPipe => {
                self.refuse(&Refusal::failed(format!("standard output can't be written: {}", reason(&trouble))));
                Exit::Failed
            }
            _ => exit,
        }
    }
}

/// Headings and names in texts of the command line.
pub const BOLD: Style = Style::new().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

fn write_lines(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    if text.ends_with('\n') { Ok(()) } else { stream.write_all(b"\n") }
}

/// What the system said, in lower case and without its number: `no space left on device`.
#[must_use]
pub fn reason(trouble: &io::Error) -> String {
    let text = trouble.to_string();
    let text = text.split_once(" (os error").map_or(text.as_str(), |(words, _)| words);
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

#[cfg(unix)]
fn terminal_width(stream: &(impl IsTerminal + std::os::fd::AsFd)) -> Option<usize> {
    let columns = rustix::termios::tcgetwinsize(stream).ok()?.ws_col;
    (stream.is_terminal() && columns > 0).then_some(usize::from(columns))
}

#[cfg(not(unix))]
fn terminal_width(_: &impl IsTerminal) -> Option<usize> {
    None
}
