//! Findings for programs: each form of a real run against its own definition.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::run;

/// A toolkit with findings of all weights in files with odd names and odd words.
fn broken() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    put("toolkit.yaml", b"title: \"100% of us: a, b\"\norganisation: x\n");
    put("content/audiences/police.yaml", b"name: Police\nask: Call.\n");
    put("content/messages/a, b 100%:c.md", b"---\ntitle: x\n---\n");
    put(
        "content/messages/ok.md",
        "\u{feff}---\r\ntitel: x\r\nclaim: \"日本 <b>x</b>\"\r\n---\r\n::: polize\r\nx\r\n".as_bytes(),
    );
    put(
        "content/pages/p.md",
        "---\ntitle: P\n---\nä <b>x</b> [a](/nowhere/%0A/) [c](javascript:x)\n\n#### Deep\n".as_bytes(),
    );
    put("content/faqs/bytes.md", &[0xff, 0xfe, 0, 1]);
    put("content/faqs/same.md", b"---\nquestion: One\nslug: '../x'\n---\nText.\n");
    folder
}

fn validator(path: &str) -> jsonschema::Validator {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn wrong(validator: &jsonschema::Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{} at {}", error, error.instance_path())).collect()
}

fn document(folder: &TempDir, format: &str) -> Value {
    let said = run(folder.path(), &["check", "--format", format, "--today", "2026-11-25"]);
    assert_eq!(said.code, Some(1), "{}", said.stderr);
    serde_json::from_str(&said.stdout).unwrap()
}

#[test]
fn sarif_follows_the_schema_of_the_standard() {
    let validator = validator("tests/sarif/sarif-schema-2.1.0.json");
    let mut document = document(&broken(), "sarif");
    assert_eq!(wrong(&validator, &document), Vec::<String>::new());
    let results = document["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() > 6, "{results:?}");
    let rules = document["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    // nothing found is a document, too
    let clean = super::toolkit();
    let said = run(clean.path(), &["check", "--format", "sarif", "--today", "2026-11-25"]);
    assert_eq!(wrong(&validator, &serde_json::from_str(&said.stdout).unwrap()), Vec::<String>::new());
    // and the schema sees what is wrong
    let last = results.len() - 1;
    for (place, value) in [
        ("/runs/0/results/0/level", Value::from("fatal")),
        (&format!("/runs/0/results/{last}/locations/0/physicalLocation/region/startLine"), 0.into()),
        ("/version", "2.0".into()),
    ] {
        let before = std::mem::replace(document.pointer_mut(place).unwrap(), value);
        assert!(!validator.is_valid(&document), "the schema does not look at {place}");
        *document.pointer_mut(place).unwrap() = before;
    }
}

#[test]
fn json_follows_the_schema_in_the_manual() {
    let validator = validator("docs/findings.schema.json");
    let mut document = document(&broken(), "json");
    assert_eq!(wrong(&validator, &document), Vec::<String>::new());
    let counts = document["counts"].as_object().unwrap();
    let sum: u64 = counts.values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(sum, document["findings"].as_array().unwrap().len() as u64);
    document["findings"][0]["severity"] = "fatal".into();
    assert!(!validator.is_valid(&document));
}

/// A workflow command read as GitHub's runner reads it (actions/runner, `ActionCommand.cs`).
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let rest = line.strip_prefix("::").unwrap_or_else(|| panic!("no command: {line:?}"));
    let (head, message) = rest.split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let plain = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let properties = properties
        .split(',')
        .map(|property| {
            let (key, value) = property.split_once('=').unwrap();
            (key.to_owned(), plain(&value.replace("%3A", ":").replace("%2C", ",")))
        })
        .collect();
    (name.to_owned(), properties, plain(message))
}

#[test]
fn annotations_say_the_same_with_their_signs_escaped() {
    let folder = broken();
    let document = document(&folder, "json");
    let findings = document["findings"].as_array().unwrap();
    let said = run(folder.path(), &["check", "--format", "github", "--today", "2026-11-25"]);
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert_eq!(lines.len(), findings.len(), "a line a finding, whatever is in it");
    for (line, finding) in lines.iter().zip(findings) {
        let (name, properties, message) = command(line);
        let severity = finding["severity"].as_str().unwrap();
        assert_eq!(name, if severity == "note" { "notice" } else { severity });
        let get = |key: &str| properties.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
        assert_eq!(get("file").as_deref(), finding["file"].as_str());
        assert_eq!(get("title").as_deref(), finding["rule"].as_str());
        assert_eq!(get("line").unwrap_or_else(|| "0".to_owned()), finding["line"].to_string());
        assert!(message.starts_with(finding["message"].as_str().unwrap()), "{message}");
        if let Some(help) = finding["help"].as_str() {
            assert!(message.contains(&format!("\nhelp: {help}")), "{message}");
        }
    }
    assert!(said.stdout.contains("a%2C b 100%25%3Ac.md"), "{}", said.stdout);
}
