//! The ids of headings on a page: what was typed or made from their words, each once.

use std::collections::HashMap;
use std::sync::Arc;

use crate::voice::Fragment;

/// Ids that pages have of their own.
pub(super) const OURS: [&str; 6] = ["main", "sources", "copied", "questions", "points", "messages"];

/// The ids of all headings of a body, in their order. The second of a name gets `-2`; the cost does not grow with the
/// number of equal headings (a counter for each name).
#[must_use]
pub fn ids(parts: &[Arc<Fragment>]) -> Vec<String> {
    let headings = || parts.iter().flat_map(|part| &part.headings);
    let mut counts: HashMap<&str, usize> = OURS.into_iter().map(|id| (id, 1)).collect();
    let mut taken: std::collections::HashSet<String> = headings().map(|heading| heading.base.to_string()).collect();
    let mut ids = Vec::new();
    for heading in headings() {
        let count = counts.entry(&heading.base).or_insert(0);
        *count += 1;
        if *count == 1 {
            ids.push(heading.base.to_string());
            continue;
        }
        let id = loop {
            let id = format!("{}-{count}", heading.base);
            if taken.insert(id.clone()) {
                break id;
            }
            *count += 1;
        };
        ids.push(id);
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::Heading;

    fn part(bases: &[&str]) -> Arc<Fragment> {
        let heading =
            |base: &&str| Heading { level: 2, typed: 2, base: Box::from(*base), title: Box::default(), span: (0, 0) };
        Arc::new(Fragment { headings: bases.iter().map(heading).collect(), ..Fragment::default() })
    }

    #[test]
    fn every_heading_has_an_id_of_its_own() {
        let ids = ids(&[part(&["a", "a", "a-2"]), part(&["a", "b", "main"])]);
        assert_eq!(ids, ["a", "a-3", "a-2", "a-4", "b", "main-2"]);
    }

    #[test]
    fn many_equal_headings_cost_no_more_than_different_ones() {
        let many = vec!["same"; 50_000];
        assert_eq!(ids(&[part(&many)]).len(), 50_000);
    }
}
