//! The type [`Rule`]: a name that users type, how much it weighs, what it sees, and its page of the manual.

use std::collections::BTreeMap;

use super::found::Found;
use super::rules;
use super::text::{Ground, Text, Whole};
use crate::finding::{At, Problem, Severity};
use crate::voice::Heard;

/// One rule of the contract. Its file holds everything about it: words, severity, docs.
#[derive(Debug)]
pub struct Rule {
    /// As users type it: `unknown-key`.
    pub name: &'static str,
    /// Its row in the contract's table.
    pub group: Group,
    /// How much it weighs unless the toolkit says otherwise.
    pub severity: Levels,
    /// What of it the toolkit can raise, but neither lower nor switch off.
    pub fixed: Fixed,
    /// What it sees, and so when it can run.
    pub reads: Reads,
    /// Markdown: a first sentence, then `### Why`, `### Wrong`, `### Right` (see [`rules`] for the fences in it).
    pub docs: &'static str,
}

/// What of a rule can't be lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// Nothing: the toolkit decides.
    Nothing,
    /// Some of its findings, which say so ([`Words::fixed`]).
    Part,
    /// All of it.
    Whole,
}

/// The groups of rules, in the contract's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What can't be read, or names something that is not there.
    Structure,
    /// Concerns, asks and what an audience gets to see.
    Answers,
    /// Figures and their sources.
    Facts,
    /// Words to say and to avoid.
    Words,
    /// What differs between audiences.
    OneVoice,
    /// Words, seconds, pages.
    Length,
    /// How hard a text is to read.
    Reading,
    /// Approvals, reviews, fill-ins, consent.
    SignOff,
    /// Links, pictures, colours: the finished pages.
    Web,
}

impl Group {
    /// The name in the contract's table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Answers => "answers",
            Self::Facts => "facts",
            Self::Words => "words",
            Self::OneVoice => "one voice",
            Self::Length => "length",
            Self::Reading => "reading",
            Self::SignOff => "sign-off",
            Self::Web => "web",
        }
    }
}

/// What a run is for: `check`, `build` and `serve` preview, `publish` and `--for publish` publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// How much something weighs at each stage; `None` is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    preview: Option<Severity>,
    publishing: Option<Severity>,
}

impl Levels {
    /// Never reported unless the toolkit asks for it.
    pub const OFF: Self = Self { preview: None, publishing: None };

    /// The same at both stages.
    #[must_use]
    pub const fn always(severity: Severity) -> Self {
        Self::by_stage(severity, severity)
    }

    /// One for each stage.
    #[must_use]
    pub const fn by_stage(preview: Severity, publishing: Severity) -> Self {
        Self { preview: Some(preview), publishing: Some(publishing) }
    }

    /// What counts at `stage`; `None` is off.
    #[must_use]
    pub const fn at(self, stage: Stage) -> Option<Severity> {
        match stage {
            Stage::Preview => self.preview,
            Stage::Publishing => self.publishing,
        }
    }
}

/// `checks` of toolkit.yaml: what a toolkit says about single rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings(BTreeMap<(String, Stage), Option<Severity>>);

impl Settings {
    /// Sets what `rule` weighs at `stage`; `None` is off.
    pub fn set(&mut self, rule: &str, stage: Stage, severity: Option<Severity>) {
        self.0.insert((rule.to_owned(), stage), severity);
    }

    /// What `rule` weighs at `stage`, the toolkit's word heard; a fixed rule is never below its own level.
    #[must_use]
    pub fn severity(&self, rule: &Rule, stage: Stage) -> Option<Severity> {
        self.weigh(rule, rule.severity, rule.fixed == Fixed::Whole, stage)
    }

    /// What a finding of `rule` weighs that has `own` levels, and, where `fixed`, none below.
    pub(super) fn weigh(&self, rule: &Rule, own: Levels, fixed: bool, stage: Stage) -> Option<Severity> {
        let own = own.at(stage);
        match self.0.get(&(rule.name.to_owned(), stage)) {
            Some(&set) if fixed => own.max(set),
            Some(&set) => set,
            None => own,
        }
    }
}

