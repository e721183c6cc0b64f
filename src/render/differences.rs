//! Two texts compared by words, as a template sees them: paragraphs, each a list of rows of words.

use tera::Value;

use super::fields::Fields;
use crate::language::difference::Row;

/// The paragraphs that rows of words make, one a line. A row that goes over several lines is in each of them.
#[must_use]
pub fn paragraphs(rows: &[Row<'_>]) -> Value {
    let mut all: Vec<Value> = Vec::new();
    let mut open: Vec<Value> = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let (sort, text) = match row {
            Row::Same(text) => ("same", text),
            Row::Gone(text) => ("gone", text),
            Row::New(text) => ("new", text),
        };
        // what came in place of what went stands in the same paragraph
        let replaced = sort == "gone" && matches!(rows.get(n + 1), Some(Row::New(_)));
        let words = text.trim_end();
        // a paragraph that ends in the middle of a sentence went on once: what went was its end
        let cut = sort == "same"
            && matches!(rows.get(n + 1), Some(Row::Gone(_)))
            && !matches!(rows.get(n + 2), Some(Row::New(_)))
            && words.ends_with(char::is_alphanumeric);
        let ends = text[words.len()..].contains('\n') && !replaced && !cut;
        let mut lines = words.split('\n').peekable();
        while let Some(line) = lines.next() {
            let words = line.trim();
            if !words.is_empty() {
                open.push(Fields::with(2).set("sort", sort).set("text", words).into());
            }
            if (lines.peek().is_some() || ends) && !open.is_empty() {
                all.push(Value::from(std::mem::take(&mut open)));
            }
        }
    }
    if !open.is_empty() {
        all.push(Value::from(open));
    }
    Value::from(all)
}

/// As [`paragraphs`], but only those in which words went or came.
#[must_use]
pub fn changed_paragraphs(rows: &[Row<'_>]) -> Value {
    let is_changed = |paragraph: &Value| {
        let same = |row: &Value| row.get_from_path("sort").and_then(Value::as_str) == Some("same");
        !paragraph.as_array().is_some_and(|rows| rows.iter().all(same))
    };
    let all = paragraphs(rows);
    Value::from(all.as_array().into_iter().flatten().filter(|it| is_changed(it)).cloned().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::difference::rows;

    /// Paragraphs in lines: what went in `[-…-]`, what came in `{+…+}`.
    fn told(before: &str, after: &str) -> String {
        let value = paragraphs(&rows(before, after));
        let text = |row: &Value, key: &str| row.get_from_path(key).and_then(Value::as_str).unwrap().to_owned();
        let row = |row: &Value| match text(row, "sort").as_str() {
            "gone" => format!("[-{}-]", text(row, "text")),
            "new" => format!("{{+{}+}}", text(row, "text")),
            _ => text(row, "text"),
        };
        let line = |rows: &Value| rows.as_array().unwrap().iter().map(row).collect::<Vec<_>>().join(" ");
        value.as_array().unwrap().iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn rows_of_words_become_paragraphs() {
        assert_eq!(told("a b\nc d\n", "a b\nc e\n"), "a b\nc [-d-] {+e+}");
        assert_eq!(told("a\nb\n", "a\nx\ny\nb\n"), "a\n{+x+}\n{+y+}\nb");
        assert_eq!(told("a\nold one\nb\n", "a\nnew two\nb\n"), "a\n[-old one-] {+new two+}\nb");
        assert_eq!(told("by causes\n\nend\n", "by the cause\nend\n"), "by [-causes-] {+the cause+}\nend");
        assert_eq!(told("a.\ngone\nb\n", "a.\nb\n"), "a.\n[-gone-]\nb");
        assert_eq!(told("Safer streets\n\nb\n", "Safer\n\nb\n"), "Safer [-streets-]\nb");
        assert_eq!(told("Yes.\nOld.\n", "Yes.\n"), "Yes.\n[-Old.-]");
        assert_eq!(told("", ""), "");
    }
}
