//! onevoice: a folder of Markdown and YAML becomes a coalition's site, in which each audience reads the same claims and
//! the same facts in the words that answer its own worry.
//!
//! ```text
//!  toolkit on disk                                                              site on disk
//!       │                                                                            ▲
//!    source ──► toolkit ──► voice ──► plan ──────────────► render ──► write ─────────┘
//!    (bytes)    (meaning)   (one text   (which pages,  ▲   (bytes of     (all or
//!                            per        from which     │    each file)    nothing)
//!                            audience)  inputs)      check  (findings; an error stops the line here)
//!                                                      └──► report (human, json, sarif, github)
//!  pipeline: this picture as one function.     preview: watch ► pipeline, in memory ► server, desk.
//!  cli: one file a command.
//! ```
//!
//! Data flows left to right, once. Each stage gives a value *and* its problems; only `source` reads the toolkit, only
//! `write` writes to disk, only `cli` knows about terminals, and only `online` asks the network, when someone wants it. ARCHITECTURE.md says what each room does *not* know.

pub mod finding;
pub mod language;

pub mod approve;
pub mod check;
pub mod handout;
pub mod import;
pub mod online;
pub mod pipeline;
pub mod plan;
pub mod publish;
pub mod render;
pub mod report;
pub mod source;
pub mod status;
pub mod toolkit;
pub mod voice;
pub mod write;

pub mod cli;
pub mod preview;

/// The report for people of a toolkit that is on no disk: paths and texts, and the day as `2026-11-24`.
///
/// A date that is none counts as 1 January 1970.
#[must_use]
pub fn check_texts(files: &[(String, String)], today: &str, stage: check::Stage) -> String {
    let today = today.parse().ok().or_else(|| language::Date::from_unix_days(0));
    let findings = today.map(|today| pipeline::check_texts(files, today, stage)).unwrap_or_default();
    let mut out = Vec::new();
    let look = report::Look { color: false, width: None, unicode: false };
    // writing to memory cannot fail
    let _ = report::human(&findings, look, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
