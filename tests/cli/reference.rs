//! docs/cli.md is made from the definitions of the command line: `UPDATE_EXPECT=1 cargo test --test cli` writes it.

use std::path::Path;

use clap::{Arg, Command};

#[test]
fn the_manual_of_the_command_line_is_that_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let made = reference();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap();
    assert!(there == made, "docs/cli.md is not up to date: run `UPDATE_EXPECT=1 cargo test --test cli`");
}

fn reference() -> String {
    let mut whole = onevoice::cli::command();
    whole.build();
    let mut text = "# The command line\n\n<!-- Made from the program's own help: `UPDATE_EXPECT=1 cargo test --test cli` writes it. -->\n\n".to_owned();
    text.push_str(&about(&whole));
    text.push_str("\n| command | what it does |\n|---|---|\n");
    for command in whole.get_subcommands() {
        let name = command.get_name();
        text.push_str(&format!("| [`onevoice {name}`](#onevoice-{name}) | {} |\n", plain(command.get_about())));
    }
    text.push_str("\n## Options of every command\n\n");
    text.push_str(&options(&whole, |_| true));
    text.push_str(&examples(&whole));
    for command in whole.get_subcommands() {
        let usage = command.clone().render_usage().to_string();
        text.push_str(&format!("\n## onevoice {}\n\n", command.get_name()));
        text.push_str(&format!("```\n{}\n```\n\n{}", usage.trim_start_matches("Usage: "), about(command)));
        let own = options(command, |option| !option.is_global_set() && option.get_id() != "help");
        if !own.is_empty() {
            text.push_str(&format!("\n{own}"));
        }
        text.push_str(&examples(command));
    }
    text
}

fn about(command: &Command) -> String {
    let text = plain(command.get_long_about().or(command.get_about()));
    let paragraphs: Vec<String> = text.split("\n\n").map(|part| format!("{}.\n", part.trim_end_matches('.'))).collect();
    paragraphs.join("\n")
}

fn options(command: &Command, shown: impl Fn(&Arg) -> bool) -> String {
    let mut text = String::new();
    for option in command.get_arguments().filter(|option| shown(option) && !option.is_hide_set()) {
        let value = option.get_value_names().unwrap_or_default().join(" ");
        let takes_value = option.get_action().takes_values() && !option.is_positional();
        let names =
            [option.get_short().map(|short| format!("-{short}")), option.get_long().map(|long| format!("--{long}"))];
        let mut name = names.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if option.is_positional() {
            name.clone_from(&value);
        } else if takes_value {
            name.push_str(&format!(" {value}"));
        }
        let help = plain(option.get_long_help().or(option.get_help())).replace("\n\n", ". ");
        text.push_str(&format!("- `{name}`: {help}"));
        let values: Vec<String> =
            option.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
        if option.get_action().takes_values() && !values.is_empty() && !option.is_hide_possible_values_set() {
            text.push_str(&format!(" (one of {}", values.join(", ")));
            match option.get_default_values().first() {
                Some(default) => text.push_str(&format!("; `{}` if it is not given)", default.to_string_lossy())),
                None => text.push(')'),
            }
        }
        text.push('\n');
    }
    text
}

/// What follows the options of the long help: examples, exit codes, each list as it stands.
fn examples(command: &Command) -> String {
    let text = plain(command.get_after_long_help());
    text.split("\n\n")
        .filter_map(|part| part.split_once(":\n"))
        .map(|(heading, lines)| {
            let lines: String =
                lines.lines().map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line))).collect();
            format!("\n{heading}:\n\n```\n{lines}```\n")
        })
        .collect()
}

fn plain(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}
