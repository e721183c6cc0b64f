//! How a command ends: done, or refused with a reason and what to do about it.

use std::process::ExitCode;

/// The four ways a run can end, with the numbers of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: there are findings of severity error, or something is there already and is not replaced.
    Findings,
    /// 2: the command line is wrong, or there is no toolkit here.
    Usage,
    /// 3: writing, the lock or the folder itself failed.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Failed => 3,
        })
    }
}

/// Why a command did not do what it was asked for: what stops it, not what it found in a toolkit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// How the program ends.
    pub exit: Exit,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What else is true.
    pub notes: Vec<String>,
    /// What to type instead.
    pub help: Vec<String>,
}

impl Refusal {
    /// The command line is wrong, or there is no toolkit.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Something is there already, and nothing is replaced.
    #[must_use]
    pub fn taken(message: impl Into<String>) -> Self {
        Self::new(Exit::Findings, message)
    }

    /// The system did not do what it was asked for.
    #[must_use]
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Exit::Failed, message)
    }

    fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), notes: Vec::new(), help: Vec::new() }
    }

    /// Adds what else is true.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds what to type instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds "did you mean", where something is near.
    #[must_use]
    pub fn did_you_mean(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}
