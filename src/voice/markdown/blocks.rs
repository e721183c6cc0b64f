//! Headings, quotations, code and the cells of tables.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, HeadingLevel};

use super::{Setting, Writer, narrow, slug};
use crate::voice::fragment::{Fill, Heading, ThemeWord, escape, plain};

impl Writer<'_, '_> {
    pub(super) fn start_heading(&mut self, level: HeadingLevel, id: Option<CowStr<'_>>, range: Range<usize>) {
        let typed = level as u8;
        self.has_first_level |= typed == 1;
        let shown = match self.setting {
            Setting::Alone => typed.max(1),
            Setting::Among(_) => (typed + 1).min(6),
        };
        self.push("<h");
        self.heading_digits.push((self.out.html.len(), shown));
        self.push("0 id=\"");
        self.out.gap(Fill::HeadingId(narrow(self.headings.len())));
        self.push("\">");
        self.heading_from = self.out.html.len();
        let span = self.span(&range);
        let base = id.map_or_else(Box::default, |id| Box::from(&*id));
        self.headings.push(Heading { level: shown, typed, base, title: Box::default(), span });
    }

    pub(super) fn end_heading(&mut self) {
        let title = plain(&self.out.html[self.heading_from..]);
        if let Some(heading) = self.headings.last_mut() {
            if heading.base.is_empty() {
                heading.base = slug(&title).into();
            }
            if let Setting::Among(prefix) = self.setting {
                heading.base = format!("{prefix}-{}", heading.base).into();
            }
            heading.title = title.into();
        }
        self.push("</h");
        let shown = self.headings.last().map_or(2, |heading| heading.level);
        self.heading_digits.push((self.out.html.len(), shown));
        self.push("0>\n");
    }

    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            return self.open("<blockquote>\n");
        };
        let (name, word) = match kind {
            BlockQuoteKind::Note => ("note", ThemeWord::Note),
            BlockQuoteKind::Tip => ("tip", ThemeWord::Tip),
            BlockQuoteKind::Important => ("important", ThemeWord::Important),
            BlockQuoteKind::Warning => ("warning", ThemeWord::Warning),
            BlockQuoteKind::Caution => ("caution", ThemeWord::Caution),
        };
        self.open(&format!("<aside class=\"alert {name}\" role=\"note\"><p class=\"alert-title\">"));
        self.out.gap(Fill::Theme(word));
        self.push("</p>\n");
    }

    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_fence = matches!(kind, CodeBlockKind::Fenced(_));
        self.in_code = true;
        self.push("<pre tabindex=\"0\"><code>");
    }

    pub(super) fn start_cell(&mut self) {
        let alignment = self.columns.get(self.column).copied().unwrap_or(Alignment::None);
        self.push(if self.in_head { "<th scope=\"col\"" } else { "<td" });
        self.push(match alignment {
            Alignment::None | Alignment::Left => ">",
            Alignment::Center => " class=\"center\">",
            Alignment::Right => " class=\"right\">",
        });
    }

    /// A head without words is no head: an ordinary cell stands in its place.
    pub(super) fn end_cell(&mut self) {
        self.column += 1;
        if !self.in_head {
            return self.push("</td>");
        }
        match self.out.html.rfind("<th ") {
            Some(at) if self.out.html[at..].find('>') == Some(self.out.html.len() - at - 1) => {
                self.out.html.truncate(at);
                self.push("<td></td>");
            }
            _ => self.push("</th>"),
        }
    }

    /// Names the box that the keyboard stops at by the heads of its table; the words of a reference are not known yet.
    pub(super) fn name_table(&mut self) {
        let cells = self.out.html[self.table_from..].split("<th ").skip(1);
        let heads: Vec<String> =
            cells.filter_map(|cell| Some(plain(cell.split_once('>')?.1))).filter(|head| !head.is_empty()).collect();
        if heads.is_empty() {
            return;
        }
        let mut name = String::from(" aria-label=\"");
        escape(&heads.join(", "), &mut name);
        name.push('"');
        self.out.html.insert_str(self.table_from, &name);
        for gap in self.out.gaps.iter_mut().rev().take_while(|gap| gap.at as usize >= self.table_from) {
            gap.at += narrow(name.len());
        }
    }
}
