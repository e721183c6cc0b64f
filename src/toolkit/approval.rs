//! Sign-offs: who approved which exact words.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Day, Extra};

/// A sign-off. Never public.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The item, as `messages/safer`.
    pub item: Arc<str>,
    /// The audience whose version it is, or `general`.
    pub audience: Arc<str>,
    /// The role that approved.
    pub by: Arc<str>,
    /// When.
    pub on: Day,
    /// The fingerprint of the words.
    pub text: Arc<str>,
}

/// The words of a sign-off, from `content/approvals/FINGERPRINT.txt`. Never public.
///
/// What is in the file is not what was signed unless its words have this fingerprint: whoever shows them looks first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptWords {
    /// The file's name without its ending.
    pub fingerprint: Arc<str>,
    /// The words, each text under its key.
    pub words: Arc<str>,
}

/// `content/approvals.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalsFile {
    /// The sign-offs.
    #[serde(default)]
    pub approvals: Vec<Approval>,
    /// Your own values.
    #[serde(default)]
    pub extra: Extra,
}

impl super::keys::Keys for ApprovalsFile {
    const INSIDE: &'static str = "list of sign-offs";
}
