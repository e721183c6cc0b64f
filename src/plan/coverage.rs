//! Which concern of which audience is answered, and by what: for the coordinator, and for the rule on concerns that nothing
//! answers.

use crate::toolkit::Toolkit;
use crate::toolkit::edition::{Edition, Hidden, View};
use crate::toolkit::id::{Kind, Reader};

/// A concern of one audience, with what answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The audience.
    pub audience: Reader,
    /// The concern, by its place in the audience's profile.
    pub concern: usize,
    /// The public messages and questions shown to this audience that answer it, by their numbers in
    /// [`Toolkit::all_items`].
    pub answers: Vec<usize>,
    /// Those that will: drafts, and what is embargoed on this day.
    pub waiting: Vec<usize>,
}

/// Every concern of every audience, in the order of the profiles, as the public edition of `view`'s day answers it.
/// Items of the partners edition do not count.
#[must_use]
pub fn coverage(toolkit: &Toolkit, view: &View) -> Vec<Covered> {
    let view = View { edition: Edition::Public, drafts: false, ..*view };
    let mut all = Vec::new();
    for audience in &toolkit.audiences {
        for (n, concern) in audience.concerns.iter().enumerate() {
            let mut covered =
                Covered { audience: audience.reader, concern: n, answers: Vec::new(), waiting: Vec::new() };
            for kind in [Kind::Message, Kind::Faq] {
                for guarded in toolkit.items(kind) {
                    let item = guarded.for_checks();
                    let for_partners = guarded.edition() == Edition::Partners;
                    if for_partners
                        || guarded.for_view(&view).is_err_and(|hidden| matches!(hidden, Hidden::Withdrawn(_)))
                        || !item.readers.has(audience.reader)
                        || !item.answers.contains(&concern.id)
                    {
                        continue;
                    }
                    let list =
                        if guarded.for_view(&view).is_ok() { &mut covered.answers } else { &mut covered.waiting };
                    list.extend(toolkit.item_index(kind, &item.id));
                }
            }
            all.push(covered);
        }
    }
    all
}
