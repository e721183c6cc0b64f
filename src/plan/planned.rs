//! A plan with what was found wrong while it was made, to be kept where only bodies change.

use std::sync::Arc;

use super::{Links, Plan, Used, anchors};
use crate::finding::Problem;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::View;
use crate::toolkit::id::Kind;
use crate::voice::{Told, Voice};

/// A plan, and what was found wrong.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The plan.
    pub plan: Arc<Plan>,
    /// What is wrong with addresses, profiles and settings.
    pub(super) problems: Vec<Problem>,
    /// What is wrong with the links of items, with these items' numbers, in their order.
    pub(super) in_items: Vec<(usize, Problem)>,
}

impl Planned {
    /// All that was found.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().chain(self.in_items.iter().map(|(_, problem)| problem))
    }

    /// What the plan is once items have other bodies, and nothing else is new; `old` is what they told before, with their
    /// numbers. `None` where that may move or make pages, or where others may lead to what has changed.
    #[must_use]
    pub fn with_bodies(
        mut self,
        old: &[(usize, Arc<Told>)],
        toolkit: &Toolkit,
        voice: &Voice,
        view: &View,
    ) -> Option<Self> {
        let is_alike = |(n, old): &(usize, Arc<Told>)| {
            voice.items.get(*n).is_some_and(|new| is_planned_alike(*n, old, new, toolkit))
        };
        if !old.iter().all(is_alike) {
            return None;
        }
        let plan = Arc::clone(&self.plan);
        let links = Links { toolkit, plan: &plan, view };
        for (n, _) in old {
            let at = self.in_items.partition_point(|(item, _)| item < n);
            let end = self.in_items.partition_point(|(item, _)| item <= n);
            let new = links.check_item(*n, voice).into_iter().map(|problem| (*n, problem));
            self.in_items.splice(at..end, new);
        }
        Some(self)
    }
}

/// Whether all that a plan asks of an item's texts has the same answer: which facts, fill-ins and files they use, who reads
/// them differently, and which headings others can lead to.
fn is_planned_alike(n: usize, old: &Told, new: &Told, toolkit: &Toolkit) -> bool {
    let used = |told: &Told| {
        let mut used = Used::default();
        used.texts(told, toolkit);
        used
    };
    let Some(item) = toolkit.all_items().get(n) else { return false };
    let item = item.for_checks();
    let has_versions = matches!(item.kind, Kind::Story | Kind::Page);
    used(old) == used(new)
        && (!has_versions || toolkit.everyone().iter().all(|reader| old.differs(reader) == new.differs(reader)))
        && toolkit.everyone().iter().all(|reader| anchors::ids(old.body(reader)) == anchors::ids(new.body(reader)))
}
