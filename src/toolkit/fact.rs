//! Facts: figures with their allowed wording, source and date; and figures that are held back.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::edition::Coached;
use super::id::{Id, Readers};
use super::text::{Day, Entries, Extra, OneOrMore, Typed};

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its title.
    pub title: Arc<str>,
    /// Who wrote it.
    #[serde(default)]
    pub authors: OneOrMore,
    /// When.
    pub year: Option<Typed>,
    /// Where.
    pub published_in: Option<Arc<str>>,
    /// Its digital object identifier.
    pub doi: Option<Arc<str>>,
    /// Its address.
    pub url: Option<Arc<str>>,
    /// Its number at the National Criminal Justice Reference Service.
    pub ncj: Option<Typed>,
    /// `peer-reviewed article`, `evaluation report`…
    pub kind: Option<Arc<str>>,
    /// For ourselves; never shown.
    #[serde(default)]
    pub note: Coached<Option<Arc<str>>>,
    /// When it was looked at last.
    pub checked_on: Option<Day>,
    /// Your own values, for themes.
    #[serde(default)]
    pub extra: Extra,
}

impl Source {
    /// What stands before its title where it is cited: who, and when.
    #[must_use]
    pub fn before_title(&self) -> String {
        let mut who = self.authors.0.iter().map(|author| &**author).collect::<Vec<_>>().join("; ");
        if let Some(year) = self.year.as_ref().filter(|_| !who.is_empty()) {
            who.push_str(&format!(" ({})", year.0));
        }
        if !who.is_empty() {
            who.push_str(stop_after(&who));
            who.push(' ');
        }
        who
    }

    /// What stands after its title where it is cited: where it is published, its number, and the full stop.
    #[must_use]
    pub fn after_title(&self) -> String {
        let number = self.ncj.as_ref().map(|ncj| format!("NCJ {}", ncj.0));
        let mut after = stop_after(&self.title).to_owned();
        for part in self.published_in.as_deref().into_iter().chain(number.as_deref()) {
            after.push(' ');
            after.push_str(part);
            after.push_str(stop_after(part));
        }
        after
    }
}

/// The full stop that a text still needs.
fn stop_after(text: &str) -> &'static str {
    let text = text.trim_end().trim_end_matches(['"', '\u{201d}', '\u{2019}', '\u{bb}']);
    if text.ends_with(['.', '?', '!', '\u{2026}']) { "" } else { "." }
}

/// A figure, with the one wording in which it may stand.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its id, for `<fact:ID>`.
    pub id: Id,
    /// What it is about, in a few words.
    pub label: Arc<str>,
    /// The figure.
    pub value: Typed,
    /// What it is compared with.
    pub compare_value: Option<Typed>,
    /// The allowed wording of that.
    pub compare_reads: Option<Arc<str>>,
    /// What the figure counts.
    pub unit: Arc<str>,
    /// `lower`, `higher`…
    pub direction: Option<Arc<str>>,
    /// The allowed wording; it stands inside `plain`.
    pub reads: Arc<str>,
    /// One or two sentences that anyone can follow.
    pub plain: Arc<str>,
    /// Where it was measured.
    pub place: Option<Arc<str>>,
    /// When it was measured.
    pub period: Option<Arc<str>>,
    /// Of whom.
    pub sample: Option<Arc<str>>,
    /// What has to be said with it.
    pub caveat: Option<Arc<str>>,
    /// Wordings that say something else than the source.
    #[serde(default)]
    pub avoid: Coached<Vec<Arc<str>>>,
    /// The source's id.
    pub source: Id,
    /// Further sources of the same figure.
    #[serde(default)]
    pub also: OneOrMore,
    /// Sources worth reading beside it.
    #[serde(default)]
    pub see_also: OneOrMore,
    /// When it was published.
    pub published: Option<Typed>,
    /// To be checked again by this day.
    pub review_by: Day,
    /// How sure we are that the source says this.
    pub certainty: Option<Arc<str>>,
    /// How much weight the study can bear.
    pub strength: Option<Arc<str>>,
    /// The audiences it may be shown to; all, if left out.
    pub audiences: Option<Vec<Arc<str>>>,
    /// Facts that have to stand on the same page.
    #[serde(default)]
    pub show_with: Vec<Id>,
    /// Replaces the fact of the same id in another file: a county's own number.
    #[serde(default)]
    pub replaces: bool,
    /// For ourselves; never shown.
    #[serde(default)]
    pub note: Coached<Option<Arc<str>>>,
    /// When it was checked last.
    pub checked_on: Option<Day>,
    /// Your own values, for themes.
    #[serde(default)]
    pub extra: Extra,
    /// Where it stands.
    #[serde(skip)]
    #[schemars(skip)]
    pub entry: Entry,
    /// Whom it may be shown to.
    #[serde(skip)]
    #[schemars(skip)]
    pub readers: Readers,
}

