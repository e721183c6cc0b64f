//! From where a parser gave up to the slip that the writer made.

use super::Slip;
use super::events::Stopped;
use crate::finding::YamlTrouble;

/// What is wrong with `text`, which [`super::parse`] can read and `serde_yaml` can't.
#[must_use]
pub fn serde_yaml_trouble(error: &serde_yaml::Error, text: &str) -> Slip {
    let at = error.location().map_or(0, |location| location.index()).min(text.len());
    Slip::new(at..at, YamlTrouble::Unreadable(error.to_string()))
}

/// A sign that YAML can't hold, first of all.
pub(super) fn unprintable(text: &str) -> Option<Slip> {
    let at = text.bytes().position(|byte| byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t'))?;
    Some(Slip::new(at..at + 1, YamlTrouble::Unreadable("an invisible control character".into())))
}

/// The slip behind an error of the parser.
pub(super) fn slip(text: &str, stopped: &Stopped) -> Slip {
    let at = stopped.at.min(text.len());
    Slip::new(at..at, YamlTrouble::Unreadable(stopped.words.clone()))
}
