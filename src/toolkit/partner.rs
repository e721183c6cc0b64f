//! The coalition's members, by type.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::edition::Coached;
use super::fact::Entry;
use super::id::Id;
use super::text::{Day, Extra, Typed};

/// What a member is: the field's twelve types, and five more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say what they are")]
pub enum PartnerType {
    AffectedPeople,
    SocialJustice,
    LawEnforcement,
    Reentry,
    Faith,
    Prevention,
    Housing,
    Recovery,
    HealthCare,
    SocialServices,
    Government,
    Lgbtqia,
    Business,
    Prosecution,
    Defense,
    Education,
    Other,
}

impl PartnerType {
    /// All types, in the contract's order.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::AffectedPeople, "affected-people"),
        (Self::SocialJustice, "social-justice"),
        (Self::LawEnforcement, "law-enforcement"),
        (Self::Reentry, "reentry"),
        (Self::Faith, "faith"),
        (Self::Prevention, "prevention"),
        (Self::Housing, "housing"),
        (Self::Recovery, "recovery"),
        (Self::HealthCare, "health-care"),
        (Self::SocialServices, "social-services"),
        (Self::Government, "government"),
        (Self::Lgbtqia, "lgbtqia"),
        (Self::Business, "business"),
        (Self::Prosecution, "prosecution"),
        (Self::Defense, "defense"),
        (Self::Education, "education"),
        (Self::Other, "other"),
    ];
    /// As typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("other", |(_, name)| name)
    }

    /// How many of them a coalition of this field looks for.
    pub const OF_THE_FIELD: usize = 12;
}

/// A member.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Its id.
    pub id: Id,
    /// What it is called.
    pub name: Arc<str>,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: PartnerType,
    /// Since when.
    pub since: Option<Typed>,
    /// What it does in the program; inline Markdown.
    pub does: Option<Arc<str>>,
    /// The one sentence that it approved; public once `approved_on` is set.
    #[serde(default)]
    pub says: Coached<Option<Arc<str>>>,
    /// Its logo, a file of `content/files/`.
    pub logo: Option<Arc<str>>,
    /// What the logo shows.
    pub logo_alt: Option<Arc<str>>,
    /// When it approved its sentence.
    pub approved_on: Option<Day>,
    /// Your own values, for themes.
    #[serde(default)]
    pub extra: Extra,
    /// Where it stands.
    #[serde(skip)]
    #[schemars(skip)]
    pub entry: Entry,
}

impl Partner {
    /// Its sentence, once it has approved it.
    #[must_use]
    pub fn approved(&self) -> Option<&Arc<str>> {
        self.approved_on?;
        self.says.open(super::edition::Key::for_checks()).as_ref()
    }
}

/// `content/partners.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnersFile {
    /// The members.
    #[serde(default)]
    pub partners: Vec<Partner>,
    /// Your own values.
    #[serde(default)]
    pub extra: Extra,
}

impl super::keys::Keys for PartnersFile {
    const INSIDE: &'static str = "list of partners";
}
