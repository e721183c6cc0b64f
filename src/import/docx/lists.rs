//! Paragraphs that say "item of list 3 on level 1", one after another, as lists in each other.

use std::collections::BTreeMap;

use super::styles::Numbering;
use crate::import::document::Block;

/// A block, or an item of a list.
#[derive(Debug)]
pub enum Flat {
    /// A block.
    Block(Block),
    /// An item.
    Item(Item),
    /// A paragraph that stands in by so many levels: more of the item before it.
    More(u32, Block),
    /// A paragraph of a quotation.
    Quoted(Block),
}

/// An item of a list.
#[derive(Debug)]
pub struct Item {
    /// How deep it stands, from 0.
    pub level: u8,
    /// The list's id where it has one, else whether it is numbered.
    pub list: Result<String, bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

struct Open {
    level: u8,
    list: Result<String, bool>,
    numbered: bool,
    start: u32,
    items: Vec<Vec<Block>>,
}

/// The number that comes next in each list and level: a list goes on after a paragraph in between.
#[derive(Debug, Default)]
pub struct Counters {
    next: BTreeMap<(String, u8), u32>,
}

impl Counters {
    fn take(&mut self, list: &Result<String, bool>, level: u8, numbering: &Numbering) -> Option<u32> {
        let Ok(id) = list else { return None };
        let next = self.next.entry((id.clone(), level)).or_insert_with(|| numbering.start(id, level));
        let number = *next;
        *next = next.saturating_add(1);
        // what stands deeper begins anew
        self.next.retain(|(other, deeper), _| other != id || *deeper <= level);
        Some(number)
    }
}

/// Puts items into lists, and paragraphs of one quotation together.
pub fn nest(flat: Vec<Flat>, numbering: &Numbering, counters: &mut Counters) -> Vec<Block> {
    let (mut out, mut open): (Vec<Block>, Vec<Open>) = (Vec::new(), Vec::new());
    for piece in flat {
        match piece {
            Flat::Item(item) => {
                let numbered = match &item.list {
                    Ok(id) => numbering.is_numbered(id, item.level),
                    Err(numbered) => Some(*numbered),
                };
                let Some(numbered) = numbered else {
                    // a list without marks is a row of paragraphs
                    close(&mut open, &mut out, 0);
                    out.extend(item.blocks);
                    continue;
                };
                let number = counters.take(&item.list, item.level, numbering).unwrap_or(1);
                let other = |top: &Open| top.level == item.level && (top.list != item.list || top.numbered != numbered);
                while open.last().is_some_and(|top| top.level > item.level || other(top)) {
                    close_one(&mut open, &mut out);
                }
                match open.last_mut().filter(|top| top.level == item.level) {
                    Some(top) => top.items.push(item.blocks),
                    None => open.push(Open {
                        level: item.level,
                        list: item.list,
                        numbered,
                        start: number,
                        items: vec![item.blocks],
                    }),
                }
            }
            Flat::More(levels, block) => {
                while open.last().is_some_and(|top| u32::from(top.level) >= levels) {
                    close_one(&mut open, &mut out);
                }
                match open.last_mut().and_then(|top| top.items.last_mut()) {
                    Some(item) => item.push(block),
                    None => out.push(block),
                }
            }
            Flat::Quoted(block) => {
                close(&mut open, &mut out, 0);
                match out.last_mut() {
                    Some(Block::Quote(before)) => before.push(block),
                    _ => out.push(Block::Quote(vec![block])),
                }
            }
            Flat::Block(block) => {
                close(&mut open, &mut out, 0);
                out.push(block);
            }
        }
    }
    close(&mut open, &mut out, 0);
    out
}

fn close(open: &mut Vec<Open>, out: &mut Vec<Block>, keep: usize) {
    while open.len() > keep {
        close_one(open, out);
    }
}

fn close_one(open: &mut Vec<Open>, out: &mut Vec<Block>) {
    let Some(top) = open.pop() else { return };
    let list = Block::List(top.numbered.then_some(top.start), top.items);
    match open.last_mut().and_then(|above| above.items.last_mut()) {
        Some(item) => item.push(list),
        None => out.push(list),
    }
}
