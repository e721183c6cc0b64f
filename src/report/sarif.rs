//! For code hosts and editors: SARIF 2.1.0 (OASIS, <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>).

use std::io;

use serde_json::{Value, json};

use crate::finding::{Finding, Place, Severity};

/// What SARIF says about a rule beside its results.
#[derive(Clone, Debug)]
pub struct RuleText<'a> {
    /// The rule's name.
    pub name: &'a str,
    /// How much it weighs unless the toolkit says otherwise; `None` is off.
    pub severity: Option<Severity>,
    /// Markdown, its first paragraph a summary.
    pub docs: &'a str,
}

/// Writes one run with `findings` as results and `rules` as what the tool can find.
///
/// # Errors
/// What `out` returns.
pub fn sarif(findings: &[Finding], rules: &[RuleText<'_>], out: &mut dyn io::Write) -> io::Result<()> {
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "onevoice",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(|finding| result(finding, rules)).collect::<Vec<_>>(),
        }],
    });
    let mut text = serde_json::to_vec_pretty(&document)?;
    text.push(b'\n');
    out.write_all(&text)
}

fn rule(rule: &RuleText<'_>) -> Value {
    let docs = rule.docs.trim();
    let summary = docs.split("\n\n").next().unwrap_or(docs).replace('\n', " ");
    json!({
        "id": rule.name,
        "shortDescription": { "text": summary },
        "help": { "text": docs, "markdown": docs },
        "defaultConfiguration": {
            "enabled": rule.severity.is_some(),
            "level": rule.severity.map_or("none", Severity::name),
        },
    })
}

fn result(finding: &Finding, rules: &[RuleText<'_>]) -> Value {
    let mut result = json!({
        "ruleId": &*finding.rule,
        "level": finding.severity.name(),
        "message": { "text": message(finding) },
        "locations": [{ "physicalLocation": location(&finding.place) }],
        "properties": { "item": finding.item, "audiences": finding.audiences },
    });
    if let Some(index) = rules.iter().position(|rule| rule.name == &*finding.rule) {
        set(&mut result, "ruleIndex", index.into());
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(|(id, other)| {
            json!({ "id": id, "physicalLocation": location(&other.place), "message": { "text": other.label } })
        });
        set(&mut result, "relatedLocations", related.collect());
    }
    result
}

fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

/// All that is said in one text, since viewers show nothing else.
fn message(finding: &Finding) -> String {
    let mut text = finding.message.clone();
    if !finding.label.is_empty() {
        text += &format!(" ({})", finding.label);
    }
    if let Some(help) = &finding.help {
        text += &format!("\nhelp: {help}");
    }
    for note in &finding.notes {
        text += &format!("\nnote: {note}");
    }
    text
}

fn location(place: &Place) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": uri(&place.file) } });
    if place.line > 0 {
        let region = json!({
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        });
        set(&mut location, "region", region);
    }
    location
}

/// A path as a relative URI (RFC 3986): letters, digits, `-._~` and `/` stay.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}