/// What a rule sees, and so when it can run.
#[derive(Clone, Copy, Debug)]
pub enum Reads {
    /// What another room could not use: the rule puts it into words. `None`: the problem is another rule's.
    Problem(fn(&Problem) -> Option<Words>),
    /// Single texts as people read them.
    Text(for<'a> fn(&'a Ground<'a>) -> TextLook<'a>),
    /// A thing with all its texts: an item, a profile, a fact.
    Thing(for<'a> fn(&'a Ground<'a>) -> ThingLook<'a>),
    /// The toolkit as a whole, with its pages planned.
    Toolkit(fn(&Whole<'_>, &mut Found)),
    /// The toolkit as a whole, and what another room could not use.
    ToolkitAndProblem(fn(&Whole<'_>, &mut Found), fn(&Problem) -> Option<Words>),
}

/// How a rule looks at a text. It is made once for a toolkit, so that what it looks for is prepared once.
pub type TextLook<'a> = Box<dyn Fn(&Text<'_>, &mut Found) + Send + Sync + 'a>;

/// How a rule looks at a thing with all its texts; made once for a toolkit.
pub type ThingLook<'a> = Box<dyn Fn(&Heard<'_>, &mut Found) + Send + Sync + 'a>;

/// A finding's words. Lower case, no full stop, the thing and the place named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What is wrong.
    pub message: String,
    /// What stands at the place, beside the carets; may be empty.
    pub label: String,
    /// What to type instead.
    pub help: Option<String>,
    /// What else is true.
    pub notes: Vec<String>,
    /// Other places that belong to it, each with what stands there.
    pub related: Vec<(At, String)>,
    /// How much this one weighs, where that is not what its rule weighs.
    pub levels: Option<Levels>,
    /// Whether the toolkit can't lower this one.
    pub fixed: bool,
}

impl Words {
    /// Words with a message alone.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// Says what stands at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to type.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what else is true.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says how much this one weighs.
    #[must_use]
    pub const fn weighs(mut self, levels: Levels) -> Self {
        self.levels = Some(levels);
        self
    }

    /// Can't be lowered.
    #[must_use]
    pub const fn fixed(mut self) -> Self {
        self.fixed = true;
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn related(mut self, at: &At, label: impl Into<String>) -> Self {
        self.related.push((at.clone(), label.into()));
        self
    }
}

impl Rule {
    /// The rule with this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        rules::ALL.iter().copied().find(|rule| rule.name == name)
    }

    /// What it looks for: the docs' first paragraph in a line, without its stop.
    #[must_use]
    pub fn summary(&self) -> String {
        let first = self.docs.trim().split("\n\n").next().unwrap_or_default();
        first.replace('\n', " ").trim_end_matches('.').to_owned()
    }

    /// How much it weighs, in a line: `warning, error when publishing`.
    #[must_use]
    pub fn weight(&self) -> String {
        let name = |severity: Option<Severity>| severity.map_or("off", Severity::name);
        let (preview, publishing) = (name(self.severity.preview), name(self.severity.publishing));
        let mut line = preview.to_owned();
        if publishing != preview {
            line += &format!(", {publishing} when publishing");
        }
        line += match self.fixed {
            Fixed::Nothing => "",
            Fixed::Part => "; a part of it can't be lowered or switched off",
            Fixed::Whole => "; can't be lowered or switched off",
        };
        line
    }
}

/// The docs of the rule `name` for a terminal: headings on lines of their own, examples indented under their path.
#[must_use]
pub fn explain(name: &str) -> Option<String> {
    let rule = Rule::find(name)?;
    let mut text = format!("{}\n{}: {}\n\n", rule.name, rule.group.name(), rule.weight());
    let mut fence: Option<&str> = None;
    for line in rule.docs.trim().lines() {
        match fence {
            Some(ticks) if line == ticks => fence = None,
            Some(_) if line.is_empty() => text.push('\n'),
            Some(_) => text += &format!("    {line}\n"),
            None if line.starts_with("```") => {
                let info = line.trim_start_matches('`');
                fence = line.strip_suffix(info);
                if let Some((_, path)) = info.split_once(' ') {
                    text += &format!("  {path}:\n");
                }
            }
            None => text += &format!("{}\n", line.trim_start_matches("### ")),
        }
    }
    Some(text)
}