/// The place of a list's entry: its file, the list's key, its number from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The file.
    pub file: Arc<str>,
    /// The list.
    pub list: &'static str,
    /// The number in it.
    pub index: usize,
}

impl Entry {
    /// The way to `key` of this entry.
    #[must_use]
    pub fn key(&self, key: &str) -> crate::finding::KeyPath {
        self.path().key(key)
    }

    /// The way to this entry.
    #[must_use]
    pub fn path(&self) -> crate::finding::KeyPath {
        crate::finding::KeyPath::top(self.list).index(self.index)
    }
}

/// A figure that circulates and must not be used. Never public.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeldBack {
    /// The figure, as it goes round.
    pub figure: Arc<str>,
    /// Why it is held back.
    pub why: Arc<str>,
    /// Wordings by which it is found.
    #[serde(default, rename = "match")]
    pub matches: Vec<Arc<str>>,
    /// For ourselves.
    pub note: Option<Arc<str>>,
    /// When it was looked at last.
    pub checked_on: Option<Day>,
    /// Your own values.
    #[serde(default)]
    pub extra: Extra,
    /// Where it stands.
    #[serde(skip)]
    #[schemars(skip)]
    pub entry: Entry,
}

/// A file of facts, `content/facts.yaml` or `content/facts/*.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactsFile {
    /// Sources by id.
    #[serde(default)]
    pub sources: Entries<Source>,
    /// The facts.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// Figures that must not be used.
    #[serde(default)]
    pub held_back: Vec<HeldBack>,
    /// When the whole file was checked last.
    pub checked_on: Option<Day>,
    /// For ourselves.
    #[serde(default)]
    pub note: Coached<Option<Arc<str>>>,
    /// Your own values.
    #[serde(default)]
    pub extra: Extra,
}

impl super::keys::Keys for FactsFile {
    const INSIDE: &'static str = "facts file";
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn cited(yaml: &str) -> String {
        let source: Source = serde_yaml::from_str(yaml).expect("a source");
        format!("{}{}{}", source.before_title(), source.title, source.after_title())
    }

    #[test]
    fn a_source_has_one_full_stop_after_each_part() {
        assert_eq!(
            cited(
                "{authors: ['Beck, J.', 'Tyler, A. M.'], year: 2017, title: LEAD, published_in: 'Evaluation 64', ncj: 251}"
            ),
            "Beck, J.; Tyler, A. M. (2017). LEAD. Evaluation 64. NCJ 251."
        );
        assert_eq!(cited("{authors: 'Tyler, A. M.', title: Does it work?}"), "Tyler, A. M. Does it work?");
        assert_eq!(cited("{title: Deflection, published_in: County of X et al.}"), "Deflection. County of X et al.");
        assert_eq!(cited("{authors: The county, title: 'Report (2nd ed.)'}"), "The county. Report (2nd ed.).");
    }
}
