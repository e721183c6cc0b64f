//! Whether outside addresses of a toolkit are still there: asked only when someone wants to know, never in a build.
//!
//! It is polite: one request at a time to a host, with a pause, a few hosts at once; `HEAD` first, and `GET` only where that
//! does not help; a body is never read. Only http and https are spoken, also after a redirect. It knows the disk no more than
//! others do: what is remembered comes in as bytes and goes out as bytes.

mod ask;
mod links;
mod memory;

use std::collections::BTreeMap;

pub use ask::Answer;
pub use memory::Memory;

use crate::finding::{Problem, What};
use crate::language::Date;
use crate::source::Source;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::{Edition, View};
use crate::voice::Voice;
use links::Outside;

/// Asks for every outside address that the texts name and that was not asked for on this day, remembers the answers, and
/// tells those where nothing is, and those that could not be asked.
#[must_use]
pub fn check(source: &Source, toolkit: &Toolkit, today: Date, memory: &mut Memory) -> Vec<Problem> {
    // members' coaching has links, too
    let view = View { edition: Edition::Partners, today, drafts: true };
    let (voice, _, _) = Voice::tell::<()>(toolkit, &view, None);
    let outside = links::outside(source, toolkit, &voice);
    let addresses: Vec<&str> = {
        let mut all: Vec<&str> = outside.iter().map(|link| &*link.address).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    memory.keep(&addresses);
    let unknown: Vec<&str> = addresses.into_iter().filter(|address| memory.answer(address).is_none()).collect();
    let fresh: BTreeMap<&str, Answer> = unknown.iter().copied().zip(ask::all(&unknown)).collect();
    for (address, answer) in &fresh {
        memory.remember(address, answer);
    }
    let answer = |address: &str| fresh.get(address).or_else(|| memory.answer(address));
    outside.iter().filter_map(|link| problem(link, answer(&link.address)?)).collect()
}

fn problem(link: &Outside, answer: &Answer) -> Option<Problem> {
    let typed = link.typed.to_string();
    let what = match answer {
        Answer::There => return None,
        Answer::Gone(why) => What::DeadAddress { link: typed, why: why.clone() },
        Answer::Unsure(why) => What::UnsureAddress { link: typed, why: why.clone() },
    };
    Some(Problem { item: link.item.clone(), ..Problem::new(link.at.clone(), what) })
}
