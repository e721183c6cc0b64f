//! `onevoice init` never overwrites, leaves nothing half done and says what to type next.

use super::{files, run};

#[test]
fn a_new_folder_gets_a_toolkit_and_the_two_commands_that_come_next() {
    let folder = tempfile::tempdir().unwrap();
    let said = run(folder.path(), &["init", "our words"]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    assert!(said.stdout.ends_with("next:\n  cd 'our words'\n  onevoice serve --open\n"), "{}", said.stdout);
    let names: Vec<String> = files(&folder.path().join("our words")).into_iter().map(|(name, _)| name).collect();
    for name in [".gitignore", "README.md", "toolkit.yaml", "content/facts.yaml", "schemas/audience.json"] {
        assert!(names.iter().any(|found| found == name), "{name}: {names:?}");
    }
    assert!(names.iter().all(|name| !name.contains("gitkeep")));
}

#[test]
fn in_this_folder_no_cd_is_needed() {
    let folder = tempfile::tempdir().unwrap();
    let said = run(folder.path(), &["init"]);
    assert!(said.stdout.contains("A toolkit is in this folder") && !said.stdout.contains("cd "), "{}", said.stdout);
}

#[test]
fn c_and_the_folder_go_together() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("a")).unwrap();
    let said = run(folder.path(), &["-C", "a", "init", "b"]);
    assert!(said.stdout.contains("cd a/b\n"), "{}", said.stdout);
    assert!(folder.path().join("a/b/toolkit.yaml").is_file());
}

#[test]
fn a_second_time_changes_nothing_and_ends_with_1() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init"]);
    let before = files(folder.path());
    for arguments in [&["init"][..], &["init", "--sample"], &["init", "."]] {
        let said = run(folder.path(), arguments);
        assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
        assert!(said.stderr.contains("`.` already holds a toolkit; nothing was written"), "{}", said.stderr);
    }
    assert_eq!(files(folder.path()), before);
}

#[test]
fn files_in_the_way_are_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("README.md"), "mine").unwrap();
    std::fs::write(folder.path().join("content"), "a file, not a folder").unwrap();
    let before = files(folder.path());
    let said = run(folder.path(), &["init"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
    assert!(said.stderr.contains("nothing was written"), "{}", said.stderr);
    assert!(said.stderr.contains("README.md") && said.stderr.contains("content/facts.yaml"), "{}", said.stderr);
    assert_eq!(files(folder.path()), before);

    let said = run(folder.path(), &["init", "content"]);
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("`content` is no folder"), "{}", said.stderr);
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_folder_with_other_files_gets_a_toolkit_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    assert_eq!(run(folder.path(), &["init"]).code, Some(0));
    assert_eq!(std::fs::read_to_string(folder.path().join("notes.txt")).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_ends_with_3() {
    let folder = tempfile::tempdir().unwrap();
    // also for root, who may write everywhere: no folder can be made in /proc
    let said = run(folder.path(), &["init", "/proc/onevoice"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(3), ""));
    assert!(said.stderr.contains("can't be written"), "{}", said.stderr);
}

#[test]
fn the_sample_is_the_repositorys_own_toolkit() {
    let folder = tempfile::tempdir().unwrap();
    let said = run(folder.path(), &["init", "--sample", "x"]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: std::path::PathBuf| std::fs::read(path).unwrap();
    for path in ["toolkit.yaml", "content/facts.yaml"] {
        assert_eq!(read(folder.path().join("x").join(path)), read(root.join(path)), "{path}");
    }
}
