//! A table of a page.

use super::flow::{Flow, Reader};
use super::tree::NodeId;
use crate::import::document::{Block, Look, Run, as_one_line, tidy};
use crate::import::left_out::Kind;

/// The most cells that a row has.
const MOST_COLUMNS: usize = 200;

impl Reader<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, id: NodeId, look: &Look, out: &mut Vec<Block>) {
        let mut rows = Vec::new();
        self.rows(id, look, &mut rows, out);
        // one column is no table but a frame around text
        if rows.iter().all(|row: &Vec<Vec<Block>>| row.len() <= 1) {
            out.extend(rows.into_iter().flatten().flatten());
            return;
        }
        let mut table = Vec::new();
        for row in rows.into_iter().filter(|row| !row.is_empty()) {
            let mut cells: Vec<Vec<Run>> = Vec::new();
            for blocks in row {
                let (pictures, blocks): (Vec<_>, Vec<_>) =
                    blocks.into_iter().partition(|block| matches!(block, Block::Picture(_)));
                out.extend(pictures);
                let mut runs = Vec::new();
                if as_one_line(blocks, &mut runs) {
                    self.left_out.one(Kind::InCell);
                }
                cells.push(tidy(runs));
            }
            table.push(cells);
        }
        out.push(Block::Table(table));
    }

    fn rows(&mut self, id: NodeId, look: &Look, rows: &mut Vec<Vec<Vec<Block>>>, out: &mut Vec<Block>) {
        for child in self.tree.get(id).children.clone() {
            match self.tree.get(child).name.as_str() {
                "thead" | "tbody" | "tfoot" => self.rows(child, look, rows, out),
                "tr" => {
                    let row = self.cells(child, look);
                    rows.push(row);
                }
                "td" | "th" => {
                    let blocks = self.inside(child, look);
                    rows.push(vec![blocks]);
                }
                "colgroup" | "col" => {}
                // a caption, and what browsers would put before the table
                _ => {
                    let mut flow = Flow::default();
                    self.node(child, look, &mut flow);
                    flow.end();
                    out.extend(flow.blocks);
                }
            }
        }
    }

    fn cells(&mut self, row: NodeId, look: &Look) -> Vec<Vec<Block>> {
        let mut cells = Vec::new();
        for child in self.tree.get(row).children.clone() {
            let node = self.tree.get(child);
            if !matches!(node.name.as_str(), "td" | "th") || cells.len() >= MOST_COLUMNS || self.is_left_out(child) {
                continue;
            }
            let columns = node.get("colspan").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
            let rows = node.get("rowspan").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
            if columns > 1 || rows > 1 {
                self.left_out.one(Kind::WideCell);
            }
            cells.push(self.inside(child, look));
            let room = MOST_COLUMNS.saturating_sub(cells.len());
            cells.extend(vec![Vec::new(); columns.saturating_sub(1).min(room)]);
        }
        cells
    }
}
