//! `unreadable`: a file that can't be opened, or is no plain file inside the toolkit.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{FileTrouble, Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unreadable",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A file that can't be opened, or that is no plain file inside the toolkit.

### Why
A page whose text can't be read would be missing without a word. A link that leads out of the folder could publish
something that was never meant to be public.

### Wrong
A link in content/files to a folder in your home.

### Right
A copy of the file itself.
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::Unreadable(trouble) = &problem.what else { return None };
    Some(match trouble {
        FileTrouble::Denied => Words::new("this computer does not let you read this file")
            .label("no permission")
            .help(format!("allow it in the file's properties, or type `chmod u+r {}`", problem.at.file)),
        FileTrouble::LeadsOutside => Words::new("this link leads out of the toolkit")
            .label("leads outside")
            .help("put a copy of the file here in place of the link"),
        FileTrouble::DeadLink => Words::new("this link leads to no file")
            .label("leads nowhere")
            .help("put a copy of the file here, or remove the link"),
        FileTrouble::NotPlain(what) => Words::new(format!("this is a {what}, not a plain file"))
            .label("can't be read")
            .help("move it out of the toolkit"),
        FileTrouble::Folder => Words::new("a folder stands where a file has to be")
            .label("a folder")
            .help("rename the folder, or move it elsewhere"),
        FileTrouble::Gone => Words::new("this file went away while it was being read")
            .label("no longer there")
            .help("run the command again"),
        FileTrouble::System(reason) => Words::new("this file can't be read")
            .help("try to open it in your editor; copy it again if that fails too")
            .note(format!("the computer says: {reason}")),
    })
}
