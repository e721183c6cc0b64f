//! What the other rooms give to the commands, until they do: each module here names the room that takes its place.
//! When the last one has, this file goes.

/// `crate::pipeline`: from a folder to findings and pages.
pub mod pipeline {
    use std::path::PathBuf;

    use super::check::Stage;
    use crate::finding::Finding;
    use crate::language::date::Date;

    /// Who a site is for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Edition {
        /// Everyone.
        Public,
        /// The coalition's own people.
        Partners,
    }

    impl Edition {
        /// Both, in the contract's order.
        pub const ALL: [Self; 2] = [Self::Public, Self::Partners];

        /// As `--edition` and front matter name it.
        #[must_use]
        pub const fn name(self) -> &'static str {
            match self {
                Self::Public => "public",
                Self::Partners => "partners",
            }
        }
    }

    /// What is to be built.
    #[expect(dead_code, reason = "the pipeline reads it")]
    #[derive(Clone, Debug)]
    pub struct Request {
        /// The toolkit.
        pub root: PathBuf,
        /// Where to write; `public/` or `partners/` in the toolkit where it is not said.
        pub output: Option<PathBuf>,
        /// Who it is for.
        pub edition: Edition,
        /// Drafts too.
        pub drafts: bool,
        /// Instead of the toolkit's own.
        pub base_url: Option<String>,
        /// Links that work from a disk.
        pub offline: bool,
        /// Shorter pages.
        pub minify: bool,
        /// Which severities count.
        pub stage: Stage,
        /// The date of the run.
        pub today: Date,
    }

    /// What a run found and wrote.
    #[derive(Clone, Debug)]
    pub struct Outcome {
        /// All of them, sorted.
        pub findings: Vec<Finding>,
        /// What was written; none where an error stopped it, or nothing was to be written.
        pub written: Option<Written>,
        /// How many pages there are.
        pub pages: usize,
    }

    /// What was written.
    #[derive(Clone, Debug)]
    pub struct Written {
        /// The output folder.
        pub folder: PathBuf,
    }

    /// What stops a run: the folder, the lock, the disk.
    #[derive(Clone, Debug)]
    pub struct Stop {
        /// Lower case, no full stop.
        pub message: String,
        /// What to do.
        pub help: Option<String>,
    }

    fn missing() -> Stop {
        Stop { message: "this program has no pipeline yet".to_owned(), help: None }
    }

    /// Checks, then writes the site.
    ///
    /// # Errors
    /// When the folder, the lock or the disk stops it.
    pub fn build(_: &Request) -> Result<Outcome, Stop> {
        Err(missing())
    }

    /// Checks and writes nothing.
    ///
    /// # Errors
    /// When the folder stops it.
    pub fn check(_: &Request) -> Result<Outcome, Stop> {
        Err(missing())
    }
}

/// `crate::check`: the stages and the rules.
pub mod check {
    /// What a run is for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Stage {
        /// While people write.
        Preview,
        /// Before anyone else sees it.
        Publishing,
    }

    impl Stage {
        /// Both, in order.
        pub const ALL: [Self; 2] = [Self::Preview, Self::Publishing];

        /// As reports and `--for` name it.
        #[must_use]
        pub const fn name(self) -> &'static str {
            match self {
                Self::Preview => "preview",
                Self::Publishing => "publish",
            }
        }
    }

    /// A rule as lists show it.
    #[derive(Clone, Copy, Debug)]
    pub struct Listed {
        /// As users type it.
        pub name: &'static str,
        /// Its row in the contract's table.
        pub group: &'static str,
        /// What it looks for, in one sentence.
        pub summary: &'static str,
    }

    /// All rules, group by group.
    #[must_use]
    pub fn rules() -> Vec<Listed> {
        vec![
            Listed { name: "yaml", group: "structure", summary: "YAML that can't be read" },
            Listed { name: "unknown-key", group: "structure", summary: "a key that this kind of file does not have" },
            Listed { name: "figure-retyped", group: "facts", summary: "a stored figure typed by hand" },
        ]
    }

    /// A rule's page of the manual.
    #[must_use]
    pub fn explain(name: &str) -> Option<String> {
        rules().into_iter().find(|rule| rule.name == name).map(|rule| format!("{}: {}\n", rule.name, rule.summary))
    }
}

