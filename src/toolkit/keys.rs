//! Values from YAML: typed at one go where all is well; where not, looked through entry by entry, so that everything
//! that is wrong is told at once, with its place.

use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::schema::Examiner;
use crate::finding::Problem;
use crate::source::yaml;

/// The keys of a kind of file.
pub trait Keys: DeserializeOwned + JsonSchema {
    /// What the keys stand in, as findings call it: `message`, `profile`.
    const INSIDE: &'static str;
}

/// Reads the YAML of `file` that stands in `text[range]`.
///
/// `None` where nothing can be made of it; what is wrong is added to `problems`. For a single value that is wrong or missing
/// another stands in ([`super::schema::STAND_IN`]), so that nothing else is told than what has to be mended.
pub fn read<T: Keys>(file: &Arc<str>, whole: &str, range: Range<usize>, problems: &mut Vec<Problem>) -> Option<T> {
    let (before, text) = (&whole[..range.start], &whole[range.clone()]);
    let tell = |slip: yaml::Slip| slip.problem(Arc::clone(file), before);
    if let Err(slip) = yaml::guard(text) {
        problems.push(tell(slip));
        return None;
    }
    let cut = yaml::cut_short(text);
    let whole = cut.is_empty();
    problems.extend(cut.into_iter().map(tell));
    let quick = serde_yaml::from_str::<T>(text);
    if let Ok(read) = quick {
        problems.extend(yaml::misread(text).into_iter().map(tell));
        return Some(read);
    }
    if !whole {
        return None; // what is missing may have been cut off
    }
    let node = match yaml::parse(text) {
        Ok(node) => node,
        Err(slip) => {
            problems.push(tell(slip));
            return None;
        }
    };
    let before = problems.len();
    let schema = schemars::schema_for!(T).to_value();
    let mut examiner = Examiner::new(file, range.start, text, &schema, T::INSIDE, problems);
    let cleaned = examiner.whole(&node);
    let read = serde_yaml::from_value::<T>(cleaned);
    if let Err(error) = &read
        && problems.len() == before
    {
        // the two readers disagree: never in silence
        problems.push(tell(yaml::serde_yaml_trouble(error, text)));
    }
    read.ok()
}
