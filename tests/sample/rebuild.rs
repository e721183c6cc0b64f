//! What a second build does: nothing where nothing has changed, and all that is needed where something has.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::sample;
use crate::toolkit::differences;

/// Everything about everything in a folder, itself too, that a write would change.
fn traces(folder: &Path) -> Vec<(PathBuf, u64, [i64; 4])> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(at) = open.pop() {
        let stat = fs::symlink_metadata(&at).unwrap();
        if stat.is_dir() {
            open.extend(fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()));
        }
        found.push((at, stat.ino(), [stat.mtime(), stat.mtime_nsec(), stat.ctime(), stat.ctime_nsec()]));
    }
    found.sort();
    found
}

#[test]
fn an_unchanged_toolkit_is_not_written_again() {
    let toolkit = sample();
    for options in [&[][..], &["--edition", "partners"], &["--minify"], &["--offline"]] {
        let output = if options.contains(&"partners") { "partners" } else { "public" };
        toolkit.build(options);
        let before = traces(&toolkit.at(output));
        assert!(before.len() > 200);
        for touched in [false, true] {
            if touched {
                let file = fs::File::options().write(true).open(toolkit.at("content/terms.yaml")).unwrap();
                file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
            }
            let said = toolkit.build(options);
            assert!(said.stdout.contains(" pages in "), "{}", said.stdout);
            assert!(traces(&toolkit.at(output)) == before, "{options:?}: something was written");
        }
    }
}

#[test]
fn the_sample_has_nothing_to_mend() {
    let said = sample().build(&[]);
    assert_eq!(said.stderr, "");
}

#[test]
fn one_changed_text_changes_few_files_and_the_site_is_that_of_a_clean_build() {
    let toolkit = sample();
    toolkit.build(&[]);
    let before = traces(&toolkit.at("public"));
    let path = "content/messages/safer.md";
    let text = fs::read_to_string(toolkit.at(path)).unwrap();
    toolkit.write(path, format!("{text}\nOne more sentence.\n"));
    toolkit.build(&[]);
    let after = traces(&toolkit.at("public"));
    // a file that is the same is the same file still: its number and the time of its bytes
    let known: HashMap<&PathBuf, (u64, [i64; 2])> =
        before.iter().map(|(path, number, times)| (path, (*number, [times[0], times[1]]))).collect();
    let is_new = |(path, number, times): &&(PathBuf, u64, [i64; 4])| {
        path.extension().is_some() && known.get(path) != Some(&(*number, [times[0], times[1]]))
    };
    let written: Vec<_> = after.iter().filter(is_new).map(|(path, ..)| path).collect();
    assert!(!written.is_empty() && written.len() < 40, "{} files: {written:?}", written.len());
    let clean = sample();
    clean.write(path, format!("{text}\nOne more sentence.\n"));
    clean.build(&[]);
    assert_eq!(differences(&toolkit.site("public"), &clean.site("public")), [""; 0]);
}

#[test]
fn a_page_goes_with_its_source() {
    let toolkit = sample();
    toolkit.build(&[]);
    let before = toolkit.site("public");
    let page = "---\ntitle: One more\naliases: [/once/more/]\n---\nHere.\n";
    toolkit.write("content/pages/one-more.md", page);
    toolkit.build(&[]);
    assert!(toolkit.at("public/one-more/index.html").is_file());
    assert!(toolkit.at("public/once/more/index.html").is_file());
    fs::remove_file(toolkit.at("content/pages/one-more.md")).unwrap();
    toolkit.build(&[]);
    assert!(!toolkit.at("public/one-more").exists() && !toolkit.at("public/once").exists());
    assert_eq!(differences(&toolkit.site("public"), &before), [""; 0]);
}

#[test]
fn what_was_tampered_with_is_made_good() {
    let toolkit = sample();
    toolkit.build(&[]);
    let before = toolkit.site("public");
    let index = toolkit.at("public/police/index.html");
    let text = fs::read_to_string(&index).unwrap();
    let tampers: [(&str, &dyn Fn()); 6] = [
        ("another text", &|| fs::write(&index, "x").unwrap()),
        ("a text of the same length", &|| fs::write(&index, text.replace("police", "POLICE")).unwrap()),
        ("an empty file", &|| fs::write(&index, "").unwrap()),
        ("no file", &|| fs::remove_file(&index).unwrap()),
        ("no folder", &|| fs::remove_dir_all(toolkit.at("public/police")).unwrap()),
        ("no site", &|| fs::remove_dir_all(toolkit.at("public")).unwrap()),
    ];
    for (case, tamper) in tampers {
        tamper();
        toolkit.build(&[]);
        assert_eq!(differences(&toolkit.site("public"), &before), [""; 0], "{case}");
    }
    fs::remove_dir_all(toolkit.at(".onevoice")).unwrap();
    toolkit.build(&[]);
    assert_eq!(differences(&toolkit.site("public"), &before), [""; 0], "no cache");
}

#[test]
fn a_changed_file_is_published_though_its_length_and_time_are_the_same() {
    let toolkit = sample();
    toolkit.write("content/files/plan.txt", "The old plan.");
    toolkit.write("content/pages/plan.md", "---\ntitle: Plan\n---\n[The plan](../files/plan.txt)\n");
    toolkit.build(&[]);
    let file = toolkit.at("content/files/plan.txt");
    let time = fs::metadata(&file).unwrap().modified().unwrap();
    fs::write(&file, "The new plan.").unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    toolkit.build(&[]);
    assert_eq!(fs::read_to_string(toolkit.at("public/files/plan.txt")).unwrap(), "The new plan.");
}

#[test]
fn options_and_the_day_count_as_changes() {
    let toolkit = sample();
    toolkit.build(&[]);
    let usual = toolkit.site("public");
    for options in [&["--minify"][..], &["--offline"], &["--base-url", "https://example.org/a/b/"]] {
        toolkit.build(options);
        assert!(!differences(&toolkit.site("public"), &usual).is_empty(), "{options:?}");
        toolkit.build(&[]);
        assert_eq!(differences(&toolkit.site("public"), &usual), [""; 0], "{options:?}");
    }
    toolkit.write("content/pages/soon.md", "---\ntitle: Soon\nembargo: 2026-11-26\n---\nNow.\n");
    toolkit.build(&[]);
    assert!(!toolkit.at("public/soon").exists());
    let mut tomorrow = std::process::Command::new(env!("CARGO_BIN_EXE_onevoice"));
    tomorrow.args(["--today", "2026-11-26", "build"]).current_dir(toolkit.root()).env_clear();
    assert!(tomorrow.output().unwrap().status.success());
    assert!(toolkit.at("public/soon/index.html").is_file());
}