/// `crate::report`: findings as text.
pub mod report {
    use super::check::Stage;
    use crate::finding::Finding;
    use crate::language::date::Date;

    /// How findings are printed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Format {
        /// For people.
        Human,
        /// The contract's JSON.
        Json,
        /// For code hosts and editors.
        Sarif,
        /// Annotations of GitHub's actions.
        Github,
    }

    impl Format {
        /// All, in the contract's order.
        pub const ALL: [Self; 4] = [Self::Human, Self::Json, Self::Sarif, Self::Github];

        /// As `--format` names it.
        #[must_use]
        pub const fn name(self) -> &'static str {
            match self {
                Self::Human => "human",
                Self::Json => "json",
                Self::Sarif => "sarif",
                Self::Github => "github",
            }
        }
    }

    /// What a report says beside the findings.
    #[expect(dead_code, reason = "the report reads it")]
    #[derive(Clone, Copy, Debug)]
    pub struct Run {
        /// What it was for.
        pub stage: Stage,
        /// Its date.
        pub today: Date,
        /// The terminal's columns.
        pub width: Option<usize>,
    }

    /// `findings` in this format; colours are written always, the printer takes them away.
    #[must_use]
    pub fn print(_: Format, findings: &[Finding], _: &Run) -> String {
        findings
            .iter()
            .map(|f| {
                let (severity, place) = (f.severity.name(), &f.place);
                format!("{severity}[{}]: {}\n  --> {}:{}:{}\n", f.rule, f.message, place.file, place.line, place.column)
            })
            .collect()
    }
}

/// `crate::toolkit`: schemas of what a writer types, and what a folder holds. `crate::render`: what templates get.
pub mod toolkit {
    /// Each kind of file with its JSON Schema: `toolkit`, `audience`, `facts`, `terms`, `local`, `partners`,
    /// `approvals`, and the front matter of `message`, `faq`, `talking-point`, `tough-question`, `story`, `win`, `page`.
    #[must_use]
    pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
        const NAMES: [&str; 14] = [
            "toolkit",
            "audience",
            "facts",
            "terms",
            "local",
            "partners",
            "approvals",
            "message",
            "faq",
            "talking-point",
            "tough-question",
            "story",
            "win",
            "page",
        ];
        let open = || serde_json::json!({ "$schema": "https://json-schema.org/draft/2020-12/schema" });
        NAMES.iter().map(|name| (*name, open())).collect()
    }

    /// Words that stand for something else than an audience, and the first parts of our own addresses.
    const RESERVED: [&str; 19] = [
        "else",
        "all",
        "none",
        "general",
        "partners-only",
        "messages",
        "faq",
        "facts",
        "words",
        "wins",
        "partners",
        "stories",
        "search",
        "handouts",
        "assets",
        "files",
        "board",
        "coverage",
        "compare",
    ];

    /// Whether no audience and no page at the root may have this name.
    #[must_use]
    pub fn is_reserved(id: &str) -> bool {
        RESERVED.contains(&id)
    }

    /// Whether `id` can be one.
    ///
    /// # Errors
    /// When it can't, with the nearest that can.
    pub fn check_id(id: &str) -> Result<(), crate::finding::IdTrouble> {
        use crate::finding::IdTrouble;
        use unicode_normalization::UnicodeNormalization;

        let name = id.strip_suffix(".md").or_else(|| id.strip_suffix(".yaml")).unwrap_or(id);
        let plain = name.nfd().filter(|sign| !unicode_normalization::char::is_combining_mark(*sign));
        let signs: String =
            plain.flat_map(char::to_lowercase).map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let good = signs.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        match good.as_str() {
            "" => Err(IdTrouble::Empty),
            _ if id.bytes().all(|sign| matches!(sign, b'a'..=b'z' | b'0'..=b'9' | b'-')) => Ok(()),
            _ => Err(IdTrouble::Signs(good)),
        }
    }

    /// The values that templates get, with their types.
    #[must_use]
    pub const fn theme_values() -> &'static str {
        include_str!("../../themes/README.md")
    }
}
