//! `onevoice` alone: what is here, and the two commands that make sense next.

use std::fmt::Write as _;

use super::exit::{Exit, Refusal};
use super::here::Here;
use super::output::{BOLD, Output};
use super::survey::Survey;

/// Looks around and says what it found.
///
/// # Errors
/// When the folders above can't be looked into.
pub fn run(here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    let text = match here.toolkit_if_any()? {
        Some(root) => {
            let survey = Survey::of(&root);
            let title = survey.title.as_deref().unwrap_or("a toolkit whose toolkit.yaml can't be read or has no title");
            let (folder, counts, theme) = (root.display(), survey.in_words(), &survey.theme);
            format!("{BOLD}{title}{BOLD:#}\n{folder}\n{counts}; theme {theme}\n\n{}", steps(&next(&survey)))
        }
        None => format!(
            "onevoice turns a folder of messages, questions and facts into a website for each audience.\n\
             There is no toolkit here yet.\n\n{}",
            steps(&[
                ("onevoice init my-toolkit", "makes a small working toolkit in the folder my-toolkit"),
                ("onevoice --help", "lists all commands"),
            ])
        ),
    };
    output.result(&text);
    Ok(Exit::Done)
}

type Step = (&'static str, &'static str);

fn next(survey: &Survey) -> [Step; 2] {
    const SERVE: Step = ("onevoice serve --open", "shows the site in the browser, and every change as you save it");
    const CHECK: Step = ("onevoice check", "shows what is to be mended, writes nothing");
    const BUILD: Step = ("onevoice build", "checks, then writes the site to public/");
    if survey.title.is_none() {
        [CHECK, ("onevoice explain yaml", "tells how a YAML file is written")]
    } else if survey.count("audience") == 0 {
        [("onevoice new audience residents", "describes whom you talk to"), BUILD]
    } else if survey.count("message") == 0 {
        [("onevoice new message safer", "starts your first message"), BUILD]
    } else {
        [SERVE, BUILD]
    }
}

fn steps(steps: &[Step]) -> String {
    let mut text = "next:\n".to_owned();
    let widest = steps.iter().map(|(command, _)| command.len()).max().unwrap_or_default();
    for (command, what) in steps {
        // writing to a text never fails
        let _ = writeln!(text, "  {BOLD}{command:widest$}{BOLD:#}  {what}");
    }
    text
}
